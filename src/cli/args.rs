//! What may be said on the command line.

use super::amount;
use super::choice::{AudienceArg, ColorArg, FailOn, StageArg, TrackArg, formats};
use crate::report::Format;
use clap::{Args, FromArgMatches as _, Parser, Subcommand};
use std::ffi::OsString;
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::time::Duration;

const EXIT_CODES: &str = "\
Exit codes:
  0  no finding at or above --fail-on (an error, unless you say otherwise)
  1  at least one such finding
  2  wrong usage, or the tool itself failed
  3  no such finding, but something that decides could not be determined";

const CHECK_EXAMPLES: &str = "\
Examples:
  dlde check paper.pdf                          against the newest DLDE workshop
  dlde check paper.pdf --venue dlde-2022        against another one
  dlde check paper.pdf --stage camera-ready     after acceptance
  dlde check paper.pdf --watch                  while you write
  dlde check paper.zip                          PDF and sources together
  dlde check main.tex --compile                 a source with what it takes in, built
  dlde check paper.pdf --supplement code.zip    what is handed in with it
  dlde check paper.pdf --track recently-published
  dlde check *.pdf --format json -o reports/    one report a paper
  dlde check *.pdf --format html -o reports/    with an index over all of them
  dlde check paper.pdf --ignore long-appendix   all but one rule

A `dlde.toml` beside the paper, or above it in the same repository, may set
venue, stage, track and main, so that nobody has to remember them:

  venue = \"dlde-2023\"
  stage = \"camera-ready\"
  main  = \"paper.pdf\"";

const FIX_NOTE: &str = "\
Examples:
  dlde fix paper.pdf -o clean.pdf               the paper without what no page shows
  dlde fix paper/ -o clean/                     its sources
  dlde fix paper/ -o clean.zip                  the same, packed to be handed in
  dlde fix paper.tar.gz -o clean.zip            an archive, packed anew as a zip
  dlde fix paper/ --diff                        what would change, and nothing else

Of sources these are cut, and every other byte stays: comments that name
somebody, fields that programs keep in bibliographies, options of the style that
belong to another stage, what PDFs hold beside their pages. Version control and
what builds, systems and editors leave (main.aux, .DS_Store, .vscode) are not
copied; --in-place removes them where git keeps them, and touches nothing that
git ignores.

Pictures lose what they hold beside the picture; no pixel is written anew.

With --unsafe these are cut as well, since no page shows them; look at --diff
first, whether you still want them:
  text that is switched off or stands after the end, and names somebody
  what stands in \\author, under a style that prints other words in its place
  macros for the notes of somebody that nothing uses
  the author among the options of hyperref

Pages, links, fonts and structure stay as they are, and are compared before the
new file is written. Visible names and hidden text are yours to mend.

The paper is checked before and after, by every rule, as `dlde check` does, and
what is left to you is listed last. The exit code is 1 where something is left
that would turn the paper away, and 3 where that could not be determined.";

/// Tells you whether the workshop would turn your paper away, why, where, and what to do
#[derive(Debug, Parser)]
#[command(name = "dlde", version, arg_required_else_help = true, max_term_width = 100)]
#[command(subcommand_required = true, after_help = EXIT_CODES)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
}

impl Cli {
    /// Reads the arguments, the first being the program's own name.
    ///
    /// The check of a paper is waited for: its own arguments alone are made ready first. Whatever these cannot make
    /// sense of, the whole tells.
    ///
    /// # Errors
    /// What is shown instead: help, the version, or what is wrong with the arguments.
    pub(super) fn read(args: &[OsString]) -> Result<Self, clap::Error> {
        let check = || {
            let check = CheckArgs::augment_args(clap::Command::new("check"));
            let read = clap::Command::new("dlde").subcommand(check).try_get_matches_from(args).ok()?;
            CheckArgs::from_arg_matches(read.subcommand_matches("check")?).ok()
        };
        let is_check = args.get(1).is_some_and(|command| command == "check");
        match is_check.then(check).flatten() {
            Some(args) => Ok(Self { command: Command::Check(Box::new(args)) }),
            None => Self::try_parse_from(args),
        }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check a paper before you submit it
    Check(Box<CheckArgs>),
    /// Check many papers: a result for each, whatever it does, in processes that can do no harm
    Batch(Box<BatchArgs>),
    /// Print what HotCRP expects of its `banalCommand`
    Hotcrp(HotcrpArgs),
    /// Tell an editor what is found, while you write, over standard input and output
    Lsp(LspArgs),
    /// Take in submissions over HTTP and give their reports; see docs/service.md
    #[cfg(feature = "serve")]
    Serve(Box<super::serve::ServeArgs>),
    /// Show the parts of a paper as the tool sees them
    Outline(OutlineArgs),
    /// Write a paper or its sources anew without what no page shows: metadata, comments that name somebody, leftovers
    Fix(FixArgs),
    /// Start a new paper: a project that builds and passes
    New(NewArgs),
    /// Write the workshop's LaTeX style
    Style(StyleArgs),
    /// List every rule
    Rules,
    /// Explain a rule: what it checks, why it matters, what to do
    Explain(ExplainArgs),
    /// List the venues that are known
    Venues(VenuesArgs),
    /// Print a completion script for your shell
    Completions(CompletionsArgs),
    /// Check what comes in on standard input, for `dlde batch`
    #[command(hide = true)]
    Worker,
}

/// What `dlde lsp` takes.
#[derive(Debug, Args)]
pub(super) struct LspArgs {
    /// Speak over standard input and output, as it always does; some editors say so
    #[arg(long)]
    pub(super) stdio: bool,
    #[command(flatten)]
    pub(super) demands: DemandArgs,
}

/// What `dlde outline` takes.
#[derive(Debug, Args)]
pub(super) struct OutlineArgs {
    /// The paper: a PDF, or a directory that holds one
    pub(super) input: PathBuf,
    /// Print the words in reading order instead; pages end with a form feed
    #[arg(long)]
    pub(super) text: bool,
}

/// What `dlde new` takes.
#[derive(Debug, Args)]
pub(super) struct NewArgs {
    /// The directory of the new paper; it is made
    pub(super) directory: PathBuf,
    /// The venue it is for [default: the newest DLDE]
    #[arg(long, value_name = "ID|FILE")]
    pub(super) venue: Option<String>,
    /// Replace files that are there already
    #[arg(long)]
    pub(super) force: bool,
}

/// What `dlde style` takes.
#[derive(Debug, Args)]
pub(super) struct StyleArgs {
    /// The venue whose style it is [default: the newest DLDE]
    #[arg(long, value_name = "ID|FILE")]
    pub(super) venue: Option<String>,
    /// Write it to this directory [default: the current one]
    #[arg(short, long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// Replace a file that is there already
    #[arg(long)]
    pub(super) force: bool,
}

/// What `dlde check` takes.
#[derive(Debug, Args)]
#[command(arg_required_else_help = true, after_help = CHECK_EXAMPLES)]
pub(super) struct CheckArgs {
    /// The paper: a PDF, a directory, an archive, or a .tex file, which brings what it takes in from its own folder;
    /// several are checked one by one
    #[arg(required = true, value_name = "INPUT")]
    pub(super) inputs: Vec<PathBuf>,
    /// What the paper was made from and is not handed in: a directory, an archive or a .tex file
    #[arg(long, value_name = "PATH")]
    pub(super) source: Option<PathBuf>,
    /// What is handed in beside the paper: a directory, an archive or a file; may be given several times
    #[arg(long, value_name = "PATH")]
    pub(super) supplement: Vec<PathBuf>,
    /// Where no PDF is handed in, build it from the sources with pdfLaTeX, in a folder of its own, within a minute
    #[arg(long, conflicts_with = "watch")]
    pub(super) compile: bool,
    #[command(flatten)]
    pub(super) demands: DemandArgs,
    /// What the report is for [default: text; github in a job of GitHub Actions]
    #[arg(long, value_parser = formats())]
    pub(super) format: Option<Format>,
    /// Write the report here: a file; with several papers, a directory
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Tell also what has changed since this report, which `--format json` wrote; in text, html and json
    #[arg(long, value_name = "OLD.json")]
    pub(super) diff: Option<PathBuf>,
    /// Stay, and check anew whenever the paper changes: the answer on one screen, until Ctrl-C
    #[arg(long, conflicts_with_all = ["format", "output", "diff"])]
    pub(super) watch: bool,
    #[command(flatten)]
    pub(super) rules: RuleArgs,
    /// Who reads the report; a reviewer is not shown what could name an author
    #[arg(long, value_name = "WHO", default_value = "author")]
    pub(super) audience: AudienceArg,
    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(super) color: ColorArg,
    #[command(flatten)]
    pub(super) who: WhoArgs,
}

const BATCH_NOTE: &str = "\
Examples:
  dlde batch papers/ --out results.jsonl              every PDF, zip and folder in it
  dlde batch papers.zip --out results.jsonl --html reports/
  dlde batch 'in/*.pdf' --out results.jsonl --csv results.csv
  dlde batch in/ --id-regex 'paper(\\d+)' --out results.jsonl
  dlde batch papers.jsonl --out results.jsonl         a manifest, a line a paper:

  {\"id\": \"17\", \"pdf\": \"17.pdf\", \"source\": \"17.zip\", \"authors\": [\"Ada Orr\"]}

In a folder or zip of papers, files with one id are one submission: its PDF, and
what goes with it. An id is the name without its ending.

Killed, it goes on where it was: what the results hold and nothing has changed
is not checked again. Wall times go to a file beside the results.

Exit codes: the worst of all papers, as for `dlde check`. A paper that could not
be checked counts as 3; 2 is for a batch that could not be run.";

/// What `dlde batch` takes.
#[derive(Debug, Args)]
#[command(arg_required_else_help = true, after_help = BATCH_NOTE)]
pub(super) struct BatchArgs {
    /// Folders and zips of papers, papers, patterns in quotes, and manifests (.jsonl)
    #[arg(required = true, value_name = "INPUT")]
    pub(super) inputs: Vec<String>,
    /// The results: a JSON object a line; a file that is there already is gone on with
    #[arg(short, long, value_name = "FILE")]
    pub(super) out: PathBuf,
    /// Write a table over all papers here
    #[arg(long, value_name = "FILE")]
    pub(super) csv: Option<PathBuf>,
    /// Write a page with pictures for each paper to this directory, and an index over them
    #[arg(long, value_name = "DIR")]
    pub(super) html: Option<PathBuf>,
    /// What of a file's name is the id: the first group, or the whole match
    #[arg(long, value_name = "REGEX")]
    pub(super) id_regex: Option<regex::Regex>,
    /// Papers that are checked at once [default: one a core]
    #[arg(short, long, value_name = "NUMBER")]
    pub(super) jobs: Option<NonZeroU16>,
    /// The longest that one paper may take, such as 500ms, 30s or 2m
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = amount::time)]
    pub(super) timeout: Duration,
    /// The most memory that one paper may take, such as 512MiB or 2GiB
    #[arg(long, value_name = "SIZE", default_value = "1GiB", value_parser = amount::size)]
    pub(super) memory: u64,
    /// One part of so many, such as 3/8, chosen by the ids: for several machines
    #[arg(long, value_name = "PART/OF", value_parser = amount::part)]
    pub(super) shard: Option<(u32, u32)>,
    /// Check again what took too long or crashed before
    #[arg(long)]
    pub(super) retry: bool,
    /// Start each worker through this command, such as a container runtime: `dlde worker` is put after it
    #[arg(long, value_name = "COMMAND")]
    pub(super) through: Option<String>,
    #[command(flatten)]
    pub(super) demands: DemandArgs,
    #[command(flatten)]
    pub(super) rules: RuleArgs,
    /// Who reads the reports; a reviewer is not shown what could name an author
    #[arg(long, value_name = "WHO", default_value = "chair")]
    pub(super) audience: AudienceArg,
}

/// Which rules are run, and what comes of them.
#[derive(Debug, Clone, Args)]
pub(super) struct RuleArgs {
    /// Run these rules only, by code, name or family (PAGE001, page-limit-exceeded, PAGE)
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) select: Vec<String>,
    /// Leave these rules out, by code, name or family
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,
    /// Show also what `% dlde: ignore NAME -- reason` in the sources takes out
    #[arg(long)]
    pub(super) no_ignores: bool,
    /// The least that makes the exit code 1; it changes nothing else
    #[arg(long, value_name = "LEVEL", default_value = "error")]
    pub(super) fail_on: FailOn,
}

/// What `dlde hotcrp` takes.
#[derive(Debug, Args)]
pub(super) struct HotcrpArgs {
    /// The PDF
    pub(super) file: PathBuf,
    /// The longest that it may take, such as 500ms, 30s or 1m
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = amount::time)]
    pub(super) timeout: Duration,
    /// The most memory that it may take, such as 512MiB or 2GiB
    #[arg(long, value_name = "SIZE", default_value = "1GiB", value_parser = amount::size)]
    pub(super) memory: u64,
    #[command(flatten)]
    pub(super) demands: DemandArgs,
}

/// Whose demands a paper is checked against.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct DemandArgs {
    /// The venue: one that `dlde venues` lists, or a file such as my-venue.toml [default: the newest DLDE]
    #[arg(long, value_name = "ID|FILE")]
    pub(super) venue: Option<String>,
    /// Where the paper stands [default: submission]
    #[arg(long)]
    pub(super) stage: Option<StageArg>,
    /// The track it is handed in to [default: regular]
    #[arg(long)]
    pub(super) track: Option<TrackArg>,
}

/// Who the authors are. What is said here stays out of the report.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Who the authors are, to find them where they should not be")]
pub(super) struct WhoArgs {
    /// A file of names, addresses and accounts, JSON or TOML; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    pub(super) identities: Option<PathBuf>,
    /// The name of an author; may be repeated
    #[arg(long, value_name = "NAME")]
    pub(super) author: Vec<String>,
    /// An organisation of theirs
    #[arg(long, value_name = "NAME")]
    pub(super) affiliation: Vec<String>,
    /// An e-mail address of theirs
    #[arg(long, value_name = "ADDRESS")]
    pub(super) email: Vec<String>,
    /// An account of theirs, on GitHub or elsewhere
    #[arg(long, value_name = "ACCOUNT")]
    pub(super) github: Vec<String>,
    /// Show the words that were found, not only whose they are
    #[arg(long)]
    pub(super) show_identities: bool,
}

/// What `dlde fix` takes.
#[derive(Debug, Args)]
#[command(arg_required_else_help = true, after_help = FIX_NOTE)]
pub(super) struct FixArgs {
    /// The paper: a PDF; or its sources: a directory or an archive
    pub(super) input: PathBuf,
    /// Write the new PDF, directory or .zip here; folders that are missing are made, nothing is ever written over
    #[arg(short, long, value_name = "PATH", required_unless_present_any = ["diff", "in_place"])]
    pub(super) output: Option<PathBuf>,
    /// Print what would change in the sources, as a unified diff, and write nothing
    #[arg(long, conflicts_with_all = ["output", "in_place"])]
    pub(super) diff: bool,
    /// Change the files of a directory where they are, and remove leftovers; all of it must be committed to git
    #[arg(long, conflicts_with = "output")]
    pub(super) in_place: bool,
    /// Drop the files within the PDF as well
    #[arg(long)]
    pub(super) attachments: bool,
    /// Cut out of sources also what no page shows and you may still want; see below
    #[arg(long)]
    pub(super) r#unsafe: bool,
    #[command(flatten)]
    pub(super) demands: DemandArgs,
}

/// What `dlde explain` takes.
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// A code, name or family, such as PAGE001, page-limit-exceeded or PAGE
    pub(super) rule: String,
}

/// What `dlde venues` takes.
#[derive(Debug, Args)]
pub(super) struct VenuesArgs {
    /// Print the file of this venue, to make one of your own from
    pub(super) id: Option<String>,
}

/// What `dlde completions` takes.
#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    pub(super) shell: clap_complete::Shell,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
