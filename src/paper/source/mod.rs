//! What goes with the paper: sources, bibliographies, supplements. One pass makes plain lists of what rules ask for.

mod choice;
mod citation;
mod command;
mod comment;
mod concealed;
mod definition;
mod doubtful;
mod hint;
mod nobody;
mod package;
mod picture;
mod plain;
mod presence;
mod private;
mod project;
mod remark;
mod removal;

pub(super) mod script;
mod sequence;
mod sign;
mod spacing;
mod style_file;
mod suppression;
mod svg;
mod words;

pub use citation::{Undefined, Undefineds};
pub use hint::{Hint, HintKind, Setting, Weight};
pub use package::Package;
pub use removal::{Cut, Matter, Removal, needless};
pub use script::Script;
pub use spacing::{Change, Reach};
pub use style_file::EditedStyle;
pub use suppression::Suppression;
pub use words::Words;

use self::project::Project;
use super::front::FrontMatter;
use super::layout::Layout;
use crate::pdf::{Document, Effort};
use crate::place::{FileId, Place, Span};
use crate::problem::{Problem, ProblemKind};
use crate::submission::limits::MAX_SUPPRESSIONS;
use crate::submission::{File, Kind, Origin, Submission};
use crate::tex::Tree;

/// What goes with the paper.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The source that makes the paper; `None` where there is none, or several could be it.
    pub main: Option<FileId>,
    /// Files besides the paper's own PDF.
    pub files: usize,
    /// Why not everything was read; `None` where it was.
    pub unread: Option<String>,
    /// Sources among them.
    pub trees: usize,
    /// What may tell who wrote the paper, by file.
    pub hints: Vec<Hint>,
    /// Packages that the paper loads.
    pub packages: Vec<Package>,
    /// What the paper changes of the page that its style sets.
    pub changes: Vec<Change>,
    /// Style files that say they are shipped ones and hold other code.
    pub edited_styles: Vec<EditedStyle>,
    /// What it uses and does not define.
    pub undefined: Undefineds,
    /// Files that it asks for and that are not there.
    pub missing: Vec<MissingFile>,
    /// What its authors answered for.
    pub suppressions: Vec<Suppression>,
    /// What its authors wrote, for who knows their names.
    pub words: Vec<Words>,
    /// Why not all of that is at hand; `None` where it is.
    pub why_words_lack: Option<String>,
    /// What the main source sets; `None` without one.
    pub script: Option<Box<Script>>,
}

/// A file that a source asks for and that is not there.
#[derive(Debug, Clone, PartialEq)]
pub struct MissingFile {
    /// Its name as the source has it.
    pub name: String,
    /// It is a figure.
    pub is_figure: bool,
    /// Where it is asked for.
    pub at: Place,
}

/// The PDF of the paper, or why none is known, and what goes with it.
pub(super) fn read(submission: &Submission) -> (Result<FileId, Problem>, Sources, Vec<Problem>) {
    let project = Project::of(submission);
    let paper = chosen(submission, &project);
    let others = || submission.files.iter().enumerate().filter(|(i, _)| paper != Ok(FileId(*i as u32)));
    let told = |id: FileId| submission.problems.iter().any(|p| p.file == Some(id));
    let unread = others()
        .filter_map(|(i, f)| Some(Problem::of_file(ProblemKind::NotChecked, FileId(i as u32), unread(f)?)));
    let problems = unread.filter(|p| p.file.is_some_and(|id| !told(id))).collect();
    let facts = facts(submission, &project, paper.as_ref().ok().copied());
    let told = submission.problems.iter().find(|p| is_lasting(p.kind)).map(|p| why(p, submission));
    let unread = told.or_else(|| sourceless(submission)).or_else(|| garbled(submission));
    let unread = unread.or_else(|| overfull(submission, &facts));
    let sources = Sources { files: others().count(), unread, ..facts };
    (paper, sources, problems)
}

/// What was handed in as sources and holds none that is read: nothing is known of them.
fn sourceless(submission: &Submission) -> Option<String> {
    let mut sources = submission.files.iter().filter(|file| file.origin == Origin::Source);
    let first = sources.next()?;
    let is_tex = first.kind == Kind::Tex || sources.any(|file| file.kind == Kind::Tex);
    (!is_tex).then(|| format!("{} holds no LaTeX source that could be read", first.name))
}

/// A file with as much as is told: more may stand in it.
fn overfull(submission: &Submission, facts: &Sources) -> Option<String> {
    let mut counts = std::collections::BTreeMap::new();
    for hint in &facts.hints {
        if let Place::Span(Span { file, .. }) | Place::File { file, .. } = &hint.at {
            *counts.entry(*file).or_insert(0_usize) += 1;
        }
    }
    let full = counts.into_iter().find(|(_, count)| *count >= hint::MOST).map(|(file, _)| file);
    let last = facts.suppressions.get(MAX_SUPPRESSIONS - 1).map(|s| s.at.file);
    Some(format!("{} tells more than is shown", submission.file(full.or(last)?)?.name))
}

/// Everything that rules ask of what goes with the paper.
fn facts(submission: &Submission, project: &Project<'_>, paper: Option<FileId>) -> Sources {
    let trees = &project.trees;
    let styles = package::venue_styles(submission);
    let making = || trees.iter().filter(|(id, _)| project.reached.contains(id));
    let is_tex = |id: &FileId| submission.file(*id).is_some_and(|f| f.kind == Kind::Tex);
    let packages: Vec<Package> = making()
        .filter(|(id, _)| is_tex(id))
        .flat_map(|(id, tree)| package::packages(*id, tree, &styles))
        .collect();
    let is_final =
        |p: &Package| p.options.iter().any(|o| matches!(o.as_str(), "final" | "preprint" | "accepted"));
    let has_style = packages.iter().any(|p| crate::style::family_of(&p.name).is_some());
    let mut hints = presence::hints(submission);
    hints.extend(command::hints(submission, trees, packages.iter().any(is_final)));
    for (index, file) in submission.files.iter().enumerate() {
        let id = FileId(index as u32);
        if paper != Some(id) && !presence::is_told(&file.name) {
            hints.extend(of_file(id, file, trees.get(&id)));
        }
    }
    let missing = |w: &project::Wanted| MissingFile {
        name: w.name.clone(),
        is_figure: w.is_figure,
        at: Place::Span(Span { file: w.file, bytes: w.span.clone() }),
    };
    let (words, why_words_lack) = words::words(submission, paper);
    Sources {
        words,
        why_words_lack,
        script: script::Script::of(submission, project).map(Box::new),
        main: project.main,
        trees: trees.keys().filter(|id| is_tex(id)).count(),
        hints,
        packages,
        changes: making()
            .filter(|(id, _)| is_tex(id))
            .flat_map(|(id, tree)| spacing::changes(*id, tree, has_style))
            .collect(),
        edited_styles: style_file::edited(submission, trees),
        undefined: citation::undefined(submission, project),
        missing: project.missing.iter().map(missing).collect(),
        suppressions: trees
            .iter()
            .filter_map(|(id, tree)| Some((id, tree, submission.file(*id)?)))
            .flat_map(|(id, tree, file)| suppression::suppressions(*id, &file.bytes, tree))
            .take(MAX_SUPPRESSIONS)
            .collect(),
        ..Sources::default()
    }
}

/// What one file tells, by what it is.
fn of_file(id: FileId, file: &File, tree: Option<&Tree<'_>>) -> Vec<Hint> {
    match (file.kind, tree) {
        (Kind::Tex | Kind::Style, Some(tree)) => {
            let mut hints = comment::hints(id, file, tree);
            if file.kind == Kind::Tex {
                hints.extend(concealed::hints(id, file, tree));
                hints.extend(plain::own_accounts(id, file));
            }
            hints
        }
        (Kind::Bib, _) => private::hints(id, file),
        (Kind::Image, _) => picture::hints(id, file).into_iter().chain(plain::hints(id, file)).collect(),
        _ => plain::hints(id, file),
    }
}

/// The PDF of the paper; `None` where none is known.
pub(super) fn paper_of(submission: &Submission) -> Option<FileId> {
    submission.paper.or_else(|| chosen(submission, &Project::of(submission)).ok())
}

/// Files that are opened to see which is the paper may together ask for no more work than one.
fn chosen(submission: &Submission, project: &Project<'_>) -> Result<FileId, Problem> {
    let effort = std::cell::Cell::new(Effort::default());
    choice::paper_of(submission, project, &|file| has_title_block(file, &effort))
}

/// What the sources of a submission ask for and it does not hold: the names that each may have, in order.
pub fn wanted(submission: &Submission) -> Vec<Vec<String>> {
    Project::of(submission).sought
}

/// Whether page one of a PDF has a title and the abstract or section that follows it; a PDF that cannot be read
/// may have one.
fn has_title_block(file: &File, effort: &std::cell::Cell<Effort>) -> bool {
    Document::read_after(&file.bytes, effort.get()).map_or(true, |mut document| {
        effort.set(document.effort);
        let front = FrontMatter::of(&Layout::of(&mut document), FileId(0));
        let has_title = front.title.is_some() && front.has_first_heading && !front.is_supplement;
        has_title || document.why_incomplete().is_some()
    })
}

/// Why a file besides the paper is not looked into.
fn unread(file: &File) -> Option<&'static str> {
    match file.kind {
        Kind::Pdf => Some("not checked: of several PDFs only the paper is read"),
        Kind::Other => Some("not checked: this kind of file is not read, only searched for paths"),
        _ if is_binary_source(file) => {
            Some("not checked: it is named as a source and is no text that LaTeX reads; save it in UTF-8")
        }
        _ => None,
    }
}

/// Whether a file has the name of a source and holds none: no encoding that LaTeX reads has a zero byte.
fn is_binary_source(file: &File) -> bool {
    matches!(file.kind, Kind::Tex | Kind::Style | Kind::Bib) && memchr::memchr(0, &file.bytes).is_some()
}

/// A source that may tell anything; what a Mac leaves beside each file under its name is none.
fn garbled(submission: &Submission) -> Option<String> {
    let is_own = |f: &&File| !f.name.rsplit('/').next().is_some_and(|last| last.starts_with("._"));
    let file = submission.files.iter().filter(is_own).find(|f| is_binary_source(f))?;
    Some(format!("{} is no text that LaTeX reads", file.name))
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
