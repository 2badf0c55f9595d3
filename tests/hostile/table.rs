//! The table of `docs/robustness.md`: what every hostile file took, and what was answered.

use super::answer::Measured;
use super::hostile::case::Case;
use super::measure::is_optimised;
use std::fmt::Write;
use std::path::Path;

/// What stands around the table in the page.
const BEGIN: &str = "<!-- hostile files: begin -->\n";
const END: &str = "<!-- hostile files: end -->\n";
/// The longest answer that is shown, in characters.
const LONGEST: usize = 90;

/// Writes the table anew where that is asked for, from an optimised program alone.
pub(crate) fn write(cases: &[&Case], answers: &[Measured]) {
    if std::env::var_os("UPDATE").is_none() || !is_optimised() {
        return;
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/robustness.md");
    let page = std::fs::read_to_string(&path).expect("the page of figures");
    let (before, rest) = page.split_once(BEGIN).expect("the page has a place for the table");
    let (_, after) = rest.split_once(END).expect("the place ends");
    std::fs::write(&path, format!("{before}{BEGIN}{}{END}{after}", table(cases, answers))).expect("written");
}

fn table(cases: &[&Case], answers: &[Measured]) -> String {
    let mut out = "| file | s | MiB | answer |\n|---|--:|--:|---|\n".to_owned();
    for (case, answer) in cases.iter().zip(answers) {
        let row =
            format!("| {} | {:.2} | {} | {} |", case.name, answer.seconds, answer.bytes >> 20, said(answer));
        writeln!(out, "{row}").expect("a text takes everything");
    }
    out
}

/// The verdict, and the first thing that was not read.
fn said(answer: &Measured) -> String {
    let Some(report) = answer.report() else { return "refused: no settings or venue".to_owned() };
    let first = if report.is_whole { "read whole".to_owned() } else { report.first() };
    let plain = first.replace('|', "/").replace('\n', " ");
    let short: String = plain.chars().take(LONGEST).collect();
    format!("{}: {short}", report.verdict)
}
