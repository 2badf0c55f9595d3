//! What is found, in the words of the protocol.

use super::address::uri;
use super::project::Checked;
use crate::finding::Severity;
use crate::report::{Diagnostic, Position};
use crate::rule::Rule;
use crate::rules::RULES;
use lsp_types::{
    CodeActionOrCommand, CodeDescription, DiagnosticRelatedInformation, DiagnosticSeverity, Location,
    NumberOrString, Range, TextEdit, Uri, WorkspaceEdit,
};
use std::collections::HashMap;
use std::ops::Range as Between;
use std::str::FromStr as _;

const SOURCE: &str = "dlde";

/// What an editor shows of something found.
pub(super) fn diagnostic(found: &Diagnostic, checked: &Checked) -> lsp_types::Diagnostic {
    let related = found.related.iter().filter_map(|(file, at, words)| {
        let uri = uri(checked.paths.get(file)?)?;
        let location = Location { uri, range: range(at) };
        Some(DiagnosticRelatedInformation { location, message: words.clone() })
    });
    let related: Vec<_> = related.collect();
    let url = found.url.as_deref().and_then(|url| Uri::from_str(url).ok());
    lsp_types::Diagnostic {
        range: range(&found.range),
        severity: Some(match found.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Note => DiagnosticSeverity::INFORMATION,
        }),
        code: found.rule.map(|rule| NumberOrString::String(rule.code.to_owned())),
        code_description: url.map(|href| CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message: match found.rule {
            Some(rule) => format!("{}: {}", rule.name, found.message),
            None => found.message.clone(),
        },
        related_information: (!related.is_empty()).then_some(related),
        ..lsp_types::Diagnostic::default()
    }
}

/// Tells that nothing was checked, and why.
pub(super) fn unchecked(why: &str) -> lsp_types::Diagnostic {
    lsp_types::Diagnostic {
        severity: Some(DiagnosticSeverity::WARNING),
        source: Some(SOURCE.to_owned()),
        message: format!("could not be checked: {why}"),
        ..lsp_types::Diagnostic::default()
    }
}

/// A place in a text.
pub(super) fn range(between: &Between<Position>) -> Range {
    let position = |at: Position| lsp_types::Position { line: at.line, character: at.character };
    Range { start: position(between.start), end: position(between.end) }
}

/// Whether two places share a character, or touch.
pub(super) fn meets(one: &Range, other: &Range) -> bool {
    one.start <= other.end && other.start <= one.end
}

/// The documentation of the rules whose findings stand at a position, in Markdown.
pub(super) fn explained(shown: &[lsp_types::Diagnostic], at: lsp_types::Position) -> Option<String> {
    let here = shown.iter().filter(|found| meets(&found.range, &Range { start: at, end: at }));
    let mut rules: Vec<&Rule> = here.filter_map(rule).collect();
    rules.dedup_by_key(|rule| rule.code);
    let docs = rules.iter().map(|rule| format!("# {} ({})\n\n{}", rule.name, rule.code, rule.docs));
    (!rules.is_empty()).then(|| docs.collect::<Vec<_>>().join("\n\n"))
}

fn rule(found: &lsp_types::Diagnostic) -> Option<&'static Rule> {
    let Some(NumberOrString::String(code)) = &found.code else { return None };
    RULES.iter().copied().find(|rule| rule.code == code)
}

/// A change of one file that the author may choose.
pub(super) fn cut(
    title: &str,
    kind: lsp_types::CodeActionKind,
    uri: &Uri,
    ranges: &[Range],
    mended: Vec<lsp_types::Diagnostic>,
) -> CodeActionOrCommand {
    let edits: Vec<TextEdit> =
        ranges.iter().map(|range| TextEdit { range: *range, new_text: String::new() }).collect();
    #[expect(clippy::mutable_key_type, reason = "the protocol's own type; one key, which nothing changes")]
    let changes = HashMap::from([(uri.clone(), edits)]);
    CodeActionOrCommand::CodeAction(lsp_types::CodeAction {
        title: title.to_owned(),
        kind: Some(kind),
        diagnostics: (!mended.is_empty()).then_some(mended),
        edit: Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }),
        ..lsp_types::CodeAction::default()
    })
}
