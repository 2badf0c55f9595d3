//! A PDF, opened and read.

use super::content::Shared;
use super::effort::Effort;
use super::font::Font;
use super::gate::gate;
use super::limits::MAX_PAGES;
use super::metadata::{Metadata, hidden_layers};
use super::page::Page;
use super::revision::earlier;
use super::text::Row;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Everything a PDF states.
pub struct Document {
    /// Its pages, in order.
    pub pages: Vec<Page>,
    /// Its fonts; glyphs refer to them.
    pub fonts: Vec<Font>,
    /// What it says besides its pages.
    pub metadata: Metadata,
    /// One more than the updates appended to it; a linearised file has one.
    pub revisions: u32,
    /// The lengths of the earlier revisions that are read, newest first: so many bytes are a file of their own.
    pub earlier: Vec<usize>,
    /// What it asked for; whatever else is read for the same paper goes on from there.
    pub effort: Effort,
}

/// Why a PDF cannot be read at all. Each is a sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenError {
    /// It asks for a password, or uses an encryption that cannot be undone.
    Encrypted(String),
    /// It is broken.
    Unreadable(String),
    /// It exceeds a limit of the reader.
    TooComplex(String),
}

impl Document {
    /// Reads a whole PDF.
    ///
    /// # Errors
    /// Only where nothing can be read; a page that is damaged says so in [`Page::incomplete`].
    pub fn read(bytes: &Arc<Vec<u8>>) -> Result<Self, OpenError> {
        Self::read_after(bytes, Effort::default())
    }

    /// Reads a whole PDF that comes with another one, which asked for so much already.
    ///
    /// # Errors
    /// As [`Document::read`].
    pub fn read_after(bytes: &Arc<Vec<u8>>, effort: Effort) -> Result<Self, OpenError> {
        let broken =
            || OpenError::Unreadable("is broken and cannot be opened; build or download it again".to_owned());
        catch_unwind(AssertUnwindSafe(|| Self::read_unguarded(bytes, effort)))
            .unwrap_or_else(|_| Err(broken()))
    }

    /// Takes the rows of its pages, which no page has afterwards; see [`rows`](super::text::rows).
    pub fn take_rows(&mut self) -> Vec<Vec<Row>> {
        self.pages.iter_mut().map(|page| std::mem::take(&mut page.rows)).collect()
    }

    /// Why not everything in it was read; `None` where it was.
    pub fn why_incomplete(&self) -> Option<&str> {
        let pages = self.pages.iter().find_map(|page| page.incomplete.as_deref());
        pages.or(self.metadata.unwalked)
    }

    fn read_unguarded(bytes: &Arc<Vec<u8>>, before: Effort) -> Result<Self, OpenError> {
        let passed = gate(bytes)
            .map_err(|why| OpenError::TooComplex(format!("is too complex: {why}; print it to a new PDF")))?;
        let pdf = Pdf::new(bytes.clone()).map_err(|error| match error {
            LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
                OpenError::Encrypted("asks for a password; save it without one".to_owned())
            }
            LoadPdfError::Decryption(_) => OpenError::Encrypted(
                "is encrypted in a way that cannot be undone; save it without encryption".to_owned(),
            ),
            LoadPdfError::Invalid => {
                OpenError::Unreadable("is broken and cannot be opened; build or download it again".to_owned())
            }
        })?;
        if pdf.pages().is_empty() {
            return Err(OpenError::Unreadable("has no pages; build or download it again".to_owned()));
        }
        if pdf.pages().len() > MAX_PAGES {
            return Err(OpenError::TooComplex(format!(
                "has {} pages, more than the {MAX_PAGES} that are read",
                pdf.pages().len()
            )));
        }
        let mut shared = Shared::default();
        shared.effort = before.pages;
        shared.hidden_layers = hidden_layers(&pdf);
        let (pages, (metadata, traces)) =
            shared.read_pages(pdf.pages(), || Metadata::read(&pdf, bytes, before.traces));
        let effort = Effort { pages: shared.effort, traces };
        Ok(Self {
            pages,
            fonts: shared.fonts,
            metadata,
            revisions: passed.revisions,
            earlier: if passed.revisions > 1 { earlier(bytes) } else { Vec::new() },
            effort,
        })
    }
}
