//! Where the parts of a paper begin, with what speaks for it.

use super::appendix::is_lettered_appendix;
use super::entry::{EntryStart, entry_start};
use super::front::FrontMatter;
use super::heading::{Heading, headings};
use super::layout::Layout;
use super::line::{Line, Numbering, Role, folded, numbering};
use super::list::{begins_list, entries_after, is_list};
use super::sign::{Kind, Sign};
use crate::finding::Confidence;
use crate::part::Part;
use crate::pdf::Metadata;
use std::collections::BTreeSet;

/// How far above a heading's baseline its destination lies at most, in bp. Source: 1,420 destinations of
/// sections in 71 papers lie 0 to 32 bp above.
const DESTINATION_RISE: f32 = 32.0;

/// The beginning of a part.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Boundary {
    /// Which part.
    pub part: Part,
    /// Index of its first line.
    pub line: usize,
    /// Whether its first line is a heading.
    pub has_heading: bool,
    /// What speaks for it, in a few words each.
    pub evidence: Vec<String>,
    /// How sure it is.
    pub confidence: Confidence,
}

/// Finds every boundary, in reading order. The main text begins with the first line.
pub(super) struct Boundaries<'a> {
    pub(super) layout: &'a Layout,
    pub(super) headings: Vec<Heading>,
    pub(super) found: Vec<Boundary>,
    /// Folded titles of the outline, with the pages they lead to.
    outline: BTreeSet<(String, Option<u32>)>,
    /// Pages and heights that citations lead to, in order.
    citations: Vec<(u32, f32)>,
    /// Pages and heights of sections, in order.
    sections: Vec<(u32, f32)>,
    /// Pages and heights of appendices, in order.
    appendices: Vec<(u32, f32)>,
}

impl<'a> Boundaries<'a> {
    /// Every boundary of the paper, in reading order, and the line where an appendix may begin instead.
    pub(super) fn of(
        layout: &'a Layout,
        metadata: &Metadata,
        front: &FrontMatter,
    ) -> (Vec<Boundary>, Option<usize>) {
        let (headings, _) = headings(layout);
        let mut run = Self {
            layout,
            headings,
            found: Vec::new(),
            outline: metadata.outline.iter().map(|e| (folded(&e.title), e.target.map(|t| t.page))).collect(),
            citations: destinations(metadata, &["cite."]),
            sections: destinations(metadata, &["section.", "section*.", "chapter.", "chapter*."]),
            appendices: destinations(metadata, &["appendix."]),
        };
        run.push_main(front);
        if front.is_supplement {
            run.supplement(front);
        } else {
            run.paper(front);
        }
        run.found.sort_by_key(|b| b.line);
        run.close_lists();
        run.found.sort_by_key(|b| b.line);
        run.found.dedup_by(|next, before| next.part == before.part && next.part != Part::References);
        let doubt = run.doubtful_appendix();
        (run.found, doubt)
    }

    /// The beginning of the main text: the abstract's heading, or the first section's.
    fn push_main(&mut self, front: &FrontMatter) {
        let line = front.main_start.min(self.layout.lines.len().saturating_sub(1));
        let mut signs = Vec::new();
        if front.has_first_heading {
            signs.extend(self.heading_signs(line));
            let words = folded(numbering(&self.layout.lines[line].text).1);
            if words.starts_with("abstract") || words == "introduction" {
                signs.push(Sign::Words);
            }
            signs.extend(self.heading_at(line).filter(|h| h.is_styled).map(|_| Sign::Type));
            signs.retain(|s| *s != Sign::Position);
        } else {
            signs.push(Sign::Position);
        }
        self.push(Part::MainText, line, front.has_first_heading, &signs);
    }

    /// A supplement on its own: everything is appendix but its reference lists and checklists.
    fn supplement(&mut self, front: &FrontMatter) {
        self.found.clear();
        self.push(Part::Appendix, 0, false, &[Sign::Words, Sign::Position]);
        let references = self.reference_lines(front.main_start);
        for &line in &references {
            self.push_references(line);
        }
    }

    fn paper(&mut self, front: &FrontMatter) {
        let references = self.reference_lines(front.main_start);
        let main_references = references.first().copied();
        let end = main_references.unwrap_or(self.layout.lines.len());
        let appendix = self.appendix_before(front.main_start, end);
        self.within_main(front.main_start, appendix.unwrap_or(end));
        if let Some(line) = appendix {
            self.push(Part::Appendix, line, true, &self.signs_before_references(line));
        }
        let Some(first) = main_references else {
            return self.after_references(appendix.map_or(end, |a| a + 1), &[]);
        };
        self.push_references(first);
        self.after_references(first + 1, &references[1..]);
    }

    pub(super) fn push(&mut self, part: Part, line: usize, has_heading: bool, signs: &[Sign]) {
        let mut signs = signs.to_vec();
        signs.sort_unstable();
        signs.dedup();
        let kinds: BTreeSet<Kind> = signs.iter().filter_map(|s| s.kind()).collect();
        // Template text that was left behind has headings of its own.
        let out_of_place = part == Part::Acknowledgments && self.is_within_appendix(line);
        let confidence = match kinds.len() {
            0 => Confidence::Possible,
            1 => Confidence::Likely,
            _ if out_of_place => Confidence::Likely,
            _ => Confidence::Certain,
        };
        let evidence = signs.iter().map(|s| s.says().to_owned()).collect();
        self.found.push(Boundary { part, line, has_heading, evidence, confidence });
    }

    /// Whether an appendix was found before this line, and no list or checklist between.
    fn is_within_appendix(&self, line: usize) -> bool {
        let before = self.found.iter().filter(|b| b.line < line).max_by_key(|b| b.line);
        before.is_some_and(|b| b.part == Part::Appendix)
    }

    pub(super) fn heading_at(&self, line: usize) -> Option<&Heading> {
        self.headings.binary_search_by_key(&line, |h| h.line).ok().map(|at| &self.headings[at])
    }

    pub(super) fn heading_signs(&self, line: usize) -> Vec<Sign> {
        let mut signs = Vec::new();
        if let Some(heading) = self.heading_at(line) {
            if heading.names.is_some() {
                signs.push(Sign::Words);
            }
            if heading.is_section {
                signs.push(Sign::Type);
            }
            if matches!(heading.numbering, Some(Numbering::Letter(..))) {
                signs.push(Sign::Numbering);
            }
        }
        if self.is_in_outline(line) {
            signs.push(Sign::Outline);
        }
        if self.is_led_to(line, &self.appendices) {
            signs.push(Sign::Appendix);
        } else if self.is_led_to(line, &self.sections) {
            signs.push(Sign::Section);
        }
        if signs.is_empty() { vec![Sign::Position] } else { signs }
    }

    /// Whether an outline entry with the same words leads to this line's page.
    fn is_in_outline(&self, line: usize) -> bool {
        let line = &self.layout.lines[line];
        let titles = [folded(&line.text), folded(numbering(&line.text).1)];
        let leads_here = |title: String| {
            [Some(line.page), None].iter().any(|page| self.outline.contains(&(title.clone(), *page)))
        };
        titles.into_iter().filter(|t| !t.is_empty()).any(leads_here)
    }

    /// Whether one of the places lies right above this line, with no other line between.
    fn is_led_to(&self, line: usize, places: &[(u32, f32)]) -> bool {
        let heading = &self.layout.lines[line];
        let near = |y: f32| (0.0..=DESTINATION_RISE).contains(&(heading.baseline - y));
        let first = |y: f32| {
            let between = |l: &Line| (y..heading.baseline - 1.0).contains(&(l.baseline - l.size / 2.0));
            let before = self.layout.lines[..line].iter().rev().take_while(|l| l.page == heading.page);
            !before.filter(|l| l.column == heading.column).any(between)
        };
        let from = places.partition_point(|p| *p < (heading.page, heading.baseline - DESTINATION_RISE));
        let here = places[from..].iter().take_while(|(page, _)| *page == heading.page);
        here.map(|(_, y)| *y).take_while(|y| *y <= heading.baseline).any(|y| near(y) && first(y))
    }

    /// First lines of the reference lists: headed ones, else one that only its entries show.
    fn reference_lines(&self, from: usize) -> Vec<usize> {
        let mut headed: Vec<usize> = Vec::new();
        for heading in self.headings.iter().filter(|h| h.line >= from) {
            if self.heads_references(heading) {
                headed.push(heading.line);
            }
        }
        if headed.is_empty() {
            headed.extend(self.unheaded_references(from));
        }
        headed
    }

    fn heads_references(&self, heading: &Heading) -> bool {
        let named = heading.names == Some(Part::References);
        let line = &self.layout.lines[heading.line];
        let misspelt =
            !named && heading.is_styled && heading.numbering.is_none() && is_misspelt(&heading.words);
        if !(named || misspelt) || heading.runs_in {
            return false;
        }
        if is_weak(&heading.words) && self.sections_follow(heading) {
            return false;
        }
        let next = self.next_text(heading.line + 1);
        let listed = next.is_some_and(|n| is_list(self.layout, n));
        let cited = self.cite_destinations_below(line);
        let headlike = heading.is_section || heading.is_styled;
        // The word alone is also a table's header cell: a heading's type, or a list below it, must agree.
        let dated = || next.is_some_and(|n| entries_after(self.layout, n, 14).1 >= 3);
        listed && (headlike || cited || self.layout.is_at_edge(line))
            || cited && headlike
            || heading.is_section && named && !is_weak(&heading.words) && (dated() || self.is_last(heading))
            || heading.is_section && named && !is_weak(&heading.words) && self.is_in_outline(heading.line)
    }

    /// Whether no numbered section of the paper comes after a heading without number.
    pub(super) fn is_last(&self, heading: &Heading) -> bool {
        heading.numbering.is_none() && !self.numbered_section_after(heading.line)
    }

    fn numbered_section_after(&self, line: usize) -> bool {
        let counted = |h: &Heading| h.is_section && matches!(h.numbering, Some(Numbering::Arabic(_, 1)));
        self.headings.iter().rev().take_while(|h| h.line > line).any(counted)
    }

    /// Whether numbered sections of the paper go on after a numbered heading.
    pub(super) fn sections_follow(&self, heading: &Heading) -> bool {
        let Some(Numbering::Arabic(number, 1)) = heading.numbering else { return false };
        let next = |h: &&Heading| {
            h.line > heading.line && h.is_section && h.numbering == Some(Numbering::Arabic(number + 1, 1))
        };
        self.headings.iter().any(|h| next(&h) && (h.names.is_none() || is_weak(&h.words)))
    }

    fn next_text(&self, from: usize) -> Option<usize> {
        (from..self.layout.lines.len()).find(|&i| self.layout.lines[i].role == Role::Text)
    }

    /// Whether a citation's destination lies below the line, on its page or at the top of the next.
    fn cite_destinations_below(&self, line: &Line) -> bool {
        let start = self.citations.partition_point(|c| *c <= (line.page, line.area.top - 4.0));
        self.citations.get(start).is_some_and(|(page, y)| *page == line.page && *y < line.area.bottom + 60.0)
    }

    /// The first entry of a list without heading: numbered from one, where citations lead to, or else the
    /// first of three in a row.
    fn unheaded_references(&self, from: usize) -> Option<usize> {
        let lines = &self.layout.lines;
        let starts: Vec<(usize, u32)> = (from..lines.len())
            .filter(|&i| lines[i].role == Role::Text)
            .filter_map(|i| match entry_start(&lines[i]) {
                Some(EntryStart::Number(n)) if lines[i].text.starts_with('[') => Some((i, n)),
                _ => None,
            })
            .collect();
        let counted = starts.windows(3).find(|w| w[0].1 == 1 && w[1].1 == 2 && w[2].1 == 3).map(|w| w[0].0);
        let shaped = || {
            let could_begin = |i: usize| lines[i].role == Role::Text && self.layout.begins_paragraph(i);
            (from..lines.len())
                .find(|&i| could_begin(i) && begins_list(self.layout, i) && !self.numbered_section_after(i))
        };
        let cited = || {
            let (page, y) = *self.citations.first()?;
            (from..lines.len())
                .find(|&i| {
                    lines[i].role == Role::Text && lines[i].page == page && lines[i].area.bottom > y + 1.0
                })
                .filter(|&i| is_list(self.layout, i))
        };
        counted.or_else(cited).or_else(shaped)
    }

    fn push_references(&mut self, line: usize) {
        let mut signs = Vec::new();
        let headed = self.heading_at(line).is_some_and(|h| h.names == Some(Part::References) || h.is_section);
        if headed {
            signs.extend(self.heading_signs(line));
            signs.retain(|s| *s != Sign::Position);
        }
        if self.next_text(line + usize::from(headed)).is_some_and(|n| is_list(self.layout, n)) {
            signs.push(Sign::Entries);
        }
        if self.cite_destinations_below(&self.layout.lines[line]) {
            signs.push(Sign::Citations);
        }
        // Without heading, label or destination a list looks like any paragraphs that begin with names.
        let is_labelled = entry_start(&self.layout.lines[line]).is_some_and(|e| e != EntryStart::Names);
        if !headed && !is_labelled && signs == [Sign::Entries] {
            signs = vec![Sign::Position];
        }
        self.push(Part::References, line, headed, &signs);
    }

    /// Acknowledgments and checklists among the main text, and where the main text goes on after them.
    fn within_main(&mut self, from: usize, end: usize) {
        let inside: Vec<Heading> =
            self.headings.iter().filter(|h| h.line > from && h.line < end).cloned().collect();
        let mut aside: Option<Heading> = None;
        for heading in inside {
            match heading.names {
                Some(part @ (Part::Acknowledgments | Part::Checklist)) if self.heads_aside(&heading) => {
                    let signs = self.heading_signs(heading.line);
                    self.push(part, heading.line, true, &signs);
                    aside = Some(heading);
                }
                _ if aside.as_ref().is_some_and(|begun| self.ends_aside(begun, &heading)) => {
                    let signs = self.heading_signs(heading.line);
                    self.push(Part::MainText, heading.line, true, &signs);
                    aside = None;
                }
                _ => {}
            }
        }
    }

    fn heads_aside(&self, heading: &Heading) -> bool {
        heading.is_section
            || heading.runs_in
            || heading.is_styled && self.layout.is_at_edge(&self.layout.lines[heading.line])
    }

    /// Whether the main text goes on: after a headed part at the next section, after one that runs in at any
    /// paragraph with a heading of its own.
    fn ends_aside(&self, begun: &Heading, heading: &Heading) -> bool {
        let paragraph =
            heading.runs_in && heading.words.len() > 3 && self.layout.lines[heading.line].bold_words > 0;
        heading.is_section || begun.runs_in && paragraph
    }

    /// What follows the references: further lists, acknowledgments, checklists, appendices.
    fn after_references(&mut self, from: usize, lists: &[usize]) {
        let after: Vec<Heading> = self.headings.iter().filter(|h| h.line >= from).cloned().collect();
        let mut current = Part::References;
        for heading in after {
            if lists.contains(&heading.line) {
                self.push_references(heading.line);
                current = Part::References;
                continue;
            }
            let Some(part) = self.part_after_references(&heading, current) else { continue };
            if part != current {
                let mut signs = self.heading_signs(heading.line);
                if part == Part::Appendix && !self.tells_appendix(&heading, &signs) {
                    signs = vec![Sign::Position];
                }
                self.push(part, heading.line, true, &signs);
                current = part;
            }
        }
    }

    fn part_after_references(&self, heading: &Heading, current: Part) -> Option<Part> {
        let line = &self.layout.lines[heading.line];
        let headlike = heading.is_section
            || heading.is_styled && self.layout.is_at_edge(line) && line.size > self.layout.body_size * 1.06;
        match heading.names {
            Some(Part::Checklist) if headlike => Some(Part::Checklist),
            Some(Part::Acknowledgments) if self.heads_aside(heading) => Some(Part::Acknowledgments),
            Some(Part::Appendix) if headlike || heading.is_styled && self.layout.is_at_edge(line) => {
                Some(Part::Appendix)
            }
            Some(Part::References) => None,
            _ if is_lettered_appendix(&heading.words) && headlike => Some(Part::Appendix),
            _ if heading.is_section && line.caption_label().is_none() && heading.words.len() > 2 => {
                // A checklist goes on over its own headings; anything else in a section's type is appendix.
                let lettered = matches!(heading.numbering, Some(Numbering::Letter(_, 1)));
                (current != Part::Checklist || lettered).then_some(Part::Appendix)
            }
            _ => None,
        }
    }
}

/// One slip away from the word, its first letter apart: "Preferences" and "Referees" are other words.
fn is_misspelt(words: &str) -> bool {
    words.starts_with('r')
        && words.len().abs_diff("references".len()) <= 1
        && strsim::damerau_levenshtein(words, "references") <= 1
}

/// Words that also head a section on related work.
fn is_weak(words: &str) -> bool {
    ["literature", "literatur", "literatuur", "literatura", "reference"].contains(&words)
}

/// Where destinations with such names lie, from the first page on, from the top down.
fn destinations(metadata: &Metadata, kinds: &[&str]) -> Vec<(u32, f32)> {
    let named = metadata.destinations.iter().filter(|(name, _)| kinds.iter().any(|k| name.starts_with(k)));
    let mut places: Vec<(u32, f32)> = named.filter_map(|(_, t)| t.y.map(|y| (t.page, y))).collect();
    places.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    places
}
