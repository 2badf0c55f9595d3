//! One input of a check, and what it is called.

use crate::submission::stand_in;
use std::path::{Component, Path, PathBuf};

/// An input, as it was named on the command line.
#[derive(Clone, Copy)]
pub(super) struct Input<'a> {
    pub(super) path: &'a Path,
    /// Its place among several, from 1; `None` for the only one.
    pub(super) number: Option<usize>,
}

impl<'a> Input<'a> {
    /// The inputs of one call, in order.
    pub(super) fn all(paths: &'a [PathBuf]) -> Vec<Self> {
        let number = |at: usize| (paths.len() > 1).then_some(at + 1);
        paths.iter().enumerate().map(|(at, path)| Self { path, number: number(at) }).collect()
    }

    /// What leads from here to its files, empty or ending in `/`: nothing for an absolute path outside, which is no
    /// one's business.
    pub(super) fn folder(&self) -> String {
        let here = std::env::current_dir().unwrap_or_default();
        let path = self.path.strip_prefix(&here).unwrap_or(self.path);
        let folder = if path.is_dir() { Some(path) } else { path.parent() };
        let plain = |part: Component<'_>| match part {
            Component::CurDir => Some(String::new()),
            Component::Normal(name) => Some(format!("{}/", name.to_string_lossy())),
            _ => None,
        };
        let parts: Option<Vec<_>> =
            folder.map_or(Some(Vec::new()), |folder| folder.components().map(plain).collect());
        parts.unwrap_or_default().concat()
    }

    /// What it is called among others: its path from here, where it lies below, else its own name.
    pub(super) fn name(&self) -> String {
        let folder = self.folder();
        match folder.strip_suffix('/') {
            Some(folder) if self.path.is_dir() => folder.to_owned(),
            _ => format!("{folder}{}", self.last()),
        }
    }

    /// What it is called where nobody is to learn its name.
    pub(super) fn stand_in(&self) -> String {
        stand_in(&self.last(), self.number)
    }

    fn last(&self) -> String {
        self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy().into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_are_numbered_in_order_and_the_only_one_is_not() {
        let paths = ["a/velm.pdf", "quist.zip", "main.pdf"].map(PathBuf::from);
        let told: Vec<_> = Input::all(&paths).iter().map(Input::stand_in).collect();
        assert_eq!(told, ["paper-1.pdf", "paper-2.zip", "paper-3.pdf"]);
        assert_eq!(Input::all(&paths[..1])[0].stand_in(), "paper.pdf");
    }
}
