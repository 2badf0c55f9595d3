//! `dlde rules`: every rule on one line.

use super::failure::Failure;
use super::output::print;
use crate::rule::Rule;
use crate::rules::RULES;

/// Lists the rules, in order of code.
///
/// # Errors
/// What the system says.
pub(super) fn run() -> Result<(), Failure> {
    let width = RULES.iter().map(|r| r.name.len()).max().unwrap_or(0);
    let line = |rule: &&Rule| {
        let what = rule.section("What it checks");
        let sentence = first_sentence(&what);
        format!("{}  {:width$}  {:7}  {sentence}\n", rule.code, rule.name, rule.severity.id())
    };
    let table: String = RULES.iter().map(line).collect();
    print(format!("{table}\n`dlde explain CODE` tells what to do about one of them.\n").as_bytes())
}

/// Up to the first full stop that ends a sentence, without it.
fn first_sentence(text: &str) -> &str {
    text.split_once(". ").map_or(text, |(first, _)| first).trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sentence_is_shown() {
        assert_eq!(first_sentence("The limit is 4.5 pages. More is told."), "The limit is 4.5 pages");
        assert_eq!(first_sentence("One only."), "One only");
    }
}
