//! Whether words are seen: what lies beneath them, what was painted over them, what lets them through.

use super::Cause;
use crate::pdf::{Area, AreaKind, Bounds, Color, Font, Glyph, Page, Paint, Turn};
use std::ops::Range;

/// Glyphs that were shown one after another without a gap, all painted alike.
#[derive(Debug, Clone)]
pub(super) struct Unit<'p> {
    page: &'p Page,
    /// Indices of its glyphs.
    pub(super) glyphs: Range<usize>,
    /// In page space, in bp.
    pub(super) area: Bounds,
    /// The y of its first baseline.
    pub(super) baseline: f32,
    /// The size of its first glyph, in bp.
    pub(super) size: f32,
    /// An index into the page's paints.
    pub(super) paint: u32,
    /// A space or a gap stands before it.
    pub(super) begins_apart: bool,
}

impl Unit<'_> {
    /// Adds its letters; what nothing is known of is left out.
    pub(super) fn push_text(&self, fonts: &[Font], out: &mut String) {
        for glyph in &self.page.glyphs[self.glyphs.clone()] {
            fonts[usize::from(glyph.font)].text(glyph.text, out);
        }
    }
}

/// A gap wider than this, in units of the size, separates words.
const GAP: f32 = 0.165;

/// The words of a page in the order they are painted, spaces left out.
pub(super) fn units<'p>(page: &'p Page, fonts: &[Font]) -> impl Iterator<Item = Unit<'p>> {
    let mut glyphs = page.glyphs.iter().enumerate();
    let (mut open, mut last) = (None::<Unit<'p>>, None::<&Glyph>);
    let mut text = String::new();
    let mut is_blank = move |glyph: &Glyph| {
        glyph.text == u32::from(' ')
            || glyph.text > u32::from('~') && {
                text.clear();
                fonts[usize::from(glyph.font)].text(glyph.text, &mut text);
                text.chars().all(char::is_whitespace)
            }
    };
    std::iter::from_fn(move || {
        for (index, glyph) in glyphs.by_ref() {
            if is_blank(glyph) {
                last = None;
                continue;
            }
            let follows = last.replace(glyph).is_some_and(|before| is_next(before, glyph));
            match &mut open {
                Some(unit) if follows && unit.paint == glyph.paint => {
                    unit.glyphs.end = index + 1;
                    unit.area = unit.area.union(&glyph.area);
                }
                _ => {
                    let done = open.replace(Unit {
                        page,
                        glyphs: index..index + 1,
                        area: glyph.area,
                        baseline: glyph.baseline,
                        size: glyph.size,
                        paint: glyph.paint,
                        begins_apart: !follows,
                    });
                    if done.is_some() {
                        return done;
                    }
                }
            }
        }
        open.take()
    })
}

fn is_next(before: &Glyph, glyph: &Glyph) -> bool {
    let size = before.size.max(glyph.size);
    match (before.turn, glyph.turn) {
        (Turn::Upright, Turn::Upright) => {
            (glyph.baseline - before.baseline).abs() <= 0.5 * size
                && (glyph.area.left - before.area.right).abs() <= GAP * size
        }
        (one, other) => {
            let gap = |a: &Bounds, b: &Bounds| (b.left - a.right).max(b.top - a.bottom);
            one == other && gap(&before.area, &glyph.area).max(gap(&glyph.area, &before.area)) <= GAP * size
        }
    }
}

/// How a unit is hidden.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hidden {
    pub(super) cause: Cause,
    /// A picture lies over or under it, which may show what it says.
    pub(super) has_picture: bool,
    /// A dark box as narrow as the words was painted over it.
    pub(super) is_redacted: bool,
}

/// Letters lower than this, in bp, are not seen. Source: design of the tool; toner specks are larger.
const SMALLEST: f32 = 1.0;
/// Letters narrower than this, in bp, are not seen.
const NARROWEST: f32 = 0.15;
/// Alpha up to this shows nothing.
const FAINTEST: f32 = 0.02;
/// Colours whose largest difference of a channel is less, of 255, look the same: 6 in a hundred.
const SAME_COLOR: f32 = 15.3;
/// Text of which the clip leaves less than this share is cut away.
const SHARE_LEFT: f32 = 0.1;
/// Text off the page by this much, in bp, is beside it.
const BLEED: f32 = 2.0;
/// An area that holds this share of a word lies beneath all of it; a cover holds more.
const BENEATH: f32 = 0.8;
const OVER: f32 = 0.9;
/// Comparisons of words with areas on one page: ten times what the fullest figures ask for.
const BUDGET: usize = 3_000_000;
/// Areas are looked up by bands of this height, in bp.
const BAND: f32 = 24.0;
/// No page has more bands; what lies below is looked up in the last one.
const MOST_BANDS: usize = 200;
/// Smaller areas, in bp, hold no letters.
const SMALL_AREA: (f32, f32) = (3.0, 1.5);
/// An area this low, in units of the size, was made for one line; so narrow for these words; so dark hides them.
const BOX_HEIGHT: f32 = 2.4;
const BOX_WIDTH: f32 = 1.6;
const DARK: u8 = 90;
/// Colours with all channels at least this, of 255, may be taken for white.
const LIGHT: u8 = 235;
/// So few glyphs say nothing: accents without width, marks at the edge.
const FEW_GLYPHS: usize = 3;
/// A picture of this share of the page shows the page.
const WHOLE_PAGE: f32 = 0.6;

/// What is painted on a page, ready to be looked up.
pub(super) struct Sight<'p> {
    page: &'p Page,
    /// Areas that can hold a word, in order of painting, by band.
    bands: Vec<Vec<&'p Area>>,
    /// The page keeps no more areas: what lies beneath text is not known for sure.
    is_full: bool,
    spent: usize,
}

impl<'p> Sight<'p> {
    pub(super) fn of(page: &'p Page) -> Self {
        let count = ((page.height / BAND) as usize + 1).min(MOST_BANDS);
        let mut bands: Vec<Vec<&Area>> = vec![Vec::new(); count];
        let mut spent = 0;
        for area in page.areas.iter().filter(|a| can_hold_text(a)) {
            let (from, to) = (band(area.bounds.top, count), band(area.bounds.bottom, count));
            spent += to - from;
            bands[from..=to].iter_mut().for_each(|b| b.push(area));
        }
        Self { page, bands, is_full: page.areas.len() >= crate::pdf::limits::MAX_AREAS, spent }
    }

    /// Whether anything on the page may be hidden: a page of black text on white is not looked at word by word.
    pub(super) fn may_hide(&self) -> bool {
        let page = self.page;
        let sheet = Bounds { left: 0.0, top: 0.0, right: page.width, bottom: page.height };
        let is_plain_paint = |p: &Paint| {
            let is_dark = |c: Color| c.is_some_and(|c| c.iter().any(|v| *v < LIGHT));
            !p.hidden_layer && p.mode == 0 && p.alpha >= 1.0 && is_dark(p.fill)
        };
        let is_white_sheet =
            |a: &&Area| a.after_glyphs == 0 && a.color.is_some_and(|c| c.iter().all(|v| *v >= LIGHT));
        // Where each paint shows whole glyphs.
        let windows: Vec<Bounds> = page.paints.iter().map(|p| sheet.intersect(&p.clip)).collect();
        let is_plain = |g: &&Glyph| {
            let window = &windows[g.paint as usize];
            g.size >= SMALLEST
                && g.area.right - g.area.left >= NARROWEST
                && g.area.left >= window.left
                && g.area.right <= window.right
                && g.area.top >= window.top
                && g.area.bottom <= window.bottom
        };
        !page.paints.iter().all(is_plain_paint)
            || !self.bands.iter().flatten().all(is_white_sheet)
            || page.glyphs.iter().filter(|g| !is_plain(g)).nth(FEW_GLYPHS).is_some()
    }

    /// Whether the page asked for more comparisons than any paper does.
    pub(super) fn is_spent(&self) -> bool {
        self.spent > BUDGET || self.is_full
    }

    /// How the unit is hidden; `None` where it is seen, or nobody can tell.
    pub(super) fn hidden(&mut self, unit: &Unit<'_>) -> Option<Hidden> {
        let paint = &self.page.paints[unit.paint as usize];
        let by = |cause| Some(Hidden { cause, has_picture: false, is_redacted: false });
        let sheet = Bounds { left: 0.0, top: 0.0, right: self.page.width, bottom: self.page.height };
        if paint.hidden_layer {
            return by(Cause::Layer);
        }
        if paint.alpha <= FAINTEST {
            return by(Cause::Alpha);
        }
        if share(&unit.area, &grown(&sheet, BLEED)) == 0.0 {
            return by(Cause::OffPage);
        }
        if paint.mode == 3 || paint.mode == 7 && self.beneath_or_over(unit).next().is_none() {
            let is_pictured = self.beneath_or_over(unit).any(|a| a.kind != AreaKind::Fill);
            let has_picture = is_pictured || self.outlines(unit) > unit.glyphs.len();
            return Some(Hidden { cause: Cause::Mode, has_picture, is_redacted: false });
        }
        if paint.mode == 7 {
            return None;
        }
        if share(&unit.area, &paint.clip) < SHARE_LEFT {
            return by(Cause::Clipped);
        }
        let is_upright = self.page.glyphs[unit.glyphs.start].turn == Turn::Upright;
        let across = unit.area.right - unit.area.left;
        let length = if is_upright { across } else { across.max(unit.area.bottom - unit.area.top) };
        if unit.size < SMALLEST || length / (unit.glyphs.len() as f32) < NARROWEST {
            return by(Cause::Size);
        }
        self.hidden_by_paint(unit, paint)
    }

    fn hidden_by_paint(&mut self, unit: &Unit<'_>, paint: &Paint) -> Option<Hidden> {
        if self.is_spent() {
            return None;
        }
        let shows: [Option<Color>; 2] = match paint.mode {
            1 | 5 => [None, Some(paint.stroke)],
            2 | 6 => [Some(paint.fill), Some(paint.stroke)],
            _ => [Some(paint.fill), None],
        };
        let bands = &self.bands[band(unit.area.top, self.bands.len())];
        self.spent += bands.len();
        let mut beneath = Some([255.0; 3]);
        for area in bands.iter().filter(|a| share(&unit.area, &a.bounds) >= BENEATH) {
            if area.after_glyphs as usize <= unit.glyphs.start {
                beneath = over(beneath, area);
            } else if area.is_solid && area.alpha >= 1.0 && share(&unit.area, &area.bounds) >= OVER {
                return self.covered(unit, area);
            }
        }
        let beneath = beneath?;
        let is_same = |color: Color| {
            let Some(color) = color else { return false };
            let differs = |i: usize| (f32::from(color[i]) - beneath[i]).abs() * paint.alpha >= SAME_COLOR;
            !(0..3).any(differs)
        };
        let hidden = shows.into_iter().flatten().all(is_same);
        hidden.then_some(Hidden { cause: Cause::Colour, has_picture: false, is_redacted: false })
    }

    fn covered(&mut self, unit: &Unit<'_>, area: &Area) -> Option<Hidden> {
        let Bounds { left, top, right, bottom } = area.bounds;
        let sheet = self.page.width * self.page.height;
        let has_picture =
            area.kind == AreaKind::Image && (right - left) * (bottom - top) > WHOLE_PAGE * sheet;
        let is_dark = area.color.is_some_and(|c| c.iter().all(|v| *v < DARK));
        let on_page = self.page.paints[unit.paint as usize].form == 0;
        let is_low = bottom - top < BOX_HEIGHT * unit.size;
        let is_redacted = is_dark
            && on_page
            && is_low
            && right - left < BOX_WIDTH * self.line_width(unit) + BOX_HEIGHT * unit.size;
        Some(Hidden { cause: Cause::Covered, has_picture, is_redacted })
    }

    /// The width of the text on the unit's line, in bp.
    fn line_width(&mut self, unit: &Unit<'_>) -> f32 {
        self.spent += self.page.glyphs.len();
        if self.is_spent() {
            return 0.0;
        }
        let on_line = |g: &&Glyph| (g.baseline - unit.baseline).abs() < 0.5 * unit.size;
        let line = self.page.glyphs.iter().filter(on_line);
        let all = line.fold(Bounds::EMPTY, |all, g| all.union(&g.area));
        all.right - all.left
    }

    /// Areas that hold at least half of a unit, whenever they were painted.
    fn beneath_or_over(&self, unit: &Unit<'_>) -> impl Iterator<Item = &'p Area> {
        let area = unit.area;
        let band = &self.bands[band(unit.area.top, self.bands.len())];
        band.iter().copied().filter(move |a| share(&area, &a.bounds) >= 0.5)
    }

    /// How many small areas lie within a unit's bounds: letters drawn as outlines.
    fn outlines(&mut self, unit: &Unit<'_>) -> usize {
        self.spent += self.page.areas.len();
        if self.is_spent() {
            return 0;
        }
        let inside = |a: &&Area| share(&a.bounds, &grown(&unit.area, BLEED)) > 0.5;
        self.page.areas.iter().filter(inside).take(unit.glyphs.len() + 1).count()
    }
}

/// What is seen after an area was painted over `beneath`; `None` where that is not known.
fn over(beneath: Option<[f32; 3]>, area: &Area) -> Option<[f32; 3]> {
    let color = area.color?.map(f32::from);
    if area.alpha >= 1.0 {
        return Some(color);
    }
    let beneath = beneath?;
    let mut mixed = color;
    mixed.iter_mut().zip(beneath).for_each(|(c, b)| *c = *c * area.alpha + b * (1.0 - area.alpha));
    Some(mixed)
}

fn can_hold_text(area: &Area) -> bool {
    let Bounds { left, top, right, bottom } = area.bounds;
    (area.kind != AreaKind::Stroke || area.is_solid)
        && right - left >= SMALL_AREA.0
        && bottom - top >= SMALL_AREA.1
}

fn band(y: f32, count: usize) -> usize {
    ((y.max(0.0) / BAND) as usize).min(count - 1)
}

fn grown(b: &Bounds, by: f32) -> Bounds {
    Bounds { left: b.left - by, top: b.top - by, right: b.right + by, bottom: b.bottom + by }
}

/// The share of `inner` that lies in `outer`, by length where it has no height or width.
fn share(inner: &Bounds, outer: &Bounds) -> f32 {
    // Most of what is compared lies apart.
    if inner.right < outer.left
        || inner.left > outer.right
        || inner.bottom < outer.top
        || inner.top > outer.bottom
    {
        return 0.0;
    }
    let part = |from: f32, to: f32, low: f32, high: f32| {
        let (length, common) = (to - from, to.min(high) - from.max(low));
        if length > 0.0 { (common / length).clamp(0.0, 1.0) } else { f32::from(u8::from(common >= 0.0)) }
    };
    part(inner.left, inner.right, outer.left, outer.right)
        * part(inner.top, inner.bottom, outer.top, outer.bottom)
}
