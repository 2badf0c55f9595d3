//! What the LaTeX style says in the log, and what it writes into the PDF beside the pages.
#![expect(clippy::disallowed_methods, reason = "these tests run LaTeX in folders of their own")]

mod support {
    pub(crate) mod latex;
    pub(crate) mod program;
    pub(crate) mod tool;
}

use dlde::pdf::Document;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use support::latex::{Folder, warnings};
use support::tool::is_there;

/// The information dictionary of a PDF.
fn info(pdf: &Path) -> BTreeMap<String, String> {
    let bytes = Arc::new(std::fs::read(pdf).expect("a PDF"));
    Document::read(&bytes).expect("a readable PDF").metadata.info
}

/// A paper of a few words: what is loaded after the style, and what stands in the body.
fn paper(before: &str, after: &str, body: &str) -> String {
    format!(
        "\\documentclass{{article}}\n{before}\n\\usepackage{{dlde_neurips_2023}}\n{after}\n\
         \\title{{Quiet Flows}}\\author{{Aria Velm}}\n\\begin{{document}}\\maketitle\n\
         \\begin{{abstract}}Few words.\\end{{abstract}}\n\\section{{One}} Words.\n\n{body}\n\
         \\begin{{itemize}}\\item a\\item b\\end{{itemize}}\n\
         \\begin{{thebibliography}}{{1}}\\bibitem[Velm(2020)]{{a}} Velm. On flows. 2020.\\end{{thebibliography}}\n\
         \\end{{document}}\n"
    )
}

/// A command that brings back the page of the style.
const OWN_PAGE: &str = "\\newcommand\\own{\\newgeometry{textheight=9in,textwidth=5.5in,top=1in,\
                        headheight=12pt,headsep=25pt,footskip=30pt}}";

#[test]
fn what_changes_the_layout_is_warned_of_once_and_by_name() {
    if !is_there("pdflatex", "texlive-latex-extra") {
        return;
    }
    let folder = Folder::new();
    for (after, body, named) in [
        ("\\usepackage{savetrees}", "", "Package savetrees"),
        ("\\usepackage{titlesec}", "", "Package titlesec"),
        ("\\usepackage{setspace}\\setstretch{0.95}", "", "Package setspace"),
        ("\\usepackage{fullpage}", "", "Package fullpage"),
        ("\\usepackage{parskip}", "", "Package parskip"),
        ("\\usepackage{mathptmx}", "", "Package mathptmx"),
        ("\\usepackage{lmodern}", "", "not set in Times"),
        ("\\usepackage{enumitem}\\setlist{nosep}", "", "Package enumitem"),
        ("\\usepackage{enumitem}", "\\begin{itemize}[noitemsep]\\item a\\end{itemize}", "Package enumitem"),
        ("\\setlength\\parskip{3pt}", "", "\\parskip is 3.0pt, not 5.5pt"),
        ("\\linespread{0.95}", "", "lines are 10.40245pt apart"),
        ("", "\\linespread{0.95}\\selectfont\\section{Two}", "lines are 10.40245pt apart"),
        ("\\geometry{margin=1in}", "", "\\geometry on line 4 has no effect"),
        ("\\AtBeginDocument{\\addtolength\\textheight{20pt}}", "", "\\textheight is 670.43pt, not 650.43pt"),
        ("", "\\newgeometry{textheight=9.2in,textwidth=5.5in,top=1in}", "\\textheight is"),
        (OWN_PAGE, "\\newgeometry{textheight=9.2in,textwidth=5.5in,top=1in}a\\own", "of page 2 is larger"),
        ("\\AtBeginDocument{\\let\\normalsize\\small\\normalsize}", "", "\\normalsize is 9.0pt, not 10pt"),
        ("", "\\small\\section{Two}", "the text is set in 9pt on line 10, not 10pt"),
        ("\\renewcommand\\section[1]{\\textbf{#1}}", "", "\\section was redefined"),
        ("\\setlength\\itemsep{0pt}", "", "\\itemsep is 0.0pt, not 2pt"),
        ("", "\\begin{itemize}\\itemsep0pt\\item a\\end{itemize}", "a list has less space (line 10)"),
        ("\\setlength\\abovecaptionskip{2pt}", "", "\\abovecaptionskip is 2.0pt, not 7pt"),
        ("\\setlength\\intextsep{0pt}", "", "\\intextsep is 0.0pt, not 12pt"),
        ("", "\\abovedisplayskip2pt\\section{Two}", "Space around formulas"),
        ("", "\\vspace{-8pt}", "used 1 times, first on line 10"),
        ("", "\\vspace{-4pt}Words\\vspace*{-1ex}", "used 2 times, first on line 10"),
        ("", "\\enlargethispage{20pt}", "\\enlargethispage"),
        ("", "\\nolinenumbers", "Line numbers are switched off"),
    ] {
        let (log, _) = folder.set("pdflatex", "trap", &paper("", after, body));
        let found = warnings(&log, "dlde_neurips_2023");
        assert_eq!(found.len(), 1, "{after}{body}: {found:?}");
        let says = |words: &str| found[0].replace(' ', "").contains(&words.replace(' ', ""));
        assert!(says(named), "{after}{body}: {found:?}");
        assert!(says("Remove") || says("remove"), "{after}{body} has a remedy: {found:?}");
    }
}

#[test]
fn what_changes_nothing_is_not_warned_of() {
    if !is_there("pdflatex", "texlive-latex-extra") {
        return;
    }
    let folder = Folder::new();
    let packages = [
        "amsmath",
        "hyperref",
        "microtype",
        "enumitem",
        "caption",
        "subcaption",
        "wrapfig",
        "booktabs",
        "calc",
        "graphicx",
        "xcolor",
        "cleveref",
        "url",
        "nicefrac",
    ];
    for package in packages {
        let load = format!("\\usepackage{{{package}}}");
        let after = paper("", &load, "\\vspace{4pt}Words.");
        let (log, _) = folder.set("pdflatex", "calm", &after);
        assert_eq!(warnings(&log, "dlde_neurips_2023"), Vec::<String>::new(), "{package} after the style");
        assert!(!log.contains("\n! "), "{package} after the style: {log}");
    }
}

/// Pages with nothing but a word, and what follows them before the references.
fn pages(count: usize, end: &str) -> String {
    paper("", "", &format!("{}{end}", "Words.\\newpage\n".repeat(count)))
}

#[test]
fn a_main_text_past_page_four_is_told_in_the_run_that_finds_it() {
    if !is_there("pdflatex", "texlive-latex-base") {
        return;
    }
    let folder = Folder::new();
    for (text, page) in [(pages(4, ""), 5), (pages(5, ""), 6), (pages(6, "\\newpage"), 7)] {
        let (log, _) = folder.set("pdflatex", "long", &text);
        let found = warnings(&log, "dlde_neurips_2023");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains(&format!("references begin on page {page}")), "{found:?}");
    }
}

#[test]
fn four_full_pages_are_not_too_many() {
    if !is_there("pdflatex", "texlive-latex-base") {
        return;
    }
    let folder = Folder::new();
    let list = "\\begin{thebibliography}";
    let full = pages(3, "").replace(list, &format!("\\newpage{list}"));
    let appendix = pages(3, "Words.\\newpage\\appendix\\section{More}Words.\\newpage Words.\\newpage");
    for text in [pages(3, ""), full, appendix] {
        let (log, _) = folder.set("pdflatex", "short", &text);
        assert_eq!(warnings(&log, "dlde_neurips_2023"), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn acknowledgments_end_the_main_text_and_a_preprint_has_no_limit() {
    if !is_there("pdflatex", "texlive-latex-base") {
        return;
    }
    let folder = Folder::new();
    let long = pages(3, "\\begin{ack}Words.\\newpage\\verb|\\{%|\\end{ack}\\newpage");
    for (option, text, count) in
        [("final", &long, 0), ("final", &pages(5, ""), 1), ("preprint", &pages(5, ""), 0)]
    {
        let text = text.replace("\\usepackage{dlde", &format!("\\usepackage[{option}]{{dlde"));
        let (log, _) = folder.set("pdflatex", "named", &text);
        assert_eq!(warnings(&log, "dlde_neurips_2023").len(), count, "{option}: {log}");
        assert!(!log.contains("\n! "), "{option}: {log}");
    }
}

#[test]
fn an_unknown_option_is_an_error_that_lists_the_known_ones() {
    if !is_there("pdflatex", "texlive-latex-base") {
        return;
    }
    let text = paper("", "", "").replace("\\usepackage{dlde", "\\usepackage[fianl]{dlde");
    let (log, _) = Folder::new().set("pdflatex", "misspelt", &text);
    assert!(log.contains("! Package dlde_neurips_2023 Error: Unknown option `fianl'."), "{log}");
    assert!(log.contains("The options are final, preprint, nonatbib"), "{log}");
}

#[test]
fn the_mark_says_what_set_the_paper_under_every_engine() {
    let engines =
        [("pdflatex", "texlive-latex-base"), ("lualatex", "texlive-luatex"), ("xelatex", "texlive-xetex")];
    let folder = Folder::new();
    for (engine, package) in engines {
        if !is_there(engine, package) {
            continue;
        }
        let (_, pdf) = folder.set(engine, engine, &pages(2, "\\appendix\\section{More}"));
        assert_eq!(
            info(&pdf).get("DLDE").map(String::as_str),
            Some(
                "style=dlde_neurips_2023; version=1.0; year=2023; mode=submission; textwidth=397.48499pt; \
                 textheight=650.43pt; parskip=5.5pt; baselineskip=10.95pt; pages=3; maintext=3; references=3"
            ),
            "{engine}"
        );
    }
}

#[test]
fn unicode_engines_set_times_with_every_letter() {
    let words = "Ω, ő and „ž“ \\textsc{small} \\textsf{sans} \\textbf{\\textit{both}}";
    for (engine, package) in [("lualatex", "texlive-luatex"), ("xelatex", "texlive-xetex")] {
        if !is_there(engine, package) {
            continue;
        }
        let folder = Folder::new();
        for load in ["", "\\usepackage{fontspec}"] {
            let (log, pdf) = folder.set(engine, "letters", &paper("", load, words));
            assert!(!log.contains("Missing character") && !log.contains("Font Warning"), "{engine}: {log}");
            let bytes = Arc::new(std::fs::read(pdf).expect("a PDF"));
            let fonts = Document::read(&bytes).expect("a readable PDF").fonts;
            let has = |part: &str| fonts.iter().any(|font| font.name.contains(part));
            assert!(has("TeXGyreTermes-Regular") && has("TeXGyreHeros"), "{engine}{load}");
            assert!(!has("LMRoman10-Regular"), "{engine}{load}");
        }
    }
}

#[test]
fn a_submission_tells_nobody_who_wrote_it_and_says_what_set_it() {
    if !is_there("pdflatex", "texlive-latex-recommended") {
        return;
    }
    let folder = Folder::new();
    let load = "\\usepackage[pdfusetitle]{hyperref}\\hypersetup{pdfauthor={Aria Velm},pdfkeywords={flows}}";
    let late =
        "\\usepackage{hyperref}\\AtBeginDocument{\\hypersetup{pdfauthor={Aria Velm},pdfinfo={Who={Aria}}}}";
    for (before, after) in [(load, ""), ("", load), (late, ""), ("", late)] {
        let (_, pdf) = folder.set("pdflatex", "quiet", &paper(before, after, ""));
        let info = info(&pdf);
        assert!(!info.values().any(|value| value.contains("Aria")), "{info:?}");
        for key in ["Author", "Title", "Keywords"] {
            assert_eq!(info.get(key).map_or("", String::as_str), "", "{key}");
        }
        let mark = info.get("DLDE").expect("the mark");
        assert!(mark.starts_with("style=dlde_neurips_2023; version="), "{mark}");
        assert!(mark.contains("mode=submission; textwidth=397.48499pt; textheight=650.43pt"), "{mark}");
    }
}
