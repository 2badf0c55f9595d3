//! `--compile`: the PDF of a submission that has none, built from its sources in a folder of its own.
//!
//! The sources are somebody else's program. pdfLaTeX and BibTeX are run directly, since latexmk hands names to a shell
//! and runs what a `latexmkrc` says; they may run nothing, read and write below the folder only, and must end in time.

use super::fix_told::aside;
use super::fix_tree::is_below;
use crate::paper::Paper;
use crate::paper::source::needless;
use crate::place::FileId;
use crate::problem::ProblemKind;
use crate::submission::{File, Kind, Origin, Submission};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// The time that all programs may take together. Measured: all runs of a paper with its bibliography take 2 to 5 s; ten
/// times that leaves room for drawings in TikZ and for a slow machine. Who waits longer believes that nothing happens.
const MOST_TIME: Duration = Duration::from_secs(60);
/// What is built in less is not spoken of.
const SILENCE: Duration = Duration::from_secs(3);
/// The most bytes that they may write. Chosen: more than twice what is read of a submission.
const MOST_BYTES: u64 = 500 << 20;
/// How often it is looked whether they have ended.
const TICK: Duration = Duration::from_millis(20);
/// The most runs of LaTeX. Source: references, citations and line numbers settle in three; one more for a table of
/// contents.
const MOST_RUNS: usize = 4;

/// The submission with the PDF that its sources make, where it has none, and why that could not be built.
pub(super) fn built(mut submission: Submission) -> (Submission, Option<String>) {
    let (paper, problems) = Paper::read(&submission);
    let lacks_paper = problems.iter().any(|p| p.kind == ProblemKind::NoPaper);
    let Some(main) = paper.sources.main.filter(|_| lacks_paper) else { return (submission, None) };
    let name = submission.file(main).map_or(String::new(), |file| file.name.clone());
    match built_of(&submission, &name) {
        Ok(bytes) => {
            let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
            submission.files.push(File::new(format!("{stem}.pdf"), bytes, Origin::Input));
            submission.paper = Some(FileId(submission.files.len() as u32 - 1));
            (submission, None)
        }
        Err(why) => (submission, Some(format!("{name} could not be built: {why}"))),
    }
}

fn built_of(submission: &Submission, main: &str) -> Result<Vec<u8>, String> {
    let last = main.rsplit('/').next().unwrap_or(main);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let stem = last
        .strip_suffix(".tex")
        .filter(|s| !s.is_empty() && s.chars().all(is_plain) && !s.starts_with(['-', '.']));
    let Some(stem) = stem else {
        return Err("its name must be of letters, digits, dots and hyphens, and end in .tex".to_owned());
    };
    let folder = Scratch::new()?;
    written(submission, &folder.0)?;
    let place = main.rsplit_once('/').map_or(folder.0.clone(), |(below, _)| folder.0.join(below));
    let herald = Herald::new();
    let build =
        Build { root: folder.0.clone(), place, stem: stem.to_owned(), end: Instant::now() + MOST_TIME };
    let built = build.pdf();
    drop(herald);
    built
}

/// Says that a build goes on, once it takes longer than one notices, until it is dropped. It tells no name of a file:
/// reviewers read it too.
struct Herald {
    /// Its drop ends the waiting.
    _end: Option<Sender<()>>,
}

impl Herald {
    fn new() -> Self {
        let (give, take) = channel::<()>();
        let started = std::thread::Builder::new().spawn(move || {
            if take.recv_timeout(SILENCE) == Err(RecvTimeoutError::Timeout) {
                let most = MOST_TIME.as_secs();
                aside(&format!("building the PDF from its sources; this takes at most {most} s\n"));
            }
        });
        Self { _end: started.is_ok().then_some(give) }
    }
}

/// Writes the sources, and no archive, supplement, or what an earlier build left.
fn written(submission: &Submission, folder: &Path) -> Result<(), String> {
    let needless: Vec<FileId> = needless(submission).into_iter().map(|(id, _)| id).collect();
    for (index, file) in submission.files.iter().enumerate() {
        let is_needless = needless.contains(&FileId(index as u32));
        let is_inner = file.name.contains("!/") || file.kind == Kind::Archive;
        if is_needless || is_inner || file.origin == Origin::Supplement || !is_below(&file.name) {
            continue;
        }
        let path = folder.join(&file.name);
        let made = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        let done = made.and_then(|()| std::fs::write(&path, file.bytes.as_slice()));
        done.map_err(|cause| format!("{} cannot be written to a temporary folder: {cause}", file.name))?;
    }
    Ok(())
}

/// A folder of our own, gone when it is dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Self, String> {
        let root = std::env::temp_dir();
        let named = |n: u32| root.join(format!("dlde-{}-{n}", std::process::id()));
        // What is there already may be somebody else's.
        let made = (0..100).map(named).find(|path| std::fs::create_dir(path).is_ok());
        made.map(Self).ok_or_else(|| "no temporary folder can be made".to_owned())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// One build.
struct Build {
    /// The folder of all files.
    root: PathBuf,
    /// That of the main source.
    place: PathBuf,
    /// The name of the main source without its ending.
    stem: String,
    end: Instant,
}

impl Build {
    fn pdf(&self) -> Result<Vec<u8>, String> {
        let cited = self.read("bbl");
        let mut status = self.latex()?;
        if self.has("bcf") && cited.is_none() {
            return Err(
                "it needs biber, which is not run here; build the PDF and hand it in as well".to_owned()
            );
        }
        if self.read("aux").is_some_and(|aux| memchr::memmem::find(&aux, b"\\bibdata").is_some()) {
            let is_sound = self.run("bibtex", &["-terse", &self.stem])?.success();
            // A finished list that came along is better than what is left where a bibliography is missing.
            if let (false, Some(cited)) = (is_sound, cited) {
                let _ = std::fs::write(self.path("bbl"), cited);
            }
        }
        for run in 1..MOST_RUNS {
            status = self.latex()?;
            let log = self.read("log").unwrap_or_default();
            if run > 1 && memchr::memmem::find(&log, b"Rerun to get").is_none() {
                break;
            }
        }
        if !status.success() {
            return Err(self.complaint());
        }
        self.read("pdf").ok_or_else(|| "LaTeX made no PDF".to_owned())
    }

    fn latex(&self) -> Result<ExitStatus, String> {
        let name = format!("{}.tex", self.stem);
        self.run("pdflatex", &["-interaction=nonstopmode", "-no-shell-escape", "-no-parse-first-line", &name])
    }

    fn run(&self, program: &str, args: &[&str]) -> Result<ExitStatus, String> {
        let mut command = Command::new(program);
        command.args(args).current_dir(&self.place);
        // Source: Kpathsea manual, "Safe filenames" (`p` is for paranoid: nothing above the folder, nothing hidden).
        command.envs([("openin_any", "p"), ("openout_any", "p"), ("shell_escape", "f")]);
        command.env("SOURCE_DATE_EPOCH", "0");
        for name in ["TEXINPUTS", "BIBINPUTS", "BSTINPUTS", "TEXMFOUTPUT", "TEXMFCNF"] {
            command.env_remove(name);
        }
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        waited(&mut command, self.end, &self.root).map_err(|why| format!("{program} {why}"))
    }

    /// The first error of the log, with its line.
    fn complaint(&self) -> String {
        let log = String::from_utf8_lossy(&self.read("log").unwrap_or_default()).into_owned();
        let mut lines = log.lines().skip_while(|line| !line.starts_with("! "));
        let error = lines.next().unwrap_or("! LaTeX stops").trim_start_matches("! ").to_owned();
        let line = lines.find_map(|line| line.strip_prefix("l.")?.split(' ').next().map(str::to_owned));
        line.map_or(error.clone(), |line| format!("{error} (line {line})"))
    }

    fn path(&self, ending: &str) -> PathBuf {
        self.place.join(format!("{}.{ending}", self.stem))
    }

    fn has(&self, ending: &str) -> bool {
        self.path(ending).is_file()
    }

    /// A file of the build; none that is larger than what may be written.
    fn read(&self, ending: &str) -> Option<Vec<u8>> {
        let path = self.path(ending);
        let about = std::fs::symlink_metadata(&path).ok()?;
        if about.is_file() && about.len() <= MOST_BYTES { std::fs::read(path).ok() } else { None }
    }
}

/// Runs a program until it ends; one that takes too long, or fills the folder, is stopped.
fn waited(command: &mut Command, end: Instant, folder: &Path) -> Result<ExitStatus, String> {
    let mut child = command.spawn().map_err(|cause| match cause.kind() {
        std::io::ErrorKind::NotFound => {
            "is not installed; install TeX, or build the PDF elsewhere".to_owned()
        }
        _ => format!("does not start: {cause}"),
    })?;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) => {}
            Err(cause) => return Err(format!("is lost: {cause}")),
        }
        let why = if Instant::now() > end {
            Some(
                "did not end in time and was stopped; look for a loop, or build the PDF and hand it in as well",
            )
        } else {
            (size(folder) > MOST_BYTES).then_some("writes too much and was stopped")
        };
        if let Some(why) = why {
            let _ = child.kill();
            let _ = child.wait();
            return Err(why.to_owned());
        }
        std::thread::sleep(TICK);
    }
}

/// Bytes of all files in a folder and below it.
fn size(folder: &Path) -> u64 {
    let (mut open, mut total) = (vec![folder.to_owned()], 0);
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.metadata() {
                Ok(about) if about.is_dir() => open.push(entry.path()),
                Ok(about) => total += about.len(),
                Err(_) => {}
            }
        }
    }
    total
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_takes_too_long_is_stopped() {
        let folder = Scratch::new().expect("a folder");
        let start = Instant::now();
        let end = start + Duration::from_millis(100);
        let told = waited(Command::new("sleep").arg("30"), end, &folder.0);
        assert_eq!(
            told.expect_err("stopped"),
            "did not end in time and was stopped; look for a loop, or build the PDF and hand it in as well"
        );
        assert!(start.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn names_that_tex_would_read_as_commands_are_not_built() {
        for name in ["\\input x.tex", "-shell-escape.tex", "a b.tex", "&x.tex", ".tex", "main.ltx"] {
            assert!(
                built_of(&Submission::default(), name).expect_err("refused").contains("its name"),
                "{name}"
            );
        }
    }
}
