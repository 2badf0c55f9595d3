//! Who may use whom: the table of layers, and the rooms that other people's crates keep to.

use super::source::{Source, none, read, sources};
use regex::Regex;

/// Every room of `src/` with its layer and the rooms it may use besides itself.
///
/// A room may use only rooms that stand above it here: nothing reaches back. `src/lib.rs` tells what is in them.
const ROOMS: &[(u8, &str, &[&str])] = &[
    (0, "units", &[]),
    (0, "place", &["units"]),
    (0, "part", &[]),
    (0, "style", &[]),
    (0, "problem", &["place"]),
    (0, "spelling", &[]),
    (0, "audience", &[]),
    (0, "starter", &[]),
    (0, "pattern", &[]),
    (0, "memory", &[]),
    (0, "join", &["memory"]),
    (0, "count", &["place"]),
    (1, "finding", &["units", "place"]),
    (1, "identities", &["spelling"]),
    (2, "submission", &["place", "problem"]),
    (2, "pdf", &["units", "place", "problem", "join"]),
    (2, "tex", &[]),
    (2, "bib", &[]),
    (
        3,
        "paper",
        &[
            "units",
            "place",
            "part",
            "style",
            "problem",
            "starter",
            "pattern",
            "count",
            "join",
            "finding",
            "submission",
            "pdf",
            "tex",
            "bib",
        ],
    ),
    (3, "profile", &["units", "part", "style", "spelling", "finding"]),
    (4, "rule", &["audience", "problem", "finding", "identities", "paper", "profile"]),
    (
        4,
        "rules",
        &[
            "units",
            "place",
            "part",
            "style",
            "problem",
            "audience",
            "pattern",
            "count",
            "finding",
            "identities",
            "paper",
            "profile",
            "rule",
        ],
    ),
    (
        5,
        "check",
        &[
            "place",
            "problem",
            "spelling",
            "audience",
            "finding",
            "identities",
            "submission",
            "paper",
            "profile",
            "rule",
            "rules",
        ],
    ),
    (5, "fix", &["place", "submission", "pdf", "paper", "profile"]),
    (
        6,
        "report",
        &[
            "units",
            "place",
            "part",
            "style",
            "problem",
            "audience",
            "count",
            "finding",
            "submission",
            "pdf",
            "paper",
            "profile",
            "rule",
            "check",
        ],
    ),
    (
        7,
        "worker",
        &[
            "place",
            "problem",
            "audience",
            "memory",
            "join",
            "identities",
            "submission",
            "pdf",
            "profile",
            "check",
            "report",
        ],
    ),
    (8, "batch", &["place", "problem", "memory", "identities", "submission", "profile", "report", "worker"]),
    (8, "serve", &["audience", "identities", "submission", "profile", "report", "worker"]),
    (
        9,
        "cli",
        &[
            "place",
            "problem",
            "spelling",
            "audience",
            "count",
            "starter",
            "memory",
            "join",
            "finding",
            "identities",
            "submission",
            "pdf",
            "profile",
            "paper",
            "rule",
            "rules",
            "check",
            "fix",
            "report",
            "worker",
            "batch",
            "serve",
        ],
    ),
    (9, "wasm", &["audience", "identities", "submission", "pdf", "profile", "check", "fix", "report"]),
];

/// The bench on which rules are tried runs them as `check` does. It is no part of the program.
const TRIAL_BENCH: &str = "src/rules/trial.rs";

/// What other people's crates are called in code, and the only paths that may name them.
const HOMES: &[(&str, &[&str])] = &[
    (r"\b(lopdf|hayro_\w+|pdf_encoding|weezl|zlib_rs)\b", &["src/pdf/"]),
    (r"\b(hayro|png)::", &["src/pdf/picture.rs"]),
    (r"\baskama\b", &["src/report/html/"]),
    (r"\b\w*ReportHandler\b|\bGraphicalTheme\b", &["src/report/text", "src/main.rs", "src/cli/"]),
    (r"\bclap(_complete)?\b|\bterminal_size::", &["src/cli/"]),
    (r"\btoml::", &["src/profile/", "src/identities/", "src/style/"]),
    (r"\b(walkdir|zip|tar|flate2)::", &["src/submission/"]),
    (
        r"\bserde_json::",
        &[
            "src/report/",
            "src/identities/",
            "src/worker/wire.rs",
            "src/batch/manifest.rs",
            "src/cli/lsp/",
            "src/serve/",
        ],
    ),
    (r"\blsp_(server|types)::", &["src/cli/lsp/"]),
    (
        r"\bsha2::",
        &[
            "src/profile/",
            "src/submission/mod.rs",
            "src/report/",
            "src/worker/key.rs",
            "src/batch/",
            "src/serve/",
        ],
    ),
    (r"\b(landlock|seccompiler|rustix|libc)::", &["src/worker/"]),
    (r"\b(axum|hyper(_util)?|utoipa(_axum)?|tower_http|metrics(_exporter_prometheus)?)::", &["src/serve/"]),
    (r"\bsqlx::", &["src/serve/store/"]),
    (r"\b(tokio|subtle|getrandom)::", &["src/serve/"]),
    (r"\bglob::", &["src/batch/inputs.rs"]),
    (r"\bindicatif::", &["src/cli/progress.rs"]),
    (
        r"\bstd::(fs|env|net|process)\b",
        &["src/submission/", "src/worker/", "src/batch/", "src/serve/", "src/cli/", "src/main.rs"],
    ),
];

#[test]
fn a_room_uses_only_rooms_above_it() {
    let path = Regex::new(r"\bcrate::(\w+)").expect("a sound pattern");
    none(sources(&["src"]).iter().filter(|s| s.path != TRIAL_BENCH).flat_map(|source| {
        let room = source.room();
        let allowed = room.map(row);
        let used = path.captures_iter(&source.code).map(|found| found[1].to_owned());
        let wrong = used.filter(move |used| {
            allowed.is_some_and(|(_, room, may_use)| used != room && !may_use.contains(&used.as_str()))
        });
        wrong.map(|used| format!("{} uses crate::{used}", source.path)).collect::<Vec<_>>()
    }));
}

#[test]
fn the_table_of_layers_has_no_way_back() {
    for (index, (layer, room, may_use)) in ROOMS.iter().enumerate() {
        for used in *may_use {
            let above = ROOMS[..index].iter().find(|(_, name, _)| name == used);
            assert!(above.is_some_and(|(above, ..)| above <= layer), "{room} may use {used}");
        }
    }
}

#[test]
fn the_map_names_every_room_in_its_layer() {
    let map = read("src/lib.rs");
    let line = |layer| map.lines().find(|l| l.starts_with(&format!("//! | {layer} |"))).unwrap_or_default();
    none(ROOMS.iter().filter_map(|(layer, room, _)| {
        let named = line(layer).contains(&format!("`{room}`")) || line(layer).contains(&format!("@{room}`"));
        (!named).then(|| format!("src/lib.rs does not name {room} in layer {layer}"))
    }));
}

#[test]
fn paths_between_rooms_start_at_the_crate() {
    none(sources(&["src"]).iter().flat_map(|source| {
        let hidden = ["super::super", "crate::{", "extern crate"].into_iter();
        hidden.filter(|path| source.code.contains(path)).map(|p| format!("{} writes {p}", source.path))
    }));
}

#[test]
fn every_crate_stays_in_its_room() {
    none(HOMES.iter().flat_map(|(names, homes)| {
        let names = Regex::new(names).expect("a sound pattern");
        let away = |s: &Source| s.path != TRIAL_BENCH && !homes.iter().any(|home| s.path.starts_with(home));
        let found = move |s: Source| names.find(&s.code).map(|f| format!("{} names {}", s.path, f.as_str()));
        sources(&["src"]).into_iter().filter(away).filter_map(found).collect::<Vec<_>>()
    }));
}

#[test]
fn the_program_only_hands_over_to_the_command_line() {
    let program = read("src/main.rs");
    assert!(program.lines().count() <= 30 && program.contains("dlde::cli::run("), "{program}");
}

fn row(room: &str) -> &'static (u8, &'static str, &'static [&'static str]) {
    let known = ROOMS.iter().find(|(_, name, _)| *name == room);
    known.unwrap_or_else(|| panic!("{room} is not in the table of layers"))
}
