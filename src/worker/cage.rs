//! What a worker closes itself in with: nothing to open, nobody to talk to, no more memory than it was given.
//!
//! On Linux: limits of resources (getrlimit(2)), Landlock (landlock(7)) and a filter of system calls (seccomp(2)).
//! Elsewhere only the clock of the one who waits is a limit. What the system cannot do is told, not fatal: each is
//! one of several fences.

/// Closes in the process, before its second thread is started. Returns what could not be closed.
#[cfg(not(target_os = "linux"))]
pub(super) fn close_process(_: u64, _: u64) -> Vec<String> {
    vec!["limits of memory, files and system calls: known on Linux only".to_owned()]
}

/// Closes in every thread of the process. Returns what could not be closed.
#[cfg(not(target_os = "linux"))]
pub(super) fn close_calls() -> Option<String> {
    None
}

#[cfg(target_os = "linux")]
pub(super) use linux::{close_calls, close_process};

#[cfg(target_os = "linux")]
mod linux {
    use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetStatus};
    use rustix::process::{Resource, Rlimit, Signal, set_parent_process_death_signal, setrlimit};
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, apply_filter_all_threads};
    use std::collections::BTreeMap;

    /// The newest set of rights that is asked for; an older system gives what it has.
    const RIGHTS: ABI = ABI::V5;

    /// Closes in the process, before its second thread is started; `memory` in bytes of address space, `seconds` of
    /// processor time. Returns what could not be closed.
    pub(in crate::worker) fn close_process(memory: u64, seconds: u64) -> Vec<String> {
        // Whoever started this one may be killed; nobody would end this one then.
        let mut open = Vec::new();
        let mut tell = |what: &str, done: Result<(), String>| {
            if let Err(why) = done {
                open.push(format!("{what}: {why}"));
            }
        };
        let words = |error: rustix::io::Errno| error.to_string();
        tell("its end with its owner's", set_parent_process_death_signal(Some(Signal::KILL)).map_err(words));
        let limit =
            |what, most| setrlimit(what, Rlimit { current: Some(most), maximum: Some(most) }).map_err(words);
        tell("memory", limit(Resource::As, memory));
        tell("processor time", limit(Resource::Cpu, seconds));
        tell("dumps of memory", limit(Resource::Core, 0));
        tell("files", closed_files());
        open
    }

    /// No file may be opened and no connection made.
    fn closed_files() -> Result<(), String> {
        let closed = Ruleset::default()
            .handle_access(AccessFs::from_all(RIGHTS))
            .and_then(|rules| rules.handle_access(AccessNet::from_all(RIGHTS)))
            .and_then(Ruleset::create)
            .and_then(landlock::RulesetCreated::restrict_self)
            .map_err(|error| error.to_string())?;
        match closed.ruleset {
            RulesetStatus::NotEnforced => Err("the system has no Landlock".to_owned()),
            _ => Ok(()),
        }
    }

    /// What reading, writing, memory and threads need; every other call is refused, and the worker lives on.
    const CALLS: [i64; 30] = [
        libc::SYS_brk,
        libc::SYS_clock_gettime,
        libc::SYS_close,
        libc::SYS_exit,
        libc::SYS_exit_group,
        libc::SYS_futex,
        libc::SYS_getpid,
        libc::SYS_getrandom,
        libc::SYS_getrusage,
        libc::SYS_gettid,
        libc::SYS_madvise,
        libc::SYS_mmap,
        libc::SYS_mprotect,
        libc::SYS_mremap,
        libc::SYS_munmap,
        libc::SYS_read,
        libc::SYS_readv,
        libc::SYS_restart_syscall,
        libc::SYS_rseq,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sched_getaffinity,
        libc::SYS_sched_yield,
        libc::SYS_set_robust_list,
        libc::SYS_sigaltstack,
        libc::SYS_tgkill,
        libc::SYS_nanosleep,
        libc::SYS_write,
        libc::SYS_writev,
    ];

    /// Closes in every thread of the process. Returns why that could not be done.
    pub(in crate::worker) fn close_calls() -> Option<String> {
        let refused = SeccompAction::Errno(libc::EPERM as u32);
        let rules: BTreeMap<_, _> = CALLS.iter().map(|call| (*call, Vec::new())).collect();
        let done = std::env::consts::ARCH
            .try_into()
            .and_then(|arch| SeccompFilter::new(rules, refused, SeccompAction::Allow, arch))
            .and_then(BpfProgram::try_from)
            .map_err(|error| error.to_string())
            .and_then(|filter| apply_filter_all_threads(&filter).map_err(|error| error.to_string()));
        done.err().map(|why| format!("system calls: {why}"))
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "what is closed is tried")]

    use super::{close_calls, close_process};
    use std::process::Command;

    /// Set for the process that is closed in; the test runs itself in one.
    const INSIDE: &str = "DLDE_TEST_INSIDE_THE_CAGE";

    fn inside_the_cage() {
        assert_eq!(close_process(512 << 20, 60), Vec::<String>::new());
        assert!(std::fs::File::open("/etc/passwd").is_err(), "Landlock lets no file be opened");
        assert_eq!(close_calls(), None);
        assert!(std::fs::File::open("/etc/passwd").is_err());
        assert!(std::fs::write(std::env::temp_dir().join("dlde-cage"), "x").is_err());
        assert!(std::net::TcpStream::connect("127.0.0.1:1").is_err_and(|e| e.raw_os_error() == Some(1)));
        assert!(std::net::UdpSocket::bind("127.0.0.1:0").is_err());
        assert!(Command::new("/bin/true").spawn().is_err());
        assert!(std::thread::Builder::new().spawn(|| ()).is_err());
        assert!(Vec::<u8>::new().try_reserve_exact(1 << 30).is_err(), "more than it was given");
        assert!(Vec::<u8>::new().try_reserve_exact(1 << 20).is_ok());
    }

    #[test]
    fn a_worker_opens_nothing_and_talks_to_nobody() {
        if std::env::var_os(INSIDE).is_some() {
            return inside_the_cage();
        }
        let this = std::env::current_exe().expect("this test");
        let name = "worker::cage::tests::a_worker_opens_nothing_and_talks_to_nobody";
        let done = Command::new(this)
            .args(["--exact", name, "--test-threads=1", "--nocapture"])
            .env(INSIDE, "1")
            .output()
            .expect("it runs");
        let said =
            String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success() && said.contains("1 passed"), "{said}");
    }
}
