//! Macros that authors define, and what they stand for: read one level deep, as rules need it.

use crate::tex::{TokenKind, Tree};
use std::collections::BTreeMap;
use std::ops::Range;

/// A macro's definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Definition {
    /// Its name without the backslash.
    pub(super) name: String,
    /// The whole definition; byte offsets, half-open.
    pub(super) span: Range<u32>,
    /// What stands between its braces.
    pub(super) body: Range<u32>,
    /// It takes an argument.
    pub(super) takes_argument: bool,
}

/// The definitions of a file that TeX reads, in order.
pub(super) fn definitions(tree: &Tree<'_>) -> Vec<Definition> {
    tree.commands()
        .filter_map(|(index, name)| match name {
            "newcommand" | "renewcommand" | "providecommand" | "DeclareRobustCommand" | "newcommandx" => {
                latex(tree, index)
            }
            "def" | "gdef" | "edef" | "long" => primitive(tree, index),
            _ => None,
        })
        .collect()
}

fn latex(tree: &Tree<'_>, index: usize) -> Option<Definition> {
    let call = tree.call(index, 2);
    let [name, body] = &call.arguments[..] else { return None };
    let name = tree.text(name).trim().trim_start_matches('\\').to_owned();
    let takes_argument = !call.options.is_empty();
    Some(Definition { name, span: call.span.clone(), body: body.clone(), takes_argument })
}

/// `\def\name#1{...}`
fn primitive(tree: &Tree<'_>, index: usize) -> Option<Definition> {
    let name = tree.name(index + 1);
    let open =
        (index + 2..index + 5).find(|i| tree.tokens().get(*i).is_some_and(|t| t.kind == TokenKind::Open))?;
    let body = tree.call(open - 1, 1).arguments.into_iter().next()?;
    let takes_argument = open > index + 2;
    let span = tree.tokens()[index].span.start..body.end + 1;
    (!name.is_empty()).then(|| Definition { name: name.to_owned(), span, body, takes_argument })
}

/// The words of a span, macros without argument replaced by what they stand for.
pub(super) fn expanded(tree: &Tree<'_>, span: &Range<u32>, known: &BTreeMap<String, String>) -> String {
    let mut words = tree.plain(span);
    for index in tree.within(span) {
        if let Some(meaning) = known.get(tree.name(index)) {
            words += &format!(" ; {meaning}");
        }
    }
    words
}
