//! Every crate that is built may be given on under terms as free as ours.

use super::source::{none, root};
use serde_json::Value;

/// Licences that ask for no more than naming the author, or for the same terms file by file.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    // It takes nothing back: what is compiled with it need not even name it.
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Zlib",
];

#[test]
fn every_dependency_has_a_licence_that_is_allowed() {
    let packages = metadata()["packages"].as_array().expect("packages").clone();
    assert!(packages.len() > 1, "the dependencies are listed");
    none(packages.iter().filter_map(|package| {
        let licence = package["license"].as_str().unwrap_or("no licence");
        (!is_allowed(licence)).then(|| format!("{}: {licence}", package["name"]))
    }));
}

#[test]
fn every_dependency_comes_from_the_registry() {
    let home = |source: &str| source.starts_with("registry+https://github.com/rust-lang/crates.io-index");
    let packages = metadata()["packages"].as_array().expect("packages").clone();
    none(packages.iter().filter_map(|package| {
        let source = package["source"].as_str()?;
        (!home(source)).then(|| format!("{} from {source}", package["name"]))
    }));
}

#[test]
fn an_expression_is_read_as_it_is_meant() {
    assert!(is_allowed("MIT OR Apache-2.0"));
    assert!(is_allowed("GPL-3.0-only OR (Zlib AND 0BSD)"));
    assert!(is_allowed("Unlicense/MIT"));
    assert!(is_allowed("Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT"));
    assert!(!is_allowed("(MIT OR Apache-2.0) AND LGPL-2.1-or-later"));
    assert!(!is_allowed("no licence"));
}

/// What Cargo knows of the packages that are built here. It asks no network: what a test needs was fetched before.
fn metadata() -> Value {
    let compiler = std::process::Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let about = String::from_utf8_lossy(&compiler.stdout).into_owned();
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
    let cargo = std::process::Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--locked", "--offline", "--filter-platform", host])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(cargo.status.success(), "{}", String::from_utf8_lossy(&cargo.stderr));
    serde_json::from_slice(&cargo.stdout).expect("cargo writes JSON")
}

/// Whether an expression of licences can be met by allowed ones alone. Source: SPDX 2.3, annex D.
fn is_allowed(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    any(&mut words) && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any(words: &mut Words<'_>) -> bool {
    let mut allowed = all(words);
    while words.next_if_eq(&"OR").is_some() {
        // Both sides are read, whatever the first one says.
        allowed |= all(words);
    }
    allowed
}

fn all(words: &mut Words<'_>) -> bool {
    let mut allowed = one(words);
    while words.next_if_eq(&"AND").is_some() {
        allowed &= one(words);
    }
    allowed
}

fn one(words: &mut Words<'_>) -> bool {
    let Some(word) = words.next() else { return false };
    if word == "(" {
        let allowed = any(words);
        return words.next() == Some(")") && allowed;
    }
    // A licence with an exception is one that must be listed with it.
    let exception = words.next_if_eq(&"WITH").and_then(|_| words.next());
    let name = exception.map_or(word.to_owned(), |exception| format!("{word} WITH {exception}"));
    ALLOWED.contains(&name.as_str())
}
