//! What HotCRP is told of a PDF: the contract, on our samples, on files made for it, and on real papers where they are.
//!
//! The schema holds what HotCRP's `src/checkformat.php` reads, and nothing that it calls wrong.
#![expect(clippy::disallowed_methods, reason = "these tests run the program and read papers")]

mod support {
    pub(crate) mod pdf;
    pub(crate) mod program;
}

use serde_json::{Value, json};
use std::path::Path;
use std::sync::LazyLock;
use std::time::{SystemTime, UNIX_EPOCH};
use support::pdf::{FIRST_OBJECT, Pdf};
use support::program::{dlde, project};

/// A slow machine is no reason to fail here.
const PATIENCE: [&str; 2] = ["--timeout", "2m"];

static CONTRACT: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let schema = include_str!("hotcrp.schema.json");
    let schema = serde_json::from_str(schema).expect("the schema is JSON");
    jsonschema::validator_for(&schema).expect("the schema is sound")
});

/// What the program says of a file, which is one object that keeps to the contract.
fn said(folder: &Path, args: &[&str]) -> Value {
    let run = dlde(folder, &[&["hotcrp"], args, &PATIENCE[..]].concat());
    assert_eq!(run.code, Some(0), "{args:?}: {}", run.err);
    let object: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{args:?}: {}", run.out));
    let wrong: Vec<_> =
        CONTRACT.iter_errors(&object).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(wrong.is_empty(), "{args:?}: {wrong:?}\n{object}");
    object
}

/// What the program says of these bytes.
fn said_of(bytes: &[u8]) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("paper.pdf"), bytes).expect("a file");
    said(folder.path(), &["paper.pdf"])
}

fn sample(name: &str) -> Value {
    said(&project().join("samples"), &[&format!("{name}/paper.pdf")])
}

/// The types of the pages, as HotCRP reads them.
fn types(object: &Value) -> Vec<&str> {
    let pages = object["pages"].as_array().expect("pages");
    pages.iter().map(|page| page["type"].as_str().unwrap_or("body")).collect()
}

/// Lines of a page, from the top.
fn prose(lines: usize) -> Vec<(f64, f64, &'static str)> {
    let words =
        "We study how long a step may be when a system is stiff, and give a bound on the length of it.";
    (0..lines).map(|line| (108.0, 700.0 - 11.0 * line as f64, words)).collect()
}

/// The failure that HotCRP shows as a file that may be corrupt.
fn is_failure(object: &Value) -> bool {
    object["error"] == json!(true) && object["pages"] == json!([]) && object.get("papersize").is_none()
}

#[test]
fn every_sample_keeps_to_the_contract_and_its_pages_are_what_they_are() {
    for (name, expected) in [
        ("clean", &["body", "body", "body", "body", "bib"][..]),
        ("over-length", &["body", "body", "body", "body", "body"]),
        ("final", &["body", "body", "body", "bib"]),
        ("acknowledgements", &["body", "body", "body", "bib"]),
    ] {
        let object = sample(name);
        assert_eq!(types(&object), expected, "{name}");
        assert_eq!(object["papersize"], json!([792, 612]), "{name}");
        assert_eq!((&object["bodyfontsize"], &object["leading"]), (&json!(10.0), &json!(10.9)), "{name}");
        assert_eq!(object["columns"], 1, "{name}");
    }
    let long = sample("long-appendix");
    assert_eq!(types(&long), [&["body"; 3][..], &["appendix"; 7]].concat());
    assert_eq!((&long["body_pages"], &long["appendix_page"]), (&json!(3), &json!(4)));
    assert_eq!(sample("over-length")["dlde"]["verdict"], "fail");
}

#[test]
fn the_time_is_that_of_the_run() {
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).expect("a time after 1970").as_secs();
    let before = now();
    let at = sample("clean")["at"].as_u64().expect("a time");
    assert!((before..=now()).contains(&at));
}

#[test]
fn what_hotcrp_says_to_other_programs_is_understood_anywhere() {
    let folder = project().join("samples");
    let told = |args: &[&str]| {
        let run = dlde(&folder, args);
        let mut object: Value = serde_json::from_str(&run.out).expect("an object");
        object["at"] = json!(0);
        object
    };
    let plain = told(&["hotcrp", "clean/paper.pdf"]);
    assert_eq!(told(&["hotcrp", "-json", "-no-time", "-colpos", "clean/paper.pdf"]), plain);
    assert_eq!(told(&["-json", "hotcrp", "-colpos", "clean/paper.pdf", "-no-time"]), plain);
}

#[test]
fn a_bare_environment_and_another_folder_are_enough() {
    let folder = tempfile::tempdir().expect("a folder");
    let paper = project().join("samples/clean/paper.pdf");
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_dlde"))
        .arg("hotcrp")
        .arg(paper)
        .current_dir(folder.path())
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .output()
        .expect("the program starts");
    let object: Value = serde_json::from_slice(&run.stdout).expect("an object");
    assert!(CONTRACT.is_valid(&object), "{object}");
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0, "nothing is left behind");
}

#[test]
fn what_is_no_readable_pdf_is_a_failure() {
    let locked = Pdf::default().page(prose(40)).locked().bytes();
    let whole = Pdf::default().page(prose(40)).bytes();
    let zip = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec();
    for (what, bytes) in [
        ("locked", locked),
        ("empty", Vec::new()),
        ("text", b"no paper".to_vec()),
        ("a beginning", whole[..200].to_vec()),
        ("an archive", zip),
        ("no page", Pdf::default().bytes()),
    ] {
        let object = said_of(&bytes);
        assert!(is_failure(&object), "{what}: {object}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    assert!(is_failure(&said(folder.path(), &["nothing-here.pdf"])));
    assert!(is_failure(&said(folder.path(), &["."])));
}

#[test]
fn a_check_that_takes_too_long_is_a_failure_and_ends() {
    let run = dlde(&project().join("samples"), &["hotcrp", "clean/paper.pdf", "--timeout", "1ms"]);
    let object: Value = serde_json::from_str(&run.out).expect("an object");
    assert!(is_failure(&object) && CONTRACT.is_valid(&object), "{object}");
    assert!(run.err.contains("took longer than allowed"), "{}", run.err);
}

#[test]
fn an_unknown_venue_says_nothing_that_hotcrp_could_keep() {
    let run = dlde(&project(), &["hotcrp", "samples/clean/paper.pdf", "--venue", "no-such-venue"]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
}

#[test]
fn blank_pages_are_blank_and_pictures_are_not() {
    let object = said_of(&Pdf::default().page(prose(50)).painted("").page(prose(50)).picture().bytes());
    assert_eq!(types(&object), ["body", "blank", "body", "body"]);
    // Nothing says that the main text ends before the picture.
    assert_eq!(object["body_pages"], 4);
    let object = said_of(&Pdf::default().painted("").picture().bytes());
    assert_eq!(types(&object), ["blank", "body"]);
    assert_eq!((&object["papersize"], object.get("body_pages")), (&json!([792, 612]), None));
}

#[test]
fn a_page_that_cannot_be_read_is_not_blank() {
    let broken = "BT /F1 10 Tf 108 700 Td (Words) Tj ET << /A (";
    let file = Pdf::default().page(prose(50)).painted(broken).bytes();
    assert!(!types(&said_of(&file)).contains(&"blank"));
}

#[test]
fn a_page_of_another_size_tells_its_size() {
    let a4 = "/MediaBox [0 0 595.28 841.89]";
    let paper = Pdf::default().on_first_page(a4).page(prose(50)).page(prose(50)).page(prose(50)).bytes();
    // The writer's own box comes first; of two the later one counts for no reader.
    let paper = String::from_utf8(paper).expect("text").replacen(
        "/MediaBox [0 0 612 792]",
        "                       ",
        1,
    );
    let object = said_of(paper.as_bytes());
    assert_eq!(object["papersize"], json!([792, 612]));
    assert_eq!(object["pages"][0]["papersize"], json!([842, 595]));
    assert_eq!(object["pages"][1].get("papersize"), None);
}

#[test]
fn two_columns_are_counted() {
    let words = "The bound holds for every step length.";
    let line = |x: f64| (0..50).map(move |line| (x, 700.0 - 11.0 * f64::from(line), words));
    let column = || line(72.0).chain(line(320.0)).collect::<Vec<_>>();
    let object = said_of(&Pdf::default().page(column()).page(column()).page(prose(50)).bytes());
    assert_eq!(object["columns"], 2, "{object}");
    assert_eq!(object["pages"][2]["columns"], 1, "{object}");
}

/// A paper of two pages whose first one has these annotations.
fn annotated(annotations: &str) -> Pdf {
    let on_page = format!("/Annots [{annotations}]");
    Pdf::default().on_first_page(&on_page).page(prose(50)).page(prose(50))
}

/// A link with this action.
fn link(action: &str) -> String {
    format!("<< /Type /Annot /Subtype /Link /Rect [108 700 200 710] /A << {action} >> >>")
}

#[test]
fn every_kind_of_active_content_has_the_name_that_hotcrp_gives_it() {
    let played = |subtype| format!("<< /Type /Annot /Subtype /{subtype} /Rect [108 700 200 710] >>");
    for (kind, file) in [
        ("javascript", annotated(&link("/S /JavaScript /JS (app.alert\\(1\\))"))),
        ("launch", annotated(&link("/S /Launch /F (/usr/bin/xterm)"))),
        ("rellaunch", annotated(&link("/S /Launch /F (film.mp4)"))),
        ("submitform", annotated(&link("/S /SubmitForm /F (https://lanternfield.edu/in)"))),
        ("richmedia", annotated(&played("RichMedia"))),
        ("multimedia", annotated(&played("Movie"))),
        ("externalref", annotated(&link("/S /GoToR /F (https://lanternfield.edu/a.pdf)"))),
        ("autoaction", annotated("").catalog("/OpenAction << /S /URI /URI (https://lanternfield.edu) >>")),
        ("xfa", annotated("").catalog("/AcroForm << /Fields [] /XFA (x) >>")),
    ] {
        let object = said_of(&file.bytes());
        assert_eq!(object["unsafe"], json!({ kind: [1] }), "{kind}");
    }
}

#[test]
fn active_content_is_told_with_its_pages_and_links_are_not() {
    let action = "<< /S /JavaScript /JS (1) >>";
    let first = format!("<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A {FIRST_OBJECT} 0 R >>");
    let paper = annotated(&first).object(action).page(prose(50)).bytes();
    assert_eq!(said_of(&paper)["unsafe"], json!({ "javascript": [1] }));
    // The same on the third page, whose object is the last page's. The table of objects no longer fits, and is hidden.
    let third = String::from_utf8(Pdf::default().page(prose(9)).page(prose(9)).page(prose(9)).bytes());
    let third = third.expect("text").replace("startxref\n", "startxref\n0");
    let at = third.rfind("/Type /Page /Parent").expect("a page");
    let acts = "/AA << /O << /S /JavaScript /JS (1) >> >> ";
    let third = format!("{}{acts}{}", &third[..at], &third[at..]);
    assert_eq!(said_of(third.as_bytes())["unsafe"], json!({ "javascript": [3] }));
    let address = annotated(&link("/S /URI /URI (https://lanternfield.edu)")).bytes();
    assert_eq!(said_of(&address).get("unsafe"), None);
}

/// What the pages of a paper may be, by its label; nothing for a supplement, which is an appendix throughout.
fn expected(label: &Value, page: u64) -> Vec<&'static str> {
    let number = |key: &str| label[key].as_u64();
    let last = number("main_text_last_page").unwrap_or(0);
    if page <= last {
        return vec!["body"];
    }
    let begins = |key| number(key).is_some_and(|first| page >= first);
    let mut kinds = vec!["blank"];
    if begins("references_start_page") && number("references_end_page").is_none_or(|end| page <= end) {
        kinds.push("bib");
    }
    if begins("appendix_start_page") || begins("checklist_start_page") {
        kinds.push("appendix");
    }
    if number("ack_page") == Some(page) {
        kinds.push("bib");
    }
    kinds
}

#[test]
fn the_pages_of_real_papers_are_what_their_labels_say() {
    let corpus = project().join("../shared/corpus");
    let Ok(labels) = std::fs::read_to_string(corpus.join("labels.jsonl")) else {
        eprintln!("skipped: no labelled papers are at hand");
        return;
    };
    let labels: Vec<Value> =
        labels.lines().map(|line| serde_json::from_str(line).expect("a label")).collect();
    let half = labels.len() / 2;
    let misses: Vec<String> = std::thread::scope(|scope| {
        let parts = [&labels[..half], &labels[half..]];
        let tasks = parts.map(|part| scope.spawn(|| part.iter().filter_map(|l| miss(&corpus, l)).collect()));
        tasks.into_iter().flat_map(|task| -> Vec<String> { task.join().expect("a check") }).collect()
    });
    eprintln!("{} of {} papers agree with their labels", labels.len() - misses.len(), labels.len());
    assert!(misses.is_empty(), "{}", misses.join("\n"));
}

/// What is wrong with what is said of a labelled paper.
fn miss(corpus: &Path, label: &Value) -> Option<String> {
    let name = label["name"].as_str().expect("a name");
    let object = said(&corpus.join("pdf"), &[&format!("{name}.pdf")]);
    let types = types(&object);
    let last = label["main_text_last_page"].as_u64().unwrap_or(0);
    let is_wrong = |(at, kind): (usize, &&str)| !expected(label, at as u64 + 1).contains(kind);
    let wrong = types.iter().enumerate().filter(|found| is_wrong(*found)).count();
    let is_right = wrong == 0
        && Some(types.len() as u64) == label["pages"].as_u64()
        && object["body_pages"].as_u64() == (last > 0).then_some(last);
    (!is_right).then(|| format!("{name}: {types:?}, main text to page {last}, {}", object["body_pages"]))
}
