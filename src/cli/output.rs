//! Where reports go.

use super::failure::Failure;
use crate::report::Format;
use std::collections::BTreeSet;
use std::io::{ErrorKind, IsTerminal as _, Read as _, Seek as _, SeekFrom, Write};
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
        /// An index is written beside them: two submissions may bear one name, since it tells them apart.
        has_index: bool,
    },
}

impl Output {
    /// Where `-o` says; several submissions need a directory.
    ///
    /// # Errors
    /// A path that is no directory although it has to be, or that is one of the inputs or of what is read `beside`
    /// them, and a format of which one stream holds one report only.
    pub(super) fn open(
        path: Option<&Path>,
        inputs: &[PathBuf],
        beside: &[PathBuf],
        format: Format,
    ) -> Result<Self, Failure> {
        let Some(path) = path else {
            if format.is_binary() && std::io::stdout().is_terminal() {
                return Err(Failure::Output {
                    path: "standard output".to_owned(),
                    why: "is a terminal, which cannot show this format".to_owned(),
                    help: "name a file with -o",
                });
            }
            return if inputs.len() > 1 && format.is_document() {
                Err(Failure::Output {
                    path: "standard output".to_owned(),
                    why: "holds one report of this format, and several papers are named".to_owned(),
                    help: "create a directory, and name it with -o",
                })
            } else {
                Ok(Self::Stream { used: false })
            };
        };
        let refused = |why: &str, help| {
            Err(Failure::Output { path: path.display().to_string(), why: why.to_owned(), help })
        };
        if path.to_string_lossy().ends_with(['/', '\\']) && !path.exists() {
            std::fs::create_dir_all(path)
                .map_err(|cause| Failure::Write { path: path.display().to_string(), cause })?;
        }
        if path.is_dir() {
            let has_index = inputs.len() > 1 && format.has_index();
            let written = has_index.then(|| path.join("index.html")).into_iter().collect();
            return Ok(Self::Directory { path: path.to_owned(), written, has_index });
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

    /// The folder that an index belongs to.
    pub(super) fn index_folder(&self) -> Option<&Path> {
        match self {
            Self::Directory { path, has_index: true, .. } => Some(path),
            _ => None,
        }
    }

    /// Writes a file of that name where the index belongs; nothing where there is none.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn write_beside(&self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        self.index_folder().map_or(Ok(()), |folder| write_file(&folder.join(name), bytes))
    }

    /// Writes one whole report; `name` is the submission's. The name of the file in a folder of reports.
    ///
    /// # Errors
    /// What the system says, and a second submission of the same name where no index tells the two apart. A reader
    /// who left is no error.
    pub(super) fn write(
        &mut self,
        name: &str,
        format: Format,
        report: &[u8],
    ) -> Result<Option<String>, Failure> {
        match self {
            Self::Stream { used } => {
                let later = std::mem::replace(used, true);
                match format {
                    Format::Text | Format::Markdown if later => print(&[b"\n", report].concat()),
                    Format::Csv if later => print(without_heads(report)),
                    _ => print(report),
                }?;
                Ok(None)
            }
            Self::File(path) => write_file(path, report).map(|()| None),
            Self::Directory { path, written, has_index } => {
                let stem = name.strip_suffix(".pdf").unwrap_or(name);
                let file = |number: String| format!("{stem}{number}.{}", format.extension());
                let mut file_name = file(String::new());
                let mut number = 1;
                while *has_index && written.contains(&path.join(&file_name)) {
                    number += 1;
                    file_name = file(format!("-{number}"));
                }
                let target = path.join(&file_name);
                if !written.insert(target.clone()) {
                    return Err(Failure::Output {
                        path: target.display().to_string(),
                        why: "holds the report on another paper of that name".to_owned(),
                        help: "check the two apart, or give them different names",
                    });
                }
                write_file(&target, report).map(|()| Some(file_name))
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

/// A table that continues another.
fn without_heads(table: &[u8]) -> &[u8] {
    let rest = table.iter().position(|&byte| byte == b'\n').map_or(0, |end| end + 1);
    table.get(rest..).unwrap_or_default()
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
/// How reports for programs begin, and what else stands in their heads.
const HEADS: [(&str, &str); 7] = [
    ("{\"$schema\":", "\"tool\":{\"name\":\"dlde\""),
    ("{", "\"name\": \"dlde\""),
    ("<!doctype html>", "<meta name=\"generator\" content=\"dlde\">"),
    ("<?xml", "<testsuite name=\"dlde "),
    ("submission,venue,kind,outcome,code,rule,", ""),
    ("::", " title="),
    ("::", ",title="),
];
/// What stands at the end of a paper with remarks.
const REMARKS: &[u8] = b"/Title(dlde: ";

/// Whether a file is empty or holds a report of ours: then it may be replaced. What cannot be read is none.
fn is_report(path: &Path) -> bool {
    let read = |from: fn(u64) -> u64| {
        let mut file = std::fs::File::open(path)?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(from(length)))?;
        let mut part = Vec::new();
        file.take(HEAD_BYTES).read_to_end(&mut part).map(|_| part)
    };
    let Ok(head) = read(|_| 0) else { return false };
    if head.starts_with(b"%PDF") {
        let end = read(|length| length.saturating_sub(HEAD_BYTES)).unwrap_or_default();
        return memchr::memmem::find(&end, REMARKS).is_some();
    }
    let head = String::from_utf8_lossy(&head);
    let begins = |(start, mark): &(&str, &str)| head.starts_with(start) && head.contains(mark);
    head.is_empty() || HEADS.iter().any(begins) || is_text_report(&head) || is_comment(&head)
}

/// Whether a text begins as a Markdown report, or as the annotations of a paper without a finding.
fn is_comment(head: &str) -> bool {
    let bold = head.strip_prefix("**").map(str::to_lowercase).unwrap_or_default();
    head.starts_with("dlde checked ") || ANSWERS.iter().any(|answer| bold.starts_with(answer))
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
