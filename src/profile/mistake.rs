//! Mistakes in a TOML file, drawn in its text.

use super::limits::MOST_MISTAKES;
use miette::{LabeledSpan, NamedSource};
use std::ops::Range;

/// A TOML file that cannot be used: every mistake that was found, each pointing at its bytes.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("{}: {}", .text.name(), said(.labels, .text.inner()))]
#[diagnostic(code(dlde::profile::broken))]
pub struct ProfileError {
    #[source_code]
    text: NamedSource<String>,
    #[label(collection)]
    labels: Vec<LabeledSpan>,
    #[help]
    help: &'static str,
}

impl ProfileError {
    /// What is wrong, in order of the text; at least one message, lower-case, without a period.
    pub fn messages(&self) -> impl Iterator<Item = &str> {
        self.labels.iter().filter_map(LabeledSpan::label)
    }
}

/// How many mistakes, and in words what cannot be drawn: nothing stands at the end of a text that breaks off.
fn said(labels: &[LabeledSpan], text: &str) -> String {
    let count = match labels.len() {
        1 => "one mistake".to_owned(),
        n => format!("{n} mistakes"),
    };
    let at_end = |l: &&LabeledSpan| l.offset() >= text.trim_end().len();
    match labels.iter().find(at_end).and_then(LabeledSpan::label) {
        Some(why) => format!("{count}: {why}"),
        None => count,
    }
}

/// Mistakes as they are found: bytes of the text, and what is wrong with them.
#[derive(Debug, Default)]
pub(super) struct Mistakes(Vec<(Range<usize>, String)>);

impl Mistakes {
    /// Notes one more.
    pub(super) fn add(&mut self, at: Range<usize>, message: impl Into<String>) {
        self.0.push((at, message.into()));
    }

    /// `Ok` where nothing is wrong.
    ///
    /// # Errors
    /// Everything that is.
    pub(super) fn settle(mut self, name: &str, text: &str, help: &'static str) -> Result<(), ProfileError> {
        if self.0.is_empty() {
            return Ok(());
        }
        self.0.sort_by_key(|(at, _)| at.start);
        self.0.truncate(MOST_MISTAKES);
        Err(ProfileError {
            text: NamedSource::new(name, text.to_owned()),
            labels: self.0.into_iter().map(|(at, why)| LabeledSpan::new_with_span(Some(why), at)).collect(),
            help,
        })
    }
}
