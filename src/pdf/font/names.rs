//! Names and encodings of simple fonts. Source: ISO 32000-1 §9.6.6.

use super::to_unicode::Mapped;
use super::{FontKind, name_of};
use crate::pdf::encoding::{BaseEncoding, code_in_name, glyph_text};
use crate::pdf::filter::decode_head;
use hayro_syntax::object::{Array, Dict, Object, Stream};
use memchr::memmem;
use std::collections::BTreeMap;

/// Names and encodings of a simple font.
pub(super) struct Names {
    base: Option<BaseEncoding>,
    differences: BTreeMap<u8, String>,
    /// The names of a bitmap font are codes.
    coded: Option<bool>,
    /// The dictionaries say nothing, so the program must.
    pub(super) needs_program: bool,
}

impl Names {
    pub(super) fn read(
        dict: &Dict<'_>,
        descriptor: &Dict<'_>,
        kind: FontKind,
        used: &[u8],
        mapped: Option<&Mapped>,
    ) -> Self {
        let mut names = Self { base: None, differences: BTreeMap::new(), coded: None, needs_program: false };
        let symbolic = descriptor.get::<i32>("Flags").unwrap_or(0) & 4 != 0;
        let embedded = ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| descriptor.contains_key(key));
        match dict.get::<Object<'_>>("Encoding") {
            Some(Object::Name(name)) => names.base = BaseEncoding::named(name.as_str()),
            Some(Object::Dict(encoding)) => {
                names.base = BaseEncoding::named(&name_of(&encoding, "BaseEncoding"));
                names.differences = differences(&encoding);
            }
            _ => {}
        }
        let base_font = name_of(dict, "BaseFont");
        if names.base.is_none() {
            if base_font.ends_with("Symbol") && !embedded {
                names.base = Some(BaseEncoding::Symbol);
            } else if base_font.ends_with("ZapfDingbats") && !embedded {
                names.base = Some(BaseEncoding::ZapfDingbats);
            } else if kind == FontKind::Type1 && embedded {
                let is_known = |&code: &u8| {
                    names.differences.contains_key(&code)
                        || mapped.is_some_and(|mapped| mapped.get(code).is_some())
                };
                if !used.iter().all(is_known) {
                    names.built_in(descriptor);
                }
            } else if kind != FontKind::Type3 && !symbolic {
                names.base = Some(BaseEncoding::Standard);
            }
        }
        names.needs_program |=
            kind == FontKind::TrueType && embedded && symbolic && !dict.contains_key("ToUnicode");
        if kind == FontKind::Type3 {
            names.coded = coded_names(&names.differences);
        }
        names
    }

    /// The encoding written in clear text at the head of a Type 1 program. Source: Adobe Type 1 Font Format §2.3.
    pub(super) fn built_in(&mut self, descriptor: &Dict<'_>) {
        let Some(program) = descriptor.get::<Stream<'_>>("FontFile") else {
            self.needs_program = true;
            return;
        };
        let read = |most| {
            let head = decode_head(&program, most);
            let end = memmem::find(&head, b"eexec");
            (head, end)
        };
        // How long the clear text is, the stream should say.
        let said = program.dict().get::<u32>("Length1").map_or(SHORT_HEAD, |length| length as usize);
        let short = said.clamp(SHORTEST_HEAD, TYPE1_HEAD);
        let (head, end) = match read(short) {
            (head, None) if short < TYPE1_HEAD && head.len() >= short => read(TYPE1_HEAD),
            short => short,
        };
        let head = &head[..end.unwrap_or(head.len())];
        if memmem::find(head, b"/Encoding StandardEncoding").is_some() {
            self.base = Some(BaseEncoding::Standard);
        }
        for (code, name) in memmem::find_iter(head, b"dup").filter_map(|at| entry_at(head, at)) {
            self.differences.entry(code).or_insert(name);
        }
        self.needs_program = self.differences.is_empty() && self.base.is_none();
    }

    /// These names and, where some of the codes have none, those of the own encoding of an embedded Type 1 program.
    pub(super) fn completed(mut self, descriptor: &Dict<'_>, mut codes: impl Iterator<Item = u8>) -> Self {
        let is_named = |code: u8| self.differences.contains_key(&code);
        if self.base.is_none() && !codes.all(is_named) && descriptor.contains_key("FontFile") {
            self.built_in(descriptor);
        }
        self
    }

    pub(super) fn text(&self, code: u8) -> Option<String> {
        let Some(name) = self.differences.get(&code) else {
            return self.base.and_then(|b| b.char(code)).map(String::from);
        };
        match self.coded {
            Some(hexadecimal) => code_in_name(name, hexadecimal).and_then(char::from_u32).map(String::from),
            None => glyph_text(name),
        }
    }
}

/// An entry of an encoding at a `dup`: `dup 65 /A put`.
fn entry_at(head: &[u8], at: usize) -> Option<(u8, String)> {
    if at > 0 && !head[at - 1].is_ascii_whitespace() {
        return None;
    }
    let mut words = head[at..].split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let (Some(b"dup"), code, name, Some(b"put")) = (words.next(), words.next()?, words.next()?, words.next())
    else {
        return None;
    };
    let code = std::str::from_utf8(code).ok()?.parse().ok()?;
    Some((code, String::from_utf8_lossy(name.strip_prefix(b"/")?).into_owned()))
}

/// The least that is read of a program, whatever its stream says of its clear text.
const SHORTEST_HEAD: usize = 1 << 10;
/// Enough for the clear text of most Type 1 programs: those of subsets name some dozens of glyphs.
const SHORT_HEAD: usize = 3 << 10;
/// Enough for the clear text of a Type 1 program: 256 entries of 30 bytes.
const TYPE1_HEAD: usize = 8 << 10;

/// Whether most names of a Type 3 font are codes, and if so whether they count in hexadecimal.
pub(super) fn coded_names(differences: &BTreeMap<u8, String>) -> Option<bool> {
    let names = || differences.values().filter(|n| *n != ".notdef");
    let known = names().filter(|n| n.len() > 1 && glyph_text(n).is_some()).count();
    let decimal = names().filter(|n| code_in_name(n, false).is_some()).count();
    let hexadecimal = names().filter(|n| n.len() == 3 && code_in_name(n, true).is_some()).count();
    if known * 2 > names().count() || names().count() == 0 {
        None
    } else if decimal == names().count() {
        Some(false)
    } else if hexadecimal == names().count() {
        Some(true)
    } else {
        None
    }
}

pub(super) fn differences(encoding: &Dict<'_>) -> BTreeMap<u8, String> {
    let mut names = BTreeMap::new();
    let mut code = 0_i64;
    let Some(array) = encoding.get::<Array<'_>>("Differences") else { return names };
    for object in array.iter::<Object<'_>>().take(2 * 256) {
        match object {
            Object::Number(n) => code = n.as_i64(),
            Object::Name(name) => {
                if let Ok(code) = u8::try_from(code) {
                    names.insert(code, name.as_str().to_owned());
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_an_encoding_are_told_from_other_words() {
        let named = |code, name: &str| Some((code, name.to_owned()));
        assert_eq!(entry_at(b"dup 65 /A put", 0), named(65, "A"));
        assert_eq!(entry_at(b"for\ndup 7\r\n/seven  put\n", 4), named(7, "seven"));
        for (head, at) in [
            (&b"sdup 65 /A put"[..], 1),
            (b"dup 256 /A put", 0),
            (b"dup 65 A put", 0),
            (b"dup 65 /A", 0),
            (b"dup begin", 0),
        ] {
            assert_eq!(entry_at(head, at), None, "{}", head.escape_ascii());
        }
    }
}
