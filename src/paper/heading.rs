//! Headings: lines that name a part, by their type, their number and their words.

use super::layout::Layout;
use super::line::{Line, Numbering, Role, folded, numbering};
use crate::part::Part;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A line that could be a heading.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Heading {
    /// Index of its line.
    pub line: usize,
    /// Its number.
    pub numbering: Option<Numbering>,
    /// Its words without number, folded to lower-case letters.
    pub words: String,
    /// The part that its words name; `None` for any other words.
    pub names: Option<Part>,
    /// Set in the type of the paper's section headings.
    pub is_section: bool,
    /// Larger or heavier than the text around it, or in capitals.
    pub is_styled: bool,
    /// The text goes on in the same line.
    pub runs_in: bool,
}

/// The type that section headings are set in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct SectionType {
    size: f32,
    bold: bool,
}

/// Sizes that differ by less, in bp, are the same: bitmap fonts and scaled pages round. Chosen.
const SAME_SIZE: f32 = 0.35;
/// A heading has at most so many characters: about two lines. Chosen.
const LONGEST_HEADING: usize = 120;
/// The words that name a part have at most so many characters, letter-spaced ones included.
const LONGEST_NAME: usize = 80;

/// Words that head a reference list. Source: LaTeX's babel, and headings seen.
const REFERENCE_WORDS: &[&str] = &[
    "references",
    "reference",
    "bibliography",
    "literaturecited",
    "literature",
    "referencesandnotes",
    "workscited",
    "citedliterature",
    "selectedreferences",
    "referencescited",
    "références",
    "bibliographie",
    "literatur",
    "literaturverzeichnis",
    "quellenverzeichnis",
    "referenzen",
    "referencias",
    "bibliografía",
    "referências",
    "referênciasbibliográficas",
    "bibliografia",
    "riferimentibibliografici",
    "riferimenti",
    "literatuur",
    "referenties",
    "referenser",
    "litteratur",
    "literatura",
    "bibliografie",
    "списоклитературы",
    "литература",
    "参考文献",
    "參考文獻",
    "참고문헌",
];
/// Words that head acknowledgments.
const ACKNOWLEDGMENT_WORDS: &[&str] = &[
    "acknowledgments",
    "acknowledgements",
    "acknowledgment",
    "acknowledgement",
    "acknowledgmentsanddisclosureoffunding",
    "acknowledgementsanddisclosureoffunding",
    "acknowledgmentsandfunding",
    "acknowledgementsandfunding",
    "acknowledgmentanddisclosureoffunding",
    "acknowledgementanddisclosureoffunding",
    "fundingandacknowledgments",
    "fundingandacknowledgements",
    "fundingtransparencystatement",
    "disclosureoffunding",
    "funding",
    "fundingstatement",
    "fundinginformation",
    "fundingacknowledgments",
    "fundingacknowledgements",
    "remerciements",
    "danksagung",
    "danksagungen",
    "agradecimientos",
    "agradecimentos",
    "ringraziamenti",
    "благодарности",
    "致谢",
    "謝辞",
];
/// Words that head an appendix as a whole.
const APPENDIX_WORDS: &[&str] = &[
    "appendix",
    "appendices",
    "appendixes",
    "supplementarymaterial",
    "supplementarymaterials",
    "supplementalmaterial",
    "supplementalmaterials",
    "supplement",
    "supplementary",
    "supplementaryinformation",
    "supportinginformation",
    "technicalappendix",
    "onlineappendix",
    "annexe",
    "annexes",
    "anhang",
    "apéndice",
    "appendice",
    "приложение",
    "附录",
];
/// Words that head the paper checklist.
const CHECKLIST_WORDS: &[&str] = &[
    "checklist",
    "neuripspaperchecklist",
    "paperchecklist",
    "nipspaperchecklist",
    "neuripschecklist",
    "authorchecklist",
    "thechecklist",
];

/// The part that a heading's words name.
pub(super) fn part_named(words: &str) -> Option<Part> {
    let is = |list: &[&str]| list.contains(&words);
    if is(REFERENCE_WORDS) {
        Some(Part::References)
    } else if is(ACKNOWLEDGMENT_WORDS) {
        Some(Part::Acknowledgments)
    } else if is(CHECKLIST_WORDS) {
        Some(Part::Checklist)
    } else if is(APPENDIX_WORDS) || starts_appendix(words) {
        Some(Part::Appendix)
    } else {
        None
    }
}

/// Whether words may name a part, by their first two letters; a letter with a mark may stand for any.
fn may_name_part(words: &str) -> bool {
    let mut letters = words.bytes().filter(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
    let (Some(first), Some(second)) = (letters.next(), letters.next()) else { return false };
    let first_two = [first.to_ascii_lowercase(), second.to_ascii_lowercase()];
    !first.is_ascii()
        || !second.is_ascii()
        || matches!(
            &first_two,
            b"ac"
                | b"ag"
                | b"an"
                | b"ap"
                | b"au"
                | b"bi"
                | b"ch"
                | b"ci"
                | b"da"
                | b"di"
                | b"fu"
                | b"li"
                | b"ne"
                | b"ni"
                | b"on"
                | b"pa"
                | b"qu"
                | b"re"
                | b"ri"
                | b"se"
                | b"su"
                | b"te"
                | b"th"
                | b"wo"
        )
}

/// "Appendix A: Proofs", "Supplementary Material for ...".
fn starts_appendix(words: &str) -> bool {
    let lead = [
        "supplementarymaterial",
        "supplementalmaterial",
        "supplementarymaterials",
        "appendixfor",
        "appendicesfor",
        "supplementto",
    ];
    lead.iter().any(|l| words.starts_with(l))
}

/// All lines that could be headings, in reading order, and the type of section headings if it could be told.
pub(super) fn headings(layout: &Layout) -> (Vec<Heading>, Option<SectionType>) {
    let mut found: Vec<Heading> =
        layout.lines.iter().enumerate().filter_map(|(i, line)| candidate(layout, i, line)).collect();
    let section = section_type(layout, &found);
    if let Some(section) = section {
        for heading in &mut found {
            let line = &layout.lines[heading.line];
            heading.is_section = !heading.runs_in && section.fits(line) && layout.is_at_edge(line);
        }
    }
    (found, section)
}

impl SectionType {
    /// Whether a line is set in this type.
    pub(super) fn fits(&self, line: &Line) -> bool {
        let size = line.words.iter().map(|w| w.size).fold(0.0, f32::max);
        (size - self.size).abs() < SAME_SIZE && (line.bold_words > 0) == self.bold
    }
}

fn candidate(layout: &Layout, index: usize, line: &Line) -> Option<Heading> {
    if line.role != Role::Text || line.text.len() > 400 || is_contents_entry(layout, line) {
        return None;
    }
    if let Some(words) = opening_acknowledgment(layout, index) {
        return Some(Heading {
            line: index,
            numbering: None,
            words,
            names: Some(Part::Acknowledgments),
            is_section: false,
            is_styled: false,
            runs_in: true,
        });
    }
    let larger = line.size > layout.body_size * 1.06;
    let runs_in = !line.is_bold() && line.bold_words > 0 && !larger;
    let lead = if runs_in {
        Cow::Owned(
            line.words[..line.bold_words].iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" "),
        )
    } else {
        Cow::Borrowed(line.text.as_str())
    };
    let (number, rest) = numbering(&lead);
    let number =
        number.filter(|n| !matches!(n, Numbering::Letter(..)) || is_set_apart(line) || ends_number(&lead));
    let number = number.filter(|n| !matches!(n, Numbering::Letter(..)) || !is_initial(rest));
    let rest = if number.is_some() { rest } else { &lead };
    let is_lower = rest.chars().any(char::is_lowercase);
    let could_be_styled = larger || line.bold_words > 0 || !is_lower || is_alone(layout, index);
    if !could_be_styled && rest.len() > LONGEST_NAME {
        return None;
    }
    let letters = rest.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = letters > 3 && !is_lower;
    let is_styled = larger || line.bold_words > 0 || capitals || is_alone(layout, index);
    let mostly_letters = letters * 2 >= lead.chars().filter(|c| !c.is_whitespace()).count();
    let could_be = is_styled && lead.len() <= LONGEST_HEADING && mostly_letters && letters > 0;
    if !could_be && rest.len() > LONGEST_NAME {
        return None;
    }
    // Most lines begin with no letters that the name of a part begins with.
    if !could_be && !may_name_part(rest) {
        return None;
    }
    let words = folded(rest);
    let names = part_named(&words).filter(|part| !(runs_in && *part == Part::References));
    (could_be || names.is_some()).then_some(Heading {
        line: index,
        numbering: number,
        words,
        names,
        is_section: false,
        is_styled,
        runs_in,
    })
}

/// A line of a table of contents: dots lead to a page, or the page stands at the right edge.
fn is_contents_entry(layout: &Layout, line: &Line) -> bool {
    let [.., before, last] = line.words.as_slice() else { return false };
    let is_page = last.text.len() <= 3 && last.text.bytes().all(|b| b.is_ascii_digit());
    let gap = last.area.left - before.area.right;
    let (_, right) = layout.column_edges(line.column);
    is_page
        && (line.text.contains(". . .")
            || line.text.contains("....")
            || gap > 3.0 * line.size && (last.area.right - right).abs() < 4.0)
}

/// "Acknowledgments." or "Acknowledgements:" in the type of the text, at the head of a paragraph.
fn opening_acknowledgment(layout: &Layout, index: usize) -> Option<String> {
    let line = &layout.lines[index];
    if line.bold_words > 0 || !layout.begins_paragraph(index) {
        return None;
    }
    let end = line.text.find([':', '.', '—', '–']).filter(|end| *end + 1 < line.text.len())?;
    let words = folded(&line.text[..end]);
    (part_named(&words) == Some(Part::Acknowledgments)).then_some(words)
}

/// Whether another initial follows, as in "A. M. Turing".
fn is_initial(rest: &str) -> bool {
    let first = rest.split(' ').next().unwrap_or_default();
    first.len() == 2 && first.ends_with('.') && first.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Whether the first word ends as numbers do: `A.`, `B:`, `C.1`.
fn ends_number(lead: &str) -> bool {
    let first = lead.split(' ').next().unwrap_or_default();
    first.len() > 1 && first.contains(['.', ':'])
}

/// Whether the first word stands apart from the second, as a heading's number does, by more than a word space.
fn is_set_apart(line: &Line) -> bool {
    match line.words.as_slice() {
        [first, second, ..] => second.area.left - first.area.right > 0.55 * line.size,
        _ => false,
    }
}

/// A short line of its own with room above; type alone cannot tell where fonts have no names.
fn is_alone(layout: &Layout, index: usize) -> bool {
    let line = &layout.lines[index];
    let above = index
        .checked_sub(1)
        .map(|i| &layout.lines[i])
        .filter(|l| l.page == line.page && l.column == line.column);
    above.is_none_or(|l| line.baseline - l.baseline > 1.5 * line.size) && line.text.len() < 40
}

/// The type that most numbered top-level headings have; else that of the reference heading.
fn section_type(layout: &Layout, found: &[Heading]) -> Option<SectionType> {
    let mut votes: BTreeMap<(i32, bool), u32> = BTreeMap::new();
    let mut vote = |heading: &Heading, weight: u32| {
        let line = &layout.lines[heading.line];
        let size = line.words.iter().map(|w| w.size).fold(0.0, f32::max);
        // Body type, as in a table of contents, tells headings from nothing.
        if line.bold_words == 0 && (size - layout.body_size).abs() <= SAME_SIZE {
            return;
        }
        *votes.entry(((size * 5.0).round() as i32, line.bold_words > 0)).or_default() += weight;
    };
    let mut expected = 1;
    for heading in found.iter().filter(|h| h.is_styled && !h.runs_in) {
        match heading.numbering {
            Some(Numbering::Arabic(n, 1) | Numbering::Roman(n)) if n == expected => {
                vote(heading, 2);
                expected += 1;
            }
            None if matches!(heading.names, Some(Part::References | Part::Acknowledgments)) => {
                vote(heading, 3);
            }
            None if matches!(
                heading.words.as_str(),
                "introduction" | "conclusion" | "conclusions" | "abstract" | "relatedwork" | "discussion"
            ) =>
            {
                vote(heading, 1);
            }
            _ => {}
        }
    }
    let ((size, bold), _) = votes.into_iter().max_by_key(|((size, bold), n)| (*n, *size, *bold))?;
    Some(SectionType { size: size as f32 / 5.0, bold })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_names_a_part_is_looked_at() {
        let lists = [REFERENCE_WORDS, ACKNOWLEDGMENT_WORDS, APPENDIX_WORDS, CHECKLIST_WORDS].concat();
        for name in lists.into_iter().chain(["supplementarymaterialfor", "appendixfor", "appendicesfor"]) {
            assert!(may_name_part(name) && may_name_part(&format!("- {}", name.to_uppercase())), "{name}");
        }
        assert!(may_name_part("R\u{e9}f\u{e9}rences") && may_name_part("A ppendix"));
        assert!(!may_name_part("we find that") && !may_name_part("(a)"));
    }
}
