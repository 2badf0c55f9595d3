//! PDFs whose pages ask for more work than anybody can do.

use super::case::{Case, Says, pdf};
use super::object::{FIRST, Pdf, stream};
use super::packed::{mebibyte, zlib};

pub(crate) const CASES: &[Case] = &[
    pdf("forms-that-call-the-next-one-twice", || forms(30, 2), Says::Unread("too complex")),
    pdf("forms-that-call-the-next-one-ten-times", || forms(12, 10), Says::Unread("too complex")),
    pdf("forms-within-forms-without-end", || forms(2_000, 1), Says::Unread("too complex")),
    pdf("a-form-that-calls-itself", || called(&["/X0 Do /X0 Do"]), Says::Told("a figure in it is missing")),
    pdf(
        "forms-that-call-one-another",
        || called(&["/X1 Do /X1 Do", "/X0 Do /X0 Do"]),
        Says::Told("a figure in it is missing"),
    ),
    pdf(
        "one-form-a-million-times",
        || {
            Pdf::shows(&"/X0 Do ".repeat(1_000_000))
                .resources("/XObject << /X0 6 0 R >>")
                .stream(FORM, b"")
                .bytes()
        },
        Says::Unread("too complex"),
    ),
    pdf("one-form-under-two-thousand-names", many_names, Says::Unread("too complex")),
    pdf(
        "one-long-form-ten-thousand-times",
        || {
            Pdf::shows(&"/X0 Do ".repeat(10_000))
                .resources("/XObject << /X0 6 0 R >>")
                .stream(FORM, &b"% ".repeat(1 << 19))
                .bytes()
        },
        Says::Unread("too complex"),
    ),
    pdf(
        "a-marker-behind-an-open-path",
        || marked("0 0 m /X0 Do ", 10_000, &"]f".repeat(2_000)),
        Says::Unread("too complex"),
    ),
    pdf(
        "a-marker-of-two-sizes-by-turns",
        || {
            let one_size = "q 2 0 0 2 9 9 cm /X0 Do Q ".repeat(2);
            marked(&format!("{one_size}/X0 Do /X0 Do "), 20_000, &"0 0 m 5 0 l 5 5 l f ".repeat(200))
        },
        Says::Unread("too complex"),
    ),
    pdf(
        "paths-of-sixty-four-lines",
        || repeated(&format!("{}f ", "0 0 m 9 9 l ".repeat(64)), 20_000),
        Says::Unread("is a picture"),
    ),
    pdf(
        "a-pattern-that-paints-itself",
        || {
            Pdf::shows("/Pattern cs /P0 scn 0 0 600 700 re f").resources("/Pattern << /P0 6 0 R >>").stream("/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 0.0001 /YStep 0.0001 /Resources << /Pattern << /P0 6 0 R >> >>", b"/Pattern cs /P0 scn 0 0 9 9 re f").bytes()
        },
        Says::Whole,
    ),
    pdf(
        "a-soft-mask-that-masks-itself",
        || {
            Pdf::shows("/G0 gs 0 0 9 9 re f").resources("/ExtGState << /G0 6 0 R >>").object("<< /SMask << /S /Alpha /G 7 0 R >> >>").stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /ExtGState << /G0 6 0 R >> >>", b"/G0 gs 0 0 9 9 re f").bytes()
        },
        Says::Whole,
    ),
    pdf("three-million-saves", || repeated("q ", 3_000_000), Says::Unread("too complex")),
    pdf("three-million-restores", || repeated("Q ", 3_000_000), Says::Whole),
    pdf("two-million-marks", || repeated("/A BMC ", 2_000_000), Says::Unread("too complex")),
    pdf("two-million-ends-of-marks", || repeated("EMC ", 2_000_000), Says::Whole),
    pdf("three-million-empty-strings", || repeated("() Tj ", 3_000_000), Says::Whole),
    pdf("three-million-strings-of-a-letter", || shown("(a) Tj ", 3_000_000), Says::Whole),
    pdf("four-million-letters-each-in-its-place", || shown("1 0 Td (a) Tj ", 2_000_000), Says::Whole),
    pdf("letters-all-in-one-place", || shown("(a) Tj 1 0 0 1 99 99 Tm ", 1_000_000), Says::Whole),
    pdf("letters-each-on-a-line-of-its-own", || shown("0 .001 Td (a) Tj ", 1_000_000), Says::Whole),
    pdf("letters-each-of-a-size-of-its-own", sizes, Says::Whole),
    pdf("letters-that-turn", turned, Says::Unread("most of its text is turned")),
    pdf("letters-of-ten-thousand-colours", colours, Says::Whole),
    pdf("eight-million-lines", || repeated("1 1 l ", 8_000_000), Says::Unread("too complex")),
    pdf("eight-million-corners-in-one-path", || repeated("0 0 m ", 8_000_000), Says::Unread("too complex")),
    pdf("two-million-boxes", || repeated("0 0 9 9 re f ", 2_000_000), Says::Unread("is a picture")),
    pdf("a-million-boxes-behind-letters", boxed, Says::Whole),
    pdf("a-million-clips", || repeated("0 0 9 9 re W n ", 2_000_000), Says::Whole),
    pdf("five-million-operands", || repeated("1 ", 15_000_000), Says::Whole),
    pdf("a-hundred-thousand-dashes", || shown(&format!("[{}] 0 d ", "1 2 ".repeat(50_000)), 40), Says::Whole),
    pdf("one-operator-without-end", || repeated("a", 30_000_000), Says::Whole),
    pdf("one-number-without-end", || repeated("9", 30_000_000), Says::Whole),
    pdf("one-name-without-end", || Pdf::deflated(zlib(&b"/#4".repeat(1 << 18), 30)).bytes(), Says::Whole),
    pdf("one-string-of-thirty-million-letters", || one_string(30), Says::Unread("too complex")),
    pdf("one-string-of-sixty-million-letters", || one_string(60), Says::Unread("too complex")),
    pdf(
        "two-strings-of-four-million-letters",
        || Pdf::shows(&format!("BT /F1 1 Tf ({0}) Tj ({0}) Tj ET", "a".repeat(4 << 20))).bytes(),
        Says::Unread("too complex"),
    ),
    pdf(
        "inline-images-by-the-hundred-thousand",
        || repeated("BI /W 1 /H 1 ID x EI ", 500_000),
        Says::Unread("is a picture"),
    ),
    pdf("inline-images-that-never-end", || repeated("BI ID ", 500_000), Says::Unread("is a picture")),
    pdf("inline-images-with-false-ends", || repeated("ID EIx ", 1_000_000), Says::Unread("is a picture")),
    pdf("fonts-chosen-a-million-times", || repeated("/F1 1 Tf ", 2_000_000), Says::Whole),
    pdf(
        "fonts-that-are-missing",
        || shown(&(0..20_000).map(|i| format!("/M{i} 1 Tf (a) Tj ")).collect::<String>(), 5),
        Says::Unread("font in it is missing"),
    ),
    pdf(
        "states-by-the-hundred-thousand",
        || {
            Pdf {
                resources: "/ExtGState << /G0 << /ca .5 /Font [5 0 R 9] >> >>".to_owned(),
                ..many("/G0 gs ", 600_000)
            }
            .bytes()
        },
        Says::Whole,
    ),
    pdf(
        "colour-spaces-by-the-million",
        || {
            Pdf {
                resources: "/ColorSpace << /C0 [/CalRGB << >>] >>".to_owned(),
                ..many("/C0 cs ", 3_000_000)
            }
            .bytes()
        },
        Says::Unread("too complex"),
    ),
    pdf(
        "one-long-colour-space-again-and-again",
        || {
            let long = format!("/ColorSpace << /C0 [/Indexed /DeviceRGB 9 ({})] >>", "a".repeat(100_000));
            Pdf { resources: long, ..many("/C0 cs ", 1_000_000) }.bytes()
        },
        Says::Unread("too complex"),
    ),
    pdf(
        "marks-with-long-words",
        || {
            Pdf {
                resources: format!(
                    "/Properties << /M0 << /ActualText ({}) >> >>",
                    "quiet flows ".repeat(1 << 16)
                ),
                ..many("/Span /M0 BDC (a) Tj EMC ", 20_000)
            }
            .bytes()
        },
        Says::Unread("font in it is missing"),
    ),
    pdf("a-sheet-of-65535", || sized("[0 0 65535 65535]"), Says::Whole),
    pdf("a-sheet-of-1e30", || sized("[0 0 1e30 1e30]"), Says::Unread("no pages")),
    pdf(
        "a-sheet-of-a-number-of-four-hundred-digits",
        || sized(&format!("[0 0 {0} {0}]", "9".repeat(400))),
        Says::Unread("none that a page can have"),
    ),
    pdf("a-sheet-that-is-no-number", || sized("[0 0 nan inf]"), Says::Unread("no pages")),
    pdf("a-sheet-that-is-negative", || sized("[0 0 -612 -792]"), Says::Whole),
    pdf("a-sheet-that-is-empty", || sized("[0 0 0 0]"), Says::Whole),
    pdf("a-sheet-of-two-numbers", || sized("[612 792]"), Says::Whole),
    pdf("a-sheet-that-is-enlarged", || sized("[0 0 612 792] /UserUnit 1e30"), Says::Unread("no pages")),
    pdf("a-matrix-of-huge-numbers", || shown("1e30 0 0 1e30 0 0 cm (a) Tj ", 1_000), Says::Whole),
    pdf(
        "a-matrix-that-vanishes",
        || shown("0 0 0 0 0 0 cm (a) Tj ", 1_000),
        Says::Unread("most of its text is turned"),
    ),
    pdf(
        "type-of-a-huge-size",
        || Pdf::shows(&format!("BT /F1 {} Tf (quiet flows bend) Tj ET", "9".repeat(300))).bytes(),
        Says::Whole,
    ),
    pdf(
        "an-image-of-65000-by-65000",
        || image("/Width 65000 /Height 65000 /BitsPerComponent 8 /ColorSpace /DeviceRGB"),
        Says::Unread("is a picture"),
    ),
    pdf(
        "an-image-of-negative-size",
        || image("/Width -1 /Height -2147483648 /BitsPerComponent 99"),
        Says::Unread("is a picture"),
    ),
    pdf(
        "a-shading-of-many-functions",
        || {
            Pdf::shows("/S0 sh").resources("/Shading << /S0 6 0 R >>").object(format!("<< /ShadingType 2 /ColorSpace [/DeviceN [{}] /DeviceGray 7 0 R] /Coords [0 0 1 1] /Function [{}] >>", "/A ".repeat(100_000), "7 0 R ".repeat(100_000))).object("<< /FunctionType 3 /Functions [7 0 R 7 0 R] /Bounds [0.5] /Domain [0 1] /Encode [0 1 0 1] >>").bytes()
        },
        Says::Whole,
    ),
    pdf(
        "a-colour-space-of-itself",
        || {
            Pdf::shows("/C0 cs 1 sc 0 0 9 9 re f")
                .resources("/ColorSpace << /C0 6 0 R >>")
                .object("[/Indexed 6 0 R 255 6 0 R]")
                .bytes()
        },
        Says::Whole,
    ),
];

const FORM: &str = "/Type /XObject /Subtype /Form /BBox [0 0 612 792]";

/// A page of one piece of content, again and again.
fn many(piece: &str, times: usize) -> Pdf {
    let unit = piece.repeat((1 << 20) / piece.len());
    let count = times * piece.len() / unit.len().max(1);
    Pdf::deflated(zlib(unit.as_bytes(), count.max(1)))
}

fn repeated(piece: &str, times: usize) -> Vec<u8> {
    many(piece, times).bytes()
}

/// The same among text of the font.
fn shown(piece: &str, times: usize) -> Vec<u8> {
    let mut content = "BT /F1 10 Tf 99 99 Td ".to_owned();
    content.push_str(&piece.repeat(times.min((24 << 20) / piece.len())));
    Pdf::deflated(zlib(content.as_bytes(), 1)).bytes()
}

/// One form, shown by `mark` again and again.
fn marked(mark: &str, times: usize, form: &str) -> Vec<u8> {
    Pdf::shows(&mark.repeat(times))
        .resources("/XObject << /X0 6 0 R >>")
        .stream(FORM, form.as_bytes())
        .bytes()
}

/// Its resources name fifty thousand fonts, and are looked up for each of its names.
fn many_names() -> Vec<u8> {
    let names = || (0..2_000).map(|name| format!("/X{name}"));
    let content: String = names().map(|name| format!("{name} Do ")).collect();
    let objects: String = names().map(|name| format!("{name} 6 0 R ")).collect();
    let fonts: String = (0..50_000).map(|font| format!("/F{font} 5 0 R ")).collect();
    Pdf::shows(&content)
        .resources(format!("/XObject << {objects} >>"))
        .stream(&format!("{FORM} /Resources 7 0 R"), b"")
        .object(format!("<< /Font << {fonts} >> >>"))
        .bytes()
}

/// Forms each of which calls the next one so many times.
fn forms(depth: usize, calls: usize) -> Vec<u8> {
    let mut pdf = Pdf::shows("/X0 Do").resources("/XObject << /X0 6 0 R >>");
    for level in 1..=depth {
        let entries = format!("{FORM} /Resources << /XObject << /X0 {} 0 R >> >>", FIRST + level);
        pdf = pdf.stream(&entries, "/X0 Do ".repeat(calls).as_bytes());
    }
    pdf.stream(FORM, b"0 0 9 9 re f").bytes()
}

/// Forms that know one another, the page showing words and the first.
fn called(contents: &[&str]) -> Vec<u8> {
    let names: String = (0..contents.len()).map(|i| format!("/X{i} {} 0 R ", FIRST + i)).collect();
    let known = format!("/XObject << {names} >>");
    let mut pdf = Pdf::shows(&format!("{} /X0 Do", super::object::WORDS)).resources(known.clone());
    for content in contents {
        pdf.objects.push(stream(&format!("{FORM} /Resources << {known} >>"), content.as_bytes()));
    }
    pdf.bytes()
}

fn sizes() -> Vec<u8> {
    let piece = |i: usize| format!("/F1 {}.{i} Tf (a) Tj ", i % 40);
    Pdf::shows(&format!("BT 9 9 Td {} ET", (0..200_000).map(piece).collect::<String>())).bytes()
}

fn turned() -> Vec<u8> {
    let piece = |i: usize| {
        let angle = i as f64 / 1000.0;
        format!("{0:.4} {1:.4} -{1:.4} {0:.4} 300 400 Tm (ab) Tj ", angle.cos(), angle.sin())
    };
    Pdf::shows(&format!("BT /F1 9 Tf {} ET", (0..200_000).map(piece).collect::<String>())).bytes()
}

fn colours() -> Vec<u8> {
    let piece = |i: usize| format!("0 0.{i} 0.{} rg (a) Tj ", i % 977);
    Pdf::shows(&format!("BT /F1 9 Tf 9 9 Td {} ET", (0..200_000).map(piece).collect::<String>())).bytes()
}

/// Whether a letter is seen must be asked of every box.
fn boxed() -> Vec<u8> {
    let letters = format!("BT /F1 9 Tf 1 0 0 1 9 9 Tm {} ET ", "(quiet flows) Tj 0 9 Td ".repeat(50_000));
    let boxes = "1 1 1 rg 0 0 612 792 re f ".repeat(100_000);
    Pdf::shows(&format!("{letters}{boxes}")).bytes()
}

fn one_string(mebibytes: usize) -> Vec<u8> {
    let letters = zlib(&mebibyte(b'a'), mebibytes);
    let mut objects = Pdf::default().all();
    objects[2] = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents [6 0 R 7 0 R 8 0 R] \
                   /Resources << /Font << /F1 5 0 R >> >> >>"
        .to_vec();
    objects.push(stream("", b"BT /F1 1 Tf ("));
    objects.push(stream("/Filter /FlateDecode", &letters));
    objects.push(stream("", b") Tj ET"));
    super::object::tabled(&objects, "")
}

fn sized(media_box: &str) -> Vec<u8> {
    Pdf { page: format!("/MediaBox {media_box}"), ..Pdf::default() }.bytes()
}

fn image(entries: &str) -> Vec<u8> {
    Pdf::shows("q 612 0 0 792 0 0 cm /I0 Do Q")
        .resources("/XObject << /I0 6 0 R >>")
        .stream(
            &format!("/Type /XObject /Subtype /Image {entries} /Filter /FlateDecode"),
            &zlib(&mebibyte(0), 64),
        )
        .bytes()
}
