use crate::count;
use crate::finding::{Finding, Severity};
use crate::place::Place;
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::read_pdf;

rule! {
    /// ## What it checks
    /// Every page that shows something holds text. A blank page is not meant.
    ///
    /// ## Why it matters
    /// A page that is one picture (a scan, a page saved as an image) can be neither searched nor read aloud, and
    /// its words cannot be checked: demands that rest on them stay open.
    ///
    /// ## What to do
    /// Build the page from its source instead of scanning it. If it is a figure that fills the page, give it a
    /// caption, or export the figure as vector graphics with its text.
    pub static PAGE_WITHOUT_TEXT: Rule = {
        code: "FILE003",
        name: "page-without-text",
        aliases: &[],
        severity: Severity::Warning,
        needs: &[Input::EveryPage],
        check: pages_hold_text,
    }
}

fn pages_hold_text(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let file = read_pdf(case)?;
    let message = match &case.paper.coverage.without_text[..] {
        [] => return Ok(Vec::new()),
        [page] => format!("page {page} is a picture: it holds no text"),
        pages => format!("pages {} are pictures: they hold no text", count::page_list(pages)),
    };
    let at = Place::whole_page(file, case.paper.coverage.without_text[0]);
    Ok(vec![Finding::new(message, at)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::place::PageNumber;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture};

    #[test]
    fn pages_of_text_pass() {
        Trial::of(&PAGE_WITHOUT_TEXT).passes(&paper_with(|_| ()));
    }

    #[test]
    fn pictures_are_named_once_with_all_their_pages() {
        let trial = Trial::of(&PAGE_WITHOUT_TEXT).fails(&paper_with_picture(5));
        let many = paper_with(|p| p.coverage.without_text = [2, 4, 5, 6, 9].map(PageNumber).to_vec());
        assert_eq!(trial.finding(&many).message, "pages 2, 4 to 6 and 9 are pictures: they hold no text");
        assert_eq!(trial.finding(&paper_with_picture(5)).message, "page 5 is a picture: it holds no text");
    }

    #[test]
    fn pages_that_were_not_read_may_be_pictures() {
        let unread = paper_with(|p| p.coverage.unread.push((PageNumber(2), "it is damaged".to_owned())));
        Trial::of(&PAGE_WITHOUT_TEXT).undetermined(&unread).undetermined(&Paper::default());
    }
}
