//! Every venue is sound, carried in the program, and says why and where it asks what it asks.

use super::source::{files, none, read};
use dlde::check::check_levels;
use dlde::finding::Clause;
use dlde::profile::{BUILTIN, NEWEST, Profile, ProfileFile, Stage, Track};

#[test]
fn every_venue_is_carried_in_the_program() {
    let venues: Vec<_> = files(&["rules"]).into_iter().filter(|path| path.ends_with(".toml")).collect();
    none(venues.iter().filter_map(|path| {
        let id = path.trim_start_matches("rules/").trim_end_matches(".toml");
        let carried = BUILTIN.iter().any(|(known, text)| *known == id && *text == read(path));
        (!carried).then(|| format!("{path} is not in BUILTIN"))
    }));
    assert_eq!(venues.len(), BUILTIN.len());
    assert!(BUILTIN.iter().any(|(id, _)| *id == NEWEST));
}

#[test]
fn every_venue_parses_and_knows_its_rules() {
    none(BUILTIN.iter().filter_map(|(id, text)| {
        let mistakes: Vec<_> = match ProfileFile::parse(id, text).and_then(|file| check_levels(&file)) {
            Ok(()) => return None,
            Err(error) => error.messages().map(str::to_owned).collect(),
        };
        Some(format!("{id}: {}", mistakes.join("; ")))
    }));
}

#[test]
fn every_demand_says_why_and_where() {
    none(profiles().iter().flat_map(|profile| {
        let silent = clauses(profile).into_iter().filter(|clause| {
            clause.says.split_whitespace().count() < 3
                || clause.says.ends_with('.')
                || clause.section.trim().is_empty()
                || !clause.url.starts_with("https://")
        });
        silent.map(|clause| format!("{}: {clause:?}", profile.id)).collect::<Vec<_>>()
    }));
}

#[test]
fn every_venue_is_in_the_readme_and_the_changelog() {
    let pages = ["README.md", "CHANGELOG.md"].map(|page| (page, read(page)));
    none(BUILTIN.iter().flat_map(|(id, _)| {
        let silent = pages.iter().filter(|(_, text)| !text.contains(&format!("`{id}`")));
        silent.map(|(page, _)| format!("{page} does not name {id}")).collect::<Vec<_>>()
    }));
}

#[test]
fn the_page_for_browsers_offers_every_venue_stage_track_and_style() {
    let page = read("web/index.html");
    let choices =
        BUILTIN.iter().map(|(id, _)| *id).chain(Stage::ALL.map(Stage::id)).chain(Track::ALL.map(Track::id));
    let offers = choices.map(|id| format!("<option value=\"{id}\">"));
    let styles = files(&["sty"]).into_iter().filter(|path| path.ends_with(".sty"));
    let links = styles.map(|path| format!("<a href=\"{path}\" download>"));
    let missing: Vec<_> = offers.chain(links).filter(|element| !page.contains(element)).collect();
    none(missing.into_iter().map(|element| format!("web/index.html is without {element}")));
    let first = page.find("<option").map(|at| &page[at..]).expect("a choice");
    assert!(
        first.starts_with(&format!("<option value=\"{NEWEST}\">")),
        "the newest is what one gets without choosing"
    );
}

/// What every venue asks at every stage of every track.
fn profiles() -> Vec<Profile> {
    let files = BUILTIN.iter().map(|(id, text)| ProfileFile::parse(id, text).expect("a sound venue"));
    let every = |file: ProfileFile| {
        let track = |track| Stage::ALL.map(|stage| file.profile(stage, track));
        Track::ALL.map(track).into_iter().flatten().collect::<Vec<_>>()
    };
    files.flat_map(every).collect()
}

fn clauses(profile: &Profile) -> Vec<&Clause> {
    [
        profile.main_pages.as_ref().map(|demand| &demand.clause),
        profile.style.as_ref().map(|demand| &demand.clause),
        profile.anonymity.as_ref().map(|demand| &demand.clause),
        profile.long_appendix.as_ref().map(|demand| &demand.clause),
    ]
    .into_iter()
    .flatten()
    .collect()
}
