//! What git knows of a directory: whether all of it is committed, so that a change can be taken back.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The files of a directory that git keeps, by their names relative to it.
///
/// # Errors
/// A sentence about the directory that lacks its subject: git is missing, it is no git tree, or something in it is
/// not committed.
pub(super) fn committed(directory: &Path) -> Result<BTreeSet<String>, String> {
    let changed = ask(directory, &["status", "--porcelain", "--untracked-files=all", "--", "."])?;
    if let Some(line) = changed.lines().next() {
        let name = line.get(3..).unwrap_or(line);
        return Err(format!("holds what is not committed ({name}); commit it, or write a copy with -o"));
    }
    let kept = ask(directory, &["ls-files", "-z", "--", "."])?;
    Ok(kept.split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect())
}

fn ask(directory: &Path, args: &[&str]) -> Result<String, String> {
    let mut command = Command::new("git");
    // A monitor is a program that the settings of the repository name: none of them is to be run here.
    command.arg("-C").arg(directory).args(["-c", "core.fsmonitor=false", "-c", "core.quotePath=false"]);
    command.args(args).env("GIT_OPTIONAL_LOCKS", "0").stdin(Stdio::null());
    match command.output() {
        Ok(Output { status, stdout, .. }) if status.success() => {
            Ok(String::from_utf8_lossy(&stdout).into_owned())
        }
        Ok(_) => Err("is not in a git tree; write a copy with -o".to_owned()),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
            Err("cannot be changed in place without git, which is not installed; write a copy with -o"
                .to_owned())
        }
        Err(cause) => Err(format!(
            "cannot be changed in place, since git does not start ({cause}); write a copy with -o"
        )),
    }
}
