//! How much work a file has asked for, held against what any paper asks for.
//!
//! Files within a file, and its earlier revisions, go on where the file itself left off: a thousand of them together
//! may ask for no more than one.

use super::limits::{
    MAX_CONTENT_RUN, MAX_DECODED, MAX_FONT_BYTES, MAX_FORMS, MAX_GLYPHS, MAX_LOOKED_UP, MAX_OPERATORS,
    MAX_TRACE_BYTES, MAX_WORDS,
};
use hayro_syntax::object::Dict;

/// What a file has asked for so far.
#[derive(Debug, Clone, Copy, Default)]
pub struct Effort {
    pub(super) pages: PageEffort,
    pub(super) traces: TraceEffort,
}

/// What its pages have asked for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct PageEffort {
    /// Content operators that were run.
    pub(super) operators: u64,
    /// Glyphs that were placed.
    pub(super) glyphs: u64,
    /// Forms that were run.
    pub(super) invocations: u64,
    /// Annotations whose appearance was asked for.
    pub(super) annotations: usize,
    /// Bytes of content that were run, each time they were.
    pub(super) content_run: usize,
    /// Bytes of maps and programs of fonts.
    pub(super) font_bytes: usize,
    /// Bytes that filters of content have given.
    pub(super) decoded: usize,
    /// Bytes of dictionaries that content referred to, each time it did.
    pub(super) looked_up: usize,
    /// Bytes of words that content says its glyphs stand for.
    pub(super) words: usize,
}

impl PageEffort {
    /// Whether the file asked for more work than any paper does.
    pub(super) fn is_spent(&self) -> bool {
        self.content_run > MAX_CONTENT_RUN
            || self.operators > MAX_OPERATORS
            || self.glyphs > MAX_GLYPHS
            || self.invocations > MAX_FORMS
            || self.font_bytes > MAX_FONT_BYTES
            || self.decoded > MAX_DECODED
            || self.looked_up > MAX_LOOKED_UP
            || self.words > MAX_WORDS
    }

    /// Both together.
    pub(super) const fn and(&self, other: &Self) -> Self {
        Self {
            operators: self.operators.saturating_add(other.operators),
            glyphs: self.glyphs.saturating_add(other.glyphs),
            invocations: self.invocations.saturating_add(other.invocations),
            annotations: self.annotations.saturating_add(other.annotations),
            content_run: self.content_run.saturating_add(other.content_run),
            font_bytes: self.font_bytes.saturating_add(other.font_bytes),
            decoded: self.decoded.saturating_add(other.decoded),
            looked_up: self.looked_up.saturating_add(other.looked_up),
            words: self.words.saturating_add(other.words),
        }
    }

    /// Counts a dictionary that content refers to.
    pub(super) fn look_up(&mut self, dict: &Dict<'_>) {
        self.looked_up = self.looked_up.saturating_add(dict.data().len());
    }
}

/// What everything beside its pages has asked for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TraceEffort {
    /// Bytes of metadata that were decoded.
    pub(super) decoded: usize,
    /// Bytes of files within the file.
    pub(super) attached: usize,
    /// Bytes of words that were kept.
    pub(super) words: usize,
    /// Bytes of dictionaries that something referred to, each time it did.
    pub(super) looked_up: usize,
}

impl TraceEffort {
    /// Whether the file says more beside its pages than any paper does.
    pub(super) fn is_spent(&self) -> bool {
        self.decoded > MAX_TRACE_BYTES || self.words > MAX_WORDS || self.looked_up > MAX_LOOKED_UP
    }

    /// Counts a dictionary that something refers to.
    pub(super) fn look_up(&mut self, dict: &Dict<'_>) {
        self.looked_up = self.looked_up.saturating_add(dict.data().len());
    }

    /// Counts a text that is kept, and gives it back.
    pub(super) fn counted(&mut self, text: String) -> String {
        self.words = self.words.saturating_add(text.len());
        text
    }
}
