//! Where reports go.

use super::failure::Failure;
use crate::report::Format;
use std::collections::BTreeSet;
use std::io::{ErrorKind, IsTerminal as _, Write};
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
    /// A path that is no directory although it has to be, or that is one of the inputs, and a format of which one
    /// stream holds one report only.
    pub(super) fn open(path: Option<&Path>, inputs: &[PathBuf], format: Format) -> Result<Self, Failure> {
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
        if path.is_dir() {
            let has_index = inputs.len() > 1 && format.has_index();
            let written = has_index.then(|| path.join("index.html")).into_iter().collect();
            return Ok(Self::Directory { path: path.to_owned(), written, has_index });
        }
        if inputs.len() > 1 || path.to_string_lossy().ends_with(['/', '\\']) {
            let help = "create the directory first; several papers need one";
            return refused("there is no such directory to write the reports to", help);
        }
        if is_input(path, inputs) {
            return refused("is the paper itself, which the report would replace", "choose another name");
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

/// Endings of files that authors write or build; a report never replaces one.
const AUTHORS_FILES: [&str; 8] = ["pdf", "tex", "bib", "sty", "cls", "bbl", "zip", "toml"];

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

/// Writes a report, but never over a paper or a source.
fn write_file(path: &Path, report: &[u8]) -> Result<(), Failure> {
    let extension = path.extension().map_or(String::new(), |e| e.to_string_lossy().to_lowercase());
    if path.exists() && AUTHORS_FILES.contains(&extension.as_str()) {
        return Err(Failure::Output {
            path: path.display().to_string(),
            why: "exists and is no report; it was left as it is".to_owned(),
            help: "name another file for the report",
        });
    }
    std::fs::write(path, report).map_err(|cause| Failure::Write { path: path.display().to_string(), cause })
}

fn is_input(path: &Path, inputs: &[PathBuf]) -> bool {
    path.canonicalize().is_ok_and(|real| inputs.iter().any(|i| i.canonicalize().is_ok_and(|i| i == real)))
}
