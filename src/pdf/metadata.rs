//! Text strings, the information dictionary, XMP, outlines, destinations, links and embedded files.
//! Source: ISO 32000-1 §7.9.2, §12.3, §12.5.6.5, §14.3 and §7.11.4.

use super::filter::decode;
use super::graphics::{Bounds, Matrix};
use super::limits::{MAX_ENTRIES, MAX_METADATA, MAX_NESTING};
use hayro_syntax::Pdf;
use hayro_syntax::object::{
    Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream, String as PdfString,
};
use hayro_syntax::xref::XRef;
use std::collections::{BTreeMap, BTreeSet};

/// An entry of the outline.
#[derive(Debug, Clone, PartialEq)]
pub struct OutlineEntry {
    /// Its words.
    pub title: String,
    /// 0 for the top level.
    pub level: u32,
    /// Where it leads.
    pub target: Option<Target>,
}

/// A point that a link or an outline entry leads to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    /// 1-based.
    pub page: u32,
    /// From the top of the page downwards, in bp; `None` for the page as a whole.
    pub y: Option<f32>,
}

/// A link.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// 1-based.
    pub page: u32,
    /// Where it is clicked, in page space.
    pub area: Bounds,
    /// Where it leads outside the file.
    pub uri: Option<String>,
    /// The named destination it leads to within the file.
    pub destination: Option<String>,
}

/// What a file says besides its pages.
#[derive(Debug, Clone, Default)]
pub struct Metadata {
    /// The information dictionary, in order of key.
    pub info: BTreeMap<String, String>,
    /// The document's XMP packet.
    pub xmp: Option<String>,
    /// The outline, in reading order.
    pub outline: Vec<OutlineEntry>,
    /// Named destinations that tell structure: of sections, appendices and citations.
    pub destinations: BTreeMap<String, Target>,
    /// Links, in page order.
    pub links: Vec<Link>,
    /// Names of embedded files.
    pub embedded_files: Vec<String>,
    /// Kinds of actions that run when the file is opened, such as `JavaScript`.
    pub open_actions: Vec<String>,
}

/// A text string: UTF-16 or UTF-8 behind a byte-order mark, else PDFDocEncoding.
pub(super) fn text_string(bytes: &[u8]) -> String {
    if let Some(utf16) = bytes.strip_prefix(b"\xfe\xff") {
        let units: Vec<u16> =
            utf16.chunks(2).map(|p| u16::from(p[0]) << 8 | u16::from(*p.get(1).unwrap_or(&0))).collect();
        return String::from_utf16_lossy(&units);
    }
    if let Some(utf8) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return String::from_utf8_lossy(utf8).into_owned();
    }
    bytes.iter().map(|&b| pdf_doc_char(b)).collect()
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

impl Metadata {
    /// Collects what the file says besides its pages.
    pub(super) fn read(pdf: &Pdf, bytes: &[u8]) -> Self {
        let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_default();
        let sheets = Sheets::read(pdf);
        let mut metadata = Self { info: info(pdf, bytes), xmp: xmp(&catalog), ..Self::default() };
        metadata.read_destinations(pdf, &catalog, &sheets);
        metadata.read_outline(&catalog, &sheets);
        metadata.read_links(pdf, &sheets);
        metadata.read_embedded(pdf, &catalog);
        metadata.read_actions(&catalog);
        metadata
    }

    fn read_destinations(&mut self, pdf: &Pdf, catalog: &Dict<'_>, sheets: &Sheets) {
        if let Some(old) = catalog.get::<Dict<'_>>("Dests") {
            for (name, _) in old.entries().take(MAX_ENTRIES) {
                if let Some(target) = old.get::<Object<'_>>(&name).and_then(|o| sheets.target(&o)) {
                    self.destinations.insert(name.as_str().to_owned(), target);
                }
            }
        }
        let tree = catalog.get::<Dict<'_>>("Names").and_then(|n| n.get::<Dict<'_>>("Dests"));
        for (name, value) in tree.map(|t| name_tree(&t, pdf.xref(), tells_structure)).unwrap_or_default() {
            if let Some(target) = sheets.target(&value) {
                self.destinations.insert(name, target);
            }
        }
    }

    fn read_outline(&mut self, catalog: &Dict<'_>, sheets: &Sheets) {
        let Some(first) = catalog.get::<Dict<'_>>("Outlines").and_then(|o| o.get::<Dict<'_>>("First")) else {
            return;
        };
        let mut seen = BTreeSet::new();
        let mut open = vec![(first, 0)];
        while let Some((entry, level)) = open.pop() {
            let id = entry.obj_id().map(|i| (i.obj_number, i.gen_number));
            if self.outline.len() >= MAX_ENTRIES || id.is_some_and(|i| !seen.insert(i)) {
                continue;
            }
            let title = entry.get::<PdfString<'_>>("Title").map(|t| text_string(&t)).unwrap_or_default();
            let target = self.destination_of(&entry, sheets).0;
            self.outline.push(OutlineEntry { title, level, target });
            open.extend(entry.get::<Dict<'_>>("Next").map(|next| (next, level)));
            open.extend(
                entry
                    .get::<Dict<'_>>("First")
                    .filter(|_| (level as usize) < MAX_NESTING)
                    .map(|child| (child, level + 1)),
            );
        }
    }

    /// Where an outline entry or a link leads: a point, and the name of the destination if it has one.
    fn destination_of(&self, dict: &Dict<'_>, sheets: &Sheets) -> (Option<Target>, Option<String>) {
        let action =
            dict.get::<Dict<'_>>("A").filter(|a| a.get::<Name<'_>>("S").is_some_and(|s| &*s == b"GoTo"));
        let destination = dict.get::<Object<'_>>("Dest").or_else(|| action?.get::<Object<'_>>("D"));
        let name = match &destination {
            Some(Object::String(s)) => Some(text_string(s)),
            Some(Object::Name(n)) => Some(n.as_str().to_owned()),
            _ => None,
        };
        match name {
            Some(name) => (self.destinations.get(&name).copied(), Some(name)),
            None => (destination.and_then(|d| sheets.target(&d)), None),
        }
    }

    fn read_links(&mut self, pdf: &Pdf, sheets: &Sheets) {
        for (index, page) in pdf.pages().iter().enumerate() {
            let Some(annotations) = page.raw().get::<Array<'_>>("Annots") else { continue };
            for annotation in
                annotations.iter::<Dict<'_>>().take(MAX_ENTRIES.saturating_sub(self.links.len()))
            {
                if annotation.get::<Name<'_>>("Subtype").is_none_or(|s| &*s != b"Link") {
                    continue;
                }
                let Some(rect) = annotation.get::<hayro_syntax::object::Rect>("Rect") else { continue };
                let uri = annotation
                    .get::<Dict<'_>>("A")
                    .and_then(|a| a.get::<PdfString<'_>>("URI"))
                    .map(|u| text_string(&u));
                let destination = self.destination_of(&annotation, sheets).1;
                let area = sheets.matrices[index].bounds([rect.x0, rect.y0, rect.x1, rect.y1]);
                self.links.push(Link { page: index as u32 + 1, area, uri, destination });
            }
        }
    }

    fn read_embedded(&mut self, pdf: &Pdf, catalog: &Dict<'_>) {
        let tree = catalog.get::<Dict<'_>>("Names").and_then(|n| n.get::<Dict<'_>>("EmbeddedFiles"));
        self.embedded_files = tree
            .map(|t| name_tree(&t, pdf.xref(), |_| true))
            .unwrap_or_default()
            .into_iter()
            .map(|(name, _)| name)
            .collect();
    }

    fn read_actions(&mut self, catalog: &Dict<'_>) {
        let kind = |action: Dict<'_>| action.get::<Name<'_>>("S").map(|s| s.as_str().to_owned());
        self.open_actions.extend(catalog.get::<Dict<'_>>("OpenAction").and_then(kind));
        if let Some(triggers) = catalog.get::<Dict<'_>>("AA") {
            self.open_actions.extend(
                triggers.entries().filter_map(|(name, _)| triggers.get::<Dict<'_>>(&name).and_then(kind)),
            );
        }
        if catalog.get::<Dict<'_>>("Names").is_some_and(|n| n.contains_key("JavaScript")) {
            self.open_actions.push("JavaScript".to_owned());
        }
    }
}

/// The pages, to be found by their objects.
struct Sheets {
    numbers: BTreeMap<(u32, i32), u32>,
    matrices: Vec<Matrix>,
}

impl Sheets {
    fn read(pdf: &Pdf) -> Self {
        let mut sheets = Self { numbers: BTreeMap::new(), matrices: Vec::new() };
        for (index, page) in pdf.pages().iter().enumerate() {
            if let Some(id) = page.raw().obj_id() {
                sheets.numbers.insert((id.obj_number, id.gen_number), index as u32 + 1);
            }
            sheets.matrices.push(Matrix::of_page(page).0);
        }
        sheets
    }

    /// `[page /XYZ x y zoom]` and its kin, or a dictionary that holds one.
    fn target(&self, object: &Object<'_>) -> Option<Target> {
        let array = match object {
            Object::Array(array) => array.clone(),
            Object::Dict(dict) => dict.get::<Array<'_>>("D")?,
            _ => return None,
        };
        let page = match array.raw_iter().next()? {
            MaybeRef::Ref(r) => *self.numbers.get(&(r.obj_number, r.gen_number))?,
            MaybeRef::NotRef(Object::Number(n)) => u32::try_from(n.as_i64()).ok()?.checked_add(1)?,
            MaybeRef::NotRef(_) => return None,
        };
        let rest: Vec<Object<'_>> = array.iter::<Object<'_>>().skip(1).take(5).collect();
        let number = |i: usize| match rest.get(i) {
            Some(Object::Number(n)) => Some(n.as_f64()),
            _ => None,
        };
        let (x, y) = match rest.first() {
            Some(Object::Name(fit)) if &**fit == b"XYZ" => (number(1), number(2)),
            Some(Object::Name(fit)) if matches!(&**fit, b"FitH" | b"FitBH") => (None, number(1)),
            _ => (None, None),
        };
        let matrix = self.matrices.get(page as usize - 1)?;
        Some(Target { page, y: y.map(|y| matrix.point(x.unwrap_or(0.0), y).1 as f32) })
    }
}

fn resolved<'a>(object: MaybeRef<Object<'a>>, xref: &'a XRef) -> Option<Object<'a>> {
    match object {
        MaybeRef::Ref(r) => xref.get::<Object<'a>>(r.into()),
        MaybeRef::NotRef(object) => Some(object),
    }
}

/// Destinations that tell structure. The others of a paper, of its equations and list items, are many.
fn tells_structure(name: &str) -> bool {
    ["cite.", "section", "subsection", "chapter", "appendix"].iter().any(|p| name.starts_with(p))
}

/// The leaves of a name tree whose names are wanted, in its order. Source: ISO 32000-1 §7.9.6.
fn name_tree<'a>(root: &Dict<'a>, xref: &'a XRef, wanted: fn(&str) -> bool) -> Vec<(String, Object<'a>)> {
    let mut leaves = Vec::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![root.clone()];
    while let Some(node) = open.pop() {
        let id = node.obj_id().map(|i| (i.obj_number, i.gen_number));
        if leaves.len() >= MAX_ENTRIES || seen.len() >= MAX_ENTRIES || id.is_some_and(|i| !seen.insert(i)) {
            continue;
        }
        if let Some(names) = node.get::<Array<'a>>("Names") {
            let mut items = names.raw_iter();
            while let (Some(key), Some(value)) = (items.next(), items.next()) {
                // Values are mostly references: what nobody asks for is not looked up.
                let name = resolved(key, xref).and_then(Object::into_string).map(|s| text_string(&s));
                let Some(name) = name.filter(|n| wanted(n)) else { continue };
                leaves.extend(resolved(value, xref).map(|object| (name, object)));
                if leaves.len() >= MAX_ENTRIES {
                    break;
                }
            }
        }
        if let Some(kids) = node.get::<Array<'a>>("Kids") {
            let mut kids: Vec<Dict<'a>> = kids.iter::<Dict<'a>>().take(MAX_ENTRIES).collect();
            kids.reverse();
            open.extend(kids);
        }
    }
    leaves
}

/// The information dictionary of the newest trailer, which stands in clear text in every kind of file.
fn info(pdf: &Pdf, bytes: &[u8]) -> BTreeMap<String, String> {
    let references = memchr::memmem::find_iter(bytes, b"/Info")
        .filter_map(|at| info_reference(&bytes[at + "/Info".len()..]));
    // The newest that leads anywhere: bytes behind the trailer may say anything.
    let mut known: Vec<ObjectIdentifier> = references.collect();
    known.dedup();
    let dict = known.into_iter().rev().take(MAX_REVISIONS).find_map(|id| pdf.xref().get::<Dict<'_>>(id));
    let Some(dict) = dict else { return BTreeMap::new() };
    let text = |object: Object<'_>| match object {
        Object::String(s) => Some(text_string(&s)),
        Object::Name(n) => Some(n.as_str().to_owned()),
        Object::Number(n) => Some(n.as_f64().to_string()),
        _ => None,
    };
    dict.entries()
        .filter_map(|(key, _)| Some((key.as_str().to_owned(), text(dict.get::<Object<'_>>(&key)?)?)))
        .collect()
}

/// `12 0 R`, at the start of a text.
fn info_reference(text: &[u8]) -> Option<ObjectIdentifier> {
    let ascii =
        text[..text.len().min(LONGEST_REFERENCE)].iter().map(|b| char::from(b & 0x7f)).collect::<String>();
    let mut words = ascii.split_ascii_whitespace();
    let (number, generation) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    words.next().filter(|w| w.starts_with('R'))?;
    Some(ObjectIdentifier::new(number, generation))
}

/// Trailers that are tried for an information dictionary.
const MAX_REVISIONS: usize = 64;
/// A reference with room for spaces, in bytes.
const LONGEST_REFERENCE: usize = 40;

fn xmp(catalog: &Dict<'_>) -> Option<String> {
    let stream = catalog.get::<Stream<'_>>("Metadata")?;
    let packet = decode(&stream, MAX_METADATA).ok()?;
    Some(String::from_utf8_lossy(&packet.data).into_owned())
}

/// Numbers of layers that are off in the default configuration. Source: ISO 32000-1 §8.11.4.3.
pub(super) fn hidden_layers(pdf: &Pdf) -> BTreeSet<(u32, i32)> {
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_default();
    let Some(properties) = catalog.get::<Dict<'_>>("OCProperties") else { return BTreeSet::new() };
    let refs = |array: Option<Array<'_>>| -> BTreeSet<(u32, i32)> {
        let array = array.into_iter().flat_map(|a| a.raw_iter().take(MAX_ENTRIES).collect::<Vec<_>>());
        array.filter_map(|o| o.as_obj_ref()).map(|r| (r.obj_number, r.gen_number)).collect()
    };
    let default = properties.get::<Dict<'_>>("D").unwrap_or_default();
    let off = refs(default.get::<Array<'_>>("OFF"));
    if default.get::<Name<'_>>("BaseState").is_some_and(|s| &*s == b"OFF") {
        let on = refs(default.get::<Array<'_>>("ON"));
        return refs(properties.get::<Array<'_>>("OCGs")).difference(&on).copied().collect();
    }
    off
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
}
