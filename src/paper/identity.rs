//! Who a word may point to: names that name nobody.

/// Names that templates, editors and converters write where an author is asked for.
const NOBODY: &[&str] = &[
    "author",
    "authors",
    "author(s)",
    "first author",
    "n/a",
    "na",
    "unknown",
    "none",
    "user",
    "under review",
    "microsoft",
    "microsoft account",
    "microsoft office user",
    "latex",
    "latex with hyperref",
    "latex with hyperref package",
    "tex",
    "pdftex",
];

/// Words that may follow "anonymous" and still name nobody.
const AFTER_ANONYMOUS: &[&str] =
    &["author", "authors", "author(s)", "anonymous", "submission", "paper", "for", "review"];

/// Beginnings that say a name was left out on purpose.
const LEFT_OUT: &[&str] = &["withheld", "omitted", "hidden", "removed"];

/// Whether a name names nobody: empty, `Anonymous Author(s)`, `Author`, `LaTeX with hyperref` and their like.
///
/// Letter case, runs of spaces and a closing period do not matter.
pub fn is_placeholder(name: &str) -> bool {
    let plain = name.trim().trim_end_matches('.').to_lowercase();
    let words: Vec<&str> = plain.split_whitespace().collect();
    match words[..] {
        [] => true,
        [first, ref rest @ ..] if first.starts_with("anonym") => {
            rest.iter().all(|w| AFTER_ANONYMOUS.contains(w) || w.chars().all(|c| !c.is_alphabetic()))
        }
        ["name" | "names" | "author" | "authors", next, ..] if LEFT_OUT.contains(&next) => true,
        _ => NOBODY.contains(&words.join(" ").as_str()),
    }
}

/// Words that say something was left out, and how many words may stand before them:
/// "The acknowledgments are withheld for review".
const SAID_LEFT_OUT: [&str; 9] = [
    "omitted",
    "withheld",
    "removed",
    "hidden",
    "blinded",
    "redacted",
    "anonymized",
    "anonymised",
    "suppressed",
];
const WORDS_BEFORE: usize = 5;

/// Whether the opening of an acknowledgment says that it was left out, or is a template's instruction.
pub fn is_left_out(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut opening = lower.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphabetic()));
    let thanks = |w: &str| w.starts_with("thank") || w.starts_with("grateful");
    let said = opening
        .by_ref()
        .take(WORDS_BEFORE + 1)
        .take_while(|w| !thanks(w))
        .any(|w| SAID_LEFT_OUT.contains(&w));
    said || lower.trim_start().starts_with("do not include") || lower.trim_start().starts_with("to be added")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_acknowledgment_that_was_left_out_thanks_nobody() {
        assert!(is_left_out("Omitted for double-blind review."));
        assert!(is_left_out("Do not include acknowledgments in the submission."));
        assert!(is_left_out("The acknowledgments are withheld for review."));
        assert!(!is_left_out("We thank Tomas Quist and the Lantern fund."));
        assert!(!is_left_out("We thank Tomas Quist for hidden Markov models."));
    }

    #[test]
    fn what_names_nobody_is_a_placeholder() {
        for name in [
            "",
            "  ",
            "Anonymous",
            "Anonymous Author(s)",
            "anonymous  authors",
            "Anonymous Submission 123",
            "Author",
            "Names withheld for review",
            "LaTeX with hyperref package",
            "N/A",
        ] {
            assert!(is_placeholder(name), "{name:?}");
        }
    }

    #[test]
    fn what_may_be_a_name_is_not() {
        for name in ["Ada Lovelace", "Anonymous Lovelace", "A. Author", "Alan", "Anonymous and Ada Lovelace"]
        {
            assert!(!is_placeholder(name), "{name:?}");
        }
    }
}
