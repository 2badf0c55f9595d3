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
    /// Anything else.
    Other,
}

/// How far into a file viewers look for the PDF header. Source: ISO 32000-1, annex H, implementation note 13.
const HEADER_WINDOW: usize = 1024;

impl Kind {
    /// Looks at the bytes first, then at the name.
    pub fn of(name: &str, bytes: &[u8]) -> Self {
        let head = &bytes[..bytes.len().min(HEADER_WINDOW)];
        let extension = name.rsplit_once('.').map_or(String::new(), |(_, e)| e.to_ascii_lowercase());
        if memchr::memmem::find(head, b"%PDF-").is_some() {
            Self::Pdf
        } else if bytes.is_empty() {
            Self::Empty
        } else if head.starts_with(b"PK\x03\x04")
            || head.starts_with(b"\x1f\x8b")
            || head.get(257..262) == Some(b"ustar")
        {
            Self::Archive
        } else if extension == "tex" {
            Self::Tex
        } else if extension == "pdf" && memchr::memmem::find(bytes, b" obj").is_some() {
            // A PDF that lost its header is still read by every viewer.
            Self::Pdf
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
            Self::Other => "other",
        }
    }

    /// Why it cannot be checked as a paper, and what to do.
    pub const fn why_not_a_paper(self) -> &'static str {
        match self {
            Self::Pdf => "is a PDF",
            Self::Empty => "is empty; build or download the paper again",
            Self::Archive => "is an archive, which is not read yet; name the paper's PDF",
            Self::Tex => "is a LaTeX source, which is not read yet; compile it and name the PDF",
            Self::Other => "is not a PDF; name the PDF of the paper",
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
        assert_eq!(Kind::of("paper.pdf", b"hello"), Kind::Other);
        assert_eq!(Kind::of("paper.pdf", b""), Kind::Empty);
        assert_eq!(Kind::of("main.tex", b"\\documentclass{article}"), Kind::Tex);
    }
}
