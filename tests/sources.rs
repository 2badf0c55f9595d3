//! Folders, archives and sources as they are handed in: what is found in them, and where.
#![expect(clippy::disallowed_methods, reason = "these tests write what they check, and run the program")]

mod support {
    pub(crate) mod pdf;
    pub(crate) mod program;
}

use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use support::pdf::Pdf;
use support::program::{dlde, project};

const TEX: &str = "\\documentclass{article}\n\\usepackage{dlde_neurips_2023}\n\\author{Mira Quist}\n\\begin{document}\n\\vspace{-3pt}\n\\includegraphics{plot}\n\\end{document}\n";

#[test]
fn the_pdf_of_the_main_source_is_the_paper() {
    let clean = std::fs::read(project().join("samples/clean/paper.pdf")).expect("the clean sample");
    let folder = folder(
        "by_stem",
        &[
            ("p/paper.tex", TEX.as_bytes()),
            ("p/paper.pdf", &clean),
            ("p/plot.pdf", &clean),
            ("p/other.pdf", &clean),
        ],
    );
    let report = report(&folder, &["p"]);
    assert_eq!(report["paper"]["pages"], 5);
    assert_eq!(codes(&report, "error"), ["ANON060"]);
    let place = &report["findings"][0]["place"];
    assert_eq!((place["file"].as_str(), place["line"].as_u64()), (Some("paper.tex"), Some(3)));
}

#[test]
fn an_archive_is_read_as_a_folder_is() {
    let clean = std::fs::read(project().join("samples/clean/paper.pdf")).expect("the clean sample");
    let packed = zipped(&[("paper.tex", TEX.as_bytes()), ("paper.pdf", &clean)]);
    let folder = folder("zip", &[("all.zip", &packed)]);
    let report = report(&folder, &["all.zip"]);
    assert_eq!(report["paper"]["pages"], 5);
    assert_eq!(codes(&report, "error"), ["ANON060"]);
}

#[test]
fn supplied_names_are_found_in_sources_and_supplements_and_not_repeated() {
    let clean = std::fs::read(project().join("samples/clean/paper.pdf")).expect("the clean sample");
    let code = b"import numpy\n\n# the limiter that Mira Quistgaard wrote\nquistgaard = 3\n";
    let cited = b"@article{q, author = {Mira Quistgaard}}\n";
    let packed = zipped(&[("code/run.py", code), ("code/refs.bib", cited), ("data/names.csv", code)]);
    let folder = folder("supplied", &[("paper.pdf", &clean), ("code.zip", &packed)]);
    let silent = report(&folder, &["paper.pdf", "--supplement", "code.zip"]);
    assert!(codes(&silent, "error").is_empty() && codes(&silent, "warning").is_empty());
    let names = ["paper.pdf", "--supplement", "code.zip", "--author", "Mira Quistgaard"];
    let named = report(&folder, &names);
    assert_eq!(codes(&named, "error"), ["ANON018"]);
    assert_eq!(codes(&named, "warning"), ["ANON018"]);
    let place = &named["findings"][0]["place"];
    assert_eq!(
        (place["file"].as_str(), place["inside"].as_str()),
        (Some("code.zip!/code/run.py"), Some("line 3"))
    );
    let run = dlde(&folder, &[&["check"][..], &names].concat());
    assert!(!run.out.contains("uistgaard"), "{}", run.out);
}

#[test]
fn a_reviewer_is_shown_no_line_of_a_source() {
    let clean = std::fs::read(project().join("samples/clean/paper.pdf")).expect("the clean sample");
    let folder = folder("reviewer", &[("p/paper.tex", TEX.as_bytes()), ("p/paper.pdf", &clean)]);
    let run = dlde(&folder, &["check", "p", "--audience", "reviewer"]);
    assert!(run.out.contains("ANON060") && !run.out.contains("Quist"), "{}", run.out);
}

#[test]
fn what_is_not_handed_in_is_a_note() {
    let clean = std::fs::read(project().join("samples/clean/paper.pdf")).expect("the clean sample");
    let folder = folder("source", &[("paper.pdf", &clean), ("tex/main.tex", TEX.as_bytes())]);
    let with_source = report(&folder, &["paper.pdf", "--source", "tex"]);
    assert_eq!(with_source["verdict"], "pass");
    assert!(codes(&with_source, "note").contains(&"ANON060".to_owned()));
    let handed_in = report(&folder, &["paper.pdf", "--supplement", "tex"]);
    assert_eq!(handed_in["verdict"], "fail");
    assert_eq!(handed_in["findings"][0]["place"]["file"], "tex/main.tex");
}

#[test]
fn sources_that_hold_none_leave_open_what_rests_on_them() {
    let clean = std::fs::read(project().join("samples/clean/paper.pdf")).expect("the clean sample");
    let (empty, letter) = (zipped(&[]), zipped(&[("word/document.xml", b"<w/>")]));
    let folder = folder(
        "no_source",
        &[
            ("paper.pdf", &clean),
            ("empty.zip", &empty),
            ("paper.docx", &letter),
            ("src.tar.xz", b"\xfd7zXZ\0"),
        ],
    );
    for name in ["empty.zip", "paper.docx", "src.tar.xz"] {
        let run = dlde(&folder, &["check", "paper.pdf", "--source", name]);
        assert_eq!(run.code, Some(3), "{name}: {}", run.out);
        assert!(run.out.contains(&format!("{name} holds no LaTeX source")), "{}", run.out);
    }
}

#[test]
fn a_supplement_alone_leaves_the_paper_open() {
    let packed = zipped(&[("code/run.py", b"print(1)\n")]);
    let folder = folder("supplement", &[("code.zip", &packed)]);
    let run = dlde(&folder, &["check", "code.zip"]);
    assert_eq!(run.code, Some(3), "{}", run.out);
    assert!(run.out.contains("name that PDF"), "{}", run.out);
}

#[test]
fn sources_of_several_papers_are_a_usage_error() {
    let folder = folder("several", &[("a.pdf", &Pdf::default().bytes()), ("b.pdf", &Pdf::default().bytes())]);
    let run = dlde(&folder, &["check", "a.pdf", "b.pdf", "--supplement", "c.zip"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("one paper at a time"), "{}", run.err);
}

#[test]
fn version_control_is_a_note_where_one_works_and_an_error_where_it_is_handed_in() {
    let config: (&str, &[u8]) = ("[user]\n\tname = Mira Quist\n", b"x");
    let files: [(&str, &[u8]); 3] = [
        ("p/.git/config", config.0.as_bytes()),
        ("p/.git/objects/ab/cd", config.1),
        ("p/main.tex", b"\\documentclass{article}"),
    ];
    let folder = folder("git", &files);
    let work = report(&folder, &["p", "--select", "ANON067"]);
    assert_eq!((codes(&work, "note").len(), codes(&work, "error").len()), (1, 0));
    assert!(work["findings"][0]["evidence"].to_string().contains("Mira Quist"));
    let names = work["submission"]["files"].to_string();
    assert!(!names.contains("objects"), "{names}");
    let packed = zipped(&[("code/.git/config", config.0.as_bytes()), ("code/a.py", b"x")]);
    std::fs::write(folder.join("all.zip"), packed).expect("written");
    assert_eq!(codes(&report(&folder, &["all.zip"]), "error"), ["ANON067"]);
}

#[test]
fn links_are_told_and_not_followed() {
    let folder = folder("links", &[("p/main.tex", TEX.as_bytes()), ("secret.txt", b"Author: Mira Quist")]);
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.join("secret.txt"), folder.join("p/link.txt")).expect("linked");
    let report = report(&folder, &["p"]);
    let told = report["problems"].as_array().expect("problems").iter();
    let link: Vec<_> = told.filter(|p| p["file"] == "link.txt").map(|p| p["message"].to_string()).collect();
    assert_eq!(link.len(), usize::from(cfg!(unix)));
    assert!(link.iter().all(|m| m.contains("is not followed")), "{link:?}");
}

#[test]
fn sources_that_take_in_each_other_come_to_an_end() {
    let main = "\\documentclass{article}\\begin{document}\\input{a}\\end{document}";
    let files: [(&str, &[u8]); 3] = [
        ("p/main.tex", main.as_bytes()),
        ("p/a.tex", b"\\input{b}"),
        ("p/b.tex", b"\\input{a}\\input{main}"),
    ];
    let report = report(&folder("circle", &files), &["p"]);
    assert_eq!(report["verdict"], "fail", "it loads no style");
}

#[test]
fn a_finding_in_a_source_is_drawn_on_its_line() {
    let folder = folder("drawn", &[("main.tex", TEX.as_bytes())]);
    let run = dlde(&folder, &["check", "main.tex", "--select", "STYL013"]);
    assert!(run.out.contains("[main.tex:5:1]") && run.out.contains(r" 5 │ \vspace{-3pt}"), "{}", run.out);
}

fn codes(report: &Value, severity: &str) -> Vec<String> {
    let all = report["findings"].as_array().expect("findings").iter();
    all.filter(|f| f["severity"] == severity).filter_map(|f| f["code"].as_str()).map(str::to_owned).collect()
}

fn report(folder: &Path, arguments: &[&str]) -> Value {
    let run = dlde(folder, &[&["check"], arguments, &["--format", "json"]].concat());
    serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("no report: {}{}", run.out, run.err))
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("started");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("sources").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    for (path, bytes) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        std::fs::write(path, bytes).expect("written");
    }
    folder
}
