//! Where reports go: the format that is taken where none is named, and what one stream can hold.
#![expect(clippy::disallowed_methods, reason = "these tests run the program and read what it wrote")]

mod support {
    pub(crate) mod program;
}

use std::process::Command;
use support::program::{dlde, project};

const PAPER: &str = "samples/over-length/paper.pdf";
const OTHER: &str = "samples/final/paper.pdf";

/// What is printed in a job of GitHub Actions.
fn in_a_job(args: &[&str]) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_dlde"));
    let done = program.args(args).current_dir(project()).env("GITHUB_ACTIONS", "true").output();
    String::from_utf8(done.expect("the program starts").stdout).expect("UTF-8")
}

#[test]
fn a_job_of_github_actions_is_told_in_its_own_commands() {
    let told = in_a_job(&["check", PAPER]);
    assert!(
        told.starts_with(&format!("::error file={PAPER},title=page-limit-exceeded (PAGE001)::")),
        "{told}"
    );
}

#[test]
fn a_format_that_is_named_wins_over_the_job() {
    assert!(in_a_job(&["check", PAPER, "--format", "text"]).starts_with("paper.pdf: dlde-2023"));
}

#[test]
fn one_stream_holds_one_document() {
    for format in ["sarif", "junit", "html", "pdf"] {
        let run = dlde(&project(), &["check", PAPER, OTHER, "--format", format]);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{format}");
        assert!(run.err.contains("create a directory, and name it with -o"), "{}", run.err);
    }
}

#[test]
fn a_table_of_several_papers_has_its_heads_once() {
    let run = dlde(&project(), &["check", PAPER, OTHER, "--format", "csv"]);
    assert_eq!(run.out.matches("submission,venue,kind").count(), 1, "{}", run.out);
    assert_eq!(run.out.matches(",paper,fail,").count(), 2, "{}", run.out);
}

#[test]
fn a_report_that_is_a_pdf_replaces_no_pdf() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("there.pdf");
    std::fs::write(&path, "mine").expect("a file");
    let path = path.to_str().expect("a path in UTF-8");
    let run = dlde(&project(), &["check", PAPER, "--format", "pdf", "-o", path]);
    assert_eq!(run.code, Some(2), "{}", run.err);
    assert_eq!(std::fs::read(path).expect("it is there"), b"mine");
}

#[test]
fn a_page_for_a_browser_shows_every_page_of_the_paper() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("report.html");
    let shown = path.to_str().expect("a path in UTF-8");
    let run = dlde(&project(), &["check", PAPER, "--format", "html", "-o", shown]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    let page = std::fs::read_to_string(&path).expect("it is written");
    assert_eq!(page.matches("data:image/png;base64,iVBOR").count(), 5);
    let run = dlde(&project(), &["check", PAPER, "--format", "html", "--audience", "reviewer"]);
    assert!(!run.out.contains("data:image"), "a reviewer is shown no page");
}

#[test]
fn several_papers_have_an_index_that_passes_none_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let shown = folder.path().to_str().expect("a path in UTF-8");
    let inputs = [PAPER, OTHER, "samples/clean", "samples/gone.pdf"];
    let run = dlde(&project(), &[&["check"], &inputs[..], &["--format", "html", "-o", shown]].concat());
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{}", run.err);
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect(name);
    let (page, table) = (read("index.html"), read("index.csv"));
    assert!(
        page.contains("<title>4 papers: 2 would be turned away, 1 not checked, 1 may be submitted</title>")
    );
    for (input, (outcome, report)) in inputs.iter().zip([
        ("fail", "paper.html"),
        ("fail", "paper-2.html"),
        ("pass", "clean.html"),
        ("not-checked", ""),
    ]) {
        let row = table.lines().find(|row| row.starts_with(input)).expect(input);
        assert!(
            row.contains(&format!(",{outcome},")) && row.trim_end().ends_with(&format!(",{report}")),
            "{row}"
        );
        assert!(report.is_empty() || read(report).contains("<h1>"), "{report}");
        assert!(
            page.contains(&format!("<tr data-answer=\"{outcome}\"><th scope=\"row\" data-key=\"{input}\">"))
        );
    }
}

#[test]
fn a_paper_called_index_keeps_its_report() {
    let folder = tempfile::tempdir().expect("a folder");
    let paper = folder.path().join("index.pdf");
    std::fs::copy(project().join(PAPER), &paper).expect("a copy");
    let [shown, paper] = [folder.path(), &paper].map(|path| path.to_str().expect("a path in UTF-8"));
    let run = dlde(&project(), &["check", paper, OTHER, "--format", "html", "-o", shown]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    let page = std::fs::read_to_string(folder.path().join("index.html")).expect("it is written");
    assert!(
        page.contains("href=\"./index-2.html\"") && folder.path().join("index-2.html").exists(),
        "{page}"
    );
}

#[test]
fn a_page_that_is_seen_small_only_is_drawn_small() {
    let paper = std::sync::Arc::new(std::fs::read(project().join(PAPER)).expect("a sample"));
    let mut widths = Vec::new();
    // Source: PNG, third edition, section 11.2.2: the width is told in bytes 16 to 20.
    let width = |png: &[u8]| u32::from_be_bytes(png[16..20].try_into().expect("four bytes"));
    dlde::pdf::draw(&paper, &[2].into(), |picture| widths.push((picture.width as u32, width(&picture.png))));
    assert_eq!(widths, [(612, 306), (612, 612), (612, 306), (612, 306), (612, 306)]);
}

#[test]
fn an_index_names_no_folder_outside() {
    let folder = tempfile::tempdir().expect("a folder");
    let shown = folder.path().to_str().expect("a path in UTF-8");
    let gone = format!("{shown}/gone.pdf");
    let run = dlde(&project(), &["check", PAPER, &gone, "--format", "html", "-o", shown]);
    assert_eq!(run.code, Some(2), "{}", run.err);
    let table = std::fs::read_to_string(folder.path().join("index.csv")).expect("it is written");
    assert!(table.contains("\r\ngone.pdf,") && !table.contains(shown), "{table}");
}

/// Four papers whose names are names of people: two that are read, one that is broken, one that is not there.
fn people() -> (tempfile::TempDir, [&'static str; 4]) {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["velmqua.pdf", "quistelm-notes.pdf"] {
        std::fs::copy(project().join(PAPER), folder.path().join(name)).expect("a paper");
    }
    std::fs::write(folder.path().join("orrelin.pdf"), "%PDF-1.5 broken").expect("a broken paper");
    (folder, ["velmqua.pdf", "quistelm-notes.pdf", "orrelin.pdf", "lundgrav.pdf"])
}

#[test]
fn reviewers_tell_papers_apart_by_their_order_and_read_no_name_of_an_input() {
    let (folder, inputs) = people();
    for (format, ending) in [
        ("text", "txt"),
        ("json", "json"),
        ("sarif", "sarif"),
        ("junit", "xml"),
        ("github", "txt"),
        ("markdown", "md"),
        ("csv", "csv"),
        ("html", "html"),
    ] {
        let reports = format!("{format}/");
        let options = ["--audience", "reviewer", "--format", format, "-o", &reports];
        let run = dlde(folder.path(), &[&["check"], &inputs[..], &options[..]].concat());
        assert_eq!(run.code, Some(2), "{}", run.err);
        let written = std::fs::read_dir(folder.path().join(format)).expect("reports");
        let mut names: Vec<String> = Vec::new();
        for file in written.map(|file| file.expect("a report").path()) {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let told = std::fs::read_to_string(&file).expect("text") + &name + &run.err;
            for secret in ["velmqua", "quistelm", "orrelin.pdf", "lundgrav"] {
                assert!(!told.to_lowercase().contains(secret), "{name} tells {secret}");
            }
            names.push(name);
        }
        names.sort();
        let index = if format == "html" { &["index.csv", "index.html"][..] } else { &[] };
        let papers = [1, 2, 3].map(|number| format!("paper-{number}.{ending}"));
        assert_eq!(names, index.iter().map(|name| (*name).to_owned()).chain(papers).collect::<Vec<_>>());
        assert!(run.err.contains("paper-4.pdf: there is no such file"), "{}", run.err);
    }
    let table = std::fs::read_to_string(folder.path().join("html/index.csv")).expect("an index");
    let first = |row: &str| row.split(',').next().unwrap_or_default().to_owned();
    let rows: Vec<_> = table.lines().skip(1).map(first).collect();
    assert_eq!(rows, ["paper-1.pdf", "paper-2.pdf", "paper-3.pdf", "paper-4.pdf"]);
}

#[test]
fn reviewers_are_not_told_the_names_of_what_goes_with_a_paper() {
    let (folder, _) = people();
    let told = |args: &[&str]| {
        let run = dlde(folder.path(), &[&["check", "velmqua.pdf", "--audience", "reviewer"], args].concat());
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{}", run.err);
        run.err
    };
    assert!(told(&["--supplement", "lund-code.zip"]).contains("a supplement: there is no such file"));
    assert!(told(&["--source", "lund/"]).contains("the sources: there is no such file"));
    std::fs::write(folder.path().join("dlde.toml"), "venue = 'dlde-1999'").expect("settings");
    let unknown = told(&[]);
    assert!(unknown.contains("there is no venue `dlde-1999`, which dlde.toml names"), "{unknown}");
    std::fs::write(folder.path().join("dlde.toml"), "venu = 'dlde-2023'").expect("settings");
    let broken = told(&[]);
    let temporary = folder.path().to_string_lossy().into_owned();
    assert!(broken.contains("dlde.toml: ") && broken.contains("venu"), "{broken}");
    assert!(!broken.contains("velmqua") && !broken.contains(&temporary), "{broken}");
}

#[test]
fn a_copy_that_would_name_the_authors_is_refused_for_what_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("review.pdf");
    let path = path.to_str().expect("a path in UTF-8");
    let run = dlde(&project(), &["check", OTHER, "--audience", "reviewer", "--format", "pdf", "-o", path]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("may name its authors, and a copy of it would too"), "{}", run.err);
    assert!(run.err.contains("`--format html` tell what was"), "{}", run.err);
    assert!(!run.err.contains("room") && !std::path::Path::new(path).exists(), "{}", run.err);
}
