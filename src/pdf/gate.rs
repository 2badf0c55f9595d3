//! Looks at the raw bytes before any parser does: refuses what would exhaust memory or time, and counts revisions.
//!
//! The object reader inflates cross-reference and object streams while it opens a file, without a limit.
//! So every such stream that could grow beyond the cap is counted here first, by its own words or because a
//! cross-reference stream says that objects lie in it. All others are decoded later, with caps of their own.

use super::containers::Containers;
use super::filter::{inflate, inflated_size};
use super::limits::{
    MAX_INFLATED, MAX_NESTING, MAX_STREAM, WORST_DEFLATE_RATIO, WORST_LZW_RATIO, WORST_RUN_RATIO,
};
use super::revision::revisions;
use memchr::memmem;
use std::borrow::Cow;

/// What the bytes show before parsing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gate {
    /// Revisions of the file: one more than the updates appended to it; a linearised file has one.
    pub(super) revisions: u32,
}

/// Passes a file on, or says why it is too complex to be read.
///
/// # Errors
/// A sentence for a person: what is wrong with the file.
pub(super) fn gate(bytes: &[u8]) -> Result<Gate, String> {
    let mut budget = MAX_INFLATED;
    let (mut streams, mut containers) = (Vec::new(), Containers::default());
    let (mut position, mut opened) = (0, 0);
    let stream_word = memmem::Finder::new(b"stream");
    let end_word = memmem::Finder::new(b"endstream");
    while let Some(found) = stream_word.find(&bytes[position..]) {
        let word = position + found;
        let start = word + "stream".len();
        let between = &bytes[opened..word];
        // The word also stands in titles and names; a stream's comes right after its dictionary.
        if !ends_dictionary(between) {
            position = start;
            continue;
        }
        check_nesting(between)?;
        let end = end_word.find(&bytes[start..]).map_or(bytes.len(), |e| start + e);
        let claimed =
            direct_length(last_object(between)).map_or(end, |n| start.saturating_add(n).min(bytes.len()));
        let (before, data) = (unescaped(between), without_line_end(&bytes[start..end.max(claimed)]));
        if is_read_on_opening(&before) {
            count_stream(&before, data, &mut budget)?;
            if is_cross_reference(&before) {
                containers.add(&before, data);
            }
        } else {
            streams.push((between, data));
        }
        position = (end + "endstream".len()).min(bytes.len());
        opened = position;
    }
    check_nesting(&bytes[opened..])?;
    for (between, data) in streams.into_iter().filter(|(between, _)| containers.may_be(between)) {
        count_stream(&unescaped(between), data, &mut budget)?;
    }
    Ok(Gate { revisions: revisions(bytes) })
}

/// Whether a dictionary ends here, but for space and comments. A comment may hold anything, so what follows a percent
/// sign on its line is passed over.
fn ends_dictionary(before: &[u8]) -> bool {
    let mut rest = before.trim_ascii_end();
    for _ in 0..MAX_NESTING {
        if rest.ends_with(b">>") {
            return true;
        }
        let line = memchr::memrchr2(b'\n', b'\r', rest).map_or(0, |at| at + 1);
        let Some(comment) = memchr::memchr(b'%', &rest[line..]) else { return false };
        rest = rest[..line + comment].trim_ascii_end();
    }
    true
}

/// The text of the last object that begins in what stands between two streams.
fn last_object(between: &[u8]) -> &[u8] {
    let begins = |at: &usize| at.checked_sub(2).is_some_and(|i| between[i].is_ascii_digit());
    memmem::rfind_iter(between, b"obj").find(|at| begins(at)).map_or(between, |at| &between[at..])
}

fn direct_length(dictionary: &[u8]) -> Option<usize> {
    let at = memmem::find(dictionary, b"/Length")?;
    let text = dictionary[at + "/Length".len()..].trim_ascii_start();
    let digits = text.iter().take_while(|b| b.is_ascii_digit()).count();
    if text[digits..].trim_ascii_start().first().is_some_and(u8::is_ascii_digit) {
        return None; // a reference such as `12 0 R`
    }
    std::str::from_utf8(&text[..digits]).ok()?.parse().ok()
}

/// The bytes with the escapes of names undone: a name may be written so that no search finds it.
fn unescaped(bytes: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memchr(b'#', bytes).is_none() {
        return Cow::Borrowed(bytes);
    }
    let digit = |at: usize| bytes.get(at).and_then(|b| char::from(*b).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'#', Some(high), Some(low)) => {
                out.push((high << 4 | low) as u8);
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    Cow::Owned(out)
}

/// The data of a stream without the end of the line of its keyword.
fn without_line_end(data: &[u8]) -> &[u8] {
    data.strip_prefix(b"\r\n").or_else(|| data.strip_prefix(b"\n")).unwrap_or(data)
}

/// Whether a stream says of itself that it is inflated while the file is opened.
///
/// `before` is all that stands since the stream before it. Where its own dictionary begins is not asked: a text or a
/// comment may look like the head of an object, and objects without a stream seldom have these words.
fn is_read_on_opening(before: &[u8]) -> bool {
    // Fonts have a `/FirstChar`, and pictures are `/Indexed`.
    memmem::find(before, b"ObjStm").is_some()
        || has_name(before, b"/First")
        || has_name(before, b"/Index")
        || is_cross_reference(before)
}

/// Whether a stream may be a cross-reference stream: its type is not asked for where it is read.
fn is_cross_reference(before: &[u8]) -> bool {
    memmem::find(before, b"XRef").is_some() || has_name(before, b"/W") && has_name(before, b"/Size")
}

/// Counts what a stream grows to; `before` is all that stands since the stream before it.
fn count_stream(before: &[u8], data: &[u8], budget: &mut usize) -> Result<(), String> {
    let has = |word: &[u8]| memmem::find(before, word).is_some();
    let deflated = data.len() > 2
        && data[0] & 0x0f == 8
        && (usize::from(data[0]) << 8 | usize::from(data[1])).is_multiple_of(31);
    let too_large = || "a compressed stream grows beyond any paper's size".to_owned();
    // What comes out of the other filters may be run lengths again.
    let runs = if has(b"/RunLength") || has_name(before, b"/RL") { WORST_RUN_RATIO } else { 1 };
    let spend = |budget: &mut usize, bytes: usize| {
        let bytes = bytes.saturating_mul(runs);
        if bytes > MAX_STREAM && runs > 1 { Err(too_large()) } else { spend(budget, bytes) }
    };
    if !deflated || has(b"/LZW") && !has(b"/Fl") {
        // Behind another filter only the worst case is known.
        let packed = has(b"/Fl") || has(b"/LZW") || has(b"/A") || has(b"/R");
        let ratio = if has(b"/LZW") { WORST_LZW_RATIO } else { WORST_DEFLATE_RATIO };
        let worst = if packed { data.len().saturating_mul(ratio) } else { data.len() };
        return if worst > MAX_STREAM { Err(too_large()) } else { spend(budget, worst) };
    }
    let count = |word: &[u8]| memmem::find_iter(before, word).count();
    if count(b"/Fl") + count(b"/LZW") > 1 {
        let first = inflate(data, MAX_STREAM).map_err(|_| too_large())?.data;
        let inner = inflated_size(&first, MAX_STREAM).ok_or_else(too_large)?;
        let again = inflate(&first, MAX_STREAM)
            .ok()
            .map_or(Some(0), |second| inflated_size(&second.data, MAX_STREAM));
        return spend(budget, first.len() + inner + again.ok_or_else(too_large)?);
    }
    // Where even the worst case is little, nobody needs to know what it is; half of the budget is kept for the others.
    let worst = data.len().saturating_mul(WORST_DEFLATE_RATIO);
    if worst <= MAX_STREAM && budget.checked_sub(worst).is_some_and(|left| left >= MAX_INFLATED / 2) {
        return spend(budget, worst);
    }
    spend(budget, inflated_size(data, MAX_STREAM).ok_or_else(too_large)?)
}

/// Whether a name stands somewhere, and not only at the head of a longer one.
fn has_name(before: &[u8], name: &[u8]) -> bool {
    let ends = |at: usize| before.get(at + name.len()).is_none_or(|b| !b.is_ascii_alphanumeric());
    memmem::find_iter(before, name).any(ends)
}

fn spend(budget: &mut usize, bytes: usize) -> Result<(), String> {
    *budget =
        budget.checked_sub(bytes).ok_or("its compressed streams together grow beyond any paper's size")?;
    Ok(())
}

/// Dictionaries and arrays within one another, outside streams and strings.
fn check_nesting(bytes: &[u8]) -> Result<(), String> {
    let mut depth = 0_usize;
    let mut at = 0;
    let mut strings_close = true;
    while at < bytes.len() {
        match bytes[at] {
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b'<' if bytes.get(at + 1) == Some(&b'<') => {
                depth += 1;
                at += 1;
            }
            b'>' if bytes.get(at + 1) == Some(&b'>') => {
                depth = depth.saturating_sub(1);
                at += 1;
            }
            b'(' if strings_close => match end_of_string(bytes, at) {
                Some(end) => at = end,
                None => strings_close = false,
            },
            b'e' if bytes[at..].starts_with(b"endobj") => depth = 0,
            _ => {}
        }
        if depth > MAX_NESTING {
            return Err(format!("its objects are nested more than {MAX_NESTING} deep"));
        }
        at += 1;
    }
    Ok(())
}

/// The offset of the parenthesis that closes the string opened at `at`; `None` if none does.
fn end_of_string(bytes: &[u8], at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut i = at;
    while i < bytes.len() {
        match bytes[i] {
            b'\\' => i += 1,
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(i),
            b')' => depth -= 1,
            _ => {}
        }
        i += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_nesting_is_refused_and_brackets_in_strings_are_not_nesting() {
        let deep = [b"1 0 obj ".to_vec(), b"[".repeat(65), b"]".repeat(65)].concat();
        assert!(gate(&deep).is_err());
        let string = [b"1 0 obj (".to_vec(), b"[".repeat(500), b") endobj".to_vec()].concat();
        assert!(gate(&string).is_ok());
        let flat = b"1 0 obj [ << /A [ 1 ] >> ] endobj ".repeat(200);
        assert!(gate(&flat).is_ok());
    }

    /// An object stream of so many zeros.
    fn object_stream(zeros: usize) -> Vec<u8> {
        let mut packed = vec![0; 1 << 20];
        let zeros = vec![0; zeros];
        let (bomb, _) = zlib_rs::compress_slice(&mut packed, &zeros, zlib_rs::DeflateConfig::default());
        let head = b"1 0 obj << /Type /ObjStm /Filter /FlateDecode /Length 9 >> stream\n";
        [head, &*bomb, b"\nendstream endobj\n"].concat()
    }

    #[test]
    fn a_stream_that_grows_beyond_the_cap_is_refused() {
        assert!(gate(&object_stream(MAX_STREAM + 1)).is_err());
    }

    /// A stream with these words in its dictionary, packed.
    fn stream(number: u32, words: &str, data: &[u8]) -> Vec<u8> {
        let mut packed = vec![0; 1 << 20];
        let (data, _) = zlib_rs::compress_slice(&mut packed, data, zlib_rs::DeflateConfig::default());
        let length = data.len();
        let head = format!("{number} 0 obj << {words} /Filter /FlateDecode /Length {length} >> stream\n");
        [head.as_bytes(), data, b"\nendstream endobj\n"].concat()
    }

    #[test]
    fn a_stream_that_holds_objects_is_counted_whatever_it_says_of_itself() {
        let zeros = vec![0; MAX_STREAM + 1];
        let content = |words: &str| stream(5, words, &zeros);
        let entries = |container: u8| stream(9, "/Size 7 /W [1 2 1]", &[1, 0, 9, 0, 2, 0, container, 0]);
        for words in ["", "/FirstChar 1", "/ColorSpace [/Indexed /DeviceGray 1 <00ff>]"] {
            assert!(gate(&content(words)).is_ok(), "decoded later, with a cap: {words}");
            assert!(gate(&[content(words), entries(6)].concat()).is_ok(), "{words}");
            assert!(gate(&[content(words), entries(5)].concat()).is_err(), "{words}");
        }
        assert!(
            gate(&[content("/T (6 0 obj)"), entries(5)].concat()).is_err(),
            "a text that hides the number"
        );
        for words in ["/First 9", "/Fi#72st 9", "/Index [0 1]", "/Size 1 /W [1 2 1]", "/Type /XRef"] {
            assert!(gate(&content(words)).is_err(), "{words}");
        }
        let decoy = stream(9, "/T (1 0 obj << /W [1 1 1] >>) /Size 7 /W [1 2 1]", &[2, 0, 5, 0]);
        assert!(gate(&[content(""), decoy].concat()).is_err(), "a text that looks like a dictionary");
        let unreadable = b"9 0 obj << /Size 7 /W [1 2 1] /Filter /ASCIIHexDecode >> stream\nab\nendstream\n";
        assert!(gate(&[content(""), unreadable.to_vec()].concat()).is_err(), "it may say anything");
    }

    #[test]
    fn streams_that_grow_beyond_the_cap_together_are_refused() {
        let large = object_stream(MAX_STREAM / 2);
        assert!(gate(&large.repeat(6)).is_ok());
        assert!(gate(&large.repeat(9)).is_err(), "more than all may have together");
        // Small ones are counted too, whether they were inflated or taken for the worst.
        let small = object_stream(1 << 20);
        assert!(gate(&small.repeat(100)).is_ok());
        assert!(gate(&small.repeat(400)).is_err());
    }
}
