//! Files as they come in, from a folder, an archive or the command line, under one budget for all of them.

use super::archive;
use super::limits::{MAX_BYTES, MAX_FILES, MAX_NESTING, MAX_SOURCE_BYTES};
use super::{File, Kind, Origin, Submission, Wrapping};
use crate::place::FileId;
use crate::problem::{Problem, ProblemKind};

/// Whether a file of this kind is read word by word.
fn is_source(kind: Kind) -> bool {
    matches!(kind, Kind::Tex | Kind::Style | Kind::Bib)
}

/// Collects the files of one submission.
#[derive(Default)]
pub(super) struct Intake {
    submission: Submission,
    /// Bytes that were taken in.
    used: u64,
    /// Bytes of sources among them.
    sources: u64,
    /// The files were too many or too large; the rest was left out, and said so.
    is_full: bool,
    /// Archives are taken in as they are.
    is_closed: bool,
}

impl Intake {
    pub(super) fn new(name: String) -> Self {
        Self { submission: Submission { name, ..Submission::default() }, ..Self::default() }
    }

    /// For files as they lie there: archives stay closed.
    pub(super) fn closed(name: String) -> Self {
        Self { is_closed: true, ..Self::new(name) }
    }

    /// Goes on with a submission that was read before.
    pub(super) fn of(submission: Submission) -> Self {
        let size = |f: &File| f.bytes.len() as u64;
        let used = submission.files.iter().map(size).sum();
        let sources = submission.files.iter().filter(|f| is_source(f.kind)).map(size).sum();
        Self { submission, used, sources, ..Self::default() }
    }

    /// Bytes that may still be taken in.
    pub(super) fn room(&self) -> u64 {
        MAX_BYTES.saturating_sub(self.used)
    }

    /// Whether nothing more may be taken in; the first refusal is told.
    pub(super) fn is_full(&mut self) -> bool {
        if self.submission.files.len() >= MAX_FILES && !self.is_full {
            self.is_full = true;
            self.note(format!("has more than {MAX_FILES} files; the others were not looked at"));
        }
        self.is_full
    }

    /// Takes some bytes in as a file: see [`Intake::take`].
    pub(super) fn add(&mut self, name: String, bytes: Vec<u8>, origin: Origin, depth: usize) {
        self.take(File::new(name, bytes, origin), depth);
    }

    /// Takes a file in, and what it holds if it is an archive. `depth` counts the archives around it.
    pub(super) fn take(&mut self, file: File, depth: usize) {
        if self.is_full() {
            return;
        }
        let (size, kind) = (file.bytes.len() as u64, file.kind);
        if is_source(kind) {
            if self.sources + size > MAX_SOURCE_BYTES {
                let why = format!(
                    "is more text than is read ({} MiB for all files together); hand in a shorter one",
                    MAX_SOURCE_BYTES >> 20
                );
                return self.listed(file.name, file.origin, ProblemKind::TooComplex, why);
            }
            self.sources += size;
        }
        self.used += size;
        let bytes = file.bytes.clone();
        let id = self.push(file);
        if kind == Kind::Archive && !self.is_closed {
            if depth < MAX_NESTING {
                archive::unpack(self, id, &bytes, depth + 1);
            } else {
                self.problem(
                    ProblemKind::NotChecked,
                    id,
                    "is an archive within too many archives; it was not opened",
                );
            }
        }
    }

    /// Lists a file that was not read, and why.
    pub(super) fn listed(&mut self, name: String, origin: Origin, kind: ProblemKind, why: impl Into<String>) {
        if self.is_full() {
            return;
        }
        let id = self.push(File::listed(name, origin));
        self.problem(kind, id, why);
    }

    fn push(&mut self, file: File) -> FileId {
        self.submission.files.push(file);
        FileId(self.submission.files.len() as u32 - 1)
    }

    pub(super) fn problem(&mut self, kind: ProblemKind, file: FileId, why: impl Into<String>) {
        self.submission.problems.push(Problem::of_file(kind, file, why));
    }

    /// A problem of the submission as a whole.
    pub(super) fn note(&mut self, message: String) {
        let kind = ProblemKind::NotChecked;
        self.submission.problems.push(Problem { kind, file: None, page: None, message });
    }

    /// What an archive says about who packed it.
    pub(super) fn wrapping(&mut self, wrapping: Wrapping) {
        self.submission.wrappings.push(wrapping);
    }

    /// Whether a file of that name was taken in.
    pub(super) fn has(&self, name: &str) -> bool {
        self.submission.files.iter().any(|file| file.name == name)
    }

    /// The name and origin of a file that was taken in.
    pub(super) fn file(&self, id: FileId) -> &File {
        &self.submission.files[id.0 as usize]
    }

    /// Whether the file is what was handed in, and nothing around it.
    pub(super) fn is_outermost(&self, id: FileId) -> bool {
        id == FileId(0) && self.file(id).origin == Origin::Input && self.file(id).name == self.submission.name
    }

    pub(super) fn finish(self) -> Submission {
        self.submission
    }
}
