//! The report for a comment, at OpenReview or on a pull request: at most 2,000 characters.
//!
//! What a paper says is quoted as code, so that nothing of it is a link, a mention or a heading.

use super::wording;
use crate::check::{Report, Verdict};
use crate::finding::Finding;
use crate::rule::Skip;
use crate::submission::Submission;
use std::io;

/// Characters that a comment may have.
const MOST: usize = 2000;
/// Characters that one entry may have: so many are shown that a reader sees more than one.
const MOST_OF_ENTRY: usize = 420;
/// Characters of the line that says how much is left out, and of what stands after it.
const END: usize = 200;

/// The answer, then findings as far as there is room, then what was left open.
pub(super) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut text = format!("**{}**\n\n", sentence(&escaped(&wording::verdict(report))));
    text += &format!("{}\n", code(&wording::subject(report)));
    for line in [wording::main_text(report), wording::pictures(report)].into_iter().flatten() {
        text += &format!("\n{}\n", sentence(&escaped(&line)));
    }
    let findings = report.findings();
    let found: Vec<_> = findings.iter().map(|(v, f)| entry(v, f, report.submission)).collect();
    fill(&mut text, &found, "more findings");
    let open = |v: &Verdict| match &v.result {
        Err(Skip::Undetermined(reason)) => {
            Some(format!("- could not be determined: `{}`: {}\n", v.rule.name, escaped(reason)))
        }
        _ => None,
    };
    let open: Vec<_> = report.verdicts.iter().filter_map(open).collect();
    fill(&mut text, &open, "more rules left open");
    text += &format!("\n{}\n", wording::quiet_rules(report));
    out.write_all(text.as_bytes())
}

/// Entries as long as there is room, and how many were left out.
fn fill(text: &mut String, entries: &[String], what: &str) {
    if !entries.is_empty() {
        text.push('\n');
    }
    for (shown, entry) in entries.iter().enumerate() {
        if text.chars().count() + entry.chars().count() + END > MOST {
            *text += &format!("- and {} {what}\n", entries.len() - shown);
            return;
        }
        *text += entry;
    }
}

fn entry(verdict: &Verdict, finding: &Finding, submission: &Submission) -> String {
    let severity = verdict.severity_of(finding).id();
    let rule = wording::rule_name(verdict.rule);
    let place = code(&wording::place(&finding.at, submission));
    let mut text = format!("- **{severity}** {rule}, {place}: {}", escaped(&finding.message));
    let help = escaped(&wording::help(verdict, finding));
    let room = MOST_OF_ENTRY.saturating_sub(text.chars().count());
    if help.chars().count() <= room && !help.is_empty() {
        text += &format!("  \n  {}", sentence(&help));
    }
    let mut text: String = text.chars().take(MOST_OF_ENTRY).collect();
    text.push('\n');
    text
}

/// With a capital and a period.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map_or(String::new(), |c| c.to_uppercase().collect());
    let end = if words.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

/// As code, whatever it holds.
fn code(words: &str) -> String {
    format!("`{}`", wording::plain(words).replace('`', "'"))
}

/// Words that are shown as they are. Source: CommonMark 0.31, section 2.4; a mention needs an `@` to be one.
fn escaped(words: &str) -> String {
    let mut text = String::new();
    for c in wording::plain(words).chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '$' => text.extend(['\\', c]),
            // A word joiner after it, and nobody is called.
            '@' => text.push_str("@\u{2060}"),
            _ => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_paper_says_is_no_markup() {
        assert_eq!(escaped("a*b_c [x](y) @you"), "a\\*b\\_c \\[x\\](y) @\u{2060}you");
        assert_eq!(code("a`b"), "`a'b`");
    }

    #[test]
    fn what_has_no_room_is_counted() {
        let mut text = "x".repeat(MOST - END - 10);
        fill(&mut text, &["12345\n"; 3].map(str::to_owned), "more");
        assert!(text.ends_with("x\n12345\n- and 2 more\n"), "{text}");
    }
}
