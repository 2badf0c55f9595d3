//! Numbers in words: `17 lines`, `0.31 page`, `45 %`.

use crate::place::PageNumber;

/// So many of something, such as `1 line` or `17 lines`.
pub(crate) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// So many lines.
pub(crate) fn lines(n: u32) -> String {
    counted(n as usize, "line", "lines")
}

/// So many whole pages.
pub(crate) fn whole_pages(n: u32) -> String {
    counted(n as usize, "page", "pages")
}

/// A length in pages, to the hundredth: a line of text is more than that.
pub(crate) fn pages(n: f64) -> String {
    format!("{n:.2} {}", if n > 1.0 { "pages" } else { "page" })
}

/// A share of a whole, such as `45 %`.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// Page numbers as a list with runs, such as `2, 4 to 7 and 9`.
pub(crate) fn page_list(pages: &[PageNumber]) -> String {
    let follows = |a: &PageNumber, b: &PageNumber| b.0 == a.0 + 1;
    let mut runs: Vec<String> = pages
        .chunk_by(follows)
        .map(|run| match run {
            [first, .., last] => format!("{first} to {last}"),
            single => single.iter().map(PageNumber::to_string).collect(),
        })
        .collect();
    match (runs.pop(), runs.is_empty()) {
        (Some(last), false) => format!("{} and {last}", runs.join(", ")),
        (last, _) => last.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular_and_anything_else_is_plural() {
        assert_eq!(lines(1), "1 line");
        assert_eq!(lines(0), "0 lines");
        assert_eq!(whole_pages(4), "4 pages");
    }

    #[test]
    fn part_of_a_page_is_a_page() {
        assert_eq!(pages(0.314), "0.31 page");
        assert_eq!(pages(4.0), "4.00 pages");
        assert_eq!(percent(0.449), "45 %");
    }

    #[test]
    fn runs_of_pages_are_drawn_together() {
        let listed = |pages: &[u32]| page_list(&pages.iter().copied().map(PageNumber).collect::<Vec<_>>());
        assert_eq!(listed(&[7]), "7");
        assert_eq!(listed(&[2, 4, 5, 6, 9]), "2, 4 to 6 and 9");
        assert_eq!(listed(&[1, 2]), "1 to 2");
        assert_eq!(listed(&[]), "");
    }
}
