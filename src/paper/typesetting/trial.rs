//! Pages built by hand, line by line, on the style's own page: no PDF is read.

use super::frame::Frame;
use super::gap::Ruler;
use super::row::{Kind, Row, Zone};
use crate::paper::line::{Column, Line};
use crate::pdf::text::Word;
use crate::pdf::{Bounds, Document, Font, Page};
use crate::style::{Fingerprint, neurips};

/// The fonts that words are set in, by their index.
const FONTS: [&str; 5] =
    ["NimbusRomNo9L-Regu", "NimbusRomNo9L-Medi", "CMMI10", "CMEX10", "NimbusRomNo9L-ReguItal"];
pub(super) const BOLD: u16 = 1;
pub(super) const FORMULA: u16 = 2;
pub(super) const LARGE_SYMBOLS: u16 = 3;

pub(super) fn fonts() -> Vec<Font> {
    FONTS.iter().map(|name| Font::named(name)).collect()
}

/// A document of so many letter pages without anything on them.
pub(super) fn document(pages: usize) -> Document {
    let page = || Page { width: 612.0, height: 792.0, ..Page::default() };
    Document {
        pages: (0..pages).map(|_| page()).collect(),
        fonts: fonts(),
        metadata: crate::pdf::Metadata::default(),
        revisions: 1,
        earlier: Vec::new(),
        effort: crate::pdf::Effort::default(),
    }
}

/// A line to be: running text across the block on page 1.
#[derive(Clone)]
pub(super) struct Set {
    pub page: u32,
    pub kind: Kind,
    pub zone: Zone,
    pub left: f32,
    pub right: f32,
    pub baseline: f32,
    pub size: f32,
    pub font: u16,
    pub text: &'static str,
    pub is_text: bool,
}

/// A line of running text at some height.
pub(super) fn text_at(baseline: f32) -> Set {
    let style = neurips();
    Set {
        page: 1,
        kind: Kind::Body,
        zone: Zone::Main,
        left: style.block.left,
        right: style.block.right,
        baseline,
        size: style.body.size,
        font: 0,
        text: "the learned field follows the slow orbit",
        is_text: true,
    }
}

impl Set {
    fn line(&self) -> Line {
        let words: Vec<&str> = self.text.split(' ').collect();
        let width = (self.right - self.left) / words.len() as f32;
        let word = |(at, text): (usize, &&str)| {
            let left = self.left + width * at as f32;
            // A space is a quarter of the size wide, but where a word is the last.
            let space = if at + 1 < words.len() { 0.25 * self.size } else { 0.0 };
            let (top, bottom) = (self.baseline - 0.7 * self.size, self.baseline + 0.2 * self.size);
            Word {
                text: (*text).into(),
                area: Bounds { left, top, right: left + width - space, bottom },
                baseline: self.baseline,
                size: self.size,
                font: self.font,
                paint: 0,
                glyphs: text.chars().count() as u32,
            }
        };
        let words = words.iter().enumerate().map(word).collect();
        Line::new(self.page, self.baseline, self.size, Column::Full, words, &fonts())
    }

    fn row<'a>(&self, line: &'a Line) -> Row<'a> {
        Row {
            line,
            kind: self.kind,
            zone: self.zone,
            left: self.left,
            right: self.right,
            baseline: self.baseline,
            size: self.size,
            is_text: self.is_text,
            is_prose: line.words.len() > 4,
            is_of_figure: matches!(self.kind, Kind::Caption | Kind::CaptionGoesOn),
        }
    }
}

/// Lines one below the other, each so far below the one before.
pub(super) fn below(first: f32, steps: &[(f32, Set)]) -> Vec<Set> {
    let mut baseline = first;
    let at = |(step, set): &(f32, Set)| {
        baseline += step;
        Set { baseline, ..set.clone() }
    };
    steps.iter().map(at).collect()
}

/// Gives the rows of some lines to a measure.
pub(super) fn on_page<T>(lines: &[Set], measure: impl FnOnce(&[Row<'_>]) -> T) -> T {
    let owned: Vec<Line> = lines.iter().map(Set::line).collect();
    let rows: Vec<Row<'_>> = lines.iter().zip(&owned).map(|(set, line)| set.row(line)).collect();
    measure(&rows)
}

/// The style's own page, with the bars of its title.
pub(super) fn frame() -> Frame {
    let style = neurips();
    Frame {
        scale: 1.0,
        origin: (0.0, 0.0),
        left: style.block.left,
        right: style.block.right,
        body: style.body.size,
        leading: style.leading.body,
        face: 0,
        title_page: 1,
        is_letter: true,
        bars: Some((style.title.bar_top, 150.0)),
    }
}

/// Gives the rows of some lines, and a ruler for them, to a measure of gaps.
pub(super) fn with_ruler<T>(lines: &[Set], measure: impl FnOnce(&Ruler<'_>, &[Row<'_>]) -> T) -> T {
    let (frame, fonts, style): (_, _, &Fingerprint) = (frame(), fonts(), neurips());
    on_page(lines, |rows| measure(&Ruler::new(rows, &frame, style, &fonts), rows))
}
