//! Text strings: what a file says of itself in words. Source: ISO 32000-1 §7.9.2.

/// A text string: UTF-16 or UTF-8 behind a byte-order mark, else PDFDocEncoding.
///
/// Some are drawings of two million letters, nearly all of them ASCII: those are taken run by run.
pub(super) fn text_string(bytes: &[u8]) -> String {
    if let Some(utf16) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16_text(utf16);
    }
    if let Some(utf8) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return String::from_utf8_lossy(utf8).into_owned();
    }
    let is_other = |b: &u8| !b.is_ascii() || (0x18..=0x1f).contains(b);
    let mut text = String::with_capacity(bytes.len());
    for run in bytes.split_inclusive(is_other) {
        let (plain, other) = match run.split_last() {
            Some((last, before)) if is_other(last) => (before, Some(pdf_doc_char(*last))),
            _ => (run, None),
        };
        text.push_str(std::str::from_utf8(plain).unwrap_or_default());
        text.extend(other);
    }
    text
}

/// Bytes of UTF-16 that are looked at together.
const BLOCK: usize = 64;

/// UTF-16 with the high byte first; what is none becomes the replacement character.
fn utf16_text(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() / 2);
    let unit = |pair: &[u8]| u16::from(pair[0]) << 8 | u16::from(*pair.get(1).unwrap_or(&0));
    let letters_of = |part: &[u8], text: &mut String| {
        let letters = char::decode_utf16(part.chunks(2).map(unit));
        text.extend(letters.map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)));
    };
    // No pair of surrogates goes across a block of ASCII.
    let mut rest = bytes;
    let mut ahead = 0;
    while let Some(block) = rest[ahead..].first_chunk::<BLOCK>() {
        let letters: [u8; BLOCK / 2] = std::array::from_fn(|at| block[2 * at + 1]);
        let is_ascii = block.iter().step_by(2).all(|high| *high == 0) && letters.is_ascii();
        match std::str::from_utf8(&letters) {
            Ok(letters) if is_ascii => {
                letters_of(&rest[..ahead], &mut text);
                text.push_str(letters);
                rest = &rest[ahead + BLOCK..];
                ahead = 0;
            }
            _ => ahead += BLOCK,
        }
    }
    letters_of(rest, &mut text);
    text
}

/// PDFDocEncoding where it differs from Latin-1. Source: ISO 32000-1 annex D.2.
fn pdf_doc_char(b: u8) -> char {
    const HIGH: [char; 31] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ',
        'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž',
    ];
    const ACCENTS: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
    match b {
        0x18..=0x1f => ACCENTS[usize::from(b - 0x18)],
        0x80..=0x9e => HIGH[usize::from(b - 0x80)],
        0xa0 => '€',
        _ => char::from(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings_are_read_in_each_encoding() {
        assert_eq!(text_string(b"\xfe\xff\x00\xe9\x00t"), "ét");
        assert_eq!(text_string(b"\xef\xbb\xbf\xc3\xa9"), "é");
        assert_eq!(text_string(b"a\x85b"), "a–b");
    }

    #[test]
    fn utf16_is_the_same_in_blocks_and_unit_by_unit() {
        let plain =
            "all of this is plain text in ASCII, and longer than two blocks of sixty-four bytes are. ";
        for odd in ["", "é", "x𝒳y", "\u{80}", "\u{ff}ÿ"] {
            for at in 0..40 {
                let text = format!("{}{odd}{plain}{odd}{plain}", &plain[..at]);
                let units: Vec<u16> = text.encode_utf16().collect();
                let bytes: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
                assert_eq!(utf16_text(&bytes), text);
                // Either surrogate alone, and half a unit at the end.
                for surrogate in [0xd83d, 0xdc00] {
                    let mut broken = units.clone();
                    broken.insert(at, surrogate);
                    let mut bytes: Vec<u8> = broken.iter().flat_map(|unit| unit.to_be_bytes()).collect();
                    assert_eq!(utf16_text(&bytes), String::from_utf16_lossy(&broken));
                    bytes.push(1);
                    broken.push(0x100);
                    assert_eq!(utf16_text(&bytes), String::from_utf16_lossy(&broken));
                }
            }
        }
    }
}
