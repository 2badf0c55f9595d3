//! Just enough of HTTP to speak to the service as its users do, and as those do who mean no good.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// What the service said.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The head, in lower case.
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    /// The value of a head; empty where there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        let name = format!("{name}: ");
        self.head.lines().find_map(|line| line.strip_prefix(&name)).unwrap_or_default()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }
}

/// Sends bytes as they are and reads the answer; `None` where the connection ends without one.
pub(crate) fn raw(address: &str, parts: &[&[u8]]) -> Option<Answer> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(60))).ok()?;
    for part in parts {
        stream.write_all(part).ok()?;
    }
    answer(&mut stream)
}

/// Reads an answer to the end of the connection.
pub(crate) fn answer(stream: &mut TcpStream) -> Option<Answer> {
    let mut bytes = Vec::new();
    // A connection that is reset after the answer has given it all the same.
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Answer { status, head: head.to_lowercase().replace("\r\n", "\n"), body: body.to_owned() })
}

/// A request with a body.
pub(crate) fn send(address: &str, line: &str, headers: &[(&str, &str)], body: &[u8]) -> Option<Answer> {
    let mut head = format!("{line} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
    raw(address, &[head.as_bytes(), body])
}

/// What a form is parted by.
pub(crate) const FORM: &str = "multipart/form-data; boundary=parted-here";

/// A field of a form: its name, the name of a file where it is one, and its content.
pub(crate) type Field<'a> = (&'a str, Option<&'a str>, &'a [u8]);

/// A field that is a file.
pub(crate) fn file<'a>(name: &'a str, file: &'a str, content: &'a [u8]) -> Field<'a> {
    (name, Some(file), content)
}

/// A field that is a word.
pub(crate) fn word<'a>(name: &'a str, content: &'a [u8]) -> Field<'a> {
    (name, None, content)
}

/// A form of these fields.
pub(crate) fn form(fields: &[Field<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, content) in fields {
        let file = file.map_or(String::new(), |file| format!("; filename=\"{file}\""));
        let head = format!("--parted-here\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        body.extend(head.as_bytes());
        body.extend(*content);
        body.extend(b"\r\n");
    }
    body.extend(b"--parted-here--\r\n");
    body
}
