//! One run of the program: what it said, how long it took, and how much memory.
//!
//! A child is charged with the memory of whoever started it, and this process has made large files. So the program is
//! started by a fresh copy of this one, which has made none.

use super::hostile::case::{Case, Says};
use std::path::Path;
use std::process::{Command, Stdio};
use wait4::Wait4;

/// Where the copy is told what to run and where to write what it measured.
const ASKED: &str = "DLDE_TEST_MEASURE";
/// The test that the copy runs.
const TEST: &str = "a_program_that_does_nothing_takes_next_to_nothing";
/// What no run may exceed, so that a fault stops the test and not the machine: address space in KiB, and seconds.
const BOUNDS: &str = "ulimit -v 6291456; ulimit -t 90; exec \"$0\" \"$@\"";

/// What a run left behind.
pub(crate) struct Measured {
    /// The exit code; a run that was killed has none.
    pub(crate) code: Option<i32>,
    /// Processor time in seconds.
    pub(crate) seconds: f64,
    /// The most memory it held at once.
    pub(crate) bytes: u64,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

/// What a report says, as far as these tests ask.
pub(crate) struct Report {
    /// Every page was read.
    pub(crate) is_whole: bool,
    /// The verdict on the whole.
    pub(crate) verdict: String,
    /// The demand on the length was passed.
    pub(crate) length_passes: bool,
    /// The messages of problems and findings.
    messages: Vec<String>,
}

impl Measured {
    /// How it ended, in words.
    pub(crate) fn ending(&self) -> String {
        self.code.map_or_else(|| "a signal".to_owned(), |code| format!("code {code}"))
    }

    /// The report, if it is one.
    pub(crate) fn report(&self) -> Option<Report> {
        let json: serde_json::Value = serde_json::from_str(&self.out).ok()?;
        let number = |key: &str| json["coverage"][key].as_u64();
        let pages = json["paper"]["pages"].as_u64().unwrap_or(0);
        let verdicts = json["verdicts"].as_array()?;
        let lists = [json["problems"].as_array()?, json["findings"].as_array()?];
        Some(Report {
            is_whole: pages > 0
                && number("pages_read") == Some(pages)
                && number("pages_without_text") == Some(0),
            verdict: json["verdict"].as_str()?.to_owned(),
            length_passes: verdicts.iter().any(|v| v["code"] == "PAGE001" && v["outcome"] == "pass"),
            messages: lists
                .into_iter()
                .flatten()
                .filter_map(|m| Some(m["message"].as_str()?.to_owned()))
                .collect(),
        })
    }
}

impl Report {
    /// Whether a problem or a finding has these words.
    pub(crate) fn tells(&self, words: &str) -> bool {
        words.is_empty() || self.messages.iter().any(|m| m.contains(words))
    }

    /// The first thing that it tells.
    pub(crate) fn first(&self) -> String {
        self.messages.first().cloned().unwrap_or_default()
    }

    /// What it tells, cut short.
    pub(crate) fn told(&self) -> String {
        let few: Vec<String> = self.messages.iter().take(3).map(|m| m.chars().take(160).collect()).collect();
        if few.is_empty() { "nothing".to_owned() } else { few.join("; ") }
    }
}

/// Has a file checked.
pub(crate) fn measure(case: &Case) -> Measured {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join(case.file), (case.make)()).expect("the file is written");
    let mut args = vec!["check", case.file, "--format", "json"];
    let is_settings = matches!(case.says, Says::Refused(_));
    if is_settings {
        std::fs::write(folder.path().join("paper.pdf"), b"%PDF-1.7\n").expect("the file is written");
        args[1] = "paper.pdf";
        if case.file == "venue.toml" {
            args.extend(["--venue", "venue.toml"]);
        }
    }
    run(folder.path(), &args)
}

/// Runs the program in a folder, through a copy of this process.
pub(crate) fn run(folder: &Path, args: &[&str]) -> Measured {
    let kept = tempfile::tempdir().expect("a folder");
    let done = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", TEST])
        .env(ASKED, format!("{}\n{}\n{}", kept.path().display(), folder.display(), args.join("\n")))
        .stdout(Stdio::null())
        .status()
        .expect("the copy starts");
    assert!(done.success(), "the copy measures");
    let read = |name: &str| std::fs::read(kept.path().join(name)).expect("the copy wrote it");
    let text = |name: &str| String::from_utf8_lossy(&read(name)).into_owned();
    let numbers: Vec<f64> = text("numbers").split(' ').map(|n| n.parse().unwrap_or(f64::NAN)).collect();
    let [code, seconds, bytes] = numbers[..] else { panic!("three numbers: {numbers:?}") };
    let code = (code >= 0.0).then_some(code as i32);
    Measured { code, seconds, bytes: bytes as u64, out: text("out"), err: text("err") }
}

/// Whether this process is the copy.
pub(crate) fn is_asked() -> bool {
    std::env::var_os(ASKED).is_some()
}

/// What the copy does.
pub(crate) fn run_what_was_asked() {
    let asked = std::env::var(ASKED).expect("it was asked");
    let mut lines = asked.lines();
    let kept = Path::new(lines.next().expect("where to write"));
    let folder = lines.next().expect("where to run");
    let create = |name: &str| std::fs::File::create(kept.join(name)).expect("it can be written");
    let mut child = Command::new("sh")
        .args(["-c", BOUNDS, env!("CARGO_BIN_EXE_dlde")])
        .args(lines)
        .current_dir(folder)
        .env_remove("GITHUB_ACTIONS")
        .env_remove(ASKED)
        .stdin(Stdio::null())
        .stdout(create("out"))
        .stderr(create("err"))
        .spawn()
        .expect("the program starts");
    let used = child.wait4().expect("the program ends");
    let seconds = (used.rusage.utime + used.rusage.stime).as_secs_f64();
    let numbers = format!("{} {seconds} {}", used.status.code().unwrap_or(-1), used.rusage.maxrss);
    std::fs::write(kept.join("numbers"), numbers).expect("it can be written");
}
