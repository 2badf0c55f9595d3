//! What pictures say about whoever made them: EXIF of photographs, text of PNG, metadata of SVG and EPS.

use super::hint::{Hint, HintKind, Hints, Setting, Weight};
use super::nobody::names_nobody;
use super::sign::signs;
use super::svg;
use crate::pdf::image_tags;
use crate::place::FileId;
use crate::submission::File;
use regex::bytes::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

/// Everything that a picture tells.
pub(super) fn hints(id: FileId, file: &File) -> Vec<Hint> {
    let mut hints = Hints::of(id, file);
    let bytes = &file.bytes[..];
    if bytes.starts_with(b"\xff\xd8") {
        jpeg(&mut hints, bytes);
        for (name, value) in image_tags(bytes).iter().filter(|(name, _)| BYLINES.contains(&name.as_str())) {
            somebody(&mut hints, &format!("/IPTC/{name}"), value);
        }
    } else if bytes.starts_with(b"\x89PNG") {
        png(&mut hints, bytes);
    } else {
        vector(&mut hints, bytes);
    }
    hints.found
}

/// Datasets that name people. Source: IPTC IIM 4.2, record 2.
const BYLINES: [&str; 3] = ["By-line", "Writer", "Credit"];

fn somebody(hints: &mut Hints<'_>, inside: &str, value: &str) {
    let value = value.trim_matches(|c: char| c == '\0' || c.is_whitespace());
    let is_program = ["Adobe", "Inkscape", "matplotlib", "GIMP", "cairo", "Microsoft", "Software", "http"]
        .iter()
        .any(|p| value.contains(p));
    if !names_nobody(value) && !is_program {
        hints.add_within(HintKind::PictureAuthor, Weight::Full, value, Some(inside));
    }
}

/// Segments of a JPEG that hold EXIF or XMP. Source: ITU-T T.81 annex B; Exif 2.32, 4.7.2.
fn jpeg(hints: &mut Hints<'_>, bytes: &[u8]) {
    let mut at = 2;
    while let Some(&[0xff, marker, high, low]) = bytes.get(at..at + 4) {
        let length = usize::from(high) << 8 | usize::from(low);
        let body = bytes.get(at + 4..at + 2 + length.max(2)).unwrap_or_default();
        if let Some(tiff) = body.strip_prefix(b"Exif\0\0") {
            exif(hints, tiff);
        } else if body.starts_with(b"http://ns.adobe.com/xap/") {
            xmp(hints, body);
        }
        // The picture itself begins.
        if marker == 0xda {
            break;
        }
        at += 2 + length.max(2);
    }
}

/// Tags of EXIF that name people or places. Source: Exif 2.32, tables 4 and 7.
const TAGS: [(u16, &str); 5] = [
    (0x013b, "Artist"),
    (0x8298, "Copyright"),
    (0xa430, "CameraOwnerName"),
    (0xa431, "BodySerialNumber"),
    (0x9c9d, "XPAuthor"),
];
/// Tags that lead to further tags: EXIF's own and those of the place.
const EXIF_IFD: u16 = 0x8769;
const GPS_IFD: u16 = 0x8825;
/// The most bytes of a value that are shown.
const LONGEST: usize = 400;
/// The most tags of a directory. Source: Exif 2.32 defines fewer than a hundred.
const MOST_TAGS: usize = 500;

fn exif(hints: &mut Hints<'_>, tiff: &[u8]) {
    let is_little = tiff.starts_with(b"II");
    let read16 = |at: usize| -> Option<u16> {
        let pair: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let read32 = |at: usize| -> Option<usize> {
        let four: [u8; 4] = tiff.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if is_little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) } as usize)
    };
    let mut open = vec![read32(4).unwrap_or_default()];
    let mut read = 0;
    while let Some(directory) = open.pop() {
        let count = usize::from(read16(directory).unwrap_or_default()).min(MOST_TAGS);
        for entry in (0..count).map(|i| directory.saturating_add(2 + 12 * i)) {
            let (Some(tag), Some(size), Some(offset)) =
                (read16(entry), read32(entry.saturating_add(4)), read32(entry.saturating_add(8)))
            else {
                break;
            };
            read += 1;
            if tag == EXIF_IFD && read < MOST_TAGS {
                open.push(offset);
            } else if tag == GPS_IFD && read16(offset).is_some_and(|n| n > 1) {
                hints.add_within(
                    HintKind::PictureAuthor,
                    Weight::Full,
                    "the place where it was taken",
                    Some("/Exif/GPS"),
                );
            } else if let Some((_, name)) = TAGS.iter().find(|(t, _)| *t == tag) {
                let start = if size <= 4 { entry + 8 } else { offset };
                let value = tiff.get(start..start.saturating_add(size.min(LONGEST))).unwrap_or_default();
                let text: String = String::from_utf8_lossy(value).chars().filter(|c| *c != '\0').collect();
                somebody(hints, &format!("/Exif/{name}"), &text);
            }
        }
    }
}

/// Chunks of a PNG that hold text. Source: PNG specification, 11.3.4.
fn png(hints: &mut Hints<'_>, bytes: &[u8]) {
    let mut at = 8;
    while let Some(head) = bytes.get(at..at + 8) {
        let length = head[..4].iter().fold(0_usize, |n, b| n << 8 | usize::from(*b));
        let body = bytes.get(at + 8..at + 8 + length).unwrap_or_default();
        let (key, value) = body.split_at(body.iter().position(|b| *b == 0).unwrap_or(0));
        let text = || String::from_utf8_lossy(value).into_owned();
        match &head[4..] {
            b"tEXt" | b"iTXt" if matches!(key, b"Author" | b"Artist" | b"Copyright" | b"Creator") => {
                somebody(hints, &format!("/{}", String::from_utf8_lossy(key)), &text());
            }
            b"iTXt" => xmp(hints, value),
            b"eXIf" => exif(hints, body),
            _ => {}
        }
        at += 12 + length;
    }
}

/// Elements of XMP that name people. Source: ISO 16684-1, 8.3.
fn xmp(hints: &mut Hints<'_>, packet: &[u8]) {
    static CREATOR: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?s-u)<(dc:creator|dc:rights|photoshop:AuthorsPosition|xmpRights:Owner)\b[^>]*>(.{1,600}?)</(?:dc:|photoshop:|xmpRights:)")
            .expect("internal error: the pattern is fixed")
    });
    for found in CREATOR.captures_iter(packet) {
        let value = without_tags(&String::from_utf8_lossy(&found[2]));
        somebody(hints, &format!("/XMP/{}", String::from_utf8_lossy(&found[1])), &value);
    }
}

fn without_tags(text: &str) -> String {
    let mut plain = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                plain.push(' ');
            }
            c if !inside => plain.push(c),
            _ => {}
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a prolog of PostScript says of a file and whose it is. Source: Document Structuring Conventions 3.0, 5.1.
static PROLOG: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m-u)^%%(For|Author|Title):[ \t]*([^\r\n]{2,200})")
        .expect("internal error: the pattern is fixed")
});

/// The bytes that can be cut out of a picture that is text: what its editor keeps, and who a prolog names.
pub(super) fn ranges(bytes: &[u8]) -> Vec<Range<u32>> {
    if !bytes.starts_with(b"%!PS") {
        return svg::ranges(bytes);
    }
    let tells = |found: &Captures<'_>| {
        let value = String::from_utf8_lossy(&found[2]).into_owned();
        let is_title = &found[1] == b"Title";
        !signs(&found[2], &[HintKind::LocalPath, HintKind::Email]).is_empty() || !is_title && names(&value)
    };
    let found = PROLOG.captures_iter(bytes).filter(tells).filter_map(|found| found.get(2));
    found.map(|value| value.start() as u32..value.end() as u32).collect()
}

/// Whether a prolog names somebody.
fn names(value: &str) -> bool {
    let name = value.trim().trim_matches(|c| "()".contains(c));
    !names_nobody(name) && !crate::pattern::is_nobodys_login(name)
}

/// SVG and EPS say it in their text. Source: DSC 3.0, `%%For`; Inkscape's metadata.
fn vector(hints: &mut Hints<'_>, bytes: &[u8]) {
    xmp(hints, bytes);
    let found = PROLOG.captures_iter(bytes).filter(|c| &c[1] != b"Title").filter_map(|c| c.get(2));
    let found: Vec<_> = found.map(|m| m.range()).collect();
    for range in found {
        if names(&String::from_utf8_lossy(&bytes[range.clone()])) {
            hints.add(HintKind::PictureAuthor, Setting::File, Weight::Full, &range);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prolog_loses_the_names_that_it_tells() {
        let source = b"%!PS-Adobe-3.0 EPSF-3.0\n%%Title: (/home/mquist/a.eps)\n%%For: (Mira Quist)\n%%Title: a\n%%Pages: 1\n";
        let cut: Vec<_> =
            ranges(source).into_iter().map(|r| &source[r.start as usize..r.end as usize]).collect();
        assert_eq!(cut, [&b"(/home/mquist/a.eps)"[..], b"(Mira Quist)"]);
    }
}
