//! Signs that speak for a boundary, look-alikes that are none, and lengths that stay open.

mod support {
    pub(crate) mod pdf;
    pub(crate) mod sheet;
}

use dlde::part::Part;
use support::pdf::Pdf;
use support::sheet::{Sheet, TOP, body, last_words, lengths, parts, read};

/// What speaks for the first appendix, or the references, of a paper.
fn evidence(bytes: Vec<u8>, part: Part) -> Vec<String> {
    read(bytes).part(part).map(|p| p.evidence.clone()).unwrap_or_default()
}

#[test]
fn a_numbered_section_called_an_appendix_before_the_references_leaves_the_length_open() {
    let (pages, others) =
        lengths(body().section("3", "Appendix").lines(30).section("", "References").entries(8));
    assert_eq!(others.len(), 1);
    assert!(others[0] < pages - 0.4, "{others:?} for {pages}");
}

#[test]
fn a_conclusion_behind_the_references_leaves_the_length_open() {
    let (pages, others) =
        lengths(body().section("", "References").entries(8).section("3", "Conclusion").lines(30));
    assert_eq!(others.len(), 1);
    assert!(others[0] > pages + 0.4, "{others:?} for {pages}");
}

#[test]
fn a_float_that_nobody_speaks_of_behind_the_last_entry_leaves_the_length_open() {
    let (_, others) = lengths(body().section("", "References").entries(8).figure("Figure 1: a quiet flow."));
    assert_eq!(others.len(), 1);
    let (_, others) = lengths(body().section("", "References").entries(8).figure("Figure S1: a quiet flow."));
    assert!(others.is_empty());
}

#[test]
fn destinations_and_the_outline_speak_for_a_boundary_where_they_lead_to_its_heading() {
    let pdf = || body().section("", "References").entries(8).new_page().section("", "Proofs").lines(9).pdf();
    let heading = TOP;
    let of = |pdf: Pdf| evidence(pdf.bytes(), Part::Appendix);
    let has = |found: Vec<String>, sign: &str| found.iter().any(|s| s == sign);
    assert!(!has(of(pdf()), "destination of an appendix"));
    assert!(has(of(pdf().destination("appendix.A", 3, heading - 14.0)), "destination of an appendix"));
    assert!(has(of(pdf().destination("section*.9", 3, heading - 14.0)), "destination of a section"));
    assert!(!has(of(pdf().destination("appendix.A", 3, heading + 60.0)), "destination of an appendix"));
    assert!(!has(of(pdf().destination("appendix.A", 2, heading - 14.0)), "destination of an appendix"));
    assert!(has(of(pdf().outline("Proofs", 3)), "outline entry"));
    assert!(!has(of(pdf().outline("Proofs", 1)), "outline entry"));
}

#[test]
fn destinations_of_citations_speak_for_the_list() {
    let pdf = || body().section("", "References").entries(8).pdf();
    let top = read(pdf().bytes()).part(Part::References).expect("a list").start.y.to_bp();
    let cited = pdf().destination("cite.velm", 2, top + 20.0).bytes();
    assert!(evidence(cited, Part::References).iter().any(|s| s == "destinations of citations"));
    let elsewhere = pdf().destination("cite.velm", 1, 300.0).bytes();
    assert!(!evidence(elsewhere, Part::References).iter().any(|s| s == "destinations of citations"));
}

#[test]
fn a_numbered_list_with_years_and_related_work_are_no_reference_list() {
    let years =
        ["1. In 2018 the field began to bend.", "2. In 2019 it bent more.", "3. In 2021 it was quiet."];
    let works = [
        "First, Velm and Quist (2018) step through time, and Orr follows.",
        "Second, Orr and Velm (2019) go back to its beginning, and stay.",
        "However, Quist and Orr (2020) wait, and nothing comes of it.",
    ];
    for lines in [years, works] {
        let listed =
            lines.iter().fold(Sheet::begun().section("1", "Introduction").lines(9), |s, l| s.line(l).gap());
        let paper = listed.section("2", "Method").lines(90).read();
        assert!(paper.main_text.pages > 1.8, "{} for {}", paper.main_text.pages, lines[0]);
    }
}

#[test]
fn sections_behind_the_references_may_be_main_text() {
    let early = || Sheet::begun().section("1", "Introduction").lines(20).section("", "References").entries(5);
    for paper in [early().section("2", "Method").lines(60), early().section("", "Discussion").lines(60)] {
        let (pages, others) = lengths(paper);
        assert!(others.iter().any(|other| *other > pages + 0.8), "{others:?} for {pages}");
    }
}

#[test]
fn a_name_that_begins_with_a_is_no_letter_of_an_appendix() {
    let paper =
        body().section("A.", "M. Turing and the Field").lines(40).section("", "References").entries(8);
    assert_eq!(parts(paper), [("main-text", 1), ("references", 3)]);
    let (pages, others) =
        lengths(body().section("A", "New View of Flows").lines(40).section("", "References").entries(8));
    assert!(others.iter().any(|other| *other > pages + 0.5), "{others:?} for {pages}");
}

#[test]
fn another_word_than_references_heads_no_list() {
    let paper = body().section("", "Referees").line("A. Velm and T. Quist read it in 2019.").lines(20);
    assert_eq!(parts(paper.section("", "References").entries(8)), [("main-text", 1), ("references", 2)]);
}

#[test]
fn a_single_line_at_the_top_of_pages_is_text() {
    let line = |n: usize| format!("the last words of paragraph {n} stand here alone at the top");
    let mut sheet = Sheet::begun().section("1", "Introduction").lines(30);
    for n in 2..6 {
        sheet = sheet.new_page().line(&line(n)).section(&n.to_string(), "Method").lines(20);
    }
    let paper = sheet.new_page().line("zz the overrun").section("", "References").entries(8);
    assert!(last_words(paper).starts_with("zz"));
}

#[test]
fn the_numbers_of_a_listing_are_no_line_numbers() {
    let listing = |mut s: Sheet| {
        for n in 1..25 {
            s = s.put("F1", 6.0, 95.0 - 3.0 * f64::from(n / 10), &n.to_string()).same_line().line("x = f(x)");
        }
        s
    };
    let paper = listing(Sheet::begun().section("1", "Introduction").lines(20)).new_page();
    let paper = listing(listing(paper.lines(20)).new_page().lines(20)).section("", "References").entries(8);
    assert!(!paper.read().line_numbers);
}
