//! What in files besides the paper's PDF may tell who wrote it. A hint says what was seen and where, not what it means.

use crate::place::{FileId, Place, Span};
use crate::submission::{File, Origin};
use std::ops::Range;

/// What was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HintKind {
    /// Names where the authors are named.
    Author,
    /// An e-mail address.
    Email,
    /// Names beside an institution, or after a word such as "Author:".
    Person,
    /// A funder and a grant's number.
    Grant,
    /// A path with the login of a person.
    LocalPath,
    /// An ORCID iD.
    Orcid,
    /// A page, a repository or an account that is the authors' own.
    Account,
    /// The name of a machine.
    Host,
    /// Names that are written into the properties of the PDF.
    PdfAuthor,
    /// A macro or option that carries the name of a co-author.
    NamedNote,
    /// A field that a reference manager adds for its owner.
    PrivateField,
    /// The author of a package, a notebook or a file of code.
    PackageAuthor,
    /// Who holds the rights.
    LicenseHolder,
    /// A folder of version control.
    VersionControl,
    /// A file of credentials, or a key.
    Credential,
    /// What trackers of experiments write down about machine and user.
    Tracker,
    /// What operating systems and editors leave behind.
    SystemFile,
    /// Who packed an archive.
    ArchiveOwner,
    /// The author, owner or place of a picture.
    PictureAuthor,
    /// Acknowledgments that the style may hide, but the source shows.
    Acknowledgment,
    /// An instruction to a machine that reads the paper.
    Instruction,
    /// Words set so that no reader sees them.
    HiddenWords,
}

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Setting {
    /// In text that TeX reads.
    Source,
    /// In a comment of a source.
    Comment,
    /// In a source, but switched off or after its end.
    Inactive,
    /// In a bibliography.
    Bibliography,
    /// In another file, or in the name of one.
    File,
}

/// How much it tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Hardly anything by itself.
    Slight,
    /// Something, to be looked at.
    Some,
    /// Who somebody is.
    Full,
}

/// One thing that may tell who wrote the paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Hint {
    /// What was seen.
    pub kind: HintKind,
    /// Where it stands.
    pub setting: Setting,
    /// How much it tells.
    pub weight: Weight,
    /// The words; those of a credential without its value.
    pub text: String,
    /// Where.
    pub at: Place,
    /// Its file is handed in, and not only what the paper was made from.
    pub is_handed_in: bool,
}

/// Collects the hints of one file.
pub(super) struct Hints<'a> {
    pub(super) id: FileId,
    pub(super) file: &'a File,
    pub(super) found: Vec<Hint>,
    /// Every one is wanted: none is left out for being the like of another, or one too many.
    pub(super) is_complete: bool,
}

impl<'a> Hints<'a> {
    pub(super) fn of(id: FileId, file: &'a File) -> Self {
        Self { id, file, found: Vec::new(), is_complete: false }
    }

    /// For who takes them out, and not for who reads of them: all of them.
    pub(super) fn complete(file: &'a File) -> Self {
        Self { is_complete: true, ..Self::of(FileId(0), file) }
    }

    /// Something at these bytes of the file, half-open.
    pub(super) fn add(&mut self, kind: HintKind, setting: Setting, weight: Weight, bytes: &Range<usize>) {
        let span = bytes.start.min(u32::MAX as usize) as u32..bytes.end.min(u32::MAX as usize) as u32;
        let text = crate::tex::decoded(self.file.bytes.get(bytes.clone()).unwrap_or_default());
        let at = Place::Span(Span { file: self.id, bytes: span });
        self.say(kind, setting, weight, &text, at);
    }

    /// Something about the file as a whole, or something within that has no line.
    pub(super) fn add_within(
        &mut self,
        kind: HintKind,
        weight: Weight,
        text: impl AsRef<str>,
        inside: Option<&str>,
    ) {
        let at = Place::File { file: self.id, inside: inside.map(str::to_owned) };
        self.say(kind, Setting::File, weight, text.as_ref(), at);
    }

    /// Something with words of its own.
    pub(super) fn say(&mut self, kind: HintKind, setting: Setting, weight: Weight, text: &str, at: Place) {
        let is_handed_in = self.file.origin != Origin::Source;
        let text = shortened(text);
        // The same words again in the same file tell nothing new.
        let is_told = || self.found.iter().any(|h| h.kind == kind && h.setting == setting && h.text == text);
        if self.is_complete || !self.is_full() && !is_told() {
            self.found.push(Hint { kind, setting, weight, text, at, is_handed_in });
        }
    }

    /// Whether as many hints were found as anybody would read.
    pub(super) fn is_full(&self) -> bool {
        !self.is_complete && self.found.len() >= MOST
    }
}

/// The most hints, changes or keys of one file that are told. Chosen: who has mended so many asks again.
pub(super) const MOST: usize = 200;
/// The most characters of one hint. Source: five lines of a report.
const LONGEST: usize = 400;

/// On one line, and no longer than anybody reads.
pub(super) fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{} …", &line[..at]),
        None => line,
    }
}
