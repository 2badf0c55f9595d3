//! `dlde outline`: the parts of a paper, or its words in reading order.

use super::args::OutlineArgs;
use super::failure::Failure;
use super::output::print;
use crate::paper::{Paper, reading_text};
use crate::report::outline;
use crate::submission::Submission;

/// Prints the parts, or the words.
///
/// # Errors
/// What the system says, or that the file could not be read.
pub(super) fn run(args: &OutlineArgs) -> Result<(), Failure> {
    let submission = Submission::open(&args.input)?;
    if args.text {
        let text = reading_text(&submission).ok_or_else(|| unread(&submission))?;
        return print(text.as_bytes());
    }
    let (paper, _) = Paper::read(&submission);
    if !paper.is_read() {
        return Err(unread(&submission));
    }
    let mut lines = Vec::new();
    outline::write(&submission.name, &paper, &mut lines)
        .map_err(|cause| Failure::Write { path: "the outline".to_owned(), cause })?;
    print(&lines)
}

fn unread(submission: &Submission) -> Failure {
    let why = "cannot be read; `dlde check` tells why".to_owned();
    Failure::Unreadable { path: submission.name.clone(), why }
}
