//! The folder that a source belongs to, and what a check finds in it.

use crate::check::{Selection, check};
use crate::cli::args::DemandArgs;
use crate::cli::config::{FILE_NAME, Found, venue};
use crate::cli::failure::Failure;
use crate::fix::source_cuts;
use crate::place::FileId;
use crate::report::{Diagnostic, Position, diagnostics};
use crate::submission::Submission;
use std::collections::BTreeMap;
use std::io::Read as _;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Names in a folder that are looked at for a main source.
const MOST_NAMES: usize = 1_000;
/// Bytes of a source in which its class must be named.
const MOST_PREAMBLE: u64 = 64 << 10;
/// Classes of sources that are parts of others.
const PARTS: [&str; 2] = ["subfiles", "standalone"];

/// What a check of a folder found.
pub(super) struct Checked {
    /// What is to be shown, by file.
    pub(super) shown: BTreeMap<PathBuf, Vec<Diagnostic>>,
    /// The files by number, for what is related.
    pub(super) paths: BTreeMap<FileId, PathBuf>,
    /// What can be cut out of sources, by file.
    pub(super) cuts: BTreeMap<PathBuf, Cuts>,
}

/// What can be cut out of a source.
pub(super) struct Cuts {
    /// The source as it was read.
    pub(super) text: Arc<Vec<u8>>,
    /// In order, half-open.
    pub(super) ranges: Vec<Range<Position>>,
}

/// The folder of the paper that a file belongs to: the next one above that holds settings or a main source, within
/// what is open in the editor or, without that, the repository; else its own.
pub(super) fn folder_of(file: &Path, roots: &[PathBuf]) -> PathBuf {
    let own = file.parent().unwrap_or(Path::new("."));
    let is_limit = |folder: &Path| roots.iter().any(|root| root == folder) || folder.join(".git").exists();
    let Some(limit) = own.ancestors().find(|folder| is_limit(folder)) else { return own.to_owned() };
    let mut within = own.ancestors().take_while(|folder| folder.starts_with(limit));
    within.find(|folder| is_project(folder)).unwrap_or(own).to_owned()
}

fn is_project(folder: &Path) -> bool {
    let names = std::fs::read_dir(folder).into_iter().flatten().flatten().take(MOST_NAMES);
    let is_source = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "tex");
    folder.join(FILE_NAME).is_file()
        || names.map(|entry| entry.path()).filter(is_source).any(|path| is_main(&path))
}

/// Whether a source names a class that is not for parts.
fn is_main(source: &Path) -> bool {
    let mut start = Vec::new();
    let read = std::fs::File::open(source).and_then(|file| file.take(MOST_PREAMBLE).read_to_end(&mut start));
    let text = String::from_utf8_lossy(&start);
    let class = text.lines().find_map(|line| line.trim_start().strip_prefix("\\documentclass"));
    read.is_ok()
        && class.is_some_and(|class| !PARTS.iter().any(|part| class.contains(&format!("{{{part}}}"))))
}

/// Checks a folder as `dlde check` does, or `asked` alone where the folder holds no paper. What stands in no source is shown on the main one, or without one on `asked`.
///
/// # Errors
/// A folder or settings that cannot be read.
pub(super) fn checked(folder: &Path, asked: &Path, demands: &DemandArgs) -> Result<Checked, Failure> {
    // Where there is no paper, what else lies in the folder is nobody's business.
    let is_project = is_project(folder);
    let mut submission = Submission::open(if is_project { folder } else { asked })?;
    let found = Found::beside(folder)?;
    let named = demands.venue.as_deref().map(|word| venue(word, None)).transpose()?;
    let profile = found.profile(demands, named.as_ref())?;
    if is_project {
        found.choose_main(folder, &mut submission)?;
    }
    let report = check(&submission, &profile, &Selection::default());
    let files = submission.files.iter().enumerate().filter(|(_, file)| !file.name.contains("!/"));
    let paths: BTreeMap<FileId, PathBuf> =
        files.map(|(index, file)| (FileId(index as u32), folder.join(&file.name))).collect();
    let main = report.paper.sources.main.and_then(|id| paths.get(&id)).map_or(asked, PathBuf::as_path);
    let mut shown: BTreeMap<PathBuf, Vec<Diagnostic>> = BTreeMap::new();
    for diagnostic in diagnostics(&report) {
        let path = diagnostic.file.and_then(|id| paths.get(&id)).map_or(main, PathBuf::as_path);
        shown.entry(path.to_owned()).or_default().push(diagnostic);
    }
    let cuts = source_cuts(&submission, &profile).into_iter().filter_map(|(id, cuts)| {
        let text = submission.file(id)?.bytes.clone();
        let ranges = cuts.into_iter().map(|bytes| Position::of_range(&text, bytes)).collect();
        Some((paths.get(&id)?.clone(), Cuts { text, ranges }))
    });
    let cuts = cuts.collect();
    Ok(Checked { shown, paths, cuts })
}
