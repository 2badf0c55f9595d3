//! Files as editors name them: `file:` addresses. Source: RFC 8089 and RFC 3986, 2.1.

use lsp_types::Uri;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;

/// The file that an address names; `None` for what is no file on this machine, such as `untitled:1`.
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.as_str().strip_prefix("file://")?;
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    let text = decoded(rest)?;
    let is_drive = |text: &str| text.as_bytes().get(2) == Some(&b':');
    let text = if cfg!(windows) && is_drive(&text) { &text[1..] } else { &text };
    Some(PathBuf::from(text)).filter(|path| path.is_absolute())
}

/// The address of a file; `None` for one whose path is no text.
pub(super) fn uri(path: &Path) -> Option<Uri> {
    let text = path.to_str()?.replace('\\', "/");
    let kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let encoded: String = text
        .bytes()
        .map(|byte| if kept(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    let root = if encoded.starts_with('/') { "" } else { "/" };
    Uri::from_str(&format!("file://{root}{encoded}")).ok()
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) if first == b'%' => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_back_to_its_file() {
        for name in ["/a b/ä#1%.tex", "/plain/main.tex"] {
            let uri = uri(Path::new(name)).expect("a text");
            assert!(uri.as_str().is_ascii() && !uri.as_str().contains([' ', '#']), "{}", uri.as_str());
            assert_eq!(path(&uri).expect("a file"), Path::new(name));
        }
        let other = Uri::from_str("untitled:Untitled-1").expect("an address");
        assert_eq!(path(&other), None);
    }
}
