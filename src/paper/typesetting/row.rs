//! What each line of the page is, by its type and its place, on the style's own page.

use super::frame::{Frame, most_agreed};
use crate::paper::layout::Layout;
use crate::paper::line::{Line, Numbering, Role, folds_to, numbering};
use crate::part::Part;
use crate::pdf::text::Word;
use crate::pdf::{Document, Font};
use crate::style::Fingerprint;
use std::collections::BTreeMap;

/// What counts towards the limit, and what does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// Title, abstract and main text.
    Main,
    /// The reference list.
    References,
    /// Appendix, checklist, acknowledgments.
    Other,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A line of running text that begins at the left edge.
    Body,
    /// A heading of the first to third level.
    Heading(u8),
    /// The word "Abstract".
    AbstractHeading,
    /// A line of the abstract.
    Abstract,
    /// The first line of a caption.
    Caption,
    /// A further line of a caption.
    CaptionGoesOn,
    /// The first line of an item.
    Item,
    /// Running text that begins right of the left edge, as in an item or a quotation.
    Indented,
    /// A displayed formula or a row of it.
    Formula,
    /// A footnote.
    Footnote,
    /// The notice of the style.
    Notice,
    /// Anything else: titles, tables, code, references.
    Other,
}

/// A line, with its measures on the style's own page in bp.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    pub line: &'a Line,
    pub kind: Kind,
    pub zone: Zone,
    pub left: f32,
    pub right: f32,
    pub baseline: f32,
    pub size: f32,
    /// Most of it is set in the face of the running text.
    pub is_text: bool,
    /// Words follow one another without a hole, as in prose.
    pub is_prose: bool,
    /// It belongs to the caption of a figure.
    pub is_of_figure: bool,
}

/// Lines whose left edges are this close, in bp, begin at one edge.
pub(super) const SAME_EDGE: f32 = 1.6;
/// Sizes closer than this, in bp, are one size.
pub(super) const SAME_SIZE: f32 = 0.15;
/// A gap between words wider than this, in units of the size, is a hole: tables have them, prose does not.
const HOLE: f32 = 1.3;
/// So many words make prose.
const FEWEST_WORDS: usize = 5;
/// A page is shifted where both its edges are, by as much to this, in bp.
const SAME_SHIFT: f32 = 0.5;
/// A heading is at least so large, in units of the running text.
const SMALLEST_HEADING: f32 = 0.8;
/// Items and quotations begin at most so far right of the left edge, in bp: two levels of a list.
const DEEPEST_INDENT: f32 = 60.0;
/// A heading's lines are at most so far apart, in units of their size: 14 pt at 12, rounded up.
const HEADING_STEP: f32 = 1.2;
/// A line that ends so close to the right edge, in bp, fills its measure.
pub(super) const FULL: f32 = 3.0;
/// A caption's lines are at most so far apart, in units of their size.
const CAPTION_STEP: f32 = 1.35;

/// Tells what the lines of running pages are, in reading order.
pub(super) struct Reader<'a> {
    pub document: &'a Document,
    pub layout: &'a Layout,
    pub frame: &'a Frame,
    pub style: &'a Fingerprint,
}

impl<'a> Reader<'a> {
    /// Every line of the pages themselves as a row. What stands in a picture is the picture's, and a page that lies
    /// on its side is a table's.
    pub(super) fn rows(&self, part: impl Fn(usize) -> Part) -> Vec<Row<'a>> {
        let mut rows: Vec<Row<'a>> = Vec::with_capacity(self.layout.lines.len());
        // The left edge of the abstract, while it lasts.
        let mut inside: Option<Option<f32>> = None;
        let (forms, faces) = (self.usual_forms(), self.text_faces());
        let shifts = self.shifts();
        // The number of the section heading before.
        let mut section = 0;
        for (index, line) in self.layout.lines.iter().enumerate() {
            let at = line.page as usize - 1;
            let is_turned = self.layout.sheets.get(at).is_some_and(|(width, height)| width > height);
            if is_turned || !line.words.iter().any(|w| Some(&self.form_of(line, w)) == forms.get(at)) {
                continue;
            }
            let part = part(index);
            let mut row = self.row(line, part, &faces);
            row.left -= shifts.get(at).copied().unwrap_or_default();
            row.right -= shifts.get(at).copied().unwrap_or_default();
            row.kind = self.kind(&row, part, rows.last());
            if self.is_next_section(&row, section) {
                row.kind = Kind::Heading(1);
            }
            if row.kind == Kind::Heading(1) {
                section = section_number(line).unwrap_or(section);
            }
            row.is_of_figure = match row.kind {
                Kind::Caption => line.text.starts_with("Fig"),
                Kind::CaptionGoesOn => rows.last().is_some_and(|before| before.is_of_figure),
                _ => false,
            };
            match row.kind {
                Kind::AbstractHeading => inside = Some(None),
                Kind::Heading(_) | Kind::Caption => inside = None,
                Kind::Body | Kind::Indented | Kind::Item if row.line.page == self.frame.title_page => {
                    inside = inside.filter(|edge| edge.is_none_or(|e| (row.left - e).abs() < SAME_EDGE));
                    if let Some(edge) = &mut inside {
                        *edge = edge.or(Some(row.left));
                        row.kind = Kind::Abstract;
                    }
                }
                // Its last line may be a word or two.
                Kind::Other if row.is_text => {
                    let edge = inside.flatten().filter(|e| (row.left - e).abs() < SAME_EDGE);
                    if edge.is_some() {
                        row.kind = Kind::Abstract;
                    }
                }
                _ => {}
            }
            rows.push(row);
        }
        hang(&mut rows);
        rows
    }

    /// How far the text of each page stands right of where most pages have it, in bp: pages of a two-sided paper do.
    fn shifts(&self) -> Vec<f32> {
        let frame = self.frame;
        let pages = 1..=self.layout.sheets.len() as u32;
        let shift = |page: u32| {
            let lines = || self.layout.page_lines(page).map(|(_, line)| line);
            let edge = |of: fn(&Line) -> f32| most_agreed(lines().map(|l| (frame.x(of(l)), 1)), 10.0);
            let (left, right) = (edge(|l| l.area.left)?, edge(|l| l.area.right)?);
            let (left, right) = (left - frame.left, right - frame.right);
            ((left - right).abs() < SAME_SHIFT && left.abs() > SAME_SHIFT).then_some(left)
        };
        pages.map(|page| shift(page).unwrap_or_default()).collect()
    }

    /// A bold line with the number of the next section is its heading in whatever size.
    fn is_next_section(&self, row: &Row<'_>, before: u32) -> bool {
        let at_left = (row.left - self.frame.left).abs() < SAME_EDGE;
        let is_size = row.size > SMALLEST_HEADING * self.frame.body && row.size < self.style.title.size;
        row.kind == Kind::Body
            && row.zone == Zone::Main
            && row.line.is_bold()
            && at_left
            && is_size
            && section_number(row.line) == Some(before + 1)
    }

    /// The form that a word is painted by; 0 for the page itself.
    fn form_of(&self, line: &Line, word: &Word) -> u32 {
        self.document.pages[line.page as usize - 1].paints[word.paint as usize].form
    }

    /// The form that most words of each page are painted by: some programs put whole pages into one.
    fn usual_forms(&self) -> Vec<u32> {
        let mut votes: Vec<BTreeMap<u32, usize>> = vec![BTreeMap::new(); self.document.pages.len()];
        for line in &self.layout.lines {
            for alike in line.words.chunk_by(|a, b| a.paint == b.paint) {
                *votes[line.page as usize - 1].entry(self.form_of(line, &alike[0])).or_default() +=
                    alike.len();
            }
        }
        let most =
            |forms: BTreeMap<u32, usize>| forms.into_iter().max_by_key(|(_, n)| *n).map_or(0, |(f, _)| f);
        votes.into_iter().map(most).collect()
    }

    /// Which fonts, by index, are of the face of the text.
    fn text_faces(&self) -> Vec<bool> {
        let fonts = &self.document.fonts;
        let family = |font: &Font| font.name.split('-').next().unwrap_or_default().to_owned();
        let frame = &fonts[usize::from(self.frame.face)];
        // Computer Modern is the face of formulas, unless it stands in for Times.
        let stands_in = self.style.body.is_stand_in(&frame.name);
        let is_face = |font: &Font| {
            self.style.body.is_face(&font.name)
                || stands_in && self.style.body.is_stand_in(&font.name)
                || family(font) == family(frame)
        };
        fonts.iter().map(is_face).collect()
    }

    /// `faces` are those of the text, by font.
    fn row(&self, line: &'a Line, part: Part, faces: &[bool]) -> Row<'a> {
        let frame = self.frame;
        let zone = match part {
            Part::MainText | Part::FrontMatter => Zone::Main,
            Part::References => Zone::References,
            _ => Zone::Other,
        };
        let all: u32 = line.words.iter().map(|w| w.glyphs).sum();
        let text: u32 = line.words.iter().filter(|w| faces[usize::from(w.font)]).map(|w| w.glyphs).sum();
        let has_hole = line.words.windows(2).any(|p| p[1].area.left - p[0].area.right > HOLE * line.size);
        Row {
            line,
            kind: Kind::Other,
            zone,
            left: frame.x(line.area.left),
            right: frame.x(line.area.right),
            baseline: frame.y(line.baseline),
            size: line.size / frame.scale,
            is_text: text * 2 > all,
            is_prose: !has_hole && line.words.len() >= FEWEST_WORDS,
            is_of_figure: false,
        }
    }

    fn kind(&self, row: &Row<'_>, part: Part, before: Option<&Row<'a>>) -> Kind {
        match row.line.role {
            Role::Footnote => return Kind::Footnote,
            Role::Notice => return Kind::Notice,
            Role::Furniture => return Kind::Other,
            Role::Text => {}
        }
        // "Figure 1." may begin a sentence and a line within a paragraph.
        if row.line.caption_label().is_some() && !before.is_some_and(|b| self.is_next_line(b, row)) {
            return Kind::Caption;
        }
        if before.is_some_and(|b| goes_on(b, row)) {
            return Kind::CaptionGoesOn;
        }
        if let Some(heading) = before.filter(|b| heading_goes_on(b, row)) {
            return heading.kind;
        }
        if row.line.is_bold() && folds_to(&row.line.text, "abstract") {
            return Kind::AbstractHeading;
        }
        if matches!(part, Part::References | Part::FrontMatter) {
            return Kind::Other;
        }
        if let Some(level) = self.heading_level(row) {
            return Kind::Heading(level);
        }
        let indent = row.left - self.frame.left;
        if !row.is_text {
            return if self.is_formula(row, indent) { Kind::Formula } else { Kind::Other };
        }
        if indent.abs() < SAME_EDGE && !is_bulleted(row.line) {
            // What a dash begins may be an item as well: see `hang`.
            Kind::Body
        } else if indent < DEEPEST_INDENT && indent > -SAME_EDGE && is_labelled(row.line) {
            Kind::Item
        } else if (SAME_EDGE..DEEPEST_INDENT).contains(&indent) && row.is_prose {
            Kind::Indented
        } else {
            Kind::Other
        }
    }

    /// A line of the paragraph that the line before belongs to.
    fn is_next_line(&self, before: &Row<'_>, row: &Row<'_>) -> bool {
        let step = row.baseline - before.baseline;
        before.kind == Kind::Body
            && before.line.page == row.line.page
            && (before.left - row.left).abs() < SAME_EDGE
            && (self.frame.right - before.right).abs() < FULL
            && step > 0.0
            && step < self.frame.leading + self.style.leading.tolerance
    }

    /// Section headings by their type, lower ones by their number as well.
    fn heading_level(&self, row: &Row<'_>) -> Option<u8> {
        let is_size = |size: f32| (row.size - size).abs() < SAME_SIZE;
        // Formulas and names of programs in a heading are not bold; its number and first word are.
        if row.is_text && row.line.bold_words > 1 && is_size(self.style.heading.size) {
            return Some(1);
        }
        if !row.line.is_bold() || !row.is_text {
            return None;
        }
        if is_size(self.style.heading.size) {
            return Some(1);
        }
        let at_left = (row.left - self.frame.left).abs() < SAME_EDGE;
        match numbering(&row.line.text).0 {
            Some(Numbering::Arabic(_, levels) | Numbering::Letter(_, levels))
                if at_left && is_size(self.frame.body) && (2..=3).contains(&levels) =>
            {
                Some(levels as u8)
            }
            _ => None,
        }
    }

    /// Set apart from the left edge, in the fonts of mathematics.
    fn is_formula(&self, row: &Row<'_>, indent: f32) -> bool {
        let is_math = |font: u16| self.style.formula.is_font(&self.document.fonts[usize::from(font)].name);
        indent > SAME_EDGE && row.line.words.iter().any(|w| is_math(w.font))
    }
}

/// The number of a section that a line begins with: digits alone, and words after them.
fn section_number(line: &Line) -> Option<u32> {
    let first = line.words.first().filter(|_| line.words.len() > 1)?;
    let is_number = first.text.len() <= 2 && first.text.bytes().all(|b| b.is_ascii_digit());
    first.text.parse().ok().filter(|_| is_number)
}

/// Whether a line goes on with the caption before it: below it, and no wider, or on one axis with it.
fn goes_on(before: &Row<'_>, row: &Row<'_>) -> bool {
    let step = row.baseline - before.baseline;
    let is_within = row.left > before.left - SAME_EDGE && row.right < before.right + DEEPEST_INDENT;
    let off_axis = f32::midpoint(row.left, row.right) - f32::midpoint(before.left, before.right);
    matches!(before.kind, Kind::Caption | Kind::CaptionGoesOn)
        && (is_within || off_axis.abs() < SAME_EDGE)
        && before.line.page == row.line.page
        && (before.size - row.size).abs() < SAME_SIZE
        && step > 0.0
        && step < CAPTION_STEP * row.size
}

/// Whether a line is a further line of the heading before it.
pub(super) fn heading_goes_on(before: &Row<'_>, row: &Row<'_>) -> bool {
    let step = row.baseline - before.baseline;
    matches!(before.kind, Kind::Heading(_))
        && row.line.is_bold()
        && before.line.page == row.line.page
        && (before.size - row.size).abs() < SAME_SIZE
        && step > 0.0
        && step < HEADING_STEP * row.size
}

/// Numbered lines at the left edge are items where the lines after them hang.
fn hang(rows: &mut [Row<'_>]) {
    for at in 1..rows.len() {
        let [first, next] = [&rows[at - 1], &rows[at]];
        let hangs = next.kind == Kind::Indented && next.line.page == first.line.page;
        if first.kind == Kind::Body && hangs && is_labelled(first.line) {
            rows[at - 1].kind = Kind::Item;
        }
    }
}

/// A bullet stands before the words: a sign that begins no line of prose.
pub(super) fn is_bulleted(line: &Line) -> bool {
    line.words.first().is_some_and(|w| ["•", "■", "▪", "◦", "▷", "▶", "▸", "⋄"].contains(&w.text.as_str()))
}

/// A dash or a star stands before the words; lines of prose may begin so as well.
fn is_dashed(line: &Line) -> bool {
    line.words.first().is_some_and(|w| ["–", "∗", "·", "*", "-", "+"].contains(&w.text.as_str()))
}

/// A bullet, a dash or a number stands before the words.
fn is_labelled(line: &Line) -> bool {
    let Some(first) = line.words.first().map(|w| w.text.as_str()) else { return false };
    let core = first.trim_start_matches(['(', '[']).trim_end_matches(['.', ')', ']']);
    let is_number = core.len() < first.len()
        && (core.len() <= 2 && core.bytes().all(|b| b.is_ascii_alphanumeric())
            || core.len() <= 4 && core.bytes().all(|b| b"ivx".contains(&b)));
    is_bulleted(line) || is_dashed(line) || is_number && !core.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::typesetting::trial::{BOLD, Set, below, on_page, text_at};

    fn first<T>(text: &'static str, look: impl FnOnce(&Line) -> T) -> T {
        on_page(&[Set { text, ..text_at(100.0) }], |rows| look(rows[0].line))
    }

    #[test]
    fn a_label_is_a_bullet_a_dash_or_a_short_number_with_its_mark() {
        for text in ["• one", "– one", "* one", "1. one", "(a) one", "[12] one", "iv) one", "viii. one"] {
            assert!(first(text, is_labelled), "{text}");
        }
        for text in ["1 one", "2020. One", "a one", "(abc) one", "well. One", "() one"] {
            assert!(!first(text, is_labelled), "{text}");
        }
        assert!(first("▷ one", is_bulleted) && !first("– one", is_bulleted));
    }

    #[test]
    fn a_section_has_a_number_of_at_most_two_digits_and_words() {
        let number = |text| first(text, section_number);
        assert_eq!((number("3 Method"), number("12 Method")), (Some(3), Some(12)));
        assert_eq!(
            (number("3"), number("2020 was"), number("3.1 Method"), number("A Proofs")),
            (None, None, None, None)
        );
    }

    /// Whether the second of two lines goes on with the first, so far below it.
    fn goes(pair: [Set; 2], step: f32, with: fn(&Row<'_>, &Row<'_>) -> bool) -> bool {
        let [above, next] = pair;
        on_page(&below(100.0, &[(0.0, above), (step, next)]), |rows| with(&rows[0], &rows[1]))
    }

    #[test]
    fn a_wrapped_caption_goes_on_within_its_width_or_on_its_axis() {
        let caption = Set { kind: Kind::Caption, ..text_at(0.0) };
        let line = |left, right| Set { left, right, ..text_at(0.0) };
        let pair = |left, right| [caption.clone(), line(left, right)];
        // 1.35 times 9.963
        assert!(goes(pair(108.0, 400.0), 13.4, goes_on) && !goes(pair(108.0, 400.0), 13.5, goes_on));
        assert!(goes(pair(206.0, 406.0), 11.0, goes_on), "centred");
        let narrow = Set { left: 206.0, right: 406.0, ..caption.clone() };
        assert!(goes([narrow.clone(), line(108.0, 504.0)], 11.0, goes_on), "a centred line above a wide one");
        assert!(!goes([narrow, line(108.0, 300.0)], 11.0, goes_on), "another column");
        let small = Set { size: 9.0, ..line(108.0, 400.0) };
        assert!(!goes([caption, small], 11.0, goes_on), "the row of a table");
    }

    #[test]
    fn a_heading_goes_on_in_bold_below_itself() {
        let line = Set { kind: Kind::Heading(1), size: 11.955, font: BOLD, ..text_at(0.0) };
        // 1.2 times 11.955
        assert!(goes([line.clone(), line.clone()], 14.3, heading_goes_on));
        assert!(!goes([line.clone(), line.clone()], 14.4, heading_goes_on));
        assert!(!goes([line.clone(), Set { font: 0, ..line.clone() }], 14.0, heading_goes_on));
        assert!(!goes([line.clone(), Set { size: 9.963, ..line }], 11.0, heading_goes_on));
    }

    #[test]
    fn a_numbered_line_is_an_item_where_the_next_one_hangs() {
        let line = |kind, left| Set { kind, left, text: "1. the field follows the orbit", ..text_at(0.0) };
        let kind = |next: Set| {
            on_page(&below(100.0, &[(0.0, line(Kind::Body, 108.0)), (11.0, next)]), |rows| {
                let mut rows = rows.to_vec();
                hang(&mut rows);
                rows[0].kind
            })
        };
        assert_eq!(kind(line(Kind::Indented, 125.0)), Kind::Item);
        assert_eq!(kind(line(Kind::Body, 108.0)), Kind::Body);
        assert_eq!(kind(Set { page: 2, ..line(Kind::Indented, 125.0) }), Kind::Body);
    }
}
