//! What the LaTeX style says in the log: one warning for one cause, and none where nothing changed.
#![expect(clippy::disallowed_methods, reason = "these tests run LaTeX in folders of their own")]

mod support {
    pub(crate) mod latex;
    pub(crate) mod program;
    pub(crate) mod tool;
}

use support::latex::{Folder, latex_finds, paper, warnings};

/// A command that brings back the page of the style.
const OWN_PAGE: &str = "\\newcommand\\own{\\newgeometry{textheight=9in,textwidth=5.5in,top=1in,\
                        headheight=12pt,headsep=25pt,footskip=30pt}}";

/// What the style says of a paper of 2023 in its first run.
fn advice(folder: &Folder, text: &str) -> Vec<String> {
    warnings(&folder.set_in(1, "pdflatex", "paper", text).0, "dlde_neurips_2023")
}

/// Each of these makes exactly one warning, which holds these words and a remedy.
fn warned_of_once(cases: &[(&str, &str, &str)]) {
    let folder = Folder::new();
    for (after, body, named) in cases {
        let found = advice(&folder, &paper("", after, body));
        assert_eq!(found.len(), 1, "{after}{body}: {found:?}");
        let says = |words: &str| found[0].replace(' ', "").contains(&words.replace(' ', ""));
        assert!(says(named), "{after}{body}: {found:?}");
        assert!(says("Remove") || says("remove"), "{after}{body} has a remedy: {found:?}");
    }
}

#[test]
fn a_package_that_changes_the_layout_is_named_once() {
    if !latex_finds(&["savetrees.sty", "titlesec.sty", "enumitem.sty", "paralist.sty", "sectsty.sty"]) {
        return;
    }
    warned_of_once(&[
        ("\\newskip\\bibitemsep\\usepackage{savetrees}", "\\vspace{-4pt}", "Package savetrees"),
        ("\\usepackage{titlesec}", "", "Package titlesec"),
        ("\\usepackage{setspace}", "", "Package setspace is loaded. It can change"),
        ("\\usepackage{setspace}\\setstretch{0.95}", "", "Package setspace is loaded. It changes"),
        ("\\usepackage{fullpage}", "", "Package fullpage"),
        ("\\usepackage{parskip}", "", "Package parskip"),
        ("\\usepackage{sectsty}", "", "Package sectsty"),
        ("\\usepackage{abstract}", "", "Package abstract"),
        ("\\usepackage{mathptmx}", "", "Package mathptmx"),
        ("\\usepackage{geometry}", "", "Package geometry has no effect here: \\usepackage{geometry}."),
        ("\\usepackage[margin=1in]{geometry}", "", "Package geometry has no effect here"),
        ("\\geometry{margin=1in}", "", "\\geometry (line 4 of the main file)"),
        ("\\usepackage{caption}\\captionsetup{skip=1pt}", "", "Package caption"),
        ("\\usepackage{enumitem}\\setlist{nosep}", "", "Package enumitem"),
        ("\\usepackage{enumitem}", "\\begin{itemize}[noitemsep]\\item a\\end{itemize}", "Package enumitem"),
        ("\\usepackage{paralist}", "\\begin{compactitem}\\item a\\end{compactitem}", "Package paralist"),
    ]);
}

#[test]
fn a_length_or_font_that_differs_is_told_once_with_both_values() {
    if !latex_finds(&[]) {
        return;
    }
    warned_of_once(&[
        ("\\usepackage{lmodern}", "", "not set in Times"),
        ("\\renewcommand\\rmdefault{cmr}", "", "the font is cmr10"),
        ("", "\\fontfamily{ppl}\\selectfont\\section{Two}", "set in the family ppl (seen at line 10"),
        ("\\setlength\\parskip{3pt}", "", "\\parskip is 3.0pt, not 5.5pt (seen at line 8 of the main file)"),
        ("\\setlength\\parindent{1em}", "", "\\parindent is 10.00002pt, not 0pt"),
        ("\\linespread{0.95}", "", "lines are 10.40245pt apart"),
        ("\\renewcommand\\baselinestretch{0.95}", "", "lines are 10.40245pt apart"),
        ("", "\\linespread{0.95}\\selectfont\\section{Two}", "lines are 10.40245pt apart"),
        ("", "{\\linespread{0.95}\\selectfont Words.\\par}", "10.95pt (seen at line 10 of the main file)"),
        ("\\AtBeginDocument{\\addtolength\\textheight{20pt}}", "", "\\textheight is 670.43pt, not 650.43pt"),
        ("\\setlength\\hoffset{-9pt}", "", "\\hoffset is -9.0pt, not 0pt"),
        ("", "\\newgeometry{textheight=9.2in,textwidth=5.5in,top=1in}", "\\textheight is"),
        (OWN_PAGE, "\\newgeometry{textheight=9.2in,textwidth=5.5in,top=1in}a\\own", "of page 2 is larger"),
        ("\\AtBeginDocument{\\let\\normalsize\\small\\normalsize}", "", "\\normalsize is 9.0pt, not 10pt"),
        ("\\renewcommand\\footnotesize{\\tiny}", "", "\\footnotesize is 6pt, not 9pt"),
        ("", "\\small\\section{Two}", "the text is set in 9pt, not 10pt (seen at line 10 of the main file)"),
        ("\\setlength\\itemsep{0pt}", "", "\\itemsep is 0.0pt, not 2pt"),
        ("", "\\begin{itemize}\\itemsep0pt\\item a\\end{itemize}", "\\itemsep is 0.0pt, not 2pt (line 10"),
        ("\\setlength\\abovecaptionskip{2pt}", "", "\\abovecaptionskip is 2.0pt, not 7pt"),
        (
            "",
            "\\begin{figure}\\abovecaptionskip0pt a\\caption{b}\\end{figure}",
            "\\abovecaptionskip is 0.0pt",
        ),
        ("\\setlength\\intextsep{0pt}", "", "\\intextsep is 0.0pt, not 12pt"),
        ("\\setlength\\textfloatsep{9pt}", "", "\\textfloatsep is 9.0pt, not 20pt"),
        ("\\setlength{\\skip\\footins}{2pt}", "", "\\skip\\footins is 2.0pt, not 9pt"),
        ("", "\\abovedisplayskip2pt\\section{Two}", "less space around formulas"),
    ]);
}

#[test]
fn commands_that_gain_room_are_told_once_with_their_place() {
    if !latex_finds(&[]) {
        return;
    }
    let squeezed = "\\makeatletter\\renewcommand\\section{\\@startsection{section}{1}{\\z@}{-1ex}{1.5ex}\
                    {\\large\\bfseries}}\\makeatother";
    warned_of_once(&[
        ("\\renewcommand\\section[1]{\\textbf{#1}}", "", "\\section was redefined"),
        (squeezed, "", "\\section has 4.49998pt above it (line 8 of the main file)"),
        ("", "\\vspace{-8pt}", "used 1 time, first here (line 10 of the main file)"),
        ("", "\\vspace{-4pt}Words\\vspace*{-1ex}", "used 2 times, first here (line 10"),
        ("", "\\enlargethispage{20pt}", "\\enlargethispage"),
        ("", "\\nolinenumbers", "Line numbers are switched off"),
        ("\\pdfinfo{/Author (Aria Velm)}", "", "\\pdfinfo may name the authors (line 4 of the main file)"),
    ]);
}

#[test]
fn a_named_package_does_not_silence_what_it_did_not_change() {
    if !latex_finds(&["titlesec.sty"]) {
        return;
    }
    let load = "\\usepackage{setspace}\\usepackage{titlesec}\\usepackage{fullpage}\\setlength\\parskip{3pt}";
    let found = advice(&Folder::new(), &paper("", load, "\\vspace{-4pt}"));
    assert_eq!(found.len(), 5, "{found:?}");
    for part in ["setspace", "titlesec", "fullpage", "\\parskip is 3.0pt", "Negative \\vspace"] {
        assert!(found.iter().any(|warning| warning.contains(part)), "{part}: {found:?}");
    }
}

#[test]
fn a_place_in_another_file_is_told_with_its_name() {
    if !latex_finds(&[]) {
        return;
    }
    let folder = Folder::new();
    std::fs::write(folder.path().join("method.tex"), "Words.\n\n\\vspace{-3pt}\nWords.\n").expect("a part");
    let found = advice(&folder, &paper("", "", "\\input{method}"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("first here (line 3 of method.tex)"), "{found:?}");
}

#[test]
fn what_changes_nothing_is_not_warned_of() {
    let packages = "amsmath hyperref microtype enumitem caption subcaption wrapfig booktabs calc graphicx xcolor cleveref \
         url nicefrac placeins authblk fancyhdr siunitx tikz todonotes algorithm2e algpseudocode paralist times \
         listings amsthm mathtools bm natbib";
    let packages: Vec<_> = packages.split_whitespace().collect();
    let files: Vec<_> = packages.iter().map(|package| format!("{package}.sty")).collect();
    if !latex_finds(&files.iter().map(String::as_str).collect::<Vec<_>>()) {
        return;
    }
    let folder = Folder::new();
    let deep = "\\begin{enumerate}\\item a\\begin{enumerate}\\item b\\end{enumerate}\\end{enumerate}";
    let body = format!(
        "\\vspace{{4pt}}Words.\\enlargethispage{{-20pt}}\n\n{{\\small Words.\\par}}{deep}\
         \\begin{{figure}}x\\caption{{a}}\\end{{figure}}\\begin{{table}}\\caption{{b}}x\\end{{table}}\
         \\begin{{verbatim}}\nas typed\n\\end{{verbatim}}\\subsection{{Two}}\\paragraph{{Three.}} Words."
    );
    for package in packages {
        let option = if package == "placeins" { "[section]" } else { "" };
        let text = paper("", &format!("\\usepackage{option}{{{package}}}"), &body);
        assert_eq!(advice(&folder, &text), Vec::<String>::new(), "{package} after the style");
    }
    let hooks =
        "\\AddToHook{cmd/section/before}{\\relax}\\let\\was\\subsection\\def\\subsection{\\relax\\was}";
    for option in ["a4paper", "11pt", "12pt", "draft"] {
        let class = format!("\\documentclass[{option}]");
        let text = paper("", hooks, &body).replace("\\documentclass", &class);
        assert_eq!(advice(&folder, &text), Vec::<String>::new(), "class option {option}");
    }
}

#[test]
fn an_unknown_option_is_an_error_that_lists_the_known_ones() {
    if !latex_finds(&[]) {
        return;
    }
    let text = paper("", "", "").replace("\\usepackage{dlde", "\\usepackage[fianl]{dlde");
    let (log, is_sound) = Folder::new().attempt(1, "pdflatex", "misspelt", &text);
    assert!(!is_sound && log.contains("! Package dlde_neurips_2023 Error: Unknown option `fianl'."), "{log}");
    assert!(log.contains("The options are final, preprint, nonatbib"), "{log}");
}

#[test]
fn a_second_style_is_one_error_and_another_class_one_warning() {
    if !latex_finds(&[]) {
        return;
    }
    let folder = Folder::new();
    let text = paper("", "\\usepackage{dlde_neurips_2022}", "");
    let (log, is_sound) = folder.attempt(1, "pdflatex", "both", &text);
    assert!(!is_sound);
    assert_eq!(log.matches("\n! ").count(), 1, "{log}");
    assert!(log.contains("! Package dlde_neurips_2023 Error: A style of another year"), "{log}");
    let found = advice(&folder, &paper("", "", "").replace("{article}", "{report}"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("Write \\documentclass{article}"), "{found:?}");
}

#[test]
fn natbib_that_is_loaded_again_with_an_option_is_an_error_with_the_remedy() {
    if !latex_finds(&[]) {
        return;
    }
    let folder = Folder::new();
    let load = "\\usepackage[numbers]{natbib}";
    let (log, is_sound) = folder.attempt(1, "pdflatex", "again", &paper("", load, ""));
    assert!(!is_sound && log.contains("\\PassOptionsToPackage{numbers}{natbib}"), "{log}");
    for before in ["\\PassOptionsToPackage{numbers}{natbib}", load] {
        assert_eq!(advice(&folder, &paper(before, load, "")), Vec::<String>::new(), "{before}");
    }
}
