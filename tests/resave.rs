//! A file saved anew by qpdf: linearised, with or without object streams, compressed or not. The paper is the same.
#![expect(clippy::disallowed_methods, reason = "these tests run programs on the samples")]

mod support {
    pub(crate) mod program;
    pub(crate) mod tool;
}

use serde_json::Value;
use std::path::Path;
use std::process::Command;
use support::program::{dlde, project};
use support::tool::is_there;

/// Ways to write the same objects.
const WAYS: &[&[&str]] = &[
    &["--linearize"],
    &["--object-streams=generate"],
    &["--object-streams=disable"],
    &["--qdf", "--object-streams=disable"],
    &["--stream-data=uncompress"],
    &["--linearize", "--object-streams=generate", "--recompress-flate"],
];

#[test]
fn a_file_saved_anew_gets_the_same_report() {
    if !is_there("qpdf", "qpdf") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    for sample in ["clean", "over-length", "final", "long-appendix"] {
        let original = project().join("samples").join(sample);
        let before = reports(&original);
        for way in WAYS {
            let saved = Command::new("qpdf")
                .args(*way)
                .arg(original.join("paper.pdf"))
                .arg(folder.path().join("paper.pdf"))
                .status()
                .expect("qpdf starts");
            assert!(saved.success(), "{sample}: qpdf {way:?}");
            assert_eq!(before, reports(folder.path()), "{sample} saved by qpdf {way:?}");
        }
    }
}

/// The report in words and as JSON, without the size and the hash of the file.
fn reports(folder: &Path) -> (String, Value) {
    let text = dlde(folder, &["check", "paper.pdf"]).out;
    let json = dlde(folder, &["check", "paper.pdf", "--format", "json"]).out;
    let mut report: Value = serde_json::from_str(&json).expect("the report is JSON");
    report["submission"]["files"].take();
    (text, report)
}
