//! Reference lists: whether lines are one, and where its last entry ends.

use super::entry::{EntryStart, entry_start, has_year};
use super::layout::Layout;
use super::line::{Line, Role};

/// An entry has at most so many lines. Source: lists of authors fill more, but not three times in a row.
const LONGEST_ENTRY: usize = 6;
/// The last entry has at most so many lines. Source: papers of large collaborations name their authors on up to
/// a dozen lines.
const LONGEST_LAST_ENTRY: usize = 14;
/// So many lines of prose after the last entry are more than a note to it. Chosen.
const LEAST_PROSE: usize = 4;

/// How much the lines from `from` on look like reference entries, out of the next `count` lines of text:
/// lines that begin an entry, and lines with a year.
pub(super) fn entries_after(layout: &Layout, from: usize, count: usize) -> (usize, usize) {
    let lines = layout.lines[from..].iter().filter(|l| l.role == Role::Text).take(count);
    let mut starts = 0;
    let mut years = 0;
    for line in lines {
        starts += usize::from(entry_start(line).is_some());
        years += usize::from(has_year(&line.text));
    }
    (starts, years)
}

/// Whether the lines from `from` on are a reference list.
pub(super) fn is_list(layout: &Layout, from: usize) -> bool {
    let left =
        layout.lines[from.min(layout.lines.len())..].iter().filter(|l| l.role == Role::Text).take(14).count();
    let (starts, years) = entries_after(layout, from, 14);
    match left {
        0 => false,
        1..=4 => starts >= 1 && years >= 1,
        // Related work cites years as well: only entries make a list.
        _ => starts >= 2 && years >= 2 || starts >= 4,
    }
}

/// Whether three entries follow one another from a line on, each of few lines, with a year.
pub(super) fn begins_list(layout: &Layout, from: usize) -> bool {
    let mut lines = layout.lines[from..].iter().filter(|l| l.role == Role::Text).peekable();
    (0..3).all(|_| {
        let Some(first) = lines.next_if(|l| entry_start(l).is_some()) else { return false };
        let mut dated = has_year(&first.text);
        let mut count = 1;
        while let Some(line) = lines.next_if(|l| entry_start(l).is_none() && count < LONGEST_ENTRY) {
            dated |= has_year(&line.text);
            count += 1;
        }
        dated
    })
}

/// One past the last line of the last entry, of a list whose first entry may begin at `from` and that ends
/// before `to`; `None` where no entry is known.
pub(super) fn list_end(layout: &Layout, from: usize, to: usize) -> Option<usize> {
    let text: Vec<usize> = (from..to).filter(|&i| layout.lines[i].role == Role::Text).collect();
    let mut last: Option<(usize, EntryStart)> = None;
    for (at, &line) in text.iter().enumerate() {
        let Some(start) = entry_start(&layout.lines[line]) else { continue };
        let follows = match (last.map(|(_, s)| s), start) {
            (None | Some(EntryStart::Label), EntryStart::Label) => true,
            (None, EntryStart::Number(n)) => n == 1,
            (Some(EntryStart::Number(before)), EntryStart::Number(n)) => n > before && n - before <= 2,
            (None | Some(EntryStart::Names), EntryStart::Names) => is_dated(layout, &text[at..]),
            _ => false,
        };
        if follows {
            last = Some((at, start));
        }
    }
    let (at, _) = last?;
    let entry = &text[at..];
    let goes_on = |pair: &&[usize]| {
        let (before, line) = (&layout.lines[pair[0]], &layout.lines[pair[1]]);
        before.page != line.page && before.column == line.column && line.area.left > before.area.left - 1.0
            || before.column == line.column
                && before.page == line.page
                && line.baseline - before.baseline <= 1.15 * layout.leading.max(line.size * 1.15)
                && line.bold_words == 0
    };
    let length = 1 + entry.windows(2).take(LONGEST_LAST_ENTRY).take_while(goes_on).count();
    Some(entry[length - 1] + 1)
}

/// Whether a year stands in the first lines before the next entry begins.
fn is_dated(layout: &Layout, lines: &[usize]) -> bool {
    let rest = lines[1..].iter().take_while(|&&i| entry_start(&layout.lines[i]).is_none());
    let entry = lines[..1].iter().chain(rest).take(LONGEST_LAST_ENTRY);
    entry.into_iter().any(|&i| has_year(&layout.lines[i].text))
}

/// The first line of prose after the list, where there is more of it than a note; captions are none.
pub(super) fn prose_after(layout: &Layout, from: usize, to: usize) -> Option<usize> {
    let mut in_caption = false;
    let mut prose = Vec::new();
    let mut dated = 0;
    for line in from..to {
        let this = &layout.lines[line];
        if this.role != Role::Text {
            continue;
        }
        let before = &layout.lines[line.saturating_sub(1)];
        let close = this.page == before.page && this.baseline - before.baseline < 1.35 * this.size;
        in_caption = this.caption_label().is_some() || in_caption && close;
        if !in_caption && is_prose(layout, this) {
            prose.push(line);
            dated += usize::from(has_year(&this.text));
        }
    }
    // Every other line of a list names a year or goes on to one that does.
    (prose.len() >= LEAST_PROSE && dated * 5 <= prose.len()).then(|| prose[0])
}

fn is_prose(layout: &Layout, line: &Line) -> bool {
    let words = line.words.iter().filter(|w| w.text.len() > 1 && w.text.starts_with(char::is_alphabetic));
    line.size > layout.body_size * 0.85 && words.count() >= 6
}
