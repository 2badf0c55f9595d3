use super::missing;
use crate::finding::{Finding, Severity};
use crate::rule::{Case, Skip, rule};
use crate::rules::hint::{settled, trees};

rule! {
    /// ## What it checks
    /// Every key that is cited stands in a bibliography that is handed in.
    ///
    /// ## Why it matters
    /// It is printed as a question mark, and the reader does not know what is meant.
    ///
    /// ## What to do
    /// Add the entry, or mend the key.
    pub static UNDEFINED_CITATION: Rule = {
        code: "CITE001",
        name: "undefined-citation",
        aliases: &[],
        severity: Severity::Note,
        needs: &[],
        check: citations_are_defined,
    }
}

fn citations_are_defined(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let sources = trees(case)?;
    let undefined = sources
        .undefined
        .citations
        .as_ref()
        .ok_or_else(|| Skip::undetermined("the bibliography is not here"))?;
    settled(sources, missing(undefined, "a citation leads to no entry of the bibliography"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::paper::source::{Undefined, Undefineds};
    use crate::rules::trial::{Trial, in_source, paper_with_sources};

    fn with(keys: Option<&[&str]>) -> Paper {
        let undefined = |key: &&str| Undefined { key: (*key).to_owned(), at: in_source() };
        let found = keys.map(|keys| keys.iter().map(undefined).collect());
        paper_with_sources(|s| s.undefined = Undefineds { citations: found, ..Undefineds::default() })
    }

    #[test]
    fn what_is_there_passes_and_what_is_not_is_named() {
        let trial =
            Trial::of(&UNDEFINED_CITATION).passes(&with(Some(&[]))).fails(&with(Some(&["quist2020"])));
        assert_eq!(trial.finding(&with(Some(&["quist2020"]))).evidence.as_deref(), Some("quist2020"));
    }

    #[test]
    fn what_cannot_be_told_is_open() {
        Trial::of(&UNDEFINED_CITATION).undetermined(&with(None)).not_applicable(&Paper::default());
    }
}
