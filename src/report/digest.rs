//! Digests of findings, so that the next report can be compared with this one.

use crate::check::Verdict;
use crate::finding::Finding;
use crate::place::Place;
use sha2::{Digest, Sha256};

/// Hexadecimal digits of a fingerprint: enough to tell the findings of one venue's papers apart.
const FINGERPRINT_DIGITS: usize = 16;

/// The SHA-256 of some bytes, in lower-case hexadecimal digits.
fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The same for the same finding in the next version of the paper, as long as it stays on its page.
pub(super) fn fingerprint(verdict: &Verdict, finding: &Finding) -> String {
    let (kind, page) = match &finding.at {
        Place::Span(_) => ("source", 0),
        Place::Page { page, .. } => ("page", page.0),
        Place::File { .. } => ("file", 0),
        Place::Submission => ("submission", 0),
    };
    let words = finding.evidence.as_ref().unwrap_or(&finding.message);
    let digest = sha256(format!("{}\n{kind}\n{page}\n{words}", verdict.rule.code).as_bytes());
    digest[..FINGERPRINT_DIGITS].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_lower_case_hexadecimal() {
        assert!(sha256(b"").starts_with("e3b0c44298fc1c14"));
    }
}
