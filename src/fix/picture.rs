//! Pictures of a tree without what stands beside the picture. No pixel is decoded or written anew.
//!
//! Source: PNG specification (third edition), 5.3 to 5.6 and 11; ITU-T T.81, annex B.

use crate::pdf::{exif_as_shown, image_file_stripped};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const JPEG: &[u8] = b"\xff\xd8\xff";
/// Length, type and check sum of a chunk, in bytes.
const FRAME: usize = 12;
/// Chunks that no decoder must know and that still decide how the picture looks, how large it is, or that it moves.
const SHOWN: [&[u8]; 17] = [
    b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"bKGD", b"hIST",
    b"pHYs", b"sPLT", b"oFFs", b"acTL", b"fcTL", b"fdAT",
];

/// The picture without metadata; `None` where it has none, is of another kind, or is broken.
pub(super) fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.starts_with(JPEG) {
        image_file_stripped(bytes)
    } else if bytes.starts_with(PNG) {
        stripped_png(bytes)
    } else {
        None
    }
}

/// Critical chunks and those that are shown; nothing behind the end.
fn stripped_png(png: &[u8]) -> Option<Vec<u8>> {
    let mut kept = PNG.to_vec();
    let mut at = PNG.len();
    loop {
        let length = png.get(at..at + 4)?.iter().fold(0_usize, |n, b| n << 8 | usize::from(*b));
        let end = at.checked_add(FRAME)?.checked_add(length)?;
        let chunk = png.get(at..end)?;
        let kind = &chunk[4..8];
        // Source: 5.4, bit 5 of the first letter: 0 is critical.
        let is_critical = kind[0].is_ascii_uppercase();
        if is_critical || SHOWN.contains(&kind) {
            kept.extend_from_slice(chunk);
        } else if kind == b"eXIf" {
            kept.extend(turned(&chunk[8..8 + length]));
        }
        at = end;
        if kind == b"IEND" {
            return (kept != png).then_some(kept);
        }
    }
}

/// The chunk that tells nothing but how the picture is turned; empty where it is not. TeX never turns it, browsers may.
fn turned(exif: &[u8]) -> Vec<u8> {
    let Some(exif) = exif_as_shown(exif) else { return Vec::new() };
    let mut chunk = (exif.len() as u32).to_be_bytes().to_vec();
    chunk.extend(b"eXIf");
    chunk.extend(exif);
    let sum = check_sum(&chunk[4..]);
    chunk.extend(sum.to_be_bytes());
    chunk
}

/// Source: PNG specification, annex D.
fn check_sum(bytes: &[u8]) -> u32 {
    const POLYNOMIAL: u32 = 0xedb8_8320;
    let step = |sum: u32| if sum & 1 == 1 { POLYNOMIAL ^ (sum >> 1) } else { sum >> 1 };
    !bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| step(sum)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(kind: &[u8], body: &[u8]) -> Vec<u8> {
        let mut chunk = (body.len() as u32).to_be_bytes().to_vec();
        chunk.extend(kind);
        chunk.extend(body);
        let sum = check_sum(&chunk[4..]);
        chunk.extend(sum.to_be_bytes());
        chunk
    }

    fn png(chunks: &[(&[u8], &[u8])]) -> Vec<u8> {
        let chunks = chunks.iter().flat_map(|(kind, body)| chunk(kind, body));
        PNG.iter().copied().chain(chunks).collect()
    }

    #[test]
    fn a_check_sum_is_that_of_the_specification() {
        assert_eq!(chunk(b"IEND", b""), b"\0\0\0\0IEND\xae\x42\x60\x82");
    }

    #[test]
    fn text_goes_and_what_is_shown_stays() {
        let shown: [(&[u8], &[u8]); 4] =
            [(b"IHDR", b"head"), (b"iCCP", b"colours"), (b"pHYs", b"size"), (b"IDAT", b"pixels")];
        let mut all = shown.to_vec();
        all.insert(2, (b"tEXt", b"Author\0Mira Quist"));
        all.push((b"zTXt", b"x"));
        all.push((b"eXIf", b"II*\0\x08\0\0\0\0\0"));
        let end: (&[u8], &[u8]) = (b"IEND", b"");
        let wanted = png(&[&shown[..], &[end]].concat());
        all.push(end);
        let with = [png(&all), b" and what is hidden behind it".to_vec()].concat();
        assert_eq!(stripped(&with).as_deref(), Some(&wanted[..]));
        assert_eq!(stripped(&wanted), None);
    }

    #[test]
    fn a_broken_picture_is_left_as_it_is() {
        let whole = png(&[(b"IHDR", b"head"), (b"tEXt", b"Author\0Mira Quist"), (b"IEND", b"")]);
        for length in 0..whole.len() {
            assert_eq!(stripped(&whole[..length]), None);
        }
        assert_eq!(stripped(b"\x89PNG\r\n\x1a\n\xff\xff\xff\xfftEXt"), None);
    }
}
