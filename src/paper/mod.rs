//! What the submission is: its parts and where they begin, its style, its authors. It does not know the venue.

mod agreement;
mod appendix;
mod boundary;
pub mod clue;
mod column;
mod coverage;
mod email;
mod entry;
mod face;
mod front;
mod head;
mod heading;
mod hidden;
pub mod identity;
mod instruction;
mod layout;
mod leftover;
mod length;
mod line;
mod link;
mod list;
mod main_text;
mod margin;
mod mark;
mod notice;
mod page;
mod printed;
mod prose;
mod reading;
mod sign;
pub mod source;
mod trace;
mod typesetting;
mod unseen;
mod unshown;
mod whose;

pub use crate::pdf::{Active, ActiveKind, Holder, UnshownEntry};
pub use agreement::{Agreement, Difference, Feature, Shown};
pub use coverage::Coverage;
pub use face::FontUse;
pub use hidden::{Cause, HiddenReading, HiddenText, ReplacedText, Replacement, Says};
pub use instruction::{Bearing, Instruction};
pub use link::{Cue, HiddenLink, LinkKind};
pub use main_text::{MainText, MainTextEnd, TextLine};
pub use mark::Mark;
pub use page::{PageKind, PrintedPage};
pub use printed::PrintedLine;
pub use prose::Zone;
pub use reading::reading_text;
pub use trace::Trace;
pub use typesetting::{Aspect, Departure, OtherFace, Typesetting};
pub use unshown::{Attached, Earlier, Unshown};

use self::boundary::Boundaries;
use self::front::FrontMatter;
use self::layout::Layout;
use self::length::Division;
use self::prose::Prose;
use self::source::Sources;
use self::unseen::Unseen;
use crate::finding::Confidence;
use crate::join::join;
use crate::part::Part;
use crate::pattern::hits_on;
use crate::pdf::text::Row;
use crate::pdf::{Document, OpenError};
use crate::place::{FileId, PageNumber, Place};
use crate::problem::{Problem, ProblemKind};
use crate::style::StyleMode;
use crate::submission::{Kind, Submission};
use crate::units::Length;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Words that were seen, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// The words.
    pub text: String,
    /// Where they stand.
    pub at: Place,
}

/// A height on a page, in page space.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct PagePoint {
    /// 1-based.
    pub page: PageNumber,
    /// From the top of the page downwards.
    pub y: Length,
}

fn names(submission: &Submission) -> Vec<String> {
    let files = submission.files.iter().map(|file| file.name.clone());
    std::iter::once(submission.name.clone()).chain(files).collect()
}

fn info_author(document: &Document, file: FileId) -> Option<Seen> {
    let author = document.metadata.info.get("Author").filter(|a| !a.trim().is_empty())?;
    let at = Place::File { file, inside: Some("/Info/Author".to_owned()) };
    Some(Seen { text: author.trim().to_owned(), at })
}

/// Who is named between the title and the abstract.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum AuthorBlock {
    /// The style's anonymous block, or words to that effect.
    Anonymous(Vec<Seen>),
    /// Nothing stands there.
    Empty,
    /// Somebody is named. At least one line.
    Named(Vec<Seen>),
    /// The sample author of a template was left in. At least one line.
    Sample(Vec<Seen>),
    /// There is no title block, or it could not be read.
    #[default]
    Unknown,
}

impl AuthorBlock {
    /// Whether nobody is named; `None` if undetermined.
    pub fn is_anonymous(&self) -> Option<bool> {
        match self {
            Self::Anonymous(_) | Self::Empty => Some(true),
            Self::Named(_) | Self::Sample(_) => Some(false),
            Self::Unknown => None,
        }
    }
}

/// Which style the paper was set in, as far as the file shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Style {
    /// The package name as published, such as `dlde_neurips_2022`; `None` where no single year is proven.
    pub id: Option<String>,
    /// `dlde-neurips`, `neurips`, or `None`.
    pub family: Option<String>,
    /// Ids that fit where no single one is proven.
    pub candidates: Vec<String>,
    /// The mode; `None` where nothing shows it.
    pub mode: Option<StyleMode>,
    /// How sure the id or family is.
    pub confidence: Confidence,
    /// The notice at the foot of page one.
    pub notice: Option<Seen>,
    /// Where it is none of the known ones: what is not as they set it, such as `the leading`.
    pub unlike: Vec<&'static str>,
}

impl Style {
    /// Whether its measures are those of the NeurIPS family, whichever year it is.
    pub fn is_of_neurips_family(&self) -> bool {
        self.family.is_some() || !self.candidates.is_empty()
    }
}

impl Default for Style {
    fn default() -> Self {
        Self {
            id: None,
            family: None,
            candidates: Vec::new(),
            mode: None,
            confidence: Confidence::Possible,
            notice: None,
            unlike: Vec::new(),
        }
    }
}

/// One part of the paper. A part that occurs twice has two.
#[derive(Debug, Clone, PartialEq)]
pub struct PartSpan {
    /// Which part.
    pub part: Part,
    /// Where it begins.
    pub start: PagePoint,
    /// The last page it touches, 1-based.
    pub last_page: PageNumber,
    /// Its height over the height of the style's text block, in pages.
    pub pages: f64,
    /// Its heading as printed; `None` where it has none.
    pub heading: Option<Seen>,
    /// The first words after its heading, at most a few lines.
    pub opening: String,
    /// How sure its beginning is.
    pub confidence: Confidence,
    /// What speaks for it, in a few words each.
    pub evidence: Vec<String>,
    /// Whether the main text refers to it; told for appendices alone.
    pub is_referred_to: bool,
}

/// What the submission is.
#[derive(Debug, Clone, Default)]
pub struct Paper {
    /// The paper's PDF; `None` where there is none, or it could not be opened.
    pub file: Option<FileId>,
    /// Why there is nothing to read; empty where a PDF was opened.
    pub why_unread: String,
    /// The file holds no main text of its own: it goes with a paper that is elsewhere.
    pub is_supplement: bool,
    /// The page on which a second title and abstract stand; `None` in a file of one paper.
    pub second_paper: Option<PageNumber>,
    /// How much of it was read.
    pub coverage: Coverage,
    /// Revisions of the file: one more than the updates appended to it; a linearised file has one.
    pub revisions: u32,
    /// Width and height of the first page; `None` without pages.
    pub page_size: Option<(Length, Length)>,
    /// Columns of the main text.
    pub columns: u32,
    /// Whether lines are numbered in the margin.
    pub line_numbers: bool,
    /// The title as printed.
    pub title: Option<String>,
    /// Who is named below the title.
    pub authors: AuthorBlock,
    /// E-mail addresses outside the reference list, but for those in code.
    pub emails: Vec<Seen>,
    /// The information dictionary's `/Author`, where it is not empty.
    pub info_author: Option<Seen>,
    /// What its file says where no page shows it.
    pub unshown: Unshown,
    /// The names it was handed in under: of the submission, then of each of its files.
    pub names: Vec<String>,
    /// Its pages, as printed.
    pub pages: Vec<PrintedPage>,
    /// Every line of every page, in reading order.
    pub lines: Vec<PrintedLine>,
    /// Where links outside the reference list lead.
    pub link_targets: Vec<Seen>,
    /// Links whose address no page shows, outside the reference list.
    pub hidden_links: Vec<HiddenLink>,
    /// The style it was set in.
    pub style: Style,
    /// How the pages stand to that style; not measured where it is unknown.
    pub typesetting: Typesetting,
    /// What the file says of its own style.
    pub mark: Option<Mark>,
    /// The fonts it is set in.
    pub fonts: Vec<FontUse>,
    /// Its parts in reading order.
    pub parts: Vec<PartSpan>,
    /// Its main text.
    pub main_text: MainText,
    /// Phrases of the running text that may show who wrote it, in order.
    pub traces: Vec<Trace>,
    /// Notes and remarks that its authors left to one another.
    pub notes: Vec<Seen>,
    /// Names at the head of more than one page.
    pub running_heads: Vec<Seen>,
    /// The stamp of arXiv on page one.
    pub arxiv_stamp: Option<Seen>,
    /// Text that nobody sees.
    pub hidden: HiddenReading,
    /// Text that programs read in place of what is seen.
    pub replaced: Vec<ReplacedText>,
    /// Characters that are not seen, in words.
    pub invisible: Vec<Seen>,
    /// Instructions to whoever, or whatever, reviews.
    pub instructions: Vec<Instruction>,
    /// What goes with it: sources and supplements.
    pub sources: Sources,
    /// How it stands to the sources; `None` without sources that could make it, or a PDF that could be read.
    pub agreement: Option<Agreement>,
    /// What the PDF shows of what its sources set; looked at only where there are sources.
    pub shown: Shown,
}

/// What the running text tells of its authors, and to whoever reviews.
struct Told {
    traces: Vec<Trace>,
    emails: Vec<Seen>,
    notes: Vec<Seen>,
    running_heads: Vec<Seen>,
    arxiv_stamp: Option<Seen>,
    instructions: Vec<Instruction>,
}

impl Told {
    fn by(prose: &Prose<'_>, document: &Document, layout: &Layout, paper: &Paper, file: FileId) -> Self {
        let found = hits_on(&prose.text, trace::is_looked_for);
        let traces = trace::traces(prose, &found, &document.fonts);
        Self {
            emails: email::emails(&traces),
            traces,
            notes: leftover::leftover_notes(document, layout, prose, file),
            running_heads: head::names_at_heads(layout, paper.title.as_deref(), &prose.text, file),
            arxiv_stamp: head::arxiv_stamp(document, layout, file),
            instructions: instruction::shown_instructions(prose, &found, &document.fonts),
        }
    }
}

/// What is said where no file could be the paper.
const NOTHING_READ: &str = "no PDF could be read";

impl Paper {
    /// Assembles the paper. What cannot be read becomes a [`Problem`] beside it, not an error.
    pub fn read(submission: &Submission) -> (Self, Vec<Problem>) {
        let mut problems = submission.problems.clone();
        let (chosen, sources, unread) = source::read(submission);
        problems.extend(unread);
        let paper = match chosen {
            Ok(id) => Self::of_pdf(submission, id, &sources, &mut problems),
            // What the only file is was said already.
            Err(_) if submission.files.len() == 1 && !submission.problems.is_empty() => Self::default(),
            Err(none) => {
                let why_unread = none.message.clone();
                problems.push(none);
                Self { why_unread, ..Self::default() }
            }
        };
        let script = sources.script.as_deref().filter(|_| paper.is_read());
        let agreement = script.map(|script| Agreement::of(script, &paper.shown));
        (Self { sources, agreement, names: names(submission), ..paper }, problems)
    }

    fn of_pdf(submission: &Submission, id: FileId, sources: &Sources, problems: &mut Vec<Problem>) -> Self {
        let Some(file) = submission.file(id) else { return Self::default() };
        if file.kind != Kind::Pdf {
            let message = file.kind.why_not_a_paper();
            if !problems.iter().any(|p| p.file == Some(id)) {
                problems.push(Problem::of_file(ProblemKind::Unreadable, id, message));
            }
            return Self::default();
        }
        match Document::read(&file.bytes) {
            Ok(mut document) => {
                // A fault of ours never loses the report.
                let read = catch_unwind(AssertUnwindSafe(|| {
                    let mut found = Vec::new();
                    let unshown = Unshown::of(&mut document, &file.bytes);
                    let rows = document.take_rows();
                    let mut paper = Self::of(&document, rows, id, unshown, &mut found);
                    if sources.script.is_some() {
                        paper.shown = Shown::of(&document, id, &paper.parts);
                    }
                    (paper, found)
                }));
                let (paper, found) = read.unwrap_or_else(|_| {
                    let message = "could not be understood: internal error; please report it";
                    (Self::default(), vec![Problem::of_file(ProblemKind::Damaged, id, message)])
                });
                problems.extend(found);
                paper
            }
            Err(error) => {
                let (kind, message) = match error {
                    OpenError::Encrypted(message) => (ProblemKind::Encrypted, message),
                    OpenError::Unreadable(message) => (ProblemKind::Unreadable, message),
                    OpenError::TooComplex(message) => (ProblemKind::TooComplex, message),
                };
                let why_unread =
                    format!("the PDF cannot be read: it {}", message.split(';').next().unwrap_or_default());
                problems.push(Problem::of_file(kind, id, message));
                Self { why_unread, ..Self::default() }
            }
        }
    }

    fn of(
        document: &Document,
        rows: Vec<Vec<Row>>,
        file: FileId,
        unshown: Unshown,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let beside = || {
            let coverage = Coverage::of(document, file, problems);
            (coverage, Unseen::of(document, &unshown, file), face::fonts(document, file))
        };
        let ((coverage, unseen, fonts), layout) = join(beside, || Layout::of_rows(document, rows));
        let front = FrontMatter::of(&layout, file);
        let first = document.pages.first();
        let mut paper = Self {
            file: Some(file),
            coverage,
            revisions: document.revisions,
            page_size: first.map(|p| (Length::bp(f64::from(p.width)), Length::bp(f64::from(p.height)))),
            columns: layout.columns,
            line_numbers: layout.line_numbers,
            title: front.title.clone(),
            is_supplement: front.is_supplement,
            second_paper: front.second_paper.map(PageNumber),
            authors: front.authors.clone(),
            info_author: info_author(document, file),
            style: notice::style(&layout, file),
            unshown,
            mark: Mark::of(document),
            fonts,
            hidden: unseen.hidden,
            replaced: unseen.replaced,
            invisible: unseen.invisible,
            instructions: unseen.instructions,
            ..Self::default()
        };
        if layout.lines.is_empty() {
            paper.pages = page::pages(document, &layout, &paper);
            return paper;
        }
        let (boundaries, doubt) = Boundaries::of(&layout, &document.metadata, &front);
        let division = Division::new(&layout, &boundaries, doubt, file);
        paper.parts = division.parts(front.title_line());
        paper.main_text = division.main_text();
        let said = std::mem::take(&mut paper.style);
        let links = &document.metadata.links;
        let set = || {
            let measured = Typesetting::of(document, &layout, &division, said, file);
            let printed = printed::printed_lines(&layout, &paper.parts);
            let hidden = link::hidden_links(&layout, links, &paper.parts, file);
            (measured, page::pages(document, &layout, &paper), printed, hidden)
        };
        let told = || Told::by(&Prose::of(&layout, &boundaries, file), document, &layout, &paper, file);
        let (((typesetting, style), pages, lines, hidden_links), told) = join(set, told);
        paper.link_targets = printed::link_targets(links, &paper.parts, file);
        paper.hidden_links = hidden_links;
        let Told { traces, emails, notes, running_heads, arxiv_stamp, instructions } = told;
        paper.add_instructions(instructions);
        Self { typesetting, style, pages, lines, traces, emails, notes, running_heads, arxiv_stamp, ..paper }
    }

    /// Adds instructions of the running text, but for those that are known as hidden text.
    fn add_instructions(&mut self, shown: Vec<Instruction>) {
        self.instructions.extend(shown);
        let hidden: Vec<&Place> = self.hidden.found.iter().map(|h| &h.at).collect();
        self.instructions.retain(|i| i.bearing == Bearing::Unshown || !hidden.iter().any(|h| h.meets(&i.at)));
    }

    /// Whether nobody is named below the title, nor in the metadata of a file without a title block;
    /// `None` if undetermined.
    pub fn is_anonymous(&self) -> Option<bool> {
        let named_elsewhere = self.info_author.as_ref().is_some_and(|a| !identity::is_placeholder(&a.text));
        match self.authors {
            AuthorBlock::Empty if named_elsewhere => Some(false),
            ref block => block.is_anonymous(),
        }
    }

    /// The length of the main text with the style's own distances, in pages; `None` where they are not known.
    pub fn pages_in_style(&self) -> Option<f64> {
        let pages = self.main_text.pages + self.typesetting.pages_gained;
        self.typesetting.is_measured.then_some(pages)
    }

    /// Whether a PDF could be opened and has pages.
    pub fn is_read(&self) -> bool {
        self.file.is_some() && self.coverage.pages > 0
    }

    /// Why no PDF was read, in a few words.
    pub fn why_unread(&self) -> &str {
        if self.why_unread.is_empty() { NOTHING_READ } else { &self.why_unread }
    }

    /// The first occurrence of a part.
    pub fn part(&self, part: Part) -> Option<&PartSpan> {
        self.parts.iter().find(|p| p.part == part)
    }

    /// Why the text of a page (1-based) was not read; `None` if it was.
    pub fn why_page_is_unread(&self, page: u32) -> Option<String> {
        if !self.is_read() {
            return Some(self.why_unread().to_owned());
        }
        if self.coverage.without_text.contains(&PageNumber(page)) {
            return Some(format!("page {page} is a picture without text"));
        }
        self.coverage
            .unread
            .iter()
            .find(|(p, _)| p.0 == page)
            .map(|(_, why)| format!("page {page} was not read: {why}"))
    }
}
