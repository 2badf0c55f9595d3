//! Earlier revisions of a file, which an update leaves where they are. Source: ISO 32000-2 §7.5.6 and annex F.

use super::limits::MAX_EARLIER_REVISIONS;
use memchr::memmem;

/// One more than the updates appended to the file. A linearised file has two cross-reference sections from the start.
pub(super) fn revisions(bytes: &[u8]) -> u32 {
    ends(bytes).len().max(1) as u32
}

/// The lengths of the earlier revisions, newest first: so many bytes from the start are a file of their own.
pub(super) fn earlier(bytes: &[u8]) -> Vec<usize> {
    let ends = ends(bytes);
    ends.iter().rev().skip(1).take(MAX_EARLIER_REVISIONS).copied().collect()
}

/// Where each revision ends, oldest first.
fn ends(bytes: &[u8]) -> Vec<usize> {
    let linearized = memmem::find(&bytes[..bytes.len().min(1024)], b"/Linearized").is_some();
    let sections = memmem::find_iter(bytes, b"startxref").skip(usize::from(linearized));
    let end =
        |at: usize| memmem::find(&bytes[at..], b"%%EOF").map_or(bytes.len(), |e| at + e + "%%EOF".len());
    sections.map(end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn updates_are_counted_and_linearisation_is_not_one() {
        assert_eq!(revisions(b"%PDF-1.4 ... startxref 9 %%EOF"), 1);
        assert_eq!(revisions(b"%PDF-1.4 ... startxref 9 %%EOF ... startxref 99 %%EOF"), 2);
        assert_eq!(revisions(b"%PDF-1.4 << /Linearized 1 >> startxref 0 %%EOF ... startxref 9 %%EOF"), 1);
        assert_eq!(revisions(b"%PDF-1.4 without any"), 1);
    }

    #[test]
    fn an_earlier_revision_ends_where_its_update_begins() {
        let file = b"%PDF-1.4 startxref 9 %%EOF\n12 0 obj startxref 99 %%EOF\n";
        assert_eq!(earlier(file), ["%PDF-1.4 startxref 9 %%EOF".len()]);
        assert!(earlier(b"%PDF-1.4 startxref 9 %%EOF\n").is_empty());
    }
}
