//! The venues and rules that the library carries.

use dlde::RULES;
use dlde::profile::{BUILTIN, ProfileFile, Stage, Track};
use pyo3::prelude::*;

/// The venues, newest first: id, name, address, and the text of the file.
#[pyfunction]
pub(crate) fn venues() -> Vec<(String, String, String, String)> {
    let one = |(id, text): &(&str, &str)| {
        let profile = ProfileFile::parse(id, text).ok()?.profile(Stage::default(), Track::default());
        Some((profile.id, profile.name, profile.url, (*text).to_owned()))
    };
    BUILTIN.iter().filter_map(one).collect()
}

/// The rules, in order of code: code, name, severity, what is checked, why, and what to do.
#[pyfunction]
pub(crate) fn rules() -> Vec<(&'static str, &'static str, &'static str, String, String, String)> {
    let one = |rule: &&dlde::rule::Rule| {
        let [what, why, remedy] =
            ["What it checks", "Why it matters", "What to do"].map(|heading| rule.section(heading));
        (rule.code, rule.name, rule.severity.id(), what, why, remedy)
    };
    RULES.iter().map(one).collect()
}
