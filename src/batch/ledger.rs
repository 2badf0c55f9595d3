//! The file of results: lines are appended as they come, so that a run that is killed loses none that it has told.
#![expect(clippy::disallowed_methods, reason = "the results are read and written here")]

use super::error::BatchError;
use crate::report::record::{Record, Status};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// The key and status of every submission whose result is there, by id.
pub(super) type Keys = BTreeMap<String, (String, Status)>;

/// The results, open and locked for one run.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    file: File,
    keys: Keys,
    /// Ids with an older line that no longer holds.
    stale: BTreeSet<String>,
}

impl Ledger {
    /// Opens the results, or begins them. A last line that a killed run left torn is cut off.
    ///
    /// # Errors
    /// A file that holds something else, that another run writes to, or that cannot be written.
    pub fn open(path: &Path) -> Result<Self, BatchError> {
        let failed = |cause: std::io::Error| refused(path, format!("cannot be opened: {cause}"), MAY_WRITE);
        let file = OpenOptions::new().read(true).append(true).create(true).open(path).map_err(failed)?;
        if !file.metadata().is_ok_and(|about| about.is_file()) {
            return Err(refused(path, "is no file that results can be kept in", "name a file with --out"));
        }
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let help = "wait for it, or name another file with --out";
                return Err(refused(path, "another run is writing its results there", help));
            }
            // Where the system locks nothing, nobody is kept out.
            Err(TryLockError::Error(_)) => {}
        }
        let mut ledger = Self { path: path.to_owned(), file, keys: Keys::new(), stale: BTreeSet::new() };
        ledger.read()?;
        Ok(ledger)
    }

    fn read(&mut self) -> Result<(), BatchError> {
        let failed =
            |cause: std::io::Error| refused(&self.path, format!("cannot be read: {cause}"), MAY_WRITE);
        self.file.seek(SeekFrom::Start(0)).map_err(failed)?;
        let mut reader = BufReader::new(&self.file);
        let (mut sound, mut line) = (0_u64, Vec::new());
        loop {
            line.clear();
            let length = reader.read_until(b'\n', &mut line).map_err(failed)? as u64;
            if length == 0 {
                return Ok(());
            }
            let is_whole = line.ends_with(b"\n");
            let record = std::str::from_utf8(&line).ok().filter(|_| is_whole).and_then(Record::parse);
            let Some(record) = record else { break };
            sound += length;
            let Record { id, key, status, .. } = record;
            if self.keys.insert(id.clone(), (key, status)).is_some() {
                self.stale.insert(id);
            }
        }
        // Only the end of what this program wrote may be torn.
        let mut rest = Vec::new();
        reader.take(1).read_to_end(&mut rest).map_err(failed)?;
        let is_ours = sound > 0 || line.starts_with(b"{\"id\":") || b"{\"id\":".starts_with(&line);
        if !rest.is_empty() || !is_ours || line.ends_with(b"\n") {
            let help = "name another file with --out; nothing was written";
            return Err(refused(&self.path, "holds something else than results of a batch", help));
        }
        self.file.set_len(sound).map_err(failed)
    }

    /// What is there already.
    pub(super) fn keys(&self) -> Keys {
        self.keys.clone()
    }

    /// Submissions whose result is there.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether no result is there.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Appends a result.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn enter(&mut self, record: &Record) -> Result<(), BatchError> {
        let line = record.line().map_err(std::io::Error::from).and_then(|line| {
            self.file.write_all(line.as_bytes())?;
            self.file.flush()
        });
        line.map_err(|cause| refused(&self.path, format!("cannot be written: {cause}"), MAY_WRITE))?;
        if self.keys.insert(record.id.clone(), (record.key.clone(), record.status)).is_some() {
            self.stale.insert(record.id.clone());
        }
        Ok(())
    }

    /// Takes out lines that a newer one has replaced: beside the file first, then in one step.
    ///
    /// # Errors
    /// What the system says; the file is then as it was.
    pub(super) fn close(&mut self) -> Result<(), BatchError> {
        if self.stale.is_empty() {
            return Ok(());
        }
        let rewritten = (|| {
            let mut last = BTreeMap::new();
            self.each(|line, record| {
                last.insert(record.id, line);
            })?;
            let beside = self.path.with_added_extension("new");
            // What a run that was killed here has left is of no use.
            let _ = std::fs::remove_file(&beside);
            let mut file = OpenOptions::new().read(true).append(true).create_new(true).open(&beside)?;
            let mut written = Ok(());
            self.each(|line, record| {
                if written.is_ok() && last.get(&record.id) == Some(&line) {
                    let text = record.line().map_err(std::io::Error::from);
                    written = text.and_then(|text| file.write_all(text.as_bytes()));
                }
            })?;
            written.and_then(|()| file.sync_all())?;
            // Locked as well, so that no other run comes in between.
            let _ = file.try_lock();
            std::fs::rename(&beside, &self.path)?;
            self.file = file;
            self.stale.clear();
            Ok(())
        })();
        rewritten.map_err(|cause: std::io::Error| {
            refused(&self.path, format!("cannot be written anew: {cause}"), MAY_WRITE)
        })
    }

    /// Every result with the number of its line.
    fn each(&self, mut tell: impl FnMut(usize, Record)) -> std::io::Result<()> {
        for (number, line) in BufReader::new(File::open(&self.path)?).lines().enumerate() {
            Record::parse(&line?).into_iter().for_each(|record| tell(number, record));
        }
        Ok(())
    }

    /// Every result that holds, in order of the file.
    ///
    /// # Errors
    /// What the system says.
    pub fn records(&self, mut tell: impl FnMut(&Record)) -> Result<(), BatchError> {
        let read = self.each(|_, record| {
            if self.keys.get(&record.id).is_some_and(|(key, _)| *key == record.key) {
                tell(&record);
            }
        });
        read.map_err(|cause| refused(&self.path, format!("cannot be read: {cause}"), MAY_WRITE))
    }
}

const MAY_WRITE: &str = "check that you may write there and that there is room";

fn refused(path: &Path, why: impl Into<String>, help: &'static str) -> BatchError {
    BatchError::Results { path: path.display().to_string(), why: why.into(), help }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of its own for a test, gone afterwards.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str, text: &str) -> Self {
            let path = std::env::temp_dir().join(format!("dlde-ledger-{}-{name}.jsonl", std::process::id()));
            std::fs::write(&path, text).expect("a place for tests");
            Self(path)
        }

        fn text(&self) -> String {
            std::fs::read_to_string(&self.0).expect("readable")
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = std::fs::remove_file(&self.0);
        }
    }

    fn line(id: &str, key: &str) -> String {
        record(id, key).line().expect("a line")
    }

    fn record(id: &str, key: &str) -> Record {
        Record::unchecked(id.to_owned(), key.to_owned(), Status::Timeout, "slow")
    }

    #[test]
    fn a_torn_last_line_is_cut_off_and_every_other_is_kept() {
        let whole = line("1", "a") + &line("2", "b");
        let third = line("3", "c");
        for torn in 1..third.len() {
            let scratch = Scratch::new("torn", &format!("{whole}{}", &third[..torn]));
            let ledger = Ledger::open(&scratch.0).expect("results");
            assert_eq!((ledger.len(), scratch.text()), (2, whole.clone()), "torn at {torn}");
        }
    }

    #[test]
    fn a_file_that_holds_something_else_is_left_alone() {
        for text in ["not results\n", "not results", "{\"authors\": []}\n", "{\"id\":1}\n{\"id\":2}\n"] {
            let scratch = Scratch::new("other", text);
            assert!(Ledger::open(&scratch.0).is_err(), "{text}");
            assert_eq!(scratch.text(), text);
        }
        let broken_inside = line("1", "a") + "{\"id\n" + &line("2", "b");
        let scratch = Scratch::new("inside", &broken_inside);
        assert!(Ledger::open(&scratch.0).is_err());
        assert_eq!(scratch.text(), broken_inside);
    }

    #[test]
    fn what_is_checked_anew_replaces_what_was_there() {
        let scratch = Scratch::new("anew", &(line("1", "a") + &line("2", "b")));
        let mut ledger = Ledger::open(&scratch.0).expect("results");
        ledger.enter(&record("1", "z")).expect("entered");
        ledger.close().expect("closed");
        assert_eq!(scratch.text(), line("2", "b") + &line("1", "z"));
        ledger.enter(&record("3", "c")).expect("the file is still open");
        assert!(scratch.text().ends_with(&line("3", "c")));
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_no_file_of_results() {
        assert!(Ledger::open(Path::new("/dev/full")).is_err(), "and it is not read without end");
    }

    #[test]
    fn two_runs_do_not_write_to_one_file() {
        let scratch = Scratch::new("locked", "");
        let first = Ledger::open(&scratch.0).expect("results");
        assert!(Ledger::open(&scratch.0).is_err());
        drop(first);
        Ledger::open(&scratch.0).expect("free again");
    }
}
