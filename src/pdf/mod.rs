//! What a PDF states: pages, glyphs, lines, painted areas, links, metadata. It knows nothing of papers.
//!
//! Objects are read by `hayro-syntax`; content streams by our own interpreter, in one pass. The crates that read
//! PDFs are named in this room alone. Everything is given in page space (see [`crate::units::Rect`]).

mod content;
mod document;
mod encoding;
mod filter;
mod font;
mod gate;
mod graphics;
mod lexer;
pub mod limits;
mod metadata;
mod page;
mod structure;
pub mod text;

pub use document::{Document, OpenError};
pub use font::{Font, FontKind};
pub use graphics::{Bounds, Color};
pub use metadata::{Link, Metadata, OutlineEntry, Target};
pub use page::{Area, AreaKind, Glyph, Mark, Page, Paint, Turn};
