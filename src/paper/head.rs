//! What recurs at the head of pages, and the stamp of a preprint server.

use super::Seen;
use super::front::seen;
use super::layout::Layout;
use super::line::{Line, Role, folded};
use super::prose::push_plain;
use crate::pattern::{Topic, hits_on};
use crate::pdf::text::turned_words;
use crate::pdf::{Document, Turn};
use crate::place::{FileId, PageNumber, Place};
use std::collections::BTreeMap;

/// Running heads stand within this share of the page's height from its top.
const HEAD_ZONE: f32 = 0.15;

/// Names at the head of more than one page, each once, where first seen.
pub(super) fn names_at_heads(layout: &Layout, title: Option<&str>, prose: &str, file: FileId) -> Vec<Seen> {
    let title = title.map(folded).unwrap_or_default();
    let mut heads = recurring_heads(layout, file);
    heads.retain(|head| {
        let words = without_folio(&head.text);
        are_names(words) && !title.contains(&folded(words)) && !has_common_word(words, prose)
    });
    heads
}

/// The words without the folio before or behind them.
fn without_folio(head: &str) -> &str {
    head.trim_matches(|c: char| c.is_ascii_digit() || c.is_whitespace())
}

/// Names by their shape: `Velm and Quist`, `M. Velm, T. Quist and L. Orr`, `Velm et al.`
fn are_names(text: &str) -> bool {
    let (text, is_et_al) = match text.trim_end_matches('.').strip_suffix(" et al") {
        Some(first) => (first, true),
        None => (text, false),
    };
    let is_name = |w: &str| {
        let bare = w.trim_end_matches(['.', ',']);
        bare.starts_with(char::is_uppercase)
            && bare.chars().all(|c| c.is_alphabetic() || c == '-' || c == '\'')
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_joined = words.iter().any(|w| matches!(*w, "and" | "&" | "AND"));
    (1..=MOST_WORDS).contains(&words.len())
        && (is_et_al || is_joined)
        && words.iter().all(|w| matches!(*w, "and" | "&") || is_name(w))
}

/// A list of names at the head of a page has at most so many words.
const MOST_WORDS: usize = 12;

/// Whether one of the words occurs in lower case in the text: then it is no name.
fn has_common_word(words: &str, prose: &str) -> bool {
    let of_text = words.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 3);
    of_text.map(str::to_lowercase).any(|w| prose.contains(&format!(" {w} ")))
}

/// Words at the head of more than one page, each once, where first seen; folios are left out.
fn recurring_heads(layout: &Layout, file: FileId) -> Vec<Seen> {
    let mut pages: BTreeMap<String, (u32, Vec<Seen>)> = BTreeMap::new();
    for line in layout.lines.iter().filter(|l| l.role == Role::Furniture) {
        let height = layout.sheets[line.page as usize - 1].1;
        if line.baseline / height >= HEAD_ZONE {
            continue;
        }
        for text in segments(line) {
            let words: String = folded(&text).chars().filter(|c| !c.is_ascii_digit()).collect();
            if words.len() > 3 {
                let (count, first) = pages.entry(words).or_default();
                *count += 1;
                if first.is_empty() {
                    first.push(Seen { text, at: seen(line, file).at });
                }
            }
        }
    }
    pages.into_values().filter(|(count, _)| *count > 1).flat_map(|(_, seen)| seen).collect()
}

/// Gaps of so many times the size of the type part what stands left, in the middle and right in a running head: a
/// space between words is a third of one. Source: LaTeX's `\hfil` between the marks of a head.
const HEAD_GAP: f32 = 2.0;

/// What stands in a running head at the left, in the middle and at the right.
fn segments(line: &Line) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut end = f32::NEG_INFINITY;
    for word in &line.words {
        match found.last_mut() {
            Some(last) if word.area.left - end < HEAD_GAP * line.size => {
                last.push(' ');
                last.push_str(&word.text);
            }
            _ => found.push(word.text.to_string()),
        }
        end = word.area.right;
    }
    found
}

/// The stamp that arXiv prints along the margin of page one; `None` where there is none.
pub(super) fn arxiv_stamp(document: &Document, layout: &Layout, file: FileId) -> Option<Seen> {
    let page = document.pages.first()?;
    let at = Place::whole_page(file, PageNumber(1));
    let turned = page.glyphs.iter().any(|g| g.turn != Turn::Upright);
    let words = if turned { turned_words(page, &document.fonts).join(" ") } else { String::new() };
    let stamp = |text: &str| {
        let mut plain = String::new();
        push_plain(text, &mut plain);
        let stamp = hits_on(&plain, |topic| topic == Topic::ArxivStamp).into_iter().next();
        stamp.map(|h| plain[h.at].to_owned())
    };
    if let Some(text) = stamp(&words) {
        return Some(Seen { text, at });
    }
    let upright = layout.page_lines(1).map(|(_, l)| l).filter(|l| l.text.contains("arXiv:"));
    upright.into_iter().find_map(|l| stamp(&l.text).map(|text| Seen { text, at: seen(l, file).at }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_the_shape_of_names() {
        for names in ["Velm and Quist", "Velm et al.", "M. Velm, T. Quist and L. Orr", "VELM AND QUIST"] {
            assert!(are_names(names), "{names}");
        }
        for others in ["Stiffness-aware control", "Under review", "Submission and formatting instructions"] {
            assert!(!are_names(others), "{others}");
        }
        assert!(has_common_word("Attention and Memory", "we use memory for it"));
        assert_eq!(without_folio("12 Velm and Quist"), "Velm and Quist");
    }
}
