//! What LaTeX sources state: every byte in a token, every token with its span. No TeX is run and nothing is guessed.
//!
//! A reader of its own, and small: rules need groups, arguments, comments, verbatim text and what is switched
//! off, with exact bytes, whatever else the file holds. Category codes are taken as LaTeX sets them.

mod lexer;
mod tree;

pub use lexer::{Token, TokenKind, tokens};
pub use tree::{Call, State, Tree};

/// The text of bytes in UTF-8, or else in Latin-1, the encodings that LaTeX reads without being asked.
pub fn decoded(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn text_is_read_in_utf_8_or_latin_1() {
        assert_eq!(decoded("é".as_bytes()), "é");
        assert_eq!(decoded(b"\xe9"), "é");
        assert_eq!(decoded(b"\xef\xbb\xbfa"), "a");
    }
}
