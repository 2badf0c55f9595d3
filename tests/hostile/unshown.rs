//! PDFs that hide work where no page shows it: packets, attachments, earlier revisions, private data.

use super::bombs::attachments;
use super::case::{Case, Says, pdf};
use super::object::{Pdf, stream};
use super::packed::{mebibyte, once, zlib};

pub(crate) const CASES: &[Case] = &[
    pdf("a-packet-of-entities", || packet(&entities()), Says::Whole),
    pdf("a-packet-nested-deep", || packet(&"<rdf:li>".repeat(100_000)), Says::Whole),
    pdf(
        "a-packet-of-attributes",
        || packet(&format!("<a {}>", "dc:creator='a' ".repeat(200_000))),
        Says::Whole,
    ),
    pdf(
        "a-packet-of-ampersands",
        || packet(&format!("<dc:creator>{}</dc:creator>", "&".repeat(2_000_000))),
        Says::Whole,
    ),
    pdf(
        "a-packet-of-ampersands-in-many-values",
        || packet(&format!("<dc:creator>{}</dc:creator>", "&a ".repeat(1000)).repeat(1_000)),
        Says::Whole,
    ),
    pdf("a-packet-never-closed", || packet(&"<a b='".repeat(500_000)), Says::Whole),
    pdf("a-packet-of-comments", || packet(&"<!--".repeat(500_000)), Says::Whole),
    pdf(
        "attachments-within-attachments",
        || (0..40).fold(Pdf::default().bytes(), |inner, _| attachments(&[once(&inner)])),
        Says::Told("too large, so look into it yourself"),
    ),
    pdf("an-attachment-that-is-the-file", || attachments(&[once(b"%PDF-1.7 nothing")]), Says::Whole),
    pdf(
        "attachments-each-a-bomb",
        || attachments(&vec![once(&slow()); 200]),
        Says::Told("a file is attached"),
    ),
    pdf("one-attachment-a-thousand-times", one_attachment, Says::Told("a file is attached")),
    pdf(
        "attachments-of-attachments-each-a-bomb",
        || attachments(&vec![once(&attachments(&vec![once(&slow()); 10])); 10]),
        Says::Told("a file is attached"),
    ),
    pdf("revisions-each-a-bomb", revisions, Says::Unread("is a picture")),
    pdf(
        "private-data-that-goes-round",
        || {
            Pdf::default()
                .on_page(" /PieceInfo 6 0 R")
                .object("<< /A 6 0 R /B 6 0 R /C 6 0 R /D 6 0 R /E 6 0 R /F 6 0 R /G 6 0 R /H 6 0 R >>")
                .bytes()
        },
        Says::Whole,
    ),
    pdf(
        "private-data-that-fans-out",
        || Pdf::default().on_page(" /PieceInfo 6 0 R").object(fan(1_000)).bytes(),
        Says::Whole,
    ),
    pdf("private-streams-of-blanks", private_streams, Says::Whole),
    pdf("figures-with-one-long-author", long_authors, Says::Told("the figure tells who made it")),
    pdf(
        "authors-by-the-hundred-thousand",
        || Pdf::default().objects((0..100_000).map(|i| format!("<< /Author (Velm {i}) >>"))).bytes(),
        Says::Told("that nothing uses name somebody"),
    ),
    pdf(
        "actions-by-the-hundred-thousand",
        || {
            Pdf::default()
                .objects((0..100_000).map(|i| format!("<< /S /JavaScript /JS (app.alert {i}) >>")))
                .bytes()
        },
        Says::Told("the PDF runs scripts"),
    ),
    pdf(
        "an-action-that-follows-itself",
        || {
            Pdf::default()
                .catalog("/OpenAction 6 0 R")
                .object("<< /S /JavaScript /JS (a) /Next [6 0 R 6 0 R] >>")
                .bytes()
        },
        Says::Whole,
    ),
    pdf(
        "names-of-information-by-the-hundred-thousand",
        || {
            format!(
                "{}{}",
                String::from_utf8_lossy(&Pdf::default().bytes()),
                (0..100_000).map(|i| format!("/Info {i} 0 R ")).collect::<String>()
            )
            .into_bytes()
        },
        Says::Whole,
    ),
    pdf("an-image-of-many-tags", || tagged(&[0xff, 0xe1, 0, 4, 0, 0].repeat(100_000)), Says::Whole),
    pdf("an-image-whose-tags-go-round", round_tags, Says::Whole),
    pdf("fields-with-one-long-value", long_fields, Says::Told("a form field was filled in")),
];

/// Each entity is ten of the one before it.
fn entities() -> String {
    let entity = |i: usize| format!("<!ENTITY e{} \"{}\">", i + 1, format!("&e{i};").repeat(10));
    let all: String = (0..12).map(entity).collect();
    format!("<!DOCTYPE x [<!ENTITY e0 \"quiet\">{all}]><x:xmpmeta><dc:creator>&e12;</dc:creator></x:xmpmeta>")
}

fn packet(text: &str) -> Vec<u8> {
    Pdf::default()
        .catalog("/Metadata 6 0 R")
        .stream("/Type /Metadata /Subtype /XML /Filter /FlateDecode", &once(text.as_bytes()))
        .bytes()
}

/// A small file that takes its reader long, but not too long.
fn slow() -> Vec<u8> {
    Pdf::deflated(zlib(&b"0 0 m 1 1 l S ".repeat(1 << 16), 24)).bytes()
}

/// Many names for one stream.
fn one_attachment() -> Vec<u8> {
    let name = |_| "<< /Type /Filespec /F (more.pdf) /EF << /F 6 0 R >> >>".to_owned();
    let file = stream("/Type /EmbeddedFile /Filter /FlateDecode", &once(&slow()));
    Pdf::default().object(file).objects((0..1000).map(name)).bytes()
}

/// A file with updates, each of whose states is a bomb of its own.
fn revisions() -> Vec<u8> {
    let mut file = slow();
    let before = String::from_utf8_lossy(&file).rfind("xref\n0").unwrap_or_default();
    for _ in 0..30 {
        let at = file.len();
        let trailer = format!("trailer\n<< /Size 6 /Root 1 0 R /Prev {before} >>\nstartxref\n{at}\n%%EOF\n");
        file.extend(format!("xref\n0 0\n{trailer}").bytes());
    }
    file
}

/// A dictionary that holds itself under so many names.
fn fan(count: usize) -> String {
    format!("<< {} >>", (0..count).map(|i| format!("/A{i} 6 0 R ")).collect::<String>())
}

fn private_streams() -> Vec<u8> {
    let keys: String = (0..5_000).map(|i| format!("/A{i} 6 0 R ")).collect();
    Pdf::default()
        .on_page(&format!(" /PieceInfo << /Own << /Private << {keys} >> >> >>"))
        .stream("/Filter [/FlateDecode /ASCIIHexDecode]", &zlib(&mebibyte(b' '), 60))
        .bytes()
}

fn long_authors() -> Vec<u8> {
    let figure = |_| {
        String::from_utf8(stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /PTEX.InfoDict 7 0 R", b""))
            .expect("text")
    };
    Pdf::default()
        .object(format!("({})", "Melanie Velm ".repeat(1 << 16)))
        .object("<< /Author 6 0 R /Title 6 0 R >>")
        .objects((0..10_000).map(figure))
        .bytes()
}

fn long_fields() -> Vec<u8> {
    let field = |_| "<< /FT /Tx /T (a) /V 6 0 R >>".to_owned();
    Pdf::default()
        .object(format!("({})", "quiet flows ".repeat(1 << 16)))
        .objects((0..10_000).map(field))
        .bytes()
}

/// A JPEG image with these segments.
fn tagged(segments: &[u8]) -> Vec<u8> {
    let data = [&[0xff, 0xd8], segments].concat();
    let entries = "/Type /XObject /Subtype /Image /Width 9 /Height 9 /Filter /DCTDecode";
    Pdf::default().many(&stream(entries, &data), 20).bytes()
}

/// Directories of tags that name themselves as the next.
fn round_tags() -> Vec<u8> {
    let mut tags = b"Exif\0\0II*\0\x08\0\0\0".to_vec();
    tags.extend([0xff, 0xff]);
    tags.extend(b"\x69\x87\x04\0\x01\0\0\0\x08\0\0\0".repeat(2_000));
    tags.extend(b"\x08\0\0\0");
    let length = (tags.len() + 2) as u16;
    tagged(&[&[0xff, 0xe1], &length.to_be_bytes()[..], &tags].concat())
}
