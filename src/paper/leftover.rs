//! Leftovers of writing together: notes in the margin, and remarks in brackets or in colour.

use super::Seen;
use super::layout::Layout;
use super::line::Role;
use super::prose::{Prose, rect};
use crate::pdf::text::Word;
use crate::pdf::{AreaKind, Bounds, Color, Document};
use crate::place::{FileId, PageNumber, Place};

/// The most notes that are told: a draft with more is known for one.
const MOST: usize = 100;
/// A note's box is at least so wide and so high, in bp.
const SMALLEST_BOX: (f32, f32) = (15.0, 6.0);
/// Channels of a colour differ by more than this, of 255; greys do not.
const COLOURED: u8 = 40;
/// Bytes of a remark that are shown.
const LONGEST_REMARK: usize = 200;

/// Notes and remarks, in order of page.
pub(super) fn leftover_notes(
    document: &Document,
    layout: &Layout,
    prose: &Prose<'_>,
    file: FileId,
) -> Vec<Seen> {
    let mut notes = margin_notes(document, layout, file);
    notes.extend(remarks(document, prose));
    let mut told: Vec<Seen> = Vec::new();
    for note in notes {
        let is_told = |t: &Seen| t.text == note.text && page(&t.at) == page(&note.at);
        if told.len() < MOST && !told.iter().any(is_told) {
            told.push(note);
        }
    }
    told
}

fn page(at: &Place) -> Option<PageNumber> {
    if let Place::Page { page, .. } = at { Some(*page) } else { None }
}

/// Words in coloured boxes that stand beside the text block.
fn margin_notes(document: &Document, layout: &Layout, file: FileId) -> Vec<Seen> {
    let mut notes: Vec<Seen> = Vec::new();
    for (index, page) in document.pages.iter().enumerate() {
        let number = index as u32 + 1;
        let mut boxes: Vec<Bounds> = Vec::new();
        let is_note = |b: &Bounds| {
            let beside = b.left >= layout.block.right - 1.0 || b.right <= layout.block.left + 1.0;
            beside && b.right - b.left >= SMALLEST_BOX.0 && b.bottom - b.top >= SMALLEST_BOX.1
        };
        for area in page.areas.iter().filter(|a| a.kind == AreaKind::Fill && is_note(&a.bounds)) {
            let is_known = |b: &Bounds| !b.intersect(&area.bounds).is_empty();
            if is_coloured(area.color) && boxes.len() < MOST && !boxes.iter().any(is_known) {
                boxes.push(area.bounds);
            }
        }
        if boxes.is_empty() {
            continue;
        }
        let words: Vec<&Word> = layout.page_lines(number).flat_map(|(_, l)| &l.words).collect();
        for bounds in boxes {
            let mut inside: Vec<&Word> =
                words.iter().filter(|w| is_inside(&w.area, &bounds)).copied().collect();
            inside.dedup_by(|next, before| next.text == before.text && is_inside(&next.area, &before.area));
            let text = inside.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
            if text.chars().any(char::is_alphabetic) {
                let page = PageNumber(number);
                let at = Place::Page { file, page, boxes: vec![rect(&bounds)], line_number: None };
                notes.push(Seen { text, at });
            }
        }
    }
    notes
}

fn is_inside(word: &Bounds, bounds: &Bounds) -> bool {
    let (x, y) = (f32::midpoint(word.left, word.right), f32::midpoint(word.top, word.bottom));
    (bounds.left..bounds.right).contains(&x) && (bounds.top..bounds.bottom).contains(&y)
}

fn is_coloured(color: Color) -> bool {
    let Some([r, g, b]) = color else { return false };
    r.max(g).max(b) - r.min(g).min(b) > COLOURED
}

/// Words of authors to one another, and what they may begin a bracket with.
const CALLS: &[&str] = &[concat!("TO", "DO"), "Todo", concat!("FIX", "ME"), "Fixme", "FixMe", "XXX", "ToDo"];
/// The shapes of such words in the running text.
const MARKS: &[&str] =
    &[concat!("TO", "DO:"), concat!("[TO", "DO]"), concat!("TO", "DO "), concat!("FIX", "ME:"), "XXX:"];
/// Words that begin a bracket and name nobody.
const NO_NAMES: &[&str] = &[
    "Note",
    "Theorem",
    "Proof",
    "Lemma",
    "Figure",
    "Table",
    "Section",
    "Eq",
    "Input",
    "Output",
    "Question",
    "Answer",
    "Justification",
    "Guidelines",
    "Step",
    "Task",
    "Example",
    "User",
    "Assistant",
    "System",
    "Context",
    "Image",
    "Definition",
    "Remark",
    "Case",
    "Claim",
    "Hint",
    "Warning",
    "Instruction",
    "Label",
    "Title",
    "Source",
];
/// Words of remarks, which the finished text does not use so.
const REMARKS: &[&str] = &[
    "todo",
    "check",
    "fix this",
    "fix the",
    "please",
    "rewrite",
    "should we",
    "do we",
    "not sure",
    "need to",
    "add ",
    "remove",
    "maybe",
    "cite",
    "?",
    "expand",
    "shorten",
    "i think",
    "can you",
    "move ",
];

/// `[Name: ...]`, in colour or in the words of a remark, and calls in colour.
fn remarks(document: &Document, prose: &Prose<'_>) -> Vec<Seen> {
    let text = &prose.text;
    let mut found = Vec::new();
    for (at, _) in text.match_indices('[') {
        let inside = text[at + 1..].split([']', '\n', '[']).next().unwrap_or_default();
        let Some((name, said)) = inside.split_once(':') else { continue };
        let is_name = is_first_name(name) || CALLS.contains(&name.trim());
        let range = at..at + inside.len() + 2;
        let whole = range.end <= text.len() && text.as_bytes()[range.end - 1] == b']';
        if is_name && whole && inside.len() <= LONGEST_REMARK && !prose.zone(at).is_references() {
            let lower = said.to_lowercase();
            let is_remark = CALLS.contains(&name.trim()) || REMARKS.iter().any(|w| lower.contains(w));
            if is_remark || in_colour(document, prose, at, name) {
                found.push(Seen { text: text[range.clone()].to_owned(), at: prose.place(&range) });
            }
        }
    }
    for call in MARKS {
        for at in memchr::memmem::find_iter(text.as_bytes(), call) {
            let is_word = !text[..at].ends_with(char::is_alphanumeric);
            let told = found.iter().any(|s| s.at == prose.place(&(at..at + 1)));
            if is_word && !told && in_colour(document, prose, at, call.trim_matches(['[', ']', ':', ' '])) {
                let end = prose.sentence(&(at..at + call.len()), LONGEST_REMARK).end;
                let range = at..if call.ends_with(']') { at + call.len() } else { end };
                found.push(Seen { text: text[range.clone()].trim().to_owned(), at: prose.place(&range) });
            }
        }
    }
    found
}

/// A capitalised word, or two, alone: a name by its shape.
fn is_first_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_name_word = |w: &&str| {
        let mut letters = w.chars();
        letters.next().is_some_and(char::is_uppercase)
            && w.chars().all(char::is_alphabetic)
            && (w.chars().skip(1).all(char::is_lowercase) && w.chars().count() > 1 || w.len() == 2)
    };
    (1..=2).contains(&words.len()) && words.iter().all(is_name_word) && !NO_NAMES.contains(&words[0])
}

/// Whether the line at a byte holds this word in colour.
fn in_colour(document: &Document, prose: &Prose<'_>, at: usize, word: &str) -> bool {
    let Some(line) = prose.line(at).filter(|l| l.role == Role::Text) else { return false };
    let page = &document.pages[line.page as usize - 1];
    let first = word.split_whitespace().next().unwrap_or(word);
    line.words
        .iter()
        .filter(|w| w.text.contains(first))
        .any(|w| page.paints.get(w.paint as usize).is_some_and(|p| is_coloured(p.fill)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_the_shape_of_one() {
        for name in ["Mira", "Mira Velm", "MV"] {
            assert!(is_first_name(name), "{name}");
        }
        for name in ["Note", "the", "Mira velm", "A1", "Proof of Lemma"] {
            assert!(!is_first_name(name), "{name}");
        }
    }

    #[test]
    fn greys_are_no_colours() {
        assert!(is_coloured(Some([255, 128, 0])));
        assert!(!is_coloured(Some([200, 200, 200])));
        assert!(!is_coloured(None));
    }
}
