use crate::finding::{Finding, Severity};
use crate::paper::{Active, ActiveKind};
use crate::place::{FileId, Place};
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::read_pdf;
use crate::rules::unshown::{settled, shortened};

rule! {
    /// ## What it checks
    /// The PDF does nothing by itself and asks nothing of elsewhere: no scripts, no programs started, no forms sent,
    /// no addresses opened on opening, no rich media, no XFA forms, no content fetched from outside. Films, sounds and
    /// files opened beside the paper are warnings. Links that a reader chooses to follow are not meant.
    ///
    /// ## Why it matters
    /// Each can tell somebody who opened the file and when, which gives a reviewer away; submission systems refuse
    /// such files.
    ///
    /// ## What to do
    /// Run `dlde fix paper.pdf -o clean.pdf`, or leave out the package that adds it (`animate`, `media9`, `movie15`,
    /// `insdljs`, forms of `hyperref`) and build again.
    ///
    /// ## Source
    /// ISO 32000-2 §12.6 and §13; the categories are those that HotCRP calls unsafe.
    pub static ACTIVE_CONTENT: Rule = {
        code: "FILE005",
        name: "active-content",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::Pdf],
        check: nothing_is_active,
    }
}

fn nothing_is_active(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let file = read_pdf(case)?;
    let active = &case.paper.unshown.active;
    // One finding a kind: a film of many frames is one thing to mend.
    let kinds = active.chunk_by(|a, b| a.kind == b.kind);
    settled(case, kinds.map(|same| finding_of(same, file)).collect())
}

fn finding_of(same: &[Active], file: FileId) -> Finding {
    let what = match same[0].kind {
        ActiveKind::JavaScript => "runs scripts",
        ActiveKind::Launch => "starts a program or opens a file on the reader's machine",
        ActiveKind::RelativeLaunch => "opens a file beside it",
        ActiveKind::SubmitForm => "sends or fetches data through a form",
        ActiveKind::AutoAction => "leads elsewhere as soon as it is opened",
        ActiveKind::RichMedia => "holds a program or a scene to play",
        ActiveKind::Multimedia => "plays a film or a sound",
        ActiveKind::Xfa => "holds a form of the XML Forms Architecture",
        ActiveKind::ExternalReference => "takes content from outside",
    };
    let at = Place::File { file, inside: Some(same[0].path.clone()) };
    let places = if same.len() > 1 { format!(" in {} places", same.len()) } else { String::new() };
    let mut finding = Finding::new(format!("the PDF {what}{places}; a paper only shows"), at);
    finding.evidence = same.iter().find(|a| !a.target.is_empty()).map(|a| shortened(&a.target));
    match same[0].kind {
        ActiveKind::RelativeLaunch | ActiveKind::Multimedia => finding.lowered_to(Severity::Warning),
        _ => finding,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with};

    fn active(kinds: &[ActiveKind]) -> Paper {
        let one = |kind: &ActiveKind| Active {
            kind: *kind,
            path: "9 0 R /A".to_owned(),
            target: String::new(),
            page: None,
        };
        paper_with(|p| p.unshown.active = kinds.iter().map(one).collect())
    }

    #[test]
    fn what_gives_a_reader_away_is_an_error_and_a_film_a_warning() {
        let trial = Trial::of(&ACTIVE_CONTENT).passes(&paper_with(|_| ())).undetermined(&Paper::default());
        assert_eq!(trial.finding(&active(&[ActiveKind::JavaScript])).severity, None);
        assert_eq!(trial.finding(&active(&[ActiveKind::Multimedia])).severity, Some(Severity::Warning));
        assert_eq!(trial.finding(&active(&[ActiveKind::RelativeLaunch])).severity, Some(Severity::Warning));
    }

    #[test]
    fn things_of_one_kind_are_one_finding() {
        let finding =
            Trial::of(&ACTIVE_CONTENT).finding(&active(&[ActiveKind::JavaScript, ActiveKind::JavaScript]));
        assert_eq!(finding.message, "the PDF runs scripts in 2 places; a paper only shows");
    }
}
