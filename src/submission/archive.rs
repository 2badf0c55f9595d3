//! Archives, read in memory: nothing is ever written to disk, so no member's name can lead anywhere.

use super::intake::Intake;
use super::limits::{MAX_RATIO, RATIO_FROM};
use super::{Origin, Wrapping};
use crate::place::FileId;
use crate::problem::ProblemKind;
use std::io::{Cursor, Read};

/// Takes in what an archive holds. `depth` counts the archives around its members, itself included.
pub(super) fn unpack(intake: &mut Intake, id: FileId, bytes: &[u8], depth: usize) {
    let mut members = Members::of(intake, id, depth);
    if bytes.starts_with(b"PK") {
        members.zip(intake, bytes);
    } else if bytes.starts_with(b"\x1f\x8b") {
        members.gzip(intake, bytes);
    } else {
        members.tar(intake, bytes);
    }
}

/// Whether the bytes are a tape archive. Source: POSIX.1-1988, ustar header, offset 257.
pub(super) fn is_tar(bytes: &[u8]) -> bool {
    bytes.get(257..262) == Some(b"ustar")
}

/// What is the same for all members of an archive.
struct Members {
    archive: FileId,
    /// What stands before the name of a member.
    prefix: String,
    origin: Origin,
    depth: usize,
}

impl Members {
    fn of(intake: &Intake, archive: FileId, depth: usize) -> Self {
        let file = intake.file(archive);
        let outermost = intake.is_outermost(archive);
        let prefix = if outermost { String::new() } else { format!("{}!/", file.name) };
        Self { archive, prefix, origin: file.origin, depth }
    }

    fn zip(&mut self, intake: &mut Intake, bytes: &[u8]) {
        let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
            return self.broken(intake);
        };
        let comment = String::from_utf8_lossy(archive.comment()).trim().to_owned();
        if !comment.is_empty() {
            intake.wrapping(Wrapping {
                file: self.archive,
                inside: "comment".to_owned(),
                words: vec![comment],
            });
        }
        for index in 0..archive.len() {
            if intake.is_full() {
                return;
            }
            // The entry as the directory tells it; it opens whatever its compression.
            let Ok(raw) = archive.by_index_raw(index) else {
                intake.problem(
                    ProblemKind::Damaged,
                    self.archive,
                    "holds a member that cannot be found; pack it again",
                );
                continue;
            };
            let name = raw.name().map_or_else(|_| lossy(raw.name_raw()), std::borrow::Cow::into_owned);
            let (is_dir, is_link, is_locked) = (raw.is_dir(), raw.is_symlink(), raw.encrypted());
            let packed = raw.compressed_size();
            drop(raw);
            if is_dir {
                continue;
            }
            if is_link {
                self.link(intake, &name);
            } else if is_locked {
                self.listed(
                    intake,
                    &name,
                    ProblemKind::Encrypted,
                    "asks for a password; pack it without one",
                );
            } else if let Ok(member) = archive.by_index(index) {
                self.member(intake, &name, member, packed);
            } else {
                let why = "is packed in a way that is not read; pack it again with a plain zip program";
                self.listed(intake, &name, ProblemKind::Unreadable, why);
            }
        }
    }

    fn gzip(&mut self, intake: &mut Intake, bytes: &[u8]) {
        let mut inner = Vec::new();
        let room = limit(intake, bytes.len() as u64);
        let read = flate2::read::MultiGzDecoder::new(bytes).take(room + 1).read_to_end(&mut inner);
        if inner.is_empty() || (read.is_err() && !is_tar(&inner)) {
            return self.broken(intake);
        }
        if inner.len() as u64 > room {
            return self.bomb(intake);
        }
        if is_tar(&inner) {
            self.tar(intake, &inner);
        } else {
            // As arXiv hands out a paper of one file: the name is that of the archive without its ending.
            let own = intake.file(self.archive).name.clone();
            let stem = own.strip_suffix(".gz").unwrap_or(&own);
            let stem = stem.rsplit('/').next().unwrap_or(stem);
            let is_tex = memchr::memmem::find(&inner, b"\\document").is_some() && !stem.ends_with(".tex");
            let name = format!("{}{stem}{}", self.prefix, if is_tex { ".tex" } else { "" });
            intake.add(name, inner, self.origin, self.depth);
        }
    }

    fn tar(&mut self, intake: &mut Intake, bytes: &[u8]) {
        let mut archive = tar::Archive::new(bytes);
        let Ok(entries) = archive.entries() else { return self.broken(intake) };
        for entry in entries {
            if intake.is_full() {
                return;
            }
            let Ok(entry) = entry else {
                let why = "breaks off or is damaged: not all of it was read; pack it again";
                return intake.problem(ProblemKind::Damaged, self.archive, why);
            };
            let name = lossy(&entry.path_bytes());
            self.owner(intake, &name, entry.header());
            match entry.header().entry_type() {
                tar::EntryType::Regular | tar::EntryType::Continuous | tar::EntryType::GNUSparse => {
                    let size = entry.size();
                    let is_whole = entry.raw_file_position().saturating_add(size) <= bytes.len() as u64;
                    if is_whole || entry.header().entry_type() == tar::EntryType::GNUSparse {
                        self.member(intake, &name, entry, size);
                    } else {
                        self.listed(intake, &name, ProblemKind::Damaged, "breaks off; pack it again");
                    }
                }
                tar::EntryType::Symlink | tar::EntryType::Link => self.link(intake, &name),
                _ => {}
            }
        }
    }

    /// The owner that a tape archive names, unless it is nobody in particular.
    fn owner(&self, intake: &mut Intake, name: &str, header: &tar::Header) {
        let text = |bytes: Option<&[u8]>| bytes.map_or(String::new(), |b| lossy(b).trim().to_owned());
        let words = vec![text(header.username_bytes()), text(header.groupname_bytes())];
        if words.iter().any(|w| !w.is_empty()) {
            intake.wrapping(Wrapping { file: self.archive, inside: name.to_owned(), words });
        }
    }

    fn member(&self, intake: &mut Intake, name: &str, reader: impl Read, packed: u64) {
        if skips(name) {
            return;
        }
        let room = limit(intake, packed);
        let mut bytes = Vec::new();
        let read = reader.take(room + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > room {
            let why = "unpacks to more than is read; it was left out";
            self.listed(intake, name, ProblemKind::TooComplex, why);
        } else if read.is_err() {
            self.listed(intake, name, ProblemKind::Damaged, "is damaged; pack it again");
        } else {
            let name = format!("{}{}", self.prefix, self.tame(intake, name));
            intake.add(name, bytes, self.origin, self.depth);
        }
    }

    fn link(&self, intake: &mut Intake, name: &str) {
        let why = "is a link, which is not followed; put the file itself there";
        self.listed(intake, name, ProblemKind::NotChecked, why);
    }

    fn listed(&self, intake: &mut Intake, name: &str, kind: ProblemKind, why: &str) {
        let name = format!("{}{}", self.prefix, self.tame(intake, name));
        intake.listed(name, self.origin, kind, why);
    }

    /// The name without what would lead out of the folder it is unpacked in; such a name is told.
    fn tame(&self, intake: &mut Intake, name: &str) -> String {
        let plain = name.replace('\\', "/");
        let parts: Vec<_> = plain.split('/').filter(|p| !p.is_empty() && *p != "." && *p != "..").collect();
        if plain.starts_with('/') || plain.split('/').any(|p| p == "..") {
            let why = format!("holds `{name}`, a name that leads out of its folder; pack it again");
            intake.problem(ProblemKind::NotChecked, self.archive, why);
        }
        parts.join("/")
    }

    fn broken(&self, intake: &mut Intake) {
        let why = "is an archive that cannot be opened; name the paper's PDF";
        intake.problem(ProblemKind::Unreadable, self.archive, why);
    }

    fn bomb(&self, intake: &mut Intake) {
        let why = "is an archive that unpacks to more than is read; name the paper's PDF";
        intake.problem(ProblemKind::TooComplex, self.archive, why);
    }
}

/// The most bytes that so many packed ones may become.
fn limit(intake: &Intake, packed: u64) -> u64 {
    intake.room().min(packed.saturating_mul(MAX_RATIO).max(RATIO_FROM))
}

/// Folders of version control, and what in them tells who worked there; the rest is bulk.
///
/// Source: gitrepository-layout(5), hgrc(5).
const VERSION_CONTROL: [&str; 3] = [".git", ".hg", ".svn"];
const TELLING: [&str; 5] = ["config", "HEAD", "logs/HEAD", "COMMIT_EDITMSG", "hgrc"];

/// Whether a file is of the bulk of a version control folder, which is not read: the folder itself is told.
pub(super) fn skips(name: &str) -> bool {
    VERSION_CONTROL.iter().any(|folder| {
        let inside = name
            .split_once(&format!("{folder}/"))
            .filter(|(before, _)| before.is_empty() || before.ends_with('/'));
        inside.is_some_and(|(_, rest)| !TELLING.contains(&rest))
    })
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use crate::problem::ProblemKind;
    use crate::submission::{Kind, Submission};
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in members {
            writer.start_file(*name, SimpleFileOptions::default()).expect("started");
            writer.write_all(bytes).expect("written");
        }
        writer.finish().expect("finished").into_inner()
    }

    fn gzipped(bytes: &[u8]) -> Vec<u8> {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        writer.write_all(bytes).expect("written");
        writer.finish().expect("finished")
    }

    fn names(submission: &Submission) -> Vec<&str> {
        submission.files.iter().map(|f| f.name.as_str()).collect()
    }

    #[test]
    fn a_zip_is_read_with_what_it_holds() {
        let read =
            Submission::single("a.zip".to_owned(), zipped(&[("p/main.tex", b"x"), ("p/refs.bib", b"y")]));
        assert_eq!(names(&read), ["a.zip", "p/main.tex", "p/refs.bib"]);
        assert_eq!(read.files[1].kind, Kind::Tex);
    }

    #[test]
    fn an_archive_within_an_archive_is_opened_to_a_depth() {
        let mut bytes = zipped(&[("main.tex", b"x")]);
        for _ in 0..3 {
            bytes = zipped(&[("in.zip", &bytes)]);
        }
        let read = Submission::single("a.zip".to_owned(), bytes);
        assert_eq!(names(&read).last(), Some(&"in.zip!/in.zip!/in.zip"));
        assert_eq!(read.problems[0].kind, ProblemKind::NotChecked);
    }

    #[test]
    fn a_name_cannot_lead_out_of_its_folder() {
        let read =
            Submission::single("a.zip".to_owned(), zipped(&[("../../etc/passwd", b"x"), ("/root/a", b"y")]));
        assert_eq!(names(&read), ["a.zip", "etc/passwd", "root/a"]);
        assert_eq!(read.problems.len(), 2);
    }

    #[test]
    fn a_bomb_is_left_out_and_told() {
        let zeros = vec![0_u8; 64 << 20];
        let read = Submission::single("a.zip".to_owned(), zipped(&[("zeros", &zeros), ("main.tex", b"x")]));
        assert_eq!(names(&read), ["a.zip", "zeros", "main.tex"]);
        assert!(read.files[1].bytes.is_empty());
        assert_eq!(read.problems[0].kind, ProblemKind::TooComplex);
        let read = Submission::single("a.gz".to_owned(), gzipped(&zeros));
        assert_eq!(read.problems[0].kind, ProblemKind::TooComplex);
    }

    #[test]
    fn a_single_gzipped_source_is_a_source() {
        let read = Submission::single("2101.00001".to_owned(), gzipped(b"\\documentclass{article}"));
        assert_eq!(names(&read), ["2101.00001", "2101.00001.tex"]);
    }

    #[test]
    fn a_tape_archive_tells_its_owners_and_its_links_are_not_followed() {
        let mut builder = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_ustar();
        header.set_size(1);
        header.set_username("mquist").expect("short");
        builder.append_data(&mut header, "main.tex", &b"x"[..]).expect("written");
        let mut link = tar::Header::new_ustar();
        link.set_entry_type(tar::EntryType::Symlink);
        link.set_size(0);
        builder.append_link(&mut link, "secret", "/etc/passwd").expect("written");
        let bytes = gzipped(&builder.into_inner().expect("finished"));
        let read = Submission::single("a.tar.gz".to_owned(), bytes);
        assert_eq!(names(&read), ["a.tar.gz", "main.tex", "secret"]);
        assert_eq!(read.wrappings[0].words[0], "mquist");
        assert!(read.problems[0].message.contains("is not followed"));
    }

    #[test]
    fn an_archive_that_breaks_off_is_told() {
        let whole = zipped(&[("main.tex", b"some words")]);
        for end in 0..whole.len() {
            let read = Submission::single("a.zip".to_owned(), whole[..end].to_vec());
            assert!(!read.problems.is_empty(), "{end} bytes");
        }
    }
}
