//! The LaTeX style: its files are fresh, it lays out as it always did, and what is set with it passes.
//!
//! `UPDATE=1 cargo test --test style` writes `tests/layout/*.txt` anew: only when the layout is known to be right.
#![expect(clippy::disallowed_methods, reason = "these tests run LaTeX in folders of their own")]

mod support {
    pub(crate) mod latex;
    pub(crate) mod program;
    pub(crate) mod tool;
}

use dlde::pdf::{Bounds, text};
use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use support::latex::{ENGINES, Folder, latex_finds, read_pdf, warnings};
use support::program::{dlde, project};
use support::tool::{is_there, skipped};

const YEARS: [&str; 3] = ["2021", "2022", "2023"];
/// Options of the style, and the stage of a paper set with them.
const MODES: [(&str, &str); 3] = [("", "submission"), ("final", "camera-ready"), ("preprint", "preprint")];

fn read(path: &str) -> String {
    std::fs::read_to_string(project().join(path)).expect("a file of the project")
}

#[test]
fn the_style_files_are_fresh() {
    if !is_there("tex", "texlive-latex-base") {
        return;
    }
    let folder = Folder::new();
    for name in ["dlde.dtx", "dlde.ins"] {
        std::fs::write(folder.path().join(name), read(&format!("sty/{name}"))).expect("a copy");
    }
    folder.run("tex", &["-interaction=batchmode", "dlde.ins"]);
    for year in YEARS {
        let name = format!("dlde_neurips_{year}.sty");
        let made = std::fs::read_to_string(folder.path().join(&name)).expect("the generated file");
        assert_eq!(made, read(&format!("sty/{name}")), "run `tex dlde.ins` in sty/");
    }
}

/// Every word of a PDF with its page, left end, baseline, size and font, then every rule, in bp.
fn positions(pdf: &Path) -> String {
    let document = read_pdf(pdf);
    let mut out = String::new();
    for (number, page) in (1..).zip(&document.pages) {
        for word in text::words(page, &document.fonts) {
            let font = &document.fonts[usize::from(word.font)].name;
            let font = font.split_once('+').map_or(font.as_str(), |(_, name)| name);
            let (x, y, size) = (word.area.left, word.baseline, word.size);
            let _ = writeln!(out, "{number} {x:.2} {y:.2} {size:.2} {font} {}", word.text);
        }
        for area in &page.areas {
            let Bounds { left, top, right, bottom } = area.bounds;
            let _ = writeln!(out, "{number} {left:.2} {top:.2} {right:.2} {bottom:.2} rule");
        }
    }
    out
}

/// Whether two lists of positions are the same to 0.02 bp: the last digit may be rounded either way.
fn same(kept: &str, found: &str) -> Result<(), String> {
    let close = |a: &str, b: &str| match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(a), Ok(b)) => (a - b).abs() < 0.021,
        _ => a == b,
    };
    let (kept, found): (Vec<_>, Vec<_>) = (kept.lines().collect(), found.lines().collect());
    if kept.len() != found.len() {
        return Err(format!("{} words and rules instead of {}", found.len(), kept.len()));
    }
    for (kept, found) in kept.into_iter().zip(found) {
        let (a, b): (Vec<_>, Vec<_>) = (kept.split(' ').collect(), found.split(' ').collect());
        if a.len() != b.len() || !a.iter().zip(b).all(|(a, b)| close(a, b)) {
            return Err(format!("{found} instead of {kept}"));
        }
    }
    Ok(())
}

#[test]
fn everything_stands_where_it_stood() {
    if !latex_finds(&[]) {
        return;
    }
    let folder = Folder::new();
    let tour = read("tests/layout/tour.tex");
    for (year, mode) in [("2021", ""), ("2022", ""), ("2022", "final"), ("2023", ""), ("2023", "preprint")] {
        let name = format!("tour-{year}-{}", if mode.is_empty() { "submission" } else { mode });
        let text = tour.replace("@STYLE@", &format!("dlde_neurips_{year}")).replace("@OPTIONS@", mode);
        let found = positions(&folder.set("pdflatex", &name, &text).1);
        let path = project().join(format!("tests/layout/{name}.txt"));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &found).expect("the positions are written");
        }
        let kept = std::fs::read_to_string(&path).expect("positions that were kept");
        same(&kept, &found).unwrap_or_else(|why| panic!("{name}: {why}"));
    }
}

#[test]
fn the_layout_is_that_of_the_originals() {
    let shared = project().join("../shared/style-reference");
    let script = shared.join("compare_layout.py");
    if !script.is_file() {
        // Nobody but those who wrote the style has them: they are never part of the project.
        eprintln!("skipped: the reference positions of the original styles are not at hand");
        return;
    }
    let reads = Command::new("python3").args(["-c", "import pymupdf"]).status().is_ok_and(|s| s.success());
    if !(reads || skipped("pymupdf is not installed (Python package)")) || !latex_finds(&[]) {
        return;
    }
    let done = Command::new("python3")
        .arg(&script)
        .args(["check", "--tol", "0.01", "--styles"])
        .arg(project().join("sty"))
        .arg("--docs")
        .arg(shared.join("docs"))
        .arg("--ref")
        .arg(shared.join("reference"))
        .output()
        .expect("python3 starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
}

#[test]
fn the_example_passes_in_every_year_mode_and_engine_without_a_warning() {
    let example = read("sty/example.tex");
    let there = ENGINES.into_iter().filter(|(engine, package)| is_there(engine, package));
    std::thread::scope(|scope| {
        for (engine, _) in there {
            let example = &example;
            scope.spawn(move || {
                let folder = Folder::new();
                for year in YEARS {
                    for (mode, stage) in MODES {
                        passes(&folder, engine, example, (year, mode, stage));
                    }
                }
            });
        }
    });
}

fn passes(folder: &Folder, engine: &str, example: &str, (year, mode, stage): (&str, &str, &str)) {
    let (style, what) = (format!("dlde_neurips_{year}"), format!("{engine}, {year}, {stage}"));
    let load = "\\usepackage{dlde_neurips_2023}";
    assert!(example.contains(load));
    let text = example.replace(load, &format!("\\usepackage[{mode}]{{{style}}}"));
    let (log, _) = folder.set(engine, "paper", &text);
    assert!(!log.contains("Overfull"), "{what}: {log}");
    assert_eq!(warnings(&log, &style), Vec::<String>::new(), "{what}");
    let venue = format!("dlde-{year}");
    let run =
        dlde(folder.path(), &["check", "paper.pdf", "--venue", &venue, "--stage", stage, "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.out).expect("the report is JSON");
    assert_eq!(report["verdict"], "pass", "{what}: {}", run.out);
    assert_eq!(report["findings"], serde_json::json!([]), "{what}");
}

#[test]
fn a_new_project_builds_and_passes() {
    if !is_there("pdflatex", "texlive-latex-base") || !is_there("bibtex", "texlive-binaries") {
        return;
    }
    for year in YEARS {
        let folder = Folder::new();
        let made = dlde(folder.path(), &["new", "paper", "--venue", &format!("dlde-{year}")]);
        assert_eq!(made.code, Some(0), "{}", made.err);
        let again = dlde(folder.path(), &["new", "paper", "--venue", "dlde-2021"]);
        assert_eq!(again.code == Some(2), year != "2021", "{}", again.err);
        let directory = folder.path().join("paper");
        for (program, argument) in
            [("pdflatex", "main"), ("bibtex", "main"), ("pdflatex", "main"), ("pdflatex", "main")]
        {
            let mut command = Command::new(program);
            command.arg(argument).current_dir(&directory).stdin(std::process::Stdio::null());
            assert!(command.output().expect("the program starts").status.success(), "{program} for {year}");
        }
        let run = dlde(&directory, &["check", "main.pdf"]);
        assert_eq!(run.code, Some(0), "{}", run.out);
        assert!(
            run.out.starts_with(&format!("main.pdf: dlde-{year}, from dlde.toml\nmay be submitted\n")),
            "{}",
            run.out
        );
        let whole = dlde(folder.path(), &["check", "paper", "--fail-on", "note"]);
        assert_eq!(whole.code, Some(0), "the sources pass as well: {}", whole.out);
    }
}
