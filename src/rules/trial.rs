//! Trials of a rule: papers built by hand, and what the rule must say of them. No PDF is read.

use crate::audience::Audience;
use crate::check::verdict;
use crate::finding::{Clause, Confidence, Finding};
use crate::identities::Identities;
use crate::paper::source::{Hint, HintKind, Setting, Sources, Weight};
use crate::paper::{
    Aspect, AuthorBlock, Cause, Coverage, Departure, FontUse, HiddenText, Holder, MainText, MainTextEnd,
    PagePoint, Paper, PartSpan, Says, Seen, Style, TextLine, Trace, Typesetting, UnshownEntry, Zone,
};
use crate::part::Part;
use crate::pattern::Topic;
use crate::place::{FileId, PageNumber, Place, Span};
use crate::problem::Problem;
use crate::profile::{Anonymity, Demand, Profile, Stage, StyleDemand, Track};
use crate::rule::{Case, Rule, Skip};
use crate::style::StyleMode;
use crate::units::{Length, Rect};

/// Lines on a full page of the papers built here: 54 lines of 12 bp fill the text block of 648 bp.
pub(crate) const PAGE: u32 = 54;
const LEADING: f64 = 12.0;
const TOP: f64 = 72.0;
const FILE: FileId = FileId(0);

/// A rule on trial, under a profile like that of `dlde-2023`.
pub(crate) struct Trial {
    rule: &'static Rule,
    profile: Profile,
    problems: Vec<Problem>,
    identities: Identities,
    audience: Audience,
}

impl Trial {
    pub(crate) fn of(rule: &'static Rule) -> Self {
        Self {
            rule,
            profile: profile(),
            problems: Vec::new(),
            identities: Identities::default(),
            audience: Audience::Author,
        }
    }

    /// Changes what the venue demands, for the papers that follow.
    pub(crate) fn profile(mut self, change: impl FnOnce(&mut Profile)) -> Self {
        change(&mut self.profile);
        self
    }

    /// Says who the authors are, for the papers that follow.
    pub(crate) fn identities(mut self, json: &str) -> Self {
        self.identities = Identities::parse(json).expect("sound identities");
        self
    }

    /// Says who reads the report, for the papers that follow.
    pub(crate) fn audience(mut self, audience: Audience) -> Self {
        self.audience = audience;
        self
    }

    /// Sets what could not be read, for the papers that follow.
    pub(crate) fn problems(mut self, problems: &[Problem]) -> Self {
        self.problems = problems.to_vec();
        self
    }

    pub(crate) fn passes(self, paper: &Paper) -> Self {
        assert_eq!(self.run(paper), Ok(vec![]), "{} does not pass", self.rule.name);
        self
    }

    pub(crate) fn fails(self, paper: &Paper) -> Self {
        for finding in self.findings(paper) {
            let message = &finding.message;
            assert!(!message.starts_with(char::is_uppercase) && !message.ends_with('.'), "{message}");
        }
        self
    }

    pub(crate) fn undetermined(self, paper: &Paper) -> Self {
        let said = self.run(paper);
        assert!(matches!(said, Err(Skip::Undetermined(_))), "{} said {said:?}", self.rule.name);
        self
    }

    pub(crate) fn undetermined_because(self, paper: &Paper, reason: &str) -> Self {
        assert_eq!(self.run(paper), Err(Skip::undetermined(reason)));
        self
    }

    pub(crate) fn not_applicable(self, paper: &Paper) -> Self {
        let said = self.run(paper);
        assert!(matches!(said, Err(Skip::NotApplicable(_))), "{} said {said:?}", self.rule.name);
        self
    }

    /// For rules about what could not be read: nothing can make them undetermined.
    pub(crate) fn never_undetermined(self) -> Self {
        assert!(self.rule.needs.is_empty(), "{} needs something to be read", self.rule.name);
        assert!(self.run(&Paper::default()).is_ok(), "{} cannot tell", self.rule.name);
        self
    }

    /// What the rule finds in a paper that fails.
    pub(crate) fn findings(&self, paper: &Paper) -> Vec<Finding> {
        match self.run(paper) {
            Ok(findings) if !findings.is_empty() => findings,
            said => panic!("{} said {said:?}", self.rule.name),
        }
    }

    /// The only thing the rule finds in a paper that fails.
    pub(crate) fn finding(&self, paper: &Paper) -> Finding {
        let mut findings = self.findings(paper);
        assert_eq!(findings.len(), 1, "{findings:?}");
        findings.remove(0)
    }

    fn run(&self, paper: &Paper) -> Result<Vec<Finding>, Skip> {
        let case = Case {
            paper,
            profile: &self.profile,
            problems: &self.problems,
            identities: &self.identities,
            audience: self.audience,
        };
        verdict(self.rule, &case).result
    }
}

fn profile() -> Profile {
    Profile {
        id: "dlde-2023".to_owned(),
        name: "DLDE workshop at NeurIPS 2023".to_owned(),
        url: "https://dlde-2023.github.io/".to_owned(),
        stage: Stage::Submission,
        track: Track::Regular,
        sha256: String::new(),
        chosen: "the default".to_owned(),
        main_pages: Some(demand(4, "at most four pages")),
        grace_lines: 0,
        style: Some(demand(
            StyleDemand { ids: vec!["dlde_neurips_2023".to_owned()], mode: StyleMode::Submission },
            "the DLDE style of the year",
        )),
        anonymity: Some(demand(Anonymity::DoubleBlind, "reviewing is double-blind")),
        canaries: Vec::new(),
        long_appendix: Some(demand(4, "long appendices are discouraged")),
        levels: std::collections::BTreeMap::new(),
    }
}

fn demand<T>(value: T, says: &str) -> Demand<T> {
    let clause = Clause {
        says: says.to_owned(),
        url: "https://dlde-2023.github.io/".to_owned(),
        section: "Submission".to_owned(),
    };
    Demand { value, clause }
}

/// A paper that nothing speaks against: so many lines of main text, then one page of references.
pub(crate) fn paper(lines: u32) -> Paper {
    let lines: Vec<_> = (0..lines).map(line).collect();
    let last = lines.last().expect("a paper has lines");
    let end = MainTextEnd {
        at: PagePoint { page: last.page, y: last.area.bottom() },
        line_number: last.line_number,
        last: Seen {
            text: "we end with a sentence that has more words than are shown".to_owned(),
            at: at(last),
        },
        is_float: false,
    };
    let references = part(Part::References, last.page.0 + 1, 1.0);
    Paper {
        file: Some(FILE),
        coverage: Coverage { pages: last.page.0 + 1, pages_read: last.page.0 + 1, ..Coverage::default() },
        revisions: 1,
        page_size: Some((Length::bp(612.0), Length::bp(792.0))),
        columns: 1,
        line_numbers: true,
        title: Some("A title".to_owned()),
        authors: AuthorBlock::Anonymous(vec![seen("Anonymous Author(s)", 1)]),
        style: style("dlde_neurips_2023", StyleMode::Submission),
        parts: vec![part(Part::FrontMatter, 1, 0.2), part(Part::MainText, 1, 3.8), references],
        main_text: MainText {
            pages: lines.len() as f64 / f64::from(PAGE),
            end: Some(end),
            lines,
            lines_per_page: 1e9,
            others: Vec::new(),
            confidence: Some(Confidence::Certain),
        },
        ..Paper::default()
    }
}

/// A paper of exactly four pages, changed.
pub(crate) fn paper_with(change: impl FnOnce(&mut Paper)) -> Paper {
    let mut paper = paper(4 * PAGE);
    change(&mut paper);
    paper
}

/// A sound paper whose file says things that no page shows: each with its holder, key and words, in an object of its own.
pub(crate) fn with_entries(said: &[(Holder, &str, &str)]) -> Paper {
    let entry = |(holder, key, text): &(Holder, &str, &str)| {
        let path = match holder {
            Holder::Annotation { .. } => "page 1 /Annots/0".to_owned(),
            _ => format!("12 0 R {key}"),
        };
        UnshownEntry { holder: *holder, key: (*key).to_owned(), text: (*text).to_owned(), path, page: None }
    };
    paper_with(|p| p.unshown.entries = said.iter().map(entry).collect())
}

/// A sound paper but for one page (1-based), which is a picture.
pub(crate) fn paper_with_picture(page: u32) -> Paper {
    paper_with(|p| p.coverage.without_text.push(PageNumber(page)))
}

/// A sound paper with sources of its own, changed.
pub(crate) fn paper_with_sources(change: impl FnOnce(&mut Sources)) -> Paper {
    paper_with(|p| {
        p.sources = Sources { files: 2, trees: 1, main: Some(FileId(1)), ..Sources::default() };
        change(&mut p.sources);
    })
}

/// A sound paper, one of whose files may tell who wrote it.
pub(crate) fn paper_with_hint(kind: HintKind, setting: Setting, weight: Weight) -> Paper {
    let at = Place::Span(Span { file: FileId(1), bytes: 0..1 });
    let hint = Hint { kind, setting, weight, text: "Mira Quist".to_owned(), at, is_handed_in: true };
    paper_with_sources(|s| s.hints.push(hint))
}

/// Bytes of the source of the papers built here.
pub(crate) fn in_source() -> Place {
    Place::Span(Span { file: FileId(1), bytes: 0..1 })
}

pub(crate) fn style(id: &str, mode: StyleMode) -> Style {
    Style {
        id: Some(id.to_owned()),
        family: crate::style::family_of(id).map(str::to_owned),
        mode: Some(mode),
        confidence: Confidence::Certain,
        notice: Some(seen("Submitted to the workshop. Do not distribute.", 1)),
        ..Style::default()
    }
}

pub(crate) fn part(part: Part, page: u32, pages: f64) -> PartSpan {
    PartSpan {
        part,
        start: PagePoint { page: PageNumber(page), y: Length::bp(TOP) },
        last_page: PageNumber(page),
        pages,
        heading: Some(seen(part.id(), page)),
        confidence: Confidence::Certain,
        opening: String::new(),
        evidence: vec!["heading".to_owned()],
        is_referred_to: true,
    }
}

pub(crate) fn seen(text: &str, page: u32) -> Seen {
    let boxes = vec![Rect::from_corners(108.0, TOP, 504.0, TOP + LEADING)];
    let at = Place::Page { file: FILE, page: PageNumber(page), boxes, line_number: None };
    Seen { text: text.to_owned(), at }
}

/// A phrase of the main text on page 2 that says nothing of whose it is.
pub(crate) fn trace(topic: Topic, text: &str) -> Trace {
    Trace {
        topic,
        text: text.to_owned(),
        context: text.to_owned(),
        sentence: 0..text.len(),
        after: String::new(),
        entry: None,
        at: seen(text, 2).at,
        zone: Zone::Text(Part::MainText),
        is_own: false,
        is_others: false,
        is_cited: false,
        is_code: false,
        is_quoted: false,
        is_named: false,
    }
}

/// A paper with one such phrase, changed.
pub(crate) fn paper_with_trace(topic: Topic, text: &str, change: impl FnOnce(&mut Trace)) -> Paper {
    let mut trace = trace(topic, text);
    change(&mut trace);
    paper_with(|p| p.traces.push(trace))
}

/// A paper of exactly four pages that departs in one aspect, and so saves some lines.
pub(crate) fn departing(aspect: Aspect, lines_gained: f64) -> Paper {
    let departure = Departure {
        aspect,
        what: "above section headings",
        measured: 9.0,
        allowed: 10.0,
        count: 2,
        lines_gained,
        is_in_main_text: true,
        places: vec![seen("one", 1).at, seen("two", 2).at],
    };
    paper_with(|p| {
        p.typesetting = Typesetting {
            is_measured: true,
            departures: vec![departure],
            pages_gained: lines_gained * 0.02,
            ..Typesetting::default()
        };
    })
}

/// A sound font.
pub(crate) fn font(name: &str) -> FontUse {
    FontUse {
        name: name.to_owned(),
        is_embedded: true,
        is_type3: false,
        unknown_letters: 0,
        letters: 9,
        first: seen("a letter", 1).at,
    }
}

/// A paper that hides this text on page 1.
pub(crate) fn paper_hiding(cause: Cause, says: Says, text: &str) -> Paper {
    let hidden =
        HiddenText { cause, says, text: text.to_owned(), at: seen(text, 1).at, is_in_small_figure: false };
    paper_with(|p| p.hidden.found.push(hidden))
}

fn line(index: u32) -> TextLine {
    let top = TOP + LEADING * f64::from(index % PAGE);
    TextLine {
        page: PageNumber(1 + index / PAGE),
        area: Rect::from_corners(108.0, top, 504.0, top + LEADING),
        line_number: Some(index + 1),
        below_block: false,
    }
}

fn at(line: &TextLine) -> Place {
    Place::Page { file: FILE, page: line.page, boxes: vec![line.area], line_number: line.line_number }
}
