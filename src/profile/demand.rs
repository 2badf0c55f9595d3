//! The demands that one table of a profile makes: the top level, a stage, or a track.

use super::mistake::Mistakes;
use super::table::{Table, Value, choice, count, text, texts};
use super::{Anonymity, Demand, StyleDemand};
use crate::finding::{Clause, Severity};
use crate::style::StyleMode;
use std::collections::BTreeMap;
use std::ops::Range;

/// The tables that hold demands.
pub(super) const GROUPS: [&str; 6] = ["pages", "style", "anonymity", "appendix", "canaries", "levels"];

/// The word that takes a demand back.
const NONE: &str = "none";

const MODES: [(&str, StyleMode); 3] = [
    (StyleMode::Submission.id(), StyleMode::Submission),
    (StyleMode::Final.id(), StyleMode::Final),
    (StyleMode::Preprint.id(), StyleMode::Preprint),
];

const REVIEW: [(&str, Anonymity); 2] =
    [("double-blind", Anonymity::DoubleBlind), ("named", Anonymity::Named)];

const SEVERITIES: [(&str, Severity); 3] = [
    (Severity::Error.id(), Severity::Error),
    (Severity::Warning.id(), Severity::Warning),
    (Severity::Note.id(), Severity::Note),
];

/// What a table says about one demand.
#[derive(Debug, Clone, Default)]
pub(super) enum Ask<T> {
    /// Nothing: what stands elsewhere stands.
    #[default]
    Kept,
    /// It is not asked here.
    Dropped,
    /// It is asked.
    Asked(Demand<T>),
}

impl<T: Clone> Ask<T> {
    /// What holds where `track` and `stage` change `self`.
    ///
    /// What either takes back is not asked; else the stage is heard before the track, and both before `self`.
    pub(super) fn under(&self, track: &Self, stage: &Self) -> Option<Demand<T>> {
        match (self, track, stage) {
            (_, Self::Dropped, _) | (_, _, Self::Dropped) => None,
            (_, _, Self::Asked(demand)) | (_, Self::Asked(demand), _) | (Self::Asked(demand), _, _) => {
                Some(demand.clone())
            }
            _ => None,
        }
    }
}

/// A level that differs from a rule's own.
#[derive(Debug, Clone)]
pub(super) struct Level {
    /// The rule's name, or another word it answers to.
    pub(super) rule: String,
    /// The bytes of that word.
    pub(super) at: Range<usize>,
    /// The severity it is given.
    pub(super) severity: Severity,
}

/// Everything that one table asks.
#[derive(Debug, Clone, Default)]
pub(super) struct Demands {
    /// Pages the main text may fill.
    pub(super) main_pages: Ask<u32>,
    /// Lines over the limit that are a warning; `None` says nothing.
    pub(super) grace_lines: Option<u32>,
    /// The required style and mode.
    pub(super) style: Ask<StyleDemand>,
    /// Who may be seen.
    pub(super) anonymity: Ask<Anonymity>,
    /// Pages from which an appendix is called long.
    pub(super) long_appendix: Ask<u32>,
    /// Strings that the venue hides in copies for reviewers; `None` says nothing.
    pub(super) canaries: Option<Vec<String>>,
    /// Levels, in order of the alphabet.
    pub(super) levels: Vec<Level>,
}

impl Demands {
    /// Reads the demands among a table's keys; `url` is the page of a clause that names none.
    pub(super) fn read(table: &Table<'_>, url: &str, mistakes: &mut Mistakes) -> Self {
        let mut group = Reader { table, url, mistakes };
        Self {
            main_pages: group.demand("pages", "main", &["max"], |main, mistakes| {
                count(main.need("max", "how many pages the main text may fill", mistakes)?, 1, mistakes)
            }),
            grace_lines: group.grace_lines(),
            style: group.demand("style", "required", &["ids", "mode"], style),
            anonymity: group.demand("anonymity", "review", &["value"], |review, mistakes| {
                choice(review.need("value", "`double-blind` or `named`", mistakes)?, &REVIEW, mistakes)
            }),
            long_appendix: group.demand("appendix", "long", &["from"], |long, mistakes| {
                count(long.need("from", "from how many pages an appendix is long", mistakes)?, 1, mistakes)
            }),
            canaries: group.canaries(),
            levels: group.levels(),
        }
    }

    /// The levels as they hold; of a stage's and a track's, both being concessions, the milder one.
    pub(super) fn levels_under(&self, track: &Self, stage: &Self) -> BTreeMap<String, Severity> {
        let mut levels = map(&self.levels);
        let mut changed = map(&track.levels);
        for (rule, severity) in map(&stage.levels) {
            changed.entry(rule).and_modify(|s| *s = severity.min(*s)).or_insert(severity);
        }
        levels.extend(changed);
        levels
    }
}

fn map(levels: &[Level]) -> BTreeMap<String, Severity> {
    levels.iter().map(|l| (l.rule.clone(), l.severity)).collect()
}

fn style(required: &Table<'_>, mistakes: &mut Mistakes) -> Option<StyleDemand> {
    let ids = required.need("ids", "the package names that will do", mistakes);
    let mode = required.need("mode", "`submission`, `final` or `preprint`", mistakes);
    let ids = ids.and_then(|v| texts(v, mistakes));
    let mode = mode.and_then(|v| choice(v, &MODES, mistakes));
    Some(StyleDemand { ids: ids?, mode: mode? })
}

/// Reads groups of one table.
struct Reader<'a, 'm> {
    table: &'a Table<'a>,
    url: &'a str,
    mistakes: &'m mut Mistakes,
}

impl<'a> Reader<'a, '_> {
    /// One demand: `[group] key = { ..., says, section, url }`, or `"none"` for it or its whole group.
    fn demand<T>(
        &mut self,
        group: &str,
        key: &str,
        own: &[&str],
        read: impl FnOnce(&Table<'_>, &mut Mistakes) -> Option<T>,
    ) -> Ask<T> {
        let Some(value) = self.table.get(group) else { return Ask::Kept };
        if is_none(value) {
            return Ask::Dropped;
        }
        let Some(table) = Table::of(value, self.mistakes) else { return Ask::Kept };
        let known: &[&str] = if group == "pages" { &[key, "grace-lines"] } else { &[key] };
        table.only(known, self.mistakes);
        let Some(value) = table.get(key) else { return Ask::Kept };
        if is_none(value) {
            return Ask::Dropped;
        }
        let Some(table) = Table::of(value, self.mistakes) else { return Ask::Kept };
        table.only(&[own, &["says", "section", "url"]].concat(), self.mistakes);
        let clause = self.clause(&table);
        let value = read(&table, self.mistakes);
        clause.zip(value).map_or(Ask::Kept, |(clause, value)| Ask::Asked(Demand { value, clause }))
    }

    fn clause(&mut self, demand: &Table<'_>) -> Option<Clause> {
        let says = demand.need("says", "what the call asks, in your own words", self.mistakes);
        let section = demand.need("section", "where in the call it stands", self.mistakes);
        let says = says.and_then(|v| text(v, self.mistakes));
        let section = section.and_then(|v| text(v, self.mistakes));
        let url = match demand.get("url") {
            Some(value) => text(value, self.mistakes),
            None => Some(self.url.to_owned()),
        };
        Some(Clause { says: says?, url: url?, section: section? })
    }

    fn grace_lines(&mut self) -> Option<u32> {
        let pages = self.table.get("pages").filter(|v| v.get_ref().is_table())?;
        count(Table::of(pages, self.mistakes)?.get("grace-lines")?, 0, self.mistakes)
    }

    fn canaries(&mut self) -> Option<Vec<String>> {
        let table = self.table.table("canaries", self.mistakes)?;
        table.only(&["phrases"], self.mistakes);
        texts(table.need("phrases", "the strings that the venue hides", self.mistakes)?, self.mistakes)
    }

    fn levels(&mut self) -> Vec<Level> {
        let Some(table) = self.table.table("levels", self.mistakes) else { return Vec::new() };
        let level = |(rule, at, value): (&str, _, &'a Value<'a>)| {
            let severity = choice(value, &SEVERITIES, self.mistakes)?;
            Some(Level { rule: rule.to_owned(), at, severity })
        };
        table.entries().filter_map(level).collect()
    }
}

fn is_none(value: &Value<'_>) -> bool {
    value.get_ref().as_str() == Some(NONE)
}
