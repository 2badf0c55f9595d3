//! What the tool itself could not do, told to a person.

use super::choice::ColorArg;
use super::exit::Exit;
use super::terminal;
use crate::batch::BatchError;
use crate::profile::ProfileError;
use crate::submission::LoadError;
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::sync::Mutex;

/// Why the tool could not do its job.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub(super) enum Failure {
    /// There is nothing to check.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Load(#[from] LoadError),
    /// A batch cannot be run.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Batch(#[from] Box<BatchError>),
    /// The service cannot be run.
    #[cfg(feature = "serve")]
    #[error(transparent)]
    #[diagnostic(transparent)]
    Serve(#[from] Box<crate::serve::ServeError>),
    /// A venue's file or a `dlde.toml` is broken.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Profile(#[from] Box<ProfileError>),
    /// No venue goes by that name.
    #[error("there is no venue `{word}`{}", named_by(.settings))]
    #[diagnostic(code(dlde::venue::unknown))]
    UnknownVenue {
        /// The name.
        word: String,
        /// The settings that name it; `None` for the command line.
        settings: Option<String>,
        /// What may be meant.
        #[help]
        help: String,
    },
    /// A venue does not speak of a stage, or has no such track.
    #[error("{venue} {lack}")]
    #[diagnostic(code(dlde::venue::silent))]
    Silent {
        /// The venue's id.
        venue: String,
        /// What it lacks.
        lack: String,
        /// What to do.
        #[help]
        help: String,
    },
    /// No rule answers to that word.
    #[error("no rule answers to `{word}`")]
    #[diagnostic(code(dlde::rule::unknown))]
    UnknownRule {
        /// The word.
        word: String,
        /// What may be meant.
        #[help]
        help: String,
    },
    /// Nothing would be checked.
    #[error("--select and --ignore leave no rule to run")]
    #[diagnostic(code(dlde::rule::none), help("select a rule that is not left out; `dlde rules` lists them"))]
    NoRule,
    /// Something belongs to one of several papers.
    #[error("--source and --supplement belong to one paper, and several are named")]
    #[diagnostic(code(dlde::usage::whose), help("check one paper at a time"))]
    WhosePart,
    /// Not every format tells what has changed.
    #[error("--diff is told in the formats text, html and json")]
    #[diagnostic(code(dlde::usage::diff), help("name one of these with --format, or leave --format out"))]
    DiffUntold,
    /// What the report is compared with is none.
    #[error("{path}: {why}")]
    #[diagnostic(code(dlde::diff::broken), help("keep the report with `--format json -o old.json`"))]
    NoReport {
        /// The path as it was given.
        path: String,
        /// What is the matter with it.
        why: String,
    },
    /// A file that is to be read cannot be.
    #[error("{path}: {why}")]
    #[diagnostic(code(dlde::file::unreadable), help("check the spelling, and that you may read it"))]
    Unreadable {
        /// The path as it was given.
        path: String,
        /// What the matter is.
        why: String,
    },
    /// There is no paper whose parts could be shown.
    #[error("{path}: {why}")]
    #[diagnostic(code(dlde::outline::unread), help("name the PDF of the paper; `dlde check` tells more"))]
    NoOutline {
        /// The path as it was given.
        path: String,
        /// What the matter is.
        why: String,
    },
    /// A file of identities says nothing that can be looked for.
    #[error("{path}: {why}")]
    #[diagnostic(
        code(dlde::identities::broken),
        help(
            "it is JSON or TOML, as {}\nan author has lists of `names`, `emails`, `usernames`, `homepages` and `affiliations`, and an `orcid`; words of other kinds go into the list `extra_terms`",
            r#"{"authors": [{"names": ["Ada Orr"], "emails": ["ada@orr.org"]}], "extra_terms": []}"#
        )
    )]
    Identities {
        /// The path as it was given.
        path: String,
        /// What the matter is, without the words of the file.
        why: String,
    },
    /// What was said of an author is too little to look for.
    #[error("{option}: this is too short or too common to be looked for by itself")]
    #[diagnostic(
        code(dlde::identities::short),
        help("give a full name, a whole address, or an account of five letters or more")
    )]
    NoIdentity {
        /// The option.
        option: &'static str,
    },
    /// A reviewer must not look for the authors.
    #[error(
        "a reviewer names no authors: --audience reviewer goes without --identities, --author and their like"
    )]
    #[diagnostic(code(dlde::identities::reviewer), help("leave them out, or ask a chair to check the paper"))]
    ReviewerNamesAuthors,
    /// A paper that is not written anew.
    #[error("{path}: {why}")]
    #[diagnostic(code(dlde::fix::refused), help("nothing was written"))]
    NotFixed {
        /// The path as it was given.
        path: String,
        /// What the matter is.
        why: String,
    },
    /// The paper that `dlde.toml` names is not there.
    #[error("{settings}: `main` names {main}, which is not a PDF of this submission")]
    #[diagnostic(code(dlde::settings::main), help("name the paper's PDF, relative to the dlde.toml"))]
    NoMain {
        /// The settings that name it.
        settings: String,
        /// The name.
        main: String,
    },
    /// The report has no place to go to.
    #[error("{path}: {why}")]
    #[diagnostic(code(dlde::output::refused))]
    Output {
        /// The path as it was given.
        path: String,
        /// What the matter is.
        why: String,
        /// What to do.
        #[help]
        help: &'static str,
    },
    /// There is no such report on this paper.
    #[error("{path}: {why}")]
    #[diagnostic(
        code(dlde::output::unfit),
        help("nothing was written; `--format text` and `--format html` tell what was found")
    )]
    Unwritten {
        /// The name of the submission.
        path: String,
        /// What the matter is.
        why: String,
    },
    /// Writing failed.
    #[error("{path}: cannot be written: {cause}")]
    #[diagnostic(code(dlde::output::failed), help("check that you may write there and that there is room"))]
    Write {
        /// The path as it was given, or the name of the stream.
        path: String,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The system gives no thread.
    #[error("the check cannot be started: {cause}")]
    #[diagnostic(code(dlde::internal::thread), help("close other programs and try again"))]
    Thread {
        /// What the system says.
        cause: std::io::Error,
    },
    /// A fault of ours.
    #[error("internal error{at}: please report it, with the paper if you may")]
    #[diagnostic(code(dlde::internal::fault))]
    Internal {
        /// What was being checked, and where in the code it happened.
        at: String,
    },
}

fn named_by(settings: &Option<String>) -> String {
    settings.as_ref().map_or(String::new(), |name| format!(", which {name} names"))
}

impl From<BatchError> for Failure {
    fn from(error: BatchError) -> Self {
        Self::Batch(Box::new(error))
    }
}

#[cfg(feature = "serve")]
impl From<crate::serve::ServeError> for Failure {
    fn from(error: crate::serve::ServeError) -> Self {
        Self::Serve(Box::new(error))
    }
}

impl From<ProfileError> for Failure {
    fn from(error: ProfileError) -> Self {
        Self::Profile(Box::new(error))
    }
}

/// Where in the code the last panic happened.
static LAST_PANIC: Mutex<Option<String>> = Mutex::new(None);

/// From now on a panic prints nothing; [`Failure::internal`] tells where it was.
pub(super) fn watch_panics() {
    std::panic::set_hook(Box::new(|panic| {
        if let Ok(mut last) = LAST_PANIC.lock() {
            *last = panic.location().map(|at| format!("{}:{}", at.file(), at.line()));
        }
    }));
}

impl Failure {
    /// A fault of ours, after a panic was caught; `input` is what was being checked.
    pub(super) fn internal(input: Option<&Path>) -> Self {
        let mut at = input.map_or(String::new(), |path| format!(" while checking {}", path.display()));
        if let Some(place) = LAST_PANIC.lock().ok().and_then(|last| last.clone()) {
            let _ = write!(at, " ({place})");
        }
        Self::Internal { at }
    }
}

/// Tells a person; the end that goes with it.
pub(super) fn show(failure: &dyn Diagnostic, color: ColorArg) -> Exit {
    let look = terminal::look(color, &std::io::stderr());
    let theme = if look.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(look.width).with_links(false);
    let mut text = String::new();
    if handler.render_report(&mut text, failure).is_err() {
        text = format!("{failure}\n");
    }
    // Where standard error is gone, nobody is left to tell.
    let _ = std::io::stderr().write_all(text.as_bytes());
    Exit::Failure
}

/// Something that is told beside the report.
pub(super) fn say(message: &str) {
    let _ = writeln!(std::io::stderr(), "{message}");
}

/// A remark that stops nothing.
pub(super) fn warn(message: &str) {
    let _ = writeln!(std::io::stderr(), "warning: {message}");
}
