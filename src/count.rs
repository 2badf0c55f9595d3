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

/// A share of a whole, to the tenth of a hundredth.
pub(crate) fn percent_to_tenth(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// A length to the hundredth, without zeros at its end.
pub(crate) fn to_hundredth(n: f64) -> String {
    format!("{n:.2}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Lines that were saved, such as `6.2 lines`.
pub(crate) fn lines_saved(n: f64) -> String {
    let shown = format!("{n:.1}");
    if shown == "1.0" {
        "1 line".to_owned()
    } else {
        format!("{shown} {}", if n < 1.0 { "line" } else { "lines" })
    }
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
        assert_eq!(percent_to_tenth(0.9554), "95.5 %");
        assert_eq!(to_hundredth(612.0), "612");
        assert_eq!(to_hundredth(10.909), "10.91");
        assert_eq!(lines_saved(6.2), "6.2 lines");
        assert_eq!(lines_saved(1.04), "1 line");
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
