use crate::finding::{Finding, Severity};
use crate::paper::source::HintKind;
use crate::rule::{Case, Skip, rule};
use crate::rules::hint::anonymous;

rule! {
    /// ## What it checks
    /// Neither `pdfauthor`, `pdfusetitle` nor `\pdfinfo` writes somebody into the properties of the PDF.
    ///
    /// ## Why it matters
    /// Every viewer shows these properties, whatever the title page hides.
    ///
    /// ## What to do
    /// Take the option out until the paper is accepted.
    pub static AUTHOR_IN_PDF_OPTIONS: Rule = {
        code: "ANON063",
        name: "author-in-pdf-options",
        aliases: &[],
        severity: Severity::Error,
        needs: &[],
        check: properties_name_nobody,
    }
}

fn properties_name_nobody(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    anonymous(
        case,
        |h| h.kind == HintKind::PdfAuthor,
        "the source writes its authors into the properties of the PDF; those of a submission name nobody",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::paper::source::{Setting, Weight};
    use crate::rules::trial::{Trial, paper_with_hint, paper_with_sources};

    #[test]
    fn sources_without_it_pass_and_a_lone_pdf_has_none() {
        let other = paper_with_hint(HintKind::Host, Setting::Comment, Weight::Full);
        Trial::of(&AUTHOR_IN_PDF_OPTIONS).passes(&other).not_applicable(&Paper::default());
    }

    #[test]
    fn it_is_found_and_lowered_where_it_tells_less() {
        let meant = |weight| paper_with_hint(HintKind::PdfAuthor, Setting::Source, weight);
        let trial = Trial::of(&AUTHOR_IN_PDF_OPTIONS).fails(&meant(Weight::Full));
        assert_eq!(trial.finding(&meant(Weight::Full)).severity, None);
        assert_eq!(trial.finding(&meant(Weight::Slight)).severity, Some(Severity::Note));
    }

    #[test]
    fn files_that_were_not_read_leave_it_open() {
        let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
        Trial::of(&AUTHOR_IN_PDF_OPTIONS).undetermined(&unread);
    }
}
