//! How the pages are set, against what the style sets: where they depart, and what room that saves.
//!
//! Every distance is taken to the style's own page first ([`frame`]), every line is told for what it is ([`row`]);
//! then each file measures one kind of thing and gives samples of what departs. One-sided where TeX's glue
//! stretches: a gap may be wider than the style's, never narrower than what it may shrink to.

mod block;
mod caption;
mod departure;
mod display;
mod first_page;
mod frame;
mod gap;
mod letter;
mod likeness;
mod row;
mod size;
#[cfg(test)]
mod trial;

pub use departure::{Aspect, Departure};

use self::departure::departures;
use self::frame::Frame;
use self::likeness::Likeness;
use self::row::{Kind, Reader, Row};
use super::front::area;
use super::layout::Layout;
use super::length::Division;
use super::{Style, notice};
use crate::pdf::{Document, Font};
use crate::place::{FileId, PageNumber, Place};
use crate::style::{Fingerprint, neurips};

/// How the pages stand to the style.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Typesetting {
    /// Whether there was running text of one column, in a style whose measures are known.
    pub is_measured: bool,
    /// Where it is not as the style sets it, in order of aspect.
    pub departures: Vec<Departure>,
    /// The face of the running text, where it is not the style's.
    pub other_face: Option<OtherFace>,
    /// The room that all departures together save in the main text, in pages of the style.
    pub pages_gained: f64,
}

/// A face that the style does not set running text in.
#[derive(Debug, Clone, PartialEq)]
pub struct OtherFace {
    /// The font's name as the file gives it.
    pub name: String,
    /// Engines take it where they do not find the style's own.
    pub is_stand_in: bool,
    /// The first line set in it.
    pub at: Place,
}

impl Typesetting {
    /// Measures the pages, and corrects what the notice says of their style: `style` is that of the notice, and
    /// comes back as none of the known ones where the pages are not set so, or as any of the family where only
    /// they tell.
    pub(super) fn of(
        document: &Document,
        layout: &Layout,
        division: &Division<'_>,
        mut style: Style,
        file: FileId,
    ) -> (Self, Style) {
        let measures = neurips();
        let part = |line: usize| division.part_of(line);
        let frame = Frame::of(document, layout, part, measures).filter(|_| layout.columns == 1);
        let Some(frame) = frame else { return (Self::default(), style) };
        let fonts = &document.fonts;
        let rows = Reader { document, layout, frame: &frame, style: measures }.rows(part);
        let likeness = Likeness::of(&rows, &frame, measures, fonts);
        if style.is_of_neurips_family() && !likeness.bears_out_notice() {
            style = Style { notice: style.notice.take(), ..Style::default() };
        } else if !style.is_of_neurips_family() && likeness.speaks_for_itself() {
            style = notice::unsaid(layout.line_numbers);
        }
        if !style.is_of_neurips_family() {
            style.unlike = likeness.unlike;
            return (Self::default(), style);
        }
        let mut samples = block::sheets(document, &frame, measures);
        let ruler = gap::Ruler::new(&rows, &frame, measures, fonts);
        samples.extend(ruler.samples(&rows));
        samples.extend(size::samples(&rows, &frame, measures));
        samples.extend(block::samples(&rows, &frame, measures));
        samples.extend(letter::samples(document, &rows, &frame, measures));
        samples.extend(first_page::samples(&rows, &frame, measures, style.mode));
        samples.extend(caption::samples(layout, &rows, &frame, measures));
        let departures = departures(&samples, measures, file);
        let lines: f64 = departures.iter().map(|d| d.lines_gained).sum();
        let lost = ruler.lost_to_filling(&rows, &samples) / measures.leading.body;
        let kept = (lines - f64::from(lost)).max(0.0);
        let pages_gained = kept * f64::from(measures.leading.body / measures.block.height());
        let other_face = other_face(&rows, &frame, fonts, measures, file);
        (Self { is_measured: true, departures, other_face, pages_gained }, style)
    }

    /// What departs in one of some aspects.
    pub fn departing<'a>(&'a self, aspects: &'a [Aspect]) -> impl Iterator<Item = &'a Departure> {
        self.departures.iter().filter(move |d| aspects.contains(&d.aspect))
    }
}

/// The face of the running text, where it is not the style's.
fn other_face(
    rows: &[Row<'_>],
    frame: &Frame,
    fonts: &[Font],
    style: &Fingerprint,
    file: FileId,
) -> Option<OtherFace> {
    let name = &fonts[usize::from(frame.face)].name;
    let first = rows.iter().find(|r| r.kind == Kind::Body && r.is_prose)?;
    let at = Place::Page {
        file,
        page: PageNumber(first.line.page),
        boxes: vec![area(first.line)],
        line_number: first.line.number,
    };
    let is_stand_in = style.body.is_stand_in(name);
    (!style.body.is_face(name)).then(|| OtherFace { name: name.clone(), is_stand_in, at })
}
