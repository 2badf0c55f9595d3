//! Hostile files, each given to the program as a user would: an honest answer, in bounded time and memory.
//!
//! `DLDE_HOSTILE=font cargo test --test hostile -- --nocapture` looks at those with that word in their names.
//! `UPDATE=1 cargo test --release --test hostile` measures them anew and writes the table of `docs/robustness.md`.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "these tests write the files that they have read")]

#[path = "hostile/mod.rs"]
mod hostile;
#[path = "hostile/measure.rs"]
mod measure;
#[path = "hostile/table.rs"]
mod table;

use hostile::case::{Case, Says};
use hostile::cases;
use measure::{Measured, measure};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The most processor time a file may take, in seconds, in a release build.
const MOST_SECONDS: f64 = 2.0;
/// How much slower a build without optimisation is. Measured: inflating and interpreting take 15 to 25 times as long.
const DEBUG_FACTOR: f64 = 30.0;
/// The most memory a file may take, in bytes.
const MOST_BYTES: u64 = 512 << 20;

#[test]
fn every_hostile_file_gets_an_honest_answer_in_time_and_memory() {
    let all: Vec<&Case> = cases().collect();
    assert_eq!(all.iter().map(|c| c.name).collect::<BTreeSet<_>>().len(), all.len(), "names are unique");
    let wanted = std::env::var("DLDE_HOSTILE").unwrap_or_default();
    let all: Vec<&Case> = all.into_iter().filter(|c| c.name.contains(&wanted)).collect();
    let answers = on_all_cores(&all, |case| shown(case, measure(case), !wanted.is_empty()));
    let told = all.iter().zip(&answers);
    let faults: Vec<String> = told.flat_map(|(case, answer)| faults(case, answer)).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    table::write(&all, &answers);
}

/// Says at once what a file took, where somebody looks at some of them.
fn shown(case: &Case, answer: Measured, is_wanted: bool) -> Measured {
    if is_wanted {
        #[expect(clippy::print_stderr, reason = "whoever asks for some of the files waits for them")]
        {
            eprintln!(
                "{:6.2} s {:4} MiB {} {}",
                answer.seconds,
                answer.bytes >> 20,
                answer.ending(),
                case.name
            );
            eprintln!("    {}", faults(case, &answer).join("\n    "));
        }
    }
    answer
}

/// What is wrong with an answer, one line each.
fn faults(case: &Case, answer: &Measured) -> Vec<String> {
    let mut faults = Vec::new();
    let mut claim = |is_true: bool, what: String| {
        if !is_true {
            faults.push(format!("{}: {what}", case.name));
        }
    };
    let limit = MOST_SECONDS * if cfg!(debug_assertions) { DEBUG_FACTOR } else { 1.0 };
    claim(answer.seconds < limit, format!("took {:.2} s", answer.seconds));
    claim(answer.bytes < MOST_BYTES, format!("took {} MiB", answer.bytes >> 20));
    claim(answer.code.is_some_and(|code| (0..=3).contains(&code)), format!("ended with {}", answer.ending()));
    let said = format!("{}{}", answer.out, answer.err);
    claim(
        !said.contains("panicked") && !said.contains("internal error"),
        format!("fell over: {}", answer.err),
    );
    if let Says::Refused(words) = case.says {
        claim(answer.code == Some(2), format!("ended with {}", answer.ending()));
        claim(
            answer.err.contains(words) && answer.err.len() < 20_000,
            format!("said {} bytes", answer.err.len()),
        );
        return faults;
    }
    let Some(report) = answer.report() else {
        claim(false, format!("gave no report: {}", answer.err));
        return faults;
    };
    claim(answer.code != Some(2), "was refused".to_owned());
    claim(
        report.is_whole || (answer.code != Some(0) && report.verdict != "pass"),
        "was passed unread".to_owned(),
    );
    claim(report.is_whole || !report.length_passes, "has a length that passes, unread".to_owned());
    match case.says {
        Says::Whole => claim(report.is_whole, format!("was not read whole: {}", report.told())),
        Says::Unread(words) => {
            claim(!report.is_whole, "was read whole".to_owned());
            claim(report.tells(words), format!("told {}", report.told()));
        }
        Says::Told(words) => claim(report.tells(words), format!("told {}", report.told())),
        Says::Refused(_) => {}
    }
    faults
}

/// Every result in order; each core takes the next file that nobody has taken.
fn on_all_cores<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
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
    if measure::is_asked() {
        return measure::run_what_was_asked();
    }
    let measured = measure::run(Path::new("."), &["--version"]);
    assert_eq!(measured.code, Some(0));
    assert!(measured.bytes > 1 << 20 && measured.bytes < 64 << 20, "{} bytes", measured.bytes);
}
