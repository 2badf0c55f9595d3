//! FILE: whether what was handed in can be read at all, and belongs together. What cannot be read is a warning, never an error.

mod active_content;
mod encrypted_file;
mod missing_file;
mod missing_paper;
mod other_source;
mod page_without_text;
mod unheeded_ignore;
mod unreadable_file;

pub use active_content::ACTIVE_CONTENT;
pub use encrypted_file::ENCRYPTED_FILE;
pub use missing_file::MISSING_FILE;
pub use missing_paper::MISSING_PAPER;
pub use other_source::OTHER_SOURCE;
pub use page_without_text::PAGE_WITHOUT_TEXT;
pub use unheeded_ignore::UNHEEDED_IGNORE;
pub use unreadable_file::UNREADABLE_FILE;

use crate::finding::Finding;
use crate::place::Place;
use crate::problem::Problem;

/// A finding where the problem is, in the problem's own words; one that lacks its subject is about the file.
fn finding_of(problem: &Problem) -> Finding {
    let at = match (problem.file, problem.page) {
        (Some(file), Some(page)) => Place::whole_page(file, page),
        (Some(file), None) => Place::whole_file(file),
        (None, _) => Place::Submission,
    };
    let lacks_subject = ["is ", "has ", "asks "].iter().any(|verb| problem.message.starts_with(verb));
    let subject = if lacks_subject { "the file " } else { "" };
    Finding::new(format!("{subject}{}", problem.message), at)
}
