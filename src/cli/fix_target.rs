//! Where `dlde fix` writes to: a place that holds nothing yet, of the kind that its name says.

use super::failure::Failure;
use std::path::{Path, PathBuf};

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A new directory.
    Folder,
    /// One zip archive.
    Zip,
    /// One PDF.
    Pdf,
}

/// Endings that promise a kind of file; the longer one first.
const ENDINGS: [&str; 13] = [
    ".tar.gz", ".tar.xz", ".tar.bz2", ".tgz", ".tar", ".gz", ".xz", ".bz2", ".7z", ".rar", ".zip", ".pdf",
    ".tex",
];

impl Shape {
    /// What a directory becomes under that name.
    pub(super) fn of_folder(output: &Path) -> Self {
        if promised(output) == Some(".zip") { Self::Zip } else { Self::Folder }
    }

    /// Refuses a target that is there already, lies within what is read, or whose name promises something else.
    ///
    /// # Errors
    /// What is wrong with the name, and one that would do.
    pub(super) fn accepts(self, input: &Path, output: &Path) -> Result<(), Failure> {
        let refused =
            |why: String, help| Err(Failure::Output { path: output.display().to_string(), why, help });
        // A paper is never written over, nor is anything else.
        if output.symlink_metadata().is_ok() {
            return refused(
                "is there already; it was left as it is".to_owned(),
                "name one that is not there yet",
            );
        }
        let ending = promised(output);
        match (self, ending) {
            (Self::Folder, Some(ending)) => {
                let why = format!("a directory is written as a directory or a zip, and not as {ending}");
                refused(why, "name a new directory, or a file that ends in .zip")
            }
            (Self::Zip, ending) if ending != Some(".zip") => {
                refused("an archive is written anew as a zip".to_owned(), "name a file that ends in .zip")
            }
            (Self::Pdf, Some(ending)) if ending != ".pdf" => {
                let why = format!("a PDF is written anew as a PDF, and not as {ending}");
                refused(why, "name a file that ends in .pdf")
            }
            (Self::Pdf, _) if output.to_string_lossy().ends_with(['/', '\\']) => {
                refused("is the name of a directory".to_owned(), "name a file that ends in .pdf")
            }
            _ if is_within(input, output) => {
                // A copy within what it is copied from would be part of it from then on.
                refused("lies within what is to be fixed".to_owned(), "name one beside it")
            }
            _ => Ok(()),
        }
    }
}

/// The kind of file that a name promises; `None` for a name that promises none.
fn promised(output: &Path) -> Option<&'static str> {
    let name = output.file_name()?.to_string_lossy().to_lowercase();
    ENDINGS.into_iter().find(|ending| name.ends_with(ending))
}

/// Whether a path lies below a directory, though folders between may be missing yet.
fn is_within(input: &Path, output: &Path) -> bool {
    let whole =
        |path: &Path| if path.as_os_str().is_empty() { Path::new(".").to_owned() } else { path.to_owned() };
    let there = output.ancestors().skip(1).find_map(|path| whole(path).canonicalize().ok());
    match (input.canonicalize(), there) {
        (Ok(input), Some(there)) => input.is_dir() && there.starts_with(&input),
        _ => false,
    }
}

/// Writes a new file, and the folders that lead to it where they are missing.
///
/// # Errors
/// What the system says.
pub(super) fn write(output: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |path: &Path| {
        let path = path.display().to_string();
        move |cause| Failure::Write { path, cause }
    };
    let parent: PathBuf = output.parent().unwrap_or(Path::new("")).to_owned();
    if !parent.as_os_str().is_empty() {
        std::fs::create_dir_all(&parent).map_err(failed(&parent))?;
    }
    std::fs::write(output, bytes).map_err(failed(output))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_must_promise_what_is_written() {
        let is_taken =
            |shape: Shape, name: &str| shape.accepts(Path::new("no-such-paper"), Path::new(name)).is_ok();
        for (shape, name, wanted) in [
            (Shape::Folder, "new", true),
            (Shape::Folder, "v1.2", true),
            (Shape::Folder, "new.tar.gz", false),
            (Shape::Folder, "new.PDF", false),
            (Shape::Zip, "new.zip", true),
            (Shape::Zip, "new.tgz", false),
            (Shape::Zip, "new", false),
            (Shape::Pdf, "new.pdf", true),
            (Shape::Pdf, "new", true),
            (Shape::Pdf, "new.zip", false),
            (Shape::Pdf, "new/", false),
        ] {
            assert_eq!(is_taken(shape, name), wanted, "{name}");
        }
        assert_eq!(Shape::of_folder(Path::new("a/new.ZIP")), Shape::Zip);
        assert_eq!(Shape::of_folder(Path::new("a.zip/new")), Shape::Folder);
    }
}
