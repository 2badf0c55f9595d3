//! Messages as they come over the wire: a header, and as much JSON as it promises. Whatever is no message is passed
//! over. Source: Language Server Protocol 3.17, "Base Protocol".

use serde_json::Value;
use std::io::{self, BufRead, Read as _, Write};

/// The longest message: the text of a paper's largest source, many times over.
const MOST_BYTES: u64 = 64 << 20;
/// The longest line of a header that is looked at.
const MOST_HEADER: u64 = 1 << 10;

/// What came in.
pub(super) enum Heard {
    /// JSON, of whatever shape.
    Message(Value),
    /// Something else, and what is wrong with it.
    Garbage(&'static str),
    /// Nothing more will come.
    End,
}

/// Waits for the next message. After garbage the next header is found.
///
/// # Errors
/// What the input says.
pub(super) fn hear(input: &mut impl BufRead) -> io::Result<Heard> {
    let mut promised = None;
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(MOST_HEADER).read_until(b'\n', &mut line)? == 0 {
            return Ok(Heard::End);
        }
        let line = String::from_utf8_lossy(&line);
        let (name, value) = line.split_once(':').unwrap_or((line.trim(), ""));
        match promised {
            Some(length) if name.is_empty() => return body(input, length),
            // No header has ended: a blank line by itself says nothing.
            _ if name.eq_ignore_ascii_case("Content-Length") => match value.trim().parse::<u64>() {
                Ok(length) => promised = Some(length),
                Err(_) => return Ok(Heard::Garbage("the header tells no length")),
            },
            _ => {}
        }
    }
}

fn body(input: &mut impl BufRead, length: u64) -> io::Result<Heard> {
    if length > MOST_BYTES {
        io::copy(&mut input.by_ref().take(length), &mut io::sink())?;
        return Ok(Heard::Garbage("the message is too long"));
    }
    let mut text = Vec::new();
    // As much as comes, not as much as is promised.
    if input.by_ref().take(length).read_to_end(&mut text)? as u64 != length {
        return Ok(Heard::End);
    }
    Ok(serde_json::from_slice(&text).map_or(Heard::Garbage("the message is no JSON"), Heard::Message))
}

/// Sends a message.
///
/// # Errors
/// What the output says.
pub(super) fn say(output: &mut impl Write, message: &Value) -> io::Result<()> {
    let text = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_message_is_passed_over() {
        let wire = "nonsense\n\nContent-Length: x\r\n\r\nContent-Length: 3\r\n\r\n{\"aContent-Length: 2\r\nContent-Type: any\r\n\r\n{}Content-Length: 9\r\n\r\n{}";
        let mut input = wire.as_bytes();
        let mut heard = Vec::new();
        loop {
            match hear(&mut input).expect("a reader without faults") {
                Heard::Message(message) => heard.push(message.to_string()),
                Heard::Garbage(why) => heard.push(why.to_owned()),
                Heard::End => break,
            }
        }
        assert_eq!(heard, ["the header tells no length", "the message is no JSON", "{}"]);
    }
}
