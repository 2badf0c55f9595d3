//! Where the LaTeX style sees the main text end, and when it warns of too many pages.
#![expect(clippy::disallowed_methods, reason = "these tests run LaTeX in folders of their own")]

mod support {
    pub(crate) mod latex;
    pub(crate) mod program;
    pub(crate) mod tool;
}

use support::latex::{Folder, latex_finds, paper, warnings};

/// Pages with nothing but a word, and what follows them before the references.
fn pages(count: usize, end: &str) -> String {
    paper("", "", &format!("{}{end}", "Words.\\newpage\n".repeat(count)))
}

/// What the style says of a paper of 2023.
fn advice(folder: &Folder, text: &str) -> Vec<String> {
    warnings(&folder.set("pdflatex", "paper", text).0, "dlde_neurips_2023")
}

#[test]
fn a_main_text_past_page_four_is_told_in_the_run_that_finds_it() {
    if !latex_finds(&[]) {
        return;
    }
    let folder = Folder::new();
    let renumbered = pages(4, "").replace("\\section{One}", "\\section{One}\\setcounter{page}{-3}");
    for (text, says) in [
        (pages(4, ""), "references begin on page 5"),
        (pages(5, ""), "references begin on page 6"),
        (pages(6, "\\newpage"), "references begin on page 7"),
        (pages(5, "\\appendix\\section{More}"), "appendix begins on page 6"),
        (pages(5, "\\section*{Acknowledgements}"), "acknowledgements begin on page 6"),
        (
            pages(3, "Words.\\section{Frames of references}\\newpage Words.\\newpage"),
            "references begin on page 6",
        ),
        (renumbered, "references begin on page 5"),
    ] {
        let found = advice(&folder, &text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains(says), "{says}: {found:?}");
    }
}

#[test]
fn four_full_pages_are_not_too_many() {
    if !latex_finds(&[]) {
        return;
    }
    let folder = Folder::new();
    let list = "\\begin{thebibliography}";
    let full = pages(3, "").replace(list, &format!("\\newpage{list}"));
    assert_eq!(advice(&folder, &full), Vec::<String>::new());
    assert_eq!(advice(&folder, &pages(3, "")), Vec::<String>::new());
}

#[test]
fn an_appendix_and_headings_by_hand_end_the_main_text() {
    if !latex_finds(&[]) {
        return;
    }
    let folder = Folder::new();
    for heading in [
        "\\appendix\\section{More}",
        "\\section*{Acknowledgments}",
        "\\section{Acknowledgement}",
        "\\subsubsection*{Acknowledgements}",
        "\\paragraph{Acknowledgments.}",
        "\\section*{References}",
        "\\section*{Appendix A}",
        "\\section{Supplementary Material}",
    ] {
        let text =
            pages(3, &format!("Words.{heading} Words.\\newpage Words.\\newpage Words.\\vspace{{-9pt}}"));
        assert_eq!(advice(&folder, &text), Vec::<String>::new(), "{heading}");
    }
}

#[test]
fn acknowledgments_end_the_main_text_and_a_preprint_has_no_limit() {
    if !latex_finds(&[]) {
        return;
    }
    let folder = Folder::new();
    let long = pages(3, "\\begin{ack}Words.\\newpage\\verb|\\{%|\\end{ack}\\newpage");
    let first = pages(0, "\\begin{ack}Words.\\end{ack}\\section{Two}")
        .replace("\\begin{itemize}", &format!("{}\\begin{{itemize}}", "Words.\\newpage ".repeat(4)));
    for (option, text, count) in [
        ("final", &long, 0),
        ("final", &pages(5, ""), 1),
        ("final", &first, 1),
        ("preprint", &pages(5, ""), 0),
    ] {
        let text = text.replace("\\usepackage{dlde", &format!("\\usepackage[{option}]{{dlde"));
        let found = advice(&folder, &text);
        assert_eq!(found.len(), count, "{option}: {found:?}");
    }
}
