//! Files and functions that can be read at one sitting.

use super::source::{Source, none, sources};
use regex::Regex;

/// The most lines of a file before its tests.
pub(crate) const FILE_LINES: usize = 500;
/// The most lines of a function, from `fn` to the closing brace.
const FUNCTION_LINES: usize = 60;

/// Functions that are one long table.
const TABLES: &[&str] = &[];

#[test]
fn no_file_is_too_long() {
    none(sources(&["src", "tests", "benches", "python"]).iter().filter_map(|source| {
        let lines = source.lines_before_tests();
        (lines > FILE_LINES).then(|| format!("{} has {lines} lines before its tests", source.path))
    }));
}

#[test]
fn no_function_is_too_long() {
    none(sources(&["src", "tests", "benches", "python"]).iter().flat_map(|source| {
        let long = functions(source).into_iter().filter(|(name, lines)| {
            *lines > FUNCTION_LINES && !TABLES.contains(&format!("{}: {name}", source.path).as_str())
        });
        long.map(|(name, lines)| format!("{}: {name} has {lines} lines", source.path)).collect::<Vec<_>>()
    }));
}

/// The functions of a file that have a body, by name, with their lines.
fn functions(source: &Source) -> Vec<(String, usize)> {
    let head = Regex::new(r"\bfn (\w+)").expect("a sound pattern");
    let heads = head.captures_iter(&source.code);
    let body = |found: regex::Captures<'_>| {
        let rest = &source.code[found.get(0).map_or(0, |m| m.start())..];
        Some((found[1].to_owned(), rest[..body_end(rest)?].matches('\n').count() + 1))
    };
    heads.filter_map(body).collect()
}

/// Where the body that follows a function's head is closed; `None` for a head without a body.
fn body_end(code: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut brackets = 0_usize;
    for (at, c) in code.char_indices() {
        match c {
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets = brackets.saturating_sub(1),
            // The semicolon of an array's type stands in brackets.
            ';' if depth == 0 && brackets == 0 => return None,
            '{' => depth += 1,
            '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}
