//! Finds many literal words in one pass: a table of their first four bytes says where to look closer.
//!
//! An Aho-Corasick automaton of the same words takes ten times as long to build as a paper takes to be searched here
//! (measured on 30 kB: 0.4 ms and 0.3 ms against 0.03 ms and 0.05 ms), and a program that checks one paper builds it once.

use memchr::memchr2_iter;

/// Words, ready to be found.
pub(super) struct Anchors {
    /// Whether a word may begin with bytes of a hash, a bit for each.
    table: Box<[u64; TABLE]>,
    /// First bytes, words and their owners, in order of the first bytes.
    long: Vec<(u32, &'static str, usize)>,
    /// Words of fewer bytes than are looked at first, by a byte that each of them holds and few texts do.
    short: Vec<(u8, Vec<ShortWord>)>,
}

/// A word of few bytes: where in it its byte stands, the word, and its owner.
type ShortWord = (usize, &'static str, usize);

/// Bytes that running text has few of, the rarest first.
const RARE: [u8; 4] = *b"@~$_";

/// Bytes that are looked at first.
const HEAD: usize = 4;
/// Places that are looked at together.
const STEP: usize = 4;
/// Bits of the hash of the first bytes; a table of 8 KiB.
const HASH_BITS: u32 = 16;
/// Words of the table.
const TABLE: usize = 1 << (HASH_BITS - u64::BITS.ilog2());

/// Set in ASCII lower-case letters, and not in capitals; what else it makes alike is told apart later.
const LOWER: u32 = 0x2020_2020;

/// The first bytes as a number, without regard to case.
fn head(bytes: [u8; HEAD]) -> u32 {
    u32::from_le_bytes(bytes) | LOWER
}

/// Where the bit of some first bytes is: a word of the table, and a word with that bit.
///
/// By a multiplicative hash. Source: Knuth, The Art of Computer Programming, vol. 3, §6.4.
fn bit(head: u32) -> (usize, u64) {
    let hash = head.wrapping_mul(0x9e37_79b1) >> (32 - HASH_BITS);
    ((hash / u64::BITS) as usize, 1 << (hash % u64::BITS))
}

impl Anchors {
    /// Readies words, each with the index of its owner. ASCII case does not matter.
    pub(super) fn new(words: impl Iterator<Item = (&'static str, usize)>) -> Self {
        let mut anchors = Self { table: Box::new([0; TABLE]), long: Vec::new(), short: Vec::new() };
        for (word, owner) in words {
            match word.as_bytes().first_chunk::<HEAD>() {
                Some(first) => {
                    let (place, bit) = bit(head(*first));
                    anchors.table[place] |= bit;
                    anchors.long.push((head(*first), word, owner));
                }
                None => anchors.add_short(word, owner),
            }
        }
        anchors.long.sort_unstable_by_key(|(head, ..)| *head);
        anchors
    }

    fn add_short(&mut self, word: &'static str, owner: usize) {
        let rarest = RARE.iter().find_map(|rare| word.bytes().position(|b| b == *rare)).unwrap_or(0);
        let mark = word.as_bytes()[rarest].to_ascii_lowercase();
        let word = (rarest, word, owner);
        match self.short.iter_mut().find(|(m, _)| *m == mark) {
            Some((_, words)) => words.push(word),
            None => self.short.push((mark, vec![word])),
        }
    }

    /// Every place of every word, as owner and byte, at most `most` of them, in no order.
    pub(super) fn places(&self, text: &str, most: usize) -> Vec<(usize, usize)> {
        let bytes = text.as_bytes();
        let mut places = Vec::new();
        for (mark, words) in &self.short {
            let starts = |at: usize| {
                words.iter().filter_map(move |(before, word, owner)| {
                    let start = at.checked_sub(*before)?;
                    let here = bytes.get(start..start + word.len())?;
                    here.eq_ignore_ascii_case(word.as_bytes()).then_some((*owner, start))
                })
            };
            let room = most.saturating_sub(places.len());
            places.extend(memchr2_iter(*mark, mark.to_ascii_uppercase(), bytes).flat_map(starts).take(room));
        }
        // Eight bytes hold the first bytes of five words; four of them are looked at, and then the next four.
        let mut at = 0;
        while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
            let eight = u64::from_le_bytes(*eight);
            for next in 0..STEP {
                let head = (eight >> (8 * next)) as u32 | LOWER;
                if self.may_begin(head) && !self.add(head, bytes, at + next, most, &mut places) {
                    return places;
                }
            }
            at += STEP;
        }
        for (next, window) in bytes[at.min(bytes.len())..].windows(HEAD).enumerate() {
            let head = head([window[0], window[1], window[2], window[3]]);
            if self.may_begin(head) && !self.add(head, bytes, at + next, most, &mut places) {
                break;
            }
        }
        places
    }

    #[inline]
    fn may_begin(&self, head: u32) -> bool {
        let (place, bit) = bit(head);
        self.table[place] & bit != 0
    }

    /// Adds the words that stand at a place, and tells whether there is room for more.
    #[inline(never)]
    fn add(&self, head: u32, bytes: &[u8], at: usize, most: usize, places: &mut Vec<(usize, usize)>) -> bool {
        let from = self.long.partition_point(|(h, ..)| *h < head);
        for (_, word, owner) in self.long[from..].iter().take_while(|(h, ..)| *h == head) {
            let here = bytes.get(at..at + word.len());
            if here.is_some_and(|here| here.eq_ignore_ascii_case(word.as_bytes())) {
                places.push((*owner, at));
            }
        }
        places.len() < most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_wherever_they_stand() {
        let words = ["@", "b/~", "/~", "our lab", "our laboratory", "忽略", "гнорируй"];
        let anchors = Anchors::new(words.iter().enumerate().map(|(i, w)| (*w, i)));
        let text = "OUR LABORATORY: a@b/~c, 请忽略, Игнорируйте our la";
        let mut found: Vec<usize> = anchors.places(text, 100).into_iter().map(|(owner, _)| owner).collect();
        found.sort_unstable();
        assert_eq!(found, [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(anchors.places("our lab our lab our lab", 2).len(), 2);
        for length in 0..20 {
            let text = format!("{}our lab{}", "-".repeat(length), "-".repeat(length % 5));
            assert_eq!(anchors.places(&text, 9), [(3, length)], "{text}");
        }
        assert_eq!(anchors.places("", 2), []);
        assert_eq!(anchors.places("~ @/~", 9), [(0, 2), (2, 3)], "the first has nothing before it");
        assert_eq!(anchors.places("@@@", 2), [(0, 0), (0, 1)]);
        let letters = Anchors::new([("irb", 0)].into_iter());
        assert_eq!(letters.places("an IRB, an irb", 9), [(0, 3), (0, 11)]);
    }
}
