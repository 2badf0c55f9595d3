//! Packages and classes that sources load, with their options: which style the paper was set in.

use super::hint::shortened;
use crate::place::{FileId, Place, Span};
use crate::submission::{File, Kind, Submission};
use crate::tex::Tree;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A package or class that is loaded.
#[derive(Debug, Clone, PartialEq)]
pub struct Package {
    /// Its name without folders.
    pub name: String,
    /// Its options, in order.
    pub options: Arc<[String]>,
    /// The command as it stands there.
    pub text: String,
    /// A file of the submission that declares the modes of a venue's style.
    pub is_venue_style: bool,
    /// Where it is loaded.
    pub at: Place,
}

/// The packages that a file loads, or passes options to.
pub(super) fn packages(id: FileId, tree: &Tree<'_>, styles: &BTreeSet<String>) -> Vec<Package> {
    let mut found = Vec::new();
    for (index, name) in tree.commands() {
        let most = match name {
            "usepackage" | "RequirePackage" | "documentclass" | "LoadClass" => 1,
            "PassOptionsToPackage" => 2,
            _ => continue,
        };
        let call = tree.call(index, most);
        let mut words = call.arguments.iter().map(|a| tree.text(a));
        let (options, names) = match (most, words.next(), words.next()) {
            (1, Some(names), _) => {
                (call.options.iter().map(|o| tree.text(o)).collect::<Vec<_>>().join(","), names)
            }
            (_, Some(options), Some(names)) => (options, names),
            _ => continue,
        };
        // One command may load a hundred thousand packages: what they share is made once.
        let options: Arc<[String]> =
            options.split(',').map(|o| o.trim().to_owned()).filter(|o| !o.is_empty()).collect();
        let text = shortened(&tree.text(&call.span));
        for name in names.split(',').map(|n| n.trim().rsplit('/').next().unwrap_or_default()) {
            found.push(Package {
                name: name.to_owned(),
                options: Arc::clone(&options),
                text: text.clone(),
                is_venue_style: styles.contains(name),
                at: Place::Span(Span { file: id, bytes: call.span.clone() }),
            });
        }
    }
    found
}

/// Files of the submission that declare the options `final` or `preprint`, by their names without ending.
pub(super) fn venue_styles(submission: &Submission) -> BTreeSet<String> {
    let declares = |f: &&File| {
        let has = |text: &[u8]| memchr::memmem::find(&f.bytes, text).is_some();
        f.kind == Kind::Style
            && (has(b"DeclareOption{final}")
                || has(b"DeclareOption{preprint}")
                || has(b"DeclareOption{accepted}"))
    };
    submission.files.iter().filter(declares).map(|f| super::project::stem(&f.name).to_owned()).collect()
}
