//! PDFs whose fonts lie about what they hold.

use super::case::{Case, Says, pdf};
use super::object::{FIRST, Pdf};
use super::packed::once;

pub(crate) const CASES: &[Case] = &[
    pdf(
        "first-code-of-1e11",
        || simple("/FirstChar 100000000000 /LastChar 100000000003 /Widths [500]"),
        Says::Unread("fonts do not tell"),
    ),
    pdf(
        "first-code-of-2e9",
        || simple("/FirstChar 2000000000 /LastChar 2000000003 /Widths [500]"),
        Says::Unread("fonts do not tell"),
    ),
    pdf(
        "first-code-below-nothing",
        || simple("/FirstChar -2147483648 /LastChar 2147483647 /Widths [500]"),
        Says::Unread("fonts do not tell"),
    ),
    pdf(
        "last-code-before-the-first",
        || simple("/FirstChar 255 /LastChar 0 /Widths [500]"),
        Says::Unread("fonts do not tell"),
    ),
    pdf(
        "widths-by-the-million",
        || simple(&format!("/FirstChar 0 /LastChar 255 /Widths [{}]", "500 ".repeat(1_000_000))),
        Says::Whole,
    ),
    pdf(
        "widths-that-are-themselves",
        || {
            Pdf::font(
                "<< /Type /Font /Subtype /Type1 /BaseFont /Own /FirstChar 0 /LastChar 255 /Widths 6 0 R >>",
            )
            .object("[6 0 R 6 0 R]")
            .bytes()
        },
        Says::Unread("do not tell what their letters"),
    ),
    pdf(
        "widths-of-huge-numbers",
        || simple(&format!("/FirstChar 0 /LastChar 255 /Widths [{}]", "1e38 -1e38 ".repeat(128))),
        Says::Unread("font in it is missing"),
    ),
    pdf(
        "differences-without-end",
        || simple(&format!("/Encoding << /Differences [0 {}] >>", "/quiet ".repeat(1_000_000))),
        Says::Unread("do not tell what their letters"),
    ),
    pdf(
        "differences-from-huge-codes",
        || simple("/Encoding << /Differences [4294967295 /a 1e30 /b -5 /c] >>"),
        Says::Unread("font in it is missing"),
    ),
    pdf(
        "composite-widths-of-every-number",
        || composite("/W [0 4294967295 500]", "/Identity-H"),
        Says::Whole,
    ),
    pdf(
        "composite-widths-again-and-again",
        || composite(&format!("/W [{}]", "0 65535 500 ".repeat(200_000)), "/Identity-H"),
        Says::Whole,
    ),
    pdf("composite-widths-in-lists-again-and-again", shared_widths, Says::Whole),
    pdf(
        "composite-widths-from-huge-codes",
        || composite("/W [4294967295 [1 2 3] -1 -5 9 1e30 [4]]", "/Identity-H"),
        Says::Unread("font in it is missing"),
    ),
    pdf(
        "composite-heights-of-every-number",
        || composite("/DW2 [1e38 -1e38] /W2 [0 4294967295 1 2 3]", "/Identity-V"),
        Says::Unread("font in it is missing"),
    ),
    pdf(
        "a-font-that-descends-from-itself",
        || {
            Pdf::font("<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /DescendantFonts [5 0 R] >>").bytes()
        },
        Says::Whole,
    ),
    pdf(
        "codes-of-every-number",
        || mapped("", "1 begincidrange <00000000> <ffffffff> 0 endcidrange"),
        Says::Whole,
    ),
    pdf(
        "codes-of-every-number-again-and-again",
        || mapped("", &"1 begincidrange <00000000> <ffffffff> 0 endcidrange\n".repeat(50_000)),
        Says::Whole,
    ),
    pdf(
        "codes-that-use-themselves",
        || mapped("/UseCMap 6 0 R", "/Own usecmap 1 begincidrange <00> <ff> 0 endcidrange"),
        Says::Whole,
    ),
    pdf(
        "codes-that-use-known-ones-again-and-again",
        || mapped("", &"/UniJIS-UTF16-H usecmap\n".repeat(10_000)),
        Says::Whole,
    ),
    pdf(
        "spaces-of-codes-by-the-million",
        || {
            mapped(
                "",
                &format!(
                    "{} begincodespacerange {} endcodespacerange",
                    100_000,
                    "<00> <ff> ".repeat(100_000)
                ),
            )
        },
        Says::Whole,
    ),
    pdf(
        "a-map-of-every-number",
        || to_unicode("1 beginbfrange <00> <ffffffff> <0041> endbfrange"),
        Says::Whole,
    ),
    pdf(
        "a-map-of-every-number-again-and-again",
        || to_unicode(&"1 beginbfrange <0000> <ffff> <0041> endbfrange\n".repeat(80_000)),
        Says::Whole,
    ),
    pdf(
        "a-map-to-long-words",
        || {
            to_unicode(&format!(
                "3 beginbfchar <61> <{0}> <62> <{0}> <63> <{0}> endbfchar",
                "0041".repeat(300_000)
            ))
        },
        Says::Whole,
    ),
    pdf(
        "a-map-of-every-code-to-one-long-text",
        || to_unicode(&format!("1 beginbfrange <00> <ff> <{}> endbfrange", "0041".repeat(900_000))),
        Says::Unread("too complex"),
    ),
    pdf("a-map-that-never-closes", || to_unicode(&"1 beginbfrange [ << ( < ".repeat(100_000)), Says::Whole),
    pdf("a-glyph-that-shows-itself", own_glyph, Says::Unread("do not tell what their letters")),
    pdf("glyphs-by-the-hundred-thousand", many_glyphs, Says::Unread("do not tell what their letters")),
    pdf(
        "a-bitmap-font-of-no-size",
        || {
            Pdf::font("<< /Type /Font /Subtype /Type3 /FontMatrix [0 0 0 0 0 0] /FontBBox [0 0 0 0] /FirstChar 0 /LastChar 2000000000 /Widths [1] /CharProcs << >> /Encoding << >> >>").bytes()
        },
        Says::Unread("do not tell what their letters"),
    ),
    pdf("fonts-by-the-ten-thousand", || fonts(10_000, "/Times-Roman"), Says::Unread("too complex")),
    pdf("fonts-each-with-a-large-known-map", known_maps, Says::Unread("too complex")),
    pdf("a-truetype-program-of-lies", || program("/TrueType", "/FontFile2", &lying_truetype()), Says::Whole),
    pdf(
        "a-type1-program-without-end",
        || {
            program(
                "/Type1",
                "/FontFile",
                &[
                    b"%!PS-AdobeFont-1.0: Own\n/Encoding 2000000000 array\n".to_vec(),
                    b"dup 4294967295 /a put ".repeat(50_000),
                    b"eexec ".to_vec(),
                    b"\x00\xff".repeat(100_000),
                ]
                .concat(),
            )
        },
        Says::Whole,
    ),
    pdf(
        "a-compact-program-that-calls-itself",
        || program("/Type1", "/FontFile3", &lying_compact()),
        Says::Whole,
    ),
    pdf(
        "a-font-of-names-that-nest",
        || simple(&format!("/BaseFont /{}", "A#41".repeat(500_000))),
        Says::Whole,
    ),
];

fn simple(entries: &str) -> Vec<u8> {
    Pdf::font(format!("<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman {entries} >>")).bytes()
}

/// A composite font whose parts are given.
fn composite_font(entries: &str, encoding: &str) -> Pdf {
    let font = format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding {encoding} /DescendantFonts [<< /Type /Font \
         /Subtype /CIDFontType2 /BaseFont /Own /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) \
         /Supplement 0 >> {entries} >>] >>"
    );
    Pdf::font(font)
}

fn composite(entries: &str, encoding: &str) -> Vec<u8> {
    composite_font(entries, encoding).bytes()
}

/// A composite font whose codes are read from this map.
fn mapped(entries: &str, map: &str) -> Vec<u8> {
    let entries = format!("/Type /CMap /CMapName /Own {entries} /Filter /FlateDecode");
    composite_font("", "6 0 R").stream(&entries, &once(map.as_bytes())).bytes()
}

/// Many lists, all of them one object.
fn shared_widths() -> Vec<u8> {
    let lists: String = (0..60_000_u64).map(|i| format!("{} 6 0 R ", i * 70_000)).collect();
    composite_font(&format!("/W [{lists}]"), "/Identity-H")
        .object(format!("[{}]", "500 ".repeat(65_000)))
        .bytes()
}

fn to_unicode(map: &str) -> Vec<u8> {
    Pdf::font("<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /ToUnicode 6 0 R >>")
        .stream("/Filter /FlateDecode", &once(map.as_bytes()))
        .bytes()
}

fn own_glyph() -> Vec<u8> {
    Pdf::font(
        "<< /Type /Font /Subtype /Type3 /FontMatrix [.001 0 0 .001 0 0] /FontBBox [0 0 1000 1000] /FirstChar 97 \
         /LastChar 98 /Widths [500 500] /CharProcs << /a 6 0 R /b 6 0 R >> /Encoding << /Differences [97 /a /b] >> \
         /Resources << /Font << /F1 5 0 R >> >> >>",
    )
    .stream("", b"500 0 d0 BT /F1 1 Tf (abababab) Tj ET")
    .bytes()
}

fn many_glyphs() -> Vec<u8> {
    let procedures: String = (0..100_000).map(|i| format!("/g{i} 6 0 R ")).collect();
    Pdf::font(format!(
        "<< /Type /Font /Subtype /Type3 /FontMatrix [.001 0 0 .001 0 0] /FontBBox [0 0 1000 1000] /FirstChar 0 \
         /LastChar 255 /Widths [{}] /CharProcs << {procedures} >> /Encoding << /Differences [0 /g1 /g2] >> >>",
        "500 ".repeat(256)
    ))
    .stream("", b"500 0 d0")
    .bytes()
}

/// Fonts that are all used, each an object of its own.
fn fonts(count: usize, base: &str) -> Vec<u8> {
    let font = format!("<< /Type /Font /Subtype /Type1 /BaseFont {base} >>");
    many_fonts(count, &font)
}

fn many_fonts(count: usize, font: &str) -> Vec<u8> {
    let names: String = (0..count).map(|i| format!("/G{i} {} 0 R ", FIRST + i)).collect();
    let uses: String = (0..count).map(|i| format!("/G{i} 10 Tf (ab) Tj ")).collect();
    let pdf = Pdf::shows(&format!("BT {uses} ET")).objects((0..count).map(|_| font.to_owned()));
    Pdf { fonts: names, ..pdf }.bytes()
}

fn known_maps() -> Vec<u8> {
    let font = "<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /UniJIS-UTF16-H /DescendantFonts [<< /Type \
                /Font /Subtype /CIDFontType0 /BaseFont /Own /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) \
                /Supplement 6 >> >>] >>";
    many_fonts(1_900, font)
}

fn program(subtype: &str, key: &str, bytes: &[u8]) -> Vec<u8> {
    Pdf::font(format!("<< /Type /Font /Subtype {subtype} /BaseFont /ABCDEF+Own /FontDescriptor 6 0 R >>"))
        .object(format!("<< /Type /FontDescriptor /FontName /ABCDEF+Own /Flags 4 {key} 7 0 R >>"))
        .stream("/Filter /FlateDecode /Subtype /Type1C /Length1 9 /Length2 9 /Length3 9", &once(bytes))
        .bytes()
}

/// A table of contents of 65,535 tables that all lie over one another and claim everything.
fn lying_truetype() -> Vec<u8> {
    let mut out = vec![0, 1, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0];
    for index in 0..4_000_u32 {
        let tag = [b"cmap", b"glyf", b"loca", b"maxp", b"hmtx", b"post"][index as usize % 6];
        out.extend(tag);
        out.extend([0xff; 4]);
        out.extend([0, 0, 0, 12]);
        out.extend([0xff, 0xff, 0xff, 0xff]);
    }
    out
}

/// A compact font whose subroutine calls itself.
fn lying_compact() -> Vec<u8> {
    let mut out = vec![1, 0, 4, 4];
    out.extend([0, 1, 1, 1, 4, b'O', b'w', b'n']);
    out.extend([0, 1, 1, 1, 6, 139, 17, 139, 18, 139]);
    out.extend([0, 0]);
    out.extend([0xff, 0xff, 4]);
    out.extend([32, 10].repeat(10_000));
    out
}
