//! One report in every format: the counts, severities and places agree, whatever a paper says.
#![expect(clippy::disallowed_methods, reason = "the schema of OASIS is read from where `.ci/run` says it is")]

#[allow(dead_code, reason = "each test uses a part of this")]
mod support {
    pub(crate) mod tool;
}

use dlde::audience::Audience;
use dlde::check::{Report, Selection, Verdict};
use dlde::finding::{Finding, Severity};
use dlde::paper::Paper;
use dlde::place::{FileId, PageNumber, Place, Span};
use dlde::profile::{BUILTIN, Profile, ProfileFile, Stage, Track};
use dlde::report::Look;
use dlde::rule::Skip;
use dlde::submission::{File, Origin};
use dlde::units::Rect;
use dlde::{Format, RULES, Submission, check};
use proptest::prelude::*;
use serde_json::Value;
use std::sync::LazyLock;

/// A source of three lines, of which the second is not of ASCII alone.
const SOURCE: &str = "one\nzwö, drei\nvier\n";

static PROFILE: LazyLock<Profile> = LazyLock::new(|| {
    let file = ProfileFile::parse("v.toml", BUILTIN[0].1).expect("a built-in profile is sound");
    file.profile(Stage::default(), Track::default())
});
/// Of SARIF what is written here; and the whole schema of OASIS, where the environment names it.
static SARIF: LazyLock<Vec<jsonschema::Validator>> = LazyLock::new(|| {
    let ours = include_str!("support/sarif.schema.json").to_owned();
    let whole = whole_schema().map(|path| {
        let text = std::fs::read_to_string(path).expect("the schema of OASIS");
        // Its pattern of `language`, a key that is not written here, has a bracket too many.
        text.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$")
    });
    let sound = |text: String| {
        let schema = serde_json::from_str(&text).expect("JSON");
        jsonschema::validator_for(&schema).expect("the schema is sound")
    };
    [ours].into_iter().chain(whole).map(sound).collect()
});

/// Where the schema of OASIS lies: it is not kept here, `.ci/sarif-schema` fetches it.
fn whole_schema() -> Option<std::ffi::OsString> {
    std::env::var_os("DLDE_SARIF_SCHEMA")
}

static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let schema = serde_json::from_str(include_str!("../rules/report.schema.json")).expect("JSON");
    jsonschema::validator_for(&schema).expect("the schema is sound")
});

proptest! {
    #[test]
    fn every_format_tells_the_same(results in proptest::collection::vec(result(), 1..6)) {
        let mut submission = Submission::single("paper.pdf".to_owned(), Vec::new());
        submission.files.push(File::new("a:b.tex".to_owned(), SOURCE.into(), Origin::Input));
        let verdicts = RULES.iter().zip(results);
        let verdicts = verdicts.map(|(rule, (severity, result))| Verdict { rule, severity, result }).collect();
        agrees(&Report {
            submission: &submission,
            profile: &PROFILE,
            audience: Audience::Author,
            selection: Selection::default(),
            paper: Paper::default(),
            problems: submission.problems.clone(),
            verdicts,
            suppressed: 0,
        });
    }
}

#[test]
fn every_format_tells_the_same_of_a_paper() {
    for paper in
        [&include_bytes!("../samples/final/paper.pdf")[..], include_bytes!("../samples/clean/paper.pdf")]
    {
        let submission = Submission::single("paper.pdf".to_owned(), paper.to_vec());
        agrees(&check(&submission, &PROFILE, &Selection::default()));
    }
}

#[test]
fn a_log_is_judged_by_the_whole_schema_too() {
    if whole_schema().is_none() {
        support::tool::skipped(
            "DLDE_SARIF_SCHEMA does not name the schema of OASIS; `.ci/sarif-schema` does",
        );
    }
}

#[test]
fn a_log_with_a_fault_is_told_to_have_it() {
    let submission = Submission::single("paper.pdf".to_owned(), Vec::new());
    let report = check(&submission, &PROFILE, &Selection::default());
    let sound: Value = serde_json::from_str(&written(Format::Sarif, &report)).expect("JSON");
    let faults: [(&str, Value); 6] = [
        ("/version", "2.0.0".into()),
        ("/runs/0/columnKind", "bytes".into()),
        ("/runs/0/results/0/level", "grave".into()),
        ("/runs/0/results/0/message", "words".into()),
        ("/runs/0/tool/driver/name", 1.into()),
        ("/runs/0/artifacts/0/hashes/sha-256", 1.into()),
    ];
    for (at, value) in faults {
        let mut broken = sound.clone();
        *broken.pointer_mut(at).unwrap_or_else(|| panic!("nothing is at {at}")) = value;
        assert!(SARIF.iter().all(|schema| schema.is_valid(&sound) && !schema.is_valid(&broken)), "{at}");
    }
}

/// What one format tells of one finding: rule, severity, where, and the words.
type Told = (String, String, String, String);

fn agrees(report: &Report<'_>) {
    let json: Value = serde_json::from_str(&written(Format::Json, report)).expect("JSON");
    let faults: Vec<_> = SCHEMA.iter_errors(&json).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:?}");
    let sarif: Value = serde_json::from_str(&written(Format::Sarif, report)).expect("JSON");
    for schema in &*SARIF {
        let faults: Vec<_> =
            schema.iter_errors(&sarif).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(faults.is_empty(), "{faults:?}");
    }
    let told = of_json(&json);
    let open =
        json["verdicts"].as_array().into_iter().flatten().filter(|v| v["outcome"] == "undetermined").count();
    assert_eq!(told.len(), report.findings().len());
    assert_eq!(of_sarif(&written(Format::Sarif, report)), (told.clone(), open));
    assert_eq!(of_csv(&written(Format::Csv, report)), (told.clone(), open));
    assert_eq!(of_github(&written(Format::Github, report)), (without_columns(&told), open));
    of_junit(&written(Format::Junit, report), &told, report);
    let markdown = written(Format::Markdown, report);
    assert!(markdown.chars().count() <= 2000, "{} characters", markdown.chars().count());
    #[cfg(feature = "pictures")]
    of_html(&written(Format::Html, report), &told, open);
    let counts = counts(&told);
    for format in [Format::Text, Format::Markdown, Format::Github] {
        let text = written(format, report).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(counts.iter().all(|count| text.contains(count)), "{counts:?} are not in {text}");
    }
}

/// `2 errors` and the like, for what is there.
fn counts(told: &[Told]) -> Vec<String> {
    let count = |level: &str| told.iter().filter(|t| t.1 == level).count();
    let counted = |n: usize, level: &str| format!("{n} {level}{}", if n == 1 { "" } else { "s" });
    ["error", "warning", "note"]
        .into_iter()
        .filter(|level| count(level) > 0)
        .map(|level| counted(count(level), level))
        .collect()
}

fn word(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What a terminal, a cell and a line of a log leave of a text.
fn plain(value: &Value) -> String {
    dlde::report::plain(value.as_str().unwrap_or_default())
}

fn of_json(json: &Value) -> Vec<Told> {
    let told = |f: &Value| {
        let place = &f["place"];
        let at = match place["kind"].as_str() {
            Some("page") => format!("{} {}", word(&place["file"]), place["page"]),
            Some("source") => format!("{} {}:{}", word(&place["file"]), place["line"], place["column"]),
            Some("file") => word(&place["file"]),
            _ => String::new(),
        };
        (word(&f["code"]), word(&f["severity"]), at, plain(&f["message"]))
    };
    json["findings"].as_array().into_iter().flatten().map(told).collect()
}

fn of_sarif(text: &str) -> (Vec<Told>, usize) {
    let log: Value = serde_json::from_str(text).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results").clone();
    let told = |r: &Value| {
        let at = &r["locations"][0];
        let artifact = &at["physicalLocation"]["artifactLocation"];
        let region = &at["physicalLocation"]["region"];
        let file = artifact["uri"].as_str().unwrap_or_default().replace("%3A", ":");
        let place = if region.is_object() {
            format!("{file} {}:{}", region["startLine"], region["startColumn"])
        } else if at["properties"]["page"].is_u64() {
            format!("{file} {}", at["properties"]["page"])
        } else {
            file
        };
        (word(&r["ruleId"]), word(&r["level"]), place, plain(&r["message"]["text"]))
    };
    let (open, found): (Vec<_>, Vec<_>) = results.iter().partition(|r| r["kind"] == "open");
    (found.into_iter().map(told).collect(), open.len())
}

fn of_csv(text: &str) -> (Vec<Told>, usize) {
    let rows: Vec<Vec<String>> = text.split_terminator("\r\n").map(cells).collect();
    assert!(rows.iter().all(|row| row.len() == 15), "{rows:?}");
    let told = |r: &Vec<String>| {
        let at = match (r[9].as_str(), r[11].as_str()) {
            ("", "") => r[8].clone(),
            ("", column) => format!("{} {}:{column}", r[8], r[10]),
            (page, _) => format!("{} {page}", r[8]),
        };
        // A text that a spreadsheet would run stands behind a quote.
        let message = r[12].strip_prefix('\'').filter(|m| m.trim_start().starts_with(['=', '+', '-', '@']));
        (r[4].clone(), r[6].clone(), at, message.unwrap_or(&r[12]).to_owned())
    };
    let of = |kind: &'static str| rows.iter().filter(move |row| row[2] == kind);
    (of("finding").map(told).collect(), of("undetermined").count())
}

/// The cells of one row. Source: RFC 4180.
fn cells(row: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    let mut letters = row.chars().peekable();
    while let Some(c) = letters.next() {
        let last = cells.len() - 1;
        match c {
            '"' if is_quoted && letters.next_if_eq(&'"').is_some() => cells[last].push('"'),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => cells.push(String::new()),
            c => cells[last].push(c),
        }
    }
    cells
}

fn of_github(text: &str) -> (Vec<Told>, usize) {
    let commands: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("::")).collect();
    assert_eq!(commands.len() + 1, text.lines().count(), "one command a line, and the answer: {text}");
    let told = |command: &&str| {
        let (head, data) = command.split_once("::").expect("a command has a message");
        let (level, properties) = head.split_once(' ').expect("a command has properties");
        let property = |name: &str| {
            let value = properties.split(',').find_map(|p| p.strip_prefix(&format!("{name}=")));
            value.unwrap_or_default().replace("%3A", ":").replace("%25", "%")
        };
        let code =
            property("title").rsplit_once('(').map_or(String::new(), |(_, code)| code.replace(')', ""));
        let mut lines = data.split("%0A").map(|line| line.replace("%25", "%"));
        let message = lines.next().unwrap_or_default();
        let page = lines.next().and_then(|line| Some(line.strip_prefix("paper.pdf, page ")?.to_owned()));
        let at = match (page, property("line")) {
            (Some(page), _) => format!("{} {page}", property("file")),
            (None, line) if !line.is_empty() => format!("{} {line}", property("file")),
            _ => property("file"),
        };
        let level = if level == "notice" { "note" } else { level };
        (code, level.to_owned(), at, message)
    };
    let (open, found): (Vec<_>, Vec<_>) =
        commands.into_iter().partition(|c| c.contains(" title=could not be determined%3A "));
    (found.iter().map(told).collect(), open.len())
}

/// GitHub is told a column only where one line is meant.
fn without_columns(told: &[Told]) -> Vec<Told> {
    let short = |(code, level, at, message): Told| {
        let is_source = at.starts_with("a:b.tex ");
        let at = if is_source { at.rsplit_once(':').map_or(at.clone(), |(at, _)| at.to_owned()) } else { at };
        (code, level, at, message)
    };
    told.iter().cloned().map(short).collect()
}

fn of_junit(text: &str, told: &[Told], report: &Report<'_>) {
    let document = roxmltree::Document::parse(text).expect("XML");
    let suite = document.descendants().find(|n| n.has_tag_name("testsuite")).expect("a suite");
    let number = |name: &str| suite.attribute(name).and_then(|n| n.parse::<usize>().ok()).expect("a count");
    let tags = |name: &'static str| suite.descendants().filter(move |n| n.has_tag_name(name)).count();
    let errors = told.iter().filter(|t| t.1 == "error").count();
    assert_eq!((number("failures"), tags("failure")), (errors, errors));
    assert_eq!((number("errors"), number("skipped")), (tags("error"), tags("skipped")));
    assert_eq!(number("tests"), tags("testcase"));
    let is_quiet = |v: &&Verdict| v.result.as_ref().map_or(true, Vec::is_empty);
    assert_eq!(number("tests"), told.len() + report.verdicts.iter().filter(is_quiet).count());
    let failed = suite.descendants().filter(|n| n.has_tag_name("failure"));
    let mut failed: Vec<_> = failed.map(|n| n.attribute("message").unwrap_or_default().to_owned()).collect();
    let errors = told.iter().filter(|t| t.1 == "error");
    let mut errors: Vec<_> = errors.map(|t| t.3.replace(['\u{fffe}', '\u{ffff}'], "")).collect();
    failed.sort();
    errors.sort();
    assert_eq!(failed, errors);
}

#[cfg(feature = "pictures")]
fn of_html(text: &str, told: &[Told], open: usize) {
    for level in ["error", "warning", "note"] {
        let articles = text.matches(&format!("<article class=\"of-{level}\">")).count();
        assert_eq!(articles, told.iter().filter(|t| t.1 == level).count(), "{level}");
    }
    assert_eq!(text.contains(&format!("{open} of the rules: none of them is a pass")), open > 0);
    // Nothing that a paper says becomes an element, and nothing is asked of the network.
    assert!(!text.contains("<!-- ") && !text.contains("</failure>") && !text.contains("<script"), "{text}");
    assert!(!text.contains(" src=") && !text.contains("@import") && !text.contains("url("), "{text}");
}

fn written(format: Format, report: &Report<'_>) -> String {
    let mut out = Vec::new();
    format.write(report, &Look::default(), &mut out).expect("a vector takes everything");
    String::from_utf8(out).expect("a report is UTF-8")
}

fn result() -> impl Strategy<Value = (Severity, Result<Vec<Finding>, Skip>)> {
    let said = prop_oneof![
        3 => proptest::collection::vec(finding(), 0..4).prop_map(Ok),
        1 => words().prop_map(|why| Err(Skip::Undetermined(why))),
        1 => words().prop_map(|why| Err(Skip::NotApplicable(why))),
    ];
    (severity(), said)
}

fn severity() -> impl Strategy<Value = Severity> {
    prop_oneof![Just(Severity::Error), Just(Severity::Warning), Just(Severity::Note)]
}

fn finding() -> impl Strategy<Value = Finding> {
    let place = prop_oneof![
        (1..40_u32, 0..3_usize).prop_map(|(page, boxes)| Place::Page {
            file: FileId(0),
            page: PageNumber(page),
            boxes: vec![Rect::from_corners(1.0, 2.0, 3.04, 4.0); boxes],
            line_number: (boxes > 1).then_some(page),
        }),
        (0..10_u32, 0..10_u32)
            .prop_map(|(from, more)| Place::Span(Span { file: FileId(1), bytes: from..from + more })),
        Just(Place::whole_file(FileId(1))),
        Just(Place::Submission),
    ];
    (words(), words(), place, severity()).prop_map(|(message, evidence, place, severity)| {
        Finding::new(message, place).seen(evidence).lowered_to(severity)
    })
}

/// Words with what each format has a meaning for.
fn words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("::error::".to_owned()),
        Just("\r\n".to_owned()),
        Just("%0A,\"'".to_owned()),
        Just("=1+1".to_owned()),
        Just("]]><!-- & </failure>".to_owned()),
        Just("`**[@all](javascript:0)".to_owned()),
        any::<char>().prop_map(String::from),
        "[a-z ]{1,20}",
    ];
    proptest::collection::vec(piece, 1..8).prop_map(|pieces| format!("w{}", pieces.concat()))
}
