//! What is handed in: files of this machine, or bytes that Python has.

use crate::error::{raise, told};
use dlde::problem::ProblemKind;
use dlde::submission::{self, Origin, limits};
use pyo3::prelude::*;
use std::path::PathBuf;
use std::sync::Arc;

/// A submission with its archives closed.
#[pyclass(frozen)]
pub(crate) struct Handed(pub(crate) Arc<submission::Handed>);

#[expect(clippy::needless_pass_by_value, reason = "Python hands paths over")]
#[pymethods]
impl Handed {
    /// A file, or what lies in a folder.
    #[staticmethod]
    fn gather(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        let gathered = py.detach(|| submission::Handed::gather(&path));
        gathered.map(Self::of).map_err(|error| told(py, "InputError", &error))
    }

    /// Files that are there already: names and bytes, each with how it came to be here.
    #[staticmethod]
    fn pack(
        py: Python<'_>,
        name: String,
        is_folder: bool,
        files: Vec<(String, Vec<u8>, String)>,
    ) -> PyResult<Self> {
        let mut handed = submission::Handed { name, is_folder, ..submission::Handed::default() };
        for (name, bytes, role) in files {
            add(&mut handed, name, bytes, origin(py, &role)?);
        }
        Ok(Self::of(handed))
    }

    /// With a file, or what lies in a folder, that goes with the paper.
    fn with_path(&self, py: Python<'_>, path: PathBuf, role: &str) -> PyResult<Self> {
        let (handed, origin) = (self.0.as_ref().clone(), origin(py, role)?);
        let gathered = py.detach(|| handed.with(&path, origin));
        gathered.map(Self::of).map_err(|error| told(py, "InputError", &error))
    }

    /// With a file that goes with the paper.
    fn with_bytes(&self, py: Python<'_>, name: String, bytes: Vec<u8>, role: &str) -> PyResult<Self> {
        let mut handed = self.0.as_ref().clone();
        add(&mut handed, name, bytes, origin(py, role)?);
        Ok(Self::of(handed))
    }
}

impl Handed {
    fn of(handed: submission::Handed) -> Self {
        Self(Arc::new(handed))
    }
}

/// Adds a file within the limits of submissions; one that is larger is told, and leaves open what rests on it.
fn add(handed: &mut submission::Handed, name: String, bytes: Vec<u8>, origin: Origin) {
    let before: u64 = handed.files.iter().map(|file| file.bytes.len() as u64).sum();
    if before + bytes.len() as u64 > limits::MAX_BYTES {
        let why = format!("is more than the {} MB that are read; make it smaller", limits::MAX_BYTES >> 20);
        handed.add_unread(name, origin, ProblemKind::TooComplex, why);
    } else {
        handed.add(name, bytes, origin);
    }
}

fn origin(py: Python<'_>, role: &str) -> PyResult<Origin> {
    match role {
        "input" => Ok(Origin::Input),
        "source" => Ok(Origin::Source),
        "supplement" => Ok(Origin::Supplement),
        _ => Err(raise(py, "ChoiceError", "unknown role", "known: input, source, supplement")),
    }
}
