//! `dlde.toml`: what authors settle once, beside their paper.

use super::mistake::{Mistakes, ProfileError};
use super::parse::tables;
use super::table::{Table, choice, text as text_of};
use super::{Stage, Track};

/// What to do about broken settings.
const HELP: &str = "dlde.toml may set `venue`, `stage`, `track` and `main`, each to a text";

/// What a `dlde.toml` settles. `None` leaves it open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// The id of a venue, or the path of its file, relative to the `dlde.toml`.
    pub venue: Option<String>,
    /// The stage the paper is in.
    pub stage: Option<Stage>,
    /// The track it is handed in to.
    pub track: Option<Track>,
    /// The file that is the paper, relative to the `dlde.toml`.
    pub main: Option<String>,
}

impl Settings {
    /// Parses and validates; `name` is shown in errors.
    ///
    /// # Errors
    /// Every mistake at once, each drawn in the text.
    pub fn parse(name: &str, text: &str) -> Result<Self, ProfileError> {
        let root = tables(name, text, HELP)?;
        let root = Table::root(&root);
        let mut mistakes = Mistakes::default();
        let m = &mut mistakes;
        root.only(&["venue", "stage", "track", "main"], m);
        let settings = Self {
            venue: root.get("venue").and_then(|v| text_of(v, m)),
            stage: root.get("stage").and_then(|v| choice(v, &Stage::ALL.map(|s| (s.id(), s)), m)),
            track: root.get("track").and_then(|v| choice(v, &Track::ALL.map(|t| (t.id(), t)), m)),
            main: root.get("main").and_then(|v| text_of(v, m)),
        };
        mistakes.settle(name, text, HELP).map(|()| settings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read() {
        let text = "venue = 'dlde-2022'\nstage = 'camera-ready'\nmain = 'paper.pdf'\n";
        let settings = Settings::parse("dlde.toml", text).expect("sound");
        assert_eq!(settings.venue.as_deref(), Some("dlde-2022"));
        assert_eq!(settings.stage, Some(Stage::CameraReady));
        assert_eq!(settings.track, None);
        assert_eq!(settings.main.as_deref(), Some("paper.pdf"));
    }

    #[test]
    fn mistakes_are_told() {
        let error = Settings::parse("dlde.toml", "venu = 'x'\nstage = 'review'\n").expect_err("two mistakes");
        assert_eq!(
            error.messages().collect::<Vec<_>>(),
            [
                "unknown key `venu`; did you mean `venue`?",
                "`review` is not one of `submission`, `camera-ready`, `preprint`"
            ]
        );
    }
}
