//! The same reports in every format, against snapshots in `tests/formats/` (`INSTA_UPDATE=always` writes them anew).
//!
//! Each report is built by hand, so that a snapshot changes only when a format does.

use dlde::audience::Audience;
use dlde::check::{Report, Selection, Verdict};
use dlde::finding::{Clause, Confidence, Finding, Measure, Severity};
use dlde::paper::{
    AuthorBlock, Coverage, MainText, MainTextEnd, PagePoint, Paper, PartSpan, Seen, Style, TextLine,
};
use dlde::part::Part;
use dlde::place::{FileId, PageNumber, Place};
use dlde::problem::{Problem, ProblemKind};
use dlde::profile::{Demand, Profile, Stage, Track};
use dlde::report::Look;
use dlde::rule::Skip;
use dlde::style::StyleMode;
use dlde::units::{Length, Rect};
use dlde::{Format, RULES, Submission};

const PAPER: FileId = FileId(0);

#[test]
fn an_over_length_paper_with_every_kind_of_finding() {
    let (submission, profile) = (submission(), profile());
    let report = over_length(&submission, &profile);
    snapshot("over-length.txt", &written(Format::Text, &report, &Look::default()));
    snapshot(
        "over-length-narrow.txt",
        &written(Format::Text, &report, &Look { width: 60, ..Look::default() }),
    );
    snapshot("over-length.json", &indented(&written(Format::Json, &report, &Look::default()), &report));
}

#[test]
fn a_clean_paper_of_a_later_stage() {
    let submission = submission();
    let profile = Profile { stage: Stage::CameraReady, chosen: "named by --venue".to_owned(), ..profile() };
    let report = clean(&submission, &profile);
    snapshot("clean.txt", &written(Format::Text, &report, &Look::default()));
}

#[test]
fn a_file_that_is_no_paper() {
    let submission = Submission::single("paper.pdf".to_owned(), Vec::new());
    let profile = profile();
    let report = unread(&submission, &profile);
    snapshot("unread.txt", &written(Format::Text, &report, &Look::default()));
    snapshot("unread.json", &indented(&written(Format::Json, &report, &Look::default()), &report));
}

#[test]
fn every_other_format_of_a_paper_with_every_kind_of_finding() {
    let (submission, profile) = (with_source(), profile());
    let mut report = over_length(&submission, &profile);
    report.verdicts.push(verdict("STYL013", Ok(vec![tightened()])));
    let look = Look { folder: "papers/".to_owned(), ..Look::default() };
    snapshot("over-length.sarif", &unversioned(&written(Format::Sarif, &report, &look)));
    snapshot("over-length.junit", &written(Format::Junit, &report, &look));
    snapshot("over-length.github", &written(Format::Github, &report, &look));
    snapshot("over-length.markdown", &written(Format::Markdown, &report, &look));
    snapshot("over-length.csv", &written(Format::Csv, &report, &look).replace("\r\n", "\n"));
}

#[test]
fn a_file_that_is_no_paper_passes_in_no_format() {
    let submission = Submission::single("paper.pdf".to_owned(), Vec::new());
    let profile = profile();
    let report = unread(&submission, &profile);
    snapshot("unread.junit", &written(Format::Junit, &report, &Look::default()));
    snapshot("unread.github", &written(Format::Github, &report, &Look::default()));
    snapshot("unread.markdown", &written(Format::Markdown, &report, &Look::default()));
}

#[cfg(feature = "pictures")]
#[test]
fn a_page_for_a_browser_with_every_kind_of_finding() {
    let (submission, profile) = (with_source(), profile());
    let mut report = over_length(&submission, &profile);
    report.verdicts.push(verdict("STYL013", Ok(vec![tightened()])));
    let look = Look { pictures: vec![picture_of_page(5)], ..Look::default() };
    let page = written(Format::Html, &report, &look);
    let body = page.split_once("</style>").expect("a page has a style").1;
    let without_end = body.split_once("<footer>").expect("a page has an end").0;
    snapshot("over-length.html", without_end);
}

#[cfg(feature = "pictures")]
#[test]
fn a_reviewer_is_shown_no_page() {
    let (submission, profile) = (with_source(), profile());
    let report = Report { audience: Audience::Reviewer, ..over_length(&submission, &profile) };
    let look = Look { pictures: vec![picture_of_page(1)], ..Look::default() };
    let page = written(Format::Html, &report, &look);
    assert!(!page.contains("data:image") && page.contains("Pages are not drawn for reviewers"), "{page}");
}

#[cfg(feature = "pictures")]
fn picture_of_page(page: u32) -> dlde::report::Picture {
    dlde::report::Picture { page, width: 612.0, height: 792.0, png: b"a PNG".to_vec() }
}

#[test]
fn colour_is_shown_only_where_it_is_wanted() {
    let (submission, profile) = (submission(), profile());
    let report = over_length(&submission, &profile);
    let look = |color| Look { color, ..Look::default() };
    assert!(written(Format::Text, &report, &look(true)).contains('\u{1b}'));
    assert!(!written(Format::Text, &report, &look(false)).contains('\u{1b}'));
    assert_eq!(written(Format::Json, &report, &look(true)), written(Format::Json, &report, &look(false)));
}

#[test]
fn no_line_of_text_is_wider_than_the_terminal_but_for_an_address() {
    let (submission, profile) = (submission(), profile());
    let report = over_length(&submission, &profile);
    for width in [40, 60, 80, 120] {
        let text = written(Format::Text, &report, &Look { width, ..Look::default() });
        for line in text.lines().filter(|line| !line.contains("https://")) {
            assert!(line.chars().count() <= width, "{width}: {line}");
        }
    }
}

#[test]
fn json_is_one_object_on_one_line() {
    let (submission, profile) = (submission(), profile());
    let json = written(Format::Json, &over_length(&submission, &profile), &Look::default());
    assert_eq!(json.matches('\n').count(), 1);
    assert!(json.ends_with("}\n"));
}

#[test]
fn what_a_file_says_cannot_command_the_terminal() {
    let submission = Submission::single("a\u{1b}[2Jb.pdf".to_owned(), b"%PDF-1.5".to_vec());
    let profile = profile();
    let mut report = clean(&submission, &profile);
    let wicked = Finding::new("\u{1b}]0;x\u{7}", Place::whole_file(PAPER)).seen("\u{9b}31m");
    report.verdicts[0].result = Ok(vec![wicked]);
    let text = written(Format::Text, &report, &Look::default());
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
}

fn written(format: Format, report: &Report<'_>, look: &Look) -> String {
    let mut out = Vec::new();
    format.write(report, look, &mut out).expect("a vector takes everything");
    String::from_utf8(out).expect("a report is UTF-8")
}

/// One key a line. How lines are counted is for the paper to say, not for a format: the number is only compared.
fn indented(json: &str, report: &Report<'_>) -> String {
    let mut value: serde_json::Value = serde_json::from_str(json).expect("a report is JSON");
    if let Some(lines) = value.pointer_mut("/paper/main_text/lines_over") {
        assert_eq!(*lines, report.paper.main_text.lines_beyond(4));
        *lines = "as the paper counts them".into();
    }
    serde_json::to_string_pretty(&value).expect("JSON can be written again")
}

/// Without what changes at every release, and the texts of rules, which are compared where they are made.
fn unversioned(sarif: &str) -> String {
    let mut value: serde_json::Value = serde_json::from_str(sarif).expect("a log is JSON");
    let driver = value.pointer_mut("/runs/0/tool/driver").expect("a log names its tool");
    driver["semanticVersion"] = "the version".into();
    for rule in driver["rules"].as_array_mut().into_iter().flatten() {
        for text in ["fullDescription", "help"] {
            rule[text]["text"] = "as the rule says".into();
        }
    }
    serde_json::to_string_pretty(&value).expect("JSON can be written again")
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("formats");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

fn submission() -> Submission {
    let mut submission = Submission::single("paper.pdf".to_owned(), b"%PDF-1.5\n...".to_vec());
    submission.name = "over-length".to_owned();
    let origin = dlde::submission::Origin::Input;
    let mut source = dlde::submission::File::new("source.zip".to_owned(), Vec::new(), origin);
    source.kind = dlde::submission::Kind::Other;
    submission.files.push(source);
    submission
}

/// With a source whose third line is tightened.
fn with_source() -> Submission {
    let mut submission = submission();
    let text = "\\begin{document}\nÄ line.\n  \\vspace{-3pt} % tight\n";
    submission.files.push(dlde::submission::File::new(
        "main.tex".to_owned(),
        text.as_bytes().to_vec(),
        dlde::submission::Origin::Source,
    ));
    submission
}

/// The command on the third line of that source.
fn tightened() -> Finding {
    let at = Place::Span(dlde::place::Span { file: FileId(2), bytes: 28..41 });
    Finding::new("\\vspace takes 3 pt out of the page; the style sets its own", at).seen("\\vspace{-3pt}")
}

fn profile() -> Profile {
    let says = "at most four pages, not counting references, acknowledgements and supplementary material";
    Profile {
        id: "dlde-2023".to_owned(),
        name: "DLDE workshop at NeurIPS 2023".to_owned(),
        url: "https://dlde-2023.github.io/".to_owned(),
        stage: Stage::Submission,
        track: Track::Regular,
        sha256: "0".repeat(64),
        chosen: "the default".to_owned(),
        main_pages: Some(Demand { value: 4, clause: clause(says) }),
        grace_lines: 0,
        style: None,
        anonymity: None,
        canaries: Vec::new(),
        long_appendix: None,
        levels: std::collections::BTreeMap::new(),
    }
}

fn clause(says: &str) -> Clause {
    Clause {
        says: says.to_owned(),
        url: "https://dlde-2023.github.io/".to_owned(),
        section: "Submission".to_owned(),
    }
}

/// Two errors, a warning, a note; two rules left open by a picture on page 7; a file that was not looked at.
fn over_length<'a>(submission: &'a Submission, profile: &'a Profile) -> Report<'a> {
    let open = "page 7 is a picture without text";
    Report {
        suppressed: 0,
        submission,
        profile,
        audience: Audience::Author,
        selection: Selection::default(),
        paper: paper(),
        problems: vec![Problem::of_file(
            ProblemKind::NotChecked,
            FileId(1),
            "not checked: only the PDF of a directory is read",
        )],
        verdicts: vec![
            verdict("ANON001", Ok(vec![named_authors()])),
            verdict("ANON004", Err(Skip::undetermined(open))),
            verdict("FILE003", Ok(vec![picture()])),
            verdict("PAGE001", Ok(vec![overrun()])),
            verdict("PART001", Ok(vec![])),
            verdict("PART002", Err(Skip::undetermined(open))),
            verdict("PART003", Ok(vec![long_appendix()])),
            verdict("STYL001", Err(Skip::not_applicable("no style is asked here"))),
        ],
    }
}

fn clean<'a>(submission: &'a Submission, profile: &'a Profile) -> Report<'a> {
    let mut paper = paper();
    paper.coverage.without_text.clear();
    paper.main_text.pages = 3.97;
    let end = paper.main_text.end.as_mut().expect("a paper has an end");
    end.at.page = PageNumber(4);
    end.line_number = None;
    Report {
        suppressed: 0,
        submission,
        profile,
        audience: Audience::Author,
        selection: Selection::default(),
        paper,
        problems: Vec::new(),
        verdicts: vec![
            verdict("PAGE001", Ok(vec![])),
            verdict("PART001", Ok(vec![])),
            verdict("PART002", Ok(vec![])),
            verdict("STYL001", Err(Skip::not_applicable("no style is asked here"))),
        ],
    }
}

fn unread<'a>(submission: &'a Submission, profile: &'a Profile) -> Report<'a> {
    let empty =
        Finding::new("the file is empty; build or download the paper again", Place::whole_file(PAPER));
    let open = || Err(Skip::undetermined("no PDF could be read"));
    Report {
        suppressed: 0,
        submission,
        profile,
        audience: Audience::Author,
        selection: Selection {
            select: vec!["FILE001".to_owned(), "PAGE".to_owned()],
            ignore: Vec::new(),
            shows_suppressed: false,
        },
        paper: Paper::default(),
        problems: submission.problems.clone(),
        verdicts: vec![verdict("FILE001", Ok(vec![empty])), verdict("PAGE001", open())],
    }
}

fn verdict(code: &str, result: Result<Vec<Finding>, Skip>) -> Verdict {
    let rule = RULES.iter().find(|rule| rule.code == code).expect("a rule has this code");
    Verdict { rule, severity: rule.severity, result }
}

fn overrun() -> Finding {
    let at = Place::Page {
        file: PAPER,
        page: PageNumber(5),
        boxes: vec![Rect::from_corners(108.0, 72.0, 504.04, 287.36)],
        line_number: Some(203),
    };
    let message = "the main text ends on page 5, line 203: 17 lines (0.31 page) over 4 pages";
    let mut finding = Finding::new(message, at)
        .seen("… which we leave to a longer version of this paper.")
        .measured(Measure::Number(4.3086), Measure::Number(4.0))
        .asked_by(&clause(
            "at most four pages, not counting references, acknowledgements and supplementary material",
        ))
        .help("cut 17 lines from the main text, or move as much to an appendix after the references");
    let references = Place::whole_page(PAPER, PageNumber(5));
    finding.related.push((references, "the references begin here".to_owned()));
    finding
}

fn named_authors() -> Finding {
    Finding::new("the authors are named below the title; a submission names nobody", on_page(1))
        .seen("Ada Lovelace; University of London; ada@example.edu")
        .asked_by(&clause("reviewing is double-blind, so submissions are anonymous"))
}

fn picture() -> Finding {
    Finding::new("page 7 is a picture: it holds no text", Place::whole_page(PAPER, PageNumber(7)))
}

fn long_appendix() -> Finding {
    let message =
        "the appendix fills 4.50 pages from page 6 on, 45 % of the file; from 4 pages on it is long";
    Finding::new(message, on_page(6))
        .seen("A Proofs")
        .measured(Measure::Number(4.5), Measure::Number(4.0))
        .confidence(Confidence::Likely)
        .lowered_to(Severity::Note)
}

fn on_page(page: u32) -> Place {
    let boxes = vec![Rect::from_corners(108.0, 90.0, 504.0, 101.0)];
    Place::Page { file: PAPER, page: PageNumber(page), boxes, line_number: None }
}

fn paper() -> Paper {
    let end = MainTextEnd {
        at: PagePoint { page: PageNumber(5), y: Length::bp(287.36) },
        line_number: Some(203),
        last: Seen { text: "which we leave to a longer version of this paper.".to_owned(), at: on_page(5) },
        is_float: false,
    };
    Paper {
        file: Some(PAPER),
        coverage: Coverage {
            pages: 10,
            pages_read: 9,
            without_text: vec![PageNumber(7)],
            unread: vec![(PageNumber(9), "its content breaks off".to_owned())],
        },
        revisions: 1,
        page_size: Some((Length::bp(612.0), Length::bp(792.0))),
        columns: 1,
        line_numbers: true,
        title: Some("Neural \"solvers\" for stiff équations".to_owned()),
        authors: AuthorBlock::Named(vec![Seen { text: "Ada Lovelace".to_owned(), at: on_page(1) }]),
        style: Style {
            id: Some("dlde_neurips_2023".to_owned()),
            family: Some("dlde-neurips".to_owned()),
            mode: Some(StyleMode::Final),
            confidence: Confidence::Certain,
            ..Style::default()
        },
        parts: vec![
            part(Part::MainText, 1, 4.3086),
            part(Part::References, 5, 0.8),
            part(Part::Appendix, 6, 4.5),
        ],
        main_text: MainText {
            pages: 4.3086,
            end: Some(end),
            lines: overflowing_lines(),
            lines_per_page: 1e9,
            others: Vec::new(),
            confidence: Some(Confidence::Certain),
        },
        ..Paper::default()
    }
}

/// The 17 lines on page five, which are those beyond four pages.
fn overflowing_lines() -> Vec<TextLine> {
    let line = |index: u32| {
        let top = 72.0 + 12.0 * f64::from(index);
        let area = Rect::from_corners(108.0, top, 504.0, top + 11.0);
        TextLine { page: PageNumber(5), area, line_number: Some(187 + index), below_block: false }
    };
    (0..17).map(line).collect()
}

fn part(part: Part, page: u32, pages: f64) -> PartSpan {
    PartSpan {
        part,
        start: PagePoint { page: PageNumber(page), y: Length::bp(301.04) },
        last_page: PageNumber(page + pages as u32),
        pages,
        heading: (part != Part::MainText).then(|| Seen { text: part.id().to_owned(), at: on_page(page) }),
        confidence: Confidence::Certain,
        opening: String::new(),
        evidence: vec!["heading".to_owned()],
        is_referred_to: true,
    }
}
