//! Maps of the usual shape, read at once. What is unusual is left to the library, which takes several times as long:
//! maps within maps, codes that are mapped twice, whatever no program writes.
//! Source: ISO 32000-1 §9.10.3; Adobe Technical Note 5411.

use hayro_cmap::BfString;

/// Codes of one byte.
const CODES: usize = 256;
/// The most bytes of UTF-8 that a unit of UTF-16 becomes.
const MOST_BYTES: usize = 3;
/// The most bytes of a code. Source: ISO 32000-1 §9.7.6.2.
const LONGEST_CODE: usize = 4;

/// What each code of one byte stands for; `None` where the map is unusual, or holds more than `most` bytes of text.
pub(super) fn plain_map(map: &[u8], most: usize) -> Option<Vec<Option<BfString>>> {
    // The library has a shape of its own, and counts other maps before it reads.
    if map.starts_with(b"bcmap") || memchr::memmem::find(map, b"usecmap").is_some() {
        return None;
    }
    let mut read =
        Reading { words: Words(map), texts: vec![None; CODES], is_mapped: [false; CODES], left: most };
    loop {
        match read.words.next()? {
            Word::End => return Some(read.texts),
            Word::Plain(b"begincodespacerange") => read.code_spaces()?,
            Word::Plain(b"beginbfchar") => read.characters()?,
            Word::Plain(b"beginbfrange") => read.ranges()?,
            Word::Plain(b"begincidrange" | b"begincidchar" | b"beginnotdefrange" | b"beginnotdefchar") => {
                return None;
            }
            Word::Name(b"Registry" | b"Ordering") => {
                matches!(read.words.next()?, Word::Text | Word::Name(_)).then_some(())?;
            }
            Word::Name(b"Supplement" | b"WMode") => {
                matches!(read.words.next()?, Word::Integer).then_some(())?;
            }
            Word::Name(b"CMapName") => matches!(read.words.next()?, Word::Name(_)).then_some(())?,
            _ => {}
        }
    }
}

/// A map as far as it was read.
struct Reading<'m> {
    words: Words<'m>,
    texts: Vec<Option<BfString>>,
    is_mapped: [bool; CODES],
    /// Bytes of text that there may still be.
    left: usize,
}

impl<'m> Reading<'m> {
    /// What the next entry of a section begins with; `Some(None)` where the section ends.
    fn entry(&mut self, end: &[u8]) -> Option<Option<&'m [u8]>> {
        match self.words.next()? {
            Word::Plain(word) if word == end => Some(None),
            Word::Hexadecimal(digits) => Some(Some(digits)),
            _ => None,
        }
    }

    fn digits(&mut self) -> Option<&'m [u8]> {
        if let Word::Hexadecimal(digits) = self.words.next()? { Some(digits) } else { None }
    }

    fn code_spaces(&mut self) -> Option<()> {
        while let Some(low) = self.entry(b"endcodespacerange")? {
            let high = self.digits()?;
            code(low)?;
            code(high)?;
            (low.len() == high.len()).then_some(())?;
        }
        Some(())
    }

    fn characters(&mut self) -> Option<()> {
        while let Some(from) = self.entry(b"endbfchar")? {
            let (from, text) = (code(from)?, self.digits()?);
            self.map(from, from, text)?;
        }
        Some(())
    }

    fn ranges(&mut self) -> Option<()> {
        while let Some(first) = self.entry(b"endbfrange")? {
            let first = code(first)?;
            let last = code(self.digits()?).filter(|last| first <= *last)?;
            match self.words.next()? {
                Word::Hexadecimal(text) => self.map(first, last, text)?,
                Word::Open => {
                    for code in first..=last {
                        let text = self.digits()?;
                        self.map(code, code, text)?;
                    }
                    matches!(self.words.next()?, Word::Close).then_some(())?;
                }
                _ => return None,
            }
        }
        Some(())
    }

    /// Maps a range of codes to a text, whose last unit counts up with them.
    fn map(&mut self, first: u32, last: u32, text: &[u8]) -> Option<()> {
        let units = units(text);
        for code in first..=last.min(CODES as u32 - 1) {
            let at = code as usize;
            if std::mem::replace(&mut self.is_mapped[at], true) {
                return None;
            }
            self.left = self.left.checked_sub(MOST_BYTES * units.len())?;
            self.texts[at] = text_of(&units, code - first);
        }
        Some(())
    }
}

/// A code, of one to four bytes.
fn code(digits: &[u8]) -> Option<u32> {
    let is_code = digits.len() <= 2 * LONGEST_CODE;
    is_code.then(|| bytes(digits).fold(0, |code, byte| code << 8 | u32::from(byte)))
}

fn bytes(digits: &[u8]) -> impl Iterator<Item = u8> {
    let value = |digit: u8| char::from(digit).to_digit(16).unwrap_or_default() as u8;
    digits.chunks_exact(2).map(move |pair| value(pair[0]) << 4 | value(pair[1]))
}

/// Units of UTF-16. A single byte too many stands first and for itself.
fn units(digits: &[u8]) -> Vec<u16> {
    let (odd, pairs) = digits.split_at(digits.len() % 4);
    let pairs =
        pairs.chunks_exact(4).map(|pair| bytes(pair).fold(0, |unit, byte| unit << 8 | u16::from(byte)));
    bytes(odd).map(u16::from).chain(pairs).collect()
}

/// What units say when their last one is counted up; `None` where that is no text.
fn text_of(units: &[u16], up: u32) -> Option<BfString> {
    let (last, before) = units.split_last()?;
    let last = last.checked_add(u16::try_from(up).ok()?)?;
    if before.is_empty() {
        return char::from_u32(last.into()).map(BfString::Char);
    }
    let text: String =
        char::decode_utf16(before.iter().copied().chain([last])).collect::<Result<_, _>>().ok()?;
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(only), None) => Some(BfString::Char(only)),
        _ => Some(BfString::String(text)),
    }
}

/// A word of the language that maps are written in. Source: PostScript Language Reference, §3.2.
enum Word<'m> {
    Plain(&'m [u8]),
    Name(&'m [u8]),
    Integer,
    /// Hexadecimal digits, in pairs and at least one.
    Hexadecimal(&'m [u8]),
    Text,
    Open,
    Close,
    /// Marks of a dictionary.
    Mark,
    End,
}

/// What is left of a map.
struct Words<'m>(&'m [u8]);

impl<'m> Words<'m> {
    /// The next word; `None` for one that no program writes.
    fn next(&mut self) -> Option<Word<'m>> {
        self.skip_space();
        let Some((&first, rest)) = self.0.split_first() else { return Some(Word::End) };
        let (word, length) = match first {
            b'<' if rest.first() == Some(&b'<') => (Word::Mark, 2),
            b'>' if rest.first() == Some(&b'>') => (Word::Mark, 2),
            b'<' => {
                let digits = &rest[..memchr::memchr(b'>', rest)?];
                let is_plain = digits.len() >= 2 && digits.len().is_multiple_of(2);
                (is_plain && digits.iter().all(u8::is_ascii_hexdigit)).then_some(())?;
                (Word::Hexadecimal(digits), digits.len() + 2)
            }
            b'(' => {
                let text = &rest[..memchr::memchr(b')', rest)?];
                (!text.contains(&b'(') && !text.contains(&b'\\')).then_some((Word::Text, text.len() + 2))?
            }
            b'[' => (Word::Open, 1),
            b']' => (Word::Close, 1),
            // A name that stands for its value.
            b'/' if rest.first() == Some(&b'/') => return None,
            b'/' => {
                let name = word_at(rest);
                (Word::Name(name), name.len() + 1)
            }
            _ => {
                let word = word_at(self.0);
                let digits = word.strip_prefix(b"-").unwrap_or(word);
                let is_number = digits.iter().all(u8::is_ascii_digit) && digits.len() <= 9;
                let is_plain = word.first().is_some_and(u8::is_ascii_alphabetic);
                let read = if is_plain { Word::Plain(word) } else { Word::Integer };
                (!digits.is_empty() && (is_number || is_plain)).then_some((read, word.len()))?
            }
        };
        self.0 = &self.0[length..];
        Some(word)
    }

    /// Skips white space and comments.
    fn skip_space(&mut self) {
        loop {
            let is_space = |b: &&u8| matches!(b, b'\0' | b'\t' | b'\n' | b'\x0c' | b'\r' | b' ');
            let space = self.0.iter().take_while(is_space).count();
            self.0 = &self.0[space..];
            if self.0.first() != Some(&b'%') {
                return;
            }
            self.0 = &self.0[memchr::memchr2(b'\r', b'\n', self.0).unwrap_or(self.0.len())..];
        }
    }
}

/// The letters, digits and signs of names at the head of some bytes.
fn word_at(bytes: &[u8]) -> &[u8] {
    let is_of_word =
        |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'+' | b'*' | b',' | b':');
    &bytes[..bytes.iter().take_while(is_of_word).count()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::font::composite::parsed;

    /// What the library reads.
    fn slowly(map: &str) -> Option<Vec<Option<BfString>>> {
        let map = parsed(map.as_bytes())?;
        Some((0..CODES as u32).map(|code| map.lookup_bf_string(code)).collect())
    }

    fn map_with(inner: &str) -> String {
        format!(
            "%!PS-Adobe-3.0 Resource-CMap\r\n%%Title: (Stepper-0)\n/CIDInit /ProcSet findresource begin\n12 dict begin\n\
             begincmap\n/CIDSystemInfo << /Registry (Velm) /Ordering (Stepper-0) /Supplement 0 >> def\n\
             /CMapName /Velm-Stepper-0 def\n/CMapType 2 def\n/WMode 0 def\n\
             1 begincodespacerange <00> <FF> endcodespacerange\n{inner}\nendcmap\n\
             CMapName currentdict /CMap defineresource pop\nend end\n%%EndResource\n"
        )
    }

    const USUAL: [&str; 9] = [
        "",
        "2 beginbfchar <41> <0061> <0042> <00660066> endbfchar",
        "1 beginbfrange\n<30><39><0030>\nendbfrange",
        "1 beginbfrange <1b> <1d> [<00660066> <FB01> <00660069>] endbfrange",
        "1 beginbfchar <01> <D835DC00> endbfchar 1 beginbfchar <02> <D835> endbfchar",
        "1 beginbfchar <03> <41> <04> <410042> endbfchar",
        "1 beginbfrange <10> <14> <FFFD> endbfrange",
        "1 beginbfrange <F0> <01FF> <0100> endbfrange % codes beyond a byte",
        "1 beginbfrange <20> <21> <D835DFFF> endbfrange",
    ];

    #[test]
    fn usual_maps_say_what_the_library_reads_in_them() {
        for inner in USUAL {
            let map = map_with(inner);
            let read = plain_map(map.as_bytes(), 1 << 10);
            assert!(read.is_some(), "{inner}");
            assert_eq!(read, slowly(&map), "{inner}");
        }
    }

    #[test]
    fn a_map_with_a_slip_says_what_the_library_reads_or_is_left_to_it() {
        let mut read = 0;
        for inner in USUAL {
            for at in 0..inner.len() {
                for slip in [
                    "", " ", "<", ">", "[", "]", "(", ")", "/", "%", "{", "0", "f", "z", "\0", "-", ".", "\n",
                ] {
                    let map = map_with(&format!("{}{slip}{}", &inner[..at], &inner[at + 1..]));
                    if let Some(plain) = plain_map(map.as_bytes(), 1 << 10) {
                        read += 1;
                        assert_eq!(Some(plain), slowly(&map), "{map}");
                    }
                }
            }
        }
        assert!(read > 1_000, "{read} of them were read");
    }

    #[test]
    fn unusual_maps_are_left_to_the_library() {
        let unusual = [
            "/Other usecmap",
            "% usecmap",
            "//beginbfchar <41> <0061> endbfchar",
            "//CMapName /WMode 1 beginbfchar <41> <0061> endbfchar",
            "1 begincidrange <00> <FF> 0 endcidrange",
            "2 beginbfchar <41> <0061> <41> <0062> endbfchar",
            "1 beginbfrange <41> <45> <0061> endbfrange 1 beginbfchar <43> <0041> endbfchar",
            "1 beginbfrange <45> <41> <0061> endbfrange",
            "1 beginbfchar <41> <00 61> endbfchar",
            "1 beginbfchar <4> <0061> endbfchar",
            "1 beginbfchar <41> <> endbfchar",
            "1 beginbfchar <0000000041> <0061> endbfchar",
            "1 beginbfchar <41> (a) endbfchar",
            "1 beginbfchar <41> /a endbfchar",
            "1 beginbfrange <41> <42> [<0061>] endbfrange",
            "1 beginbfchar <41> <0061>",
            "1 begincodespacerange <00> <FFFF> endcodespacerange",
            "(a \\) text) pop",
            "{ 1 } pop",
            "1.5.2 pop",
            "/WMode /a def",
            "/CMapName (a) def",
            "\u{e4}",
        ];
        for inner in unusual {
            assert_eq!(plain_map(map_with(inner).as_bytes(), 1 << 10), None, "{inner}");
        }
        assert_eq!(plain_map(b"bcmap 1 beginbfchar <41> <0061> endbfchar", 1 << 10), None);
        let long = format!("1 beginbfrange <00> <FF> <{}> endbfrange", "2020".repeat(2));
        assert_eq!(plain_map(map_with(&long).as_bytes(), 1 << 10), None, "more text than there may be");
    }
}
