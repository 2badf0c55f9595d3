//! A hostile file, and what must be said of it.

/// What the report of a file must say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Says {
    /// Every page was read.
    Whole,
    /// Something was not read: a problem says so in these words, and nothing that rests on it passes.
    Unread(&'static str),
    /// A problem, a finding or an open verdict has these words; whether the rest could be read is the file's affair.
    Told(&'static str),
    /// It is no submission at all: the program says so in these words and writes no report.
    Refused(&'static str),
}

/// A file that is made to exhaust, mislead or crash its reader.
pub(crate) struct Case {
    /// What is wrong with it, in a few words with hyphens.
    pub(crate) name: &'static str,
    /// The name that it is handed in under; only its ending matters.
    pub(crate) file: &'static str,
    /// Its bytes, the same at every call.
    pub(crate) make: fn() -> Vec<u8>,
    /// What the report must say.
    pub(crate) says: Says,
}

/// A PDF.
pub(crate) const fn pdf(name: &'static str, make: fn() -> Vec<u8>, says: Says) -> Case {
    Case { name, file: "paper.pdf", make, says }
}

/// Any other file.
pub(crate) const fn file(name: &'static str, file: &'static str, make: fn() -> Vec<u8>, says: Says) -> Case {
    Case { name, file, make, says }
}
