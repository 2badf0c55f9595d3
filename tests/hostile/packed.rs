//! Streams that grow: deflated repetitions, made without ever holding what they inflate to.

use flate2::{Compress, Compression, FlushCompress};

/// The modulus of the checksum. Source: RFC 1950 §8.2.
const ADLER: u64 = 65_521;

/// One part of a deflate stream that ends at a byte, so that it may be written again and again.
fn part(unit: &[u8]) -> Vec<u8> {
    let mut packer = Compress::new(Compression::best(), false);
    let mut out = Vec::with_capacity(unit.len() / 2 + 1024);
    packer.compress_vec(unit, &mut out, FlushCompress::Full).expect("bytes can be packed");
    assert_eq!(packer.total_in() as usize, unit.len(), "there was room for all of it");
    out
}

/// Raw deflate data that inflate to so many repetitions.
pub(crate) fn deflated(unit: &[u8], times: usize) -> Vec<u8> {
    let mut out = part(unit).repeat(times);
    out.extend([3, 0]);
    out
}

/// zlib data that inflate to so many repetitions.
pub(crate) fn zlib(unit: &[u8], times: usize) -> Vec<u8> {
    let (mut a, mut b) = (1_u64, 0_u64);
    for byte in unit {
        a = (a + u64::from(*byte)) % ADLER;
        b = (b + a) % ADLER;
    }
    let (unit_a, unit_b) = (a, b);
    for _ in 1..times {
        b = (b + unit_b + unit.len() as u64 % ADLER * (a + ADLER - 1)) % ADLER;
        a = (a + unit_a + ADLER - 1) % ADLER;
    }
    let mut out = vec![0x78, 0xda];
    out.extend(deflated(unit, times));
    out.extend(((b << 16 | a) as u32).to_be_bytes());
    out
}

/// zlib data of these bytes.
pub(crate) fn once(bytes: &[u8]) -> Vec<u8> {
    zlib(bytes, 1)
}

/// A mebibyte of one byte.
pub(crate) fn mebibyte(byte: u8) -> Vec<u8> {
    vec![byte; 1 << 20]
}

/// A gibibyte of zeros in a megabyte.
pub(crate) fn gibibyte() -> Vec<u8> {
    zlib(&mebibyte(0), 1024)
}

/// LZW data of a run of one byte: the widest codes come first and are then used for ever. Source: ISO 32000-2 §7.4.4.
pub(crate) fn lzw(byte: u8, codes: usize) -> Vec<u8> {
    let (mut out, mut bits, mut held) = (Vec::new(), 0_u64, 0_u32);
    let mut put = |code: u64, width: u32, out: &mut Vec<u8>| {
        bits = bits << width | code;
        held += width;
        while held >= 8 {
            out.push((bits >> (held - 8)) as u8);
            held -= 8;
            bits &= (1 << held) - 1;
        }
    };
    put(256, 9, &mut out);
    put(u64::from(byte), 9, &mut out);
    // Every code but the first names the entry that it makes; once the table is full the longest is repeated.
    for index in 0..codes {
        let next = 258 + index as u64;
        let width = match next {
            ..511 => 9,
            511..1023 => 10,
            1023..2047 => 11,
            _ => 12,
        };
        put(next.min(4094), width, &mut out);
    }
    put(257, 12, &mut out);
    out.push(0);
    out.push(0);
    out
}
