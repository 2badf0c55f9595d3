//! Every reader on broken input, for a while: `DLDE_FUZZ_SECONDS=60 cargo test --release --test fuzz`.
//!
//! `DLDE_FUZZ_CORPUS=fuzz/corpus cargo test --test fuzz seeds` writes the seeds for `cargo fuzz`.
//!
//! What once crashed is kept in `tests/fuzz/crashes/`, under the name of its target, a hyphen and what was wrong.
#![expect(clippy::disallowed_methods, reason = "these tests read samples and keep what crashed")]

#[path = "hostile/mod.rs"]
mod hostile;
#[path = "fuzz/mutate.rs"]
mod mutate;
#[path = "fuzz/seeds.rs"]
mod seeds;
#[path = "support/pdf.rs"]
mod small;
#[path = "fuzz/targets.rs"]
#[allow(dead_code, reason = "the programs of `fuzz/` end where something falls over; these tests go on")]
mod targets;

use mutate::{Chance, mutated};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use targets::{TARGETS, Target};

/// How long each target runs, in seconds, where nobody says.
const SECONDS: u64 = 2;
/// The most processor time that one input of at most 256 KiB may take: ten times what a hostile file may, for a build
/// without optimisation.
const LONGEST: Duration = Duration::from_secs(20);
/// What is read recursively has the room that the program gives it.
const STACK_BYTES: usize = 16 << 20;

thread_local! {
    /// Something of ours fell over on this thread, even if it was caught.
    static FELL: Cell<bool> = const { Cell::new(false) };
}

#[test]
fn no_reader_falls_over_on_broken_input() {
    targets::watch(|| FELL.set(true));
    let variable = |name: &str| std::env::var(name).ok();
    let seconds = variable("DLDE_FUZZ_SECONDS").and_then(|s| s.parse().ok()).unwrap_or(SECONDS);
    let wanted = variable("DLDE_FUZZ_TARGET").unwrap_or_default();
    let start = variable("DLDE_FUZZ_START").and_then(|s| s.parse().ok()).unwrap_or(1);
    let faults: Vec<String> = std::thread::scope(|scope| {
        let run = |target: &'static Target| {
            let thread = std::thread::Builder::new().stack_size(STACK_BYTES);
            thread.spawn_scoped(scope, move || fuzzed(target, Duration::from_secs(seconds), start))
        };
        let threads: Vec<_> = TARGETS.iter().filter(|t| t.name.contains(&wanted)).map(run).collect();
        let ended =
            threads.into_iter().map(|t| t.expect("a thread starts").join().expect("panics are caught"));
        ended.flatten().collect()
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_target_has_seeds() {
    let folder = std::env::var_os("DLDE_FUZZ_CORPUS").map(PathBuf::from);
    for target in &TARGETS {
        let seeds = seeds::of(target.name);
        assert!(seeds.len() > 3, "{} has {} seeds", target.name, seeds.len());
        let Some(folder) = folder.as_ref().map(|folder| folder.join(target.name)) else { continue };
        std::fs::create_dir_all(&folder).expect("a folder for the seeds");
        for (index, seed) in seeds.iter().enumerate() {
            std::fs::write(folder.join(format!("seed-{index:03}")), seed).expect("a seed can be written");
        }
    }
}

#[test]
fn what_once_crashed_no_longer_does() {
    targets::watch(|| FELL.set(true));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/crashes");
    let mut tried = 0;
    for file in walkdir::WalkDir::new(&folder).sort_by_file_name().into_iter().filter_map(Result::ok) {
        let name = file.file_name().to_string_lossy().into_owned();
        let target = TARGETS.iter().find(|t| name.starts_with(&format!("{}-", t.name)));
        if let Some(target) = target.filter(|_| file.file_type().is_file()) {
            let bytes = std::fs::read(file.path()).expect("it can be read");
            assert_eq!(fault(target, &bytes), None, "{name}");
            tried += 1;
        }
    }
    assert!(tried > 0, "{} holds what once crashed", folder.display());
}

/// Runs one target until its time is up, of which making the seeds is a part; what went wrong, at the first fault.
fn fuzzed(target: &Target, time: Duration, start: u64) -> Option<String> {
    let end = Instant::now() + time;
    let seeds = seeds::of(target.name);
    let mut chance = Chance::new(start);
    let mut runs = 0_u64;
    let unchanged = seeds.iter().find_map(|seed| told(target, seed));
    while unchanged.is_none() && Instant::now() < end {
        let bytes = mutated(&seeds, &mut chance);
        runs += 1;
        if let Some(fault) = told(target, &bytes) {
            return Some(fault);
        }
    }
    #[expect(clippy::print_stderr, reason = "the figures of a long run")]
    {
        eprintln!("{}: {runs} runs in {} s from {start}", target.name, time.as_secs());
    }
    unchanged
}

/// A fault, and the file that its input is kept in.
fn told(target: &Target, bytes: &[u8]) -> Option<String> {
    let fault = fault(target, bytes)?;
    let kept = std::env::temp_dir().join(format!("{}-{}", target.name, std::process::id()));
    std::fs::write(&kept, bytes).expect("the input can be kept");
    Some(format!("{}: {fault}; keep {} in tests/fuzz/crashes/", target.name, kept.display()))
}

fn fault(target: &Target, bytes: &[u8]) -> Option<String> {
    let begun = Instant::now();
    let before = processor_time();
    FELL.set(false);
    let read = catch_unwind(AssertUnwindSafe(|| (target.read)(bytes)));
    let took = processor_time().zip(before).map_or_else(|| begun.elapsed(), |(after, before)| after - before);
    if read.is_err() || FELL.get() {
        Some("fell over".to_owned())
    } else {
        (took > LONGEST).then(|| format!("took {} s", took.as_secs()))
    }
}

/// What this thread has taken of a processor, where the system tells: other threads and programs use them too.
fn processor_time() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(told.split(' ').next()?.parse().ok()?))
}
