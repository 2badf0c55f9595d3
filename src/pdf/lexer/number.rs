//! Numbers of content streams, eight bytes at a time. Source: ISO 32000-1 §7.3.3.

use super::{is_space, regular};

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

/// The number at the head of some bytes, and the bytes it takes. Most have few digits and one sign at most.
///
/// Always inlined: compilers call it, and content has two numbers for each operator.
#[inline(always)]
pub(super) fn number(bytes: &[u8]) -> (f64, usize) {
    let negative = bytes.first() == Some(&b'-');
    let signless = &bytes[usize::from(negative)..];
    let Some(digits) = signless.first_chunk().and_then(Digits::at_head) else {
        return odd_number(bytes);
    };
    // One instruction turns signed integers into floats; it takes several for others.
    let value = digits.value as i64 as f64;
    let value = if digits.decimals == 0 { value } else { value / POWERS_OF_TEN[digits.decimals] };
    (if negative { -value } else { value }, usize::from(negative) + digits.length)
}

/// The numbers of an array, at most so many, where it holds plain ones alone; `None` where anything else stands among
/// them: references, comments, what viewers read in more than one way.
pub(in crate::pdf) fn plain_numbers(array: &[u8], most: usize) -> Option<Vec<f64>> {
    let mut numbers = Vec::new();
    let mut rest = array;
    // The last of them may be the first word of a reference, which has three.
    while numbers.len() < most.saturating_add(2) {
        rest = &rest[rest.iter().take_while(|b| is_space(**b)).count()..];
        if rest.is_empty() {
            break;
        }
        let (value, length) = number(rest);
        let (word, behind) = rest.split_at(length);
        let digits = word.strip_prefix(b"-").unwrap_or(word);
        let is_plain = digits.iter().any(u8::is_ascii_digit)
            && digits.len() <= FEW_DIGITS
            && digits.iter().all(|b| b.is_ascii_digit() || *b == b'.');
        if !is_plain || behind.first().is_some_and(|b| !is_space(*b)) {
            return None;
        }
        // An integer has no negative zero.
        numbers.push(if digits.contains(&b'.') { value } else { value + 0.0 });
        rest = behind;
    }
    numbers.truncate(most);
    Some(numbers)
}

/// Numbers as viewers read them: signs may repeat, a second minus ends the number.
#[inline(never)]
fn odd_number(bytes: &[u8]) -> (f64, usize) {
    let (mut at, mut negative) = (0, false);
    while let Some(b @ (b'+' | b'-')) = bytes.get(at) {
        negative = *b == b'-';
        at += 1;
    }
    // Digits are gathered in an integer, and divided once.
    let (mut digits, mut decimals, mut in_decimals) = (0_u64, 0_usize, false);
    while let Some(&b) = bytes.get(at) {
        match b {
            b'0'..=b'9' if digits < ENOUGH_DIGITS && decimals < MOST_DECIMALS => {
                digits = digits * 10 + u64::from(b - b'0');
                decimals += usize::from(in_decimals);
            }
            b'0'..=b'9' if in_decimals => {}
            b'0'..=b'9' => {
                let (value, end) = huge_number(bytes, at, digits);
                return (if negative { -value } else { value }, end);
            }
            b'.' if !in_decimals => in_decimals = true,
            b'-' => {
                at += regular(&bytes[at..]);
                break;
            }
            _ => break,
        }
        at += 1;
    }
    let value = digits as f64 / POWERS_OF_TEN[decimals];
    (if negative { -value } else { value }, at)
}

/// A number of more digits before its point than are kept exactly, and where it ends.
fn huge_number(bytes: &[u8], mut at: usize, digits: u64) -> (f64, usize) {
    let mut value = digits as f64;
    while let Some(b @ b'0'..=b'9') = bytes.get(at) {
        value = value * 10.0 + f64::from(b - b'0');
        at += 1;
    }
    if bytes.get(at) == Some(&b'.') {
        let rest = &bytes[at + 1..];
        at += 1 + rest.iter().position(|b| !b.is_ascii_digit()).unwrap_or(rest.len());
    }
    (value, at)
}

/// The digits of a number that is read eight bytes at a time.
struct Digits {
    /// All of them, without the point.
    value: u64,
    /// How many stand behind the point.
    decimals: usize,
    /// The bytes that they and the point take.
    length: usize,
}

/// The bytes that are looked at, which hold any number of few digits; those at the end of content are read otherwise.
const WINDOW: usize = 32;

impl Digits {
    /// The number at the head; `None` if it has no digit, more than [`FEW_DIGITS`], or more than 7 before its point.
    ///
    /// A plot has a million numbers of all lengths, and a step for each digit ends where nobody foresees.
    #[inline(always)]
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
            if count == 8 && whole < 8 {
                let (part, count) = eight(window, length);
                if whole + decimals + count > FEW_DIGITS {
                    return None;
                }
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
#[inline(always)]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_of_plain_numbers_alone_are_read_as_such() {
        let plain = |array: &str, most| plain_numbers(array.as_bytes(), most);
        assert_eq!(plain(" 1 -2.5\r\n.25\t4.  ", 9), Some(vec![1.0, -2.5, 0.25, 4.0]));
        assert_eq!(plain("1 2 3 4 0 R", 2), Some(vec![1.0, 2.0]));
        assert_eq!(plain("1 2 3 0 R", 3), None, "the third is a reference");
        assert_eq!(plain("1 2 3 0 R", 4), None);
        assert_eq!(plain("", 9), Some(vec![]));
        for other in
            ["1 0 R", "1 % 2", "--1", "1-2", "+1", ".", "-", "1.2.3", "1/a", "[1]", "1234567890123456"]
        {
            assert_eq!(plain(other, 9), None, "{other}");
        }
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
            "9999.9999999999999999",
            "12345678.1234567812345678",
            "1844.6744073709551617",
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
        let digits = "1234567890123456789";
        let lengths = (0..10).flat_map(|whole| (0..19).map(move |decimals| (whole, decimals)));
        let made = lengths.flat_map(|(whole, decimals)| {
            let (whole, decimals) = (&digits[..whole], &digits[..decimals]);
            [" ", "/", "-", ".", "\u{ff}", "]4"].map(|end| format!("{whole}.{decimals}{end}7"))
        });
        for text in numbers.into_iter().map(str::to_owned).chain(made) {
            let window = format!("{text}{}", " ".repeat(WINDOW));
            assert_eq!(number(window.as_bytes()), odd_number(text.as_bytes()), "{text}");
            assert_eq!(number(text.as_bytes()), odd_number(text.as_bytes()), "{text}");
        }
    }
}
