//! What tells whether a result still holds: the content, what it was checked against, and by which version.

use super::inputs::Submitted;
use crate::submission::Handed;
use crate::worker::Orders;
use sha2::{Digest, Sha256};

/// The key of a submission: SHA-256, lower-case hexadecimal digits.
pub(super) fn of(handed: &Result<Handed, String>, submitted: &Submitted, orders: &Orders) -> String {
    let mut digest = Sha256::new();
    let mut add = |bytes: &[u8]| {
        digest.update((bytes.len() as u64).to_le_bytes());
        digest.update(bytes);
    };
    add(env!("CARGO_PKG_VERSION").as_bytes());
    // A page or another format beside the result changes nothing in it, and how the venue was named neither.
    let Orders { profile, stage, track, select, ignore, shows_suppressed, audience, .. } = orders;
    let track = submitted.track.as_ref().unwrap_or(track);
    [profile, stage, track, audience].into_iter().for_each(|text| add(text.as_bytes()));
    add(&[u8::from(*shows_suppressed)]);
    [select, ignore].into_iter().for_each(|rules| add(rules.join(",").as_bytes()));
    add(submitted.identities.as_deref().unwrap_or_default().as_bytes());
    match handed {
        Ok(handed) => {
            add(handed.name.as_bytes());
            for file in &handed.files {
                add(file.name.as_bytes());
                add(format!("{:?}", file.origin).as_bytes());
                add(&file.bytes);
            }
            handed.problems.iter().for_each(|problem| add(problem.message.as_bytes()));
        }
        Err(why) => add(why.as_bytes()),
    }
    hexadecimal(&digest.finalize())
}

/// Eight hexadecimal digits that tell one text from another.
pub fn short_digest(text: &str) -> String {
    hexadecimal(&Sha256::digest(text.as_bytes())[..4])
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
