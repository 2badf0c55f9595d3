//! How each demand is checked: one rule, one file; this is the list of them.

pub mod anon;
pub mod file;
pub mod page;
pub mod part;
pub mod styl;

mod catalogue;
mod pointer;
mod precondition;
#[cfg(test)]
mod trial;
mod unshown;

pub use catalogue::catalogue;

use crate::rule::Rule;

/// Every rule, in order of code.
pub static RULES: &[&Rule] = &[
    &anon::NAMED_AUTHOR_BLOCK,
    &anon::VISIBLE_EMAIL,
    &anon::SAMPLE_AUTHOR_LEFT,
    &anon::ACKNOWLEDGMENTS_IN_SUBMISSION,
    &anon::AUTHOR_IN_METADATA,
    &anon::AUTHOR_IN_XMP,
    &anon::AUTHOR_IN_FIGURE,
    &anon::LOGIN_IN_PATH,
    &anon::ANNOTATION_LEFT,
    &anon::IDENTIFYING_LINK_TARGET,
    &anon::ATTACHED_FILE,
    &anon::IDENTITY_IN_IMAGE,
    &anon::IDENTITY_IN_REVISION,
    &anon::STRAY_METADATA,
    &anon::IDENTIFYING_PROPERTY,
    &anon::SIGNATURE_LEFT,
    &anon::CREDENTIAL_IN_METADATA,
    &anon::SUPPLIED_IDENTITY,
    &file::UNREADABLE_FILE,
    &file::ENCRYPTED_FILE,
    &file::PAGE_WITHOUT_TEXT,
    &file::MISSING_PAPER,
    &file::ACTIVE_CONTENT,
    &page::PAGE_LIMIT_EXCEEDED,
    &part::MISSING_REFERENCES,
    &part::APPENDIX_BEFORE_REFERENCES,
    &part::LONG_APPENDIX,
    &styl::REQUIRED_STYLE_ABSENT,
    &styl::OTHER_YEAR_STYLE,
    &styl::OTHER_MODE_STYLE,
];

/// Codes of rules that are gone; never used again.
pub static RETIRED: &[&str] = &[];
