//! PDFs whose objects nest without end, refer to themselves, or claim what is not there.

use super::case::{Case, Says, pdf};
use super::object::{FIRST, Pdf, tabled};

pub(crate) const CASES: &[Case] = &[
    pdf("dictionaries-nested-deep", || deep("<< /A ", " >>", 200_000), Says::Unread("nested")),
    pdf("arrays-nested-deep", || deep("[", "]", 400_000), Says::Unread("nested")),
    pdf("arrays-nested-deep-and-never-closed", || deep("[", "", 400_000), Says::Unread("nested")),
    pdf(
        "dictionaries-nested-in-content",
        || Pdf::shows(&format!("/A {} BDC ", "<< /A ".repeat(300_000))).bytes(),
        Says::Unread("too complex"),
    ),
    pdf(
        "arrays-nested-in-content",
        || Pdf::shows(&format!("{} TJ", "[".repeat(1_000_000))).bytes(),
        Says::Unread("too complex"),
    ),
    pdf(
        "parentheses-nested-deep",
        || Pdf::default().object(format!("({}{})", "(".repeat(1 << 20), ")".repeat(1 << 20))).bytes(),
        Says::Whole,
    ),
    pdf("parentheses-never-closed", || Pdf::default().object("(".repeat(2 << 20)).bytes(), Says::Whole),
    pdf("parentheses-in-content", || Pdf::shows(&format!("{} Tj", "(".repeat(4 << 20))).bytes(), Says::Whole),
    pdf("page-tree-nested-deep", deep_pages, Says::Whole),
    pdf(
        "page-tree-that-holds-itself",
        || {
            Pdf { pages: "<< /Type /Pages /Count 2 /Kids [3 0 R 2 0 R] >>".to_owned(), ..Pdf::default() }
                .bytes()
        },
        Says::Whole,
    ),
    pdf("page-tree-that-fans-out", fanned_pages, Says::Whole),
    pdf(
        "one-page-a-million-times",
        || {
            Pdf {
                pages: format!("<< /Type /Pages /Count 1000000 /Kids [{}] >>", "3 0 R ".repeat(1_000_000)),
                ..Pdf::default()
            }
            .bytes()
        },
        Says::Whole,
    ),
    pdf(
        "page-tree-with-a-false-count",
        || {
            Pdf { pages: "<< /Type /Pages /Count 2147483647 /Kids [3 0 R] >>".to_owned(), ..Pdf::default() }
                .bytes()
        },
        Says::Whole,
    ),
    pdf(
        "parents-that-go-round",
        || {
            Pdf {
                pages: "<< /Type /Pages /Count 1 /Kids [3 0 R] /Parent 3 0 R >>".to_owned(),
                ..Pdf::default()
            }
            .bytes()
        },
        Says::Whole,
    ),
    pdf("tables-that-go-round", || chained_tables(&[0, 1]), Says::Whole),
    pdf("a-hundred-thousand-tables", || long_chain(100_000), Says::Whole),
    pdf(
        "references-that-go-round",
        || Pdf::default().on_page(" /Rotate 6 0 R /UserUnit 7 0 R").object("7 0 R").object("6 0 R").bytes(),
        Says::Whole,
    ),
    pdf(
        "a-chain-of-references",
        || {
            Pdf::default()
                .on_page(" /Rotate 6 0 R")
                .objects((0..100_000).map(|i| format!("{} 0 R", FIRST + 1 + i)))
                .bytes()
        },
        Says::Whole,
    ),
    pdf(
        "length-that-is-its-own-stream",
        || Pdf::default().object("<< /Length 6 0 R >>\nstream\nx\nendstream").bytes(),
        Says::Whole,
    ),
    pdf("content-whose-length-is-itself", own_length, Says::Whole),
    pdf("content-whose-length-lies-long", || lying_length("99999999999"), Says::Whole),
    pdf("content-whose-length-lies-short", || lying_length("3"), Says::Whole),
    pdf("content-whose-length-is-negative", || lying_length("-1"), Says::Whole),
    pdf(
        "content-that-is-its-own-page",
        || Pdf { page: "/MediaBox [0 0 612 792] /Contents 3 0 R".to_owned(), ..Pdf::default() }.bytes(),
        Says::Unread("content is damaged"),
    ),
    pdf(
        "outline-that-goes-round",
        || {
            outline(&[
                "<< /Title (a) /Next 8 0 R /First 7 0 R >>",
                "<< /Title (b) /Next 7 0 R /First 8 0 R >>",
            ])
        },
        Says::Whole,
    ),
    pdf(
        "outline-of-direct-entries-nested-deep",
        || {
            Pdf::default()
                .catalog(format!(
                    "/Outlines << /First {}{} >>",
                    "<< /Title (a) /First ".repeat(60),
                    ">>".repeat(60)
                ))
                .bytes()
        },
        Says::Unread("broken and cannot be opened"),
    ),
    pdf("outline-of-one-long-title", long_titles, Says::Whole),
    pdf(
        "names-that-go-round",
        || {
            Pdf::default()
                .catalog("/Names << /Dests 6 0 R >>")
                .object("<< /Kids [6 0 R 7 0 R] >>")
                .object("<< /Kids [6 0 R 7 0 R] >>")
                .bytes()
        },
        Says::Whole,
    ),
    pdf(
        "names-each-of-which-holds-all",
        || {
            Pdf::default()
                .catalog("/Names << /Dests 7 0 R >>")
                .object(all_of(7, 5_000))
                .objects((0..5_000).map(|_| "<< /Kids 6 0 R >>".to_owned()))
                .bytes()
        },
        Says::Whole,
    ),
    pdf(
        "structure-each-of-which-holds-all",
        || {
            Pdf::default()
                .catalog("/StructTreeRoot 7 0 R")
                .object(all_of(7, 5_000))
                .objects((0..5_000).map(|_| "<< /S /P /K 6 0 R >>".to_owned()))
                .bytes()
        },
        Says::Whole,
    ),
    pdf("structure-of-one-long-description", long_descriptions, Says::Whole),
    pdf(
        "annotations-that-go-round",
        || {
            Pdf::default().on_page(" /Annots 6 0 R").object("[6 0 R 7 0 R 7 0 R]").object("<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Parent 7 0 R /Popup 7 0 R /Kids [7 0 R] /AP << /N 7 0 R >> >>").bytes()
        },
        Says::Whole,
    ),
    pdf("annotations-of-one-long-note", long_notes, Says::Told("a note was left")),
    pdf(
        "annotations-by-the-million",
        || {
            Pdf::default()
                .on_page(" /Annots 6 0 R")
                .object(format!("[{}]", "7 0 R ".repeat(1_000_000)))
                .object("<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (a) >>")
                .bytes()
        },
        Says::Unread("too complex"),
    ),
    pdf(
        "layers-by-the-million",
        || {
            Pdf::default()
                .catalog(format!(
                    "/OCProperties << /OCGs [{}] /D << /OFF 6 0 R >> >>",
                    "7 0 R ".repeat(1_000_000)
                ))
                .object("[7 0 R]")
                .object("<< /Type /OCG /Name (a) >>")
                .bytes()
        },
        Says::Whole,
    ),
    pdf(
        "size-that-is-huge",
        || Pdf { trailer: "/Size 2147483647".to_owned(), ..Pdf::default() }.bytes(),
        Says::Whole,
    ),
    pdf("table-that-claims-four-thousand-million", || claimed_table("0 4294967295"), Says::Whole),
    pdf("table-that-begins-at-the-end-of-numbers", || claimed_table("4294967290 100"), Says::Whole),
    pdf(
        "a-million-objects",
        || Pdf::default().objects((0..1_000_000).map(|_| "null".to_owned())).bytes(),
        Says::Told("more objects than are looked at"),
    ),
    pdf(
        "a-million-objects-without-a-table",
        || Pdf::default().objects((0..1_000_000).map(|_| "1".to_owned())).untabled(),
        Says::Told("more objects than are looked at"),
    ),
    pdf(
        "a-million-dictionaries",
        || Pdf::default().objects((0..1_000_000).map(|_| "<</S 1>>".to_owned())).bytes(),
        Says::Told("more objects than are looked at"),
    ),
    pdf(
        "a-million-entries-in-a-dictionary",
        || {
            Pdf::default()
                .object(format!("<< {} >>", (0..600_000).map(|i| format!("/A{i} 1 ")).collect::<String>()))
                .bytes()
        },
        Says::Whole,
    ),
    pdf(
        "a-million-numbers-in-a-box",
        || Pdf { page: format!("/MediaBox [{}]", "612 ".repeat(1_000_000)), ..Pdf::default() }.bytes(),
        Says::Whole,
    ),
    pdf(
        "a-catalog-that-is-its-own-page-tree",
        || tabled(&[b"<< /Type /Catalog /Pages 1 0 R /Kids [1 0 R] >>".to_vec()], ""),
        Says::Unread("no pages"),
    ),
    pdf("nothing-but-headers", || b"%PDF-1.7\n".repeat(500_000), Says::Unread("broken and cannot be opened")),
    pdf(
        "nothing-but-ends",
        || [b"%PDF-1.7\n".to_vec(), b"startxref\n0\n%%EOF\n".repeat(200_000)].concat(),
        Says::Unread("broken and cannot be opened"),
    ),
    pdf(
        "nothing-but-stream-words",
        || [b"%PDF-1.7\n".to_vec(), b"1 0 obj<<>>stream\n".repeat(200_000)].concat(),
        Says::Unread("broken and cannot be opened"),
    ),
    pdf("a-hundred-thousand-updates", updates, Says::Whole),
];

fn deep(open: &str, close: &str, depth: usize) -> Vec<u8> {
    Pdf::default().object(format!("{}{}", open.repeat(depth), close.repeat(depth))).bytes()
}

const LEAF: &str =
    "<< /Type /Page /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>";

/// Every node has one kid.
fn deep_pages() -> Vec<u8> {
    let count = 100_000;
    let node = |i: usize| format!("<< /Type /Pages /Count 1 /Kids [{} 0 R] >>", FIRST + 1 + i);
    let mut pdf = Pdf::default().objects((0..count).map(node));
    pdf = pdf.object(LEAF);
    pdf.pages = format!("<< /Type /Pages /Count 1 /Kids [{FIRST} 0 R] >>");
    pdf.bytes()
}

/// Every node has the next one twice.
fn fanned_pages() -> Vec<u8> {
    let node = |i: usize| format!("<< /Type /Pages /Count 2 /Kids [{0} 0 R {0} 0 R] >>", FIRST + 1 + i);
    let mut pdf = Pdf::default().objects((0..40).map(node));
    pdf = pdf.object(LEAF);
    pdf.pages = format!("<< /Type /Pages /Count 2 /Kids [{FIRST} 0 R {FIRST} 0 R] >>");
    pdf.bytes()
}

/// Tables, each of which names another as the one before it.
fn chained_tables(before: &[usize]) -> Vec<u8> {
    let mut file = Pdf::default().bytes();
    let main = String::from_utf8_lossy(&file).rfind("xref\n0").unwrap_or_default();
    let length = "xref\n0 0\ntrailer\n<< /Size 6 /Root 1 0 R /Prev 0000000000 >>\n".len();
    let first = file.len();
    for (index, next) in before.iter().enumerate() {
        let target = if index == 0 { main } else { first + (before.len() - 1 - next) * length };
        file.extend(format!("xref\n0 0\ntrailer\n<< /Size 6 /Root 1 0 R /Prev {target:010} >>\n").bytes());
    }
    let last = first + (before.len() - 1) * length;
    file.extend(format!("startxref\n{last}\n%%EOF\n").bytes());
    file
}

/// A chain of tables, newest last.
fn long_chain(count: usize) -> Vec<u8> {
    let mut file = Pdf::default().bytes();
    let mut before = String::from_utf8_lossy(&file).rfind("xref\n0").unwrap_or_default();
    for _ in 0..count {
        let at = file.len();
        file.extend(format!("xref\n0 0\ntrailer\n<< /Size 6 /Root 1 0 R /Prev {before} >>\n").bytes());
        before = at;
    }
    file.extend(format!("startxref\n{before}\n%%EOF\n").bytes());
    file
}

fn own_length() -> Vec<u8> {
    let mut objects = Pdf::default().all();
    objects[3] = b"<< /Length 4 0 R >>\nstream\nBT /F1 10 Tf (quiet flows) Tj ET\nendstream".to_vec();
    tabled(&objects, "")
}

fn lying_length(length: &str) -> Vec<u8> {
    let mut objects = Pdf::default().all();
    objects[3] = format!("<< /Length {length} >>\nstream\n{}\nendstream", super::object::WORDS).into_bytes();
    tabled(&objects, "")
}

fn outline(entries: &[&str]) -> Vec<u8> {
    let pdf = Pdf::default().catalog("/Outlines 6 0 R").object("<< /Type /Outlines /First 7 0 R >>");
    pdf.objects(entries.iter().map(|e| (*e).to_owned())).bytes()
}

/// References to so many objects.
fn all_of(first: usize, count: usize) -> String {
    format!("[{}]", (0..count).map(|i| format!("{} 0 R ", first + i)).collect::<String>())
}

/// A text of a mebibyte that many objects share.
fn long_text() -> String {
    format!("({})", "quiet flows bend ".repeat(1 << 16))
}

fn long_titles() -> Vec<u8> {
    let entry = |i: usize| format!("<< /Title 7 0 R /Next {} 0 R >>", FIRST + 3 + i);
    Pdf::default()
        .catalog("/Outlines 6 0 R")
        .object("<< /Type /Outlines /First 8 0 R >>")
        .object(long_text())
        .objects((0..10_000).map(entry))
        .bytes()
}

fn long_descriptions() -> Vec<u8> {
    let kids = all_of(FIRST + 2, 10_000);
    Pdf::default()
        .catalog("/StructTreeRoot 7 0 R")
        .object(long_text())
        .object(format!("<< /Type /StructTreeRoot /K {kids} >>"))
        .objects((0..10_000).map(|_| "<< /S /Figure /Alt 6 0 R >>".to_owned()))
        .bytes()
}

fn long_notes() -> Vec<u8> {
    let notes = all_of(FIRST + 1, 10_000);
    Pdf::default()
        .on_page(&format!(" /Annots {notes}"))
        .object(long_text())
        .objects((0..10_000).map(|_| "<< /Subtype /Text /Rect [0 0 9 9] /Contents 6 0 R >>".to_owned()))
        .bytes()
}

/// A table whose head claims more entries than it has.
fn claimed_table(head: &str) -> Vec<u8> {
    let text =
        String::from_utf8_lossy(&Pdf::default().bytes()).replace("xref\n0 6\n", &format!("xref\n{head}\n"));
    text.into_bytes()
}

fn updates() -> Vec<u8> {
    let mut file = Pdf::default().bytes();
    let mut before = String::from_utf8_lossy(&file).rfind("xref\n0").unwrap_or_default();
    for _ in 0..20_000 {
        let at = file.len();
        let update = format!(
            "xref\n0 0\ntrailer\n<< /Size 6 /Root 1 0 R /Info 5 0 R /Prev {before} >>\nstartxref\n{at}\n%%EOF\n"
        );
        file.extend(update.bytes());
        before = at;
    }
    file
}
