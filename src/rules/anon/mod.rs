//! ANON: what may show who wrote the paper, where reviewing is double-blind.

mod acknowledgments_in_submission;
mod author_in_metadata;
mod named_author_block;
mod sample_author_left;
mod visible_email;

pub use acknowledgments_in_submission::ACKNOWLEDGMENTS_IN_SUBMISSION;
pub use author_in_metadata::AUTHOR_IN_METADATA;
pub use named_author_block::NAMED_AUTHOR_BLOCK;
pub use sample_author_left::SAMPLE_AUTHOR_LEFT;
pub use visible_email::VISIBLE_EMAIL;

use crate::paper::AuthorBlock;
use crate::rule::{Case, Skip};
use crate::rules::precondition::page_one_is_read;

/// What stands between title and abstract, where that could be told.
fn author_block<'a>(case: &Case<'a>) -> Result<&'a AuthorBlock, Skip> {
    page_one_is_read(case)?;
    match &case.paper.authors {
        AuthorBlock::Unknown => Err(Skip::undetermined("no title block was found on page 1")),
        known => Ok(known),
    }
}
