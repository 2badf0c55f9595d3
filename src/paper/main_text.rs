//! The main text: what the page limit counts.

use super::{PagePoint, Seen};
use crate::finding::Confidence;
use crate::place::PageNumber;
use crate::units::Rect;

/// The last thing of the main text.
#[derive(Debug, Clone, PartialEq)]
pub struct MainTextEnd {
    /// The bottom of the last line, or of the float's caption.
    pub at: PagePoint,
    /// The number printed in the margin beside it.
    pub line_number: Option<u32>,
    /// The last line's words.
    pub last: Seen,
    /// A float, not a line of text, comes last.
    pub is_float: bool,
}

/// The main text: how long it is, and where it ends.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MainText {
    /// Length in pages, as `report-json` defines it; 0 where the file holds none.
    pub pages: f64,
    /// `None` where the file holds no main text.
    pub end: Option<MainTextEnd>,
    /// Every line of it, in reading order, without excluded parts and without margin line numbers.
    pub lines: Vec<TextLine>,
    /// Lines that fill a page of the style's text block.
    pub lines_per_page: f64,
    /// Lengths in pages if something doubtful is otherwise than it seems, and what: "X if Y".
    pub others: Vec<(f64, String)>,
    /// How sure its end is; `None` without main text.
    pub confidence: Option<Confidence>,
}

/// One line of the main text.
#[derive(Debug, Clone, PartialEq)]
pub struct TextLine {
    /// 1-based.
    pub page: PageNumber,
    /// The line's box in page space.
    pub area: Rect,
    /// The number printed in the margin beside it.
    pub line_number: Option<u32>,
    /// It stands below the text block, where no line belongs.
    pub below_block: bool,
}

impl MainText {
    /// Lines of main text beyond so many pages; 0 where its length is within them.
    ///
    /// Where only a float stands beyond, its height over the leading, rounded up.
    pub fn lines_beyond(&self, pages: u32) -> u32 {
        if self.pages <= f64::from(pages) {
            return 0;
        }
        let room = ((self.pages - f64::from(pages)) * self.lines_per_page).ceil() as u32;
        if self.end.as_ref().is_some_and(|end| end.is_float) {
            return room;
        }
        let beyond = |l: &&TextLine| l.page.0 > pages || l.below_block && l.page.0 == pages;
        // Lines of other parts stand among them: no more can be over than there is room for.
        (self.lines.iter().filter(beyond).count() as u32).min(room.max(1))
    }
}
