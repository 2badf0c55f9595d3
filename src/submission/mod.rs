//! What was handed in: files, by name, with their bytes. This is a door: it may touch the file system.
#![expect(
    clippy::disallowed_methods,
    reason = "the submission is read from the file system here and nowhere else"
)]

mod archive;
mod beside;
mod directory;
mod handed;
mod intake;
mod kind;
pub mod limits;
mod pack;
mod shelf;
mod stamp;
mod stand_in;

pub use handed::Handed;
pub use kind::Kind;
pub use pack::pack;
pub use shelf::{Book, Shelf};
pub use stamp::Stamp;
pub use stand_in::{StandIns, stand_in};

use self::intake::Intake;
use self::limits::MAX_BYTES;
use crate::place::FileId;
use crate::problem::{Problem, ProblemKind};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// How a file came to be here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Origin {
    /// It was handed in.
    #[default]
    Input,
    /// It goes with the paper and is handed in too.
    Supplement,
    /// It is what the paper was made from, and is not handed in.
    Source,
}

/// A file of the submission.
#[derive(Debug, Clone)]
pub struct File {
    /// Its name, relative to the submission, with forward slashes; `!/` stands after an archive that holds it.
    pub name: String,
    /// What its bytes say it is.
    pub kind: Kind,
    /// Its bytes; empty for a file that was listed but not read. Its digest is kept: other bytes are another file.
    pub bytes: Arc<Vec<u8>>,
    /// How it came to be here.
    pub origin: Origin,
    /// The digest of its bytes, once somebody has asked for it.
    digest: OnceLock<String>,
}

impl File {
    /// A file with its bytes.
    pub fn new(name: String, bytes: Vec<u8>, origin: Origin) -> Self {
        Self { kind: Kind::of(&name, &bytes), name, bytes: Arc::new(bytes), origin, digest: OnceLock::new() }
    }

    /// A file that was listed but not read.
    fn listed(name: String, origin: Origin) -> Self {
        Self { kind: Kind::Other, ..Self::new(name, Vec::new(), origin) }
    }

    /// The same with other bytes.
    #[cfg(feature = "rewriting")]
    pub(crate) fn with_bytes(self, bytes: Vec<u8>) -> Self {
        Self { bytes: Arc::new(bytes), digest: OnceLock::new(), ..self }
    }

    /// The same, of which the digest is known already.
    #[cfg(feature = "workers")]
    pub(crate) fn with_digest(self, digest: Option<&str>) -> Self {
        Self { digest: digest.map_or_else(OnceLock::new, |digest| OnceLock::from(digest.to_owned())), ..self }
    }

    /// The SHA-256 of its bytes, in lower-case hexadecimal digits; computed once.
    pub fn sha256(&self) -> &str {
        self.digest.get_or_init(|| {
            Sha256::digest(self.bytes.as_slice()).iter().map(|byte| format!("{byte:02x}")).collect()
        })
    }

    /// Its digest, where somebody has asked for it.
    #[cfg(feature = "workers")]
    pub(crate) fn known_sha256(&self) -> Option<&str> {
        self.digest.get().map(String::as_str)
    }

    /// Whether its name ends in `.pdf`, in whatever case.
    pub fn is_named_pdf(&self) -> bool {
        self.name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("pdf"))
    }
}

/// What an archive says about who packed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrapping {
    /// The archive.
    pub file: FileId,
    /// The member it stands at, or `comment`.
    pub inside: String,
    /// The comment, or the names of owner and group; either may be empty.
    pub words: Vec<String>,
}

/// What was handed in.
#[derive(Debug, Clone, Default)]
pub struct Submission {
    /// The name it was handed in under.
    pub name: String,
    /// Its files in the order they were read: those of a folder by name.
    pub files: Vec<File>,
    /// Which of them was named as the paper; `None` where that is to be found out.
    pub paper: Option<FileId>,
    /// What was not read.
    pub problems: Vec<Problem>,
    /// What its archives say about who packed them.
    pub wrappings: Vec<Wrapping>,
}

/// Why nothing could be handed in at all.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum LoadError {
    /// Nothing is there under that name.
    #[error("{path}: there is no such file or directory")]
    #[diagnostic(
        code(dlde::load::missing),
        help("check the spelling; name a PDF, or a directory that holds one")
    )]
    Missing {
        /// The path as it was given.
        path: String,
    },
    /// A device or a pipe.
    #[error("{path}: is neither a file nor a directory")]
    #[diagnostic(code(dlde::load::kind), help("save the paper to a file and name that"))]
    NotAFile {
        /// The path as it was given.
        path: String,
    },
    /// It is there, and cannot be opened.
    #[error("{path}: cannot be opened: {cause}")]
    #[diagnostic(code(dlde::load::denied), help("check that you may read it"))]
    Denied {
        /// The path as it was given.
        path: String,
        /// What the system says.
        cause: std::io::Error,
    },
}

/// The settings beside a paper; they are obeyed, not checked.
const SETTINGS: &str = "dlde.toml";

impl Submission {
    /// Reads a file, an archive, or a directory.
    ///
    /// # Errors
    /// Only where nothing is there or nothing may be read; whatever else is wrong becomes a [`Problem`].
    pub fn open(path: &Path) -> Result<Self, LoadError> {
        Handed::gather(path).map(Handed::opened)
    }

    /// Adds what belongs to the paper: its sources, or a supplement.
    ///
    /// # Errors
    /// As for [`Submission::open`].
    pub fn with(self, path: &Path, origin: Origin) -> Result<Self, LoadError> {
        let name = name_of(path);
        let mut intake = Intake::of(self);
        if stat(path)?.is_dir() {
            directory::read(&mut intake, path, &format!("{name}/"), origin);
        } else {
            take(&mut intake, path, name, origin)?;
        }
        Ok(intake.finish())
    }

    /// One file, from memory.
    pub fn single(name: String, bytes: Vec<u8>) -> Self {
        let mut intake = Intake::new(name.clone());
        intake.add(name, bytes, Origin::Input, 0);
        settled(intake.finish())
    }

    /// Files of a folder, from memory, by name.
    pub fn folder(name: String, files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let mut intake = Intake::new(name);
        files.into_iter().for_each(|(name, bytes)| intake.add(name, bytes, Origin::Input, 0));
        intake.finish()
    }

    /// The file behind an id.
    pub fn file(&self, id: FileId) -> Option<&File> {
        self.files.get(id.0 as usize)
    }
}

/// A single file is the paper, or holds it, or says what it is instead.
fn settled(mut submission: Submission) -> Submission {
    match submission.files.first().map(|f| f.kind) {
        Some(Kind::Pdf) => submission.paper = Some(FileId(0)),
        Some(Kind::Archive | Kind::Tex) | None => {}
        Some(kind) if !submission.problems.iter().any(|p| p.file == Some(FileId(0))) => {
            let why = kind.why_not_a_paper();
            submission.problems.push(Problem::of_file(ProblemKind::Unreadable, FileId(0), why));
        }
        _ => {}
    }
    submission
}

/// The name of a path's last part, `.` being the folder it stands for.
fn name_of(path: &Path) -> String {
    let whole = path.canonicalize();
    let last = whole.as_deref().unwrap_or(path).file_name().map(|n| n.to_string_lossy().into_owned());
    last.unwrap_or_else(|| path.display().to_string())
}

fn stat(path: &Path) -> Result<std::fs::Metadata, LoadError> {
    let shown = path.display().to_string();
    std::fs::metadata(path).map_err(|cause| match cause.kind() {
        std::io::ErrorKind::NotFound => LoadError::Missing { path: shown },
        _ => LoadError::Denied { path: shown, cause },
    })
}

/// Takes in one file that was named.
fn take(intake: &mut Intake, path: &Path, name: String, origin: Origin) -> Result<(), LoadError> {
    let about = stat(path)?;
    let shown = path.display().to_string();
    if !about.is_file() {
        return Err(LoadError::NotAFile { path: shown });
    }
    if about.len() > intake.room() {
        let (have, most) = (about.len() >> 20, MAX_BYTES >> 20);
        let why = format!("has {have} MB, more than the {most} MB that are read; make it smaller");
        intake.listed(name, origin, ProblemKind::TooComplex, why);
        return Ok(());
    }
    let bytes = std::fs::read(path).map_err(|cause| LoadError::Denied { path: shown, cause })?;
    intake.add(name, bytes, origin, 0);
    Ok(())
}
