//! What no page shows and its authors may still want: it is cut only where they ask for it.

use super::nobody::names_nobody;
use super::removal::{Cut, Matter};
use super::{command, comment};
use crate::place::FileId;
use crate::submission::{File, Kind, Submission};
use crate::tex::{TokenKind, Tree};
use regex::bytes::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

/// Who names the authors in the properties of the PDF. Source: manual of hyperref, 3.7.
static PDF_AUTHOR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)\bpdfauthor\s*=\s*(\{[^{}]*\}|[^,\]{}]+),?")
        .expect("internal error: the pattern is fixed")
});

/// Finds it in the sources of one submission.
pub(super) struct Doubtful {
    /// Macros for the notes of somebody that nothing uses.
    unused: BTreeSet<String>,
    /// The style prints its own words in place of the authors.
    hides_authors: bool,
}

impl Doubtful {
    /// `hides_authors` tells of a source whether it loads a style that prints other words in place of the authors.
    pub(super) fn of(submission: &Submission, hides_authors: impl Fn(&Tree<'_>) -> bool) -> Self {
        let all = submission.files.iter().enumerate().map(|(i, f)| (FileId(i as u32), f));
        let sources = all.filter(|(_, f)| matches!(f.kind, Kind::Tex | Kind::Style));
        let trees: BTreeMap<FileId, Tree<'_>> = sources.map(|(id, f)| (id, Tree::read(&f.bytes))).collect();
        let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
        for tree in trees.values() {
            let names = (0..tree.tokens().len()).map(|index| tree.name(index));
            names.for_each(|name| *uses.entry(name).or_default() += 1);
        }
        // Where it is defined is one use.
        let is_unused = |name: &String| uses.get(name.as_str()) == Some(&1);
        Self {
            unused: command::note_macros(&trees).into_iter().filter(is_unused).collect(),
            hides_authors: trees.values().any(hides_authors),
        }
    }

    /// What can be cut out of a source.
    pub(super) fn cuts(&self, file: &File, tree: &Tree<'_>) -> Vec<Cut> {
        let of = |matter| move |bytes| Cut { matter, bytes };
        let mut cuts: Vec<Cut> =
            comment::inactive(file, tree).into_iter().map(of(Matter::Inactive)).collect();
        cuts.extend(properties(tree).into_iter().map(of(Matter::Property)));
        cuts.extend(self.notes(file, tree).into_iter().map(of(Matter::Note)));
        if self.hides_authors {
            cuts.extend(authors(tree).into_iter().map(of(Matter::Author)));
        }
        cuts
    }

    /// Definitions that have their lines to themselves, with these: a line that is left empty would end a paragraph.
    fn notes(&self, file: &File, tree: &Tree<'_>) -> Vec<Range<u32>> {
        let unused = command::definitions_of(tree, &self.unused);
        unused.into_iter().filter_map(|span| lines(&file.bytes, &span)).collect()
    }
}

/// What stands between the braces of `\author`.
fn authors(tree: &Tree<'_>) -> Vec<Range<u32>> {
    let calls = tree.commands().filter(|(_, name)| *name == "author");
    let blocks = calls.filter_map(|(index, _)| tree.call(index, 1).arguments.into_iter().next());
    blocks.filter(|block| !names_nobody(&tree.plain(block))).collect()
}

fn properties(tree: &Tree<'_>) -> Vec<Range<u32>> {
    let mut found = Vec::new();
    for (index, name) in tree.commands() {
        if !matches!(name, "hypersetup" | "usepackage" | "PassOptionsToPackage") {
            continue;
        }
        let span = tree.call(index, 1).span;
        for option in PDF_AUTHOR.captures_iter(tree.bytes(&span)) {
            let (Some(whole), Some(value)) = (option.get(0), option.get(1)) else { continue };
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            if !names_nobody(value.trim_matches(|c| "{} ".contains(c))) {
                found.push(span.start + whole.start() as u32..span.start + whole.end() as u32);
            }
        }
    }
    found
}

/// The whole lines of a span; `None` where something else stands on them.
fn lines(source: &[u8], span: &Range<u32>) -> Option<Range<u32>> {
    let (start, end) = (span.start as usize, span.end as usize);
    let first = memchr::memrchr(b'\n', source.get(..start)?).map_or(0, |n| n + 1);
    let last = memchr::memchr(b'\n', source.get(end..)?).map_or(source.len(), |n| end + n + 1);
    let is_alone = source[first..start].iter().chain(&source[end..last]).all(u8::is_ascii_whitespace);
    is_alone.then_some(first as u32..last as u32)
}

/// The bytes of a passage that is switched off without what switches it off and on again.
pub(super) fn inner(tree: &Tree<'_>, passage: &Range<usize>) -> Range<u32> {
    let span = passage.start as u32..passage.end as u32;
    let tokens = tree.within(&span);
    let (first, last) = (tokens.start, tokens.end.saturating_sub(1));
    let text = tree.bytes(&span);
    if tree.name(first) == "iffalse" {
        let start = tree.tokens()[first].span.end;
        let is_ended = matches!(tree.name(last), "fi" | "else");
        return start..if is_ended { tree.tokens()[last].span.start.max(start) } else { span.end };
    }
    // What ends a comment stands on a line of its own; so does the end of the document.
    let is_body = tree.tokens().get(first).is_some_and(|t| t.kind == TokenKind::Hidden);
    let start = memchr::memchr(b'\n', text).map(|n| n + 1);
    let head = start.filter(|n| text[..*n].iter().all(u8::is_ascii_whitespace)).unwrap_or(0);
    let tail = if is_body { memchr::memrchr(b'\n', text).map_or(text.len(), |n| n + 1) } else { text.len() };
    span.start + head as u32..span.start + tail.max(head) as u32
}
