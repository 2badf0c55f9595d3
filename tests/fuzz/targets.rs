//! What is fuzzed: one function per reader, each of which takes any bytes. `fuzz/` and `tests/fuzz.rs` run the same ones.

use dlde::Submission;
use dlde::paper::Paper;
use dlde::profile::ProfileFile;

/// A reader that takes any bytes.
pub(crate) struct Target {
    /// What it is called on the command line.
    pub(crate) name: &'static str,
    /// Reads bytes; whatever it makes of them is right, as long as it comes back.
    pub(crate) read: fn(&[u8]),
}

/// Every target.
pub(crate) const TARGETS: [Target; 7] = [
    Target { name: "pdf", read: pdf },
    Target { name: "content", read: content },
    Target { name: "font", read: font },
    Target { name: "tex", read: tex },
    Target { name: "bib", read: bib },
    Target { name: "archive", read: archive },
    Target { name: "profile", read: profile },
];

/// A file that is handed in as a paper, all the way to what it means.
pub(crate) fn pdf(bytes: &[u8]) {
    read("paper.pdf", bytes.to_vec());
}

/// The content of a page that has a font, a form, a state, a layer and an image to use.
pub(crate) fn content(bytes: &[u8]) {
    let resources = "/Font << /F1 5 0 R >> /XObject << /X1 6 0 R /I1 7 0 R >> \
                     /ExtGState << /G1 << /ca .5 /LW 2 /Font [5 0 R 9] >> >> /Properties << /M1 8 0 R >>";
    let objects = [
        (FONT, &b""[..]),
        (
            "/Type /XObject /Subtype /Form /BBox [0 0 600 700] /Group << >>",
            b"q /G1 gs BT /F1 9 Tf (ab) Tj ET Q",
        ),
        (
            "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray",
            b"x",
        ),
        ("/Type /OCG /Name (a) /ActualText (b)", b""),
    ];
    read("paper.pdf", file(resources, bytes, &objects));
}

/// A font: the first byte tells which part of it the others are.
pub(crate) fn font(bytes: &[u8]) {
    let Some((kind, part)) = bytes.split_first() else { return };
    // Of the predefined maps only one kind needs any: reading one takes ten times as long as everything else here.
    let ordering = if kind % 7 == 6 { "Japan1" } else { "Identity" };
    let descendant = format!(
        "/DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /CIDSystemInfo \
         << /Registry (Adobe) /Ordering ({ordering}) /Supplement 0 >> /W [0 [500 600] 3 9 700] >>]"
    );
    let embedded = |key: &str, subtype: &str| {
        format!(
            "/Type /Font /Subtype /{subtype} /BaseFont /ABCDEF+Own /FontDescriptor << /Type /FontDescriptor \
             /FontName /ABCDEF+Own /Flags 4 {key} 6 0 R >>"
        )
    };
    let head = match kind % 7 {
        0 => format!("{FONT} /ToUnicode 6 0 R"),
        1 => format!("/Type /Font /Subtype /Type0 /BaseFont /Own /Encoding 6 0 R {descendant}"),
        2 | 6 => format!(
            "/Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /ToUnicode 6 0 R {descendant}"
        ),
        3 => embedded("/FontFile", "Type1"),
        4 => embedded("/FontFile2", "TrueType"),
        _ => embedded("/FontFile3", "Type1"),
    };
    let shown = b"BT /F1 9 Tf 99 700 Td (quiet flows) Tj <00410042ffff> Tj ET";
    let objects = [(head.as_str(), &b""[..]), ("/Subtype /Type1C /Length1 99 /Length2 99 /Length3 9", part)];
    read("paper.pdf", file("/Font << /F1 5 0 R >>", shown, &objects));
}

/// A LaTeX source, all the way to what it means.
pub(crate) fn tex(bytes: &[u8]) {
    read("main.tex", bytes.to_vec());
}

/// A bibliography.
pub(crate) fn bib(bytes: &[u8]) {
    for entry in dlde::bib::entries(bytes) {
        assert!(
            entry.fields.iter().all(|f| entry.span.start <= f.span.start && f.span.end <= entry.span.end)
        );
    }
    read("refs.bib", bytes.to_vec());
}

/// An archive, of whatever kind its first bytes say.
pub(crate) fn archive(bytes: &[u8]) {
    read("submission.zip", bytes.to_vec());
}

/// A venue.
pub(crate) fn profile(bytes: &[u8]) {
    if let Err(error) = ProfileFile::parse("venue.toml", &String::from_utf8_lossy(bytes)) {
        assert!(error.messages().next().is_some(), "a mistake is named");
    }
}

/// Calls `fell` where something falls over in this project itself.
///
/// A crate that reads a broken file may fall over: that is caught, and the file told as broken.
pub(crate) fn watch(fell: impl Fn() + Send + Sync + 'static) {
    // What falls over on a thread of its own would be seen by nobody.
    dlde::join::in_turn();
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let is_foreign = |file: &str| file.contains("/registry/src/") || file.starts_with("/rustc/");
        if info.location().is_some_and(|l| !is_foreign(l.file())) {
            usual(info);
            fell();
        }
    }));
}

/// Ends the process where something of ours falls over, so that a fuzzer keeps the input.
///
/// The hook that the fuzzer itself sets ends the process at every panic, caught or not; this one takes its place.
pub(crate) fn end_where_ours_fall_over() {
    drop(std::panic::take_hook());
    watch(|| std::process::abort());
}

const FONT: &str =
    "/Type /Font /Subtype /Type1 /BaseFont /Times-Roman /FirstChar 0 /LastChar 9 /Widths [500 600]";

fn read(name: &str, bytes: Vec<u8>) {
    let (paper, problems) = Paper::read(&Submission::single(name.to_owned(), bytes));
    assert!(
        paper.is_read() || !problems.is_empty() || !paper.why_unread().is_empty(),
        "what is not read is told"
    );
}

/// A file of one page; further objects have these entries and bytes, from 5 on.
fn file(resources: &str, content: &[u8], objects: &[(&str, &[u8])]) -> Vec<u8> {
    let page = format!(
        "%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Count 1 /Kids [3 0 R] >> \
         endobj\n3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << {resources} \
         >> >> endobj\n"
    );
    let mut out = page.into_bytes();
    for (index, (entries, data)) in [("", content)].iter().chain(objects).enumerate() {
        let head = format!("{} 0 obj << {entries} ", index + 4);
        out.extend(head.bytes());
        if index > 0 && data.is_empty() {
            out.extend(b">> endobj\n");
        } else {
            out.extend(format!("/Length {} >>\nstream\n", data.len()).bytes());
            out.extend(*data);
            out.extend(b"\nendstream endobj\n");
        }
    }
    out.extend(b"trailer << /Root 1 0 R >>\n");
    out
}
