//! Where reports go.

use super::failure::Failure;
use std::collections::BTreeSet;
use std::io::{ErrorKind, Read as _, Write};
use std::path::{Path, PathBuf};

/// Where reports go.
pub(super) enum Output {
    /// Standard output; a line is left free between two reports for people.
    Stream {
        /// Something was written already.
        used: bool,
    },
    /// A file.
    File(PathBuf),
    /// A directory: one file a submission.
    Directory {
        /// The directory.
        path: PathBuf,
        /// What was written already.
        written: BTreeSet<PathBuf>,
    },
}

impl Output {
    /// Where `-o` says; several submissions need a directory.
    ///
    /// # Errors
    /// A path that is no directory although it has to be, or that is one of the inputs or of what is read `beside`
    /// them.
    pub(super) fn open(path: Option<&Path>, inputs: &[PathBuf], beside: &[PathBuf]) -> Result<Self, Failure> {
        let Some(path) = path else { return Ok(Self::Stream { used: false }) };
        let refused = |why: &str, help| {
            Err(Failure::Output { path: path.display().to_string(), why: why.to_owned(), help })
        };
        if path.is_dir() {
            return Ok(Self::Directory { path: path.to_owned(), written: BTreeSet::new() });
        }
        if path.to_string_lossy().ends_with(['/', '\\']) && !path.exists() {
            std::fs::create_dir_all(path)
                .map_err(|cause| Failure::Write { path: path.display().to_string(), cause })?;
            return Ok(Self::Directory { path: path.to_owned(), written: BTreeSet::new() });
        }
        if inputs.len() > 1 {
            let help = "several papers need a directory; a name that ends in `/` is made into one";
            return refused("there is no such directory to write the reports to", help);
        }
        if is_input(path, inputs) {
            return refused("is the paper itself, which the report would replace", "choose another name");
        }
        if is_input(path, beside) {
            return refused("is read for this check, and the report would replace it", "choose another name");
        }
        Ok(Self::File(path.to_owned()))
    }

    /// Whether it is standard output.
    pub(super) const fn is_stream(&self) -> bool {
        matches!(self, Self::Stream { .. })
    }

    /// Writes one whole report; `name` is the submission's, `extension` the format's.
    ///
    /// # Errors
    /// What the system says, and a second submission of the same name. A reader who left is no error.
    pub(super) fn write(&mut self, name: &str, extension: &str, report: &[u8]) -> Result<(), Failure> {
        match self {
            Self::Stream { used } => {
                let gap: &[u8] = if *used && extension == "txt" { b"\n" } else { b"" };
                *used = true;
                print(&[gap, report].concat())
            }
            Self::File(path) => write_file(path, report),
            Self::Directory { path, written } => {
                let stem = name.strip_suffix(".pdf").unwrap_or(name);
                let target = path.join(format!("{stem}.{extension}"));
                if !written.insert(target.clone()) {
                    return Err(Failure::Output {
                        path: target.display().to_string(),
                        why: "holds the report on another paper of that name".to_owned(),
                        help: "check the two apart, or give them different names",
                    });
                }
                write_file(&target, report)
            }
        }
    }
}

/// Writes to standard output. A reader who left is no error.
///
/// # Errors
/// What the system says.
pub(super) fn print(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(cause) if cause.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::Write { path: "standard output".to_owned(), cause })
        }
        _ => Ok(()),
    }
}

/// Writes a report, but over nothing that is no report.
fn write_file(path: &Path, report: &[u8]) -> Result<(), Failure> {
    if path.is_file() && !is_report(path) {
        return Err(Failure::Output {
            path: path.display().to_string(),
            why: "exists and is no report; it was left as it is".to_owned(),
            help: "name another file for the report",
        });
    }
    std::fs::write(path, report).map_err(|cause| Failure::Write { path: path.display().to_string(), cause })
}

/// How much of a file is looked at: the answer stands on the second line, and a name may be long.
const HEAD_BYTES: u64 = 4096;
/// What every report for programs begins with, but for the schema's address.
const JSON_HEAD: &str = "{\"$schema\":";
const JSON_TOOL: &str = "\"tool\":{\"name\":\"dlde\"";

/// Whether a file is empty or holds a report of ours: then it may be replaced. What cannot be read is none.
fn is_report(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(HEAD_BYTES).read_to_end(&mut head));
    let head = String::from_utf8_lossy(&head);
    let is_json = head.starts_with(JSON_HEAD) && head.contains(JSON_TOOL);
    read.is_ok() && (head.is_empty() || is_json || is_text_report(&head))
}

/// Whether a text begins as reports for people do: what was checked, then the answer, which may be in colour.
fn is_text_report(head: &str) -> bool {
    let mut lines = head.lines();
    let names_venue = lines.next().is_some_and(|subject| subject.contains(": "));
    // A long name breaks the first line; what goes on is set in.
    let answer = lines.find(|line| !line.starts_with("  ")).unwrap_or_default();
    let answer = answer.strip_prefix('\u{1b}').and_then(|a| a.split_once('m')).map_or(answer, |(_, a)| a);
    names_venue && ANSWERS.iter().any(|start| answer.starts_with(start))
}

/// Beginnings of answers.
const ANSWERS: [&str; 3] = ["may be submitted", "would be turned away", "could not be determined"];

fn is_input(path: &Path, inputs: &[PathBuf]) -> bool {
    path.canonicalize().is_ok_and(|real| inputs.iter().any(|i| i.canonicalize().is_ok_and(|i| i == real)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_told_from_what_somebody_wrote() {
        for report in [
            "paper.pdf: dlde-2023, the default\nmay be submitted\n",
            "paper.pdf: dlde-2023, the default\n\u{1b}[1;31mwould be turned away: 1 error\u{1b}[0m\n",
            "a very long name.pdf: dlde-2023,\n  the default\ncould not be determined: no PDF\n",
        ] {
            assert!(is_text_report(report), "{report}");
        }
        for other in ["Notes: ask Mira\nand then\n", "may be submitted", "{\"authors\": []}", "a: b\n"] {
            assert!(!is_text_report(other), "{other}");
        }
    }
}
