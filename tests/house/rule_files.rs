//! One rule, one file: its names agree, it is documented and tried, and its numbers are the venue's.

use super::source::{Source, none, read, sources};
use dlde::rule::Rule;
use dlde::rules::{RETIRED, RULES};
use regex::Regex;
use std::collections::BTreeSet;

/// Beginnings of names that would tell what to do; a name is what `allow` can stand before.
const DISALLOWED: &[&str] = &["no-", "use-", "check-", "must-", "prefer-", "bad-"];
/// The headings every rule's documentation has, in this order; `Limits` and `Source` may follow.
const HEADINGS: [&str; 3] = ["What it checks", "Why it matters", "What to do"];
/// The headings of a call for papers. The list is closed.
const FAMILIES: &[&str] = &["FILE", "PAGE", "PART", "GEOM", "FONT", "STYL", "ANON", "HIDE", "CITE"];

#[test]
fn every_rule_file_is_in_the_list_of_rules() {
    none(rule_files().iter().filter(|source| rule_of(source).is_none()).map(|source| source.path.clone()));
    assert_eq!(rule_files().len(), RULES.len(), "files of rules, and rules");
}

#[test]
fn rules_are_sorted_by_code_and_no_code_or_name_is_used_twice() {
    assert!(RULES.is_sorted_by(|a, b| a.code < b.code), "RULES is not in order of code");
    let words = RULES.iter().flat_map(|r| [r.name].into_iter().chain(r.aliases.iter().copied()));
    let mut seen = BTreeSet::new();
    none(words.filter(|word| !seen.insert(*word)).map(|word| format!("{word} is used twice")));
    none(RULES.iter().filter(|r| RETIRED.contains(&r.code)).map(|r| format!("{} is retired", r.code)));
}

#[test]
fn a_code_is_four_letters_of_family_and_three_digits() {
    none(RULES.iter().filter_map(|rule| {
        let digits = &rule.code[4..];
        let sound = digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit());
        (!sound || !FAMILIES.contains(&rule.family())).then(|| rule.code.to_owned())
    }));
}

#[test]
fn name_file_folder_and_static_agree() {
    none(rule_files().iter().filter_map(|source| {
        let rule = rule_of(source)?;
        let (folder, stem) = folder_and_stem(source);
        let agree = folder == rule.family().to_lowercase()
            && source.code.contains(&format!("pub static {}: Rule", stem.to_uppercase()));
        (!agree).then(|| source.path.clone())
    }));
}

#[test]
fn a_name_is_the_defect_in_at_most_four_words() {
    none(RULES.iter().map(|rule| rule.name.to_owned()).filter(|name| {
        let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let tells_what_to_do = DISALLOWED.iter().any(|start| name.starts_with(start));
        !plain || tells_what_to_do || name.split('-').count() > 4
    }));
}

#[test]
fn every_rule_says_what_why_and_what_to_do() {
    none(RULES.iter().filter_map(|rule| {
        let headings: Vec<_> = rule.docs.lines().filter_map(|line| line.trim().strip_prefix("## ")).collect();
        let (first, rest) = headings.split_at(headings.len().min(HEADINGS.len()));
        let sound = first == HEADINGS
            && rest.iter().all(|heading| ["Limits", "Source"].contains(heading))
            && headings.iter().all(|heading| !rule.section(heading).is_empty());
        (!sound).then(|| format!("{} has the headings {headings:?}", rule.name))
    }));
}

#[test]
fn every_rule_is_tried_on_papers_that_pass_fail_and_leave_it_open() {
    let rooms = rooms_of_families();
    none(rule_files().iter().flat_map(|source| {
        let tests = source.tests() + &tests_of_family(source, &rooms);
        let has = |calls: &[&str]| calls.iter().any(|call| tests.contains(call));
        let cases = [
            ("passes", has(&[".passes("])),
            ("fails", has(&[".fails(", ".finding(", ".findings("])),
            ("leaves it open", has(&[".undetermined(", ".undetermined_because(", ".never_undetermined("])),
        ];
        let missing = cases.into_iter().filter(|(_, tried)| !tried);
        missing.map(|(case, _)| format!("{}: no paper {case}", source.path)).collect::<Vec<_>>()
    }));
}

/// The tests that rules of one family share, where they name this rule.
fn tests_of_family(source: &Source, rooms: &[Source]) -> String {
    let (folder, stem) = folder_and_stem(source);
    let room = rooms.iter().find(|room| folder_and_stem(room).0 == folder);
    let names = |tests: &String| tests.contains(&format!("&{},", stem.to_uppercase()));
    room.map(Source::tests).filter(names).unwrap_or_default()
}

/// Whatever holds a blank and is no name, code or document is a sentence, or part of one, that people read.
#[test]
fn messages_begin_lower_case_and_end_without_a_period() {
    none(rule_files().iter().chain(&rooms_of_families()).flat_map(|source| {
        let before_tests = source.lines_before_tests();
        let written = source.literals.iter().filter(move |(line, _)| *line <= before_tests);
        let sentences = written.filter(|(_, text)| text.trim().contains(' '));
        let wrong = sentences.filter(|(_, text)| {
            text.starts_with(char::is_uppercase) || text.ends_with(['.', '!']) || text.contains(". ")
        });
        wrong.map(|(line, text)| format!("{}:{line}: {text}", source.path)).collect::<Vec<_>>()
    }));
}

#[test]
fn no_rule_holds_a_number_that_a_venue_could() {
    let number = Regex::new(r"(?:^|[^\w.])(\d[\d_]*(?:\.\d+)?(?:e-?\d+)?)").expect("a sound pattern");
    let small = ["0", "1", "2"];
    let in_code = sources(&["src/rules"]).into_iter().filter(|s| !s.path.ends_with("/trial.rs"));
    none(in_code.flat_map(|source| {
        let code = source.code_before_tests();
        let documented = documented_constants(&source);
        let lines = code.lines().enumerate().filter(|(index, _)| !documented.contains(index));
        let numbers = lines.flat_map(|(index, line)| {
            number.captures_iter(line).map(move |found| (index + 1, found[1].to_owned()))
        });
        let wrong = numbers.filter(|(_, number)| !small.contains(&number.as_str()));
        wrong.map(|(line, number)| format!("{}:{line}: {number}", source.path)).collect::<Vec<_>>()
    }));
}

#[test]
fn a_chair_can_read_in_the_changelog_which_rules_there_are() {
    let changelog = read("CHANGELOG.md");
    let unnamed = |rule: &&&Rule| !changelog.contains(rule.code) || !changelog.contains(rule.name);
    none(RULES.iter().filter(unnamed).map(|r| format!("CHANGELOG.md does not name {} ({})", r.name, r.code)));
}

/// `src/rules/<family>/<name>.rs`.
fn rule_files() -> Vec<Source> {
    in_families(|stem| stem != "mod")
}

/// `src/rules/<family>/mod.rs`.
fn rooms_of_families() -> Vec<Source> {
    in_families(|stem| stem == "mod")
}

fn in_families(wanted: fn(&str) -> bool) -> Vec<Source> {
    let within = |s: &Source| s.path.matches('/').count() == 3 && wanted(folder_and_stem(s).1);
    sources(&["src/rules"]).into_iter().filter(within).collect()
}

fn folder_and_stem(source: &Source) -> (&str, &str) {
    let mut parts = source.path.trim_end_matches(".rs").rsplit('/');
    let stem = parts.next().unwrap_or_default();
    (parts.next().unwrap_or_default(), stem)
}

/// The rule whose name is that of the file.
fn rule_of(source: &Source) -> Option<&'static Rule> {
    let name = folder_and_stem(source).1.replace('_', "-");
    RULES.iter().copied().find(|rule| rule.name == name)
}

/// Lines (0-based) that hold a constant with its documentation above it.
fn documented_constants(source: &Source) -> BTreeSet<usize> {
    let lines: Vec<_> = source.text.lines().collect();
    let constant = |line: &str| {
        let line = line.trim_start().trim_start_matches("pub(super) ").trim_start_matches("pub(crate) ");
        line.starts_with("const ")
    };
    let documented = |index: &usize| {
        constant(lines[*index]) && *index > 0 && lines[*index - 1].trim_start().starts_with("///")
    };
    (0..lines.len()).filter(documented).collect()
}
