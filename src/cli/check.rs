//! `dlde check`: every input in turn; the worst decides the exit code.

use super::args::CheckArgs;
use super::config::{Found, venue};
use super::exit::Exit;
use super::failure::{Failure, show, warn};
use super::output::Output;
use super::who::asker;
use super::{explain, terminal};
use crate::audience::Audience;
use crate::check::{Asker, Selection, check_for};
use crate::profile::ProfileFile;
use crate::report::{Format, Look};
use crate::rules::RULES;
use crate::submission::{Origin, StandIns, Submission};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// Checks and reports every input, in order.
pub(super) fn run(args: &CheckArgs) -> Exit {
    let mut run = match Run::new(args) {
        Ok(run) => run,
        Err(failure) => return show(&failure, args.color),
    };
    args.inputs.iter().map(|input| run.guarded(input)).max().unwrap_or(Exit::Clean)
}

/// What holds for every input.
struct Run<'a> {
    args: &'a CheckArgs,
    /// The venue of the command line.
    named: Option<ProfileFile>,
    selection: Selection,
    asker: Asker,
    output: Output,
    look: Look,
}

impl<'a> Run<'a> {
    fn new(args: &'a CheckArgs) -> Result<Self, Failure> {
        let selection = selection(args)?;
        let asker = asker(args.audience, &args.who)?;
        if args.inputs.len() > 1 && (args.source.is_some() || !args.supplement.is_empty()) {
            return Err(Failure::WhosePart);
        }
        let named = args.demands.venue.as_deref().map(|word| venue(word, None)).transpose()?;
        let output = Output::open(args.output.as_deref(), &args.inputs, &beside(args))?;
        let look = if output.is_stream() {
            terminal::look(args.color, &std::io::stdout())
        } else {
            terminal::look_of_file(args.color)
        };
        Ok(Self { args, named, selection, asker, output, look })
    }

    /// One input; a fault of ours on one paper loses no other paper's report.
    fn guarded(&mut self, input: &Path) -> Exit {
        match catch_unwind(AssertUnwindSafe(|| self.one(input))) {
            Ok(Ok(exit)) => exit,
            Ok(Err(failure)) => show(&failure, self.args.color),
            Err(_panic) => show(&Failure::internal(Some(input)), self.args.color),
        }
    }

    fn one(&mut self, input: &Path) -> Result<Exit, Failure> {
        let mut submission = Submission::open(input)?;
        let found = Found::beside(input)?;
        let profile = found.profile(&self.args.demands, self.named.as_ref())?;
        found.choose_main(input, &mut submission)?;
        let sources = self.args.source.iter().map(|path| (path, Origin::Source));
        let supplements = self.args.supplement.iter().map(|path| (path, Origin::Supplement));
        for (path, origin) in sources.chain(supplements) {
            submission = submission.with(path, origin)?;
        }
        let report = check_for(&submission, &profile, &self.selection, &self.asker);
        let names = StandIns::of(&submission);
        let is_blind = self.asker.audience == Audience::Reviewer;
        let report = if is_blind { report.under(&names) } else { report };
        let mut bytes = Vec::new();
        let name = &submission.name;
        Format::from(self.args.format)
            .write(&report, self.look, &mut bytes)
            .map_err(|cause| Failure::Write { path: name.clone(), cause })?;
        self.output.write(name, self.args.format.extension(), &bytes)?;
        Ok(Exit::of(&report, self.args.fail_on.level()))
    }
}

/// What is read besides the papers, and may not be written over either.
fn beside(args: &CheckArgs) -> Vec<PathBuf> {
    let venue = args.demands.venue.as_ref().map(PathBuf::from);
    let files = args.source.iter().chain(&args.who.identities).cloned();
    files.chain(args.supplement.iter().cloned()).chain(venue).collect()
}

/// Which rules to run; a word that is an earlier name is remarked on.
fn selection(args: &CheckArgs) -> Result<Selection, Failure> {
    let selection = Selection {
        select: args.select.clone(),
        ignore: args.ignore.clone(),
        shows_suppressed: args.no_ignores,
    };
    if let Some(word) = selection.unknown() {
        return Err(explain::unknown(word));
    }
    for word in selection.select.iter().chain(&selection.ignore) {
        if let Some(rule) = explain::renamed(word) {
            warn(&format!("`{word}` is an earlier name of `{}`; use that", rule.name));
        }
    }
    let is_open = selection.select.is_empty() && selection.ignore.is_empty();
    if !is_open && !RULES.iter().any(|rule| selection.holds(rule)) {
        return Err(Failure::NoRule);
    }
    Ok(selection)
}
