//! What a paper is checked against: a venue, a stage, a track, and who reads the report.

use crate::error::raise;
use crate::handed::Handed;
use dlde::audience::Audience;
use dlde::identities::Identities;
use dlde::profile::{BUILTIN, NEWEST, Profile, ProfileFile, Stage, Track};
use dlde::spelling::nearest;
use dlde::worker;
use pyo3::prelude::*;
use std::path::PathBuf;

/// What every paper of a kind is checked against.
#[pyclass(frozen, eq)]
#[derive(PartialEq)]
pub(crate) struct Orders(pub(crate) worker::Orders);

/// What is asked for: `venue` is the id of a built-in one, `file` the path of another; with neither it is the newest.
#[derive(FromPyObject)]
struct Wish {
    venue: Option<String>,
    file: Option<PathBuf>,
    stage: String,
    track: String,
    audience: String,
    /// Whether the report is wanted as a page for a browser too.
    pages: bool,
}

#[pymethods]
impl Orders {
    #[new]
    fn new(py: Python<'_>, wish: Wish) -> PyResult<Self> {
        let Wish { venue, file, stage, track, audience, pages } = wish;
        let chosen = if venue.is_some() || file.is_some() { "named by the caller" } else { "the default" };
        let (shown, profile) = match file {
            Some(path) => read(py, &path)?,
            None => built_in(py, venue.as_deref().unwrap_or(NEWEST))?,
        };
        let parsed = ProfileFile::parse(&shown, &profile).map_err(|error| {
            let mistakes: Vec<_> = error.messages().collect();
            let remedy = "mend the file; `dlde.venues()` has texts of venues to copy from";
            raise(py, "VenueError", &format!("{shown}: {}", mistakes.join("; ")), remedy)
        })?;
        let at = one_of(py, "stage", &stage, &Stage::ALL, Stage::id)?;
        let on = one_of(py, "track", &track, &Track::ALL, Track::id)?;
        one_of(py, "audience", &audience, &Audience::ALL, Audience::id)?;
        if !parsed.has_stage(at) || !parsed.has_track(on) {
            let why = format!("{shown} does not speak of the stage {stage}, track {track}");
            return Err(raise(
                py,
                "VenueError",
                &why,
                "leave stage or track out, or add it to the venue's file",
            ));
        }
        Ok(Self(worker::Orders {
            venue: shown,
            profile,
            chosen: chosen.to_owned(),
            stage,
            track,
            select: Vec::new(),
            ignore: Vec::new(),
            shows_suppressed: false,
            audience,
            wants_pages: pages,
            formats: vec![dlde::Format::Markdown.id().to_owned()],
            for_hotcrp: None,
        }))
    }

    /// What tells whether a result on a submission still holds, as in the results of `dlde batch`; `unread` is why
    /// nothing of it could be read.
    #[pyo3(signature = (handed, unread, identities))]
    fn key(&self, handed: Option<&Handed>, unread: &str, identities: Option<&str>) -> String {
        self.0.key(handed.map(|handed| handed.0.as_ref()).ok_or(unread), None, identities)
    }

    /// Whether a text names authors.
    #[staticmethod]
    fn accepts(py: Python<'_>, identities: &str) -> PyResult<()> {
        let remedy = r#"write {"authors": [{"names": ["Ada Orr"], "emails": ["ada@orr.example"]}]}"#;
        let parsed = Identities::parse(identities);
        parsed.map(drop).map_err(|why| raise(py, "IdentitiesError", &format!("identities: {why}"), remedy))
    }
}

impl Orders {
    /// What the venue demands.
    pub(crate) fn profile(&self) -> Option<Profile> {
        let Self(orders) = self;
        let stage = Stage::ALL.into_iter().find(|stage| stage.id() == orders.stage)?;
        let track = Track::ALL.into_iter().find(|track| track.id() == orders.track)?;
        let file = ProfileFile::parse(&orders.venue, &orders.profile).ok()?;
        Some(file.profile(stage, track))
    }
}

#[expect(clippy::disallowed_methods, reason = "a venue of one's own is a file")]
fn read(py: Python<'_>, path: &std::path::Path) -> PyResult<(String, String)> {
    let shown = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let text = std::fs::read_to_string(path).map_err(|cause| {
        let why = format!("{shown}: this venue cannot be read: {cause}");
        raise(py, "VenueError", &why, "name a TOML file, or an id that `dlde.venues()` lists")
    });
    Ok((shown, text?))
}

fn built_in(py: Python<'_>, id: &str) -> PyResult<(String, String)> {
    let known = BUILTIN.iter().find(|(known, _)| *known == id);
    known.map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).ok_or_else(|| {
        let meant = nearest(id, BUILTIN.iter().map(|(id, _)| *id));
        let meant = meant.map_or(String::new(), |meant| format!("did you mean `{meant}`? "));
        let remedy = format!("{meant}`dlde.venues()` lists them; a venue of your own is a `pathlib.Path`");
        raise(py, "VenueError", &format!("{id}: no venue goes by that name"), &remedy)
    })
}

/// The one of that name.
fn one_of<T: Copy>(
    py: Python<'_>,
    what: &str,
    word: &str,
    all: &[T],
    id: fn(T) -> &'static str,
) -> PyResult<T> {
    all.iter().copied().find(|one| id(*one) == word).ok_or_else(|| {
        let known: Vec<_> = all.iter().map(|one| id(*one)).collect();
        raise(
            py,
            "ChoiceError",
            &format!("{word}: there is no such {what}"),
            &format!("known: {}", known.join(", ")),
        )
    })
}
