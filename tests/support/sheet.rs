//! A writer of papers, line by line on the style's page, with invented words.
#![allow(dead_code, reason = "each test uses a part of the writer")]

use super::pdf::{Pdf, Placed};
use dlde::Submission;
use dlde::paper::Paper;

/// The first baseline of a page, in bp. Source: style contract.
pub(crate) const TOP: f64 = 81.963;
/// The leading, in bp. Source: style contract.
pub(crate) const LEADING: f64 = 10.909;
/// Lines of a full page. Source: style contract.
pub(crate) const LINES: usize = 59;

/// Words to fill lines with.
const WORDS: &[&str] = &[
    "quiet", "flows", "of", "the", "field", "bend", "where", "solvers", "step", "and", "errors", "stay",
    "small", "while", "adjoint", "states", "travel", "back", "in", "time",
];

/// A paper under construction: one line after another, from page to page.
#[derive(Default)]
pub(crate) struct Sheet {
    /// The strings of each page.
    pub(crate) pages: Vec<Vec<Placed>>,
    /// Lines of the last page that are taken.
    next: usize,
    /// The number of the next line in the margin; `None` where lines are not numbered.
    number: Option<u32>,
    /// Numbers stand on the right of every other page.
    switches: bool,
}

impl Sheet {
    /// A page without anything.
    pub(crate) fn empty() -> Self {
        Self { pages: vec![Vec::new()], ..Self::default() }
    }

    /// The title block of a submission, and an abstract of two lines.
    pub(crate) fn begun() -> Self {
        let mut sheet = Self::empty();
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

    pub(crate) fn put(mut self, font: &'static str, size: f64, x: f64, text: &str) -> Self {
        if self.next >= LINES {
            self.pages.push(Vec::new());
            self.next = 0;
        }
        let baseline = TOP + LEADING * self.next as f64;
        let page = self.pages.last_mut().expect("a page");
        page.push(Placed { font, size, x, baseline, text: text.to_owned() });
        self.print_number(baseline);
        self.next += 1;
        self
    }

    /// The number in the margin beside a line, its right end where the style has it.
    fn print_number(&mut self, baseline: f64) {
        let Some(number) = self.number else { return };
        let text = number.to_string();
        let on_right = self.switches && self.pages.len() % 2 == 1;
        let width = 0.5 * 5.978 * text.len() as f64;
        let x = if on_right { 514.0 } else { 98.04 - width };
        let page = self.pages.last_mut().expect("a page");
        page.push(Placed { font: "F1", size: 5.978, x, baseline, text });
        self.number = Some(number + 1);
    }

    /// Numbers the lines from here on.
    pub(crate) fn numbered(mut self, first: u32) -> Self {
        self.number = Some(first);
        self
    }

    /// Numbers the lines on the right of odd pages and the left of even ones.
    pub(crate) fn numbered_outside(mut self) -> Self {
        self.switches = true;
        self.numbered(1)
    }

    /// The rest of the page stays empty.
    pub(crate) fn new_page(mut self) -> Self {
        self.next = LINES;
        self
    }

    /// The next string stands on the line of the last.
    pub(crate) fn same_line(mut self) -> Self {
        self.next -= 1;
        self
    }

    /// A line of text.
    pub(crate) fn line(self, text: &str) -> Self {
        self.put("F1", 9.963, 108.0, text)
    }

    /// A paragraph whose first words are bold and stand in its first line.
    pub(crate) fn run_in(self, words: &str, text: &str) -> Self {
        let x = 118.0 + 5.4 * words.len() as f64;
        self.gap().lead("F2", 9.963, words).put("F1", 9.963, x, text)
    }

    /// The beginning of a line that goes on in another type.
    pub(crate) fn lead(mut self, font: &'static str, size: f64, text: &str) -> Self {
        let number = self.number.take();
        let mut sheet = self.put(font, size, 108.0, text);
        sheet.number = number;
        sheet.next -= 1;
        sheet
    }

    /// The room of a picture, and a caption below it.
    pub(crate) fn figure(self, caption: &str) -> Self {
        let mut sheet = self.gap();
        sheet.next += 8;
        sheet.put("F1", 9.963, 160.0, caption).gap()
    }

    /// A string above the text block of every page but the first.
    pub(crate) fn heads(mut self, words: impl Fn(usize) -> String) -> Self {
        for (at, page) in self.pages.iter_mut().enumerate().skip(1) {
            page.push(Placed { font: "F1", size: 9.963, x: 108.0, baseline: 47.1, text: words(at) });
        }
        self
    }

    /// Text that fills so many lines, no two of them alike: what recurs at the edge of pages is a running head.
    pub(crate) fn lines(mut self, count: usize) -> Self {
        for i in 0..count {
            let text =
                (0..14).map(|w| WORDS[(i * 7 + w * (i % 5 + 3)) % WORDS.len()]).collect::<Vec<_>>().join(" ");
            self = self.put("F1", 9.963, 108.0, &format!("line {i} {text}"));
        }
        self
    }

    pub(crate) fn gap(mut self) -> Self {
        self.next += 1;
        self
    }

    /// A section's heading; its number stands an em before its words.
    pub(crate) fn section(self, number: &str, words: &str) -> Self {
        let mut sheet = self.gap().gap();
        if sheet.next >= LINES - 3 {
            sheet.next = LINES;
        }
        if number.is_empty() {
            return sheet.put("F2", 11.955, 108.0, words).gap();
        }
        sheet.lead("F2", 11.955, number).put("F2", 11.955, 126.0, words).gap()
    }

    pub(crate) fn entries(mut self, count: usize) -> Self {
        for i in 1..=count {
            let text = format!(
                "[{i}] A. Velm and T. Quist. On flows of the kind {i}. Journal of Quiet Flows, {}.",
                1990 + i
            );
            self = self.put("F1", 9.963, 108.0, &text).gap();
        }
        self
    }

    pub(crate) fn pdf(&self) -> Pdf {
        self.pages.iter().fold(Pdf::default(), |pdf, page| pdf.set(page))
    }
}

impl Sheet {
    /// The paper as it is read.
    pub(crate) fn read(self) -> Paper {
        read(self.pdf().bytes())
    }
}

/// The paper in a file.
pub(crate) fn read(bytes: Vec<u8>) -> Paper {
    Paper::read(&Submission::single("paper.pdf".to_owned(), bytes)).0
}

/// Sections before a part that is looked for.
pub(crate) fn body() -> Sheet {
    Sheet::begun().section("1", "Introduction").lines(20).section("2", "Method").lines(30)
}

/// The parts that a paper is divided into, with their first pages, but for the front matter.
pub(crate) fn parts(sheet: Sheet) -> Vec<(&'static str, u32)> {
    sheet.read().parts.iter().skip(1).map(|p| (p.part.id(), p.start.page.0)).collect()
}

/// The words with which the main text ends.
pub(crate) fn last_words(sheet: Sheet) -> String {
    sheet.read().main_text.end.expect("an end").last.text
}

/// What else the length could be, in whole lines, and the length itself.
pub(crate) fn lengths(sheet: Sheet) -> (f64, Vec<f64>) {
    let main = sheet.read().main_text;
    (main.pages, main.others.into_iter().map(|(pages, _)| pages).collect())
}
