//! `dlde hotcrp`: what HotCRP runs on an uploaded PDF.

use super::args::HotcrpArgs;
use super::batch::{orders_of, program};
use super::failure::{Failure, warn};
use crate::report::hotcrp::write_failure;
use crate::submission::{Handed, Kind};
use crate::worker::{Crew, Ending, Limits, Orders};
use std::ffi::OsString;
use std::io::Write as _;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// What HotCRP and its own tests say to the programs that this one stands in for. It changes nothing here.
const SAID_BY_HOTCRP: [&str; 3] = ["-json", "-no-time", "-colpos"];

/// The arguments of the program without those that only other programs understand.
pub(super) fn understood(mut args: Vec<OsString>) -> Vec<OsString> {
    let is_said = |arg: &OsString| SAID_BY_HOTCRP.iter().any(|word| arg == word);
    if args.iter().skip(1).find(|arg| !is_said(arg)).is_some_and(|command| command == "hotcrp") {
        args.retain(|arg| !is_said(arg));
    }
    args
}

/// Prints the object on the pages of a PDF. HotCRP sets no time and looks at no exit code: whatever happens to the
/// file, an object is printed.
///
/// # Errors
/// A venue that cannot be read, and what standard output says.
pub(super) fn run(args: &HotcrpArgs) -> Result<(), Failure> {
    let at = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let orders = Orders { for_hotcrp: Some(at), ..orders_of(&args.demands)? };
    let limits = Limits { time: args.timeout, memory: args.memory, ..Limits::default() };
    let crew = Crew { program: program(None)?, orders, limits };
    let object = match Handed::gather(&args.file) {
        // HotCRP asks about a PDF; what another file holds is nothing to it.
        Ok(handed) if handed.files.first().is_none_or(|file| file.kind != Kind::Pdf) || handed.is_folder => {
            told(&format!("{} is no PDF", args.file.display()))
        }
        Ok(handed) => match crew.seat().check(&Arc::new(handed), None, None) {
            Ok(Ending::Checked(checked)) => {
                if !checked.is_read {
                    warn(&format!("{0} cannot be read; `dlde check {0}` says why", args.file.display()));
                }
                Some(checked.report)
            }
            Ok(Ending::Timeout) => told("the check took longer than allowed"),
            Ok(Ending::Crashed(why)) => told(&format!("the check failed: {why}")),
            Err(error) => told(&error.to_string()),
        },
        Err(error) => told(&error.to_string()),
    };
    let mut out = Vec::new();
    let written = match object {
        Some(object) => out.write_all(&object).and_then(|()| out.write_all(b"\n")),
        None => write_failure(at, &mut out),
    };
    let written = written.and_then(|()| std::io::stdout().write_all(&out));
    written.map_err(|cause| Failure::Write { path: "standard output".to_owned(), cause })
}

/// Tells whoever reads the log of the server; HotCRP is told that there is no object.
fn told(why: &str) -> Option<Vec<u8>> {
    warn(why);
    None
}
