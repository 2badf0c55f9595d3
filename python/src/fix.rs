//! The paper, or its sources, anew without what no page shows.

use crate::error::raise;
use crate::handed::Handed;
use crate::orders::Orders;
use crate::room::with_room;
use dlde::fix::{Extent, FixedTree, fix_tree};
use dlde::profile::Profile;
use dlde::submission::{self, Kind, pack};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

/// The new bytes; what was done, what was left out and what was left alone, each a line.
type Fixed<'py> = (Bound<'py, PyBytes>, Vec<String>, Vec<String>, Vec<String>);
type Lines = Vec<String>;

/// Writes a PDF anew, or the files of a folder or an archive as a zip.
#[pyfunction]
pub(crate) fn fix<'py>(
    py: Python<'py>,
    orders: &Orders,
    handed: &Handed,
    attachments: bool,
    doubtful: bool,
) -> PyResult<Fixed<'py>> {
    let failed = |why: &str| raise(py, "FixError", why, "the paper is as it was");
    let profile = orders.profile().ok_or_else(|| failed("its venue cannot be read"))?;
    let handed = handed.0.as_ref().clone();
    let extent = Extent { attachments, doubtful };
    let done = py.detach(|| with_room(|| anew(handed, &profile, extent)));
    let (bytes, done, left_out, untouched) = done.map_err(|why| failed(&why))?;
    Ok((PyBytes::new(py, &bytes), done, left_out, untouched))
}

fn anew(
    handed: submission::Handed,
    profile: &Profile,
    extent: Extent,
) -> Result<(Vec<u8>, Lines, Lines, Lines), String> {
    let is_folder = handed.is_folder;
    let submission = handed.opened();
    let named = |why: String| format!("{} {why}", submission.name);
    let paper = submission.paper.and_then(|id| submission.file(id)).filter(|file| file.kind == Kind::Pdf);
    let is_archive = submission.files.first().is_some_and(|file| file.kind == Kind::Archive);
    if let Some(paper) = paper.filter(|_| !is_archive && !is_folder) {
        let fixed = dlde::fix(&paper.bytes, extent.attachments).map_err(named)?;
        return Ok((fixed.bytes, fixed.dropped, Vec::new(), Vec::new()));
    }
    if !is_archive && !is_folder {
        return Err(named(
            "is no PDF, folder or archive; name the PDF, or the folder of its sources".to_owned(),
        ));
    }
    let FixedTree { files, mut left_out, mut unread, untouched } =
        fix_tree(&submission, profile, extent).map_err(named)?;
    left_out.append(&mut unread);
    let bytes = pack(files.iter().map(|file| (file.name.as_str(), file.after.as_slice())))
        .map_err(|why| named(format!("cannot be packed anew: {why}")))?;
    let done = files.iter().filter(|file| !file.done.is_empty());
    let done = done.map(|file| format!("{}: {}", file.name, file.done.join(", "))).collect();
    let lines =
        |all: Vec<(String, String)>| all.into_iter().map(|(name, why)| format!("{name}: {why}")).collect();
    Ok((bytes, done, lines(left_out), lines(untouched)))
}
