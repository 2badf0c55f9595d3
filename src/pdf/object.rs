//! One pass over every object of a file, asked for or not: figures' metadata, images, attachments, forms, actions.
//!
//! Pages are not followed from the top, so an object that nothing asks for any more is seen like any other.

use super::effort::TraceEffort;
use super::embedded::attachment;
use super::filter::{FilterError, decode, decode_image_data};
use super::image_metadata;
use super::limits::{
    MAX_ATTACHED_FILES, MAX_METADATA, MAX_NESTING, MAX_OBJECTS, MAX_TRACE_BYTES, MAX_UNSHOWN_ENTRIES,
};
use super::text_string::text_string;
use super::unshown::{Active, ActiveKind, Attachment, Holder, UnshownEntry};
use super::xmp;
use super::{active, dead};
use hayro_syntax::Pdf;
use hayro_syntax::object::{
    Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream, String as PdfString,
};
use memchr::memmem;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Number and generation of an object.
pub(super) type Id = (u32, i32);

/// What stands beside a picture mostly lies within so many bytes. Chosen: a profile of colours and a thumbnail.
const IMAGE_HEAD: usize = 64 << 10;

/// What one pass over the objects gave.
#[derive(Default)]
pub(super) struct Walk {
    pub(super) entries: Vec<UnshownEntry>,
    pub(super) attachments: Vec<Attachment>,
    pub(super) active: Vec<Active>,
    /// Why not everything was looked at.
    pub(super) incomplete: Option<&'static str>,
    /// The object that each entry stands in.
    homes: Vec<Id>,
    /// The object that each active thing stands in.
    active_homes: Vec<Id>,
    /// Dictionaries that name an author; which of them belong to nobody is known at the end.
    authors: BTreeMap<Id, Vec<(String, String)>>,
    /// Information dictionaries that belong to the document or to a figure.
    claimed: BTreeSet<Id>,
    /// Bytes of the file that live objects take.
    live: Vec<(usize, usize)>,
    /// Which object an XMP packet describes.
    packets: BTreeMap<Id, Id>,
    /// Packets of fonts and colour profiles, whose makers are nobody's authors.
    of_makers: BTreeSet<Id>,
    effort: TraceEffort,
}

impl Walk {
    /// Looks at every object. `info` is the document information dictionary.
    pub(super) fn over(pdf: &Pdf, bytes: &[u8], info: Option<Id>, effort: &mut TraceEffort) -> Self {
        let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_default();
        // The document's XMP.
        let packet = catalog.get_ref("Metadata").map(|r| (r.obj_number, r.gen_number));
        let mut walk = Self { claimed: info.into_iter().collect(), effort: *effort, ..Self::default() };
        for (count, object) in pdf.objects().into_iter().enumerate() {
            let kept = walk.entries.len().max(walk.active.len()).max(walk.authors.len());
            if count >= MAX_OBJECTS || kept >= MAX_UNSHOWN_ENTRIES || walk.effort.is_spent() {
                walk.incomplete = Some("it holds more objects than are looked at");
                break;
            }
            match &object {
                Object::Stream(stream) => walk.stream(stream, bytes, packet),
                Object::Dict(dict) => {
                    walk.keep_range(dict.data(), bytes);
                    let at = Step::object(dict.obj_id());
                    walk.dict(dict, &at, 0);
                }
                Object::Array(array) => {
                    walk.array(array, &Step::object(None), 0);
                }
                _ => {}
            }
        }
        walk.forget_makers();
        walk.keep_stray_authors();
        let room = MAX_UNSHOWN_ENTRIES.saturating_sub(walk.entries.len());
        for entry in dead::authors(std::mem::take(&mut walk.live), bytes, room) {
            walk.push(Some(entry), (0, 0));
        }
        *effort = walk.effort;
        walk
    }

    /// Sets the page of every entry whose object a page shows; `pages` maps objects to pages.
    pub(super) fn set_pages(&mut self, pages: &BTreeMap<Id, u32>) {
        for (entry, home) in self.entries.iter_mut().zip(&self.homes) {
            entry.page = pages.get(home).or_else(|| pages.get(self.packets.get(home)?)).copied();
        }
    }

    /// Sets the page of everything active whose object a page holds; `pages` maps objects to pages.
    pub(super) fn set_active_pages(&mut self, pages: &BTreeMap<Id, u32>) {
        for (active, home) in self.active.iter_mut().zip(&self.active_homes) {
            active.page = pages.get(home).copied();
        }
    }

    fn forget_makers(&mut self) {
        let homes = std::mem::take(&mut self.homes);
        let entries = std::mem::take(&mut self.entries).into_iter().zip(homes);
        let kept =
            entries.filter(|(t, home)| t.holder != Holder::ObjectXmp || !self.of_makers.contains(home));
        (self.entries, self.homes) = kept.unzip();
    }

    fn push(&mut self, entry: Option<UnshownEntry>, home: Id) {
        if let Some(entry) = entry {
            self.effort.words += entry.size();
            self.entries.push(entry);
            self.homes.push(home);
        }
    }

    fn keep_range(&mut self, part: &[u8], bytes: &[u8]) {
        let start = (part.as_ptr() as usize).wrapping_sub(bytes.as_ptr() as usize);
        if start < bytes.len() {
            self.live.push((start, start + part.len()));
        }
    }

    fn stream(&mut self, stream: &Stream<'_>, bytes: &[u8], packet: Option<Id>) {
        let dict = stream.dict();
        self.keep_range(dict.data(), bytes);
        let id = id_of(stream.obj_id());
        let at = Step::object(Some(stream.obj_id()));
        self.dict(dict, &at, 0);
        let is = |key: &str, value: &[u8]| dict.get::<Name<'_>>(key).is_some_and(|n| &*n == value);
        if is("Subtype", b"Image") {
            self.image(stream, &at);
        } else if is("Subtype", b"XML") || is("Type", b"Metadata") {
            let holder = if packet == Some(id) { Holder::Xmp } else { Holder::ObjectXmp };
            let prefix = if holder == Holder::Xmp { "/Metadata".to_owned() } else { at.path() };
            for (key, value) in
                self.decoded(stream).map(|packet| xmp::properties(&packet)).unwrap_or_default()
            {
                self.push(UnshownEntry::new(holder, &key, &value, format!("{prefix} {key}")), id);
            }
        }
        if let Some(file) =
            dict.get::<Object<'_>>("F").filter(|f| matches!(f, Object::String(_) | Object::Dict(_)))
        {
            self.activity(ActiveKind::ExternalReference, &at, active::file_name(&file));
        }
        if let Cow::Borrowed(data) = stream.raw_data() {
            self.keep_range(data, bytes);
        }
    }

    fn decoded(&mut self, stream: &Stream<'_>) -> Option<Vec<u8>> {
        if self.effort.decoded > MAX_TRACE_BYTES {
            self.incomplete = Some(TOO_LARGE);
            return None;
        }
        match decode(stream, MAX_METADATA, &mut self.effort.decoded) {
            Ok(decoded) => Some(decoded.data.into_owned()),
            Err(FilterError::TooLarge) => {
                self.incomplete = Some(TOO_LARGE);
                None
            }
            Err(FilterError::Damaged) => None,
        }
    }

    fn image(&mut self, stream: &Stream<'_>, at: &Step<'_>) {
        if self.effort.decoded > MAX_TRACE_BYTES {
            self.incomplete = Some(TOO_LARGE);
            return;
        }
        let is_enough = |data: &Cow<'_, [u8]>| match data {
            Cow::Borrowed(_) => true,
            Cow::Owned(head) => image_metadata::is_whole_head(head),
        };
        let head = decode_image_data(stream, IMAGE_HEAD).filter(is_enough);
        let data = head.or_else(|| decode_image_data(stream, MAX_METADATA));
        let Some(data) = data else { return };
        if let Cow::Owned(unpacked) = &data {
            self.effort.decoded += unpacked.len();
        }
        for (tag, text) in image_metadata::tags(&data) {
            self.push(UnshownEntry::new(Holder::Image, &tag, &text, format!("{} {tag}", at.path())), at.id);
        }
    }

    fn dict(&mut self, dict: &Dict<'_>, at: &Step<'_>, depth: usize) {
        for key in dict.keys() {
            match &*key {
                b"S" => self.acts(active::action(dict, || at.path()), at),
                b"AA" => self.triggers(dict, at),
                b"OpenAction" => {
                    let opening = dict.get::<Dict<'_>>("OpenAction");
                    let path = || format!("{} /OpenAction", at.path());
                    self.acts(opening.and_then(|action| active::automatic(&action, path)), at);
                }
                b"XFA" if dict.contains_key("Fields") => self.activity(ActiveKind::Xfa, at, String::new()),
                b"Subtype" => {
                    let kind = dict.get::<Name<'_>>("Subtype").and_then(|s| active::annotation(&s));
                    if let Some(kind) = kind.filter(|_| dict.contains_key("Rect")) {
                        self.activity(kind, at, String::new());
                    }
                }
                b"FS" if dict.get::<Name<'_>>("FS").is_some_and(|fs| &*fs == b"URL") => {
                    let address = active::file_name(&Object::Dict(dict.clone()));
                    self.activity(ActiveKind::ExternalReference, at, address);
                }
                b"EF" if self.attachments.len() >= MAX_ATTACHED_FILES => {
                    self.incomplete = Some("it holds more files than are looked into");
                }
                b"EF" => {
                    self.attachments.extend(attachment(dict, at.path(), &mut self.effort.attached));
                }
                b"FT" => self.field(dict, at),
                b"ByteRange" => self.signature(dict, at),
                b"PieceInfo" => self.private_data(dict, at),
                b"PTEX.FileName" => self.figure_path(dict, at),
                b"PTEX.InfoDict" => self.figure_info(dict, at),
                b"Metadata" => self.packet_of(dict, at),
                b"Author" if depth == 0 => {
                    self.authors.insert(at.id, texts(dict));
                }
                _ => {}
            }
        }
        if depth < MAX_NESTING && holds_dictionaries(dict.data()) {
            for (key, value) in dict.entries() {
                let at = Step { above: Some(at), name: key.as_str(), id: at.id };
                self.inner(value, &at, depth + 1);
            }
        }
    }

    /// The path that a figure was read from.
    fn figure_path(&mut self, dict: &Dict<'_>, at: &Step<'_>) {
        let path = dict.get::<PdfString<'_>>("PTEX.FileName").map(|name| text_string(&name));
        let (key, place) = ("PTEX.FileName", format!("{} /PTEX.FileName", at.path()));
        self.push(UnshownEntry::new(Holder::FigurePath, key, &path.unwrap_or_default(), place), at.id);
    }

    /// Whose packet the one is that a dictionary refers to.
    fn packet_of(&mut self, dict: &Dict<'_>, at: &Step<'_>) {
        let Some(packet) = dict.get_ref("Metadata") else { return };
        let packet = (packet.obj_number, packet.gen_number);
        self.packets.insert(packet, at.id);
        if is_made_elsewhere(dict) {
            self.of_makers.insert(packet);
        }
    }

    fn inner(&mut self, value: MaybeRef<Object<'_>>, at: &Step<'_>, depth: usize) {
        match value {
            MaybeRef::NotRef(Object::Dict(dict)) => self.dict(&dict, at, depth),
            MaybeRef::NotRef(Object::Array(array)) => self.array(&array, at, depth),
            _ => {}
        }
    }

    fn array(&mut self, array: &Array<'_>, at: &Step<'_>, depth: usize) {
        if depth < MAX_NESTING && memmem::find(array.data(), b"<<").is_some() {
            for value in array.raw_iter() {
                self.inner(value, at, depth + 1);
            }
        }
    }

    fn activity(&mut self, kind: ActiveKind, at: &Step<'_>, target: String) {
        self.acts(Some(Active { kind, path: at.path(), target, page: None }), at);
    }

    fn acts(&mut self, active: Option<Active>, at: &Step<'_>) {
        if let Some(active) = active {
            self.active.push(active);
            self.active_homes.push(at.id);
        }
    }

    /// Actions that run by themselves. Source: ISO 32000-2 §12.6.3.
    fn triggers(&mut self, dict: &Dict<'_>, at: &Step<'_>) {
        let Some(triggers) = dict.get::<Dict<'_>>("AA") else { return };
        for (name, _) in triggers.entries() {
            let action = triggers.get::<Dict<'_>>(&name);
            let path = || format!("{} /AA/{}", at.path(), name.as_str());
            self.acts(action.and_then(|action| active::automatic(&action, path)), at);
        }
    }

    /// A text field that was filled in. Source: ISO 32000-2 §12.7.5.3.
    fn field(&mut self, dict: &Dict<'_>, at: &Step<'_>) {
        if dict.get::<Name<'_>>("FT").is_some_and(|kind| &*kind == b"Tx")
            && let Some(value) = dict.get::<PdfString<'_>>("V")
        {
            let name = dict.get::<PdfString<'_>>("T").map(|name| text_string(&name)).unwrap_or_default();
            let place = format!("{} /V", at.path());
            self.push(UnshownEntry::new(Holder::FormField, &name, &text_string(&value), place), at.id);
        }
    }

    /// A signature's words about itself. Source: ISO 32000-2 table 255.
    fn signature(&mut self, dict: &Dict<'_>, at: &Step<'_>) {
        let before = self.entries.len();
        for key in ["Name", "Location", "Reason", "ContactInfo"] {
            if let Some(text) = dict.get::<PdfString<'_>>(key).map(|text| text_string(&text)) {
                self.push(
                    UnshownEntry::new(Holder::Signature, key, &text, format!("{} /{key}", at.path())),
                    at.id,
                );
            }
        }
        if self.entries.len() == before {
            let filter = dict.get::<Name<'_>>("SubFilter").map(|f| f.as_str().to_owned());
            let kind = filter.unwrap_or_else(|| "signature".to_owned());
            self.push(UnshownEntry::new(Holder::Signature, "SubFilter", &kind, at.path()), at.id);
        }
    }

    fn figure_info(&mut self, figure: &Dict<'_>, at: &Step<'_>) {
        if let Some(info) = figure.get_ref("PTEX.InfoDict") {
            self.claimed.insert((info.obj_number, info.gen_number));
        }
        let Some(info) = figure.get::<Dict<'_>>("PTEX.InfoDict") else { return };
        self.effort.look_up(&info);
        for (key, value) in texts(&info) {
            let place = format!("{} /PTEX.InfoDict/{key}", at.path());
            self.push(UnshownEntry::new(Holder::FigureInfo, &key, &value, place), at.id);
        }
    }

    /// Texts and plain streams that an editor keeps for itself, three levels down: application, `Private`, data.
    fn private_data(&mut self, dict: &Dict<'_>, at: &Step<'_>) {
        let mut open = vec![(Object::Dict(dict.get::<Dict<'_>>("PieceInfo").unwrap_or_default()), 0)];
        while let Some((object, depth)) = open.pop() {
            if self.effort.is_spent() {
                self.incomplete = Some("its private data are larger than any paper's");
                return;
            }
            match object {
                Object::Dict(dict) if depth < MAX_PRIVATE_DEPTH => {
                    self.effort.look_up(&dict);
                    let values = dict.entries().map(|(key, _)| dict.get::<Object<'_>>(&key));
                    open.extend(values.flatten().map(|value| (value, depth + 1)));
                }
                Object::String(text) => self.private_text(&text_string(&text), at),
                Object::Stream(stream) => {
                    // Most of it is packed in ways of its own: what is no text tells nothing here.
                    let data = self.decoded(&stream).and_then(|data| String::from_utf8(data).ok());
                    self.private_text(&data.unwrap_or_default(), at);
                }
                _ => {}
            }
        }
    }

    fn private_text(&mut self, text: &str, at: &Step<'_>) {
        let place = format!("{} /PieceInfo", at.path());
        self.push(UnshownEntry::new(Holder::PrivateData, "PieceInfo", text, place), at.id);
    }

    /// Dictionaries with an author that belong neither to the document nor to a figure.
    fn keep_stray_authors(&mut self) {
        for (id, entries) in std::mem::take(&mut self.authors) {
            if self.claimed.contains(&id) {
                continue;
            }
            for (key, value) in entries {
                self.push(
                    UnshownEntry::new(Holder::Stray, &key, &value, format!("{} {} R /{key}", id.0, id.1)),
                    id,
                );
            }
        }
    }
}

/// What is said where metadata exceed what is read.
const TOO_LARGE: &str = "its metadata are larger than any paper's";

/// The deepest that private data are followed. Source: ISO 32000-2 §14.5: application, `Private`, what it holds.
const MAX_PRIVATE_DEPTH: usize = 4;

/// Where in an object something stands; written out only where something is found.
struct Step<'p> {
    above: Option<&'p Step<'p>>,
    name: &'p str,
    id: Id,
}

impl Step<'_> {
    fn object(id: Option<ObjectIdentifier>) -> Self {
        Self { above: None, name: "", id: id.map(id_of).unwrap_or_default() }
    }

    /// `12 0 R /A/JS`.
    fn path(&self) -> String {
        match self.above {
            None => format!("{} {} R", self.id.0, self.id.1),
            Some(above) if above.above.is_none() => format!("{} /{}", above.path(), self.name),
            Some(above) => format!("{}/{}", above.path(), self.name),
        }
    }
}

/// A font or a colour profile: whoever made it did not write the paper.
fn is_made_elsewhere(dict: &Dict<'_>) -> bool {
    let is = |value: &[u8]| dict.get::<Name<'_>>("Type").is_some_and(|n| &*n == value);
    let is_profile = dict.contains_key("N") && !dict.contains_key("Subtype");
    is(b"FontDescriptor") || is(b"Font") || dict.contains_key("Length1") || is_profile
}

pub(super) fn id_of(id: ObjectIdentifier) -> Id {
    (id.obj_number, id.gen_number)
}

/// Whether dictionaries stand within a dictionary.
fn holds_dictionaries(data: &[u8]) -> bool {
    let inner = data.strip_prefix(b"<<").unwrap_or(data);
    memmem::find(inner, b"<<").is_some()
}

/// The texts of a dictionary, in order of key; each is read once, for some hold the whole drawing of a program.
pub(super) fn texts(dict: &Dict<'_>) -> Vec<(String, String)> {
    let text = |object: Object<'_>| match object {
        Object::String(s) => Some(text_string(&s)),
        Object::Name(n) => Some(n.as_str().to_owned()),
        Object::Number(n) => Some(n.as_f64().to_string()),
        _ => None,
    };
    dict.entries()
        .filter_map(|(key, value)| match value {
            MaybeRef::NotRef(object) => Some((key.as_str().to_owned(), text(object)?)),
            MaybeRef::Ref(_) => Some((key.as_str().to_owned(), text(dict.get(&key)?)?)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_the_object_and_the_keys() {
        let object = Step { above: None, name: "", id: (12, 0) };
        let action = Step { above: Some(&object), name: "A", id: (12, 0) };
        let next = Step { above: Some(&action), name: "Next", id: (12, 0) };
        assert_eq!(next.path(), "12 0 R /A/Next");
    }
}
