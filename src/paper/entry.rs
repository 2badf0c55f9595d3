//! Reference entries: what a line of a reference list looks like.

use super::line::Line;

/// What speaks for a line being the first of a reference entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EntryStart {
    /// `[12]`, `(12)`, `12.` or `12)` at the left edge: the number.
    Number(u32),
    /// `[FRKL19]`, `[Chen et al., 2018]`.
    Label,
    /// `A. Author, B. Author.` or `Author, A.`, without a label.
    Names,
}

/// Reads a line as the first of an entry.
pub(super) fn entry_start(line: &Line) -> Option<EntryStart> {
    let first = line.words.first()?.text.as_str();
    if let Some(inner) = first.strip_prefix('[') {
        let digits: String = inner.chars().take_while(char::is_ascii_digit).collect();
        if !digits.is_empty() && inner[digits.len()..].starts_with(']') {
            return digits.parse().ok().map(EntryStart::Number);
        }
        let label = line.text.strip_prefix('[').and_then(|t| t.split_once(']')).map(|(l, _)| l)?;
        return (label.len() <= 60
            && label.chars().any(|c| c.is_ascii_digit())
            && label.chars().any(char::is_alphabetic))
        .then_some(EntryStart::Label);
    }
    let bare = first.strip_suffix(['.', ')']).map(|n| n.strip_prefix('(').unwrap_or(n));
    if let Some(number) =
        bare.filter(|n| !n.is_empty() && n.len() <= 3 && n.bytes().all(|b| b.is_ascii_digit()))
    {
        return number.parse().ok().map(EntryStart::Number);
    }
    begins_with_names(&line.text).then_some(EntryStart::Names)
}

/// Two names and a comma or "and" between them, or a name and initials, at the start.
fn begins_with_names(text: &str) -> bool {
    let capital = |w: &str| w.chars().next().is_some_and(char::is_uppercase);
    if !capital(text) {
        return false;
    }
    let words: Vec<&str> = text.split(' ').take(8).collect();
    let initial = |w: &str| {
        let bare = w.trim_end_matches([',', '.']);
        capital(w) && w.contains('.') && bare.chars().filter(|c| c.is_alphabetic()).count() <= 3
    };
    if words.len() < 3 {
        return false;
    }
    if is_full_names(text) {
        return true;
    }
    let has_initial = words[..3].iter().any(|w| initial(w));
    let listed = words.iter().filter(|w| w.ends_with(',') && capital(w)).count();
    let joined = words.iter().any(|w| matches!(*w, "and" | "&" | "et"));
    has_initial && (listed >= 1 || joined || words[..3].iter().any(|w| w.ends_with('.')))
        || listed >= 2
        || listed >= 1 && joined
}

/// Whether the text up to its first full stop is nothing but names: `Aria Velm and Tomas Quist.`
fn is_full_names(text: &str) -> bool {
    let Some((names, _)) = text.split_once(". ") else { return false };
    let words: Vec<&str> = names.split(' ').collect();
    let is_name = |w: &&str| {
        w.chars().next().is_some_and(char::is_uppercase) && w.chars().skip(1).any(char::is_lowercase)
    };
    let links = |w: &&str| {
        matches!(
            *w,
            "and" | "&" | "van" | "von" | "de" | "der" | "den" | "la" | "di" | "da" | "dos" | "et" | "al"
        )
    };
    let named = words.iter().filter(|w| is_name(w)).count();
    (2..=12).contains(&words.len()) && named >= 2 && words.iter().all(|w| is_name(w) || links(w))
}

/// Whether a year such as 1987 or (2021a) stands in the text.
pub(super) fn has_year(text: &str) -> bool {
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(3)).any(|i| {
        let digits = bytes[i..i + 4].iter().all(u8::is_ascii_digit);
        let bounded = (i == 0 || !bytes[i - 1].is_ascii_digit())
            && bytes.get(i + 4).is_none_or(|b| !b.is_ascii_digit());
        digits && bounded && (bytes[i..].starts_with(b"19") || bytes[i..].starts_with(b"20"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_stand_alone() {
        assert!(has_year("In Proc., 2018."));
        assert!(has_year("(1997b)"));
        assert!(!has_year("arXiv:2018123"));
        assert!(!has_year("page 3019"));
    }

    #[test]
    fn entries_without_labels_begin_with_names() {
        assert!(begins_with_names("R. T. Q. Chen, Y. Rubanova, J. Bettencourt"));
        assert!(begins_with_names("Lienen, M. and Günnemann, S. Learning the"));
        assert!(begins_with_names("Aria Velm, Tomas Quist, and Lena Orr. A title"));
        assert!(!begins_with_names("We would like to thank the reviewers"));
        assert!(begins_with_names("Aria Velm. Pinned fronts on square grids. Journal of Fields, 2016."));
        assert!(begins_with_names("Aria Velm-Orr and Tomas van Quist. What decides the speed"));
        assert!(!begins_with_names("The method works in three steps"));
        assert!(!begins_with_names("New results are shown. They hold"));
    }
}
