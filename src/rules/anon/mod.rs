//! ANON: what may show who wrote the paper, where reviewing is double-blind.

mod account_in_file;
mod acknowledgments_in_source;
mod acknowledgments_in_submission;
mod archive_owner_named;
mod author_in_metadata;
mod author_in_pdf_options;
mod author_in_source;
mod bib_private_field;
mod credential_file_left;
mod email_in_file;
mod experiment_metadata_left;
mod identity_in_comment;
mod identity_in_inactive_text;
mod image_metadata_author;
mod local_path_in_file;
mod named_author_block;
mod named_note_macro;
mod package_author_named;
mod sample_author_left;
mod system_file_left;
mod version_control_left;
mod visible_email;

pub use account_in_file::ACCOUNT_IN_FILE;
pub use acknowledgments_in_source::ACKNOWLEDGMENTS_IN_SOURCE;
pub use acknowledgments_in_submission::ACKNOWLEDGMENTS_IN_SUBMISSION;
pub use archive_owner_named::ARCHIVE_OWNER_NAMED;
pub use author_in_metadata::AUTHOR_IN_METADATA;
pub use author_in_pdf_options::AUTHOR_IN_PDF_OPTIONS;
pub use author_in_source::AUTHOR_IN_SOURCE;
pub use bib_private_field::BIB_PRIVATE_FIELD;
pub use credential_file_left::CREDENTIAL_FILE_LEFT;
pub use email_in_file::EMAIL_IN_FILE;
pub use experiment_metadata_left::EXPERIMENT_METADATA_LEFT;
pub use identity_in_comment::IDENTITY_IN_COMMENT;
pub use identity_in_inactive_text::IDENTITY_IN_INACTIVE_TEXT;
pub use image_metadata_author::IMAGE_METADATA_AUTHOR;
pub use local_path_in_file::LOCAL_PATH_IN_FILE;
pub use named_author_block::NAMED_AUTHOR_BLOCK;
pub use named_note_macro::NAMED_NOTE_MACRO;
pub use package_author_named::PACKAGE_AUTHOR_NAMED;
pub use sample_author_left::SAMPLE_AUTHOR_LEFT;
pub use system_file_left::SYSTEM_FILE_LEFT;
pub use version_control_left::VERSION_CONTROL_LEFT;
pub use visible_email::VISIBLE_EMAIL;

use crate::paper::AuthorBlock;
use crate::paper::source::HintKind;
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

/// Whether a hint names a person, wherever it stands in a source.
fn is_identity(kind: HintKind) -> bool {
    matches!(
        kind,
        HintKind::Author
            | HintKind::Email
            | HintKind::Person
            | HintKind::Grant
            | HintKind::Orcid
            | HintKind::NamedNote
    )
}
