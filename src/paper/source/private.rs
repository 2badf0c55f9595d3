//! What bibliographies tell of whoever keeps them: fields of reference managers, folders, owners.

use super::hint::{Hint, HintKind, Hints, Setting, Weight};
use super::remark;
use super::sign::signs;
use crate::bib::{Field, entries};
use crate::place::FileId;
use crate::submission::File;
use std::collections::BTreeSet;
use std::ops::Range;

/// Fields that name files or people of their owner. Source: manuals of JabRef, Mendeley, Zotero, BibDesk.
const TELLING: [&str; 5] = ["file", "owner", "local-url", "username", "localfile"];
/// Remarks for oneself.
const REMARKS: [&str; 3] = ["annote", "annotation", "comment"];

/// Everything that a bibliography tells.
pub(super) fn hints(id: FileId, file: &File) -> Vec<Hint> {
    let mut hints = Hints::of(id, file);
    let mut told = BTreeSet::new();
    let all = entries(&file.bytes);
    remark::hints(&mut hints, &all);
    for entry in all {
        if hints.is_full() {
            break;
        }
        let whole = entry.span.start as usize..entry.span.end as usize;
        if entry.kind == "comment" {
            if super::sign::holds_any(&file.bytes[whole.clone()], &[remark::SETTINGS]) {
                hints.add(HintKind::PrivateField, Setting::Bibliography, Weight::Full, &whole);
            }
            continue;
        }
        for field in &entry.fields {
            let bytes = field.span.start as usize..field.span.end as usize;
            let home = whose(&field.value);
            if let Some(weight) = weight(&field.name, &field.value, !home.is_empty()) {
                // Every entry has them: each owner is told once, where first seen.
                if !told.insert((field.name.clone(), home)) {
                    continue;
                }
                hints.add(HintKind::PrivateField, Setting::Bibliography, weight, &bytes);
            } else if !home.is_empty() {
                for sign in signs(&file.bytes[bytes.clone()], &[HintKind::LocalPath]) {
                    let within = bytes.start + sign.bytes.start..bytes.start + sign.bytes.end;
                    hints.add(HintKind::LocalPath, Setting::Bibliography, sign.weight, &within);
                }
            }
        }
    }
    hints.found
}

/// The bytes of every field that a reference manager adds for its owner, with the comma behind it and the blanks
/// before it, and of every comment of such a program.
pub(super) fn ranges(source: &[u8]) -> Vec<Range<u32>> {
    let mut all = Vec::new();
    for entry in entries(source) {
        let whole = &source[entry.span.start as usize..entry.span.end as usize];
        let is_whole = whole.ends_with(b"}") || whole.ends_with(b")");
        if entry.kind == "comment" && is_whole && super::sign::holds_any(whole, &[remark::SETTINGS]) {
            all.push(entry.span.clone());
        }
        let private = |f: &&Field| weight(&f.name, &f.value, !whose(&f.value).is_empty()).is_some();
        all.extend(entry.fields.iter().filter(private).filter_map(|field| with_comma(source, field)));
    }
    all
}

/// A field up to the comma behind it; `None` where neither that nor the end of the entry follows.
fn with_comma(source: &[u8], field: &Field) -> Option<Range<u32>> {
    let (start, end) = (field.span.start as usize, field.span.end as usize);
    let before = source[..start].iter().rev().take_while(|b| b.is_ascii_whitespace()).count();
    let behind = source[end..].iter().take_while(|b| b.is_ascii_whitespace()).count();
    let end = match source.get(end + behind)? {
        b',' => end + behind + 1,
        b'}' | b')' => end,
        _ => return None,
    };
    Some((start - before) as u32..end as u32)
}

/// Whose a value is: the home that it lies in, or for lack of one nobody's in particular.
fn whose(value: &str) -> String {
    let sign = signs(value.as_bytes(), &[HintKind::LocalPath]).into_iter().next();
    let home =
        |path: &str| path.split(['/', '\\']).filter(|p| !p.is_empty()).take(2).collect::<Vec<_>>().join("/");
    sign.map_or(String::new(), |s| home(&value[s.bytes]))
}

/// How much a private field tells; `None` for any other. A file's bare name tells nothing.
fn weight(name: &str, value: &str, has_home: bool) -> Option<Weight> {
    if value.is_empty() {
        return None;
    }
    let is_path = value.contains(['/', '\\']);
    match name {
        "file" | "local-url" | "localfile" if has_home => Some(Weight::Full),
        "file" | "local-url" | "localfile" => Some(if is_path { Weight::Some } else { Weight::Slight }),
        _ if TELLING.contains(&name) => Some(Weight::Full),
        _ if REMARKS.contains(&name) => Some(Weight::Some),
        _ if name.starts_with("bdsk-file") => Some(Weight::Some),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::Origin;

    #[test]
    fn fields_of_reference_managers_are_told_and_others_are_not() {
        let text = "@article{a, title={T}, file={:/home/mquist/a.pdf:PDF}, owner={mquist}, annote={cut?}, file={a.pdf}}\n@comment{jabref-meta: fileDirectory-mquist:/x;}";
        let file = File::new("refs.bib".to_owned(), text.as_bytes().to_vec(), Origin::Input);
        let weights: Vec<_> = hints(FileId(0), &file).into_iter().map(|h| h.weight).collect();
        assert_eq!(weights, [Weight::Full, Weight::Full, Weight::Some, Weight::Slight, Weight::Full]);
    }

    #[test]
    fn an_owner_is_told_once_however_many_entries_there_are() {
        let text = "@book{a, file={/home/mquist/a.pdf}}\n@book{b, file={/home/mquist/b.pdf}}\n@book{c, file={/home/jvale/c.pdf}}";
        let file = File::new("refs.bib".to_owned(), text.as_bytes().to_vec(), Origin::Input);
        assert_eq!(hints(FileId(0), &file).len(), 2);
    }
}
