//! What an SVG holds for its editor and shows nobody. It is read as XML, as far as that is plain; else nothing is told.
//!
//! Source: SVG 1.1, 21 (metadata is never drawn), 23.1 (elements and attributes of other namespaces are not drawn).

use std::ops::Range;

/// Elements that nothing of is drawn, whatever they hold.
const UNDRAWN: [&[u8]; 3] = [b"metadata", b"svg:metadata", b"sodipodi:namedview"];
/// Attributes in which editors keep names of files.
const PRIVATE: [&[u8]; 5] = [
    b"sodipodi:docname",
    b"sodipodi:docbase",
    b"sodipodi:absref",
    b"inkscape:export-filename",
    b"inkscape:docname",
];

/// The bytes that can be cut out of a picture, in order; nothing where it holds a program, which could ask for them, or
/// is not plain.
pub(super) fn ranges(source: &[u8]) -> Vec<Range<u32>> {
    let mut reader = Reader { source, at: 0, open: Vec::new(), cut: Vec::new() };
    let is_whole = reader.document().is_some() && reader.open.is_empty();
    if is_whole { reader.cut } else { Vec::new() }
}

struct Reader<'a> {
    source: &'a [u8],
    at: usize,
    /// Elements that are open, by name and first byte.
    open: Vec<(&'a [u8], usize)>,
    cut: Vec<Range<u32>>,
}

impl<'a> Reader<'a> {
    /// `None` where something is not plain.
    fn document(&mut self) -> Option<()> {
        while let Some(found) = memchr::memchr(b'<', &self.source[self.at..]) {
            self.at += found;
            let rest = &self.source[self.at..];
            if rest.starts_with(b"<!--") {
                self.past(b"-->")?;
            } else if rest.starts_with(b"<![CDATA[") {
                self.past(b"]]>")?;
            } else if rest.starts_with(b"<?") {
                self.past(b"?>")?;
            } else if rest.starts_with(b"<!") {
                let start = self.at;
                self.past(b">")?;
                // Entities could hold elements.
                self.source[start..self.at].iter().all(|b| *b != b'[').then_some(())?;
            } else if rest.starts_with(b"</") {
                self.close()?;
            } else {
                self.element()?;
            }
        }
        Some(())
    }

    fn past(&mut self, mark: &[u8]) -> Option<()> {
        self.at += memchr::memmem::find(&self.source[self.at..], mark)? + mark.len();
        Some(())
    }

    fn word(&mut self, keeps: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = &self.source[self.at..];
        let length = rest.iter().position(|b| !keeps(*b)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn name(&mut self) -> Option<&'a [u8]> {
        let word = self.word(|b| !b.is_ascii_whitespace() && !b"<>/=\"'".contains(&b));
        (!word.is_empty()).then_some(word)
    }

    fn close(&mut self) -> Option<()> {
        self.at += 2;
        let name = self.name()?;
        self.word(|b| b.is_ascii_whitespace());
        self.past_byte(b'>')?;
        let (opened, start) = self.open.pop()?;
        (opened == name).then_some(())?;
        self.ended(name, start);
        Some(())
    }

    fn past_byte(&mut self, byte: u8) -> Option<()> {
        (self.source.get(self.at) == Some(&byte)).then_some(())?;
        self.at += 1;
        Some(())
    }

    fn element(&mut self) -> Option<()> {
        let start = self.at;
        self.at += 1;
        let name = self.name()?;
        let local = name.rsplit(|b| *b == b':').next().unwrap_or(name);
        (!local.eq_ignore_ascii_case(b"script")).then_some(())?;
        loop {
            let blank = self.at;
            self.word(|b| b.is_ascii_whitespace());
            match self.source.get(self.at)? {
                b'>' => {
                    self.at += 1;
                    self.open.push((name, start));
                    return Some(());
                }
                b'/' => {
                    self.at += 1;
                    self.past_byte(b'>')?;
                    self.ended(name, start);
                    return Some(());
                }
                _ => self.attribute(blank)?,
            }
        }
    }

    /// An attribute with the blanks before it, from `blank` on.
    fn attribute(&mut self, blank: usize) -> Option<()> {
        let name = self.name()?;
        self.word(|b| b.is_ascii_whitespace());
        self.past_byte(b'=')?;
        self.word(|b| b.is_ascii_whitespace());
        let quote = *self.source.get(self.at).filter(|b| b"\"'".contains(b))?;
        self.at += 1;
        self.word(|b| b != quote);
        self.past_byte(quote)?;
        // An event runs a program.
        (!name.starts_with(b"on")).then_some(())?;
        if PRIVATE.contains(&name) {
            self.cut.push(blank as u32..self.at as u32);
        }
        Some(())
    }

    /// An element has ended; what is cut within it goes with it.
    fn ended(&mut self, name: &[u8], start: usize) {
        if UNDRAWN.contains(&name) {
            let inner = self.cut.partition_point(|range| (range.start as usize) < start);
            self.cut.truncate(inner);
            self.cut.push(start as u32..self.at as u32);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(source: &str) -> String {
        let mut left = source.to_owned();
        ranges(source.as_bytes())
            .iter()
            .rev()
            .for_each(|r| left.replace_range(r.start as usize..r.end as usize, ""));
        left
    }

    #[test]
    fn what_editors_keep_goes_and_the_drawing_stays() {
        let with = "<?xml version='1.0'?><!-- a > b --><!DOCTYPE svg>\n<svg width=\"9\"\n  sodipodi:docname=\"quist.svg\" height='9'><sodipodi:namedview id=\"x\"\n inkscape:export-filename=\"/home/mquist/a.png\"/><metadata><rdf:RDF><dc:creator>Mira Quist</dc:creator></rdf:RDF></metadata><g><path d=\"M0 0\"/></g></svg>";
        let without = "<?xml version='1.0'?><!-- a > b --><!DOCTYPE svg>\n<svg width=\"9\" height='9'><g><path d=\"M0 0\"/></g></svg>";
        assert_eq!(cut(with), without);
        assert_eq!(cut(without), without);
    }

    #[test]
    fn what_is_not_plain_is_left_as_it_is() {
        let inner = "<metadata>Mira Quist</metadata>";
        for source in [
            format!("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>{inner}</svg>"),
            format!("<svg><script>x</script>{inner}</svg>"),
            format!("<svg onload=\"x()\">{inner}</svg>"),
            format!("<svg>{inner}"),
            format!("<svg>{inner}</g>"),
            format!("<svg a=b>{inner}</svg>"),
            "<".to_owned(),
            "<svg a".to_owned(),
        ] {
            assert_eq!(cut(&source), source);
        }
    }
}
