//! What no page shows, in papers built here with invented names: each leak is found where it is, each look-alike is
//! left alone, and `dlde fix` takes away what it may.
#![expect(clippy::disallowed_methods, reason = "these tests write what they check, and run the program")]

mod support {
    pub(crate) mod paper;
    pub(crate) mod pdf;
    pub(crate) mod program;
}

use serde_json::Value;
use std::path::Path;
use support::paper::{findings, paper, split, written};
use support::pdf::{Pdf, updated};
use support::program::{dlde, project};

const JPEG_START: &str = "FFD8";
const JPEG_END: &str = "FFDA0002FFD9>";

/// A JPEG with one comment, in hexadecimal digits.
fn photograph(comment: &str) -> String {
    let digits: String = comment.bytes().map(|b| format!("{b:02X}")).collect();
    format!("{JPEG_START}FFFE{:04X}{digits}{JPEG_END}", comment.len() + 2)
}

const IMAGE: &str = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 \
                     /Filter [/ASCIIHexDecode /DCTDecode]";
const FORM: &str = "/Type /XObject /Subtype /Form /BBox [0 0 9 9]";

fn with_packet(packet: &str) -> Pdf {
    paper().stream("/Type /Metadata /Subtype /XML", packet).catalog("/Metadata 13 0 R")
}

fn with_action(action: &str) -> Pdf {
    paper()
        .object(action)
        .on_first_page("/Annots [<< /Type /Annot /Subtype /Link /Rect [108 525 180 540] /A 13 0 R >>]")
}

fn with_note(note: &str) -> Pdf {
    paper().object(&format!("<< /Type /Annot /Rect [9 9 20 20] {note} >>")).on_first_page("/Annots [13 0 R]")
}

fn with_attachment(name: &str, text: &str) -> Pdf {
    paper()
        .stream("/Type /EmbeddedFile", text)
        .object(&format!("<< /Type /Filespec /F ({name}) /EF << /F 13 0 R >> >>"))
        .catalog(&format!("/Names << /EmbeddedFiles << /Names [({name}) 14 0 R] >> >>"))
}

/// A paper with one leak: its name, the rule that finds it, how grave it is, and what is shown.
type Leak = (&'static str, Pdf, &'static str, &'static str, &'static str);

fn leaks() -> Vec<Leak> {
    [of_properties(), of_figures(), of_notes_and_links(), of_actions_and_attachments()]
        .into_iter()
        .flatten()
        .collect()
}

fn of_figures() -> Vec<Leak> {
    vec![
        (
            "figure",
            paper().stream(&format!("{FORM} /PTEX.InfoDict 14 0 R"), "").object("<< /Author (mvelm) >>"),
            "ANON007",
            "error",
            "mvelm",
        ),
        (
            "figure_xmp",
            paper()
                .stream("/Type /Metadata /Subtype /XML", "<a><dc:creator>Tomas Quist</dc:creator></a>")
                .stream(&format!("{FORM} /Metadata 13 0 R"), ""),
            "ANON007",
            "error",
            "Tomas Quist",
        ),
        (
            "path",
            paper().stream(&format!("{FORM} /PTEX.FileName (/home/mvelm/figs/a.pdf)"), ""),
            "ANON008",
            "error",
            "/home/mvelm/figs/a.pdf",
        ),
        (
            "foreign_path",
            paper().stream(&format!("{FORM} /PTEX.FileName (Z:/Press/a.pdf)"), ""),
            "ANON008",
            "note",
            "Z:/Press/a.pdf",
        ),
        (
            "image",
            paper().stream(IMAGE, &photograph("by m.velm@lanternfield.edu")),
            "ANON012",
            "error",
            "m.velm@lanternfield.edu",
        ),
    ]
}

fn of_notes_and_links() -> Vec<Leak> {
    vec![
        (
            "launch_path",
            with_action("<< /S /Launch /F (/home/mvelm/data.csv) >>"),
            "ANON008",
            "error",
            "/home/mvelm",
        ),
        (
            "note",
            with_note("/Subtype /Text /T (Melanie Velm) /Contents (say more)"),
            "ANON009",
            "error",
            "Melanie Velm: say more",
        ),
        ("nameless_note", with_note("/Subtype /Text /Contents (say more)"), "ANON009", "warning", "say more"),
        (
            "link",
            with_action("<< /S /URI /URI (https://github.com/mvelm/stiff) >>"),
            "ANON010",
            "error",
            "https://github.com/mvelm/stiff",
        ),
        (
            "orcid",
            with_action("<< /S /URI /URI (https://orcid.org/0000-0002-1825-0097) >>"),
            "ANON010",
            "error",
            "https://orcid.org/0000-0002-1825-0097",
        ),
        ("film", with_note("/Subtype /Movie"), "FILE005", "warning", ""),
    ]
}

fn of_actions_and_attachments() -> Vec<Leak> {
    vec![
        (
            "attachment",
            with_attachment("todo.txt", "ask m.velm@lanternfield.edu"),
            "ANON011",
            "error",
            "todo.txt: m.velm@lanternfield.edu",
        ),
        ("plain_attachment", with_attachment("data.csv", "1,2,3"), "ANON011", "warning", "data.csv"),
        (
            "signature",
            paper().object("<< /Type /Sig /ByteRange [0 1 2 3] /Name (Melanie Velm) >>"),
            "ANON016",
            "error",
            "Melanie Velm",
        ),
        (
            "script",
            paper().object("<< /S /JavaScript /JS (app.alert\\(1\\)) >>").catalog("/OpenAction 13 0 R"),
            "FILE005",
            "error",
            "",
        ),
        (
            "call_home",
            paper()
                .object("<< /S /URI /URI (https://lanternfield.edu/seen) >>")
                .catalog("/OpenAction 13 0 R"),
            "FILE005",
            "error",
            "https://lanternfield.edu/seen",
        ),
    ]
}

fn of_properties() -> Vec<Leak> {
    let token = format!("/Keywords (ghp_{}1B)", "a".repeat(36));
    vec![
        ("info", paper().info("Author", "Melanie Velm"), "ANON005", "error", "Melanie Velm"),
        (
            "xmp",
            with_packet("<a><dc:creator><rdf:li>Melanie Velm</rdf:li></dc:creator></a>"),
            "ANON006",
            "error",
            "Melanie Velm",
        ),
        (
            "stray",
            paper().object("<< /Author (Melanie Velm) /Title (Old) >>"),
            "ANON014",
            "error",
            "Melanie Velm",
        ),
        ("company", paper().info("Company", "Lanternfield Labs"), "ANON015", "error", "Lanternfield Labs"),
        (
            "title",
            paper().info("Title", "Microsoft Word - draft.docx"),
            "ANON015",
            "warning",
            "Microsoft Word - draft.docx",
        ),
        ("credential", paper().object(&format!("<< /Author (x) {token} >>")), "ANON017", "error", "ghp_…"),
    ]
}

/// Papers that look like leaks and are none.
fn clean() -> Vec<(&'static str, Pdf)> {
    vec![
        (
            "plain",
            paper().info("Author", "Anonymous Author(s)").info("Title", "On the Steps of Stiff Systems"),
        ),
        (
            "tools",
            with_packet("<a xmp:CreatorTool='LaTeX with hyperref'><dc:creator>Anonymous</dc:creator></a>"),
        ),
        (
            "plot",
            paper()
                .stream(&format!("{FORM} /PTEX.FileName (./figs/a.pdf) /PTEX.InfoDict 14 0 R"), "")
                .object("<< /Creator (Matplotlib v3.7) /Producer (Matplotlib pdf backend) >>"),
        ),
        ("service", paper().stream(&format!("{FORM} /PTEX.FileName (/compile/figs/a.pdf)"), "")),
        ("highlight", with_note("/Subtype /Highlight")),
        ("doi", with_action("<< /S /URI /URI (https://doi.org/10.1000/182) >>")),
        ("anonymous_code", with_action("<< /S /URI /URI (https://anonymous.4open.science/r/stiff-1A2B) >>")),
        ("opening", paper().object("<< /S /GoTo /D [2 0 R /Fit] >>").catalog("/OpenAction 13 0 R")),
        (
            "font",
            paper()
                .stream("/Type /Metadata /Subtype /XML", "<a><dc:creator>Tomas Quist</dc:creator></a>")
                .object("<< /Type /FontDescriptor /FontName /Quarry /Metadata 13 0 R >>"),
        ),
        ("photograph", paper().stream(IMAGE, &photograph("quality 90"))),
        (
            "layer",
            paper()
                .object("<< /Type /OCG /Name (background) >>")
                .catalog("/OCProperties << /OCGs [13 0 R] /D << >> >>"),
        ),
    ]
}

#[test]
fn every_leak_is_found_by_its_rule() {
    for (name, pdf, code, severity, evidence) in leaks() {
        let report = checked(&written(name, &pdf.bytes()), &[]);
        let found = findings(&report);
        let hit = found.iter().find(|f| f["code"] == code && f["severity"] == severity);
        let hit = hit.unwrap_or_else(|| panic!("{name}: {found:#?}"));
        assert_eq!(hit["evidence"].as_str().unwrap_or_default(), evidence, "{name}");
    }
}

/// Bytes in groups of four, the last one filled with zeros. Source: ISO 32000-1 §7.4.3.
fn ascii_85(bytes: &[u8]) -> String {
    let group = |four: &[u8]| {
        let number = (0..4).fold(0_u32, |sum, at| sum << 8 | u32::from(*four.get(at).unwrap_or(&0)));
        let digit = |power: u32| char::from(b'!' + (number / 85_u32.pow(power) % 85) as u8);
        if number == 0 { "z".to_owned() } else { (0..5).rev().map(digit).collect() }
    };
    bytes.chunks(4).map(group).collect::<String>() + "~>"
}

#[test]
fn a_picture_whose_head_is_long_and_packed_is_read_to_its_end() {
    // Comments of zeros take no room where they are packed, and the one that tells something comes behind them.
    let comment = |text: &[u8]| [&[0xff, 0xfe], &(text.len() as u16 + 2).to_be_bytes()[..], text].concat();
    let zeros = comment(&[0; 60_000]);
    let told = comment(b"by m.velm@lanternfield.edu");
    let picture = [&[0xff, 0xd8][..], &zeros, &zeros, &told, &[0xff, 0xda, 0, 2, 0xff, 0xd9]].concat();
    let image = IMAGE.replace("ASCIIHexDecode", "ASCII85Decode");
    let report = checked(&written("long_head", &paper().stream(&image, &ascii_85(&picture)).bytes()), &[]);
    assert!(findings(&report).iter().any(|f| f["code"] == "ANON012"), "{:#?}", findings(&report));
}

#[test]
fn what_only_looks_like_a_leak_is_left_alone() {
    for (name, pdf) in clean() {
        let report = checked(&written(name, &pdf.bytes()), &[]);
        let loud: Vec<_> = findings(&report).into_iter().filter(|f| f["severity"] != "note").collect();
        assert!(loud.is_empty(), "{name}: {loud:#?}");
    }
}

#[test]
fn a_name_that_only_an_earlier_revision_holds_is_found() {
    let old = paper().info("Author", "Melanie Velm").bytes();
    let new = updated(&old, 4, "<< /Producer (pdfTeX) >>");
    let report = checked(&written("revision", &new), &[]);
    let codes: Vec<_> = findings(&report).iter().map(|f| f["code"].clone()).collect();
    assert_eq!(codes, ["ANON013"]);
    assert_eq!(findings(&report)[0]["evidence"], "Melanie Velm");
    assert_eq!(findings(&report)[0]["place"]["inside"], "revision 1");
    let harmless = updated(&paper().info("Producer", "pdfTeX").bytes(), 4, "<< /Producer (other) >>");
    let report = checked(&written("harmless_revision", &harmless), &[]);
    assert_eq!(findings(&report)[0]["severity"], "note");
}

#[test]
fn files_within_files_within_files_are_read() {
    let inner = with_attachment("notes.txt", "ask m.velm@lanternfield.edu").bytes();
    let inner = String::from_utf8(inner).expect("what is built here is text");
    let report = checked(&written("nested", &with_attachment("inner.pdf", &inner).bytes()), &[]);
    let names: Vec<_> =
        findings(&report).iter().filter_map(|f| f["evidence"].as_str().map(str::to_owned)).collect();
    assert!(names.contains(&"inner.pdf!notes.txt: m.velm@lanternfield.edu".to_owned()), "{names:?}");
}

#[test]
fn a_reviewer_is_told_that_and_not_what() {
    for (name, pdf, code, ..) in leaks() {
        let file = written(name, &pdf.bytes());
        let report = checked(&file, &["--audience", "reviewer"]);
        let found = findings(&report);
        assert!(found.iter().any(|f| f["code"] == code), "{name}");
        for finding in found {
            let text = finding.to_string().to_lowercase();
            assert!(!text.contains("velm") && !text.contains("quist"), "{name}: {text}");
        }
    }
}

#[test]
fn a_supplied_name_is_found_and_not_repeated() {
    let pdf = paper()
        .object("<< /Title (Notes for Melanie Velmgaard) >>")
        .catalog("/Outlines << /First 13 0 R /Last 13 0 R >>");
    let file = written("bookmark", &pdf.bytes());
    let silent = checked(&file, &[]);
    assert!(findings(&silent).is_empty());
    let report = checked(&file, &["--author", "Melanie Velmgaard"]);
    assert_eq!(findings(&report)[0]["code"], "ANON018");
    assert_eq!(findings(&report)[0]["evidence"], "author 1, name");
    assert!(!report.to_string().contains("Velmgaard"));
    let shown = checked(&file, &["--author", "Velmgaard, Melanie", "--show-identities"]);
    assert_eq!(findings(&shown)[0]["evidence"], "Melanie Velmgaard");
}

#[test]
fn a_supplied_name_is_found_in_places_and_layers_that_bear_it() {
    let place = "/Names << /Dests << /Names [(velmgaard-notes) [2 0 R /Fit] (section.1) [2 0 R /Fit]] >> >>";
    let layer = "/OCProperties << /OCGs [13 0 R] /D << >> >>";
    for (name, pdf) in [
        ("place", paper().catalog(place)),
        ("named_layer", paper().object("<< /Type /OCG /Name (draft of M. Velmgaard) >>").catalog(layer)),
    ] {
        let report = checked(&written(name, &pdf.bytes()), &["--author", "Melanie Velmgaard"]);
        assert_eq!(findings(&report).len(), 1, "{name}");
        assert_eq!(findings(&report)[0]["code"], "ANON018", "{name}");
    }
}

#[test]
fn a_page_that_is_a_picture_leaves_hidden_links_open() {
    let report = checked(&written("picture", &paper().picture().bytes()), &[]);
    let open = report["verdicts"].as_array().expect("verdicts").iter().find(|v| v["code"] == "ANON010");
    assert_eq!(open.expect("the rule on links")["outcome"], "undetermined");
}

#[test]
fn a_reviewer_cannot_look_for_authors() {
    let file = written("reviewer", &paper().bytes());
    let (folder, name) = split(&file);
    let run = dlde(folder, &["check", name, "--audience", "reviewer", "--author", "Melanie Velm"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("a reviewer names no authors") && !run.err.contains("Velm"), "{}", run.err);
}

#[test]
fn a_file_of_identities_that_says_nothing_is_refused_without_its_words() {
    let file = written("broken_identities", &paper().bytes());
    let (folder, name) = split(&file);
    std::fs::write(folder.join("who.json"), r#"{"authors": [{"name": ["Velm"]}]}"#)
        .expect("a folder to write to");
    let run = dlde(folder, &["check", name, "--identities", "who.json"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("did you mean `names`?") && !run.err.contains("Velm"), "{}", run.err);
}

/// Rules whose findings `dlde fix` takes away.
const MENDED: [&str; 11] = [
    "ANON005", "ANON006", "ANON007", "ANON008", "ANON011", "ANON013", "ANON014", "ANON015", "ANON016",
    "ANON017", "FILE005",
];

#[test]
fn fixing_takes_away_what_no_page_shows() {
    // What plays is painted by its annotation, and an image behind two filters is not rewritten.
    for (name, pdf, code, ..) in leaks().into_iter().filter(|(name, ..)| *name != "film") {
        let file = written(name, &pdf.bytes());
        let (folder, name) = split(&file);
        let _ = std::fs::remove_file(folder.join("clean.pdf"));
        let run = dlde(folder, &["fix", name, "-o", "clean.pdf", "--attachments"]);
        assert!(run.out.contains("its pages are the same"), "{name}: {}{}", run.out, run.err);
        let report = checked(&folder.join("clean.pdf"), &[]);
        let left: Vec<_> =
            findings(&report).into_iter().filter(|f| MENDED.iter().any(|m| f["code"] == *m)).collect();
        assert!(left.is_empty(), "{code}: {left:#?}");
        let loud = findings(&report).into_iter().any(|f| f["code"] == "ANON009" && f["severity"] != "note");
        assert!(!loud, "{code}: a note still says something");
        let bytes = std::fs::read(folder.join("clean.pdf")).expect("the new file");
        let says = |word: &str| bytes.windows(word.len()).any(|w| w == word.as_bytes());
        assert!(code == "ANON012" || !says("Melanie") && !says("Quist"), "{code}");
    }
}

#[test]
fn fixing_keeps_links_and_the_words_of_pages() {
    let file = written("kept", &with_action("<< /S /URI /URI (https://doi.org/10.1000/182) >>").bytes());
    let (folder, name) = split(&file);
    let _ = std::fs::remove_file(folder.join("clean.pdf"));
    let run = dlde(folder, &["fix", name, "-o", "clean.pdf"]);
    assert!(run.out.contains("dropped:\n  nothing"), "{}{}", run.out, run.err);
    let words = |file: &str| dlde(folder, &["outline", file, "--text"]).out;
    assert_eq!(words(name), words("clean.pdf"));
    // Nothing is written over: neither the paper nor anything else.
    assert_eq!(dlde(folder, &["fix", name, "-o", "clean.pdf"]).code, Some(2));
    assert_eq!(dlde(folder, &["fix", name, "-o", name]).code, Some(2));
}

#[test]
fn names_that_latex_makes_up_are_no_addresses() {
    let places =
        "/Names << /Dests << /Names [(dlde@notice.caption) [2 0 R /Fit] (float@type.1) [2 0 R /Fit]] >> >>";
    let report = checked(&written("made_up", &paper().catalog(places).bytes()), &[]);
    assert!(findings(&report).is_empty(), "{report}");
    let place = "/Names << /Dests << /Names [(mvelm@lanternfield.edu) [2 0 R /Fit]] >> >>";
    let report = checked(&written("address", &paper().catalog(place).bytes()), &[]);
    assert_eq!(findings(&report)[0]["code"], "ANON015");
}

#[test]
fn attached_files_stay_unless_they_are_to_go() {
    let file = written("attached", &with_attachment("data.csv", "1,2,3").bytes());
    let (folder, name) = split(&file);
    let codes = |more: &[&str]| {
        let _ = std::fs::remove_file(folder.join("clean.pdf"));
        dlde(folder, &[&["fix", name, "-o", "clean.pdf"], more].concat());
        let report = checked(&folder.join("clean.pdf"), &[]);
        findings(&report).into_iter().map(|f| f["code"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(codes(&[]), ["ANON011"]);
    assert!(codes(&["--attachments"]).is_empty());
}

#[test]
fn a_locked_file_is_not_fixed() {
    let file = written("locked", &paper().locked().bytes());
    let (folder, name) = split(&file);
    let run = dlde(folder, &["fix", name, "-o", "clean.pdf"]);
    assert_eq!(run.code, Some(2));
    assert!(!folder.join("clean.pdf").exists() && run.err.contains("nothing was written"), "{}", run.err);
}

fn checked(file: &Path, more: &[&str]) -> Value {
    let file = file.display().to_string();
    let rules = "ANON005,ANON006,ANON007,ANON008,ANON009,ANON010,ANON011,ANON012,ANON013,ANON014,ANON015,ANON016,ANON017,ANON018,FILE005";
    let run = dlde(&project(), &[&["check", &file, "--select", rules, "--format", "json"], more].concat());
    serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.err))
}
