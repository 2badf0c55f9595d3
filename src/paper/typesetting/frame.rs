//! How the pages stand to the style's own: its scale, and where its origin came to lie.

use crate::paper::front::title_page;
use crate::paper::layout::Layout;
use crate::paper::line::{Line, Role};
use crate::part::Part;
use crate::pdf::{Area, AreaKind, Bounds, Document};
use crate::style::Fingerprint;
use std::collections::BTreeMap;

/// From the page as printed to the style's own page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    /// Size of the printed page against the style's own; 1 as it comes.
    pub scale: f32,
    /// Where the style's origin lies on the printed page, in bp.
    pub origin: (f32, f32),
    /// The edges that most lines keep to, in bp of the style's own page.
    pub left: f32,
    /// The right one.
    pub right: f32,
    /// Size of the running text, in bp of the style's own page.
    pub body: f32,
    /// The most common distance of baselines, in bp of the style's own page.
    pub leading: f32,
    /// Most of the running text is set in this font: an index into the document's fonts.
    pub face: u16,
    /// The page of the title, 1-based.
    pub title_page: u32,
    /// The paper is US letter.
    pub is_letter: bool,
    /// Top of the first and of the second bar around the title, as printed, in bp.
    pub bars: Option<(f32, f32)>,
}

/// Pages scaled by less are taken as they come: no gap moves by more than its tolerance.
const SMALLEST_SCALE: f32 = 0.004;
/// Type, leading and width of a scaled page agree in their scale to this share. Chosen: half of what
/// `\linespread{0.98}`, the mildest squeeze seen, changes.
const SAME_SCALE: f32 = 0.008;
/// Lines shorter than this share of a page say nothing of the right edge.
const LONG_LINE: f32 = 0.4;

impl Frame {
    /// Measures the pages; `None` where they hold too little running text of one column to tell its width and
    /// leading.
    pub(super) fn of(
        document: &Document,
        layout: &Layout,
        part: impl Fn(usize) -> Part,
        style: &Fingerprint,
    ) -> Option<Self> {
        let (width, height) = *layout.sheets.first()?;
        let is_main = |i: usize, l: &Line| {
            l.role == Role::Text
                && part(i) == Part::MainText
                && l.area.right - l.area.left > LONG_LINE * width
        };
        let lines: Vec<&Line> =
            layout.lines.iter().enumerate().filter(|(i, l)| is_main(*i, l)).map(|(_, l)| l).collect();
        let size = most(lines.iter().map(|l| (l.size, l.words.len() as u32)), 100.0)?;
        let body: Vec<&&Line> = lines.iter().filter(|l| (l.size - size).abs() < 0.05).collect();
        let left = most(body.iter().map(|l| (l.area.left, 1)), 10.0)?;
        let at_left = body.iter().filter(|l| (l.area.left - left).abs() < 1.0);
        let right = most_agreed(at_left.map(|l| (l.area.right, 1)), 10.0)?;
        let steps = body.windows(2).filter(|p| p[0].page == p[1].page);
        let leading =
            most_agreed(steps.map(|p| (p[1].baseline - p[0].baseline, 1)).filter(|s| s.0 > 1.0), 100.0)?;
        let face = usual_face(&body)?;
        let sheet = &style.sheet;
        let fits = |a: f32, b: f32| (a - b).abs() <= sheet.tolerance;
        let is_letter = fits(width, sheet.width) && fits(height, sheet.height);
        let scale = scale([
            size / style.body.size,
            leading / style.leading.body,
            (right - left) / style.block.width(),
        ]);
        let title_page = title_page(layout);
        let bars = bars(document, title_page, left, right);
        let is_moved = !is_letter || scale != 1.0;
        let origin = match (is_moved, bars) {
            (true, Some((top, _))) => (left - style.block.left * scale, top - style.title.bar_top * scale),
            (true, None) => (left - style.block.left * scale, 0.0),
            (false, _) => (0.0, 0.0),
        };
        let (body, leading) = (size / scale, leading / scale);
        let frame = Self { scale, origin, left, right, body, leading, face, title_page, is_letter, bars };
        Some(Self { left: frame.x(left), right: frame.x(right), ..frame })
    }

    /// A place in x on the style's own page.
    pub(super) fn x(&self, printed: f32) -> f32 {
        (printed - self.origin.0) / self.scale
    }

    /// A place in y on the style's own page.
    pub(super) fn y(&self, printed: f32) -> f32 {
        (printed - self.origin.1) / self.scale
    }
}

/// The font of most letters.
fn usual_face(lines: &[&&Line]) -> Option<u16> {
    let mut votes: BTreeMap<u16, u32> = BTreeMap::new();
    for line in lines {
        // Words of one font follow one another.
        for alike in line.words.chunk_by(|a, b| a.font == b.font) {
            *votes.entry(alike[0].font).or_default() += alike.iter().map(|word| word.glyphs).sum::<u32>();
        }
    }
    votes.into_iter().max_by_key(|(font, n)| (*n, std::cmp::Reverse(*font))).map(|(font, _)| font)
}

/// The scale that three ratios agree on; 1 where they do not, or where it is next to nothing.
fn scale(ratios: [f32; 3]) -> f32 {
    let [size, ..] = ratios;
    let agree = ratios.iter().all(|r| (r / size - 1.0).abs() < SAME_SCALE);
    if agree && (size - 1.0).abs() > SMALLEST_SCALE { size } else { 1.0 }
}

/// So many lines agree on their right edge and on their distance before these are the text's. Chosen: the
/// shortest paragraph that is broken into lines has as many.
const FEWEST_LINES: u32 = 4;

/// The most common value, where enough agree on it.
pub(super) fn most_agreed(values: impl Iterator<Item = (f32, u32)>, steps: f32) -> Option<f32> {
    tally(values, steps).filter(|(votes, _)| *votes >= FEWEST_LINES).map(|(_, value)| value)
}

/// The most common value, to one part in `steps` of a bp; of equals the smallest.
pub(super) fn most(values: impl Iterator<Item = (f32, u32)>, steps: f32) -> Option<f32> {
    tally(values, steps).map(|(_, value)| value)
}

/// The most common value with its votes.
fn tally(values: impl Iterator<Item = (f32, u32)>, steps: f32) -> Option<(u32, f32)> {
    let mut votes: BTreeMap<i32, (u32, f32)> = BTreeMap::new();
    for (value, weight) in values {
        let vote = votes.entry((value * steps).round() as i32).or_default();
        *vote = (vote.0 + weight, vote.1 + value * weight as f32);
    }
    let most = votes.into_values().max_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    most.map(|(votes, sum)| (votes, sum / votes as f32))
}

/// The tops of the two bars around the title: thin, as wide as the text, the upper one the thicker.
fn bars(document: &Document, page: u32, left: f32, right: f32) -> Option<(f32, f32)> {
    let page = document.pages.get(page as usize - 1)?;
    let is_bar = |a: &&Area| {
        let Bounds { left: l, right: r, top, bottom } = a.bounds;
        matches!(a.kind, AreaKind::Fill | AreaKind::Stroke)
            && (l - left).abs() < 5.0
            && (r - right).abs() < 5.0
            && bottom - top < 6.0
    };
    let mut bars: Vec<&Bounds> = page.areas.iter().filter(is_bar).map(|a| &a.bounds).collect();
    bars.sort_by(|a, b| a.top.total_cmp(&b.top));
    let (first, second) = (bars.first()?, bars.get(1)?);
    let is_thicker = first.bottom - first.top > 2.0 * (second.bottom - second.top);
    (is_thicker && second.top < page.height / 2.0).then_some((first.top, second.top))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_scaled_where_type_leading_and_width_agree() {
        assert_eq!(scale([0.95, 0.951, 0.949]), 0.95);
        assert_eq!(scale([0.95, 1.0, 1.0]), 1.0, "small type");
        assert_eq!(scale([1.0, 0.98, 1.0]), 1.0, "tight lines");
        assert_eq!(scale([1.001, 1.0, 1.0]), 1.0, "rounded");
    }

    #[test]
    fn a_few_lines_agree_on_nothing() {
        let of = |n: usize| most_agreed(std::iter::repeat_n((504.0, 1), n), 10.0);
        assert_eq!((of(3), of(4)), (None, Some(504.0)));
    }

    #[test]
    fn the_most_common_value_is_told_in_full() {
        let values = [10.909, 10.909, 11.5, 10.9091].map(|v| (v, 1));
        assert!((most(values.into_iter(), 100.0).expect("some") - 10.909).abs() < 1e-3);
    }
}
