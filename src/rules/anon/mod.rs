//! ANON: what may show who wrote the paper, where reviewing is double-blind.

mod acknowledgments_in_submission;
mod annotation_left;
mod attached_file;
mod author_in_figure;
mod author_in_metadata;
mod author_in_xmp;
mod credential_in_metadata;
mod identifying_link_target;
mod identifying_property;
mod identity_in_image;
mod identity_in_revision;
mod login_in_path;
mod named_author_block;
mod sample_author_left;
mod signature_left;
mod stray_metadata;
mod supplied_identity;
mod visible_email;

pub use acknowledgments_in_submission::ACKNOWLEDGMENTS_IN_SUBMISSION;
pub use annotation_left::ANNOTATION_LEFT;
pub use attached_file::ATTACHED_FILE;
pub use author_in_figure::AUTHOR_IN_FIGURE;
pub use author_in_metadata::AUTHOR_IN_METADATA;
pub use author_in_xmp::AUTHOR_IN_XMP;
pub use credential_in_metadata::CREDENTIAL_IN_METADATA;
pub use identifying_link_target::IDENTIFYING_LINK_TARGET;
pub use identifying_property::IDENTIFYING_PROPERTY;
pub use identity_in_image::IDENTITY_IN_IMAGE;
pub use identity_in_revision::IDENTITY_IN_REVISION;
pub use login_in_path::LOGIN_IN_PATH;
pub use named_author_block::NAMED_AUTHOR_BLOCK;
pub use sample_author_left::SAMPLE_AUTHOR_LEFT;
pub use signature_left::SIGNATURE_LEFT;
pub use stray_metadata::STRAY_METADATA;
pub use supplied_identity::SUPPLIED_IDENTITY;
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
