//! Numbers in words: `17 lines`, `0.31 page`, `45 %`.

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
}
