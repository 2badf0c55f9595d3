//! Files within the file. Source: ISO 32000-2 §7.11.4.

use super::active::file_name;
use super::filter::decode;
use super::limits::{MAX_ATTACHMENT, MAX_ATTACHMENTS_TOTAL};
use super::unshown::Attachment;
use hayro_syntax::object::{Dict, Object, Stream};

/// The file behind a file specification that holds one; `spent` is what all of them took so far, in bytes.
pub(super) fn attachment(specification: &Dict<'_>, path: String, spent: &mut usize) -> Option<Attachment> {
    let files = specification.get::<Dict<'_>>("EF")?;
    let stream = ["UF", "F", "Unix", "DOS", "Mac"].iter().find_map(|key| files.get::<Stream<'_>>(*key));
    let cap = MAX_ATTACHMENT.min(MAX_ATTACHMENTS_TOTAL.saturating_sub(*spent));
    let bytes = stream.filter(|_| cap > 0).and_then(|s| decode(&s, cap, spent).ok());
    let bytes = bytes.map(|d| d.data.into_owned());
    let name = file_name(&Object::Dict(specification.clone()));
    Some(Attachment { name, path, bytes })
}
