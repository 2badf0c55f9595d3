use super::told;
use crate::finding::{Finding, Severity};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// No letters are set in Type 3 fonts, whose letters are drawings.
    ///
    /// ## Why it matters
    /// Bitmaps look ragged on screen, and some publishers turn them away. What plots bring along is
    /// harmless.
    ///
    /// ## What to do
    /// Install the package cm-super, or load lmodern; for plots of matplotlib set `pdf.fonttype: 42`.
    pub static BITMAP_FONT: Rule = {
        code: "FONT002",
        name: "bitmap-font",
        aliases: &[],
        severity: Severity::Note,
        needs: &[Input::Pdf],
        check: fonts_are_sound,
    }
}

fn fonts_are_sound(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, |f| f.is_type3, "fonts are of Type 3: drawings, mostly bitmaps")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, font, paper_with};

    #[test]
    fn fonts_are_told_by_name_once() {
        let sound = paper_with(|p| p.fonts = vec![font("Plex")]);
        let mut other = sound.clone();
        other.fonts[0].is_type3 = true;
        let trial = Trial::of(&BITMAP_FONT).passes(&sound).fails(&other).undetermined(&Paper::default());
        assert!(trial.finding(&other).message.contains("Plex"));
    }
}
