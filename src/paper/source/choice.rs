//! Which PDF is the paper, where nobody named it. A guess between two files could pass the wrong one.

use super::project::{Project, folder, stem};
use crate::place::FileId;
use crate::problem::{Problem, ProblemKind};
use crate::submission::{File, Kind, Origin, Submission};

/// The most PDFs that are opened to look for a title. Chosen: a submission has one paper and a few others.
const MOST_OPENED: usize = 20;

/// The PDF that is the paper, or why none is.
///
/// In this order: the one that was named; the one that bears the name of the main source; the only one that no
/// source shows as a figure and that `has_title_block`. Broken files count: they are no reason to take another.
pub(super) fn paper_of(
    submission: &Submission,
    project: &Project<'_>,
    has_title_block: &dyn Fn(&File) -> bool,
) -> Result<FileId, Problem> {
    if let Some(named) = submission.paper {
        return Ok(named);
    }
    let pdfs: Vec<FileId> = candidates(submission, project);
    let file = |id: FileId| &submission.files[id.0 as usize];
    if let Some(built) = built_from(project, submission, &pdfs) {
        return Ok(built);
    }
    if project.roots.is_empty() && pdfs.len() == 1 {
        return Ok(pdfs[0]);
    }
    let is_open = |id: &&FileId| file(**id).kind != Kind::Pdf || has_title_block(file(**id));
    let titled: Vec<FileId> =
        if pdfs.len() > MOST_OPENED { pdfs.clone() } else { pdfs.iter().filter(is_open).copied().collect() };
    match titled[..] {
        [only] => Ok(only),
        [] => Err(none(submission, project, &pdfs)),
        _ => {
            let names: Vec<_> = titled.iter().map(|id| file(*id).name.as_str()).collect();
            Err(no_paper(format!(
                "more than one PDF could be the paper ({}); name one of them",
                listed(&names)
            )))
        }
    }
}

/// PDFs of what was handed in that no source shows as a figure.
fn candidates(submission: &Submission, project: &Project<'_>) -> Vec<FileId> {
    let files = submission.files.iter().enumerate().map(|(i, f)| (FileId(i as u32), f));
    let could_be = |(id, f): &(FileId, &File)| {
        (f.kind == Kind::Pdf || f.is_named_pdf())
            && f.origin == Origin::Input
            && !project.figures.contains(id)
    };
    files.filter(could_be).map(|(id, _)| id).collect()
}

/// The PDF that TeX makes of the main source: of the same name, beside it or else anywhere.
fn built_from(project: &Project<'_>, submission: &Submission, pdfs: &[FileId]) -> Option<FileId> {
    let name = |id: FileId| submission.files[id.0 as usize].name.as_str();
    let main = name(project.main?);
    let same: Vec<FileId> = pdfs.iter().copied().filter(|id| stem(name(*id)) == stem(main)).collect();
    match same[..] {
        [only] => Some(only),
        _ => same.into_iter().find(|id| folder(name(*id)) == folder(main)),
    }
}

fn none(submission: &Submission, project: &Project<'_>, pdfs: &[FileId]) -> Problem {
    let name = |id: &FileId| submission.files[id.0 as usize].name.as_str();
    if let Some(first) = pdfs.first() {
        let names: Vec<_> = pdfs.iter().map(name).collect();
        let what = if pdfs.len() == 1 { "it shows" } else { "they show" };
        let why = format!(
            "no PDF is known to be the paper: {what} no title page ({}); name one of them",
            listed(&names)
        );
        return Problem { file: Some(*first).filter(|_| pdfs.len() == 1), ..no_paper(why) };
    }
    // A single file, or an archive with what it holds; a folder has a name of its own.
    let handed = submission.files.first().filter(|f| f.name == submission.name).map(|f| f.kind);
    match (handed, project.main) {
        (Some(Kind::Tex), None) => no_paper(format!(
            "{} is a LaTeX source that no PDF is made of by itself; name the main source, or the PDF",
            submission.name
        )),
        (Some(Kind::Tex), Some(main)) => unbuilt(name(&main)),
        (Some(kind), _) if kind != Kind::Archive => of_first(kind),
        (_, Some(main)) => unbuilt(name(&main)),
        (Some(_), None) => no_paper(format!("no PDF of a paper is in {}; name that PDF", submission.name)),
        (None, None) => no_paper("no PDF is in this directory; build the paper, or name its PDF".to_owned()),
    }
}

/// A source of which no PDF was handed in.
fn unbuilt(main: &str) -> Problem {
    no_paper(format!("no PDF of {main} is here; build it with --compile, or hand in the PDF as well"))
}

/// Names for a person: some of them, and how many there are besides.
fn listed(names: &[&str]) -> String {
    let shown = names[..names.len().min(MOST_OPENED)].join(", ");
    let more = names.len().saturating_sub(MOST_OPENED);
    if more == 0 { shown } else { format!("{shown} and {more} more") }
}

/// What the only file is instead.
fn of_first(kind: Kind) -> Problem {
    Problem::of_file(ProblemKind::NoPaper, FileId(0), kind.why_not_a_paper())
}

fn no_paper(message: String) -> Problem {
    Problem { kind: ProblemKind::NoPaper, file: None, page: None, message }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(names: &[(&str, &str)], titled: &[&str]) -> Result<String, String> {
        let file = |(name, bytes): &(&str, &str)| {
            File::new((*name).to_owned(), bytes.as_bytes().to_vec(), Origin::Input)
        };
        let submission = Submission { files: names.iter().map(file).collect(), ..Submission::default() };
        let project = Project::of(&submission);
        let has_title = |file: &File| titled.contains(&file.name.as_str());
        let paper = paper_of(&submission, &project, &has_title);
        paper.map(|id| submission.files[id.0 as usize].name.clone()).map_err(|p| p.message)
    }

    const PDF: &str = "%PDF-1.5";
    const TEX: &str = "\\documentclass{article}\\begin{document}\\includegraphics{plot}\\end{document}";

    #[test]
    fn the_name_of_the_main_source_decides_first() {
        let files = [("a.pdf", PDF), ("paper.pdf", PDF), ("paper.tex", TEX)];
        assert_eq!(chosen(&files, &["a.pdf", "paper.pdf"]), Ok("paper.pdf".to_owned()));
    }

    #[test]
    fn figures_are_no_papers() {
        let files = [("main.tex", TEX), ("plot.pdf", PDF), ("submission.pdf", PDF)];
        assert_eq!(chosen(&files, &["plot.pdf", "submission.pdf"]), Ok("submission.pdf".to_owned()));
    }

    #[test]
    fn two_title_pages_are_no_choice() {
        let files = [("a.pdf", PDF), ("b.pdf", PDF), ("c.pdf", PDF)];
        assert_eq!(chosen(&files, &["b.pdf"]), Ok("b.pdf".to_owned()));
        let said = chosen(&files, &["a.pdf", "b.pdf"]).expect_err("two");
        assert!(said.contains("(a.pdf, b.pdf)"), "{said}");
        assert!(chosen(&files, &[]).expect_err("none").contains("a.pdf, b.pdf, c.pdf"));
    }

    #[test]
    fn a_broken_pdf_is_no_reason_to_take_another() {
        let files = [("a.pdf", PDF), ("b.pdf", "")];
        assert!(chosen(&files, &["a.pdf"]).is_err());
    }

    #[test]
    fn what_is_missing_is_said() {
        assert!(
            chosen(&[("paper.tex", TEX), ("a.bib", "x")], &[])
                .expect_err("none")
                .contains("no PDF of paper.tex")
        );
        assert!(chosen(&[], &[]).expect_err("none").contains("no PDF is in this directory"));
    }
}
