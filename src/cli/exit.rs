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

    const fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Failure => 2,
            Self::Undetermined => 3,
        }
    }

    /// Ends the program from whatever thread this is: to wake the one that waits for it takes up to half a millisecond
    /// where its core sleeps. What was written is flushed; nothing else may be left to do.
    #[expect(clippy::disallowed_methods, reason = "this is the end")]
    pub(super) fn end(self) -> ! {
        std::process::exit(self.code().into())
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
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
