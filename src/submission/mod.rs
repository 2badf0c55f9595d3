//! What was handed in: files, by name, with their bytes. This is a door: it may touch the file system.
#![expect(
    clippy::disallowed_methods,
    reason = "the submission is read from the file system here and nowhere else"
)]

mod kind;

pub use kind::Kind;

use crate::place::FileId;
use crate::problem::{Problem, ProblemKind};
use std::path::Path;
use std::sync::Arc;

/// The largest file that is read, and the most of a directory together. Source: limits against hostile files.
const MAX_FILE_BYTES: u64 = 200 << 20;
/// The most entries of a directory that are listed.
const MAX_ENTRIES: usize = 10_000;

/// A file of the submission.
#[derive(Debug, Clone)]
pub struct File {
    /// Its name, relative to the submission, with forward slashes.
    pub name: String,
    /// What its bytes say it is.
    pub kind: Kind,
    /// Its bytes; empty for a file that was listed but not read.
    pub bytes: Arc<Vec<u8>>,
}

/// What was handed in.
#[derive(Debug, Clone, Default)]
pub struct Submission {
    /// The name it was handed in under.
    pub name: String,
    /// Its files, sorted by name.
    pub files: Vec<File>,
    /// Which of them is the paper; `None` where none or more than one could be.
    pub paper: Option<FileId>,
    /// What was not read.
    pub problems: Vec<Problem>,
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

fn is_pdf_name(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("pdf"))
}

impl Submission {
    /// Reads a file, or a directory that holds a paper.
    ///
    /// # Errors
    /// Only where nothing is there or nothing may be read; whatever else is wrong becomes a [`Problem`].
    pub fn open(path: &Path) -> Result<Self, LoadError> {
        let shown = path.display().to_string();
        let about = std::fs::metadata(path).map_err(|cause| match cause.kind() {
            std::io::ErrorKind::NotFound => LoadError::Missing { path: shown.clone() },
            _ => LoadError::Denied { path: shown.clone(), cause },
        })?;
        let name = path
            .canonicalize()
            .ok()
            .as_deref()
            .unwrap_or(path)
            .file_name()
            .map_or(shown.clone(), |n| n.to_string_lossy().into_owned());
        if about.is_dir() {
            return Ok(Self::directory(path, name));
        }
        if !about.is_file() {
            return Err(LoadError::NotAFile { path: shown });
        }
        let denied = |cause| LoadError::Denied { path: shown.clone(), cause };
        if about.len() > MAX_FILE_BYTES {
            return Ok(Self::too_large(name, about.len()));
        }
        Ok(Self::single(name, std::fs::read(path).map_err(denied)?))
    }

    /// One file, from memory.
    pub fn single(name: String, bytes: Vec<u8>) -> Self {
        let kind = Kind::of(&name, &bytes);
        let files = vec![File { name: name.clone(), kind, bytes: Arc::new(bytes) }];
        let mut submission = Self { name, files, ..Self::default() };
        match kind {
            Kind::Pdf => submission.paper = Some(FileId(0)),
            other => submission.problems.push(Problem::of_file(
                ProblemKind::Unreadable,
                FileId(0),
                other.why_not_a_paper(),
            )),
        }
        submission
    }

    fn too_large(name: String, bytes: u64) -> Self {
        let message = format!(
            "has {} MB, more than the {} MB that are read; make it smaller",
            bytes >> 20,
            MAX_FILE_BYTES >> 20
        );
        Self {
            name: name.clone(),
            files: vec![File { name, kind: Kind::Other, bytes: Arc::default() }],
            paper: None,
            problems: vec![Problem::of_file(ProblemKind::TooComplex, FileId(0), message)],
        }
    }

    /// A directory: its PDF is the paper if there is exactly one; everything else is listed as not checked.
    fn directory(root: &Path, name: String) -> Self {
        let mut submission = Self { name, ..Self::default() };
        let is_shown =
            |e: &walkdir::DirEntry| e.depth() == 0 || !e.file_name().to_string_lossy().starts_with('.');
        let mut left = MAX_FILE_BYTES;
        for entry in walkdir::WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(is_shown) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(_) if submission.files.len() >= MAX_ENTRIES => {
                    submission
                        .note(format!("has more than {MAX_ENTRIES} files; the others were not looked at"));
                    break;
                }
                Ok(entry) if entry.path() == root.join(SETTINGS) => {}
                Ok(entry) => submission.add(root, entry.path(), &mut left),
                Err(_) => submission.note("holds a folder that cannot be opened".to_owned()),
            }
        }
        submission.choose_paper();
        submission
    }

    /// A problem of the directory as a whole.
    fn note(&mut self, message: String) {
        self.problems.push(Problem { kind: ProblemKind::NotChecked, file: None, page: None, message });
    }

    fn add(&mut self, root: &Path, path: &Path, left: &mut u64) {
        let id = FileId(self.files.len() as u32);
        let relative = path.strip_prefix(root).unwrap_or(path);
        let name =
            relative.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        let size = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map(|m| m.len());
        let fits = is_pdf_name(&name) && size.is_some_and(|s| s <= *left);
        let bytes = if fits { std::fs::read(path).ok() } else { None };
        *left -= bytes.as_ref().map_or(0, |b| b.len() as u64).min(*left);
        let kind = bytes.as_ref().map_or(Kind::Other, |b| Kind::of(&name, b));
        if kind != Kind::Pdf {
            let (trouble, message) = match &bytes {
                Some(_) => (ProblemKind::Unreadable, kind.why_not_a_paper()),
                None if is_pdf_name(&name) => (ProblemKind::Unreadable, "cannot be read; name it alone"),
                None => (ProblemKind::NotChecked, "not checked: only the PDF of a directory is read"),
            };
            self.problems.push(Problem::of_file(trouble, id, message));
        }
        self.files.push(File { name, kind, bytes: Arc::new(bytes.unwrap_or_default()) });
    }

    /// Every file with a PDF's name could be the paper, broken ones too: they are no reason to take another.
    fn choose_paper(&mut self) {
        let could_be = |i: &u32| is_pdf_name(&self.files[*i as usize].name);
        let pdfs: Vec<u32> = (0..self.files.len() as u32).filter(could_be).collect();
        let message = match pdfs[..] {
            [only] if self.files[only as usize].kind == Kind::Pdf => {
                self.paper = Some(FileId(only));
                return;
            }
            [_] => return, // its own problem says why it cannot be read
            [] => "no PDF is in this directory; build the paper, or name its PDF".to_owned(),
            _ => {
                let names: Vec<_> = pdfs.iter().map(|&i| self.files[i as usize].name.as_str()).collect();
                format!("more than one PDF could be the paper ({}); name one of them", names.join(", "))
            }
        };
        self.problems.push(Problem { kind: ProblemKind::NoPaper, file: None, page: None, message });
    }

    /// The file behind an id.
    pub fn file(&self, id: FileId) -> Option<&File> {
        self.files.get(id.0 as usize)
    }
}
