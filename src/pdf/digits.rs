//! Numbers with more digits than the crate that writes PDFs keeps.
//!
//! It holds reals in 32 bits, and a page that is a hundred-thousandth of a point lower is not painted the same: where
//! edges are smoothed, viewers show it. Such numbers are written as names of the same length, and the names are
//! replaced by the digits once the file is written.

use super::limits::{MAX_NESTING, MAX_OBJECTS};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Object as Read};
use lopdf::{Document, Object};
use memchr::memmem;
use std::collections::BTreeMap;

/// What the names begin with; a file that has such names is written without them.
const MARK: &str = "dlde";
/// Digits of a number that fits no 32 bits, at least; longer ones are cut to the other.
const SHORTEST: usize = 8;
const LONGEST: usize = 20;

/// The digits of numbers with the order they were met in, by the bits that are left of them.
#[derive(Default)]
pub(super) struct Digits(BTreeMap<u32, (usize, String)>);

impl Digits {
    /// Every number of a file that 32 bits do not hold. Content streams are not looked into: they stay as they are.
    pub(super) fn of(pdf: &Pdf, bytes: &[u8]) -> Self {
        let mut digits = Self::default();
        if memmem::find(bytes, format!("/{MARK}").as_bytes()).is_none() {
            pdf.objects().into_iter().take(MAX_OBJECTS).for_each(|object| digits.object(&object, 0));
        }
        digits
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn object(&mut self, object: &Read<'_>, depth: usize) {
        match object {
            Read::Number(number) => self.number(number.as_f64()),
            Read::Dict(dict) => self.dict(dict, depth),
            Read::Stream(stream) => self.dict(stream.dict(), depth),
            Read::Array(array) => self.array(array, depth),
            _ => {}
        }
    }

    fn dict(&mut self, dict: &Dict<'_>, depth: usize) {
        dict.entries().for_each(|(_, value)| self.inner(&value, depth));
    }

    fn array(&mut self, array: &Array<'_>, depth: usize) {
        array.raw_iter().for_each(|value| self.inner(&value, depth));
    }

    fn inner(&mut self, value: &MaybeRef<Read<'_>>, depth: usize) {
        if let MaybeRef::NotRef(object) = value
            && depth < MAX_NESTING
        {
            self.object(object, depth + 1);
        }
    }

    fn number(&mut self, exact: f64) {
        let kept = exact as f32;
        let digits = exact.to_string();
        let is_kept = kept.to_string().parse() == Ok(exact);
        if !is_kept && digits.contains('.') && (SHORTEST..=LONGEST).contains(&digits.len()) {
            let index = self.0.len();
            self.0.entry(kept.to_bits()).or_insert((index, digits));
        }
    }

    /// Puts names in the place of these numbers.
    pub(super) fn mark(&self, document: &mut Document) {
        document.objects.values_mut().for_each(|object| self.mark_in(object, 0));
    }

    fn mark_in(&self, object: &mut Object, depth: usize) {
        match object {
            _ if depth > MAX_NESTING => {}
            Object::Real(kept) => {
                if let Some(name) = self.name(kept.to_bits()) {
                    *object = Object::Name(name.into_bytes());
                }
            }
            Object::Array(all) => all.iter_mut().for_each(|one| self.mark_in(one, depth + 1)),
            Object::Dictionary(dict) => {
                dict.iter_mut().for_each(|(_, value)| self.mark_in(value, depth + 1));
            }
            Object::Stream(stream) => {
                stream.dict.iter_mut().for_each(|(_, value)| self.mark_in(value, depth + 1));
            }
            _ => {}
        }
    }

    /// The name of a number: with its slash as long as the digits after a space.
    fn name(&self, bits: u32) -> Option<String> {
        let (index, digits) = self.0.get(&bits)?;
        let width = digits.len() - MARK.len();
        Some(format!("{MARK}{index:0width$}"))
    }

    /// Puts the digits, after a space, in the place of the names with their slash.
    pub(super) fn restore(&self, file: &mut [u8]) {
        let names: BTreeMap<String, &String> =
            self.0.iter().filter_map(|(bits, (_, digits))| Some((self.name(*bits)?, digits))).collect();
        let mark = format!("/{MARK}");
        let mut from = 0;
        while let Some(at) = memmem::find(&file[from..], mark.as_bytes()) {
            let start = from + at + 1;
            let length = file[start + MARK.len()..].iter().take_while(|b| b.is_ascii_digit()).count();
            from = start + MARK.len() + length;
            let name = String::from_utf8_lossy(&file[start..from]).into_owned();
            if let Some(digits) = names.get(&name) {
                file[start - 1..from].copy_from_slice(format!(" {digits}").as_bytes());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::dictionary;

    #[test]
    fn digits_that_32_bits_do_not_hold_are_kept() {
        let mut digits = Digits::default();
        for number in [793.700989, 0.123456789, 595.276, 12.0, 1e30] {
            digits.number(number);
        }
        assert_eq!(digits.0.len(), 2);
        let all = [595.276, 793.701, 12.0, 0.123_456_79].map(Object::Real).to_vec();
        let mut document = Document::with_version("1.5");
        let page = document.add_object(dictionary! { "MediaBox" => all, "Next" => Object::Real(793.701) });
        document.trailer.set("Root", page);
        digits.mark(&mut document);
        let mut file = Vec::new();
        document.save_to(&mut file).expect("it is written");
        digits.restore(&mut file);
        let text = String::from_utf8_lossy(&file).into_owned();
        assert!(text.contains("[595.276 793.700989 12.0 0.123456789]"), "{text}");
        assert!(text.contains("/Next 793.700989") && !text.contains(MARK), "{text}");
    }
}
