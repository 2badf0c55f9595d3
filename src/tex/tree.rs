//! The tokens of a file as a tree: which brace closes which, what is switched off, commands with arguments.
//!
//! Nesting is kept as pairs of indices, so that no depth of braces can exhaust the stack.

use super::lexer::{Token, TokenKind, tokens};
use std::ops::Range;

/// Whether a reader of the paper sees a token, and if not, why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// TeX reads it.
    Active,
    /// Between `\iffalse` and its `\fi`, or in a comment environment.
    Switched,
    /// After `\end{document}` or `\endinput`, unless that stands within a conditional: then it may be read.
    AfterEnd,
}

/// A command with the arguments that were asked for. Spans are byte offsets, half-open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// From the backslash to the end of the last argument.
    pub span: Range<u32>,
    /// What stands between brackets.
    pub options: Vec<Range<u32>>,
    /// What stands between braces, or a lone command.
    pub arguments: Vec<Range<u32>>,
}

/// A LaTeX file.
pub struct Tree<'a> {
    source: &'a [u8],
    tokens: Vec<Token>,
    /// For a brace, the index of its partner.
    partner: Vec<Option<u32>>,
    states: Vec<State>,
}

/// The most tokens between brackets: more is a bracket that nothing closes.
const LONGEST_OPTION: usize = 1_000;

impl<'a> Tree<'a> {
    /// Reads a file. Every byte is in it, whatever it holds.
    pub fn read(source: &'a [u8]) -> Self {
        let tokens = tokens(source);
        let mut tree = Self { source, partner: vec![None; tokens.len()], states: Vec::new(), tokens };
        tree.pair();
        tree.states = tree.judge();
        tree
    }

    /// The tokens, in order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The bytes of a span.
    pub fn bytes(&self, span: &Range<u32>) -> &'a [u8] {
        self.source.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// The text of a span.
    pub fn text(&self, span: &Range<u32>) -> String {
        super::decoded(self.bytes(span))
    }

    /// Whether a token is read by TeX, and if not, why.
    pub fn state(&self, index: usize) -> State {
        self.states.get(index).copied().unwrap_or(State::AfterEnd)
    }

    /// The name of a command without its backslash; empty for any other token.
    pub fn name(&self, index: usize) -> &'a str {
        match self.tokens.get(index) {
            Some(t) if t.kind == TokenKind::Command => {
                std::str::from_utf8(&self.bytes(&t.span)[1..]).unwrap_or_default()
            }
            _ => "",
        }
    }

    /// The commands that TeX reads: their indices and names, in order.
    pub fn commands(&self) -> impl Iterator<Item = (usize, &'a str)> + '_ {
        let active =
            |i: &usize| self.tokens[*i].kind == TokenKind::Command && self.state(*i) == State::Active;
        (0..self.tokens.len()).filter(active).map(|i| (i, self.name(i)))
    }

    /// The command at `index` with at most `most` arguments, and the options before each of them.
    pub fn call(&self, index: usize, most: usize) -> Call {
        let mut call =
            Call { span: self.tokens[index].span.clone(), options: Vec::new(), arguments: Vec::new() };
        let mut at = index + 1;
        if self.tokens.get(at).is_some_and(|t| self.bytes(&t.span) == b"*") {
            at += 1;
        }
        loop {
            let next = self.after_blanks(at);
            let Some(token) = self.tokens.get(next) else { return call };
            let last = match token.kind {
                TokenKind::BracketOpen => self.closing_bracket(next),
                TokenKind::Open if call.arguments.len() < most => self.partner[next].map(|i| i as usize),
                TokenKind::Command if !call.arguments.is_empty() || call.arguments.len() >= most => None,
                TokenKind::Command if most > 1 => Some(next),
                _ => None,
            };
            let Some(last) = last else { return call };
            let end = &self.tokens[last].span;
            if token.kind == TokenKind::BracketOpen {
                call.options.push(token.span.end..end.start);
            } else if token.kind == TokenKind::Command {
                call.arguments.push(token.span.clone());
            } else {
                call.arguments.push(token.span.end..end.start);
            }
            call.span.end = end.end;
            at = last + 1;
            if call.arguments.len() >= most {
                return call;
            }
        }
    }

    /// Indices of the tokens within a span.
    pub fn within(&self, span: &Range<u32>) -> Range<usize> {
        let from = self.tokens.partition_point(|t| t.span.start < span.start);
        let to = self.tokens.partition_point(|t| t.span.start < span.end);
        from..to.max(from)
    }

    /// The words of a span as they would be printed, roughly: commands dropped, their arguments kept.
    pub fn plain(&self, span: &Range<u32>) -> String {
        let mut text = String::new();
        for index in self.within(span) {
            let token = &self.tokens[index];
            match token.kind {
                TokenKind::Text | TokenKind::Verbatim => text += &self.text(&token.span).replace('~', " "),
                TokenKind::Blank | TokenKind::Break => text.push(' '),
                TokenKind::Command => text += spoken(self.name(index)),
                _ => {}
            }
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The first token at or after `at` that is neither blank nor comment.
    fn after_blanks(&self, at: usize) -> usize {
        let skipped = |t: &&Token| matches!(t.kind, TokenKind::Blank | TokenKind::Comment);
        at + self.tokens.get(at..).unwrap_or_default().iter().take_while(skipped).count()
    }

    fn closing_bracket(&self, open: usize) -> Option<usize> {
        let mut at = open + 1;
        let mut depth = 0_usize;
        for _ in 0..LONGEST_OPTION {
            match self.tokens.get(at)?.kind {
                TokenKind::Open => at = self.partner[at]? as usize,
                TokenKind::BracketOpen => depth += 1,
                TokenKind::BracketClose if depth == 0 => return Some(at),
                TokenKind::BracketClose => depth -= 1,
                TokenKind::Break | TokenKind::Close => return None,
                _ => {}
            }
            at += 1;
        }
        None
    }

    fn pair(&mut self) {
        let mut open = Vec::new();
        for index in 0..self.tokens.len() {
            match self.tokens[index].kind {
                TokenKind::Open => open.push(index),
                TokenKind::Close => {
                    if let Some(partner) = open.pop() {
                        self.partner[index] = Some(partner as u32);
                        self.partner[partner] = Some(index as u32);
                    }
                }
                _ => {}
            }
        }
    }

    fn judge(&self) -> Vec<State> {
        let mut states = Vec::with_capacity(self.tokens.len());
        let open = self.conditionals();
        // Conditionals within one that is false; 0 outside.
        let mut depth = 0_usize;
        let mut ended = false;
        for (index, token) in self.tokens.iter().enumerate() {
            let name = self.name(index);
            let was = depth;
            match name {
                "iffalse" if depth == 0 && !self.is_operand(index) => depth = 1,
                "fi" if depth > 0 => depth -= 1,
                "else" if depth == 1 => depth = 0,
                _ if depth > 0 && self.is_conditional(index) => depth += 1,
                _ => {}
            }
            states.push(match token.kind {
                _ if ended => State::AfterEnd,
                TokenKind::Hidden => State::Switched,
                _ if depth > 0 || was > 0 => State::Switched,
                _ => State::Active,
            });
            let ends_document = || self.text(&self.call(index, 1).span) == "\\end{document}";
            ended |= depth == 0 && !open[index] && (name == "endinput" || name == "end" && ends_document());
        }
        self.keep_closing(&mut states);
        states
    }

    /// Whether a token begins a conditional of TeX, which a `\fi` ends.
    ///
    /// Those of packages, such as `\ifthenelse`, take their cases in braces and have no `\fi`.
    fn is_conditional(&self, index: usize) -> bool {
        let name = self.name(index);
        let is_braced = self.tokens.get(index + 1).is_some_and(|t| t.kind == TokenKind::Open);
        name.starts_with("if")
            && !matches!(name, "iff" | "ifthenelse" | "ifx@empty")
            && !is_braced
            && !self.is_operand(index)
    }

    /// Whether a command is only named: it is made, or stands for another one.
    fn is_operand(&self, index: usize) -> bool {
        let before = |index: usize| (0..index).rev().find(|i| self.tokens[*i].kind != TokenKind::Blank);
        let Some(one) = before(index) else { return false };
        let is_sign = self.bytes(&self.tokens[one].span) == b"=";
        let one = if is_sign { before(one).unwrap_or(one) } else { one };
        let two = before(one).map_or("", |two| self.name(two));
        matches!(self.name(one), "newif" | "let") || two == "let"
    }

    /// For every token, whether it stands between a conditional and the `\fi` that ends it.
    fn conditionals(&self) -> Vec<bool> {
        let mut open = Vec::new();
        // How many conditionals begin at a token, less those that end there.
        let mut steps = vec![0_i64; self.tokens.len() + 1];
        for index in 0..self.tokens.len() {
            if self.name(index) == "fi" && !self.is_operand(index) {
                if let Some(start) = open.pop() {
                    let start: usize = start;
                    steps[start] += 1;
                    steps[index] -= 1;
                }
            } else if self.is_conditional(index) {
                open.push(index);
            }
        }
        let mut depth = 0;
        let deeper = |step: &i64| {
            depth += step;
            depth > 0
        };
        steps.iter().map(deeper).collect()
    }

    /// The group of `\end{document}` itself is read.
    fn keep_closing(&self, states: &mut [State]) {
        let Some(first) = states.iter().position(|s| *s == State::AfterEnd) else { return };
        if first > 0 && self.name(first - 1) == "end" {
            let group = states.iter_mut().skip(first).take(3);
            group.for_each(|s| *s = State::Active);
        }
    }
}

/// What a command says in words.
fn spoken(name: &str) -> &'static str {
    match name {
        "\\" | "And" | "AND" | "and" | "newline" | "par" => " ; ",
        "&" => "&",
        "_" => "_",
        "%" => "%",
        "#" => "#",
        "{" => "{",
        "}" => "}",
        "@" => "@",
        " " | "," | ";" | "quad" | "qquad" | "thanks" | "footnote" | "hspace" | "vspace" => " ",
        "o" => "ø",
        "O" => "Ø",
        "ss" => "ß",
        "ae" => "æ",
        "l" => "ł",
        "L" => "Ł",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn states_of(source: &str, word: &str) -> Vec<State> {
        let tree = Tree::read(source.as_bytes());
        let named = |i: &usize| tree.text(&tree.tokens()[*i].span).trim_matches('%').trim() == word;
        (0..tree.tokens().len()).filter(named).map(|i| tree.state(i)).collect()
    }

    #[test]
    fn what_is_switched_off_is_known() {
        assert_eq!(states_of("\\iffalse a \\ifx b c \\fi d\\fi e", "d"), [State::Switched]);
        assert_eq!(states_of("\\iffalse a \\else b\\fi", "b"), [State::Active]);
        assert_eq!(states_of("\\begin{comment} a \\end{comment}", "a"), [State::Switched]);
        assert_eq!(states_of("a\\end{document} b", "b"), [State::AfterEnd]);
        assert_eq!(states_of("\\newif\\iffalse a", "a"), [State::Active]);
        assert_eq!(states_of("\\let\\ifdraft = \\iffalse a", "a"), [State::Active]);
    }

    #[test]
    fn an_end_within_a_conditional_may_be_none() {
        for (source, state) in [
            ("\\ifdraft\\else\\expandafter\\endinput\\fi a", State::Active),
            ("\\ifx\\x\\y \\end{document}\\fi a", State::Active),
            ("\\ifdraft x\\fi \\endinput a", State::AfterEnd),
            ("\\ifthenelse{x}{y}{z}\\endinput a \\iftrue\\fi", State::AfterEnd),
            ("\\newif\\ifdraft\\endinput a\\fi", State::AfterEnd),
            ("\\ifdraft\\endinput a", State::AfterEnd),
        ] {
            assert_eq!(states_of(source, "a"), [state], "{source}");
        }
    }

    #[test]
    fn a_call_has_its_options_and_arguments() {
        let source = "\\usepackage[a, b]%\n{c} rest";
        let tree = Tree::read(source.as_bytes());
        let call = tree.call(0, 1);
        assert_eq!(tree.text(&call.options[0]), "a, b");
        assert_eq!(tree.text(&call.arguments[0]), "c");
        assert_eq!(tree.text(&call.span), "\\usepackage[a, b]%\n{c}");
        let tree = Tree::read(b"\\setlength\\parskip{0pt}");
        let arguments: Vec<_> = tree.call(0, 2).arguments.iter().map(|a| tree.text(a)).collect();
        assert_eq!(arguments, ["\\parskip", "0pt"]);
    }

    #[test]
    fn words_are_read_through_commands() {
        let source = "\\textbf{Mira~Quist}\\\\ \\texttt{m\\_q@a.org}";
        let tree = Tree::read(source.as_bytes());
        assert_eq!(tree.plain(&(0..source.len() as u32)), "Mira Quist ; m_q@a.org");
    }

    #[test]
    fn braces_without_end_neither_fail_nor_fill_the_stack() {
        let deep = vec![b'{'; 200_000];
        assert_eq!(Tree::read(&deep).tokens().len(), deep.len());
        let tree = Tree::read(b"}}\\a{[");
        assert!(tree.call(2, 1).arguments.is_empty());
    }
}
