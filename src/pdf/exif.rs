//! What a camera or an editor wrote into an image: EXIF tags that can tell who, with what, and where.
//! Source: CIPA DC-008 (Exif 2.32) §4.6; TIFF 6.0 §2.

use super::limits::MAX_IMAGE_TAGS;

/// Where to look further: the EXIF and GPS directories.
const EXIF_DIRECTORY: u16 = 0x8769;
const GPS_DIRECTORY: u16 = 0x8825;

/// Tags that can name somebody or a single device.
const TAGS: [(u16, &str); 13] = [
    (0x010e, "ImageDescription"),
    (0x013b, "Artist"),
    (0x013c, "HostComputer"),
    (0x8298, "Copyright"),
    (0x9286, "UserComment"),
    (0x9c9b, "XPTitle"),
    (0x9c9c, "XPComment"),
    (0x9c9d, "XPAuthor"),
    (0x9c9e, "XPKeywords"),
    (0xa430, "CameraOwnerName"),
    (0xa431, "BodySerialNumber"),
    (0xa435, "LensSerialNumber"),
    (0xc62f, "CameraSerialNumber"),
];
/// Tags of the GPS directory that hold a place.
const GPS_TAGS: [(u16, &str); 2] = [(2, "GPSLatitude"), (4, "GPSLongitude")];
/// Text types whose characters are two bytes, little-endian, whatever the rest of the file is.
const FIRST_WIDE_TAG: u16 = 0x9c9b;
const LAST_WIDE_TAG: u16 = 0x9c9f;

/// The tags of a TIFF structure that tell something: name and text.
pub(super) fn tags(tiff: &[u8]) -> Vec<(&'static str, String)> {
    let Some(reader) = Reader::new(tiff) else { return Vec::new() };
    let mut found = Vec::new();
    let mut open: Vec<usize> = reader.long(4).map(|at| at as usize).into_iter().collect();
    let mut seen = Vec::new();
    while let Some(at) = open.pop() {
        if seen.contains(&at) || found.len() >= MAX_IMAGE_TAGS {
            continue;
        }
        seen.push(at);
        for entry in reader.entries(at) {
            let known = TAGS.iter().find(|(tag, _)| *tag == entry.tag);
            if let Some((_, name)) = known {
                found.extend(reader.text(&entry).map(|text| (*name, text)));
            } else if entry.tag == EXIF_DIRECTORY {
                open.extend(reader.long(entry.value_at).map(|at| at as usize));
            } else if entry.tag == GPS_DIRECTORY {
                let directory = reader.long(entry.value_at).map(|at| reader.entries(at as usize));
                found.extend(directory.into_iter().flatten().filter_map(|e| reader.place(&e)));
            }
        }
    }
    found
}

/// Tags that decide how a picture is shown: how it is turned, and its resolution. In order, as directories must be.
const ORIENTATION: u16 = 0x0112;
const SHOWN: [u16; 4] = [ORIENTATION, 0x011a, 0x011b, 0x0128];
/// Types of values: two bytes, and two numbers of four.
const SHORT: u16 = 3;
const RATIONAL: u16 = 5;
/// Bytes before the first directory, of one entry, and of one rational.
const HEAD: usize = 8;
const ENTRY: usize = 12;
const RATIO: usize = 8;

/// A TIFF structure that says of a picture how it is shown, and nothing else; `None` where that is as any other is.
pub fn as_shown(tiff: &[u8]) -> Option<Vec<u8>> {
    let reader = Reader::new(tiff)?;
    let entries = reader.entries(reader.long(4)? as usize);
    let value = |tag: u16| {
        let entry = entries.iter().find(|e| e.tag == tag && e.count == 1)?;
        let kind = if matches!(tag, ORIENTATION | 0x0128) { SHORT } else { RATIONAL };
        let is_usual = tag == ORIENTATION && reader.short(entry.value_at)? == 1;
        let value = reader.value(entry).filter(|_| entry.kind == kind && !is_usual)?;
        Some((tag, kind, value))
    };
    let kept: Vec<_> = SHOWN.into_iter().filter_map(value).collect();
    // The unit of a resolution that is not there says nothing.
    let says = |(tag, kind, _): &(u16, u16, _)| *kind == RATIONAL || *tag == ORIENTATION;
    kept.iter().any(says).then_some(())?;
    let short = |n: u16| if reader.is_big_endian { n.to_be_bytes() } else { n.to_le_bytes() };
    let long =
        |n: usize| if reader.is_big_endian { (n as u32).to_be_bytes() } else { (n as u32).to_le_bytes() };
    let mut made = tiff.get(..4)?.to_vec();
    made.extend(long(HEAD));
    made.extend(short(kept.len() as u16));
    let mut data: Vec<u8> = Vec::new();
    let data_at = HEAD + 2 + ENTRY * kept.len() + 4;
    for (tag, kind, value) in kept {
        made.extend([short(tag), short(kind)].concat());
        made.extend(long(1));
        if value.len() == RATIO {
            made.extend(long(data_at + data.len()));
            data.extend(value);
        } else {
            made.extend(value);
            made.extend([0; 2]);
        }
    }
    made.extend(long(0));
    made.extend(data);
    Some(made)
}

/// One entry of a directory.
struct Entry {
    tag: u16,
    kind: u16,
    count: usize,
    /// Where its value stands, or the offset to it.
    value_at: usize,
}

/// Numbers in the order of bytes that the file has.
struct Reader<'a> {
    bytes: &'a [u8],
    is_big_endian: bool,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Option<Self> {
        let is_big_endian = match bytes.get(..2)? {
            b"MM" => true,
            b"II" => false,
            _ => return None,
        };
        Some(Self { bytes, is_big_endian })
    }

    fn short(&self, at: usize) -> Option<u16> {
        let pair: [u8; 2] = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.is_big_endian { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) })
    }

    fn long(&self, at: usize) -> Option<u32> {
        let four: [u8; 4] = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.is_big_endian { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) })
    }

    fn entries(&self, at: usize) -> Vec<Entry> {
        let count = usize::from(self.short(at).unwrap_or(0)).min(MAX_IMAGE_TAGS);
        let entry = |i: usize| {
            let at = at + 2 + 12 * i;
            Some(Entry {
                tag: self.short(at)?,
                kind: self.short(at + 2)?,
                count: self.long(at + 4)? as usize,
                value_at: at + 8,
            })
        };
        (0..count).map_while(entry).collect()
    }

    /// The bytes of a value; values of at most four bytes stand in the entry itself.
    fn value(&self, entry: &Entry) -> Option<&'a [u8]> {
        let size = match entry.kind {
            3 => 2,
            4 => 4,
            5 => 8,
            _ => 1,
        };
        let length = entry.count.checked_mul(size)?;
        let at = if length <= 4 { entry.value_at } else { self.long(entry.value_at)? as usize };
        self.bytes.get(at..at.checked_add(length)?)
    }

    fn text(&self, entry: &Entry) -> Option<String> {
        let value = self.value(entry)?;
        let is_wide = (FIRST_WIDE_TAG..=LAST_WIDE_TAG).contains(&entry.tag);
        let text = if is_wide {
            let units: Vec<u16> = value.chunks_exact(2).map(|p| u16::from_le_bytes([p[0], p[1]])).collect();
            String::from_utf16_lossy(&units)
        } else {
            // A comment begins with the name of its character code.
            let value = value.strip_prefix(b"ASCII\0\0\0").or_else(|| value.strip_prefix(b"UNICODE\0"));
            String::from_utf8_lossy(value.unwrap_or(self.value(entry)?)).into_owned()
        };
        let text: String = text.chars().filter(|c| !c.is_control()).collect();
        (text.chars().any(char::is_alphanumeric)).then(|| text.trim().to_owned())
    }

    /// Degrees, minutes and seconds of a place that is more than zeros, such as `61/12/0`.
    fn place(&self, entry: &Entry) -> Option<(&'static str, String)> {
        let (_, name) = GPS_TAGS.iter().find(|(tag, _)| *tag == entry.tag)?;
        let at = self.long(entry.value_at)? as usize;
        let part = |i: usize| {
            let (above, below) = (self.long(at + 8 * i)?, self.long(at + 8 * i + 4)?);
            (below > 0).then(|| f64::from(above) / f64::from(below))
        };
        let parts: Vec<f64> = (0..entry.count.min(3)).map_while(part).collect();
        let shown: Vec<String> = parts.iter().map(|p| format!("{}", (p * 100.0).round() / 100.0)).collect();
        parts.iter().any(|p| *p > 0.0).then(|| (*name, shown.join("/")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A little-endian structure of one directory of texts, and one of a place.
    fn tiff(texts: &[(u16, &str)], latitude: Option<[u32; 3]>) -> Vec<u8> {
        let count = texts.len() + usize::from(latitude.is_some());
        let mut head = b"II*\0\x08\0\0\0".to_vec();
        head.extend((count as u16).to_le_bytes());
        let mut data_at = 8 + 2 + 12 * count + 4;
        let mut data = Vec::new();
        for (tag, text) in texts {
            head.extend(tag.to_le_bytes());
            head.extend(2_u16.to_le_bytes());
            head.extend((text.len() as u32).to_le_bytes());
            head.extend((data_at as u32).to_le_bytes());
            data.extend(text.bytes());
            data_at += text.len();
        }
        if let Some(degrees) = latitude {
            head.extend(GPS_DIRECTORY.to_le_bytes());
            head.extend([4, 0, 1, 0, 0, 0]);
            head.extend((data_at as u32).to_le_bytes());
            data.extend([1, 0, 2, 0, 5, 0, 3, 0, 0, 0]);
            data.extend((data_at as u32 + 18).to_le_bytes());
            data.extend([0; 4]);
            data.extend(degrees.iter().flat_map(|d| [d.to_le_bytes(), 1_u32.to_le_bytes()].concat()));
        }
        head.extend([0; 4]);
        [head, data].concat()
    }

    #[test]
    fn names_and_places_are_read() {
        let bytes =
            tiff(&[(0x013b, "Melanie Velm"), (0x0110, "Camera 5"), (0xa431, "SN-00417")], Some([48, 12, 0]));
        let found = tags(&bytes);
        assert_eq!(
            found,
            [
                ("Artist", "Melanie Velm".to_owned()),
                ("BodySerialNumber", "SN-00417".to_owned()),
                ("GPSLatitude", "48/12/0".to_owned())
            ]
        );
    }

    #[test]
    fn what_is_blank_or_broken_tells_nothing() {
        assert!(tags(&tiff(&[(0x013b, "      "), (0x010e, "\0\0\0\0\0\0")], Some([0, 0, 0]))).is_empty());
        let whole = tiff(&[(0x013b, "Melanie Velm")], None);
        for length in 0..whole.len() {
            let _ = tags(&whole[..length]);
        }
        assert!(tags(b"not a structure").is_empty());
    }
}
