//! The program, run as a user runs it.
#![allow(dead_code, reason = "each test looks at a part of what a run leaves behind")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// What a run left behind.
pub(crate) struct Run {
    /// The exit code; a run that was killed has none.
    pub(crate) code: Option<i32>,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

/// Runs `dlde` in a directory, for a terminal of 80 columns without colour.
pub(crate) fn dlde(directory: &Path, args: &[&str]) -> Run {
    let done = Command::new(env!("CARGO_BIN_EXE_dlde"))
        .args(args)
        .current_dir(directory)
        .env("COLUMNS", "80")
        .env("NO_COLOR", "1")
        .env_remove("GITHUB_ACTIONS")
        .output()
        .expect("the program starts");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("what is said is UTF-8");
    Run { code: done.status.code(), out: text(&done.stdout), err: text(&done.stderr) }
}

/// The root of the project.
pub(crate) fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
