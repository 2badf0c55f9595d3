//! PDFs and the sources that they were made from, or not: sixteen papers, of which several share their text.
#![expect(clippy::disallowed_methods, reason = "these tests write what they check, and run LaTeX")]

mod support {
    pub(crate) mod latex;
    pub(crate) mod program;
    pub(crate) mod tool;
}

use dlde::check::{Selection, check};
use dlde::profile::{BUILTIN, ProfileFile, Stage, Track};
use dlde::submission::Origin;
use dlde::{Profile, Submission};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use support::latex::{Folder, latex_finds};
use support::tool::is_there;

/// A paper: sections by heading and the seed of their sentences.
struct Plan {
    title: &'static str,
    /// What stands in the preamble.
    preamble: &'static str,
    sections: &'static [(&'static str, u32)],
    figures: usize,
    tables: usize,
    /// Works that are cited.
    cites: std::ops::Range<usize>,
    /// Sections lie in files of their own.
    is_split: bool,
    /// The references are made by BibTeX.
    has_bib: bool,
}

const fn plan(
    title: &'static str,
    sections: &'static [(&'static str, u32)],
    cites: std::ops::Range<usize>,
    floats: (usize, usize),
) -> Plan {
    let (figures, tables) = floats;
    Plan { title, preamble: "", sections, figures, tables, cites, is_split: false, has_bib: false }
}

/// Four papers on one method, which say what it is in the same words.
const INTRO: (&str, u32) = ("Introduction", 1);
const METHOD: (&str, u32) = ("Quiet flows", 2);
const CLOSE: (&str, u32) = ("Conclusion", 3);

const PLANS: [Plan; 16] = [
    plan("Quiet Flows for Stiff Tides", &[INTRO, METHOD, ("Tides", 11), CLOSE], 0..4, (1, 0)),
    Plan {
        is_split: true,
        ..plan("Quiet Flows for Slow Glaciers", &[INTRO, METHOD, ("Glaciers", 12), CLOSE], 2..7, (2, 0))
    },
    Plan {
        preamble: "\\newcommand{\\ours}{QuietNet}",
        has_bib: true,
        ..plan(
            "\\ours: Flows % of late\n of $L^2$ --- a Study\\thanks{To all.}",
            &[INTRO, METHOD, ("A na\\\"ive \\emph{limiter}", 13), CLOSE],
            1..6,
            (1, 1),
        )
    },
    plan(
        "\\textsc{Quiet Flows} and\\\\ Their Official Affinities",
        &[INTRO, METHOD, ("Efficient offline fits", 14), CLOSE],
        4..9,
        (0, 2),
    ),
    // Versions of one paper.
    plan(
        "Kernels of the Marsh",
        &[("Introduction", 4), ("Setup", 5), ("Proof", 6), ("Results", 7)],
        3..8,
        (1, 0),
    ),
    plan(
        "Kernels of the Marsh",
        &[("Introduction", 4), ("Setup", 5), ("Simulation", 15), ("Results", 16)],
        3..9,
        (2, 0),
    ),
    plan(
        "Kernels of the Marsh",
        &[("Results", 7), ("Proof", 6), ("Setup", 5), ("Introduction", 4)],
        3..8,
        (1, 0),
    ),
    Plan {
        is_split: true,
        has_bib: true,
        ..plan(
            "Kernels of the Marsh, Revisited",
            &[("Introduction", 4), ("Setup", 5), ("Proof", 6), ("Limits", 17)],
            0..5,
            (1, 1),
        )
    },
    // The usual headings, other words.
    plan(
        "Learning to Wait",
        &[("Introduction", 21), ("Method", 22), ("Experiments", 23), ("Conclusion", 24)],
        0..5,
        (1, 1),
    ),
    plan(
        "Waiting to Learn",
        &[("Introduction", 25), ("Method", 26), ("Experiments", 27), ("Conclusion", 28)],
        0..5,
        (1, 1),
    ),
    Plan {
        preamble: "\\newif\\iflong\n\\longfalse",
        ..plan(
            "On $\\beta$-Smooth Rivers",
            &[("Introduction", 29), ("Method for $n > 3$", 30), ("Experiments", 31), ("Conclusion", 32)],
            2..6,
            (1, 1),
        )
    },
    Plan {
        has_bib: true,
        ..plan(
            "Rivers",
            &[("Introduction", 33), ("Method", 34), ("Experiments", 35), ("Conclusion", 36)],
            5..9,
            (2, 1),
        )
    },
    // Others altogether.
    plan(
        "A Well-Posed, Self-Adjoint, Physics-Informed and Data-Driven Re-Reading of Non-Newtonian Ice",
        &[("Ice", 41), ("Re-reading", 42)],
        0..3,
        (0, 0),
    ),
    Plan {
        is_split: true,
        ..plan("\\textbf{Sparse} Weather", &[("Clouds", 43), ("Rain", 44), ("Wind", 45)], 6..9, (0, 1))
    },
    plan(
        "Moss",
        &[
            ("Moss", 46),
            ("Lichen", 47),
            ("A very long heading on what grows between the stones of old northern harbours and why", 48),
        ],
        1..5,
        (1, 0),
    ),
    plan("The Fjord Equation", &[INTRO, ("Fjords", 49), CLOSE], 0..9, (0, 0)),
];

const WORDS: [[&str; 8]; 4] = [
    ["quiet", "stiff", "shallow", "efficient", "coupled", "northern", "sparse", "offline"],
    ["flow", "glacier", "kernel", "limiter", "harbour", "affinity", "estimator", "manifold"],
    ["bounds", "follows", "refines", "offsets", "approximates", "reverses", "dampens", "regularises"],
    ["sediment", "turbulence", "interpolation", "current", "residual", "fluctuation", "ensemble", "moraine"],
];

/// Sentences that hardly come twice: a seed and its number choose every word.
fn sentences(seed: u32) -> String {
    let mut state = u64::from(seed).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut pick = |column: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        WORDS[column][(state >> 60) as usize % 8]
    };
    let mut text = String::new();
    for number in 0..14 {
        let link = if number % 5 == 0 { "\\emph{indeed}" } else { "thus" };
        let _ = write!(
            text,
            "The {} {} {} {link} a {} {} of the {} {}, and the {} {} {} its {}. ",
            pick(0),
            pick(1),
            pick(2),
            pick(0),
            pick(3),
            pick(0),
            pick(1),
            pick(0),
            pick(3),
            pick(2),
            pick(1)
        );
        if number == 6 {
            text.push_str("\n\n");
        }
    }
    text
}

const WORKS: [&str; 9] = [
    "The drift of quiet estimators",
    "Harbours and their kernels",
    "A limiter for moraines",
    "Shallow ensembles revisited",
    "Why residuals fluctuate",
    "Sediments on sparse manifolds",
    "Turbulence without interpolation",
    "Notes on northern currents",
    "Affinity as a measure of moss",
];

fn body(plan: &Plan, folder: &Path) -> String {
    let mut body = String::new();
    for (index, (heading, seed)) in plan.sections.iter().enumerate() {
        let mut section = format!("\\section{{{heading}}} % dull\n{}", sentences(*seed));
        for work in
            plan.cites.clone().skip(index * 2).take(if index + 1 == plan.sections.len() { 9 } else { 2 })
        {
            let _ = write!(section, "As was seen \\citep{{work{work}}}. ");
        }
        if plan.is_split {
            std::fs::write(folder.join(format!("part{index}.tex")), section).expect("a part");
            let _ = writeln!(body, "\\input{{part{index}}}");
        } else {
            body.push_str(&section);
        }
    }
    for number in 0..plan.figures {
        let _ = writeln!(
            body,
            "\\begin{{figure}}\\centering\\rule{{1cm}}{{1cm}}\\caption{{A square, the {number}th.}}\\end{{figure}}"
        );
    }
    for number in 0..plan.tables {
        let _ = writeln!(
            body,
            "\\begin{{table}}\\caption{{A table, the {number}th.}}\\begin{{tabular}}{{l}}a\\end{{tabular}}\\end{{table}}"
        );
    }
    body
}

/// Writes a paper's sources to a folder and builds it there.
fn build(folder: &Folder, number: usize, plan: &Plan) -> (PathBuf, PathBuf) {
    let directory = folder.path().join(format!("paper{number}"));
    std::fs::create_dir(&directory).expect("a folder");
    let body = body(plan, &directory);
    let works = || plan.cites.clone().map(|work| (work, WORKS[work]));
    let references = if plan.has_bib {
        let entry = |(n, title): (usize, &str)| {
            format!(
                "@article{{work{n},\n author = {{Velm, Aria}},\n title = {{{title}}},\n journal = {{J. Moss}},\n year = {{2020}}\n}}\n"
            )
        };
        std::fs::write(directory.join("refs.bib"), works().map(entry).collect::<String>())
            .expect("references");
        "\\bibliographystyle{plainnat}\\bibliography{refs}".to_owned()
    } else {
        let item = |(n, title): (usize, &str)| {
            format!("\\bibitem[Velm(2020)]{{work{n}}} Aria Velm. {title}. J. Moss, 2020.\n")
        };
        format!(
            "\\begin{{thebibliography}}{{9}}\n{}\\end{{thebibliography}}",
            works().map(item).collect::<String>()
        )
    };
    let main = format!(
        "\\documentclass{{article}}\n\\usepackage[nonatbib]{{dlde_neurips_2023}}\n\\usepackage[numbers]{{natbib}}\n{}\n\\title{{{}}}\n\\author{{Aria Velm}}\n\
         \\begin{{document}}\n\\maketitle\n\\begin{{abstract}}Few words.\\end{{abstract}}\n{body}\n{references}\n\\end{{document}}\n",
        plan.preamble, plan.title
    );
    std::fs::write(directory.join("main.tex"), main).expect("a main file");
    let run = |program: &str, argument: &str| {
        let mut command = std::process::Command::new(program);
        command.args(["-interaction=nonstopmode", argument]).current_dir(&directory);
        if program == "bibtex" {
            command = std::process::Command::new(program);
            command.arg(argument).current_dir(&directory);
        }
        command.env("TEXINPUTS", format!("{}:", folder.path().display()));
        command.output().expect("the program starts");
    };
    run("pdflatex", "main");
    if plan.has_bib {
        run("bibtex", "main");
        run("pdflatex", "main");
    }
    run("pdflatex", "main");
    let pdf = folder.path().join(format!("paper{number}.pdf"));
    std::fs::rename(directory.join("main.pdf"), &pdf).expect("a PDF");
    for entry in std::fs::read_dir(&directory).expect("the folder").flatten() {
        let is_made = entry.path().extension().is_none_or(|e| e != "tex" && e != "bib");
        if is_made {
            std::fs::remove_file(entry.path()).expect("what was made is removed");
        }
    }
    (pdf, directory)
}

/// What the rule says of a PDF and sources: nothing, or the evidence.
fn said(profile: &Profile, pdf: &Path, source: &Path) -> Option<String> {
    let submission =
        Submission::open(pdf).and_then(|s| s.with(source, Origin::Source)).expect("both are there");
    let selection = Selection { select: vec!["FILE011".to_owned()], ..Selection::default() };
    let report = check(&submission, profile, &selection);
    let found = report.verdicts[0].result.clone().expect("it can be told");
    found.into_iter().next().map(|f| format!("{}: {}", f.message, f.evidence.unwrap_or_default()))
}

#[test]
fn a_pdf_is_matched_with_the_sources_it_was_made_from_and_with_no_others() {
    if !latex_finds(&["natbib.sty"]) || !is_there("bibtex", "texlive-binaries") {
        return;
    }
    let folder = Folder::new();
    let built: Vec<_> = PLANS.iter().enumerate().map(|(n, plan)| build(&folder, n, plan)).collect();
    let (id, text) = BUILTIN[0];
    let profile =
        &ProfileFile::parse(id, text).expect("a sound venue").profile(Stage::Submission, Track::Regular);
    let (mut accused, mut missed) = (Vec::new(), Vec::new());
    for (p, (pdf, _)) in built.iter().enumerate() {
        for (s, (_, source)) in built.iter().enumerate() {
            match said(profile, pdf, source) {
                Some(why) if p == s => accused.push(format!("paper {p}: {why}")),
                None if p != s => missed.push((p, s)),
                _ => {}
            }
        }
    }
    assert!(accused.is_empty() && missed.is_empty(), "{accused:#?} {missed:?}");
}
