//! A manifest: one submission a line, its files and its authors named.
#![expect(clippy::disallowed_methods, reason = "the manifest is read here")]

use super::error::BatchError;
use super::inputs::{Place, Submitted};
use crate::identities::Identities;
use crate::profile::Track;
use crate::submission::{LoadError, Origin};
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// A line as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    /// A word or a number.
    id: Value,
    pdf: Option<String>,
    source: Option<String>,
    #[serde(default)]
    supplement: OneOrMore,
    track: Option<String>,
    /// Names, or objects as in a file of identities.
    #[serde(default)]
    authors: Vec<Value>,
    /// A file of identities; it takes the place of the authors.
    identities: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    #[default]
    None,
    One(String),
    More(Vec<String>),
}

/// Reads a manifest; paths are relative to it.
///
/// # Errors
/// The first line that is none.
pub(super) fn read(path: &Path) -> Result<Vec<Submitted>, BatchError> {
    let shown = path.display().to_string();
    let text =
        std::fs::read_to_string(path).map_err(|cause| LoadError::Denied { path: shown.clone(), cause })?;
    let root = path.parent().unwrap_or(Path::new(""));
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(index, line)| {
            let at = format!("{shown}, line {}", index + 1);
            one(line, root, at).map_err(|why| BatchError::Manifest {
                path: shown.clone(),
                line: index + 1,
                why,
            })
        })
        .collect()
}

fn one(line: &str, root: &Path, at: String) -> Result<Submitted, String> {
    let line: Line = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let id = match line.id {
        Value::String(id) if !id.is_empty() => id,
        Value::Number(id) => id.to_string(),
        _ => return Err("`id` is neither a word nor a number".to_owned()),
    };
    let inside = |path: String| root.join(path);
    let source = line.source.map(inside);
    let (paper, source) = match (line.pdf.map(inside), source) {
        (Some(pdf), source) => (pdf, source),
        (None, Some(source)) => (source, None),
        (None, None) => return Err("neither `pdf` nor `source` names a file".to_owned()),
    };
    let supplements = match line.supplement {
        OneOrMore::None => Vec::new(),
        OneOrMore::One(path) => vec![path],
        OneOrMore::More(paths) => paths,
    };
    let supplements = supplements.into_iter().map(|path| (inside(path), Origin::Supplement));
    let beside = source.map(|path| (path, Origin::Source)).into_iter().chain(supplements).collect();
    if let Some(track) = line.track.as_deref().filter(|id| !Track::ALL.iter().any(|t| t.id() == *id)) {
        let known = Track::ALL.map(Track::id).join("`, `");
        return Err(format!("there is no track `{track}`; known are `{known}`"));
    }
    let identities = identities(&line.authors, line.identities.map(|path| root.join(path)))?;
    Ok(Submitted { track: line.track, identities, ..Submitted::new(id, at, Place::Named { paper, beside }) })
}

/// The authors as a file of identities.
fn identities(authors: &[Value], path: Option<PathBuf>) -> Result<Option<String>, String> {
    let text = match path {
        Some(path) => std::fs::read_to_string(&path)
            .map_err(|cause| format!("`identities`: {} cannot be read: {cause}", path.display()))?,
        None if authors.is_empty() => return Ok(None),
        None => {
            let author = |author: &Value| match author {
                Value::String(name) => json!({"names": [name]}),
                other => other.clone(),
            };
            json!({"authors": authors.iter().map(author).collect::<Vec<_>>()}).to_string()
        }
    };
    match Identities::parse(&text) {
        Ok(_) => Ok(Some(text)),
        Err(why) => Err(format!("`authors`: {why}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &str) -> Result<Submitted, String> {
        one(line, Path::new("in"), "m.jsonl, line 1".to_owned())
    }

    #[test]
    fn a_line_names_files_and_authors() {
        let line = r#"{"id": 17, "pdf": "17.pdf", "source": "17.zip", "supplement": "s.zip", "authors": ["Ada Orr"]}"#;
        let told = told(line).expect("sound");
        assert_eq!(told.id, "17");
        assert_eq!(told.identities.as_deref(), Some(r#"{"authors":[{"names":["Ada Orr"]}]}"#));
        let Place::Named { paper, beside } = told.place else { panic!("it names files") };
        assert_eq!(paper, Path::new("in/17.pdf"));
        let expected = [("in/17.zip", Origin::Source), ("in/s.zip", Origin::Supplement)];
        assert_eq!(beside, expected.map(|(path, origin)| (PathBuf::from(path), origin)));
    }

    #[test]
    fn a_line_that_says_nothing_is_told() {
        for (line, why) in [
            ("{}", "missing field `id`"),
            (r#"{"id": "1"}"#, "neither `pdf` nor `source` names a file"),
            (r#"{"id": "", "pdf": "a"}"#, "`id` is neither a word nor a number"),
            (r#"{"id": "1", "pdf": "a", "autors": []}"#, "unknown field `autors`"),
            (r#"{"id": "1", "pdf": "a", "track": "demo"}"#, "there is no track `demo`"),
            (r#"{"id": "1", "pdf": "a", "authors": [""]}"#, "it names nobody"),
        ] {
            let error = told(line).err().unwrap_or_default();
            assert!(error.contains(why), "{line}: {error}");
        }
    }
}
