//! Bad input: the right exit code, the file and the remedy named, never a panic and never a pass.
#![expect(clippy::disallowed_methods, reason = "these tests write what they check, and run the program")]

#[allow(dead_code, reason = "each of these tests uses a part of what builds PDFs")]
mod support {
    pub(crate) mod pdf;
    pub(crate) mod program;
}

use std::path::{Path, PathBuf};
use support::pdf::Pdf;
use support::program::{Run, dlde, project};

#[test]
fn a_file_that_is_no_pdf_is_named_with_the_remedy() {
    let folder =
        folder("no_pdf", &[("paper.pdf", b"Dear chairs, please find our paper attached."), ("a.tex", b"x")]);
    leaves_open(&folder, "paper.pdf", &["paper.pdf", "is not a PDF", "name the PDF of the paper"]);
    leaves_open(&folder, "a.tex", &["a.tex", "is a LaTeX source", "name the main source"]);
}

#[test]
fn an_empty_file_is_named_with_the_remedy() {
    let folder = folder("empty", &[("paper.pdf", b"")]);
    leaves_open(&folder, "paper.pdf", &["paper.pdf", "is empty", "build or download the paper again"]);
}

#[test]
fn an_archive_is_named_with_the_remedy() {
    let folder = folder("archive", &[("paper.zip", b"PK\x03\x04")]);
    leaves_open(&folder, "paper.zip", &["paper.zip", "is an archive", "name the paper's PDF"]);
}

#[test]
fn a_paper_that_breaks_off_is_named_with_the_remedy() {
    let whole = std::fs::read(project().join("samples/clean/paper.pdf")).expect("the clean sample");
    for tenths in [1, 5, 9] {
        let folder = folder("broken_off", &[("paper.pdf", &whole[..whole.len() / 10 * tenths])]);
        leaves_open(&folder, "paper.pdf", &["paper.pdf", "unreadable-file (FILE001)", "again"]);
    }
}

#[test]
fn a_pdf_without_pages_is_named_with_the_remedy() {
    let folder = folder("no_pages", &[("paper.pdf", &Pdf::default().bytes())]);
    leaves_open(&folder, "paper.pdf", &["paper.pdf", "has no pages", "build or download it again"]);
}

#[test]
fn a_locked_pdf_is_named_with_the_remedy() {
    let locked = prose().locked().bytes();
    let folder = folder("locked", &[("paper.pdf", &locked)]);
    let remedy = "save it without one";
    leaves_open(
        &folder,
        "paper.pdf",
        &["paper.pdf", "encrypted-file (FILE002)", "asks for a password", remedy],
    );
}

#[test]
fn pages_that_are_pictures_leave_open_what_rests_on_them() {
    let folder = folder("scanned", &[("paper.pdf", &Pdf::default().picture().picture().bytes())]);
    let said = ["page-without-text (FILE003)", "pages 1 to 2 are pictures", "Build the page from its source"];
    leaves_open(&folder, "paper.pdf", &said);
}

#[test]
fn a_page_without_main_text_is_no_short_paper() {
    let folder = folder("no_main_text", &[("paper.pdf", &Pdf::default().page([]).bytes())]);
    let run = dlde(&folder, &["check", "paper.pdf", "--select", "PAGE001"]);
    assert_eq!(run.code, Some(3), "{}", run.out);
    says(&run.out, &["page-limit-exceeded (PAGE001)", "no main text"]);
}

#[test]
fn a_directory_without_a_paper_says_so() {
    let folder = folder("no_paper", &[("paper/notes.txt", b"to be written")]);
    leaves_open(
        &folder,
        "paper",
        &["missing-paper (FILE004)", "no PDF is in this directory", "name its PDF"],
    );
}

#[test]
fn a_directory_with_two_papers_lists_both() {
    let paper = prose().bytes();
    let folder = folder("two_papers", &[("both/a.pdf", &paper), ("both/b.pdf", &paper)]);
    leaves_open(&folder, "both", &["missing-paper (FILE004)", "a.pdf, b.pdf", "name one of them"]);
}

#[test]
fn a_directory_with_one_paper_is_that_paper_and_lists_the_rest() {
    let folder = folder("one_paper", &[("one/paper.pdf", &prose().bytes()), ("one/data.bin", b"\0\x01")]);
    let run = dlde(&folder, &["check", "one"]);
    assert!(run.out.contains("data.bin: not checked"), "{}", run.out);
}

#[test]
fn a_path_that_leads_nowhere_fails_without_a_report() {
    let folder = folder("nowhere", &[]);
    fails(&dlde(&folder, &["check", "paper.pdf"]), &["paper.pdf", "no such file", "check the spelling"]);
}

#[test]
fn a_venue_that_nobody_knows_fails_without_a_report() {
    let folder = folder("unknown_venue", &[("paper.pdf", &prose().bytes())]);
    let run = dlde(&folder, &["check", "paper.pdf", "--venue", "dlde-2032"]);
    fails(&run, &["dlde-2032", "did you mean `dlde-2023`?"]);
}

#[test]
fn a_broken_venue_fails_without_a_report() {
    let folder = folder("broken_venue", &[("paper.pdf", &prose().bytes()), ("v.toml", b"[venue\nid = 1\n")]);
    let run = dlde(&folder, &["check", "paper.pdf", "--venue", "v.toml"]);
    fails(&run, &["v.toml", "not TOML", "mend the file"]);
}

#[test]
fn one_bad_file_loses_no_other_papers_report() {
    let folder = folder("several", &[("a.pdf", b""), ("b.pdf", &prose().bytes())]);
    let run = dlde(&folder, &["check", "missing.pdf", "a.pdf", "b.pdf", "--format", "json"]);
    assert_eq!(run.code, Some(2), "the worst decides");
    assert_eq!(run.out.lines().count(), 2, "one object a paper: {}", run.out);
}

#[test]
fn an_author_in_the_properties_is_found_in_a_file_of_one_page() {
    let named = prose().info("Author", "Ada Lovelace (London)").bytes();
    let folder = folder("info", &[("paper.pdf", &named)]);
    let run = dlde(&folder, &["check", "paper.pdf", "--select", "ANON005"]);
    assert_eq!(run.code, Some(1), "{}", run.out);
    assert!(run.out.contains("Ada Lovelace (London)"), "{}", run.out);
}

/// A page of prose, and nothing else of a paper.
fn prose() -> Pdf {
    let line = "We study how neural networks and differential equations inform each other";
    Pdf::default().page((0..40).map(|i| (108.0, 700.0 - 12.0 * f64::from(i), line)))
}

/// Checks an input for the default venue: nothing is decided, and the report says these things.
fn leaves_open(folder: &Path, input: &str, said: &[&str]) {
    let run = dlde(folder, &["check", input]);
    assert_eq!(run.code, Some(3), "{}{}", run.out, run.err);
    says(&run.out, said);
    assert!(!run.err.contains("panicked"), "{}", run.err);
    let json = dlde(folder, &["check", input, "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&json.out).expect("the report is JSON");
    assert_eq!((json.code, &report["verdict"]), (Some(3), &"undetermined".into()));
}

/// The tool could not do its job: it says these things, and there is no report.
fn fails(run: &Run, said: &[&str]) {
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{}", run.err);
    says(&run.err, said);
    assert!(!run.err.contains("panicked"), "{}", run.err);
}

/// Lines may break anywhere between words.
fn says(text: &str, said: &[&str]) {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in said {
        assert!(flat.contains(words), "{words:?} is not in:\n{text}");
    }
}

/// A new directory with these files.
fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("inputs").join(name);
    // What an earlier run left behind.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join(".git")).expect("the directory can be made");
    for (path, bytes) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("within the folder"))
            .expect("the directory can be made");
        std::fs::write(path, bytes).expect("the file can be written");
    }
    folder
}
