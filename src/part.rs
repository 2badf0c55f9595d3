//! The parts of a paper, in the vocabulary of calls for papers.

use std::fmt;

/// A part of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Title, authors and abstract heading, and whatever stands before the title.
    FrontMatter,
    /// What the page limit counts.
    MainText,
    /// Acknowledgments, funding and disclosure.
    Acknowledgments,
    /// The reference list.
    References,
    /// Appendices and supplementary material within the file.
    Appendix,
    /// The NeurIPS paper checklist.
    Checklist,
}

impl Part {
    /// The name used in reports, such as `main-text`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::FrontMatter => "front-matter",
            Self::MainText => "main-text",
            Self::Acknowledgments => "acknowledgments",
            Self::References => "references",
            Self::Appendix => "appendix",
            Self::Checklist => "checklist",
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FrontMatter => "front matter",
            Self::MainText => "main text",
            other => other.id(),
        })
    }
}
