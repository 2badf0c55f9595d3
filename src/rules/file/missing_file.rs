use crate::count;
use crate::finding::{Finding, Severity};
use crate::paper::source::MissingFile;
use crate::rule::{Case, Skip, rule};
use crate::rules::hint::{settled, trees};

rule! {
    /// ## What it checks
    /// Every source, bibliography and figure that the sources ask for is handed in. Where the PDF is there too, a
    /// missing file is a note.
    ///
    /// ## Why it matters
    /// Without it the paper cannot be built, and what it holds was not checked.
    ///
    /// ## What to do
    /// Add the file, or take out the command that asks for it.
    pub static MISSING_FILE: Rule = {
        code: "FILE010",
        name: "missing-file",
        aliases: &[],
        severity: Severity::Warning,
        needs: &[],
        check: every_file_is_there,
    }
}

fn every_file_is_there(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let sources = trees(case)?;
    let (figures, files): (Vec<_>, Vec<_>) = sources.missing.iter().partition(|f| f.is_figure);
    let file = |file: &&MissingFile| {
        let found = Finding::new("a file that the source asks for is not there", file.at.clone());
        let found = found.seen(file.name.clone());
        if case.paper.is_read() { found.lowered_to(Severity::Note) } else { found }
    };
    let mut found: Vec<Finding> = files.iter().map(file).collect();
    if let Some(first) = figures.first() {
        let number = count::counted(figures.len(), "figure", "figures");
        let verb = if figures.len() == 1 { "is" } else { "are" };
        let message = format!("{number} that the source asks for {verb} not there");
        let names: Vec<_> = figures.iter().map(|f| f.name.as_str()).collect();
        let all = Finding::new(message, first.at.clone()).seen(names.join(", "));
        found.push(all.lowered_to(Severity::Note));
    }
    settled(sources, found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, in_source, paper_with_sources};

    fn with(files: &[&str]) -> Paper {
        let missing =
            |name: &&str| MissingFile { name: (*name).to_owned(), is_figure: false, at: in_source() };
        paper_with_sources(|s| s.missing = files.iter().map(missing).collect())
    }

    #[test]
    fn what_is_there_passes_and_what_is_not_is_named() {
        let trial = Trial::of(&MISSING_FILE).passes(&with(&[])).fails(&with(&["intro"]));
        let found = trial.finding(&with(&["intro"]));
        assert_eq!((found.evidence.as_deref(), found.severity), (Some("intro"), Some(Severity::Note)));
    }

    #[test]
    fn figures_are_told_together() {
        let figure = |name: &str| MissingFile { name: name.to_owned(), is_figure: true, at: in_source() };
        let both = paper_with_sources(|s| s.missing = vec![figure("a"), figure("b")]);
        let found = Trial::of(&MISSING_FILE).finding(&both);
        assert_eq!(found.message, "2 figures that the source asks for are not there");
    }

    #[test]
    fn files_that_were_not_read_leave_it_open() {
        let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
        Trial::of(&MISSING_FILE).undetermined(&unread).not_applicable(&Paper::default());
    }
}
