//! `dlde completions`: a script that lets a shell complete the command line.

use super::args::Cli;
use super::failure::Failure;
use super::output::print;
use clap::CommandFactory;

/// Prints the script.
///
/// # Errors
/// What the system says.
pub(super) fn run(shell: clap_complete::Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "dlde", &mut script);
    print(&script)
}
