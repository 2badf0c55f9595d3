//! Fonts: what a code stands for and how far it advances. Source: ISO 32000-1 §9.6 to §9.10.
//!
//! Tables are read from the dictionaries; font programs are opened only where those say nothing.

mod composite;
mod names;
mod plain_map;
mod supply;
mod to_unicode;
mod widths;

#[cfg(feature = "wasm")]
pub use self::supply::was_missed;

use self::composite::Composite;
use self::names::Names;
use self::to_unicode::Mapped;
use self::widths::Widths;
use crate::pdf::filter::decode;
use crate::pdf::limits::{MAX_FONT_NAME, MAX_FONT_PROGRAM};
use hayro_cmap::BfString;
use hayro_font::{FontCache, FontGlyph};
use hayro_syntax::object::{Array, Dict, Name, Number, Stream};
use std::collections::HashMap;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// The kind of a font dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FontKind {
    /// Type 1, multiple master included.
    Type1,
    /// TrueType.
    TrueType,
    /// Composite, with a CID font.
    Type0,
    /// Glyphs drawn by content streams.
    Type3,
}

/// What one code of a string stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Code {
    /// Bytes taken from the string.
    pub length: usize,
    /// The code as written.
    pub code: u32,
    /// Advance in units of the font size.
    pub advance: f32,
    /// What it stands for: see [`Font::text`].
    pub text: u32,
}

/// A font of the document.
pub struct Font {
    /// The base font's name without the subset tag; empty where it has none.
    pub name: String,
    /// Its kind.
    pub kind: FontKind,
    /// Whether the program is in the file; always so for Type 3.
    pub embedded: bool,
    /// Whether a `ToUnicode` map came with it.
    pub has_to_unicode: bool,
    /// Height above the baseline, in units of the font size, from the descriptor, kept within reason.
    pub ascent: f32,
    /// Depth below the baseline, negative, in units of the font size.
    pub descent: f32,
    /// Whether its name or descriptor says it is bold.
    pub bold: bool,
    /// Whether its name or descriptor says it is italic.
    pub italic: bool,
    /// What the size in `Tf` is multiplied with to give the nominal size; 1 but for Type 3.
    pub em: f32,
    codes: Codes,
    strings: Strings,
    /// Texts of codes that are said to stand for another letter than their glyph is named after.
    renamed: Renamed,
}

enum Codes {
    Simple(Box<[(f32, u32); 256]>),
    Composite(Box<Composite>),
}

/// Nothing is known about what a code stands for.
pub(super) const UNKNOWN: u32 = 0xfffd;
/// A glyph that stands for nothing: an invisible plus, which nobody writes, so that it is told from a
/// zero-width space that somebody put there.
const NOTHING: u32 = 0x2064;
/// Set for a text that is longer than one character.
const IS_STRING: u32 = 0x8000_0000;
/// Advances and texts of the codes of a simple font.
type Table = Box<[(f32, u32); 256]>;

/// Letters that glyphs are named after, whose texts follow one another.
#[derive(Default)]
struct Renamed {
    /// The first text.
    first: u32,
    letters: Vec<char>,
}

/// So many letters of a font stand for others before it is told: fewer are slips of the program that wrote it.
const RENAMED_LETTERS: usize = 5;
/// What opening a font program counts for, in bytes: the size of a usual one.
const PROGRAM_COST: usize = 64 << 10;
/// Ascents and descents outside these say nothing about a text face. Chosen.
const ASCENTS: std::ops::RangeInclusive<f32> = 0.4..=1.1;
const DESCENTS: std::ops::RangeInclusive<f32> = -0.45..=-0.05;
/// Times' own, the face that papers are mostly set in. Source: NimbusRomNo9L-Regu's descriptor.
const USUAL_ASCENT: f32 = 0.678;
const USUAL_DESCENT: f32 = -0.216;

/// Texts that are longer than one character.
#[derive(Default)]
struct Strings(Vec<Box<str>>);

impl Strings {
    fn intern(&mut self, text: &str) -> u32 {
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => c as u32,
            (None, _) => NOTHING,
            _ => self.keep(text.to_owned()),
        }
    }

    fn intern_mapped(&mut self, text: &BfString) -> u32 {
        match text {
            BfString::Char(c) => *c as u32,
            BfString::String(s) => self.intern(s),
        }
    }

    fn keep(&mut self, text: String) -> u32 {
        self.0.push(text.into());
        IS_STRING | (self.0.len() - 1) as u32
    }
}

/// What the texts of one reading of a font are called in another reading of it.
pub(super) enum Translation {
    /// As in this one.
    Same,
    /// Strings by their numbers; single characters stay.
    Strings(Vec<u32>),
}

impl Translation {
    /// A text, as the other reading calls it.
    pub(super) fn of(&self, text: u32) -> u32 {
        match self {
            Self::Strings(strings) if text & IS_STRING != 0 => {
                strings.get((text & !IS_STRING) as usize).copied().unwrap_or(UNKNOWN)
            }
            _ => text,
        }
    }
}

#[cfg(test)]
impl Font {
    /// A font of which no more is known than its name.
    pub(crate) fn named(name: &str) -> Self {
        let (bold, italic) = (name.ends_with("Medi"), name.ends_with("Ital"));
        Self { name: name.to_owned(), bold, italic, ..Self::read(&Dict::default(), &mut 0) }
    }
}

/// The name of a base font without the tag of a subset. Source: ISO 32000-1 §9.6.4.
fn untagged(base: &str) -> String {
    let name = base.split_once('+').filter(|(tag, _)| tag.len() == 6).map_or(base, |(_, name)| name);
    name.chars().take(MAX_FONT_NAME).collect()
}

impl Font {
    /// Reads a font dictionary; a code that nothing is known about stands for U+FFFD.
    ///
    /// The bytes of its maps and programs are added to `spent`.
    pub fn read(dict: &Dict<'_>, spent: &mut usize) -> Self {
        let kind = match name_of(dict, "Subtype").as_str() {
            "Type0" => FontKind::Type0,
            "Type3" => FontKind::Type3,
            "TrueType" | "OpenType" => FontKind::TrueType,
            _ => FontKind::Type1,
        };
        let described = match kind {
            FontKind::Type0 => descendant(dict).unwrap_or_default(),
            _ => dict.clone(),
        };
        let descriptor = described.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
        let base = name_of(dict, "BaseFont");
        let flags = descriptor.get::<i32>("Flags").unwrap_or(0);
        let metric = |key: &str, range: std::ops::RangeInclusive<f32>, usual: f32| {
            descriptor
                .get::<Number>(key)
                .map(|n| n.as_f32() / 1000.0)
                .filter(|v| range.contains(v))
                .unwrap_or(usual)
        };
        let name = untagged(&base);
        let lower = name.to_lowercase();
        let program = ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| descriptor.contains_key(key));
        let mut font = Self {
            kind,
            embedded: kind == FontKind::Type3 || program,
            has_to_unicode: dict.contains_key("ToUnicode"),
            ascent: metric("Ascent", ASCENTS, USUAL_ASCENT),
            descent: metric("Descent", DESCENTS, USUAL_DESCENT),
            bold: ["bold", "medi", "black", "heavy", "cmbx", "sfbx", "demi"]
                .iter()
                .any(|w| lower.contains(w))
                || flags & (1 << 18) != 0,
            italic: ["ital", "obli", "cmti", "sfti"].iter().any(|w| lower.contains(w))
                || flags & (1 << 6) != 0,
            em: 1.0,
            name,
            codes: Codes::Simple(Box::new([(0.0, UNKNOWN); 256])),
            strings: Strings::default(),
            renamed: Renamed::default(),
        };
        font.codes = match kind {
            FontKind::Type0 => Codes::Composite(Box::new(Composite::read(dict, &described, spent))),
            _ => {
                let (table, renamed) = font.simple(dict, &descriptor, spent);
                font.renamed = renamed;
                Codes::Simple(table)
            }
        };
        if kind == FontKind::Type3 {
            font.em = font.type3_em(dict);
        }
        font
    }

    /// Learns the strings of another reading of the same font, and tells what they are called here.
    ///
    /// Simple fonts are read whole, so that two readings call all strings the same.
    pub(super) fn translation(&mut self, other: &Self) -> Translation {
        if matches!(self.codes, Codes::Simple(_)) {
            return Translation::Same;
        }
        let numbered = |at: usize| IS_STRING | at as u32;
        let strings = &mut self.strings;
        let mut known: HashMap<&str, u32> = HashMap::new();
        let mut learnt = Vec::new();
        for (at, text) in strings.0.iter().enumerate() {
            known.insert(text, numbered(at));
        }
        let names = other.strings.0.iter().map(|text| {
            let next = numbered(strings.0.len() + learnt.len());
            *known.entry(text).or_insert_with(|| {
                learnt.push(text.clone());
                next
            })
        });
        let names = names.collect();
        strings.0.append(&mut learnt);
        Translation::Strings(names)
    }

    /// What a glyph's text is: one character, or several for a ligature.
    #[inline]
    pub fn text(&self, text: u32, out: &mut String) {
        if text & IS_STRING == 0 {
            out.push(char::from_u32(text).unwrap_or(char::REPLACEMENT_CHARACTER));
        } else if let Some(string) = self.strings.0.get((text & !IS_STRING) as usize) {
            out.push_str(string);
        }
    }

    /// The letter that a glyph is named after, where its text says it stands for another one.
    ///
    /// Only told of fonts most of whose letters do so: see `RENAMED_LETTERS`. Nothing is known of CID fonts.
    pub fn painted_letter(&self, text: u32) -> Option<char> {
        self.renamed.letters.get(text.wrapping_sub(self.renamed.first) as usize).copied()
    }

    /// Whether some of its texts are other letters than the glyphs are named after.
    pub fn is_renamed(&self) -> bool {
        !self.renamed.letters.is_empty()
    }

    /// Whether one of its texts of several characters has a character of this kind.
    pub fn has_string_with(&self, is_kind: impl Fn(char) -> bool) -> bool {
        self.strings.0.iter().any(|s| s.chars().any(&is_kind))
    }

    /// Whether it is written from top to bottom.
    pub fn is_vertical(&self) -> bool {
        matches!(&self.codes, Codes::Composite(c) if c.vertical)
    }

    /// The first code of a string that is not empty.
    #[inline]
    pub fn code(&mut self, string: &[u8]) -> Code {
        match &mut self.codes {
            Codes::Simple(table) => {
                let (advance, text) = table[usize::from(string[0])];
                Code { length: 1, code: u32::from(string[0]), advance, text }
            }
            Codes::Composite(composite) => composite.code(string, &mut self.strings),
        }
    }

    fn simple(&mut self, dict: &Dict<'_>, descriptor: &Dict<'_>, spent: &mut usize) -> (Table, Renamed) {
        let mut table = Box::new([(0.0, UNKNOWN); 256]);
        let mapped = Mapped::read(dict, spent);
        let widths = Widths::read(dict);
        let used = widths.codes_used();
        let names = Names::read(dict, descriptor, self.kind, &used, mapped.as_ref());
        for &code in &used {
            if let Some(text) = mapped.as_ref().and_then(|mapped| mapped.get(code)) {
                table[usize::from(code)].1 = self.strings.intern_mapped(text);
            } else if let Some(text) = names.text(code) {
                table[usize::from(code)].1 = self.strings.intern(&text);
            }
        }
        if let Some(mapped) = &mapped {
            // Codes without a width stand for what nobody sees, but may say something.
            for code in (0..=u8::MAX).filter(|c| used.binary_search(c).is_err()) {
                if let Some(text) = mapped.get(code) {
                    table[usize::from(code)].1 = self.strings.intern_mapped(text);
                }
            }
        }
        let needs_program = names.needs_program;
        let renamed = match &mapped {
            Some(mapped) if self.kind != FontKind::Type3 => {
                self.renamed_letters(mapped, names, descriptor, &used, &mut table)
            }
            _ => Renamed::default(),
        };
        let unit = if self.kind == FontKind::Type3 { type3_unit(dict).0 } else { 1.0 / 1000.0 };
        let has_widths = widths.give(descriptor, unit, &mut table);
        let is_asked = (!has_widths || needs_program) && self.kind != FontKind::Type3;
        if is_asked && is_safe_for_library(dict, descriptor, spent) {
            // Opening a program costs about as much as reading a map of this size.
            *spent += PROGRAM_COST;
            self.ask_program(dict, !has_widths, needs_program, &mut table);
        }
        (table, renamed)
    }

    /// Gives codes that stand for another letter than their glyph is named after a text of their own.
    fn renamed_letters(
        &mut self,
        mapped: &Mapped,
        names: Names,
        descriptor: &Dict<'_>,
        used: &[u8],
        table: &mut Table,
    ) -> Renamed {
        let letter = |&code: &u8| Some((code, only_letter_mapped(mapped.get(code)?)?));
        let letters: Vec<(u8, char)> = used.iter().filter_map(letter).collect();
        // To learn the names of glyphs takes longer than all the rest of a font; few letters ask for none.
        if letters.len() < RENAMED_LETTERS {
            return Renamed::default();
        }
        let names = names.completed(descriptor, letters.iter().map(|(code, _)| *code));
        let other_letter = |(code, mapped): (u8, char)| {
            let painted = only_letter(&names.text(code)?)?;
            (!is_same_letter(mapped, painted)).then_some((code, mapped, painted))
        };
        let found: Vec<(u8, char, char)> = letters.into_iter().filter_map(other_letter).collect();
        if found.len() < RENAMED_LETTERS {
            return Renamed::default();
        }
        let first = IS_STRING | self.strings.0.len() as u32;
        let letters = found.into_iter().map(|(code, mapped, painted)| {
            table[usize::from(code)].1 = self.strings.keep(mapped.to_string());
            painted
        });
        Renamed { first, letters: letters.collect() }
    }

    /// Opens the font program, or the metrics of a standard font; [`is_safe_for_library`] comes first.
    fn ask_program(&mut self, dict: &Dict<'_>, widths: bool, texts: bool, table: &mut [(f32, u32); 256]) {
        let resolver: hayro_font::FontResolverFn = Arc::new(supply::font);
        let cmaps: hayro_font::CMapResolverFn = Arc::new(supply::cmap);
        let Some(program) = FontCache::new().font(dict, &resolver, &cmaps) else { return };
        for (code, entry) in table.iter_mut().enumerate() {
            let code = code as u32;
            if widths {
                entry.0 = program.code_advance(code).x as f32 / 1000.0;
            }
            if texts
                && entry.1 == UNKNOWN
                && let FontGlyph::Outline(glyph) = program.glyph(program.map_code(code), code)
                && let Some(text) = glyph.as_unicode()
            {
                entry.1 = match text {
                    BfString::Char(c) => c as u32,
                    BfString::String(s) => self.strings.intern(&s),
                };
            }
        }
    }

    /// The nominal size of a Type 3 font whose size is 1, from the advances of its letters.
    ///
    /// Bitmap fonts hide their size in the font matrix. Common lower-case letters advance 0.46 of the size
    /// on average, digits 0.5, in Computer Modern as in Times.
    fn type3_em(&self, dict: &Dict<'_>) -> f32 {
        let Codes::Simple(table) = &self.codes else { return 1.0 };
        let mean = |letters: &str| {
            let widths: Vec<f32> = table
                .iter()
                .filter(|(w, t)| *w > 0.0 && char::from_u32(*t).is_some_and(|c| letters.contains(c)))
                .map(|(w, _)| *w)
                .collect();
            (!widths.is_empty()).then(|| widths.iter().sum::<f32>() / widths.len() as f32)
        };
        let (_, height) = type3_unit(dict);
        mean("aenorst")
            .map(|w| w / 0.46)
            .or_else(|| mean("0123456789").map(|w| w / 0.5))
            .unwrap_or(height * 1000.0)
            .clamp(1e-4, 1e4)
    }
}

fn only_letter_mapped(text: &BfString) -> Option<char> {
    match text {
        BfString::Char(c) => only_letter(c.encode_utf8(&mut [0; 4])),
        BfString::String(s) => only_letter(s),
    }
}

fn only_letter(text: &str) -> Option<char> {
    if let [byte] = text.as_bytes() {
        return Some(char::from(*byte)).filter(char::is_ascii_alphabetic);
    }
    // The tables of Unicode are asked for what may be a letter; dashes, quotes, arrows and operators are none.
    if text.is_ascii() || text.starts_with(|c| matches!(c, '\u{2010}'..='\u{2044}' | '\u{2190}'..='\u{22ff}'))
    {
        return None;
    }
    let mut letters = text.nfkc();
    let letter = letters.next().filter(|c| c.is_alphabetic())?;
    letters.next().is_none().then_some(letter)
}

/// Whether two letters look alike to a reader: case, and accents that some programs leave out, do not count.
fn is_same_letter(a: char, b: char) -> bool {
    let base = |c: char| c.nfd().next().unwrap_or(c).to_lowercase().next().unwrap_or(c);
    let alike = |c: char| match base(c) {
        'ı' => 'i',
        'ȷ' => 'j',
        'µ' => 'μ',
        other => other,
    };
    a == b || alike(a) == alike(b)
}

/// The library trusts what these say, and loops or allocates accordingly.
fn is_safe_for_library(dict: &Dict<'_>, descriptor: &Dict<'_>, spent: &mut usize) -> bool {
    let code = |key: &str, default: i64| dict.get::<Number>(key).map_or(default, |n| n.as_i64());
    let (first, last) = (code("FirstChar", 0), code("LastChar", 255));
    let program =
        ["FontFile", "FontFile2", "FontFile3"].iter().find_map(|key| descriptor.get::<Stream<'_>>(key));
    0 <= first
        && first <= last
        && last <= 255
        && dict.get::<Array<'_>>("Widths").is_none_or(|w| w.raw_iter().take(257).count() <= 256)
        && program.is_none_or(|p| decode(&p, MAX_FONT_PROGRAM, spent).is_ok())
}

/// Width and height of a unit of glyph space in text space. Source: ISO 32000-1 §9.6.5, `/FontMatrix`.
fn type3_unit(dict: &Dict<'_>) -> (f32, f32) {
    let matrix: Vec<f32> = dict
        .get::<Array<'_>>("FontMatrix")
        .map(|m| m.iter::<Number>().take(6).map(|n| n.as_f32()).collect())
        .unwrap_or_default();
    match matrix[..] {
        [a, _, _, d, _, _] if a != 0.0 && d != 0.0 => (a, d.abs()),
        _ => (0.001, 0.001),
    }
}

fn descendant<'a>(dict: &Dict<'a>) -> Option<Dict<'a>> {
    dict.get::<Array<'a>>("DescendantFonts")?.iter::<Dict<'a>>().next()
}

fn name_of(dict: &Dict<'_>, key: &str) -> String {
    dict.get::<Name<'_>>(key).map(|n| String::from_utf8_lossy(&n).into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_without_its_tag_and_never_a_wall() {
        assert_eq!(untagged("ABCDEF+Own-Bold"), "Own-Bold");
        assert_eq!(untagged("Own+Bold"), "Own+Bold");
        assert_eq!(untagged(&"a".repeat(2_000_000)).len(), MAX_FONT_NAME);
    }
}
