//! The fonts that a paper is set in.

use crate::pdf::{Document, FontKind};
use crate::place::{FileId, PageNumber, Place};

/// A font that letters on the pages are set in.
#[derive(Debug, Clone, PartialEq)]
pub struct FontUse {
    /// Its name without the subset tag; empty where it has none.
    pub name: String,
    /// Whether its program is in the file.
    pub is_embedded: bool,
    /// Its letters are drawn by content streams: Type 3, as bitmaps mostly.
    pub is_type3: bool,
    /// Letters that stand for nothing a program could copy or search.
    pub unknown_letters: u32,
    /// Letters set in it.
    pub letters: u32,
    /// The first page it is used on.
    pub first: Place,
}

/// Every font that is used, once for each name, by first page and name.
pub(super) fn fonts(document: &Document, file: FileId) -> Vec<FontUse> {
    let mut uses: Vec<Option<FontUse>> = vec![None; document.fonts.len()];
    for (page, number) in document.pages.iter().zip(1..) {
        for glyphs in page.glyphs.chunk_by(|a, b| a.font == b.font) {
            let glyph = &glyphs[0];
            let entry = uses[usize::from(glyph.font)].get_or_insert_with(|| {
                let font = &document.fonts[usize::from(glyph.font)];
                FontUse {
                    name: font.name.clone(),
                    is_embedded: font.embedded,
                    is_type3: font.kind == FontKind::Type3,
                    unknown_letters: 0,
                    letters: 0,
                    first: Place::whole_page(file, PageNumber(number)),
                }
            });
            entry.letters += glyphs.len() as u32;
            entry.unknown_letters += glyphs.iter().filter(|glyph| !glyph.is_known()).count() as u32;
        }
    }
    let mut by_name: Vec<FontUse> = Vec::new();
    for font in uses.into_iter().flatten() {
        let same = |f: &&mut FontUse| {
            f.name == font.name && f.is_embedded == font.is_embedded && f.is_type3 == font.is_type3
        };
        match by_name.iter_mut().find(same) {
            Some(known) => {
                known.letters += font.letters;
                known.unknown_letters += font.unknown_letters;
            }
            None => by_name.push(font),
        }
    }
    by_name
}
