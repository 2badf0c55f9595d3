//! Vertical gaps: between lines, paragraphs, headings, items, floats and formulas.

use super::departure::{Aspect, Sample};
use super::display;
use super::frame::{Frame, most};
use super::row::{FULL, Kind, Row, SAME_EDGE, SAME_SIZE, Zone, heading_goes_on, is_bulleted};
use crate::pdf::Font;
use crate::pdf::text::Word;
use crate::style::{Fingerprint, Gap};
use std::collections::{BTreeMap, BTreeSet};

/// A line is short where it ends so much before its neighbours do, in bp. Chosen: four letters.
const SHORT_LINE: f32 = 12.0;
/// So many paragraphs agree on a gap before it is taken to be set for all of them.
const PARAGRAPHS: usize = 3;
/// Paragraphs without a gap are told from this share of all on, as one of so many.
const FEW_SHARE: usize = 5;
/// By how much a gap above or below a box may be less than between paragraphs, in bp: the depth of its last line, and
/// TeX's `\lineskip`.
const BESIDE_BOXES: f32 = 3.2;
/// A caption whose middle lies so close to that of the block, in bp, is centred in it. Chosen: wider than a space.
const SAME_AXIS: f32 = 3.0;
/// Labels of one list begin this close, in bp: numbers end at one place, and a second digit takes 5 of 10 pt type.
const LABELS: f32 = 6.0;
/// Below this share of the leading two lines are one: scripts, accents, fractions.
const ONE_LINE: f32 = 0.7;

/// Measures gaps against those of a style.
pub(super) struct Ruler<'a> {
    pub frame: &'a Frame,
    pub style: &'a Fingerprint,
    pub fonts: &'a [Font],
    /// The most common distance of baselines within paragraphs, in bp of the style's own page.
    pub leading: f32,
    /// How much less than the style's every gap with a paragraph's own is.
    paragraphs_less: f32,
}

/// A gap of the style: what it is, the leading of its lower line, and its room.
#[derive(Clone, Copy)]
struct Expected {
    aspect: Aspect,
    what: &'static str,
    leading: f32,
    gap: Gap,
}

impl<'a> Ruler<'a> {
    /// Measures the leading and the gap of paragraphs of the main text.
    pub(super) fn new(rows: &[Row<'_>], frame: &'a Frame, style: &'a Fingerprint, fonts: &'a [Font]) -> Self {
        let main: Vec<&Row<'_>> = rows.iter().filter(|r| r.kind == Kind::Body && r.is_prose).collect();
        let steps = main.windows(2).filter(|p| follows(p[0], p[1])).map(|p| p[1].baseline - p[0].baseline);
        let leading = most(steps.map(|s| (s, 1)), 100.0).unwrap_or(style.leading.body);
        let mut ruler = Self { frame, style, fonts, leading, paragraphs_less: 0.0 };
        let steps: Vec<f32> = ruler.paragraph_steps(rows).map(|(s, _)| s).collect();
        let usual = most(steps.iter().map(|s| (*s, 1)), 20.0).unwrap_or_default();
        let agree = steps.iter().filter(|s| (**s - usual).abs() < style.leading.tolerance).count();
        let less = ruler.line(style.leading.body) + style.gaps.paragraph.skip - usual;
        if agree >= PARAGRAPHS && less > style.gaps.tolerance {
            ruler.paragraphs_less = less;
        }
        ruler
    }

    /// The leading of the paper where it is tighter than the style's, as a share of 1.
    fn tightness(&self) -> f32 {
        let share = self.leading / self.style.leading.body;
        if self.leading < self.style.leading.body - self.style.leading.usual_tolerance { share } else { 1.0 }
    }

    /// The leading that a line of the style has in this paper.
    pub(super) fn line(&self, leading: f32) -> f32 {
        leading * self.tightness()
    }

    /// Everything that departs.
    pub(super) fn samples(&self, rows: &[Row<'_>]) -> Vec<Sample> {
        let mut samples = self.tight_lines(rows);
        samples.extend(self.tight_paragraphs(rows));
        let shrunk = self.shrunk(rows);
        let mut lists: Vec<(usize, Sample)> = Vec::new();
        let mut list = 0;
        let mut in_item = false;
        let mut text_on = 0;
        for pair in rows.windows(2) {
            if matches!(pair[0].kind, Kind::Body | Kind::Item | Kind::Heading(_)) {
                text_on = pair[0].line.page;
            }
            in_item = pair[0].kind == Kind::Item || in_item && pair[0].kind == Kind::Indented;
            list += usize::from(pair[1].kind == Kind::Item && !in_item);
            lists.extend(self.indent(&pair[1]).map(|s| (list, s)));
            let Some(mut expected) = self.expected(&pair[0], &pair[1], in_item) else { continue };
            // At the top of a page a float that is told to stay there is set like one within the text.
            let step = pair[1].baseline - pair[0].baseline;
            let stays = step > self.line(expected.leading) + expected.gap.skip - expected.gap.shrink;
            if expected.aspect == Aspect::FloatGap && text_on != pair[0].line.page && !stays {
                expected.gap = self.style.gaps.below_top_float;
            }
            let found = self.sample(&pair[0], &pair[1], expected);
            match expected.aspect {
                Aspect::ListGap => lists.extend(found.into_iter().map(|s| (list, s))),
                _ => samples.extend(found),
            }
        }
        samples.extend(several_lists(lists, self.style.leading.body));
        samples.extend(display::samples(self, rows, &shrunk));
        samples
    }

    /// Lines of prose, one below the other, closer than the style sets them.
    fn tight_lines(&self, rows: &[Row<'_>]) -> Vec<Sample> {
        let allowed = self.style.leading.body;
        // What most lines agree on is known better than the place of one.
        let is_set_tight = self.tightness() < 1.0;
        let slack =
            if is_set_tight { self.style.leading.usual_tolerance } else { self.style.leading.tolerance };
        let least = allowed - slack;
        let is_text = |r: &Row<'_>| {
            let is_kind = matches!(
                r.kind,
                Kind::Body
                    | Kind::Indented
                    | Kind::Item
                    | Kind::Abstract
                    | Kind::Caption
                    | Kind::CaptionGoesOn
            );
            is_kind && r.is_prose && r.size > self.style.body.size - 2.0 * self.style.body.tolerance
        };
        // A line with another below it in its paragraph fills its measure; rows of tables end anywhere.
        let ends = [self.frame.right, self.style.r#abstract.right];
        let is_full = |r: &Row<'_>| ends.iter().any(|end| (r.right - end).abs() < FULL);
        let is_pair =
            |p: &&[Row<'_>]| is_text(&p[0]) && is_text(&p[1]) && is_full(&p[0]) && follows(&p[0], &p[1]);
        let pairs = rows.windows(2).filter(is_pair);
        let tight = pairs.filter_map(|p| {
            let step = p[1].baseline - p[0].baseline;
            (step < least && step > ONE_LINE * allowed)
                .then(|| Sample::at(&p[1], Aspect::Leading, "lines", step, allowed).gaining(allowed - step))
        });
        let tight: Vec<Sample> = tight.collect();
        // Beside a box TeX sets single lines as close as `\lineskip` has it.
        if tight.len() < PARAGRAPHS { Vec::new() } else { tight }
    }

    /// The steps from the last line of a paragraph to the first of the next, and the latter.
    ///
    /// A paragraph has full lines before its last one, and begins with a full one: lines of code, of algorithms and
    /// of ragged text have neither.
    fn paragraph_steps<'r>(&'r self, rows: &'r [Row<'r>]) -> impl Iterator<Item = (f32, &'r Row<'r>)> {
        let (leading, skip) = (self.leading, self.style.gaps.paragraph.skip);
        let is_full = |r: &Row<'_>| r.kind == Kind::Body && (r.right - self.frame.right).abs() < FULL;
        rows.windows(3).filter_map(move |p| {
            let (before, end, begin) = (&p[0], &p[1], &p[2]);
            let step = begin.baseline - end.baseline;
            let is_pair = end.kind == Kind::Body && is_full(begin) && begin.is_prose;
            let ends = end.right < begin.right - SHORT_LINE && end.line.page == begin.line.page;
            let is_one = is_full(before) && before.is_prose && follows(before, end);
            let is_paragraph = is_one || before.line.page < end.line.page;
            let near = step > ONE_LINE * leading && step < leading + 2.0 * skip;
            let is_step = is_pair && ends && is_paragraph && near && !self.is_statement(end, begin);
            is_step.then_some((step, begin))
        })
    }

    /// Theorems and proofs are lists: they stand apart as lists do. They begin in other type, or end in it.
    fn is_statement(&self, end: &Row<'_>, begin: &Row<'_>) -> bool {
        let is_other = |word: &Word| {
            let font = &self.fonts[usize::from(word.font)];
            font.bold || font.italic || !word.text.chars().any(char::is_alphanumeric)
        };
        begin.line.words.first().is_some_and(is_other) || end.line.words.last().is_some_and(is_other)
    }

    fn tight_paragraphs(&self, rows: &[Row<'_>]) -> Vec<Sample> {
        let natural = self.line(self.style.leading.body) + self.style.gaps.paragraph.skip;
        let least = natural - self.style.gaps.tolerance;
        let steps: Vec<(f32, &Row<'_>)> = self.paragraph_steps(rows).collect();
        let (closed, narrow): (Vec<_>, Vec<_>) = steps
            .iter()
            .filter(|(step, _)| *step < least)
            .partition(|(step, _)| *step < self.leading + self.style.gaps.tolerance);
        // A line that its author broke ends early and has no gap below it either, and so do the cells of a table;
        // beside boxes TeX sets its own least gap between lines.
        let is_usual = closed.len() >= PARAGRAPHS && closed.len() * FEW_SHARE >= steps.len();
        let closed = if is_usual { closed } else { Vec::new() };
        let is_told = |step: f32| self.paragraphs_less > 0.0 || natural - step > BESIDE_BOXES;
        let narrow: Vec<_> = narrow.into_iter().filter(|(step, _)| is_told(*step)).collect();
        let sample = |(step, row): (f32, &Row<'_>)| {
            let (aspect, what) = (Aspect::ParagraphGap, "between paragraphs");
            Sample::at(row, aspect, what, step, natural).gaining(natural - step)
        };
        closed.into_iter().chain(narrow).map(sample).collect()
    }

    /// What the style sets between two lines.
    fn expected(&self, above: &Row<'_>, below: &Row<'_>, in_item: bool) -> Option<Expected> {
        if above.line.page != below.line.page {
            return None;
        }
        let (gaps, style) = (&self.style.gaps, self.style);
        let is_text = |r: &Row<'_>| matches!(r.kind, Kind::Body | Kind::Indented | Kind::Item);
        let of = |aspect, what, leading, gap| Some(Expected { aspect, what, leading, gap });
        let heading = Aspect::HeadingGap;
        let body = style.leading.body;
        match (above.kind, below.kind) {
            // Another heading above may have gone unknown: it is larger than the text.
            (_, Kind::Heading(level)) if is_text(above) && above.size < self.frame.body + SAME_SIZE => {
                match level {
                    1 => of(heading, "above section headings", style.heading.leading, gaps.above_section),
                    2 => of(heading, "above subsection headings", body, gaps.above_subsection),
                    _ => of(heading, "above subsubsection headings", body, gaps.above_subsubsection),
                }
            }
            (Kind::Abstract, Kind::Heading(1)) => of(
                Aspect::Abstract,
                "from the abstract to the first heading",
                style.heading.leading,
                gaps.below_abstract,
            ),
            (Kind::Heading(level), Kind::Body) => match level {
                1 => of(heading, "below section headings", body, gaps.below_section),
                2 => of(heading, "below subsection headings", body, gaps.below_subsection),
                _ => of(heading, "below subsubsection headings", body, gaps.below_subsubsection),
            },
            (Kind::Heading(1), Kind::Heading(_)) if !heading_goes_on(above, below) => {
                of(heading, "below section headings", body, gaps.below_section)
            }
            (Kind::Item | Kind::Indented, Kind::Item)
                if in_item && begins_item(above, below) && self.is_first_level(below) =>
            {
                of(Aspect::ListGap, "between items", body, gaps.between_items)
            }
            (Kind::Body, Kind::Item) if above.is_prose => {
                of(Aspect::ListGap, "above lists", body, gaps.around_list)
            }
            (Kind::Item | Kind::Indented, Kind::Body) if in_item && below.is_prose => {
                of(Aspect::ListGap, "below lists", body, gaps.around_list)
            }
            (Kind::Caption | Kind::CaptionGoesOn, Kind::Body | Kind::Item)
                if above.is_of_figure
                    && self.is_across(above)
                    && (below.is_prose || is_bulleted(below.line)) =>
            {
                of(Aspect::FloatGap, "from captions to the text below", body, gaps.below_float)
            }
            _ => None,
        }
    }

    /// Where the text of items begins in a block that begins where this paper's does.
    fn item_text(&self) -> f32 {
        self.style.list.text - self.style.block.left + self.frame.left
    }

    /// The left edge of a word of a row, on the style's own page.
    fn left_of(&self, row: &Row<'_>, word: &Word) -> f32 {
        row.left + (word.area.left - row.line.area.left) / self.frame.scale
    }

    /// An item of the first level; lists within lists are set closer.
    fn is_first_level(&self, row: &Row<'_>) -> bool {
        let text = row.line.words.get(1).map_or(row.left, |w| self.left_of(row, w));
        text < self.item_text() + SAME_EDGE
    }

    /// An item whose text begins left of where the style sets it: its lines hold more.
    fn indent(&self, row: &Row<'_>) -> Option<Sample> {
        let (first, label) = (row.line.words.get(1)?, row.line.words.first()?);
        let (text, allowed) = (self.left_of(row, first), self.item_text());
        let is_item = row.kind == Kind::Item && row.is_prose && label.area.right < first.area.left;
        let gained = self.style.leading.body * (allowed - text) / self.style.block.width();
        (is_item && text < allowed - SAME_EDGE)
            .then(|| Sample::at(row, Aspect::ListIndent, "the text of items", text, allowed).gaining(gained))
    }

    /// A caption in the middle of the block, not one beside the text.
    fn is_across(&self, row: &Row<'_>) -> bool {
        let middle = |l: f32, r: f32| f32::midpoint(l, r);
        let at_left = (row.left - self.frame.left).abs() < SAME_EDGE;
        let centred =
            (middle(row.left, row.right) - middle(self.frame.left, self.frame.right)).abs() < SAME_AXIS;
        centred || at_left && row.kind == Kind::CaptionGoesOn
    }

    /// A gap below what the style allows; a paragraph's gap that is less throughout is told by itself.
    fn sample(&self, above: &Row<'_>, below: &Row<'_>, expected: Expected) -> Vec<Sample> {
        let step = below.baseline - above.baseline;
        let whole = self.line(expected.leading) + expected.gap.skip;
        let has_paragraph = !matches!(expected.what, "between items");
        let less = if has_paragraph { self.paragraphs_less } else { 0.0 };
        let natural = whole - less;
        let least = natural - expected.gap.shrink;
        let mut found = Vec::new();
        if step < least - self.style.gaps.tolerance && step > 0.0 {
            let allowed = whole - expected.gap.shrink;
            found.push(
                Sample::at(below, expected.aspect, expected.what, step, allowed).gaining(natural - step),
            );
        }
        if less > 0.0 {
            let paragraph = self.line(self.style.leading.body) + self.style.gaps.paragraph.skip;
            let (aspect, what) = (Aspect::ParagraphGap, "between paragraphs");
            found.push(Sample::at(below, aspect, what, paragraph - less, paragraph).gaining(less));
        }
        found
    }

    /// How much of the room that a squeeze makes is lost again to filling the pages: what the other gaps of the main
    /// text are wider than they would be on untouched pages, in bp of the style's own page. Never negative.
    ///
    /// TeX stretches glue where the next line does not fit. Source: the page's usual slack, in the style's data.
    pub(super) fn lost_to_filling(&self, rows: &[Row<'_>], departing: &[Sample]) -> f32 {
        let (mut slack, mut others, mut all) = (0.0, 0, 0);
        let mut in_item = false;
        for pair in rows.windows(2) {
            in_item = pair[0].kind == Kind::Item || in_item && pair[0].kind == Kind::Indented;
            let expected =
                self.expected(&pair[0], &pair[1], in_item).filter(|e| e.aspect != Aspect::FloatGap);
            let Some(e) = expected.filter(|_| pair[1].zone == Zone::Main) else { continue };
            all += 1;
            if !departing.iter().any(|s| (s.aspect, s.what) == (e.aspect, e.what)) {
                others += 1;
                let natural = self.line(e.leading) + e.gap.skip - self.paragraphs_less;
                slack += pair[1].baseline - pair[0].baseline - natural;
            }
        }
        let pages = rows.iter().rfind(|r| r.zone == Zone::Main).map_or(0, |r| r.line.page);
        let usual = self.style.gaps.page_slack * pages as f32 * others as f32 / all.max(1) as f32;
        (slack - usual).max(0.0)
    }

    /// How much of the shrink there is was used, page by page, as a share of 1: TeX shrinks all glue of a page
    /// alike, and the heading that is least shrunk tells. Source: TeXbook ch. 12. Pages without headings are left out.
    fn shrunk(&self, rows: &[Row<'_>]) -> BTreeMap<u32, f32> {
        let mut shrunk: BTreeMap<u32, f32> = BTreeMap::new();
        for pair in rows.windows(2) {
            let expected = self.expected(&pair[0], &pair[1], false);
            let Some(e) = expected.filter(|e| e.aspect == Aspect::HeadingGap && e.gap.shrink > 0.0) else {
                continue;
            };
            let natural = self.line(e.leading) + e.gap.skip - self.paragraphs_less;
            let share = (natural - (pair[1].baseline - pair[0].baseline)) / e.gap.shrink;
            let least = shrunk.entry(pair[0].line.page).or_insert(1.0);
            *least = least.min(share.clamp(0.0, 1.0));
        }
        shrunk
    }
}

/// Whether a line stands below another in the same paragraph or the next.
fn follows(above: &Row<'_>, below: &Row<'_>) -> bool {
    let step = below.baseline - above.baseline;
    above.line.page == below.line.page
        && (above.left - below.left).abs() < SAME_EDGE
        && step > 0.0
        && step < 2.0 * above.size
}

/// The end of an item and the beginning of the next one of the same list.
fn begins_item(above: &Row<'_>, below: &Row<'_>) -> bool {
    let is_item = above.kind == Kind::Item;
    is_item && (above.left - below.left).abs() < LABELS || !is_item && above.left > below.left + SAME_EDGE
}

/// One list may be set as its authors like, unless it saves a line.
fn several_lists(found: Vec<(usize, Sample)>, line: f32) -> Vec<Sample> {
    let lists: BTreeSet<usize> = found.iter().map(|f| f.0).collect();
    let gained: f32 = found.iter().map(|f| f.1.gained).sum();
    if lists.len() < 2 && gained < line { Vec::new() } else { found.into_iter().map(|f| f.1).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::typesetting::trial::{BOLD, Set, below, text_at, with_ruler};

    /// What departs, with the distance and what the style allows.
    fn told(lines: &[Set]) -> Vec<(Aspect, f32, f32)> {
        let to_hundredth = |length: f32| (length * 100.0).round() / 100.0;
        with_ruler(lines, |ruler, rows| {
            let found = ruler.samples(rows).into_iter();
            found.map(|s| (s.aspect, to_hundredth(s.measured), to_hundredth(s.allowed))).collect()
        })
    }

    fn body() -> Set {
        text_at(0.0)
    }

    fn short() -> Set {
        Set { right: 300.0, ..body() }
    }

    fn heading(level: u8) -> Set {
        let size = if level == 1 { 11.955 } else { 9.963 };
        Set { kind: Kind::Heading(level), size, font: BOLD, right: 300.0, ..body() }
    }

    #[test]
    fn a_gap_above_a_heading_shrinks_no_more_than_a_full_page_asks() {
        let above = |level, step| told(&below(90.0, &[(10.0, body()), (step, heading(level))]));
        // 13.948 + 14.446 - 0.897 = 27.497, and 0.25 less is measured as the same.
        assert_eq!(above(1, 27.3), []);
        assert_eq!(above(1, 27.2), [(Aspect::HeadingGap, 27.2, 27.5)]);
        // 10.909 + 13.549 - 0.897 = 23.561
        assert_eq!(above(2, 23.35), []);
        assert_eq!(above(2, 23.25), [(Aspect::HeadingGap, 23.25, 23.56)]);
    }

    #[test]
    fn a_gap_below_a_heading_is_measured_to_the_text() {
        let after = |step| told(&below(90.0, &[(10.0, heading(1)), (step, body())]));
        // 10.909 + 12.204 - 0.897 = 22.216
        assert_eq!(after(22.0), []);
        assert_eq!(after(21.9), [(Aspect::HeadingGap, 21.9, 22.22)]);
        let over = [Set { page: 1, ..heading(1) }, Set { page: 2, baseline: 100.0, ..body() }];
        assert_eq!(told(&over), [], "a page ends between them");
    }

    #[test]
    fn lines_are_tight_from_three_on() {
        let lines = |number: usize, step| {
            let mut steps = vec![(10.0, body())];
            steps.extend(vec![(10.909, body()); 9]);
            steps.extend(vec![(step, body()); number]);
            told(&below(90.0, &steps))
        };
        assert_eq!(lines(2, 10.0), [], "beside a box");
        assert_eq!(lines(3, 10.85), [], "as converters round");
        assert_eq!(lines(3, 10.75), [(Aspect::Leading, 10.75, 10.91); 3]);
        assert_eq!(lines(3, 7.5), [], "scripts and fractions");
    }

    #[test]
    fn paragraphs_without_a_gap_are_told_from_three_on() {
        let paragraphs = |closed: usize, set: usize, step: f32| {
            let one = |step| [(step, body()), (10.909, body()), (10.909, short())];
            let mut steps = vec![one(16.388)];
            steps.extend(vec![one(step); closed]);
            steps.extend(vec![one(16.388); set]);
            told(&below(72.0, &steps.concat()))
        };
        assert_eq!(paragraphs(2, 2, 10.909), [], "lines that their author broke");
        assert_eq!(paragraphs(3, 2, 10.909), [(Aspect::ParagraphGap, 10.91, 16.39); 3]);
        assert_eq!(paragraphs(3, 13, 10.909), [], "fewer than a fifth");
        // What all paragraphs lack is told at each of them.
        assert_eq!(paragraphs(4, 0, 14.0), [(Aspect::ParagraphGap, 14.0, 16.39); 4]);
        assert_eq!(paragraphs(4, 0, 16.2), []);
    }

    #[test]
    fn one_list_may_be_set_as_its_authors_like_unless_it_saves_a_line() {
        let item = |at| {
            let line = Set { kind: Kind::Item, left: 133.0, ..body() };
            with_ruler(&below(at, &[(0.0, line)]), |_, rows| {
                Sample::at(&rows[0], Aspect::ListGap, "between items", 11.0, 13.9).gaining(3.0)
            })
        };
        let number = |lists: &[usize]| {
            let found = lists.iter().map(|list| (*list, item(100.0))).collect();
            several_lists(found, 10.909).len()
        };
        assert_eq!((number(&[1; 3]), number(&[1; 4]), number(&[1, 2])), (0, 4, 2));
    }

    #[test]
    fn items_that_touch_are_one_list_of_the_first_level() {
        let item = Set { kind: Kind::Item, left: 133.0, text: "• the field follows it again", ..body() };
        let text = |left| Set { left, ..item.clone() };
        let lines = below(100.0, &[(0.0, text(133.0)), (11.0, text(133.0))]);
        assert!(with_ruler(&lines, |_, rows| begins_item(&rows[0], &rows[1])));
        assert!(with_ruler(&lines, |_, rows| follows(&rows[0], &rows[1])));
        let apart = below(100.0, &[(0.0, text(133.0)), (20.0, text(133.0))]);
        assert!(!with_ruler(&apart, |_, rows| follows(&rows[0], &rows[1])), "two sizes apart");
    }
}
