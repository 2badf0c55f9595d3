//! Splits a content stream into operators and operands. Source: ISO 32000-1 §7.2 and §7.8.2.

mod escape;
mod number;

use self::escape::{from_hexadecimal, unescaped_literal, unescaped_name};
use self::number::number;
pub(super) use self::number::plain_numbers;
use super::limits::MAX_OPERANDS;
use std::borrow::Cow;

/// An operand of a content operator. Arrays lie flat between their marks.
///
/// Names and strings are kept as they are written: copying one costs nothing, and escapes are undone when it is read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Operand<'a> {
    /// A number.
    Number(f64),
    /// A name, without its solidus.
    Name(&'a [u8]),
    /// A name with `#` in it, behind which two hexadecimal digits may stand.
    EscapedName(&'a [u8]),
    /// A string without what encloses it, as it stands.
    String(&'a [u8]),
    /// A literal string with backslashes or ends of lines in it.
    EscapedString(&'a [u8]),
    /// A string of hexadecimal digits, and of what is none of them.
    Hexadecimal(&'a [u8]),
    /// `[`
    ArrayStart,
    /// `]`
    ArrayEnd,
    /// `<<`
    DictStart,
    /// `>>`
    DictEnd,
    /// `true`, `false`, `null`.
    Other,
}

impl<'a> Operand<'a> {
    /// What a name means; `None` for anything else.
    pub(super) fn name(self) -> Option<Cow<'a, [u8]>> {
        match self {
            Self::Name(bytes) => Some(Cow::Borrowed(bytes)),
            Self::EscapedName(raw) => Some(Cow::Owned(unescaped_name(raw))),
            _ => None,
        }
    }

    /// What a string means; `None` for anything else.
    #[inline]
    pub(super) fn string(self) -> Option<Cow<'a, [u8]>> {
        match self {
            Self::String(bytes) => Some(Cow::Borrowed(bytes)),
            Self::EscapedString(raw) => Some(Cow::Owned(unescaped_literal(raw))),
            Self::Hexadecimal(raw) => Some(Cow::Owned(from_hexadecimal(raw))),
            _ => None,
        }
    }
}

/// Reads operators one by one.
pub(super) struct Lexer<'a> {
    data: &'a [u8],
    at: usize,
    overrun: bool,
}

const fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\n' | b'\r' | b'\t' | 0x0c | 0)
}

/// Whether a byte is part of a name or an operator: neither white space nor a delimiter.
static IS_REGULAR: [bool; 256] = {
    let mut regular = [true; 256];
    let mut b = 0;
    while b < 256 {
        let is_delimiter =
            matches!(b as u8, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%');
        regular[b] = !is_space(b as u8) && !is_delimiter;
        b += 1;
    }
    regular
};

/// Whether a byte of a literal string is more than itself.
static ENDS_PLAIN: [bool; 256] = {
    let mut ends = [false; 256];
    let bytes = b"\\\r()";
    let mut at = 0;
    while at < bytes.len() {
        ends[bytes[at] as usize] = true;
        at += 1;
    }
    ends
};

fn ends_plain(b: u8) -> bool {
    ENDS_PLAIN[usize::from(b)]
}

/// The length of what is regular at the head of some bytes.
fn regular(bytes: &[u8]) -> usize {
    bytes.iter().position(|&b| !IS_REGULAR[usize::from(b)]).unwrap_or(bytes.len())
}

/// The length of white space and comments at the head of some bytes.
#[inline]
fn blank(bytes: &[u8]) -> usize {
    let mut length = 0;
    while let Some(&b) = bytes.get(length) {
        match b {
            b'%' => length += comment(&bytes[length..]),
            _ if is_space(b) => length += 1,
            _ => break,
        }
    }
    length
}

#[inline(never)]
fn comment(bytes: &[u8]) -> usize {
    bytes.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(bytes.len())
}

/// The word at the head of some bytes, of which there is one. Most operators have one letter or two.
#[inline]
fn word(bytes: &[u8]) -> &[u8] {
    let ends = |at: usize| bytes.get(at).is_none_or(|b| !IS_REGULAR[usize::from(*b)]);
    let length = if ends(1) {
        1
    } else if ends(2) {
        2
    } else {
        2 + regular(&bytes[2..])
    };
    &bytes[..length]
}

/// What stands behind a solidus, and whether it is as it stands.
#[inline]
fn name(bytes: &[u8]) -> (&[u8], bool) {
    let (mut length, mut is_plain) = (0, true);
    while let Some(b) = bytes.get(length).filter(|b| IS_REGULAR[usize::from(**b)]) {
        is_plain &= *b != b'#';
        length += 1;
    }
    (&bytes[..length], is_plain)
}

/// What stands behind a parenthesis, up to the one that closes it, and whether it is as it stands; strings may hold
/// others. Source: ISO 32000-1 §7.3.4.2.
#[inline]
fn literal(bytes: &[u8]) -> (&[u8], bool) {
    let (mut length, mut depth, mut is_plain) = (0, 0, true);
    loop {
        let ahead = bytes.get(length..).unwrap_or_default();
        length += ahead.iter().position(|b| ends_plain(*b)).unwrap_or(ahead.len());
        match bytes.get(length) {
            Some(b'\\') => {
                is_plain = false;
                length += 1;
            }
            Some(b'\r') => is_plain = false,
            Some(b'(') => depth += 1,
            Some(b')') if depth > 0 => depth -= 1,
            _ => break,
        }
        length += 1;
    }
    (&bytes[..length.min(bytes.len())], is_plain)
}

#[inline(never)]
fn hexadecimal(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.iter().position(|&b| b == b'>').unwrap_or(bytes.len())]
}

impl<'a> Lexer<'a> {
    /// Starts at the beginning of decoded content.
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self { data, at: 0, overrun: false }
    }

    /// Whether an operator had more operands than are kept.
    pub(super) fn is_overrun(&self) -> bool {
        self.overrun
    }

    /// The next operator, with its operands left in `operands`; `None` at the end.
    pub(super) fn next_operator(&mut self, operands: &mut Vec<Operand<'a>>) -> Option<&'a [u8]> {
        operands.clear();
        let data = self.data;
        // Where it is stays at hand until it is done.
        let mut at = self.at;
        let operator = loop {
            at += blank(&data[at..]);
            let Some(&first) = data.get(at) else { break None };
            let behind = &data[at + 1..];
            if operands.len() > MAX_OPERANDS {
                self.overrun = true;
                operands.pop();
            }
            // Each is written where it stays: a way round by the stack takes as long as reading it.
            at += match first {
                b'0'..=b'9' | b'+' | b'-' | b'.' => {
                    let (number, length) = number(&data[at..]);
                    operands.push(Operand::Number(number));
                    length
                }
                b'(' => {
                    let (raw, is_plain) = literal(behind);
                    operands.push(if is_plain { Operand::String(raw) } else { Operand::EscapedString(raw) });
                    (raw.len() + 2).min(behind.len() + 1)
                }
                b'/' => {
                    let (raw, is_plain) = name(behind);
                    operands.push(if is_plain { Operand::Name(raw) } else { Operand::EscapedName(raw) });
                    raw.len() + 1
                }
                b'<' | b'>' if behind.first() == Some(&first) => {
                    operands.push(if first == b'<' { Operand::DictStart } else { Operand::DictEnd });
                    2
                }
                b'<' => {
                    let raw = hexadecimal(behind);
                    operands.push(Operand::Hexadecimal(raw));
                    (raw.len() + 2).min(behind.len() + 1)
                }
                b'[' | b']' => {
                    operands.push(if first == b'[' { Operand::ArrayStart } else { Operand::ArrayEnd });
                    1
                }
                b')' | b'>' | b'{' | b'}' => 1,
                _ => match word(&data[at..]) {
                    other @ (b"true" | b"false" | b"null") => {
                        operands.push(Operand::Other);
                        other.len()
                    }
                    operator => {
                        at += operator.len();
                        break Some(operator);
                    }
                },
            };
        };
        self.at = at;
        operator
    }

    /// Skips the data of an inline image; call it right after `ID`. Source: ISO 32000-1 §8.9.7.
    pub(super) fn skip_inline_image(&mut self) {
        let mut from = self.at;
        while let Some(found) = memchr::memmem::find(&self.data[from.min(self.data.len())..], b"EI") {
            let at = from + found;
            let before = at.checked_sub(1).is_none_or(|i| is_space(self.data[i]));
            let tail = &self.data[at + 2..self.data.len().min(at + 12)];
            // Image data is binary: what follows a true `EI` is plain text.
            if before
                && tail.first().is_none_or(|&b| is_space(b))
                && tail.iter().all(|b| b.is_ascii_graphic() || is_space(*b))
            {
                self.at = at + 2;
                return;
            }
            from = at + 2;
        }
        self.at = self.data.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &[u8]) -> Vec<(Vec<u8>, usize)> {
        let mut lexer = Lexer::new(text);
        let mut operands = Vec::new();
        let mut out = Vec::new();
        while let Some(op) = lexer.next_operator(&mut operands) {
            out.push((op.to_vec(), operands.len()));
        }
        out
    }

    #[test]
    fn operators_come_with_their_operands() {
        let ops = all(b"q 1 0 0 -1 .5 792 cm /F1 9.96 Tf [(a\\)b)-333(c)] TJ % note\n(x)'");
        let names: Vec<_> = ops.iter().map(|(n, c)| (std::str::from_utf8(n).expect("text"), *c)).collect();
        assert_eq!(names, [("q", 0), ("cm", 6), ("Tf", 2), ("TJ", 5), ("'", 1)]);
    }

    #[test]
    fn strings_lose_their_escapes() {
        let mut lexer = Lexer::new(b"(a\\051\\n(b)\\\\) <48 6> /A#42 Tj");
        let mut operands = Vec::new();
        lexer.next_operator(&mut operands);
        let read: Vec<_> = operands
            .iter()
            .map(|o| o.string().or_else(|| o.name()).unwrap_or_else(|| panic!("{o:?}")))
            .collect();
        assert_eq!(read, [&b"a)\n(b)\\"[..], b"H`", b"AB"]);
    }

    #[test]
    fn strings_that_do_not_end_are_read_to_the_end() {
        let cases: [(&[u8], &[u8]); 9] = [
            (b"(ab", b"ab"),
            (b"(ab\\", b"ab"),
            (b"(a(b)", b"a(b)"),
            (b"(a\\\r\nb) x", b"ab"),
            (b"(a\r\nb) x", b"a\nb"),
            (b"(\\18) x", b"\x018"),
            (b"<4", b"@"),
            (b"/A#4", b"A#4"),
            (b"()", b""),
        ];
        for (text, expected) in cases {
            let mut operands = Vec::new();
            Lexer::new(text).next_operator(&mut operands);
            let [read] = operands[..] else { panic!("{operands:?}") };
            let read = read.string().or_else(|| read.name());
            assert_eq!(read.as_deref(), Some(expected), "{}", text.escape_ascii());
        }
    }

    #[test]
    fn odd_numbers_are_read_as_viewers_read_them() {
        let mut lexer = Lexer::new(b"--5 +.5 4. 1-2 -.002 x");
        let mut operands = Vec::new();
        lexer.next_operator(&mut operands);
        let numbers: Vec<f64> =
            operands.iter().map(|o| if let Operand::Number(n) = o { *n } else { f64::NAN }).collect();
        assert_eq!(numbers, [-5.0, 0.5, 4.0, 1.0, -0.002]);
        let mut lexer = Lexer::new(b"- . +7 -8. 1.2.3 000012.500 123456789012345 1234567890123456 9 x");
        lexer.next_operator(&mut operands);
        let numbers: Vec<f64> =
            operands.iter().map(|o| if let Operand::Number(n) = o { *n } else { f64::NAN }).collect();
        let expected =
            [0.0, 0.0, 7.0, -8.0, 1.2, 0.3, 12.5, 123_456_789_012_345.0, 1_234_567_890_123_456.0, 9.0];
        assert_eq!(numbers, expected);
    }

    #[test]
    fn long_numbers_keep_their_size() {
        let text = format!("123456789012345678901234.5 0.{}5 3.{} x", "0".repeat(40), "1".repeat(400));
        let mut lexer = Lexer::new(text.as_bytes());
        let mut operands = Vec::new();
        lexer.next_operator(&mut operands);
        let [Operand::Number(large), Operand::Number(small), Operand::Number(long)] = &operands[..] else {
            panic!("three numbers: {operands:?}");
        };
        assert!((large / 123_456_789_012_345_678_901_234.5 - 1.0).abs() < 1e-12);
        assert_eq!(*small, 0.0);
        assert!((long - 28.0 / 9.0).abs() < 1e-12);
    }

    #[test]
    fn no_more_operands_are_kept_than_anybody_writes() {
        for more in [0, 1, 2] {
            let text = [b"1 ".repeat(MAX_OPERANDS + more), b"m 2 l".to_vec()].concat();
            let (mut lexer, mut operands) = (Lexer::new(&text), Vec::new());
            assert_eq!(lexer.next_operator(&mut operands), Some(&b"m"[..]));
            assert_eq!((operands.len(), lexer.is_overrun()), (MAX_OPERANDS, more > 0));
            assert_eq!(lexer.next_operator(&mut operands), Some(&b"l"[..]));
            assert_eq!(operands, [Operand::Number(2.0)]);
        }
    }

    #[test]
    fn inline_images_are_skipped() {
        let mut lexer = Lexer::new(b"BI /W 1 ID \x00\x01EI\xff \xfeEI\nQ");
        let mut operands = Vec::new();
        assert_eq!(lexer.next_operator(&mut operands), Some(&b"BI"[..]));
        assert_eq!(lexer.next_operator(&mut operands), Some(&b"ID"[..]));
        lexer.skip_inline_image();
        assert_eq!(lexer.next_operator(&mut operands), None);
    }
}
