//! Limits against hostile files, in one place, each with its reason.
//!
//! They follow from attacks that were tried on readers of PDFs, and lie well above what papers need.

/// The most bytes one content stream, or all streams of one page together, may inflate to.
pub const MAX_CONTENT: usize = 32 << 20;
/// The most bytes a `ToUnicode` or encoding map may inflate to, and the texts of its codes of one byte may have together.
pub const MAX_CMAP: usize = 4 << 20;
/// Known maps that one map may take in; those of writers take in one. Each is parsed anew, however often it is named.
pub const MAX_USED_CMAPS: usize = 8;
/// The most bytes a font program may inflate to.
pub const MAX_FONT_PROGRAM: usize = 16 << 20;
/// Characters of a font's name that are kept. Source: ISO 32000-1 annex C, the length of names.
pub const MAX_FONT_NAME: usize = 127;
/// The most bytes metadata or an attachment may inflate to.
pub const MAX_METADATA: usize = 4 << 20;
/// The most bytes that a stream may inflate to which is read while the file is opened.
pub const MAX_STREAM: usize = 64 << 20;
/// The most bytes that all of them may inflate to together; small ones are taken for their worst until half is used.
pub const MAX_INFLATED: usize = 256 << 20;
/// Deflate cannot expand more than this. Source: RFC 1951, 258 bytes from 2 bits.
pub const WORST_DEFLATE_RATIO: usize = 1032;
/// Nor LZW more than this: a code of 12 bits stands for at most 3,838 bytes. Source: ISO 32000-1 §7.4.4.
pub const WORST_LZW_RATIO: usize = 2_560;
/// Nor run lengths: two bytes stand for at most 128. Source: ISO 32000-1 §7.4.5.
pub const WORST_RUN_RATIO: usize = 64;
/// More compressors in one chain have no use and multiply their ratios.
pub const MAX_CHAINED_COMPRESSORS: usize = 2;
/// Filters of one stream, whatever they do; writers use two at most.
pub const MAX_FILTERS: usize = 8;
/// Bytes that all filters of all content, and of what it shows, may give together in one document. Each step of a chain
/// counts, and so does what came to nothing: a page may ask for one stream a hundred thousand times.
pub const MAX_DECODED: usize = 512 << 20;
/// The deepest nesting of dictionaries and arrays in one object; the object reader rescans each level.
pub const MAX_NESTING: usize = 64;
/// Content operators in one document.
pub const MAX_OPERATORS: u64 = 20_000_000;
/// Bytes of content that are run in one document, each time they are run.
pub const MAX_CONTENT_RUN: usize = 256 << 20;
/// Fonts of one document.
pub const MAX_FONTS: usize = 2_000;
/// Bytes of maps and programs that all fonts of a document may take together.
pub const MAX_FONT_BYTES: usize = 128 << 20;
/// Glyphs in one document.
pub const MAX_GLYPHS: u64 = 5_000_000;
/// Invocations of form XObjects in one document.
pub const MAX_FORMS: u64 = 200_000;
/// Forms within forms.
pub const MAX_FORM_DEPTH: u32 = 28;
/// Saved graphics states.
pub const MAX_STATE_DEPTH: usize = 256;
/// The longest side of a page, in bp. Source: ISO 32000-2 annex C, 14,400 units, at the largest `/UserUnit` heeded.
pub const MAX_SHEET: f64 = 14_400.0 * 100.0;
/// Painted areas kept per page; further ones are not needed to know where a page is inked.
pub const MAX_AREAS: usize = 50_000;
/// Operands of one operator; more are dropped, as viewers do.
pub const MAX_OPERANDS: usize = 200_000;
/// Pages that are read.
pub const MAX_PAGES: usize = 5_000;
/// Entries of outlines, name trees and annotation lists that are followed.
pub const MAX_ENTRIES: usize = 50_000;
/// Elements of the structure tree, and what they hold; a tagged paper has tens of thousands.
pub const MAX_ELEMENTS: usize = 500_000;
/// Numbers in the `/W` array of a CID font. Source: 65,536 CIDs, at most three numbers each.
pub const MAX_CID_WIDTHS: usize = 200_000;
/// Objects that are looked at for what no page shows; a paper of a thousand pages has fewer. Measured: a million take
/// three seconds.
pub const MAX_OBJECTS: usize = 400_000;
/// Things that no page shows, kept per document; a paper's figures and links leave hundreds.
pub const MAX_UNSHOWN_ENTRIES: usize = 20_000;
/// Bytes of metadata and private data that are decoded in one document.
pub const MAX_TRACE_BYTES: usize = 32 << 20;
/// Bytes of dictionaries and colour spaces that are read where something refers to them: a thousand references may lead
/// to a large one.
pub const MAX_LOOKED_UP: usize = 64 << 20;
/// What the shortest of them counts, in bytes. Measured: finding a colour space by its name takes as long as this.
pub const LEAST_LOOKED_UP: usize = 32;
/// Files within a file that are looked into.
pub const MAX_ATTACHED_FILES: usize = 1_000;
/// Marked content that is open at once; tagged papers nest it a few deep.
pub const MAX_OPEN_MARKS: usize = 4_096;
/// Bytes of words that are kept of what no page shows, in one document: many objects may share one long text.
pub const MAX_WORDS: usize = 16 << 20;
/// Values of one XMP packet, and elements open in it at once.
pub const MAX_XMP_VALUES: usize = 2_000;
/// Segments, boxes, directory entries and tags of one image.
pub const MAX_IMAGE_TAGS: usize = 400;
/// The most bytes one attached file may take, decoded.
pub const MAX_ATTACHMENT: usize = 16 << 20;
/// The most bytes all attached files of a document may take together, packed and unpacked.
pub const MAX_ATTACHMENTS_TOTAL: usize = 64 << 20;
/// Attached PDFs within attached PDFs that are opened.
pub const MAX_ATTACHMENT_DEPTH: u32 = 3;
/// Earlier revisions that are read; each is read like a file of its own.
pub const MAX_EARLIER_REVISIONS: usize = 6;
/// Forms within forms that are followed to tell which page shows an image.
pub const MAX_FIGURE_DEPTH: usize = 4;

/// Pages that are drawn: those of any paper with its appendix; a longer file's report stays a few megabytes.
#[cfg(feature = "pictures")]
pub const MAX_PICTURES: usize = 60;

/// The longest side of a picture, in pixels: twice that of a letter page; posters are drawn smaller.
#[cfg(feature = "pictures")]
pub const MAX_PICTURE_SIDE: f32 = 1600.0;
