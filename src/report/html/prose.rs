//! Words with names of commands and files in them, which our own texts set between backticks.

/// A piece of a sentence.
#[derive(Debug, PartialEq)]
pub(super) struct Piece {
    /// It is set as code.
    pub(super) is_code: bool,
    pub(super) words: String,
}

/// The pieces in order; a backtick without its fellow stands for itself.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut add = |is_code, words: &str| {
        if !words.is_empty() {
            pieces.push(Piece { is_code, words: words.to_owned() });
        }
    };
    let mut rest = text;
    while let Some((before, code, after)) = first_code(rest) {
        add(false, before);
        add(true, code);
        rest = after;
    }
    add(false, rest);
    pieces
}

/// What stands before the first code, the code, and what follows.
fn first_code(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('`')?;
    let (code, after) = rest.split_once('`')?;
    (!code.is_empty()).then_some((before, code, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_backticks_is_code() {
        let told = |text| pieces(text).into_iter().map(|p| (p.is_code, p.words)).collect::<Vec<_>>();
        let piece = |is_code, words: &str| (is_code, words.to_owned());
        assert_eq!(
            told("Take out `final`, or `preprint`."),
            [
                piece(false, "Take out "),
                piece(true, "final"),
                piece(false, ", or "),
                piece(true, "preprint"),
                piece(false, ".")
            ]
        );
        assert_eq!(told("a ` b"), [piece(false, "a ` b")]);
        assert_eq!(told("``quoted''"), [piece(false, "``quoted''")]);
        assert!(told("").is_empty());
    }
}
