//! Limits against hostile venues and settings, in one place, each with its reason.

/// The largest TOML file that is read, in bytes: ten times the longest venue that is shipped.
const MAX_BYTES: usize = 128 << 10;
/// The longest line, in bytes: a mistake is drawn with the line that it stands in.
const MAX_LINE: usize = 4 << 10;
/// The deepest nesting of brackets of tables and lists; venues have two. The parser calls itself.
const MAX_DEPTH: usize = 32;
/// Mistakes that are told at once; the others are told when these are mended.
pub(super) const MOST_MISTAKES: usize = 50;

/// Why a text is not parsed; `None` where it may be.
pub(super) fn excess(text: &str) -> Option<String> {
    if text.len() > MAX_BYTES {
        return Some(format!("it is larger than {} KiB; no venue and no settings are", MAX_BYTES >> 10));
    }
    if let Some(at) = text.lines().position(|line| line.len() > MAX_LINE) {
        return Some(format!("line {} is longer than {MAX_LINE} bytes; break it", at + 1));
    }
    let mut depth = 0_usize;
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Some(format!("its brackets are nested more than {MAX_DEPTH} deep"));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_venue_needs_is_not_parsed() {
        assert_eq!(excess("[venue]\nid = \"own\"\n"), None);
        assert!(excess(&"a = 1\n".repeat(MAX_BYTES)).is_some());
        assert!(excess(&"a".repeat(MAX_LINE + 1)).is_some());
        assert!(excess(&"[\n".repeat(MAX_DEPTH + 1)).is_some());
        assert_eq!(excess(&"[\n]\n".repeat(MAX_DEPTH + 1)), None);
    }
}
