//! Papers that are set line by line, and the parts that are found in them.

mod support {
    pub(crate) mod pdf;
}

use dlde::Submission;
use dlde::paper::Paper;
use dlde::part::Part;
use proptest::prelude::*;
use support::pdf::{Pdf, Placed};

/// The style's page: first baseline, leading and lines of a full page. Source: style contract.
const TOP: f64 = 81.963;
const LEADING: f64 = 10.909;
const LINES: usize = 59;

/// Words to fill lines with.
const WORDS: &[&str] = &[
    "quiet", "flows", "of", "the", "field", "bend", "where", "solvers", "step", "and", "errors", "stay",
    "small", "while", "adjoint", "states", "travel", "back", "in", "time",
];

/// A paper under construction: one line after another, from page to page.
#[derive(Default)]
struct Sheet {
    pages: Vec<Vec<Placed>>,
    next: usize,
}

impl Sheet {
    /// The title block of a submission, and an abstract of two lines.
    fn begun() -> Self {
        let mut sheet = Self { pages: vec![Vec::new()], next: 0 };
        let title =
            Placed { font: "F2", size: 17.2, x: 180.0, baseline: 113.0, text: "On Quiet Flows".to_owned() };
        sheet.pages[0].push(title);
        let names = Placed {
            font: "F2",
            size: 9.963,
            x: 260.0,
            baseline: 168.8,
            text: "Anonymous Author(s)".to_owned(),
        };
        sheet.pages[0].push(names);
        sheet.next = 12;
        sheet.put("F2", 11.955, 283.8, "Abstract").lines(2).gap()
    }

    fn put(mut self, font: &'static str, size: f64, x: f64, text: &str) -> Self {
        if self.next >= LINES {
            self.pages.push(Vec::new());
            self.next = 0;
        }
        let baseline = TOP + LEADING * self.next as f64;
        let page = self.pages.last_mut().expect("a page");
        page.push(Placed { font, size, x, baseline, text: text.to_owned() });
        self.next += 1;
        self
    }

    /// Text that fills so many lines, no two of them alike: what recurs at the edge of pages is a running head.
    fn lines(mut self, count: usize) -> Self {
        for i in 0..count {
            let text =
                (0..14).map(|w| WORDS[(i * 7 + w * (i % 5 + 3)) % WORDS.len()]).collect::<Vec<_>>().join(" ");
            self = self.put("F1", 9.963, 108.0, &format!("line {i} {text}"));
        }
        self
    }

    fn gap(mut self) -> Self {
        self.next += 1;
        self
    }

    /// A section's heading; its number stands an em before its words.
    fn section(self, number: &str, words: &str) -> Self {
        let mut sheet = self.gap().gap();
        if sheet.next >= LINES - 3 {
            sheet.next = LINES;
        }
        if number.is_empty() {
            return sheet.put("F2", 11.955, 108.0, words).gap();
        }
        sheet = sheet.put("F2", 11.955, 108.0, number);
        sheet.next -= 1;
        sheet.put("F2", 11.955, 126.0, words).gap()
    }

    fn entries(mut self, count: usize) -> Self {
        for i in 1..=count {
            let text = format!(
                "[{i}] A. Velm and T. Quist. On flows of the kind {i}. Journal of Quiet Flows, {}.",
                1990 + i
            );
            self = self.put("F1", 9.963, 108.0, &text).gap();
        }
        self
    }

    fn pdf(&self) -> Pdf {
        self.pages.iter().fold(Pdf::default(), |pdf, page| pdf.set(page))
    }

    fn read(self) -> Paper {
        read(self.pdf().bytes())
    }
}

fn read(bytes: Vec<u8>) -> Paper {
    Paper::read(&Submission::single("paper.pdf".to_owned(), bytes)).0
}

/// Sections before a part that is looked for.
fn body() -> Sheet {
    Sheet::begun().section("1", "Introduction").lines(20).section("2", "Method").lines(30)
}

fn first_page(paper: &Paper, part: Part) -> Option<u32> {
    paper.part(part).map(|p| p.start.page.0)
}

#[test]
fn the_main_text_ends_before_the_references() {
    let paper = body().section("", "References").entries(8).read();
    assert_eq!(first_page(&paper, Part::References), Some(2));
    let end = paper.main_text.end.as_ref().expect("an end");
    assert!(end.last.text.starts_with("line 29"), "{}", end.last.text);
}

#[test]
fn a_list_without_heading_is_found_by_its_entries() {
    let paper = body().gap().entries(8).read();
    assert_eq!(first_page(&paper, Part::References), Some(2));
}

#[test]
fn a_section_on_the_literature_is_main_text() {
    let paper = Sheet::begun()
        .section("1", "Introduction")
        .lines(10)
        .section("2", "Literature")
        .lines(20)
        .section("3", "Method")
        .lines(60)
        .section("", "References")
        .entries(8)
        .read();
    assert_eq!(paper.parts.iter().filter(|p| p.part == Part::References).count(), 1);
    assert!(paper.main_text.pages > 1.5, "{}", paper.main_text.pages);
}

#[test]
fn a_title_that_begins_with_a_is_no_appendix() {
    let paper =
        body().section("", "A Closer Look: Stability").lines(20).section("", "References").entries(8).read();
    assert_eq!(first_page(&paper, Part::Appendix), None);
}

#[test]
fn a_lettered_section_after_the_references_is_an_appendix() {
    let paper = body().section("", "References").entries(8).section("A", "Proofs").lines(30).read();
    assert_eq!(first_page(&paper, Part::Appendix), Some(2));
    assert!(paper.part(Part::Appendix).expect("an appendix").confidence >= dlde::finding::Confidence::Likely);
}

#[test]
fn acknowledgments_stand_outside_the_main_text() {
    let paper = body().section("", "Acknowledgments").lines(4).section("", "References").entries(8).read();
    assert_eq!(first_page(&paper, Part::Acknowledgments), Some(2));
    let end = paper.main_text.end.expect("an end");
    assert!(end.last.text.starts_with("line 29"), "{}", end.last.text);
}

#[test]
fn a_paper_without_references_is_main_text_to_its_end() {
    let paper = body().read();
    assert_eq!(first_page(&paper, Part::References), None);
    assert!(paper.main_text.end.is_some());
}

#[test]
fn a_page_with_a_missing_font_is_not_read() {
    let sheet = body().put("F9", 9.963, 108.0, "words that nobody can tell");
    let paper = sheet.section("", "References").entries(8).read();
    assert_eq!(paper.coverage.unread.len(), 1);
    assert_eq!(paper.coverage.pages_read + 1, paper.coverage.pages);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_objects_does_not_matter(seed in 1_usize..1_000_000, lines in 20_usize..150) {
        let sheet = Sheet::begun().section("1", "Introduction").lines(lines).section("", "Acknowledgments").lines(3);
        let pdf = sheet.section("", "References").entries(12).section("A", "Proofs").lines(30).pdf();
        let (before, after) = (read(pdf.bytes()), read(pdf.shuffled(seed)));
        prop_assert_eq!(before.parts.len(), 5);
        prop_assert_eq!(before.parts, after.parts);
        prop_assert_eq!(before.main_text, after.main_text);
    }
    #[test]
    fn lines_more_are_lines_more(count in 5_usize..200, more in 1_usize..40) {
        let paper = |n: usize| {
            Sheet::begun().section("1", "Introduction").lines(n).section("", "References").entries(8).read()
        };
        let (before, after) = (paper(count), paper(count + more));
        prop_assert_eq!(before.main_text.lines.len() + more, after.main_text.lines.len());
        let last = format!("line {} ", count + more - 1);
        let end = after.main_text.end.expect("an end");
        prop_assert!(end.last.text.starts_with(&last), "{}", end.last.text);
    }
}
