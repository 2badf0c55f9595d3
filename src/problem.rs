//! What could not be read. Problems are collected, shown, and make the rules that rest on them undetermined.

use crate::place::{FileId, PageNumber};

/// Why something could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemKind {
    /// The file is not of the kind it claims, or too broken to open.
    Unreadable,
    /// The file asks for a password, or uses an encryption that cannot be undone.
    Encrypted,
    /// A limit of the reader was met; what lies beyond it was not read.
    TooComplex,
    /// A page, font or stream within a readable file is broken.
    Damaged,
    /// The file was not looked at, because this kind is not read.
    NotChecked,
    /// No paper was found in the submission, or more than one.
    NoPaper,
}

/// One thing that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind of trouble.
    pub kind: ProblemKind,
    /// The file; `None` for the submission as a whole.
    pub file: Option<FileId>,
    /// The page, 1-based; `None` where the whole file is meant.
    pub page: Option<PageNumber>,
    /// What happened and what to do, lower-case, without a period.
    pub message: String,
}

impl Problem {
    /// A problem of a whole file.
    pub fn of_file(kind: ProblemKind, file: FileId, message: impl Into<String>) -> Self {
        Self { kind, file: Some(file), page: None, message: message.into() }
    }

    /// A problem of one page.
    pub fn of_page(kind: ProblemKind, file: FileId, page: PageNumber, message: impl Into<String>) -> Self {
        Self { kind, file: Some(file), page: Some(page), message: message.into() }
    }
}
