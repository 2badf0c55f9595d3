//! `% dlde: ignore NAME -- reason`: findings that authors answered for, each with its reason.

use crate::place::{FileId, Span};
use crate::tex::{TokenKind, Tree};

/// Findings of one rule on one line that are to be counted and not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// The rule, by any word that it answers to.
    pub rule: String,
    /// Why; empty is no reason, and suppresses nothing.
    pub reason: String,
    /// The comment.
    pub at: Span,
    /// The line of the comment; where nothing else stands on it, the next line too.
    pub span: Span,
}

/// The suppressions of a file.
pub(super) fn suppressions(id: FileId, source: &[u8], tree: &Tree<'_>) -> Vec<Suppression> {
    let comments = tree.tokens().iter().filter(|t| t.kind == TokenKind::Comment);
    comments
        .filter_map(|token| {
            let text = tree.text(&token.span);
            let rest = text.trim_start_matches('%').trim_start().strip_prefix("dlde:")?.trim_start();
            let rest = rest.strip_prefix("ignore")?;
            let (rule, reason) = rest.split_once("--").unwrap_or((rest, ""));
            let (at, end) = (token.span.start as usize, token.span.end as usize);
            let start = memchr::memrchr(b'\n', &source[..at]).map_or(0, |n| n + 1);
            let is_alone = source[start..at].iter().all(u8::is_ascii_whitespace);
            let next_end = |from: usize| {
                memchr::memchr(b'\n', source.get(from..).unwrap_or_default())
                    .map_or(source.len(), |n| from + n)
            };
            let last = if is_alone { next_end((end + 1).min(source.len())) } else { end };
            let span = Span { file: id, bytes: start as u32..last as u32 };
            let (rule, reason) = (rule.trim().to_owned(), reason.trim().to_owned());
            Some(Suppression { rule, reason, at: Span { file: id, bytes: token.span.clone() }, span })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suppression_reaches_its_own_line_or_the_next() {
        let source = b"a\n% dlde: ignore negative-space -- asked for by the chairs\n\\vspace{-1pt}\nb % dlde: ignore X";
        let found = suppressions(FileId(0), source, &Tree::read(source));
        let text = |s: &Suppression| {
            String::from_utf8_lossy(&source[s.span.bytes.start as usize..s.span.bytes.end as usize])
                .into_owned()
        };
        assert_eq!(
            (found[0].rule.as_str(), found[0].reason.as_str()),
            ("negative-space", "asked for by the chairs")
        );
        let comment = found[0].at.bytes.start as usize..found[0].at.bytes.end as usize;
        assert_eq!(&source[comment], b"% dlde: ignore negative-space -- asked for by the chairs");
        assert!(text(&found[0]).ends_with("\\vspace{-1pt}"));
        assert_eq!((text(&found[1]).as_str(), found[1].reason.as_str()), ("b % dlde: ignore X", ""));
    }
}
