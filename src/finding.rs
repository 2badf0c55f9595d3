//! What was found, knowing nothing of how it is shown.

use crate::place::{Place, Span};

/// What the venue does about it. Ordered: a note is less than an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Good practice.
    Note,
    /// Would be sent back or asked about.
    Warning,
    /// Would be rejected.
    Error,
}

impl Severity {
    /// The name used in reports and profiles.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// How sure a finding or a boundary is. Ordered: possible is less than certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Only position or absence speaks for it.
    Possible,
    /// One sign speaks for it.
    Likely,
    /// Two signs of different kinds speak for it.
    Certain,
}

impl Confidence {
    /// The name used in reports.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

/// A value that was measured or is allowed.
#[derive(Debug, Clone, PartialEq)]
pub enum Measure {
    /// A number, in the unit that the message names.
    Number(f64),
    /// Anything else, such as the name of a style.
    Text(String),
}

/// What the call asks, in our own words, and where the original can be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Clause {
    /// What is asked, in our words.
    pub says: String,
    /// Where the call stands.
    pub url: String,
    /// The section of the call.
    pub section: String,
}

/// How safe a fix is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Safety {
    /// Changes nothing a reader sees.
    Safe,
    /// Changes what a reader sees; look at the result.
    Unsafe,
}

/// Edits that mend a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What the fix does, as an imperative.
    pub title: String,
    /// How safe it is.
    pub safety: Safety,
    /// Spans and what replaces them; they do not overlap.
    pub edits: Vec<(Span, String)>,
}

/// Something against a demand.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What was measured, then what is allowed; lower-case, no period at the end.
    pub message: String,
    /// How sure it is.
    pub confidence: Confidence,
    /// Lower than the rule's own; `None` keeps the rule's.
    pub severity: Option<Severity>,
    /// Where it is.
    pub at: Place,
    /// Further places, each with a few words.
    pub related: Vec<(Place, String)>,
    /// The words or the value that was seen.
    pub evidence: Option<String>,
    /// What was measured.
    pub measured: Option<Measure>,
    /// What is allowed.
    pub allowed: Option<Measure>,
    /// The demand it rests on.
    pub clause: Option<Clause>,
    /// What to do here; `None` shows the rule's own advice.
    pub help: Option<String>,
    /// Edits that mend it.
    pub fix: Option<Fix>,
}

impl Finding {
    /// A certain finding of the rule's own severity.
    pub fn new(message: impl Into<String>, at: Place) -> Self {
        Self {
            message: message.into(),
            confidence: Confidence::Certain,
            severity: None,
            at,
            related: Vec::new(),
            evidence: None,
            measured: None,
            allowed: None,
            clause: None,
            help: None,
            fix: None,
        }
    }

    /// Adds the words or the value that was seen.
    #[must_use]
    pub fn seen(mut self, evidence: impl Into<String>) -> Self {
        self.evidence = Some(evidence.into());
        self
    }

    /// Adds what was measured and what is allowed.
    #[must_use]
    pub fn measured(mut self, measured: Measure, allowed: Measure) -> Self {
        self.measured = Some(measured);
        self.allowed = Some(allowed);
        self
    }

    /// Adds the demand it rests on.
    #[must_use]
    pub fn asked_by(mut self, clause: &Clause) -> Self {
        self.clause = Some(clause.clone());
        self
    }

    /// Adds advice for this very case.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Lowers the severity; a finding never raises its rule's.
    #[must_use]
    pub fn lowered_to(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// Sets how sure it is.
    #[must_use]
    pub fn confidence(mut self, confidence: Confidence) -> Self {
        self.confidence = confidence;
        self
    }
}
