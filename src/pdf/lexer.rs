//! Splits a content stream into operators and operands. Source: ISO 32000-1 §7.2 and §7.8.2.

use super::limits::MAX_OPERANDS;
use std::borrow::Cow;
use std::iter::Peekable;

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

fn unescaped_name(raw: &[u8]) -> Vec<u8> {
    let hex = |b: Option<&u8>| b.and_then(|&b| char::from(b).to_digit(16));
    let mut out = Vec::with_capacity(raw.len());
    let mut i = 0;
    while i < raw.len() {
        if let (b'#', Some(high), Some(low)) = (raw[i], hex(raw.get(i + 1)), hex(raw.get(i + 2))) {
            out.push((high * 16 + low) as u8);
            i += 3;
        } else {
            out.push(raw[i]);
            i += 1;
        }
    }
    out
}

/// Bytes of two digits each; a last one alone is followed by a zero. Source: ISO 32000-1 §7.3.4.3.
fn from_hexadecimal(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len() / 2 + 1);
    let mut high = None;
    for b in raw {
        let digit = match b {
            b'0'..=b'9' => b - b'0',
            b'a'..=b'f' => b - b'a' + 10,
            b'A'..=b'F' => b - b'A' + 10,
            _ => continue,
        };
        match high.take() {
            Some(high) => out.push(high << 4 | digit),
            None => high = Some(digit),
        }
    }
    out.extend(high.map(|high| high << 4));
    out
}

fn unescaped_literal(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    let mut rest = raw.iter().copied().peekable();
    while let Some(b) = rest.next() {
        match b {
            b'\\' => unescape(&mut rest, &mut out),
            b'\r' => {
                rest.next_if_eq(&b'\n');
                out.push(b'\n');
            }
            _ => out.push(b),
        }
    }
    out
}

/// What stands behind a backslash. Source: ISO 32000-1 §7.3.4.2.
fn unescape(rest: &mut Peekable<impl Iterator<Item = u8>>, out: &mut Vec<u8>) {
    let Some(b) = rest.next() else { return };
    match b {
        b'n' => out.push(b'\n'),
        b'r' => out.push(b'\r'),
        b't' => out.push(b'\t'),
        b'b' => out.push(8),
        b'f' => out.push(12),
        b'0'..=b'7' => {
            let mut value = u32::from(b - b'0');
            for _ in 0..2 {
                let Some(digit) = rest.next_if(|d| matches!(d, b'0'..=b'7')) else { break };
                value = value * 8 + u32::from(digit - b'0');
            }
            out.push(value as u8);
        }
        b'\r' => {
            rest.next_if_eq(&b'\n');
        }
        b'\n' => {}
        other => out.push(other),
    }
}

/// So many digits are exact, whether a point stands among them or not.
const FEW_DIGITS: usize = 15;
/// What digits are moved by before eight or fewer others follow.
const INTEGER_POWERS_OF_TEN: [u64; 9] =
    [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];
/// An integer of no more digits than this one holds another digit without overflow.
const ENOUGH_DIGITS: u64 = 10_u64.pow(17);
/// Further decimals change no length that anybody sees.
const MOST_DECIMALS: usize = 22;
/// What a number is divided by for its decimals; each is exact.
const POWERS_OF_TEN: [f64; MOST_DECIMALS + 1] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

/// The digits of a number that is read eight bytes at a time.
struct Digits {
    /// All of them, without the point.
    value: u64,
    /// How many stand behind the point.
    decimals: usize,
    /// The bytes that they and the point take.
    length: usize,
}

/// Where a number of so few digits begins there are so many bytes, but at the end of content.
const WINDOW: usize = 32;

impl Digits {
    /// The number at the head, if it has 1 to 7 digits before its point and up to 8 behind it, or 15 in all.
    ///
    /// A plot has a million numbers of all lengths, and a step for each digit ends where nobody foresees.
    #[inline]
    fn at_head(window: &[u8; WINDOW]) -> Option<Self> {
        let (mut value, mut length) = eight(window, 0);
        let mut decimals = 0;
        if window[length] == b'.' {
            let whole = length;
            length += 1;
            let (part, count) = eight(window, length);
            value = value * INTEGER_POWERS_OF_TEN[count] + part;
            length += count;
            decimals = count;
            if count == 8 {
                let (part, count) = eight(window, length);
                value = value * INTEGER_POWERS_OF_TEN[count] + part;
                length += count;
                decimals += count;
            }
            if whole + decimals == 0 || whole == 8 || whole + decimals > FEW_DIGITS {
                return None;
            }
        } else if length == 0 || length == 8 {
            return None;
        }
        let is_odd = matches!(window[length], b'-' | b'.');
        (!is_odd).then_some(Self { value, decimals, length })
    }
}

/// The digits from a place on, up to eight: their value, and how many they are.
#[inline]
fn eight(window: &[u8; WINDOW], at: usize) -> (u64, usize) {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&window[at..at + 8]);
    // A digit becomes its value; whatever is above nine gets its highest bit set, and what follows it does not matter.
    let values = u64::from_le_bytes(bytes) ^ (EACH * u64::from(b'0'));
    let others = (values.wrapping_add(EACH * (0x80 - 10)) | values) & (EACH * 0x80);
    let count = others.trailing_zeros() as usize / 8;
    // The digits move to the end, behind zeros; then pairs, fours and all eight are put together at once.
    let values = values.unbounded_shl(64 - 8 * count as u32);
    let pairs = values.wrapping_mul(10).wrapping_add(values >> 8);
    const LANES: u64 = 0x0000_00ff_0000_00ff;
    let high = (pairs & LANES).wrapping_mul(100 + (1_000_000 << 32));
    let low = (pairs >> 16 & LANES).wrapping_mul(1 + (10_000 << 32));
    (high.wrapping_add(low) >> 32, count)
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
static MATTERS: [bool; 256] = {
    let mut matters = [false; 256];
    let bytes = b"\\\r()";
    let mut at = 0;
    while at < bytes.len() {
        matters[bytes[at] as usize] = true;
        at += 1;
    }
    matters
};

fn matters(b: u8) -> bool {
    MATTERS[usize::from(b)]
}

/// The length of what is regular at the head of some bytes.
fn regular(bytes: &[u8]) -> usize {
    bytes.iter().position(|&b| !IS_REGULAR[usize::from(b)]).unwrap_or(bytes.len())
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
        loop {
            self.skip_space();
            let first = *self.data.get(self.at)?;
            if operands.len() > MAX_OPERANDS {
                self.overrun = true;
                operands.pop();
            }
            let operand = match first {
                b'0'..=b'9' | b'+' | b'-' | b'.' => {
                    let number = self.number();
                    operands.push(Operand::Number(number));
                    continue;
                }
                b'/' => self.name(),
                b'(' => self.literal(),
                b'<' if self.data.get(self.at + 1) == Some(&b'<') => self.mark(2, Operand::DictStart),
                b'<' => self.hexadecimal(),
                b'>' if self.data.get(self.at + 1) == Some(&b'>') => self.mark(2, Operand::DictEnd),
                b'[' => self.mark(1, Operand::ArrayStart),
                b']' => self.mark(1, Operand::ArrayEnd),
                b')' | b'>' | b'{' | b'}' => {
                    self.at += 1;
                    continue;
                }
                _ => match self.word() {
                    b"true" | b"false" | b"null" => Operand::Other,
                    operator => return Some(operator),
                },
            };
            operands.push(operand);
        }
    }

    fn mark(&mut self, length: usize, operand: Operand<'a>) -> Operand<'a> {
        self.at += length;
        operand
    }

    #[inline]
    fn skip_space(&mut self) {
        while let Some(&b) = self.data.get(self.at) {
            match b {
                b'%' => self.skip_comment(),
                _ if is_space(b) => self.at += 1,
                _ => break,
            }
        }
    }

    #[inline(never)]
    fn skip_comment(&mut self) {
        let rest = &self.data[self.at..];
        self.at += rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(rest.len());
    }

    fn word(&mut self) -> &'a [u8] {
        let rest = &self.data[self.at..];
        // Most operators have one letter or two.
        let ends = |at: usize| rest.get(at).is_none_or(|b| !IS_REGULAR[usize::from(*b)]);
        let length = if ends(1) {
            1
        } else if ends(2) {
            2
        } else {
            2 + regular(&rest[2..])
        };
        self.at += length;
        &rest[..length]
    }

    /// A number. Most have few digits and one sign at most, and are read in few steps.
    #[inline]
    fn number(&mut self) -> f64 {
        let rest = &self.data[self.at..];
        let negative = rest.first() == Some(&b'-');
        let signless = &rest[usize::from(negative)..];
        let Some(digits) = signless.first_chunk().and_then(Digits::at_head) else {
            return self.odd_number();
        };
        self.at += usize::from(negative) + digits.length;
        let value = digits.value as i64 as f64;
        let value = if digits.decimals == 0 { value } else { value / POWERS_OF_TEN[digits.decimals] };
        if negative { -value } else { value }
    }

    /// Numbers as viewers read them: signs may repeat, a second minus ends the number.
    #[inline(never)]
    fn odd_number(&mut self) -> f64 {
        let mut negative = false;
        while let Some(b @ (b'+' | b'-')) = self.data.get(self.at) {
            negative = *b == b'-';
            self.at += 1;
        }
        // Digits are gathered in an integer, and divided once: a number of a drawing is read in few steps.
        let (mut digits, mut decimals, mut in_decimals) = (0_u64, 0_usize, false);
        while let Some(&b) = self.data.get(self.at) {
            match b {
                b'0'..=b'9' if digits < ENOUGH_DIGITS && decimals < MOST_DECIMALS => {
                    digits = digits * 10 + u64::from(b - b'0');
                    decimals += usize::from(in_decimals);
                }
                b'0'..=b'9' if in_decimals => {}
                b'0'..=b'9' => return self.huge_number(negative, digits),
                b'.' if !in_decimals => in_decimals = true,
                b'-' => {
                    self.word();
                    break;
                }
                _ => break,
            }
            self.at += 1;
        }
        let value = digits as f64 / POWERS_OF_TEN[decimals];
        if negative { -value } else { value }
    }

    /// A number of more digits before its point than are kept exactly.
    #[inline(never)]
    fn huge_number(&mut self, negative: bool, digits: u64) -> f64 {
        let mut value = digits as f64;
        while let Some(b @ b'0'..=b'9') = self.data.get(self.at) {
            value = value * 10.0 + f64::from(b - b'0');
            self.at += 1;
        }
        if self.data.get(self.at) == Some(&b'.') {
            let rest = &self.data[self.at + 1..];
            self.at += 1 + rest.iter().position(|b| !b.is_ascii_digit()).unwrap_or(rest.len());
        }
        if negative { -value } else { value }
    }

    fn name(&mut self) -> Operand<'a> {
        self.at += 1;
        let rest = &self.data[self.at..];
        let (mut length, mut is_plain) = (0, true);
        while let Some(b) = rest.get(length).filter(|b| IS_REGULAR[usize::from(**b)]) {
            is_plain &= *b != b'#';
            length += 1;
        }
        self.at += length;
        let raw = &rest[..length];
        if is_plain { Operand::Name(raw) } else { Operand::EscapedName(raw) }
    }

    /// A string in parentheses, which may hold others. Source: ISO 32000-1 §7.3.4.2.
    fn literal(&mut self) -> Operand<'a> {
        self.at += 1;
        let rest = &self.data[self.at..];
        let (mut length, mut depth, mut is_plain) = (0, 0, true);
        loop {
            let ahead = rest.get(length..).unwrap_or_default();
            length += ahead.iter().position(|b| matters(*b)).unwrap_or(ahead.len());
            match rest.get(length) {
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
        let raw = &rest[..length.min(rest.len())];
        self.at += (length + 1).min(rest.len());
        if is_plain { Operand::String(raw) } else { Operand::EscapedString(raw) }
    }

    #[inline(never)]
    fn hexadecimal(&mut self) -> Operand<'a> {
        self.at += 1;
        let rest = &self.data[self.at..];
        let length = rest.iter().position(|&b| b == b'>').unwrap_or(rest.len());
        self.at += length + 1;
        Operand::Hexadecimal(&rest[..length])
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
    fn numbers_are_the_same_eight_bytes_at_a_time_and_one_by_one() {
        let numbers = [
            "0",
            "7",
            "-7",
            "12345678",
            "123456789",
            "1234567",
            "1234567.",
            ".5",
            "-.5",
            "0.5",
            "93.8909090909",
            "1234567.12345678",
            "1.12345678",
            "1.123456789",
            "12.1234567890123",
            "1.12345678901234",
            "1.1234567890123456",
            "12345678.5",
            "0.00000001",
            "00.10",
            "99999999",
            "1.",
            "-",
            ".",
            "-.",
            "1.2.3",
            "1-2",
            "1.5-2",
            "4a",
            "3/",
            "5\u{ff}",
        ];
        for number in numbers {
            let window = format!("{number}{}", " ".repeat(WINDOW));
            let mut slow = Lexer::new(number.as_bytes());
            let one_by_one = slow.odd_number();
            for text in [number, &window] {
                let mut lexer = Lexer::new(text.as_bytes());
                assert_eq!(lexer.number(), one_by_one, "{text}");
                assert_eq!(lexer.at, slow.at, "{text}");
            }
        }
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
    fn inline_images_are_skipped() {
        let mut lexer = Lexer::new(b"BI /W 1 ID \x00\x01EI\xff \xfeEI\nQ");
        let mut operands = Vec::new();
        assert_eq!(lexer.next_operator(&mut operands), Some(&b"BI"[..]));
        assert_eq!(lexer.next_operator(&mut operands), Some(&b"ID"[..]));
        lexer.skip_inline_image();
        assert_eq!(lexer.next_operator(&mut operands), None);
    }
}
