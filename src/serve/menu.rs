//! What a paper may be checked against: venues of the service. An upload names one; it never names a file.

use super::refusal::Refusal;
use crate::audience::Audience;
use crate::profile::{ProfileError, ProfileFile, Stage, Track};
use crate::worker::Orders;

/// The venues, and what holds where an upload says nothing.
pub struct Menu {
    venues: Vec<(String, ProfileFile)>,
    venue: String,
    stage: Stage,
    track: Track,
}

/// What an upload asks for.
#[derive(Debug, Default)]
pub(super) struct Wish {
    pub(super) venue: Option<String>,
    pub(super) stage: Option<String>,
    pub(super) track: Option<String>,
    pub(super) audience: Option<String>,
}

impl Menu {
    /// Venues as texts in TOML, each with the name of its file; the first is the one that holds where none is named.
    ///
    /// # Errors
    /// A text that is no venue.
    pub fn new(
        texts: impl IntoIterator<Item = (String, String)>,
        stage: Stage,
        track: Track,
    ) -> Result<Self, ProfileError> {
        let mut venues: Vec<(String, ProfileFile)> = Vec::new();
        for (shown, text) in texts {
            let file = ProfileFile::parse(&shown, &text)?;
            let id = file.profile(Stage::default(), Track::default()).id;
            if venues.iter().all(|(known, _)| *known != id) {
                venues.push((id, file));
            }
        }
        let venue = venues.first().map_or(String::new(), |(id, _)| id.clone());
        Ok(Self { venues, venue, stage, track })
    }

    /// The ids of the venues, the default first.
    pub(super) fn venues(&self) -> Vec<&str> {
        self.venues.iter().map(|(id, _)| id.as_str()).collect()
    }

    /// The id of the venue, and what a worker is told.
    pub(super) fn orders(&self, wish: &Wish) -> Result<(String, Orders), Refusal> {
        let id = wish.venue.as_deref().unwrap_or(&self.venue);
        let Some((id, file)) = self.venues.iter().find(|(known, _)| known == id) else {
            let known = self.venues().join(", ");
            return Err(Refusal::unfit(format!("there is no such venue here; these are known: {known}")));
        };
        let stage = one_of("stage", wish.stage.as_deref(), &Stage::ALL, Stage::id, self.stage)?;
        let track = one_of("track", wish.track.as_deref(), &Track::ALL, Track::id, self.track)?;
        let audience =
            one_of("audience", wish.audience.as_deref(), &Audience::ALL, Audience::id, Audience::Chair)?;
        if !file.has_stage(stage) || !file.has_track(track) {
            let (stage, track) = (stage.id(), track.id());
            return Err(Refusal::unfit(format!("{id} does not speak of the stage {stage}, track {track}")));
        }
        let named = if wish.venue.is_some() { "named with the upload" } else { "the service's default" };
        let orders = Orders {
            venue: file.shown().to_owned(),
            profile: file.text().to_owned(),
            chosen: named.to_owned(),
            stage: stage.id().to_owned(),
            track: track.id().to_owned(),
            select: Vec::new(),
            ignore: Vec::new(),
            shows_suppressed: false,
            audience: audience.id().to_owned(),
            wants_pages: true,
            formats: super::format::MADE_BY_WORKERS.map(str::to_owned).to_vec(),
            for_hotcrp: None,
        };
        Ok((id.clone(), orders))
    }
}

fn one_of<T: Copy>(
    what: &str,
    word: Option<&str>,
    all: &[T],
    id: impl Fn(T) -> &'static str,
    default: T,
) -> Result<T, Refusal> {
    let Some(word) = word else { return Ok(default) };
    let found = all.iter().copied().find(|one| id(*one) == word);
    found.ok_or_else(|| {
        let known: Vec<_> = all.iter().map(|one| id(*one)).collect();
        Refusal::unfit(format!("there is no such {what}; these are known: {}", known.join(", ")))
    })
}
