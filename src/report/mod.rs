//! One report, shown in several formats. A format arranges and decides nothing.

mod json;
mod line_column;
pub mod outline;
mod text;
mod wording;

pub use crate::check::{Outcome, Report};
use std::io;
pub use wording::{plain, verdict};

/// The formats a report can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For people, in a terminal.
    #[default]
    Text,
    /// For programs: one object on one line. The keys are those of schema version 1.
    Json,
}

/// How a report for people looks; programs are shown none of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Whether to colour it.
    pub color: bool,
    /// Columns of the terminal; lines are wrapped to them.
    pub width: usize,
}

impl Default for Look {
    /// Plain, for a terminal of 80 columns.
    fn default() -> Self {
        Self { color: false, width: 80 }
    }
}

impl Format {
    /// Writes the report.
    ///
    /// # Errors
    /// What the sink says.
    pub fn write(self, report: &Report<'_>, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
        match self {
            Self::Text => text::write(report, look, out),
            Self::Json => json::write(report, out),
        }
    }
}
