//! How long a check takes beside other readers of the same papers: `cargo bench --bench ratios -- [FOLDER]`.
//!
//! Everything is run in alternation, so that a busy machine is busy for all, and the fastest of some runs counts.
//! Programs that are not installed are left out. Without a folder, the papers are the samples.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "the bench reads papers, runs programs and prints a table"
)]

use dlde::Submission;
use dlde::check::{Selection, check};
use dlde::profile::{BUILTIN, Profile, ProfileFile, Stage, Track};
use std::hint::black_box;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Rounds of alternation.
const ROUNDS: usize = 7;

/// What is timed, in the order of the columns.
const COLUMNS: [&str; 5] =
    ["dlde check", "pdftotext -bbox-layout", "mutool draw -F stext", "library", "inflating"];

fn main() {
    let folder = std::env::args().skip(1).find(|arg| !arg.starts_with("--")).map(PathBuf::from);
    let papers = papers(&folder.unwrap_or_else(|| project().join("samples")));
    let (id, text) = BUILTIN[0];
    let file = ProfileFile::parse(id, text).expect("a sound venue");
    let profile = file.profile(Stage::default(), Track::default());
    let all: Vec<_> = papers.iter().filter_map(|paper| times(paper, &profile)).collect();
    println!("{} papers, fastest of {ROUNDS} runs in alternation, median over the papers", all.len());
    for (at, name) in COLUMNS.iter().enumerate() {
        match median(all.iter().filter_map(|times| times[at]).map(|time| time.as_secs_f64() * 1e3)) {
            Some(time) => println!("{name:24} {time:8.2} ms"),
            None => println!("{name:24} is not installed"),
        }
    }
    for (of, to) in [(0, 1), (0, 2), (3, 4)] {
        let ratio = |times: &[Option<Duration>; 5]| Some(times[of]?.as_secs_f64() / times[to]?.as_secs_f64());
        if let Some(ratio) = median(all.iter().filter_map(ratio)) {
            println!("{} takes {ratio:.2} of {}", COLUMNS[of], COLUMNS[to]);
        }
    }
}

fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every PDF in a folder and the folders in it, by name.
fn papers(folder: &Path) -> Vec<PathBuf> {
    let mut papers = Vec::new();
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            papers.extend(self::papers(&path));
        } else if path.extension().is_some_and(|end| end.eq_ignore_ascii_case("pdf")) {
            papers.push(path);
        }
    }
    papers
}

/// The fastest time of each column for one paper.
fn times(paper: &Path, profile: &Profile) -> Option<[Option<Duration>; 5]> {
    let bytes = std::fs::read(paper).ok()?;
    let path = paper.to_str()?;
    let mut best: [Option<Duration>; 5] = [None; 5];
    for _ in 0..ROUNDS {
        let round = [
            process(env!("CARGO_BIN_EXE_dlde"), &["check", path]),
            process("pdftotext", &["-bbox-layout", path, "/dev/null"]),
            process("mutool", &["draw", "-F", "stext", "-o", "/dev/null", path]),
            Some(timed(|| library(&bytes, profile))),
            Some(timed(|| inflated(&bytes))),
        ];
        for (best, time) in best.iter_mut().zip(round) {
            *best = match (*best, time) {
                (Some(best), Some(time)) => Some(best.min(time)),
                (best, time) => best.or(time),
            };
        }
    }
    Some(best)
}

/// Wall time of a program; `None` where it is not installed.
fn process(program: &str, arguments: &[&str]) -> Option<Duration> {
    let mut command = Command::new(program);
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    command.status().ok().map(|_| start.elapsed())
}

fn timed(work: impl FnOnce() -> usize) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

/// From bytes to verdicts; how many there are.
fn library(bytes: &[u8], profile: &Profile) -> usize {
    let submission = Submission::single("paper.pdf".to_owned(), bytes.to_vec());
    check(&submission, profile, &Selection::default()).verdicts.len()
}

/// Inflates every stream of the file that zlib can inflate; how many bytes that gives.
fn inflated(bytes: &[u8]) -> usize {
    let mut out = Vec::new();
    let mut sum = 0;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        if bytes[..at].ends_with(b"end") {
            continue;
        }
        let data = &bytes[at + b"stream".len()..];
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        out.clear();
        // What is no zlib data ends at once.
        let _ = flate2::read::ZlibDecoder::new(data).take(64 << 20).read_to_end(&mut out);
        sum += out.len();
    }
    sum
}

fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}
