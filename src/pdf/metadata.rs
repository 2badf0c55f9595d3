//! The information dictionary, outlines, destinations, layers, and whatever else no page shows.
//! Source: ISO 32000-1 §12.3, §14.3 and §8.11.

use super::active;
use super::annotation::Annotations;
use super::effort::TraceEffort;
use super::graphics::{Bounds, Matrix};
use super::limits::{MAX_ENTRIES, MAX_FIGURE_DEPTH, MAX_NESTING, MAX_OBJECTS};
use super::object::{Walk, texts};
use super::structure::structure_words;
use super::text_string::text_string;
use super::unshown::{Active, Attachment, Holder, UnshownEntry};
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
    /// The outline, in reading order.
    pub outline: Vec<OutlineEntry>,
    /// Named destinations that tell structure: of sections, appendices and citations.
    pub destinations: BTreeMap<String, Target>,
    /// Links, in page order.
    pub links: Vec<Link>,
    /// What the file says where no page shows it, in order of kind and place.
    pub entries: Vec<UnshownEntry>,
    /// Files within the file, in order of object.
    pub attachments: Vec<Attachment>,
    /// What is active, in order of kind and place.
    pub active: Vec<Active>,
    /// Words of the structure tree, each with its key, such as `Alt`.
    pub structure_words: Vec<(&'static str, String)>,
    /// Why not all of that was looked at; `None` where it was.
    pub unwalked: Option<&'static str>,
}

impl Metadata {
    /// Collects what the file says besides its pages, and what it asked for, `effort` being what came before.
    pub(super) fn read(pdf: &Pdf, bytes: &[u8], mut effort: TraceEffort) -> (Self, TraceEffort) {
        let metadata = Self::collected(pdf, bytes, &mut effort);
        (metadata, effort)
    }

    fn collected(pdf: &Pdf, bytes: &[u8], effort: &mut TraceEffort) -> Self {
        let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_default();
        let sheets = Sheets::read(pdf);
        let info = info(pdf, bytes);
        let mut metadata = Self::default();
        metadata.info.extend(info.iter().flat_map(|(_, dict)| texts(dict)));
        metadata.read_destinations(pdf, &catalog, &sheets, effort);
        metadata.read_outline(&catalog, &sheets, effort);
        metadata.read_annotations(pdf, &sheets, effort);
        metadata.read_names(&catalog, effort);
        match structure_words(&catalog, effort) {
            Ok(words) => metadata.structure_words = words,
            Err(words) => {
                metadata.structure_words = words;
                metadata.lacks();
            }
        }
        metadata.read_objects(pdf, bytes, info.map(|(id, _)| id), effort);
        metadata
    }

    /// Notes that there is more than is looked at.
    fn lacks(&mut self) {
        self.unwalked.get_or_insert(TOO_MUCH);
    }

    fn read_destinations(
        &mut self,
        pdf: &Pdf,
        catalog: &Dict<'_>,
        sheets: &Sheets,
        effort: &mut TraceEffort,
    ) {
        if let Some(old) = catalog.get::<Dict<'_>>("Dests") {
            for (name, _) in old.entries().take(MAX_ENTRIES) {
                if let Some(target) = old.get::<Object<'_>>(&name).and_then(|o| sheets.target(&o)) {
                    self.destinations.insert(name.as_str().to_owned(), target);
                }
            }
        }
        let tree = catalog.get::<Dict<'_>>("Names").and_then(|n| n.get::<Dict<'_>>("Dests"));
        let mut chosen = Vec::new();
        let mut wanted = |name: &str| {
            if !is_counted(name) && chosen.len() < MAX_CHOSEN_NAMES {
                chosen.push(name.to_owned());
            }
            tells_structure(name)
        };
        let leaves = tree.map(|t| name_tree(&t, pdf.xref(), &mut wanted, effort)).unwrap_or_default();
        let place = || "/Names/Dests".to_owned();
        let entries =
            chosen.iter().filter_map(|name| UnshownEntry::new(Holder::Destination, "Dests", name, place()));
        self.entries.extend(entries);
        for (name, value) in leaves {
            if let Some(target) = sheets.target(&value) {
                self.destinations.insert(name, target);
            }
        }
    }

    fn read_outline(&mut self, catalog: &Dict<'_>, sheets: &Sheets, effort: &mut TraceEffort) {
        let Some(first) = catalog.get::<Dict<'_>>("Outlines").and_then(|o| o.get::<Dict<'_>>("First")) else {
            return;
        };
        let mut seen = BTreeSet::new();
        let mut open = vec![(first, 0)];
        while let Some((entry, level)) = open.pop() {
            let id = entry.obj_id().map(|i| (i.obj_number, i.gen_number));
            if self.outline.len() >= MAX_ENTRIES || effort.is_spent() {
                return self.lacks();
            }
            if id.is_some_and(|i| !seen.insert(i)) {
                continue;
            }
            effort.look_up(&entry);
            let title = entry.get::<PdfString<'_>>("Title").map(|t| text_string(&t)).unwrap_or_default();
            let title = effort.counted(title);
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

    fn read_annotations(&mut self, pdf: &Pdf, sheets: &Sheets, effort: &mut TraceEffort) {
        let mut annotations = Annotations::default();
        let mut count = 0;
        for (index, page) in pdf.pages().iter().enumerate() {
            let Some(array) = page.raw().get::<Array<'_>>("Annots") else { continue };
            for (order, dict) in array.iter::<Dict<'_>>().enumerate() {
                count += 1;
                if count > MAX_ENTRIES || effort.is_spent() {
                    self.lacks();
                    break;
                }
                effort.look_up(&dict);
                let destination = self.destination_of(&dict, sheets).1;
                let known = annotations.entries.len();
                annotations.read(&dict, (index as u32 + 1, order), &sheets.matrices[index], destination);
                effort.words += annotations.entries[known..].iter().map(UnshownEntry::size).sum::<usize>();
            }
        }
        self.links = annotations.links;
        self.entries.extend(annotations.entries);
    }

    /// What stands in the document's own places: properties, outline, layers.
    fn read_names(&mut self, catalog: &Dict<'_>, effort: &mut TraceEffort) {
        let info = self
            .info
            .iter()
            .map(|(key, text)| UnshownEntry::new(Holder::Info, key, text, format!("/Info/{key}")));
        let outline = self.outline.iter();
        let outline = outline
            .map(|e| UnshownEntry::new(Holder::Outline, "Title", &e.title, "/Outlines /Title".to_owned()));
        let mut entries: Vec<UnshownEntry> = info.chain(outline).flatten().collect();
        let layers = catalog.get::<Dict<'_>>("OCProperties").and_then(|p| p.get::<Array<'_>>("OCGs"));
        for layer in layers.iter().flat_map(|l| l.iter::<Dict<'_>>().take(MAX_ENTRIES)) {
            if effort.is_spent() {
                self.lacks();
                break;
            }
            effort.look_up(&layer);
            let name = layer.get::<PdfString<'_>>("Name").map(|name| text_string(&name)).unwrap_or_default();
            let name = effort.counted(name);
            entries.extend(UnshownEntry::new(
                Holder::Layer,
                "Name",
                &name,
                "/OCProperties/OCGs /Name".to_owned(),
            ));
        }
        self.entries.extend(entries);
    }

    /// What every object says, asked for or not.
    fn read_objects(
        &mut self,
        pdf: &Pdf,
        bytes: &[u8],
        info: Option<ObjectIdentifier>,
        effort: &mut TraceEffort,
    ) {
        let mut walk = Walk::over(pdf, bytes, info.map(|id| (id.obj_number, id.gen_number)), effort);
        if walk.entries.iter().any(|t| t.holder != Holder::Xmp) {
            walk.set_pages(&figure_pages(pdf));
        }
        if !walk.active.is_empty() {
            walk.set_active_pages(&active::pages(pdf));
        }
        let names = walk.attachments.iter();
        let names =
            names.filter_map(|a| UnshownEntry::new(Holder::AttachmentName, "F", &a.name, a.path.clone()));
        self.entries.extend(names);
        self.entries.append(&mut walk.entries);
        self.entries.sort_by(|a, b| (a.holder, a.page, &a.path).cmp(&(b.holder, b.page, &b.path)));
        walk.active.sort();
        walk.active.dedup();
        self.attachments = walk.attachments;
        self.active = walk.active;
        self.unwalked = self.unwalked.or(walk.incomplete);
    }
}

/// What is said where a file says more beside its pages than any paper does.
const TOO_MUCH: &str = "it says more beside its pages than is looked at";

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

/// Names that somebody chose, kept per document; the others number sections, equations and list items.
const MAX_CHOSEN_NAMES: usize = 200;

/// A name that a program counted, such as `equation.2.3` or `cite.key`: what stands before the point says of what.
fn is_counted(name: &str) -> bool {
    name.split_once('.')
        .is_some_and(|(counter, _)| counter.bytes().all(|b| b.is_ascii_alphabetic() || b == b'*'))
}

/// The leaves of a name tree whose names are wanted, in its order. Source: ISO 32000-1 §7.9.6.
fn name_tree<'a>(
    root: &Dict<'a>,
    xref: &'a XRef,
    wanted: &mut dyn FnMut(&str) -> bool,
    effort: &mut TraceEffort,
) -> Vec<(String, Object<'a>)> {
    let mut leaves = Vec::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![root.clone()];
    let (mut nodes, mut items_left) = (1, MAX_OBJECTS);
    while let Some(node) = open.pop() {
        let id = node.obj_id().map(|i| (i.obj_number, i.gen_number));
        if leaves.len() >= MAX_ENTRIES || id.is_some_and(|i| !seen.insert(i)) {
            continue;
        }
        effort.look_up(&node);
        if let Some(names) = node.get::<Array<'a>>("Names") {
            let mut items = names.raw_iter();
            while let (Some(key), Some(value)) = (items.next(), items.next()) {
                items_left = items_left.saturating_sub(1);
                if items_left == 0 || effort.is_spent() {
                    return leaves;
                }
                // Values are mostly references: what nobody asks for is not looked up.
                let name = resolved(key, xref).and_then(Object::into_string).map(|s| text_string(&s));
                effort.looked_up += name.as_ref().map_or(0, String::len);
                let Some(name) = name.filter(|n| wanted(n)) else { continue };
                leaves.extend(resolved(value, xref).map(|object| (name, object)));
                if leaves.len() >= MAX_ENTRIES {
                    break;
                }
            }
        }
        if let Some(kids) = node.get::<Array<'a>>("Kids") {
            let mut kids: Vec<Dict<'a>> = kids.iter::<Dict<'a>>().take(MAX_ENTRIES - nodes).collect();
            nodes += kids.len();
            kids.reverse();
            open.extend(kids);
        }
    }
    leaves
}

/// The information dictionary of the newest trailer, which stands in clear text in every kind of file.
fn info<'a>(pdf: &'a Pdf, bytes: &[u8]) -> Option<(ObjectIdentifier, Dict<'a>)> {
    let references = memchr::memmem::find_iter(bytes, b"/Info")
        .filter_map(|at| info_reference(&bytes[at + "/Info".len()..]));
    // The newest that leads anywhere: bytes behind the trailer may say anything.
    let mut known: Vec<ObjectIdentifier> = references.collect();
    known.dedup();
    let newest = known.into_iter().rev().take(MAX_REVISIONS);
    newest.filter_map(|id| Some((id, pdf.xref().get::<Dict<'a>>(id)?))).next()
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

/// The page that shows each form and image, through forms within forms. Source: ISO 32000-2 §7.8.3.
fn figure_pages(pdf: &Pdf) -> BTreeMap<(u32, i32), u32> {
    let mut pages = BTreeMap::new();
    let mut steps = 0;
    for (index, page) in pdf.pages().iter().enumerate() {
        let mut open = vec![(page.raw().get::<Dict<'_>>("Resources").unwrap_or_default(), 0)];
        while let Some((resources, depth)) = open.pop() {
            let Some(figures) = resources.get::<Dict<'_>>("XObject") else { continue };
            for (name, _) in figures.entries() {
                steps += 1;
                if steps > MAX_OBJECTS {
                    return pages; // the places of further ones are told without their page
                }
                let Some(id) = figures.get_ref(&name).map(|r| (r.obj_number, r.gen_number)) else { continue };
                if pages.len() >= MAX_ENTRIES || pages.contains_key(&id) {
                    continue;
                }
                pages.insert(id, index as u32 + 1);
                let inner =
                    figures.get::<Stream<'_>>(&name).and_then(|f| f.dict().get::<Dict<'_>>("Resources"));
                open.extend(inner.filter(|_| depth < MAX_FIGURE_DEPTH).map(|r| (r, depth + 1)));
            }
        }
    }
    pages
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
