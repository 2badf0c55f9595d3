//! Vertical gaps: between lines, paragraphs, headings, items, floats and formulas.

use super::departure::{Aspect, Sample};
use super::frame::{Frame, most};
use super::row::{Kind, Row, SAME_EDGE, SAME_SIZE};
use crate::pdf::Font;
use crate::style::{Fingerprint, Gap};
use std::collections::BTreeSet;

/// A line is short where it ends so much before its neighbours do, in bp. Chosen: four letters.
const SHORT_LINE: f32 = 12.0;
/// So many paragraphs agree on a gap before it is taken to be set for all of them.
const PARAGRAPHS: usize = 3;
/// A gap that is less than natural by no more, in bp, is natural.
const NATURAL: f32 = 0.05;
/// So many formulas stand too close before it is told, and most of those that were looked at.
const DISPLAYS: usize = 3;
/// Below this share of the leading two lines are one: scripts, accents, fractions.
const ONE_LINE: f32 = 0.7;

/// Measures gaps against those of a style.
pub(super) struct Ruler<'a> {
    pub frame: &'a Frame,
    pub style: &'a Fingerprint,
    pub fonts: &'a [Font],
    /// The most common distance of baselines within paragraphs, in bp of the style's own page.
    leading: f32,
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
        if self.leading < self.style.leading.body - self.style.leading.tolerance { share } else { 1.0 }
    }

    /// The leading that a line of the style has in this paper.
    fn line(&self, leading: f32) -> f32 {
        leading * self.tightness()
    }

    /// Everything that departs.
    pub(super) fn samples(&self, rows: &[Row<'_>]) -> Vec<Sample> {
        let mut samples = self.tight_lines(rows);
        samples.extend(self.tight_paragraphs(rows));
        let loose = self.loose_pages(rows);
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
            if expected.aspect == Aspect::FloatGap && text_on != pair[0].line.page {
                expected.gap = self.style.gaps.below_top_float;
            }
            let found = self.sample(&pair[0], &pair[1], expected);
            match expected.aspect {
                Aspect::ListGap => lists.extend(found.into_iter().map(|s| (list, s))),
                _ => samples.extend(found),
            }
        }
        samples.extend(several_lists(lists, self.style.leading.body));
        samples.extend(self.displays(rows, &loose));
        samples
    }

    /// Lines of prose, one below the other, closer than the style sets them.
    fn tight_lines(&self, rows: &[Row<'_>]) -> Vec<Sample> {
        let allowed = self.style.leading.body;
        let least = allowed - self.style.leading.tolerance;
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
        let pairs = rows.windows(2).filter(|p| is_text(&p[0]) && is_text(&p[1]) && follows(&p[0], &p[1]));
        let tight = pairs.filter_map(|p| {
            let step = p[1].baseline - p[0].baseline;
            (step < least && step > ONE_LINE * allowed)
                .then(|| Sample::at(&p[1], Aspect::Leading, "lines", step, allowed).gaining(allowed - step))
        });
        tight.collect()
    }

    /// The steps from the last line of a paragraph to the first of the next, and the latter.
    fn paragraph_steps<'r>(&self, rows: &'r [Row<'r>]) -> impl Iterator<Item = (f32, &'r Row<'r>)> {
        let (leading, skip) = (self.leading, self.style.gaps.paragraph.skip);
        rows.windows(2).filter_map(move |p| {
            let (end, begin) = (&p[0], &p[1]);
            let step = begin.baseline - end.baseline;
            let is_pair = end.kind == Kind::Body && begin.kind == Kind::Body && begin.is_prose;
            // Beside a picture every line is short, the next one as well.
            let ends = end.right < begin.right - SHORT_LINE && end.line.page == begin.line.page;
            let near = step > ONE_LINE * leading && step < leading + 2.0 * skip;
            (is_pair && ends && near).then_some((step, begin))
        })
    }

    fn tight_paragraphs(&self, rows: &[Row<'_>]) -> Vec<Sample> {
        let natural = self.line(self.style.leading.body) + self.style.gaps.paragraph.skip;
        let least = natural - self.style.gaps.tolerance;
        let (closed, narrow): (Vec<_>, Vec<_>) = self
            .paragraph_steps(rows)
            .filter(|(step, _)| *step < least)
            .partition(|(step, _)| *step < self.leading + self.style.gaps.tolerance);
        // A line that its author broke ends early and has no gap below it either.
        let closed = if closed.len() < PARAGRAPHS { Vec::new() } else { closed };
        let sample = |(step, row): &(f32, &Row<'_>)| {
            let (aspect, what) = (Aspect::ParagraphGap, "between paragraphs");
            Sample::at(row, aspect, what, *step, natural).gaining(natural - step)
        };
        closed.iter().chain(&narrow).map(sample).collect()
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
            (_, Kind::Heading(level)) if is_text(above) => match level {
                1 => of(heading, "above section headings", style.heading.leading, gaps.above_section),
                2 => of(heading, "above subsection headings", body, gaps.above_subsection),
                _ => of(heading, "above subsubsection headings", body, gaps.above_subsubsection),
            },
            (Kind::Heading(level), Kind::Body) => match level {
                1 => of(heading, "below section headings", body, gaps.below_section),
                2 => of(heading, "below subsection headings", body, gaps.below_subsection),
                _ => of(heading, "below subsubsection headings", body, gaps.below_subsubsection),
            },
            (Kind::Heading(1), Kind::Heading(_)) => {
                of(heading, "below section headings", body, gaps.below_section)
            }
            (Kind::Item | Kind::Indented, Kind::Item) if in_item && begins_item(above, below) => {
                of(Aspect::ListGap, "between items", body, gaps.between_items)
            }
            (Kind::Body, Kind::Item) if above.is_prose => {
                of(Aspect::ListGap, "above lists", body, gaps.around_list)
            }
            (Kind::Item | Kind::Indented, Kind::Body) if in_item && below.is_prose => {
                of(Aspect::ListGap, "below lists", body, gaps.around_list)
            }
            (Kind::Caption | Kind::CaptionGoesOn, Kind::Body | Kind::Item)
                if self.is_across(above) && below.is_prose =>
            {
                of(Aspect::FloatGap, "from captions to the text below", body, gaps.below_float)
            }
            _ => None,
        }
    }

    /// An item whose text begins left of where the style sets it: its lines hold more.
    fn indent(&self, row: &Row<'_>) -> Option<Sample> {
        let (first, label) = (row.line.words.get(1)?, row.line.words.first()?);
        let (text, allowed) = (self.frame.x(first.area.left), self.style.list.text);
        let is_item = row.kind == Kind::Item && row.is_prose && label.area.right < first.area.left;
        let gained = self.style.leading.body * (allowed - text) / self.style.block.width();
        (is_item && text < allowed - SAME_EDGE)
            .then(|| Sample::at(row, Aspect::ListIndent, "the text of items", text, allowed).gaining(gained))
    }

    /// A caption in the middle of the block, not one beside the text.
    fn is_across(&self, row: &Row<'_>) -> bool {
        let middle = |l: f32, r: f32| f32::midpoint(l, r);
        let at_left = (row.left - self.frame.left).abs() < SAME_EDGE;
        let centred = (middle(row.left, row.right) - middle(self.frame.left, self.frame.right)).abs() < 3.0;
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

    /// Pages whose glue is not shrunk: a heading stands at its natural distance, or farther.
    fn loose_pages(&self, rows: &[Row<'_>]) -> BTreeSet<u32> {
        let loose = rows.windows(2).filter(|p| {
            let expected = self.expected(&p[0], &p[1], false).filter(|e| e.aspect == Aspect::HeadingGap);
            expected.filter(|e| e.gap.shrink > 0.0).is_some_and(|e| {
                let natural = self.line(e.leading) + e.gap.skip - self.paragraphs_less;
                p[1].baseline - p[0].baseline > natural - NATURAL
            })
        });
        loose.map(|p| p[0].line.page).collect()
    }

    /// Formulas closer to the line above than the style sets them, where most of them are.
    fn displays(&self, rows: &[Row<'_>], loose: &BTreeSet<u32>) -> Vec<Sample> {
        let all: Vec<(bool, Sample)> =
            (1..rows.len()).filter_map(|at| self.display(rows, at, loose)).collect();
        let close = all.iter().filter(|(is_close, _)| *is_close).count();
        if close < DISPLAYS || close * 2 < all.len() {
            return Vec::new();
        }
        all.into_iter().filter(|(is_close, _)| *is_close).map(|(_, sample)| sample).collect()
    }

    /// A formula that begins at a row, below a full line of text: whether it stands too close, and how.
    fn display(&self, rows: &[Row<'_>], at: usize, loose: &BTreeSet<u32>) -> Option<(bool, Sample)> {
        let (above, first) = (&rows[at - 1], &rows[at]);
        let begins = above.kind == Kind::Body && above.is_prose && above.line.page == first.line.page;
        if !begins || first.kind != Kind::Formula {
            return None;
        }
        let group: Vec<&Row<'_>> = rows[at..].iter().take_while(|r| is_same_formula(first, r)).collect();
        let formula = Formula::of(&group, self.fonts);
        let below = rows.get(at + group.len()).filter(|r| r.line.page == first.line.page)?;
        // Scripts and fractions of a line of text stand between the lines as well: a display keeps apart from both.
        let is_display = below.baseline - formula.last > self.leading
            && group
                .iter()
                .any(|r| r.size > self.style.body.size - SAME_SIZE && r.left > self.frame.left + 20.0);
        // TeX takes the shorter skip where the line before ends left of the formula. Source: TeXbook ch. 19.
        let is_long = above.right + 2.0 * self.style.body.size > formula.left;
        if !is_display || !is_long {
            return None;
        }
        let gap = self.style.gaps.above_display;
        let natural = formula.top_below(self.line(self.style.leading.body)) + gap.skip;
        let shrink = if loose.contains(&first.line.page) { 0.0 } else { gap.shrink };
        let step = formula.top - above.baseline;
        let what = "above displayed formulas";
        let sample = Sample::at(first, Aspect::DisplayGap, what, step, natural - shrink);
        Some((step < natural - shrink - HEIGHT_TOLERANCE, sample.gaining(natural - step)))
    }
}

/// Heights of letters are taken from their kind, not from their outlines: they are known to this, in bp.
const HEIGHT_TOLERANCE: f32 = 1.2;
/// Depth of a line of Times with descenders, and the least gap TeX leaves between two boxes, in bp.
const DESCENDER: f32 = 2.16;
const LINESKIP: f32 = 0.996;

/// Fonts of large operators and brackets, by a part of their names.
const LARGE_SYMBOLS: [&str; 4] = ["CMEX", "EXT", "esint", "rtxex"];

/// The ink of a displayed formula, as far as its letters tell.
struct Formula {
    left: f32,
    /// The top of its highest letter.
    top: f32,
    /// Its lowest baseline.
    last: f32,
    /// Its letters stand on several baselines.
    is_tall: bool,
    /// Height of its letters above the first baseline.
    height: f32,
}

impl Formula {
    fn of(rows: &[&Row<'_>], fonts: &[Font]) -> Self {
        let mut formula =
            Self { left: f32::INFINITY, top: f32::INFINITY, last: 0.0, is_tall: false, height: 0.0 };
        let mut baselines: (f32, f32) = (f32::INFINITY, f32::NEG_INFINITY);
        for row in rows {
            formula.left = formula.left.min(row.left);
            for word in &row.line.words {
                // Large operators and brackets hang below their baseline.
                let hangs = LARGE_SYMBOLS.iter().any(|f| fonts[usize::from(word.font)].name.contains(f));
                let height = if hangs { 0.0 } else { letter_height(&word.text) * word.size };
                let top = row.baseline + (word.baseline - row.line.baseline) - height;
                if top < formula.top {
                    (formula.top, formula.height) = (top, height);
                }
            }
            baselines = (baselines.0.min(row.baseline), baselines.1.max(row.baseline));
        }
        formula.last = baselines.1;
        formula.is_tall = baselines.1 - baselines.0 > 1.0;
        formula
    }

    /// Where its top stands below the baseline above without any skip. Source: TeXbook ch. 12, `\baselineskip`.
    fn top_below(&self, leading: f32) -> f32 {
        let close = DESCENDER + LINESKIP;
        if self.is_tall { close } else { (leading - self.height).max(close) }
    }
}

/// Height of the highest letter of a word, in units of its size. Source: Computer Modern's metrics.
fn letter_height(word: &str) -> f32 {
    let of = |c: char| match c {
        '√' => 0.0,
        'a' | 'c' | 'e' | 'g' | 'm'..='s' | 'u'..='z' | '.' | ',' | '=' | '+' | '-' | '−' | '·' => 0.43,
        '0'..='9' | 't' | 'i' | 'j' => 0.64,
        _ => 0.7,
    };
    word.chars().map(of).fold(0.0, f32::max)
}

/// Rows of one formula follow one another closely.
fn is_same_formula(first: &Row<'_>, row: &Row<'_>) -> bool {
    row.kind == Kind::Formula && row.line.page == first.line.page && row.baseline - first.baseline < 40.0
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
    is_item && (above.left - below.left).abs() < 6.0 || !is_item && above.left > below.left + SAME_EDGE
}

/// One list may be set as its authors like, unless it saves a line.
fn several_lists(found: Vec<(usize, Sample)>, line: f32) -> Vec<Sample> {
    let lists: BTreeSet<usize> = found.iter().map(|f| f.0).collect();
    let gained: f32 = found.iter().map(|f| f.1.gained).sum();
    if lists.len() < 2 && gained < line { Vec::new() } else { found.into_iter().map(|f| f.1).collect() }
}
