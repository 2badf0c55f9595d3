//! The sources of a paper without what no page shows: cuts, files that are left out, figures written anew.

use super::{fix, picture};
use crate::paper::source::{Cut, Matter, Removal, needless};
use crate::place::FileId;
use crate::profile::Profile;
use crate::submission::{File, Kind, Origin, Submission};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// A folder or an archive, fixed.
#[derive(Debug, Clone, Default)]
pub struct FixedTree {
    /// Its files, in order of name.
    pub files: Vec<FixedFile>,
    /// Names of files that it is handed in without, and why.
    pub left_out: Vec<(String, String)>,
    /// Names of files that could not be read, and so are not among those that can be written, and why.
    pub unread: Vec<(String, String)>,
    /// Names of files that stay as they are though they may tell something, and why.
    pub untouched: Vec<(String, String)>,
}

/// A file of it.
#[derive(Debug, Clone)]
pub struct FixedFile {
    /// Its name, relative to the folder, with forward slashes.
    pub name: String,
    /// Its bytes as they were.
    pub before: Arc<Vec<u8>>,
    /// Its bytes as they are now.
    pub after: Arc<Vec<u8>>,
    /// What was cut out of it: bytes of `before`, in order, half-open; nothing for a PDF or a picture of pixels.
    pub cut: Vec<Range<usize>>,
    /// What was done, such as `comments: 3`; empty where nothing was.
    pub done: Vec<String>,
}

/// What is taken out besides what nobody misses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// The files within PDFs.
    pub attachments: bool,
    /// What no page shows and its authors may still want.
    pub doubtful: bool,
}

/// The most rounds of cuts in a file. A cut can make a comment tell something only by joining it with the next one:
/// the second round is the last, and finds nothing, but for files that were made to do otherwise.
const MOST_ROUNDS: usize = 10;

/// Fixes every file of a submission that is no member of an archive within it.
///
/// # Errors
/// A sentence that lacks its subject: why not everything that was handed in is known, and so could be lost.
pub fn fix_tree(submission: &Submission, profile: &Profile, extent: Extent) -> Result<FixedTree, String> {
    complete(submission)?;
    let mut removal = removal(submission, profile);
    if extent.doubtful {
        removal = removal.with_doubtful(submission);
    }
    let needless: BTreeMap<FileId, &str> = needless(submission).into_iter().collect();
    let mut fixed = FixedTree::default();
    let mut names = BTreeSet::new();
    for (index, file) in submission.files.iter().enumerate() {
        let id = FileId(index as u32);
        if is_container(submission, id, file) || file.name.contains("!/") || file.origin != Origin::Input {
            continue;
        }
        if let Some(why) = needless.get(&id) {
            fixed.left_out.push((file.name.clone(), (*why).to_owned()));
        } else if let Some(why) = unwritable(submission, id, file) {
            fixed.unread.push((file.name.clone(), why));
        } else if names.insert(file.name.clone()) {
            let (anew, why) = one(file, &removal, extent.attachments);
            fixed.untouched.extend(why.map(|why| (file.name.clone(), why)));
            fixed.files.push(anew);
        } else {
            return Err(format!("holds two files of the name {}; pack it again", file.name));
        }
    }
    fixed.files.sort_by(|a, b| a.name.cmp(&b.name));
    if fixed.files.is_empty() { Err("holds no file that could be fixed".to_owned()) } else { Ok(fixed) }
}

/// What [`fix_tree`] cuts out of sources without being asked for more: bytes of each file, in order, half-open.
///
/// Members of archives are left out, and files that nothing is cut out of.
pub fn source_cuts(submission: &Submission, profile: &Profile) -> BTreeMap<FileId, Vec<Range<usize>>> {
    let removal = removal(submission, profile);
    let needless: BTreeSet<FileId> = needless(submission).into_iter().map(|(id, _)| id).collect();
    let mut all = BTreeMap::new();
    for (index, file) in submission.files.iter().enumerate() {
        let id = FileId(index as u32);
        let is_source = matches!(file.kind, Kind::Tex | Kind::Bib) && file.origin == Origin::Input;
        if is_source && !file.name.contains("!/") && !needless.contains(&id) {
            let cut = cut(file, &removal, unchanged(file)).cut;
            all.extend((!cut.is_empty()).then_some((id, cut)));
        }
    }
    all
}

/// What can be cut out of sources, for a venue.
fn removal(submission: &Submission, profile: &Profile) -> Removal {
    let ids = profile.style.as_ref().map(|s| s.value.ids.clone()).unwrap_or_default();
    let mode = profile.style.as_ref().map(|s| s.value.mode);
    Removal::of(submission, &ids, mode)
}

/// Whether everything is there; what was not seen would be lost.
fn complete(submission: &Submission) -> Result<(), String> {
    let is_of_whole = |id: Option<FileId>| {
        id.is_none_or(|id| submission.file(id).is_some_and(|file| is_container(submission, id, file)))
    };
    match submission.problems.iter().find(|p| is_of_whole(p.file)) {
        Some(problem) => Err(problem.message.clone()),
        None => Ok(()),
    }
}

/// Whether a file is the archive that was handed in.
fn is_container(submission: &Submission, id: FileId, file: &File) -> bool {
    id == FileId(0) && file.kind == Kind::Archive && file.name == submission.name
}

/// Why a file cannot be written as it is.
fn unwritable(submission: &Submission, id: FileId, file: &File) -> Option<String> {
    let is_listed = file.kind == Kind::Other && file.bytes.is_empty();
    let problem = submission.problems.iter().find(|p| p.file == Some(id)).filter(|_| is_listed);
    let is_odd = file.name.contains('\u{fffd}');
    problem.map(|p| p.message.clone()).or(is_odd.then(|| "its name is not UTF-8; rename it".to_owned()))
}

/// A file, fixed, and why it is left as it is though it could tell something.
fn one(file: &File, removal: &Removal, attachments: bool) -> (FixedFile, Option<String>) {
    let same = unchanged(file);
    if file.kind == Kind::Archive {
        return (same, Some("is an archive, and what it holds was not fixed; fix it by itself".to_owned()));
    }
    if file.kind != Kind::Pdf {
        let anew = picture::stripped(&file.bytes).map(|bytes| FixedFile {
            after: Arc::new(bytes),
            done: vec!["metadata of the picture".to_owned()],
            ..same.clone()
        });
        return (anew.unwrap_or_else(|| cut(file, removal, same)), None);
    }
    match fix(&file.bytes, attachments) {
        Err(why) => (same, Some(why)),
        // A PDF that holds nothing of the kind keeps its bytes.
        Ok(anew) if anew.dropped.is_empty() => (same, None),
        Ok(anew) => (FixedFile { after: Arc::new(anew.bytes), done: anew.dropped, ..same }, None),
    }
}

fn unchanged(file: &File) -> FixedFile {
    let (before, after) = (file.bytes.clone(), file.bytes.clone());
    FixedFile { name: file.name.clone(), before, after, cut: Vec::new(), done: Vec::new() }
}

/// A source without what can be cut out of it.
fn cut(file: &File, removal: &Removal, same: FixedFile) -> FixedFile {
    let mut cut: Vec<Range<usize>> = Vec::new();
    let mut counts: BTreeMap<Matter, usize> = BTreeMap::new();
    let mut now = file.clone();
    for _ in 0..MOST_ROUNDS {
        let cuts = removal.cuts(&now);
        if cuts.is_empty() {
            break;
        }
        cuts.iter().for_each(|c| *counts.entry(c.matter).or_default() += 1);
        cut = united(&cut, &cuts);
        now = now.with_bytes(without(&file.bytes, &cut));
    }
    let word = |matter: &Matter| match matter {
        Matter::Comment => "comments",
        Matter::Field => "private fields",
        Matter::Mode => "options of another stage",
        Matter::Editor => "notes of the picture's editor",
        Matter::Inactive => "inactive passages",
        Matter::Author => "authors that the style does not print",
        Matter::Note => "unused macros for notes",
        Matter::Property => "authors among the options of the PDF",
    };
    let done = counts.iter().map(|(matter, count)| format!("{}: {count}", word(matter))).collect();
    FixedFile { after: now.bytes, cut, done, ..same }
}

/// What is cut after a further round, as bytes of the file as it was.
fn united(before: &[Range<usize>], cuts: &[Cut]) -> Vec<Range<usize>> {
    let mut all = before.to_vec();
    let (mut passed, mut gone) = (0, 0);
    let mut place = |at: usize, is_end: bool| {
        // What was cut right before an offset lies before a start, and behind an end.
        while let Some(range) = before.get(passed) {
            if range.start < at + gone || range.start == at + gone && !is_end {
                gone += range.len();
                passed += 1;
            } else {
                break;
            }
        }
        at + gone
    };
    for one in cuts {
        let start = place(one.bytes.start as usize, false);
        all.push(start..place(one.bytes.end as usize, true));
    }
    all.sort_by_key(|range| range.start);
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in all {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

fn without(bytes: &[u8], cut: &[Range<usize>]) -> Vec<u8> {
    let mut left = Vec::with_capacity(bytes.len());
    let mut at = 0;
    for range in cut {
        left.extend_from_slice(bytes.get(at..range.start).unwrap_or_default());
        at = at.max(range.end);
    }
    left.extend_from_slice(bytes.get(at..).unwrap_or_default());
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(bytes: Range<u32>) -> Cut {
        Cut { matter: Matter::Comment, bytes }
    }

    #[test]
    fn cuts_of_several_rounds_are_told_in_bytes_of_the_file_as_it_was() {
        let text = b"0123456789";
        let first = united(&[], &[cut(1..3), cut(6..7)]);
        assert_eq!(without(text, &first), b"0345789");
        let second = united(&first, &[cut(0..2), cut(4..5)]);
        assert_eq!(without(text, &second), b"4589");
        assert_eq!(second, [0..4, 6..8]);
        assert_eq!(united(&first, &[cut(0..1)]), [0..3, 6..7]);
    }
}
