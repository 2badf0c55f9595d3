//! Files of identities: JSON or TOML, as `dlde check --help` shows them. What they hold is never repeated in a message.

use super::{Author, Identities};
use crate::spelling::nearest;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;

/// The file as it is written.
#[derive(Deserialize)]
struct File {
    #[serde(default)]
    authors: Vec<Entry>,
    #[serde(default)]
    extra_terms: Vec<String>,
    #[serde(flatten)]
    others: BTreeMap<String, IgnoredAny>,
}

/// One author as written.
#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    emails: Vec<String>,
    #[serde(default)]
    usernames: Vec<String>,
    #[serde(default)]
    orcid: Option<String>,
    #[serde(default)]
    homepages: Vec<String>,
    #[serde(default)]
    affiliations: Vec<String>,
    #[serde(flatten)]
    others: BTreeMap<String, IgnoredAny>,
}

const FILE_KEYS: [&str; 2] = ["authors", "extra_terms"];
const AUTHOR_KEYS: [&str; 6] = ["names", "emails", "usernames", "orcid", "homepages", "affiliations"];

/// Reads identities from a text: JSON if it begins with a brace, else TOML.
///
/// # Errors
/// What is wrong with the text, without its words.
pub(super) fn parse(text: &str) -> Result<Identities, String> {
    let file: File = if text.trim_start().starts_with('{') {
        serde_json::from_str(text).map_err(|e| {
            let mistake = if e.is_data() { "another kind of value belongs here" } else { "this is no JSON" };
            format!("line {}, column {}: {mistake}", e.line(), e.column())
        })?
    } else {
        toml::from_str(text).map_err(|e: toml::de::Error| {
            let line =
                e.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            let is_value = e.message().starts_with("invalid type");
            let mistake = if is_value { "another kind of value belongs here" } else { "this is no TOML" };
            format!("line {line}: {mistake}")
        })?
    };
    only(&file.others, &FILE_KEYS)?;
    let mut identities = Identities::default();
    for entry in file.authors {
        only(&entry.others, &AUTHOR_KEYS)?;
        identities.add_author(&Author {
            names: entry.names,
            emails: entry.emails,
            usernames: entry.usernames,
            orcid: entry.orcid,
            homepages: entry.homepages,
            affiliations: entry.affiliations,
        });
    }
    for term in &file.extra_terms {
        identities.add_term(term);
    }
    if identities.is_empty() { Err("it names nobody".to_owned()) } else { Ok(identities) }
}

/// A misspelt key would silently be looked for by nobody. Keys that begin with `_` are remarks.
fn only(others: &BTreeMap<String, IgnoredAny>, known: &[&str]) -> Result<(), String> {
    let Some(key) = others.keys().find(|key| !key.starts_with('_')) else { return Ok(()) };
    let meant = match nearest(key, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("known here: {}", known.join(", ")),
    };
    Err(format!("unknown key `{key}`; {meant}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_writing_say_the_same() {
        let json = r#"{"_comment": "invented", "authors": [{"names": ["Mélanie Velm"]}], "extra_terms": ["stiffsolve"]}"#;
        let toml = "extra_terms = ['stiffsolve']\n[[authors]]\nnames = ['Mélanie Velm']\n";
        for text in [json, toml] {
            let identities = parse(text).expect("sound");
            assert_eq!(identities.matches("Melanie Velm wrote stiffsolve").len(), 2);
        }
    }

    #[test]
    fn mistakes_are_told_without_the_words_of_the_file() {
        let said = |text: &str| parse(text).err().expect("a mistake");
        assert_eq!(said(r#"{"authors": [{"name": ["Velm"]}]}"#), "unknown key `name`; did you mean `names`?");
        assert_eq!(said("{}"), "it names nobody");
        assert!(!said(r#"{"authors": "Velm"}"#).contains("Velm"));
        assert!(!said("authors = 'Velm'").contains("Velm"));
        assert_eq!(said("authors = 'Velm'"), "line 1: another kind of value belongs here");
        assert_eq!(said("Ada Velm\n"), "line 1: this is no TOML");
        assert!(said("{\"authors\": [\n").ends_with("this is no JSON"));
    }
}
