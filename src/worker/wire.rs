//! What goes between a crew and its workers: frames of a JSON head and the bytes that it tells of.
//!
//! A frame is the length of the head in four bytes, the lowest first, the head, and its parts one after the other.
//! Neither side trusts the other with more memory than a submission may take.

use crate::place::{FileId, PageNumber};
use crate::problem::{Problem, ProblemKind};
use crate::submission::{File, Handed, Origin};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};
use std::sync::Arc;

/// The longest head, in bytes. Chosen: ten thousand files with names of a kilobyte.
const MAX_HEAD: u32 = 16 << 20;
/// The most bytes of all parts of a frame. Chosen: a submission of the largest size and its archive's names.
const MAX_PARTS: u64 = 512 << 20;

/// Most papers have fewer bytes: room for so many is made at once.
const USUAL_BYTES: u64 = 4 << 20;

/// The head as it is written, with the lengths of its parts in bytes.
#[derive(Serialize, Deserialize)]
struct Envelope<T> {
    parts: Vec<u64>,
    head: T,
}

/// A head with its parts.
pub(super) type Frame<T> = (T, Vec<Vec<u8>>);

/// Writes one frame.
///
/// # Errors
/// What the pipe says.
pub(super) fn send(out: &mut impl Write, head: &impl Serialize, parts: &[&[u8]]) -> io::Result<()> {
    let lengths = parts.iter().map(|part| part.len() as u64).collect();
    let head = serde_json::to_vec(&Envelope { parts: lengths, head })?;
    let length = u32::try_from(head.len()).map_err(|_| broken("a head is too long"))?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(&head)?;
    parts.iter().try_for_each(|part| out.write_all(part))?;
    out.flush()
}

/// Reads one frame; `None` where the other side has ended.
///
/// # Errors
/// What the pipe says, and a frame that is none or larger than allowed.
pub(super) fn receive<T: DeserializeOwned>(input: &mut impl Read) -> io::Result<Option<Frame<T>>> {
    let mut length = [0; 4];
    match input.read_exact(&mut length) {
        Err(ended) if ended.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let length = u32::from_le_bytes(length);
    if length > MAX_HEAD {
        return Err(broken("a head is too long"));
    }
    let head = bytes(input, length.into())?;
    let Envelope { parts, head } = serde_json::from_slice::<Envelope<T>>(&head)?;
    let whole = parts.iter().try_fold(0_u64, |sum, part| sum.checked_add(*part));
    if whole.is_none_or(|whole| whole > MAX_PARTS) {
        return Err(broken("a frame is too large"));
    }
    let parts: io::Result<_> = parts.into_iter().map(|length| bytes(input, length)).collect();
    Ok(Some((head, parts?)))
}

/// So many bytes; room for more than a paper is made as they come.
fn bytes(input: &mut impl Read, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(length.min(USUAL_BYTES) as usize);
    input.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(broken("a frame breaks off")) }
}

fn broken(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

/// What a worker is asked for one submission.
#[derive(Serialize, Deserialize)]
pub(super) struct Task {
    name: String,
    is_folder: bool,
    files: Vec<FileHead>,
    problems: Vec<ProblemHead>,
    /// The track, by id, where it is not the one of the orders.
    pub(super) track: Option<String>,
    /// A file of identities, as text.
    pub(super) identities: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct FileHead {
    name: String,
    origin: usize,
    /// The digest of its bytes, where it is known.
    sha256: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct ProblemHead {
    kind: usize,
    file: Option<u32>,
    page: Option<u32>,
    message: String,
}

const ORIGINS: [Origin; 3] = [Origin::Input, Origin::Supplement, Origin::Source];
const KINDS: [ProblemKind; 6] = [
    ProblemKind::Unreadable,
    ProblemKind::Encrypted,
    ProblemKind::TooComplex,
    ProblemKind::Damaged,
    ProblemKind::NotChecked,
    ProblemKind::NoPaper,
];

impl Task {
    pub(super) fn of(handed: &Handed, track: Option<&str>, identities: Option<&str>) -> Self {
        let file = |file: &File| FileHead {
            name: file.name.clone(),
            origin: at(&ORIGINS, file.origin),
            sha256: file.known_sha256().map(str::to_owned),
        };
        let problem = |problem: &Problem| ProblemHead {
            kind: at(&KINDS, problem.kind),
            file: problem.file.map(|file| file.0),
            page: problem.page.map(|page| page.0),
            message: problem.message.clone(),
        };
        Self {
            name: handed.name.clone(),
            is_folder: handed.is_folder,
            files: handed.files.iter().map(file).collect(),
            problems: handed.problems.iter().map(problem).collect(),
            track: track.map(str::to_owned),
            identities: identities.map(str::to_owned),
        }
    }

    /// What was handed in, with the bytes of its files.
    pub(super) fn handed(&self, parts: Vec<Vec<u8>>) -> Handed {
        let origin = |head: &FileHead| ORIGINS.get(head.origin).copied().unwrap_or_default();
        let file = |(head, bytes): (&FileHead, _)| {
            File::new(head.name.clone(), bytes, origin(head)).with_digest(head.sha256.as_deref())
        };
        let problem = |head: &ProblemHead| Problem {
            kind: KINDS.get(head.kind).copied().unwrap_or(ProblemKind::NotChecked),
            file: head.file.map(FileId),
            page: head.page.map(PageNumber),
            message: head.message.clone(),
        };
        Handed {
            name: self.name.clone(),
            is_folder: self.is_folder,
            files: self.files.iter().zip(parts).map(file).collect(),
            problems: self.problems.iter().map(problem).collect(),
        }
    }
}

fn at<T: PartialEq + Copy>(all: &[T], one: T) -> usize {
    all.iter().position(|other| *other == one).unwrap_or(all.len())
}

/// The bytes of the files, in order.
pub(super) fn parts(handed: &Arc<Handed>) -> Vec<&[u8]> {
    handed.files.iter().map(|file| file.bytes.as_slice()).collect()
}

/// What a worker says.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    /// It has closed itself in and waits; what could not be closed is told.
    Ready(Vec<String>),
    /// The report, the first part, and the same in every further format of the orders; whether a paper was read.
    Report {
        /// Whether there was a paper that could be read.
        is_read: bool,
    },
    /// The report as a page for a browser, the first part.
    Page,
    /// A fault of ours: where in the code.
    Fault(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_submission_comes_out_as_it_went_in() {
        let mut handed = Handed { name: "7".to_owned(), is_folder: true, ..Handed::default() };
        handed.add("paper.pdf".to_owned(), b"%PDF-1.5 \0\xff".to_vec(), Origin::Input);
        handed.add_unread("more.zip".to_owned(), Origin::Supplement, ProblemKind::TooComplex, "too large");
        let handed = Arc::new(handed);
        let mut pipe = Vec::new();
        let task = Task::of(&handed, Some("regular"), None);
        send(&mut pipe, &task, &parts(&handed)).expect("memory takes it");
        let (task, bytes): Frame<Task> = receive(&mut pipe.as_slice()).expect("sound").expect("there");
        let back = task.handed(bytes);
        assert_eq!(format!("{back:?}"), format!("{handed:?}"));
        assert_eq!(task.track.as_deref(), Some("regular"));
    }

    #[test]
    fn a_frame_that_is_none_takes_no_memory() {
        let mut long = u32::MAX.to_le_bytes().to_vec();
        long.extend(b"{}");
        assert!(receive::<Answer>(&mut long.as_slice()).is_err());
        let mut pipe = Vec::new();
        send(&mut pipe, &Answer::Page, &[b"0123456789"]).expect("memory takes it");
        assert!(receive::<Answer>(&mut &pipe[..pipe.len() - 1]).is_err(), "it breaks off");
        assert!(receive::<Answer>(&mut &b""[..]).expect("an end").is_none());
        let head = format!("{{\"parts\":[{}],\"head\":\"Page\"}}", u64::MAX);
        let mut huge = (head.len() as u32).to_le_bytes().to_vec();
        huge.extend(head.as_bytes());
        assert!(receive::<Answer>(&mut huge.as_slice()).is_err());
    }
}
