//! An anonymous paper of one page, files to write papers to, and what a report found in them.
#![allow(dead_code, reason = "each test uses a part of this")]

use super::pdf::Pdf;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// One page of an anonymous paper.
pub(crate) fn paper() -> Pdf {
    Pdf::default().page([
        (240.0, 690.0, "On the Steps of Stiff Systems"),
        (260.0, 650.0, "Anonymous Author(s)"),
        (290.0, 610.0, "Abstract"),
        (108.0, 590.0, "We study how long a step may be when a system is stiff, and give a bound on it."),
        (108.0, 550.0, "1 Introduction"),
        (108.0, 530.0, "The code of our experiments is available for readers of this paper."),
    ])
}

/// Writes a paper to a folder of its own, and tells where it is.
pub(crate) fn written(name: &str, bytes: &[u8]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join(env!("CARGO_CRATE_NAME"))
        .join(format!("{name}_{}", line_of_thread()));
    std::fs::create_dir_all(&folder).expect("a folder to write to");
    std::fs::write(folder.join("paper.pdf"), bytes).expect("a file to write");
    folder.join("paper.pdf")
}

/// The folder of a file, and its name.
pub(crate) fn split(file: &Path) -> (&Path, &str) {
    let name = file.file_name().and_then(|n| n.to_str()).expect("a name");
    (file.parent().expect("a folder"), name)
}

/// What a report found.
pub(crate) fn findings(report: &Value) -> Vec<Value> {
    report["findings"].as_array().expect("findings").clone()
}

/// Tests run side by side: each has folders of its own.
fn line_of_thread() -> String {
    std::thread::current().name().unwrap_or("one").replace("::", "_")
}
