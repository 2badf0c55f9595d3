//! The paper and the text block: what stands outside it.

use super::departure::{Aspect, Sample};
use super::frame::{Frame, most};
use super::row::{Kind, Row, Zone};
use crate::pdf::{Bounds, Document};
use crate::style::Fingerprint;
use std::collections::BTreeMap;

/// Lines that end at one place beyond the block, in bp, were set to; an overfull line ends anywhere.
const SAME_END: f32 = 0.3;
/// So many lines make it a measure of its own.
const FEWEST_LINES: usize = 6;

/// Pages of another size than the first of the style, and a scaled page.
pub(super) fn sheets(document: &Document, frame: &Frame, style: &Fingerprint) -> Vec<Sample> {
    let sheet = &style.sheet;
    let is = |a: f32, b: f32| (a - b).abs() <= sheet.tolerance;
    let fits = |w: f32, h: f32| {
        is(w, sheet.width) && is(h, sheet.height) || is(h, sheet.width) && is(w, sheet.height)
    };
    let other = document.pages.iter().enumerate().filter(|(_, p)| !fits(p.width, p.height));
    let sample = |aspect, page: usize, measured, allowed| {
        let of = &document.pages[page];
        let area = Bounds { left: 0.0, top: 0.0, right: of.width, bottom: of.height };
        let zone = Zone::Main;
        let what = "the page";
        Sample { aspect, what, measured, allowed, gained: 0.0, zone, page: page as u32 + 1, area }
    };
    let mut found: Vec<Sample> = other
        .map(|(at, p)| {
            let is_width = is(p.height, sheet.height) || !is(p.width, sheet.width);
            let (measured, allowed) =
                if is_width { (p.width, sheet.width) } else { (p.height, sheet.height) };
            sample(Aspect::PaperSize, at, measured, allowed)
        })
        .collect();
    if frame.scale != 1.0 {
        found.push(sample(Aspect::PageScale, 0, frame.scale, 1.0));
    }
    found
}

/// Text above, below and beside the block.
pub(super) fn samples(rows: &[Row<'_>], frame: &Frame, style: &Fingerprint) -> Vec<Sample> {
    let mut found = wide(rows, style);
    // Where the paper is of another size, only the sides can be told: the origin is taken from the title.
    if frame.is_letter && frame.scale == 1.0 {
        let low = low(rows, frame.title_page, style);
        if !low.iter().any(|s| s.page == frame.title_page) {
            found.extend(low_notice(rows, style));
        }
        found.extend(low);
        found.extend(high(rows, style));
    }
    found
}

/// Lines of text; rows of a table in running type may stand anywhere.
fn is_running(row: &Row<'_>) -> bool {
    let is_kind = matches!(
        row.kind,
        Kind::Body | Kind::Item | Kind::Abstract | Kind::Caption | Kind::CaptionGoesOn | Kind::Footnote
    );
    let is_entry = row.kind == Kind::Other && row.zone == Zone::References;
    row.is_prose && row.is_text && (is_kind || is_entry)
}

/// Lines below the last baseline of a full page; on page one, below where the notice leaves off.
fn low(rows: &[Row<'_>], first: u32, style: &Fingerprint) -> Vec<Sample> {
    let block = &style.block;
    let notice: Vec<f32> = rows.iter().filter(|r| r.kind == Kind::Notice).map(|r| r.baseline).collect();
    let above_notice =
        notice.len().checked_sub(1).map_or(block.bottom, |n| block.bottom_above_notice[n.min(1)]);
    let is_moved =
        notice.last().is_some_and(|last| *last < block.notice_last - block.notice_room + block.depth);
    let last = |page: u32| match page {
        _ if page == first => above_notice,
        // The room that the style makes for the notice came to this page.
        _ if page == first + 1 && is_moved => block.bottom + block.notice_room,
        _ => block.bottom,
    };
    let is_low = |r: &&Row<'_>| is_running(r) && r.baseline > last(r.line.page) + block.depth;
    let low: Vec<&Row<'_>> = rows.iter().filter(is_low).collect();
    let mut lowest: BTreeMap<u32, f32> = BTreeMap::new();
    for row in &low {
        let on_page = lowest.entry(row.line.page).or_default();
        *on_page = on_page.max(row.baseline);
    }
    let sample = |r: &&Row<'_>| {
        let what = if r.line.page == first { "text on page one" } else { "text" };
        let is_lowest = lowest.get(&r.line.page) == Some(&r.baseline);
        // A float that is too large overflows by itself: it makes no room for text.
        let is_float = matches!(r.kind, Kind::Caption | Kind::CaptionGoesOn);
        let gained = if is_lowest && !is_float { r.baseline - last(r.line.page) } else { 0.0 };
        Sample::at(r, Aspect::BlockHeight, what, r.baseline, last(r.line.page)).gaining(gained)
    };
    low.iter().map(sample).collect()
}

/// The notice stands lower than on any page of the style: the page was made longer.
fn low_notice(rows: &[Row<'_>], style: &Fingerprint) -> Option<Sample> {
    let block = &style.block;
    let last = rows.iter().rfind(|r| r.kind == Kind::Notice)?;
    let (measured, allowed) = (last.baseline, block.notice_last);
    let is_low = measured > allowed + block.depth;
    is_low.then(|| {
        Sample::at(last, Aspect::BlockHeight, "the notice", measured, allowed).gaining(measured - allowed)
    })
}

/// Lines above the first of a page.
fn high(rows: &[Row<'_>], style: &Fingerprint) -> Vec<Sample> {
    let block = &style.block;
    let is_high =
        |r: &&Row<'_>| is_running(r) && r.zone != Zone::References && r.baseline < block.highest_baseline;
    let sample = |r: &Row<'_>| {
        // A caption at the top has no \topskip above it.
        let is_float = matches!(r.kind, Kind::Caption | Kind::CaptionGoesOn);
        let first = if is_float { block.top + block.caption_ascent } else { block.first_baseline };
        Sample::at(r, Aspect::BlockHeight, "text", r.baseline, first).gaining(first - r.baseline)
    };
    let mut found: Vec<Sample> = rows.iter().filter(is_high).map(sample).collect();
    found.dedup_by_key(|s| s.page);
    found
}

/// Lines of prose that are longer than the style's, and end at one place.
fn wide(rows: &[Row<'_>], style: &Fingerprint) -> Vec<Sample> {
    let width = style.block.width();
    let longest = width + 2.0 * style.block.protrusion;
    let long: Vec<&Row<'_>> = rows
        .iter()
        .filter(|r| is_running(r) && r.zone != Zone::References && r.right - r.left > longest)
        .collect();
    let Some(end) = most(long.iter().map(|r| (r.right, 1)), 10.0) else { return Vec::new() };
    let set: Vec<&&Row<'_>> = long.iter().filter(|r| (r.right - end).abs() < SAME_END).collect();
    if set.len() < FEWEST_LINES {
        return Vec::new();
    }
    let sample = |r: &&&Row<'_>| {
        let long = r.right - r.left;
        Sample::at(r, Aspect::BlockWidth, "lines", long, width)
            .gaining(style.leading.body * (long / width - 1.0))
    };
    set.iter().map(sample).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::typesetting::trial::{Set, document, frame, on_page, text_at};
    use crate::style::neurips;

    fn found(lines: &[Set]) -> Vec<(&'static str, f32, f32, f32)> {
        let found = on_page(lines, |rows| samples(rows, &frame(), neurips()));
        found.iter().map(|s| (s.what, s.measured, s.allowed, s.gained)).collect()
    }

    fn on(page: u32, baseline: f32) -> Set {
        Set { page, ..text_at(baseline) }
    }

    #[test]
    fn a_last_line_may_hang_as_deep_as_tex_lets_it() {
        assert_eq!(found(&[on(2, 723.0)]), []);
        assert_eq!(found(&[on(2, 723.5)]), [("text", 723.5, 720.0, 3.5)]);
    }

    #[test]
    fn page_one_ends_where_its_notice_leaves_off() {
        let notice = |at| Set { kind: Kind::Notice, ..text_at(at) };
        assert_eq!(found(&[on(1, 719.0), notice(740.0)]), []);
        assert_eq!(found(&[on(1, 719.5), notice(740.0)]), [("text on page one", 719.5, 716.0, 3.5)]);
        assert_eq!(
            found(&[on(1, 707.5), notice(730.0), notice(740.0)]),
            [("text on page one", 707.5, 704.0, 3.5)]
        );
        assert_eq!(found(&[notice(743.0)]), []);
        assert_eq!(found(&[notice(743.5)]).len(), 1, "the page was made longer");
    }

    #[test]
    fn a_float_that_is_too_large_makes_no_room() {
        let caption = Set { kind: Kind::Caption, ..on(2, 730.0) };
        assert_eq!(found(&[caption]), [("text", 730.0, 720.0, 0.0)]);
    }

    #[test]
    fn no_line_stands_higher_than_a_small_caption_would() {
        assert_eq!(found(&[on(2, 77.0)]), []);
        assert_eq!(found(&[on(2, 76.5)]), [("text", 76.5, 81.963, 81.963 - 76.5)]);
        let caption = Set { kind: Kind::Caption, ..on(2, 76.5) };
        assert_eq!(found(&[caption]), [("text", 76.5, 78.755, 78.755 - 76.5)]);
    }

    #[test]
    fn six_long_lines_that_end_at_one_place_are_a_measure_of_their_own() {
        let long = |number: usize, right: f32| -> Vec<Set> {
            (0..number).map(|n| Set { right, ..on(2, 100.0 + 11.0 * n as f32) }).collect()
        };
        assert_eq!(found(&long(6, 508.25)), [], "letters stand out by 2.2 bp at either side");
        assert_eq!(found(&long(6, 508.5)).len(), 6);
        assert_eq!(found(&long(5, 520.0)), []);
        let ends = (0..6).map(|n| Set { right: 510.0 + n as f32, ..on(2, 100.0 + 11.0 * n as f32) });
        assert_eq!(found(&ends.collect::<Vec<_>>()), [], "overfull lines end anywhere");
    }

    #[test]
    fn both_sides_of_a_two_sided_paper_are_looked_at_by_their_width() {
        let shifted = |n: usize| Set { left: 118.0, right: 514.0, ..on(2, 100.0 + 11.0 * n as f32) };
        assert_eq!(found(&(0..6).map(shifted).collect::<Vec<_>>()), []);
    }

    #[test]
    fn a_sheet_is_letter_upright_or_turned() {
        let of = |width: f32, height: f32| {
            let mut document = document(1);
            (document.pages[0].width, document.pages[0].height) = (width, height);
            let found = sheets(&document, &frame(), neurips());
            found.iter().map(|s| (s.measured, s.allowed)).collect::<Vec<_>>()
        };
        assert_eq!(of(612.5, 791.5), []);
        assert_eq!(of(792.0, 612.0), []);
        assert_eq!(of(613.0, 792.0), [(613.0, 612.0)]);
        assert_eq!(of(612.0, 842.0), [(842.0, 792.0)]);
    }
}
