//! Which venue, stage and track a paper is checked for, and where that was said: the command line, else
//! `dlde.toml`, else the newest DLDE.

use super::args::DemandArgs;
use super::failure::Failure;
use crate::check::check_levels;
use crate::place::FileId;
use crate::profile::{BUILTIN, NEWEST, Profile, ProfileFile, Settings, Stage, Track};
use crate::spelling::nearest;
use crate::submission::{Kind, Submission};
use std::path::{Path, PathBuf};

/// The name of the file that holds an author's settings.
pub(super) const FILE_NAME: &str = "dlde.toml";

/// Settings, and where they stand.
#[derive(Default)]
pub(super) struct Found {
    settings: Settings,
    /// The path as it is shown; empty where no settings were found.
    shown: String,
    /// The directory that holds them, absolute.
    directory: PathBuf,
}

impl Found {
    /// The settings beside an input, or above it up to a directory that holds `.git`; without any, all is open.
    ///
    /// # Errors
    /// Settings that cannot be read or are broken.
    pub(super) fn beside(input: &Path) -> Result<Self, Failure> {
        let beside = if input.is_dir() { Some(input) } else { input.parent() };
        let beside = beside.filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let Ok(start) = beside.canonicalize() else { return Ok(Self::default()) };
        for directory in start.ancestors() {
            let path = directory.join(FILE_NAME);
            if path.is_file() {
                let shown = short(&path);
                let settings = Settings::parse(&shown, &read(&path, &shown)?)?;
                return Ok(Self { settings, shown, directory: directory.to_owned() });
            }
            if directory.join(".git").exists() {
                break;
            }
        }
        Ok(Self::default())
    }

    /// What the venue demands: the command line is heard first, then the settings, then the default.
    ///
    /// `named` is the venue of the command line.
    ///
    /// # Errors
    /// An unknown or broken venue, or one that does not speak of the stage or track.
    pub(super) fn profile(&self, args: &DemandArgs, named: Option<&ProfileFile>) -> Result<Profile, Failure> {
        let (stage, track) = self.stage_and_track(args);
        let (profile, chosen) = match named {
            Some(file) => (speak(file, stage, track)?, origin(args.venue.as_deref())),
            None => {
                let (file, chosen) = self.venue_file(args)?;
                (speak(&file, stage, track)?, chosen)
            }
        };
        Ok(Profile { chosen, ..profile })
    }

    /// The stage and track: the command line is heard first, then the settings.
    pub(super) fn stage_and_track(&self, args: &DemandArgs) -> (Stage, Track) {
        let stage = args.stage.map(Stage::from).or(self.settings.stage).unwrap_or_default();
        (stage, args.track.map(Track::from).or(self.settings.track).unwrap_or_default())
    }

    /// The venue, and how it was chosen.
    ///
    /// # Errors
    /// An unknown or broken venue.
    pub(super) fn venue_file(&self, args: &DemandArgs) -> Result<(ProfileFile, String), Failure> {
        match (&args.venue, &self.settings.venue) {
            (Some(word), _) => Ok((venue(word, None)?, origin(Some(word)))),
            (None, Some(word)) => {
                let file = venue(word, Some((&self.directory, &self.shown)))?;
                Ok((file, "from dlde.toml".to_owned()))
            }
            (None, None) => Ok((venue(NEWEST, None)?, "the default".to_owned())),
        }
    }

    /// Lets `main` name the paper among the files of a directory.
    ///
    /// Settings above the directory may speak of a paper elsewhere; then nothing is changed.
    ///
    /// # Errors
    /// A `main` within the directory that is not one of its PDFs.
    pub(super) fn choose_main(&self, input: &Path, submission: &mut Submission) -> Result<(), Failure> {
        let (Some(main), Ok(root)) = (&self.settings.main, input.canonicalize()) else { return Ok(()) };
        let path = self.directory.join(main);
        let path = path.canonicalize().unwrap_or(path);
        let Some(inside) = path.strip_prefix(&root).ok().filter(|_| root.is_dir()) else { return Ok(()) };
        let name: Vec<_> = inside.components().map(|c| c.as_os_str().to_string_lossy()).collect();
        let name = name.join("/");
        let found = submission.files.iter().position(|f| f.name == name && f.kind == Kind::Pdf);
        let Some(index) = found else {
            return Err(Failure::NoMain { settings: self.shown.clone(), main: main.clone() });
        };
        submission.paper = Some(FileId(index as u32));
        Ok(())
    }
}

/// A venue by id or by its file; `settings` are the directory and shown path of the `dlde.toml` that names it.
///
/// # Errors
/// An unknown venue, or a file that cannot be read or is broken.
pub(super) fn venue(word: &str, settings: Option<(&Path, &str)>) -> Result<ProfileFile, Failure> {
    if let Some((id, text)) = BUILTIN.iter().find(|(id, _)| *id == word) {
        return Ok(ProfileFile::parse(&format!("rules/{id}.toml"), text)?);
    }
    let path = settings.map_or(PathBuf::from(word), |(directory, _)| directory.join(word));
    if !word.ends_with(".toml") && !word.contains(['/', '\\']) && !path.is_file() {
        return Err(unknown(word, settings.map(|(_, shown)| shown)));
    }
    let file = ProfileFile::parse(word, &read(&path, word)?)?;
    check_levels(&file)?;
    Ok(file)
}

/// The text of a venue's file; `None` for one that is built in.
///
/// # Errors
/// A file that cannot be read.
pub(super) fn venue_text(word: &str) -> Result<Option<String>, Failure> {
    let is_built_in = BUILTIN.iter().any(|(id, _)| *id == word);
    if is_built_in { Ok(None) } else { read(Path::new(word), word).map(Some) }
}

/// No venue goes by that word: which may be meant. `settings` are those that name it.
pub(super) fn unknown(word: &str, settings: Option<&str>) -> Failure {
    let help = match nearest(word, BUILTIN.iter().map(|(id, _)| *id)) {
        Some(meant) => format!("did you mean `{meant}`? `dlde venues` lists them all"),
        None => "`dlde venues` lists them; a venue of your own is a file, such as my-venue.toml".to_owned(),
    };
    Failure::UnknownVenue { word: word.to_owned(), settings: settings.map(str::to_owned), help }
}

/// The demands of a stage and track that the venue speaks of.
///
/// # Errors
/// A stage or track that it does not speak of.
pub(super) fn speak(file: &ProfileFile, stage: Stage, track: Track) -> Result<Profile, Failure> {
    let profile = file.profile(stage, track);
    let (lack, table) = if !file.has_stage(stage) {
        (format!("does not speak of the stage {}", stage.id()), format!("[stages.{}]", stage.id()))
    } else if !file.has_track(track) {
        (format!("has no track {}", track.id()), format!("[tracks.{}]", track.id()))
    } else {
        return Ok(profile);
    };
    let help = format!("leave it out, or add {table} to the venue's file and name the file with --venue");
    Err(Failure::Silent { venue: profile.id, lack, help })
}

fn read(path: &Path, shown: &str) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|cause| Failure::Unreadable {
        path: shown.to_owned(),
        why: match cause.kind() {
            std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
            std::io::ErrorKind::InvalidData => "is not a text file".to_owned(),
            std::io::ErrorKind::IsADirectory => "is a directory; a venue is a TOML file".to_owned(),
            _ => format!("cannot be read: {cause}"),
        },
    })
}

/// The path from where the user stands, where it lies below.
pub(super) fn short(path: &Path) -> String {
    let here = std::env::current_dir().and_then(|d| d.canonicalize());
    let below = here.ok().and_then(|here| path.strip_prefix(here).ok());
    below.unwrap_or(path).display().to_string()
}

/// How a venue named on the command line is told: a file by its name, so that it is not taken for a built-in one.
fn origin(word: Option<&str>) -> String {
    let is_built_in = |word: &&str| BUILTIN.iter().any(|(id, _)| id == word);
    let file = word.filter(|w| !is_built_in(w)).and_then(|w| Path::new(w).file_name());
    file.map_or("from --venue".to_owned(), |name| format!("from the file {}", name.to_string_lossy()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::{File, Origin};
    use std::fs::{create_dir_all, remove_dir_all, write};

    /// A directory of its own for a test, gone afterwards.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("dlde-{}-{name}", std::process::id()));
            create_dir_all(path.join("repository/.git")).expect("a place for tests");
            create_dir_all(path.join("repository/paper")).expect("a place for tests");
            Self(path.canonicalize().expect("exists"))
        }

        fn paper(&self) -> PathBuf {
            self.0.join("repository/paper")
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = remove_dir_all(&self.0);
        }
    }

    #[test]
    fn settings_are_found_up_to_the_repository_and_not_above() {
        let scratch = Scratch::new("search");
        write(scratch.0.join("dlde.toml"), "venue = 'dlde-2021'").expect("written");
        let found = Found::beside(&scratch.paper().join("a.pdf")).expect("sound");
        assert_eq!(found.settings, Settings::default());
        write(scratch.0.join("repository/dlde.toml"), "venue = 'dlde-2022'").expect("written");
        let found = Found::beside(&scratch.paper()).expect("sound");
        assert_eq!(found.settings.venue.as_deref(), Some("dlde-2022"));
        write(scratch.paper().join("dlde.toml"), "track = 'regular'").expect("written");
        assert_eq!(Found::beside(&scratch.paper()).expect("sound").settings.venue, None);
    }

    fn pdfs(names: &[&str]) -> Submission {
        let file = |name: &&str| File::new((*name).to_owned(), b"%PDF-1.5".to_vec(), Origin::Input);
        Submission { files: names.iter().map(file).collect(), ..Submission::default() }
    }

    #[test]
    fn main_names_the_paper_of_a_directory() {
        let scratch = Scratch::new("main");
        write(scratch.0.join("repository/dlde.toml"), "main = 'paper/b.pdf'").expect("written");
        let found = Found::beside(&scratch.paper()).expect("sound");
        let mut submission = pdfs(&["a.pdf", "b.pdf"]);
        found.choose_main(&scratch.paper(), &mut submission).expect("is there");
        assert_eq!(submission.paper, Some(FileId(1)));
        assert!(found.choose_main(&scratch.paper(), &mut pdfs(&["a.pdf"])).is_err());
    }

    #[test]
    fn main_elsewhere_says_nothing_of_this_directory() {
        let scratch = Scratch::new("elsewhere");
        write(scratch.0.join("repository/dlde.toml"), "main = 'other/b.pdf'").expect("written");
        let found = Found::beside(&scratch.paper()).expect("sound");
        let mut submission = pdfs(&["a.pdf"]);
        found.choose_main(&scratch.paper(), &mut submission).expect("nothing to do");
        assert_eq!(submission.paper, None);
    }

    #[test]
    fn the_report_can_tell_how_the_venue_was_chosen() {
        let args = |words: &[&str]| {
            use clap::Parser;
            let all = ["dlde", "check", "x"].iter().chain(words).copied();
            match crate::cli::args::Cli::parse_from(all).command {
                crate::cli::args::Command::Check(args) => args,
                _ => unreachable!("it is a check"),
            }
        };
        let open = Found::default();
        let profile = open.profile(&args(&["--stage", "preprint"]).demands, None).expect("sound");
        assert_eq!((profile.id.as_str(), profile.chosen.as_str()), ("dlde-2023", "the default"));
        assert_eq!(profile.stage, Stage::Preprint);
        let file = venue("dlde-2022", None).expect("built in");
        let profile = open.profile(&args(&[]).demands, Some(&file)).expect("sound");
        assert_eq!((profile.id.as_str(), profile.chosen.as_str()), ("dlde-2022", "from --venue"));
        let settings = Settings { venue: Some("dlde-2021".to_owned()), ..Settings::default() };
        let settled = Found { settings, shown: "dlde.toml".to_owned(), directory: PathBuf::new() };
        let profile = settled.profile(&args(&[]).demands, None).expect("sound");
        assert_eq!((profile.id.as_str(), profile.chosen.as_str()), ("dlde-2021", "from dlde.toml"));
    }
}
