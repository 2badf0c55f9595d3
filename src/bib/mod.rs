//! What bibliographies state: entries and fields with their bytes. Source: BibTeX's own manual, "BibTeXing".

use std::ops::Range;

/// An entry, or a `@comment` or `@preamble`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What stands after the `@`, in lower case.
    pub kind: String,
    /// The key that papers cite; empty for what is no entry.
    pub key: String,
    /// Its fields, in order.
    pub fields: Vec<Field>,
    /// Byte offsets from the start of the file, half-open.
    pub span: Range<u32>,
}

/// A field of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name, in lower case.
    pub name: String,
    /// Its value without braces or quotes.
    pub value: String,
    /// From its name to the end of its value; byte offsets, half-open.
    pub span: Range<u32>,
}

/// The most entries of a file. Chosen: ten times the largest shared bibliography of a field.
const MAX_ENTRIES: usize = 500_000;

/// The most strings that are joined to one value. Chosen: months and journals join two or three.
const MAX_PIECES: usize = 100;

/// The entries of a file, in order. What is no entry is skipped, as BibTeX skips it.
pub fn entries(source: &[u8]) -> Vec<Entry> {
    let mut reader = Reader { source, at: 0 };
    let mut entries = Vec::new();
    while entries.len() < MAX_ENTRIES {
        let Some(found) = memchr::memchr(b'@', &source[reader.at..]) else { break };
        reader.at += found;
        let start = reader.at;
        entries.extend(reader.entry());
        reader.at = reader.at.max(start + 1);
    }
    entries
}

struct Reader<'a> {
    source: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn entry(&mut self) -> Option<Entry> {
        let start = self.at;
        self.at += 1;
        let kind = self.word(|b| b.is_ascii_alphabetic()).to_lowercase();
        self.blanks();
        let open = *self.source.get(self.at).filter(|b| b"{(".contains(b))?;
        if kind.is_empty() {
            return None;
        }
        let body_start = self.at + 1;
        let end = self.closing(self.at, open);
        self.at = body_start;
        let is_entry = !matches!(kind.as_str(), "comment" | "preamble" | "string");
        let key =
            if is_entry { self.word(|b| !b",\n}".contains(&b)).trim().to_owned() } else { String::new() };
        let mut fields = Vec::new();
        while is_entry && self.at < end {
            fields.extend(self.field(end));
        }
        self.at = end;
        Some(Entry { kind, key, fields, span: start as u32..end as u32 })
    }

    /// A field before `end`, or a step on.
    fn field(&mut self, end: usize) -> Option<Field> {
        self.word(|b| b == b',' || b.is_ascii_whitespace());
        let start = self.at;
        let name = self.word(|b| b.is_ascii_alphanumeric() || b"-_+:.".contains(&b)).to_lowercase();
        self.blanks();
        if name.is_empty() || self.source.get(self.at) != Some(&b'=') || self.at >= end {
            self.at = self.at.max(start + 1);
            return None;
        }
        self.at += 1;
        self.blanks();
        let from = self.at;
        self.pieces(end);
        let value = String::from_utf8_lossy(&self.source[from..self.at]);
        let value = value.trim_matches(|c| "{}\" \n\r\t".contains(c)).to_owned();
        Some(Field { name, value, span: start as u32..self.at as u32 })
    }

    /// Steps over a value: braces, quotes, numbers and names, joined by `#`.
    fn pieces(&mut self, end: usize) {
        for _ in 0..MAX_PIECES {
            let from = self.at;
            let to = match self.source.get(from) {
                Some(b'{') => self.closing(from, b'{').min(end),
                Some(b'"') => self.quote(from, end),
                _ => from + self.source[from..].iter().position(|b| b",}#\n".contains(b)).unwrap_or(0),
            };
            self.at = to.min(end).max(from);
            let joint = self.source[self.at..end].iter().position(|b| !b.is_ascii_whitespace());
            match joint.map(|n| self.at + n).filter(|at| self.source[*at] == b'#') {
                Some(at) => self.at = at + 1,
                None => return,
            }
            self.blanks();
        }
    }

    fn word(&mut self, keeps: impl Fn(u8) -> bool) -> String {
        let rest = &self.source[self.at.min(self.source.len())..];
        let length = rest.iter().position(|&b| !keeps(b)).unwrap_or(rest.len());
        self.at += length;
        String::from_utf8_lossy(&rest[..length]).into_owned()
    }

    fn blanks(&mut self) {
        self.word(|b| b.is_ascii_whitespace());
    }

    /// The offset behind the bracket that closes the one at `from`; before the next entry where none does.
    fn closing(&self, from: usize, open: u8) -> usize {
        let close = if open == b'{' { b'}' } else { b')' };
        let mut depth = 0_usize;
        for (index, &byte) in self.source[from..].iter().enumerate() {
            if byte == open {
                depth += 1;
            } else if byte == close {
                depth -= 1;
                if depth == 0 {
                    return from + index + 1;
                }
            } else if byte == b'@' && index > 0 && self.source[from + index - 1] == b'\n' {
                return from + index;
            }
        }
        self.source.len()
    }

    /// The offset behind the quote that closes the one at `from`; `end` where none does.
    fn quote(&self, from: usize, end: usize) -> usize {
        let mut depth = 0_i64;
        // An entry that closes no quote is not searched on through all that follow it.
        for (index, &byte) in self.source.get(from + 1..end).unwrap_or_default().iter().enumerate() {
            match byte {
                b'{' => depth += 1,
                b'}' => depth -= 1,
                b'"' if depth <= 0 => return from + 1 + index + 1,
                _ => {}
            }
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_have_keys_and_fields_with_their_bytes() {
        let source =
            b"% x\n@Article{quist2020,\n  title = {A {B} C},\n year=2020, file = \"a.pdf\"\n}\n@comment{d}";
        let found = entries(source);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].kind.as_str(), found[0].key.as_str()), ("article", "quist2020"));
        let fields: Vec<_> = found[0].fields.iter().map(|f| (f.name.as_str(), f.value.as_str())).collect();
        assert_eq!(fields, [("title", "A {B} C"), ("year", "2020"), ("file", "a.pdf")]);
        let span = &found[0].fields[0].span;
        assert_eq!(&source[span.start as usize..span.end as usize], b"title = {A {B} C}");
    }

    #[test]
    fn a_value_of_several_strings_is_one() {
        let source = b"@misc{a, month = jan # { 1} # \" x\", file = {b}}";
        let found = entries(source);
        let spans = found[0].fields.iter().map(|f| &source[f.span.start as usize..f.span.end as usize]);
        assert_eq!(spans.collect::<Vec<_>>(), [&b"month = jan # { 1} # \" x\""[..], b"file = {b}"]);
    }

    #[test]
    fn an_entry_that_nothing_closes_does_not_swallow_the_next() {
        let found = entries(b"@article{a, title = {x\n@article{b, year = 1}\n");
        assert_eq!(found.iter().map(|e| e.key.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn odd_bytes_are_survived() {
        for source in
            [&b"@"[..], b"@a", b"@a{", b"@a{b", b"@a{b,c", b"@a{b,c=", b"@a{b,c={", b"@a{b,c=\"", b"@@@{{{"]
        {
            let _ = entries(source);
        }
    }
}
