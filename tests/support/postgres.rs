//! A PostgreSQL server of a test's own: on a socket in a folder of its own, gone afterwards.

use super::tool::{is_there, skipped};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// The server.
pub(crate) struct Postgres {
    programs: PathBuf,
    folder: TempDir,
}

impl Postgres {
    /// Starts one; `None` where PostgreSQL is not installed.
    pub(crate) fn start() -> Option<Self> {
        let Some(programs) = programs() else {
            skipped("PostgreSQL is not installed (Debian package postgresql)");
            return None;
        };
        if is_root() && !is_there("runuser", "util-linux") {
            return None;
        }
        let folder = tempfile::tempdir().expect("a folder");
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(folder.path()));
        }
        let server = Self { programs, folder };
        let data = server.data();
        run(server.program("initdb").args(["-A", "trust", "-U", "dlde", "--no-sync", "-D"]).arg(&data));
        let options = format!("-c listen_addresses='' -c fsync=off -k {}", server.folder.path().display());
        let log = server.folder.path().join("log");
        run(server
            .program("pg_ctl")
            .args(["start", "-w", "-o", &options, "-l"])
            .arg(log)
            .arg("-D")
            .arg(data));
        Some(server)
    }

    /// Where it is.
    pub(crate) fn address(&self) -> String {
        format!("postgres://dlde@localhost/postgres?host={}", self.folder.path().display())
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// One of its programs; they refuse to be run by root.
    fn program(&self, name: &str) -> Command {
        let path = self.programs.join(name);
        if !is_root() {
            return Command::new(path);
        }
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(path).current_dir("/");
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let data = self.data();
        let _ = self.program("pg_ctl").args(["stop", "-m", "immediate", "-D"]).arg(data).output();
    }
}

/// Where Debian puts the programs of the newest version; elsewhere they are on the path.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let all = versions.map(|version| version.path().join("bin"));
    let newest = all.filter(|programs| programs.join("initdb").is_file()).max();
    newest.or_else(|| {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).find(|folder| Path::new(folder).join("initdb").is_file())
    })
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|said| said.stdout.trim_ascii() == b"0")
}

fn run(command: &mut Command) {
    // The server keeps what it is given: a pipe would never end.
    let done = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(done.is_ok_and(|status| status.success()), "{command:?}");
}
