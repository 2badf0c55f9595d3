//! What a venue demands. A profile speaks of the paper, never of rules.
//!
//! Every demand carries what the call asks, in our own words, and where the original stands. Profiles are TOML
//! files (`rules/*.toml`), parsed with spans and validated into these types.

mod builtin;
mod demand;
mod limits;
mod mistake;
mod parse;
mod settings;
mod table;

pub use builtin::{BUILTIN, NEWEST};
pub use mistake::ProfileError;
pub use parse::ProfileFile;
pub use settings::Settings;

use crate::finding::{Clause, Severity};
use crate::style::StyleMode;
use std::collections::BTreeMap;

/// The stage a paper is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Stage {
    /// Handed in for review.
    #[default]
    Submission,
    /// The accepted paper, as it will be shown.
    CameraReady,
    /// Put online by its authors.
    Preprint,
}

impl Stage {
    /// Every stage, in the order of a paper's life.
    pub const ALL: [Self; 3] = [Self::Submission, Self::CameraReady, Self::Preprint];

    /// The name used in reports, profiles and on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Submission => "submission",
            Self::CameraReady => "camera-ready",
            Self::Preprint => "preprint",
        }
    }
}

/// The track a paper is handed in to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Track {
    /// New work.
    #[default]
    Regular,
    /// Work that has appeared elsewhere not long ago.
    RecentlyPublished,
}

impl Track {
    /// Every track.
    pub const ALL: [Self; 2] = [Self::Regular, Self::RecentlyPublished];

    /// The name used in reports, profiles and on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Regular => "regular",
            Self::RecentlyPublished => "recently-published",
        }
    }
}

/// One thing a venue asks.
#[derive(Debug, Clone, PartialEq)]
pub struct Demand<T> {
    /// What is asked.
    pub value: T,
    /// What the call says, in our words, and where.
    pub clause: Clause,
}

/// Who may be seen in the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anonymity {
    /// Reviewing is double-blind: nothing may show who wrote the paper.
    DoubleBlind,
    /// The authors are to be named.
    Named,
}

/// The style a venue asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StyleDemand {
    /// Package names as published; any of them will do.
    pub ids: Vec<String>,
    /// The mode that fits the stage.
    pub mode: StyleMode,
}

/// What a venue demands of a paper at one stage of one track. `None` is: nothing is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The name used on the command line, such as `dlde-2023`.
    pub id: String,
    /// The venue's name in full.
    pub name: String,
    /// The venue's page.
    pub url: String,
    /// The stage it speaks of.
    pub stage: Stage,
    /// The track it speaks of.
    pub track: Track,
    /// How it was chosen, such as `the default` or `from --venue`; empty where nobody chose.
    pub chosen: String,
    /// SHA-256 of the TOML text, lower-case hexadecimal.
    pub sha256: String,
    /// Pages the main text may fill.
    pub main_pages: Option<Demand<u32>>,
    /// Up to so many lines over the limit are a warning instead of an error.
    pub grace_lines: u32,
    /// The required style and mode.
    pub style: Option<Demand<StyleDemand>>,
    /// Who may be seen.
    pub anonymity: Option<Demand<Anonymity>>,
    /// Strings that the venue itself hides in the copies it gives to reviewers; they are never the authors'.
    pub canaries: Vec<String>,
    /// Pages from which an appendix is called long.
    pub long_appendix: Option<Demand<u32>>,
    /// Severities that differ from a rule's own, by a word that the rule answers to; a family's is a ceiling.
    pub levels: BTreeMap<String, Severity>,
}
