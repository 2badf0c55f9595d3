//! What was handed in, as it lies there: archives are closed, and nothing in them has been looked at.
//!
//! Gathering touches the file system and trusts no content; opening looks into content and touches no file system.
//! So the second may be done by a process that can do no harm.

use super::intake::Intake;
use super::{File, LoadError, Origin, Submission, directory, name_of, settled, stat, take};
use crate::place::FileId;
use crate::problem::{Problem, ProblemKind};
use std::path::Path;

/// The files of one submission, archives unopened.
#[derive(Debug, Clone, Default)]
pub struct Handed {
    /// The name it was handed in under.
    pub name: String,
    /// It is a folder; a file alone is the paper, or holds it.
    pub is_folder: bool,
    /// Its files. Those that could not be read hold no bytes, and a problem says why.
    pub files: Vec<File>,
    /// What was not read: at most one problem a file, and those of the whole.
    pub problems: Vec<Problem>,
}

impl Handed {
    /// Gathers a file, or what lies in a directory.
    ///
    /// # Errors
    /// Only where nothing is there or nothing may be read; whatever else is wrong becomes a [`Problem`].
    pub fn gather(path: &Path) -> Result<Self, LoadError> {
        let name = name_of(path);
        let is_folder = stat(path)?.is_dir();
        let mut intake = Intake::closed(name.clone());
        if is_folder {
            directory::read(&mut intake, path, "", Origin::Input);
        } else {
            take(&mut intake, path, name, Origin::Input)?;
        }
        Ok(Self::of(intake.finish(), is_folder))
    }

    /// What an intake that opens no archive has gathered.
    pub(super) fn of(submission: Submission, is_folder: bool) -> Self {
        let Submission { name, files, problems, .. } = submission;
        Self { name, is_folder, files, problems }
    }

    /// Adds what belongs to the paper: its sources, or a supplement.
    ///
    /// # Errors
    /// As for [`Handed::gather`].
    pub fn with(mut self, path: &Path, origin: Origin) -> Result<Self, LoadError> {
        let Self { name, files, problems, .. } = Self::gather(path)?;
        let is_folder = stat(path)?.is_dir();
        let first = self.files.len() as u32;
        self.files.extend(files.into_iter().map(|file| {
            let inside = if is_folder { format!("{name}/{}", file.name) } else { file.name };
            File { name: inside, origin, ..file }
        }));
        self.problems.extend(problems.into_iter().map(|problem| {
            let file = problem.file.map(|FileId(at)| FileId(at + first));
            Problem { file, ..problem }
        }));
        Ok(self)
    }

    /// Adds a file from memory.
    pub fn add(&mut self, name: String, bytes: Vec<u8>, origin: Origin) {
        self.files.push(File::new(name, bytes, origin));
    }

    /// Adds a file that was not read, and why.
    pub fn add_unread(&mut self, name: String, origin: Origin, kind: ProblemKind, why: impl Into<String>) {
        let id = FileId(self.files.len() as u32);
        self.files.push(File::new(name, Vec::new(), origin));
        self.problems.push(Problem::of_file(kind, id, why));
    }

    /// Opens every archive, within the limits of submissions.
    pub fn opened(self) -> Submission {
        let mut intake = Intake::new(self.name);
        for (index, file) in self.files.into_iter().enumerate() {
            let id = Some(FileId(index as u32));
            match self.problems.iter().find(|problem| problem.file == id) {
                Some(problem) => intake.listed(file.name, file.origin, problem.kind, problem.message.clone()),
                None => intake.take(file, 0),
            }
        }
        for problem in self.problems.into_iter().filter(|problem| problem.file.is_none()) {
            intake.note(problem.message);
        }
        if self.is_folder { intake.finish() } else { settled(intake.finish()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::Kind;
    use crate::submission::limits::MAX_SOURCE_BYTES;

    #[test]
    fn what_could_not_be_read_stays_beside_the_file_that_it_is_about() {
        let mut handed = Handed { name: "paper".to_owned(), is_folder: true, ..Handed::default() };
        handed.add("a.tex".to_owned(), b"x".to_vec(), Origin::Input);
        handed.add_unread("b.pdf".to_owned(), Origin::Input, ProblemKind::Unreadable, "cannot be read");
        let opened = handed.opened();
        let names: Vec<_> = opened.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["a.tex", "b.pdf"]);
        assert_eq!(opened.problems, [Problem::of_file(ProblemKind::Unreadable, FileId(1), "cannot be read")]);
    }

    #[test]
    fn a_source_that_is_too_long_is_listed_alike_from_a_disk_and_from_a_page() {
        let mut handed = Handed { name: "main.tex".to_owned(), ..Handed::default() };
        handed.add("main.tex".to_owned(), vec![b'%'; MAX_SOURCE_BYTES as usize + 1], Origin::Input);
        let from_page = handed.opened();
        assert_eq!((from_page.files[0].kind, from_page.files[0].bytes.len()), (Kind::Other, 0));
        assert_eq!(from_page.problems[0].kind, ProblemKind::TooComplex);
        // What gathers files from a disk lists it before it is handed on.
        let from_disk = Handed::of(from_page.clone(), false).opened();
        assert_eq!(format!("{from_disk:?}"), format!("{from_page:?}"));
    }

    #[test]
    fn a_file_alone_is_the_paper_and_one_of_a_folder_is_not_yet() {
        let one = |is_folder: bool| {
            let mut handed = Handed { name: "p.pdf".to_owned(), is_folder, ..Handed::default() };
            handed.add("p.pdf".to_owned(), b"%PDF-1.5".to_vec(), Origin::Input);
            handed.opened().paper
        };
        assert_eq!((one(false), one(true)), (Some(FileId(0)), None));
    }
}
