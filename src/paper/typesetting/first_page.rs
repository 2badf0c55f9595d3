//! Page one: the title between its bars, the authors, the abstract.

use super::departure::{Aspect, Sample};
use super::frame::Frame;
use super::row::{Kind, Row};
use crate::style::{Fingerprint, StyleMode};

/// What departs on page one.
pub(super) fn samples(
    rows: &[Row<'_>],
    frame: &Frame,
    style: &Fingerprint,
    mode: Option<StyleMode>,
) -> Vec<Sample> {
    let begin = rows.partition_point(|r| r.line.page < frame.title_page);
    let end = rows.partition_point(|r| r.line.page <= frame.title_page);
    let rows = &rows[begin..end];
    let mut found = title(rows, frame, style);
    found.extend(above_abstract(rows, frame, style, mode));
    found.extend(abstract_text(rows, style));
    found
}

fn title(rows: &[Row<'_>], frame: &Frame, style: &Fingerprint) -> Vec<Sample> {
    let Some((bar, second)) = frame.bars else { return Vec::new() };
    let is_title = |r: &&Row<'_>| (bar..second).contains(&r.line.baseline);
    // A formula in the title, or a line below it, may be set in other type: the largest line of text is the title's.
    // Signs of large operators are as large, and stand on baselines of their own.
    let is_worded = rows.iter().filter(is_title).any(|r| r.is_text);
    let titles = || rows.iter().filter(is_title).filter(|r| r.is_text || !is_worded);
    let Some(largest) = titles().map(|r| r.size).max_by(f32::total_cmp) else { return Vec::new() };
    let Some(first) = titles().find(|r| r.size == largest) else { return Vec::new() };
    let slack = style.title.tolerance;
    let mut found = Vec::new();
    let least = |what, measured: f32, allowed: f32| {
        (measured < allowed - slack)
            .then(|| Sample::at(first, Aspect::Title, what, measured, allowed).gaining(allowed - measured))
    };
    if frame.is_letter && frame.scale == 1.0 {
        found.extend(least("the bar above the title, from the top of the page", bar, style.title.bar_top));
    }
    let below = first.baseline - frame.y(bar);
    found.extend(least("from the bar to the title", below, style.title.bar_to_title));
    found.extend(least("the size of the title", first.size, style.title.size));
    found
}

/// The gap above the word "Abstract": in a submission the anonymous block makes it one length.
fn above_abstract(
    rows: &[Row<'_>],
    frame: &Frame,
    style: &Fingerprint,
    mode: Option<StyleMode>,
) -> Vec<Sample> {
    let heading = rows.iter().find(|r| r.kind == Kind::AbstractHeading);
    let (Some(heading), Some((_, bar))) = (heading, frame.bars) else { return Vec::new() };
    if mode != Some(StyleMode::Submission) {
        return Vec::new();
    }
    let (measured, allowed) = (heading.baseline - frame.y(bar), style.title.bar_to_abstract);
    let what = "from the bar below the title to the abstract";
    let is_less = measured < allowed - style.title.tolerance;
    let sample = Sample::at(heading, Aspect::Abstract, what, measured, allowed).gaining(allowed - measured);
    is_less.then_some(sample).into_iter().collect()
}

/// The column of the abstract, and the gap below its heading.
fn abstract_text(rows: &[Row<'_>], style: &Fingerprint) -> Vec<Sample> {
    let column = &style.r#abstract;
    let width = column.right - column.left;
    let lines: Vec<&Row<'_>> = rows.iter().filter(|r| r.kind == Kind::Abstract && r.is_prose).collect();
    let longest = width + 2.0 * style.block.protrusion;
    let wide = lines.iter().filter(|r| r.right - r.left > longest);
    let sample = |r: &&Row<'_>| {
        let long = r.right - r.left;
        let gained = style.leading.body * (long / width - 1.0);
        Sample::at(r, Aspect::Abstract, "the width of the abstract", long, width).gaining(gained)
    };
    let mut found: Vec<Sample> = wide.map(sample).collect();
    // A single line that reaches out is overfull.
    if found.len() < 2 {
        found.clear();
    }
    let at = rows.iter().position(|r| r.kind == Kind::AbstractHeading);
    let pair = at.and_then(|i| Some((&rows[i], rows.get(i + 1)?)));
    if let Some((heading, first)) = pair.filter(|(_, first)| first.kind == Kind::Abstract) {
        let step = first.baseline - heading.baseline;
        let allowed = column.heading_to_text - column.heading_shrink;
        if step < allowed - style.title.tolerance {
            let what = "from its heading to the abstract";
            let gained = column.heading_to_text - step;
            found.push(Sample::at(first, Aspect::Abstract, what, step, allowed).gaining(gained));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::typesetting::trial::{BOLD, FORMULA, LARGE_SYMBOLS, Set, frame, on_page, text_at};
    use crate::style::neurips;

    fn title_at(baseline: f32, size: f32) -> Set {
        Set { kind: Kind::Other, font: BOLD, size, ..text_at(baseline) }
    }

    fn told(lines: &[Set], mode: StyleMode) -> Vec<(&'static str, f32, f32)> {
        let found = on_page(lines, |rows| samples(rows, &frame(), neurips(), Some(mode)));
        found.iter().map(|s| (s.what, s.measured, s.allowed)).collect()
    }

    #[test]
    fn the_title_hangs_below_its_bar_in_its_size() {
        // 79.2 + 33.847 - 0.6 = 112.447
        assert_eq!(told(&[title_at(112.5, 17.215)], StyleMode::Final), []);
        let high = told(&[title_at(112.25, 17.215)], StyleMode::Final);
        assert!(matches!(high[..], [("from the bar to the title", _, 33.847)]), "{high:?}");
        let small = told(&[title_at(113.0, 16.6)], StyleMode::Final);
        assert_eq!(small, [("the size of the title", 16.6, 17.215)]);
    }

    #[test]
    fn a_formula_in_the_title_is_not_taken_for_it() {
        let formula = Set { font: FORMULA, size: 12.0, text: "2", ..title_at(107.0, 12.0) };
        assert_eq!(told(&[formula.clone(), title_at(113.1, 17.215)], StyleMode::Final), []);
        let sum = Set { font: LARGE_SYMBOLS, size: 17.215, text: "P", is_text: false, ..formula };
        assert_eq!(told(&[Set { baseline: 103.0, ..sum }, title_at(113.1, 17.215)], StyleMode::Final), []);
    }

    #[test]
    fn the_abstract_stands_where_the_anonymous_block_leaves_off() {
        let heading = |at| Set { kind: Kind::AbstractHeading, font: BOLD, text: "Abstract", ..text_at(at) };
        // The second bar lies at 150: 150 + 110.774 - 0.6 = 260.174.
        assert_eq!(told(&[heading(260.25)], StyleMode::Submission), []);
        let told_of = told(&[heading(260.0)], StyleMode::Submission);
        assert_eq!(told_of, [("from the bar below the title to the abstract", 110.0, 110.774)]);
        assert_eq!(told(&[heading(200.0)], StyleMode::Final), [], "authors take the room they take");
        let column = |at| Set { kind: Kind::Abstract, left: 143.866, right: 468.134, ..text_at(at) };
        // 300 + 23.61 - 2.5 - 0.6 = 320.51
        assert_eq!(told(&[heading(300.0), column(320.75)], StyleMode::Final), []);
        let close = told(&[heading(300.0), column(320.25)], StyleMode::Final);
        assert!(matches!(close[..], [("from its heading to the abstract", 20.25, _)]), "{close:?}");
    }

    #[test]
    fn two_wide_lines_of_the_abstract_are_no_overfull_ones() {
        // 324.268 + 2 * 2.2 = 328.668
        let line =
            |at, width: f32| Set { kind: Kind::Abstract, left: 140.0, right: 140.0 + width, ..text_at(at) };
        assert_eq!(told(&[line(300.0, 328.5), line(311.0, 328.5)], StyleMode::Final), []);
        assert_eq!(told(&[line(300.0, 340.0), line(311.0, 324.0)], StyleMode::Final), []);
        assert_eq!(told(&[line(300.0, 329.0), line(311.0, 329.0)], StyleMode::Final).len(), 2);
    }
}
