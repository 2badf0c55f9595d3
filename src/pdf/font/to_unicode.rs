//! What a file says that codes stand for: `/ToUnicode`. Source: ISO 32000-1 §9.10.3.

use super::composite;
use super::plain_map::plain_map;
use crate::pdf::filter::decode;
use crate::pdf::limits::{MAX_CMAP, MAX_FONT_BYTES};
use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Dict, Stream};

/// The map of a font; `None` where it has none that can be read. Its bytes are added to `spent`.
pub(super) fn to_unicode(dict: &Dict<'_>, spent: &mut usize) -> Option<CMap> {
    let stream = dict.get::<Stream<'_>>("ToUnicode")?;
    let map = decode(&stream, MAX_CMAP, spent).ok()?.data;
    composite::parsed(&map)
}

/// What a map says about a code; nothing where it says a control character or "unknown".
pub(super) fn bf_text(map: &CMap, code: u32) -> Option<BfString> {
    map.lookup_bf_string(code).filter(says_something)
}

fn says_something(text: &BfString) -> bool {
    let says_nothing = |c: char| c.is_control() && !c.is_whitespace() || c == char::REPLACEMENT_CHARACTER;
    match text {
        BfString::Char(c) => !says_nothing(*c),
        BfString::String(s) => !s.chars().any(says_nothing),
    }
}

/// What a map says about each code of one byte: asked once, for one answer takes a search and an allocation.
pub(super) struct Mapped(Vec<Option<BfString>>);

impl Mapped {
    /// The map of a simple font; `None` where it has none that can be read. Its bytes are added to `spent`.
    pub(super) fn read(dict: &Dict<'_>, spent: &mut usize) -> Option<Self> {
        let stream = dict.get::<Stream<'_>>("ToUnicode")?;
        let map = decode(&stream, MAX_CMAP, spent).ok()?.data;
        match plain_map(&map, MAX_CMAP) {
            Some(texts) => Some(Self(texts.into_iter().map(|text| text.filter(says_something)).collect())),
            None => composite::parsed(&map).map(|map| Self::of(&map, spent)),
        }
    }

    /// Asks for every code. A range of codes may be mapped to one long text, which each of them holds: where these
    /// grow beyond what a map may have, `spent` grows beyond what all fonts may, so that the page says so.
    fn of(map: &CMap, spent: &mut usize) -> Self {
        let (mut texts, mut held) = (Vec::with_capacity(256), 0);
        for code in 0..=u32::from(u8::MAX) {
            let text = bf_text(map, code);
            if let Some(BfString::String(text)) = &text {
                held += text.len();
            }
            texts.push(text);
            if held > MAX_CMAP {
                *spent = spent.saturating_add(MAX_FONT_BYTES + 1);
                break;
            }
        }
        Self(texts)
    }

    pub(super) fn get(&self, code: u8) -> Option<&BfString> {
        self.0.get(usize::from(code))?.as_ref()
    }
}
