//! What is active: actions, scripts, forms and media. Source: ISO 32000-2 §12.6, §12.7.8, §13; the categories are
//! those that HotCRP calls unsafe, because each can tell an author who opens the file, or run something there.

use super::limits::MAX_ENTRIES;
use super::object::{Id, id_of};
use super::text_string::text_string;
use super::unshown::{Active, ActiveKind};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, String as PdfString};
use std::collections::BTreeMap;

/// The name of an action's type, such as `URI`; empty where the dictionary is no action.
pub(super) fn action_type(dict: &Dict<'_>) -> String {
    dict.get::<Name<'_>>("S").map(|s| s.as_str().to_owned()).unwrap_or_default()
}

/// What an action does beyond leading to a place or an address that a reader chose to follow.
pub(super) fn action(dict: &Dict<'_>, path: impl FnOnce() -> String) -> Option<Active> {
    let kind = dict.get::<Name<'_>>("S")?;
    let kind = match &*kind {
        b"JavaScript" => ActiveKind::JavaScript,
        b"Launch" if is_relative(&target(dict)) => ActiveKind::RelativeLaunch,
        b"Launch" => ActiveKind::Launch,
        b"SubmitForm" | b"ImportData" => ActiveKind::SubmitForm,
        b"RichMediaExecute" => ActiveKind::RichMedia,
        b"Rendition" | b"Movie" | b"Sound" => ActiveKind::Multimedia,
        b"GoToR" if !is_relative(&target(dict)) => ActiveKind::ExternalReference,
        _ => return None,
    };
    Some(Active { kind, path: path(), target: target(dict), page: None })
}

/// An action that runs by itself and leads out of the file.
pub(super) fn automatic(dict: &Dict<'_>, path: impl FnOnce() -> String) -> Option<Active> {
    let leads_out = matches!(action_type(dict).as_str(), "URI" | "GoToR" | "GoToE");
    leads_out.then(|| Active { kind: ActiveKind::AutoAction, path: path(), target: target(dict), page: None })
}

/// What an annotation of this subtype plays or runs.
pub(super) fn annotation(subtype: &[u8]) -> Option<ActiveKind> {
    match subtype {
        b"RichMedia" | b"3D" => Some(ActiveKind::RichMedia),
        b"Movie" | b"Sound" | b"Screen" => Some(ActiveKind::Multimedia),
        _ => None,
    }
}

/// The file or address that an action leads to; empty where it names none.
pub(super) fn target(dict: &Dict<'_>) -> String {
    if let Some(uri) = dict.get::<PdfString<'_>>("URI") {
        return text_string(&uri);
    }
    dict.get::<Object<'_>>("F").map(|file| file_name(&file)).unwrap_or_default()
}

/// The name in a file specification, which is a text or a dictionary. Source: ISO 32000-2 §7.11.3.
pub(super) fn file_name(file: &Object<'_>) -> String {
    match file {
        Object::String(name) => text_string(name),
        Object::Dict(dict) => {
            let name = ["UF", "F", "Unix", "DOS"].iter().find_map(|key| dict.get::<PdfString<'_>>(*key));
            name.map(|name| text_string(&name)).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// A file named from where this one lies: no root, no drive, no address.
fn is_relative(file: &str) -> bool {
    !file.is_empty() && !file.starts_with(['/', '\\']) && !file.contains(':')
}

/// The page that each page's own object, its annotations and what these do belong to, 1-based; the first of several.
/// Source: ISO 32000-2 §12.5.2 and §12.6.3.
pub(super) fn pages(pdf: &Pdf) -> BTreeMap<Id, u32> {
    let mut pages = BTreeMap::new();
    for (index, page) in pdf.pages().iter().enumerate() {
        let mut open = vec![(Object::Dict(page.raw().clone()), page.raw().obj_id().map(id_of), Holds::Page)];
        while let Some((object, id, holds)) = open.pop() {
            if pages.len() >= MAX_ENTRIES || id.is_some_and(|id| pages.contains_key(&id)) {
                continue;
            }
            pages.extend(id.map(|id| (id, index as u32 + 1)));
            match object {
                Object::Dict(dict) => open.extend(within(&dict, holds)),
                Object::Array(array) => open.extend(members(&array, holds)),
                _ => {}
            }
        }
    }
    pages
}

/// What a dictionary is to a page, or what the members of an array are.
#[derive(Clone, Copy, PartialEq)]
enum Holds {
    Page,
    Annotation,
    Triggers,
    Action,
    /// Nothing that is followed.
    Nothing,
}

/// An object, the number that it is referred to by, and what it is.
type Held<'a> = (Object<'a>, Option<Id>, Holds);

/// What acts within a dictionary.
fn within<'a>(dict: &Dict<'a>, holds: Holds) -> Vec<Held<'a>> {
    let keys = dict.entries().filter_map(|(key, _)| {
        let held = match (&*key, holds) {
            (b"Annots", Holds::Page) => Holds::Annotation,
            (b"AA", Holds::Page | Holds::Annotation) => Holds::Triggers,
            (b"A", Holds::Annotation) | (b"Next", Holds::Action) | (_, Holds::Triggers) => Holds::Action,
            // The field that an annotation stands for, which may say what happens there.
            (b"Parent", Holds::Annotation) => Holds::Annotation,
            // A scene, or a form that is sent.
            (b"RichMediaContent" | b"3DD", Holds::Annotation) => Holds::Nothing,
            _ => return None,
        };
        let id = dict.get_ref(&key).map(|id| (id.obj_number, id.gen_number));
        Some((dict.get::<Object<'a>>(&key)?, id, held))
    });
    keys.collect()
}

/// The members of an array, whatever it holds.
fn members<'a>(array: &Array<'a>, holds: Holds) -> Vec<Held<'a>> {
    let ids = array.raw_iter().map(|member| member.as_obj_ref().map(|id| (id.obj_number, id.gen_number)));
    let ids = ids.take(MAX_ENTRIES).collect::<Vec<_>>();
    array.iter::<Object<'a>>().zip(ids).map(|(object, id)| (object, id, holds)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_drives_and_addresses_are_not_relative() {
        assert!(is_relative("figs/film.mp4") && is_relative("../data.csv"));
        for file in ["", "/bin/sh", "\\\\host\\share", "C:/run.exe", "https://lanternfield.edu/a.pdf"] {
            assert!(!is_relative(file), "{file}");
        }
    }
}
