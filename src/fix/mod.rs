//! Writes a paper anew without what no page shows. Pages are never touched: what they show is their authors' to mend.
//!
//! A PDF is written anew as a whole; of sources bytes are cut out, and every other one stays.

mod difference;
mod picture;
mod tree;

pub use difference::difference;
pub use tree::{Extent, FixedFile, FixedTree, fix_tree, source_cuts};

use crate::pdf::{ScrubError, scrub};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// A paper written anew.
pub struct Fixed {
    /// The new PDF.
    pub bytes: Vec<u8>,
    /// What was dropped, such as `XMP packets: 4`, in order of the alphabet.
    pub dropped: Vec<String>,
}

/// Writes a PDF anew, as one revision without metadata, notes' writers, scripts and stray data; `attachments`: also
/// without the files within it. The pages are compared, and must come out the same.
///
/// # Errors
/// A sentence about the file that lacks its subject: what is the matter, and what to do.
pub fn fix(bytes: &Arc<Vec<u8>>, attachments: bool) -> Result<Fixed, String> {
    let internal = || Err(ScrubError::Unreadable("cannot be written anew; build it again".to_owned()));
    // The writer's parser is not ours: a fault of it on an odd file is no reason to lose the answer.
    let scrubbed =
        catch_unwind(AssertUnwindSafe(|| scrub(bytes, attachments))).unwrap_or_else(|_| internal());
    let scrubbed = scrubbed.map_err(|error| match error {
        ScrubError::Encrypted(why) | ScrubError::Changed(why) => why.to_owned(),
        ScrubError::Unreadable(why) => why,
    })?;
    let dropped = scrubbed.dropped.iter().map(|(what, number)| format!("{what}: {number}")).collect();
    Ok(Fixed { bytes: scrubbed.bytes, dropped })
}
