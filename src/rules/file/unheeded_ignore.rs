use crate::finding::{Finding, Severity};
use crate::paper::source::Suppression;
use crate::place::Place;
use crate::rule::{Case, Skip, rule};
use crate::rules::RULES;
use crate::rules::hint::{settled, trees};

rule! {
    /// ## What it checks
    /// Every `% dlde: ignore NAME -- reason` of the sources names a rule and gives a reason.
    ///
    /// ## Why it matters
    /// One that lacks either answers for nothing: the finding is told as if the comment were not there. Chairs read the
    /// reason to decide whether they agree.
    ///
    /// ## What to do
    /// Write the name of one rule, two hyphens and why the finding may stand; or delete the comment.
    pub static UNHEEDED_IGNORE: Rule = {
        code: "FILE012",
        name: "unheeded-ignore",
        aliases: &[],
        severity: Severity::Note,
        needs: &[],
        check: every_ignore_is_answered_for,
    }
}

fn every_ignore_is_answered_for(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let sources = trees(case)?;
    let finding = |ignore: &Suppression| {
        let found = Finding::new(why_unheeded(ignore)?, Place::Span(ignore.at.clone()));
        Some(found.seen(ignore.rule.clone()))
    };
    settled(sources, sources.suppressions.iter().filter_map(finding).collect())
}

/// Why a comment suppresses nothing, whatever stands on its line; `None` where it does.
fn why_unheeded(ignore: &Suppression) -> Option<String> {
    // Notes quote no line: the words of the comment stand in the message.
    let comment = format!("`% dlde: ignore {}`", ignore.rule);
    if !RULES.iter().any(|rule| rule.answers_to(&ignore.rule)) {
        Some(format!("{comment} names no rule, and nothing is ignored for it; `dlde rules` lists them"))
    } else if ignore.reason.is_empty() {
        Some(format!("{comment} gives no reason, and nothing is ignored for it; write one after `--`"))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::place::{FileId, Span};
    use crate::rules::trial::{Trial, paper_with_sources};

    fn ignoring(rule: &str, reason: &str) -> Paper {
        let span = Span { file: FileId(1), bytes: 0..9 };
        let ignore = Suppression { rule: rule.to_owned(), reason: reason.to_owned(), at: span.clone(), span };
        paper_with_sources(|s| s.suppressions.push(ignore))
    }

    #[test]
    fn an_ignore_needs_a_rule_and_a_reason() {
        let trial = Trial::of(&UNHEEDED_IGNORE)
            .passes(&ignoring("tightened-spacing", "the chairs asked for it"))
            .passes(&ignoring("GEOM", "the chairs asked for it"))
            .fails(&ignoring("tightened-spacing", ""))
            .fails(&ignoring("no-such-rule", "the chairs asked for it"))
            .fails(&ignoring("", ""));
        let says = |paper: &Paper| trial.finding(paper).message;
        assert!(says(&ignoring("PAGE001", "")).contains("gives no reason"));
        assert!(says(&ignoring("", "why")).contains("names no rule"));
    }

    #[test]
    fn files_that_were_not_read_leave_it_open() {
        let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
        Trial::of(&UNHEEDED_IGNORE).undetermined(&unread).not_applicable(&Paper::default());
    }
}
