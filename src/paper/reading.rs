//! The words of a paper in reading order, for people and for comparison with other readers.

use super::layout::Layout;
use crate::pdf::text::turned_words;
use crate::pdf::{Document, OpenError};
use crate::submission::Submission;
use std::fmt::Write;

/// The words of the submission's PDF, a line each, pages ended by a form feed; `None` where none can be read.
///
/// Numbers printed in the margin and turned text come last on their page.
pub fn reading_text(submission: &Submission) -> Option<String> {
    let file = super::source::paper_of(submission).and_then(|id| submission.file(id))?;
    Document::read(&file.bytes).map(|mut document| text_of(&mut document)).map_err(|_: OpenError| ()).ok()
}

fn text_of(document: &mut Document) -> String {
    let layout = Layout::of(document);
    let mut text = String::new();
    for (index, page) in document.pages.iter().enumerate() {
        let number = index as u32 + 1;
        for (_, line) in layout.page_lines(number) {
            let _ = writeln!(text, "{}", line.text);
        }
        for (_, digits) in layout.margin.iter().filter(|(page, _)| *page == number) {
            let _ = writeln!(text, "{digits}");
        }
        for word in turned_words(page, &document.fonts) {
            let _ = writeln!(text, "{word}");
        }
        text.push('\u{c}');
    }
    text
}
