//! The words of what goes with the paper, for who knows what to look for in them.

use super::plain::is_of_others;
use super::presence::{is_data, is_told};
use crate::place::FileId;
use crate::submission::{Kind, Origin, Submission};
use crate::tex::decoded;
use std::ops::Range;
use std::sync::Arc;

/// A file of text that its authors wrote.
#[derive(Debug, Clone)]
pub struct Words {
    /// Which file.
    pub file: FileId,
    /// It is handed in, and not only what the paper was made from.
    pub is_handed_in: bool,
    bytes: Arc<Vec<u8>>,
}

/// The most bytes of text that are searched. Chosen: a second's work; code and sources have a hundredth.
const MOST_BYTES: usize = 16 << 20;

impl Words {
    /// Words of a file.
    pub fn new(file: FileId, is_handed_in: bool, bytes: Arc<Vec<u8>>) -> Self {
        Self { file, is_handed_in, bytes }
    }

    /// The text in UTF-8, or else in Latin-1, and the bytes of it that are reference lists, half-open.
    pub fn read(&self) -> (String, Vec<Range<usize>>) {
        let text = decoded(&self.bytes);
        let lists = references(&text);
        (text, lists)
    }

    /// The line, 1-based, that a byte of the file stands on.
    pub fn line(&self, byte: usize) -> usize {
        let before = &self.bytes[..byte.min(self.bytes.len())];
        memchr::memchr_iter(b'\n', before).count() + 1
    }
}

/// What stands in environments of references.
fn references(text: &str) -> Vec<Range<usize>> {
    let starts = text.match_indices("\\begin{thebibliography}");
    let end = |start: usize| text[start..].find("\\end{thebibliography}").map_or(text.len(), |at| start + at);
    starts.map(|(start, _)| start..end(start)).collect()
}

/// The words of every file besides the paper's PDF that its authors wrote, and why not of all of them. Bibliographies
/// name everybody who is cited, data whom they are about, and vendored code its own authors.
pub(super) fn words(submission: &Submission, paper: Option<FileId>) -> (Vec<Words>, Option<String>) {
    let (mut found, mut total, mut left_out) = (Vec::new(), 0, None);
    for (index, file) in submission.files.iter().enumerate() {
        let id = FileId(index as u32);
        let is_text = matches!(file.kind, Kind::Tex | Kind::Style | Kind::Text | Kind::Image);
        let is_own = !is_of_others(&file.name) && !is_data(&file.name) && !is_told(&file.name);
        if paper == Some(id) || !is_text || !is_own || file.bytes.contains(&0) {
            continue;
        }
        if total + file.bytes.len() > MOST_BYTES {
            left_out = Some(format!("{} is more text than is searched for names", file.name));
            continue;
        }
        total += file.bytes.len();
        found.push(Words::new(id, file.origin != Origin::Source, file.bytes.clone()));
    }
    (found, left_out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_and_reference_lists_told() {
        let text = "a\n\\begin{thebibliography}{9} Velm \\end{thebibliography}\nb";
        let words = Words::new(FileId(1), true, Arc::new(text.as_bytes().to_vec()));
        let (read, lists) = words.read();
        assert_eq!(words.line(read.find('b').unwrap_or_default()), 2);
        assert_eq!(words.line(text.len()), 3);
        assert!(lists.len() == 1 && read[lists[0].clone()].contains("Velm"));
    }

    #[test]
    fn what_others_wrote_is_left_out() {
        let file = |name: &str| crate::submission::File::new(name.to_owned(), b"x".to_vec(), Origin::Input);
        let names = ["main.tex", "run.py", "refs.bib", "main.bbl", "vendor/a.py", "data/people.csv", "x.sty"];
        let submission =
            Submission { files: names.iter().map(|n| file(n)).collect(), ..Submission::default() };
        let (found, left_out) = words(&submission, None);
        assert_eq!(found.iter().map(|w| w.file.0).collect::<Vec<_>>(), [0, 1, 6]);
        assert_eq!(left_out, None);
    }
}
