use crate::finding::{Finding, Severity};
use crate::paper::UnshownEntry;
use crate::paper::clue::ClueKind;
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::read_pdf;
use crate::rules::unshown::{alike, said_by, settled};

rule! {
    /// ## What it checks
    /// No key or token that opens an account stands in metadata, notes, links or attached texts: those of GitHub,
    /// GitLab, Hugging Face, OpenAI, Amazon, Google and Slack, and private keys. The report never shows one.
    ///
    /// ## Why it matters
    /// Whoever reads the file can use it, and it belongs to somebody.
    ///
    /// ## What to do
    /// Revoke it first: it must be taken as known. Then take it out and build again.
    ///
    /// ## Source
    /// The services' own descriptions of their tokens.
    pub static CREDENTIAL_IN_METADATA: Rule = {
        code: "ANON017",
        name: "credential-in-metadata",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::Pdf],
        check: no_key_is_kept,
    }
}

fn no_key_is_kept(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    read_pdf(case)?;
    let unshown = &case.paper.unshown;
    let all = unshown.entries.iter().chain(unshown.attached.iter().flat_map(|a| &a.entries));
    let said = said_by(all, &[ClueKind::Credential]);
    let message = |_: &UnshownEntry| "the file holds a key that opens an account; revoke it".to_owned();
    settled(case, alike(case, &said, message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{Holder, Paper};
    use crate::rules::trial::{Trial, paper_with, with_entries};

    #[test]
    fn a_key_is_found_and_not_shown() {
        let token = format!("hf_{}", "aB3".repeat(12));
        let trial = Trial::of(&CREDENTIAL_IN_METADATA)
            .passes(&paper_with(|_| ()))
            .passes(&with_entries(&[(Holder::Info, "Keywords", "hf_ tokens, ghp_ tokens")]))
            .undetermined(&Paper::default());
        let finding = trial.finding(&with_entries(&[(Holder::Info, "Keywords", &token)]));
        assert_eq!(finding.evidence.as_deref(), Some("hf_…"));
        assert!(!format!("{finding:?}").contains("aB3aB3"));
    }
}
