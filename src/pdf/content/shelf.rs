//! Fonts that are read once for both readers of a document.

use super::FontKey;
use crate::pdf::font::Font;
use hayro_syntax::object::Dict;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A font as its file has it, and the bytes that reading it cost.
type Slot = Arc<OnceLock<(Font, usize)>>;

/// Fonts by where their dictionaries lie. Whoever comes first reads a font; whoever comes meanwhile waits for it.
#[derive(Default)]
pub(super) struct FontShelf(Mutex<BTreeMap<FontKey, Slot>>);

impl FontShelf {
    /// A font, and the bytes that reading it cost, to whomever.
    pub(super) fn font(&self, key: FontKey, dict: &Dict<'_>) -> (Font, usize) {
        let slot = self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default().clone();
        slot.get_or_init(|| read(dict)).clone()
    }
}

/// Reads a font; what that cost, in bytes.
pub(super) fn read(dict: &Dict<'_>) -> (Font, usize) {
    let mut cost = 0;
    let font = Font::read(dict, &mut cost);
    (font, cost)
}
