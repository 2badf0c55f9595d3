//! Text that is in the file and that no reader sees, by the order of painting; told only where it says something.

mod content;
mod replaced;
mod sight;
mod unicode;

pub use self::content::Says;
pub(super) use self::replaced::replaced_text;
pub use self::replaced::{ReplacedText, Replacement};
pub(super) use self::unicode::invisible_characters;

use self::content::{is_letterless, is_long, reads_as_name, says};
use self::sight::{Sight, Unit, units};
use crate::paper::Seen;
use crate::pdf::{Bounds, Document, Page};
use crate::place::{FileId, PageNumber, Place};
use crate::units::Rect;

/// Why text is not seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Its colour is that of what lies beneath it.
    Colour,
    /// It is too small for any eye.
    Size,
    /// A text rendering mode that paints nothing.
    Mode,
    /// Full transparency.
    Alpha,
    /// Its layer is off.
    Layer,
    /// It stands beside the page.
    OffPage,
    /// A clip cuts it away.
    Clipped,
    /// Something opaque was painted over it.
    Covered,
}

/// A run of text that is not seen, and says something.
#[derive(Debug, Clone, PartialEq)]
pub struct HiddenText {
    /// Why it is not seen.
    pub cause: Cause,
    /// What it says.
    pub says: Says,
    /// Its words.
    pub text: String,
    /// Where it is.
    pub at: Place,
    /// It is as small as all the text of its figure, which was scaled down too far.
    pub is_in_small_figure: bool,
}

/// Text that is not seen, and where that could not be told.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HiddenReading {
    /// In order of page and painting.
    pub found: Vec<HiddenText>,
    /// Hidden text that says nothing to whom the authors are strangers, nor stands in a picture.
    pub mute: Vec<Seen>,
    /// Pages on which too much is painted to tell.
    pub unchecked: Vec<PageNumber>,
}

/// Consecutive text that is not seen, for one cause.
struct HiddenRun<'p> {
    cause: Cause,
    units: Vec<Unit<'p>>,
    text: String,
    /// Something shows what it says: a picture over or under it.
    has_picture: bool,
    /// A dark box was painted over it, as narrow as the words.
    is_redacted: bool,
}

/// Hidden runs of a page that are told apart; what comes after belongs to the last one.
const MOST_RUNS: usize = 100;

/// Reads what is hidden on every page.
pub(super) fn hidden_text(document: &Document, file: FileId) -> HiddenReading {
    let mut reading = HiddenReading::default();
    for (index, page) in document.pages.iter().enumerate() {
        let number = PageNumber(index as u32 + 1);
        let mut sight = Sight::of(page);
        if !sight.may_hide() {
            continue;
        }
        let runs = hidden_runs(page, document, &mut sight);
        let seen = seen_beside(&runs, page, document);
        let mut told: Vec<HiddenText> = Vec::new();
        for run in runs.iter().filter(|r| !is_letterless(&r.text)) {
            let says = says(&run.text, run.is_redacted);
            let says = says.filter(|s| *s == Says::Instruction || !run.has_picture);
            let says = says.or_else(|| run.names(page, &seen, document).then_some(Says::Identity));
            let at = || place_of(&run.units, page, file, number);
            match says {
                Some(says) if !is_repeated(run, &seen, document) => {
                    told.push(run.told(says, at(), is_in_small_figure(run, page)));
                }
                None if !run.has_picture => {
                    reading.mute.push(Seen { text: run.text.trim().to_owned(), at: at() });
                }
                _ => {}
            }
        }
        if told.is_empty() && is_scattered_instruction(&runs) {
            let at = place_of(&runs[0].units, page, file, number);
            let whole = HiddenText { text: joined(&runs), ..runs[0].told(Says::Instruction, at, false) };
            told.push(whole);
        }
        reading.found.append(&mut told);
        if sight.is_spent() {
            reading.unchecked.push(number);
        }
    }
    reading
}

impl HiddenRun<'_> {
    /// Whether it reads as the name of somebody, set among the text of the page and hidden on purpose: figures hide
    /// labels, whose words are common ones.
    fn names(&self, page: &Page, seen: &[Unit<'_>], document: &Document) -> bool {
        let is_text = self.units.iter().all(|u| page.paints[u.paint as usize].form == 0);
        if self.has_picture || !is_text || !matches!(self.cause, Cause::Mode | Cause::Colour) {
            return false;
        }
        reads_as_name(&self.text) && {
            let mut there = String::new();
            for unit in seen {
                unit.push_text(&document.fonts, &mut there);
                there.push(' ');
            }
            let words: Vec<&str> = there.split(|c: char| !c.is_alphabetic()).collect();
            let is_common = |word: &str| words.contains(&word.to_lowercase().as_str());
            !self.text.split(|c: char| !c.is_alphabetic()).filter(|w| is_long(w)).any(is_common)
        }
    }

    fn told(&self, says: Says, at: Place, is_in_small_figure: bool) -> HiddenText {
        HiddenText { cause: self.cause, says, text: self.text.trim().to_owned(), at, is_in_small_figure }
    }
}

fn joined(runs: &[HiddenRun<'_>]) -> String {
    runs.iter().map(|r| r.text.trim()).collect::<Vec<_>>().join(" ")
}

/// Whether the hidden runs of a page together give an instruction that none gives alone.
fn is_scattered_instruction(runs: &[HiddenRun<'_>]) -> bool {
    let in_picture = runs.iter().any(|r| r.has_picture);
    runs.len() > 1 && !in_picture && says(&joined(runs), false) == Some(Says::Instruction)
}

fn hidden_runs<'p>(page: &'p Page, document: &Document, sight: &mut Sight<'p>) -> Vec<HiddenRun<'p>> {
    let mut runs: Vec<HiddenRun<'p>> = Vec::new();
    let mut open = false;
    for unit in units(page, &document.fonts) {
        let Some(hidden) = sight.hidden(&unit) else {
            // A lone mark that is seen does not part a hidden sentence.
            open &= unit.glyphs.len() < 2;
            continue;
        };
        let joins = open && runs.last().is_some_and(|r| r.cause == hidden.cause);
        if !joins && runs.len() < MOST_RUNS {
            let (has_picture, is_redacted) = (hidden.has_picture, hidden.is_redacted);
            let (cause, units, text) = (hidden.cause, Vec::new(), String::new());
            runs.push(HiddenRun { cause, units, text, has_picture, is_redacted });
        }
        open = true;
        if let Some(run) = runs.last_mut() {
            if (unit.begins_apart || !joins) && !run.text.is_empty() {
                run.text.push(' ');
            }
            unit.push_text(&document.fonts, &mut run.text);
            run.has_picture &= hidden.has_picture;
            run.is_redacted |= hidden.is_redacted;
            run.units.push(unit);
        }
    }
    runs
}

/// The units of a page that belong to none of its hidden runs; none where it has no such run, for nobody asks then.
fn seen_beside<'p>(runs: &[HiddenRun<'p>], page: &'p Page, document: &Document) -> Vec<Unit<'p>> {
    if runs.is_empty() {
        return Vec::new();
    }
    // Runs are in the order of painting, and so are their units.
    let hidden: Vec<usize> = runs.iter().flat_map(|r| &r.units).map(|u| u.glyphs.start).collect();
    units(page, &document.fonts).filter(|u| hidden.binary_search(&u.glyphs.start).is_err()).collect()
}

/// How far from hidden text its visible double may stand, in bp: shadows and outlines of text are that near.
const NEAR: f64 = 2.0;

/// Whether the same words are seen in the same place: a shadow, a second layer, a reading of a picture.
fn is_repeated(run: &HiddenRun<'_>, seen: &[Unit<'_>], document: &Document) -> bool {
    let bounds = run.units.iter().fold(Bounds::EMPTY, |all, u| all.union(&u.area));
    let near = |b: &Bounds| {
        let both = bounds.intersect(b);
        f64::from(both.left) <= f64::from(both.right) + NEAR
            && f64::from(both.top) <= f64::from(both.bottom) + NEAR
    };
    let mut there = String::new();
    seen.iter().filter(|u| near(&u.area)).for_each(|u| u.push_text(&document.fonts, &mut there));
    let bare = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    bare(&there).contains(&bare(&run.text))
}

/// Hidden text so much smaller than the rest of its figure was set small on purpose.
const MUCH_SMALLER: f32 = 3.0;

/// Whether small text belongs to a figure all of which was scaled down.
fn is_in_small_figure(run: &HiddenRun<'_>, page: &Page) -> bool {
    let Some(first) = run.units.first().filter(|_| run.cause == Cause::Size) else { return false };
    let form = page.paints[first.paint as usize].form;
    let own: Vec<_> = run.units.iter().flat_map(|u| u.glyphs.clone()).collect();
    let mut others: Vec<f32> = (0..page.glyphs.len())
        .filter(|i| own.binary_search(i).is_err())
        .map(|i| &page.glyphs[i])
        .filter(|g| page.paints[g.paint as usize].form == form)
        .map(|g| g.size)
        .collect();
    others.sort_by(f32::total_cmp);
    let usual = others.get(others.len() / 2).copied().unwrap_or(0.0);
    form != 0 && usual < MUCH_SMALLER * first.size
}

/// Where hidden units are: a box for each line of them on the page, or the page as a whole.
fn place_of(units: &[Unit<'_>], page: &Page, file: FileId, number: PageNumber) -> Place {
    let sheet = Bounds { left: 0.0, top: 0.0, right: page.width, bottom: page.height };
    let mut lines: Vec<(f32, Bounds)> = Vec::new();
    for unit in units {
        match lines.last_mut() {
            Some((baseline, all)) if (*baseline - unit.baseline).abs() < unit.size => {
                *all = all.union(&unit.area);
            }
            _ => lines.push((unit.baseline, unit.area)),
        }
    }
    let on_page = lines.iter().map(|(_, b)| b.intersect(&sheet)).filter(|b| !b.is_empty());
    let boxes: Vec<Rect> = on_page
        .map(|b| {
            Rect::from_corners(f64::from(b.left), f64::from(b.top), f64::from(b.right), f64::from(b.bottom))
        })
        .collect();
    if boxes.is_empty() {
        return Place::whole_page(file, number);
    }
    Place::Page { file, page: number, boxes, line_number: None }
}
