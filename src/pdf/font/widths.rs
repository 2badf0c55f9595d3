//! The widths of simple fonts. Source: ISO 32000-1 §9.6.2.

use crate::pdf::lexer::plain_numbers;
use hayro_syntax::object::{Array, Dict, Number};

/// The widths of a simple font, as its dictionary gives them. Source: ISO 32000-1 §9.6.2.
pub(super) struct Widths {
    first: i32,
    /// In glyph space; `None` where the dictionary has none.
    list: Option<Vec<f32>>,
}

impl Widths {
    pub(super) fn read(dict: &Dict<'_>) -> Self {
        let list = dict.get::<Array<'_>>("Widths");
        Self {
            first: dict.get::<i32>("FirstChar").unwrap_or(0),
            list: list.map(|widths| numbers(&widths, 256)),
        }
    }

    /// Codes that have widths and that are not zero, ascending; all codes where nothing is said.
    pub(super) fn codes_used(&self) -> Vec<u8> {
        let first = u8::try_from(self.first).unwrap_or(0);
        match &self.list {
            Some(widths) => {
                let widths = (first..=u8::MAX).zip(widths);
                widths.filter(|(_, width)| **width != 0.0).map(|(code, _)| code).collect()
            }
            None => (0..=u8::MAX).collect(),
        }
    }

    /// Enters advances; whether there are any. `unit` is that of glyph space, in text space.
    pub(super) fn give(&self, descriptor: &Dict<'_>, unit: f32, table: &mut [(f32, u32); 256]) -> bool {
        let Some(widths) = &self.list else { return false };
        let missing = descriptor.get::<Number>("MissingWidth").map_or(0.0, |n| n.as_f32()) * unit;
        table.iter_mut().for_each(|entry| entry.0 = missing);
        let codes = usize::try_from(self.first).into_iter().flat_map(|first| first..);
        for (code, width) in codes.zip(widths) {
            if let Some(entry) = table.get_mut(code) {
                entry.0 = width * unit;
            }
        }
        true
    }
}

/// The numbers of an array, at most so many. Most arrays hold nothing else, and are read at once.
pub(super) fn numbers(array: &Array<'_>, most: usize) -> Vec<f32> {
    match plain_numbers(array.data(), most) {
        Some(plain) => plain.into_iter().map(|number| number as f32).collect(),
        None => array.iter::<Number>().take(most).map(|number| number.as_f32()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hayro_syntax::object::FromBytes as _;

    #[test]
    fn numbers_are_those_that_the_library_reads() {
        let usual = "278 -2.5\r\n.25\t4. 0 -0 123456789012345 0.123456789 600";
        let slips =
            ["", " ", "e", "-", "+", ".", "%", "/", "R", "0 R", "[", "(a)", "\0", "99999999999999999999"];
        for at in 0..usual.len() {
            for slip in slips {
                let array = format!("[{}{slip}{}]", &usual[..at], &usual[at + 1..]);
                let Some(array) = Array::from_bytes(array.as_bytes()) else { continue };
                for most in [3, 4, 256] {
                    let expected = array.iter::<Number>().take(most).map(|number| number.as_f32().to_bits());
                    let read = numbers(&array, most).into_iter().map(f32::to_bits);
                    assert!(read.eq(expected), "{most} of {:?}", array.data().escape_ascii().to_string());
                }
            }
        }
    }
}
