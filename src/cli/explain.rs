//! `dlde explain`: what a rule checks, why, and what to do.

use super::failure::{Failure, warn};
use super::output::print;
use crate::rule::Rule;
use crate::rules::RULES;
use crate::spelling::nearest;

/// Explains the rule, or every rule of the family, that answers to a word.
///
/// # Errors
/// A word that no rule answers to.
pub(super) fn run(word: &str) -> Result<(), Failure> {
    let meant: Vec<_> = RULES.iter().filter(|rule| rule.answers_to(word)).map(|rule| page(rule)).collect();
    if meant.is_empty() {
        return Err(unknown(word));
    }
    if let Some(rule) = renamed(word) {
        warn(&format!("`{word}` is an earlier name of `{}`; use that", rule.name));
    }
    print(meant.join("\n").as_bytes())
}

/// The rule that a word is an earlier name of; `None` where it is none, or today's name.
pub(super) fn renamed(word: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.aliases.contains(&word) && rule.name != word)
}

/// No rule answers to the word: which may be meant.
pub(super) fn unknown(word: &str) -> Failure {
    let known =
        RULES.iter().flat_map(|r| [r.name, r.code, r.family()].into_iter().chain(r.aliases.iter().copied()));
    let help = match nearest(word, known) {
        Some(meant) => format!("did you mean `{meant}`? `dlde rules` lists them all"),
        None => "`dlde rules` lists them, by code, name and family".to_owned(),
    };
    Failure::UnknownRule { word: word.to_owned(), help }
}

fn page(rule: &Rule) -> String {
    let mut page = format!("{} ({}), {}\n", rule.name, rule.code, rule.severity.id());
    if !rule.aliases.is_empty() {
        page += &format!("earlier: {}\n", rule.aliases.join(", "));
    }
    page.push('\n');
    for line in rule.docs.trim_end().lines() {
        let line = line.strip_prefix(' ').unwrap_or(line);
        let line = line.strip_prefix("## ").unwrap_or(line);
        page += &format!("{}\n", line.trim_end());
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;

    #[test]
    fn a_page_is_plain_text() {
        let rule = Rule {
            code: "PAGE900",
            name: "too-many-words",
            aliases: &["wordy"],
            docs: " ## What it checks\n Words.\n",
            severity: Severity::Note,
            needs: &[],
            check: |_| Ok(vec![]),
        };
        let shown = "too-many-words (PAGE900), note\nearlier: wordy\n\nWhat it checks\nWords.\n";
        assert_eq!(page(&rule), shown);
    }
}
