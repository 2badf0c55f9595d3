//! HIDE: words hidden from the reader, and instructions to machines that read for one.

mod hidden_text_macro;
mod instruction_in_file;

pub use hidden_text_macro::HIDDEN_TEXT_MACRO;
pub use instruction_in_file::INSTRUCTION_IN_FILE;
