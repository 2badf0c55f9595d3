//! Signs that a part begins where it is said to, and what each is taken from.

/// A sign that a boundary is where it is. Signs of two kinds make it certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sign {
    /// The words of its heading name the part.
    Words,
    /// Its heading is set in the type of section headings.
    Type,
    /// Its heading is lettered.
    Numbering,
    /// Lines in the shape of reference entries follow.
    Entries,
    /// An entry of the outline leads to it.
    Outline,
    /// The destination of a section lies there.
    Section,
    /// The destination of an appendix lies there.
    Appendix,
    /// Destinations of citations lie below it.
    Citations,
    /// The entries before it end.
    ListEnd,
    /// Only where it stands.
    Position,
}

/// What a sign is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// What it says.
    Words,
    /// How it is set.
    Type,
    /// How it is numbered.
    Numbering,
    /// What stands below or above it.
    Entries,
    /// The file's outline.
    Outline,
    /// The file's named destinations.
    Destinations,
}

impl Sign {
    /// `None` for the position, which speaks for nothing.
    pub(super) const fn kind(self) -> Option<Kind> {
        match self {
            Self::Words => Some(Kind::Words),
            Self::Type => Some(Kind::Type),
            Self::Numbering => Some(Kind::Numbering),
            Self::Entries | Self::ListEnd => Some(Kind::Entries),
            Self::Outline => Some(Kind::Outline),
            Self::Section | Self::Appendix | Self::Citations => Some(Kind::Destinations),
            Self::Position => None,
        }
    }

    /// In a few words, for the report.
    pub(super) const fn says(self) -> &'static str {
        match self {
            Self::Words => "words of the heading",
            Self::Type => "type of a section heading",
            Self::Numbering => "lettered heading",
            Self::Entries => "shape of the entries",
            Self::Outline => "outline entry",
            Self::Section => "destination of a section",
            Self::Appendix => "destination of an appendix",
            Self::Citations => "destinations of citations",
            Self::ListEnd => "end of the entries",
            Self::Position => "position",
        }
    }
}
