//! A form that is shown again paints what its content paints where it stands written out.

mod support {
    pub(crate) mod pdf;
}

use dlde::pdf::Document;
use std::sync::Arc;
use support::pdf::{of_objects, stream};

/// A document of pages with such contents, and of one form.
fn document(pages: &[String], form: &str, entries: &str) -> Arc<Vec<u8>> {
    let kids: String = (0..pages.len()).map(|page| format!("{} 0 R ", 4 + 2 * page)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()),
        stream(&format!("/Type /XObject /Subtype /Form /BBox [-2000 -2000 2000 2000] {entries}"), form),
    ];
    for (page, content) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {} 0 R \
             /Resources << /XObject << /X 3 0 R >> >> >>",
            5 + 2 * page
        ));
        objects.push(stream("", content));
    }
    Arc::new(of_objects(&objects))
}

/// So many markers, each shown by `mark` at a place of its own.
fn markers(number: usize, mark: &str) -> String {
    (0..number).map(|at| format!("q .5 0 0 .5 {} {} cm {mark} Q\n", 90 + 7 * at, 100 + 3 * at)).collect()
}

#[test]
fn what_is_shown_again_is_painted_as_if_it_were_written_out() {
    let long = "% a comment\n".repeat(400) + "0 0 9 9 re f";
    let marks = [
        "0 0 m 9 0 l 9 9 l h f 3 w 0 0 20 9 re 2 2 3 3 re W* n 1 1 m 8 8 l S",
        "1 0 0 rg 2 w 0 0 m 9 0 l 9 9 l h f [1 2] 0 d 0 0 9 9 re S",
        "0 4 m 0 6 2 8 4 8 c 6 8 8 6 8 4 c B",
        "q q 3 0 0 3 0 0 cm 0 0 5 5 re W n 1 1 2 2 re f",
        "Q Q Q 0 0 4 4 re f",
        "BI /W 1 /H 1 ID \u{1} EI 0 0 4 4 re f",
        &long,
    ];
    for mark in marks {
        // A form brings back what it saved itself, and nothing of others: written out, such operators are left out.
        let written = mark.trim_start_matches("Q ").replace("2 2 re f", "2 2 re f Q Q");
        let pages = [1, 2, 9].map(|number| markers(number, "/X Do"));
        let expected = [1, 2, 9].map(|number| markers(number, &written));
        let read = |pages: &[String]| Document::read(&document(pages, mark, "")).expect("it can be read");
        for (shown, written) in read(&pages).pages.iter().zip(&read(&expected).pages) {
            assert!(!shown.areas.is_empty(), "{mark}");
            assert_eq!(format!("{:?}", shown.areas), format!("{:?}", written.areas), "{mark}");
        }
    }
}

#[test]
fn a_figure_that_breaks_off_is_told_on_every_page_that_shows_it() {
    // Deflated data that end in the middle.
    let (filters, broken) = ("/Filter [/ASCIIHexDecode /FlateDecode]", "789c33503050b05048e300");
    let pages = [markers(1, "/X Do"), markers(2, "/X Do")];
    let document = Document::read(&document(&pages, broken, filters)).expect("it can be read");
    let why: Vec<_> = document.pages.iter().map(|page| page.incomplete.clone()).collect();
    assert!(why.iter().all(|why| why.as_deref() == Some("a figure in it breaks off")), "{why:?}");
}
