use super::{author_block, below_title};
use crate::finding::{Finding, Severity};
use crate::paper::AuthorBlock;
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::double_blind;

rule! {
    /// ## What it checks
    /// The sample author of a template does not stand below the title.
    ///
    /// ## Why it matters
    /// It names nobody who wrote the paper, but it shows that the style prints names, so yours would be next; and
    /// it looks unfinished.
    ///
    /// ## What to do
    /// Load the style without the options `final` and `preprint`, so that it sets the anonymous block by itself.
    pub static SAMPLE_AUTHOR_LEFT: Rule = {
        code: "ANON003",
        name: "sample-author-left",
        aliases: &[],
        severity: Severity::Warning,
        needs: &[Input::FirstPage],
        check: template_was_filled_in,
    }
}

fn template_was_filled_in(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let clause = double_blind(case)?;
    let AuthorBlock::Sample(lines) = author_block(case)? else {
        return Ok(Vec::new());
    };
    Ok(below_title(
        clause,
        lines,
        "the template's sample author stands below the title; a submission names nobody",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, seen};

    fn by(authors: AuthorBlock) -> Paper {
        paper_with(|p| p.authors = authors)
    }

    #[test]
    fn only_the_sample_author_is_meant() {
        let sample = by(AuthorBlock::Sample(vec![seen("David S. Hippocampus", 1)]));
        Trial::of(&SAMPLE_AUTHOR_LEFT)
            .passes(&paper_with(|_| ()))
            .passes(&by(AuthorBlock::Named(vec![seen("Ada Lovelace", 1)])))
            .fails(&sample)
            .profile(|p| p.anonymity = None)
            .not_applicable(&sample);
    }

    #[test]
    fn a_block_that_was_not_found_is_not_a_pass() {
        Trial::of(&SAMPLE_AUTHOR_LEFT)
            .undetermined(&by(AuthorBlock::Unknown))
            .undetermined(&paper_with_picture(1))
            .undetermined(&Paper::default());
    }
}
