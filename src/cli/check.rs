//! `dlde check`: every input in turn; the worst decides the exit code.

use super::args::{CheckArgs, RuleArgs};
use super::config::{Found, venue};
use super::exit::Exit;
use super::failure::{Failure, show, warn};
use super::index::Index;
use super::input::Input;
use super::masked::Masked;
use super::output::Output;
use super::who::asker;
use super::{compile, explain, reached, terminal};
use crate::audience::Audience;
use crate::check::{Asker, Selection, check_for};
#[cfg(feature = "pictures")]
use crate::pdf::draw;
use crate::profile::{Profile, ProfileFile};
#[cfg(feature = "pictures")]
use crate::report::pages_in_detail;
use crate::report::{Earlier, Format, Look, Picture, Report, plain};
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
    let worst = Input::all(&args.inputs).iter().map(|input| run.guarded(input)).max().unwrap_or(Exit::Clean);
    match run.index.write(&run.output) {
        Ok(()) => worst,
        Err(failure) => show(&failure, args.color),
    }
}

/// What holds for every input.
pub(super) struct Run<'a> {
    pub(super) args: &'a CheckArgs,
    /// The venue of the command line.
    named: Option<ProfileFile>,
    pub(super) selection: Selection,
    pub(super) asker: Asker,
    format: Format,
    output: Output,
    index: Index,
    pub(super) look: Look,
}

impl<'a> Run<'a> {
    pub(super) fn new(args: &'a CheckArgs) -> Result<Self, Failure> {
        let selection = selection(&args.rules)?;
        let asker = asker(args.audience, &args.who)?;
        if args.inputs.len() > 1 && (args.source.is_some() || !args.supplement.is_empty()) {
            return Err(Failure::WhosePart);
        }
        let named = args.demands.venue.as_deref().map(|word| venue(word, None)).transpose()?;
        let format = args.format.unwrap_or_else(|| usual_format(args));
        if args.diff.is_some() && !format.tells_changes() {
            return Err(Failure::DiffUntold);
        }
        let output = Output::open(args.output.as_deref(), &args.inputs, &beside(args), format)?;
        let look = if output.is_stream() {
            terminal::look(args.color, &std::io::stdout())
        } else {
            terminal::look_of_file(args.color)
        };
        Ok(Self { args, named, selection, asker, format, output, index: Index::default(), look })
    }

    /// One input; a fault of ours on one paper loses no other paper's report.
    fn guarded(&mut self, input: &Input<'_>) -> Exit {
        let done = catch_unwind(AssertUnwindSafe(|| self.one(input)));
        done.unwrap_or_else(|_panic| Err(Failure::internal(Some(input.path)))).unwrap_or_else(|failure| {
            let name = self.name(input);
            if let Some(masked) = self.masked(&failure, input) {
                self.index.add_unchecked(name, masked.to_string());
                return show(&masked, self.args.color);
            }
            // The path as it was given may lead through folders that are no one's business.
            let why = failure.to_string().replace(&input.path.display().to_string(), &name);
            self.index.add_unchecked(name, why);
            show(&failure, self.args.color)
        })
    }

    /// What an input is called in what is said of it.
    pub(super) fn name(&self, input: &Input<'_>) -> String {
        if self.is_blind() { input.stand_in() } else { input.name() }
    }

    /// A failure as a reviewer may read it; `None` for other readers.
    pub(super) fn masked(&self, failure: &Failure, input: &Input<'_>) -> Option<Masked> {
        self.is_blind().then(|| Masked::of(failure, input, self.args))
    }

    /// An input with what goes with it, and what is asked of it.
    pub(super) fn opened(&self, input: &Path) -> Result<(Submission, Profile), Failure> {
        let mut submission = reached::opened(input)?;
        let found = Found::beside(input)?;
        let profile = found.profile(&self.args.demands, self.named.as_ref())?;
        found.choose_main(input, &mut submission)?;
        let sources = self.args.source.iter().map(|path| (path, Origin::Source));
        let supplements = self.args.supplement.iter().map(|path| (path, Origin::Supplement));
        for (path, origin) in sources.chain(supplements) {
            submission = reached::with(submission, path, origin)?;
        }
        Ok((submission, profile))
    }

    fn one(&mut self, input: &Input<'_>) -> Result<Exit, Failure> {
        let (mut submission, profile) = self.opened(input.path)?;
        if self.args.compile {
            submission = self.compiled(submission);
        }
        let names = StandIns::of(&submission, input.number);
        let report = self.checked(&submission, &profile, &names);
        let mut bytes = Vec::new();
        let name = &report.submission.name;
        let earlier = self.args.diff.as_ref().map(|path| earlier(path, name)).transpose()?;
        // Where the report goes to a file, nobody may look into it.
        if let Some(earlier) = earlier.as_ref().filter(|_| !self.output.is_stream()) {
            earlier.warnings(&report).iter().for_each(|words| warn(&plain(words)));
        }
        let pictures = self.pictures(&submission, &report);
        let look = Look { folder: self.folder(input), pictures, earlier, ..self.look.clone() };
        self.format
            .write(&report, &look, &mut bytes)
            .map_err(|why| Failure::Unwritten { path: name.clone(), why: why.to_string() })?;
        let file = self.output.write(name, self.format, &bytes)?;
        self.index.add(self.name(input), &report, file);
        Ok(Exit::of(&report, self.args.rules.fail_on.level()))
    }

    /// The report, under names that tell nothing where its reader must not learn who the authors are.
    pub(super) fn checked<'b>(
        &self,
        submission: &'b Submission,
        profile: &'b Profile,
        names: &'b StandIns,
    ) -> Report<'b> {
        let report = check_for(submission, profile, &self.selection, &self.asker);
        if self.is_blind() { report.under(names) } else { report }
    }

    /// Whether the reader must not learn who the authors are.
    pub(super) fn is_blind(&self) -> bool {
        self.asker.audience == Audience::Reviewer
    }

    /// What leads from here to the files of an input; nothing for readers who must not learn their names.
    fn folder(&self, input: &Input<'_>) -> String {
        if self.is_blind() { String::new() } else { input.folder() }
    }
}

impl Run<'_> {
    /// The submission with the PDF that its sources make. Reviewers are not told the names of sources.
    fn compiled(&self, submission: Submission) -> Submission {
        let (submission, why) = compile::built(submission);
        match why {
            Some(_) if self.is_blind() => warn("the sources could not be built"),
            Some(why) => warn(&plain(&why)),
            None => {}
        }
        submission
    }
}

#[cfg(feature = "pictures")]
impl Run<'_> {
    /// The pages of the paper, where the report shows them. Reviewers are shown none: they may name the authors.
    fn pictures(&self, submission: &Submission, report: &Report<'_>) -> Vec<Picture> {
        let paper = submission.paper.and_then(|id| submission.file(id));
        match paper {
            Some(paper) if self.format.shows_pages() && self.asker.audience != Audience::Reviewer => {
                drawn(paper.bytes.clone(), pages_in_detail(report))
            }
            _ => Vec::new(),
        }
    }
}

#[cfg(not(feature = "pictures"))]
impl Run<'_> {
    /// Nothing is drawn by a program without this feature.
    fn pictures(&self, _: &Submission, _: &Report<'_>) -> Vec<Picture> {
        Vec::new()
    }
}

/// The time that drawing may take: a hundred times what a paper takes.
#[cfg(feature = "pictures")]
const MOST_DRAWING: std::time::Duration = std::time::Duration::from_secs(20);

/// Room for what is drawn recursively: papers may nest deeper than the stack of other threads allows.
#[cfg(feature = "pictures")]
const STACK_BYTES: usize = 16 << 20;

/// The pages that are drawn in time. A file that takes longer is left to draw on its own: the program ends without it.
#[cfg(feature = "pictures")]
fn drawn(bytes: std::sync::Arc<Vec<u8>>, in_detail: std::collections::BTreeSet<u32>) -> Vec<Picture> {
    let end = std::time::Instant::now() + MOST_DRAWING;
    let (give, take) = std::sync::mpsc::channel();
    let thread = std::thread::Builder::new().stack_size(STACK_BYTES);
    let started = thread.spawn(move || {
        draw(&bytes, &in_detail, |picture| {
            // Whoever no longer waits misses it.
            let _ = give.send(picture);
        });
    });
    let left = || end.saturating_duration_since(std::time::Instant::now());
    if started.is_err() {
        Vec::new()
    } else {
        std::iter::from_fn(|| take.recv_timeout(left()).ok()).collect()
    }
}

/// The report that the new one is compared with.
fn earlier(path: &Path, name: &str) -> Result<Earlier, Failure> {
    let shown = || path.display().to_string();
    let text =
        std::fs::read(path).map_err(|cause| Failure::Unreadable { path: shown(), why: cause.to_string() })?;
    Earlier::parse(&text, name).map_err(|why| Failure::NoReport { path: shown(), why })
}

/// The format where none is named: for people, but in a job of GitHub Actions, where the log is read by a program.
fn usual_format(args: &CheckArgs) -> Format {
    let is_job = std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true");
    if is_job && args.output.is_none() { Format::Github } else { Format::Text }
}

/// What is read besides the papers, and may not be written over either.
fn beside(args: &CheckArgs) -> Vec<PathBuf> {
    let venue = args.demands.venue.as_ref().map(PathBuf::from);
    let files = args.source.iter().chain(&args.who.identities).cloned();
    files.chain(args.supplement.iter().cloned()).chain(venue).collect()
}

/// Which rules to run; a word that is an earlier name is remarked on.
pub(super) fn selection(rules: &RuleArgs) -> Result<Selection, Failure> {
    let RuleArgs { select, ignore, no_ignores: shows_suppressed, .. } = rules.clone();
    let selection = Selection { select, ignore, shows_suppressed };
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
