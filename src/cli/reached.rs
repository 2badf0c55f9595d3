//! A source that is named by itself, with what it takes in from its own folder.

use crate::paper::source::wanted;
use crate::submission::{Kind, LoadError, Origin, Submission};
use std::path::Path;

/// The most steps from a source to what it takes in. Chosen: parts within parts of a thesis have four.
const MOST_STEPS: usize = 50;

/// What was handed in: a `.tex` file brings what it reaches.
///
/// # Errors
/// As for [`Submission::open`].
pub(super) fn opened(input: &Path) -> Result<Submission, LoadError> {
    let submission = Submission::open(input)?;
    let is_source = submission.files.first().is_some_and(|f| f.kind == Kind::Tex) && !input.is_dir();
    Ok(if is_source { gathered(submission, input, Origin::Input) } else { submission })
}

/// What goes with a paper: a `.tex` file brings what it reaches.
///
/// # Errors
/// As for [`Submission::with`].
pub(super) fn with(submission: Submission, path: &Path, origin: Origin) -> Result<Submission, LoadError> {
    let submission = submission.with(path, origin)?;
    let is_source = submission.files.last().is_some_and(|f| f.kind == Kind::Tex) && !path.is_dir();
    let is_gathered = is_source && origin == Origin::Source;
    Ok(if is_gathered { gathered(submission, path, origin) } else { submission })
}

fn gathered(mut submission: Submission, source: &Path, origin: Origin) -> Submission {
    let folder = source.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    for _ in 0..MOST_STEPS {
        let before = submission.files.len();
        submission = submission.clone().with_beside(folder, &wanted(&submission), origin);
        if submission.files.len() == before {
            break;
        }
    }
    submission
}
