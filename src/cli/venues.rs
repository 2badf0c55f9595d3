//! `dlde venues`: the venues that the binary carries.

use super::config::{unknown, venue};
use super::failure::Failure;
use super::output::print;
use crate::profile::{Anonymity, BUILTIN, NEWEST, Profile, Stage, Track};

const HINT: &str = "\
`dlde check paper.pdf --venue ID` checks against one of them; without it, and without a dlde.toml,
the default is taken. `dlde venues ID > my-venue.toml` gives you a file to make a venue of your own
from, for `--venue my-venue.toml`.
";

/// Lists the venues, newest first, or prints the file of one.
///
/// # Errors
/// A venue that the binary does not carry.
pub(super) fn run(id: Option<&str>) -> Result<(), Failure> {
    match id {
        None => list(),
        Some(id) => match BUILTIN.iter().find(|(known, _)| *known == id) {
            Some((_, text)) => print(text.as_bytes()),
            None => Err(unknown(id, None)),
        },
    }
}

fn list() -> Result<(), Failure> {
    let profiles = BUILTIN
        .iter()
        .map(|(id, _)| Ok(venue(id, None)?.profile(Stage::default(), Track::default())))
        .collect::<Result<Vec<_>, Failure>>()?;
    let width = profiles.iter().map(|p| p.id.len()).max().unwrap_or(0);
    let entry = |p: &Profile| {
        let default = if p.id == NEWEST { " (the default)" } else { "" };
        let gap = " ".repeat(width);
        format!("{:width$}  {}{default}\n{gap}  {}\n{gap}  {}\n\n", p.id, p.name, asks(p), p.url)
    };
    let table: String = profiles.iter().map(entry).collect();
    print(format!("{table}{HINT}").as_bytes())
}

/// What is asked of a submission, in a few words.
fn asks(profile: &Profile) -> String {
    let pages = profile.main_pages.as_ref().map(|d| format!("{} pages of main text", d.value));
    let style = profile.style.as_ref().map(|d| format!("style {}", d.value.ids.join(" or ")));
    let anonymity = profile.anonymity.as_ref().map(|d| match d.value {
        Anonymity::DoubleBlind => "double-blind".to_owned(),
        Anonymity::Named => "authors named".to_owned(),
    });
    let all: Vec<_> = [pages, style, anonymity].into_iter().flatten().collect();
    if all.is_empty() { "states no demand on format".to_owned() } else { all.join("; ") }
}
