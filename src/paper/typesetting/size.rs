//! Sizes of type: running text, captions, footnotes, references.

use super::departure::{Aspect, Sample};
use super::frame::Frame;
use super::row::{FULL, Kind, Row, SAME_SIZE, Zone};
use crate::style::Fingerprint;

/// So many lines make a paragraph; one or two may be a label or the note to a table.
const PARAGRAPH: usize = 3;
/// What is smaller than this share of the text is no text: labels in pictures.
const SMALLEST_TEXT: f32 = 0.5;

/// Type that is smaller than the style sets it.
pub(super) fn samples(rows: &[Row<'_>], frame: &Frame, style: &Fingerprint) -> Vec<Sample> {
    let mut found = small_body(rows, frame, style);
    let of = |kinds: &[Kind], what, aspect, least: f32| {
        let is_small = |r: &&Row<'_>| {
            kinds.contains(&r.kind)
                && r.is_text
                && (r.is_prose || r.kind != Kind::Footnote)
                && r.size < least - 2.0 * style.body.tolerance
        };
        let rows = rows.iter().filter(is_small).filter(move |r| r.size > SMALLEST_TEXT * least);
        rows.map(|r| Sample::at(r, aspect, what, r.size, least).gaining(gained(r, least, style)))
            .collect::<Vec<_>>()
    };
    let captions = [Kind::Caption, Kind::CaptionGoesOn];
    found.extend(of(&captions, "captions", Aspect::CaptionSize, style.caption.size));
    // Scripts of a footnote stand on lines of their own.
    let footnotes = of(&[Kind::Footnote], "footnotes", Aspect::FootnoteSize, style.footnote.size);
    found.extend(footnotes);
    found.extend(of(&[Kind::Notice], "the notice", Aspect::FootnoteSize, style.footnote.size));
    found.extend(rows.iter().filter_map(|r| small_heading(r, style)));
    found.extend(small_references(rows, style));
    found
}

/// A section heading in smaller type than the style's.
fn small_heading(row: &Row<'_>, style: &Fingerprint) -> Option<Sample> {
    let least = style.heading.size;
    let is_small = row.kind == Kind::Heading(1) && row.size < least - SAME_SIZE;
    let gained = style.heading.leading * (1.0 - row.size / least);
    let what = "section headings";
    is_small.then(|| Sample::at(row, Aspect::HeadingSize, what, row.size, least).gaining(gained))
}

/// Paragraphs in the main text, and the abstract's lines.
fn small_body(rows: &[Row<'_>], frame: &Frame, style: &Fingerprint) -> Vec<Sample> {
    let is_small = |r: &Row<'_>| {
        let is_kind = matches!(r.kind, Kind::Body | Kind::Abstract);
        let least = style.body.size - 2.0 * style.body.tolerance;
        is_kind && r.is_prose && r.zone == Zone::Main && (SMALLEST_TEXT * least..least).contains(&r.size)
    };
    // Notes to a table and lines of code end anywhere; a paragraph fills its measure.
    let is_full = |r: &Row<'_>| r.kind == Kind::Abstract || (r.right - frame.right).abs() < FULL;
    let mut found = Vec::new();
    for run in rows.chunk_by(|a, b| is_small(a) && is_small(b) && a.line.page == b.line.page) {
        if run.len() >= PARAGRAPH && run.iter().filter(|r| is_full(r)).count() + 1 >= run.len().min(PARAGRAPH)
        {
            found.extend(run.iter().map(|r| {
                let what = if r.kind == Kind::Abstract { "the abstract" } else { "running text" };
                Sample::at(r, Aspect::BodySize, what, r.size, style.body.size).gaining(gained(
                    r,
                    style.body.size,
                    style,
                ))
            }));
        }
    }
    found
}

/// References outside the limit: what matters is that they can be read.
fn small_references(rows: &[Row<'_>], style: &Fingerprint) -> Vec<Sample> {
    let least = style.references.size - 2.0 * style.body.tolerance;
    let entries =
        |r: &&Row<'_>| r.zone == Zone::References && r.is_prose && r.is_text && r.kind == Kind::Other;
    let small = rows.iter().filter(entries).filter(|r| (SMALLEST_TEXT * least..least).contains(&r.size));
    let at = |r| Sample::at(r, Aspect::ReferenceSize, "references", r.size, style.references.size);
    let found: Vec<Sample> = small.map(at).collect();
    if found.len() < PARAGRAPH { Vec::new() } else { found }
}

/// The room that a line saves by its size: it is lower, and holds more letters.
fn gained(row: &Row<'_>, size: f32, style: &Fingerprint) -> f32 {
    let share = row.size / size;
    let leading = style.leading.body * size / style.body.size;
    leading * (1.0 / share - share)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::typesetting::trial::{BOLD, Set, below, frame, on_page, text_at};
    use crate::style::neurips;

    fn found(lines: &[Set]) -> Vec<(Aspect, f32, f32)> {
        let found = on_page(lines, |rows| samples(rows, &frame(), neurips()));
        found.iter().map(|s| (s.aspect, s.measured, s.allowed)).collect()
    }

    /// So many lines of a kind and size.
    fn lines(number: usize, kind: Kind, size: f32) -> Vec<Set> {
        below(300.0, &vec![(10.0, Set { kind, size, ..text_at(0.0) }); number])
    }

    #[test]
    fn a_paragraph_is_of_three_lines() {
        assert_eq!(found(&lines(3, Kind::Body, 9.91)), []);
        assert_eq!(found(&lines(3, Kind::Body, 9.9)), [(Aspect::BodySize, 9.9, 9.963); 3]);
        assert_eq!(found(&lines(2, Kind::Body, 9.5)), [], "a note to a table");
        let ragged: Vec<Set> =
            lines(3, Kind::Body, 9.5).into_iter().map(|line| Set { right: 400.0, ..line }).collect();
        assert_eq!(found(&ragged), [], "code");
        assert_eq!(found(&lines(3, Kind::Body, 4.9)), [], "labels in a picture");
    }

    #[test]
    fn captions_and_headings_are_told_line_by_line() {
        assert_eq!(found(&lines(1, Kind::Caption, 9.91)), []);
        assert_eq!(found(&lines(1, Kind::CaptionGoesOn, 9.9)), [(Aspect::CaptionSize, 9.9, 9.963)]);
        let heading = |size| [Set { font: BOLD, ..lines(1, Kind::Heading(1), size)[0].clone() }];
        assert_eq!(found(&heading(11.81)), []);
        assert_eq!(found(&heading(11.8)), [(Aspect::HeadingSize, 11.8, 11.955)]);
    }

    #[test]
    fn scripts_of_a_footnote_are_not_accused() {
        let script = |text| [Set { text, ..lines(1, Kind::Footnote, 5.98)[0].clone() }];
        assert_eq!(found(&script("2")), []);
        assert_eq!(found(&script("the learned field follows it")), [(Aspect::FootnoteSize, 5.98, 8.966)]);
        assert_eq!(found(&lines(1, Kind::Footnote, 8.91)), []);
    }

    #[test]
    fn references_are_told_from_three_lines_on() {
        let entries = |number, size| -> Vec<Set> {
            let set = lines(number, Kind::Other, size).into_iter();
            set.map(|line| Set { zone: Zone::References, ..line }).collect()
        };
        assert_eq!(found(&entries(3, 8.91)), []);
        assert_eq!(found(&entries(3, 8.9)), [(Aspect::ReferenceSize, 8.9, 8.966); 3]);
        assert_eq!(found(&entries(2, 8.0)), []);
    }

    #[test]
    fn smaller_type_saves_lines_and_letters() {
        let line = |size| lines(1, Kind::Body, size);
        let of = |size| on_page(&line(size), |rows| gained(&rows[0], 10.0, neurips()));
        assert!(of(10.0).abs() < 1e-4);
        // 9 of 10: the line is a tenth lower, and a tenth shorter.
        assert!((of(9.0) - 10.909 * 10.0 / 9.963 * (1.0 / 0.9 - 0.9)).abs() < 1e-3, "{}", of(9.0));
    }
}
