//! Files beside a source that was named by itself: only those that it asks for, and none above its folder.

use super::intake::Intake;
use super::{Origin, Submission, directory};
use std::path::{Component, Path};

impl Submission {
    /// Takes in, for each of what is `wanted`, the first of its names that a file below `folder` bears.
    ///
    /// Names are relative to the folder, with forward slashes. One that leads through a link or out of the folder is
    /// passed over; a file that is a link is told and not followed. Files that are here already are not read again.
    pub fn with_beside(self, folder: &Path, wanted: &[Vec<String>], origin: Origin) -> Self {
        let mut intake = Intake::of(self);
        for names in wanted {
            let there = names.iter().find(|name| lies_below(folder, name));
            let Some(name) = there.filter(|name| !intake.has(name)) else { continue };
            if intake.is_full() {
                break;
            }
            directory::add(&mut intake, &folder.join(name), name.clone(), origin);
        }
        intake.finish()
    }
}

/// Whether a file is there, and every folder on the way to it is one, and no link.
fn lies_below(folder: &Path, name: &str) -> bool {
    let mut path = folder.to_owned();
    let mut parts = Path::new(name).components().peekable();
    if parts.peek().is_none() {
        return false;
    }
    while let Some(part) = parts.next() {
        let Component::Normal(part) = part else { return false };
        path.push(part);
        let Ok(about) = path.symlink_metadata() else { return false };
        if about.is_dir() == parts.peek().is_none() {
            return false;
        }
    }
    true
}
