use super::{Weight, shown, told, too_small};
use crate::finding::{Finding, Severity};
use crate::paper::{Aspect, Departure};
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// Headings are as large as the style sets them, with at least the room above and below that it leaves on a
    /// full page. Numbered lines in bold type in the order of the sections are headings.
    ///
    /// ## Why it matters
    /// Headings find less room where `\vspace` or a package such as titlesec took it away; it adds up to
    /// lines.
    ///
    /// ## What to do
    /// Take out negative `\vspace` around headings, titlesec and its spacing, and commands that change their type.
    pub static TIGHT_HEADING_GAP: Rule = {
        code: "GEOM007",
        name: "tight-heading-gap",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: is_as_the_style_sets_it,
    }
}

fn is_as_the_style_sets_it(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    told(case, &[Aspect::HeadingGap, Aspect::HeadingSize], Weight::Room, said)
}

fn said(d: &Departure) -> String {
    match d.aspect {
        Aspect::HeadingSize => {
            let (measured, allowed) = (shown(d.measured), shown(d.allowed));
            format!("{} are set in type of {measured} bp; the style sets {allowed} bp", d.what)
        }
        _ => too_small(d),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::trial::{Trial, departing};

    #[test]
    fn the_line_of_the_source_that_changes_it_is_named() {
        use crate::paper::source::{Change, Reach};
        let mut paper = departing(Aspect::HeadingGap, 1.0);
        for (what, is_undone) in [("the headings", false), ("the leading", false), ("the headings", true)] {
            let (text, at) = ("\\usepackage{titlesec}".to_owned(), crate::rules::trial::in_source());
            paper.sources.changes.push(Change { reach: Reach::Document, text, what, is_undone, at });
        }
        let related = Trial::of(&TIGHT_HEADING_GAP).finding(&paper).related;
        let said: Vec<&str> = related.iter().map(|(_, words)| words.as_str()).collect();
        assert_eq!(said, ["also here", "\\usepackage{titlesec} changes the headings"]);
    }
}
