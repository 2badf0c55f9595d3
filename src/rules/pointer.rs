//! Places that several rules point at.

use crate::paper::{PartSpan, Seen};
use crate::place::{FileId, Place};

/// Where a part begins: its heading, or the whole page where it has none.
pub(super) fn start_of(file: FileId, part: &PartSpan) -> Place {
    part.heading.as_ref().map_or_else(|| Place::whole_page(file, part.start.page), |h| h.at.clone())
}

/// One place for all words that stand on the page of the first; `None` without words.
pub(super) fn all_of(words: &[Seen]) -> Option<Place> {
    let mut joined = words.first()?.at.clone();
    for next in &words[1..] {
        if let (Place::Page { page, boxes, .. }, Place::Page { page: other, boxes: more, .. }) =
            (&mut joined, &next.at)
            && page == other
        {
            boxes.extend(more);
        }
    }
    Some(joined)
}

/// Characters of a quotation; a longer one is cut. Source: five lines of a report.
const LONGEST_QUOTE: usize = 400;

/// All words on one line.
pub(super) fn words_of(words: &[Seen]) -> String {
    let joined = words.iter().map(|seen| seen.text.trim()).collect::<Vec<_>>().join("; ");
    match joined.char_indices().nth(LONGEST_QUOTE) {
        Some((at, _)) => format!("{} …", &joined[..at]),
        None => joined,
    }
}
