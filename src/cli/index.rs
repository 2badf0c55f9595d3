//! The index over the papers of one call, written beside their reports.

use super::failure::Failure;
use super::output::Output;
use crate::check::Report;
use crate::report::index::{Entry, write_csv};
use std::path::Path;

/// What one call has checked so far.
#[derive(Default)]
pub(super) struct Index {
    entries: Vec<Entry>,
}

impl Index {
    /// A paper that was checked; `folder` leads from here to its files, and `file` is the report on it.
    pub(super) fn add(&mut self, input: &Path, folder: &str, report: &Report<'_>, file: Option<String>) {
        self.entries.push(Entry::of(report, name(input, folder), file));
    }

    /// A paper that could not be checked; an index never passes it over, and names it to nobody who is to be blind.
    pub(super) fn add_unchecked(&mut self, input: &Path, folder: &str, is_blind: bool, why: &Failure) {
        let name = if is_blind { "paper".to_owned() } else { name(input, folder) };
        // The path as it was given may lead through folders that are no one's business.
        let why = why.to_string().replace(&input.display().to_string(), &name);
        self.entries.push(Entry::unchecked(name, why));
    }

    /// Writes both shapes of the index, where the reports go to a folder that has one.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn write(&self, output: &Output) -> Result<(), Failure> {
        let Some(folder) = output.index_folder() else { return Ok(()) };
        let failed = |cause| Failure::Write { path: folder.display().to_string(), cause };
        let mut table = Vec::new();
        write_csv(&self.entries, &mut table).map_err(failed)?;
        output.write_beside("index.csv", &table)?;
        #[cfg(feature = "pictures")]
        {
            let mut page = Vec::new();
            crate::report::index::write_html(&self.entries, &[], &mut page).map_err(failed)?;
            output.write_beside("index.html", &page)?;
        }
        Ok(())
    }
}

/// What an input is called among others: its path from here, where it lies below, else its own name.
fn name(input: &Path, folder: &str) -> String {
    match folder.strip_suffix('/') {
        Some(folder) if input.is_dir() => folder.to_owned(),
        _ => format!("{folder}{}", input.file_name().unwrap_or(input.as_os_str()).to_string_lossy()),
    }
}
