//! The running text of a paper: lines joined into one text, parted where the flow is, with the place of every byte.

use super::boundary::Boundary;
use super::layout::Layout;
use super::line::{Line, Role};
use crate::part::Part;
use crate::pdf::Bounds;
use crate::place::{FileId, PageNumber, Place};
use crate::units::Rect;
use std::ops::Range;

/// A raised mark is at most this large, beside its line.
const RAISED: f32 = 0.85;

/// What a stretch of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// Text of a part.
    Text(Part),
    /// A footnote, with the part on whose page it stands.
    Footnote(Part),
    /// A running head or foot.
    Furniture,
    /// The style's notice at the foot of page one.
    Notice,
}

impl Zone {
    /// Whether it belongs to the reference list.
    pub fn is_references(self) -> bool {
        matches!(self, Self::Text(Part::References) | Self::Footnote(Part::References))
    }
}

/// A line within the running text.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// Where it begins, in bytes of the text.
    start: usize,
    /// An index into the layout's lines.
    line: usize,
    zone: Zone,
}

/// The running text.
pub(super) struct Prose<'a> {
    /// Lines joined by single spaces; stretches of different zones parted by line feeds. Ligatures are taken apart,
    /// quotation marks straight, dashes hyphens.
    pub text: String,
    pieces: Vec<Piece>,
    layout: &'a Layout,
    file: FileId,
}

impl<'a> Prose<'a> {
    /// Joins the lines: first the text in reading order, then footnotes, notice and furniture.
    pub(super) fn of(layout: &'a Layout, boundaries: &[Boundary], file: FileId) -> Self {
        let mut prose = Self { text: String::new(), pieces: Vec::new(), layout, file };
        prose.text.reserve(layout.lines.iter().map(|l| l.text.len() + 1).sum());
        for role in [Role::Text, Role::Footnote, Role::Notice, Role::Furniture] {
            for (index, line) in layout.lines.iter().enumerate().filter(|(_, l)| l.role == role) {
                let at = boundaries.partition_point(|b| b.line <= index);
                let part = at.checked_sub(1).map_or(Part::FrontMatter, |i| boundaries[i].part);
                let zone = match role {
                    Role::Text => Zone::Text(part),
                    Role::Footnote => Zone::Footnote(part),
                    Role::Notice => Zone::Notice,
                    Role::Furniture => Zone::Furniture,
                };
                prose.push(index, line, zone);
            }
        }
        prose
    }

    fn push(&mut self, index: usize, line: &Line, zone: Zone) {
        if let Some(before) = self.pieces.last() {
            let last = &self.layout.lines[before.line];
            let flows = before.zone == zone && (zone == Zone::Text(Part::MainText) || last.page == line.page);
            if !flows || zone == Zone::Furniture || line.role == Role::Footnote && begins_note(line) {
                self.text.push('\n');
            } else {
                self.join(&line.text);
            }
        }
        self.pieces.push(Piece { start: self.text.len(), line: index, zone });
        push_plain(&line.text, &mut self.text);
    }

    /// Ends a line within the flow: a divided word and a broken address are put together, else a space stands.
    fn join(&mut self, next: &str) {
        let last_word = self.text.rsplit([' ', '\n']).next().unwrap_or_default();
        let is_address =
            last_word.contains("://") || last_word.contains("www.") || last_word.contains(".com/");
        let next_is_lower = next.starts_with(|c: char| c.is_lowercase());
        if is_address {
            let goes_on = last_word.ends_with(['/', '-', '_', '?', '=', '&', '~', '#', '%']);
            if !goes_on || !next.starts_with(|c: char| c.is_alphanumeric() || "/~-_?#".contains(c)) {
                self.text.push(' ');
            }
        } else if last_word.len() > 2 && last_word.ends_with('-') && next_is_lower {
            self.text.pop();
        } else {
            self.text.push(' ');
        }
    }

    fn pieces_of(&self, at: &Range<usize>) -> &[Piece] {
        let from = self.pieces.partition_point(|p| p.start <= at.start).saturating_sub(1);
        let to = self.pieces.partition_point(|p| p.start < at.end).max(from + 1);
        &self.pieces[from.min(self.pieces.len())..to.min(self.pieces.len())]
    }

    /// The zone of a byte.
    pub(super) fn zone(&self, at: usize) -> Zone {
        self.pieces_of(&(at..at + 1)).first().map_or(Zone::Text(Part::MainText), |p| p.zone)
    }

    /// The line that a byte belongs to.
    pub(super) fn line(&self, at: usize) -> Option<&'a Line> {
        self.pieces_of(&(at..at + 1)).first().map(|p| &self.layout.lines[p.line])
    }

    /// Where in the text a line begins: an index into the layout's lines.
    pub(super) fn start_of(&self, line: usize) -> Option<usize> {
        self.pieces.iter().find(|p| p.line == line).map(|p| p.start)
    }

    /// The lines that hold a range of bytes, on the page of the first of them.
    pub(super) fn place(&self, at: &Range<usize>) -> Place {
        let lines: Vec<&Line> = self.pieces_of(at).iter().map(|p| &self.layout.lines[p.line]).collect();
        let Some(first) = lines.first() else { return Place::Submission };
        let boxes = lines.iter().filter(|l| l.page == first.page).map(|l| super::front::area(l)).collect();
        let page = PageNumber(first.page);
        Place::Page { file: self.file, page, boxes, line_number: first.number }
    }

    /// The number that a footnote begins with: that of the last line at or above it that begins with a raised one.
    pub(super) fn note_mark(&self, note: &Line) -> Option<String> {
        let at = self.layout.lines.iter().position(|l| std::ptr::eq(l, note))?;
        let lines = self.layout.lines[..=at].iter().rev().take_while(|l| l.page == note.page);
        let is_raised = |l: &&Line| {
            let first = l.words.first();
            matches!(l.role, Role::Footnote | Role::Notice) && first.is_some_and(|w| w.size < l.size * RAISED)
        };
        let first = lines.filter(is_raised).find_map(|l| l.words.first())?;
        first.text.bytes().all(|b| b.is_ascii_digit()).then(|| first.text.to_string())
    }

    /// Where on a page a raised number stands in the text: the end of its line's text before it.
    pub(super) fn raised(&self, page: u32, mark: &str) -> Option<usize> {
        for (index, line) in self.layout.page_lines(page).filter(|(_, l)| l.role == Role::Text) {
            let word = line.words.iter().position(|w| w.text == mark && w.size < line.size * RAISED);
            if let Some(word) = word.filter(|w| *w > 0) {
                let start = self.start_of(index)?;
                let before: usize = line.words[..word].iter().map(|w| w.text.len() + 1).sum();
                let at = (start + before).min(self.text.len());
                return Some(boundary_at(&self.text, at));
            }
        }
        None
    }

    /// The sentence around a range, as bytes: to the last end of a sentence before it, at most `reach` away.
    pub(super) fn sentence(&self, at: &Range<usize>, reach: usize) -> Range<usize> {
        let floor = boundary_at(&self.text, at.start.saturating_sub(reach));
        let before = &self.text[floor..at.start];
        let start = ends(before).last().map_or(floor, |end| floor + end);
        let ceiling = boundary_at(&self.text, (at.end + reach).min(self.text.len()));
        let after = &self.text[at.end..ceiling];
        let end = ends(after).next().map_or(ceiling, |end| at.end + end);
        start..end
    }
}

/// A line that begins with a raised mark, or is nothing but one, begins a footnote.
fn begins_note(line: &Line) -> bool {
    let is_mark = |t: &str| t.len() <= 3 && t.chars().all(|c| c.is_ascii_digit() || "*∗†‡§¶".contains(c));
    let first = line.words.first();
    is_mark(&line.text) || first.is_some_and(|w| is_mark(&w.text) && w.size < line.size * RAISED)
}

/// Bytes right behind the ends of sentences and of stretches.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    (0..bytes.len()).filter_map(move |i| match bytes[i] {
        b'\n' => Some(i + 1),
        b'.' | b'?' | b'!' if is_sentence_end(text, i) => Some(i + 1),
        _ => None,
    })
}

/// Words that end with a stop within sentences.
const ABBREVIATIONS: [&str; 16] = [
    "al", "etc", "cf", "Fig", "Figs", "fig", "Eq", "Eqs", "eq", "Sec", "No", "no", "vs", "Tab", "Ref", "resp",
];

/// A stop before a space and a capital ends a sentence, but for abbreviations.
fn is_sentence_end(text: &str, stop: usize) -> bool {
    let mut after = text[stop + 1..].chars();
    let word = text[..stop].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_short = word.chars().count() < 2 || ABBREVIATIONS.contains(&word);
    match (after.next(), after.next()) {
        (Some(' '), Some(c)) => !is_short && (c.is_uppercase() || c.is_ascii_digit() || c == '['),
        (None | Some(' '), None) => !is_short,
        _ => false,
    }
}

/// The nearest boundary of characters at or before a byte.
fn boundary_at(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Adds text with ligatures taken apart, straight quotation marks, and hyphens for dashes.
pub(super) fn push_plain(text: &str, out: &mut String) {
    if text.is_ascii() {
        return out.push_str(text);
    }
    for c in text.chars() {
        match c {
            'ﬀ' => out.push_str("ff"),
            'ﬁ' => out.push_str("fi"),
            'ﬂ' => out.push_str("fl"),
            'ﬃ' => out.push_str("ffi"),
            'ﬄ' => out.push_str("ffl"),
            '‘' | '’' | '‚' => out.push('\''),
            '“' | '”' | '„' | '«' | '»' => out.push('"'),
            '‐' | '‑' | '‒' | '–' | '—' | '−' => out.push('-'),
            '∼' | '˜' => out.push('~'),
            '\u{a0}' => out.push(' '),
            '\u{ad}' | '\u{200b}' | '\u{2064}' => {}
            other => out.push(other),
        }
    }
}

/// A box of the page.
pub(super) fn rect(b: &Bounds) -> Rect {
    Rect::from_corners(f64::from(b.left), f64::from(b.top), f64::from(b.right), f64::from(b.bottom))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_stops_and_not_at_abbreviations() {
        let ended = |t: &str| ends(t).collect::<Vec<_>>();
        assert_eq!(ended("It works. So does this"), [9]);
        assert_eq!(ended("as Velm et al. Showed in Fig. 3 and eq. 2"), [0; 0]);
        assert_eq!(ended("one\ntwo"), [4]);
        assert_eq!(ended("see lantern.org for it"), [0; 0]);
    }

    #[test]
    fn ligatures_and_quotes_are_made_plain() {
        let mut out = String::new();
        push_plain("the ﬁeld’s “ﬂow” – here", &mut out);
        assert_eq!(out, "the field's \"flow\" - here");
    }
}
