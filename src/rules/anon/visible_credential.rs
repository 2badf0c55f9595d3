use crate::finding::{Finding, Severity};
use crate::pattern::Topic;
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::pointer::page_of;
use crate::rules::precondition::read_pdf;

rule! {
    /// ## What it checks
    /// No access token and no private key is shown.
    ///
    /// ## Why it matters
    /// Whoever reads the paper can use it, and it leads to the account that it belongs to.
    ///
    /// ## What to do
    /// Revoke it today, then take it out of the paper. This report does not repeat it.
    ///
    /// ## Limits
    /// Tokens are known by the prefixes of the services that give them.
    pub static VISIBLE_CREDENTIAL: Rule = {
        code: "ANON044",
        name: "visible-credential",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: no_credential_is_shown,
    }
}

/// How much of a credential is shown: the prefix of its service.
const PREFIX: usize = 4;

fn no_credential_is_shown(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    read_pdf(case)?;
    let shown = case.paper.traces.iter().filter(|t| t.topic == Topic::Credential);
    let found = shown.map(|trace| {
        let message = format!("a credential is shown on page {}; a paper shows none", page_of(&trace.at));
        let prefix: String = trace.text.chars().take(PREFIX).collect();
        Finding::new(message, trace.at.clone()).seen(format!("{prefix}…"))
    });
    Ok(found.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, paper_with_trace};

    #[test]
    fn a_token_is_found_and_never_repeated() {
        let token = "ghp_0123456789abcdefghijABCDEFGHIJ012345";
        let paper = paper_with_trace(Topic::Credential, token, |_| ());
        let found = Trial::of(&VISIBLE_CREDENTIAL).passes(&paper_with(|_| ())).finding(&paper);
        assert_eq!(found.evidence.as_deref(), Some("ghp_…"));
        assert!(!found.message.contains("0123"));
    }

    #[test]
    fn a_page_that_was_not_read_leaves_it_open() {
        Trial::of(&VISIBLE_CREDENTIAL).undetermined(&paper_with_picture(2)).undetermined(&Paper::default());
    }
}
