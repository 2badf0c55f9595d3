use super::{TraceWords, traced};
use crate::finding::{Finding, Severity};
use crate::paper::Trace;
use crate::pattern::Topic;
use crate::rule::{Case, Input, Skip, rule};

rule! {
    /// ## What it checks
    /// Work that has not appeared is not cited as the authors' own: no entry that is `in preparation` or `under review`
    /// is cited in the first person.
    ///
    /// ## Why it matters
    /// Nobody but its authors can know such work, so that its entry names them.
    ///
    /// ## What to do
    /// Write `Anonymous. Details omitted for review` in its place, and add the work to the supplement.
    ///
    /// ## Limits
    /// Entries that others have under review are not meant. In the text itself, `our paper, under review` is a warning.
    pub static UNPUBLISHED_OWN_WORK: Rule = {
        code: "ANON034",
        name: "unpublished-own-work",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: unpublished_work_is_anonymous,
    }
}

fn unpublished_work_is_anonymous(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let words = TraceWords {
        subject: "work that has not appeared is cited as the authors' own",
        allowed: "a submission cites it without names",
    };
    traced(case, &[Topic::Unpublished], &words, |trace| gravity(case, trace))
}

/// Words of entries that name nobody.
const NAMES_NOBODY: &[&str] = &["anonym", "omitted", "withheld", "removed for"];

/// What authors call their own in the text.
const OWN_WORK: &[&str] = &[
    " our paper",
    " our companion",
    " our own",
    " our concurrent",
    " our manuscript",
    " our preprint",
    " our article",
    "our companion",
    "our concurrent",
];

fn gravity(case: &Case<'_>, trace: &Trace) -> Option<Severity> {
    let context = trace.context.to_lowercase();
    if NAMES_NOBODY.iter().any(|w| context.contains(w)) {
        return None;
    }
    if !trace.zone.is_references() {
        return OWN_WORK.iter().any(|w| context.contains(w)).then_some(Severity::Warning);
    }
    let number = trace.entry.as_deref()?;
    let own = |t: &&Trace| t.topic == Topic::SelfCitation && !t.is_quoted && cites(&t.after, number);
    case.paper.traces.iter().find(own).map(|_| Severity::Error)
}

/// Whether one of the numbers between brackets is this one.
fn cites(text: &str, number: &str) -> bool {
    let inside = text.split('[').skip(1).filter_map(|t| t.split_once(']'));
    inside.flat_map(|(numbers, _)| numbers.split([',', ';', ' '])).any(|n| n == number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, paper_with_trace};

    #[test]
    fn it_is_found_where_it_stands() {
        let paper = paper_with_trace(Topic::Unpublished, "our companion paper, under review", |_| ());
        let trial = Trial::of(&UNPUBLISHED_OWN_WORK).passes(&paper_with(|_| ())).fails(&paper);
        assert_eq!(
            trial.finding(&paper).message,
            "work that has not appeared is cited as the authors' own on page 2; a submission cites it without names"
        );
    }

    #[test]
    fn an_entry_counts_where_the_first_person_cites_it() {
        use crate::paper::Zone;
        use crate::part::Part;
        use crate::rules::trial::trace;
        let citing = |own: bool, entry: &str| {
            let mut paper = paper_with_trace(Topic::Unpublished, entry, |t| {
                t.zone = Zone::Text(Part::References);
                t.entry = Some("7".to_owned());
            });
            let mut citing = trace(Topic::SelfCitation, "our previous work");
            citing.after = if own { " [3, 7] shows" } else { " [3] shows" }.to_owned();
            paper.traces.push(citing);
            paper
        };
        Trial::of(&UNPUBLISHED_OWN_WORK)
            .fails(&citing(true, "Stepping. In preparation"))
            .passes(&citing(false, "Stepping. In preparation"))
            .passes(&citing(true, "Anonymous. Under submission"));
    }

    #[test]
    fn a_page_that_was_not_read_leaves_it_open() {
        Trial::of(&UNPUBLISHED_OWN_WORK).undetermined(&paper_with_picture(2)).undetermined(&Paper::default());
    }

    #[test]
    fn it_is_not_asked_where_authors_may_be_named() {
        let paper = paper_with_trace(Topic::Unpublished, "our companion paper, under review", |_| ());
        Trial::of(&UNPUBLISHED_OWN_WORK).profile(|p| p.anonymity = None).not_applicable(&paper);
    }
}
