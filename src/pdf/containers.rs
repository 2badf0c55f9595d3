//! Which streams hold objects, by the cross-reference streams of a file. Source: ISO 32000-2 §7.5.7 and §7.5.8.

use super::filter::{inflate, unpredict};
use super::limits::MAX_STREAM;
use hayro_syntax::object::{Dict, FromBytes as _, Object};
use memchr::memmem;
use std::collections::BTreeSet;

/// The numbers of the objects that others lie in.
#[derive(Default)]
pub(super) struct Containers {
    numbers: BTreeSet<u32>,
    /// Some cross-reference stream could not be read: any stream may hold objects.
    is_unknown: bool,
}

impl Containers {
    /// Takes in what a cross-reference stream says; `before` is all that stands since the stream before it.
    ///
    /// A text may look like the head of an object, so that each of them is asked.
    pub(super) fn add(&mut self, before: &[u8], data: &[u8]) {
        let mut heads =
            memmem::find_iter(before, b"obj").filter(|at| !before[..*at].ends_with(b"end")).peekable();
        self.is_unknown |= heads.peek().is_none();
        for at in heads {
            match numbers(&before[at..], data) {
                Some(numbers) => self.numbers.extend(numbers),
                None => self.is_unknown = true,
            }
        }
    }

    /// Whether one of the objects that begin in what stands before a stream may hold others; what has no number may be
    /// any.
    pub(super) fn may_be(&self, before: &[u8]) -> bool {
        let holds = |at: usize| match number(&before[..at]) {
            Some(number) => self.numbers.contains(&number),
            None => !before[..at].ends_with(b"end"),
        };
        self.is_unknown || !self.numbers.is_empty() && memmem::find_iter(before, b"obj").any(holds)
    }
}

/// The number of the object whose head ends here, as in `12 0 `.
fn number(before: &[u8]) -> Option<u32> {
    let digits = |text: &[u8]| text.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let before = before.trim_ascii_end();
    let generation = Some(digits(before)).filter(|count| *count > 0)?;
    let before = before[..before.len() - generation].trim_ascii_end();
    std::str::from_utf8(&before[before.len() - digits(before)..]).ok()?.parse().ok()
}

/// The containers that a stream names if it is a cross-reference stream; `None` where it cannot be read.
fn numbers(object: &[u8], data: &[u8]) -> Option<Vec<u32>> {
    let dict = Dict::from_bytes(&object[memmem::find(object, b"<<")?..])?;
    let Some(widths) = dict.get::<[u8; 3]>("W") else { return Some(Vec::new()) };
    let [kind, container, rest] = widths.map(usize::from);
    let data = match dict.get::<Object<'_>>("Filter") {
        Some(Object::Name(name)) if matches!(&*name, b"FlateDecode" | b"Fl") => {
            inflate(data, MAX_STREAM).ok()?.data
        }
        None if !dict.contains_key("Filter") && !dict.contains_key("F") => data.into(),
        _ => return None,
    };
    let data = unpredict(&dict, 0, data.into_owned()).ok()?;
    let value = |bytes: &[u8]| bytes.iter().fold(0_u64, |value, byte| value << 8 | u64::from(*byte));
    let entries = data.chunks_exact((kind + container + rest).max(1));
    // Entries of the second kind lie in an object stream.
    let held = entries.filter(|entry| value(&entry[..kind]) == 2);
    let mut numbers: Vec<u32> =
        held.filter_map(|entry| u32::try_from(value(&entry[kind..kind + container])).ok()).collect();
    numbers.dedup();
    Some(numbers)
}
