//! What stands in a bibliography and is no entry: `@comment`, and text between entries. No program prints it.
//!
//! Source: BibTeX's own manual, "BibTeXing", 4: what is outside an entry is ignored.

use super::comment::KINDS;
use super::hint::{HintKind, Hints, Setting, Weight};
use super::sign::{Sign, holds_any, is_somebody, signs};
use crate::bib::{Entry, entries};
use regex::bytes::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Words of lists that come with TeX, and name those who wrote them.
const OF_OTHERS: [&[u8]; 3] = [b"Project Public License", b"project public license", b"www.ctan.org"];
/// The settings of JabRef, whose directories are told as a private field.
pub(super) const SETTINGS: &[u8] = b"fileDirectory";

/// Whom a bibliography was written for. Source: the head that BibDesk writes.
static CREATED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)Created for ([^\r\n]{2,80}?) at \d{4}-\d\d-\d\d")
        .expect("internal error: the pattern is fixed")
});

/// Everything that remarks of a bibliography tell.
pub(super) fn hints(hints: &mut Hints<'_>, all: &[Entry]) {
    let source = &hints.file.bytes.clone()[..];
    for remark in remarks(source, all) {
        if hints.is_full() {
            return;
        }
        for sign in told(source, &remark.bytes) {
            let kind = if sign.kind == HintKind::PackageAuthor { HintKind::Person } else { sign.kind };
            hints.add(kind, Setting::Comment, sign.weight, &sign.bytes);
        }
    }
}

/// The bytes of every remark that tells who somebody is: a whole `@comment`, or the words of a line.
pub(super) fn ranges(source: &[u8]) -> Vec<Range<u32>> {
    let mut all = Vec::new();
    for remark in remarks(source, &entries(source)) {
        let told = told(source, &remark.bytes);
        if remark.is_comment {
            // BibTeX reads on behind `@comment`: an entry within it is one.
            let inner = source.get(remark.bytes.start + 1..remark.bytes.end).unwrap_or_default();
            let is_closed = inner.ends_with(b"}") || inner.ends_with(b")");
            if !told.is_empty() && is_closed && entries(inner).is_empty() {
                all.push(remark.bytes);
            }
        } else {
            all.extend(told.iter().map(|sign| line(source, &remark.bytes, &sign.bytes)));
        }
    }
    all.dedup();
    all.into_iter().map(|bytes| bytes.start as u32..bytes.end as u32).collect()
}

/// Something that is no entry.
struct Remark {
    bytes: Range<usize>,
    is_comment: bool,
}

fn remarks(source: &[u8], all: &[Entry]) -> Vec<Remark> {
    let mut found = Vec::new();
    let mut at = 0;
    let between = |bytes: Range<usize>, found: &mut Vec<Remark>| {
        if source.get(bytes.clone()).is_some_and(|text| text.iter().any(u8::is_ascii_alphanumeric)) {
            found.push(Remark { bytes, is_comment: false });
        }
    };
    for entry in all {
        let bytes = entry.span.start as usize..entry.span.end as usize;
        between(at..bytes.start, &mut found);
        at = bytes.end;
        let is_settings = || holds_any(&source[bytes.clone()], &[SETTINGS]);
        if entry.kind == "comment" && !is_settings() {
            found.push(Remark { bytes, is_comment: true });
        }
    }
    between(at..source.len(), &mut found);
    found
}

/// What a remark tells, in bytes of the file and in order.
fn told(source: &[u8], remark: &Range<usize>) -> Vec<Sign> {
    let text = &source[remark.clone()];
    let is_of_others = holds_any(text, &OF_OTHERS);
    let kinds: &[HintKind] = if is_of_others { &[HintKind::LocalPath] } else { &KINDS };
    // A field of an entry that was taken out names who is cited.
    let is_field = |sign: &Sign| {
        let words = String::from_utf8_lossy(&text[sign.bytes.clone()]).into_owned();
        sign.kind == HintKind::PackageAuthor
            && words.split_once('=').is_some_and(|(_, value)| value.trim_start().starts_with(['{', '"']))
    };
    let mut found: Vec<Sign> = signs(text, kinds).into_iter().filter(|sign| !is_field(sign)).collect();
    for created in CREATED.captures_iter(text) {
        let (Some(whole), Some(name)) = (created.get(0), created.get(1)) else { continue };
        if is_somebody(&String::from_utf8_lossy(name.as_bytes())) {
            found.push(Sign { kind: HintKind::Person, weight: Weight::Full, bytes: whole.range() });
        }
    }
    for sign in &mut found {
        sign.bytes = remark.start + sign.bytes.start..remark.start + sign.bytes.end;
    }
    found.sort_by_key(|sign| sign.bytes.start);
    found
}

/// The words of the lines on which something stands, behind the `%` that they begin with, and no entry on them.
fn line(source: &[u8], remark: &Range<usize>, told: &Range<usize>) -> Range<usize> {
    let is_break = |b: &u8| matches!(b, b'\n' | b'\r');
    let before = source[remark.start..told.start].iter().rposition(&is_break);
    let start = before.map_or(remark.start, |n| remark.start + n + 1);
    let marks = source[start..told.start].iter().take_while(|b| matches!(b, b'%' | b' ' | b'\t')).count();
    let behind = source[told.end..remark.end].iter().position(is_break);
    start + marks..behind.map_or(remark.end, |n| told.end + n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::FileId;
    use crate::submission::{File, Origin};

    fn kinds(text: &str) -> Vec<HintKind> {
        let file = File::new("refs.bib".to_owned(), text.as_bytes().to_vec(), Origin::Input);
        let mut found = Hints::of(FileId(0), &file);
        hints(&mut found, &entries(&file.bytes));
        found.found.into_iter().map(|h| h.kind).collect()
    }

    fn cut(text: &str) -> String {
        let mut left = text.as_bytes().to_vec();
        for range in ranges(text.as_bytes()).into_iter().rev() {
            left.drain(range.start as usize..range.end as usize);
        }
        String::from_utf8_lossy(&left).into_owned()
    }

    #[test]
    fn remarks_are_read_as_comments_of_a_source_are() {
        assert_eq!(kinds("m.quist@larkfield.edu keeps this\n@book{a, title={T}}"), [HintKind::Email]);
        assert_eq!(kinds("@book{a}\n@comment{see /home/mquist/refs}"), [HintKind::LocalPath]);
        let head = "%% Created for Mira Quist at 2023-04-01 10:00:00 +0200\n@book{a}";
        assert_eq!(kinds(head), [HintKind::Person]);
        assert_eq!(kinds("% Author: Mira Quist\n@book{a}"), [HintKind::Person]);
    }

    #[test]
    fn whoever_is_cited_or_wrote_a_list_of_others_is_not_meant() {
        for text in [
            "@comment{\n author = {Mira Quist and Jon Vale},\n}",
            "% author = {Mira Quist},\n@book{a}",
            "% Distributed under the LaTeX Project Public License; contact: m.quist@larkfield.edu\n@book{a}",
            "Books on trees\n@book{a}",
        ] {
            assert!(kinds(text).is_empty() && ranges(text.as_bytes()).is_empty(), "{text}");
        }
    }

    #[test]
    fn remarks_are_cut_and_entries_stay() {
        for (with, without) in [
            ("% m.quist@larkfield.edu\r\n@book{a} by m.quist@larkfield.edu\n", "% \r\n@book{a} \n"),
            ("@comment{see /home/mquist/refs}\n@book{a}", "\n@book{a}"),
            ("@comment{see /home/mquist/refs @book{a}}", "@comment{see /home/mquist/refs @book{a}}"),
            ("@comment{see /home/mquist/refs", "@comment{see /home/mquist/refs"),
        ] {
            assert_eq!(cut(with), without);
        }
    }
}
