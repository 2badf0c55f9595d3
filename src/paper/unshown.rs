//! What the paper's file says where no page shows it, with the files within it and its earlier revisions.

use super::AuthorBlock;
use super::email::is_placeholder;
use super::front::FrontMatter;
use super::layout::Layout;
use crate::pattern::{Topic, hits_on};
use crate::pdf::{
    Active, Attachment, Document, Effort, Holder, MAX_ATTACHMENT_DEPTH, UnshownEntry, image_tags,
};
use crate::place::FileId;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What the file says where no page shows it.
#[derive(Debug, Clone, Default)]
pub struct Unshown {
    /// Of the file as it is now, in order of kind and place.
    pub entries: Vec<UnshownEntry>,
    /// Files within the file.
    pub attached: Vec<Attached>,
    /// What only an earlier revision says, newest first.
    pub earlier: Vec<Earlier>,
    /// What is active.
    pub active: Vec<Active>,
    /// Why not all of it was looked at; `None` where it was.
    pub why_incomplete: Option<String>,
}

/// A file within the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Attached {
    /// Its name; files within it are named `outer.pdf!inner.txt`.
    pub name: String,
    /// Path within the file.
    pub path: String,
    /// What it says, pages and metadata alike.
    pub entries: Vec<UnshownEntry>,
    /// Why it was not read; `None` where it was.
    pub why_unread: Option<String>,
}

/// What only an earlier revision says.
#[derive(Debug, Clone, PartialEq)]
pub struct Earlier {
    /// 1 for the oldest.
    pub revision: u32,
    /// Metadata that the file no longer has.
    pub entries: Vec<UnshownEntry>,
    /// Lines of the author block and addresses of page one that are no longer there.
    pub words: Vec<String>,
    /// Why it was not read; `None` where it was.
    pub why_unread: Option<String>,
}

impl Unshown {
    /// Collects everything. `bytes` are those of the whole file.
    pub(super) fn of(document: &mut Document, bytes: &Arc<Vec<u8>>) -> Self {
        let metadata = &mut document.metadata;
        let entries = std::mem::take(&mut metadata.entries);
        let attached = attached(std::mem::take(&mut metadata.attachments), &mut document.effort);
        let active = std::mem::take(&mut metadata.active);
        let why_incomplete = metadata.unwalked.map(str::to_owned);
        let mut unshown = Self { entries, attached, active, why_incomplete, ..Self::default() };
        unshown.earlier =
            if document.earlier.is_empty() { Vec::new() } else { unshown.earlier(document, bytes) };
        unshown
    }

    fn earlier(&self, document: &mut Document, bytes: &Arc<Vec<u8>>) -> Vec<Earlier> {
        let known: BTreeSet<(Holder, &str)> =
            self.entries.iter().map(|t| (t.holder, t.text.as_str())).collect();
        let shown = front_words(&Layout::again(document));
        let mut effort = document.effort;
        let lengths = document.earlier.iter().enumerate();
        let read = |(index, length): (usize, &usize)| {
            let revision = document.revisions.saturating_sub(index as u32 + 1);
            let none = Earlier { revision, entries: Vec::new(), words: Vec::new(), why_unread: None };
            let Ok(mut old) = Document::read_after(&Arc::new(bytes[..*length].to_vec()), effort) else {
                return Earlier { why_unread: Some("it cannot be opened by itself".to_owned()), ..none };
            };
            effort = old.effort;
            let why_unread = old.why_incomplete().map(str::to_owned);
            let words =
                front_words(&Layout::of(&mut old)).into_iter().filter(|w| !shown.contains(w)).collect();
            let entries = old.metadata.entries.into_iter();
            let entries = entries.filter(|t| !known.contains(&(t.holder, t.text.as_str()))).collect();
            Earlier { entries, words, why_unread, ..none }
        };
        lengths.map(read).collect()
    }
}

/// Names of the author block and addresses of page one.
fn front_words(layout: &Layout) -> Vec<String> {
    let file = FileId(0);
    let named = match FrontMatter::of(layout, file).authors {
        AuthorBlock::Named(lines) => lines,
        _ => Vec::new(),
    };
    let mut words: Vec<String> = named.into_iter().map(|seen| seen.text).collect();
    for (_, line) in layout.page_lines(1) {
        let addresses = hits_on(&line.text, |topic| topic == Topic::Email);
        let addresses = addresses.into_iter().map(|hit| &line.text[hit.at]);
        words.extend(addresses.filter(|a| !is_placeholder(a)).map(str::to_owned));
    }
    words
}

/// Every attached file, and those attached to attached PDFs.
///
/// What they ask for comes on top of what the paper asked for; whatever goes beyond is not read, and said so.
fn attached(files: Vec<Attachment>, effort: &mut Effort) -> Vec<Attached> {
    let mut found = Vec::new();
    let mut open: Vec<(Attachment, u32)> = files.into_iter().rev().map(|file| (file, 0)).collect();
    while let Some((file, depth)) = open.pop() {
        let mut one = Attached { name: file.name, path: file.path, entries: Vec::new(), why_unread: None };
        match file.bytes {
            None => one.why_unread = Some("it cannot be unpacked, or is too large".to_owned()),
            Some(bytes) if bytes.starts_with(b"%PDF") && depth >= MAX_ATTACHMENT_DEPTH => {
                one.why_unread = Some("it lies too deep within other files".to_owned());
            }
            Some(bytes) if bytes.starts_with(b"%PDF") => {
                match Document::read_after(&Arc::new(bytes), *effort) {
                    Ok(document) => {
                        *effort = document.effort;
                        one.why_unread = document.why_incomplete().map(str::to_owned);
                        let inner = one.read_pdf(document);
                        open.extend(inner.into_iter().rev().map(|file| (file, depth + 1)));
                    }
                    Err(_) => one.why_unread = Some("it is a PDF that cannot be read".to_owned()),
                }
            }
            Some(bytes) => one.read_other(bytes),
        }
        found.push(one);
    }
    found
}

impl Attached {
    /// What an attached PDF says and shows; returns the files within it.
    fn read_pdf(&mut self, mut document: Document) -> Vec<Attachment> {
        let layout = Layout::of(&mut document);
        let inner = std::mem::take(&mut document.metadata.attachments);
        self.entries = document.metadata.entries;
        let text: Vec<&str> = layout.lines.iter().map(|line| line.text.as_str()).collect();
        self.push_text(text.join("\n"));
        for entry in &mut self.entries {
            entry.path = format!("{}!{}", self.name, entry.path);
        }
        let within = |file: Attachment| Attachment { name: format!("{}!{}", self.name, file.name), ..file };
        inner.into_iter().map(within).collect()
    }

    fn read_other(&mut self, bytes: Vec<u8>) {
        let tags = image_tags(&bytes);
        if !tags.is_empty() {
            let entry = |(key, text): (String, String)| {
                let path = format!("{}!{key}", self.name);
                UnshownEntry { holder: Holder::Image, key, text, path, page: None }
            };
            self.entries = tags.into_iter().map(entry).collect();
        }
        match String::from_utf8(bytes) {
            Ok(text) if !text.contains('\0') => self.push_text(text),
            _ => self.why_unread = Some("it is neither text nor a PDF".to_owned()),
        }
    }

    fn push_text(&mut self, text: String) {
        let path = self.name.clone();
        self.entries.push(UnshownEntry {
            holder: Holder::AttachmentText,
            key: "text".to_owned(),
            text,
            path,
            page: None,
        });
    }
}
