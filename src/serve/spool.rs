//! Where submissions wait for their check: a folder each, on the disk of the service.
#![expect(clippy::disallowed_methods, reason = "the spool is files")]

use super::error::ServeError;
use super::token::random;
use crate::submission::{Handed, Origin};
use crate::worker::Orders;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The spool of one service.
pub(super) struct Spool {
    waiting: PathBuf,
    /// Where papers go after their check; `None` where they are deleted.
    kept: Option<PathBuf>,
    /// What tells it from the spools of other services with the same database.
    pub(super) id: String,
    /// Held as long as the service lives: nobody else takes what lies here.
    _lock: File,
}

/// What is to be done for a check, as the queue keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Task {
    /// The folder in the spool.
    pub(super) folder: String,
    pub(super) files: Vec<Spooled>,
    pub(super) identities: Option<String>,
    pub(super) orders: Orders,
}

/// A file in the spool; the first one is the paper, or holds it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Spooled {
    /// The name it was handed in under.
    pub(super) name: String,
    pub(super) part: Part,
    /// What it is called in the folder.
    pub(super) number: usize,
}

/// What a file of an upload is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Part {
    /// The paper, or what holds it.
    Paper,
    /// What the paper was made from.
    Source,
    /// What is handed in with it.
    Supplement,
}

impl Part {
    const fn origin(self) -> Origin {
        match self {
            Self::Paper => Origin::Input,
            Self::Source => Origin::Source,
            Self::Supplement => Origin::Supplement,
        }
    }
}

impl Spool {
    /// Opens the spool of a service, or makes it.
    ///
    /// # Errors
    /// A folder that cannot be written to, or is another service's.
    pub(super) fn open(data: &Path, keeps: bool) -> Result<Self, ServeError> {
        let wrong = |path: &Path, why: String| ServeError::Folder { path: path.display().to_string(), why };
        let not = |cause: io::Error| wrong(data, format!("cannot be used: {cause}"));
        let waiting = data.join("spool");
        std::fs::create_dir_all(&waiting).map_err(not)?;
        let lock = File::create(data.join("lock")).map_err(not)?;
        lock.try_lock().map_err(|_| wrong(data, "another service is using it".to_owned()))?;
        let name = data.join("spool.id");
        let id = match std::fs::read_to_string(&name) {
            Ok(id) if id.is_empty() => {
                return Err(wrong(&name, "is empty; bring it back from a copy".to_owned()));
            }
            Ok(id) => id,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => named(data, &name).map_err(not)?,
            Err(cause) => return Err(not(cause)),
        };
        let kept = keeps.then(|| data.join("kept"));
        kept.iter().try_for_each(std::fs::create_dir_all).map_err(not)?;
        Ok(Self { waiting, kept, id, _lock: lock })
    }

    /// Makes a folder for an upload.
    pub(super) fn draft(&self) -> io::Result<Draft> {
        let name = random::<16>()?;
        let path = self.waiting.join(&name);
        std::fs::create_dir(&path)?;
        Ok(Draft { path, name, is_kept: false })
    }

    /// What was handed in, from the disk.
    pub(super) fn handed(&self, task: &Task) -> io::Result<Handed> {
        let folder = self.folder(task)?;
        let name = task.files.first().map_or(String::new(), |file| file.name.clone());
        let mut handed = Handed { name, ..Handed::default() };
        for file in &task.files {
            let bytes = std::fs::read(folder.join(file.number.to_string()))?;
            handed.add(file.name.clone(), bytes, file.part.origin());
        }
        Ok(handed)
    }

    /// The paper is checked: it is deleted, or kept under the id of its check.
    pub(super) fn clear(&self, task: &Task, id: &str) -> io::Result<()> {
        let folder = self.folder(task)?;
        match &self.kept {
            Some(kept) if !kept.join(id).exists() => std::fs::rename(folder, kept.join(id)),
            _ => std::fs::remove_dir_all(folder),
        }
    }

    /// Whether nothing lies in it.
    pub(super) fn is_empty(&self) -> io::Result<bool> {
        Ok(std::fs::read_dir(&self.waiting)?.next().is_none())
    }

    /// Clears what nobody waits for: uploads that broke off, and papers whose check had ended. They are deleted, or
    /// kept where papers are.
    pub(super) fn sweep(&self, unfinished: &[Task]) -> io::Result<usize> {
        let waiting: BTreeSet<_> = unfinished.iter().map(|task| task.folder.as_str()).collect();
        let mut swept = 0;
        for entry in std::fs::read_dir(&self.waiting)? {
            let entry = entry?;
            if entry.file_name().to_str().is_none_or(|name| !waiting.contains(name)) {
                match &self.kept {
                    Some(kept) => std::fs::rename(entry.path(), kept.join(entry.file_name()))?,
                    None => std::fs::remove_dir_all(entry.path())?,
                }
                swept += 1;
            }
        }
        Ok(swept)
    }

    fn folder(&self, task: &Task) -> io::Result<PathBuf> {
        // The name is from the database, which others may write to.
        let is_ours = !task.folder.is_empty() && task.folder.bytes().all(|byte| byte.is_ascii_hexdigit());
        let none = || io::Error::new(io::ErrorKind::InvalidData, "the task names no folder of the spool");
        is_ours.then(|| self.waiting.join(&task.folder)).ok_or_else(none)
    }
}

/// Gives a spool its name, whole or not at all.
fn named(data: &Path, name: &Path) -> io::Result<String> {
    let id = random::<16>()?;
    let draft = name.with_extension("new");
    let mut file = File::create(&draft)?;
    file.write_all(id.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&draft, name)?;
    File::open(data)?.sync_all()?;
    Ok(id)
}

/// The folder of an upload; gone again where the upload is not accepted.
pub(super) struct Draft {
    path: PathBuf,
    pub(super) name: String,
    is_kept: bool,
}

impl Draft {
    /// Where a file of the upload goes, by number.
    pub(super) fn file(&self, number: usize) -> PathBuf {
        self.path.join(number.to_string())
    }

    /// Lets the names of its files reach the disk.
    pub(super) fn sync(&self) -> io::Result<()> {
        File::open(&self.path)?.sync_all()?;
        let folder = self.path.parent().map(File::open).transpose()?;
        folder.map_or(Ok(()), |folder| folder.sync_all())
    }

    /// The upload is accepted.
    pub(super) fn keep(mut self) {
        self.is_kept = true;
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.is_kept {
            // What is left here is swept when the service starts.
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}
