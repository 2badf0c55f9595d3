//! `dlde check --watch`: the answer on one screen, anew whenever a file of the paper changes.

use super::args::CheckArgs;
use super::check::Run;
use super::exit::Exit;
use super::failure::{Failure, show};
use super::input::Input;
use crate::report::{Earlier, Format, Look, brief};
use crate::submission::{LoadError, Stamp, StandIns};
use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How often the files are looked at: seldom enough to cost nothing, often enough to seem immediate.
const PERIOD: Duration = Duration::from_millis(150);
/// Looks at which the files have to be the same before they are read: programs write in bursts.
const SETTLED: u32 = 2;
/// Looks after which a file that stays without its end is read as it is: ten seconds.
const PATIENCE: u32 = 66;
/// Rows of a terminal whose height is not known.
const USUAL_ROWS: usize = 24;
/// The least rows that a report is fitted to.
const LEAST_ROWS: usize = 8;
/// The narrowest and the widest that a report is fitted to, in columns.
const COLUMNS: (usize, usize) = (40, 100);

/// Checks anew with every change, until somebody ends the program or nobody listens any more.
pub(super) fn run(args: &CheckArgs) -> Exit {
    let watched = watched(args);
    let run = match Run::new(args) {
        Ok(run) => run,
        Err(failure) => return show(&failure, args.color),
    };
    if let Some(path) = Stamp::of(watched.iter().map(PathBuf::as_path)).missing() {
        return missing(&run, path);
    }
    let mut screen = Screen::new(run.look.clone());
    let mut watch = Watch::default();
    let mut before = Reports::new();
    loop {
        let now = Stamp::of(watched.iter().map(PathBuf::as_path));
        let told = match watch.look(now) {
            Step::Rest => Ok(()),
            Step::Wait(_) if run.is_blind() => screen.status("waiting for a file"),
            Step::Wait(why) => screen.status(&why),
            Step::Check(stamp) => {
                let (rows, reports) = checked(&run, &screen, &before);
                // A file that changed meanwhile was read half old, half new.
                let is_same = Stamp::of(watched.iter().map(PathBuf::as_path)) == stamp;
                if is_same {
                    before.extend(reports);
                    screen.show(rows)
                } else {
                    watch.forget();
                    Ok(())
                }
            }
        };
        if told.is_err() {
            return Exit::Clean;
        }
        std::thread::sleep(PERIOD);
    }
}

/// Tells that something that was named is not there.
fn missing(run: &Run<'_>, path: &Path) -> Exit {
    let failure = Failure::from(LoadError::Missing { path: path.display().to_string() });
    let inputs = Input::all(&run.args.inputs);
    let meant = inputs.iter().find(|input| input.path == path).or(inputs.first());
    match meant.and_then(|input| run.masked(&failure, input)) {
        Some(masked) => show(&masked, run.args.color),
        None => show(&failure, run.args.color),
    }
}

/// What the answer rests on: the inputs, what goes with them, the settings beside them, and a venue of one's own.
fn watched(args: &CheckArgs) -> Vec<PathBuf> {
    let named = args.inputs.iter().chain(&args.source).chain(&args.supplement).cloned();
    let beside = args.inputs.iter().filter_map(|input| {
        let folder = if input.is_dir() { Some(input.as_path()) } else { input.parent() };
        folder.map(|folder| folder.join("dlde.toml"))
    });
    let venue = args.demands.venue.iter().map(PathBuf::from);
    named.chain(beside.chain(venue).filter(|path| path.is_file())).collect()
}

/// The reports as the next ones are compared with them, by input.
type Reports = BTreeMap<PathBuf, String>;

/// Every input in rows, each with its share of the screen, and the reports.
fn checked(run: &Run<'_>, screen: &Screen, before: &Reports) -> (Vec<String>, Reports) {
    let inputs = &run.args.inputs;
    let (look, share) = (screen.look(), screen.rows() / inputs.len().max(1));
    let (mut rows, mut reports) = (Vec::new(), Reports::new());
    for input in Input::all(inputs) {
        let path = input.path;
        let done = catch_unwind(AssertUnwindSafe(|| rows_of(run, &input, (&look, share), before.get(path))));
        match done.unwrap_or_else(|_panic| Err(Failure::internal(Some(path)))) {
            Ok((of_input, report)) => {
                rows.extend(of_input);
                reports.insert(path.to_owned(), report);
            }
            Err(failure) => {
                let masked = run.masked(&failure, &input).map(|masked| masked.to_string());
                rows.push(format!("? {}", masked.unwrap_or_else(|| failure.to_string())));
            }
        }
    }
    (rows, reports)
}

/// One input in rows, and its report as the next one is compared with it.
fn rows_of(
    run: &Run<'_>,
    input: &Input<'_>,
    (look, share): (&Look, usize),
    before: Option<&String>,
) -> Result<(Vec<String>, String), Failure> {
    let (submission, profile) = run.opened(input.path)?;
    let names = StandIns::of(&submission, input.number);
    let report = run.checked(&submission, &profile, &names);
    let earlier = before.and_then(|text| Earlier::parse(text.as_bytes(), &report.submission.name).ok());
    let look = Look { earlier, ..look.clone() };
    let mut kept = Vec::new();
    Format::Json
        .write(&report, &Look::default(), &mut kept)
        .map_err(|cause| Failure::Write { path: submission.name.clone(), cause })?;
    Ok((brief(&report, &look, share), String::from_utf8_lossy(&kept).into_owned()))
}

/// What is to be done after a look at the files.
#[derive(Debug, PartialEq)]
enum Step {
    /// Nothing.
    Rest,
    /// Tell what is waited for.
    Wait(String),
    /// Check them, as they look now.
    Check(Stamp),
}

/// What was seen so far.
#[derive(Default)]
struct Watch {
    /// The files as they were checked last.
    checked: Stamp,
    /// The files as they were seen last, and at how many looks since they changed.
    seen: Stamp,
    looks: u32,
}

impl Watch {
    fn look(&mut self, now: Stamp) -> Step {
        if now == self.checked {
            self.seen = now;
            return Step::Rest;
        }
        if now != self.seen {
            (self.seen, self.looks) = (now, 0);
            return Step::Rest;
        }
        self.looks = self.looks.saturating_add(1);
        if self.looks < SETTLED {
            return Step::Rest;
        }
        let name = |path: &Path| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let waiting = match (now.missing(), now.unfinished(&self.checked)) {
            (Some(path), _) => Some(format!("{} is gone; waiting for it", name(path))),
            (None, Some(path)) if self.looks < PATIENCE => {
                Some(format!("{} is being written; waiting for its end", name(path)))
            }
            _ => None,
        };
        match waiting {
            // Once is enough.
            Some(why) if self.looks == SETTLED => Step::Wait(why),
            Some(_) => Step::Rest,
            None => {
                self.checked = now.clone();
                Step::Check(now)
            }
        }
    }

    /// What was checked last is to be checked again.
    fn forget(&mut self) {
        self.checked = Stamp::default();
    }
}

/// Where the rows are shown: a terminal is cleared first, any other stream gets them one below the other.
struct Screen {
    look: Look,
    is_terminal: bool,
    shown: Vec<String>,
    number: usize,
}

impl Screen {
    fn new(look: Look) -> Self {
        let is_terminal = std::io::stdout().is_terminal();
        Self { look, is_terminal, shown: Vec::new(), number: 0 }
    }

    /// Rows that a report may take; the last two belong to the status.
    fn rows(&self) -> usize {
        self.size().map_or(USUAL_ROWS, |(_, rows)| rows).max(LEAST_ROWS) - 2
    }

    /// The look of a report as the terminal is now: people pull it larger while they write.
    fn look(&self) -> Look {
        let width = self.size().map_or(self.look.width, |(columns, _)| columns.clamp(COLUMNS.0, COLUMNS.1));
        Look { width, ..self.look.clone() }
    }

    /// Columns and rows of a terminal.
    fn size(&self) -> Option<(usize, usize)> {
        let (columns, rows) = terminal_size::terminal_size().filter(|_| self.is_terminal)?;
        Some((columns.0.into(), rows.0.into()))
    }

    fn show(&mut self, rows: Vec<String>) -> std::io::Result<()> {
        self.shown = rows;
        self.number += 1;
        self.draw(true, &format!("check {}; watching, Ctrl-C ends", self.number))
    }

    /// What is going on, below what is shown already.
    fn status(&self, words: &str) -> std::io::Result<()> {
        self.draw(self.is_terminal, words)
    }

    fn draw(&self, with_rows: bool, words: &str) -> std::io::Result<()> {
        let mut out = std::io::stdout().lock();
        if self.is_terminal {
            // Source: ECMA-48: cursor home, then erase the screen. What was scrolled away stays.
            out.write_all(b"\x1b[H\x1b[2J")?;
        }
        for row in self.shown.iter().filter(|_| with_rows) {
            writeln!(out, "{}", self.painted(row))?;
        }
        write!(out, "\n{words}{}", if self.is_terminal { "" } else { "\n" })?;
        out.flush()
    }

    /// A row in the colour of its mark.
    fn painted(&self, row: &str) -> String {
        let colour = match row.chars().next() {
            Some('✓') => 32,
            Some('✗') => 31,
            Some('?' | '!') => 33,
            _ => return row.to_owned(),
        };
        if self.look.color { format!("\x1b[{colour}m{row}\x1b[0m") } else { row.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The steps after one change, until the files are checked, at most so many looks long.
    fn steps(watch: &mut Watch, path: &Path, most: u32) -> Vec<Step> {
        let steps = (0..most).map(|_| watch.look(Stamp::of([path])));
        steps.filter(|step| *step != Step::Rest).collect()
    }

    #[test]
    fn a_file_is_checked_once_it_is_whole_and_has_settled() {
        let folder = tempfile::tempdir().expect("a folder");
        let paper = folder.path().join("paper.pdf");
        let write = |bytes: &str| std::fs::write(&paper, bytes).expect("a file");
        let wait = |why: &str| vec![Step::Wait(why.to_owned())];
        let mut watch = Watch::default();
        write("%PDF-1.5 %%EOF");
        assert_eq!(steps(&mut watch, &paper, SETTLED), []);
        assert_eq!(steps(&mut watch, &paper, 9), [Step::Check(Stamp::of([paper.as_path()]))]);
        write("%PDF-1.5 half");
        let waiting = wait("paper.pdf is being written; waiting for its end");
        assert_eq!(steps(&mut watch, &paper, PATIENCE), waiting);
        write("%PDF-1.5 half and the rest %%EOF");
        assert_eq!(steps(&mut watch, &paper, 9), [Step::Check(Stamp::of([paper.as_path()]))]);
        std::fs::remove_file(&paper).expect("it was there");
        assert_eq!(steps(&mut watch, &paper, 500), wait("paper.pdf is gone; waiting for it"));
    }

    #[test]
    fn patience_ends_where_a_file_stays_without_its_end() {
        let folder = tempfile::tempdir().expect("a folder");
        let paper = folder.path().join("paper.pdf");
        std::fs::write(&paper, "no PDF").expect("a file");
        let steps = steps(&mut Watch::default(), &paper, PATIENCE + 1);
        assert!(matches!(steps[..], [Step::Wait(_), Step::Check(_)]), "{steps:?}");
    }
}
