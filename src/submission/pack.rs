//! A zip archive that is the same whenever it is made: files in the order given, one date, no owner.

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// What plain files may be used for: their owner writes, everybody reads.
const MODE: u32 = 0o644;

/// Packs files by name. The date is the first that a zip knows: 1 January 1980.
///
/// # Errors
/// What the writer says of a name that is there twice or too long.
pub fn pack<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Result<Vec<u8>, String> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(MODE);
    for (name, bytes) in files {
        let started = writer.start_file(name, options).map_err(|error| error.to_string());
        started.and_then(|()| writer.write_all(bytes).map_err(|error| error.to_string()))?;
    }
    writer.finish().map(Cursor::into_inner).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::Submission;

    #[test]
    fn what_is_packed_is_read_again_and_is_the_same_each_time() {
        let files = [("a/main.tex", &b"x"[..]), ("refs.bib", b"")];
        let packed = pack(files).expect("packed");
        assert_eq!(packed, pack(files).expect("packed"));
        let read = Submission::single("a.zip".to_owned(), packed);
        assert_eq!(
            read.files.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(),
            ["a.zip", "a/main.tex", "refs.bib"]
        );
        assert!(read.problems.is_empty() && *read.files[1].bytes == b"x");
    }
}
