//! A folder: everything in it is read, in order of name. Links are reported and not followed.
#![expect(clippy::disallowed_methods, reason = "the submission is read from the file system")]

use super::archive::skips;
use super::intake::Intake;
use super::{Origin, SETTINGS};
use crate::problem::ProblemKind;
use std::path::Path;

/// Takes in every file below `root`; `prefix` stands before their names.
pub(super) fn read(intake: &mut Intake, root: &Path, prefix: &str, origin: Origin) {
    let walk = walkdir::WalkDir::new(root).sort_by_file_name().into_iter();
    // Of a version control folder only what it holds itself, and its logs, may be wanted.
    let wanted = |e: &walkdir::DirEntry| {
        let is_inner = e.path().parent().is_some_and(|p| skips(&format!("{}/x", relative(root, p))));
        !e.file_type().is_dir() || !is_inner || e.file_name() == "logs"
    };
    for entry in walk.filter_entry(wanted) {
        if intake.is_full() {
            return;
        }
        let Ok(entry) = entry else {
            intake.note("holds a folder that cannot be opened".to_owned());
            continue;
        };
        let name = relative(root, entry.path());
        if entry.file_type().is_dir() || name == SETTINGS || skips(&name) {
            continue;
        }
        add(intake, entry.path(), format!("{prefix}{name}"), origin);
    }
}

/// Takes in one file of a folder.
pub(super) fn add(intake: &mut Intake, path: &Path, name: String, origin: Origin) {
    let about = std::fs::symlink_metadata(path);
    let is_link = about.as_ref().is_ok_and(|m| m.file_type().is_symlink());
    let size = about.ok().filter(std::fs::Metadata::is_file).map(|m| m.len());
    let why = match size {
        None if is_link => "is a link, which is not followed; put the file itself there",
        None => "cannot be read; name it alone",
        Some(size) if size > intake.room() => "is larger than what is read; make it smaller",
        Some(_) => match std::fs::read(path) {
            Ok(bytes) => return intake.add(name, bytes, origin, 0),
            Err(_) => "cannot be read; check that you may read it",
        },
    };
    let is_pdf = name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("pdf"));
    let kind = if is_pdf { ProblemKind::Unreadable } else { ProblemKind::NotChecked };
    intake.listed(name, origin, kind, why);
}

/// The path below the folder, with forward slashes.
fn relative(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path);
    inside.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
