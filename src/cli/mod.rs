//! The command line: parse, run, exit code. A door: it may touch files, the environment and the terminal.
//!
//! Standard output holds what was asked for and nothing else; everything else goes to standard error.
#![expect(
    clippy::disallowed_methods,
    reason = "the command line reads venues and settings, writes reports and looks at the environment"
)]

mod amount;
mod args;
mod batch;
mod check;
mod choice;
mod compile;
mod completions;
mod config;
mod exit;
mod explain;
mod failure;
mod fix;
mod fix_links;
mod fix_target;
mod fix_told;
mod fix_tree;
mod git;
mod hotcrp;
mod index;
mod input;
mod lsp;
mod masked;
mod outline;
mod output;
mod progress;
mod reached;
mod rules;
#[cfg(feature = "serve")]
mod serve;
mod start;
mod terminal;
mod venues;
mod watch;
mod who;

use crate::join;
use args::{Cli, Command};
use choice::ColorArg;
use exit::Exit;
use failure::Failure;
use std::convert::Infallible;
use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

/// Runs the program on its arguments, the first being its own name. It ends the process where its work ends; only usage
/// that is wrong, help and faults of ours come back to whoever called.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::read(&hotcrp::understood(args.into_iter().collect())) {
        Ok(cli) => cli,
        // Help and usage errors: clap knows which stream and which code. A reader that left misses nothing.
        Err(shown) => {
            let _ = shown.print();
            return if shown.use_stderr() { Exit::Failure } else { Exit::Clean }.into();
        }
    };
    if matches!(cli.command, Command::Worker) {
        return worker();
    }
    failure::watch_panics();
    let work = || -> Infallible { dispatch(&cli).end() };
    let failure = match catch_unwind(AssertUnwindSafe(|| join::inside(work))) {
        Ok(Ok(never)) => match never {},
        Ok(Err(cause)) => Failure::Thread { cause },
        Err(_panic) => Failure::internal(None),
    };
    failure::show(&failure, ColorArg::Auto).into()
}

/// Checks what comes in. Who started it is told what is wrong on standard error.
fn worker() -> ExitCode {
    match crate::worker::serve() {
        Ok(()) => Exit::Clean.into(),
        Err(cause) => {
            failure::warn(&cause.to_string());
            Exit::Failure.into()
        }
    }
}

fn dispatch(cli: &Cli) -> Exit {
    let done = match &cli.command {
        Command::Check(args) if args.watch => return watch::run(args),
        Command::Check(args) => return check::run(args),
        Command::Batch(args) => {
            return batch::run(args).unwrap_or_else(|failure| failure::show(&failure, ColorArg::Auto));
        }
        Command::Hotcrp(args) => hotcrp::run(args),
        Command::Lsp(args) => {
            return lsp::run(args).unwrap_or_else(|failure| failure::show(&failure, ColorArg::Auto));
        }
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(args),
        Command::Outline(args) => outline::run(args),
        Command::Fix(args) => {
            return fix::run(args).unwrap_or_else(|failure| failure::show(&failure, ColorArg::Auto));
        }
        Command::New(args) => start::new(args),
        Command::Style(args) => start::style(args),
        Command::Rules => rules::run(),
        Command::Explain(args) => explain::run(&args.rule),
        Command::Venues(args) => venues::run(args.id.as_deref()),
        Command::Completions(args) => completions::run(args.shell),
        // Begun above: it closes itself in before its second thread.
        Command::Worker => Ok(()),
    };
    match done {
        Ok(()) => Exit::Clean,
        Err(failure) => failure::show(&failure, ColorArg::Auto),
    }
}
