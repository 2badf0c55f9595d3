//! The index over several papers as one page for a browser: a plain table, which a small script sorts and filters.

use super::base64::base64;
use crate::report::index::{Entry, sum};
use crate::report::wording;
use askama::Template;
use sha2::{Digest, Sha256};
use std::io;

const SCRIPT: &str = include_str!("index.js");
const STYLE: &str = concat!(include_str!("report.css"), include_str!("index.css"));

/// The whole page.
pub(in crate::report) fn write(
    entries: &[Entry],
    shared: &[String],
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let index = Index {
        title: sum(entries),
        style: STYLE,
        style_source: source(STYLE),
        script: SCRIPT,
        script_source: source(SCRIPT),
        shared: shared.iter().map(|words| wording::plain(words)).collect(),
        rows: entries.iter().map(Row::of).collect(),
        made_by: concat!("dlde ", env!("CARGO_PKG_VERSION")),
    };
    out.write_all(index.render().map_err(io::Error::other)?.as_bytes())
}

#[derive(Template)]
#[template(path = "index.html", config = "src/report/html/askama.toml")]
struct Index {
    title: String,
    style: &'static str,
    style_source: String,
    script: &'static str,
    script_source: String,
    /// Sentences on what many papers have alike.
    shared: Vec<String>,
    rows: Vec<Row>,
    made_by: &'static str,
}

/// One submission.
struct Row {
    name: String,
    title: String,
    /// Where the report is, as an address relative to the index.
    address: Option<String>,
    outcome: &'static str,
    answer: &'static str,
    /// Place of the answer in the order of what wants a look first.
    rank: usize,
    /// Length in pages, to sort by, and in words.
    pages: String,
    length: String,
    /// Errors, warnings, notes and what was left open; empty where nothing was checked.
    numbers: Vec<String>,
    reason: String,
}

impl Row {
    fn of(entry: &Entry) -> Self {
        let told = entry.summary.as_ref();
        let pages = told.and_then(|s| s.pages).map_or(String::new(), |pages| format!("{pages:.2}"));
        let limit = told.and_then(|s| s.limit).filter(|_| !pages.is_empty());
        let ranks = ["fail", "undetermined", "not-checked", "pass"];
        Self {
            name: wording::plain(&entry.name),
            title: entry.title(),
            address: entry.report.as_deref().map(address),
            outcome: entry.outcome(),
            answer: entry.answer(),
            rank: ranks.iter().position(|rank| *rank == entry.outcome()).unwrap_or(ranks.len()),
            length: limit.map_or(pages.clone(), |limit| format!("{pages} of {limit}")),
            pages,
            numbers: match told {
                Some(s) => s.found.iter().chain([&s.open]).map(usize::to_string).collect(),
                None => vec![String::new(); 4],
            },
            reason: wording::plain(&entry.reason),
        }
    }
}

/// What a policy allows by its digest alone. Source: W3C, Content Security Policy Level 3, section 2.3.1.
fn source(text: &str) -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(text.as_bytes())))
}

/// The address of a file in the same folder; `./` keeps a name such as `a:b` from being a scheme. Source: RFC 3986.
fn address(name: &str) -> String {
    let mut address = "./".to_owned();
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                address.push(char::from(byte));
            }
            _ => address += &format!("%{byte:02X}"),
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_a_file_becomes_an_address() {
        assert_eq!(address("paper 1#a.html"), "./paper%201%23a.html");
        assert_eq!(address("javascript:x"), "./javascript%3Ax");
    }

    #[test]
    fn the_policy_allows_the_script_that_is_there_and_no_other() {
        let mut page = Vec::new();
        write(&[Entry::unchecked("</script><b>.pdf".to_owned(), String::new())], &[], &mut page)
            .expect("memory");
        let page = String::from_utf8(page).expect("UTF-8");
        let script = page.split_once("<script>").and_then(|(_, rest)| rest.split_once("</script>"));
        let script = script.expect("a script").0;
        assert!(page.contains(&format!("script-src {}", source(script))), "{page}");
        assert!(!page.contains("unsafe-inline") && !page.contains("<b>"), "{page}");
    }
}
