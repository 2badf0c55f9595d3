//! Bytes to tokens, without loss: the tokens of a file, put together, are the file.
//!
//! Source: TeXbook, chapters 7 and 8; LaTeX2e, the packages verbatim, listings, minted, comment and url.

use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A control sequence with its backslash.
    Command,
    /// From `%` to the end of the line, without the line break.
    Comment,
    /// `{`
    Open,
    /// `}`
    Close,
    /// `[`
    BracketOpen,
    /// `]`
    BracketClose,
    /// `$`
    Math,
    /// Blanks, with at most one line break.
    Blank,
    /// Blanks with an empty line: a paragraph ends.
    Break,
    /// Letters, digits and whatever else stands for itself.
    Text,
    /// Text that TeX does not interpret.
    Verbatim,
    /// The body of a comment environment: nobody sees it.
    Hidden,
}

/// A run of bytes of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Byte offsets from the start of the file, half-open.
    pub span: Range<u32>,
}

/// Environments whose body is not interpreted.
const VERBATIM: [&str; 10] = [
    "verbatim",
    "verbatim*",
    "Verbatim",
    "BVerbatim",
    "LVerbatim",
    "lstlisting",
    "minted",
    "filecontents",
    "filecontents*",
    "alltt",
];
/// Environments whose body is dropped.
const HIDDEN: [&str; 1] = ["comment"];
/// Commands whose next group may hold `%` and `#` as they are.
const ADDRESSES: [&str; 4] = ["url", "path", "nolinkurl", "href"];
/// The most bytes of an address. Chosen: servers take no longer ones. A file may begin one a hundred thousand times.
const LONGEST_ADDRESS: usize = 2_000;
/// The most bytes of an environment's name or a line of verbatim text. Chosen: no line is as long.
const LONGEST_NAME: usize = 20_000;
/// Commands whose argument stands between two equal characters.
const INLINE: [&str; 4] = ["verb", "Verb", "lstinline", "mintinline"];

/// The tokens of a file. Files are at most 4 GB: what lies beyond is not there.
pub fn tokens(source: &[u8]) -> Vec<Token> {
    let source = &source[..source.len().min(u32::MAX as usize)];
    let mut lexer = Lexer { source, at: 0, tokens: Vec::new() };
    while lexer.at < source.len() {
        lexer.step();
    }
    lexer.tokens
}

struct Lexer<'a> {
    source: &'a [u8],
    at: usize,
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    fn push(&mut self, kind: TokenKind, end: usize) {
        let end = end.min(self.source.len());
        if end > self.at {
            self.tokens.push(Token { kind, span: self.at as u32..end as u32 });
            self.at = end;
        }
    }

    /// As [`Self::until`], but no further than a name or address is long.
    fn soon(&self, from: usize, stop: impl Fn(u8) -> bool) -> Option<usize> {
        let from = from.min(self.source.len());
        let near = &self.source[from..self.source.len().min(from + LONGEST_NAME)];
        near.iter().position(|&b| stop(b)).map(|n| from + n)
    }

    /// The first byte at or after `from` for which `stop` holds, else the end.
    fn until(&self, from: usize, stop: impl Fn(u8) -> bool) -> usize {
        let from = from.min(self.source.len());
        self.source[from..].iter().position(|&b| stop(b)).map_or(self.source.len(), |n| from + n)
    }

    fn step(&mut self) {
        let at = self.at;
        match self.source[at] {
            b'\\' => self.command(),
            b'%' => {
                let end = self.until(at, |b| b == b'\n' || b == b'\r');
                self.push(TokenKind::Comment, end);
            }
            b'{' => self.push(TokenKind::Open, at + 1),
            b'}' => self.push(TokenKind::Close, at + 1),
            b'[' => self.push(TokenKind::BracketOpen, at + 1),
            b']' => self.push(TokenKind::BracketClose, at + 1),
            b'$' => self.push(TokenKind::Math, at + 1),
            b if b.is_ascii_whitespace() => {
                let end = self.until(at, |b| !b.is_ascii_whitespace());
                let breaks = self.source[at..end].iter().filter(|&&b| b == b'\n').count();
                self.push(if breaks > 1 { TokenKind::Break } else { TokenKind::Blank }, end);
            }
            _ => {
                let special = |b: u8| b"\\%{}[]$".contains(&b) || b.is_ascii_whitespace();
                let end = self.until(at, special);
                self.push(TokenKind::Text, end);
            }
        }
    }

    fn command(&mut self) {
        let start = self.at + 1;
        let is_letter = |b: u8| b.is_ascii_alphabetic() || b == b'@';
        let letters = self.until(start, |b| !is_letter(b));
        // A control symbol is one character, of however many bytes.
        let end = if letters > start { letters } else { self.until(start + 1, |b| b & 0xC0 != 0x80) };
        let name = self.source[start.min(end)..end].to_vec();
        self.push(TokenKind::Command, end);
        match std::str::from_utf8(&name) {
            Ok("begin") => self.environment(),
            Ok(name) if ADDRESSES.contains(&name) => self.address(),
            Ok(name) if INLINE.contains(&name) => self.inline(),
            _ => {}
        }
    }

    /// The body of `\begin{verbatim}` and its like, up to the `\end` of the same name.
    fn environment(&mut self) {
        if self.source.get(self.at) != Some(&b'{') {
            return;
        }
        let Some(close) = self.soon(self.at, |b| b == b'}') else { return };
        let Ok(name) = std::str::from_utf8(&self.source[self.at + 1..close]) else { return };
        let kind = match name {
            _ if VERBATIM.contains(&name) => TokenKind::Verbatim,
            _ if HIDDEN.contains(&name) => TokenKind::Hidden,
            _ => return,
        };
        let mark = format!("\\end{{{name}}}");
        self.push(TokenKind::Open, self.at + 1);
        self.push(TokenKind::Text, close);
        self.push(TokenKind::Close, close + 1);
        let end = memchr::memmem::find(&self.source[self.at..], mark.as_bytes());
        self.push(kind, end.map_or(self.source.len(), |n| self.at + n));
    }

    /// `{...}` with its braces in balance, on at most one paragraph.
    fn address(&mut self) {
        if self.source.get(self.at) != Some(&b'{') {
            return;
        }
        let mut depth = 0_usize;
        for end in self.at..self.source.len().min(self.at + LONGEST_ADDRESS) {
            match self.source[end] {
                b'{' => depth += 1,
                b'}' => depth -= 1,
                b'\n' if self.source.get(end + 1) == Some(&b'\n') => return,
                _ => {}
            }
            if depth == 0 {
                self.push(TokenKind::Open, self.at + 1);
                self.push(TokenKind::Verbatim, end);
                self.push(TokenKind::Close, end + 1);
                return;
            }
        }
    }

    /// `\verb|...|`: the delimiter is the next character; the argument ends with it, or with the line.
    fn inline(&mut self) {
        let mut at = self.at + usize::from(self.source.get(self.at) == Some(&b'*'));
        if self.source.get(at) == Some(&b'[') {
            let Some(end) = self.soon(at, |b| b == b']' || b == b'\n') else { return };
            at = end + 1;
        }
        let Some(&delimiter) = self.source.get(at) else { return };
        if delimiter.is_ascii_alphanumeric() || delimiter.is_ascii_whitespace() {
            return;
        }
        let closing = if delimiter == b'{' { b'}' } else { delimiter };
        let Some(end) = self.soon(at + 1, |b| b == closing || b == b'\n') else { return };
        let whole = self.source.get(end) == Some(&closing);
        self.push(TokenKind::Verbatim, end + usize::from(whole));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> Vec<(TokenKind, &str)> {
        let text = |t: &Token| (t.kind, &source[t.span.start as usize..t.span.end as usize]);
        tokens(source.as_bytes()).iter().map(text).collect()
    }

    #[test]
    fn commands_groups_and_comments_are_told() {
        use TokenKind::{Blank, Close, Command, Comment, Open, Text};
        assert_eq!(
            shown("\\a{b} % c\nd"),
            [
                (Command, "\\a"),
                (Open, "{"),
                (Text, "b"),
                (Close, "}"),
                (Blank, " "),
                (Comment, "% c"),
                (Blank, "\n"),
                (Text, "d")
            ]
        );
        assert_eq!(shown("50\\% of")[1], (Command, "\\%"));
    }

    #[test]
    fn verbatim_text_holds_no_commands() {
        assert!(shown("\\begin{verbatim}\\a % b\\end{verbatim}").contains(&(TokenKind::Verbatim, "\\a % b")));
        assert!(shown("\\verb|%|x").contains(&(TokenKind::Verbatim, "|%|")));
        assert!(shown("\\url{a%20b}").contains(&(TokenKind::Verbatim, "a%20b")));
        assert!(shown("\\begin{comment}\\a\\end{comment}").contains(&(TokenKind::Hidden, "\\a")));
    }
}
