//! The names that styles go by.

/// The mode a style was loaded in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StyleMode {
    /// No option: anonymous, with line numbers.
    Submission,
    /// Option `final`.
    Final,
    /// Option `preprint`.
    Preprint,
}

impl StyleMode {
    /// The name used in reports and profiles.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Submission => "submission",
            Self::Final => "final",
            Self::Preprint => "preprint",
        }
    }
}
