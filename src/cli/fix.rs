//! `dlde fix`: the paper anew without what no page shows, and what a check says of it before and after.

use super::args::FixArgs;
use super::config::{Found, venue};
use super::exit::Exit;
use super::failure::Failure;
use super::fix_target::{self, Shape};
use super::output::print;
use super::{fix_told, fix_tree};
use crate::check::{Report, Selection, check};
use crate::finding::Severity;
use crate::fix::fix;
use crate::paper::Holder;
use crate::problem::ProblemKind;
use crate::report::plain;
use crate::submission::{File, Kind, Submission};
use std::fmt::Write as _;
use std::path::Path;

/// Writes the new file and tells what changed.
///
/// # Errors
/// A paper that cannot be written anew, and a target that is there already.
pub(super) fn run(args: &FixArgs) -> Result<Exit, Failure> {
    let mut submission = Submission::open(&args.input)?;
    let found = Found::beside(&args.input)?;
    let named = args.demands.venue.as_deref().map(|word| venue(word, None)).transpose()?;
    let profile = found.profile(&args.demands, named.as_ref())?;
    let is_archive = submission.files.first().is_some_and(|f| f.kind == Kind::Archive);
    if args.input.is_dir() || is_archive {
        found.choose_main(&args.input, &mut submission)?;
        return fix_tree::run(args, &submission, &profile);
    }
    let paper = submission.paper.and_then(|id| submission.file(id)).filter(|file| file.kind == Kind::Pdf);
    let shown = args.input.display().to_string();
    let Some(paper) = paper else {
        let why = "is no PDF, directory or archive; name the PDF, or the directory of its sources";
        return Err(Failure::NotFixed { path: shown, why: why.to_owned() });
    };
    let Some(output) = &args.output else {
        let why = "is a PDF, which has no lines to show and is not changed in place; name a new file with -o";
        return Err(Failure::NotFixed { path: shown, why: why.to_owned() });
    };
    Shape::Pdf.accepts(&args.input, output)?;
    let before = check(&submission, &profile, &Selection::default());
    // What a check says of a file that it cannot open is said here in the same words.
    let locked =
        before.problems.iter().find(|p| p.kind == ProblemKind::Encrypted && p.file == submission.paper);
    if let Some(problem) = locked {
        return Err(Failure::NotFixed { path: shown, why: problem.message.clone() });
    }
    let fixed = fix(&paper.bytes, args.attachments).map_err(|why| Failure::NotFixed { path: shown, why })?;
    let anew = replaced(&submission, fixed.bytes);
    let after = check(&anew, &profile, &Selection::default());
    let bytes = anew.paper.and_then(|id| anew.file(id)).map(|file| file.bytes.clone()).unwrap_or_default();
    fix_target::write(output, &bytes)?;
    print(told(&before, &after, &fixed.dropped, output).as_bytes())?;
    Ok(Exit::of(&after, Some(Severity::Error)))
}

/// The submission with its paper written anew.
fn replaced(submission: &Submission, bytes: Vec<u8>) -> Submission {
    let mut anew = submission.clone();
    let index = submission.paper.map_or(0, |id| id.0 as usize);
    if let Some(file) = anew.files.get_mut(index) {
        *file = File::new(file.name.clone(), bytes, file.origin);
    }
    anew
}

fn told(before: &Report<'_>, after: &Report<'_>, dropped: &[String], output: &Path) -> String {
    let mut text = format!("{} was written; its pages are the same\n", output.display());
    text += &fix_told::before(before);
    let _ = writeln!(text, "\ndropped:");
    for line in dropped {
        let names = if line.starts_with(PROPERTIES) { properties(before, after) } else { String::new() };
        let _ = writeln!(text, "  {line}{names}");
    }
    if dropped.is_empty() {
        text.push_str("  nothing\n");
    }
    text + &fix_told::after(after)
}

/// What is dropped from the information dictionary.
const PROPERTIES: &str = "properties";

/// The names of the properties that say something: ` (Author, Title)`.
fn properties(before: &Report<'_>, after: &Report<'_>) -> String {
    let kept = &after.paper.unshown.entries;
    let info = before.paper.unshown.entries.iter().filter(|entry| entry.holder == Holder::Info);
    let is_kept = |key: &str| kept.iter().any(|entry| entry.holder == Holder::Info && entry.key == key);
    let mut names: Vec<String> = info.filter(|e| !is_kept(&e.key)).map(|entry| plain(&entry.key)).collect();
    names.sort();
    names.dedup();
    if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) }
}
