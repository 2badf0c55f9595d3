//! What files look like from outside, cheap enough to ask for again and again: whether they have changed, and whether
//! somebody is still writing them.
#![expect(clippy::disallowed_methods, reason = "the submission is read from the file system")]

use super::archive::skips;
use super::limits::MAX_FILES;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What stands at the end of a file that was written whole, and within how many bytes of it.
///
/// Sources: ISO 32000-2, 7.5.5, with the room for junk that readers grant; APPNOTE.TXT, 4.3.16: a record of 22 bytes and a
/// comment of at most 65,535.
const ENDS: [(&str, &[u8], u64); 2] = [("pdf", b"%%EOF", 1024), ("zip", b"PK\x05\x06", 22 + 65_535)];

/// The length and the time of the last change of every file that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stamp {
    files: Vec<(PathBuf, u64, Option<SystemTime>)>,
    /// Paths where nothing is.
    missing: Vec<PathBuf>,
}

impl Stamp {
    /// How these files look now, and every file in those of them that are folders.
    pub fn of<'a>(paths: impl IntoIterator<Item = &'a Path>) -> Self {
        let mut stamp = Self::default();
        for path in paths {
            match std::fs::metadata(path) {
                Ok(about) if about.is_dir() => stamp.add_folder(path),
                Ok(about) => stamp.files.push((path.to_owned(), about.len(), about.modified().ok())),
                Err(_) => stamp.missing.push(path.to_owned()),
            }
        }
        stamp
    }

    fn add_folder(&mut self, root: &Path) {
        let walk = walkdir::WalkDir::new(root).sort_by_file_name().into_iter();
        // What a check does not open is not looked at either: a version control folder changes all the time.
        let wanted = |e: &walkdir::DirEntry| {
            let inside = e.path().strip_prefix(root).unwrap_or(e.path());
            e.depth() == 0 || !skips(&format!("{}/x", inside.to_string_lossy()))
        };
        for entry in walk.filter_entry(wanted).flatten().take(MAX_FILES) {
            match entry.metadata() {
                Ok(about) if about.is_file() => {
                    self.files.push((entry.into_path(), about.len(), about.modified().ok()));
                }
                _ => {}
            }
        }
    }

    /// The first path where nothing is.
    pub fn missing(&self) -> Option<&Path> {
        self.missing.first().map(PathBuf::as_path)
    }

    /// The first file that has changed since and whose end is not written yet, as far as its format tells.
    pub fn unfinished(&self, since: &Self) -> Option<&Path> {
        let changed = self.files.iter().filter(|file| !since.files.contains(file));
        changed
            .map(|(path, length, _)| (path.as_path(), *length))
            .find(|(path, length)| {
                let ending = path.extension().map_or(String::new(), |e| e.to_string_lossy().to_lowercase());
                let end = ENDS.iter().find(|(of, ..)| *of == ending);
                end.is_some_and(|(_, mark, room)| !ends_with(path, *length, mark, *room))
            })
            .map(|(path, _)| path)
    }
}

/// Whether the mark stands in the last bytes of a file; what cannot be read is left to the check to complain of.
fn ends_with(path: &Path, length: u64, mark: &[u8], room: u64) -> bool {
    let tail = || {
        let mut file = std::fs::File::open(path)?;
        file.seek(SeekFrom::Start(length.saturating_sub(room)))?;
        let mut tail = Vec::new();
        file.take(room).read_to_end(&mut tail)?;
        std::io::Result::Ok(tail)
    };
    tail().map_or(true, |tail| memchr::memmem::find(&tail, mark).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pdf_without_its_end_is_being_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let paper = folder.path().join("paper.pdf");
        let unfinished = |bytes: &str| {
            std::fs::write(&paper, bytes).expect("a file");
            let now = Stamp::of([folder.path()]);
            (now.unfinished(&Stamp::default()).is_some(), now.unfinished(&now).is_some())
        };
        assert_eq!(unfinished("%PDF-1.5 half of it"), (true, false));
        assert_eq!(unfinished("%PDF-1.5 all of it\n%%EOF\n"), (false, false));
        assert_eq!(unfinished(""), (true, false));
    }

    #[test]
    fn a_change_shows_and_what_is_never_opened_does_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str| std::fs::write(folder.path().join(name), name).expect("a file");
        std::fs::create_dir(folder.path().join(".git")).expect("a folder");
        write("main.tex");
        let before = Stamp::of([folder.path()]);
        assert_eq!(Stamp::of([folder.path()]), before);
        write("refs.bib");
        assert_ne!(Stamp::of([folder.path()]), before);
        let gone = folder.path().join("gone.pdf");
        assert_eq!(Stamp::of([gone.as_path()]).missing(), Some(gone.as_path()));
    }
}
