//! Whether the pages look as the style sets them: what a notice says, anybody can write.

use super::frame::{Frame, most};
use super::row::{Kind, Row, SAME_EDGE, SAME_SIZE, Zone};
use crate::pdf::Font;
use crate::style::Fingerprint;

/// How many of the style's features the pages have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Likeness {
    /// Features that the pages show.
    pub known: u32,
    /// Those that are not as the style sets them.
    pub unlike: Vec<&'static str>,
    /// The two bars around the title are there.
    pub has_bars: bool,
}

/// With the bars, so many of ten features: a squeezed paper changes a few of them. Chosen: the most changed of
/// the squeezed papers measured keeps seven; a paper in the article class with its margins set by hand has four.
const MOST: u32 = 6;
/// Without the bars, or without a notice, so many of ten.
const NEARLY_ALL: u32 = 8;
/// Fewer features than this say nothing.
const FEWEST: u32 = 4;

impl Likeness {
    /// Looks at title, abstract, headings, type, leading, paragraphs, width and notice.
    pub(super) fn of(rows: &[Row<'_>], frame: &Frame, style: &Fingerprint, fonts: &[Font]) -> Self {
        let mut likeness = Self { has_bars: frame.bars.is_some(), ..Self::default() };
        likeness.count("the bars around the title", Some(frame.bars.is_some()));
        let is = |a: f32, b: f32| (a - b).abs() < SAME_SIZE;
        let front = rows.iter().filter(|r| r.line.page == frame.title_page);
        let largest = front.clone().filter(|r| r.line.is_bold()).map(|r| r.size).max_by(f32::total_cmp);
        likeness.count("the size of the title", largest.map(|size| is(size, style.title.size)));
        let abstract_heading = front.clone().find(|r| r.kind == Kind::AbstractHeading);
        likeness
            .count("the heading of the abstract", abstract_heading.map(|r| is(r.size, style.heading.size)));
        let column = most(front.filter(|r| r.kind == Kind::Abstract).map(|r| (r.left, 1)), 10.0);
        likeness.count(
            "the margins of the abstract",
            column.map(|left| (left - style.r#abstract.left).abs() < SAME_EDGE),
        );
        let headed = rows.iter().filter(|r| is_numbered_section(r, frame)).count();
        let as_set = rows.iter().filter(|r| r.kind == Kind::Heading(1) && r.zone == Zone::Main).count();
        likeness.count("the headings", (headed + as_set > 0).then_some(as_set * 2 > headed));
        likeness.count("the type size", Some((frame.body - style.body.size).abs() < style.body.tolerance));
        likeness.count(
            "the width of the text",
            Some((frame.right - frame.left - style.block.width()).abs() < style.block.protrusion),
        );
        let body = || rows.iter().filter(|r| r.kind == Kind::Body && r.is_prose);
        let is_face = |r: &Row<'_>| style.body.is_face(&fonts[usize::from(r.line.words[0].font)].name);
        likeness.count("the typeface", Some(body().filter(|r| is_face(r)).count() * 2 > body().count()));
        likeness
            .count("the leading", Some((frame.leading - style.leading.body).abs() < style.leading.tolerance));
        let notice = rows.iter().find(|r| r.kind == Kind::Notice);
        likeness.count("the notice", notice.map(|r| is(r.size, style.footnote.size)));
        likeness
    }

    fn count(&mut self, name: &'static str, agrees: Option<bool>) {
        self.known += u32::from(agrees.is_some());
        if agrees == Some(false) {
            self.unlike.push(name);
        }
    }

    fn is_at_least(&self, tenths: u32) -> bool {
        self.known >= FEWEST && (self.known - self.unlike.len() as u32) * 10 >= tenths * self.known
    }

    /// A notice of the family stands on pages of the family.
    pub(super) fn bears_out_notice(&self) -> bool {
        self.known < FEWEST || self.is_at_least(if self.has_bars { MOST } else { NEARLY_ALL })
    }

    /// The pages are of the family, whether they say so or not.
    pub(super) fn speaks_for_itself(&self) -> bool {
        self.has_bars && self.is_at_least(NEARLY_ALL)
    }
}

/// A bold line that begins with a number of one level, and is larger than the text.
fn is_numbered_section(row: &Row<'_>, frame: &Frame) -> bool {
    let is_number = row.line.words[0].text.trim_end_matches('.').bytes().all(|b| b.is_ascii_digit());
    row.zone == Zone::Main && row.line.is_bold() && is_number && row.size > frame.body + SAME_SIZE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_changes_are_no_other_style_and_a_few_likenesses_are_none() {
        let with = |agree: usize, known: usize, has_bars| {
            let unlike = vec!["the leading"; known - agree];
            Likeness { known: known as u32, unlike, has_bars }
        };
        assert!(with(7, 10, true).bears_out_notice(), "squeezed");
        assert!(!with(4, 10, true).bears_out_notice() && !with(6, 10, false).bears_out_notice(), "imitated");
        assert!(with(1, 2, false).bears_out_notice(), "too little is seen to say otherwise");
        assert!(with(9, 10, true).speaks_for_itself() && !with(9, 10, false).speaks_for_itself());
    }
}
