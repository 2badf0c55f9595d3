use super::missing;
use crate::finding::{Finding, Severity};
use crate::rule::{Case, Skip, rule};
use crate::rules::hint::{settled, trees};

rule! {
    /// ## What it checks
    /// Every label that is referred to stands in a source.
    ///
    /// ## Why it matters
    /// It is printed as two question marks.
    ///
    /// ## What to do
    /// Add the label, or mend the reference.
    pub static UNDEFINED_REFERENCE: Rule = {
        code: "CITE002",
        name: "undefined-reference",
        aliases: &[],
        severity: Severity::Note,
        needs: &[],
        check: references_are_defined,
    }
}

fn references_are_defined(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let sources = trees(case)?;
    let undefined = sources
        .undefined
        .references
        .as_ref()
        .ok_or_else(|| Skip::undetermined("labels are made by macros, or files are missing"))?;
    settled(sources, missing(undefined, "a reference leads to no label"))
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
        paper_with_sources(|s| s.undefined = Undefineds { references: found, ..Undefineds::default() })
    }

    #[test]
    fn what_is_there_passes_and_what_is_not_is_named() {
        let trial =
            Trial::of(&UNDEFINED_REFERENCE).passes(&with(Some(&[]))).fails(&with(Some(&["quist2020"])));
        assert_eq!(trial.finding(&with(Some(&["quist2020"]))).evidence.as_deref(), Some("quist2020"));
    }

    #[test]
    fn what_cannot_be_told_is_open() {
        Trial::of(&UNDEFINED_REFERENCE).undetermined(&with(None)).not_applicable(&Paper::default());
    }
}
