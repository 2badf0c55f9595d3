//! The key of a submission of a batch, and what tells its id from others.

use super::inputs::Submitted;
use crate::submission::Handed;
use crate::worker::Orders;
use sha2::{Digest, Sha256};

/// The key of a submission: SHA-256, lower-case hexadecimal digits.
pub(super) fn of(handed: &Result<Handed, String>, submitted: &Submitted, orders: &Orders) -> String {
    let handed = handed.as_ref().map_err(String::as_str);
    orders.key(handed, submitted.track.as_deref(), submitted.identities.as_deref())
}

/// Eight hexadecimal digits that tell one text from another.
pub fn short_digest(text: &str) -> String {
    Sha256::digest(text.as_bytes())[..4].iter().map(|byte| format!("{byte:02x}")).collect()
}
