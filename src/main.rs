//! The `dlde` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    dlde::cli::run(std::env::args_os())
}
