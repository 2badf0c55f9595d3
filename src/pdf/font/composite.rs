//! Composite fonts: codes of several bytes, CIDs and their widths. Source: ISO 32000-1 §9.7.

use super::to_unicode::{bf_text, to_unicode};
use super::widths::numbers;
use super::{Code, Strings, UNKNOWN, supply};
use crate::pdf::filter::decode;
use crate::pdf::limits::{MAX_CID_WIDTHS, MAX_CMAP, MAX_USED_CMAPS};
use hayro_cmap::{CMap, CMapName, CidFamily, WritingMode};
use hayro_syntax::object::{Array, Dict, Number, Object, String as PdfString};
use std::collections::HashMap;

/// What reading a predefined map counts for, in bytes: the size of a large one, unpacked.
const PREDEFINED_COST: usize = 1 << 20;

/// The tables of a composite font.
pub(super) struct Composite {
    /// `None`: two bytes a code, and the code is the CID.
    cmap: Option<CMap>,
    pub(super) vertical: bool,
    widths: HashMap<u32, f32>,
    default_width: f32,
    to_unicode: Option<CMap>,
    collection: Option<CMap>,
    seen: HashMap<u32, Code>,
    /// Those that were asked for last, by the end of their keys: a text has some sixty letters.
    recent: Box<[Option<(u32, Code)>; RECENT]>,
}

/// A power of two.
const RECENT: usize = 64;

impl Composite {
    pub(super) fn read(dict: &Dict<'_>, cid_font: &Dict<'_>, spent: &mut usize) -> Self {
        let (cmap, vertical) = encoding_cmap(dict, spent);
        if cmap.is_some() {
            *spent += PREDEFINED_COST;
        }
        let mut composite = Self {
            cmap,
            vertical,
            widths: HashMap::new(),
            default_width: cid_font.get::<Number>("DW").map_or(1.0, |n| n.as_f32() / 1000.0),
            to_unicode: to_unicode(dict, spent),
            collection: collection_cmap(cid_font, spent),
            seen: HashMap::new(),
            recent: Box::new([None; RECENT]),
        };
        if let Some(widths) = cid_font.get::<Array<'_>>("W") {
            composite.read_widths(&widths);
        }
        composite
    }

    /// `c [w1 w2 ...]` or `first last w`. Source: ISO 32000-1 §9.7.4.3.
    pub(super) fn read_widths(&mut self, widths: &Array<'_>) {
        let mut pending: Vec<f64> = Vec::new();
        // Widths that are set again count again: many ranges may be one and the same.
        let mut left = MAX_CID_WIDTHS;
        for object in widths.iter::<Object<'_>>().take(MAX_CID_WIDTHS) {
            if left == 0 {
                break;
            }
            match object {
                Object::Number(n) => pending.push(n.as_f64()),
                Object::Array(list) => {
                    let Some(first) = pending.pop() else { continue };
                    for (i, width) in numbers(&list, left.min(0x1_0000)).into_iter().enumerate() {
                        left -= 1;
                        self.widths.insert((first as u32).saturating_add(i as u32), width / 1000.0);
                    }
                    pending.clear();
                }
                _ => pending.clear(),
            }
            if let [first, last, width] = pending[..] {
                let (first, last) = (first.clamp(0.0, 65535.0) as u32, last.clamp(0.0, 65535.0) as u32);
                let count = (last + 1).saturating_sub(first) as usize;
                if count <= left {
                    left -= count;
                    self.widths.extend((first..=last).map(|cid| (cid, width as f32 / 1000.0)));
                }
                pending.clear();
            }
        }
    }

    pub(super) fn code(&mut self, string: &[u8], strings: &mut Strings) -> Code {
        let (code, length, cid) = self.cid(string);
        let key = code | (length as u32) << 29;
        let slot = key as usize % RECENT;
        match self.recent[slot] {
            Some((known, code)) if known == key => code,
            _ => {
                let read = self.read_code((code, length, cid), key, strings);
                self.recent[slot] = Some((key, read));
                read
            }
        }
    }

    fn read_code(&mut self, (code, length, cid): (u32, usize, u32), key: u32, strings: &mut Strings) -> Code {
        if let Some(seen) = self.seen.get(&key) {
            return *seen;
        }
        let advance = self.widths.get(&cid).copied().unwrap_or(self.default_width);
        let text = self
            .to_unicode
            .as_ref()
            .and_then(|map| bf_text(map, code))
            .or_else(|| self.collection.as_ref().and_then(|map| bf_text(map, cid)))
            .map_or(UNKNOWN, |text| strings.intern_mapped(&text));
        let read = Code { length, code, advance, text };
        self.seen.insert(key, read);
        read
    }

    pub(super) fn cid(&self, string: &[u8]) -> (u32, usize, u32) {
        let number = |n: usize| string[..n].iter().fold(0_u32, |v, &b| v << 8 | u32::from(b));
        let two = string.len().min(2);
        let Some(cmap) = &self.cmap else { return (number(two), two, number(two)) };
        (1..=string.len().min(4))
            .find_map(|n| cmap.lookup_cid_code(number(n), n as u8).map(|cid| (number(n), n, cid)))
            .unwrap_or((number(two), two, 0))
    }
}

pub(super) fn encoding_cmap(dict: &Dict<'_>, spent: &mut usize) -> (Option<CMap>, bool) {
    let cmap = match dict.get::<Object<'_>>("Encoding") {
        Some(Object::Name(name)) => match name.as_str() {
            "Identity-H" => return (None, false),
            "Identity-V" => return (None, true),
            _ => supply::cmap(CMapName::from_bytes(&name)).and_then(|data| CMap::parse(data, supply::cmap)),
        },
        Some(Object::Stream(stream)) => decode(&stream, MAX_CMAP, spent).ok().and_then(|d| parsed(&d.data)),
        _ => None,
    };
    let vertical = cmap.as_ref().is_some_and(|c| c.metadata().writing_mode == Some(WritingMode::Vertical));
    (cmap, vertical)
}

/// A map of the file's own; `None` where it is broken or asks for more maps than any does.
pub(super) fn parsed(map: &[u8]) -> Option<CMap> {
    let asks = memchr::memmem::find_iter(map, b"usecmap").take(MAX_USED_CMAPS + 1).count();
    (asks <= MAX_USED_CMAPS).then(|| CMap::parse(map, supply::cmap))?
}

pub(super) fn collection_cmap(cid_font: &Dict<'_>, spent: &mut usize) -> Option<CMap> {
    let info = cid_font.get::<Dict<'_>>("CIDSystemInfo")?;
    let text = |key: &str| info.get::<PdfString<'_>>(key).map(|s| s.to_vec());
    let family = CidFamily::from_registry_ordering(&text("Registry")?, &text("Ordering")?);
    let map = supply::cmap(family.ucs2_cmap()?)?;
    *spent += PREDEFINED_COST;
    CMap::parse(map, supply::cmap)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_that_share_a_slot_are_told_apart() {
        let mut composite = Composite::read(&Dict::default(), &Dict::default(), &mut 0);
        let mut strings = Strings::default();
        for code in [0x41, 0x41 + RECENT as u8, 0x41] {
            assert_eq!(composite.code(&[0, code], &mut strings).code, u32::from(code));
        }
    }
}
