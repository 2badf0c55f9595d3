use crate::finding::{Finding, Severity};
use crate::paper::clue::ClueKind;
use crate::paper::{Holder, UnshownEntry};
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::read_pdf;
use crate::rules::unshown::{Said, alike, asked_or_lowered, on_page, said_by, settled};

rule! {
    /// ## What it checks
    /// No path in the PDF leads through somebody's home directory, wherever it stands: the paths of included figures,
    /// properties, XMP, links, images, what editors keep. Directories that everybody has, such as `/home/user` or
    /// those of Overleaf and of build services, are not meant. Another absolute path of a figure is a note.
    ///
    /// ## Why it matters
    /// `/home/mvelm/paper/fig1.pdf` tells the login of an author, which is often the name.
    ///
    /// ## What to do
    /// Run `dlde fix paper.pdf -o clean.pdf`. To keep it from coming back, include figures by relative paths and
    /// write `\pdfsuppressptexinfo=15` in the preamble.
    ///
    /// ## Source
    /// pdfTeX manual, `/PTEX.FileName`.
    pub static LOGIN_IN_PATH: Rule = {
        code: "ANON008",
        name: "login-in-path",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::Pdf],
        check: paths_name_nobody,
    }
}

/// Where services build papers: their directories are nobody's. Source: paths measured in papers.
const SERVICES: [&str; 11] = [
    "/compile/",
    "/tmp/",
    "/var/",
    "/usr/",
    "/srv/",
    "/opt/",
    "/app/",
    "/workspace/",
    "/root/",
    "/data/",
    "/builds/",
];
/// Roots under which a login stands: a path below them without one is nobody's.
const HOMES: [&str; 2] = ["/home/", "/Users/"];

fn paths_name_nobody(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    read_pdf(case)?;
    let entries = || case.paper.unshown.entries.iter().filter(|t| t.holder != Holder::AttachmentName);
    let logins = said_by(entries(), &[ClueKind::Login]);
    let message = |entry: &UnshownEntry| {
        format!(
            "a path in the file{} leads through a home directory; a submission names nobody",
            on_page(entry)
        )
    };
    let mut found = alike(case, &whole_paths(logins), message);
    let roots: Vec<Said<'_>> = entries().filter(|t| is_foreign_root(t)).map(root_of).collect();
    let message =
        |entry: &UnshownEntry| format!("the figure{} was read from an absolute path", on_page(entry));
    found.extend(alike(case, &roots, message));
    settled(case, asked_or_lowered(case, found))
}

/// The path of a figure is shown whole, so that its author finds it.
fn whole_paths(mut said: Vec<Said<'_>>) -> Vec<Said<'_>> {
    for one in said.iter_mut().filter(|s| s.entry.holder == Holder::FigurePath) {
        one.words.clone_from(&one.entry.text);
    }
    said
}

fn root_of(entry: &UnshownEntry) -> Said<'_> {
    Said { words: entry.text.clone(), entry, severity: Some(Severity::Note) }
}

/// A figure's absolute path outside homes and services.
fn is_foreign_root(entry: &UnshownEntry) -> bool {
    let path = entry.text.as_str();
    let is_absolute = path.starts_with(['/', '\\']) || path.get(1..2) == Some(":");
    let known = SERVICES.iter().chain(&HOMES).any(|root| path.starts_with(root));
    entry.holder == Holder::FigurePath && is_absolute && !known && !path.contains(":/Users/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, with_entries};

    fn figure(path: &str) -> Paper {
        with_entries(&[(Holder::FigurePath, "PTEX.FileName", path)])
    }

    #[test]
    fn a_home_directory_is_found_and_a_service_is_not() {
        let trial = Trial::of(&LOGIN_IN_PATH)
            .passes(&paper_with(|_| ()))
            .passes(&figure("./figs/a.pdf"))
            .passes(&figure("/compile/figs/a.pdf"))
            .passes(&figure("/home/runner/work/a.pdf"))
            .fails(&with_entries(&[(Holder::Xmp, "stRef:filePath", "file:///Users/mvelm/a.ai")]));
        let finding = trial.finding(&figure("/home/mvelm/figs/a.pdf"));
        assert_eq!((finding.severity, finding.evidence.as_deref()), (None, Some("/home/mvelm/figs/a.pdf")));
    }

    #[test]
    fn another_absolute_path_is_a_note() {
        let finding = Trial::of(&LOGIN_IN_PATH).finding(&figure("Z:/Press/a.pdf"));
        assert_eq!(finding.severity, Some(Severity::Note));
    }

    #[test]
    fn where_authors_are_named_it_stays_a_warning() {
        let trial = Trial::of(&LOGIN_IN_PATH).undetermined(&Paper::default()).profile(|p| p.anonymity = None);
        assert_eq!(trial.finding(&figure("/home/mvelm/a.pdf")).severity, Some(Severity::Warning));
        assert_eq!(trial.finding(&figure("Z:/Press/a.pdf")).severity, Some(Severity::Note));
    }
}
