//! How the program ends.

use crate::check::Report;
use crate::finding::Severity;
use std::process::ExitCode;

/// How the program ends, from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exit {
    /// No finding at or above the level that fails.
    Clean,
    /// No such finding, but an error-level demand could not be determined.
    Undetermined,
    /// At least one such finding.
    Findings,
    /// Wrong usage, or the tool itself failed.
    Failure,
}

impl Exit {
    /// The end of a run over one submission. `fail_on` is the least severity that fails; `None` is: never.
    pub(super) fn of(report: &Report<'_>, fail_on: Option<Severity>) -> Self {
        if fail_on.is_some_and(|level| report.has_finding_at(level)) {
            Self::Findings
        } else if report.is_open() {
            Self::Undetermined
        } else {
            Self::Clean
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Failure => 2,
            Exit::Undetermined => 3,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_of_several_papers_decides() {
        let worst = |all: &[Exit]| all.iter().copied().max();
        assert_eq!(worst(&[Exit::Clean, Exit::Undetermined]), Some(Exit::Undetermined));
        assert_eq!(worst(&[Exit::Findings, Exit::Undetermined]), Some(Exit::Findings));
        assert_eq!(worst(&[Exit::Findings, Exit::Failure]), Some(Exit::Failure));
    }
}
