//! Errors as Python has them: `dlde.errors` names them, each with its remedy.

use miette::Diagnostic;
use pyo3::prelude::*;

/// An error of the class `kind` in `dlde.errors`.
pub(crate) fn raise(py: Python<'_>, kind: &str, message: &str, remedy: &str) -> PyErr {
    let class = py.import("dlde.errors").and_then(|errors| errors.getattr(kind));
    match class.and_then(|class| class.call1((message, remedy))) {
        Ok(error) => PyErr::from_value(error),
        Err(other) => other,
    }
}

/// An error of the library, with what it advises.
pub(crate) fn told(py: Python<'_>, kind: &str, error: &impl Diagnostic) -> PyErr {
    let help = error.help().map(|help| help.to_string()).unwrap_or_default();
    raise(py, kind, &error.to_string(), &help)
}
