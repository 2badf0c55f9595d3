//! What stands beside the picture in JPEG and JPEG 2000 data.
//! Source: ITU-T T.81 annex B, CIPA DC-008 §4.7, IPTC IIM 4.2, ISO 15444-1 annex I, XMP part 3.

use super::exif;
use super::limits::MAX_IMAGE_TAGS;
use super::xmp;

/// What precedes an XMP packet and EXIF data in their segments.
const XMP_HEAD: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const EXIF_HEAD: &[u8] = b"Exif\0\0";
/// What precedes the resources of Photoshop, one of which holds IPTC data.
const PHOTOSHOP_HEAD: &[u8] = b"Photoshop 3.0\0";
const IPTC_RESOURCE: u16 = 0x0404;
/// Datasets of the application record that can name somebody.
const IPTC_DATASETS: [(u8, &str); 6] = [
    (80, "By-line"),
    (85, "By-lineTitle"),
    (110, "Credit"),
    (115, "Source"),
    (116, "CopyrightNotice"),
    (122, "Writer"),
];
/// Boxes of JPEG 2000 that hold EXIF and XMP.
const JP2_EXIF: &[u8] = b"JpgTiffExif->JP2";
const JP2_XMP: [u8; 16] =
    [0xbe, 0x7a, 0xcf, 0xcb, 0x97, 0xa9, 0x42, 0xe8, 0x9c, 0x71, 0x99, 0x94, 0x91, 0xe3, 0xaf, 0xac];

/// Every tag or property of an image that can tell something, in order.
pub fn tags(image: &[u8]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    if image.starts_with(b"\xff\xd8") {
        for (marker, data) in segments(image) {
            read_segment(marker, data, &mut found);
        }
    } else {
        read_boxes(image, &mut found);
    }
    found.truncate(MAX_IMAGE_TAGS);
    found
}

/// Whether the first bytes of an image hold all that stands beside its picture.
pub(super) fn is_whole_head(head: &[u8]) -> bool {
    head.starts_with(b"\xff\xd8") && head_of(head).1
}

/// The segments of a JPEG before its picture: marker and data.
pub(super) fn segments(jpeg: &[u8]) -> Vec<(u8, &[u8])> {
    head_of(jpeg).0
}

/// The segments before the picture, and whether the picture, or as many segments as are read, was reached.
fn head_of(jpeg: &[u8]) -> (Vec<(u8, &[u8])>, bool) {
    const START_OF_SCAN: u8 = 0xda;
    let mut found = Vec::new();
    let mut at = 2;
    while let Some([0xff, marker]) = jpeg.get(at..at + 2) {
        if *marker == 0xff {
            at += 1; // fill bytes may precede a marker
            continue;
        }
        let length = jpeg.get(at + 2..at + 4).map_or(0, |l| usize::from(l[0]) << 8 | usize::from(l[1]));
        let end = at + 2 + length;
        if *marker == START_OF_SCAN || found.len() >= MAX_IMAGE_TAGS {
            return (found, true);
        }
        if length < 2 || end > jpeg.len() {
            break;
        }
        found.push((*marker, &jpeg[at + 4..end]));
        at = end;
    }
    (found, false)
}

/// The image without what stands beside the picture; `None` where nothing does, or where it is no such image.
#[cfg(feature = "rewriting")]
pub(super) fn stripped(image: &[u8]) -> Option<Vec<u8>> {
    let none = |_: &[u8]| None;
    let kept = if image.starts_with(b"\xff\xd8") { stripped_jpeg(image, none) } else { stripped_jp2(image) };
    (kept.len() < image.len()).then_some(kept)
}

/// A JPEG file without what stands beside the picture; `None` where nothing does.
///
/// In a PDF a page says how large a picture is and how it is turned. A file of its own says so in EXIF data: pdfTeX takes
/// the resolution from there (and turns nothing), browsers turn the picture. So these tags stay, and no others.
pub fn image_file_stripped(jpeg: &[u8]) -> Option<Vec<u8>> {
    let kept = stripped_jpeg(jpeg, exif::as_shown);
    (kept != jpeg).then_some(kept)
}

/// Of application data only what tells how to show the picture: JFIF, colour profiles, Adobe's transform.
/// `instead` makes EXIF data of EXIF data.
fn stripped_jpeg(jpeg: &[u8], instead: impl Fn(&[u8]) -> Option<Vec<u8>>) -> Vec<u8> {
    const COMMENT: u8 = 0xfe;
    const APP1: u8 = 0xe1;
    let mut kept = jpeg[..2].to_vec();
    let mut read = 2;
    for (marker, data) in segments(jpeg) {
        // Fill bytes before a marker belong to no segment and are dropped with nothing lost.
        let end = data.as_ptr() as usize - jpeg.as_ptr() as usize + data.len();
        let is_shown = match marker {
            0xe0 | 0xee => true,
            0xe2 => data.starts_with(b"ICC_PROFILE\0"),
            COMMENT => false,
            _ => !(0xe1..=0xef).contains(&marker),
        };
        let exif = data.strip_prefix(EXIF_HEAD).filter(|_| marker == APP1).and_then(&instead);
        let exif = exif.map(|exif| [EXIF_HEAD, &exif].concat());
        if let Some(data) = exif.as_deref().or(is_shown.then_some(data)) {
            kept.extend([0xff, marker]);
            kept.extend((data.len() as u16 + 2).to_be_bytes());
            kept.extend(data);
        }
        read = end;
    }
    kept.extend(&jpeg[read..]);
    kept
}

#[cfg(feature = "rewriting")]
fn stripped_jp2(image: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(image.len());
    let mut read = 0;
    for (kind, content) in boxes(image) {
        let end = content.as_ptr() as usize - image.as_ptr() as usize + content.len();
        if !matches!(kind, b"uuid" | b"xml ") {
            kept.extend(&image[read..end]);
        }
        read = end;
    }
    kept.extend(&image[read..]);
    kept
}

fn read_segment(marker: u8, data: &[u8], found: &mut Vec<(String, String)>) {
    const COMMENT: u8 = 0xfe;
    const APP1: u8 = 0xe1;
    const APP13: u8 = 0xed;
    match marker {
        APP1 => {
            if let Some(tiff) = data.strip_prefix(EXIF_HEAD) {
                found.extend(exif::tags(tiff).into_iter().map(|(tag, text)| (tag.to_owned(), text)));
            } else if let Some(packet) = data.strip_prefix(XMP_HEAD) {
                found.extend(xmp::properties(packet));
            }
        }
        APP13 => {
            if let Some(resources) = data.strip_prefix(PHOTOSHOP_HEAD) {
                read_resources(resources, found);
            }
        }
        COMMENT => found.push(("Comment".to_owned(), String::from_utf8_lossy(data).into_owned())),
        _ => {}
    }
}

/// `8BIM`, a number, a name of even length, a length, data of even length. Source: Photoshop file formats.
fn read_resources(mut rest: &[u8], found: &mut Vec<(String, String)>) {
    while let Some(resource) = rest.strip_prefix(b"8BIM") {
        let [high, low, name_length, ..] = resource else { return };
        let name = (usize::from(*name_length) + 2) & !1;
        let Some(length) = resource.get(2 + name..6 + name).and_then(|l| l.try_into().ok()) else { return };
        let length = u32::from_be_bytes(length) as usize;
        let Some(data) = resource.get(6 + name..).and_then(|d| d.get(..length)) else { return };
        if u16::from_be_bytes([*high, *low]) == IPTC_RESOURCE {
            read_datasets(data, found);
        }
        rest = resource.get(6 + name + length + length % 2..).unwrap_or_default();
    }
}

/// `1C`, record, dataset, length, data.
fn read_datasets(mut rest: &[u8], found: &mut Vec<(String, String)>) {
    while let [0x1c, record, dataset, high, low, data @ ..] = rest {
        let length = usize::from(*high) << 8 | usize::from(*low);
        let Some(value) = data.get(..length) else { return };
        let known = IPTC_DATASETS.iter().find(|(number, _)| *record == 2 && number == dataset);
        if let Some((_, name)) = known {
            found.push(((*name).to_owned(), String::from_utf8_lossy(value).into_owned()));
        }
        rest = &data[length..];
    }
}

fn read_boxes(image: &[u8], found: &mut Vec<(String, String)>) {
    for (kind, content) in boxes(image) {
        match kind {
            b"uuid" => {
                if let Some(tiff) = content.strip_prefix(JP2_EXIF) {
                    found.extend(exif::tags(tiff).into_iter().map(|(tag, text)| (tag.to_owned(), text)));
                } else if let Some(packet) = content.strip_prefix(&JP2_XMP) {
                    found.extend(xmp::properties(packet));
                }
            }
            b"xml " => found.extend(xmp::properties(content)),
            _ => {}
        }
    }
}

/// The boxes of a JPEG 2000 file: type and content.
pub(super) fn boxes(image: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(head) = image.get(at..at + 8) {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let end = if length == 0 { image.len() } else { at + length };
        if end < at + 8 || end > image.len() || found.len() >= MAX_IMAGE_TAGS {
            break;
        }
        found.push((&image[at + 4..at + 8], &image[at + 8..end]));
        at = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg(segments: &[(u8, &[u8])]) -> Vec<u8> {
        let mut file = b"\xff\xd8".to_vec();
        for (marker, data) in segments {
            file.extend([0xff, *marker]);
            file.extend((data.len() as u16 + 2).to_be_bytes());
            file.extend(*data);
        }
        file.extend(b"\xff\xda\0\x02 the picture itself \xff\xd9");
        file
    }

    fn pair(key: &str, value: &str) -> (String, String) {
        (key.to_owned(), value.to_owned())
    }

    #[test]
    fn comments_packets_and_bylines_are_found() {
        let iptc =
            [&b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x11"[..], b"\x1c\x02\x50\0\x0cMelanie Velm"].concat();
        let packet = [XMP_HEAD, b"<a><dc:creator>Tomas Quist</dc:creator></a>"].concat();
        let file = jpeg(&[(0xe0, b"JFIF"), (0xed, &iptc), (0xe1, &packet), (0xfe, b"made by hand")]);
        assert_eq!(
            tags(&file),
            [
                pair("By-line", "Melanie Velm"),
                pair("dc:creator", "Tomas Quist"),
                pair("Comment", "made by hand")
            ]
        );
    }

    #[test]
    fn what_stands_beside_the_picture_is_stripped_and_nothing_else() {
        let packet = [XMP_HEAD, b"<a><dc:creator>Tomas Quist</dc:creator></a>"].concat();
        let shown: &[(u8, &[u8])] = &[(0xe0, b"JFIF"), (0xe2, b"ICC_PROFILE\0\x01\x01"), (0xdb, b"table")];
        let all = [shown, &[(0xe1, &packet), (0xfe, b"made by hand"), (0xe2, b"MPF\0")]].concat();
        assert_eq!(stripped(&jpeg(&all)), Some(jpeg(shown)));
        assert_eq!(stripped(&jpeg(shown)), None);
        assert_eq!(stripped(b"\0\0\0\x0cjP  \r\n\x87\n"), None);
    }

    #[test]
    fn a_file_keeps_its_size_and_how_it_is_turned() {
        let entry = |tag: u16, kind: u16, value: [u8; 4]| {
            [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &[0, 0, 0, 1], &value].concat()
        };
        let tiff = |entries: &[Vec<u8>]| {
            let count = (entries.len() as u16).to_be_bytes();
            [&b"MM\0*\0\0\0\x08"[..], &count, &entries.concat(), &[0; 4]].concat()
        };
        let turned = entry(0x0112, 3, [0, 6, 0, 0]);
        let unit = entry(0x0128, 3, [0, 2, 0, 0]);
        let size = entry(0x011a, 5, [0, 0, 0, 62]);
        let ratio = [0, 0, 1, 44, 0, 0, 0, 1];
        let with = tiff(&[turned.clone(), size, unit, entry(0x013b, 2, *b"Ada\0")]);
        let exif = [EXIF_HEAD, &with, &ratio].concat();
        let once = image_file_stripped(&jpeg(&[(0xe1, &exif), (0xfe, b"by Ada")])).expect("stripped");
        assert!(tags(&once).is_empty() && !once.windows(3).any(|w| w == b"Ada"));
        let kept = segments(&once);
        assert_eq!((kept.len(), kept[0].0), (1, 0xe1));
        assert!(kept[0].1.windows(turned.len()).any(|w| w == turned));
        assert!(kept[0].1.ends_with(&ratio));
        assert_eq!(image_file_stripped(&once), None);
        let upright = [EXIF_HEAD, &tiff(&[entry(0x0112, 3, [0, 1, 0, 0])])].concat();
        assert_eq!(image_file_stripped(&jpeg(&[(0xe1, &upright)])), Some(jpeg(&[])));
    }

    #[test]
    fn boxes_of_jpeg_2000_are_read() {
        let packet = [&JP2_XMP[..], b"<a><dc:creator>Lena Orr</dc:creator></a>"].concat();
        let length = (packet.len() as u32 + 8).to_be_bytes();
        let file = [&b"\0\0\0\x0cjP  \r\n\x87\n"[..], &length[..], b"uuid", &packet].concat();
        assert_eq!(tags(&file), [pair("dc:creator", "Lena Orr")]);
        assert_eq!(stripped(&file).as_deref(), Some(&file[..12]));
    }

    #[test]
    fn broken_images_end_where_they_break() {
        let file = jpeg(&[(0xfe, b"made by hand")]);
        for length in 0..file.len() {
            let _ = tags(&file[..length]);
        }
        assert!(tags(b"\xff\xd8\xff\xe1\0\0").is_empty());
        assert!(tags(b"\0\0\0\x01jP  ").is_empty());
    }
}
