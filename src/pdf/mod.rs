//! What a PDF states: pages, glyphs, lines, painted rules and images, links, metadata.

pub mod limits;
