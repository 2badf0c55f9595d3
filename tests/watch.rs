//! `dlde check --watch`, run as an author runs it: a new answer for a new paper, none for half of one.
#![expect(clippy::disallowed_methods, reason = "this test runs the program and writes what it watches")]

mod support {
    pub(crate) mod program;
}

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use support::program::{dlde, project};

/// Longer than a busy machine takes for one check.
const PATIENCE: Duration = Duration::from_secs(120);

/// A program that watches; it ends with the test.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dlde"))
            .args(["check", "paper.pdf", "--watch"])
            .current_dir(folder)
            .env("COLUMNS", "80")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let out = BufReader::new(child.stdout.take().expect("its output is read"));
        let (give, lines) = channel();
        std::thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| give.send(line)));
        Self { child, lines }
    }

    /// What is said up to and with a line that begins so.
    fn until(&self, start: &str) -> String {
        let mut told = String::new();
        loop {
            let line = self.lines.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("no {start}: {told}"));
            told += &format!("{line}\n");
            if line.starts_with(start) {
                return told;
            }
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_new_paper_is_checked_and_half_of_one_is_waited_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let sample = |name: &str| {
        std::fs::read(project().join(format!("samples/{name}/paper.pdf"))).expect("a sample is there")
    };
    let write = |bytes: &[u8]| std::fs::write(folder.path().join("paper.pdf"), bytes).expect("it is written");
    write(&sample("over-length"));
    let watching = Watching::start(folder.path());
    let told = watching.until("check 1;");
    assert!(told.contains("\n✗ would be turned away: 1 error\n"), "{told}");
    let paper = sample("clean");
    write(&paper[..paper.len() / 2]);
    let told = watching.until("paper.pdf is being written");
    assert!(!told.contains("clean") && !told.contains("could not be determined"), "{told}");
    write(&paper);
    let told = watching.until("check 2;");
    assert!(told.contains("\n✓ may be submitted\n") && !told.contains("not be determined"), "{told}");
    assert!(told.contains("\nsince the version before: 1 mended\n"), "{told}");
}

#[test]
fn what_is_not_there_at_the_start_is_not_waited_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = dlde(folder.path(), &["check", "paper.pdf", "--watch"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("there is no such file or directory"), "{}", run.err);
}
