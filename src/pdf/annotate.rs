//! Writes remarks into a PDF: a highlight or a note at each place, and a bookmark that leads there.
//!
//! The file is appended to and its own bytes stay as they are. Source: ISO 32000-2, 7.5.6, 12.3.3 and 12.5.6.

use super::limits::MAX_STREAM;
use crate::units::{Length, Rect};
use hayro_syntax::Pdf;
use hayro_syntax::page::{Page, Rotation};
use lopdf::{
    Dictionary, Document, IncrementalDocument, LoadOptions, Object, ObjectId, Stream, dictionary, text_string,
};
use std::sync::Arc;

/// Who is named as the writer of the remarks.
const WRITER: &str = "dlde";
/// The side of the icon of a note, in bp, and its distance from the corner of the page. Source: viewers draw it so.
const NOTE: f64 = 20.0;
/// Shown, and printed. Source: ISO 32000-2 table 167.
const PRINTED: i64 = 1 << 2;
/// Places on one page that are highlighted for one remark; the rest of a long list is in the words.
const MOST_BOXES: usize = 40;

/// A remark on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Remark {
    /// 1-based.
    pub page: u32,
    /// What is highlighted, in page space; empty for a note in the corner of the page.
    pub boxes: Vec<Rect>,
    /// A few words for the bookmark.
    pub title: String,
    /// All there is to say.
    pub text: String,
    /// Red, green and blue, from 0 to 1.
    pub color: [f32; 3],
}

/// The file with the remarks in it; `title` stands above their bookmarks.
///
/// # Errors
/// A sentence about the file that lacks its subject: it is encrypted, or cannot be appended to.
pub fn annotate(bytes: &Arc<Vec<u8>>, title: &str, remarks: &[Remark]) -> Result<Vec<u8>, &'static str> {
    let broken = "cannot be annotated; build the paper again";
    let pdf = Pdf::new(bytes.clone()).map_err(|_| broken)?;
    let options = LoadOptions::with_max_decompressed_size(MAX_STREAM);
    let document = Document::load_mem_with_options(bytes, options).map_err(|_| broken)?;
    if document.is_encrypted() || document.encryption_state.is_some() || document.trailer.has(b"Encrypt") {
        return Err("is encrypted; save it without encryption first (qpdf --decrypt)");
    }
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    // A table that was found by scanning is none to append to, and pages that are counted otherwise are others.
    if document.xref_start == 0 || pages.len() != pdf.pages().len() {
        return Err(broken);
    }
    let new = IncrementalDocument::create_from(bytes.as_ref().clone(), document);
    let mut writer = Writer { new, pages, bookmarks: Vec::new() };
    for remark in remarks {
        let Some(page) = remark.page.checked_sub(1).and_then(|index| pdf.pages().get(index as usize)) else {
            continue;
        };
        writer.remark(remark, page).map_err(|_| broken)?;
    }
    writer.outline(title).map_err(|_| broken)?;
    let mut out = Vec::new();
    writer.new.save_to(&mut out).map_err(|_| broken)?;
    Ok(out)
}

struct Writer {
    new: IncrementalDocument,
    pages: Vec<ObjectId>,
    /// Title, page, and the height on it where the remark stands, in user space.
    bookmarks: Vec<(String, ObjectId, f64)>,
}

impl Writer {
    fn remark(&mut self, remark: &Remark, page: &Page<'_>) -> lopdf::Result<()> {
        let id = self.pages[remark.page as usize - 1];
        let mut annotations = Vec::new();
        for (number, area) in remark.boxes.iter().take(MOST_BOXES).enumerate() {
            let corners = in_user_space(area, page);
            let text = if number == 0 { &remark.text } else { &remark.title };
            annotations.push(self.highlight(corners, text, remark, id));
        }
        let corner = Rect::from_corners(NOTE, NOTE, NOTE * 2.0, NOTE * 2.0);
        let first = in_user_space(remark.boxes.first().unwrap_or(&corner), page);
        if remark.boxes.is_empty() {
            annotations.push(self.new.new_document.add_object(dictionary! {
                "Type" => "Annot", "Subtype" => "Text", "Name" => "Comment", "Rect" => numbers(&first),
                "Contents" => text_string(&remark.text), "T" => text_string(WRITER), "F" => PRINTED,
                "C" => numbers(&remark.color.map(f64::from)), "P" => id,
            }));
        }
        self.bookmarks.push((remark.title.clone(), id, first[3]));
        self.add_annotations(id, annotations)
    }

    /// A highlight with a look of its own, since not every viewer makes one.
    fn highlight(
        &mut self,
        [x0, y0, x1, y1]: [f64; 4],
        text: &str,
        remark: &Remark,
        page: ObjectId,
    ) -> ObjectId {
        let [red, green, blue] = remark.color;
        let (width, height) = (x1 - x0, y1 - y0);
        let paint =
            format!("/G gs {red:.3} {green:.3} {blue:.3} rg {x0:.2} {y0:.2} {width:.2} {height:.2} re f");
        let state = dictionary! { "Type" => "ExtGState", "BM" => "Multiply", "ca" => 0.4 };
        let look = Stream::new(
            dictionary! {
                "Type" => "XObject", "Subtype" => "Form", "BBox" => numbers(&[x0, y0, x1, y1]),
                "Resources" => dictionary! { "ExtGState" => dictionary! { "G" => state } },
            },
            paint.into_bytes(),
        );
        let document = &mut self.new.new_document;
        let look = document.add_object(look);
        document.add_object(dictionary! {
            "Type" => "Annot", "Subtype" => "Highlight", "Rect" => numbers(&[x0, y0, x1, y1]),
            "QuadPoints" => numbers(&[x0, y1, x1, y1, x0, y0, x1, y0]),
            "Contents" => text_string(text), "T" => text_string(WRITER), "F" => PRINTED,
            "C" => numbers(&remark.color.map(f64::from)), "P" => page,
            "AP" => dictionary! { "N" => look },
        })
    }

    fn add_annotations(&mut self, page: ObjectId, more: Vec<ObjectId>) -> lopdf::Result<()> {
        self.new.opt_clone_object_to_new_document(page)?;
        let dictionary = self.new.new_document.get_dictionary(page)?;
        let mut all = match dictionary.get(b"Annots") {
            Ok(Object::Array(there)) => there.clone(),
            // Shared lists, and lists added before this remark, stand in an object of their own.
            Ok(Object::Reference(at)) => {
                self.find(*at).and_then(|o| o.as_array().ok()).cloned().unwrap_or_default()
            }
            _ => Vec::new(),
        };
        all.extend(more.into_iter().map(Object::Reference));
        self.new.new_document.get_dictionary_mut(page)?.set("Annots", all);
        Ok(())
    }

    fn find(&self, id: ObjectId) -> Option<&Object> {
        let new = self.new.new_document.get_object(id);
        new.or_else(|_| self.new.get_prev_documents().get_object(id)).ok()
    }

    /// Our bookmarks before those that are there.
    fn outline(&mut self, title: &str) -> lopdf::Result<()> {
        let catalog = self.new.get_prev_documents().trailer.get(b"Root")?.as_reference()?;
        self.new.opt_clone_object_to_new_document(catalog)?;
        let there =
            self.new.new_document.get_dictionary(catalog)?.get(b"Outlines").and_then(Object::as_reference);
        let old = there.ok().and_then(|id| Some((id, self.find(id)?.as_dict().ok()?.clone())));
        let (root, mut outlines) = old
            .unwrap_or_else(|| (self.new.new_document.new_object_id(), dictionary! { "Type" => "Outlines" }));
        let head = self.new.new_document.new_object_id();
        let entries = self.entries(head);
        let number = entries.len() as i64;
        let mut entry = dictionary! { "Title" => text_string(title), "Parent" => root };
        if let (Some(first), Some(last)) = (entries.first(), entries.last()) {
            entry.set("First", *first);
            entry.set("Last", *last);
            entry.set("Count", number);
        }
        let next = outlines.get(b"First").and_then(Object::as_reference).ok();
        match next {
            Some(next) => {
                entry.set("Next", next);
                self.new.opt_clone_object_to_new_document(next)?;
                self.new.new_document.get_dictionary_mut(next)?.set("Prev", head);
            }
            None => outlines.set("Last", head),
        }
        let shown = outlines.get(b"Count").and_then(Object::as_i64).unwrap_or(0).max(0);
        outlines.set("First", head);
        outlines.set("Count", shown.saturating_add(1 + number));
        let document = &mut self.new.new_document;
        document.set_object(head, entry);
        document.set_object(root, outlines);
        let catalog = document.get_dictionary_mut(catalog)?;
        catalog.set("Outlines", root);
        catalog.set("PageMode", "UseOutlines");
        Ok(())
    }

    /// One bookmark a remark, in order.
    fn entries(&mut self, parent: ObjectId) -> Vec<ObjectId> {
        let document = &mut self.new.new_document;
        let ids: Vec<_> = self.bookmarks.iter().map(|_| document.new_object_id()).collect();
        for (index, (title, page, top)) in self.bookmarks.iter().enumerate() {
            let goal: Vec<Object> = vec![(*page).into(), "FitH".into(), Object::Real(*top as f32)];
            let mut entry: Dictionary =
                dictionary! { "Title" => text_string(title), "Parent" => parent, "Dest" => goal };
            if let Some(before) = index.checked_sub(1) {
                entry.set("Prev", ids[before]);
            }
            if let Some(next) = ids.get(index + 1) {
                entry.set("Next", *next);
            }
            document.set_object(ids[index], entry);
        }
        ids
    }
}

fn numbers(values: &[f64]) -> Object {
    Object::Array(values.iter().map(|value| Object::Real(*value as f32)).collect())
}

/// A box of page space in the coordinates of the file: left, bottom, right, top.
fn in_user_space(area: &Rect, page: &Page<'_>) -> [f64; 4] {
    let crop = page.intersected_crop_box();
    let point = |x: Length, y: Length| {
        let (x, y) = (x.to_bp(), y.to_bp());
        match page.rotation() {
            Rotation::None => (crop.x0 + x, crop.y1 - y),
            Rotation::Horizontal => (crop.x0 + y, crop.y0 + x),
            Rotation::Flipped => (crop.x1 - x, crop.y0 + y),
            Rotation::FlippedHorizontal => (crop.x1 - y, crop.y1 - x),
        }
    };
    let (ax, ay) = point(area.left, area.top);
    let (bx, by) = point(area.right(), area.bottom());
    [ax.min(bx), ay.min(by), ax.max(bx), ay.max(by)]
}
