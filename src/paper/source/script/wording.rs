//! Words of a source as far as they are known: folded, in order, with gaps where a formula or a macro stands.

use crate::paper::line::folded;
use crate::tex::{TokenKind, Tree};
use std::collections::BTreeMap;
use std::ops::Range;

/// Words in order, each stretch folded to letters and digits; what stands between two stretches is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::paper) struct Wording {
    /// Stretches without gaps, none empty.
    pub(in crate::paper) known: Vec<String>,
    /// As it is written, for a reader.
    pub(in crate::paper) shown: String,
    /// Nothing stands between the stretches.
    pub(in crate::paper) is_whole: bool,
}

/// Commands that print nothing themselves: what stands in their argument is printed.
const PLAIN: [&str; 27] = [
    "emph",
    "textbf",
    "textit",
    "textsc",
    "textrm",
    "textsf",
    "textsl",
    "texttt",
    "textup",
    "textmd",
    "text",
    "mbox",
    "bf",
    "it",
    "sc",
    "rm",
    "sf",
    "tt",
    "em",
    "large",
    "Large",
    "LARGE",
    "huge",
    "Huge",
    "normalsize",
    "small",
    "bfseries",
];
/// Commands that print nothing but blanks or signs.
const SIGNS: [&str; 24] = [
    "\\",
    "newline",
    "linebreak",
    "par",
    "-",
    "/",
    " ",
    ",",
    ";",
    ":",
    "!",
    "&",
    "_",
    "%",
    "#",
    "{",
    "}",
    "quad",
    "protect",
    "centering",
    "noindent",
    "ldots",
    "dots",
    "break",
];
/// Commands whose argument stands elsewhere, or nowhere.
const ASIDE: [&str; 12] = [
    "thanks",
    "footnote",
    "footnotemark",
    "label",
    "vspace",
    "hspace",
    "vskip",
    "hskip",
    "cite",
    "citep",
    "citet",
    "titlerunning",
];

impl Wording {
    /// The words of a span; `meanings` tells what macros without arguments stand for.
    pub(super) fn of(tree: &Tree<'_>, span: &Range<u32>, meanings: &BTreeMap<String, String>) -> Self {
        let mut wording = Self { shown: shown(&tree.text(span)), is_whole: true, ..Self::default() };
        let (mut run, mut is_math, mut skip_to) = (String::new(), false, 0);
        for index in tree.within(span) {
            let token = &tree.tokens()[index];
            if token.span.start < skip_to {
                continue;
            }
            match token.kind {
                TokenKind::Math => {
                    is_math = !is_math;
                    wording.gap(&mut run);
                }
                TokenKind::Command if is_math => {}
                TokenKind::Command => match tree.name(index) {
                    "texorpdfstring" => {
                        let call = tree.call(index, 2);
                        skip_to = call.span.end;
                        if let Some(first) = call.arguments.first() {
                            let inner = Self::of(tree, first, meanings);
                            wording.take(inner, &mut run);
                        }
                    }
                    name if ASIDE.contains(&name) => skip_to = tree.call(index, 1).span.end,
                    name if PLAIN.contains(&name) || SIGNS.contains(&name) => {}
                    name => match meanings.get(name) {
                        Some(meaning) => run.push_str(meaning),
                        None => wording.gap(&mut run),
                    },
                },
                TokenKind::Text | TokenKind::Verbatim if !is_math => run.push_str(&tree.text(&token.span)),
                _ => {}
            }
        }
        wording.close(&mut run);
        wording
    }

    /// Whether what was printed holds every stretch, in order.
    pub(in crate::paper) fn is_in(&self, printed: &str) -> bool {
        let mut rest = printed;
        self.known.iter().all(|stretch| {
            let found = rest.find(stretch.as_str());
            rest = found.map_or("", |at| &rest[at + stretch.len()..]);
            found.is_some()
        })
    }

    /// Whether what was printed begins with the first stretch and holds the others.
    pub(in crate::paper) fn begins(&self, printed: &str) -> bool {
        let is_first = |first: &String| !self.is_whole || printed.starts_with(first.as_str());
        self.known.first().is_some_and(is_first) && self.is_in(printed)
    }

    /// Letters and digits that are known.
    pub(in crate::paper) fn letters(&self) -> usize {
        self.known.iter().map(String::len).sum()
    }

    fn gap(&mut self, run: &mut String) {
        self.close(run);
        self.is_whole = false;
    }

    fn close(&mut self, run: &mut String) {
        let stretch = folded(run);
        run.clear();
        if !stretch.is_empty() {
            self.known.push(stretch);
        }
    }

    fn take(&mut self, inner: Self, run: &mut String) {
        if inner.is_whole {
            run.push_str(&inner.known.concat());
            return;
        }
        self.gap(run);
        self.known.extend(inner.known);
    }
}

/// On one line, without the blanks of the file.
fn shown(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wording(source: &str) -> Wording {
        let tree = Tree::read(source.as_bytes());
        let meanings = BTreeMap::from([("ours".to_owned(), "QuietNet".to_owned())]);
        Wording::of(&tree, &(0..source.len() as u32), &meanings)
    }

    #[test]
    fn notes_comments_and_type_are_no_words() {
        let read = wording(
            "\\textbf{Quiet}~Flows % for now\n --- a \\textsc{Study}\\thanks{to all}\\\\ of \\ours{}",
        );
        assert_eq!((read.known, read.is_whole), (vec!["quietflowsastudyofquietnet".to_owned()], true));
    }

    #[test]
    fn formulas_and_unknown_macros_leave_gaps() {
        let read = wording("Flows in $L^2$ and \\foo{} spaces");
        assert_eq!(read.known, ["flowsin", "and", "spaces"]);
        assert!(read.is_in("flowsinl2andsobolevspaces") && !read.is_in("flowsinspacesand"));
        assert!(wording("\\texorpdfstring{On $x$ and more}{plain} left").known == ["on", "andmore", "left"]);
    }
}
