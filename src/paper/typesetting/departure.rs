//! What departs from the measures of the style.

use super::row::{Row, Zone};
use crate::pdf::Bounds;
use crate::place::{FileId, PageNumber, Place};
use crate::style::Fingerprint;
use crate::units::Rect;

/// What of the page a departure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// The size of the paper; in bp, the side that differs most.
    PaperSize,
    /// The whole page was scaled; a share of 1.
    PageScale,
    /// Text below or above the text block; bp from the top of the page.
    BlockHeight,
    /// Text beyond the sides of the text block; width in bp.
    BlockWidth,
    /// Distance of baselines within paragraphs, in bp.
    Leading,
    /// Size of the running text, in bp.
    BodySize,
    /// Width of letters against the font's own; a share of 1.
    LetterWidth,
    /// Space between words, in bp.
    WordSpace,
    /// Distance of baselines between paragraphs, in bp.
    ParagraphGap,
    /// Distance of baselines above or below a heading, in bp.
    HeadingGap,
    /// Size of section headings, in bp.
    HeadingSize,
    /// Size of captions, in bp.
    CaptionSize,
    /// From a picture to its caption, in bp.
    CaptionGap,
    /// From a float to the text below it, in bp.
    FloatGap,
    /// From the text to the formula below it, in bp.
    DisplayGap,
    /// Distance of baselines at and between items, in bp.
    ListGap,
    /// Left edge of the text of items, in bp.
    ListIndent,
    /// Place and size of the title, in bp.
    Title,
    /// Width and place of the abstract, in bp.
    Abstract,
    /// Size of footnotes and of the notice, in bp.
    FootnoteSize,
    /// Size of the references, in bp.
    ReferenceSize,
}

/// Something that is not as the style sets it.
#[derive(Debug, Clone, PartialEq)]
pub struct Departure {
    /// What it is about.
    pub aspect: Aspect,
    /// Which distance or size, in words; the one that departs most.
    pub what: &'static str,
    /// What was measured there, in the unit of the aspect.
    pub measured: f64,
    /// The least (or most) that the style allows there.
    pub allowed: f64,
    /// How many times.
    pub count: u32,
    /// The room that it saves in the main text, in lines of the style.
    pub lines_gained: f64,
    /// Whether it is in the text that counts towards the limit.
    pub is_in_main_text: bool,
    /// Where, page by page; the first is where it departs most, the others in order.
    pub places: Vec<Place>,
}

/// One place where the page is not as the style sets it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sample {
    pub aspect: Aspect,
    pub what: &'static str,
    pub measured: f32,
    pub allowed: f32,
    /// Vertical room saved, in bp of the style's own page.
    pub gained: f32,
    pub zone: Zone,
    pub page: u32,
    /// As printed, in bp.
    pub area: Bounds,
}

impl Sample {
    /// At a row; nothing gained.
    pub(super) fn at(row: &Row<'_>, aspect: Aspect, what: &'static str, measured: f32, allowed: f32) -> Self {
        let (page, area, zone) = (row.line.page, row.line.area, row.zone);
        Self { aspect, what, measured, allowed, gained: 0.0, zone, page, area }
    }

    /// With the room that it saves.
    pub(super) fn gaining(self, gained: f32) -> Self {
        Self { gained, ..self }
    }

    /// How far it departs, as a share of what is allowed.
    fn distance(&self) -> f32 {
        (self.measured - self.allowed).abs() / self.allowed.abs().max(1.0)
    }
}

/// One departure for each aspect, in the main text and outside it.
pub(super) fn departures(samples: &[Sample], style: &Fingerprint, file: FileId) -> Vec<Departure> {
    let key = |s: &Sample| (s.aspect, s.zone != Zone::Main);
    let mut keys: Vec<(Aspect, bool)> = samples.iter().map(key).collect();
    keys.sort_unstable();
    keys.dedup();
    let of = |wanted: (Aspect, bool)| {
        let of_it: Vec<&Sample> = samples.iter().filter(|s| key(s) == wanted).collect();
        let worst = of_it.iter().max_by(|a, b| a.distance().total_cmp(&b.distance()))?;
        let is_in_main_text = !wanted.1;
        let gained: f32 = of_it.iter().filter(|_| is_in_main_text).map(|s| s.gained).sum();
        Some(Departure {
            aspect: worst.aspect,
            what: worst.what,
            measured: f64::from(worst.measured),
            allowed: f64::from(worst.allowed),
            count: of_it.len() as u32,
            lines_gained: f64::from((gained / style.leading.body).max(0.0)),
            is_in_main_text,
            places: places(&of_it, worst.page, file),
        })
    };
    keys.into_iter().filter_map(of).collect()
}

/// One place for each page: first the page where it departs most, then the others in order.
fn places(samples: &[&Sample], first: u32, file: FileId) -> Vec<Place> {
    let mut pages: Vec<u32> = samples.iter().map(|s| s.page).collect();
    pages.sort_by_key(|page| (*page != first, *page));
    pages.dedup();
    let on = |page: u32| {
        let boxes = samples.iter().filter(|s| s.page == page).map(|s| rect(s.area)).collect();
        Place::Page { file, page: PageNumber(page), boxes, line_number: None }
    };
    pages.into_iter().map(on).collect()
}

fn rect(area: Bounds) -> Rect {
    let Bounds { left, top, right, bottom } = area;
    Rect::from_corners(f64::from(left), f64::from(top), f64::from(right), f64::from(bottom))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::typesetting::trial::{Set, on_page, text_at};
    use crate::style::neurips;

    const FILE: FileId = FileId(0);

    fn sample(page: u32, zone: Zone, measured: f32, gained: f32) -> Sample {
        let line = Set { page, zone, ..text_at(100.0) };
        on_page(&[line], |rows| {
            Sample::at(&rows[0], Aspect::Leading, "lines", measured, 10.909).gaining(gained)
        })
    }

    #[test]
    fn what_departs_most_is_told_first_and_all_of_it_is_counted() {
        let samples = [
            sample(1, Zone::Main, 10.5, 10.909),
            sample(3, Zone::Main, 9.5, 10.909),
            sample(2, Zone::Main, 10.0, 0.0),
        ];
        let found = departures(&samples, neurips(), FILE);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].count, found[0].measured, found[0].lines_gained), (3, 9.5, 2.0));
        let pages: Vec<u32> = found[0]
            .places
            .iter()
            .map(|place| match place {
                Place::Page { page, .. } => page.0,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(pages, [3, 1, 2]);
    }

    #[test]
    fn what_stands_outside_the_main_text_is_told_apart_and_saves_nothing() {
        let samples = [sample(1, Zone::Main, 10.5, -5.0), sample(6, Zone::References, 9.0, 30.0)];
        let found = departures(&samples, neurips(), FILE);
        let told: Vec<_> = found.iter().map(|d| (d.is_in_main_text, d.count, d.lines_gained)).collect();
        assert_eq!(told, [(true, 1, 0.0), (false, 1, 0.0)], "and nothing saves less than nothing");
    }
}
