//! What sources say where no reader sees it: comments, text that is switched off, text after the end.

use super::doubtful;
use super::hint::{Hint, HintKind, Hints, MOST, Setting, Weight};
use super::nobody::names_nobody;
use super::sign::signs;
use crate::place::{FileId, Place, Span};
use crate::submission::{File, Kind};
use crate::tex::{State, TokenKind, Tree};
use regex::bytes::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// What a text that nobody prints may tell of those who wrote it.
pub(super) const KINDS: [HintKind; 6] = [
    HintKind::Email,
    HintKind::LocalPath,
    HintKind::Orcid,
    HintKind::Grant,
    HintKind::Person,
    HintKind::PackageAuthor,
];

/// Everything that comments and inactive text of a source tell.
pub(super) fn hints(id: FileId, file: &File, tree: &Tree<'_>) -> Vec<Hint> {
    let mut hints = Hints::of(id, file);
    collect(&mut hints, tree);
    hints.found
}

/// The bytes of every comment, without its `%`, that tells who somebody is; of a note over several lines, each.
pub(super) fn telling(file: &File, tree: &Tree<'_>) -> Vec<Range<u32>> {
    let mut hints = Hints::complete(file);
    collect(&mut hints, tree);
    let tokens = tree.tokens();
    let mut all = Vec::new();
    for hint in hints.found.iter().filter(|h| h.setting == Setting::Comment) {
        let Place::Span(Span { bytes, .. }) = &hint.at else { continue };
        let first = tokens.partition_point(|t| t.span.end <= bytes.start);
        let met = tokens.iter().enumerate().skip(first).take_while(|(_, t)| t.span.start < bytes.end);
        let comments = met.filter(|(i, t)| t.kind == TokenKind::Comment && tree.state(*i) == State::Active);
        all.extend(comments.map(|(_, t)| t.span.start + 1..t.span.end));
    }
    all.sort_by_key(|range| range.start);
    all.dedup();
    all
}

/// The bytes of inactive text that tells who somebody is, passage by passage, without what switches it off.
pub(super) fn inactive(file: &File, tree: &Tree<'_>) -> Vec<Range<u32>> {
    let mut hints = Hints::complete(file);
    collect(&mut hints, tree);
    let told = hints.found.iter().filter(|h| h.setting == Setting::Inactive);
    let starts: Vec<usize> = told
        .filter_map(|hint| match &hint.at {
            Place::Span(span) => Some(span.bytes.start as usize),
            _ => None,
        })
        .collect();
    let passages = passages(tree).into_iter().filter(|(_, setting)| *setting == Setting::Inactive);
    let telling = passages.filter(|(bytes, _)| starts.iter().any(|start| bytes.contains(start)));
    telling.map(|(bytes, _)| doubtful::inner(tree, &bytes)).collect()
}

fn collect(hints: &mut Hints<'_>, tree: &Tree<'_>) {
    let file = hints.file;
    // Packages come with the addresses of those who wrote them.
    let kinds: &[HintKind] = if file.kind == Kind::Tex { &KINDS } else { &[HintKind::LocalPath] };
    for (range, setting) in passages(tree) {
        if hints.is_full() {
            break;
        }
        let text = &file.bytes[range.clone()];
        if file.kind == Kind::Tex {
            authors(hints, &range, setting);
            named_notes(hints, &range, setting);
        }
        for sign in signs(text, kinds) {
            let bytes = range.start + sign.bytes.start..range.start + sign.bytes.end;
            let is_covered =
                |h: &Hint| h.kind == HintKind::Author && h.setting == setting && covers(h, &bytes);
            let covered = !hints.is_complete && hints.found.iter().any(is_covered);
            if !covered {
                let kind = if sign.kind == HintKind::PackageAuthor { HintKind::Person } else { sign.kind };
                hints.add(kind, setting, sign.weight, &bytes);
            }
        }
    }
}

fn covers(hint: &Hint, bytes: &Range<usize>) -> bool {
    matches!(&hint.at, Place::Span(span) if span.bytes.contains(&(bytes.start as u32)))
}

/// Runs of comments, and of inactive text, as bytes of the file.
fn passages(tree: &Tree<'_>) -> Vec<(Range<usize>, Setting)> {
    let mut all: Vec<(Range<usize>, Setting)> = Vec::new();
    let mut is_joined = false;
    for (index, token) in tree.tokens().iter().enumerate() {
        let setting = match (tree.state(index), token.kind) {
            (State::Active, TokenKind::Comment) => Setting::Comment,
            // Blanks between two lines of comment do not part them.
            (State::Active, TokenKind::Blank) => continue,
            (State::Active, _) => {
                is_joined = false;
                continue;
            }
            _ => Setting::Inactive,
        };
        let bytes = token.span.start as usize..token.span.end as usize;
        match all.last_mut() {
            Some((last, before)) if is_joined && *before == setting => last.end = bytes.end,
            _ => all.push((bytes, setting)),
        }
        is_joined = true;
    }
    all
}

/// `\author{...}` that was commented out, over however many lines.
fn authors(hints: &mut Hints<'_>, range: &Range<usize>, setting: Setting) {
    let text = &hints.file.bytes[range.clone()];
    let mut at = 0;
    for _ in 0..MOST {
        let Some(found) = memchr::memmem::find(&text[at..], b"\\author") else { return };
        let start = at + found;
        at = start + b"\\author".len();
        // The marks of the comment are blanked, so that bytes keep their place.
        let block: Vec<u8> = text[start..text.len().min(start + LONGEST_BLOCK)]
            .iter()
            .map(|&b| if b == b'%' { b' ' } else { b })
            .collect();
        let tree = Tree::read(&block);
        let call = tree.call(0, 1);
        let Some(names) = call.arguments.first() else { continue };
        let words = tree.plain(names);
        if !names_nobody(&words) && !words.contains('#') {
            let bytes = range.start + start..range.start + start + call.span.end as usize;
            hints.add(HintKind::Author, setting, Weight::Full, &bytes);
        }
        at = start + (call.span.end as usize).max(1);
    }
}

/// The most bytes of a block of authors. Chosen: a hundred authors with their addresses.
const LONGEST_BLOCK: usize = 10_000;

static NAMED_NOTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)\b(?:T[O]DO|FIX[M]E|NOTE|XXX)\s*\(\s*([A-Z][a-z]{2,14}|[A-Z]{2,3})\s*\)")
        .expect("internal error: the pattern is fixed")
});

/// A task with the person it is for in brackets.
fn named_notes(hints: &mut Hints<'_>, range: &Range<usize>, setting: Setting) {
    let text = &hints.file.bytes[range.clone()];
    for found in NAMED_NOTE.captures_iter(text) {
        let (Some(whole), Some(name)) = (found.get(0), found.get(1)) else { continue };
        let is_nobody = names_nobody(&String::from_utf8_lossy(name.as_bytes()));
        if !is_nobody {
            let weight = Weight::Some;
            hints.add(
                HintKind::NamedNote,
                setting,
                weight,
                &(range.start + whole.start()..range.start + whole.end()),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::Origin;

    fn told(source: &str) -> Vec<(HintKind, Setting)> {
        let file = File::new("main.tex".to_owned(), source.as_bytes().to_vec(), Origin::Input);
        let found = hints(FileId(0), &file, &Tree::read(source.as_bytes()));
        found.into_iter().map(|h| (h.kind, h.setting)).collect()
    }

    #[test]
    fn comments_tell_who_stands_in_them() {
        use HintKind::{Author, Email, LocalPath};
        let comment = Setting::Comment;
        assert_eq!(told("% \\author{Mira Quist \\\\\n% Larkfield}\n"), [(Author, comment)]);
        assert_eq!(told("% write to m.quist@larkfield.edu"), [(Email, comment)]);
        assert_eq!(told("% !TeX root = /home/mquist/main.tex"), [(LocalPath, comment)]);
        assert!(
            told("% \\author{David S. Hippocampus \\\\ hippo@cs.cranberry-lemon.edu}\n% First Author")
                .is_empty()
        );
    }

    #[test]
    fn inactive_text_tells_people_and_not_prose() {
        let people = "\\iffalse Mira Quist, Jon Vale (Larkfield University)\\fi";
        assert_eq!(told(people), [(HintKind::Person, Setting::Inactive)]);
        assert!(told("\\iffalse An older proof of Lemma Two is kept here.\\fi").is_empty());
        assert_eq!(told("\\end{document} m.quist@larkfield.edu"), [(HintKind::Email, Setting::Inactive)]);
    }
}
