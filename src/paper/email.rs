//! E-mail addresses on the first page.

use super::Seen;
use super::front::place;
use super::layout::Layout;
use crate::place::FileId;
use regex::Regex;
use std::sync::LazyLock;

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)(\{[A-Za-z0-9._,%+\- |]+\}|[A-Za-z0-9._%+\-]+)@(\{[A-Za-z0-9., \-]+\}|[A-Za-z0-9\-]+(\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,})").expect("internal error: the pattern is fixed")
});

/// Names before the `@`, whole, and hosts after it that stand for nobody. Source: templates, RFC 2606.
const PLACEHOLDERS: &[&str] = &[
    "anon",
    "email",
    "firstname",
    "lastname",
    "firstname.lastname",
    "first.last",
    "author",
    "user",
    "name",
    "xxx",
    "hippo",
];
const PLACEHOLDER_HOSTS: &[&str] = &[
    "example.com",
    "example.org",
    "example.net",
    "example.edu",
    "example",
    "anonymous.org",
    "anonymous.com",
    "anonymous.edu",
    "domain.com",
    "email.com",
    "institution.edu",
    "cs.cranberry-lemon.edu",
];

/// E-mail addresses on page one that are not a template's.
pub(super) fn emails(layout: &Layout, file: FileId) -> Vec<Seen> {
    let mut found = Vec::new();
    for (_, line) in layout.page_lines(1).filter(|(_, l)| l.text.contains('@')) {
        for address in ADDRESS.find_iter(&line.text).map(|m| m.as_str()).filter(|a| !is_placeholder(a)) {
            found.push(Seen { text: address.to_owned(), at: place(line, file) });
        }
    }
    found
}

/// Whether an address is a template's.
pub(super) fn is_placeholder(address: &str) -> bool {
    let lower = address.to_lowercase();
    let Some((name, host)) = lower.split_once('@') else { return true };
    let is_host = |p: &str| host == p || host.strip_suffix(p).is_some_and(|rest| rest.ends_with('.'));
    PLACEHOLDERS.contains(&name)
        || name.starts_with("anonymous")
        || PLACEHOLDER_HOSTS.iter().any(|p| is_host(p))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_address_is_nobodys() {
        for address in ["anonymous@anonymous.org", "hippo@cs.cranberry-lemon.edu", "author@example.com"] {
            assert!(is_placeholder(address), "{address}");
        }
        for address in
            ["m.velm@lanternfield.edu", "hippolyte@lanternfield.edu", "m.velm@quarry-institution.org"]
        {
            assert!(!is_placeholder(address), "{address}");
        }
        assert!(ADDRESS.is_match("write to {velm,quist}@lanternfield.edu"));
        assert!(ADDRESS.is_match("write to m.velm@{lanternfield.edu,quarrystone.edu}"));
    }
}
