//! The report for test runners: one suite, one case a finding or quiet rule.
//!
//! An error is a failure, and so is nothing else; a rule that decides and was left open is an error of the test, which
//! is neither passed nor failed; what does not apply is skipped. Source: the schema of Apache Ant's JUnit task, as
//! Jenkins and GitLab read it.

use super::wording;
use crate::check::{Report, Verdict};
use crate::finding::{Finding, Severity};
use crate::rule::Skip;
use crate::submission::Submission;
use std::fmt::Write as _;
use std::io;

/// One document.
pub(super) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut suite = Suite::default();
    for verdict in &report.verdicts {
        suite.rule(verdict, report.submission);
    }
    let Suite { text, tests, failures, errors, skipped } = suite;
    let name = escaped(&format!("dlde {}", wording::subject(report)));
    let counts =
        format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\"");
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>")?;
    writeln!(out, "  <testsuite name=\"{name}\" {counts} time=\"0\">")?;
    out.write_all(text.as_bytes())?;
    let answer = [Some(wording::verdict(report)), wording::main_text(report)];
    let answer = answer.into_iter().flatten().map(|line| escaped(&line)).collect::<Vec<_>>().join("\n");
    writeln!(out, "    <system-out>{answer}</system-out>\n  </testsuite>\n</testsuites>")
}

#[derive(Default)]
struct Suite {
    text: String,
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

impl Suite {
    fn rule(&mut self, verdict: &Verdict, submission: &Submission) {
        let name = wording::rule_name(verdict.rule);
        match &verdict.result {
            Ok(findings) if findings.is_empty() => self.case(verdict, &name, ""),
            Ok(findings) => {
                for finding in findings {
                    let name = format!("{name}, {}", wording::place(&finding.at, submission));
                    let body = self.found(verdict, finding);
                    self.case(verdict, &name, &body);
                }
            }
            Err(Skip::Undetermined(why)) if verdict.severity == Severity::Error => {
                self.errors += 1;
                let why = escaped(why);
                let body =
                    format!("<error type=\"undetermined\" message=\"could not be determined: {why}\"/>");
                self.case(verdict, &name, &body);
            }
            Err(Skip::Undetermined(why)) => {
                self.skip(verdict, &name, &format!("could not be determined: {why}"));
            }
            Err(Skip::NotApplicable(why)) => self.skip(verdict, &name, why),
        }
    }

    fn skip(&mut self, verdict: &Verdict, name: &str, why: &str) {
        self.skipped += 1;
        self.case(verdict, name, &format!("<skipped message=\"{}\"/>", escaped(why)));
    }

    fn found(&mut self, verdict: &Verdict, finding: &Finding) -> String {
        let severity = verdict.severity_of(finding);
        let (message, level) = (escaped(&finding.message), severity.id());
        let evidence = finding.evidence.as_ref().map(|words| format!("“{words}”"));
        let asked =
            finding.clause.as_ref().map(|clause| format!("the call asks: {}", wording::asked(clause)));
        let help = Some(format!("help: {}", wording::help(verdict, finding)));
        let more = [evidence, asked, help].into_iter().flatten();
        let more = more.map(|line| escaped(&line)).collect::<Vec<_>>().join("\n");
        if severity == Severity::Error {
            self.failures += 1;
            format!("<failure type=\"{level}\" message=\"{message}\">{more}</failure>")
        } else {
            format!("<system-out>{level}: {message}\n{more}</system-out>")
        }
    }

    fn case(&mut self, verdict: &Verdict, name: &str, body: &str) {
        self.tests += 1;
        let head =
            format!("classname=\"dlde.{}\" name=\"{}\" time=\"0\"", verdict.rule.family(), escaped(name));
        let written = if body.is_empty() {
            writeln!(self.text, "    <testcase {head}/>")
        } else {
            writeln!(self.text, "    <testcase {head}>{body}</testcase>")
        };
        written.expect("internal error: writing to a string does not fail");
    }
}

/// Text and values of attributes alike; characters that XML 1.0 has no place for are left out. Source: XML 1.0, 2.2.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in wording::plain(text).chars() {
        match c {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\u{fffe}' | '\u{ffff}' => {}
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(escaped("a<b> & \"c\"\u{1}\u{ffff}"), "a&lt;b&gt; &amp; &quot;c&quot;");
    }
}
