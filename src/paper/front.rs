//! Front matter: the title, who is named below it, where the abstract and the main text begin.

use super::heading::part_named;
use super::identity::is_placeholder;
use super::layout::Layout;
use super::line::{Line, Numbering, Role, folded, folds_to, numbering};
use super::{AuthorBlock, Seen};
use crate::part::Part;
use crate::place::{FileId, PageNumber, Place};
use crate::units::Rect;

/// What stands before the main text.
#[derive(Debug, Clone, Default)]
pub(super) struct FrontMatter {
    /// The title as printed.
    pub title: Option<String>,
    /// Index of its first line.
    pub title_at: Option<usize>,
    /// Index of the first line of the main text: the abstract's heading, or the first section.
    pub main_start: usize,
    /// Whether that line is such a heading, and not just what follows the title.
    pub has_first_heading: bool,
    /// Who is named.
    pub authors: AuthorBlock,
    /// The file is a supplement on its own and holds no main text.
    pub is_supplement: bool,
    /// The page on which a second title and abstract stand.
    pub second_paper: Option<u32>,
}

/// A title is at least so much larger than the body. Source: a Word journal's 14 pt over 12 pt, the least seen.
const TITLE_RATIO: f32 = 1.12;

/// A title in the middle of a file is at least so much larger than the body: more than a section's heading.
/// Source: the style's sections are 1.2 times the body, its titles 1.7 times.
const SECOND_TITLE_RATIO: f32 = 1.4;

impl FrontMatter {
    /// Reads the front matter of a paper.
    pub(super) fn of(layout: &Layout, file: FileId) -> Self {
        let page = title_page(layout);
        let lines: Vec<(usize, &Line)> =
            layout.page_lines(page).filter(|(_, l)| l.role == Role::Text).collect();
        let title = title_lines(layout, &lines);
        let first_heading = lines
            .iter()
            .find(|(i, l)| title.last().is_none_or(|t| i > t) && is_first_heading(layout, l))
            .map(|(i, _)| *i);
        let title_text: Option<String> = (!title.is_empty())
            .then(|| title.iter().map(|&i| layout.lines[i].text.as_str()).collect::<Vec<_>>().join(" "));
        let mut front = Self {
            main_start: first_heading.or_else(|| title.last().map(|t| t + 1)).unwrap_or(0),
            has_first_heading: first_heading.is_some(),
            is_supplement: is_supplement(layout, title_text.as_deref(), &lines),
            second_paper: second_paper(layout, page),
            title: title_text,
            title_at: title.first().copied(),
            authors: AuthorBlock::Unknown,
        };
        if front.is_supplement && title.is_empty() {
            front.authors = AuthorBlock::Empty;
        }
        if let (Some(&last), Some(heading)) = (title.last(), first_heading) {
            let block: Vec<&Line> = (last + 1..heading)
                .map(|i| &layout.lines[i])
                .filter(|l| l.role == Role::Text && l.page == page)
                .collect();
            front.authors = author_block(&block, file);
        }
        front
    }

    /// Index of the first line of the title; `None` where there is none.
    pub(super) fn title_line(&self) -> Option<usize> {
        self.title_at
    }
}

/// The first page with a title; page one where none has.
pub(super) fn title_page(layout: &Layout) -> u32 {
    let large = |page: u32| {
        layout.page_lines(page).any(|(_, l)| l.role == Role::Text && folds_to(&l.text, "abstract"))
    };
    (1..=(layout.sheets.len() as u32).min(4)).find(|&page| large(page)).unwrap_or(1)
}

/// The first page after the title's on which an abstract is headed below a line of a title's size.
fn second_paper(layout: &Layout, title_page: u32) -> Option<u32> {
    let heads = |l: &Line| l.role == Role::Text && l.bold_words > 0 && folds_to(&l.text, "abstract");
    let after = layout.lines.iter().filter(|l| l.page > title_page);
    after.filter(|l| heads(l)).map(|l| l.page).find(|&page| {
        let titled = |l: &Line| l.size > layout.body_size * SECOND_TITLE_RATIO && l.text.len() > 8;
        layout.page_lines(page).take_while(|(_, l)| !heads(l)).any(|(_, l)| titled(l))
    })
}

/// The lines of the largest type in the upper half of the page, where it is large enough for a title.
fn title_lines(layout: &Layout, lines: &[(usize, &Line)]) -> Vec<usize> {
    let Some((_, first)) = lines.first() else { return Vec::new() };
    let half = layout.sheets[first.page as usize - 1].1 * 0.5;
    let upper = || {
        lines
            .iter()
            .filter(|(_, l)| l.baseline < half && l.text.chars().filter(|c| c.is_alphabetic()).count() > 2)
    };
    let largest = upper().map(|(_, l)| l.size).fold(0.0, f32::max);
    if largest < layout.body_size * TITLE_RATIO {
        return Vec::new();
    }
    let mut title: Vec<usize> = Vec::new();
    for (i, line) in upper() {
        let is_title = line.size > largest * 0.93;
        let follows = title.last().is_none_or(|&t| {
            let before = &layout.lines[t];
            line.baseline - before.baseline < 3.0 * largest
                && (line.bold_words > 0) == (before.bold_words > 0)
        });
        if is_title && follows {
            title.push(*i);
        }
    }
    let words = title.first().map(|&i| folded(&layout.lines[i].text)).unwrap_or_default();
    let is_section = matches!(words.as_str(), "abstract" | "introduction")
        || part_named(&words).is_some()
        || title.first().is_some_and(|&i| is_numbered_section(layout, &layout.lines[i]));
    if is_section { Vec::new() } else { title }
}

fn is_numbered_section(layout: &Layout, line: &Line) -> bool {
    line.size < layout.body_size * 1.3
        && matches!(numbering(&line.text).0, Some(Numbering::Letter('A', _) | Numbering::Arabic(..)))
}

/// "Abstract", alone or at the head of a paragraph, or the first section.
fn is_first_heading(layout: &Layout, line: &Line) -> bool {
    let lead = folded(line.words.first().map_or("", |w| w.text.as_str()));
    let (number, rest) = numbering(&line.text);
    let styled = line.bold_words > 0 || line.size > layout.body_size * 1.06;
    folds_to(&line.text, "abstract")
        || lead.starts_with("abstract")
            && (line.bold_words > 0 || line.words.len() > 1 && lead != "abstraction")
        || folds_to(rest, "introduction")
        || matches!(number, Some(Numbering::Arabic(1, 1) | Numbering::Roman(1))) && styled && !is_raised(line)
}

/// Whether the first word is a mark in smaller type, as beside affiliations.
fn is_raised(line: &Line) -> bool {
    line.words.first().is_some_and(|w| w.size < 0.9 * line.size)
}

/// A supplement says so in its title, or has no title and begins as an appendix or in the middle of a count.
fn is_supplement(layout: &Layout, title: Option<&str>, lines: &[(usize, &Line)]) -> bool {
    if let Some(title) = title {
        let words = folded(title);
        let is_paper = ["abstract", "introduction"].iter().all(|wanted| {
            layout.lines.iter().any(|l| l.role == Role::Text && folds_to(numbering(&l.text).1, wanted))
        });
        return !is_paper
            && ["supplementary", "supplemental", "supplement", "appendix", "appendices"]
                .iter()
                .any(|w| words.starts_with(w))
            || words.contains("supplementarymaterial")
            || words.contains("supplementalmaterial")
            || words.ends_with("supplement");
    }
    let has_abstract = lines.iter().any(|(_, l)| folds_to(&l.text, "abstract"));
    let first = lines.iter().map(|(_, l)| *l).find(|l| l.size > layout.body_size * 1.06 || l.bold_words > 0);
    let begins_as_appendix = first.is_some_and(|l| {
        let (number, rest) = numbering(&l.text);
        matches!(number, Some(Numbering::Letter(..)))
            || matches!(number, Some(Numbering::Arabic(n, _)) if n > 1)
            || part_named(&folded(rest)) == Some(Part::Appendix)
            || folded(&l.text).starts_with("appendix")
    });
    let counts_on = layout.lines.iter().find_map(|l| l.number).is_some_and(|n| n > 60)
        || first_folio(layout).is_some_and(|n| n > 1);
    !has_abstract && (begins_as_appendix || counts_on)
}

fn first_folio(layout: &Layout) -> Option<u32> {
    layout.page_lines(1).filter(|(_, l)| l.role == Role::Furniture).find_map(|(_, l)| l.text.parse().ok())
}

fn author_block(block: &[&Line], file: FileId) -> AuthorBlock {
    if block.is_empty() {
        return AuthorBlock::Empty;
    }
    let seen: Vec<Seen> = block.iter().map(|l| seen(l, file)).collect();
    let is_sample = |l: &&Line| {
        let words = folded(&l.text);
        SAMPLES.iter().any(|s| words.contains(s)) || is_anonymous_line(&l.text)
    };
    let names_sample = block.iter().any(|l| SAMPLE_NAMES.iter().any(|s| folded(&l.text).contains(s)));
    if names_sample && block.iter().all(is_sample) {
        return AuthorBlock::Sample(seen);
    }
    let residue: Vec<&&Line> = block.iter().filter(|l| !is_anonymous_line(&l.text)).collect();
    let anonymous = block.iter().any(|l| folded(&l.text).contains("anonymous"));
    if residue.is_empty() || anonymous && residue.iter().all(|l| l.text.len() < 4) {
        AuthorBlock::Anonymous(seen)
    } else {
        AuthorBlock::Named(seen)
    }
}

/// Authors that templates come with. Source: the example files of the NIPS, NeurIPS and DLDE styles.
const SAMPLE_NAMES: &[&str] =
    &["davidshippocampus", "eliasdstriatum", "janedoe", "johndoe", "firstauthor", "authorname"];
/// What else stands in their blocks.
const SAMPLES: &[&str] = &[
    "davidshippocampus",
    "eliasdstriatum",
    "janedoe",
    "johndoe",
    "firstauthor",
    "authorname",
    "coauthor",
    "cranberrylemon",
    "departmentofcomputerscience",
    "pittsburghpa",
    "mountsheepdog",
    "santanarimonda",
];

/// A line of the style's anonymous block, or words to that effect.
fn is_anonymous_line(text: &str) -> bool {
    let words = folded(text);
    is_placeholder(text)
        || words.starts_with("anonymous")
        || words.contains("doubleblind")
        || words.contains("underreview")
        || words.contains("paperid")
        || matches!(words.as_str(), "affiliation" | "address" | "email" | "authors" | "")
        || words.chars().all(|c| c.is_ascii_digit())
        || ["affiliation", "address", "email"]
            .iter()
            .any(|w| words.starts_with(w) && words.len() < 2 * w.len())
        || words.starts_with("submissionto")
        || words.starts_with("submittedto")
        || is_date(text)
}

/// A date as `\today` writes it, `November 21, 2026`, or the other way round: it names nobody.
fn is_date(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', ',', '.']).filter(|w| !w.is_empty()).collect();
    let is_number = |w: &&str| w.len() <= 4 && w.bytes().all(|b| b.is_ascii_digit());
    let is_month = |w: &&str| MONTHS.iter().any(|m| m.eq_ignore_ascii_case(w));
    (2..=3).contains(&words.len())
        && words.iter().filter(|w| is_month(w)).count() == 1
        && words.iter().all(|w| is_number(w) || is_month(w))
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The words of a line, and where they stand.
pub(super) fn seen(line: &Line, file: FileId) -> Seen {
    Seen { text: line.text.clone(), at: place(line, file) }
}

/// Where a line stands.
pub(super) fn place(line: &Line, file: FileId) -> Place {
    Place::Page { file, page: PageNumber(line.page), boxes: vec![area(line)], line_number: line.number }
}

/// A line's box.
pub(super) fn area(line: &Line) -> Rect {
    let a = &line.area;
    Rect::from_corners(f64::from(a.left), f64::from(a.top), f64::from(a.right), f64::from(a.bottom))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_names_nobody() {
        for date in ["November 21, 2026", "21 November 2026", "May 2026"] {
            assert!(is_anonymous_line(date), "{date}");
        }
        for name in ["April Velm", "May", "June August 12 Velm", "Velm, May 2026"] {
            assert!(!is_anonymous_line(name), "{name}");
        }
    }
}
