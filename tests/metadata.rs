//! What the LaTeX style writes into a PDF beside the pages: the mark, the fonts, and nothing of the authors.
#![expect(clippy::disallowed_methods, reason = "these tests run LaTeX in folders of their own")]

mod support {
    pub(crate) mod latex;
    pub(crate) mod program;
    pub(crate) mod tool;
}

use support::latex::{ENGINES, Folder, latex_finds, paper, read_pdf};
use support::tool::is_there;

#[test]
fn the_mark_says_what_set_the_paper_under_every_engine() {
    let folder = Folder::new();
    let body = "Words.\\newpage Words.\\newpage\\appendix\\section{More}Words.\\newpage";
    for (engine, package) in ENGINES {
        if !is_there(engine, package) {
            continue;
        }
        let (_, pdf) = folder.set(engine, engine, &paper("", "", body));
        assert_eq!(
            read_pdf(&pdf).metadata.info.get("DLDE").map(String::as_str),
            Some(
                "style=dlde_neurips_2023; version=1.0; year=2023; mode=submission; textwidth=397.48499pt; \
                 textheight=650.43pt; parskip=5.5pt; baselineskip=10.95pt; pages=4; maintext=3; references=4"
            ),
            "{engine}"
        );
    }
}

#[test]
fn every_engine_sets_times_and_helvetica() {
    let words = "\\textsc{small} \\textsf{sans} \\textbf{\\textit{both}} $x$";
    for (engine, package) in ENGINES {
        if !is_there(engine, package) {
            continue;
        }
        let folder = Folder::new();
        let is_unicode = engine != "pdflatex";
        for load in ["", "\\usepackage[T1]{fontenc}", "\\usepackage{fontspec}"] {
            if load.ends_with("{fontspec}") && !is_unicode {
                continue;
            }
            let letters = if is_unicode && !load.contains("T1") { "Ω, ő and „ž“ " } else { "" };
            let (log, pdf) = folder.set(engine, "letters", &paper("", load, &format!("{letters}{words}")));
            assert!(
                !log.contains("Missing character") && !log.contains("Font Warning"),
                "{engine}{load}: {log}"
            );
            let fonts = read_pdf(&pdf).fonts;
            let has = |part: &str| fonts.iter().any(|font| font.name.contains(part));
            let (serif, sans) = match is_unicode && !load.contains("T1") {
                true => ("TeXGyreTermes-", "TeXGyreHeros-"),
                false => ("NimbusRomNo9L-", "NimbusSanL-"),
            };
            assert!(has(&format!("{serif}Regu")) && has(sans), "{engine}{load}");
            assert!(!has("LMRoman10-Regular") && !has("CMR10"), "{engine}{load}");
        }
    }
}

/// Ways to name the authors in the metadata: what stands before the class, before and after the style, in the body.
const NAMING: [[&str; 4]; 8] = [
    ["", "\\usepackage[pdfusetitle]{hyperref}\\hypersetup{pdfauthor={Aria Velm},pdfkeywords={Aria}}", "", ""],
    ["", "", "\\usepackage[pdfusetitle]{hyperref}\\hypersetup{pdfauthor={Aria Velm},pdfkeywords={Aria}}", ""],
    [
        "",
        "\\usepackage{hyperref}\\AtBeginDocument{\\hypersetup{pdfauthor={Aria},pdfinfo={Who={Aria}}}}",
        "",
        "",
    ],
    ["", "", "\\usepackage{hyperref}", "\\hypersetup{pdfauthor={Aria},pdfinfo={Who={Aria}}}"],
    ["", "", "\\usepackage[pdfcreator={Aria Velm},pdfproducer={Aria},pdfsubject={Aria}]{hyperref}", ""],
    [
        "",
        "",
        "\\usepackage[pdfusetitle]{hyperref}\\usepackage{hyperxmp}\\hypersetup{pdfcopyright={Aria Velm}}",
        "",
    ],
    ["\\DocumentMetadata{}", "", "\\usepackage[pdfusetitle]{hyperref}\\hypersetup{pdfauthor={Aria}}", ""],
    [
        "",
        "",
        "\\ifdefined\\pdfinfo\\pdfinfo{/Author (Aria)}\\fi",
        "\\special{pdf:docinfo << /Author (Aria) >>}",
    ],
];

#[test]
fn a_submission_tells_nobody_who_wrote_it_under_any_engine() {
    if !latex_finds(&["hyperxmp.sty", "pdfmanagement-testphase.sty"]) {
        return;
    }
    std::thread::scope(|scope| {
        for (engine, _) in ENGINES.into_iter().filter(|(engine, package)| is_there(engine, package)) {
            scope.spawn(move || {
                let folder = Folder::new();
                for [first, before, after, body] in NAMING {
                    let text = format!("{first}\n{}", paper(before, after, body))
                        .replace("Flows}", "Flows\\thanks{Aria}}");
                    let (_, pdf) = folder.set_in(1, engine, "quiet", &text);
                    keeps_quiet(&pdf, &format!("{engine}: {first}{before}{after}{body}"));
                }
            });
        }
    });
}

fn keeps_quiet(pdf: &std::path::Path, what: &str) {
    let metadata = read_pdf(pdf).metadata;
    for key in ["Author", "Title", "Subject", "Keywords"] {
        assert_eq!(metadata.info.get(key).map_or("", String::as_str), "", "{key} of {what}");
    }
    assert!(!format!("{metadata:?}").contains("Aria"), "{what}: {metadata:?}");
    let bytes = std::fs::read(pdf).expect("a PDF");
    // The packet of XMP is never compressed.
    assert!(!bytes.windows(4).any(|word| word == b"Aria"), "{what}");
}
