use crate::finding::{Finding, Severity};
use crate::paper::clue::ClueKind;
use crate::paper::{Holder, UnshownEntry};
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::{double_blind, read_pdf};
use crate::rules::unshown::{alike, on_page, said_by, settled};

rule! {
    /// ## What it checks
    /// No included figure names who drew it: neither in the properties that pdfTeX copies from it
    /// (`/PTEX.InfoDict`) nor in an XMP packet of its own.
    ///
    /// ## Why it matters
    /// A figure made in an office program or an editor carries the login or the name of its maker, and pdfTeX keeps
    /// it. The properties that viewers show stay empty, so nobody notices.
    ///
    /// ## What to do
    /// Run `dlde fix paper.pdf -o clean.pdf`. To keep it from coming back, write `\pdfsuppressptexinfo=15` in the
    /// preamble (LuaTeX: `\pdfvariable suppressoptionalinfo 15`), or export the figure without properties.
    ///
    /// ## Source
    /// pdfTeX manual, `\pdfsuppressptexinfo`; ISO 32000-2 §14.3.2.
    pub static AUTHOR_IN_FIGURE: Rule = {
        code: "ANON007",
        name: "author-in-figure",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::Pdf],
        check: figures_name_nobody,
    }
}

fn figures_name_nobody(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let clause = double_blind(case)?;
    read_pdf(case)?;
    let of_figures = |t: &&UnshownEntry| matches!(t.holder, Holder::FigureInfo | Holder::ObjectXmp);
    let figures = case.paper.unshown.entries.iter().filter(of_figures);
    let said = said_by(figures, &[ClueKind::Person, ClueKind::Organisation, ClueKind::Email]);
    let message = |entry: &UnshownEntry| {
        format!("the figure{} tells who made it; a submission names nobody", on_page(entry))
    };
    settled(case, alike(case, &said, message).into_iter().map(|f| f.asked_by(clause)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience::Audience;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, with_entries};

    #[test]
    fn the_maker_of_a_figure_is_found_and_its_program_is_not() {
        Trial::of(&AUTHOR_IN_FIGURE)
            .passes(&paper_with(|_| ()))
            .passes(&with_entries(&[
                (Holder::FigureInfo, "Creator", "Matplotlib v3.7"),
                (Holder::FigurePath, "PTEX.FileName", "./a.pdf"),
            ]))
            .passes(&with_entries(&[(Holder::FigureInfo, "Author", "Microsoft Office User")]))
            .fails(&with_entries(&[(Holder::FigureInfo, "Author", "mvelm")]))
            .fails(&with_entries(&[(Holder::ObjectXmp, "dc:creator", "Melanie Velm")]));
    }

    #[test]
    fn the_page_of_the_figure_is_told() {
        let mut paper = with_entries(&[(Holder::FigureInfo, "Author", "mvelm")]);
        paper.unshown.entries[0].page = Some(4);
        let message = Trial::of(&AUTHOR_IN_FIGURE).finding(&paper).message;
        assert_eq!(message, "the figure on page 4 tells who made it; a submission names nobody");
    }

    #[test]
    fn a_reviewer_learns_that_it_names_somebody_and_not_whom() {
        let trial = Trial::of(&AUTHOR_IN_FIGURE).audience(Audience::Reviewer);
        let finding = trial.finding(&with_entries(&[(Holder::FigureInfo, "Author", "mvelm")]));
        assert_eq!(finding.evidence, None);
        assert!(!format!("{finding:?}").contains("mvelm"));
        assert!(finding.help.is_some_and(|help| help.contains("chairs")));
    }

    #[test]
    fn without_a_pdf_nothing_is_known() {
        Trial::of(&AUTHOR_IN_FIGURE).undetermined(&Paper::default());
    }
}
