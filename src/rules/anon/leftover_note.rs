use crate::finding::{Finding, Severity};
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::pointer::{page_of, quoted};
use crate::rules::precondition::read_pdf;

rule! {
    /// ## What it checks
    /// No notes of the authors to one another are left: boxes in the margin, `[Name: ...]`, coloured remarks that begin
    /// on what is still to be done.
    ///
    /// ## Why it matters
    /// They look unfinished, and those that name somebody tell who wrote the paper.
    ///
    /// ## What to do
    /// Load todonotes with the option `disable`, or take the notes out.
    ///
    /// ## Limits
    /// Notes that look like the text around them are not told from it.
    pub static LEFTOVER_NOTE: Rule = {
        code: "ANON045",
        name: "leftover-note",
        aliases: &[],
        severity: Severity::Warning,
        needs: &[Input::EveryPage],
        check: no_note_is_left,
    }
}

fn no_note_is_left(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    read_pdf(case)?;
    let mut found: Vec<Finding> = Vec::new();
    for seen in &case.paper.notes {
        let words = quoted(&seen.text);
        // The same call again, as in the checklist of a template, is one thing to mend.
        if let Some(first) = found.iter_mut().find(|f| f.evidence.as_deref() == Some(&words)) {
            first.related.push((seen.at.clone(), "the same".to_owned()));
            continue;
        }
        let message =
            format!("a note among authors is left on page {}; a finished paper has none", page_of(&seen.at));
        found.push(Finding::new(message, seen.at.clone()).seen(words));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, seen};

    #[test]
    fn the_same_call_again_is_one_finding() {
        let paper = paper_with(|p| p.notes = [3, 4, 5].map(|page| seen("[later]", page)).to_vec());
        assert_eq!(Trial::of(&LEFTOVER_NOTE).finding(&paper).related.len(), 2);
    }

    #[test]
    fn it_is_found_where_it_stands() {
        let paper = paper_with(|p| p.notes.push(seen("Mira", 3)));
        Trial::of(&LEFTOVER_NOTE)
            .passes(&paper_with(|_| ()))
            .fails(&paper)
            .undetermined(&paper_with_picture(2))
            .undetermined(&Paper::default());
    }
}
