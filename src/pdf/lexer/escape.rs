//! What is meant by the names and strings of content streams. Source: ISO 32000-1 §7.3.4 and §7.3.5.

use std::iter::Peekable;

/// The bytes of a name: `#` and two digits stand for one. Source: ISO 32000-1 §7.3.5.
pub(super) fn unescaped_name(raw: &[u8]) -> Vec<u8> {
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
pub(super) fn from_hexadecimal(raw: &[u8]) -> Vec<u8> {
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

/// The bytes of a literal string. Source: ISO 32000-1 §7.3.4.2.
pub(super) fn unescaped_literal(raw: &[u8]) -> Vec<u8> {
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
