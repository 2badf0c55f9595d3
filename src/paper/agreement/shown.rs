//! What a PDF shows of what its sources set.

use crate::paper::PartSpan;
use crate::paper::entry::{EntryStart, entry_start};
use crate::paper::front::FrontMatter;
use crate::paper::heading::headings;
use crate::paper::layout::Layout;
use crate::paper::line::{Line, Numbering, Role, folded};
use crate::paper::source::script::PIECE;
use crate::part::Part;
use crate::pdf::Document;
use crate::place::FileId;
use std::collections::BTreeSet;

/// What a PDF shows, folded to letters and digits.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// The lines of page one up to the first heading, without blanks.
    pub(super) head: String,
    /// Its title as printed.
    pub(super) title: String,
    /// Lines that could be headings, each with what follows it on the next two lines.
    pub(super) candidates: Vec<Candidate>,
    /// Labels of captions.
    pub(super) figures: BTreeSet<String>,
    /// Labels of captions.
    pub(super) tables: BTreeSet<String>,
    /// It has a reference list.
    pub(super) has_references: bool,
    /// Entries of the reference list; `None` where they are not numbered.
    pub(super) entries: Option<usize>,
    /// Everything in reading order; footnotes last.
    pub(super) letters: String,
    /// Pieces of the main text's prose, in order.
    pub(super) prose: Vec<String>,
}

/// A line that could be a heading.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Its words without number.
    pub(super) words: String,
    /// These, and what the next two lines say.
    pub(super) on: String,
    /// It is one: a numbered section in the type of sections.
    pub(super) is_section: bool,
    /// As printed.
    pub(super) text: String,
}

/// A line of prose has at least so many characters.
const PROSE: usize = 60;

impl Shown {
    /// Lays the document out once more: few papers come with sources, and the others need none of this.
    pub(in crate::paper) fn of(document: &Document, file: FileId, parts: &[PartSpan]) -> Self {
        let layout = &Layout::again(document);
        if layout.lines.is_empty() {
            return Self::default();
        }
        let FrontMatter { title, main_start, .. } = FrontMatter::of(layout, file);
        let has_references = parts.iter().any(|p| p.part == Part::References);
        let title = title.unwrap_or_default();
        let mut shown = Self { title, has_references, ..Self::default() };
        let text = |role: Role| layout.lines.iter().filter(move |l| l.role == role);
        for line in text(Role::Text).chain(text(Role::Footnote)) {
            shown.letters.push_str(&folded(&line.text));
        }
        let head = layout.lines[..main_start.min(layout.lines.len())].iter();
        shown.head = head.map(|l| folded(&l.text)).collect();
        shown.read_headings(layout);
        for line in text(Role::Text) {
            match line.caption_label() {
                Some(label) if label.starts_with("Figure") => shown.figures.insert(label),
                Some(label) if label.starts_with("Table") => shown.tables.insert(label),
                _ => continue,
            };
        }
        let is_in = |l: &Line, wanted: Part| {
            let top = f64::from(l.area.top);
            let before = |p: &&PartSpan| (p.start.page.0, p.start.y.to_bp()) <= (l.page, top + 1.0);
            parts.iter().rfind(before).is_some_and(|p| p.part == wanted)
        };
        let numbers = text(Role::Text).filter(|l| is_in(l, Part::References)).filter_map(entry_start);
        let numbers: BTreeSet<u32> =
            numbers.filter_map(|e| if let EntryStart::Number(n) = e { Some(n) } else { None }).collect();
        shown.entries = (!numbers.is_empty()).then_some(numbers.len());
        let prose = text(Role::Text).filter(|l| l.text.len() >= PROSE && is_in(l, Part::MainText));
        shown.prose = prose.filter_map(piece).collect();
        shown
    }

    fn read_headings(&mut self, layout: &Layout) {
        for heading in headings(layout).0 {
            let line = &layout.lines[heading.line];
            let next = layout.lines.get(heading.line + 1..).unwrap_or_default().iter().take(2);
            let on: String = next.filter(|l| l.page == line.page).map(|l| folded(&l.text)).collect();
            let is_numbered = matches!(heading.numbering, Some(Numbering::Arabic(_, 1)));
            self.candidates.push(Candidate {
                on: format!("{}{on}", heading.words),
                is_section: heading.is_section && is_numbered && heading.names.is_none(),
                words: heading.words,
                text: line.text.clone(),
            });
        }
    }
}

/// The middle of the longest stretch of a line that is words alone.
fn piece(line: &Line) -> Option<String> {
    let is_word = |c: char| c.is_alphabetic() || " ,.;:'’-".contains(c);
    let stretch = line.text.split(|c| !is_word(c)).max_by_key(|s| s.len())?;
    let letters: Vec<char> = folded(stretch).chars().collect();
    let from = letters.len().checked_sub(PIECE)? / 2;
    Some(letters[from..from + PIECE].iter().collect())
}
