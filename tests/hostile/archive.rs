//! Archives that lead elsewhere, grow, or lie about what they hold.

use super::case::{Case, Says, file};
use super::object::Pdf;
use super::packed::{deflated, mebibyte};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

const ZIP: &str = "submission.zip";
const TAR: &str = "submission.tar";
const GZIP: &str = "submission.tar.gz";
const LEADS_OUT: Says = Says::Told("leads out of its folder");

pub(crate) const CASES: &[Case] = &[
    file("zip-that-slips", ZIP, || zip([paper(), Entry::of("../../../etc/cron.d/own", b"x")]), LEADS_OUT),
    file("zip-with-an-absolute-name", ZIP, || zip([paper(), Entry::of("/etc/passwd", b"x")]), LEADS_OUT),
    file(
        "zip-with-a-drive",
        ZIP,
        || zip([paper(), Entry::of("C:\\Windows\\own.dll", b"x"), Entry::of("..\\..\\own", b"x")]),
        LEADS_OUT,
    ),
    file(
        "zip-with-a-zero-in-a-name",
        ZIP,
        || zip([paper(), Entry::of("a\0.pdf", b"x")]),
        Says::Unread("of several PDFs only the paper is read"),
    ),
    file(
        "zip-with-names-that-are-no-text",
        ZIP,
        || zip([paper(), Entry { name: vec![0xff, 0xfe, b'/', 0xc0, 0x80], ..Entry::of("", b"x") }]),
        Says::Whole,
    ),
    file(
        "zip-with-a-name-of-65535",
        ZIP,
        || zip([paper(), Entry { name: vec![b'a'; 65_535], ..Entry::of("", b"x") }]),
        Says::Whole,
    ),
    file(
        "zip-with-a-name-of-steps",
        ZIP,
        || {
            zip([
                paper(),
                Entry { name: b"a/".repeat(32_000), ..Entry::of("", b"x") },
                Entry { name: b"../".repeat(20_000), ..Entry::of("", b"x") },
            ])
        },
        Says::Whole,
    ),
    file("zip-with-two-of-one-name", ZIP, || zip([paper(), paper(), paper()]), Says::Whole),
    file(
        "zip-of-a-gibibyte",
        ZIP,
        || zip([paper(), Entry::packed("zeros.pdf", 1024)]),
        Says::Told("unpacks to more than is read"),
    ),
    file(
        "zip-of-gibibytes",
        ZIP,
        || zip((0..200).map(|_| Entry::packed("zeros.tex", 1024))),
        Says::Unread("more than the 200 MB"),
    ),
    file(
        "zip-of-zips-of-a-gibibyte",
        ZIP,
        || zip([Entry::of("in.zip", &zip([Entry::of("in.zip", &zip([Entry::packed("paper.pdf", 1024)]))]))]),
        Says::Unread("unpacks to more"),
    ),
    file("zip-of-zips-that-fan-out", ZIP, || fan(8, 4), Says::Unread("too many archives")),
    file("zip-whose-entries-overlap", ZIP, overlapping, Says::Unread("unpacks to more")),
    file(
        "zip-of-a-hundred-thousand-files",
        ZIP,
        || zip((0..100_000).map(|i| Entry::of(&format!("f{i}"), b""))),
        Says::Unread("more than 10000 files"),
    ),
    file(
        "zip-of-a-hundred-thousand-folders",
        ZIP,
        || zip((0..100_000).map(|i| Entry::of(&format!("f{i}/"), b""))),
        Says::Unread("no PDF of"),
    ),
    file(
        "zip-of-a-hundred-thousand-bad-names",
        ZIP,
        || zip((0..60_000).map(|i| Entry::of(&format!("../.git/objects/{i}"), b""))),
        Says::Unread("no PDF of"),
    ),
    file("zip-with-a-false-size", ZIP, || zip([Entry { size: Some(4_294_967_294), ..paper() }]), Says::Whole),
    file(
        "zip-with-a-false-packed-size",
        ZIP,
        || zip([Entry { packed: Some(4_294_967_294), ..paper() }]),
        Says::Unread("is damaged"),
    ),
    file(
        "zip-with-a-false-checksum",
        ZIP,
        || zip([Entry { checksum: Some(1), ..paper() }]),
        Says::Told("damaged"),
    ),
    file(
        "zip-that-claims-zip64",
        ZIP,
        || zip([Entry { size: Some(0xffff_ffff), packed: Some(0xffff_ffff), extra: zip64(), ..paper() }]),
        Says::Unread("member that cannot be found"),
    ),
    file(
        "zip-packed-in-an-unknown-way",
        ZIP,
        || zip([Entry { method: 99, ..paper() }]),
        Says::Unread("is damaged"),
    ),
    file(
        "zip-with-a-password",
        ZIP,
        || zip([Entry { flags: 1, ..paper() }]),
        Says::Unread("asks for a password"),
    ),
    file("zip-that-claims-65535-entries", ZIP, || with_end(65_535, 46, 0), Says::Unread("cannot be opened")),
    file(
        "zip-whose-directory-lies-outside",
        ZIP,
        || with_end(1, 0xffff_ffff, 0xffff_fff0),
        Says::Unread("cannot be opened"),
    ),
    file("zip-whose-directory-is-itself", ZIP, || with_end(9, 22, 0), Says::Unread("cannot be opened")),
    file(
        "zip-of-nothing-but-a-comment",
        ZIP,
        || [zip([]), b"PK\x05\x06".repeat(200_000)].concat(),
        Says::Unread("cannot be opened"),
    ),
    file(
        "zip-of-slow-papers",
        ZIP,
        || slow_papers(60),
        Says::Unread("of several PDFs only the paper is read"),
    ),
    file("zip-of-slow-sources", ZIP, slow_sources, Says::Unread("more text than is read")),
    file(
        "tar-with-links-outside",
        TAR,
        || {
            tar(&[
                ("paper.pdf", b'0', b"%PDF-1.7"),
                ("secret", b'2', b"/etc/passwd"),
                ("hard", b'1', b"../../etc/shadow"),
            ])
        },
        Says::Told("is not followed"),
    ),
    file(
        "tar-with-devices",
        TAR,
        || tar(&[("null", b'3', b""), ("disk", b'4', b""), ("pipe", b'6', b"")]),
        Says::Unread("no PDF of"),
    ),
    file("tar-that-slips", TAR, || tar(&[("../../own", b'0', b"x"), ("/root/own", b'0', b"x")]), LEADS_OUT),
    file("tar-with-a-huge-size", TAR, || sized("77777777777"), Says::Unread("breaks off")),
    file("tar-with-a-size-that-is-no-number", TAR, || sized("quietflows!"), Says::Unread("breaks off")),
    file(
        "tar-with-a-binary-size",
        TAR,
        || sized("\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}"),
        Says::Unread("breaks off"),
    ),
    file(
        "tar-that-breaks-off",
        TAR,
        || {
            let whole = tar(&[("main.tex", b'0', &[b'a'; 4096])]);
            whole[..2000].to_vec()
        },
        Says::Unread("breaks off"),
    ),
    file("tar-that-is-sparse", TAR, sparse, Says::Unread("breaks off")),
    file("tar-with-a-long-name-of-a-gibibyte", GZIP, long_name, Says::Unread("unpacks to more")),
    file(
        "tar-of-a-hundred-thousand-files",
        GZIP,
        || gzip(&tar(&vec![("a", b'0', b"".as_slice()); 60_000])),
        Says::Unread("more than 10000 files"),
    ),
    file(
        "tar-of-a-hundred-thousand-folders",
        GZIP,
        || gzip(&tar(&vec![("a/", b'5', b"".as_slice()); 100_000])),
        Says::Unread("no PDF of"),
    ),
    file("gzip-of-a-gibibyte", "paper.pdf.gz", || gzipped_zeros(1024), Says::Unread("unpacks to more")),
    file(
        "gzip-of-gzip-without-end",
        "paper.gz",
        || (0..20).fold(b"\\documentclass{article}".to_vec(), |inner, _| gzip(&inner)),
        Says::Unread("too many archives"),
    ),
    file(
        "gzips-one-after-another",
        "paper.gz",
        || gzip(b"").repeat(200_000),
        Says::Unread("cannot be opened"),
    ),
    file(
        "gzip-that-is-its-own-header",
        "paper.gz",
        || b"\x1f\x8b\x08\x1f".repeat(500_000),
        Says::Unread("cannot be opened"),
    ),
];

/// An entry of a zip, each of whose statements may be a lie.
#[derive(Default, Clone)]
struct Entry {
    name: Vec<u8>,
    data: Vec<u8>,
    method: u16,
    flags: u16,
    checksum: Option<u32>,
    packed: Option<u32>,
    size: Option<u32>,
    extra: Vec<u8>,
}

impl Entry {
    /// A file as it is.
    fn of(name: &str, data: &[u8]) -> Self {
        Self { name: name.as_bytes().to_vec(), data: data.to_vec(), ..Self::default() }
    }

    /// So many mebibytes of zeros, deflated.
    fn packed(name: &str, mebibytes: usize) -> Self {
        let data = deflated(&mebibyte(0), mebibytes);
        let size = Some((mebibytes << 20) as u32);
        Self { name: name.as_bytes().to_vec(), data, method: 8, size, ..Self::default() }
    }

    /// Its header in the file (`local`) or in the directory. Source: APPNOTE.TXT §4.3.7 and §4.3.12.
    fn header(&self, offset: Option<u32>) -> Vec<u8> {
        let mut out = if offset.is_some() { b"PK\x01\x02\x14\0".to_vec() } else { b"PK\x03\x04".to_vec() };
        let length = self.data.len() as u32;
        out.extend(20_u16.to_le_bytes());
        out.extend(self.flags.to_le_bytes());
        out.extend(self.method.to_le_bytes());
        out.extend([0, 0, 0x21, 0]);
        let mut crc = flate2::Crc::new();
        crc.update(&self.data);
        out.extend(self.checksum.unwrap_or_else(|| crc.sum()).to_le_bytes());
        out.extend(self.packed.unwrap_or(length).to_le_bytes());
        out.extend(self.size.unwrap_or(length).to_le_bytes());
        out.extend((self.name.len() as u16).to_le_bytes());
        out.extend((self.extra.len() as u16).to_le_bytes());
        if let Some(offset) = offset {
            out.extend([0; 10]);
            out.extend(offset.to_le_bytes());
        }
        out.extend(&self.name);
        out.extend(&self.extra);
        out
    }
}

fn paper() -> Entry {
    Entry::of("paper.pdf", &Pdf::default().bytes())
}

fn zip(entries: impl IntoIterator<Item = Entry>) -> Vec<u8> {
    let (mut out, mut directory, mut count) = (Vec::new(), Vec::new(), 0_usize);
    for entry in entries {
        count += 1;
        directory.extend(entry.header(Some(out.len() as u32)));
        out.extend(entry.header(None));
        out.extend(&entry.data);
    }
    ended(out, &directory, count as u16)
}

fn ended(mut out: Vec<u8>, directory: &[u8], count: u16) -> Vec<u8> {
    let at = out.len() as u32;
    out.extend(directory);
    out.extend(end(count, directory.len() as u32, at));
    out
}

/// The end of a directory. Source: APPNOTE.TXT §4.3.16.
fn end(count: u16, length: u32, at: u32) -> Vec<u8> {
    let mut out = b"PK\x05\x06\0\0\0\0".to_vec();
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(length.to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    out
}

fn with_end(count: u16, length: u32, at: u32) -> Vec<u8> {
    let paper = paper();
    [paper.header(None), paper.data.clone(), end(count, length, at)].concat()
}

/// Sizes that are elsewhere, and are huge there. Source: APPNOTE.TXT §4.5.3.
fn zip64() -> Vec<u8> {
    [&[1, 0, 16, 0][..], &[0xff; 16]].concat()
}

/// Many names for one bomb.
fn overlapping() -> Vec<u8> {
    let bomb = Entry::packed("a.tex", 300);
    let data = [bomb.header(None), bomb.data.clone()].concat();
    let directory: Vec<u8> = (0..2_000).flat_map(|_| bomb.header(Some(0))).collect();
    ended(data, &directory, 2_000)
}

/// Archives each of which holds the next one so many times.
fn fan(width: usize, depth: usize) -> Vec<u8> {
    let inner = if depth == 0 { Pdf::default().bytes() } else { fan(width, depth - 1) };
    let name = if depth == 0 { "paper.pdf" } else { "in.zip" };
    zip((0..width).map(|i| Entry::of(&format!("{i}/{name}"), &inner)))
}

fn slow_papers(count: usize) -> Vec<u8> {
    let content = super::packed::zlib(&b"0 0 m 1 1 l S ".repeat(1 << 16), 24);
    let slow = Pdf::deflated(content).bytes();
    zip((0..count).map(|i| Entry::of(&format!("{i}.pdf"), &slow)))
}

fn slow_sources() -> Vec<u8> {
    let source = format!("\\documentclass{{article}}\\begin{{document}}{}", "\\input{a}{".repeat(30_000));
    zip((0..200).map(|i| Entry::of(&format!("{i}.tex"), source.as_bytes())))
}

/// Tape archives. Source: POSIX.1-1988, ustar.
fn tar(members: &[(&str, u8, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, kind, data) in members {
        let is_link = matches!(kind, b'1' | b'2');
        let data: &[u8] = if is_link { &[] } else { data };
        let link = if is_link { members.iter().find(|m| m.0 == *name).map_or(&[][..], |m| m.2) } else { &[] };
        out.extend(member(name.as_bytes(), *kind, &format!("{:011o}", data.len()), link));
        out.extend(data);
        out.resize(out.len().next_multiple_of(512), 0);
    }
    out.resize(out.len() + 1024, 0);
    out
}

fn member(name: &[u8], kind: u8, size: &str, link: &[u8]) -> Vec<u8> {
    let mut header = vec![0_u8; 512];
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &name[..name.len().min(100)]);
    put(100, b"0000644\x000001750\x000001750\x00");
    put(124, &size.as_bytes()[..size.len().min(11)]);
    put(136, b"00000000000\x00        ");
    put(156, &[kind]);
    put(157, &link[..link.len().min(100)]);
    put(257, b"ustar\x0000");
    let sum: u32 = header.iter().map(|b| u32::from(*b)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header
}

fn sized(size: &str) -> Vec<u8> {
    let mut out = member(b"paper.pdf", b'0', size, b"");
    out.extend(Pdf::default().bytes());
    out
}

/// A file of holes: it claims a gibibyte and holds nothing. Source: GNU tar manual, old GNU format.
fn sparse() -> Vec<u8> {
    let mut header = member(b"paper.pdf", b'S', "00000000000", b"");
    header[257..265].copy_from_slice(b"ustar  \0");
    header[386..398].copy_from_slice(b"00000000000\0");
    header[398..410].copy_from_slice(b"00000000000\0");
    header[483..495].copy_from_slice(b"77777777777\0");
    header[148..156].fill(b' ');
    let sum: u32 = header.iter().map(|b| u32::from(*b)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header.resize(512 + 1024, 0);
    header
}

/// The name of the next member takes a gibibyte.
fn long_name() -> Vec<u8> {
    let mut header = member(b"././@LongLink", b'L', "10000000000", b"");
    header[257..265].copy_from_slice(b"ustar  \0");
    header[148..156].fill(b' ');
    let sum: u32 = header.iter().map(|b| u32::from(*b)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header.extend(vec![b'a'; 1 << 20]);
    let mut out = gzip(&header);
    out.extend(gzipped_zeros(150));
    out
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("a vector takes everything");
    encoder.finish().expect("a vector takes everything")
}

/// So many mebibytes of zeros; its checksum is wrong, which nobody gets to see.
fn gzipped_zeros(mebibytes: usize) -> Vec<u8> {
    let mut out = b"\x1f\x8b\x08\0\0\0\0\0\0\x03".to_vec();
    out.extend(deflated(&mebibyte(0), mebibytes));
    out.extend([0; 4]);
    out.extend(((mebibytes << 20) as u32).to_le_bytes());
    out
}
