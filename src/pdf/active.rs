//! What is active: actions, scripts, forms and media. Source: ISO 32000-2 §12.6, §12.7.8, §13; the categories are
//! those that HotCRP calls unsafe, because each can tell an author who opens the file, or run something there.

use super::metadata::text_string;
use super::unshown::{Active, ActiveKind};
use hayro_syntax::object::{Dict, Name, Object, String as PdfString};

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
