//! What the text tells of its authors, and its look-alikes: papers of a few lines, all names invented.

#[allow(dead_code, reason = "each of these tests uses a part of what builds PDFs")]
mod support {
    pub(crate) mod pdf;
}

use dlde::Submission;
use dlde::check::{Selection, check};
use dlde::profile::{BUILTIN, ProfileFile, Stage, Track};
use support::pdf::Pdf;

/// A sentence of the main text, and what is found.
#[test]
fn a_sentence_that_tells_of_its_authors_is_found() {
    for (sentence, told) in [
        ("In our previous work [3] we proposed the stepper.", "ANON033 error"),
        ("As we previously showed (Velm, 2021), the step is short.", "ANON033 error"),
        ("This extends our earlier conference paper in three ways.", "ANON033 warning"),
        ("Our code is available at https://github.com/mvelm/stepper.", "ANON035 error"),
        (
            "Our implementation, MIT licensed, is available at https://github.com/mvelm/stepper.",
            "ANON035 error",
        ),
        (
            "Our implementation uses no tape and is available at https://github.com/mvelm/stepper.",
            "ANON035 error",
        ),
        ("We release all checkpoints at huggingface.co/mvelm/stepper for reuse.", "ANON035 error"),
        ("The data are at https://doi.org/10.5281/zenodo.999999 as a table.", "ANON035 note"),
        ("More on the project page: https://mvelm.github.io/stepper.", "ANON036 error"),
        ("See https://www.cs.lanternfield.edu/~mvelm for films.", "ANON036 error"),
        ("The films are at https://drive.google.com/drive/folders/1aB.", "ANON037 error"),
        ("The films are at https://bit.ly/3stepper today.", "ANON038 error"),
        ("It was approved by the Institutional Review Board of Lanternfield University.", "ANON039 error"),
        ("All runs used our cluster at Quarrystone with eight GPUs.", "ANON040 error"),
        ("The patients of our hospital gave their consent.", "ANON040 warning"),
        ("This work was supported by the Lantern Foundation.", "ANON031 error"),
        ("It was partially funded by NSF under grant IIS-9912345.", "ANON031 warning"),
        ("Runs are kept in /home/mvelm/runs/stepper for a week.", "ANON043 error"),
        ("The log begins with mvelm@node07:~$ python run.py here.", "ANON043 error"),
        ("Use the token ghp_0123456789abcdefghijABCDEFGHIJ012345 to log in.", "ANON044 error"),
        ("Questions go to mira.velm@lanternfield.edu at any time.", "ANON002 error"),
        ("Questions go to {velm, t.quist}@lanternfield.ac.uk at any time.", "ANON002 error"),
        ("Questions go to mvelm [at] lanternfield [dot] edu at any time.", "ANON002 error"),
        ("The identifier is 0000-0002-1825-0097 for the record.", "ANON030 error"),
        ("This bound is too weak [Mira: please check the constant] but holds.", "ANON045 warning"),
        ("Its proofs are in our own manuscript, under review.", "ANON034 warning"),
    ] {
        assert_eq!(found(&paper(sentence, "")), [told], "{sentence}");
    }
}

/// What sounds like it and is not.
#[test]
fn a_sentence_that_sounds_like_it_is_not_accused() {
    for innocent in [
        "Velm and Quist [3] proposed the stepper; the previous work of Orr [4] did not.",
        "In our previous section we proposed a bound, and our own estimate is better.",
        "The instructions say \"do not write in our previous work [4] we showed\" to authors.",
        "We use the implementation of Quist [3] at https://github.com/quist/stepper.",
        "Our implementation uses https://github.com/quist/stepper for its steps.",
        "Our code is based on https://github.com/quist/stepper and has its steps.",
        "The scripts https://github.com/quist/stepper are used in our experiments.",
        "The Stepper tool (https://github.com/quist/stepper, MIT licensed) was used.",
        "Our code is available at https://anonymous.4open.science/r/stepper-1A2B.",
        "Our code is at https://github.com/anonymous-author42/stepper for review.",
        "The protocol was approved by the institutional review board of the authors' institution.",
        "The rejected step is supported by a larger tape and funded by nobody.",
        "Each node sends an acknowledgement, and our cluster assignment is stable.",
        "The log holds alice@example.com and user@domain.com, and operators are written a@b.",
        "The decorator @torch.no_grad and the handle x@1.2 occur too.",
        "The number 0000-0002-1825-0098 and the pages 1234-5678 are no identifiers.",
        "Files lie in /home/user/data and /usr/share, pages at https://site.org/home/about.",
        "Both terms contribute equally, and the corresponding author of a patch is logged.",
        "Intervals such as [Note: closed] and [Theorem: see below] are written so.",
        "The concurrent submission [Anonymous, 2025] is in the supplement.",
    ] {
        assert_eq!(found(&paper(innocent, "")), [""; 0], "{innocent}");
    }
}

/// What stands in the reference list is nobody's secret.
#[test]
fn entries_of_the_reference_list_tell_nothing_by_themselves() {
    let entry =
        "[3] M. Velm. Stepping. https://mvelm.github.io, github.com/mvelm, velm@lanternfield.edu, 2021.";
    assert_eq!(found(&paper("The stepper [3] is known.", entry)), [""; 0]);
    let unpublished = "[3] M. Velm and T. Quist. Stepping further. In preparation, 2025.";
    assert_eq!(found(&paper("The stepper [3] is known.", unpublished)), [""; 0]);
    let own = found(&paper("In our previous work [3] we proposed the stepper.", unpublished));
    assert_eq!(own, ["ANON033 error", "ANON034 error"]);
}

/// The evidence has the words, but for a credential's.
#[test]
fn a_report_never_repeats_a_credential() {
    let token = "ghp_0123456789abcdefghijABCDEFGHIJ012345";
    let submission =
        Submission::single("paper.pdf".to_owned(), paper(&format!("Use {token} now."), "").bytes());
    let profile = profile();
    let report = check(&submission, &profile, &Selection::default());
    let shown: Vec<String> = report.findings().iter().map(|(_, f)| format!("{f:?}")).collect();
    assert!(shown.iter().any(|f| f.contains("ghp_")), "it is found");
    assert!(shown.iter().all(|f| !f.contains(token)), "and not repeated");
}

fn profile() -> dlde::Profile {
    let venue = ProfileFile::parse(BUILTIN[0].0, BUILTIN[0].1).expect("a sound venue");
    venue.profile(Stage::default(), Track::default())
}

/// A title, an abstract, a page of prose with one sentence of interest, and a reference list.
fn paper(sentence: &str, entry: &str) -> Pdf {
    let prose = "We study how neural networks and differential equations inform each other.";
    let mut page = "BT /F1 17 Tf 150 720 Td (Stiffness and the steps of learned fields) Tj ET\n\
                    BT /F1 12 Tf 280 660 Td (Abstract) Tj ET\n"
        .to_owned();
    let mut lines: Vec<&str> = vec![prose; 30];
    lines[20] = sentence;
    for (i, line) in lines.iter().enumerate() {
        page += &shown(10, 640 - 12 * i, line);
    }
    page += &shown(12, 260, "References");
    for (i, line) in [
        "[1] T. Quist. A survey of flows. Journal of Steps, 2019.",
        "[2] L. Orr and N. Ferrand. Embedded pairs. Journal of Steps, 2020.",
        entry,
    ]
    .iter()
    .enumerate()
    {
        page += &shown(10, 240 - 12 * i, line);
    }
    Pdf::default().painted(&page)
}

fn shown(size: usize, y: usize, text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
    format!("BT /F1 {size} Tf 108 {y} Td ({escaped}) Tj ET\n")
}

/// Codes and severities of the rules about visible text, once each.
fn found(pdf: &Pdf) -> Vec<String> {
    let submission = Submission::single("paper.pdf".to_owned(), pdf.bytes());
    let profile = profile();
    let report = check(&submission, &profile, &Selection::default());
    let of_text = |code: &str| code == "ANON002" || (code.starts_with("ANON0") && code >= "ANON030");
    let findings = report.findings();
    let told = findings.iter().filter(|(v, _)| of_text(v.rule.code));
    let mut all: Vec<String> =
        told.map(|(v, f)| format!("{} {}", v.rule.code, v.severity_of(f).id())).collect();
    all.sort();
    all.dedup();
    all
}
