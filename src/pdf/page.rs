//! What is painted on a page: glyphs, areas, and how.

use super::font::UNKNOWN;
use super::graphics::{Bounds, Color};
use super::text::Row;

/// Which way a line of text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// From left to right.
    Upright,
    /// From bottom to top, such as the stamp of a preprint server.
    Up,
    /// Any other way.
    Other,
}

/// One glyph. Coordinates in page space, in bp.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// From its origin to its advance, and from the font's ascent to its descent.
    pub area: Bounds,
    /// The y of its baseline.
    pub baseline: f32,
    /// Nominal font size by the vertical scale of the text matrix, in bp.
    pub size: f32,
    /// How much wider its matrix sets it than its size asks; 1 as the font has it.
    pub stretch: f32,
    /// What it stands for, in the way of [`super::font::Font::text`].
    pub text: u32,
    /// Its font: an index into the document's fonts.
    pub font: u16,
    /// Which way its line runs.
    pub turn: Turn,
    /// How it is painted: an index into the page's paints.
    pub paint: u32,
}

impl Glyph {
    /// Whether the file tells what it stands for.
    pub fn is_known(&self) -> bool {
        self.text != UNKNOWN
    }
}

/// How glyphs are painted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paint {
    /// Fill colour.
    pub fill: Color,
    /// Stroke colour; only the modes that stroke show it.
    pub stroke: Color,
    /// Text rendering mode, 0 to 7; 3 and 7 paint nothing. Source: ISO 32000-1 §9.3.6.
    pub mode: u8,
    /// Constant alpha of what shows the glyph: its fill, or its stroke in the modes that only stroke.
    pub alpha: f32,
    /// What the clip lets through.
    pub clip: Bounds,
    /// It lies on a layer that is off.
    pub hidden_layer: bool,
    /// It belongs to the appearance of an annotation.
    pub annotation: bool,
    /// The innermost marked content: an index into the page's marks.
    pub mark: Option<u32>,
    /// The form it belongs to: 0 for the page itself, else the count of forms run so far in the document.
    pub form: u32,
}

/// Marked content. Source: ISO 32000-1 §14.6.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Its tag, such as `Span` or `Artifact`.
    pub tag: String,
    /// What the glyphs are said to stand for.
    pub actual_text: Option<String>,
    /// A description or an expansion that goes with the glyphs: `/Alt` or `/E`.
    pub description: Option<String>,
}

impl Mark {
    /// Whether it says something of its glyphs.
    pub(super) fn says(&self) -> bool {
        self.actual_text.is_some() || self.description.is_some()
    }
}

/// What painted an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AreaKind {
    /// A filled path.
    Fill,
    /// A stroked path.
    Stroke,
    /// An image.
    Image,
    /// A shading.
    Shading,
}

/// An area that was painted, by its bounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Bounds in page space, in bp, cut to the clip.
    pub bounds: Bounds,
    /// What painted it.
    pub kind: AreaKind,
    /// Its colour; `None` for images and shadings, and where a mask, a clip or a hole lets something through.
    pub color: Color,
    /// Constant alpha; 1 is opaque.
    pub alpha: f32,
    /// Whether it fills its bounds: a box or nearly one, without a mask, a blend or a hole.
    pub is_solid: bool,
    /// How many glyphs of the page were painted before it.
    pub after_glyphs: u32,
}

/// What is painted on a page.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Width in bp, after `/Rotate`.
    pub width: f32,
    /// Height in bp, after `/Rotate`.
    pub height: f32,
    /// Glyphs in the order they are painted.
    pub glyphs: Vec<Glyph>,
    /// How they are painted.
    pub paints: Vec<Paint>,
    /// Marked content.
    pub marks: Vec<Mark>,
    /// Areas in the order they are painted.
    pub areas: Vec<Area>,
    /// Its upright words in rows, gathered while its glyphs are at hand, for whoever takes them first.
    pub rows: Vec<Row>,
    /// Why the page was not read to its end; `None` if it was.
    pub incomplete: Option<String>,
}

/// A page with fewer glyphs has no text to speak of. Source: behaviour of the tool, decided for all rules.
const FEWEST_GLYPHS: usize = 10;
/// Letters drawn as outlines paint at least so many areas; a page of rules and boxes paints fewer.
const OUTLINED_LETTERS: usize = 200;
/// From so many glyphs on, it matters whether they can be read.
const PAGE_OF_TEXT: usize = 50;

impl Page {
    /// Whether it shows a picture, or letters drawn as outlines, and next to no text.
    pub fn is_picture(&self) -> bool {
        let has_image = || self.areas.iter().any(|a| a.kind == AreaKind::Image);
        self.glyphs.len() < FEWEST_GLYPHS && (self.areas.len() >= OUTLINED_LETTERS || has_image())
    }

    /// Why its text cannot be read although it was decoded; `None` where most of it can.
    pub fn why_illegible(&self) -> Option<&'static str> {
        if self.glyphs.len() < PAGE_OF_TEXT {
            return None;
        }
        let most = |count: usize| count * 2 > self.glyphs.len();
        let (mut unknown, mut turned) = (0, 0);
        for glyph in &self.glyphs {
            unknown += usize::from(!glyph.is_known());
            turned += usize::from(glyph.turn != Turn::Upright);
        }
        if most(unknown) {
            Some("its fonts do not tell what their letters stand for")
        } else if most(turned) {
            Some("most of its text is turned")
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: u32, turn: Turn, count: usize) -> Page {
        let glyph = Glyph {
            area: Bounds::ALL,
            baseline: 0.0,
            size: 10.0,
            stretch: 1.0,
            text,
            font: 0,
            turn,
            paint: 0,
        };
        Page { glyphs: vec![glyph; count], ..Page::default() }
    }

    #[test]
    fn text_without_meaning_or_turned_is_not_read() {
        assert_eq!(page(u32::from('a'), Turn::Upright, 500).why_illegible(), None);
        assert!(page(UNKNOWN, Turn::Upright, 500).why_illegible().is_some());
        assert!(page(u32::from('a'), Turn::Up, 500).why_illegible().is_some());
        assert_eq!(page(UNKNOWN, Turn::Up, 12).why_illegible(), None);
    }

    #[test]
    fn letters_drawn_as_outlines_are_a_picture() {
        let area = Area {
            bounds: Bounds::ALL,
            kind: AreaKind::Fill,
            color: None,
            alpha: 1.0,
            is_solid: true,
            after_glyphs: 0,
        };
        let mut page = Page { areas: vec![area; OUTLINED_LETTERS], ..Page::default() };
        assert!(page.is_picture());
        page.areas.truncate(4);
        assert!(!page.is_picture());
    }
}
