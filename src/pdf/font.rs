//! Fonts: what a code stands for and how far it advances. Source: ISO 32000-1 §9.6 to §9.10.
//!
//! Tables are read from the dictionaries; font programs are opened only where those say nothing.

use super::encoding::{BaseEncoding, code_in_name, glyph_text};
use super::filter::{decode, decode_head};
use super::limits::{MAX_CID_WIDTHS, MAX_CMAP, MAX_FONT_PROGRAM};
use hayro_cmap::{BfString, CMap, CMapName, CidFamily, WritingMode, load_embedded};
use hayro_font::{FontCache, FontGlyph, FontQuery};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream, String as PdfString};
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

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
    strings: RefCell<Vec<Box<str>>>,
}

enum Codes {
    Simple(Box<[(f32, u32); 256]>),
    Composite(Box<Composite>),
}

struct Composite {
    /// `None`: two bytes a code, and the code is the CID.
    cmap: Option<CMap>,
    vertical: bool,
    widths: HashMap<u32, f32>,
    default_width: f32,
    to_unicode: Option<CMap>,
    collection: Option<CMap>,
    seen: RefCell<HashMap<u32, Code>>,
}

/// Nothing is known about what a code stands for.
pub(super) const UNKNOWN: u32 = 0xfffd;
/// Set for a text that is longer than one character.
const IS_STRING: u32 = 0x8000_0000;
/// Ascents and descents outside these say nothing. Source: descriptors seen, 0 to 32,767.
const ASCENTS: std::ops::RangeInclusive<f32> = 0.4..=1.1;
const DESCENTS: std::ops::RangeInclusive<f32> = -0.45..=-0.05;
/// Times' own, the face that papers are mostly set in. Source: NimbusRomNo9L-Regu's descriptor.
const USUAL_ASCENT: f32 = 0.678;
const USUAL_DESCENT: f32 = -0.216;

impl Font {
    /// Reads a font dictionary; whatever is missing or broken becomes [`UNKNOWN`].
    pub fn read(dict: &Dict<'_>) -> Self {
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
        let name = base
            .split_once('+')
            .filter(|(tag, _)| tag.len() == 6)
            .map_or(base.as_str(), |(_, n)| n)
            .to_owned();
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
            strings: RefCell::default(),
        };
        font.codes = match kind {
            FontKind::Type0 => Codes::Composite(Box::new(Composite::read(dict, &described))),
            _ => Codes::Simple(font.simple(dict, &descriptor)),
        };
        if kind == FontKind::Type3 {
            font.em = font.type3_em(dict);
        }
        font
    }

    /// What a glyph's text is: one character, or several for a ligature.
    #[inline]
    pub fn text(&self, text: u32, out: &mut String) {
        if text & IS_STRING == 0 {
            out.push(char::from_u32(text).unwrap_or(char::REPLACEMENT_CHARACTER));
        } else if let Some(string) = self.strings.borrow().get((text & !IS_STRING) as usize) {
            out.push_str(string);
        }
    }

    /// Whether it is written from top to bottom.
    pub fn is_vertical(&self) -> bool {
        matches!(&self.codes, Codes::Composite(c) if c.vertical)
    }

    /// The first code of a string that is not empty.
    pub fn code(&self, string: &[u8]) -> Code {
        match &self.codes {
            Codes::Simple(table) => {
                let (advance, text) = table[usize::from(string[0])];
                Code { length: 1, code: u32::from(string[0]), advance, text }
            }
            Codes::Composite(composite) => composite.code(string, self),
        }
    }

    fn intern(&self, text: &str) -> u32 {
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => c as u32,
            (None, _) => 0x200b, // a glyph that stands for nothing: zero-width space
            _ => {
                let mut strings = self.strings.borrow_mut();
                strings.push(text.into());
                IS_STRING | (strings.len() - 1) as u32
            }
        }
    }

    fn simple(&self, dict: &Dict<'_>, descriptor: &Dict<'_>) -> Box<[(f32, u32); 256]> {
        let mut table = Box::new([(0.0, UNKNOWN); 256]);
        let to_unicode = to_unicode(dict);
        let names = Names::read(dict, descriptor, self.kind, to_unicode.as_ref());
        for code in codes_used(dict) {
            let mapped = to_unicode.as_ref().and_then(|map| bf_text(map, u32::from(code)));
            if let Some(text) = mapped.or_else(|| names.text(code)) {
                table[usize::from(code)].1 = self.intern(&text);
            }
        }
        let unit = if self.kind == FontKind::Type3 { type3_unit(dict).0 } else { 1.0 / 1000.0 };
        let has_widths = read_widths(dict, descriptor, unit, &mut table);
        if !has_widths || names.needs_program {
            self.ask_program(dict, descriptor, !has_widths, names.needs_program, &mut table);
        }
        table
    }

    /// Opens the font program, or the metrics of a standard font, behind the guards of `limits`.
    fn ask_program(
        &self,
        dict: &Dict<'_>,
        descriptor: &Dict<'_>,
        widths: bool,
        texts: bool,
        table: &mut [(f32, u32); 256],
    ) {
        if self.kind == FontKind::Type3 || !is_safe_for_library(dict, descriptor) {
            return;
        }
        let resolver: hayro_font::FontResolverFn = Arc::new(|query| match query {
            FontQuery::Standard(font) => Some(font.get_font_data()),
            FontQuery::Fallback(query) => Some(query.pick_standard_font().get_font_data()),
        });
        let cmaps: hayro_font::CMapResolverFn = Arc::new(load_embedded);
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
                    BfString::String(s) => self.intern(&s),
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

/// Names and encodings of a simple font.
struct Names {
    base: Option<BaseEncoding>,
    differences: HashMap<u8, String>,
    /// The names of a bitmap font are codes.
    coded: Option<bool>,
    /// The dictionaries say nothing, so the program must.
    needs_program: bool,
}

impl Names {
    fn read(dict: &Dict<'_>, descriptor: &Dict<'_>, kind: FontKind, to_unicode: Option<&CMap>) -> Self {
        let mut names = Self { base: None, differences: HashMap::new(), coded: None, needs_program: false };
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
                let is_known = |code| {
                    names.differences.contains_key(&code)
                        || to_unicode.is_some_and(|map| bf_text(map, u32::from(code)).is_some())
                };
                if !codes_used(dict).all(is_known) {
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
    fn built_in(&mut self, descriptor: &Dict<'_>) {
        let Some(program) = descriptor.get::<Stream<'_>>("FontFile") else {
            self.needs_program = true;
            return;
        };
        let head = decode_head(&program, TYPE1_HEAD);
        let end = memchr::memmem::find(&head, b"eexec").unwrap_or(head.len());
        let head = String::from_utf8_lossy(&head[..end]);
        if head.contains("/Encoding StandardEncoding") {
            self.base = Some(BaseEncoding::Standard);
        }
        let words: Vec<&str> = head.split_ascii_whitespace().collect();
        for entry in words.windows(4) {
            if let ["dup", code, name, "put"] = entry
                && let (Ok(code), Some(name)) = (code.parse::<u8>(), name.strip_prefix('/'))
            {
                self.differences.entry(code).or_insert_with(|| name.to_owned());
            }
        }
        self.needs_program = self.differences.is_empty() && self.base.is_none();
    }

    fn text(&self, code: u8) -> Option<String> {
        let Some(name) = self.differences.get(&code) else {
            return self.base.and_then(|b| b.char(code)).map(String::from);
        };
        match self.coded {
            Some(hexadecimal) => code_in_name(name, hexadecimal).and_then(char::from_u32).map(String::from),
            None => glyph_text(name),
        }
    }
}

/// Enough for the clear text of a Type 1 program: 256 entries of 30 bytes.
const TYPE1_HEAD: usize = 8 << 10;

/// Whether most names of a Type 3 font are codes, and if so whether they count in hexadecimal.
fn coded_names(differences: &HashMap<u8, String>) -> Option<bool> {
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

impl Composite {
    fn read(dict: &Dict<'_>, cid_font: &Dict<'_>) -> Self {
        let (cmap, vertical) = encoding_cmap(dict);
        let mut composite = Self {
            cmap,
            vertical,
            widths: HashMap::new(),
            default_width: cid_font.get::<Number>("DW").map_or(1.0, |n| n.as_f32() / 1000.0),
            to_unicode: to_unicode(dict),
            collection: collection_cmap(cid_font),
            seen: RefCell::default(),
        };
        if let Some(widths) = cid_font.get::<Array<'_>>("W") {
            composite.read_widths(&widths);
        }
        composite
    }

    /// `c [w1 w2 ...]` or `first last w`. Source: ISO 32000-1 §9.7.4.3.
    fn read_widths(&mut self, widths: &Array<'_>) {
        let mut pending: Vec<f64> = Vec::new();
        for object in widths.iter::<Object<'_>>().take(MAX_CID_WIDTHS) {
            match object {
                Object::Number(n) => pending.push(n.as_f64()),
                Object::Array(list) => {
                    let Some(first) = pending.pop() else { continue };
                    for (i, width) in list.iter::<Number>().take(0x1_0000).enumerate() {
                        self.widths.insert(first as u32 + i as u32, width.as_f32() / 1000.0);
                    }
                    pending.clear();
                }
                _ => pending.clear(),
            }
            if let [first, last, width] = pending[..] {
                let (first, last) = (first.clamp(0.0, 65535.0) as u32, last.clamp(0.0, 65535.0) as u32);
                if self.widths.len() + last.saturating_sub(first) as usize <= MAX_CID_WIDTHS {
                    self.widths.extend((first..=last).map(|cid| (cid, width as f32 / 1000.0)));
                }
                pending.clear();
            }
        }
    }

    fn code(&self, string: &[u8], font: &Font) -> Code {
        let (code, length, cid) = self.cid(string);
        let key = code | (length as u32) << 29;
        if let Some(seen) = self.seen.borrow().get(&key) {
            return *seen;
        }
        let advance = self.widths.get(&cid).copied().unwrap_or(self.default_width);
        let text = self
            .to_unicode
            .as_ref()
            .and_then(|map| bf_text(map, code))
            .or_else(|| self.collection.as_ref().and_then(|map| bf_text(map, cid)))
            .map_or(UNKNOWN, |text| font.intern(&text));
        let read = Code { length, code, advance, text };
        self.seen.borrow_mut().insert(key, read);
        read
    }

    fn cid(&self, string: &[u8]) -> (u32, usize, u32) {
        let number = |n: usize| string[..n].iter().fold(0_u32, |v, &b| v << 8 | u32::from(b));
        let two = string.len().min(2);
        let Some(cmap) = &self.cmap else { return (number(two), two, number(two)) };
        (1..=string.len().min(4))
            .find_map(|n| cmap.lookup_cid_code(number(n), n as u8).map(|cid| (number(n), n, cid)))
            .unwrap_or((number(two), two, 0))
    }
}

fn encoding_cmap(dict: &Dict<'_>) -> (Option<CMap>, bool) {
    let cmap = match dict.get::<Object<'_>>("Encoding") {
        Some(Object::Name(name)) => match name.as_str() {
            "Identity-H" => return (None, false),
            "Identity-V" => return (None, true),
            _ => load_embedded(CMapName::from_bytes(&name)).and_then(|data| CMap::parse(data, load_embedded)),
        },
        Some(Object::Stream(stream)) => {
            decode(&stream, MAX_CMAP).ok().and_then(|d| CMap::parse(&d.data, load_embedded))
        }
        _ => None,
    };
    let vertical = cmap.as_ref().is_some_and(|c| c.metadata().writing_mode == Some(WritingMode::Vertical));
    (cmap, vertical)
}

fn collection_cmap(cid_font: &Dict<'_>) -> Option<CMap> {
    let info = cid_font.get::<Dict<'_>>("CIDSystemInfo")?;
    let text = |key: &str| info.get::<PdfString<'_>>(key).map(|s| s.to_vec());
    let family = CidFamily::from_registry_ordering(&text("Registry")?, &text("Ordering")?);
    CMap::parse(load_embedded(family.ucs2_cmap()?)?, load_embedded)
}

fn to_unicode(dict: &Dict<'_>) -> Option<CMap> {
    let stream = dict.get::<Stream<'_>>("ToUnicode")?;
    CMap::parse(&decode(&stream, MAX_CMAP).ok()?.data, load_embedded)
}

/// What a map says about a code; nothing where it says a control character or "unknown".
fn bf_text(map: &CMap, code: u32) -> Option<String> {
    let text = match map.lookup_bf_string(code)? {
        BfString::Char(c) => c.to_string(),
        BfString::String(s) => s,
    };
    let says_nothing = |c: char| c == '\0' || c == char::REPLACEMENT_CHARACTER;
    (!text.chars().any(says_nothing)).then_some(text)
}

/// Codes that the font says it has widths for and that are not zero; all codes where it says nothing.
fn codes_used(dict: &Dict<'_>) -> impl Iterator<Item = u8> + use<> {
    let first = dict.get::<i32>("FirstChar").and_then(|c| u8::try_from(c).ok()).unwrap_or(0);
    let widths: Option<Vec<bool>> = dict
        .get::<Array<'_>>("Widths")
        .map(|w| w.iter::<Number>().take(256).map(|n| n.as_f32() != 0.0).collect());
    (0..=255_u8).filter(move |&code| match &widths {
        Some(widths) => code.checked_sub(first).is_some_and(|i| widths.get(usize::from(i)) == Some(&true)),
        None => true,
    })
}

fn read_widths(dict: &Dict<'_>, descriptor: &Dict<'_>, unit: f32, table: &mut [(f32, u32); 256]) -> bool {
    let Some(widths) = dict.get::<Array<'_>>("Widths") else { return false };
    let missing = descriptor.get::<Number>("MissingWidth").map_or(0.0, |n| n.as_f32()) * unit;
    for entry in table.iter_mut() {
        entry.0 = missing;
    }
    let first = dict.get::<i32>("FirstChar").unwrap_or(0);
    for (i, width) in widths.iter::<Number>().take(256).enumerate() {
        if let Some(entry) =
            usize::try_from(first).ok().and_then(|f| f.checked_add(i)).and_then(|c| table.get_mut(c))
        {
            entry.0 = width.as_f32() * unit;
        }
    }
    true
}

/// The library trusts what these say, and loops or allocates accordingly.
fn is_safe_for_library(dict: &Dict<'_>, descriptor: &Dict<'_>) -> bool {
    let code = |key: &str, default: i64| dict.get::<Number>(key).map_or(default, |n| n.as_i64());
    let (first, last) = (code("FirstChar", 0), code("LastChar", 255));
    let program =
        ["FontFile", "FontFile2", "FontFile3"].iter().find_map(|key| descriptor.get::<Stream<'_>>(key));
    0 <= first
        && first <= last
        && last <= 255
        && dict.get::<Array<'_>>("Widths").is_none_or(|w| w.raw_iter().take(257).count() <= 256)
        && program.is_none_or(|p| decode(&p, MAX_FONT_PROGRAM).is_ok())
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

fn differences(encoding: &Dict<'_>) -> HashMap<u8, String> {
    let mut names = HashMap::new();
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

fn descendant<'a>(dict: &Dict<'a>) -> Option<Dict<'a>> {
    dict.get::<Array<'a>>("DescendantFonts")?.iter::<Dict<'a>>().next()
}

fn name_of(dict: &Dict<'_>, key: &str) -> String {
    dict.get::<Name<'_>>(key).map(|n| String::from_utf8_lossy(&n).into_owned()).unwrap_or_default()
}
