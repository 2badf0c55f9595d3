//! CITE: what a paper cites and refers to, and whether it is there.

mod undefined_citation;
mod undefined_reference;

pub use undefined_citation::UNDEFINED_CITATION;
pub use undefined_reference::UNDEFINED_REFERENCE;

use crate::finding::Finding;
use crate::paper::source::Undefined;

/// A finding where a key is first used.
fn missing(undefined: &[Undefined], message: &str) -> Vec<Finding> {
    undefined.iter().map(|u| Finding::new(message, u.at.clone()).seen(u.key.clone())).collect()
}
