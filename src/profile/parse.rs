//! Reads a profile from TOML: spanned, validated, its mistakes drawn in the text.

use super::{Profile, Stage, Track};

/// A profile file: one venue, all its stages and tracks.
pub struct ProfileFile {}

/// A mistake in a profile.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("broken profile")]
pub struct ProfileError {}

impl ProfileFile {
    /// Parses and validates; `name` is shown in errors.
    ///
    /// # Errors
    /// Every mistake at once, each drawn in the text.
    pub fn parse(name: &str, text: &str) -> Result<Self, ProfileError> {
        let _ = (name, text);
        Err(ProfileError {})
    }

    /// The demands of one stage of one track.
    pub fn profile(&self, stage: Stage, track: Track) -> Profile {
        let _ = (stage, track);
        unreachable!()
    }
}
