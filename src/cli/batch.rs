//! `dlde batch`: many submissions, a result for each, and what they have alike.

use super::args::{BatchArgs, DemandArgs};
use super::check::selection;
use super::choice::FailOn;
use super::config::{Found, speak};
use super::exit::Exit;
use super::failure::{Failure, say, warn};
use super::progress::Progress;
use crate::audience::Audience;
use crate::batch::{Batch, BatchError, Done, Event, Inputs, Ledger, Shared, Submitted, Tally, short_digest};
use crate::check::Outcome;
use crate::report::index::{Entry, sum, write_csv};
use crate::report::record::Gist;
use crate::worker::{COMMAND, Crew, Limits, Orders};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Checks every submission of the inputs.
///
/// # Errors
/// What keeps the batch as a whole from being run.
pub(super) fn run(args: &BatchArgs) -> Result<Exit, Failure> {
    let orders = orders(args)?;
    let inputs = Inputs { id_pattern: args.id_regex.clone(), shard: args.shard };
    let submissions = inputs.submissions(&args.inputs)?;
    args.csv.iter().try_for_each(|table| spare(table, &args.out))?;
    if let Some(folder) = &args.html {
        std::fs::create_dir_all(folder).map_err(|cause| not_written(folder, cause))?;
    }
    let mut ledger = Ledger::open(&args.out)?;
    let limits = Limits { time: args.timeout, memory: args.memory, ..Limits::default() };
    let crew = Crew { program: program(args.through.as_deref())?, orders, limits };
    let mut first = crew.seat();
    for open in first.left_open().map_err(|error| BatchError::NoWorker { why: error.to_string() })? {
        warn(&format!("workers cannot be closed in on this system: {open}"));
    }
    let jobs = args.jobs.map_or_else(cores, |jobs| jobs.get().into());
    let batch = Batch { crew: &crew, jobs, retries: args.retry };
    let mut timings = Timings::open(&args.out)?;
    let mut progress = Progress::of(submissions.len());
    let mut gists = BTreeMap::new();
    let done = batch.run(&submissions, &mut ledger, first, |submitted, event| {
        progress.tell(&event);
        let Event::Done(done) = event else { return Ok(()) };
        let Done { gist, page, time, .. } = *done;
        gists.insert(submitted.id.as_str(), gist);
        timings.enter(&submitted.id, time)?;
        match (&args.html, page) {
            (Some(folder), Some(page)) => write(&folder.join(page_name(&submitted.id)), &page),
            _ => Ok(()),
        }
    });
    progress.end();
    done?;
    Results::of(&submissions, gists, &ledger)?.tell(args)
}

/// Lets a table be written only where there is none of something else: papers and results are dearer.
fn spare(table: &Path, results: &Path) -> Result<(), BatchError> {
    let mut begins = Vec::new();
    let is_there = std::fs::File::open(table).is_ok_and(|file| {
        file.take(TABLE_BEGINS.len() as u64).read_to_end(&mut begins).is_err() || !begins.is_empty()
    });
    let timings = timings_beside(results);
    let is_taken = [results, &timings]
        .into_iter()
        .any(|other| place(other).is_some_and(|other| place(table) == Some(other)));
    if is_taken || is_there && begins != TABLE_BEGINS {
        let why = "holds something else than a table of a batch".to_owned();
        let help = "name another file with --csv; nothing was written";
        return Err(BatchError::Results { path: table.display().to_string(), why, help });
    }
    Ok(())
}

/// Where a file is or will be, however its folder is named; `None` where there is no such folder.
fn place(path: &Path) -> Option<PathBuf> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Some(folder.canonicalize().ok()?.join(path.file_name()?))
}

fn timings_beside(results: &Path) -> PathBuf {
    results.with_extension("timings.csv")
}

/// How every table begins.
const TABLE_BEGINS: &[u8] = b"submission,title,";

/// What every submission is checked against. A `dlde.toml` here is heard; those of submissions are not: whoever
/// hands in a paper does not choose what it is checked against.
fn orders(args: &BatchArgs) -> Result<Orders, Failure> {
    let selection = selection(&args.rules)?;
    Ok(Orders {
        wants_pages: args.html.is_some(),
        select: selection.select,
        ignore: selection.ignore,
        shows_suppressed: selection.shows_suppressed,
        audience: Audience::from(args.audience).id().to_owned(),
        ..orders_of(&args.demands)?
    })
}

/// What a venue demands, as workers are told; every rule is run, for the chairs.
pub(super) fn orders_of(demands: &DemandArgs) -> Result<Orders, Failure> {
    let found = Found::beside(Path::new("."))?;
    let (file, chosen) = found.venue_file(demands)?;
    let (stage, track) = found.stage_and_track(demands);
    speak(&file, stage, track)?;
    Ok(Orders {
        venue: file.shown().to_owned(),
        profile: file.text().to_owned(),
        chosen,
        stage: stage.id().to_owned(),
        track: track.id().to_owned(),
        select: Vec::new(),
        ignore: Vec::new(),
        shows_suppressed: false,
        audience: Audience::Chair.id().to_owned(),
        wants_pages: false,
        formats: Vec::new(),
        for_hotcrp: None,
    })
}

/// This program as a worker, through what was asked for.
pub(super) fn program(through: Option<&str>) -> Result<Vec<OsString>, Failure> {
    let this = std::env::current_exe()
        .map_err(|cause| BatchError::NoWorker { why: format!("this program cannot be found: {cause}") })?;
    let through = through.iter().flat_map(|words| words.split_whitespace()).map(OsString::from);
    Ok(through.chain([this.into_os_string(), COMMAND.into()]).collect())
}

pub(super) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Wall times, in a file of their own: results are the same whenever they were made.
struct Timings {
    path: PathBuf,
    file: std::fs::File,
}

impl Timings {
    /// Appends to the file beside the results.
    fn open(results: &Path) -> Result<Self, Failure> {
        let path = timings_beside(results);
        let file = std::fs::OpenOptions::new().append(true).create(true).open(&path);
        file.map(|file| Self { file, path: path.clone() }).map_err(|cause| not_written(&path, cause))
    }

    fn enter(&mut self, id: &str, time: Duration) -> Result<(), BatchError> {
        let id = id.replace('"', "\"\"");
        let line = format!("\"{id}\",{:.3}\n", time.as_secs_f64());
        self.file.write_all(line.as_bytes()).map_err(|cause| no_file(&self.path, &cause))
    }
}

fn not_written(path: &Path, cause: std::io::Error) -> Failure {
    Failure::Write { path: path.display().to_string(), cause }
}

fn no_file(path: &Path, cause: &std::io::Error) -> BatchError {
    BatchError::Results {
        path: path.display().to_string(),
        why: format!("cannot be written: {cause}"),
        help: "check that you may write there and that there is room; the results so far are kept",
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), BatchError> {
    std::fs::write(path, bytes).map_err(|cause| no_file(path, &cause))
}

/// The name of the page of a submission: its id, without what a name may not hold.
fn page_name(id: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ') { c } else { '-' };
    let name: String = id.chars().map(plain).collect();
    let name = name.trim_start_matches('.');
    // Two ids may come to the same; neither may hide, nor take the place of the index.
    if name == id && id != "index" {
        format!("{name}.html")
    } else {
        format!("{name}-{}.html", short_digest(id))
    }
}

/// All results of this batch, those that were there already among them.
struct Results {
    /// In order of the submissions.
    gists: Vec<Gist>,
    shared: Vec<Shared>,
    papers: usize,
}

impl Results {
    /// `gists` are those of what was checked now, by id; the ledger tells the others.
    fn of<'s>(
        submissions: &'s [Submitted],
        mut gists: BTreeMap<&'s str, Gist>,
        ledger: &Ledger,
    ) -> Result<Self, Failure> {
        let known: BTreeSet<_> =
            submissions.iter().map(|s| s.id.as_str()).filter(|id| !gists.contains_key(id)).collect();
        if !known.is_empty() {
            ledger.records(|record| {
                if let Some(id) = known.get(record.id.as_str()) {
                    gists.insert(id, record.gist());
                }
            })?;
        }
        let gists: Vec<_> = submissions.iter().filter_map(|s| gists.remove(s.id.as_str())).collect();
        let mut tally = Tally::default();
        gists.iter().filter_map(|gist| gist.told.as_ref()).for_each(|told| tally.add(told));
        Ok(Self { gists, shared: tally.shared(), papers: tally.papers() })
    }

    /// Tells what came out, and writes what was asked for besides.
    fn tell(&self, args: &BatchArgs) -> Result<Exit, Failure> {
        let page = |gist: &Gist| {
            let name = page_name(&gist.id);
            args.html.as_ref().filter(|folder| folder.join(&name).is_file()).map(|_| name)
        };
        let is_shared =
            |finding: &_| self.shared.iter().any(|shared| shared.is_common && shared.holds(finding));
        let entries: Vec<_> =
            self.gists.iter().map(|gist| Entry::of_gist(gist, page(gist), is_shared)).collect();
        let sentences: Vec<_> = self.shared.iter().map(|shared| shared.sentence(self.papers)).collect();
        if let Some(path) = &args.csv {
            write(path, &table(&entries)?)?;
        }
        #[cfg(feature = "pictures")]
        if let Some(folder) = &args.html {
            let mut index = Vec::new();
            crate::report::index::write_html(&entries, &sentences, &mut index)
                .map_err(|cause| not_written(folder, cause))?;
            write(&folder.join("index.html"), &index)?;
            write(&folder.join("index.csv"), &table(&entries)?)?;
        }
        say(&sum(&entries));
        sentences.iter().for_each(|sentence| say(sentence));
        Ok(self.gists.iter().map(|gist| exit(gist, args.rules.fail_on)).max().unwrap_or(Exit::Clean))
    }
}

fn table(entries: &[Entry]) -> Result<Vec<u8>, Failure> {
    let mut table = Vec::new();
    let written = write_csv(entries, &mut table);
    written.map(|()| table).map_err(|cause| Failure::Write { path: "the table".to_owned(), cause })
}

/// The end that goes with one result.
fn exit(gist: &Gist, fail_on: FailOn) -> Exit {
    let Some(told) = &gist.told else { return Exit::Undetermined };
    let fails = fail_on.level().is_some_and(|level| told.findings.iter().any(|f| f.severity() >= level));
    match told.outcome() {
        _ if fails => Exit::Findings,
        _ if told.is_open() => Exit::Undetermined,
        Outcome::Pass | Outcome::Fail | Outcome::Undetermined => Exit::Clean,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_lies_in_its_folder_whatever_the_id() {
        assert_eq!(page_name("17"), "17.html");
        for id in ["../../a b/c", "..", "index", "a/b", "a:b"] {
            let name = page_name(id);
            assert!(!name.contains(['/', ':']) && !name.starts_with('.') && name != "index.html", "{name}");
        }
        assert_ne!(page_name("a/b"), page_name("a:b"));
    }
}
