//! `dlde new` and `dlde style`: a project to start from, or the style alone.

use super::args::{NewArgs, StyleArgs};
use super::config::venue;
use super::failure::Failure;
use super::output::print;
use crate::profile::{NEWEST, Profile, Stage, Track};
use crate::starter::{StarterFile, project, style_file};
use std::path::Path;

/// Writes a project that builds and passes.
///
/// # Errors
/// An unknown venue, one whose style is not shipped, files that exist already, or what the system says.
pub(super) fn new(args: &NewArgs) -> Result<(), Failure> {
    let profile = profile_of(args.venue.as_deref())?;
    let named = args.venue.as_deref().unwrap_or(NEWEST);
    let files = project(&styles(&profile), named).ok_or_else(|| not_shipped(&profile))?;
    write_all(&args.directory, &files, args.force)?;
    let directory = args.directory.display();
    print(
        format!(
            "{directory} is ready:\n{}\nBuild main.pdf there with latexmk, or with your editor; then: \
             dlde check main.pdf\n",
            listed(&files)
        )
        .as_bytes(),
    )
}

/// Writes the style's file.
///
/// # Errors
/// As [`new`].
pub(super) fn style(args: &StyleArgs) -> Result<(), Failure> {
    let profile = profile_of(args.venue.as_deref())?;
    let file = style_file(&styles(&profile)).ok_or_else(|| not_shipped(&profile))?;
    let files = [file];
    let directory = args.output.as_deref().unwrap_or(Path::new("."));
    write_all(directory, &files, args.force)?;
    print(format!("{} is in {}\n", files[0].path, directory.display()).as_bytes())
}

fn profile_of(word: Option<&str>) -> Result<Profile, Failure> {
    Ok(venue(word.unwrap_or(NEWEST), None)?.profile(Stage::default(), Track::default()))
}

fn styles(profile: &Profile) -> Vec<String> {
    profile.style.as_ref().map(|demand| demand.value.ids.clone()).unwrap_or_default()
}

fn not_shipped(profile: &Profile) -> Failure {
    let asked = styles(profile);
    let lack = if asked.is_empty() {
        "asks for no style".to_owned()
    } else {
        format!("asks for {}, which is not shipped here", asked.join(" or "))
    };
    let help = format!("fetch the style from {}, or name a DLDE workshop with --venue", profile.url);
    Failure::Silent { venue: profile.id.clone(), lack, help }
}

fn listed(files: &[StarterFile]) -> String {
    files.iter().map(|file| format!("  {}\n", file.path)).collect()
}

/// Writes all files or, where one of them exists already, none.
fn write_all(directory: &Path, files: &[StarterFile], force: bool) -> Result<(), Failure> {
    let refused = |path: &Path, why: &str, help| {
        Err(Failure::Output { path: path.display().to_string(), why: why.to_owned(), help })
    };
    if directory.exists() && !directory.is_dir() {
        return refused(directory, "is a file", "name a directory");
    }
    for file in files {
        let path = directory.join(&file.path);
        if path.is_dir() {
            return refused(&path, "is a directory; nothing was written", "name another directory");
        }
        // What already says the same needs no word.
        let differs = |there: Vec<u8>| there != file.text.as_bytes();
        if !force && path.exists() && std::fs::read(&path).map_or(true, differs) {
            let help = "name another directory, or replace it with --force";
            return refused(&path, "exists already; nothing was written", help);
        }
    }
    for file in files {
        let path = directory.join(&file.path);
        let failed = |cause| Failure::Write { path: path.display().to_string(), cause };
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(failed)?;
        }
        std::fs::write(&path, &file.text).map_err(failed)?;
    }
    Ok(())
}
