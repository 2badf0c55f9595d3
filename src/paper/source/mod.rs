//! What goes with the paper: sources, bibliographies, supplements. One pass makes plain lists of what rules ask for.

mod choice;
mod project;

use self::project::Project;
use super::front::FrontMatter;
use super::layout::Layout;
use crate::pdf::Document;
use crate::place::FileId;
use crate::problem::{Problem, ProblemKind};
use crate::submission::{File, Kind, Submission};

/// What goes with the paper.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The source that makes the paper; `None` where there is none, or several could be it.
    pub main: Option<FileId>,
    /// Files besides the paper's own PDF.
    pub files: usize,
    /// Why not everything was read; `None` where it was.
    pub unread: Option<String>,
}

/// The PDF of the paper, or why none is known, and what goes with it.
pub(super) fn read(submission: &Submission) -> (Result<FileId, Problem>, Sources, Vec<Problem>) {
    let project = Project::of(submission);
    let paper = choice::paper_of(submission, &project, &has_title_block);
    let others = || submission.files.iter().enumerate().filter(|(i, _)| paper != Ok(FileId(*i as u32)));
    let told = |id: FileId| submission.problems.iter().any(|p| p.file == Some(id));
    let unread = others()
        .filter_map(|(i, f)| Some(Problem::of_file(ProblemKind::NotChecked, FileId(i as u32), unread(f)?)));
    let problems = unread.filter(|p| p.file.is_some_and(|id| !told(id))).collect();
    let sources = Sources {
        main: project.main,
        files: others().count(),
        unread: submission.problems.iter().find(|p| is_lasting(p.kind)).map(|p| why(p, submission)),
    };
    (paper, sources, problems)
}

/// The PDF of the paper; `None` where none is known.
pub(super) fn paper_of(submission: &Submission) -> Option<FileId> {
    submission.paper.or_else(|| choice::paper_of(submission, &Project::of(submission), &has_title_block).ok())
}

/// Whether page one of a PDF has a title and the abstract or section that follows it; a PDF that cannot be read
/// may have one.
fn has_title_block(file: &File) -> bool {
    Document::read(&file.bytes).map_or(true, |document| {
        let front = FrontMatter::of(&Layout::of(&document), FileId(0));
        front.title.is_some() && front.has_first_heading && !front.is_supplement
    })
}

/// Why a file besides the paper is not looked into.
fn unread(file: &File) -> Option<&'static str> {
    match file.kind {
        Kind::Pdf => Some("not checked: of several PDFs only the paper is read"),
        Kind::Other => Some("not checked: this kind of file is not read, only searched for paths"),
        _ => None,
    }
}

/// Whether what was not read could hold anything.
fn is_lasting(kind: ProblemKind) -> bool {
    !matches!(kind, ProblemKind::NotChecked | ProblemKind::NoPaper)
}

fn why(problem: &Problem, submission: &Submission) -> String {
    let name =
        problem.file.and_then(|id| submission.file(id)).map_or(submission.name.as_str(), |f| f.name.as_str());
    format!("{name} {}", problem.message.split(';').next().unwrap_or_default())
}
