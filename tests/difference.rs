//! What `--diff` tells of an earlier report: mended, new, changed, no longer determined.
#![expect(clippy::disallowed_methods, reason = "these tests run the program on the samples")]

mod support {
    pub(crate) mod program;
}

use support::program::{dlde, project};

/// Checks one sample against the report on another; the last part of what is said.
fn since(old: &str, new: &str, change: impl Fn(String) -> String) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let report = dlde(&project(), &["check", &format!("samples/{old}/paper.pdf"), "--format", "json"]).out;
    let path = folder.path().join("old.json");
    std::fs::write(&path, change(report)).expect("the report is kept");
    let path = path.to_str().expect("a path in UTF-8");
    let run = dlde(&project(), &["check", &format!("samples/{new}/paper.pdf"), "--diff", path]);
    run.out.split_once("since the earlier report:\n").map_or(run.err, |(_, told)| told.to_owned())
}

#[test]
fn what_is_no_longer_found_was_mended() {
    let told = since("over-length", "clean", |report| report);
    assert!(
        told.starts_with("  mended: page-limit-exceeded (PAGE001): the main text ends on page 5"),
        "{told}"
    );
    assert!(told.ends_with("  as before: 0 findings\n"), "{told}");
}

#[test]
fn what_was_not_found_before_is_new() {
    let told = since("clean", "over-length", |report| report);
    assert!(told.starts_with("  new: page-limit-exceeded (PAGE001): the main text ends on page 5"), "{told}");
}

#[test]
fn what_is_found_again_is_as_before() {
    assert_eq!(since("final", "final", |report| report), "  as before: 5 findings\n");
}

#[test]
fn another_finding_of_the_same_rule_has_changed() {
    let told = since("over-length", "over-length", |report| {
        let mut report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
        report["findings"][0]["fingerprint"] = "0000000000000000".into();
        report["findings"][0]["message"] = "9 lines over".into();
        report.to_string()
    });
    assert!(
        told.contains("  changed: page-limit-exceeded") && told.contains("before: 9 lines over\n"),
        "{told}"
    );
}

#[test]
fn what_cannot_be_determined_any_more_was_not_mended() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = dlde(&project(), &["check", "samples/over-length/paper.pdf", "--format", "json"]).out;
    std::fs::write(folder.path().join("old.json"), report).expect("the report is kept");
    std::fs::write(folder.path().join("paper.pdf"), "no paper").expect("a file that is none");
    let run = dlde(folder.path(), &["check", "paper.pdf", "--diff", "old.json"]);
    assert!(run.out.contains("  open: page-limit-exceeded") && !run.out.contains("mended"), "{}", run.out);
}

#[test]
fn what_is_no_report_is_refused() {
    let told = since("clean", "clean", |_| "{}".to_owned());
    assert!(told.contains("is not a JSON report of dlde"), "{told}");
}

/// The sample of one name against the report on the sample of another, in some format.
fn told_in(format: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let report = dlde(&project(), &["check", "samples/over-length/paper.pdf", "--format", "json"]).out;
    let path = folder.path().join("old.json");
    std::fs::write(&path, report).expect("the report is kept");
    let path = path.to_str().expect("a path in UTF-8");
    let run = dlde(&project(), &["check", "samples/wrong-year", "--diff", path, "--format", format]);
    if run.out.is_empty() { run.err } else { run.out }
}

#[test]
fn programs_are_told_too() {
    let told: serde_json::Value = serde_json::from_str(&told_in("json")).expect("JSON");
    let schema = serde_json::from_str(include_str!("../rules/report.schema.json")).expect("JSON");
    assert!(jsonschema::is_valid(&schema, &told), "{told}");
    let since = &told["since"];
    assert_eq!(since["mended"][0]["code"], "PAGE001", "{since}");
    assert!(since["new"].as_array().is_some_and(|new| new.contains(&told["findings"][0]["fingerprint"])));
}

#[cfg(feature = "pictures")]
#[test]
fn browsers_are_told_too() {
    let told = told_in("html");
    let section = told.split_once("Since the earlier report</h2>").expect("a section").1;
    assert!(
        section.contains("<dt>warning</dt><dd>that report is on another paper: paper.pdf, ")
            && section.contains("</dd>\n<dt>mended</dt><dd>page-limit-exceeded (PAGE001)"),
        "{section}"
    );
}

#[test]
fn formats_that_do_not_tell_refuse() {
    assert!(told_in("sarif").contains("--diff is told in the formats text, html and json"));
}

/// The report on one sample for some reader, kept under a name.
fn kept(folder: &std::path::Path, name: &str, sample: &str, audience: &str) -> String {
    let paper = format!("samples/{sample}/paper.pdf");
    let report = dlde(&project(), &["check", &paper, "--format", "json", "--audience", audience]).out;
    let path = folder.join(name);
    std::fs::write(&path, report).expect("the report is kept");
    path.to_str().expect("a path in UTF-8").to_owned()
}

#[test]
fn a_report_on_another_paper_is_told_to_be() {
    let folder = tempfile::tempdir().expect("a folder");
    let old = kept(folder.path(), "old.json", "clean", "author");
    let copy = |sample: &str, name: &str| {
        let path = folder.path().join(name);
        std::fs::copy(project().join(format!("samples/{sample}/paper.pdf")), &path).expect("a copy");
        name.to_owned()
    };
    let told = |paper: &str| dlde(folder.path(), &["check", paper, "--diff", &old]);
    let warned = told(&copy("over-length", "other.pdf")).out;
    let warned = warned.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(warned.contains("warning: that report is on another paper: paper.pdf, "), "{warned}");
    // The same bytes under another name, and other bytes under the same name, are the same paper.
    for same in [copy("clean", "renamed.pdf"), copy("over-length", "paper.pdf")] {
        let told = told(&same).out;
        assert!(!told.contains("another paper") && told.contains("as before"), "{told}");
    }
    // A report that goes to a file is not looked at by everybody.
    let run = dlde(folder.path(), &["check", "other.pdf", "--diff", &old, "-o", "new.txt"]);
    assert!(run.err.starts_with("warning: that report is on another paper: paper.pdf, "), "{}", run.err);
    let json = dlde(folder.path(), &["check", "other.pdf", "--diff", &old, "--format", "json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let warnings = json["since"]["warnings"].as_array().expect("a list");
    assert!(
        warnings.len() == 1 && warnings[0].as_str().is_some_and(|w| w.contains("another paper")),
        "{json}"
    );
}

#[test]
fn what_was_only_withheld_has_not_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let old = kept(folder.path(), "old.json", "final", "reviewer");
    let run = dlde(&project(), &["check", "samples/final/paper.pdf", "--diff", &old]);
    let (_, told) = run.out.split_once("since the earlier report:\n").expect("a comparison");
    assert!(told.contains("warning: that report was made for reviewers"), "{told}");
    assert!(!told.contains("changed:") && told.ends_with("  as before: 5 findings\n"), "{told}");
}

#[test]
fn reviewers_are_not_told_what_an_earlier_report_told_its_authors() {
    let folder = tempfile::tempdir().expect("a folder");
    let author = kept(folder.path(), "author.json", "final", "author");
    let mut report: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&author).expect("it is kept")).expect("JSON");
    report["submission"]["name"] = "velm.pdf".into();
    report["paper"]["title"] = "Another Title".into();
    for finding in report["findings"].as_array_mut().expect("findings") {
        finding["message"] = format!("velm.pdf: {}", finding["message"]).into();
    }
    std::fs::write(&author, report.to_string()).expect("it is kept");
    for (sample, formats) in [("final", ["text", "json"]), ("clean", ["text", "json"])] {
        for format in formats {
            let paper = format!("samples/{sample}/paper.pdf");
            let all = ["check", &paper, "--diff", &author, "--format", format, "--audience", "reviewer"];
            let run = dlde(&project(), &all);
            assert!(run.code != Some(2) && !run.out.contains("velm"), "{} {}", run.out, run.err);
            assert!(run.out.contains("was not made for reviewers"), "{}", run.out);
        }
    }
}

#[test]
fn a_file_that_is_no_text_is_no_report() {
    let paper = project().join("samples/clean/paper.pdf");
    let run = dlde(&project(), &["check", "samples/clean/paper.pdf", "--diff", &paper.to_string_lossy()]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("is not a JSON report of dlde"), "{}", run.err);
    assert!(run.err.contains("--format json -o old.json"), "{}", run.err);
}
