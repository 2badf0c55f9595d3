//! E-mail addresses, and those that are nobody's.

use super::{Seen, Trace};
use crate::pattern::Topic;
use crate::place::{PageNumber, Place};

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
    "authors",
    "firstauthor",
    "secondauthor",
    "coauthor",
    "someone",
    "blind",
    "blinded",
    "john.doe",
    "jane.doe",
    "johndoe",
    "janedoe",
    "alice",
    "bob",
    "git",
    "e-mail",
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
    "university.edu",
    "mail.com",
    "xxx.com",
    "xxxx.com",
    "springer.com",
    "test",
    "invalid",
    "localhost",
    "cs.cranberry-lemon.edu",
];

/// Addresses outside the reference list; those in code, beyond page one, belong to the code.
pub(super) fn emails(traces: &[Trace]) -> Vec<Seen> {
    let on_page_one = |t: &Trace| matches!(t.at, Place::Page { page: PageNumber(1), .. });
    let addresses = traces.iter().filter(|t| t.topic == Topic::Email && (!t.is_code || on_page_one(t)));
    addresses.map(|t| Seen { text: t.text.clone(), at: t.at.clone() }).collect()
}

/// Whether an address is a template's or an example's, and nobody's.
pub(super) fn is_placeholder(address: &str) -> bool {
    let lower = spelt(&address.to_lowercase());
    let Some((name, host)) = lower.split_once('@') else { return true };
    let is_host = |p: &str| host == p || host.strip_suffix(p).is_some_and(|rest| rest.ends_with('.'));
    PLACEHOLDERS.contains(&name)
        || name.starts_with("anonymous")
        || PLACEHOLDER_HOSTS.iter().any(|p| is_host(p))
}

/// An address with the signs that its words stand for.
fn spelt(address: &str) -> String {
    if address.contains('@') {
        return address.to_owned();
    }
    let plain: String = address.chars().map(|c| if "[](){}<>".contains(c) { ' ' } else { c }).collect();
    let signs = plain.split_whitespace().map(|w| match w {
        "at" => "@",
        "dot" => ".",
        other => other,
    });
    signs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_address_is_nobodys() {
        for address in ["anonymous@anonymous.org", "hippo@cs.cranberry-lemon.edu", "author@example.com"] {
            assert!(is_placeholder(address), "{address}");
        }
        for address in [
            "m.velm@lanternfield.edu",
            "mvelm at lanternfield dot edu",
            "mvelm [at] lanternfield.edu",
            "hippolyte@lanternfield.edu",
            "m.velm@quarry-institution.org",
            "m.velm@uni.edu",
        ] {
            assert!(!is_placeholder(address), "{address}");
        }
    }
}
