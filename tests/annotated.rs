//! The paper with the findings in it: sound, the same pages, and nothing for a reviewer that names an author.
#![expect(clippy::disallowed_methods, reason = "these tests read the samples and run qpdf")]

mod support {
    pub(crate) mod tool;
}

use dlde::audience::Audience;
use dlde::check::{Asker, Selection, check_for};
use dlde::pdf::Document;
use dlde::profile::{BUILTIN, Profile, ProfileFile, Stage, Track};
use dlde::report::Look;
use dlde::{Format, Submission};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

const SAMPLES: [&str; 4] = ["over-length", "final", "clean", "long-appendix"];

fn sample(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name).join("paper.pdf");
    std::fs::read(path).expect("the sample is there")
}

fn profile() -> Profile {
    let file = ProfileFile::parse("v.toml", BUILTIN[0].1).expect("a built-in profile is sound");
    file.profile(Stage::default(), Track::default())
}

fn annotated(paper: &[u8], audience: Audience) -> Result<Vec<u8>, String> {
    let submission = Submission::single("paper.pdf".to_owned(), paper.to_vec());
    let profile = profile();
    let asker = Asker { audience, ..Asker::default() };
    let report = check_for(&submission, &profile, &Selection::default(), &asker);
    let mut out = Vec::new();
    let written = Format::Pdf.write(&report, &Look::default(), &mut out);
    written.map(|()| out).map_err(|error| error.to_string())
}

#[test]
fn the_paper_is_appended_to_and_its_pages_stay() {
    for name in SAMPLES {
        let paper = sample(name);
        let new = annotated(&paper, Audience::Author).expect("a sample can be annotated");
        assert!(new.starts_with(&paper) && new.len() > paper.len(), "{name}");
        let read = |bytes: Vec<u8>| Document::read(&Arc::new(bytes)).expect("a PDF");
        let (before, after) = (read(paper), read(new));
        let glyphs =
            |document: &Document| document.pages.iter().map(|page| page.glyphs.len()).collect::<Vec<_>>();
        assert_eq!(glyphs(&before), glyphs(&after), "{name}");
        let titles: Vec<_> = after.metadata.outline.iter().map(|entry| entry.title.clone()).collect();
        assert!(titles.iter().any(|title| title.starts_with("dlde: ")), "{name}: {titles:?}");
    }
}

#[test]
fn qpdf_has_nothing_to_say_of_it() {
    if !support::tool::is_there("qpdf", "qpdf") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    for name in SAMPLES {
        let new = annotated(&sample(name), Audience::Author).expect("a sample can be annotated");
        let path = folder.path().join(format!("{name}.pdf"));
        std::fs::write(&path, new).expect("the file is written");
        let said = Command::new("qpdf").arg("--check").arg(&path).output().expect("qpdf runs");
        let text = String::from_utf8_lossy(&said.stdout) + String::from_utf8_lossy(&said.stderr);
        assert!(said.status.success() && !text.contains("WARNING"), "{name}: {text}");
    }
}

#[test]
fn a_reviewer_gets_a_copy_only_of_a_paper_that_names_nobody() {
    let refused = annotated(&sample("final"), Audience::Reviewer).expect_err("it names its authors");
    assert!(refused.contains("may name its authors"), "{refused}");
    let paper = sample("over-length");
    let copy = annotated(&paper, Audience::Reviewer).expect("it names nobody");
    assert!(!copy.starts_with(&paper), "metadata are dropped");
}

#[test]
fn what_is_no_paper_cannot_be_annotated() {
    let refused = annotated(b"nothing", Audience::Author).expect_err("no PDF");
    assert!(refused.contains("no PDF that could be read"), "{refused}");
}
