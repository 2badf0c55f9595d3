//! Who reads a report: authors mend, chairs decide, reviewers must not learn who wrote the paper.

/// Who a report is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Audience {
    /// Whoever wrote the paper, before handing it in: everything is shown.
    #[default]
    Author,
    /// Whoever decides: everything is shown.
    Chair,
    /// Whoever judges the paper blindly: that something identifies is said, and whom to tell, but not what it is.
    Reviewer,
}

impl Audience {
    /// Every audience.
    pub const ALL: [Self; 3] = [Self::Author, Self::Chair, Self::Reviewer];

    /// The name used on the command line and in reports.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Chair => "chair",
            Self::Reviewer => "reviewer",
        }
    }
}
