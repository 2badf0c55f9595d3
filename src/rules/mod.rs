//! How each demand is checked: one rule, one file; this is the list of them.

pub mod anon;
pub mod cite;
pub mod file;
pub mod font;
pub mod geom;
pub mod hide;
pub mod page;
pub mod part;
pub mod styl;

mod catalogue;
mod hint;
mod pointer;
mod precondition;
mod supplied;
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
    &anon::VISIBLE_ORCID,
    &anon::NAMED_FUNDING,
    &anon::AUTHOR_FOOTNOTE,
    &anon::FIRST_PERSON_SELF_CITATION,
    &anon::UNPUBLISHED_OWN_WORK,
    &anon::OWN_REPOSITORY_LINK,
    &anon::PERSONAL_PAGE_LINK,
    &anon::CLOUD_LINK,
    &anon::SHORT_LINK,
    &anon::NAMED_ETHICS_BOARD,
    &anon::OWN_INSTITUTION,
    &anon::ARXIV_STAMP,
    &anon::NAMES_IN_RUNNING_HEAD,
    &anon::VISIBLE_LOCAL_PATH,
    &anon::VISIBLE_CREDENTIAL,
    &anon::LEFTOVER_NOTE,
    &anon::AUTHOR_IN_SOURCE,
    &anon::IDENTITY_IN_COMMENT,
    &anon::IDENTITY_IN_INACTIVE_TEXT,
    &anon::AUTHOR_IN_PDF_OPTIONS,
    &anon::NAMED_NOTE_MACRO,
    &anon::LOCAL_PATH_IN_FILE,
    &anon::BIB_PRIVATE_FIELD,
    &anon::VERSION_CONTROL_LEFT,
    &anon::CREDENTIAL_FILE_LEFT,
    &anon::SYSTEM_FILE_LEFT,
    &anon::EXPERIMENT_METADATA_LEFT,
    &anon::PACKAGE_AUTHOR_NAMED,
    &anon::ARCHIVE_OWNER_NAMED,
    &anon::IMAGE_METADATA_AUTHOR,
    &anon::EMAIL_IN_FILE,
    &anon::ACCOUNT_IN_FILE,
    &anon::ACKNOWLEDGMENTS_IN_SOURCE,
    &cite::UNDEFINED_CITATION,
    &cite::UNDEFINED_REFERENCE,
    &file::UNREADABLE_FILE,
    &file::ENCRYPTED_FILE,
    &file::PAGE_WITHOUT_TEXT,
    &file::MISSING_PAPER,
    &file::ACTIVE_CONTENT,
    &file::MISSING_FILE,
    &file::OTHER_SOURCE,
    &file::UNHEEDED_IGNORE,
    &font::UNEMBEDDED_FONT,
    &font::BITMAP_FONT,
    &font::UNMAPPED_FONT,
    &font::OTHER_BODY_FACE,
    &geom::WRONG_PAPER_SIZE,
    &geom::TEXT_OUTSIDE_BLOCK,
    &geom::SCALED_PAGE,
    &geom::TIGHT_LEADING,
    &geom::SMALL_BODY_TYPE,
    &geom::TIGHT_PARAGRAPH_GAP,
    &geom::TIGHT_HEADING_GAP,
    &geom::TIGHT_CAPTION,
    &geom::TIGHT_FLOAT_GAP,
    &geom::TIGHT_DISPLAY_GAP,
    &geom::TIGHT_LIST,
    &geom::NARROW_WORD_SPACE,
    &geom::NARROW_LETTERS,
    &geom::MOVED_TITLE,
    &geom::ALTERED_ABSTRACT,
    &geom::SMALL_FOOTNOTE,
    &geom::SMALL_REFERENCES,
    &hide::TEXT_IN_BACKGROUND_COLOUR,
    &hide::UNREADABLY_SMALL_TEXT,
    &hide::HIDDEN_BY_RENDER_MODE,
    &hide::HIDDEN_BY_TRANSPARENCY,
    &hide::HIDDEN_LAYER_TEXT,
    &hide::TEXT_OUTSIDE_PAGE,
    &hide::CLIPPED_TEXT,
    &hide::COVERED_TEXT,
    &hide::REPLACEMENT_TEXT_MISMATCH,
    &hide::CHARACTER_MAP_MISMATCH,
    &hide::INVISIBLE_UNICODE,
    &hide::INSTRUCTION_TO_REVIEWERS,
    &hide::INSTRUCTION_IN_FILE,
    &hide::HIDDEN_TEXT_MACRO,
    &page::PAGE_LIMIT_EXCEEDED,
    &part::MISSING_REFERENCES,
    &part::APPENDIX_BEFORE_REFERENCES,
    &part::LONG_APPENDIX,
    &styl::REQUIRED_STYLE_ABSENT,
    &styl::OTHER_YEAR_STYLE,
    &styl::OTHER_MODE_STYLE,
    &styl::UNNUMBERED_LINES,
    &styl::MISSING_NOTICE,
    &styl::CONTRADICTED_MARK,
    &styl::REQUIRED_STYLE_UNLOADED,
    &styl::OTHER_MODE_OPTION,
    &styl::LAYOUT_OVERRIDE,
    &styl::TIGHTENED_SPACING,
    &styl::SCALED_CONTENT,
    &styl::EDITED_STYLE,
];

/// Codes of rules that are gone; never used again.
pub static RETIRED: &[&str] = &[];
