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
    words[1..].iter().for_each(|next| add_boxes(&mut joined, &next.at));
    Some(joined)
}

/// Adds the boxes of another place on the same page.
pub(super) fn add_boxes(place: &mut Place, other: &Place) {
    if let (Place::Page { page, boxes, .. }, Place::Page { page: theirs, boxes: more, .. }) = (place, other)
        && page == theirs
    {
        boxes.extend(more);
    }
}

/// The page of a place, 1-based; 0 where it is on no page.
pub(super) fn page_of(place: &Place) -> u32 {
    match place {
        Place::Page { page, .. } => page.0,
        _ => 0,
    }
}

/// Characters of a quotation; a longer one is cut. Source: five lines of a report.
const LONGEST_QUOTE: usize = 400;

/// All words on one line.
pub(super) fn words_of(words: &[Seen]) -> String {
    quoted(&words.iter().map(|seen| seen.text.trim()).collect::<Vec<_>>().join("; "))
}

/// Words of the paper, cut where they are many.
pub(super) fn quoted(joined: &str) -> String {
    match joined.char_indices().nth(LONGEST_QUOTE) {
        Some((at, _)) => format!("{} …", &joined[..at]),
        None => joined.to_owned(),
    }
}
