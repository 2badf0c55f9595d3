//! Annotations: links, and the notes that people leave. Source: ISO 32000-2 §12.5.

use super::active::{action_type, target};
use super::graphics::Matrix;
use super::limits::MAX_ENTRIES;
use super::metadata::Link;
use super::text_string::text_string;
use super::unshown::{Holder, UnshownEntry};
use hayro_syntax::object::{Dict, Name, Rect, String as PdfString};

/// Bits of `/F`: hidden, and not to be viewed. Source: ISO 32000-2 table 167.
const HIDDEN: i32 = 1 << 1;
const NO_VIEW: i32 = 1 << 5;
/// What stands for itself: no person writes it.
const FURNITURE: [&[u8]; 6] = [b"Link", b"Popup", b"Widget", b"PrinterMark", b"TrapNet", b"Watermark"];
/// Where a note says something, and who wrote it.
const KEYS: [&str; 4] = ["T", "Contents", "RC", "Subj"];

/// The annotations of a document, page by page.
#[derive(Default)]
pub(super) struct Annotations {
    pub(super) links: Vec<Link>,
    pub(super) entries: Vec<UnshownEntry>,
}

impl Annotations {
    /// Reads one annotation of a page (1-based); `destination` is where a link leads within the file.
    ///
    /// `index` is its place in the page's list, from 0.
    pub(super) fn read(
        &mut self,
        dict: &Dict<'_>,
        at: (u32, usize),
        matrix: &Matrix,
        destination: Option<String>,
    ) {
        let page = at.0;
        if self.links.len() + self.entries.len() >= MAX_ENTRIES {
            return;
        }
        let Some(subtype) = dict.get::<Name<'_>>("Subtype") else { return };
        let action = dict.get::<Dict<'_>>("A");
        if &*subtype == b"Link" {
            self.push_action(action.as_ref(), at);
            let Some(rect) = dict.get::<Rect>("Rect") else { return };
            let uri = action.and_then(|a| a.get::<PdfString<'_>>("URI")).map(|u| text_string(&u));
            let area = matrix.bounds([rect.x0, rect.y0, rect.x1, rect.y1]);
            self.links.push(Link { page, area, uri, destination });
        } else if !FURNITURE.contains(&&*subtype) {
            self.push_note(dict, subtype.as_str(), at);
        }
    }

    /// The file that a link opens, which may lie in somebody's home directory.
    fn push_action(&mut self, action: Option<&Dict<'_>>, (page, index): (u32, usize)) {
        let Some(action) = action.filter(|a| matches!(action_type(a).as_str(), "GoToR" | "Launch" | "GoToE"))
        else {
            return;
        };
        let entry = UnshownEntry::new(
            Holder::Action,
            "F",
            &target(action),
            format!("page {page} /Annots/{index}/A/F"),
        );
        self.entries.extend(entry.map(|t| UnshownEntry { page: Some(page), ..t }));
    }

    /// A note says what it says; one that says nothing still says that it is there.
    fn push_note(&mut self, dict: &Dict<'_>, subtype: &str, (page, index): (u32, usize)) {
        let flags = dict.get::<i32>("F").unwrap_or(0);
        let holder = Holder::Annotation { is_hidden: flags & (HIDDEN | NO_VIEW) != 0 };
        let path = format!("page {page} /Annots/{index}");
        let told = KEYS.iter().filter_map(|key| {
            let text = text_string(&dict.get::<PdfString<'_>>(*key)?);
            UnshownEntry::new(holder, key, &text, path.clone())
        });
        let mut entries: Vec<UnshownEntry> = told.collect();
        entries.extend(UnshownEntry::new(holder, "Subtype", subtype, path));
        self.entries.extend(entries.into_iter().map(|t| UnshownEntry { page: Some(page), ..t }));
    }
}
