//! What the fuzzers begin with: small files of each kind, and the small ones among the hostile files.

use super::hostile::quick;
use super::small::{Pdf, updated};
use std::path::Path;
use std::sync::OnceLock;

/// So much of a source is a seed, in bytes: a whole one is read ten times slower, and teaches a fuzzer no more.
const LARGEST: usize = 4 << 10;
/// The largest hostile file that is a seed, in bytes. Those that ask for work are larger: fuzzing is to be quick.
const LARGEST_HOSTILE: usize = 3 << 10;

/// The seeds of a target.
pub(crate) fn of(target: &str) -> Vec<Vec<u8>> {
    let mut seeds = match target {
        "pdf" => papers(),
        "tex" => samples("tex"),
        "bib" => bibliographies(),
        "profile" => dlde::profile::BUILTIN.iter().map(|(_, text)| text.as_bytes().to_vec()).collect(),
        "content" => contents(),
        "font" => fonts(),
        _ => Vec::new(),
    };
    let endings: &[&str] = match target {
        "pdf" => &["pdf"],
        "tex" => &["tex"],
        "bib" => &["bib"],
        "archive" => &["zip", "tar", "gz"],
        "profile" => &["toml"],
        _ => &[],
    };
    let hostile = small().iter().filter(|(file, _)| endings.iter().any(|e| file.ends_with(e)));
    seeds.extend(hostile.map(|(_, bytes)| bytes.clone()));
    seeds
}

/// The small ones among the hostile files, with their names; made once.
fn small() -> &'static [(&'static str, Vec<u8>)] {
    static SMALL: OnceLock<Vec<(&str, Vec<u8>)>> = OnceLock::new();
    let made = || quick().map(|case| (case.file, (case.make)()));
    SMALL.get_or_init(|| made().filter(|(_, bytes)| bytes.len() <= LARGEST_HOSTILE).collect())
}

fn bibliographies() -> Vec<Vec<u8>> {
    let plain =
        "@article{velm2020, title = {Quiet {F}lows}, author = \"Velm, M. and Oss, Ina\", year = 2020}\n";
    let texts = "@string{jq = \"J. Quiet\"} @inproceedings(a, booktitle = jq # { of Flows}, month = jan, doi = {10.1/a})";
    let others = "@comment{a} @preamble{\"\\def\\a{b}\"} % a\n@misc{b, note = {under review}, url = {https://a.example/~b}}";
    let marks =
        "@book{c, author = {{\\\"O}ss, {\\'E}. and others}, title = {$x^{2}$ \\emph{d}}, crossref = {a}}";
    [plain, texts, others, marks].map(|s| s.as_bytes().to_vec()).to_vec()
}

/// The samples of one kind, a piece each.
fn samples(ending: &str) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let files = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().filter_map(Result::ok);
    let wanted = files.filter(|f| f.path().extension().is_some_and(|e| e == ending));
    let read = wanted.filter_map(|f| std::fs::read(f.path()).ok());
    let pieces = read.enumerate().map(|(index, bytes)| {
        // Another piece of each: their beginnings are alike.
        let piece = bytes.chunks(LARGEST).nth(index % 3).or(bytes.chunks(LARGEST).next());
        piece.unwrap_or_default().to_vec()
    });
    pieces.collect()
}

/// Papers of a few kilobytes: whole ones are read a thousand times slower, and teach a fuzzer no more.
fn papers() -> Vec<Vec<u8>> {
    let lines =
        [(108.0, 700.0, "Quiet flows bend"), (108.0, 688.0, "1 Introduction"), (108.0, 676.0, "References")];
    let page = || Pdf::default().page(lines);
    let link = "/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://a.example/b) >> >> << /Subtype \
                /Text /Rect [0 0 9 9] /Contents (c) /T (d) >>]";
    let packet = "<x:xmpmeta><rdf:li>a</rdf:li><dc:creator>M. Velm</dc:creator></x:xmpmeta>";
    let marks =
        "/OC /L0 BDC BT /F2 9 Tf (a) Tj ET EMC /G0 gs BT /F3 9 Tf (\\001b) Tj 3 Tr (c) Tj ET q /I1 Do Q";
    vec![
        page().bytes(),
        page()
            .page(lines)
            .outline("a", 1)
            .destination("section.1", 2, 99.0)
            .info("Author", "M. Velm")
            .bytes(),
        page().picture().painted(marks).bytes(),
        page().on_first_page(link).described("a figure").bytes(),
        page().catalog("/Metadata 13 0 R").stream("/Type /Metadata /Subtype /XML", packet).bytes(),
        page().locked().bytes(),
        updated(&page().bytes(), 4, "<< /Author (M. Velm) >>"),
    ]
}

fn contents() -> Vec<Vec<u8>> {
    let text = "q BT /F1 9.96 Tf 1 0 0 1 108 700 Tm 0 g [(Quiet)-333(flows)] TJ T* (bend) ' 3 Tr (x) Tj ET Q";
    let drawing = "q .5 w 1 0 0 rg 10 10 m 20 20 l 1 2 3 4 5 6 c h B* 0 0 9 9 re W n /X1 Do /I1 Do Q /G1 gs";
    let marks = "/OC /M1 BDC /Span << /ActualText (a) /E (b) >> BDC BT /F1 9 Tf (c) Tj ET EMC EMC";
    let image = "BI /W 1 /H 1 /BPC 8 ID x EI /P1 cs 1 .5 scn /S1 sh 1 2 3 k 99 Tz 5 Ts -4 Tc 3 Tw";
    [text, drawing, marks, image].map(|s| s.as_bytes().to_vec()).to_vec()
}

/// A part of each kind behind the byte that tells it.
fn fonts() -> Vec<Vec<u8>> {
    let map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def 1 begincodespacerange \
               <00> <FF> endcodespacerange 2 beginbfchar <01> <0041> <02> <00660066> endbfchar 1 beginbfrange <61> \
               <7A> <0061> <80> <82> [<0041> <0042> <0043>] endbfrange endcmap";
    let codes = "/WMode 0 def 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 begincidrange <0000> <00ff> 0 \
                 endcidrange 1 begincidchar <0141> 7 endcidchar /H usecmap";
    let program = "%!PS-AdobeFont-1.0: Own\n/FontName /Own def /Encoding 256 array\ndup 97 /a put\ndup 98 /b put\n\
                   readonly def currentfile eexec";
    let truetype: &[u8] =
        b"\0\x01\0\0\0\x01\0\x10\0\0\0\0cmap\0\0\0\0\0\0\0\x1c\0\0\0\x10\0\0\0\x01\0\x03\0\x01\0\0\0\x0c";
    let compact: &[u8] = b"\x01\0\x04\x01\0\x01\x01\x01\x04Own\0\x01\x01\x01\x04\x8b\x11\x8b\0\0\0\0";
    let parts: [(u8, &[u8]); 7] = [
        (0, map.as_bytes()),
        (1, codes.as_bytes()),
        (2, map.as_bytes()),
        (3, program.as_bytes()),
        (4, truetype),
        (5, compact),
        (6, map.as_bytes()),
    ];
    parts.map(|(kind, part)| [&[kind], part].concat()).to_vec()
}
