//! PDFs whose streams grow beyond all measure.

use super::case::{Case, Says, pdf};
use super::object::{FIRST, Pdf, stream, tabled};
use super::packed::{gibibyte, lzw, mebibyte, once, zlib};

pub(crate) const CASES: &[Case] = &[
    pdf("content-of-a-gibibyte", || Pdf::deflated(gibibyte()).bytes(), Says::Unread("too complex")),
    pdf(
        "content-deflated-twice",
        || nested(&["/FlateDecode"; 2], once(&gibibyte())),
        Says::Unread("too complex"),
    ),
    pdf(
        "content-deflated-thrice",
        || nested(&["/FlateDecode"; 3], once(&once(&gibibyte()))),
        Says::Unread("too complex"),
    ),
    pdf("content-of-lzw", || nested(&["/LZWDecode"], lzw(b' ', 200_000)), Says::Unread("too complex")),
    pdf(
        "lzw-in-flate",
        || nested(&["/FlateDecode", "/LZWDecode"], once(&lzw(b' ', 200_000))),
        Says::Unread("too complex"),
    ),
    pdf(
        "hexadecimal-in-flate",
        || nested(&["/FlateDecode", "/ASCIIHexDecode"], zlib(&b"20".repeat(1 << 19), 900)),
        Says::Unread("too complex"),
    ),
    pdf(
        "ascii-85-in-flate",
        || nested(&["/FlateDecode", "/ASCII85Decode"], zlib(&mebibyte(b'z'), 30)),
        Says::Unread("too complex"),
    ),
    pdf(
        "run-lengths-in-flate",
        || nested(&["/FlateDecode", "/RunLengthDecode"], zlib(&[129, b' '].repeat(1 << 19), 4)),
        Says::Unread("too complex"),
    ),
    pdf(
        "a-thousand-filters",
        || nested(&["/RunLengthDecode"; 1000], run_length(1000)),
        Says::Unread("too complex"),
    ),
    pdf(
        "eighty-hexadecimal-filters",
        || nested(&["/ASCIIHexDecode"; 80], b"20".repeat(1 << 20)),
        Says::Unread("too complex"),
    ),
    pdf(
        "filters-within-an-image-chain",
        || nested(&["/FlateDecode", "/DCTDecode"], gibibyte()),
        Says::Unread("too complex"),
    ),
    pdf("map-of-a-gibibyte", || with_map(&gibibyte()), Says::Unread("fonts do not tell")),
    pdf("map-of-blanks-for-each-of-two-thousand-fonts", blank_maps, Says::Unread("too complex")),
    pdf(
        "font-program-of-a-gibibyte",
        || with_program("/FontFile", &gibibyte()),
        Says::Unread("fonts do not tell"),
    ),
    pdf(
        "truetype-program-of-a-gibibyte",
        || with_program("/FontFile2", &gibibyte()),
        Says::Unread("fonts do not tell"),
    ),
    pdf(
        "compact-program-of-a-gibibyte",
        || with_program("/FontFile3", &gibibyte()),
        Says::Unread("fonts do not tell"),
    ),
    pdf("object-stream-of-a-gibibyte", || object_stream("/Type /ObjStm"), Says::Unread("too complex")),
    pdf(
        "object-stream-with-an-escaped-name",
        || object_stream("/Type /#4fbjStm"),
        Says::Unread("too complex"),
    ),
    pdf(
        "object-stream-behind-a-comment",
        || object_stream_between(b"/Type /ObjStm", b" % a comment\n"),
        Says::Unread("too complex"),
    ),
    pdf("object-stream-behind-a-long-dictionary", padded_object_stream, Says::Unread("too complex")),
    pdf("object-stream-that-only-looks-like-zlib", disguised_object_stream, Says::Unread("too complex")),
    pdf("object-stream-of-run-lengths", run_length_object_stream, Says::Unread("too complex")),
    pdf("object-stream-that-only-a-table-knows", unnamed_object_stream, Says::Unread("too complex")),
    pdf("table-of-a-gibibyte-without-a-type", untyped_table, Says::Unread("too complex")),
    pdf("object-streams-by-the-hundred", many_object_streams, Says::Unread("too complex")),
    pdf(
        "table-of-a-gibibyte",
        || xref_stream("/W [1 2 1] /Size 9", &gibibyte()),
        Says::Unread("too complex"),
    ),
    pdf("table-with-a-predictor", predicted_table, Says::Whole),
    pdf(
        "table-with-wide-fields",
        || xref_stream("/W [9999999 9999999 9999999] /Size 9", &once(b"no table")),
        Says::Whole,
    ),
    pdf(
        "table-with-a-huge-index",
        || xref_stream("/W [1 2 1] /Index [0 4294967295] /Size 4294967295", &zlib(&mebibyte(0), 40)),
        Says::Whole,
    ),
    pdf(
        "one-bomb-on-each-of-five-thousand-pages",
        || pages_of(&gibibyte(), 5000),
        Says::Unread("too complex"),
    ),
    pdf(
        "one-page-of-blanks-five-thousand-times",
        || pages_of(&zlib(&mebibyte(b' '), 31), 5000),
        Says::Unread("too complex"),
    ),
    pdf("one-stream-a-hundred-thousand-times-on-a-page", stream_repeated, Says::Unread("too complex")),
    pdf("blanks-in-hexadecimal-a-hundred-thousand-times", blanks_repeated, Says::Unread("too complex")),
    pdf("broken-bomb-a-hundred-thousand-times", broken_repeated, Says::Unread("too complex")),
    pdf("figures-of-blanks-by-the-thousand", figures_of_blanks, Says::Unread("too complex")),
    pdf(
        "metadata-of-a-gibibyte",
        || {
            Pdf::default()
                .catalog("/Metadata 6 0 R")
                .stream("/Type /Metadata /Subtype /XML /Filter /FlateDecode", &gibibyte())
                .bytes()
        },
        Says::Whole,
    ),
    pdf("metadata-by-the-ten-thousand", || packets(&zlib(&mebibyte(b'<'), 5)), Says::Whole),
    pdf("attachment-of-a-gibibyte", || attachments(&[gibibyte()]), Says::Whole),
    pdf("images-by-the-ten-thousand", images, Says::Whole),
];

fn nested(filters: &[&str], data: Vec<u8>) -> Vec<u8> {
    let content = (format!("/Filter [{}]", filters.join(" ")), data);
    Pdf { content, ..Pdf::default() }.bytes()
}

/// Run-length data that are as long after one filter as before, and so for ever.
fn run_length(times: usize) -> Vec<u8> {
    (0..times).fold(b" ".repeat(1 << 16), |data, round| {
        if round % 250 != 0 {
            return data;
        }
        let runs = data.chunks(128).flat_map(|run| [&[run.len() as u8 - 1], run].concat());
        runs.collect()
    })
}

fn with_map(map: &[u8]) -> Vec<u8> {
    let font = "<< /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+Own /FirstChar 32 /LastChar 34 \
                /Widths [500 500 500] /ToUnicode 6 0 R >>";
    Pdf::font(font).stream("/Filter /FlateDecode", map).bytes()
}

/// Each font asks for the same map, which says nothing at great length.
fn blank_maps() -> Vec<u8> {
    let font = |i: usize| {
        format!(
            "<< /Type /Font /Subtype /Type1 /BaseFont /Own{i} /FirstChar 32 /LastChar 34 /Widths [500 500 500] \
             /ToUnicode 6 0 R >>"
        )
    };
    let names: String = (0..1900).map(|i| format!("/G{i} {} 0 R ", FIRST + 1 + i)).collect();
    let uses: String = (0..1900).map(|i| format!("/G{i} 10 Tf (a) Tj ")).collect();
    let map = zlib(&mebibyte(b' '), 60);
    let pdf = Pdf::shows(&format!("BT {uses} ET"))
        .stream("/Filter [/FlateDecode /ASCIIHexDecode]", &map)
        .objects((0..1900).map(font));
    Pdf { fonts: names, ..pdf }.bytes()
}

fn with_program(key: &str, program: &[u8]) -> Vec<u8> {
    let font = "<< /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+Own /FontDescriptor 6 0 R >>";
    Pdf::font(font)
        .object(format!("<< /Type /FontDescriptor /FontName /ABCDEF+Own /Flags 4 {key} 7 0 R >>"))
        .stream("/Filter /FlateDecode /Subtype /Type1C /Length1 9 /Length2 9 /Length3 9", program)
        .bytes()
}

fn object_stream(entries: &str) -> Vec<u8> {
    let entries = format!("{entries} /N 100 /First 800 /Filter /FlateDecode");
    Pdf::default().stream(&entries, &gibibyte()).untabled()
}

/// The stream's word stands apart from its dictionary.
fn object_stream_between(entries: &[u8], between: &[u8]) -> Vec<u8> {
    let bomb = gibibyte();
    let head = format!(" /N 100 /First 800 /Filter /FlateDecode /Length {} >>", bomb.len());
    let body = [b"<< ", entries, head.as_bytes(), between, b"stream\n", &bomb, b"\nendstream"].concat();
    Pdf::default().object(body).untabled()
}

/// What tells its kind stands far before the stream.
fn padded_object_stream() -> Vec<u8> {
    let entries = format!(
        "/Type /ObjStm /N 100 /First 800 /Filter /FlateDecode /Padding ({})",
        "no obj here ".repeat(20_000)
    );
    Pdf::default().stream(&entries, &gibibyte()).untabled()
}

/// As zlib data it breaks off at once; deflated without a header it is a byte as it stands, and then a gibibyte.
fn disguised_object_stream() -> Vec<u8> {
    let data = [b"\x78\x01\x00\xfe\xffA", &gibibyte()[2..]].concat();
    Pdf::default().stream("/Type /ObjStm /N 100 /First 800 /Filter /FlateDecode", &data).untabled()
}

/// What it inflates to are runs, each of two bytes for 128.
fn run_length_object_stream() -> Vec<u8> {
    let runs = zlib(&[0x81, b' '].repeat(1 << 19), 50);
    let entries = "/Type /ObjStm /N 100 /First 800 /Filter [/FlateDecode /RunLengthDecode]";
    Pdf::default().stream(entries, &runs).untabled()
}

/// Each is small enough, all together are not.
fn many_object_streams() -> Vec<u8> {
    let bomb = stream("/Type /ObjStm /N 100 /First 800 /Filter /FlateDecode", &zlib(&mebibyte(b' '), 60));
    Pdf::default().many(&bomb, 100).untabled()
}

fn xref_stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let mut file = Pdf::default().untabled();
    let start = file.len();
    let entries = format!("/Type /XRef /Root 1 0 R /Filter /FlateDecode {entries}");
    file.extend(b"9 0 obj\n");
    file.extend(stream(&entries, data));
    file.extend(format!("\nendobj\nstartxref\n{start}\n%%EOF\n").bytes());
    file
}

/// A table that says what it is by its entries alone.
fn untyped_table() -> Vec<u8> {
    let mut file = Pdf::default().untabled();
    let start = file.len();
    file.extend(b"9 0 obj\n");
    file.extend(stream("/Root 1 0 R /Filter /FlateDecode /W [1 2 1] /Size 9", &gibibyte()));
    file.extend(format!("\nendobj\nstartxref\n{start}\n%%EOF\n").bytes());
    file
}

/// A stream that says nothing of itself, and a table by which all other objects lie in it.
fn unnamed_object_stream() -> Vec<u8> {
    let mut file = Pdf::default().stream("/Filter /FlateDecode", &gibibyte()).untabled();
    let head = format!("\n{FIRST} 0 obj");
    let found = file.windows(head.len()).position(|window| window == head.as_bytes()).expect("the stream");
    let start = file.len();
    let within = |number: usize| [&[2][..], &(FIRST as u32).to_be_bytes(), &[number as u8]].concat();
    let at = |place: usize| [&[1][..], &(place as u32 + 1).to_be_bytes(), &[0]].concat();
    let rows = [(0..FIRST).map(within).collect::<Vec<_>>().concat(), at(found)].concat();
    file.extend(format!("{} 0 obj\n", FIRST + 1).bytes());
    file.extend(stream(&format!("/Root 1 0 R /W [1 4 1] /Size {}", FIRST + 1), &rows));
    file.extend(format!("\nendobj\nstartxref\n{start}\n%%EOF\n").bytes());
    file
}

/// Rows of a length that no memory holds.
fn predicted_table() -> Vec<u8> {
    let parameters = "/W [1 2 1] /Size 9 /DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 2147483647 \
                      /BitsPerComponent 2147483647 >>";
    xref_stream(parameters, &zlib(&mebibyte(2), 8))
}

/// Many pages that share one content stream.
fn pages_of(content: &[u8], count: usize) -> Vec<u8> {
    let page = "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 612 792] \
                /Resources << /Font << /F1 5 0 R >> >> >>";
    let kids: String = (0..count).map(|i| format!("{} 0 R ", FIRST + i)).collect();
    let mut pdf = Pdf::deflated(content.to_vec()).objects((0..count).map(|_| page.to_owned()));
    pdf.pages = format!("<< /Type /Pages /Count {count} /Kids [{kids}] >>");
    pdf.bytes()
}

/// A page whose list of contents names one stream again and again.
fn repeated(stream_entries: &str, data: &[u8]) -> Vec<u8> {
    let mut objects = Pdf::default().all();
    objects[2] = format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >> \
         /Contents [{}] >>",
        "6 0 R ".repeat(100_000)
    )
    .into_bytes();
    objects.push(stream(stream_entries, data));
    tabled(&objects, "")
}

fn stream_repeated() -> Vec<u8> {
    repeated("/Filter /FlateDecode", &zlib(&mebibyte(b' '), 16))
}

fn blanks_repeated() -> Vec<u8> {
    repeated("/Filter [/FlateDecode /ASCIIHexDecode]", &zlib(&mebibyte(b' '), 31))
}

/// It inflates far and then breaks; what came out is of no use to the next filter.
fn broken_repeated() -> Vec<u8> {
    let mut data = zlib(&mebibyte(b' '), 31);
    data.truncate(data.len() - 40);
    data.extend([0xff; 40]);
    repeated("/Filter [/FlateDecode /JBIG2Decode]", &data)
}

/// Forms of their own that inflate to much and then to nothing.
fn figures_of_blanks() -> Vec<u8> {
    let data = zlib(&mebibyte(b' '), 31);
    let names: String = (0..400).map(|i| format!("/X{i} {} 0 R ", FIRST + i)).collect();
    let uses: String = (0..400).map(|i| format!("/X{i} Do ")).collect();
    let form =
        stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Filter [/FlateDecode /ASCIIHexDecode]", &data);
    let mut pdf = Pdf::shows(&uses).resources(format!("/XObject << {names} >>"));
    pdf.objects = vec![form; 400];
    pdf.bytes()
}

fn packets(packet: &[u8]) -> Vec<u8> {
    let entries = "/Type /Metadata /Subtype /XML /Filter /FlateDecode";
    Pdf::default().many(&stream(entries, packet), 5_000).bytes()
}

/// Files within the file.
pub(crate) fn attachments(files: &[Vec<u8>]) -> Vec<u8> {
    let mut pdf = Pdf::default();
    for (index, file) in files.iter().enumerate() {
        let number = FIRST + 2 * index + 1;
        pdf = pdf
            .object(format!("<< /Type /Filespec /F (more.pdf) /EF << /F {number} 0 R >> >>"))
            .stream("/Type /EmbeddedFile /Filter /FlateDecode", file);
    }
    pdf.bytes()
}

/// JPEG images behind a filter, each of which inflates to megabytes.
fn images() -> Vec<u8> {
    let data = zlib(&mebibyte(0xff), 4);
    let entries = "/Type /XObject /Subtype /Image /Width 9 /Height 9 /Filter [/FlateDecode /DCTDecode]";
    Pdf::default().many(&stream(entries, &data), 3_000).bytes()
}
