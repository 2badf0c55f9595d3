//! Lines and columns: they exist only in reports, everything else counts bytes.

/// A place in a text, 1-based; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LineColumn {
    pub(super) line: usize,
    pub(super) column: usize,
}

impl LineColumn {
    /// Where a byte stands; the end of the text for an offset beyond it.
    pub(super) fn of(text: &[u8], offset: u32) -> Self {
        let before = &text[..text.len().min(offset as usize)];
        let line_start = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
        Self {
            line: 1 + memchr::memchr_iter(b'\n', before).count(),
            column: 1 + String::from_utf8_lossy(&before[line_start..]).chars().count(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_count_from_one_and_columns_count_characters() {
        let at = |offset| LineColumn::of("ab\nä c".as_bytes(), offset);
        assert_eq!(at(0), LineColumn { line: 1, column: 1 });
        assert_eq!(at(3), LineColumn { line: 2, column: 1 });
        assert_eq!(at(5), LineColumn { line: 2, column: 2 });
        assert_eq!(at(99), LineColumn { line: 2, column: 4 });
    }
}
