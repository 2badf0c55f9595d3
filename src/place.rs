//! Where something is: a file, a span of bytes, a box on a page.

use crate::units::Rect;
use std::fmt;
use std::ops::Range;

/// A file of the submission: its index in `Submission::files`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A page, 1-based, as a PDF viewer counts; never the printed folio.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageNumber(pub u32);

impl fmt::Display for PageNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Bytes of a text file, half-open. Lines and columns exist only in reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The file that holds the bytes.
    pub file: FileId,
    /// Byte offsets from the start of the file, half-open.
    pub bytes: Range<u32>,
}

/// Where a finding points.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// Bytes of a text file.
    Span(Span),
    /// Boxes on a page.
    Page {
        /// The file that holds the page.
        file: FileId,
        /// 1-based.
        page: PageNumber,
        /// In page space; empty means the whole page.
        boxes: Vec<Rect>,
        /// The number printed in the margin beside the first box; `None` where none is printed.
        line_number: Option<u32>,
    },
    /// A file, or something inside it.
    File {
        /// The file.
        file: FileId,
        /// Path within the file, such as `/Info/Author`; `None` for the file itself.
        inside: Option<String>,
    },
    /// The submission as a whole.
    Submission,
}

impl Place {
    /// A whole page.
    pub fn whole_page(file: FileId, page: PageNumber) -> Self {
        Self::Page { file, page, boxes: Vec::new(), line_number: None }
    }

    /// Whether two places on a page touch: boxes that overlap, or a place that is the whole page.
    pub fn meets(&self, other: &Self) -> bool {
        let (Self::Page { page, boxes, .. }, Self::Page { page: theirs, boxes: their_boxes, .. }) =
            (self, other)
        else {
            return false;
        };
        page == theirs
            && (boxes.is_empty()
                || their_boxes.is_empty()
                || boxes.iter().any(|a| their_boxes.iter().any(|b| a.meets(b))))
    }

    /// A whole file.
    pub fn whole_file(file: FileId) -> Self {
        Self::File { file, inside: None }
    }
}
