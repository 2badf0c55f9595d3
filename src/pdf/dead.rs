//! Authors in bytes that no live object takes: objects that were replaced, or that no table lists.

use super::text_string::text_string;
use super::unshown::{Holder, UnshownEntry};
use memchr::memmem;

/// A literal text that is looked for, in bytes.
const LONGEST_LITERAL: usize = 1 << 12;

/// What dead bytes of a file say of its authors, at most `most` of it; `live` are the ranges that live objects take, in
/// any order.
pub(super) fn authors(mut live: Vec<(usize, usize)>, bytes: &[u8], most: usize) -> Vec<UnshownEntry> {
    live.sort_unstable();
    // Ranges do not nest but for streams and their dictionaries, which follow one another.
    let ends = std::iter::once(0).chain(live.iter().map(|range| range.1));
    let starts = live.iter().map(|range| range.0).chain([bytes.len()]);
    let dead: Vec<(usize, usize)> = ends.zip(starts).filter(|(from, to)| from < to).collect();
    let said_by = |key: &'static str| {
        let word = format!("/{key}");
        let finder = memmem::Finder::new(&word);
        // A word that begins among dead bytes may end among live ones.
        let reach = |to: usize| (to + word.len() - 1).min(bytes.len());
        let places =
            |&(from, to): &(usize, usize)| finder.find_iter(&bytes[from..reach(to)]).map(move |at| from + at);
        let entry = |at: usize| {
            let text = literal(&bytes[at + word.len()..])?;
            UnshownEntry::new(Holder::Stray, key, &text_string(&text), format!("byte {at} {word}"))
        };
        dead.iter().flat_map(places).take(most).filter_map(entry).collect::<Vec<_>>()
    };
    ["Author", "PTEX.FileName"].into_iter().flat_map(said_by).take(most).collect()
}

/// The bytes of a text that stands at the start, in parentheses or in hexadecimal. Source: ISO 32000-2 §7.3.4.
fn literal(bytes: &[u8]) -> Option<Vec<u8>> {
    let bytes = bytes[..bytes.len().min(LONGEST_LITERAL)].trim_ascii_start();
    let mut out = Vec::new();
    if let Some(hex) = bytes.strip_prefix(b"<").filter(|rest| !rest.starts_with(b"<")) {
        let digits = hex.iter().take_while(|b| **b != b'>').filter_map(|b| char::from(*b).to_digit(16));
        let digits: Vec<u32> = digits.collect();
        out.extend(digits.chunks(2).map(|pair| (pair[0] << 4 | pair.get(1).unwrap_or(&0)) as u8));
        return Some(out);
    }
    let mut rest = bytes.strip_prefix(b"(")?.iter();
    let mut depth = 1_usize;
    while let Some(&byte) = rest.next() {
        match byte {
            b'\\' => out.extend(rest.next()),
            b')' if depth == 1 => return Some(out),
            _ => {
                depth = depth + usize::from(byte == b'(') - usize::from(byte == b')');
                out.push(byte);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_no_live_object_takes_is_dead() {
        let file = b"1 0 obj<</Author(Velm)>> 2 0 obj<</Author(Quist)>> /Author(Brenn) <</Author(Last";
        let live = vec![(32, 50), (7, 24)];
        let said = authors(live, file, 9);
        assert!(authors(vec![], file, 0).is_empty());
        let texts: Vec<&str> = said.iter().map(|entry| entry.text.as_str()).collect();
        assert_eq!(texts, ["Brenn"]);
        assert_eq!(said[0].path, "byte 51 /Author");
        let across = authors(vec![(12, 50)], &file[..50], 9);
        let texts: Vec<&str> = across.iter().map(|entry| entry.text.as_str()).collect();
        assert_eq!(texts, ["Velm"]);
    }

    #[test]
    fn texts_among_dead_bytes_are_read_to_their_end() {
        assert_eq!(literal(b" (Melanie \\(Velm\\)) /Title"), Some(b"Melanie (Velm)".to_vec()));
        assert_eq!(literal(b"(a (b) c)d"), Some(b"a (b) c".to_vec()));
        assert_eq!(literal(b"<41 42>"), Some(b"AB".to_vec()));
        assert_eq!(literal(b"(never closed"), None);
        assert_eq!(literal(b" 12 0 R"), None);
    }
}
