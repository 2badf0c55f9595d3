//! The catalogue of rules, `rules/README.md`, made from the rules themselves.

use super::RULES;
use crate::rule::{Input, Rule};

const HEAD: &str = "\
# The rules of `dlde`

This page is made from `src/rules/` (`UPDATE=1 cargo test --test generated`). `dlde explain CODE` shows one rule.

An **error** would be turned away, a **warning** asked about, a **note** is good practice; a venue's profile may
change which. A rule passes, finds, does not apply, or says why it could not tell; what could not be read is never
a pass, and never an error.

";

/// Every rule in Markdown: a table, then what each checks, why, and what to do.
pub fn catalogue() -> String {
    let mut page = format!("{HEAD}| rule | code | severity | reads |\n|---|---|---|---|\n");
    for rule in RULES {
        let (name, code, severity) = (rule.name, rule.code, rule.severity.id());
        page += &format!("| [{name}](#{name}) | {code} | {severity} | {} |\n", reads(rule));
    }
    for rule in RULES {
        page += &format!("\n## {}\n\n`{}`, {}\n", rule.name, rule.code, rule.severity.id());
        page += &docs(rule);
    }
    page
}

fn reads(rule: &Rule) -> &'static str {
    match rule.needs {
        [] => "what was handed in",
        needs if needs.contains(&Input::EveryPage) => "every page",
        needs if needs.contains(&Input::FirstPage) => "the first page",
        _ => "the PDF",
    }
}

/// The docs with their headings one level down and a blank line around each.
fn docs(rule: &Rule) -> String {
    let mut text = String::new();
    for line in rule.docs.lines().map(|l| l.strip_prefix(' ').unwrap_or(l)) {
        match line.strip_prefix("## ") {
            Some(heading) => text += &format!("\n### {heading}\n\n"),
            None if line.is_empty() => {}
            None => text += &format!("{line}\n"),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_stand_in_order_of_code_and_no_code_or_name_occurs_twice() {
        assert!(RULES.windows(2).all(|pair| pair[0].code < pair[1].code));
        let mut names: Vec<_> = RULES.iter().map(|r| r.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), RULES.len());
    }

    #[test]
    fn every_rule_says_what_it_checks_why_and_what_to_do() {
        for rule in RULES {
            for heading in ["What it checks", "Why it matters", "What to do"] {
                assert!(!rule.section(heading).is_empty(), "{}: {heading}", rule.name);
            }
        }
    }
}
