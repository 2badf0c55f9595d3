//! Who the authors are, from the command line and a file.

use super::args::WhoArgs;
use super::choice::AudienceArg;
use super::failure::Failure;
use crate::check::Asker;
use crate::identities::{Author, Identities};
use std::io::Read as _;
use std::path::Path;

/// The largest file of identities that is read, in bytes. Source: a thousand authors take a tenth of it.
const MAX_BYTES: u64 = 4 << 20;

/// Who asks, and what they know.
///
/// # Errors
/// A file that cannot be read or says nothing, and a reviewer who names authors.
pub(super) fn asker(audience: AudienceArg, who: &WhoArgs) -> Result<Asker, Failure> {
    let mut identities = match &who.identities {
        Some(path) => read(path)?,
        None => Identities::default(),
    };
    let said = [
        ("--author", &who.author),
        ("--email", &who.email),
        ("--github", &who.github),
        ("--affiliation", &who.affiliation),
    ];
    for (option, words) in said {
        words.iter().try_for_each(|word| add(&mut identities, option, word))?;
    }
    identities.shown = who.show_identities;
    if audience == AudienceArg::Reviewer && !identities.is_empty() {
        return Err(Failure::ReviewerNamesAuthors);
    }
    Ok(Asker { audience: audience.into(), identities })
}

/// Fewer letters are found in every paper.
const FEWEST_LETTERS: usize = 2;

/// Adds what an option says.
///
/// # Errors
/// Words that cannot be looked for: nobody would be told that they were not.
fn add(identities: &mut Identities, option: &'static str, word: &str) -> Result<(), Failure> {
    let mut one = Identities::default();
    let to = |all: &mut Identities| match option {
        "--author" => all.add_author(&Author { names: vec![word.to_owned()], ..Author::default() }),
        "--email" => all.add_email(word),
        "--github" => all.add_account(word),
        _ => all.add_organisation(word),
    };
    to(&mut one);
    if one.is_empty() || word.chars().filter(|c| c.is_alphanumeric()).count() < FEWEST_LETTERS {
        return Err(Failure::NoIdentity { option });
    }
    to(identities);
    Ok(())
}

fn read(path: &Path) -> Result<Identities, Failure> {
    let shown = if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() };
    let mut text = String::new();
    let read = if path == Path::new("-") {
        std::io::stdin().take(MAX_BYTES).read_to_string(&mut text)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(MAX_BYTES).read_to_string(&mut text))
    };
    read.map_err(|cause| Failure::Unreadable { path: shown.clone(), why: cause.to_string() })?;
    Identities::parse(&text).map_err(|why| Failure::Identities { path: shown, why })
}
