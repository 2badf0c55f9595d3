//! What a file says that codes stand for: `/ToUnicode`. Source: ISO 32000-1 §9.10.3.

use super::composite;
use crate::pdf::filter::decode;
use crate::pdf::limits::{MAX_CMAP, MAX_MAPPED_TEXT};
use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Dict, Stream};

/// The map of a font; `None` where it has none that can be read. Its bytes are added to `spent`.
pub(super) fn to_unicode(dict: &Dict<'_>, spent: &mut usize) -> Option<CMap> {
    let stream = dict.get::<Stream<'_>>("ToUnicode")?;
    let map = decode(&stream, MAX_CMAP, spent).ok()?.data;
    composite::parsed(&map)
}

/// What a map says about a code, its beginning where that is long; nothing where it says a control character or
/// "unknown".
pub(super) fn bf_text(map: &CMap, code: u32) -> Option<BfString> {
    let says_nothing = |c: char| c.is_control() && !c.is_whitespace() || c == char::REPLACEMENT_CHARACTER;
    match map.lookup_bf_string(code)? {
        BfString::Char(c) => (!says_nothing(c)).then_some(BfString::Char(c)),
        BfString::String(mut text) => {
            if let Some((end, _)) = text.char_indices().nth(MAX_MAPPED_TEXT) {
                text.truncate(end);
                text.shrink_to_fit();
            }
            (!text.chars().any(says_nothing)).then_some(BfString::String(text))
        }
    }
}

/// What a map says about each code of one byte: asked once, for one answer takes a search and an allocation.
pub(super) struct Mapped(Vec<Option<BfString>>);

impl Mapped {
    pub(super) fn of(map: &CMap) -> Self {
        Self((0..=u32::from(u8::MAX)).map(|code| bf_text(map, code)).collect())
    }

    pub(super) fn get(&self, code: u8) -> Option<&BfString> {
        self.0[usize::from(code)].as_ref()
    }
}
