//! What was handed in: files, by name, with their bytes. This is a door: it may touch the file system.
#![expect(
    clippy::disallowed_methods,
    reason = "the submission is read from the file system here and nowhere else"
)]

mod kind;

pub use kind::Kind;

use crate::place::FileId;
use crate::problem::{Problem, ProblemKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The largest file that is read. Source: PDF limits, measured: the largest paper seen has 40 MB.
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
        let mut paths: Vec<PathBuf> = walkdir::WalkDir::new(root)
            .into_iter()
            .filter_entry(|e| e.depth() == 0 || !e.file_name().to_string_lossy().starts_with('.'))
            .filter_map(Result::ok)
            .filter(|e| e.file_type().is_file())
            .take(MAX_ENTRIES)
            .map(walkdir::DirEntry::into_path)
            .collect();
        paths.sort();
        let mut submission = Self { name, ..Self::default() };
        for path in paths {
            submission.add(root, &path);
        }
        submission.choose_paper();
        submission
    }

    fn add(&mut self, root: &Path, path: &Path) {
        let id = FileId(self.files.len() as u32);
        let relative = path.strip_prefix(root).unwrap_or(path);
        let name =
            relative.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        let is_pdf = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("pdf"));
        let small = std::fs::metadata(path).is_ok_and(|m| m.len() <= MAX_FILE_BYTES);
        let bytes = if is_pdf && small { std::fs::read(path).ok() } else { None };
        let kind = bytes.as_ref().map_or(Kind::Other, |b| Kind::of(&name, b));
        if kind != Kind::Pdf {
            self.problems.push(Problem::of_file(
                ProblemKind::NotChecked,
                id,
                "not checked: only the PDF of a directory is read",
            ));
        }
        self.files.push(File { name, kind, bytes: Arc::new(bytes.unwrap_or_default()) });
    }

    fn choose_paper(&mut self) {
        let pdfs: Vec<u32> =
            (0..self.files.len() as u32).filter(|&i| self.files[i as usize].kind == Kind::Pdf).collect();
        let message = match pdfs[..] {
            [only] => {
                self.paper = Some(FileId(only));
                return;
            }
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
