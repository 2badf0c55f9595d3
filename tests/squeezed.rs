//! Papers set with the style as it comes, and squeezed ones: the first are silent, the others told by what was changed.
#![expect(clippy::disallowed_methods, reason = "these tests run LaTeX in folders of their own")]

mod support {
    pub(crate) mod latex;
    pub(crate) mod program;
    pub(crate) mod tool;
}

use serde_json::Value;
use support::latex::{Folder, latex_finds};
use support::program::dlde;

const SENTENCES: [&str; 5] = [
    "The learned field follows the slow orbit under mild assumptions and keeps its energy.",
    "A coarse mesh hides the fine scales until the width of the network grows beyond them.",
    "In all of our runs the stiff solver needs forty steps, and the adaptive one needs nine.",
    "Rounding moves the boundary term by less than the tolerance that we asked for.",
    "Nothing is said of the long run, where the forcing is no longer periodic.",
];

/// Prose of so many sentences, other ones each time.
fn prose(from: usize, sentences: usize) -> String {
    (from..from + sentences).map(|i| SENTENCES[(i * i + i / 3) % 5]).collect::<Vec<_>>().join(" ")
}

/// A paper of some pages: commands before `\begin{document}`, after it, and after the title; then the body, changed.
struct Paper {
    year: u32,
    preamble: &'static str,
    begin: &'static str,
    after_title: &'static str,
    change: fn(String) -> String,
}

const AS_IT_COMES: Paper =
    Paper { year: 2023, preamble: "", begin: "", after_title: "", change: |body| body };

impl Paper {
    fn text(&self) -> String {
        let section = |i: usize| {
            format!(
                "\\section{{A quiet part}}\n{}\n\n{}\n\\subsection{{Its detail}}\n{}\n\
                 \\begin{{equation}} y_{{n+1}} = y_n + h f(y_n) \\end{{equation}}\n{}\n\n{}\n\
                 \\begin{{figure}}[t]\\centering\\rule{{150pt}}{{60pt}}\\caption{{{}}}\\end{{figure}}\n\
                 \\begin{{itemize}}\\item {}\\item {}\\end{{itemize}}\n{}\\footnote{{{}}}\n\n{}\n\n",
                prose(i, 6),
                prose(i + 1, 5),
                prose(i + 2, 4),
                prose(i + 3, 4),
                prose(i + 4, 6),
                prose(i, 3),
                prose(i + 1, 2),
                prose(i + 2, 2),
                prose(i + 3, 5),
                prose(i, 1),
                prose(i + 4, 5),
            )
        };
        let body = (self.change)((0..6).map(section).collect());
        let Self { year, preamble, begin, after_title, .. } = self;
        format!(
            "\\documentclass{{article}}\n\\usepackage[T1]{{fontenc}}\\usepackage{{amsmath}}\n\
             \\usepackage{{dlde_neurips_{year}}}\n{preamble}\n\\title{{Quiet Flows}}\\author{{Aria Velm}}\n\
             \\begin{{document}}\n{begin}\n\\maketitle\n{after_title}\n\
             \\begin{{abstract}}{}\\end{{abstract}}\n{body}\n\
             \\begin{{thebibliography}}{{1}}\\bibitem[Velm(2020)]{{a}} A. Velm. On flows. 2020.\
             \\end{{thebibliography}}\n\\end{{document}}\n",
            prose(0, 6)
        )
    }

    /// What is found in its layout, but for notes, and the length of its main text as it is and as the style sets it.
    fn checked(&self, folder: &Folder) -> (Vec<Value>, f64, f64) {
        checked(folder, self.year, &self.text())
    }
}

/// As [`Paper::checked`], of any text for the venue of a year.
fn checked(folder: &Folder, year: u32, text: &str) -> (Vec<Value>, f64, f64) {
    folder.set("pdflatex", "paper", text);
    let venue = format!("dlde-{year}");
    let only = "GEOM,FONT,STYL001,STYL002,STYL003,STYL004,STYL005,STYL006";
    let run =
        dlde(folder.path(), &["check", "paper.pdf", "--venue", &venue, "--select", only, "--format", "json"]);
    let report: Value = serde_json::from_str(&run.out).expect("a report");
    let found = report["findings"].as_array().expect("findings").clone();
    let length = |key: &str| report["paper"]["main_text"][key].as_f64().expect("a length");
    let loud = found.into_iter().filter(|f| f["severity"] != "note").collect();
    (loud, length("pages"), length("pages_in_style"))
}

/// Papers that change nothing of the style, and set what papers hold.
const HONEST: &[Paper] = &[
    AS_IT_COMES,
    Paper { year: 2021, ..AS_IT_COMES },
    Paper { year: 2022, preamble: "\\usepackage{microtype}", ..AS_IT_COMES },
    Paper { preamble: "\\usepackage{caption}\\usepackage[colorlinks]{hyperref}", ..AS_IT_COMES },
    Paper {
        preamble: "\\newtheorem{claim}{Claim}",
        change: |body| {
            body.replace("\\subsection", "\\begin{claim} All flows end. \\end{claim}\n\\subsection")
        },
        ..AS_IT_COMES
    },
    Paper {
        preamble: "\\usepackage{caption}",
        change: |body| {
            let boxes = "\\begin{minipage}{.48\\textwidth}A word in a box beside another, and some more of \
                 them to fill lines.\\end{minipage}\\hfill\\begin{minipage}{.48\\textwidth}The other one. It is a \
                 little longer, and so its lines stand elsewhere than those of the first.\\end{minipage}\n\n";
            body.replace(
                "\\subsection{Its detail}",
                &format!("{boxes}\\subsection{{A \\texttt{{detail}} $x$}}"),
            )
        },
        ..AS_IT_COMES
    },
    Paper {
        year: 2022,
        change: |body| {
            let long = "\\section{What the slow orbit of a learned field keeps of its energy, and what it loses \
                        on the way to the boundary}";
            let subsection = "\\subsection{Its detail, in a heading that is so long that it does not fit into one \
                              line of the page}";
            body.replace("\\section{A quiet part}", long).replace("\\subsection{Its detail}", subsection)
        },
        ..AS_IT_COMES
    },
    Paper {
        change: |body| {
            let dashes = body.replace(" mild", " -- mild").replace(" fine", " * fine");
            dashes.replace("mean", "mean of $\\displaystyle\\int_0^1 f$").replace("forty", "-- forty")
        },
        ..AS_IT_COMES
    },
    Paper {
        change: |body| {
            let words = "the first of the words & in a cell of one table \\\\ the second of them & in another cell of it";
            let table = format!(
                "\\begin{{table}}[t]\\caption{{Words in cells.}}\\begin{{tabular}}{{@{{}}p{{.4\\textwidth}}p{{.5\\textwidth}}@{{}}}}\
                 {words}\\end{{tabular}}\\end{{table}}\\subsection"
            );
            let wide = "\\begin{center}\\makebox[0pt]{\\begin{tabular}{l}\\rule{420pt}{1pt}\\\\one row of words \
                        in it\\end{tabular}}\\end{center}\\subsection";
            body.replacen("\\subsection", wide, 1).replace("\\subsection", &table)
        },
        ..AS_IT_COMES
    },
    Paper {
        change: |body| {
            let lines = "\\begin{tabbing}for every step of it do\\\\ take the slope at the point\\\\ go along it \
                         for a while\\\\ end of the loop of steps\\end{tabbing}\\subsection";
            body.replace("\\subsection", lines)
        },
        ..AS_IT_COMES
    },
    Paper {
        change: |body| {
            let verbatim = "\\begin{verbatim}\nfor i in range(9): x = f(x)\n\\end{verbatim}\n\\subsection";
            body.replace("\\subsection", verbatim).replace("[t]", "[h]")
        },
        ..AS_IT_COMES
    },
    // Captions beside a picture, as wide as it, and of several lines with formulas in them.
    Paper {
        preamble: "\\usepackage{wrapfig}",
        change: |body| {
            let wrapped = "\\begin{wrapfigure}{r}{150pt}\\centering\\rule{140pt}{50pt}\\caption{The slow orbit, and \
                 what a learned field with $\\sum_i w_i^2 < 1$ keeps of it in the long run.}\\end{wrapfigure}\n";
            let body = body.replacen("\\subsection", &format!("{wrapped}{}\n\n\\subsection", prose(1, 9)), 2);
            body.replace(
                "\\caption{",
                "\\caption{With $y_{n+1}^2$ and $\\hat{x}_0$ in it, so that lines differ. ",
            )
        },
        ..AS_IT_COMES
    },
    // Matrices, fractions and sums in display style within lines of text.
    Paper {
        change: |body| {
            let sums = body.replace("mild", "$\\displaystyle\\sum_{i=1}^{n}\\frac{a}{b}$ mild");
            let small = "coarse $\\begin{pmatrix}1&0\\\\0&1\\end{pmatrix}$";
            let large = "adaptive $\\begin{pmatrix}1&0&x\\\\0&y&0\\\\z&0&1\\end{pmatrix}$";
            sums.replace("coarse", small).replace("adaptive", large)
        },
        ..AS_IT_COMES
    },
    // Even pages stand left of the odd ones.
    Paper { begin: "\\makeatletter\\@twosidetrue\\makeatother\\evensidemargin=-20pt", ..AS_IT_COMES },
    // Scripts, accents and fractions in footnotes.
    Paper {
        change: |body| {
            body.replace(
                "\\footnote{",
                "\\footnote{As $x^{2^n}_{i_j}$ and $\\frac{a_0}{b^2}$ and $\\sqrt{y}$ have it. ",
            )
        },
        ..AS_IT_COMES
    },
];

/// The same paper under a title with a formula, one that is broken, and one with scripts and a smaller word.
const TITLES: [&str; 3] = [
    "Quiet Flows of $x^{2^n} + \\sum_{i} y_i$",
    "Quiet Flows that Are Learned from the Slow Orbits of a Stiff Field and Keep Their $H^1$ Energy",
    "$\\mathcal{O}(h^2)$ Flows\\textsuperscript{2} {\\large of} $\\frac{1}{2}$",
];

#[test]
fn papers_as_the_style_sets_them_are_silent() {
    if !latex_finds(&["microtype.sty", "caption.sty", "hyperref.sty", "booktabs.sty", "wrapfig.sty"]) {
        return;
    }
    let folder = Folder::new();
    for paper in HONEST {
        let (found, pages, in_style) = paper.checked(&folder);
        assert_eq!(found, Vec::<Value>::new(), "{}{}", paper.year, paper.preamble);
        assert_eq!(pages, in_style, "{}{}", paper.year, paper.preamble);
    }
}

#[test]
fn a_formula_in_a_title_moves_nothing() {
    if !latex_finds(&["microtype.sty"]) {
        return;
    }
    let folder = Folder::new();
    for title in TITLES {
        let text = AS_IT_COMES.text().replace("\\title{Quiet Flows}", &format!("\\title{{{title}}}"));
        assert!(text.contains(title));
        let (found, pages, in_style) = checked(&folder, AS_IT_COMES.year, &text);
        assert_eq!(found, Vec::<Value>::new(), "{title}");
        assert_eq!(pages, in_style, "{title}");
    }
}

/// Squeezed papers, the rule that tells them, and whether it is an error.
const SQUEEZED: &[(&str, bool, Paper)] = &[
    ("tight-leading", true, Paper { begin: "\\linespread{0.97}\\selectfont", ..AS_IT_COMES }),
    ("small-body-type", true, Paper { begin: "\\fontsize{9.6}{10.6}\\selectfont", ..AS_IT_COMES }),
    ("tight-paragraph-gap", true, Paper { begin: "\\setlength{\\parskip}{3pt}", ..AS_IT_COMES }),
    (
        "tight-heading-gap",
        true,
        Paper { change: |body| body.replace("\\section", "\\vspace{-5pt}\\section"), ..AS_IT_COMES },
    ),
    ("text-outside-block", true, Paper { begin: "\\addtolength{\\textheight}{12pt}", ..AS_IT_COMES }),
    (
        "text-outside-block",
        true,
        Paper {
            change: |body| {
                let first = body.replacen("\\begin{itemize}", "\\enlargethispage{50pt}\\begin{itemize}", 1);
                first.replace("\\item ", "\\item A point. ")
            },
            ..AS_IT_COMES
        },
    ),
    ("text-outside-block", true, Paper { begin: "\\newgeometry{height=9in,width=5.7in}", ..AS_IT_COMES }),
    ("tight-caption", true, Paper { preamble: "\\usepackage[font=small]{caption}", ..AS_IT_COMES }),
    (
        "tight-float-gap",
        true,
        Paper { change: |body| body.replace("\\end{figure}", "\\vspace{-14pt}\\end{figure}"), ..AS_IT_COMES },
    ),
    (
        "tight-display-gap",
        true,
        Paper { begin: "\\abovedisplayskip=1pt\\belowdisplayskip=1pt", ..AS_IT_COMES },
    ),
    ("tight-list", true, Paper { preamble: "\\usepackage{enumitem}\\setlist{nosep}", ..AS_IT_COMES }),
    ("narrow-word-space", true, Paper { begin: "\\spaceskip=2.1pt plus 1pt minus .7pt", ..AS_IT_COMES }),
    (
        "narrow-letters",
        true,
        Paper { preamble: "\\usepackage[shrink=50,stretch=5]{microtype}", ..AS_IT_COMES },
    ),
    ("moved-title", true, Paper { begin: "\\vspace*{-0.8in}", ..AS_IT_COMES }),
    ("altered-abstract", true, Paper { after_title: "\\vspace{-0.4in}", ..AS_IT_COMES }),
    ("altered-abstract", true, Paper { change: |body| format!("\\vspace{{-28pt}}{body}"), ..AS_IT_COMES }),
    (
        "tight-heading-gap",
        true,
        Paper { preamble: "\\usepackage{titlesec}\\titleformat*{\\section}{\\bfseries}", ..AS_IT_COMES },
    ),
    ("tight-leading", true, Paper { begin: "\\linespread{0.992}\\selectfont", ..AS_IT_COMES }),
    ("unnumbered-lines", true, Paper { begin: "\\nolinenumbers", ..AS_IT_COMES }),
    ("wrong-paper-size", false, Paper { begin: "\\pdfpagewidth=210mm\\pdfpageheight=297mm", ..AS_IT_COMES }),
];

#[test]
fn a_squeeze_is_told_by_the_rule_that_speaks_of_it() {
    if !latex_finds(&["microtype.sty", "caption.sty", "enumitem.sty", "titlesec.sty"]) {
        return;
    }
    let folder = Folder::new();
    for (rule, is_error, paper) in SQUEEZED {
        let (found, pages, in_style) = paper.checked(&folder);
        let told = found.iter().filter(|f| f["rule"] == *rule).map(|f| &f["severity"]).next();
        let severity = if *is_error { "error" } else { "warning" };
        assert_eq!(told, Some(&Value::from(severity)), "{rule}: {found:#?}");
        let saves = !matches!(*rule, "unnumbered-lines" | "wrong-paper-size");
        assert_eq!(in_style > pages, saves, "{rule}: {pages} pages, {in_style} in the style");
    }
}
