//! What sources cite and refer to, and what of it is there.

use super::hint::MOST;
use super::project::Project;
use crate::bib::entries;
use crate::place::{FileId, Place, Span};
use crate::submission::Submission;
use crate::tex::Tree;
use std::collections::BTreeSet;

/// A key that is cited or referred to and stands nowhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Undefined {
    /// The key.
    pub key: String,
    /// Where it is first used.
    pub at: Place,
}

/// Keys that are used and stand nowhere; `None` where that cannot be told.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Undefineds {
    /// Cited, and in no bibliography; `None` where a bibliography is missing.
    pub citations: Option<Vec<Undefined>>,
    /// Referred to, and no label; `None` where labels are made by macros.
    pub references: Option<Vec<Undefined>>,
}

/// Commands that refer to labels. Source: LaTeX, amsmath, hyperref, cleveref.
const REFERENCES: [&str; 9] =
    ["ref", "eqref", "autoref", "cref", "Cref", "pageref", "nameref", "subref", "vref"];

/// What the files that make the paper use and do not have.
pub(super) fn undefined(submission: &Submission, project: &Project<'_>) -> Undefineds {
    let reached = || project.trees.iter().filter(|(id, _)| project.reached.contains(id));
    let mut keys: BTreeSet<String> = BTreeSet::new();
    let mut labels: BTreeSet<String> = BTreeSet::new();
    let mut makes_labels = false;
    for (_, tree) in reached() {
        for (index, name) in tree.commands() {
            let argument = || tree.call(index, 1).arguments.first().map(|a| tree.text(a).trim().to_owned());
            match name {
                "bibitem" => keys.extend(argument()),
                "label" | "sublabel" | "newlabel" => labels.extend(argument()),
                "externaldocument" | "tag" => makes_labels |= name == "externaldocument",
                _ => {}
            }
        }
        makes_labels |= memchr::memmem::find(tree.bytes(&(0..u32::MAX)), b"label=").is_some();
    }
    makes_labels |= labels.iter().any(|l| l.contains(['#', '\\']));
    for id in &project.bibliographies {
        let Some(file) = submission.file(*id) else { continue };
        keys.extend(entries(&file.bytes).into_iter().map(|e| e.key));
    }
    let lists: Vec<_> = submission.files.iter().filter(|f| f.name.ends_with(".bbl")).collect();
    for file in &lists {
        let tree = Tree::read(&file.bytes);
        for (index, _) in tree.commands().filter(|(_, n)| matches!(*n, "bibitem" | "entry")) {
            keys.extend(tree.call(index, 1).arguments.first().map(|a| tree.text(a).trim().to_owned()));
        }
    }
    let lacks_list = project.missing.iter().any(|w| !w.is_figure);
    let has_keys = !keys.is_empty() && !lacks_list;
    let uses = |is_wanted: fn(&str) -> bool, known: &BTreeSet<String>| -> Vec<Undefined> {
        reached()
            .flat_map(|(id, tree)| used(*id, tree, is_wanted))
            .filter(|u| !known.contains(&u.key))
            .collect()
    };
    Undefineds {
        citations: has_keys.then(|| once(uses(is_citation, &keys))),
        references: (!makes_labels && !lacks_list && !project.reached.is_empty())
            .then(|| once(uses(|n| REFERENCES.contains(&n), &labels))),
    }
}

fn is_citation(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.starts_with("cite") && !matches!(name, "citestyle" | "citenum" | "citeauthorfont" | "citename")
        || matches!(name, "parencite" | "textcite" | "autocite" | "footcite" | "nocite")
}

/// Every key that the commands of a file use.
fn used(id: FileId, tree: &Tree<'_>, is_wanted: fn(&str) -> bool) -> Vec<Undefined> {
    let mut found = Vec::new();
    for (index, _) in tree.commands().filter(|(_, name)| is_wanted(name)) {
        let call = tree.call(index, 1);
        let Some(argument) = call.arguments.first() else { continue };
        for key in tree.text(argument).split(',').map(str::trim) {
            let is_plain = !key.is_empty() && !key.contains(['\\', '#', '*', '{', '%', '\n']);
            if is_plain {
                found.push(Undefined {
                    key: key.to_owned(),
                    at: Place::Span(Span { file: id, bytes: call.span.clone() }),
                });
            }
        }
    }
    found
}

/// The first use of every key.
fn once(all: Vec<Undefined>) -> Vec<Undefined> {
    let mut seen = BTreeSet::new();
    all.into_iter().filter(|u| seen.insert(u.key.clone())).take(MOST).collect()
}
