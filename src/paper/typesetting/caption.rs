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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::typesetting::trial::{Set, frame, on_page, text_at};
    use crate::pdf::Bounds;
    use crate::style::neurips;

    fn caption(text: &'static str) -> Set {
        Set { kind: Kind::Caption, text, ..text_at(300.0) }
    }

    /// What is told of the last of some lines below a picture whose bottom lies so far above y = 300 bp.
    fn told(lines: &[Set], gap: f32) -> Vec<(f32, f32, f32)> {
        let picture = Bounds { left: 200.0, top: 100.0, right: 400.0, bottom: 300.0 - gap };
        let layout = Layout { pictures: vec![(1, picture)], ..Layout::default() };
        let found = on_page(lines, |rows| samples(&layout, rows, &frame(), neurips()));
        found.iter().map(|s| (s.measured, s.allowed, s.gained)).collect()
    }

    #[test]
    fn a_caption_may_stand_as_close_as_the_package_caption_sets_it() {
        let figure = [caption("Figure 1: The slow orbit.")];
        assert_eq!(told(&figure, 14.625), []);
        assert_eq!(told(&figure, 14.5), [(14.5, 14.6, 17.88 - 14.5)]);
    }

    #[test]
    fn what_stands_between_or_belongs_to_a_table_or_is_far_away_says_nothing() {
        assert_eq!(told(&[caption("Table 1: The slow orbit.")], 10.0), []);
        let figure = caption("Figure 1: The slow orbit.");
        assert_eq!(told(&[Set { kind: Kind::Other, ..text_at(294.0) }, figure.clone()], 10.0), []);
        assert_eq!(told(&[Set { kind: Kind::Other, ..text_at(291.0) }, figure.clone()], 10.0).len(), 1);
        assert_eq!(told(&[Set { left: 420.0, ..figure }], 10.0), [], "beside the picture");
    }
}
