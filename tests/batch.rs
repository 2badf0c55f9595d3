//! Many papers at once: one result for each, whatever one of them does or whoever ends the run.
#![expect(clippy::disallowed_methods, reason = "these tests run the program and read what it wrote")]

mod support {
    pub(crate) mod pdf;
    pub(crate) mod program;
}

use serde_json::Value;
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use support::pdf::Pdf;
use support::program::{Run, dlde, project};
use tempfile::TempDir;

/// A PDF of one page that says its number.
fn paper(number: usize) -> Vec<u8> {
    Pdf::default().page([(108.0, 700.0, format!("Paper number {number}").as_str())]).bytes()
}

/// A folder `in` with so many papers, `000.pdf` and so on.
fn papers(number: usize) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("in")).expect("a folder");
    for number in 0..number {
        write(folder.path(), &format!("in/{number:03}.pdf"), &paper(number));
    }
    folder
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    std::fs::write(folder.join(name), bytes).expect("a file");
}

fn batch(folder: &Path, args: &[&str]) -> Run {
    dlde(folder, &[&["batch"], args].concat())
}

fn lines(folder: &Path, name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(folder.join(name)).expect("results");
    text.lines().map(str::to_owned).collect()
}

fn records(folder: &Path, name: &str) -> Vec<Value> {
    let mut all: Vec<Value> =
        lines(folder, name).iter().map(|line| serde_json::from_str(line).expect("a record")).collect();
    all.sort_by_key(|record| record["id"].to_string());
    all
}

fn ids(folder: &Path, name: &str) -> Vec<String> {
    records(folder, name).iter().map(|record| record["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn every_paper_has_the_report_that_a_check_gives() {
    let folder = papers(3);
    write(folder.path(), "in/torn.pdf", b"%PDF-1.5 torn");
    std::fs::create_dir(folder.path().join("in/tree")).expect("a folder");
    write(folder.path(), "in/tree/main.tex", b"\\documentclass{article}\\begin{document}x\\end{document}");
    write(folder.path(), "in/list.csv", b"not a paper");
    let run = batch(folder.path(), &["in", "--out", "r.jsonl"]);
    assert_eq!((run.code, run.out.as_str()), (Some(1), ""), "{}", run.err);
    let records = records(folder.path(), "r.jsonl");
    assert_eq!(records.len(), 5);
    for (record, input) in records.iter().zip(["000.pdf", "001.pdf", "002.pdf", "torn.pdf", "tree"]) {
        let path = format!("in/{input}");
        let args = ["check", &path, "--format", "json", "--audience", "chair"];
        let alone: Value = serde_json::from_str(&dlde(folder.path(), &args).out).expect("a report");
        assert_eq!(record["report"], alone, "{input}");
        let expected = if input.starts_with('0') { "ok" } else { "unreadable" };
        assert_eq!(record["status"], expected, "{input}");
    }
}

#[test]
fn a_run_that_is_killed_goes_on_where_it_was() {
    const PAPERS: usize = 300;
    let folder = papers(PAPERS);
    let whole = batch(folder.path(), &["in", "--out", "whole.jsonl"]);
    assert_eq!(whole.code, Some(1), "{}", whole.err);
    let whole_line = lines(folder.path(), "whole.jsonl")[0].len() as u64;
    let results = folder.path().join("killed.jsonl");
    let mut run = Command::new(env!("CARGO_BIN_EXE_dlde"))
        .args(["batch", "in", "--out", "killed.jsonl"])
        .current_dir(folder.path())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let size = || std::fs::metadata(&results).map_or(0, |about| about.len());
    let end = Instant::now() + Duration::from_secs(60);
    while size() < 10 * whole_line && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(1));
    }
    run.kill().expect("kill -9");
    run.wait().expect("it has ended");
    let before = lines(folder.path(), "killed.jsonl").len();
    assert!((1..PAPERS).contains(&before), "{before} results when it was killed");
    // As a power cut may leave it.
    let text = std::fs::read(&results).expect("results");
    std::fs::write(&results, &text[..text.len() - 7]).expect("a torn line");
    let again = batch(folder.path(), &["in", "--out", "killed.jsonl"]);
    assert_eq!(again.code, Some(1), "{}", again.err);
    assert!(again.err.contains(&format!("of {PAPERS} papers had their results already")), "{}", again.err);
    let sorted = |name: &str| lines(folder.path(), name).into_iter().collect::<BTreeSet<_>>();
    assert_eq!(sorted("killed.jsonl"), sorted("whole.jsonl"));
    assert_eq!(lines(folder.path(), "killed.jsonl").len(), PAPERS, "no input twice");
}

/// A PDF that takes longer than any paper, and little room: its pages draw the same many lines, up to the limit.
fn slow() -> Vec<u8> {
    const PAGES: usize = 400;
    let content = "0 0 m 9 9 l S\n".repeat(20_000);
    let mut bytes = b"%PDF-1.5\n".to_vec();
    let mut offsets = Vec::new();
    let mut object = |bytes: &mut Vec<u8>, text: String| {
        offsets.push(bytes.len());
        let number = offsets.len();
        write!(bytes, "{number} 0 obj\n{text}\nendobj\n").expect("memory takes it");
    };
    let kids: String = (0..PAGES).map(|page| format!("{} 0 R ", page + 5)).collect();
    object(&mut bytes, "<< /Type /Catalog /Pages 2 0 R >>".to_owned());
    object(&mut bytes, format!("<< /Type /Pages /Count {PAGES} /Kids [{kids}] >>"));
    object(&mut bytes, "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>".to_owned());
    object(&mut bytes, format!("<< /Length {} >>\nstream\n{content}endstream", content.len()));
    for _ in 0..PAGES {
        let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R \
                    /Resources << /Font << /F1 3 0 R >> >> >>";
        object(&mut bytes, page.to_owned());
    }
    let start = bytes.len();
    write!(bytes, "xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1).expect("memory takes it");
    for offset in &offsets {
        writeln!(bytes, "{offset:010} 00000 n ").expect("memory takes it");
    }
    let size = offsets.len() + 1;
    write!(bytes, "trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n")
        .expect("memory takes it");
    bytes
}

/// Asserts that all records but one are `ok`, and that the other one ended so, for that reason.
fn assert_all_but(records: &[Value], id: &str, status: &str, reason: &str) {
    let others: Vec<&Value> = records.iter().filter(|record| record["status"] != "ok").collect();
    let [other] = others.as_slice() else { panic!("one has no result: {others:?}") };
    assert_eq!((&other["id"], &other["status"]), (&id.into(), &status.into()));
    let told = other["reason"].as_str().expect("a reason");
    assert!(told.contains(reason), "{told}");
}

#[test]
fn one_that_takes_too_long_costs_no_other_its_result() {
    let folder = papers(40);
    write(folder.path(), "in/slow.pdf", &slow());
    let time = ["--timeout", if cfg!(debug_assertions) { "2500ms" } else { "250ms" }];
    let run = batch(folder.path(), &[&["in", "--out", "r.jsonl"], &time[..]].concat());
    assert_eq!(run.code, Some(1), "{}", run.err);
    let first = records(folder.path(), "r.jsonl");
    assert_eq!(first.len(), 41);
    assert_all_but(&first, "slow", "timeout", "took longer than allowed");
    let known = batch(folder.path(), &[&["in", "--out", "r.jsonl"], &time[..]].concat());
    assert!(known.err.contains("41 of 41 papers had their results already"), "{}", known.err);
    std::fs::remove_file(folder.path().join("in/slow.pdf")).expect("removed");
    let again = batch(folder.path(), &["in", "--out", "r.jsonl", "--retry"]);
    assert!(again.err.contains("40 of 40 papers had their results already"), "{}", again.err);
    assert_eq!(records(folder.path(), "r.jsonl").len(), 41, "the result of what is gone is kept");
}

#[test]
fn one_that_takes_too_much_costs_no_other_its_result() {
    let folder = papers(40);
    let mut large = paper(0);
    large.resize(180 << 20, b' ');
    write(folder.path(), "in/large.pdf", &large);
    // To read so large a file takes a busy machine its time; it is memory that must stop it.
    let limits = ["--timeout", "2m", "--memory", "256MiB"];
    let run = batch(folder.path(), &[&["in", "--out", "r.jsonl"], &limits[..]].concat());
    assert_eq!(run.code, Some(1), "{}", run.err);
    let first = records(folder.path(), "r.jsonl");
    assert_eq!(first.len(), 41);
    assert_all_but(&first, "large", "crashed", "it needs more memory than it is given");
    let again = batch(folder.path(), &["in", "--out", "r.jsonl", "--retry"]);
    assert!(again.err.contains("40 of 41 papers had their results already"), "{}", again.err);
}

#[test]
fn a_paper_that_has_changed_is_checked_again_and_has_one_result() {
    let folder = papers(3);
    batch(folder.path(), &["in", "--out", "r.jsonl"]);
    let before = records(folder.path(), "r.jsonl");
    write(folder.path(), "in/001.pdf", &paper(99));
    let run = batch(folder.path(), &["in", "--out", "r.jsonl"]);
    assert!(run.err.contains("2 of 3 papers had their results already"), "{}", run.err);
    let after = records(folder.path(), "r.jsonl");
    assert_eq!(after.len(), 3);
    assert_eq!((&after[0], &after[2]), (&before[0], &before[2]));
    assert_ne!(after[1], before[1]);
    let run = batch(folder.path(), &["in", "--out", "r.jsonl", "--venue", "dlde-2022"]);
    assert!(!run.err.contains("already"), "another venue is another question: {}", run.err);
}

#[test]
fn a_manifest_names_files_and_authors() {
    let folder = papers(2);
    let manifest = "{\"id\": 7, \"pdf\": \"in/000.pdf\", \"authors\": [\"Number Paper\"]}\n\n\
                    {\"id\": \"8\", \"pdf\": \"in/gone.pdf\"}\n";
    write(folder.path(), "m.jsonl", manifest.as_bytes());
    let run = batch(folder.path(), &["m.jsonl", "--out", "r.jsonl"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    let records = records(folder.path(), "r.jsonl");
    assert_eq!((records[0]["id"].as_str(), records[0]["status"].as_str()), (Some("7"), Some("ok")));
    assert_eq!(records[1]["status"], "unreadable");
    assert_eq!(records[1]["reason"], "there is no such file");
    write(folder.path(), "broken.jsonl", b"{\"id\": 1}\n");
    let run = batch(folder.path(), &["broken.jsonl", "--out", "r.jsonl"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("broken.jsonl, line 1: neither `pdf` nor `source` names a file"), "{}", run.err);
}

#[test]
fn files_of_one_id_are_one_submission() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("in")).expect("a folder");
    write(folder.path(), "in/paper12.pdf", &paper(12));
    write(folder.path(), "in/paper12_supp.txt.zip", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    write(folder.path(), "in/paper9 final.pdf", &paper(9));
    let run = batch(folder.path(), &["in", "--out", "r.jsonl", "--id-regex", r"paper(\d+)"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    let records = records(folder.path(), "r.jsonl");
    assert_eq!(ids(folder.path(), "r.jsonl"), ["12", "9"]);
    let files = records[0]["report"]["submission"]["files"].as_array().expect("files");
    let names: Vec<_> = files.iter().map(|file| file["name"].as_str().unwrap_or_default()).collect();
    assert_eq!(names, ["paper12.pdf", "paper12_supp.txt.zip"]);
    assert_eq!(records[0]["status"], "ok");
}

#[test]
fn a_zip_of_papers_and_a_pattern_give_what_the_folder_gives() {
    let folder = papers(3);
    let file = std::fs::File::create(folder.path().join("all.zip")).expect("a file");
    let mut zip = zip::ZipWriter::new(file);
    for number in 0..3 {
        zip.start_file(format!("{number:03}.pdf"), zip::write::SimpleFileOptions::default())
            .expect("started");
        zip.write_all(&paper(number)).expect("written");
    }
    zip.finish().expect("finished");
    for (input, out) in [("in", "a.jsonl"), ("all.zip", "b.jsonl"), ("in/*.pdf", "c.jsonl")] {
        assert_eq!(batch(folder.path(), &[input, "--out", out]).code, Some(1), "{input}");
    }
    assert_eq!(records(folder.path(), "a.jsonl"), records(folder.path(), "b.jsonl"));
    assert_eq!(records(folder.path(), "a.jsonl"), records(folder.path(), "c.jsonl"));
}

#[test]
fn shards_are_every_paper_once() {
    let folder = papers(20);
    let mut all = Vec::new();
    for part in 1..=3 {
        let out = format!("{part}.jsonl");
        batch(folder.path(), &["in", "--out", &out, "--shard", &format!("{part}/3")]);
        all.extend(ids(folder.path(), &out));
    }
    all.sort();
    assert_eq!(all, (0..20).map(|number| format!("{number:03}")).collect::<Vec<_>>());
}

#[test]
fn a_page_for_each_and_an_index_lie_in_the_folder() {
    let folder = papers(2);
    let args = ["in", "--out", "r.jsonl", "--html", "pages", "--csv", "t.csv"];
    let run = batch(folder.path(), &args);
    assert_eq!(run.code, Some(1), "{}", run.err);
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect(name);
    assert!(read("pages/000.html").contains("data:image/png"), "its pages are drawn");
    assert!(read("pages/index.html").contains("./001.html"));
    assert_eq!(read("pages/index.csv"), read("t.csv"));
    assert!(read("t.csv").contains("\r\n000,"), "{}", read("t.csv"));
    let before = read("pages/index.html");
    batch(folder.path(), &args);
    assert_eq!(read("pages/index.html"), before, "a run with nothing to do tells the same");
}

#[test]
fn what_was_known_stands_beside_what_is_new_in_order_of_the_inputs() {
    let folder = papers(4);
    let (aside, back) = (folder.path().join("aside.pdf"), folder.path().join("in/001.pdf"));
    std::fs::rename(&back, &aside).expect("moved");
    batch(folder.path(), &["in", "--out", "r.jsonl"]);
    std::fs::rename(&aside, &back).expect("moved");
    let known_and_new = batch(folder.path(), &["in", "--out", "r.jsonl", "--csv", "a.csv"]);
    let all_new = batch(folder.path(), &["in", "--out", "s.jsonl", "--csv", "b.csv"]);
    assert!(known_and_new.err.contains("3 of 4 papers had their results already"), "{}", known_and_new.err);
    assert_eq!(known_and_new.code, all_new.code);
    assert_eq!(lines(folder.path(), "a.csv"), lines(folder.path(), "b.csv"));
    assert_eq!(lines(folder.path(), "a.csv").len(), 5, "a head and four papers");
}

#[test]
fn what_cannot_be_run_is_told_and_nothing_is_lost() {
    let folder = papers(1);
    std::fs::create_dir(folder.path().join("empty")).expect("a folder");
    write(folder.path(), "notes.txt", b"my notes\n");
    for (args, why) in [
        (&["gone", "--out", "r.jsonl"][..], "gone: there is no such file or directory"),
        (&["empty", "--out", "r.jsonl"], "empty: there is no submission in it"),
        (&["in/*.ps", "--out", "r.jsonl"], "there is no submission in it"),
        (&["in", "--out", "notes.txt"], "holds something else than results of a batch"),
        (&["in", "in", "--out", "r.jsonl"], "two submissions are called `000`"),
        (&["in", "--out", "no/such/r.jsonl"], "cannot be opened"),
        (&["in", "--out", "r.jsonl", "--memory", "1MiB"], "no worker can be started"),
        (&["in", "--out", "r.jsonl", "--through", "no-such-program"], "no worker can be started"),
        (&["in", "--out", "r.jsonl", "--shard", "4/3"], "a part is two numbers"),
        (&["in", "--out", "r.jsonl", "--id-regex", "("], "unclosed group"),
    ] {
        let run = batch(folder.path(), args);
        let told = run.err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(run.code, Some(2), "{args:?}: {told}");
        assert!(told.contains(why), "{args:?}: {told}");
    }
    assert_eq!(std::fs::read(folder.path().join("notes.txt")).expect("there"), b"my notes\n");
}

#[test]
fn who_hands_in_a_paper_does_not_choose_what_it_is_checked_against() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir_all(folder.path().join("in/7")).expect("a folder");
    write(folder.path(), "in/7/paper.pdf", &paper(7));
    write(folder.path(), "in/7/dlde.toml", b"stage = 'preprint'\n");
    batch(folder.path(), &["in", "--out", "r.jsonl"]);
    assert_eq!(records(folder.path(), "r.jsonl")[0]["report"]["profile"]["stage"], "submission");
    write(folder.path(), "dlde.toml", b"stage = 'camera-ready'\n");
    batch(folder.path(), &["in", "--out", "s.jsonl"]);
    assert_eq!(records(folder.path(), "s.jsonl")[0]["report"]["profile"]["stage"], "camera-ready");
}

#[test]
fn a_sample_gives_the_same_row_as_a_check_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| project().join("samples").join(name).join("paper.pdf").display().to_string();
    std::fs::create_dir(folder.path().join("in")).expect("a folder");
    for name in ["over-length", "clean"] {
        std::fs::copy(path(name), folder.path().join("in").join(format!("{name}.pdf"))).expect("copied");
    }
    let inputs = ["in/clean.pdf", "in/over-length.pdf"];
    dlde(folder.path(), &[&["check"], &inputs[..], &["--format", "html", "-o", "one/"]].concat());
    batch(folder.path(), &["in", "--out", "r.jsonl", "--html", "many"]);
    let cells = |name: &str| -> Vec<String> {
        let table = std::fs::read_to_string(folder.path().join(name)).expect("a table");
        // The first cell is the name, and the last the page.
        let inner = |row: &str| {
            row.split_once(',').and_then(|(_, row)| row.rsplit_once(',')).map(|(row, _)| row.to_owned())
        };
        table.lines().filter_map(inner).collect()
    };
    assert_eq!(cells("one/index.csv"), cells("many/index.csv"));
}

#[test]
fn which_of_two_pdfs_of_one_id_is_the_paper_is_not_guessed() {
    let folder = papers(0);
    write(folder.path(), "in/17_main.pdf", &paper(1));
    write(folder.path(), "in/17_other.pdf", &paper(2));
    let run = batch(folder.path(), &["in", "--id-regex", r"^(\d+)", "--out", "r.jsonl"]);
    assert_eq!(run.code, Some(3), "{}", run.err);
    let told = lines(folder.path(), "r.jsonl").concat();
    assert!(
        told.contains("name one of them") && told.contains("\"verdict\":\"undetermined\""),
        "not guessed"
    );
}

#[test]
fn a_table_takes_the_place_of_a_table_alone() {
    let folder = papers(1);
    for other in ["in/000.pdf", "r.jsonl", "r.timings.csv"] {
        batch(folder.path(), &["in", "--out", "r.jsonl"]);
        let before = std::fs::read(folder.path().join(other)).expect("there");
        let run = batch(folder.path(), &["in", "--out", "r.jsonl", "--csv", other]);
        assert_eq!(run.code, Some(2), "{other}: {}", run.err);
        assert!(run.err.contains("name another file with --csv"), "{}", run.err);
        assert_eq!(std::fs::read(folder.path().join(other)).expect("there"), before, "{other}");
    }
    for _ in 0..2 {
        assert_ne!(batch(folder.path(), &["in", "--out", "r.jsonl", "--csv", "t.csv"]).code, Some(2));
    }
    for new in ["new.jsonl", "./new.jsonl", "in/../new.jsonl", "new.timings.csv"] {
        let run = batch(folder.path(), &["in", "--out", "new.jsonl", "--csv", new]);
        assert_eq!(run.code, Some(2), "{new}: {}", run.err);
    }
    assert!(!folder.path().join("new.jsonl").exists(), "nothing was written");
}
