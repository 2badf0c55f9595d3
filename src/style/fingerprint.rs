//! What a style sets on the page: the numbers that a paper is measured against. Data, read from `neurips.toml` beside it.

use serde::Deserialize;
use std::sync::LazyLock;

/// What the NeurIPS family sets. Lengths in bp, in page space.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fingerprint {
    /// The paper.
    pub sheet: Sheet,
    /// The text block.
    pub block: Block,
    /// The type of the running text.
    pub body: Body,
    /// Distances of baselines.
    pub leading: Leading,
    /// Section headings.
    pub heading: Heading,
    /// Vertical room between lines.
    pub gaps: Gaps,
    /// Captions.
    pub caption: Caption,
    /// Footnotes and the notice.
    pub footnote: Type,
    /// References.
    pub references: Type,
    /// Lists of the first level.
    pub list: List,
    /// The abstract.
    pub r#abstract: Abstract,
    /// The title and its bars.
    pub title: Title,
    /// Displayed formulas.
    pub formula: Formula,
    /// Letters and the spaces between words.
    pub letters: Letters,
}

/// The size of the paper.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// Sizes that differ by no more are the same.
    pub tolerance: f32,
}

/// The text block.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Left edge.
    pub left: f32,
    /// Right edge.
    pub right: f32,
    /// Top edge.
    pub top: f32,
    /// The first baseline of a page that begins with text.
    pub first_baseline: f32,
    /// From the top edge to the first baseline of a page that begins with a caption.
    pub caption_ascent: f32,
    /// No line of text or caption has its baseline higher.
    pub highest_baseline: f32,
    /// The last baseline of a full page.
    pub bottom: f32,
    /// How far letters may stand out at the sides.
    pub protrusion: f32,
    /// How far a last baseline may lie below the block.
    pub depth: f32,
    /// The last baseline of page one above a notice of one line, and of two.
    pub bottom_above_notice: [f32; 2],
    /// By how much page one is lengthened for the notice.
    pub notice_room: f32,
    /// The last baseline of the notice.
    pub notice_last: f32,
}

impl Block {
    /// Width of a line.
    pub fn width(&self) -> f32 {
        self.right - self.left
    }

    /// Height of a full page.
    pub fn height(&self) -> f32 {
        self.bottom - self.top
    }
}

/// The type of the running text.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Its size.
    pub size: f32,
    /// Sizes that differ by no more are the same.
    pub tolerance: f32,
    /// How the names of its faces begin.
    pub faces: Vec<String>,
    /// How the names of faces begin that stand in for it where it is not found.
    pub stand_in: Vec<String>,
}

impl Body {
    /// Whether a font is the style's text face.
    pub fn is_face(&self, font: &str) -> bool {
        self.faces.iter().any(|face| font.starts_with(face.as_str()))
    }

    /// Whether a font is what engines fall back to.
    pub fn is_stand_in(&self, font: &str) -> bool {
        self.stand_in.iter().any(|face| font.starts_with(face.as_str()))
    }
}

/// Distances of baselines.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leading {
    /// Of the running text.
    pub body: f32,
    /// Distances that differ by no more are the same.
    pub tolerance: f32,
    /// The same for the distance that most lines have.
    pub usual_tolerance: f32,
}

/// Section headings.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heading {
    /// Their size.
    pub size: f32,
    /// The distance of their baselines.
    pub leading: f32,
}

/// Vertical room beyond the leading of the lower line.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// What the style sets.
    pub skip: f32,
    /// How much of it a full page may take back.
    pub shrink: f32,
}

/// The gaps that the style sets.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gaps {
    /// Gaps that differ by no more are the same.
    pub tolerance: f32,
    /// By how much all gaps of an untouched page together are wider than they would be on a page of any length.
    pub page_slack: f32,
    /// Between paragraphs.
    pub paragraph: Gap,
    /// Above a heading of the first level.
    pub above_section: Gap,
    /// Between the abstract and the first section heading.
    pub below_abstract: Gap,
    /// Below a heading of the first level.
    pub below_section: Gap,
    /// Above a heading of the second level.
    pub above_subsection: Gap,
    /// Below a heading of the second level.
    pub below_subsection: Gap,
    /// Above a heading of the third level.
    pub above_subsubsection: Gap,
    /// Below a heading of the third level.
    pub below_subsubsection: Gap,
    /// Between the items of a list.
    pub between_items: Gap,
    /// Above and below a list.
    pub around_list: Gap,
    /// From the last line of a caption to the text, at the top of a page.
    pub below_top_float: Gap,
    /// From the last line of a caption to the text, within the text.
    pub below_float: Gap,
    /// Above a displayed formula, where the line before reaches over it.
    pub above_display: Gap,
}

/// Captions of figures and tables.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Caption {
    /// Their size.
    pub size: f32,
    /// From the bottom of a picture to the baseline of the caption below it.
    pub picture_to_baseline: f32,
    /// The least of it that packages in use set.
    pub picture_to_baseline_least: f32,
}

/// The type of a part.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Type {
    /// Its least size.
    pub size: f32,
}

/// Lists of the first level.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// Left edge of their text.
    pub text: f32,
}

/// The abstract.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Abstract {
    /// Left edge.
    pub left: f32,
    /// Right edge.
    pub right: f32,
    /// From its heading to its first line.
    pub heading_to_text: f32,
    /// How much of that a full page may take back.
    pub heading_shrink: f32,
}

/// The title and its bars.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Title {
    /// Top of the first bar.
    pub bar_top: f32,
    /// Size of the title.
    pub size: f32,
    /// From the top of the first bar to the first baseline of the title.
    pub bar_to_title: f32,
    /// From the top of the second bar to the word "Abstract", in a submission.
    pub bar_to_abstract: f32,
    /// Positions that differ by no more are the same.
    pub tolerance: f32,
}

/// Displayed formulas.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Formula {
    /// How the names of their fonts begin.
    pub fonts: Vec<String>,
    /// What stands in the names of the fonts of large operators and brackets.
    pub large_symbols: Vec<String>,
    /// How far letters of the running text hang below their baseline.
    pub descender: f32,
    /// The least gap between two lines.
    pub lineskip: f32,
    /// Letters of less than the full height.
    pub heights: Vec<Height>,
    /// The height of all others, in units of their size.
    pub highest: f32,
}

/// The height of some letters.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Height {
    /// The letters.
    pub letters: String,
    /// Their height above the baseline, in units of their size.
    pub height: f32,
}

impl Formula {
    /// Whether formulas are set in a font.
    pub fn is_font(&self, font: &str) -> bool {
        self.fonts.iter().any(|start| font.starts_with(start.as_str()))
    }

    /// Whether large operators and brackets are set in a font.
    pub fn is_of_large_symbols(&self, font: &str) -> bool {
        self.large_symbols.iter().any(|part| font.contains(part.as_str()))
    }

    /// Height of the highest letter of a word, in units of its size.
    pub fn letter_height(&self, word: &str) -> f32 {
        let of = |c: char| self.heights.iter().find(|h| h.letters.contains(c));
        word.chars().map(|c| of(c).map_or(self.highest, |h| h.height)).fold(0.0, f32::max)
    }
}

/// Letters and spaces.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letters {
    /// The least width of letters against the font's own.
    pub narrowest: f32,
    /// The least space between words.
    pub space_least: f32,
    /// The mean space between words of justified lines.
    pub space_mean: f32,
}

/// The measures of the NeurIPS family.
pub fn neurips() -> &'static Fingerprint {
    static NEURIPS: LazyLock<Fingerprint> = LazyLock::new(|| {
        let text = include_str!("neurips.toml");
        toml::from_str(text).expect("a test reads the same file")
    });
    &NEURIPS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_measures_agree_with_one_another() {
        let style = neurips();
        assert!((style.block.width() - 396.0).abs() < 0.01, "5.5 in");
        assert!((style.block.height() - 648.0).abs() < 0.01, "9 in");
        let above = style.heading.leading + style.gaps.above_section.skip;
        assert!((above - 28.39).abs() < 0.01, "text to section, measured");
        let below = style.leading.body + style.gaps.below_section.skip;
        assert!((below - 23.11).abs() < 0.01, "section to text, measured");
        assert!((style.leading.body + style.gaps.between_items.skip - 14.894).abs() < 0.01, "item to item");
    }

    #[test]
    fn letters_of_formulas_are_as_high_as_their_kind() {
        let formula = &neurips().formula;
        let heights: Vec<f32> =
            ["", "√", "x", "−", "t", "x1", "f", "∑", "√x"].map(|w| formula.letter_height(w)).into();
        assert_eq!(heights, [0.0, 0.0, 0.43, 0.43, 0.64, 0.64, 0.7, 0.7, 0.43]);
    }

    #[test]
    fn fonts_of_formulas_are_known_by_their_names() {
        let formula = &neurips().formula;
        let of = |name: &str| (formula.is_font(name), formula.is_of_large_symbols(name));
        assert_eq!(of("CMMI10"), (true, false));
        assert_eq!(of("CMEX10"), (true, true));
        assert_eq!(of("esint10"), (false, true));
        assert_eq!(of("NimbusRomNo9L-Regu"), (false, false));
    }

    #[test]
    fn clones_of_times_are_known_by_their_names() {
        let body = &neurips().body;
        for name in ["NimbusRomNo9L-Regu", "TimesNewRomanPSMT", "TeXGyreTermes-Regular"] {
            assert!(body.is_face(name), "{name}");
        }
        assert!(!body.is_face("LMRoman10-Regular") && body.is_stand_in("LMRoman10-Regular"));
    }
}
