//! Many submissions in one place: a folder of them, or the zip that a conference system hands out.
#![expect(clippy::disallowed_methods, reason = "the submissions are read from the file system")]

use super::handed::Handed;
use super::limits::MAX_BYTES;
use super::{File, LoadError, Origin, directory, stat};
use crate::problem::ProblemKind;
use crate::submission::intake::Intake;
use std::collections::BTreeMap;
use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// One entry of a shelf: a file, or a folder with all that it holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Book {
    /// Its name on the shelf.
    pub name: String,
    /// Whether it is a folder.
    pub is_folder: bool,
}

/// Many submissions in one place.
pub struct Shelf {
    place: Place,
    books: Vec<Book>,
}

enum Place {
    Folder(PathBuf),
    Zip(Box<Zip>),
}

/// A zip, with the members of each entry on the first level.
struct Zip {
    archive: Mutex<zip::ZipArchive<BufReader<std::fs::File>>>,
    members: BTreeMap<String, Vec<usize>>,
}

/// Endings of files that stand beside submissions and are none: lists, notes, reports.
const BESIDE: [&str; 12] =
    ["csv", "json", "jsonl", "toml", "xlsx", "txt", "md", "html", "log", "yaml", "yml", "sarif"];

impl Shelf {
    /// What lies on the first level of a folder or zip, by name; hidden files and lists are passed over.
    ///
    /// `None` for a path that is neither, and for one that holds a `.tex` there: that is one submission.
    ///
    /// # Errors
    /// Where nothing is there or nothing may be read.
    pub fn open(path: &Path) -> Result<Option<Self>, LoadError> {
        let is_folder = stat(path)?.is_dir();
        let denied = |cause| LoadError::Denied { path: path.display().to_string(), cause };
        let (place, mut books) = if is_folder {
            (Place::Folder(path.to_owned()), folder_books(path).map_err(denied)?)
        } else {
            let file = std::fs::File::open(path).map_err(denied)?;
            let Ok(archive) = zip::ZipArchive::new(BufReader::new(file)) else { return Ok(None) };
            let (zip, books) = Zip::of(archive);
            (Place::Zip(Box::new(zip)), books)
        };
        if books.iter().any(|book| !book.is_folder && has_ending(&book.name, "tex")) {
            return Ok(None);
        }
        let is_beside = |book: &Book| !book.is_folder && BESIDE.iter().any(|end| has_ending(&book.name, end));
        books.retain(|book| !book.name.starts_with(['.', '_']) && !is_beside(book));
        books.sort();
        Ok(Some(Self { place, books }))
    }

    /// Its entries, by name.
    pub fn books(&self) -> &[Book] {
        &self.books
    }

    /// The files of an entry, archives unopened.
    pub fn take(&self, book: &Book) -> Handed {
        match &self.place {
            Place::Folder(root) => from_folder(root, book),
            Place::Zip(zip) => zip.take(book),
        }
    }
}

fn has_ending(name: &str, ending: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, end)| end.eq_ignore_ascii_case(ending))
}

fn folder_books(root: &Path) -> std::io::Result<Vec<Book>> {
    std::fs::read_dir(root)?
        .map(|entry| {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            Ok(Book { name, is_folder: entry.file_type()?.is_dir() })
        })
        .collect()
}

fn from_folder(root: &Path, book: &Book) -> Handed {
    let path = root.join(&book.name);
    let mut intake = Intake::closed(book.name.clone());
    if book.is_folder {
        directory::read(&mut intake, &path, "", Origin::Input);
    } else {
        directory::add(&mut intake, &path, book.name.clone(), Origin::Input);
    }
    Handed::of(intake.finish(), book.is_folder)
}

impl Zip {
    fn of(archive: zip::ZipArchive<BufReader<std::fs::File>>) -> (Self, Vec<Book>) {
        let mut members: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut books = Vec::new();
        for index in 0..archive.len() {
            let Some(name) = archive.name_for_index(index).and_then(Result::ok).map(plain) else { continue };
            let (first, inside) = name.split_once('/').map_or((name.as_str(), None), |(a, b)| (a, Some(b)));
            if inside.is_some_and(str::is_empty) {
                continue;
            }
            let known = members.entry(first.to_owned()).or_default();
            if known.is_empty() {
                books.push(Book { name: first.to_owned(), is_folder: inside.is_some() });
            }
            known.push(index);
        }
        (Self { archive: Mutex::new(archive), members }, books)
    }

    fn take(&self, book: &Book) -> Handed {
        let mut handed = Handed { name: book.name.clone(), is_folder: book.is_folder, ..Handed::default() };
        let mut archive = self.archive.lock().unwrap_or_else(PoisonError::into_inner);
        let mut room = MAX_BYTES;
        for index in self.members.get(&book.name).into_iter().flatten() {
            let Ok(member) = archive.by_index(*index) else {
                let why = "cannot be unpacked; it may be locked or packed in a way that is not read";
                handed.add_unread(book.name.clone(), Origin::Input, ProblemKind::Unreadable, why);
                continue;
            };
            let name = member.name().map_or_else(|_| book.name.clone(), |name| plain(&name));
            let name = name.split_once('/').map_or(name.as_str(), |(_, inside)| inside).to_owned();
            let mut bytes = Vec::new();
            let read = member.take(room + 1).read_to_end(&mut bytes);
            if bytes.len() as u64 > room {
                let why = "is larger than what is read; make it smaller";
                handed.add_unread(name, Origin::Input, ProblemKind::TooComplex, why);
            } else if read.is_err() {
                handed.add_unread(name, Origin::Input, ProblemKind::Damaged, "is damaged; pack it again");
            } else {
                room -= bytes.len() as u64;
                handed.files.push(File::new(name, bytes, Origin::Input));
            }
        }
        handed
    }
}

/// A member's name without what would lead anywhere else.
fn plain(name: impl AsRef<str>) -> String {
    let name = name.as_ref().replace('\\', "/");
    let is_folder = name.ends_with('/');
    let parts: Vec<_> = name.split('/').filter(|part| !matches!(*part, "" | "." | "..")).collect();
    format!("{}{}", parts.join("/"), if is_folder { "/" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn a_name_leads_nowhere_else() {
        assert_eq!(plain("../../a\\b.pdf"), "a/b.pdf");
        assert_eq!(plain("/7/"), "7/");
    }

    #[test]
    fn a_zip_of_papers_is_a_shelf_and_a_zip_of_sources_is_not() {
        let path = std::env::temp_dir().join(format!("dlde-shelf-{}.zip", std::process::id()));
        let packed = |names: &[&str]| {
            let mut writer = zip::ZipWriter::new(std::fs::File::create(&path).expect("a place for tests"));
            for name in names {
                writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("started");
                writer.write_all(b"%PDF-1.5").expect("written");
            }
            writer.finish().expect("finished");
            Shelf::open(&path).expect("readable")
        };
        let shelf = packed(&["2/paper.pdf", "2/code.zip", "1.pdf", "list.csv", ".hidden"]).expect("a shelf");
        let names: Vec<_> = shelf.books().iter().map(|book| book.name.as_str()).collect();
        assert_eq!(names, ["1.pdf", "2"]);
        let second = shelf.take(&shelf.books()[1]);
        let files: Vec<_> = second.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(files, ["paper.pdf", "code.zip"]);
        assert!(packed(&["main.tex", "main.pdf"]).is_none());
        std::fs::remove_file(&path).expect("removed");
    }
}
