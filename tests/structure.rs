//! Papers that are set line by line, and the parts that are found in them.

mod support {
    pub(crate) mod pdf;
    pub(crate) mod sheet;
}

use dlde::paper::Paper;
use dlde::part::Part;
use proptest::prelude::*;
use support::sheet::{LEADING, LINES, Sheet, TOP, body, last_words, parts, read};

fn first_page(paper: &Paper, part: Part) -> Option<u32> {
    paper.part(part).map(|p| p.start.page.0)
}

#[test]
fn the_main_text_ends_before_the_references() {
    let paper = body().section("", "References").entries(8).read();
    assert_eq!(first_page(&paper, Part::References), Some(2));
    let end = paper.main_text.end.as_ref().expect("an end");
    assert!(end.last.text.starts_with("line 29"), "{}", end.last.text);
}

#[test]
fn a_list_without_heading_is_found_by_its_entries() {
    let paper = body().gap().entries(8).read();
    assert_eq!(first_page(&paper, Part::References), Some(2));
}

#[test]
fn a_section_on_the_literature_is_main_text() {
    let paper = Sheet::begun()
        .section("1", "Introduction")
        .lines(10)
        .section("2", "Literature")
        .lines(20)
        .section("3", "Method")
        .lines(60)
        .section("", "References")
        .entries(8)
        .read();
    assert_eq!(paper.parts.iter().filter(|p| p.part == Part::References).count(), 1);
    assert!(paper.main_text.pages > 1.5, "{}", paper.main_text.pages);
}

#[test]
fn a_title_that_begins_with_a_is_no_appendix() {
    let paper =
        body().section("", "A Closer Look: Stability").lines(20).section("", "References").entries(8).read();
    assert_eq!(first_page(&paper, Part::Appendix), None);
}

#[test]
fn a_lettered_section_after_the_references_is_an_appendix() {
    let paper = body().section("", "References").entries(8).section("A", "Proofs").lines(30).read();
    assert_eq!(first_page(&paper, Part::Appendix), Some(2));
    assert!(paper.part(Part::Appendix).expect("an appendix").confidence >= dlde::finding::Confidence::Likely);
}

#[test]
fn acknowledgments_stand_outside_the_main_text() {
    let paper = body().section("", "Acknowledgments").lines(4).section("", "References").entries(8).read();
    assert_eq!(first_page(&paper, Part::Acknowledgments), Some(2));
    let end = paper.main_text.end.expect("an end");
    assert!(end.last.text.starts_with("line 29"), "{}", end.last.text);
}

#[test]
fn a_paper_without_references_is_main_text_to_its_end() {
    let paper = body().read();
    assert_eq!(first_page(&paper, Part::References), None);
    assert!(paper.main_text.end.is_some());
}

#[test]
fn a_page_with_a_missing_font_is_not_read() {
    let sheet = body().put("F9", 9.963, 108.0, "words that nobody can tell");
    let paper = sheet.section("", "References").entries(8).read();
    assert_eq!(paper.coverage.unread.len(), 1);
    assert_eq!(paper.coverage.pages_read + 1, paper.coverage.pages);
}

#[test]
fn the_references_are_headed_in_many_ways() {
    for heading in [
        ("", "REFERENCES"),
        ("", "R EFERENCES"),
        ("", "R E F E R E N C E S"),
        ("8.", "References"),
        ("", "References and Notes"),
        ("", "Bibliography"),
        ("", "Literature Cited"),
        ("", "Literaturverzeichnis"),
        ("", "Bibliographie"),
        ("", "Referencias"),
        ("", "references"),
    ] {
        let paper = body().section(heading.0, heading.1).entries(8);
        assert_eq!(parts(paper), [("main-text", 1), ("references", 2)], "{heading:?}");
    }
}

#[test]
fn entries_may_be_labelled_in_many_ways() {
    let entry = |label: &str, i: usize| {
        format!(
            "{label}A. Velm, T. Quist, and L. Orr. On quiet flows of kind {i}. Journal of Fields, {}.",
            1990 + i
        )
    };
    for label in [
        |i| format!("[{i}] "),
        |i| format!("{i}. "),
        |i| format!("({i}) "),
        |i| format!("{i}) "),
        |i| format!("[Vel{}] ", i + 10),
        |_| String::new(),
    ] {
        let list = |sheet: Sheet| (1..9).fold(sheet, |s, i| s.line(&entry(&label(i), i)).gap());
        let expected = [("main-text", 1), ("references", 2)];
        assert_eq!(parts(list(body().section("", "References"))), expected, "{}", label(1));
        assert_eq!(parts(list(body().gap().gap())), expected, "without heading: {}", label(1));
    }
}

#[test]
fn entries_may_begin_with_full_names_and_no_label() {
    let entries = [
        "Aria Velm. Pinned fronts on quiet grids. Journal of Fields, 2016.",
        "Tomas Quist and Lena Orr. What decides a speed? Journal of Fields, 2019.",
        "Tomas Quist. How far to unroll. Letters in Flows, 2022.",
    ];
    let list = |sheet: Sheet| entries.iter().fold(sheet, |s, e| s.line(e).gap());
    assert_eq!(parts(list(body().section("", "References"))), [("main-text", 1), ("references", 2)]);
    assert_eq!(parts(list(body().gap().gap())), [("main-text", 1), ("references", 2)]);
}

#[test]
fn a_list_in_no_known_shape_is_known_by_its_heading() {
    let paper =
        body().section("", "References").line("see the page of the workshop").line("and the notes there");
    assert_eq!(parts(paper), [("main-text", 1), ("references", 2)]);
}

#[test]
fn the_word_in_a_table_or_a_list_of_contents_heads_nothing() {
    let table = |s: Sheet| {
        s.gap()
            .line("Method   References   Year")
            .line("Velm   three   2019")
            .line("Quist   four   2020")
            .gap()
    };
    let paper = table(Sheet::begun().section("1", "Introduction").lines(10))
        .lines(60)
        .section("", "References")
        .entries(8);
    assert_eq!(parts(paper), [("main-text", 1), ("references", 2)]);
    let contents = Sheet::begun()
        .line("1 Introduction . . . . . . 1")
        .line("References . . . . . . 3")
        .line("A Proofs . . . . . . 4");
    let paper = contents.section("1", "Introduction").lines(80).section("", "References").entries(8);
    assert_eq!(parts(paper), [("main-text", 1), ("references", 2)]);
}

#[test]
fn an_appendix_is_headed_in_many_ways() {
    for (number, words) in [
        ("A", "Proofs"),
        ("A", "A Proof of the Bound"),
        ("", "Appendix"),
        ("3", "Appendix"),
        ("", "Appendix A: Proofs"),
        ("", "Supplementary Material"),
        ("A", "Results by Field"),
    ] {
        let list = body().section("", "References").entries(8);
        let expected = [("main-text", 1), ("references", 2), ("appendix", 2)];
        assert_eq!(parts(list.section(number, words).lines(30)), expected, "{number} {words}");
        let list = body().section("", "References").entries(8).new_page();
        let expected = [("main-text", 1), ("references", 2), ("appendix", 3)];
        assert_eq!(parts(list.section(number, words).lines(30)), expected, "{number} {words} on a new page");
    }
}

#[test]
fn an_appendix_may_come_before_the_references_and_have_some_of_its_own() {
    let paper = body().section("A", "Proofs").lines(30).section("", "References").entries(8);
    assert_eq!(parts(paper), [("main-text", 1), ("appendix", 2), ("references", 2)]);
    let paper = body().section("", "References").entries(8).section("A", "Proofs").lines(20);
    let both = paper.section("", "References").entries(5);
    assert_eq!(parts(both), [("main-text", 1), ("references", 2), ("appendix", 2), ("references", 3)]);
}

#[test]
fn acknowledgments_stand_in_many_places() {
    let thanks = "We thank Quist for long talks, and Orr for code.";
    let numbered = body().section("3", "Acknowledgements").line(thanks).section("", "References").entries(8);
    assert_eq!(parts(numbered), [("main-text", 1), ("acknowledgments", 2), ("references", 2)]);
    let run_in = body().run_in("Acknowledgments.", thanks).section("", "References").entries(8);
    assert_eq!(parts(run_in), [("main-text", 1), ("acknowledgments", 2), ("references", 2)]);
    let after = body().section("", "References").entries(8).section("", "Acknowledgments").line(thanks);
    assert_eq!(parts(after), [("main-text", 1), ("references", 2), ("acknowledgments", 2)]);
    let last = body().section("", "References").entries(8).section("A", "Proofs").lines(20);
    let last = last.section("", "Acknowledgments and Disclosure of Funding").line(thanks);
    assert_eq!(parts(last), [("main-text", 1), ("references", 2), ("appendix", 2), ("acknowledgments", 3)]);
}

#[test]
fn the_checklist_stands_before_or_after_the_appendix() {
    let list = || body().section("", "References").entries(8);
    let before = list().section("", "NeurIPS Paper Checklist").lines(10).section("A", "Proofs").lines(10);
    assert_eq!(parts(before), [("main-text", 1), ("references", 2), ("checklist", 2), ("appendix", 2)]);
    let after = list().section("A", "Proofs").lines(10).section("", "Checklist").lines(10);
    assert_eq!(parts(after), [("main-text", 1), ("references", 2), ("appendix", 2), ("checklist", 2)]);
}

#[test]
fn a_statement_before_the_references_is_main_text() {
    let paper = body()
        .section("", "Broader Impact")
        .line("zz the last line of all")
        .section("", "References")
        .entries(8);
    assert!(last_words(paper).starts_with("zz"));
}

#[test]
fn the_main_text_goes_on_after_acknowledgments_in_the_middle() {
    let paper = body()
        .section("", "Acknowledgments")
        .lines(2)
        .section("3", "Results")
        .line("zz the last")
        .section("", "References")
        .entries(8);
    assert!(last_words(paper).starts_with("zz"));
}

#[test]
fn a_float_below_the_references_belongs_to_the_main_text_but_not_one_of_the_appendix() {
    let list = || body().line("as Figure 1 shows.").section("", "References").entries(8);
    assert!(last_words(list().figure("Figure 1: a quiet flow.")).starts_with("Figure 1"));
    let appendix =
        list().section("A", "Proofs").lines(9).line("See Figure 2.").figure("Figure 2: another flow.");
    assert!(last_words(appendix).starts_with("as Figure 1"));
}

#[test]
fn heads_that_change_from_page_to_page_are_no_text() {
    let names = ["", "2 METHOD", "3 RESULTS", "4 CONCLUSION", "REFERENCES"];
    let paper = Sheet::begun().section("1", "Introduction").lines(170).section("", "References").entries(8);
    let end = paper.heads(|page| names[page.min(4)].to_owned()).read().main_text.end.expect("an end");
    assert!(end.last.text.starts_with("line 169"), "{}", end.last.text);
}

#[test]
fn line_numbers_may_change_sides_and_have_four_digits() {
    let rest =
        |s: Sheet| s.section("1", "Introduction").lines(150).section("", "References").entries(8).read();
    let paper = rest(Sheet::begun().numbered_outside());
    assert!(paper.line_numbers);
    let paper = rest(Sheet::begun().numbered(930));
    assert!(paper.line_numbers);
    let end = paper.main_text.end.expect("an end");
    assert!(end.last.text.starts_with("line 149"), "{}", end.last.text);
    assert_eq!(end.line_number, Some(930 + 1 + 149));
}

#[test]
fn entries_of_a_table_of_contents_head_nothing() {
    let entry = |s: Sheet, number: &str, words: &str, page: &str| {
        s.lead("F2", 9.963, &format!("{number} {words}")).put("F2", 9.963, 499.0, page)
    };
    let contents = entry(entry(Sheet::begun(), "1", "Introduction", "1"), "A", "Proofs", "4");
    let paper = contents.section("1", "Introduction").lines(80).section("", "References").entries(8);
    let paper = paper.section("A", "Proofs").lines(20);
    assert_eq!(parts(paper), [("main-text", 1), ("references", 2), ("appendix", 3)]);
}

#[test]
fn acknowledgments_may_run_in_without_bold_type() {
    for opening in ["Acknowledgements:", "Acknowledgments.", "ACKNOWLEDGMENTS:"] {
        let thanks = format!("{opening} We thank Quist for long talks, and Orr for code.");
        let paper = body().gap().line(&thanks).section("", "References").entries(8);
        assert_eq!(parts(paper), [("main-text", 1), ("acknowledgments", 2), ("references", 2)], "{opening}");
    }
    let paper = body()
        .line("Acknowledgments of receipt are sent by the solver.")
        .section("", "References")
        .entries(8);
    assert_eq!(parts(paper), [("main-text", 1), ("references", 2)]);
}

#[test]
fn prose_behind_the_last_entry_is_appendix_without_a_heading() {
    let paper = body().section("", "References").entries(8).new_page().lines(30);
    assert_eq!(parts(paper), [("main-text", 1), ("references", 2), ("appendix", 3)]);
    let paper = body()
        .section("", "References")
        .entries(8)
        .new_page()
        .run_in("Proof of the bound.", "It is short.")
        .lines(20);
    assert_eq!(parts(paper), [("main-text", 1), ("references", 2), ("appendix", 3)]);
}

#[test]
fn a_second_title_and_abstract_are_a_second_paper() {
    let paper = body().section("", "References").entries(8).new_page();
    let paper =
        paper.put("F2", 17.2, 180.0, "Another Flow Altogether").gap().section("", "Abstract").lines(20);
    assert_eq!(paper.read().second_paper.map(|p| p.0), Some(3));
    assert_eq!(body().section("", "References").entries(8).read().second_paper, None);
}

#[test]
fn a_title_that_begins_with_supplementary_is_no_supplement_where_a_paper_follows() {
    let mut sheet = body().section("", "References").entries(8);
    sheet.pages[0][0].text = "Supplementary Variables in Quiet Flows".to_owned();
    assert!(!sheet.read().is_supplement);
}

#[test]
fn a_supplement_on_its_own_has_no_main_text() {
    let paper = Sheet::empty()
        .section("A", "Proofs of the Bounds")
        .lines(60)
        .section("B", "More Plots")
        .lines(20)
        .read();
    assert!(paper.is_supplement);
    assert!(paper.main_text.end.is_none());
}

#[test]
fn a_boundary_tells_what_speaks_for_it() {
    let paper = body().section("", "References").entries(8).read();
    let list = paper.part(Part::References).expect("a list");
    assert_eq!(list.evidence, ["words of the heading", "type of a section heading", "shape of the entries"]);
    assert_eq!(list.confidence, dlde::finding::Confidence::Certain);
    let paper = body().gap().gap().entries(8).read();
    let list = paper.part(Part::References).expect("a list");
    assert_eq!(
        (list.evidence.as_slice(), list.confidence),
        (["shape of the entries".to_owned()].as_slice(), dlde::finding::Confidence::Likely)
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_objects_does_not_matter(seed in 1_usize..1_000_000, lines in 20_usize..150) {
        let sheet = Sheet::begun().section("1", "Introduction").lines(lines).section("", "Acknowledgments").lines(3);
        let pdf = sheet.section("", "References").entries(12).section("A", "Proofs").lines(30).pdf();
        let pdf = pdf.destination("section.1", 1, 270.0).destination("cite.a", 2, 300.0).outline("Proofs", 3);
        let (before, after) = (read(pdf.bytes()), read(pdf.shuffled(seed)));
        prop_assert_eq!(before.parts.len(), 5);
        prop_assert_eq!(before.parts, after.parts);
        prop_assert_eq!(before.main_text, after.main_text);
    }
    #[test]
    fn lines_more_are_lines_more(count in 5_usize..200, more in 1_usize..40) {
        let paper = |n: usize| {
            Sheet::begun().section("1", "Introduction").lines(n).section("", "References").entries(8).read()
        };
        let (before, after) = (paper(count), paper(count + more));
        prop_assert_eq!(before.main_text.lines.len() + more, after.main_text.lines.len());
        let last = format!("line {} ", count + more - 1);
        let (before, end) = (before.main_text.end.expect("an end"), after.main_text.end.clone().expect("an end"));
        prop_assert!(end.last.text.starts_with(&last), "{}", end.last.text);
        // Where every line is as high as the next, the end moves by their number.
        let line = |at: &dlde::paper::PagePoint| {
            f64::from(at.page.0 - 1) * LINES as f64 + (at.y.to_bp() - TOP) / LEADING
        };
        prop_assert!((line(&end.at) - line(&before.at) - more as f64).abs() < 0.01);
        let beyond = after.main_text.lines.iter().filter(|l| l.page.0 > 2).count() as u32;
        prop_assert_eq!(after.main_text.lines_beyond(2), beyond);
    }
}
