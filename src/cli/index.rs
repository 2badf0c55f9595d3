//! The index over the papers of one call, written beside their reports.

use super::failure::Failure;
use super::output::Output;
use crate::check::Report;
use crate::report::index::{Entry, write_csv};

/// What one call has checked so far.
#[derive(Default)]
pub(super) struct Index {
    entries: Vec<Entry>,
}

impl Index {
    /// A paper that was checked, under the name by which it is told from the others; `file` is the report on it.
    pub(super) fn add(&mut self, name: String, report: &Report<'_>, file: Option<String>) {
        self.entries.push(Entry::of(report, name, file));
    }

    /// A paper that could not be checked, and why; an index never passes it over.
    pub(super) fn add_unchecked(&mut self, name: String, why: String) {
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
        #[cfg(feature = "html")]
        {
            let mut page = Vec::new();
            crate::report::index::write_html(&self.entries, &[], &mut page).map_err(failed)?;
            output.write_beside("index.html", &page)?;
        }
        Ok(())
    }
}
