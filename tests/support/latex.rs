//! LaTeX, run in a folder of its own.

use super::program::project;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

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

    /// Sets a document, twice; the log and the PDF.
    pub(crate) fn set(&self, engine: &str, name: &str, text: &str) -> (String, PathBuf) {
        std::fs::write(self.path().join(format!("{name}.tex")), text).expect("the document is written");
        for _ in 0..2 {
            self.run(engine, &["-interaction=nonstopmode", name]);
        }
        let log = std::fs::read(self.path().join(format!("{name}.log"))).expect("a log");
        (String::from_utf8_lossy(&log).into_owned(), self.path().join(format!("{name}.pdf")))
    }

    /// Runs a program in the folder, whatever it thinks of it.
    pub(crate) fn run(&self, program: &str, args: &[&str]) {
        let mut command = Command::new(program);
        command.args(args).current_dir(self.path()).env("SOURCE_DATE_EPOCH", "0");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().expect("the program starts");
    }
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
