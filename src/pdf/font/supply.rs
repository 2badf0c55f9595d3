//! Fonts and CMaps that PDFs name without carrying them. Source: ISO 32000-1 §9.6.2.2 and §9.7.5.2.
//!
//! They are half of a program for browsers, and few papers need them. A build without them (see the feature
//! `supply`) says that they were asked for, and whoever called must not take its word for such a paper.

use hayro_cmap::CMapName;
use hayro_font::{FontData, FontQuery};

#[cfg(not(feature = "supply"))]
static WAS_ASKED: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);

/// A predefined CMap; `None` where there is none of the name.
pub(super) fn cmap(name: CMapName<'_>) -> Option<&'static [u8]> {
    #[cfg(not(feature = "supply"))]
    WAS_ASKED.store(true, std::sync::atomic::Ordering::Relaxed);
    hayro_cmap::load_embedded(name)
}

/// A standard font, with its index in the file.
#[cfg(feature = "supply")]
pub(super) fn font(query: &FontQuery) -> Option<(FontData, u32)> {
    Some(match query {
        FontQuery::Standard(font) => font.get_font_data(),
        FontQuery::Fallback(query) => query.pick_standard_font().get_font_data(),
    })
}

/// A standard font, which this build is without.
#[cfg(not(feature = "supply"))]
pub(super) fn font(_: &FontQuery) -> Option<(FontData, u32)> {
    WAS_ASKED.store(true, std::sync::atomic::Ordering::Relaxed);
    None
}

/// Whether any paper so far asked for a font or a map that this build is without.
#[cfg(all(feature = "wasm", not(feature = "supply")))]
pub fn was_missed() -> bool {
    WAS_ASKED.load(std::sync::atomic::Ordering::Relaxed)
}

/// Nothing is missing.
#[cfg(all(feature = "wasm", feature = "supply"))]
pub const fn was_missed() -> bool {
    false
}
