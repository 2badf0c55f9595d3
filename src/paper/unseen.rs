//! What a file holds and no reader sees, gathered while the pages are laid out.

use super::Seen;
use super::hidden::{self, HiddenReading, ReplacedText};
use super::instruction::{self, Instruction};
use super::unshown::Unshown;
use crate::pdf::Document;
use crate::place::FileId;

/// What a file holds and no reader sees.
pub(super) struct Unseen {
    pub hidden: HiddenReading,
    pub replaced: Vec<ReplacedText>,
    pub invisible: Vec<Seen>,
    pub instructions: Vec<Instruction>,
}

impl Unseen {
    pub(super) fn of(document: &Document, unshown: &Unshown, file: FileId) -> Self {
        let strings = instruction::unshown_strings(unshown, document, file);
        Self {
            hidden: hidden::hidden_text(document, file),
            replaced: hidden::replaced_text(document, file),
            invisible: hidden::invisible_characters(document, file),
            instructions: instruction::unshown_instructions(&strings),
        }
    }
}
