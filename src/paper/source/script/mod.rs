//! What the sources set: title, headings, floats, prose and references, to be held against what a PDF shows.
//!
//! No TeX is run: what macros make is not known, and is left out rather than guessed.

mod reader;
mod reference;
mod wording;

pub(in crate::paper) use reader::PIECE;
pub use reader::Script;
pub(in crate::paper) use wording::Wording;

use crate::place::Place;

/// A heading as a source has it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::paper) struct Headed {
    /// Its words.
    pub(in crate::paper) words: Wording,
    /// Where it stands.
    pub(in crate::paper) at: Place,
}
