//! Makes new inputs from known ones: bytes changed, pieces moved, words of the format put in.

/// Words that readers look for.
const WORDS: &[&str] = &[
    "<<",
    ">>",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    " obj ",
    " endobj ",
    "stream\n",
    "\nendstream",
    "%PDF-1.7",
    "xref",
    "trailer",
    "startxref",
    "%%EOF",
    "/Type",
    "/Length",
    "/Filter",
    "/FlateDecode",
    "/ASCIIHexDecode",
    "/Kids",
    "/Prev",
    "/W",
    "/Widths",
    "/FirstChar",
    "/ToUnicode",
    "/Encrypt",
    "/ObjStm",
    "/XRef",
    " 0 R ",
    "BT",
    "ET",
    "Tj",
    "TJ",
    "Tf",
    "Do",
    "q",
    "Q",
    "cm",
    "BMC",
    "EMC",
    "BI",
    "ID",
    "EI",
    "re",
    "f",
    "beginbfrange",
    "endbfrange",
    "begincidrange",
    "usecmap",
    "\\",
    "{",
    "}",
    "$",
    "%",
    "\n\n",
    "\\begin{",
    "\\end{",
    "\\input{",
    "\\def",
    "\\verb|",
    "\\iffalse",
    "\\fi",
    "@article{",
    "@string{",
    "\"",
    "=",
    ",",
    "#",
    "PK\x03\x04",
    "PK\x01\x02",
    "PK\x05\x06",
    "ustar",
    "\x1f\u{8b}",
    "[[",
    "]]",
    "0",
    "-1",
    "1e30",
    "65536",
    "2147483647",
    "4294967295",
    "99999999999999999999",
    "\0",
    "\u{202e}",
    "\u{200b}",
];
/// The longest input that is made, in bytes: as long as the largest seed and some more.
const LONGEST: usize = 256 << 10;
/// The most changes to one input.
const MOST_CHANGES: usize = 8;

/// A source of numbers that is the same at every run. Source: G. Marsaglia, Xorshift RNGs, 2003.
pub(crate) struct Chance(u64);

impl Chance {
    /// Numbers that a seed begins.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `end`; 0 where nothing is below it.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % end.max(1)
    }
}

/// A new input from one seed, and at times a piece of another.
pub(crate) fn mutated(seeds: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = seeds[chance.below(seeds.len())].clone();
    for _ in 0..=chance.below(MOST_CHANGES) {
        change(&mut bytes, seeds, chance);
    }
    bytes.truncate(LONGEST);
    bytes
}

fn change(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], chance: &mut Chance) {
    let at = chance.below(bytes.len() + 1);
    let end = (at + 1 + chance.below(64)).min(bytes.len());
    match chance.below(8) {
        0 => bytes.truncate(at),
        1 => drop(bytes.drain(at.min(end)..end)),
        2 => {
            let piece = bytes[at.min(end)..end].repeat(1 + chance.below(20));
            bytes.splice(at..at, piece);
        }
        3 => {
            let other = &seeds[chance.below(seeds.len())];
            let from = chance.below(other.len() + 1);
            let piece = other[from..(from + chance.below(2_000)).min(other.len())].to_vec();
            bytes.splice(at.min(end)..end, piece);
        }
        4 | 5 => {
            let word = WORDS[chance.below(WORDS.len())];
            let replaced = if chance.below(2) == 0 { at } else { end };
            bytes.splice(at.min(replaced)..replaced, word.bytes());
        }
        6 => bytes[at.min(end)..end].iter_mut().for_each(|b| *b = chance.below(256) as u8),
        _ => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << chance.below(8);
            }
        }
    }
}
