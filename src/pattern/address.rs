//! The lengths that the parts of e-mail addresses may have, which their pattern leaves open.

use std::ops::{Range, RangeInclusive};

/// The most bytes of what stands before the `@` of an address, and of a label behind it; the most labels before the last
/// one. Source: RFC 5321 §4.5.3.1, RFC 1035 §2.3.4; labels: chosen, real ones have four.
const LOCAL_PART: usize = 64;
const LABEL: usize = 63;
const MOST_LABELS: usize = 6;

/// The letters of the last label. Source: IANA, root zone database; the longest of them in Latin script.
const TOP_LEVEL: RangeInclusive<usize> = 2..=24;

/// Where the address lies in what looks like one: text may run into it on either side. `None` where no host has such a
/// name.
pub(super) fn address_in(words: &str) -> Option<Range<usize>> {
    let (local, host) = words.split_once('@')?;
    let labels: Vec<&str> = host.split('.').collect();
    let is_host = |last: &usize| {
        let is_top =
            |label: &str| TOP_LEVEL.contains(&label.len()) && label.bytes().all(|b| b.is_ascii_alphabetic());
        is_top(labels[*last]) && labels[..*last].iter().all(|label| label.len() <= LABEL)
    };
    let last = (1..labels.len().min(MOST_LABELS + 1)).rev().find(is_host)?;
    let end = local.len() + labels[..=last].iter().map(|label| 1 + label.len()).sum::<usize>();
    let begins = |at: &usize| {
        let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
        local.as_bytes()[*at].is_ascii_alphanumeric() && (*at == 0 || !is_word(local.as_bytes()[*at - 1]))
    };
    let start = (local.len().saturating_sub(LOCAL_PART)..local.len()).find(begins)?;
    Some(start..end)
}

#[cfg(test)]
mod tests {
    use crate::pattern::{Topic, hits};

    #[test]
    fn an_address_has_parts_of_lengths_that_addresses_have() {
        let found = |text: &str| -> Vec<String> {
            let emails = hits(text).into_iter().filter(|hit| hit.topic == Topic::Email);
            emails.map(|hit| text[hit.at].to_owned()).collect()
        };
        let dots = ".".repeat(70);
        assert_eq!(
            found(&format!("a.b@lanternfield.edu, Velm{dots}t.quist@orlan.edu")),
            ["a.b@lanternfield.edu", "t.quist@orlan.edu"]
        );
        assert_eq!(found(&format!("Recall@10{}.Therefore", "a".repeat(62))), [""; 0]);
        assert_eq!(found(&format!("v@{}.edu", "a".repeat(63))).len(), 1);
        assert_eq!(found("v@1.2.3.4.5.6.7.in"), [""; 0]);
        assert_eq!(
            found("v@aa.bb.cc.dd.ee.ff.gg.edu"),
            ["v@aa.bb.cc.dd.ee.ff.gg"],
            "more names than hosts have"
        );
        assert_eq!(
            found("v@aa.bb.cc.dd.ee.ff.gg.quist@orlan.edu"),
            ["v@aa.bb.cc.dd.ee.ff.gg", "quist@orlan.edu"],
            "one behind the other"
        );
        assert_eq!(found(&format!("v@orlan.edu.{}.in", "a".repeat(64))), ["v@orlan.edu"]);
        assert_eq!(found("v@1.2.3.4.5.6.in").len(), 1);
        assert_eq!(found(&format!("{}@orlan.edu", "v".repeat(65))), [""; 0]);
    }
}
