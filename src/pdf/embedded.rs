//! Files within the file. Source: ISO 32000-2 §7.11.4.

use super::active::file_name;
use super::filter::decode;
use super::limits::MAX_ATTACHMENT;
use super::unshown::Attachment;
use hayro_syntax::object::{Dict, Object, Stream};

/// The file behind a file specification that holds one; `left` is what all of them may still take, in bytes.
pub(super) fn attachment(specification: &Dict<'_>, path: String, left: &mut usize) -> Option<Attachment> {
    let files = specification.get::<Dict<'_>>("EF")?;
    let stream = ["UF", "F", "Unix", "DOS", "Mac"].iter().find_map(|key| files.get::<Stream<'_>>(*key));
    let bytes = stream.and_then(|s| decode(&s, MAX_ATTACHMENT.min(*left)).ok()).map(|d| d.data.into_owned());
    *left -= bytes.as_ref().map_or(0, Vec::len).min(*left);
    let name = file_name(&Object::Dict(specification.clone()));
    Some(Attachment { name, path, bytes })
}
