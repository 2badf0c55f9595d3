//! What character codes and glyph names stand for. Source: ISO 32000-1 §9.6.6 and annex D; Adobe Glyph List.

use pdf_encoding::{ForwardMap, GLYPH_LIST, MACEXPERT, MACROMAN, STANDARD, SYMBOL, WINANSI, ZDINGBAT};

/// A predefined encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BaseEncoding {
    /// Adobe's standard encoding.
    Standard,
    /// Windows code page 1252.
    WinAnsi,
    /// Mac OS Roman.
    MacRoman,
    /// Mac OS expert glyphs.
    MacExpert,
    /// The Symbol font.
    Symbol,
    /// The Zapf Dingbats font.
    ZapfDingbats,
}

impl BaseEncoding {
    /// The encoding of that name in a PDF; `None` for any other name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "StandardEncoding" => Self::Standard,
            "WinAnsiEncoding" => Self::WinAnsi,
            "MacRomanEncoding" => Self::MacRoman,
            "MacExpertEncoding" => Self::MacExpert,
            _ => return None,
        })
    }

    /// What a code stands for.
    pub(super) fn char(self, code: u8) -> Option<char> {
        let map: &ForwardMap = match self {
            Self::Standard => &STANDARD,
            Self::WinAnsi => &WINANSI,
            Self::MacRoman => &MACROMAN,
            Self::MacExpert => &MACEXPERT,
            Self::Symbol => &SYMBOL,
            Self::ZapfDingbats => &ZDINGBAT,
        };
        // The tables give the hyphen as a soft hyphen and the space as a no-break space.
        match map.get(code) {
            Some('\u{ad}') if code == b'-' => Some('-'),
            Some('\u{a0}') if code == b' ' => Some(' '),
            other => other,
        }
    }
}

/// Names of TeX's fonts that the Adobe Glyph List lacks. Source: the encodings OML, OMS, OMX and T1.
const TEX_NAMES: &[(&str, &str)] = &[
    ("angbracketleft", "⟨"),
    ("angbracketright", "⟩"),
    ("arrowdblright", "⇒"),
    ("compwordmark", ""),
    ("cwm", ""),
    ("dbar", "đ"),
    ("epsilon1", "ϵ"),
    ("flat", "♭"),
    ("hyphen.alt", "-"),
    ("hyphenchar", "-"),
    ("latticetop", "⊤"),
    ("lscript", "ℓ"),
    ("minus", "−"),
    ("nabla", "∇"),
    ("natural", "♮"),
    ("owner", "∋"),
    ("perpendicular", "⊥"),
    ("perthousandzero", "‰"),
    ("prime", "′"),
    ("punctdash", "—"),
    ("quotedblleft", "“"),
    ("rangedash", "–"),
    ("rho1", "ϱ"),
    ("sfthyphen", "-"),
    ("sharp", "♯"),
    ("slurabove", "⌢"),
    ("slurbelow", "⌣"),
    ("star", "⋆"),
    ("suppress", "\u{335}"),
    ("tie", "\u{361}"),
    ("turnstileleft", "⊢"),
    ("turnstileright", "⊣"),
    ("union", "∪"),
    ("unionmulti", "⊎"),
    ("vector", "\u{20d7}"),
    ("visiblespace", "␣"),
    ("weierstrass", "℘"),
];

/// Where the names of the Adobe Glyph List that begin with each byte begin and end: it lies sorted by name.
static BY_FIRST_BYTE: [(u16, u16); 256] = {
    let mut ranges = [(0, 0); 256];
    let mut at = 0;
    while at < GLYPH_LIST.len() {
        let first = GLYPH_LIST[at].0.as_bytes()[0] as usize;
        if ranges[first].1 == 0 {
            ranges[first].0 = at as u16;
        }
        at += 1;
        ranges[first].1 = at as u16;
    }
    ranges
};

/// What a name of the Adobe Glyph List stands for.
fn adobe_text(name: &str) -> Option<&'static str> {
    let (start, end) = BY_FIRST_BYTE[usize::from(*name.as_bytes().first()?)];
    let names = &GLYPH_LIST[usize::from(start)..usize::from(end)];
    names.binary_search_by(|(n, _)| (*n).cmp(name)).ok().map(|at| names[at].1)
}

/// What a glyph name stands for; `None` if the name says nothing.
///
/// Source: Adobe Glyph List Specification §2, then TeX's own names.
pub(super) fn glyph_text(name: &str) -> Option<String> {
    if let [letter] = name.as_bytes()
        && letter.is_ascii_alphabetic()
    {
        return Some(name.to_owned());
    }
    if let Ok(at) = TEX_NAMES.binary_search_by(|(n, _)| (*n).cmp(name)) {
        return Some(TEX_NAMES[at].1.to_owned());
    }
    if let Some(text) = adobe_text(name) {
        return Some(text.to_owned());
    }
    if let Some(base) = name.split_once('.').map(|(base, _)| base).filter(|b| !b.is_empty()) {
        return glyph_text(base);
    }
    if name.contains('_') {
        return name.split('_').map(glyph_text).collect();
    }
    let hex = name
        .strip_prefix("uni")
        .filter(|h| h.len() >= 4)
        .map(|h| &h[..4])
        .or_else(|| name.strip_prefix('u').filter(|h| (4..=6).contains(&h.len())));
    if let Some(c) = hex.and_then(|h| u32::from_str_radix(h, 16).ok()).and_then(char::from_u32) {
        return Some(c.to_string());
    }
    // Extensible pieces of TeX's large delimiters: `parenleftbig`, `bracketrighttp`, ...
    ["Bigg", "bigg", "Big", "big", "tp", "bt", "ex", "mid", "display", "text"]
        .iter()
        .find_map(|suffix| name.strip_suffix(suffix))
        .and_then(|base| adobe_text(base))
        .map(str::to_owned)
}

/// The code within a name such as `a65`, `A41` or `c65`: a letter or two, then digits.
///
/// Bitmap fonts name their glyphs after their codes. Some count in hexadecimal, which one letter
/// among the digits of any name gives away; the caller decides for the font as a whole.
pub(super) fn code_in_name(name: &str, hexadecimal: bool) -> Option<u32> {
    let digits = name.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let digits = if hexadecimal { name.get(1..)? } else { digits };
    if digits.is_empty() || digits.len() > 4 || name.len() - digits.len() > 2 {
        return None;
    }
    u32::from_str_radix(digits, if hexadecimal { 16 } else { 10 }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_by_every_list() {
        assert!(TEX_NAMES.is_sorted());
        assert!(GLYPH_LIST.is_sorted());
        assert!(GLYPH_LIST.iter().all(|(name, text)| adobe_text(name) == Some(text)));
        assert!(["", "A", "zzz", "é", "A.sc"].map(adobe_text) == [None, Some("A"), None, None, None]);
        for (name, text) in [
            ("a", "a"),
            ("ffi", "ﬃ"),
            ("epsilon1", "ϵ"),
            ("uni0041", "A"),
            ("u1F600", "😀"),
            ("f_i", "fi"),
            ("A.sc", "A"),
            ("parenleftbig", "("),
        ] {
            assert_eq!(glyph_text(name).as_deref(), Some(text), "{name}");
        }
        assert_eq!(glyph_text("g41"), None);
    }

    #[test]
    fn codes_are_found_in_names() {
        assert_eq!(code_in_name("a65", false), Some(65));
        assert_eq!(code_in_name("A41", true), Some(0x41));
        assert_eq!(code_in_name("space", false), None);
    }

    #[test]
    fn the_hyphen_is_a_hyphen() {
        assert_eq!(BaseEncoding::Standard.char(b'-'), Some('-'));
        assert_eq!(BaseEncoding::WinAnsi.char(b'-'), Some('-'));
        assert_eq!(BaseEncoding::Standard.char(b' '), Some(' '));
    }
}
