//! `dlde fix`: the paper anew without what no page shows, and what a check says of it before and after.

use super::args::FixArgs;
use super::config::venue;
use super::exit::Exit;
use super::failure::Failure;
use super::output::print;
use crate::check::{Report, Selection, check};
use crate::finding::Severity;
use crate::fix::fix;
use crate::profile::{NEWEST, Stage, Track};
use crate::report::plain;
use crate::submission::{Kind, Submission};
use std::fmt::Write as _;
use std::path::Path;

/// Families that speak of what is dropped here.
const FAMILIES: [&str; 2] = ["ANON", "FILE"];

/// Writes the new file and tells what changed.
///
/// # Errors
/// A paper that cannot be written anew, and a target that is there already.
pub(super) fn run(args: &FixArgs) -> Result<Exit, Failure> {
    let submission = Submission::open(&args.input)?;
    let paper = submission.paper.and_then(|id| submission.file(id)).filter(|file| file.kind == Kind::Pdf);
    let shown = args.input.display().to_string();
    let Some(paper) = paper else {
        return Err(Failure::NotFixed { path: shown, why: "is no PDF; name the PDF itself".to_owned() });
    };
    refuse_to_replace(&args.output)?;
    let fixed = fix(&paper.bytes, args.attachments).map_err(|why| Failure::NotFixed { path: shown, why })?;
    let profile = venue(NEWEST, None)?.profile(Stage::Submission, Track::Regular);
    let selection = Selection { select: FAMILIES.map(str::to_owned).to_vec(), ..Selection::default() };
    let before = check(&submission, &profile, &selection);
    let anew = Submission::single(submission.name.clone(), fixed.bytes);
    let after = check(&anew, &profile, &selection);
    let bytes = anew.files.first().map(|file| file.bytes.clone()).unwrap_or_default();
    std::fs::write(&args.output, bytes.as_slice())
        .map_err(|cause| Failure::Write { path: args.output.display().to_string(), cause })?;
    print(told(&before, &after, &fixed.dropped, &args.output).as_bytes())?;
    Ok(Exit::of(&after, Some(Severity::Error)))
}

/// A paper is never written over, nor is anything else.
fn refuse_to_replace(output: &Path) -> Result<(), Failure> {
    if !output.exists() {
        return Ok(());
    }
    Err(Failure::Output {
        path: output.display().to_string(),
        why: "is there already; it was left as it is".to_owned(),
        help: "name a file that is not there yet",
    })
}

fn told(before: &Report<'_>, after: &Report<'_>, dropped: &[String], output: &Path) -> String {
    let mut text = format!("{} was written; its pages are the same\n", output.display());
    for (title, report) in [("before", before), ("after", after)] {
        let findings = report.findings();
        let _ = writeln!(text, "\n{title}: {}", crate::count::counted(findings.len(), "finding", "findings"));
        for (verdict, finding) in findings {
            let severity = verdict.severity_of(finding).id();
            let rule = verdict.rule;
            let _ =
                writeln!(text, "  {severity:7}  {} ({}): {}", rule.name, rule.code, plain(&finding.message));
        }
    }
    let _ = writeln!(text, "\ndropped:");
    for line in dropped {
        let _ = writeln!(text, "  {line}");
    }
    if dropped.is_empty() {
        text.push_str("  nothing\n");
    }
    text
}
