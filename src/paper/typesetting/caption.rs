//! The gap between a picture and the caption below it.

use super::departure::{Aspect, Sample};
use super::frame::Frame;
use super::row::{Kind, Row};
use crate::paper::layout::Layout;
use crate::style::Fingerprint;

/// What reaches farther than this below a picture's bottom, in bp, is something between it and the caption.
const BETWEEN: f32 = 2.0;
/// A picture ends at most so far above its caption, in bp; farther up it is another one's.
const FARTHEST: f32 = 40.0;

/// Captions that stand closer to their pictures than any package in use sets them.
pub(super) fn samples(layout: &Layout, rows: &[Row<'_>], frame: &Frame, style: &Fingerprint) -> Vec<Sample> {
    let gap = |at: usize, row: &Row<'_>| {
        let bottoms = layout.pictures.iter().filter(|(page, area)| {
            let meets = area.left < row.line.area.right && area.right > row.line.area.left;
            *page == row.line.page && meets && area.bottom < row.line.baseline
        });
        let bottom = bottoms.map(|(_, area)| frame.y(area.bottom)).max_by(f32::total_cmp)?;
        let above = at.checked_sub(1).map(|i| &rows[i]).filter(|r| r.line.page == row.line.page);
        let is_between = above.is_some_and(|r| r.baseline > bottom + BETWEEN);
        let gap = row.baseline - bottom;
        (!is_between && gap < FARTHEST).then_some(gap)
    };
    let least = style.caption.picture_to_baseline_least;
    let captions = rows.iter().enumerate().filter(|(_, r)| r.kind == Kind::Caption);
    let figures = captions.filter(|(_, r)| r.line.text.starts_with("Fig"));
    let close = figures.filter_map(|(at, r)| Some((r, gap(at, r).filter(|g| *g < least)?)));
    close
        .map(|(r, gap)| {
            Sample::at(r, Aspect::CaptionGap, "from a picture to its caption", gap, least)
                .gaining(style.caption.picture_to_baseline - gap)
        })
        .collect()
}
