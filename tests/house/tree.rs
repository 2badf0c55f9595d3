//! What lies where, and what lies nowhere.

use super::size::FILE_LINES;
use super::source::{files, none, read, root, sources};
use std::collections::BTreeSet;

/// Everything that may stand at the top of the project besides dot-files.
const TOP: &[&str] = &[
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "action.yml",
    "benches",
    "build.rs",
    "deny.toml",
    "deploy",
    "docs",
    "fuzz",
    "migrations",
    "python",
    "rules",
    "samples",
    "src",
    "sty",
    "tests",
    "web",
];

/// Names of drawers: what has no other name has no home.
const DRAWERS: &[&str] = &["utils", "util", "helpers", "helper", "misc", "common", "types", "stuff"];

#[test]
fn the_top_of_the_project_is_listed() {
    let unlisted = |name: &String| !name.starts_with('.') && !TOP.contains(&name.as_str());
    none(top().into_iter().filter(unlisted).map(|name| format!("{name} is new at the top of the project")));
}

#[test]
fn there_is_no_drawer() {
    none(
        files(&["src", "tests", "benches", "python"])
            .into_iter()
            .filter(|path| path.split(['/', '.']).any(|part| DRAWERS.contains(&part))),
    );
}

#[test]
fn nothing_is_left_for_later() {
    let marks = [["TO", "DO"].concat(), ["FIX", "ME"].concat(), ["#[ign", "ore"].concat()];
    none(sources(&["src", "tests", "benches", "python"]).iter().flat_map(|source| {
        let left = marks.iter().filter(|mark| source.text.contains(*mark));
        left.map(|mark| format!("{} says {mark}", source.path)).collect::<Vec<_>>()
    }));
}

#[test]
fn every_file_begins_by_saying_what_it_is_for() {
    let rule = |path: &str| path.starts_with("src/rules/") && path.matches('/').count() == 3;
    none(sources(&["src", "tests", "benches", "python"]).iter().filter_map(|source| {
        // A rule says it in the documentation of its static.
        let says = source.text.starts_with("//! ") || (rule(&source.path) && source.text.contains("rule! {"));
        (!says).then(|| format!("{} does not", source.path))
    }));
}

#[test]
fn every_file_in_python_is_short_and_begins_by_saying_what_it_is_for() {
    let python = files(&["python/dlde", "python/tests"]);
    let python = python.into_iter().filter(|path| path.ends_with(".py") || path.ends_with(".pyi"));
    none(python.filter_map(|path| {
        let text = read(&path);
        let lines = text.lines().count();
        (!text.starts_with("\"\"\"") || lines > FILE_LINES).then(|| format!("{path}, of {lines} lines"))
    }));
}

#[test]
fn every_snapshot_has_its_test() {
    none(files(&["tests"]).into_iter().filter(|path| path.ends_with(".snap")).filter(|path| {
        let (folder, name) = path.trim_end_matches(".snap").rsplit_once('/').expect("a file in a folder");
        !read(&format!("{folder}.rs")).contains(&format!("\"{name}\""))
    }));
}

/// What stands at the top of the project, as git sees it; without git, whatever is there but what Cargo builds.
fn top() -> BTreeSet<String> {
    let git = std::process::Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output();
    let first = |path: &str| path.split('/').next().unwrap_or(path).to_owned();
    match git {
        Ok(listed) if listed.status.success() => {
            String::from_utf8_lossy(&listed.stdout).lines().map(first).collect()
        }
        _ => {
            let entries =
                std::fs::read_dir(root()).expect("the project can be listed").filter_map(Result::ok);
            entries.map(|e| e.file_name().to_string_lossy().into_owned()).filter(|n| n != "target").collect()
        }
    }
}
