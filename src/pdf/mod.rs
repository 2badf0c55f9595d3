//! What a PDF states: pages, glyphs, lines, painted areas, links, metadata. It knows nothing of papers.
//!
//! Objects are read by `hayro-syntax`; content streams by our own interpreter, in one pass. The crates that read
//! PDFs are named in this room alone. Everything is given in page space (see [`crate::units::Rect`]).

mod active;
#[cfg(feature = "rewriting")]
mod annotate;
mod annotation;
mod containers;
mod content;
mod dead;
#[cfg(feature = "rewriting")]
mod digits;
mod document;
mod effort;
mod embedded;
mod encoding;
mod exif;
mod filter;
mod font;
mod gate;
mod graphics;
mod image_metadata;
mod lexer;
pub mod limits;
mod metadata;
mod object;
mod page;
mod picture;
mod revision;
#[cfg(feature = "rewriting")]
mod scrub;
mod structure;
pub mod text;
mod text_string;
mod unshown;
mod xmp;

#[cfg(feature = "rewriting")]
pub use annotate::{Remark, annotate};
pub use document::{Document, OpenError};
pub use effort::Effort;
pub use exif::as_shown as exif_as_shown;
#[cfg(feature = "wasm")]
pub use font::was_missed as supply_was_missed;
pub use font::{Font, FontKind};
pub use graphics::{Bounds, Color};
pub use image_metadata::{image_file_stripped, tags as image_tags};
pub use limits::MAX_ATTACHMENT_DEPTH;
pub use metadata::{Link, Metadata, OutlineEntry, Target};
pub use page::{Area, AreaKind, Glyph, Mark, Page, Paint, Turn};
pub use picture::Picture;
#[cfg(feature = "pictures")]
pub use picture::draw;
#[cfg(feature = "rewriting")]
pub use scrub::{ScrubError, Scrubbed, scrub};
pub use unshown::{Active, ActiveKind, Attachment, Holder, UnshownEntry};
