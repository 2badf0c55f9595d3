//! A rule is data and one function: no trait, no generics, no state.

use crate::audience::Audience;
use crate::finding::{Finding, Severity};
use crate::identities::Identities;
use crate::paper::Paper;
use crate::problem::Problem;
use crate::profile::Profile;

/// What a rule must be able to read before its silence means anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// A PDF that could be opened.
    Pdf,
    /// The text of the first page.
    FirstPage,
    /// The text of every page.
    EveryPage,
}

/// What a rule looks at.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// The paper.
    pub paper: &'a Paper,
    /// What the venue demands.
    pub profile: &'a Profile,
    /// What could not be read.
    pub problems: &'a [Problem],
    /// Who the authors are, where somebody said so.
    pub identities: &'a Identities,
    /// Who reads the report.
    pub audience: Audience,
}

/// Why a rule reached no verdict. Both are reported; neither counts as a pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Skip {
    /// The venue does not ask this, or it has no meaning for this file.
    NotApplicable(String),
    /// What was read does not tell.
    Undetermined(String),
}

impl Skip {
    /// The venue does not ask this.
    pub fn not_applicable(reason: impl Into<String>) -> Self {
        Self::NotApplicable(reason.into())
    }

    /// What was read does not tell.
    pub fn undetermined(reason: impl Into<String>) -> Self {
        Self::Undetermined(reason.into())
    }
}

/// A rule.
pub struct Rule {
    /// Four letters of subject and three digits; assigned once, never reused.
    pub code: &'static str,
    /// Names the defect, in kebab-case.
    pub name: &'static str,
    /// Earlier names.
    pub aliases: &'static [&'static str],
    /// Markdown with the headings "What it checks", "Why it matters" and "What to do".
    pub docs: &'static str,
    /// What a venue does about it unless its profile says otherwise.
    pub severity: Severity,
    /// What must be readable before silence is a pass.
    pub needs: &'static [Input],
    /// `Ok(vec![])` is a pass.
    pub check: fn(&Case<'_>) -> Result<Vec<Finding>, Skip>,
}

impl Rule {
    /// The family, such as `PAGE`.
    pub fn family(&self) -> &'static str {
        &self.code[..4]
    }

    /// The text under one `## ` heading of the docs, on one line; empty where there is none.
    pub fn section(&self, heading: &str) -> String {
        let mut lines =
            self.docs.lines().map(str::trim).skip_while(|l| l.strip_prefix("## ") != Some(heading));
        lines.next();
        lines.take_while(|l| !l.starts_with("## ")).filter(|l| !l.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Whether `word` is its code, name, family or an earlier name.
    pub fn answers_to(&self, word: &str) -> bool {
        word.eq_ignore_ascii_case(self.code)
            || word.eq_ignore_ascii_case(self.family())
            || word == self.name
            || self.aliases.contains(&word)
    }
}

/// Declares a rule whose documentation is the doc comment above it.
macro_rules! rule {
    ($(#[doc = $doc:literal])+ pub static $name:ident: Rule = { $($field:ident: $value:expr),+ $(,)? }) => {
        $(#[doc = $doc])+
        pub static $name: $crate::rule::Rule =
            $crate::rule::Rule { docs: concat!($($doc, "\n"),+), $($field: $value),+ };
    };
}
pub(crate) use rule;
