//! The words that an option lets one choose from, and what each stands for.

use crate::audience::Audience;
use crate::finding::Severity;
use crate::profile::{Stage, Track};
use crate::report::Format;
use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// The stage a paper is in.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum StageArg {
    /// Handed in for review
    Submission,
    /// The accepted paper, as it will be shown
    CameraReady,
    /// Put online by its authors
    Preprint,
}

impl From<StageArg> for Stage {
    fn from(stage: StageArg) -> Self {
        match stage {
            StageArg::Submission => Self::Submission,
            StageArg::CameraReady => Self::CameraReady,
            StageArg::Preprint => Self::Preprint,
        }
    }
}

/// The track a paper is handed in to.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum TrackArg {
    /// New work
    Regular,
    /// Work that has appeared elsewhere not long ago
    RecentlyPublished,
}

impl From<TrackArg> for Track {
    fn from(track: TrackArg) -> Self {
        match track {
            TrackArg::Regular => Self::Regular,
            TrackArg::RecentlyPublished => Self::RecentlyPublished,
        }
    }
}

/// The formats by name, each with what it is for.
pub(super) fn formats() -> impl TypedValueParser<Value = Format> {
    let value = |format: &Format| PossibleValue::new(format.id()).help(format.purpose());
    let named = |word: String| {
        let format = Format::ALL.iter().find(|format| format.id() == word);
        format.copied().ok_or("there is no such format")
    };
    PossibleValuesParser::new(Format::ALL.iter().map(value)).try_map(named)
}

/// Who reads the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum AudienceArg {
    /// Whoever wrote the paper
    Author,
    /// Whoever decides on it
    Chair,
    /// Whoever judges it blindly
    Reviewer,
}

impl From<AudienceArg> for Audience {
    fn from(audience: AudienceArg) -> Self {
        match audience {
            AudienceArg::Author => Self::Author,
            AudienceArg::Chair => Self::Chair,
            AudienceArg::Reviewer => Self::Reviewer,
        }
    }
}

/// The least severity that fails.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum FailOn {
    /// What would be rejected
    Error,
    /// Also what would be sent back or asked about
    Warning,
    /// Anything at all
    Note,
    /// Nothing
    Never,
}

impl FailOn {
    /// The severity; `None` is: never.
    pub(super) const fn level(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Never => None,
        }
    }
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorArg {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
