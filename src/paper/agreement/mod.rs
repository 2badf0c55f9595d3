//! Whether a PDF was made from the sources that go with it: what both tell is compared, one feature after another.
//!
//! Each feature says that the two agree, that they differ, or nothing. Authors are left out: a style may hide them.

mod shown;

pub use shown::Shown;

use super::source::script::{Headed, Script};
use crate::count;
use crate::place::Place;
use shown::Candidate;

/// Something that sources set and a PDF shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feature {
    /// The title.
    Title,
    /// The headings of sections, and their order.
    Headings,
    /// The sentences.
    Text,
    /// The order of the sentences.
    Order,
    /// The numbers of figures and tables.
    Floats,
    /// What is cited.
    References,
}

impl Feature {
    /// In words, as a subject.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Headings => "section headings",
            Self::Text => "sentences",
            Self::Order => "order of the text",
            Self::Floats => "figures and tables",
            Self::References => "references",
        }
    }
}

/// A feature in which the two differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Which.
    pub feature: Feature,
    /// How, in a few words.
    pub says: String,
    /// Where the source has it; `None` where no single place does.
    pub at: Option<Place>,
}

/// How the PDF stands to its sources.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Agreement {
    /// What could be compared, in order.
    pub compared: Vec<Feature>,
    /// What differs, in order.
    pub differences: Vec<Difference>,
}

/// Pieces of prose that are told apart from chance.
const LEAST_PIECES: usize = 8;
/// The share of pieces that may be lacking: edits after the build, hyphens, floats within a sentence.
const LACKING: f64 = 0.25;
/// The share of pieces that may stand elsewhere than in the source: floats and footnotes.
const ELSEWHERE: f64 = 0.15;
/// The share of headings that may be lacking.
const HEADINGS_LACKING: f64 = 0.2;
/// The share of references that may be lacking.
const REFERENCES_LACKING: f64 = 0.2;
/// Of so many floats or works one may be miscounted.
const MANY: usize = 10;
/// Titles that are told apart from chance.
const LEAST_REFERENCES: usize = 3;

impl Agreement {
    /// Compares what the sources set with what the PDF shows.
    pub(super) fn of(script: &Script, shown: &Shown) -> Self {
        let mut agreement = Self::default();
        agreement.title(script, shown);
        agreement.headings(script, shown);
        agreement.text(script, shown);
        agreement.floats(script, shown);
        agreement.references(script, shown);
        agreement
    }

    fn add(&mut self, feature: Feature, difference: Option<(String, Option<Place>)>) {
        self.compared.push(feature);
        self.differences.extend(difference.map(|(says, at)| Difference { feature, says, at }));
    }

    fn title(&mut self, script: &Script, shown: &Shown) {
        let Some(title) = script.title.as_ref().filter(|_| !shown.title.is_empty()) else { return };
        let agrees = title.words.is_in(&shown.head);
        let says =
            || format!("the source's title is \"{}\", the PDF's \"{}\"", title.words.shown, shown.title);
        self.add(Feature::Title, (!agrees).then(|| (says(), Some(title.at.clone()))));
    }

    fn headings(&mut self, script: &Script, shown: &Shown) {
        if script.headings.len() < 2 || shown.candidates.is_empty() {
            return;
        }
        let place = |h: &Headed| shown.candidates.iter().position(|c| is_same(h, c));
        let lacking: Vec<&Headed> = script.headings.iter().filter(|h| place(h).is_none()).collect();
        let places: Vec<usize> = script.headings.iter().filter_map(place).collect();
        let moved = 1.0 - share(longest_rise(&places), places.len());
        let all = || script.headings.iter().chain(&script.lesser);
        let is_set = |c: &&Candidate| all().any(|h| is_same(h, c));
        let sections: Vec<&Candidate> = shown.candidates.iter().filter(|c| c.is_section).collect();
        let added: Vec<&&Candidate> = sections.iter().filter(|c| script.is_whole && !is_set(c)).collect();
        let many = |lacking: usize, all: usize| lacking as f64 > all as f64 * HEADINGS_LACKING;
        let says = match (lacking.first(), added.first()) {
            (Some(first), _) if many(lacking.len(), script.headings.len()) => {
                let says = format!("the PDF has no heading \"{}\"", first.words.shown);
                Some((says, Some(first.at.clone())))
            }
            (_, Some(first)) if many(added.len(), sections.len()) => {
                Some((format!("the source has no heading \"{}\"", first.text), None))
            }
            _ if moved > ELSEWHERE => Some(("the PDF has the headings in another order".to_owned(), None)),
            _ => None,
        };
        self.add(Feature::Headings, says);
    }

    fn text(&mut self, script: &Script, shown: &Shown) {
        if script.prose.len() < LEAST_PIECES {
            return;
        }
        let places: Vec<usize> =
            script.prose.iter().filter_map(|piece| shown.letters.find(piece.as_str())).collect();
        let lacking = 1.0 - share(places.len(), script.prose.len());
        let unset = shown.prose.iter().filter(|piece| !script.letters.contains(piece.as_str())).count();
        let added = if script.is_whole { share(unset, shown.prose.len()) } else { 0.0 };

        let says = if lacking > LACKING {
            Some(format!("{} of the source's sentences are not in the PDF", count::percent(lacking)))
        } else if added > 2.0 * LACKING {
            Some(format!("{} of the PDF's lines are not in the source", count::percent(added)))
        } else {
            None
        };
        self.add(Feature::Text, says.map(|says| (says, None)));
        if places.len() >= LEAST_PIECES {
            let moved = 1.0 - share(longest_rise(&places), places.len());
            let says =
                || format!("{} of the sentences stand elsewhere than in the source", count::percent(moved));
            self.add(Feature::Order, (moved > ELSEWHERE).then(|| (says(), None)));
        }
    }

    fn floats(&mut self, script: &Script, shown: &Shown) {
        if !script.is_whole {
            return;
        }
        let kinds =
            [("figure", script.figures, shown.figures.len()), ("table", script.tables, shown.tables.len())];
        let differs = |(_, (least, most), seen): &&(&str, (u32, u32), usize)| {
            let late = *most as usize / MANY;
            *seen + late < *least as usize || *seen > *most as usize + late
        };
        let says = kinds.iter().find(differs).map(|(kind, (_, most), seen)| {
            format!(
                "the source numbers {}, the PDF {seen}",
                count::counted(*most as usize, kind, &format!("{kind}s"))
            )
        });
        self.add(Feature::Floats, says.map(|says| (says, None)));
    }

    fn references(&mut self, script: &Script, shown: &Shown) {
        let lacking: Vec<_> =
            script.cited.iter().filter(|(_, title)| !shown.letters.contains(title.as_str())).collect();
        let has_titles = script.cited.len() >= LEAST_REFERENCES;
        let counts = script.works.zip(shown.entries);
        if !shown.has_references || !has_titles && counts.is_none() {
            return;
        }
        let too_many = share(lacking.len(), script.cited.len()) > REFERENCES_LACKING;
        let miscounted =
            counts.filter(|((least, most), seen)| seen + most / MANY < *least || *seen > most + most / MANY);
        let says = match (lacking.first(), miscounted) {
            (Some((key, _)), _) if has_titles && too_many => {
                Some(format!("what the source cites as \"{key}\" is not in the PDF"))
            }
            (_, Some(((_, most), seen))) => {
                Some(format!("the source cites {most} works, the PDF lists {seen}"))
            }
            _ => None,
        };
        self.add(Feature::References, says.map(|says| (says, None)));
    }
}

fn is_same(heading: &Headed, candidate: &Candidate) -> bool {
    let words = &heading.words;
    if words.is_whole && words.known.len() == 1 && words.letters() <= candidate.words.len() {
        return words.known[0] == candidate.words
            || candidate.words.len() > 60 && words.begins(&candidate.words);
    }
    words.begins(&candidate.on)
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The length of the longest subsequence that rises.
fn longest_rise(places: &[usize]) -> usize {
    let mut ends: Vec<usize> = Vec::new();
    for place in places {
        let at = ends.partition_point(|end| end < place);
        match ends.get_mut(at) {
            Some(end) => *end = *place,
            None => ends.push(*place),
        }
    }
    ends.len()
}
