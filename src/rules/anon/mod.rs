//! ANON: what may show who wrote the paper, where reviewing is double-blind.

mod account_in_file;
mod acknowledgments_in_source;
mod acknowledgments_in_submission;
mod annotation_left;
mod archive_owner_named;
mod arxiv_stamp;
mod attached_file;
mod author_footnote;
mod author_in_figure;
mod author_in_metadata;
mod author_in_pdf_options;
mod author_in_source;
mod author_in_xmp;
mod bib_private_field;
mod cloud_link;
mod credential_file_left;
mod credential_in_metadata;
mod email_in_file;
mod experiment_metadata_left;
mod first_person_self_citation;
mod identifying_link_target;
mod identifying_property;
mod identity_in_comment;
mod identity_in_image;
mod identity_in_inactive_text;
mod identity_in_revision;
mod image_metadata_author;
mod leftover_note;
mod local_path_in_file;
mod login_in_path;
mod named_author_block;
mod named_ethics_board;
mod named_funding;
mod named_note_macro;
mod names_in_running_head;
mod own_institution;
mod own_repository_link;
mod package_author_named;
mod personal_page_link;
mod sample_author_left;
mod short_link;
mod signature_left;
mod stray_metadata;
mod supplied_identity;
mod system_file_left;
mod unpublished_own_work;
mod version_control_left;
mod visible_credential;
mod visible_email;
mod visible_local_path;
mod visible_orcid;

pub use account_in_file::ACCOUNT_IN_FILE;
pub use acknowledgments_in_source::ACKNOWLEDGMENTS_IN_SOURCE;
pub use acknowledgments_in_submission::ACKNOWLEDGMENTS_IN_SUBMISSION;
pub use annotation_left::ANNOTATION_LEFT;
pub use archive_owner_named::ARCHIVE_OWNER_NAMED;
pub use arxiv_stamp::ARXIV_STAMP;
pub use attached_file::ATTACHED_FILE;
pub use author_footnote::AUTHOR_FOOTNOTE;
pub use author_in_figure::AUTHOR_IN_FIGURE;
pub use author_in_metadata::AUTHOR_IN_METADATA;
pub use author_in_pdf_options::AUTHOR_IN_PDF_OPTIONS;
pub use author_in_source::AUTHOR_IN_SOURCE;
pub use author_in_xmp::AUTHOR_IN_XMP;
pub use bib_private_field::BIB_PRIVATE_FIELD;
pub use cloud_link::CLOUD_LINK;
pub use credential_file_left::CREDENTIAL_FILE_LEFT;
pub use credential_in_metadata::CREDENTIAL_IN_METADATA;
pub use email_in_file::EMAIL_IN_FILE;
pub use experiment_metadata_left::EXPERIMENT_METADATA_LEFT;
pub use first_person_self_citation::FIRST_PERSON_SELF_CITATION;
pub use identifying_link_target::IDENTIFYING_LINK_TARGET;
pub use identifying_property::IDENTIFYING_PROPERTY;
pub use identity_in_comment::IDENTITY_IN_COMMENT;
pub use identity_in_image::IDENTITY_IN_IMAGE;
pub use identity_in_inactive_text::IDENTITY_IN_INACTIVE_TEXT;
pub use identity_in_revision::IDENTITY_IN_REVISION;
pub use image_metadata_author::IMAGE_METADATA_AUTHOR;
pub use leftover_note::LEFTOVER_NOTE;
pub use local_path_in_file::LOCAL_PATH_IN_FILE;
pub use login_in_path::LOGIN_IN_PATH;
pub use named_author_block::NAMED_AUTHOR_BLOCK;
pub use named_ethics_board::NAMED_ETHICS_BOARD;
pub use named_funding::NAMED_FUNDING;
pub use named_note_macro::NAMED_NOTE_MACRO;
pub use names_in_running_head::NAMES_IN_RUNNING_HEAD;
pub use own_institution::OWN_INSTITUTION;
pub use own_repository_link::OWN_REPOSITORY_LINK;
pub use package_author_named::PACKAGE_AUTHOR_NAMED;
pub use personal_page_link::PERSONAL_PAGE_LINK;
pub use sample_author_left::SAMPLE_AUTHOR_LEFT;
pub use short_link::SHORT_LINK;
pub use signature_left::SIGNATURE_LEFT;
pub use stray_metadata::STRAY_METADATA;
pub use supplied_identity::SUPPLIED_IDENTITY;
pub use system_file_left::SYSTEM_FILE_LEFT;
pub use unpublished_own_work::UNPUBLISHED_OWN_WORK;
pub use version_control_left::VERSION_CONTROL_LEFT;
pub use visible_credential::VISIBLE_CREDENTIAL;
pub use visible_email::VISIBLE_EMAIL;
pub use visible_local_path::VISIBLE_LOCAL_PATH;
pub use visible_orcid::VISIBLE_ORCID;

use crate::finding::{Clause, Finding, Severity};
use crate::paper::source::HintKind;
use crate::paper::{AuthorBlock, Seen, Trace};
use crate::pattern::Topic;
use crate::place::Place;
use crate::rule::{Case, Skip};
use crate::rules::pointer::{add_boxes, all_of, page_of, quoted, words_of};
use crate::rules::precondition::{double_blind, page_one_is_read, read_pdf};

/// What stands between title and abstract, where that could be told.
fn author_block<'a>(case: &Case<'a>) -> Result<&'a AuthorBlock, Skip> {
    page_one_is_read(case)?;
    match &case.paper.authors {
        AuthorBlock::Unknown => Err(Skip::undetermined("no title block was found on page 1")),
        known => Ok(known),
    }
}

/// The lines of an author block that is not as it should be, as one finding.
fn below_title(clause: &Clause, lines: &[Seen], message: &str) -> Vec<Finding> {
    let at = all_of(lines).unwrap_or(Place::Submission);
    vec![Finding::new(message, at).seen(words_of(lines)).asked_by(clause)]
}

/// What is said of a phrase: "an ORCID is shown" and "a submission shows none".
struct TraceWords {
    subject: &'static str,
    allowed: &'static str,
}

/// A finding for each sentence with a phrase on these topics, as grave as `gravity` says.
fn traced(
    case: &Case<'_>,
    topics: &[Topic],
    words: &TraceWords,
    gravity: impl Fn(&Trace) -> Option<Severity>,
) -> Result<Vec<Finding>, Skip> {
    let clause = double_blind(case)?;
    read_pdf(case)?;
    let mut found: Vec<(Finding, &Trace)> = Vec::new();
    for trace in case.paper.traces.iter().filter(|t| topics.contains(&t.topic)) {
        let Some(severity) = gravity(trace) else { continue };
        let message = format!("{} on page {}; {}", words.subject, page_of(&trace.at), words.allowed);
        let in_sentence =
            |t: &Trace| t.sentence.start < trace.sentence.end && trace.sentence.start < t.sentence.end;
        let is_same = |(f, t): &&mut (Finding, &Trace)| {
            f.severity == Some(severity) && f.message == message && in_sentence(t)
        };
        match found.iter_mut().find(is_same) {
            Some((told, first)) => {
                if first.at != trace.at {
                    add_boxes(&mut told.at, &trace.at);
                }
                let known = told.evidence.clone().unwrap_or_default();
                if !known.contains(&trace.text) {
                    told.evidence = Some(quoted(&format!("{known}; {}", trace.text)));
                }
            }
            None => {
                let evidence = quoted(&trace.context);
                let finding = Finding::new(message, trace.at.clone()).seen(evidence).asked_by(clause);
                found.push((finding.lowered_to(severity), trace));
            }
        }
    }
    Ok(found.into_iter().map(|(finding, _)| finding).collect())
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
