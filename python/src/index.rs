//! Many reports at a glance, for chairs.

use crate::error::raise;
use dlde::report::index::{Entry, sum, write_csv, write_html};
use dlde::report::record::Record;
use pyo3::prelude::*;

/// Results, each a line as `dlde batch` writes it, with the file of its page where there is one: as a table, as a page
/// for a browser, and summed up in a sentence.
#[pyfunction]
pub(crate) fn index(
    py: Python<'_>,
    results: Vec<(String, Option<String>)>,
) -> PyResult<(String, String, String)> {
    let entry = |(line, page): (String, Option<String>)| {
        let gist = Record::parse(&line)?.gist();
        Some(Entry::of_gist(&gist, page, |_| false))
    };
    let entries: Option<Vec<_>> = results.into_iter().map(entry).collect();
    let broken = || raise(py, "InputError", "a result cannot be read", "remove it, and start again");
    let entries = entries.ok_or_else(broken)?;
    let (mut table, mut page) = (Vec::new(), Vec::new());
    write_csv(&entries, &mut table)?;
    write_html(&entries, &[], &mut page)?;
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Ok((text(table), text(page), sum(&entries)))
}
