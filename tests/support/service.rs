//! The service, started as its users start it.

use super::http::{Answer, FORM, Field, file, form, send};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// The service; it ends with the test.
pub(crate) struct Service {
    child: Child,
    /// Host and port.
    pub(crate) address: String,
}

impl Service {
    /// Starts it on a free port of this machine, with its data in a folder.
    pub(crate) fn start(data: &Path, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dlde"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .args(args)
            .env_remove("DLDE_DATABASE")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
        let address = line.trim().strip_prefix("listening on http://").expect("its address").to_owned();
        Self { child, address }
    }

    /// Ends it as a power cut does.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("kill -9");
        self.child.wait().expect("it has ended");
    }

    /// Who can kill it while others speak to it.
    pub(crate) fn killer(&self) -> Killer {
        Killer(self.child.id())
    }

    /// Asks it to end, and waits until it has.
    pub(crate) fn stop(mut self) -> ExitStatus {
        let number = self.child.id().to_string();
        let told = Command::new("kill").args(["-TERM", &number]).status();
        assert!(told.is_ok_and(|told| told.success()));
        self.child.wait().expect("it has ended")
    }

    pub(crate) fn get(&self, path: &str, accept: &str) -> Answer {
        send(&self.address, &format!("GET {path}"), &[("accept", accept)], b"").expect("an answer")
    }

    /// Hands in a form; `None` where the service ended meanwhile.
    pub(crate) fn post(&self, fields: &[Field<'_>]) -> Option<Answer> {
        send(&self.address, "POST /v1/checks", &[("content-type", FORM)], &form(fields))
    }

    /// Hands in a paper alone; where its check is.
    pub(crate) fn hand_in(&self, pdf: &[u8]) -> String {
        let answer = self.post(&[file("pdf", "paper.pdf", pdf)]).expect("an answer");
        assert!(matches!(answer.status, 200 | 202), "{answer:?}");
        answer.header("location").to_owned()
    }

    /// Waits for the end of a check; what it says then.
    pub(crate) fn ended(&self, place: &str) -> Answer {
        let end = Instant::now() + Duration::from_secs(120);
        loop {
            let answer = self.get(place, "application/json");
            if answer.status != 202 {
                return answer;
            }
            assert!(Instant::now() < end, "{answer:?}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// How many checks are listed.
    pub(crate) fn total(&self) -> u64 {
        self.get("/v1/checks", "*/*").json()["total"].as_u64().expect("a number")
    }
}

/// Ends a service as a power cut does, from beside.
pub(crate) struct Killer(u32);

impl Killer {
    pub(crate) fn kill(&self) {
        let told = Command::new("kill").args(["-KILL", &self.0.to_string()]).status();
        assert!(told.is_ok_and(|told| told.success()), "kill -9");
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
