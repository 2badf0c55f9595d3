use crate::finding::{Finding, Severity};
use crate::paper::identity::is_placeholder;
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::{double_blind, read_pdf};

rule! {
    /// ## What it checks
    /// The PDF's information dictionary names no author. Placeholders such as `Anonymous Author(s)` are not meant.
    ///
    /// ## Why it matters
    /// Every viewer shows the entry under "properties", and a search finds it, though no page shows it.
    ///
    /// ## What to do
    /// Run `dlde fix paper.pdf -o clean.pdf`, or take `pdfauthor` out of the options of hyperref and build again.
    ///
    /// ## Source
    /// ISO 32000-2 §14.3.3, the document information dictionary.
    pub static AUTHOR_IN_METADATA: Rule = {
        code: "ANON005",
        name: "author-in-metadata",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::Pdf],
        check: metadata_names_nobody,
    }
}

fn metadata_names_nobody(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let clause = double_blind(case)?;
    read_pdf(case)?;
    let Some(author) = case.paper.info_author.as_ref().filter(|seen| !is_placeholder(&seen.text)) else {
        return Ok(Vec::new());
    };
    let message = "the PDF's properties name an author; a submission names nobody";
    Ok(vec![Finding::new(message, author.at.clone()).seen(author.text.trim()).asked_by(clause)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{Paper, Seen};
    use crate::place::{FileId, Place};
    use crate::rules::trial::{Trial, paper_with, paper_with_picture};

    fn with_author(name: &str) -> Paper {
        let at = Place::File { file: FileId(0), inside: Some("/Info/Author".to_owned()) };
        paper_with(|p| p.info_author = Some(Seen { text: name.to_owned(), at }))
    }

    #[test]
    fn a_name_is_found_and_a_placeholder_is_not() {
        Trial::of(&AUTHOR_IN_METADATA)
            .passes(&paper_with(|_| ()))
            .passes(&with_author("Anonymous Author(s)"))
            .fails(&with_author("Ada Lovelace"));
    }

    #[test]
    fn pages_that_were_not_read_do_not_matter_to_it() {
        Trial::of(&AUTHOR_IN_METADATA).passes(&paper_with_picture(1)).undetermined(&Paper::default());
    }

    #[test]
    fn a_name_is_welcome_where_no_anonymity_is_asked() {
        Trial::of(&AUTHOR_IN_METADATA)
            .profile(|p| p.anonymity = None)
            .not_applicable(&with_author("Ada Lovelace"));
    }
}
