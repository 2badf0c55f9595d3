//! The samples, checked as a user checks them: exit code, rules, and every word of the report.
//!
//! `UPDATE=1 cargo test --test samples` writes `samples/*/report.txt`, and the report in `README.md`, anew.
#![expect(clippy::disallowed_methods, reason = "these tests read the samples and run the program")]

mod support {
    pub(crate) mod program;
}

use support::program::{Run, dlde, project};

/// What is expected of one sample.
struct Sample {
    folder: &'static str,
    venue: &'static str,
    stage: &'static str,
    verdict: &'static str,
    /// Codes of the errors, in order.
    errors: &'static [&'static str],
    /// Lines over the limit.
    lines_over: u32,
}

const fn submission(folder: &'static str, verdict: &'static str, errors: &'static [&'static str]) -> Sample {
    Sample { folder, venue: "dlde-2023", stage: "submission", verdict, errors, lines_over: 0 }
}

/// Every sample; the first one of a folder is the one whose report is kept in it.
const SAMPLES: &[Sample] = &[
    submission("acknowledgements", "fail", &["ANON004", "ANON031"]),
    submission("clean", "pass", &[]),
    Sample { stage: "camera-ready", ..submission("final", "pass", &[]) },
    submission("final", "fail", &["ANON001", "ANON002", "ANON004", "ANON031", "STYL003"]),
    submission("long-appendix", "pass", &[]),
    submission("named-authors", "fail", &["ANON001", "ANON002"]),
    Sample { lines_over: 2, ..submission("over-length", "fail", &["PAGE001"]) },
    submission("wrong-year", "fail", &["STYL002"]),
    Sample { venue: "dlde-2022", ..submission("wrong-year", "pass", &[]) },
];

#[test]
fn every_sample_is_judged_as_its_story_says() {
    for sample in SAMPLES {
        let run = check(sample, &["--format", "json"]);
        let report: serde_json::Value = serde_json::from_str(&run.out).expect("the report is JSON");
        let findings = report["findings"].as_array().expect("findings");
        let errors: Vec<_> =
            findings.iter().filter(|f| f["severity"] == "error").map(|f| f["code"].clone()).collect();
        let code = if sample.verdict == "fail" { 1 } else { 0 };
        let (folder, stage) = (sample.folder, sample.stage);
        assert_eq!(report["verdict"], sample.verdict, "{folder} as {stage}");
        assert_eq!(errors, sample.errors, "{folder} as {stage}");
        assert_eq!(report["paper"]["main_text"]["lines_over"], sample.lines_over, "{folder} as {stage}");
        let warnings = findings.iter().filter(|f| f["severity"] == "warning").count();
        assert_eq!(warnings, 0, "{folder} as {stage}");
        assert_eq!(run.code, Some(code), "{folder} as {stage}: {}", run.err);
    }
}

#[test]
fn every_report_is_the_one_that_is_kept_beside_the_paper() {
    for folder in folders() {
        let sample = SAMPLES.iter().find(|s| s.folder == folder);
        let sample = sample.unwrap_or_else(|| panic!("samples/{folder} is not in the table of this test"));
        is_kept(&format!("samples/{folder}/report.txt"), |_| check(sample, &[]).out);
    }
}

#[test]
fn the_picture_in_the_readme_is_what_the_program_prints() {
    let command = "$ dlde check samples/over-length/paper.pdf\n";
    let run = dlde(&project(), &["check", "samples/over-length/paper.pdf"]);
    is_kept("README.md", |page| {
        let (before, rest) = page.split_once(command).expect("README.md shows the command");
        let (_, after) = rest.split_once("```").expect("README.md ends the picture");
        format!("{before}{command}{}```{after}", run.out)
    });
}

#[test]
fn there_are_samples_for_six_stories_and_the_table_knows_no_others() {
    let folders = folders();
    assert!(folders.len() >= 6, "{folders:?}");
    for sample in SAMPLES {
        assert!(folders.iter().any(|folder| folder == sample.folder), "samples/{} is gone", sample.folder);
    }
}

/// Checks a sample; line one of the report says which venue was named.
fn check(sample: &Sample, more: &[&str]) -> Run {
    let paper = format!("samples/{}/paper.pdf", sample.folder);
    let named = ["check", &paper, "--venue", sample.venue, "--stage", sample.stage];
    dlde(&project(), &[&named, more].concat())
}

/// The folders of `samples/` that hold a paper, in order.
fn folders() -> Vec<String> {
    let entries = std::fs::read_dir(project().join("samples")).expect("samples/ can be listed");
    let with_paper = entries.filter_map(Result::ok).filter(|e| e.path().join("paper.pdf").is_file());
    let mut names: Vec<_> = with_paper.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Compares a file with what is made from it, or writes it anew where `UPDATE` is set.
fn is_kept(path: &str, made: impl FnOnce(&str) -> String) {
    let full = project().join(path);
    let kept = std::fs::read_to_string(&full).unwrap_or_default();
    let made = made(&kept);
    if std::env::var("UPDATE").is_ok() {
        std::fs::write(&full, made).expect("the file can be written");
    } else {
        let how = "run `UPDATE=1 cargo test --test samples` and read the difference";
        assert!(kept == made, "{path} is stale ({how}); now it would be:\n{made}");
    }
}
