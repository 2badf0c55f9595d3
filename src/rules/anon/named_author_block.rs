use super::{author_block, below_title};
use crate::finding::{Finding, Severity};
use crate::paper::AuthorBlock;
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::double_blind;

rule! {
    /// ## What it checks
    /// Nobody is named between the title and the abstract.
    ///
    /// ## Why it matters
    /// Where reviewing is double-blind, a paper that names its authors is turned away: its reviewers cannot
    /// forget what they read.
    ///
    /// ## What to do
    /// Load the style without the options `final` and `preprint`; it then sets the anonymous block by itself. With
    /// another style, write `Anonymous Author(s)` in place of names, affiliations and addresses.
    pub static NAMED_AUTHOR_BLOCK: Rule = {
        code: "ANON001",
        name: "named-author-block",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::FirstPage],
        check: nobody_is_named,
    }
}

fn nobody_is_named(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let clause = double_blind(case)?;
    let AuthorBlock::Named(lines) = author_block(case)? else {
        return Ok(Vec::new());
    };
    Ok(below_title(clause, lines, "the authors are named below the title; a submission names nobody"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::place::Place;
    use crate::profile::Anonymity;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, seen};

    fn by(authors: AuthorBlock) -> Paper {
        paper_with(|p| p.authors = authors)
    }

    fn named() -> Paper {
        by(AuthorBlock::Named(vec![seen("Ada Lovelace", 1), seen("University of London", 1)]))
    }

    #[test]
    fn an_anonymous_or_empty_block_passes_and_names_do_not() {
        Trial::of(&NAMED_AUTHOR_BLOCK)
            .passes(&paper_with(|_| ()))
            .passes(&by(AuthorBlock::Empty))
            .passes(&by(AuthorBlock::Sample(vec![seen("David S. Hippocampus", 1)])))
            .fails(&named());
    }

    #[test]
    fn every_line_of_the_block_is_shown() {
        let found = Trial::of(&NAMED_AUTHOR_BLOCK).finding(&named());
        assert_eq!(found.evidence.as_deref(), Some("Ada Lovelace; University of London"));
        assert!(matches!(found.at, Place::Page { ref boxes, .. } if boxes.len() == 2));
    }

    #[test]
    fn a_block_that_was_not_found_is_not_a_pass() {
        Trial::of(&NAMED_AUTHOR_BLOCK)
            .undetermined_because(&by(AuthorBlock::Unknown), "no title block was found on page 1")
            .undetermined_because(&paper_with_picture(1), "page 1 is a picture without text")
            .undetermined(&Paper::default());
    }

    #[test]
    fn names_are_welcome_where_reviewing_is_not_blind() {
        Trial::of(&NAMED_AUTHOR_BLOCK)
            .profile(|p| p.anonymity.as_mut().expect("a demand").value = Anonymity::Named)
            .not_applicable(&named())
            .profile(|p| p.anonymity = None)
            .not_applicable(&named());
    }
}
