//! Programs of others that tests run.

use std::process::{Command, Stdio};

/// Whether a program is there; where it is not, the test says that it is skipped.
///
/// # Panics
/// Where `DLDE_TEST_ALL` is set, as `.ci/run` does: there nothing may be skipped.
pub(crate) fn is_there(program: &str, package: &str) -> bool {
    let runs = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if runs.is_ok() {
        return true;
    }
    let missing = format!("{program} is not installed (Debian package {package})");
    assert!(std::env::var_os("DLDE_TEST_ALL").is_none(), "{missing}");
    #[expect(clippy::print_stderr, reason = "nothing else tells that a test was skipped")]
    {
        eprintln!("skipped: {missing}");
    }
    false
}
