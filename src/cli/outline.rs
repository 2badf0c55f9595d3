//! `dlde outline`: the parts of a paper, or its words in reading order.

use super::args::OutlineArgs;
use super::failure::Failure;
use super::output::print;
use crate::paper::{Paper, reading_text};
use crate::problem::Problem;
use crate::report::outline;
use crate::submission::Submission;

/// Prints the parts, or the words.
///
/// # Errors
/// What the system says, or that the file could not be read.
pub(super) fn run(args: &OutlineArgs) -> Result<(), Failure> {
    let submission = Submission::open(&args.input)?;
    let text = if args.text { reading_text(&submission) } else { None };
    if let Some(text) = text {
        return print(text.as_bytes());
    }
    let (paper, problems) = Paper::read(&submission);
    if args.text || !paper.is_read() {
        return Err(unread(&submission, &paper, &problems));
    }
    let mut lines = Vec::new();
    outline::write(&submission.name, &paper, &mut lines)
        .map_err(|cause| Failure::Write { path: "the outline".to_owned(), cause })?;
    print(&lines)
}

fn unread(submission: &Submission, paper: &Paper, problems: &[Problem]) -> Failure {
    let why = problems.first().map_or(paper.why_unread(), |problem| &problem.message);
    Failure::NoOutline { path: submission.name.clone(), why: why.to_owned() }
}
