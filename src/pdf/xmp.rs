//! XMP packets: properties and their values. Source: ISO 16684-1 (XMP), ISO 32000-2 §14.3.2.
//!
//! No schema is followed: whatever stands as the text of an element or in an attribute is a value of the property
//! that it stands in, and that is what tells who wrote it.

use super::limits::MAX_XMP_VALUES;

/// Elements that only group values: the property is the element around them. Source: RDF/XML.
const CONTAINERS: [&str; 6] = ["rdf:Alt", "rdf:Bag", "rdf:Seq", "rdf:li", "rdf:Description", "rdf:value"];

/// Every value of a packet with its property, such as (`dc:creator`, `Ada Lovelace`), in order.
pub(super) fn properties(packet: &[u8]) -> Vec<(String, String)> {
    let text = text_of(packet);
    let mut values = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find('<') {
        if values.len() >= MAX_XMP_VALUES {
            break;
        }
        push(&mut values, &open, &rest[..at]);
        rest = &rest[at..];
        let Some((tag, after)) = tag_of(rest) else { break };
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            if let Some(at) = open.iter().rposition(|n| *n == name.trim()) {
                open.truncate(at);
            }
        } else if !tag.starts_with(['?', '!']) {
            let name = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
            push_attributes(&mut values, &tag[name.len()..]);
            if !tag.ends_with('/') && open.len() < MAX_XMP_VALUES {
                open.push(name);
            }
        }
    }
    values
}

/// The packet as text: UTF-8, or UTF-16 behind a byte-order mark.
fn text_of(packet: &[u8]) -> String {
    match packet {
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        _ => String::from_utf8_lossy(packet).into_owned(),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

/// What stands between the angle brackets at the start of a text, and what follows them; comments are one tag.
fn tag_of(text: &str) -> Option<(&str, &str)> {
    if text.starts_with("<!--") {
        let end = text.find("-->")?;
        return Some((&text[1..end], &text[end + "-->".len()..]));
    }
    let end = text.find('>')?;
    Some((&text[1..end], &text[end + 1..]))
}

fn push(values: &mut Vec<(String, String)>, open: &[&str], text: &str) {
    let property = open.iter().rev().find(|name| !CONTAINERS.contains(name));
    if let Some(property) = property.filter(|_| !text.trim().is_empty()) {
        values.push(((*property).to_owned(), unescaped(text.trim())));
    }
}

/// `name="value"`, but for the declarations of names.
fn push_attributes(values: &mut Vec<(String, String)>, attributes: &str) {
    let mut rest = attributes;
    while let Some((name, after)) = rest.split_once('=') {
        let after = after.trim_start();
        let Some(quote) = after.chars().next().filter(|c| matches!(c, '"' | '\'')) else { break };
        let Some((value, next)) = after[1..].split_once(quote) else { break };
        let name = name.trim().trim_end_matches('/');
        if !name.starts_with("xmlns") && !value.trim().is_empty() && values.len() < MAX_XMP_VALUES {
            values.push((name.to_owned(), unescaped(value.trim())));
        }
        rest = next;
    }
}

/// Character references undone. Source: XML 1.0 §4.1 and §4.6.
/// The longest reference to a character, in bytes: a number with some zeros before it.
const MAX_REFERENCE: usize = 16;

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(MAX_REFERENCE).position(|byte| byte == b';');
        let reference = end.map(|end| (&rest[1..end], &rest[end + 1..]));
        match reference.and_then(|(name, after)| Some((character(name)?, after))) {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

fn character(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => digits.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(packet: &str) -> Vec<(String, String)> {
        properties(packet.as_bytes())
    }

    #[test]
    fn values_of_elements_lists_and_attributes_belong_to_their_property() {
        let packet = "<?xpacket?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF>\
            <rdf:Description rdf:about='' xmp:CreatorTool=\"/home/mvelm/bin/draw\">\
            <dc:creator><rdf:Seq><rdf:li>M\u{e9}lanie Velm</rdf:li><rdf:li>A &amp; B&#x21;</rdf:li></rdf:Seq></dc:creator>\
            <pdf:Producer>pdfTeX</pdf:Producer></rdf:Description></rdf:RDF></x:xmpmeta>";
        let pair = |k: &str, v: &str| (k.to_owned(), v.to_owned());
        assert_eq!(
            values(packet),
            [
                pair("xmp:CreatorTool", "/home/mvelm/bin/draw"),
                pair("dc:creator", "M\u{e9}lanie Velm"),
                pair("dc:creator", "A & B!"),
                pair("pdf:Producer", "pdfTeX"),
            ]
        );
    }

    #[test]
    fn broken_packets_are_read_as_far_as_they_go() {
        assert_eq!(values("<a><b>one</b><c"), [("b".to_owned(), "one".to_owned())]);
        assert_eq!(values("</a></b>text & <x y=1>"), []);
        let utf16: Vec<u8> =
            [0xfe, 0xff].into_iter().chain("<a>b</a>".encode_utf16().flat_map(u16::to_be_bytes)).collect();
        assert_eq!(properties(&utf16), [("a".to_owned(), "b".to_owned())]);
    }
}
