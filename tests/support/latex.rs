//! LaTeX, run in a folder of its own.
#![allow(dead_code, reason = "each test needs a part of it")]

use super::program::project;
use super::tool::{is_there, skipped};
use dlde::pdf::Document;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

/// The engines, and the Debian packages that bring them.
pub(crate) const ENGINES: [(&str, &str); 3] =
    [("pdflatex", "texlive-latex-base"), ("lualatex", "texlive-luatex"), ("xelatex", "texlive-xetex")];

/// Whether pdfLaTeX is there and finds each of these files.
pub(crate) fn latex_finds(files: &[&str]) -> bool {
    if !is_there("pdflatex", "texlive-latex-base") {
        return false;
    }
    let finds = |file: &&str| {
        let found = Command::new("kpsewhich").arg(file).stdout(Stdio::null()).status();
        found.is_ok_and(|status| status.success())
    };
    match files.iter().find(|file| !finds(file)) {
        Some(file) => skipped(&format!("LaTeX does not find {file}; .ci/run lists the Debian packages")),
        None => true,
    }
}

/// A folder with the style files in it.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    /// A new one.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for year in [2021, 2022, 2023] {
            let name = format!("dlde_neurips_{year}.sty");
            std::fs::copy(project().join("sty").join(&name), folder.path().join(&name)).expect("a style");
        }
        Self(folder)
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Sets a document, twice; the log and the PDF, both of this document and of no earlier one.
    ///
    /// # Panics
    /// Where LaTeX finds an error in it.
    pub(crate) fn set(&self, engine: &str, name: &str, text: &str) -> (String, PathBuf) {
        self.set_in(2, engine, name, text)
    }

    /// As [`Folder::set`], in so many runs.
    pub(crate) fn set_in(&self, runs: u32, engine: &str, name: &str, text: &str) -> (String, PathBuf) {
        let (log, is_sound) = self.attempt(runs, engine, name, text);
        assert!(is_sound, "{engine} fails on\n{text}\n{log}");
        let pdf = self.path().join(format!("{name}.pdf"));
        assert!(pdf.is_file(), "{engine} makes no PDF of\n{text}\n{log}");
        (log, pdf)
    }

    /// Sets a document that may be broken; the log, and whether LaTeX found no error.
    pub(crate) fn attempt(&self, runs: u32, engine: &str, name: &str, text: &str) -> (String, bool) {
        for ending in ["aux", "log", "out", "pdf"] {
            let old = self.path().join(format!("{name}.{ending}"));
            if old.exists() {
                std::fs::remove_file(old).expect("what was there is removed");
            }
        }
        std::fs::write(self.path().join(format!("{name}.tex")), text).expect("the document is written");
        let mut is_sound = true;
        for _ in 0..runs {
            is_sound &= self.run(engine, &["-interaction=nonstopmode", name]);
        }
        let log = std::fs::read(self.path().join(format!("{name}.log"))).expect("a log");
        (String::from_utf8_lossy(&log).into_owned(), is_sound)
    }

    /// Runs a program in the folder; whether it was content.
    pub(crate) fn run(&self, program: &str, args: &[&str]) -> bool {
        let mut command = Command::new(program);
        command.args(args).current_dir(self.path()).env("SOURCE_DATE_EPOCH", "0");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().expect("the program starts").success()
    }
}

/// Reads a PDF that LaTeX made.
pub(crate) fn read_pdf(path: &Path) -> Document {
    let bytes = Arc::new(std::fs::read(path).expect("a PDF"));
    Document::read(&bytes).expect("a readable PDF")
}

/// What the style says in a log, each warning on one line.
pub(crate) fn warnings(log: &str, style: &str) -> Vec<String> {
    let begin = format!("Package {style} Warning: ");
    let joined = log.replace(&format!("\n({style})"), " ");
    let found = joined.match_indices(&begin).map(|(at, _)| &joined[at + begin.len()..]);
    found
        .map(|rest| {
            let text = rest.split("\n\n").next().unwrap_or(rest).replace('\n', "");
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        })
        .collect()
}

/// A paper of a few words: what is loaded before and after the style, and what stands in the body.
pub(crate) fn paper(before: &str, after: &str, body: &str) -> String {
    format!(
        "\\documentclass{{article}}\n{before}\n\\usepackage{{dlde_neurips_2023}}\n{after}\n\
         \\title{{Quiet Flows}}\\author{{Aria Velm}}\n\\begin{{document}}\\maketitle\n\
         \\begin{{abstract}}Few words.\\end{{abstract}}\n\\section{{One}} Words.\n\n{body}\n\
         \\begin{{itemize}}\\item a\\item b\\end{{itemize}}\n\
         \\begin{{thebibliography}}{{1}}\\bibitem[Velm(2020)]{{a}} Velm. On flows. 2020.\\end{{thebibliography}}\n\
         \\end{{document}}\n"
    )
}
