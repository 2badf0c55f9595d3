//! What the program writes and what it tells: reports replace reports only, a fixed paper is told of as a check tells
//! it, reviewers read no names.
#![expect(clippy::disallowed_methods, reason = "these tests write what they check, and run the program")]

#[allow(dead_code, reason = "each of these tests uses a part of what builds PDFs")]
mod support {
    pub(crate) mod paper;
    pub(crate) mod pdf;
    pub(crate) mod program;
}

use serde_json::Value;
use std::path::Path;
use support::paper::{findings, paper, split, written};
use support::pdf::Pdf;
use support::program::{dlde, project};

#[test]
fn fixing_tells_what_a_check_tells_before_and_after() {
    let pdf = paper().info("Author", "Mira Velm").info("Title", "Steps");
    let file = written("told", &pdf.bytes());
    let (folder, name) = split(&file);
    let fixed = |more: &[&str]| {
        let _ = std::fs::remove_file(folder.join("clean.pdf"));
        dlde(folder, &[&["fix", name, "-o", "clean.pdf"], more].concat())
    };
    let run = fixed(&[]);
    let answer = |file: &str| {
        let report = dlde(folder, &["check", file]);
        (report.code, report.out.lines().nth(1).unwrap_or_default().to_owned())
    };
    // The style of this paper is none that is asked, and no new file mends that.
    assert_eq!((run.code, answer(name).0), (Some(1), Some(1)));
    assert!(run.out.contains(&format!("before: {}", answer(name).1)), "{}", run.out);
    assert!(run.out.contains(&format!("after: {}", answer("clean.pdf").1)), "{}", run.out);
    assert!(run.out.contains("(Author, Title)"), "{}", run.out);
    // An accepted paper names its authors.
    assert!(run.out.contains("ANON005") && !fixed(&["--stage", "camera-ready"]).out.contains("ANON005"));
}

#[test]
fn a_report_replaces_reports_only() {
    let file = written("replaced", &paper().bytes());
    let (folder, name) = split(&file);
    let write = |target: &str, more: &[&str]| {
        dlde(folder, &[&["check", name, "-o", target], more].concat()).code == Some(2)
    };
    let who = r#"{"authors": [{"names": ["Mira Velm"]}]}"#;
    std::fs::write(folder.join("who.json"), who).expect("a folder to write to");
    std::fs::write(folder.join("data.json"), "{}").expect("a folder to write to");
    assert!(write("who.json", &["--identities", "who.json", "--format", "json"]) && write("data.json", &[]));
    assert_eq!(std::fs::read_to_string(folder.join("who.json")).ok().as_deref(), Some(who));
    // Its own reports it replaces, and a folder that is not there it makes.
    let _ = std::fs::remove_dir_all(folder.join("reports"));
    for format in ["json", "text", "json"] {
        assert!(!write("report", &["--format", format]) && !write("reports/", &["--format", format]));
    }
    assert!(folder.join("reports").is_dir());
}

#[test]
fn a_name_of_a_file_is_no_reviewers_matter() {
    let file = written("draft", &paper().bytes());
    std::fs::copy(&file, file.with_file_name("mvelm_draft.pdf")).expect("a file to write");
    for format in ["json", "text"] {
        let folder = file.parent().expect("a folder");
        let run = dlde(folder, &["check", "mvelm_draft.pdf", "--audience", "reviewer", "--format", format]);
        assert!(!run.out.contains("velm") && run.out.contains("paper.pdf"), "{}", run.out);
    }
}

#[test]
fn a_short_name_set_to_be_unseen_is_found_and_a_label_is_not() {
    let hides = |words: &str| {
        let content = format!(
            "BT /F1 10 Tf 108 640 Td (The learning rate and the loss of a step are shown here.) Tj ET\n\
             BT 3 Tr /F1 10 Tf 108 600 Td ({words}) Tj ET"
        );
        let report = checked(&written("named", &Pdf::default().painted(&content).bytes()), &[]);
        findings(&report).iter().any(|f| f["code"] == "HIDE003")
    };
    assert!(hides("Mira Velm of Northmere") && hides("Mira Velm"));
    assert!(!hides("Learning Rate") && !hides("step 4") && !hides("Loss"));
}

fn checked(file: &Path, more: &[&str]) -> Value {
    let file = file.display().to_string();
    let rules = "ANON005,ANON006,ANON007,ANON008,ANON009,ANON010,ANON011,ANON012,ANON013,ANON014,ANON015,ANON016,ANON017,ANON018,FILE005,HIDE";
    let run = dlde(&project(), &[&["check", &file, "--select", rules, "--format", "json"], more].concat());
    serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.err))
}
