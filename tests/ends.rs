//! Reading the pages of a document from both ends at once gives what reading them in turn gives.
#![expect(
    clippy::disallowed_methods,
    clippy::use_debug,
    reason = "samples are read; what is compared is written out"
)]

mod support {
    pub(crate) mod pdf;
}

use dlde::join::in_turn;
use dlde::pdf::Document;
use std::fmt::Write as _;
use std::sync::Arc;
use support::pdf::{of_objects, stream};

const PAGES: usize = 9;
/// What every page shows, so many times.
const LINES: usize = 200;
/// Objects before those of the pages.
const FIRST_PAGE: usize = 9;

/// Pages of a simple and a composite font, of a form that all pages show, and of a font that only the last ones name.
fn document() -> Arc<Vec<u8>> {
    let kids: String = (0..PAGES).map(|page| format!("{} 0 R ", FIRST_PAGE + 2 * page)).collect();
    let map = "1 begincodespacerange <0000> <FFFF> endcodespacerange\n4 beginbfchar <0001> <006600660069> \
               <0002> <0066006C> <0003> <0061> <0004> <00660066> endbfchar";
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {PAGES} >>"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>".to_owned(),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Invented /Encoding /Identity-H /ToUnicode 6 0 R \
         /DescendantFonts [5 0 R] >>"
            .to_owned(),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Invented /DW 600 >>".to_owned(),
        stream("", map),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>".to_owned(),
        stream(
            "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /C 4 0 R >> >>",
            "BT /C 8 Tf 90 90 Td <00040002> Tj ET",
        ),
    ];
    for page in 0..PAGES {
        let late = if page > 6 { "/L 7 0 R" } else { "" };
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {} 0 R /Resources << /Font << /S 3 0 R \
             /C 4 0 R {late} >> /XObject << /X 8 0 R >> >> >>",
            FIRST_PAGE + 2 * page + 1
        ));
        // The two readers meet the strings of the composite font in different orders.
        let codes = if page < 4 { "000100020003" } else { "000400030002000100090001" };
        let last = if page > 6 { "L" } else { "S" };
        objects.push(stream(
            "",
            // So long that the second reader has begun before the first is through.
            &format!(
                "BT /S 10 Tf 72 700 Td (page {page}) Tj /C 10 Tf <{codes}> Tj /{last} 9 Tf (end) Tj ET /X Do\n"
            )
            .repeat(LINES),
        ));
    }
    Arc::new(of_objects(&objects))
}

/// Everything that was read of the pages, with the words of glyphs instead of their numbers.
fn told(bytes: &Arc<Vec<u8>>) -> String {
    let document = Document::read(bytes).expect("it can be read");
    let mut told = String::new();
    for page in &document.pages {
        for glyph in &page.glyphs {
            let font = &document.fonts[usize::from(glyph.font)];
            let mut text = String::new();
            font.text(glyph.text, &mut text);
            let paint = &page.paints[glyph.paint as usize];
            let _ = writeln!(told, "{text} {} {:?} {:?} {paint:?}", font.name, glyph.area, glyph.font);
        }
        let _ = writeln!(told, "{:?} {:?} {:?}", page.areas, page.marks, page.incomplete);
        let _ = writeln!(told, "{:?}", page.rows);
    }
    let fonts: Vec<&str> = document.fonts.iter().map(|font| font.name.as_str()).collect();
    told + &format!("{fonts:?} {:?}", document.effort)
}

#[test]
fn both_ends_give_what_one_reading_gives() {
    let made = document();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let samples = std::fs::read_dir(folder).expect("the samples").flatten().filter_map(|sample| {
        let paper = std::fs::read(sample.path().join("paper.pdf")).ok()?;
        Some(Arc::new(paper))
    });
    let all: Vec<Arc<Vec<u8>>> = samples.chain([made.clone()]).collect();
    assert!(all.len() > 5, "there are samples");
    let at_once: Vec<String> = all.iter().map(told).collect();
    in_turn();
    for (bytes, at_once) in all.iter().zip(&at_once) {
        assert_eq!(*at_once, told(bytes));
    }
    let words = told(&made);
    assert!(words.contains("ffi Invented") && words.contains("Courier"), "{words}");
}
