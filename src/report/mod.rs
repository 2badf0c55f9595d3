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

impl Format {
    /// Writes the report.
    ///
    /// # Errors
    /// What the sink says.
    pub fn write(self, report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let _ = report;
        writeln!(out, "{self:?}")
    }
}
