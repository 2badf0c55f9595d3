//! Stream filters, decoded with a cap. Source: ISO 32000-1 §7.4.
//!
//! The object reader's own decoder has no limits, so nothing on the check path uses it.

use super::limits::{MAX_CHAINED_COMPRESSORS, MAX_FILTERS, MAX_FONT_PROGRAM, WORST_DEFLATE_RATIO};
use hayro_syntax::Filter;
use hayro_syntax::object::{Array, Dict, Stream};
use std::borrow::Cow;
use std::cell::RefCell;
use zlib_rs::{Inflate, InflateFlush, Status};

/// Why a stream was not decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FilterError {
    /// It would have grown beyond the cap.
    TooLarge,
    /// It is not what its filters say, or needs an image decoder.
    Damaged,
}

/// A decoded stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decoded<'a> {
    /// Its bytes, up to where it could be decoded, as viewers show it.
    pub(super) data: Cow<'a, [u8]>,
    /// Whether it was decoded to its end.
    pub(super) complete: bool,
}

/// The decoded bytes of a stream, at most `cap` of them.
///
/// `spent` grows by what every step of the chain took, whether anything came of it or not.
///
/// # Errors
/// [`FilterError::TooLarge`] beyond the cap; [`FilterError::Damaged`] for data that no filter can read.
pub(super) fn decode<'a>(
    stream: &Stream<'a>,
    cap: usize,
    spent: &mut usize,
) -> Result<Decoded<'a>, FilterError> {
    let filters = stream.filters();
    *spent = spent.saturating_add(stream.dict().data().len());
    let compressors = filters.iter().filter(|f| matches!(f, Filter::FlateDecode | Filter::LzwDecode)).count();
    if compressors > MAX_CHAINED_COMPRESSORS || filters.len() > MAX_FILTERS {
        return Err(FilterError::TooLarge);
    }
    let mut data = stream.raw_data();
    let mut complete = true;
    for (index, filter) in filters.iter().enumerate() {
        if *filter == Filter::Crypt {
            continue;
        }
        let step = undo(*filter, &data, stream.dict(), index, cap);
        *spent = spent.saturating_add(data.len() + step.as_ref().map_or(cap, |next| next.data.len()));
        let next = step?;
        complete &= next.complete;
        data = next.data;
    }
    if data.len() > cap { Err(FilterError::TooLarge) } else { Ok(Decoded { data, complete }) }
}

/// Undoes one filter and its predictor; `index` is its place in the chain.
fn undo(
    filter: Filter,
    data: &[u8],
    dict: &Dict<'_>,
    index: usize,
    cap: usize,
) -> Result<Decoded<'static>, FilterError> {
    let whole = |data: Vec<u8>| Decoded { data: Cow::Owned(data), complete: true };
    let next = match filter {
        Filter::FlateDecode => inflate(data, cap)?,
        Filter::LzwDecode => whole(lzw(data, early_change(dict, index), cap)?),
        Filter::AsciiHexDecode => whole(ascii_hex(data)),
        Filter::Ascii85Decode => whole(ascii_85(data, cap)?),
        Filter::RunLengthDecode => whole(run_length(data, cap)?),
        _ => return Err(FilterError::Damaged),
    };
    let data = Cow::Owned(unpredict(dict, index, next.data.into_owned())?);
    Ok(Decoded { data, ..next })
}

/// The data of a JPEG or JPEG 2000 image, as its own format has them; `None` for any other image.
///
/// At most `cap` bytes are decoded; what stands beside the picture comes first in either format.
pub(super) fn decode_image_data<'a>(stream: &Stream<'a>, cap: usize) -> Option<Cow<'a, [u8]>> {
    let filters = stream.filters();
    let (last, before) = filters.split_last()?;
    if !matches!(last, Filter::DctDecode | Filter::JpxDecode) {
        return None;
    }
    let data = stream.raw_data();
    match before {
        [] => Some(data),
        [Filter::FlateDecode] => Some(Cow::Owned(inflate_head(&data, cap))),
        [Filter::AsciiHexDecode] => Some(Cow::Owned(ascii_hex(&data))),
        [Filter::Ascii85Decode] => ascii_85(&data, cap.max(data.len())).ok().map(Cow::Owned),
        _ => None,
    }
}

/// At least the first `length` decoded bytes of a stream, where it has so many and is deflated or plain.
pub(super) fn decode_head(stream: &Stream<'_>, length: usize) -> Vec<u8> {
    let data = stream.raw_data();
    match stream.filters().as_slice() {
        [] => data[..data.len().min(length)].to_vec(),
        [Filter::FlateDecode] => inflate_head(&data, length),
        _ => decode(stream, length.max(MAX_FONT_PROGRAM), &mut 0)
            .map(|d| d.data.into_owned())
            .unwrap_or_default(),
    }
}

/// What inflating needs besides what it reads.
struct Workshop {
    inflate: Inflate,
    /// Where the first bytes go, however many they turn out to be.
    bench: Vec<u8>,
}

impl Workshop {
    /// Makes the bench at least so long, within its limit.
    fn lengthen(&mut self, length: usize) {
        if self.bench.len() < length.min(BENCH) {
            self.bench.resize(length.min(BENCH), 0);
        }
    }
}

/// What content is usually inflated to, in times its length.
const USUAL_RATIO: usize = 4;
/// The inflater takes its fast way while there is more room than this behind what it writes.
const MARGIN: usize = 512;
/// Bytes that are inflated at a time where they are only counted.
const COUNTED: usize = 1 << 14;
/// The longest bench, in bytes: the content of nearly every page.
const BENCH: usize = 1 << 18;

thread_local! {
    /// Made once: making one takes as long as inflating the head of a font.
    static WORKSHOP: RefCell<Workshop> =
        RefCell::new(Workshop { inflate: Inflate::new(true, 15), bench: Vec::new() });
}

/// The first bytes that zlib data inflate to, at most `length` of them.
fn inflate_head(data: &[u8], length: usize) -> Vec<u8> {
    let most = length.min(data.len().saturating_mul(WORST_DEFLATE_RATIO));
    WORKSHOP.with_borrow_mut(|workshop| {
        workshop.lengthen(most + MARGIN);
        let Workshop { inflate, bench } = workshop;
        inflate.reset(true);
        let room = bench.len().min(most + MARGIN);
        let mut own = if most > BENCH { vec![0; most] } else { Vec::new() };
        let out = if most > BENCH { &mut own[..] } else { &mut bench[..room] };
        let _ = inflate.decompress(data, out, InflateFlush::NoFlush);
        out[..most.min(inflate.total_out() as usize)].to_vec()
    })
}

/// Inflates zlib data, or raw deflate data behind a broken header.
///
/// # Errors
/// [`FilterError::TooLarge`] beyond `cap`; [`FilterError::Damaged`] if nothing at all can be inflated.
pub(super) fn inflate(data: &[u8], cap: usize) -> Result<Decoded<'static>, FilterError> {
    let first = inflate_as(data, cap, true)?;
    if first.complete || data.len() <= EMPTY_ZLIB {
        return Ok(first);
    }
    // Without its header a stream has no checksum either: a broken one no longer hides that all was decoded.
    let raw = inflate_as(&data[2..], cap, false)?;
    let best = if raw.complete || raw.data.len() > first.data.len() { raw } else { first };
    if best.data.is_empty() { Err(FilterError::Damaged) } else { Ok(best) }
}

/// An empty zlib stream has this many bytes, with room for line ends around it.
const EMPTY_ZLIB: usize = 16;

fn inflate_as(data: &[u8], cap: usize, header: bool) -> Result<Decoded<'static>, FilterError> {
    WORKSHOP.with_borrow_mut(|workshop| {
        workshop.lengthen(data.len().saturating_mul(USUAL_RATIO).max(1 << 10));
        workshop.inflate.reset(header);
        // Beyond the bench it goes on in memory of its own.
        let mut large = Vec::new();
        let (mut read, mut written) = (0, 0);
        let mut ended = false;
        loop {
            let Workshop { inflate, bench } = &mut *workshop;
            let out = if large.is_empty() { &mut bench[..] } else { &mut large[..] };
            let status = inflate.decompress(&data[read..], &mut out[written..], InflateFlush::NoFlush);
            let (now_read, now_written) = (inflate.total_in() as usize, inflate.total_out() as usize);
            let stuck = now_read == read && now_written == written;
            (read, written) = (now_read, now_written);
            match status {
                Ok(Status::StreamEnd) => {
                    ended = true;
                    break;
                }
                Err(_) => break,
                Ok(_) if written == out.len() => {
                    if written > cap {
                        return Err(FilterError::TooLarge);
                    }
                    if written < BENCH {
                        workshop.lengthen(written * 2);
                        continue;
                    }
                    if large.is_empty() {
                        large.extend_from_slice(&workshop.bench);
                    }
                    large.resize((written * 2).min(cap + 1).max(written + 1), 0);
                }
                Ok(_) if stuck || read == data.len() => break,
                Ok(_) => {}
            }
        }
        if written > cap {
            return Err(FilterError::TooLarge);
        }
        let mut data = large;
        data.truncate(written);
        if data.is_empty() {
            // With room for the end of a line, by which streams of content are joined.
            data.reserve_exact(written + 1);
            data.extend_from_slice(&workshop.bench[..written]);
        }
        Ok(Decoded { data: Cow::Owned(data), complete: ended })
    })
}

/// Counts what zlib data inflates to, without keeping it, up to `cap`; `None` beyond it.
///
/// Data that are no zlib data to their end may be deflated all the same, with a header or without: the most counts.
pub(super) fn inflated_size(data: &[u8], cap: usize) -> Option<usize> {
    let (whole, ended) = counted(data, cap, true)?;
    if ended {
        return Some(whole);
    }
    let (bare, _) = counted(data, cap, false)?;
    let (behind, _) = counted(data.get(2..).unwrap_or_default(), cap, false)?;
    Some(whole.max(bare).max(behind))
}

/// The bytes that data inflate to, behind a header or without one, and whether they end as they should.
fn counted(data: &[u8], cap: usize, header: bool) -> Option<(usize, bool)> {
    WORKSHOP.with_borrow_mut(|workshop| {
        workshop.lengthen(COUNTED);
        let Workshop { inflate, bench } = workshop;
        inflate.reset(header);
        let mut read = 0;
        loop {
            let before = inflate.total_out();
            let status = inflate.decompress(&data[read..], bench, InflateFlush::NoFlush);
            read = inflate.total_in() as usize;
            let total = inflate.total_out() as usize;
            if total > cap {
                return None;
            }
            match status {
                Ok(Status::StreamEnd) => return Some((total, true)),
                Err(_) => return Some((total, false)),
                Ok(_) if inflate.total_out() == before => return Some((total, false)),
                Ok(_) => {}
            }
        }
    })
}

fn lzw(data: &[u8], early: bool, cap: usize) -> Result<Vec<u8>, FilterError> {
    let order = weezl::BitOrder::Msb;
    let mut decoder = if early {
        weezl::decode::Decoder::with_tiff_size_switch(order, 8)
    } else {
        weezl::decode::Decoder::new(order, 8)
    };
    let mut out = Vec::new();
    let mut buffer = vec![0; 1 << 16];
    let mut rest = data;
    loop {
        let step = decoder.decode_bytes(rest, &mut buffer);
        out.extend_from_slice(&buffer[..step.consumed_out]);
        rest = &rest[step.consumed_in..];
        if out.len() > cap {
            return Err(FilterError::TooLarge);
        }
        match step.status {
            Ok(weezl::LzwStatus::Ok) if step.consumed_out > 0 || step.consumed_in > 0 => {}
            _ => return Ok(out),
        }
    }
}

fn ascii_hex(data: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = data
        .iter()
        .take_while(|&&b| b != b'>')
        .filter_map(|&b| char::from(b).to_digit(16).map(|d| d as u8))
        .collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect()
}

fn ascii_85(data: &[u8], cap: usize) -> Result<Vec<u8>, FilterError> {
    let mut out = Vec::with_capacity(data.len().min(cap));
    let mut group = Vec::with_capacity(5);
    for &b in data {
        match b {
            b'~' => break,
            _ if out.len() > cap => return Err(FilterError::TooLarge),
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => group.push(b - b'!'),
            _ => {}
        }
        if group.len() == 5 {
            push_group(&mut out, &group, 4);
            group.clear();
        }
    }
    if group.len() > 1 {
        let kept = group.len() - 1;
        group.resize(5, 84);
        push_group(&mut out, &group, kept);
    }
    if out.len() > cap { Err(FilterError::TooLarge) } else { Ok(out) }
}

fn push_group(out: &mut Vec<u8>, group: &[u8], kept: usize) {
    let value = group.iter().fold(0_u32, |v, &d| v.wrapping_mul(85).wrapping_add(u32::from(d)));
    out.extend_from_slice(&value.to_be_bytes()[..kept]);
}

fn run_length(data: &[u8], cap: usize) -> Result<Vec<u8>, FilterError> {
    let mut out = Vec::new();
    let mut rest = data;
    while let Some((&length, tail)) = rest.split_first() {
        match length {
            0..=127 => {
                let (run, next) = tail.split_at(tail.len().min(usize::from(length) + 1));
                out.extend_from_slice(run);
                rest = next;
            }
            128 => break,
            _ => {
                let Some((&byte, next)) = tail.split_first() else { break };
                out.extend(std::iter::repeat_n(byte, 257 - usize::from(length)));
                rest = next;
            }
        }
        if out.len() > cap {
            return Err(FilterError::TooLarge);
        }
    }
    Ok(out)
}

fn parameters<'a>(dict: &Dict<'a>, index: usize) -> Option<Dict<'a>> {
    if let Some(single) = dict.get::<Dict<'a>>("DecodeParms").or_else(|| dict.get::<Dict<'a>>("DP")) {
        return (index == 0).then_some(single);
    }
    let array = dict.get::<Array<'a>>("DecodeParms").or_else(|| dict.get::<Array<'a>>("DP"))?;
    array.iter::<hayro_syntax::object::Object<'a>>().nth(index)?.into_dict()
}

fn early_change(dict: &Dict<'_>, index: usize) -> bool {
    parameters(dict, index).and_then(|p| p.get::<i32>("EarlyChange")).unwrap_or(1) != 0
}

/// Undoes a PNG predictor. Source: ISO 32000-1 §7.4.4.4; PNG specification §9.
pub(super) fn unpredict(dict: &Dict<'_>, index: usize, data: Vec<u8>) -> Result<Vec<u8>, FilterError> {
    let Some(p) = parameters(dict, index) else { return Ok(data) };
    match p.get::<i32>("Predictor").unwrap_or(1) {
        1 => return Ok(data),
        10.. => {}
        _ => return Err(FilterError::Damaged),
    }
    let number = |key: &str, default: i32| p.get::<i32>(key).unwrap_or(default).clamp(1, 1 << 16) as usize;
    let bits = number("Colors", 1) * number("BitsPerComponent", 8);
    let (pixel, row) = (bits.div_ceil(8), (bits * number("Columns", 1)).div_ceil(8));
    let mut out: Vec<u8> = Vec::with_capacity(data.len());
    for line in data.chunks(row + 1) {
        let start = out.len();
        for (i, &byte) in line[1..].iter().enumerate() {
            let left = if i >= pixel { out[start + i - pixel] } else { 0 };
            let above = if start >= row { out[start - row + i] } else { 0 };
            let corner = if start >= row && i >= pixel { out[start - row + i - pixel] } else { 0 };
            let guess = match line[0] {
                1 => left,
                2 => above,
                3 => ((u16::from(left) + u16::from(above)) / 2) as u8,
                4 => paeth(left, above, corner),
                _ => 0,
            };
            out.push(byte.wrapping_add(guess));
        }
    }
    Ok(out)
}

fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let estimate = i16::from(left) + i16::from(above) - i16::from(corner);
    let distance = |v: u8| (estimate - i16::from(v)).abs();
    if distance(left) <= distance(above) && distance(left) <= distance(corner) {
        left
    } else if distance(above) <= distance(corner) {
        above
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zlib(data: &[u8]) -> Vec<u8> {
        let mut out = vec![0; data.len() + 1024];
        let (packed, _) = zlib_rs::compress_slice(&mut out, data, zlib_rs::DeflateConfig::default());
        packed.to_vec()
    }

    #[test]
    fn deflated_bytes_come_back_up_to_the_cap() {
        let packed = zlib(&[7; 5000]);
        let whole = inflate(&packed, 5000).expect("it fits");
        assert!(whole.complete && *whole.data == [7; 5000]);
        assert_eq!(inflate(&packed, 4999), Err(FilterError::TooLarge));
        assert_eq!(inflated_size(&packed, 5000), Some(5000));
        assert_eq!(inflated_size(&packed, 4999), None);
    }

    #[test]
    fn a_stream_that_breaks_off_gives_what_came_before() {
        let text: Vec<u8> = (0..20_000_u32).flat_map(|i| (i * 7919).to_le_bytes()).collect();
        let packed = zlib(&text);
        let half = inflate(&packed[..packed.len() / 2], 1 << 20).expect("the first half");
        assert!(!half.complete && half.data.len() > 1000 && text.starts_with(&half.data));
    }

    #[test]
    fn a_deflate_stream_with_a_broken_header_is_still_read() {
        let mut packed = zlib(b"some words of a page");
        packed[0] = 0;
        assert_eq!(&*inflate(&packed, 100).expect("raw deflate").data, b"some words of a page");
    }

    #[test]
    fn the_ascii_filters_are_undone() {
        assert_eq!(ascii_hex(b"48 65 6C6c6F7>"), b"Hellop");
        assert_eq!(ascii_85(b"87cURD]j7BEbo80~>", 100).as_deref(), Ok(&b"Hello world!"[..]));
        assert_eq!(ascii_85(&[b'z'; 100], 99), Err(FilterError::TooLarge));
        assert_eq!(run_length(&[2, b'a', b'b', b'c', 254, b'x', 128], 100).as_deref(), Ok(&b"abcxxx"[..]));
    }
}
