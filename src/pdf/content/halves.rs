//! Pages read in two halves at once; what comes out is what reading them in turn gives.
//!
//! Each half reads its fonts and forms for itself. The second is then told in the terms of the first: what both have
//! read counts once, and fonts keep the order in which pages name them. Where both together ask for too much, the
//! second half is read again behind the first, so that budgets end where they would have.

use super::{Known, Shared};
use crate::join::{is_in_turn, join};
use crate::pdf::effort::PageEffort;
use crate::pdf::font::Translation;
use crate::pdf::limits::{MAX_CONTENT, MAX_ENTRIES, MAX_FONTS};
use crate::pdf::page::Page;
use hayro_syntax::page::Page as SyntaxPage;

/// A half of fewer pages is done sooner than a thread is started, and its fonts are read a second time. Chosen.
const FEWEST_PAGES: usize = 3;

impl Shared {
    /// Reads pages, in order.
    pub(in crate::pdf) fn read_pages(&mut self, pages: &[SyntaxPage<'_>]) -> Vec<Page> {
        let (first, second) = pages.split_at(pages.len().div_ceil(2));
        if second.len() < FEWEST_PAGES || is_in_turn() {
            return self.read_in_turn(pages);
        }
        let hidden_layers = &self.hidden_layers.clone();
        let apart = || {
            let mut shared = Self { hidden_layers: hidden_layers.clone(), ..Self::default() };
            let pages = shared.read_in_turn(second);
            (shared, pages)
        };
        let ((other, mut rest), mut read) = join(apart, || self.read_in_turn(first));
        if self.has_room_for(&other) {
            self.take_over(other, &mut rest);
        } else {
            rest = self.read_in_turn(second);
        }
        read.append(&mut rest);
        read
    }

    fn read_in_turn(&mut self, pages: &[SyntaxPage<'_>]) -> Vec<Page> {
        pages.iter().map(|page| self.read_page(page)).collect()
    }

    /// What both have asked for, where what both have read counts once.
    fn together(&self, other: &Self) -> (PageEffort, usize) {
        let mut effort = self.effort.and(&other.effort);
        let mut form_bytes = self.form_bytes + other.form_bytes;
        for (_, font) in other.font_index.iter().filter(|(key, _)| self.font_index.contains_key(*key)) {
            effort.font_bytes -= font.cost;
        }
        for (_, form) in other.forms.iter().filter(|(key, _)| self.forms.contains_key(*key)) {
            effort.decoded -= form.cost;
            form_bytes -= form.what.bytes.len();
        }
        (effort, form_bytes)
    }

    /// Whether no limit would have been met, had the other's pages been read behind these.
    fn has_room_for(&self, other: &Self) -> bool {
        let (effort, form_bytes) = self.together(other);
        let fonts = self.fonts.len() + other.fonts.len();
        !effort.is_spent()
            && effort.annotations <= MAX_ENTRIES
            && form_bytes <= 2 * MAX_CONTENT
            && fonts < MAX_FONTS
    }

    /// Takes over what another has read, and tells its pages in the terms of this one.
    fn take_over(&mut self, mut other: Self, pages: &mut [Page]) {
        let forms_before = self.effort.invocations as u32;
        (self.effort, self.form_bytes) = self.together(&other);
        let mut by_index: Vec<_> = std::mem::take(&mut other.font_index).into_iter().collect();
        by_index.sort_unstable_by_key(|(_, font)| font.what);
        let mut translations = Vec::with_capacity(by_index.len());
        for ((key, Known { cost, .. }), font) in by_index.into_iter().zip(other.fonts) {
            translations.push(match self.font_index.get(&key) {
                Some(Known { what: index, .. }) => {
                    (*index, self.fonts[usize::from(*index)].translation(&font))
                }
                None => {
                    let index = self.fonts.len() as u16;
                    self.fonts.push(font);
                    self.font_index.insert(key, Known { what: index, cost });
                    (index, Translation::Same)
                }
            });
        }
        for page in pages {
            for glyph in &mut page.glyphs {
                if let Some((index, translation)) = translations.get(usize::from(glyph.font)) {
                    (glyph.font, glyph.text) = (*index, translation.of(glyph.text));
                }
            }
            for paint in page.paints.iter_mut().filter(|paint| paint.form > 0) {
                paint.form += forms_before;
            }
        }
    }
}
