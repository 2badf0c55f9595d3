//! Which submissions there are, by the names of what was named.

use super::error::BatchError;
use super::manifest;
use crate::place::FileId;
use crate::problem::Problem;
use crate::submission::{Book, File, Handed, Kind, LoadError, Origin, Shelf};
use regex::Regex;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One submission of a batch, not read yet.
#[derive(Clone)]
pub struct Submitted {
    /// What it is called among the others.
    pub id: String,
    /// Its track, by id, where it has its own.
    pub track: Option<String>,
    /// Its authors, as a file of identities; `None` where nobody said so.
    pub identities: Option<String>,
    /// Where it was named, for messages.
    pub(super) from: String,
    pub(super) place: Place,
}

/// Where the files of a submission are.
#[derive(Clone)]
pub(super) enum Place {
    /// A file or folder.
    Path(PathBuf),
    /// Entries of a folder or zip of submissions; the paper first.
    Shelf(Arc<Shelf>, Vec<(Book, Origin)>),
    /// Files that a manifest names.
    Named { paper: PathBuf, beside: Vec<(PathBuf, Origin)> },
}

/// How inputs become submissions.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// Names the submission that a file belongs to: the first group, or the whole match.
    pub id_pattern: Option<Regex>,
    /// Only the part `.0` of `.1` of the submissions, 1-based, chosen by their ids.
    pub shard: Option<(u32, u32)>,
}

/// Endings that are no part of an id.
const ENDINGS: [&str; 9] = [".tar.gz", ".tgz", ".tar", ".zip", ".gz", ".pdf", ".tex", ".PDF", ".ZIP"];
/// Words in the name of a file that goes with a paper and is what it was made from.
const SOURCE_WORDS: [&str; 4] = ["source", "latex", "src", "tex"];
/// Words in the name of a file that goes with a paper and is handed in beside it.
const SUPPLEMENT_WORDS: [&str; 4] = ["supp", "appendix", "code", "data"];
/// Those of them that no title of a paper has.
const SURE_SUPPLEMENT_WORDS: [&str; 2] = ["supp", "appendix"];

impl Inputs {
    /// Every submission of the inputs: folders and zips of submissions, submissions, patterns, and manifests.
    ///
    /// # Errors
    /// An input that is not there or holds no submission, and two submissions of one name.
    pub fn submissions(&self, inputs: &[String]) -> Result<Vec<Submitted>, BatchError> {
        let mut all = Vec::new();
        for input in inputs {
            for path in expanded(input)? {
                all.extend(self.of(&path)?);
            }
        }
        if all.is_empty() {
            return Err(BatchError::Empty { inputs: inputs.join(", ") });
        }
        let mut seen: BTreeMap<&str, &Submitted> = BTreeMap::new();
        for submitted in &all {
            if let Some(first) = seen.insert(&submitted.id, submitted) {
                let (first, second) = (first.from.clone(), submitted.from.clone());
                return Err(BatchError::Twice { id: submitted.id.clone(), first, second });
            }
        }
        all.retain(|submitted| self.shard.is_none_or(|shard| is_in(&submitted.id, shard)));
        Ok(all)
    }

    /// The submissions of one path.
    fn of(&self, path: &Path) -> Result<Vec<Submitted>, BatchError> {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let ending = name.rsplit_once('.').map_or(String::new(), |(_, end)| end.to_lowercase());
        if ending == "jsonl" && path.is_file() {
            return manifest::read(path);
        }
        if (path.is_dir() || ending == "zip")
            && let Some(shelf) = Shelf::open(path)?
        {
            return Ok(self.on(&Arc::new(shelf), &path.display().to_string()));
        }
        // A file that is not there is told now, before an hour of work.
        std::fs::metadata(path).map_err(|_| LoadError::Missing { path: path.display().to_string() })?;
        let place = Place::Path(path.to_owned());
        Ok(vec![Submitted::new(self.id(&name), path.display().to_string(), place)])
    }

    /// The submissions on a shelf: entries that share an id are one.
    fn on(&self, shelf: &Arc<Shelf>, from: &str) -> Vec<Submitted> {
        let mut groups: BTreeMap<String, Vec<Book>> = BTreeMap::new();
        for book in shelf.books() {
            groups.entry(self.id(&book.name)).or_default().push(book.clone());
        }
        let one = |(id, books): (String, Vec<Book>)| {
            let from =
                format!("{from}: {}", books.iter().map(|b| b.name.as_str()).collect::<Vec<_>>().join(", "));
            Submitted::new(id, from, Place::Shelf(shelf.clone(), with_roles(books)))
        };
        groups.into_iter().map(one).collect()
    }

    /// What a name says of the submission that it belongs to: the pattern is heard first, then its ending is left out.
    fn id(&self, name: &str) -> String {
        let matched = self.id_pattern.as_ref().and_then(|pattern| pattern.captures(name));
        if let Some(part) = matched.and_then(|found| found.get(1).or(found.get(0)))
            && !part.is_empty()
        {
            return part.as_str().to_owned();
        }
        let stem =
            ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)).filter(|stem| !stem.is_empty());
        stem.unwrap_or(name).to_owned()
    }
}

/// The entries of one submission, its paper first, and what each is.
fn with_roles(books: Vec<Book>) -> Vec<(Book, Origin)> {
    let is_alone = books.len() == 1;
    let is_pdf = |book: &Book| book.name.to_lowercase().ends_with(".pdf");
    // The only PDF is the paper, whatever its title says, unless it says that it goes with one.
    let only_pdf = books.iter().filter(|book| is_pdf(book)).count() == 1;
    let goes_along = |name: &str| SURE_SUPPLEMENT_WORDS.iter().any(|word| name.contains(word));
    let role = |book: Book| {
        let name = book.name.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| name.contains(word));
        let origin = if is_alone || only_pdf && is_pdf(&book) && !goes_along(&name) {
            Origin::Input
        } else if says(&SUPPLEMENT_WORDS) {
            Origin::Supplement
        } else if is_pdf(&book) {
            Origin::Input
        } else if says(&SOURCE_WORDS) {
            Origin::Source
        } else {
            Origin::Supplement
        };
        (book, origin)
    };
    let mut books: Vec<_> = books.into_iter().map(role).collect();
    // Where nothing is called the paper, what does not say that it goes with one is it, or holds it.
    if books.iter().all(|(_, origin)| *origin != Origin::Input)
        && let Some((_, origin)) = books
            .iter_mut()
            .find(|(book, origin)| *origin == Origin::Supplement && !goes_along(&book.name.to_lowercase()))
    {
        *origin = Origin::Input;
    }
    books.sort_by_key(|(book, origin)| (*origin != Origin::Input, book.name.clone()));
    books
}

/// The paths that an input names: itself where it is there, else those that it matches as a pattern.
fn expanded(input: &str) -> Result<Vec<PathBuf>, BatchError> {
    let path = PathBuf::from(input);
    if path.exists() || !input.contains(['*', '?', '[']) {
        return Ok(vec![path]);
    }
    let help = "`*` stands for any name, `**` for any folders, `?` for a letter";
    let paths = glob::glob(input).map_err(|error| BatchError::Pattern {
        pattern: input.to_owned(),
        why: error.msg.to_owned(),
        help,
    })?;
    Ok(paths.filter_map(Result::ok).collect())
}

/// Whether an id falls into a part, the same on every machine.
fn is_in(id: &str, (part, of): (u32, u32)) -> bool {
    let digest = Sha256::digest(id.as_bytes());
    let first = digest.iter().take(8).fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    first % u64::from(of.max(1)) == u64::from(part.saturating_sub(1))
}

impl Submitted {
    pub(super) const fn new(id: String, from: String, place: Place) -> Self {
        Self { id, track: None, identities: None, from, place }
    }

    /// Its files, archives unopened.
    ///
    /// # Errors
    /// Why nothing of it could be read, without the path.
    pub(super) fn gather(&self) -> Result<Handed, String> {
        let told = |error: LoadError| match error {
            LoadError::Missing { .. } => "there is no such file".to_owned(),
            LoadError::NotAFile { .. } => "it is neither a file nor a directory".to_owned(),
            LoadError::Denied { cause, .. } => format!("it cannot be opened: {cause}"),
        };
        match &self.place {
            Place::Path(path) => Handed::gather(path).map_err(told),
            Place::Shelf(shelf, books) => Ok(match books.as_slice() {
                [(book, _)] => shelf.take(book),
                books => joined(&self.id, books.iter().map(|(book, origin)| (shelf.take(book), *origin))),
            }),
            Place::Named { paper, beside } => {
                beside.iter().try_fold(Handed::gather(paper).map_err(told)?, |handed, (path, origin)| {
                    handed.with(path, *origin).map_err(told)
                })
            }
        }
    }
}

/// Several entries as one submission.
fn joined(id: &str, all: impl Iterator<Item = (Handed, Origin)>) -> Handed {
    let mut whole = Handed { name: id.to_owned(), ..Handed::default() };
    for (handed, origin) in all {
        let first = whole.files.len() as u32;
        let inside = |mut file: File| {
            if handed.is_folder {
                file.name = format!("{}/{}", handed.name, file.name);
            }
            file.origin = origin;
            file
        };
        whole.files.extend(handed.files.into_iter().map(inside));
        whole.problems.extend(handed.problems.into_iter().map(|problem| {
            let file = problem.file.map(|FileId(at)| FileId(at + first));
            Problem { file, ..problem }
        }));
    }
    // Which of several it is, their names do not say.
    let is_paper = |file: &&File| file.origin == Origin::Input && file.kind == Kind::Pdf;
    whole.is_folder = whole.files.iter().filter(is_paper).count() > 1;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(name: &str) -> Book {
        Book { name: name.to_owned(), is_folder: false }
    }

    #[test]
    fn an_id_is_the_name_without_its_ending_or_what_the_pattern_says() {
        let plain = Inputs::default();
        assert_eq!(plain.id("17.pdf"), "17");
        assert_eq!(plain.id("17.tar.gz"), "17");
        assert_eq!(plain.id("paper 3"), "paper 3");
        assert_eq!(plain.id(".pdf"), ".pdf");
        let id_pattern = Some(Regex::new(r"paper(\d+)").expect("a pattern"));
        let by_number = Inputs { id_pattern, ..Inputs::default() };
        assert_eq!(by_number.id("paper12_supp.zip"), "12");
        assert_eq!(by_number.id("notes.pdf"), "notes");
    }

    #[test]
    fn the_paper_comes_first_and_others_go_with_it() {
        let books = ["7.zip", "7_source.zip", "7.pdf", "7_supp.pdf"].map(book).to_vec();
        let roles: Vec<_> = with_roles(books).into_iter().map(|(book, origin)| (book.name, origin)).collect();
        let expected = [
            ("7.pdf", Origin::Input),
            ("7.zip", Origin::Supplement),
            ("7_source.zip", Origin::Source),
            ("7_supp.pdf", Origin::Supplement),
        ];
        assert_eq!(roles, expected.map(|(name, origin)| (name.to_owned(), origin)));
        assert_eq!(with_roles(vec![book("7.zip")]), [(book("7.zip"), Origin::Input)]);
        let supplement = with_roles(["7.zip", "7_supp.pdf"].map(book).to_vec());
        assert_eq!(supplement, [(book("7.zip"), Origin::Input), (book("7_supp.pdf"), Origin::Supplement)]);
        let titled = with_roles(["7 code.pdf", "7.zip"].map(book).to_vec());
        assert_eq!(titled[0], (book("7 code.pdf"), Origin::Input));
    }

    #[test]
    fn every_submission_falls_into_one_part() {
        for id in ["1", "2", "paper", "x y"] {
            let parts = (1..=8).filter(|part| is_in(id, (*part, 8))).count();
            assert_eq!(parts, 1, "{id}");
        }
    }
}
