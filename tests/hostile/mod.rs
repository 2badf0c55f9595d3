//! Files that are made to exhaust, mislead or crash their reader, made in memory, one module per kind.
#![allow(dead_code, reason = "the fuzzers take the bytes alone")]

mod archive;
mod bombs;
pub(crate) mod case;
mod content;
mod font;
mod locked;
mod nesting;
mod object;
mod packed;
mod source;
mod unshown;

use case::Case;

/// What the names of those say that ask for work; making them takes long as well. The key of revision 6 is made to take
/// its time.
const WORK: &[&str] = &[
    "bomb",
    "deep",
    "fan-out",
    "fifty",
    "gibibyte",
    "hundred",
    "million",
    "overlap",
    "revision-6",
    "slow",
    "thousand",
];

/// Those that lie rather than ask for work.
pub(crate) fn quick() -> impl Iterator<Item = &'static Case> {
    let all = [nesting::CASES, font::CASES, locked::CASES, archive::CASES, source::CASES];
    all.into_iter().flatten().filter(|case| !WORK.iter().any(|word| case.name.contains(word)))
}

/// Every hostile file.
pub(crate) fn cases() -> impl Iterator<Item = &'static Case> {
    let pdf = [bombs::CASES, nesting::CASES, content::CASES, font::CASES, locked::CASES, unshown::CASES];
    pdf.into_iter().chain([archive::CASES, source::CASES]).flatten()
}
