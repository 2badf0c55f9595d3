//! The LaTeX style: its files are fresh, it lays out as it always did, and it warns of what changes it.
//!
//! `UPDATE=1 cargo test --test style` writes `tests/layout/*.txt` anew: only when the layout is known to be right.
#![expect(clippy::disallowed_methods, reason = "these tests run LaTeX in folders of their own")]

mod support {
    pub(crate) mod latex;
    pub(crate) mod program;
    pub(crate) mod tool;
}

use dlde::pdf::{Document, text};
use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use support::latex::{Folder, warnings};
use support::program::{dlde, project};
use support::tool::is_there;

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

/// Every word of a PDF with its page, left end, baseline and size, in hundredths of a bp.
fn positions(pdf: &Path) -> String {
    let bytes = Arc::new(std::fs::read(pdf).expect("a PDF"));
    let document = Document::read(&bytes).expect("a readable PDF");
    let mut out = String::new();
    for (number, page) in document.pages.iter().enumerate() {
        for word in text::words(page, &document.fonts) {
            let (x, y, size) = (word.area.left, word.baseline, word.size);
            let _ = writeln!(out, "{} {x:.2} {y:.2} {size:.2} {}", number + 1, word.text);
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
    let mut pairs = kept.lines().zip(found.lines());
    let differs = |(a, b): &(&str, &str)| !a.split(' ').zip(b.split(' ')).all(|(a, b)| close(a, b));
    if let Some((kept, found)) = pairs.find(differs) {
        return Err(format!("{found} instead of {kept}"));
    }
    match (kept.lines().count(), found.lines().count()) {
        (kept, found) if kept != found => Err(format!("{found} words instead of {kept}")),
        _ => Ok(()),
    }
}

#[test]
fn everything_stands_where_it_stood() {
    if !is_there("pdflatex", "texlive-latex-base") {
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
    let has_reader =
        || Command::new("python3").args(["-c", "import pymupdf"]).status().is_ok_and(|s| s.success());
    if !script.is_file() || !has_reader() || !is_there("pdflatex", "texlive-latex-base") {
        eprintln!("skipped: the reference positions of the original styles, or pymupdf, are not at hand");
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
    let engines =
        [("pdflatex", "texlive-latex-base"), ("lualatex", "texlive-luatex"), ("xelatex", "texlive-xetex")];
    let there = engines.into_iter().filter(|(engine, package)| is_there(engine, package));
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
    assert!(!log.contains("\n! ") && !log.contains("Overfull"), "{what}: {log}");
    assert_eq!(warnings(&log, &style), Vec::<String>::new(), "{what}");
    let venue = format!("dlde-{year}");
    let run =
        dlde(folder.path(), &["check", "paper.pdf", "--venue", &venue, "--stage", stage, "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.out).expect("the report is JSON");
    assert_eq!(report["verdict"], "pass", "{what}: {}", run.out);
    assert_eq!(report["findings"], serde_json::json!([]), "{what}");
}

/// A paper of a few words: what is loaded after the style, and what stands in the body.
fn paper(before: &str, after: &str, body: &str) -> String {
    format!(
        "\\documentclass{{article}}\n{before}\n\\usepackage{{dlde_neurips_2023}}\n{after}\n\
         \\title{{Quiet Flows}}\\author{{Aria Velm}}\n\\begin{{document}}\\maketitle\n\
         \\begin{{abstract}}Few words.\\end{{abstract}}\n\\section{{One}} Words.\n\n{body}\n\
         \\begin{{itemize}}\\item a\\item b\\end{{itemize}}\n\
         \\begin{{thebibliography}}{{1}}\\bibitem[Velm(2020)]{{a}} Velm. On flows. 2020.\\end{{thebibliography}}\n\
         \\end{{document}}\n"
    )
}

#[test]
fn what_changes_the_layout_is_warned_of_once_and_by_name() {
    if !is_there("pdflatex", "texlive-latex-extra") {
        return;
    }
    let folder = Folder::new();
    for (after, body, named) in [
        ("\\usepackage{savetrees}", "", "package savetrees"),
        ("\\usepackage{titlesec}", "", "package titlesec"),
        ("\\usepackage{setspace}\\setstretch{0.95}", "", "package setspace"),
        ("\\usepackage{fullpage}", "", "package fullpage"),
        ("\\usepackage{parskip}", "", "package parskip"),
        ("\\usepackage{mathptmx}", "", "package mathptmx"),
        ("\\usepackage{enumitem}\\setlist{nosep}", "", "enumitem"),
        ("\\usepackage{enumitem}", "\\begin{itemize}[noitemsep]\\item a\\end{itemize}", "enumitem"),
        ("\\setlength\\parskip{3pt}", "", "space between paragraphs"),
        ("\\linespread{0.95}", "", "leading"),
        ("\\AtBeginDocument{\\addtolength\\textheight{20pt}}", "", "height of the text"),
        ("", "\\newgeometry{textheight=9.2in,textwidth=5.5in,top=1in}", "height of the text"),
        ("\\AtBeginDocument{\\let\\normalsize\\small\\normalsize}", "", "size of the text"),
        ("\\renewcommand\\section[1]{\\textbf{#1}}", "", "sections"),
        ("\\setlength\\itemsep{0pt}", "", "space between items"),
        ("\\setlength\\abovecaptionskip{2pt}", "", "space above captions"),
        ("", "\\vspace{-8pt}", "\\vspace of less than nothing (1), first near input line 10"),
        ("", "\\enlargethispage{20pt}", "\\enlargethispage"),
    ] {
        let (log, _) = folder.set("pdflatex", "trap", &paper("", after, body));
        let found = warnings(&log, "dlde_neurips_2023");
        assert_eq!(found.len(), 1, "{after}{body}: {found:?}");
        assert!(found[0].replace(' ', "").contains(&named.replace(' ', "")), "{after}{body}: {found:?}");
        assert!(found[0].replace(' ', "").contains("asksforitsstyleunchanged"), "{after}{body}: {found:?}");
    }
}

#[test]
fn what_changes_nothing_is_not_warned_of() {
    if !is_there("pdflatex", "texlive-latex-extra") {
        return;
    }
    let folder = Folder::new();
    let packages = [
        "amsmath",
        "hyperref",
        "microtype",
        "enumitem",
        "caption",
        "subcaption",
        "wrapfig",
        "booktabs",
        "calc",
        "graphicx",
        "xcolor",
        "cleveref",
        "url",
        "nicefrac",
    ];
    for package in packages {
        let load = format!("\\usepackage{{{package}}}");
        let after = paper("", &load, "\\vspace{4pt}Words.");
        let (log, _) = folder.set("pdflatex", "calm", &after);
        assert_eq!(warnings(&log, "dlde_neurips_2023"), Vec::<String>::new(), "{package} after the style");
        assert!(!log.contains("\n! "), "{package} after the style: {log}");
    }
}

#[test]
fn a_main_text_past_page_four_is_told_as_soon_as_the_references_begin() {
    if !is_there("pdflatex", "texlive-latex-base") {
        return;
    }
    let folder = Folder::new();
    let pages = |lines: usize| {
        paper("", "", &"A line of words that fill most of it, and no more than that.\n\n".repeat(lines))
    };
    let (log, _) = folder.set("pdflatex", "long", &pages(160));
    let found = warnings(&log, "dlde_neurips_2023");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("runs on to page 5"), "{found:?}");
    let (log, _) = folder.set("pdflatex", "short", &pages(100));
    assert_eq!(warnings(&log, "dlde_neurips_2023"), Vec::<String>::new());
}

#[test]
fn a_submission_tells_nobody_who_wrote_it_and_says_what_set_it() {
    if !is_there("pdflatex", "texlive-latex-recommended") {
        return;
    }
    let folder = Folder::new();
    let load = "\\usepackage[pdfusetitle]{hyperref}\\hypersetup{pdfauthor={Aria Velm},pdfkeywords={flows}}";
    for (before, after) in [(load, ""), ("", load)] {
        let (_, pdf) = folder.set("pdflatex", "quiet", &paper(before, after, ""));
        let bytes = Arc::new(std::fs::read(pdf).expect("a PDF"));
        let info = Document::read(&bytes).expect("a readable PDF").metadata.info;
        for key in ["Author", "Title", "Keywords"] {
            assert_eq!(info.get(key).map_or("", String::as_str), "", "{key}");
        }
        let mark = info.get("DLDE").expect("the mark");
        assert!(mark.starts_with("style=dlde_neurips_2023; version="), "{mark}");
        assert!(mark.contains("mode=submission; textwidth=397.48499pt; textheight=650.43pt"), "{mark}");
    }
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
    }
}
