//! The pages that people read: short, with the headings they look for, and commands that are real.

use super::source::{none, read};

#[test]
fn the_readme_is_short() {
    let lines = read("README.md").lines().count();
    assert!(lines < 150, "README.md has {lines} lines");
}

#[test]
fn the_tests_are_run_as_the_readme_says() {
    for command in ["cargo test --workspace --all-features", ".ci/python"] {
        assert!(read("README.md").lines().any(|line| line == command), "README.md: {command}");
        let step = format!("step {command}");
        assert!(read(".ci/run").lines().any(|line| line.starts_with(&step)), ".ci/run: {command}");
    }
}

#[test]
fn the_changelog_has_the_headings_that_chairs_look_for() {
    let changelog = read("CHANGELOG.md");
    let wanted = ["# Changelog", "## [Unreleased]", "### Rules", "### Venues"];
    none(wanted.into_iter().filter(|w| !changelog.lines().any(|l| l == *w)).map(str::to_owned));
}

#[test]
fn contributing_tells_how_to_add_what_is_added_most() {
    let page = read("CONTRIBUTING.md");
    let wanted = ["## A rule", "## A venue", "## A format", "## The rules of the house"];
    none(wanted.into_iter().filter(|w| !page.lines().any(|l| l == *w)).map(str::to_owned));
}

#[test]
fn continuous_integration_denies_warnings() {
    let ci = read(".ci/run");
    let wanted =
        ["cargo fmt --check", "-- -D warnings", "--no-default-features", "RUSTDOCFLAGS=\"-D warnings\""];
    none(wanted.into_iter().filter(|w| !ci.contains(w)).map(str::to_owned));
}
