use super::{TraceWords, traced};
use crate::finding::{Finding, Severity};
use crate::paper::Trace;
use crate::pattern::Topic;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// A board of ethics is not named with its institution.
    ///
    /// ## Why it matters
    /// The board that approved a study is that of the authors' institution.
    ///
    /// ## What to do
    /// Write `an institutional review board` without its institution, and leave out the number of the approval.
    pub static NAMED_ETHICS_BOARD: Rule = {
        code: "ANON039",
        name: "named-ethics-board",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: no_ethics_board_is_named,
    }
}

fn no_ethics_board_is_named(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let words = TraceWords {
        subject: "a board of ethics is named with its institution",
        allowed: "a submission names no institution",
    };
    traced(case, &[Topic::EthicsBoard], &words, gravity)
}

/// Words of sentences that leave the institution out.
const LEFT_OUT: &[&str] = &["omitted", "anonymi", "authors' institution", "blinded"];

fn gravity(trace: &Trace) -> Option<Severity> {
    let context = trace.context.to_lowercase();
    (!LEFT_OUT.iter().any(|w| context.contains(w))).then_some(Severity::Error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, paper_with_trace};

    #[test]
    fn it_is_found_where_it_stands() {
        let paper = paper_with_trace(
            Topic::EthicsBoard,
            "Institutional Review Board of Lanternfield University",
            |_| (),
        );
        let trial = Trial::of(&NAMED_ETHICS_BOARD).passes(&paper_with(|_| ())).fails(&paper);
        assert_eq!(
            trial.finding(&paper).message,
            "a board of ethics is named with its institution on page 2; a submission names no institution"
        );
    }

    #[test]
    fn a_board_whose_institution_was_left_out_passes() {
        let text = "approved by the Ethics Board of ABC (name omitted)";
        Trial::of(&NAMED_ETHICS_BOARD).passes(&paper_with_trace(Topic::EthicsBoard, text, |_| ()));
    }

    #[test]
    fn a_page_that_was_not_read_leaves_it_open() {
        Trial::of(&NAMED_ETHICS_BOARD).undetermined(&paper_with_picture(2)).undetermined(&Paper::default());
    }

    #[test]
    fn it_is_not_asked_where_authors_may_be_named() {
        let paper = paper_with_trace(
            Topic::EthicsBoard,
            "Institutional Review Board of Lanternfield University",
            |_| (),
        );
        Trial::of(&NAMED_ETHICS_BOARD).profile(|p| p.anonymity = None).not_applicable(&paper);
    }
}
