//! One report, shown in several formats. A format arranges and decides nothing.

#[cfg(feature = "formats")]
mod brief;
mod csv;
mod diagnostic;
#[cfg_attr(not(feature = "formats"), allow(dead_code, reason = "some words are those of a format"))]
mod difference;
mod digest;
mod earlier;
#[cfg(feature = "formats")]
mod github;
pub mod hotcrp;
#[cfg(feature = "html")]
mod html;
pub mod index;
mod json;
#[cfg(feature = "formats")]
mod junit;
mod line_column;
#[cfg(feature = "formats")]
mod markdown;
mod number;
pub mod outline;
#[cfg(feature = "rewriting")]
mod pdf;
pub mod record;
#[cfg(feature = "formats")]
mod sarif;
#[cfg(feature = "formats")]
mod text;
#[cfg_attr(not(feature = "formats"), allow(dead_code, reason = "some words are those of a format"))]
mod wording;

pub use crate::check::{Outcome, Report};
pub use crate::pdf::Picture;
#[cfg(feature = "formats")]
pub use brief::brief;
pub use diagnostic::{Diagnostic, Position, diagnostics};
pub use earlier::Earlier;
#[cfg(feature = "html")]
pub use html::pages_in_detail;
use std::io;
pub use wording::{place_of_note, plain, verdict};

/// The formats a report can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For people, in a terminal.
    #[cfg(feature = "formats")]
    #[default]
    Text,
    /// For programs: one object on one line. The keys are those of schema version 1.
    #[cfg_attr(not(feature = "formats"), default)]
    Json,
    /// For code scanning: SARIF 2.1.0.
    #[cfg(feature = "formats")]
    Sarif,
    /// For test runners: one suite, one case a rule.
    #[cfg(feature = "formats")]
    Junit,
    /// For the log of GitHub Actions: one workflow command a finding.
    #[cfg(feature = "formats")]
    Github,
    /// For a comment: at most 2,000 characters.
    #[cfg(feature = "formats")]
    Markdown,
    /// For spreadsheets: one row a finding.
    Csv,
    /// For a viewer: the paper itself, with highlights and bookmarks at the findings.
    #[cfg(feature = "rewriting")]
    Pdf,
    /// For a browser: one page with pictures of the paper's.
    #[cfg(feature = "html")]
    Html,
}

/// What a report is written for: the look of those for people, and where its files lie for those for programs.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// Whether to colour it.
    pub color: bool,
    /// Columns of the terminal; lines are wrapped to them.
    pub width: usize,
    /// What leads from where the program runs to the files of the submission, such as `papers/`; empty or ending
    /// in `/`. Formats that are read beside a repository put it before the names of files.
    pub folder: String,
    /// Pages of the paper, drawn; formats that show pages do without those that are not here.
    pub pictures: Vec<Picture>,
    /// What the report is compared with, where [`Format::tells_changes`].
    pub earlier: Option<Earlier>,
}

impl Default for Look {
    /// Plain, for a terminal of 80 columns; the files lie here.
    fn default() -> Self {
        Self { color: false, width: 80, folder: String::new(), pictures: Vec::new(), earlier: None }
    }
}

impl Format {
    /// Every format.
    pub const ALL: &'static [Self] = &[
        #[cfg(feature = "formats")]
        Self::Text,
        Self::Json,
        #[cfg(feature = "formats")]
        Self::Sarif,
        #[cfg(feature = "formats")]
        Self::Junit,
        #[cfg(feature = "formats")]
        Self::Github,
        #[cfg(feature = "formats")]
        Self::Markdown,
        Self::Csv,
        #[cfg(feature = "rewriting")]
        Self::Pdf,
        #[cfg(feature = "html")]
        Self::Html,
    ];

    /// Writes the report.
    ///
    /// # Errors
    /// What the sink says, and a paper that cannot be annotated where the format is the paper itself.
    pub fn write(self, report: &Report<'_>, look: &Look, out: &mut dyn io::Write) -> io::Result<()> {
        match self {
            #[cfg(feature = "formats")]
            Self::Text => text::write(report, look, out),
            Self::Json => json::write(report, look.earlier.as_ref(), out),
            #[cfg(feature = "formats")]
            Self::Sarif => sarif::write(report, &look.folder, out),
            #[cfg(feature = "formats")]
            Self::Junit => junit::write(report, out),
            #[cfg(feature = "formats")]
            Self::Github => github::write(report, &look.folder, out),
            #[cfg(feature = "formats")]
            Self::Markdown => markdown::write(report, out),
            Self::Csv => csv::write(report, out),
            #[cfg(feature = "rewriting")]
            Self::Pdf => pdf::write(report, out),
            #[cfg(feature = "html")]
            Self::Html => html::write(report, look, out),
        }
    }

    /// The name used on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            #[cfg(feature = "formats")]
            Self::Text => "text",
            Self::Json => "json",
            #[cfg(feature = "formats")]
            Self::Sarif => "sarif",
            #[cfg(feature = "formats")]
            Self::Junit => "junit",
            #[cfg(feature = "formats")]
            Self::Github => "github",
            #[cfg(feature = "formats")]
            Self::Markdown => "markdown",
            Self::Csv => "csv",
            #[cfg(feature = "rewriting")]
            Self::Pdf => "pdf",
            #[cfg(feature = "html")]
            Self::Html => "html",
        }
    }

    /// What it is for, in a few words.
    pub const fn purpose(self) -> &'static str {
        match self {
            #[cfg(feature = "formats")]
            Self::Text => "For people",
            Self::Json => "For programs: one object a line",
            #[cfg(feature = "formats")]
            Self::Sarif => "For code scanning: SARIF 2.1.0",
            #[cfg(feature = "formats")]
            Self::Junit => "For test runners",
            #[cfg(feature = "formats")]
            Self::Github => "For the log of GitHub Actions",
            #[cfg(feature = "formats")]
            Self::Markdown => "For a comment of at most 2,000 characters",
            Self::Csv => "For spreadsheets",
            #[cfg(feature = "rewriting")]
            Self::Pdf => "For a viewer: the paper with highlights and bookmarks",
            #[cfg(feature = "html")]
            Self::Html => "For a browser, with pictures of the pages",
        }
    }

    /// The ending of the name of a file that holds such a report.
    pub const fn extension(self) -> &'static str {
        match self {
            #[cfg(feature = "formats")]
            Self::Text => "txt",
            #[cfg(feature = "formats")]
            Self::Github => "txt",
            Self::Json => "json",
            #[cfg(feature = "formats")]
            Self::Sarif => "sarif",
            #[cfg(feature = "formats")]
            Self::Junit => "xml",
            #[cfg(feature = "formats")]
            Self::Markdown => "md",
            Self::Csv => "csv",
            // Beside the paper, it does not bear the name of the paper.
            #[cfg(feature = "rewriting")]
            Self::Pdf => "review.pdf",
            #[cfg(feature = "html")]
            Self::Html => "html",
        }
    }

    /// Whether a file holds one report only: two of them, one after the other, are none.
    pub const fn is_document(self) -> bool {
        #[cfg(feature = "html")]
        if self.shows_pages() {
            return true;
        }
        #[cfg(feature = "formats")]
        if matches!(self, Self::Sarif | Self::Junit) {
            return true;
        }
        self.is_binary()
    }

    /// Whether an index is written beside several of them.
    pub const fn has_index(self) -> bool {
        #[cfg(feature = "html")]
        if self.shows_pages() {
            return true;
        }
        false
    }

    /// Whether it tells what has changed since an earlier report.
    pub const fn tells_changes(self) -> bool {
        #[cfg(feature = "html")]
        if self.shows_pages() {
            return true;
        }
        #[cfg(feature = "formats")]
        if matches!(self, Self::Text) {
            return true;
        }
        matches!(self, Self::Json)
    }

    /// Whether it is for programs alone: a terminal makes nothing of it.
    pub const fn is_binary(self) -> bool {
        #[cfg(feature = "rewriting")]
        if matches!(self, Self::Pdf) {
            return true;
        }
        false
    }

    /// Whether it shows pages, and wants them drawn.
    #[cfg(feature = "html")]
    pub const fn shows_pages(self) -> bool {
        matches!(self, Self::Html)
    }
}
