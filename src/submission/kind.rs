//! What a file is, by its first bytes, and only then by its name.

/// The kind of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A PDF, by its header within the first kilobyte (as viewers accept it).
    Pdf,
    /// Nothing in it.
    Empty,
    /// An archive.
    Archive,
    /// A LaTeX source.
    Tex,
    /// A package or class.
    Style,
    /// A bibliography.
    Bib,
    /// A picture.
    Image,
    /// Other text.
    Text,
    /// Anything else.
    Other,
}

/// How far into a file viewers look for the PDF header. Source: ISO 32000-1, annex H, implementation note 13.
const HEADER_WINDOW: usize = 1024;

/// Kinds that only a name tells.
const ENDINGS: [(&str, Kind); 12] = [
    ("tex", Kind::Tex),
    ("ltx", Kind::Tex),
    ("sty", Kind::Style),
    ("cls", Kind::Style),
    ("bib", Kind::Bib),
    ("png", Kind::Image),
    ("jpg", Kind::Image),
    ("jpeg", Kind::Image),
    ("gif", Kind::Image),
    ("svg", Kind::Image),
    ("eps", Kind::Image),
    ("ps", Kind::Image),
];

/// No text holds a zero byte, in any encoding that is read here.
fn is_text(head: &[u8]) -> bool {
    !head.contains(&0)
}

/// Whether the bytes begin an archive, and no PDF.
fn is_archive(head: &[u8]) -> bool {
    let is_packed =
        [&b"PK\x03\x04"[..], b"PK\x05\x06", b"\x1f\x8b"].iter().any(|magic| head.starts_with(magic));
    is_packed || head.get(257..262) == Some(b"ustar") && !head.starts_with(b"%PDF-")
}

impl Kind {
    /// Looks at the bytes first, then at the name.
    pub fn of(name: &str, bytes: &[u8]) -> Self {
        let head = &bytes[..bytes.len().min(HEADER_WINDOW)];
        let extension = name.rsplit_once('.').map_or(String::new(), |(_, e)| e.to_ascii_lowercase());
        if bytes.is_empty() {
            Self::Empty
        } else if is_archive(head) {
            // Before the header of a PDF is looked for: an archive may hold one as it is, near its beginning.
            Self::Archive
        } else if memchr::memmem::find(head, b"%PDF-").is_some() {
            Self::Pdf
        } else if let Some((_, kind)) = ENDINGS.iter().find(|(ending, _)| *ending == extension) {
            *kind
        } else if extension == "pdf" && memchr::memmem::find(bytes, b" obj").is_some() {
            // A PDF that lost its header is still read by every viewer.
            Self::Pdf
        } else if is_text(head) {
            Self::Text
        } else {
            Self::Other
        }
    }

    /// The name used in reports.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Empty => "empty",
            Self::Archive => "archive",
            Self::Tex => "tex",
            Self::Style => "style",
            Self::Bib => "bib",
            Self::Image => "image",
            Self::Text => "text",
            Self::Other => "other",
        }
    }

    /// Why it cannot be checked as a paper, and what to do.
    pub const fn why_not_a_paper(self) -> &'static str {
        match self {
            Self::Pdf => "is a PDF",
            Self::Empty => "is empty; build or download the paper again",
            Self::Archive => "is an archive without the PDF of a paper; name that PDF",
            Self::Tex => "is a LaTeX source; compile it and name the PDF as well",
            Self::Style | Self::Bib | Self::Image | Self::Text | Self::Other => {
                "is not a PDF; name the PDF of the paper"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_decide_before_the_name() {
        assert_eq!(Kind::of("paper.txt", b"%PDF-1.5\n"), Kind::Pdf);
        assert_eq!(Kind::of("paper.pdf", b"PK\x03\x04"), Kind::Archive);
        assert_eq!(Kind::of("paper.zip", b"PK\x03\x04 paper.pdf %PDF-1.5"), Kind::Archive);
        assert_eq!(Kind::of("paper.pdf", b"hello"), Kind::Text);
        assert_eq!(Kind::of("paper.pdf", b""), Kind::Empty);
        assert_eq!(Kind::of("main.tex", b"\\documentclass{article}"), Kind::Tex);
    }
}
