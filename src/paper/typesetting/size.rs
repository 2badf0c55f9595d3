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
