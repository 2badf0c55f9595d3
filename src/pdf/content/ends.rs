//! Pages read from both ends at once; what comes out is what reading them in turn gives.
//!
//! One reader takes pages from the front, the other from the back, until they meet. Each reads its fonts and forms for
//! itself. What the second has read is then told in the terms of the first: what both have read counts once, and fonts
//! keep the order in which pages name them. Where both together ask for too much, the pages of the second are read
//! again behind those of the first, so that budgets end where they would have.

use super::{FontKey, KnownFont, Shared};
use crate::join::{is_in_turn, join};
use crate::pdf::effort::PageEffort;
use crate::pdf::font::{Font, Translation};
use crate::pdf::limits::{MAX_CONTENT, MAX_ENTRIES, MAX_FONTS};
use crate::pdf::page::Page;
use hayro_syntax::page::Page as SyntaxPage;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// Fewer are read sooner by one reader than told in the terms of another. Chosen.
const FEWEST_PAGES: usize = 3;

/// A page that was read from the back, and what is told of it in the terms of its own reader.
struct Apart {
    page: Page,
    /// The fonts that it names, in the order in which it does so first.
    fonts: Vec<FontKey>,
    /// How many forms its reader had run before it, and how many it ran.
    forms: Range<u32>,
}

impl Shared {
    /// Reads pages, in order, and does something else beside them.
    pub(in crate::pdf) fn read_pages<T: Send>(
        &mut self,
        pages: &[SyntaxPage<'_>],
        beside: impl FnOnce() -> T + Send,
    ) -> (Vec<Page>, T) {
        if is_in_turn() {
            let done = beside();
            return (self.read_in_turn(pages), done);
        }
        let left = Mutex::new(0..pages.len());
        let next = |take: fn(&mut Range<usize>) -> Option<usize>| {
            take(&mut left.lock().unwrap_or_else(PoisonError::into_inner)).map(|at| &pages[at])
        };
        let mut shared = Self { hidden_layers: self.hidden_layers.clone(), ..Self::default() };
        let apart = || {
            let done = beside();
            let mut read = Vec::new();
            if pages.len() >= FEWEST_PAGES {
                read.extend(
                    std::iter::from_fn(|| next(Range::next_back)).map(|page| shared.read_apart(page)),
                );
                read.reverse();
            }
            (done, shared, read)
        };
        let from_front = || {
            let pages = std::iter::from_fn(|| next(Range::next));
            pages.map(|page| self.read_page(page)).collect::<Vec<Page>>()
        };
        let ((done, other, rest), mut read) = join(apart, from_front);
        if self.has_room_for(&other) {
            read.extend(self.take_over(other, rest));
        } else {
            drop((other, rest));
            read.append(&mut self.read_in_turn(&pages[read.len()..]));
        }
        (read, done)
    }

    fn read_in_turn(&mut self, pages: &[SyntaxPage<'_>]) -> Vec<Page> {
        pages.iter().map(|page| self.read_page(page)).collect()
    }

    fn read_apart(&mut self, page: &SyntaxPage<'_>) -> Apart {
        let before = self.effort.invocations as u32;
        let page = self.read_page(page);
        Apart { page, fonts: std::mem::take(&mut self.named), forms: before..self.effort.invocations as u32 }
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
    ///
    /// Up to half of what forms may take together, each may take what one may.
    fn has_room_for(&self, other: &Self) -> bool {
        let (effort, form_bytes) = self.together(other);
        let fonts = self.fonts.len() + other.fonts.len();
        !effort.is_spent()
            && effort.annotations <= MAX_ENTRIES
            && form_bytes <= MAX_CONTENT
            && fonts < MAX_FONTS
    }

    /// Takes over what another has read, and tells its pages in the terms of this one.
    fn take_over(&mut self, mut other: Self, read: Vec<Apart>) -> Vec<Page> {
        let mut forms = self.effort.invocations as u32;
        (self.effort, self.form_bytes) = self.together(&other);
        let translations = self.take_over_fonts(&mut other, &read);
        let mut pages = Vec::with_capacity(read.len());
        for Apart { mut page, forms: own, .. } in read {
            for glyph in &mut page.glyphs {
                if let Some(Some((index, translation))) = translations.get(usize::from(glyph.font)) {
                    (glyph.font, glyph.text) = (*index, translation.of(glyph.text));
                }
            }
            for word in page.rows.iter_mut().flat_map(|row| &mut row.words) {
                if let Some(Some((index, _))) = translations.get(usize::from(word.font)) {
                    word.font = *index;
                }
            }
            for paint in page.paints.iter_mut().filter(|paint| paint.form > 0) {
                paint.form = paint.form - own.start + forms;
            }
            forms += own.end - own.start;
            pages.push(page);
        }
        pages
    }

    /// Takes over fonts, in the order in which pages name them; what each of the other's is called here.
    fn take_over_fonts(&mut self, other: &mut Self, read: &[Apart]) -> Vec<Option<(u16, Translation)>> {
        let mut theirs: Vec<Option<Font>> = std::mem::take(&mut other.fonts).into_iter().map(Some).collect();
        let mut translations: Vec<_> = theirs.iter().map(|_| None).collect();
        for key in read.iter().flat_map(|apart| &apart.fonts) {
            let Some(KnownFont { index, cost, .. }) = other.font_index.remove(key) else { continue };
            let Some(font) = theirs[usize::from(index)].take() else { continue };
            let translation = match self.font_index.get(key) {
                Some(known) => (known.index, self.fonts[usize::from(known.index)].translation(&font)),
                None => {
                    let own = self.fonts.len() as u16;
                    self.fonts.push(font);
                    self.font_index.insert(*key, KnownFont { index: own, cost, named_on: 0 });
                    (own, Translation::Same)
                }
            };
            translations[usize::from(index)] = Some(translation);
        }
        translations
    }
}
