//! Hostile files, each given to the program as a user would: an honest answer, in bounded time and memory.
//!
//! `DLDE_HOSTILE=font cargo test --test hostile -- --nocapture` looks at those with that word in their names.
//! With `DLDE_HOSTILE_FOLDER=folder` they are kept there, a folder each: `.ci/web` tries them in a browser.
//! `UPDATE=1 DLDE_HOSTILE_BIN=path/to/dlde cargo test --test hostile` has an optimised program read them, and writes the
//! table of `docs/robustness.md`.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "these tests write the files that they have read")]

#[path = "hostile/answer.rs"]
mod answer;
#[path = "hostile/mod.rs"]
mod hostile;
#[path = "hostile/measure.rs"]
mod measure;
#[path = "hostile/table.rs"]
mod table;

use answer::Measured;
use hostile::case::{Case, Says};
use hostile::cases;
use measure::on_all_cores;
use std::collections::BTreeSet;

#[test]
fn every_hostile_file_gets_an_honest_answer_in_time_and_memory() {
    let all: Vec<&Case> = cases().collect();
    assert_eq!(all.iter().map(|c| c.name).collect::<BTreeSet<_>>().len(), all.len(), "names are unique");
    let wanted = std::env::var("DLDE_HOSTILE").unwrap_or_default();
    let all: Vec<&Case> = all.into_iter().filter(|c| c.name.contains(&wanted)).collect();
    let answers = on_all_cores(&all, |case| shown(case, measured(case), !wanted.is_empty()));
    let told = all.iter().zip(&answers);
    let faults: Vec<String> = told.flat_map(|(case, answer)| faults(case, answer)).collect();
    // Faults too are measured: the table tells what is, not what is promised.
    if wanted.is_empty() {
        table::write(&all, &answers);
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Keeps a file for others to try, where somebody asks for it and it is not huge.
fn keep(case: &Case, folder: &std::path::Path) {
    const HUGE: u64 = 50 << 20;
    let Some(kept) = std::env::var_os("DLDE_HOSTILE_FOLDER") else { return };
    let file = folder.join(case.file);
    if file.metadata().is_ok_and(|about| about.len() < HUGE) {
        let kept = std::path::Path::new(&kept).join(case.name.replace('/', "-"));
        std::fs::create_dir_all(&kept).expect("a folder to keep it in");
        std::fs::copy(file, kept.join(case.file)).expect("the file is kept");
    }
}

/// Has a file checked.
fn measured(case: &Case) -> Measured {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join(case.file), (case.make)()).expect("the file is written");
    let beside = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("the file is written");
    };
    let mut args = vec!["check", case.file, "--format", "json"];
    if case.file.ends_with(".toml") {
        beside("paper.pdf", "%PDF-1.7\n");
        args[1] = "paper.pdf";
    }
    if case.file == "venue.toml" {
        args.extend(["--venue", case.file]);
    }
    if case.file.ends_with(".bib") {
        beside(
            "main.tex",
            "\\documentclass{article}\\begin{document}\\cite{a}\\bibliography{refs}\\end{document}",
        );
        args[1] = ".";
    }
    keep(case, folder.path());
    measure::run(folder.path(), &args)
}

/// Says at once what a file took, where somebody looks at some of them.
fn shown(case: &Case, answer: Measured, is_wanted: bool) -> Measured {
    if is_wanted {
        let report = answer.report();
        let (read, told) = report
            .map_or(("no report", String::new()), |r| (if r.is_whole { "whole" } else { "part" }, r.told()));
        let faults = faults(case, &answer).join("\n    FAULT ");
        let (seconds, mebibytes, ending) = (answer.seconds, answer.bytes >> 20, answer.ending());
        #[expect(clippy::print_stderr, reason = "whoever asks for some of the files waits for them")]
        {
            eprintln!(
                "{seconds:6.2} s {mebibytes:4} MiB {ending} {read} {} | {told}\n    {faults}",
                case.name
            );
        }
    }
    answer
}

/// What is wrong with an answer, one line each.
fn faults(case: &Case, answer: &Measured) -> Vec<String> {
    let mut faults = measure::faults(answer);
    let mut claim = |is_true: bool, what: String| {
        if !is_true {
            faults.push(what);
        }
    };
    match (case.says, answer.report()) {
        (Says::Refused(words), _) => {
            claim(answer.code == Some(2), format!("ended with {}", answer.ending()));
            let is_short = answer.err.len() < 20_000;
            claim(answer.err.contains(words) && is_short, format!("said {} bytes", answer.err.len()));
        }
        (_, None) => claim(false, format!("gave no report: {}", answer.err)),
        (Says::Whole, Some(report)) => {
            claim(report.is_whole, format!("was not read whole: {}", report.told()));
        }
        (Says::Unread(words), Some(report)) => {
            claim(!report.is_whole, "was read whole".to_owned());
            claim(report.tells(words), format!("told {}", report.told()));
        }
        (Says::Told(words), Some(report)) => {
            claim(report.tells(words), format!("told {}", report.told()));
        }
    }
    claim(matches!(case.says, Says::Refused(_)) || answer.code != Some(2), "was refused".to_owned());
    faults.into_iter().map(|fault| format!("{}: {fault}", case.name)).collect()
}
