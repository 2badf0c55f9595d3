//! Reads a profile from TOML: spanned, validated, its mistakes drawn in the text.
//!
//! The top level of a file is a submission of the regular track; `[stages.*]` and `[tracks.*]` change it.

use super::demand::{Demands, GROUPS};
use super::limits::excess;
use super::mistake::{Mistakes, ProfileError};
use super::table::{Table, text as text_of};
use super::{Profile, Stage, Track};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::de::DeTable;

/// What to do about a broken profile.
const HELP: &str = "mend the file; `dlde venues dlde-2023` prints a complete example";

/// A profile file: one venue, all its stages and tracks.
#[derive(Debug)]
pub struct ProfileFile {
    shown: String,
    text: String,
    venue: Venue,
    base: Demands,
    stages: BTreeMap<Stage, Demands>,
    tracks: BTreeMap<Track, Demands>,
}

#[derive(Debug, Default)]
struct Venue {
    id: String,
    name: String,
    url: String,
}

impl ProfileFile {
    /// Parses and validates; `name` is shown in errors.
    ///
    /// # Errors
    /// Every mistake at once, each drawn in the text. Where the text is not TOML, only that is told.
    pub fn parse(name: &str, text: &str) -> Result<Self, ProfileError> {
        let root = tables(name, text, HELP)?;
        let root = Table::root(&root);
        let mut mistakes = Mistakes::default();
        root.only(&[&["venue", "stages", "tracks"], &GROUPS[..]].concat(), &mut mistakes);
        let venue = Venue::read(&root, &mut mistakes);
        let stages = [Stage::CameraReady, Stage::Preprint].map(|s| (s.id(), s));
        let tracks = [Track::RecentlyPublished].map(|t| (t.id(), t));
        let file = Self {
            shown: name.to_owned(),
            text: text.to_owned(),
            base: Demands::read(&root, &venue.url, &mut mistakes),
            stages: changes(&root, "stages", &stages, &venue.url, &mut mistakes),
            tracks: changes(&root, "tracks", &tracks, &venue.url, &mut mistakes),
            venue,
        };
        mistakes.settle(name, text, HELP).map(|()| file)
    }

    /// What the file is called in errors.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Its text, TOML.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the file speaks of the stage. Every file speaks of the submission.
    pub fn has_stage(&self, stage: Stage) -> bool {
        stage == Stage::default() || self.stages.contains_key(&stage)
    }

    /// Whether the venue has the track. Every venue has the regular one.
    pub fn has_track(&self, track: Track) -> bool {
        track == Track::default() || self.tracks.contains_key(&track)
    }

    /// The demands of one stage of one track; a stage or track that the file does not speak of changes nothing.
    ///
    /// What the stage or the track takes back is not asked; else the stage is heard before the track, and both
    /// before the top level.
    pub fn profile(&self, stage: Stage, track: Track) -> Profile {
        let silent = Demands::default();
        let (s, t) = (self.stages.get(&stage).unwrap_or(&silent), self.tracks.get(&track).unwrap_or(&silent));
        let base = &self.base;
        Profile {
            id: self.venue.id.clone(),
            name: self.venue.name.clone(),
            url: self.venue.url.clone(),
            stage,
            track,
            chosen: String::new(),
            sha256: format!("{:x}", Sha256::digest(&self.text)),
            main_pages: base.main_pages.under(&t.main_pages, &s.main_pages),
            grace_lines: s.grace_lines.or(t.grace_lines).or(base.grace_lines).unwrap_or(0),
            style: base.style.under(&t.style, &s.style),
            anonymity: base.anonymity.under(&t.anonymity, &s.anonymity),
            canaries: [&s.canaries, &t.canaries, &base.canaries]
                .into_iter()
                .flatten()
                .flatten()
                .cloned()
                .collect(),
            long_appendix: base.long_appendix.under(&t.long_appendix, &s.long_appendix),
            levels: base.levels_under(t, s),
        }
    }

    /// The words that `[levels]` tables name rules by, with their bytes in the file.
    ///
    /// A profile does not know which rules exist; whoever does can check the words and [`reject`](Self::reject).
    pub fn levels(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        std::iter::once(&self.base)
            .chain(self.stages.values())
            .chain(self.tracks.values())
            .flat_map(|demands| &demands.levels)
            .map(|level| (level.rule.as_str(), level.at.clone()))
    }

    /// `Ok` where there are no mistakes.
    ///
    /// # Errors
    /// The mistakes, each drawn in the text of this file.
    pub fn reject(
        &self,
        mistakes: impl IntoIterator<Item = (Range<usize>, String)>,
    ) -> Result<(), ProfileError> {
        let mut all = Mistakes::default();
        mistakes.into_iter().for_each(|(at, message)| all.add(at, message));
        all.settle(&self.shown, &self.text, HELP)
    }
}

impl Venue {
    fn read(root: &Table<'_>, mistakes: &mut Mistakes) -> Self {
        let Some(venue) = root.need("venue", "a table with `id`, `name` and `url`", mistakes) else {
            return Self::default();
        };
        let Some(table) = Table::of(venue, mistakes) else { return Self::default() };
        table.only(&["id", "name", "url"], mistakes);
        let mut read =
            |key, why| table.need(key, why, mistakes).and_then(|v| text_of(v, mistakes)).unwrap_or_default();
        let id = read("id", "the name used on the command line");
        let name = read("name", "the venue's name in full");
        let url = read("url", "the page that holds the call");
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if let Some(value) = table.get("id").filter(|_| !id.chars().all(plain)) {
            mistakes.add(value.span(), "an id is made of lower-case letters, digits and hyphens");
        }
        Self { id, name, url }
    }
}

/// The tables of a TOML text.
///
/// # Errors
/// What is not TOML, drawn.
pub(super) fn tables<'t>(name: &str, text: &'t str, help: &'static str) -> Result<DeTable<'t>, ProfileError> {
    let mut too_much = Mistakes::default();
    if let Some(why) = excess(text) {
        too_much.add(0..0, why);
    }
    // Nothing of it is drawn: it may be one line of megabytes.
    too_much.settle(name, "", help)?;
    let mut mistakes = Mistakes::default();
    let (root, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let at = error.span().unwrap_or(0..0);
        mistakes.add(at, format!("not TOML: {}", error.message().replace('\n', ", ")));
    }
    mistakes.settle(name, text, help).map(|()| root.into_inner())
}

fn changes<T: Copy + Ord>(
    root: &Table<'_>,
    group: &str,
    known: &[(&'static str, T)],
    url: &str,
    mistakes: &mut Mistakes,
) -> BTreeMap<T, Demands> {
    let Some(table) = root.table(group, mistakes) else { return BTreeMap::new() };
    let names: Vec<_> = known.iter().map(|(name, _)| *name).collect();
    table.only(&names, mistakes);
    let mut read = |(name, which): &(&str, T)| {
        let table = table.table(name, mistakes)?;
        table.only(&GROUPS, mistakes);
        Some((*which, Demands::read(&table, url, mistakes)))
    };
    known.iter().filter_map(&mut read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const VENUE: &str = "venue = { id = \"v\", name = \"V\", url = \"u\" }\n";

    fn mistakes(text: &str) -> Vec<String> {
        let error = ProfileFile::parse("v.toml", text).expect_err("there is a mistake");
        error.messages().map(str::to_owned).collect()
    }

    /// Each of these, after a sound venue, gives just this one message.
    #[test]
    fn every_mistake_is_told() {
        for (text, message) in [
            ("pags = 'none'", "unknown key `pags`; did you mean `pages`?"),
            ("pages = { mian = 'none' }", "unknown key `mian`; did you mean `main`?"),
            ("style = { colour = 1 }", "unknown key `colour`; known here: `required`"),
            ("pages = 4", "a table is needed here, not a whole number"),
            ("pages = { main = 4 }", "a table is needed here, not a whole number"),
            ("pages = { grace-lines = 1.5 }", "a whole number is needed here, not a number with a fraction"),
            ("pages = { grace-lines = -1 }", "a whole number of at least 0 is needed here"),
            (
                "pages.main = { max = 0, says = 's', section = 'x' }",
                "a whole number of at least 1 is needed here",
            ),
            ("pages.main = { max = 4, says = ' ', section = 'x' }", "this text is empty"),
            ("pages.main = { max = 4, says = 's', section = '' }", "this text is empty"),
            (
                "pages.main = { max = 4, section = 'x' }",
                "`says` is missing: what the call asks, in your own words",
            ),
            (
                "style.required = { ids = ['a'], mode = 'fianl', says = 's', section = 'x' }",
                "`fianl` is not one of `submission`, `final`, `preprint`",
            ),
            (
                "style.required = { ids = [], mode = 'final', says = 's', section = 'x' }",
                "this list is empty",
            ),
            (
                "style.required = { ids = 'a', mode = 'final', says = 's', section = 'x' }",
                "a list of texts is needed here, not a text",
            ),
            (
                "anonymity.review = { value = true, says = 's', section = 'x' }",
                "a text is needed here, not true or false",
            ),
            ("levels = { a = 'fatal' }", "`fatal` is not one of `error`, `warning`, `note`"),
            ("stages.review = {}", "unknown key `review`; known here: `camera-ready`, `preprint`"),
            ("stages.cameraready = {}", "unknown key `cameraready`; did you mean `camera-ready`?"),
            ("tracks.demo = {}", "unknown key `demo`; known here: `recently-published`"),
            (
                "stages.preprint.venue = 1",
                "unknown key `venue`; known here: `pages`, `style`, `anonymity`, `appendix`, `canaries`, `levels`",
            ),
        ] {
            assert_eq!(mistakes(&format!("{VENUE}{text}\n")), [message], "{text}");
        }
    }

    #[test]
    fn all_mistakes_are_told_at_once_in_order_of_the_text() {
        let text = "[venue]\nid = 'A b'\nname = ''\n[pages]\nmain = { max = 0 }\n";
        assert_eq!(
            mistakes(text),
            [
                "`url` is missing: the page that holds the call",
                "an id is made of lower-case letters, digits and hyphens",
                "this text is empty",
                "`says` is missing: what the call asks, in your own words",
                "`section` is missing: where in the call it stands",
                "a whole number of at least 1 is needed here",
            ]
        );
    }

    #[test]
    fn a_file_without_a_venue_is_refused() {
        assert_eq!(mistakes(""), ["`venue` is missing: a table with `id`, `name` and `url`"]);
    }

    #[test]
    fn what_is_not_toml_is_told_as_such() {
        let all = mistakes("[venue\nid = 1 1\n");
        assert!(all.iter().all(|m| m.starts_with("not TOML: ")), "{all:?}");
    }

    #[test]
    fn a_demand_may_have_a_page_of_its_own() {
        let text = format!("{VENUE}pages.main = {{ max = 4, says = 's', section = 'x', url = 'other' }}\n");
        let file = ProfileFile::parse("v.toml", &text).expect("sound");
        let clause = file.profile(Stage::Submission, Track::Regular).main_pages.expect("asked").clause;
        assert_eq!(clause.url, "other");
    }

    #[test]
    fn canaries_are_texts() {
        let text = format!("{VENUE}canaries = {{ phrases = ['quiet lantern'] }}\n");
        let file = ProfileFile::parse("v.toml", &text).expect("sound");
        assert_eq!(file.profile(Stage::Submission, Track::Regular).canaries, ["quiet lantern"]);
        let missing = mistakes(&format!("{VENUE}canaries = {{}}\n"));
        assert_eq!(missing, ["`phrases` is missing: the strings that the venue hides"]);
    }

    #[test]
    fn a_word_of_levels_can_be_rejected_where_it_stands() {
        let text = format!("{VENUE}levels = {{ nothing = 'note' }}\n");
        let file = ProfileFile::parse("v.toml", &text).expect("sound");
        let (word, at) = file.levels().next().expect("one level");
        assert_eq!((word, &text[at.clone()]), ("nothing", "nothing"));
        assert!(file.reject([(at, "no such rule".to_owned())]).is_err());
        assert!(file.reject([]).is_ok());
    }
}
