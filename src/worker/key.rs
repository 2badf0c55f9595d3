//! What tells whether a result still holds: the content, what it was checked against, and by which version.

use super::crew::Orders;
use crate::submission::Handed;
use sha2::{Digest, Sha256};

impl Orders {
    /// The key of a result: SHA-256, lower-case hexadecimal digits. `handed` is what was handed in, or why nothing of
    /// it could be read; `track` and `identities` are those of this submission, where it has its own.
    pub fn key(
        &self,
        handed: Result<&Handed, &str>,
        track: Option<&str>,
        identities: Option<&str>,
    ) -> String {
        let mut digest = Sha256::new();
        let mut add = |bytes: &[u8]| {
            digest.update((bytes.len() as u64).to_le_bytes());
            digest.update(bytes);
        };
        add(env!("CARGO_PKG_VERSION").as_bytes());
        // A page or another format beside the result changes nothing in it, and how the venue was named neither.
        let Self { profile, stage, select, ignore, shows_suppressed, audience, .. } = self;
        let track = track.unwrap_or(&self.track);
        [profile, stage, track, audience].into_iter().for_each(|text| add(text.as_bytes()));
        add(&[u8::from(*shows_suppressed)]);
        [select, ignore].into_iter().for_each(|rules| add(rules.join(",").as_bytes()));
        add(identities.unwrap_or_default().as_bytes());
        match handed {
            Ok(handed) => {
                add(handed.name.as_bytes());
                for file in &handed.files {
                    add(file.name.as_bytes());
                    add(format!("{:?}", file.origin).as_bytes());
                    add(file.sha256().as_bytes());
                }
                handed.problems.iter().for_each(|problem| add(problem.message.as_bytes()));
            }
            Err(why) => add(why.as_bytes()),
        }
        digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
