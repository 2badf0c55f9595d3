//! Whatever the bytes, and whatever is made of a sound paper: an answer, and the same one again.
#![expect(clippy::disallowed_methods, reason = "these tests read a sample")]

use dlde::check::{Selection, check};
use dlde::profile::{BUILTIN, Profile, ProfileFile, Stage, Track};
use dlde::report::Look;
use dlde::{Format, RULES, Submission};
use proptest::collection::vec;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};
use std::path::Path;
use std::sync::LazyLock;

/// A sound paper to break.
static CLEAN: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/clean/paper.pdf");
    std::fs::read(path).expect("the clean sample")
});

/// Every venue at every stage of every track.
static PROFILES: LazyLock<Vec<Profile>> = LazyLock::new(|| {
    let files = BUILTIN.iter().map(|(id, text)| ProfileFile::parse(id, text).expect("a sound venue"));
    let every = |file: ProfileFile| {
        Stage::ALL.into_iter().flat_map(|s| Track::ALL.map(|t| file.profile(s, t))).collect::<Vec<_>>()
    };
    files.flat_map(every).collect()
});

/// Failures are kept in the test that they are turned into, not in a file beside it.
fn few(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(few(64))]

    #[test]
    fn a_source_is_read_without_loss(bytes in prop_oneof![vec(any::<u8>(), 0..400), latex()]) {
        let tree = dlde::tex::Tree::read(&bytes);
        let again: Vec<u8> = tree.tokens().iter().flat_map(|t| tree.bytes(&t.span)).copied().collect();
        assert_eq!(&again, &bytes);
        for index in 0..tree.tokens().len() {
            let call = tree.call(index, 3);
            assert!(call.span.start <= call.span.end && call.span.end as usize <= bytes.len());
        }
    }

    #[test]
    fn a_bibliography_is_read_whatever_it_holds(bytes in prop_oneof![vec(any::<u8>(), 0..400), bibtex()]) {
        for entry in dlde::bib::entries(&bytes) {
            for field in entry.fields {
                assert!(entry.span.start <= field.span.start && field.span.end <= entry.span.end);
            }
        }
    }

    #[test]
    fn any_bytes_get_an_answer(bytes in vec(any::<u8>(), 0..2000), name in "[a-z]{0,8}(\\.(pdf|tex|zip))?") {
        answers(name, bytes);
    }

    #[test]
    fn anything_that_says_it_is_a_pdf_gets_an_answer(objects in pdf_like()) {
        answers("paper.pdf".to_owned(), objects);
    }

    #[test]
    fn any_text_for_a_venue_is_a_venue_or_a_mistake(text in "(\\[[a-z.]{1,9}\\]\n|[a-z]{1,5} ?= ?[\"0-9a-z{}]{0,6}\n){0,8}") {
        if let Err(error) = ProfileFile::parse("venue.toml", &text) {
            assert!(error.messages().next().is_some());
        }
    }
}

proptest! {
    #![proptest_config(few(12))]

    #[test]
    fn a_paper_with_bytes_changed_gets_an_answer(changes in vec((any::<usize>(), any::<u8>()), 1..40)) {
        let mut bytes = CLEAN.clone();
        for (at, byte) in changes {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        answers("paper.pdf".to_owned(), bytes);
    }

    #[test]
    fn a_paper_that_breaks_off_gets_an_answer(length in any::<usize>()) {
        let length = length % CLEAN.len();
        answers("paper.pdf".to_owned(), CLEAN[..length].to_vec());
    }

    #[test]
    fn a_paper_with_a_piece_cut_out_gets_an_answer(from in any::<usize>(), length in 1_usize..5000) {
        let from = from % CLEAN.len();
        let to = (from + length).min(CLEAN.len());
        answers("paper.pdf".to_owned(), [&CLEAN[..from], &CLEAN[to..]].concat());
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for &format in Format::ALL.iter().filter(|format| !format.is_binary()) {
        assert_eq!(report(format, "paper.pdf", &CLEAN), report(format, "paper.pdf", &CLEAN));
    }
}

/// Every rule answers under every profile, none by falling over, and every format can be written.
fn answers(name: String, bytes: Vec<u8>) {
    let submission = Submission::single(name, bytes);
    // The paper is read anew for each profile, so that a few stand for all.
    for profile in PROFILES.iter().step_by(5) {
        let report = check(&submission, profile, &Selection::default());
        assert_eq!(report.verdicts.len(), RULES.len());
        for &format in Format::ALL {
            let mut out = Vec::new();
            let written = format.write(&report, &Look::default(), &mut out);
            // A paper that cannot be annotated is refused, which is an answer.
            if format.is_binary() && written.is_err() {
                continue;
            }
            written.expect("a vector takes everything");
            let text = String::from_utf8_lossy(&out);
            assert!(!text.contains("internal error"), "{text}");
        }
    }
}

fn report(format: Format, name: &str, bytes: &[u8]) -> Vec<u8> {
    let submission = Submission::single(name.to_owned(), bytes.to_vec());
    let mut out = Vec::new();
    let report = check(&submission, &PROFILES[0], &Selection::default());
    format.write(&report, &Look::default(), &mut out).expect("a vector takes everything");
    out
}

/// Pieces of PDFs in any order, after a header.
fn pdf_like() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just("1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"),
        Just("2 0 obj << /Type /Pages /Count 1 /Kids [3 0 R 2 0 R] >> endobj\n"),
        Just("3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 612 -792] /Contents 4 0 R >> endobj\n"),
        Just(
            "4 0 obj << /Length 99 /Filter /FlateDecode >> stream\nBT /F1 1e9 Tf (a) Tj ET\nendstream endobj\n"
        ),
        Just(
            "4 0 obj << /Length 40 >> stream\nBT /F1 10 Tf 72 700 Td (Abstract) Tj ET Q Q q\nendstream endobj\n"
        ),
        Just("5 0 obj [[[[<< /A (((( >> ]] endobj\n"),
        Just("xref\n0 9\n0000000000 65535 f \n0000000009 00000 n \n"),
        Just("trailer << /Root 1 0 R /Size 4294967295 /Prev 0 /Encrypt 5 0 R >>\n"),
        Just("trailer << /Root 1 0 R /Size 6 >>\nstartxref\n0\n%%EOF\n"),
    ];
    vec(piece, 0..12).prop_map(|pieces| format!("%PDF-1.7\n{}", pieces.concat()).into_bytes())
}

/// What LaTeX sources are made of, in any order.
fn latex() -> impl Strategy<Value = Vec<u8>> {
    pieces(&[
        "\\",
        "{",
        "}",
        "[",
        "]",
        "%",
        "\n",
        " ",
        "\n\n",
        "$",
        "\\begin{verbatim}",
        "\\end{verbatim}",
        "\\verb|",
        "|",
        "\\iffalse",
        "\\else",
        "\\fi",
        "\\begin{comment}",
        "\\end{comment}",
        "\\end{document}",
        "\\url{",
        "\\lstinline",
        "\\newif",
        "word",
        "\u{e9}",
        "\\'",
        "*",
    ])
}

/// What bibliographies are made of, in any order.
fn bibtex() -> impl Strategy<Value = Vec<u8>> {
    pieces(&[
        "@", "@article", "{", "}", "(", ")", "\"", "=", ",", "\n", " ", "key", "title", "@comment", "%",
        "\u{e9}",
    ])
}

fn pieces(words: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    let word = (0..words.len()).prop_map(|i| words[i]);
    vec(word, 0..60).prop_map(|all| all.concat().into_bytes())
}
