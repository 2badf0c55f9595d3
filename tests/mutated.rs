//! Samples broken by chance, each given to the program as a user would: an honest answer, in bounded time and memory.
//!
//! `DLDE_MUTATED=2000 DLDE_HOSTILE_BIN=path/to/dlde cargo test --test mutated -- --nocapture` breaks more of them and
//! has an optimised program read them; `DLDE_MUTATED_START` begins another row of random numbers. What went wrong is
//! kept, and the message says where.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "these tests read samples and keep what went wrong")]

#[path = "hostile/answer.rs"]
#[allow(dead_code, reason = "what a report tells is the affair of files that lie")]
mod answer;
#[path = "hostile/measure.rs"]
mod measure;
#[path = "fuzz/mutate.rs"]
mod mutate;

use answer::Measured;
use measure::on_all_cores;
use mutate::{Chance, mutated};
use std::path::Path;

/// How many samples are broken where nobody says.
const COUNT: usize = 40;
/// What the samples are handed in under.
const NAME: &str = "paper.pdf";

#[test]
fn broken_samples_get_an_honest_answer_in_time_and_memory() {
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse().ok());
    let (count, start) = (number("DLDE_MUTATED").unwrap_or(COUNT), number("DLDE_MUTATED_START").unwrap_or(0));
    let samples = samples();
    let whole = on_all_cores(&samples, |bytes| answer_to(bytes));
    assert!(whole.iter().all(|a| a.report().is_some_and(|r| r.is_whole)), "the samples themselves are sound");
    let numbers: Vec<usize> = (start..start + count).collect();
    let broken = |number: &usize| {
        let of = number % samples.len();
        mutated(&samples[of..=of], &mut Chance::new(*number as u64))
    };
    let answers = on_all_cores(&numbers, |number| answer_to(&broken(number)));
    let told = numbers.iter().zip(&answers);
    let faults = told.flat_map(|(number, answer)| {
        let faults = faults(answer);
        let kept = (!faults.is_empty()).then(|| kept(*number, &broken(number)));
        faults.into_iter().map(move |fault| format!("{}: {fault}", kept.clone().unwrap_or_default()))
    });
    let faults: Vec<String> = faults.collect();
    summed_up(&answers);
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// What is wrong with an answer, in words.
fn faults(answer: &Measured) -> Vec<String> {
    let mut faults = measure::faults(answer);
    if answer.report().is_none() {
        faults.push(format!("gave no report: {}", answer.err));
    }
    faults
}

/// The figures of a long run.
#[expect(clippy::print_stderr, reason = "whoever breaks many samples wants to know")]
fn summed_up(answers: &[Measured]) {
    let largest = |of: &dyn Fn(&Measured) -> f64| answers.iter().map(of).fold(0.0, f64::max);
    let reports: Vec<_> = answers.iter().filter_map(Measured::report).collect();
    let whole = reports.iter().filter(|r| r.is_whole).count();
    eprintln!(
        "{} broken samples: {whole} read whole, {} in part or not at all; at most {:.2} s and {:.0} MiB",
        answers.len(),
        reports.len() - whole,
        largest(&|a| a.seconds),
        largest(&|a| (a.bytes >> 20) as f64),
    );
}

fn answer_to(bytes: &[u8]) -> Measured {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join(NAME), bytes).expect("the file is written");
    measure::run(folder.path(), &["check", NAME, "--format", "json"])
}

/// Keeps what went wrong; where.
fn kept(number: usize, bytes: &[u8]) -> String {
    let path = std::env::temp_dir().join(format!("mutated-{number}.pdf"));
    std::fs::write(&path, bytes).expect("the file is kept");
    path.display().to_string()
}

/// The papers among the samples.
fn samples() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let files = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().filter_map(Result::ok);
    let papers = files.filter(|file| file.path().extension().is_some_and(|e| e == "pdf"));
    papers.map(|file| std::fs::read(file.path()).expect("it can be read")).collect()
}
