//! How much of a file was read, page by page.

use crate::pdf::Document;
use crate::place::{FileId, PageNumber};
use crate::problem::{Problem, ProblemKind};

/// How much of the file was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Pages of the file.
    pub pages: u32,
    /// Pages whose content was read to its end. A blank page is read.
    pub pages_read: u32,
    /// Pages that show a picture and fewer than ten glyphs.
    pub without_text: Vec<PageNumber>,
    /// Pages whose content was not read to its end, and why.
    pub unread: Vec<(PageNumber, String)>,
}

impl Coverage {
    pub(super) fn of(document: &Document, file: FileId, problems: &mut Vec<Problem>) -> Self {
        let mut coverage = Self { pages: document.pages.len() as u32, ..Self::default() };
        for (index, page) in document.pages.iter().enumerate() {
            let number = PageNumber(index as u32 + 1);
            let illegible = page.why_illegible().map(str::to_owned);
            let remedy =
                if page.incomplete.is_some() { "build the paper again" } else { "look at it yourself" };
            if let Some(why) = page.incomplete.clone().or(illegible) {
                let kind = if why.starts_with("too complex") {
                    ProblemKind::TooComplex
                } else {
                    ProblemKind::Damaged
                };
                problems.push(Problem::of_page(kind, file, number, format!("{why}; {remedy}")));
                coverage.unread.push((number, why));
            } else {
                coverage.pages_read += 1;
            }
            if page.is_picture() {
                coverage.without_text.push(number);
            }
        }
        coverage
    }
}
