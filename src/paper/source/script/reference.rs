//! The titles of what a paper cites, as its bibliographies have them.

use crate::bib::entries;
use crate::paper::line::folded;
use crate::submission::{File, Kind};
use crate::tex::{TokenKind, Tree, tokens};
use std::collections::BTreeMap;

/// The longest part of a title that is looked for, in letters: a whole title may be broken by an address.
const LONGEST: usize = 40;

/// The titles of a `.bib` file by key, folded; a title with macros or formulas is told up to the first of them.
pub(super) fn titles(file: &File) -> BTreeMap<String, String> {
    if file.kind != Kind::Bib {
        return BTreeMap::new();
    }
    let titled = |entry: crate::bib::Entry| {
        let title = entry.fields.iter().find(|f| f.name == "title")?;
        Some((entry.key, beginning(&title.value)))
    };
    entries(&file.bytes).into_iter().filter_map(titled).collect()
}

/// The first letters of a title, up to a formula or command.
fn beginning(title: &str) -> String {
    let source = title.as_bytes();
    let is_plain = |kind: TokenKind| {
        !matches!(kind, TokenKind::Math | TokenKind::Command | TokenKind::Comment | TokenKind::Hidden)
    };
    let all = tokens(source);
    let end = all.iter().find(|t| !is_plain(t.kind)).map_or(source.len(), |t| t.span.start as usize);
    folded(title.get(..end).unwrap_or_default()).chars().take(LONGEST).collect()
}

/// How many works the finished list of a paper has.
pub(super) fn items(tree: &Tree<'_>) -> usize {
    tree.commands().filter(|(_, name)| matches!(*name, "bibitem" | "entry")).count()
}
