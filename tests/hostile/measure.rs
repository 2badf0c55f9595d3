//! One run of the program: what it said, how long it took, and how much memory.
//!
//! A child is charged with the memory of whoever started it, and this process has made large files. So the program is
//! started by a fresh copy of this one, which has made none.

use super::answer::Measured;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use wait4::Wait4;

/// Where the copy is told what to run and where to write what it measured.
const ASKED: &str = "DLDE_TEST_MEASURE";
/// Another program than the one that was built with the tests: an optimised one, to take the figures with.
const GIVEN: &str = "DLDE_HOSTILE_BIN";
/// The test that the copy runs.
const TEST: &str = "measure::a_program_that_does_nothing_takes_next_to_nothing";
/// What no run may exceed, so that a fault stops the test and not the machine: address space in KiB.
const MOST_SPACE: u64 = 6 << 20;
/// The most processor time a file may take, in seconds, in a release build.
const MOST_SECONDS: f64 = 2.0;
/// How much slower a build without optimisation is. Measured: inflating and interpreting take 15 to 25 times as long.
const DEBUG_FACTOR: f64 = 30.0;
/// The most memory a file may take, in bytes.
const MOST_BYTES: u64 = 512 << 20;

/// What is wrong with an answer to any file at all, in words.
pub(crate) fn faults(answer: &Measured) -> Vec<String> {
    let mut faults = Vec::new();
    let mut claim = |is_true: bool, what: &dyn Fn() -> String| {
        if !is_true {
            faults.push(what());
        }
    };
    claim(answer.seconds < most_seconds(), &|| format!("took {:.2} s", answer.seconds));
    claim(answer.bytes < MOST_BYTES, &|| format!("took {} MiB", answer.bytes >> 20));
    claim(answer.code.is_some_and(|code| (0..=3).contains(&code)), &|| {
        format!("ended with {}", answer.ending())
    });
    let falls = |said: &str| said.contains("panicked") || said.contains("internal error");
    claim(!falls(&answer.out) && !falls(&answer.err), &|| format!("fell over: {}", answer.err));
    if let Some(report) = answer.report() {
        let is_passed = answer.code == Some(0) || report.verdict == "pass";
        claim(report.is_whole || !is_passed, &|| "was passed unread".to_owned());
        claim(!report.length_passes_unread, &|| "has a length that passes, unread".to_owned());
    }
    faults
}

/// The most processor time a file may take, in seconds.
fn most_seconds() -> f64 {
    MOST_SECONDS * if is_optimised() { 1.0 } else { DEBUG_FACTOR }
}

/// Whether the program that is run is an optimised one; one that is given is.
pub(crate) fn is_optimised() -> bool {
    !cfg!(debug_assertions) || std::env::var_os(GIVEN).is_some()
}

/// Runs the program in a folder, through a copy of this process.
pub(crate) fn run(folder: &Path, args: &[&str]) -> Measured {
    let kept = tempfile::tempdir().expect("a folder");
    let done = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", TEST])
        .env(ASKED, format!("{}\n{}\n{}", kept.path().display(), folder.display(), args.join("\n")))
        .stdout(Stdio::null())
        .status()
        .expect("the copy starts");
    assert!(done.success(), "the copy measures");
    let read = |name: &str| std::fs::read(kept.path().join(name)).expect("the copy wrote it");
    let text = |name: &str| String::from_utf8_lossy(&read(name)).into_owned();
    let numbers: Vec<f64> = text("numbers").split(' ').map(|n| n.parse().unwrap_or(f64::NAN)).collect();
    let [code, seconds, bytes] = numbers[..] else { panic!("three numbers: {numbers:?}") };
    let code = (code >= 0.0).then_some(code as i32);
    Measured { code, seconds, bytes: bytes as u64, out: text("out"), err: text("err") }
}

/// What the copy does.
fn run_what_was_asked(asked: &str) {
    let mut lines = asked.lines();
    let kept = Path::new(lines.next().expect("where to write"));
    let folder = lines.next().expect("where to run");
    let create = |name: &str| std::fs::File::create(kept.join(name)).expect("it can be written");
    let given = std::env::var(GIVEN).unwrap_or_else(|_| env!("CARGO_BIN_EXE_dlde").to_owned());
    // What is too slow may show by how much.
    let stop = (4.0 * most_seconds()) as u64;
    let bounds = format!("ulimit -v {MOST_SPACE}; ulimit -t {stop}; exec \"$0\" \"$@\"");
    let mut child = Command::new("sh")
        .args(["-c", &bounds, &given])
        .args(lines)
        .current_dir(folder)
        .env_remove("GITHUB_ACTIONS")
        .env_remove(ASKED)
        .stdin(Stdio::null())
        .stdout(create("out"))
        .stderr(create("err"))
        .spawn()
        .expect("the program starts");
    let used = child.wait4().expect("the program ends");
    let seconds = (used.rusage.utime + used.rusage.stime).as_secs_f64();
    let numbers = format!("{} {seconds} {}", used.status.code().unwrap_or(-1), used.rusage.maxrss);
    std::fs::write(kept.join("numbers"), numbers).expect("it can be written");
}

/// Every result in order; each core takes the next item that nobody has taken.
pub(crate) fn on_all_cores<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let one_core = || {
        let taken = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
        taken.map_while(|index| Some((index, work(items.get(index)?)))).collect::<Vec<_>>()
    };
    let mut all: Vec<(usize, R)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(one_core)).collect();
        threads.into_iter().flat_map(|t| t.join().expect("no check panics")).collect()
    });
    all.sort_by_key(|(index, _)| *index);
    all.into_iter().map(|(_, result)| result).collect()
}

#[test]
fn a_program_that_does_nothing_takes_next_to_nothing() {
    if let Ok(asked) = std::env::var(ASKED) {
        return run_what_was_asked(&asked);
    }
    let measured = run(Path::new("."), &["--version"]);
    assert_eq!(measured.code, Some(0));
    assert!(measured.bytes > 1 << 20 && measured.bytes < 64 << 20, "{} bytes", measured.bytes);
}
