//! Writes a PDF anew without what no page shows. What pages show, links and structure stay; nothing is edited.

use super::Document as Reading;
use super::digits::Digits;
use super::image_metadata::stripped;
use super::limits::{MAX_NESTING, MAX_STREAM};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Object as Read, Stream};
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A PDF without what no page shows.
pub struct Scrubbed {
    /// The new file.
    pub bytes: Vec<u8>,
    /// What was dropped, in words, and how often.
    pub dropped: BTreeMap<&'static str, u32>,
}

/// Why a PDF is not written anew. Each is a sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScrubError {
    /// It is encrypted, with or without a password.
    Encrypted(&'static str),
    /// It cannot be read.
    Unreadable(String),
    /// The new file would not show the same pages; it was thrown away.
    Changed(&'static str),
}

/// Annotations that stand for themselves: links and form fields.
const KEPT_ANNOTATIONS: [&[u8]; 5] = [b"Link", b"Widget", b"PrinterMark", b"TrapNet", b"Watermark"];
/// What an annotation says beside what it paints.
const NOTE_KEYS: [&[u8]; 8] = [b"T", b"Contents", b"RC", b"Subj", b"NM", b"M", b"CreationDate", b"Popup"];
/// Bits of `/F`: hidden, and not to be viewed. Source: ISO 32000-2 table 167.
const UNSEEN: i64 = 1 << 1 | 1 << 5;
/// Actions that do more than lead to a place or an address. Source: ISO 32000-2 table 201.
const ACTIVE: [&[u8]; 9] = [
    b"JavaScript",
    b"Launch",
    b"SubmitForm",
    b"ImportData",
    b"RichMediaExecute",
    b"Rendition",
    b"Movie",
    b"Sound",
    b"GoToR",
];
/// Keys that hold an action.
const ACTION_KEYS: [&[u8]; 4] = [b"A", b"PA", b"OpenAction", b"Next"];

/// The same pages without what no page shows; `attachments`: also without the files within the file.
///
/// # Errors
/// A file that cannot be read, is encrypted, or would not come out the same.
pub fn scrub(bytes: &Arc<Vec<u8>>, attachments: bool) -> Result<Scrubbed, ScrubError> {
    let before = Reading::read(bytes).map_err(|_| unreadable())?;
    let options = LoadOptions::with_max_decompressed_size(MAX_STREAM);
    let mut document = Document::load_mem_with_options(bytes, options).map_err(|_| unreadable())?;
    if document.is_encrypted() || document.encryption_state.is_some() || document.trailer.has(b"Encrypt") {
        return Err(ScrubError::Encrypted("is encrypted; save it without encryption first (qpdf --decrypt)"));
    }
    let mut scrub = Scrub { attachments, ..Scrub::default() };
    scrub.find(&document);
    scrub.trailer(&mut document);
    for object in document.objects.values_mut() {
        scrub.object(object, 0);
    }
    if before.revisions > 1 {
        scrub.dropped.insert("earlier revisions", before.revisions - 1);
    }
    document.prune_objects();
    document.renumber_objects();
    let new = Arc::new(written(&mut document, bytes)?);
    let after = Reading::read(&new).map_err(|_| changed())?;
    if !is_same(&before, &after) || contents(bytes) != contents(&new) {
        return Err(changed());
    }
    let bytes = Arc::try_unwrap(new).unwrap_or_else(|shared| shared.as_ref().clone());
    Ok(Scrubbed { bytes, dropped: scrub.dropped })
}

/// The new file. Numbers keep their digits: where the writer would drop some, objects are not packed.
fn written(document: &mut Document, old: &Arc<Vec<u8>>) -> Result<Vec<u8>, ScrubError> {
    let digits = Pdf::new(old.clone()).map(|pdf| Digits::of(&pdf, old)).unwrap_or_default();
    let mut new = Vec::new();
    if digits.is_empty() {
        document.save_modern(&mut new).map_err(|_| unreadable())?;
        return Ok(new);
    }
    digits.mark(document);
    document.save_to(&mut new).map_err(|_| unreadable())?;
    digits.restore(&mut new);
    Ok(new)
}

fn unreadable() -> ScrubError {
    ScrubError::Unreadable("cannot be read to its end; build it again".to_owned())
}

fn changed() -> ScrubError {
    ScrubError::Changed("would not come out the same and was not written; build the paper again instead")
}

/// Whether both files paint the same glyphs and areas on the same pages.
fn is_same(before: &Reading, after: &Reading) -> bool {
    let pages = before.pages.iter().zip(&after.pages);
    before.pages.len() == after.pages.len()
        && before.metadata.links.len() == after.metadata.links.len()
        && pages.into_iter().all(|(a, b)| {
            (a.width, a.height, &a.glyphs, &a.areas) == (b.width, b.height, &b.glyphs, &b.areas)
        })
}

/// The bytes of every content stream, page by page, as they stand in the file.
fn contents(bytes: &Arc<Vec<u8>>) -> Vec<Vec<u8>> {
    let Ok(pdf) = Pdf::new(bytes.clone()) else { return Vec::new() };
    let of_page = |page: &hayro_syntax::page::Page<'_>| match page.raw().get::<Read<'_>>("Contents") {
        Some(Read::Stream(stream)) => vec![stream.raw_data().into_owned()],
        Some(Read::Array(parts)) => streams(&parts),
        _ => Vec::new(),
    };
    pdf.pages().iter().flat_map(of_page).collect()
}

fn streams(parts: &Array<'_>) -> Vec<Vec<u8>> {
    parts.iter::<Stream<'_>>().map(|stream| stream.raw_data().into_owned()).collect()
}

/// What is dropped while the objects are gone through.
#[derive(Default)]
struct Scrub {
    attachments: bool,
    dropped: BTreeMap<&'static str, u32>,
    /// Actions that are more than links, by object.
    active: BTreeSet<ObjectId>,
    /// Actions that lead out of the file, by object: harmless in a link, not where they run by themselves.
    leading_out: BTreeSet<ObjectId>,
    /// Annotations that nobody sees, by object.
    unseen: BTreeSet<ObjectId>,
    /// Form fields that are signed, and the like: objects whose value is a signature.
    signatures: BTreeSet<ObjectId>,
}

impl Scrub {
    /// Notes what is dropped where something refers to it.
    fn find(&mut self, document: &Document) {
        for (id, object) in &document.objects {
            let Ok(dict) = object.as_dict() else { continue };
            if is_active(dict) {
                self.active.insert(*id);
            }
            if leads_out(dict) {
                self.leading_out.insert(*id);
            }
            if self.is_unseen(dict) {
                self.unseen.insert(*id);
            }
            if dict.has(b"ByteRange") {
                self.signatures.insert(*id);
            }
        }
    }

    fn is_unseen(&self, dict: &Dictionary) -> bool {
        let subtype = name(dict, b"Subtype");
        let hidden = dict.get(b"F").and_then(Object::as_i64).is_ok_and(|flags| flags & UNSEEN != 0);
        let is_note = dict.has(b"Rect") && !KEPT_ANNOTATIONS.contains(&subtype) && !subtype.is_empty();
        let is_attached = self.attachments && subtype == b"FileAttachment";
        is_note && (hidden || subtype == b"Popup" || is_attached)
    }

    fn count(&mut self, what: &'static str) {
        *self.dropped.entry(what).or_default() += 1;
    }

    fn drop_key(&mut self, dict: &mut Dictionary, key: &[u8], what: &'static str) {
        if dict.remove(key).is_some() {
            self.count(what);
        }
    }

    /// The information dictionary, but for the program that wrote the file, and the identifier of its history.
    fn trailer(&mut self, document: &mut Document) {
        let info = document.trailer.get(b"Info").and_then(Object::as_reference);
        let info = info.ok().and_then(|id| document.get_dictionary(id).ok()).cloned();
        let producer =
            info.as_ref().and_then(|info| info.get(b"Producer").ok()).filter(|p| is_plain(p)).cloned();
        if let Some(info) = info {
            let dropped = info.len() - usize::from(producer.is_some());
            self.dropped.insert("properties", dropped as u32);
        }
        self.dropped.retain(|_, number| *number > 0);
        document.trailer.remove(b"Info");
        document.trailer.remove(b"ID");
        if let Some(producer) = producer {
            let mut kept = Dictionary::new();
            kept.set("Producer", producer);
            let id = document.add_object(kept);
            document.trailer.set("Info", id);
        }
    }

    fn object(&mut self, object: &mut Object, depth: usize) {
        if depth > MAX_NESTING {
            return;
        }
        match object {
            Object::Dictionary(dict) => self.dict(dict, depth),
            Object::Stream(stream) => {
                self.dict(&mut stream.dict, depth);
                let image = matches!(name(&stream.dict, b"Filter"), b"DCTDecode" | b"JPXDecode");
                if let Some(kept) = stripped(&stream.content).filter(|_| image) {
                    stream.set_content(kept);
                    self.count("image metadata");
                }
            }
            Object::Array(array) => {
                array.retain(|item| !self.is_dropped_annotation(item));
                array.iter_mut().for_each(|item| self.object(item, depth + 1));
            }
            _ => {}
        }
    }

    fn is_dropped_annotation(&self, item: &Object) -> bool {
        match item {
            Object::Reference(id) => self.unseen.contains(id),
            Object::Dictionary(dict) => self.is_unseen(dict),
            _ => false,
        }
    }

    fn dict(&mut self, dict: &mut Dictionary, depth: usize) {
        self.drop_key(dict, b"Metadata", "XMP packets");
        self.drop_key(dict, b"PieceInfo", "editors' private data");
        let traces: Vec<Vec<u8>> =
            dict.iter().map(|(key, _)| key.clone()).filter(|key| key.starts_with(b"PTEX.")).collect();
        traces.iter().for_each(|key| self.drop_key(dict, key, "traces of included figures"));
        self.note(dict);
        self.actions(dict);
        self.forms(dict);
        if self.attachments {
            for key in [&b"EmbeddedFiles"[..], b"AF", b"EF"] {
                self.drop_key(dict, key, "attached files");
            }
        }
        dict.iter_mut().for_each(|(_, value)| self.object(value, depth + 1));
    }

    /// What a note says and who wrote it; what it paints stays.
    fn note(&mut self, dict: &mut Dictionary) {
        let subtype = name(dict, b"Subtype").to_vec();
        if !dict.has(b"Rect") || subtype.is_empty() || KEPT_ANNOTATIONS.contains(&subtype.as_slice()) {
            return;
        }
        // Free text without an appearance of its own is painted from its words.
        let is_painted_from_words = subtype == b"FreeText" && !dict.has(b"AP");
        for key in NOTE_KEYS {
            if !(is_painted_from_words && matches!(key, b"Contents" | b"RC")) {
                self.drop_key(dict, key, "words and writers of notes");
            }
        }
    }

    fn actions(&mut self, dict: &mut Dictionary) {
        for key in ACTION_KEYS {
            let runs_itself = key == b"OpenAction";
            let is_dropped = match dict.get(key) {
                Ok(Object::Reference(id)) => {
                    self.active.contains(id) || runs_itself && self.leading_out.contains(id)
                }
                Ok(Object::Dictionary(action)) => is_active(action) || runs_itself && leads_out(action),
                _ => false,
            };
            if is_dropped {
                self.drop_key(dict, key, "actions");
            }
        }
        self.drop_key(dict, b"AA", "actions");
        self.drop_key(dict, b"JavaScript", "actions");
    }

    /// Signatures, which a new file would break anyway, and XFA forms.
    fn forms(&mut self, dict: &mut Dictionary) {
        let is_signature = match dict.get(b"V") {
            Ok(Object::Reference(id)) => self.signatures.contains(id),
            Ok(Object::Dictionary(value)) => value.has(b"ByteRange"),
            _ => false,
        };
        if is_signature {
            self.drop_key(dict, b"V", "signatures");
        }
        if dict.has(b"Fields") {
            self.drop_key(dict, b"XFA", "XFA forms");
            dict.remove(b"SigFlags");
        }
        if dict.has_type(b"Catalog") {
            self.drop_key(dict, b"Perms", "signatures");
            self.drop_key(dict, b"DSS", "signatures");
        }
    }
}

fn name<'a>(dict: &'a Dictionary, key: &[u8]) -> &'a [u8] {
    dict.get(key).and_then(Object::as_name).unwrap_or_default()
}

fn is_active(dict: &Dictionary) -> bool {
    ACTIVE.contains(&name(dict, b"S"))
}

fn leads_out(dict: &Dictionary) -> bool {
    matches!(name(dict, b"S"), b"URI" | b"GoToE")
}

/// The name of a program and its version, and no path or address.
fn is_plain(producer: &Object) -> bool {
    let plain = |b: &u8| b.is_ascii_graphic() && !matches!(b, b'/' | b'\\' | b'@') || *b == b' ';
    producer.as_str().is_ok_and(|text| text.iter().all(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_producer_is_kept_if_it_is_only_a_program() {
        assert!(is_plain(&Object::string_literal("pdfTeX-1.40.24")));
        assert!(!is_plain(&Object::string_literal("/home/mvelm/bin/print")));
        assert!(!is_plain(&Object::Null));
    }

    #[test]
    fn what_is_no_pdf_is_refused() {
        let broken = scrub(&Arc::new(b"%PDF-1.4 nothing".to_vec()), false);
        assert!(matches!(broken, Err(ScrubError::Unreadable(_))));
    }
}
