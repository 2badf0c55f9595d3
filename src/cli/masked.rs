//! A failure as reviewers may read it: under the names that stand in for those of the input and of what goes with it.

use super::args::CheckArgs;
use super::config::{FILE_NAME, short};
use super::failure::Failure;
use super::input::Input;
use miette::Diagnostic;
use std::fmt::Display;
use std::path::Path;

/// The words of a failure, without what they name. Lines of a file are not drawn.
#[derive(Debug, thiserror::Error)]
#[error("{words}")]
pub(super) struct Masked {
    words: String,
    code: Option<String>,
    help: Option<String>,
}

impl Masked {
    /// What went wrong with an input.
    pub(super) fn of(failure: &Failure, input: &Input<'_>, args: &CheckArgs) -> Self {
        let names = names(failure, input, args);
        let written = |words: String| names.iter().fold(words, |text, (old, new)| replaced(&text, old, new));
        let words = match failure {
            Failure::Profile(broken) => {
                let mistakes: Vec<_> = broken.messages().collect();
                format!("{FILE_NAME}: {}", mistakes.join("; "))
            }
            other => other.to_string(),
        };
        Self {
            words: written(words),
            code: failure.code().map(|code| code.to_string()),
            help: failure.help().map(|help| written(help.to_string())),
        }
    }
}

impl Diagnostic for Masked {
    fn code<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        self.code.as_ref().map(|code| Box::new(code) as Box<dyn Display>)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn Display>)
    }
}

/// A text with another name in place of one, wherever that is no part of a longer word: a folder may be called `a`.
fn replaced(text: &str, old: &str, new: &str) -> String {
    let (mut written, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(old) {
        let (before, after) = (&rest[..at], &rest[at + old.len()..]);
        written += before;
        let is_part = written.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric);
        written += if is_part { old } else { new };
        rest = after;
    }
    written + rest
}

/// Names as they were given and as they are shown, the longest first.
fn names(failure: &Failure, input: &Input<'_>, args: &CheckArgs) -> Vec<(String, String)> {
    let mut names = Vec::new();
    let mut add = |path: &Path, shown: &str| {
        names.push((path.display().to_string(), shown.to_owned()));
        let last = path.file_name().map(|name| name.to_string_lossy().into_owned());
        names.extend(last.map(|last| (last, shown.to_owned())));
    };
    add(input.path, &input.stand_in());
    args.source.iter().for_each(|path| add(path, "the sources"));
    args.diff.iter().for_each(|path| add(path, "the earlier report"));
    args.supplement.iter().for_each(|path| add(path, "a supplement"));
    if let Failure::NoMain { main, .. } = failure {
        add(Path::new(main), "another file");
    }
    // Settings lie in a folder around the paper, whose name may be an author's.
    let root = input.path.canonicalize().unwrap_or_default();
    let settings = root.ancestors().map(|folder| short(&folder.join(FILE_NAME)));
    names.extend(settings.map(|path| (path, FILE_NAME.to_owned())));
    names.retain(|(old, new)| !old.is_empty() && old != new);
    names.sort_by_key(|(old, _)| std::cmp::Reverse(old.len()));
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_replaced_where_it_stands_by_itself() {
        let said = "a: cannot be read (a/b.tex, data)";
        assert_eq!(replaced(said, "a", "paper"), "paper: cannot be read (paper/b.tex, data)");
        assert_eq!(replaced("velm/velm.pdf", "velm/velm.pdf", "paper.pdf"), "paper.pdf");
        assert_eq!(
            (replaced("aa", "a", "paper"), replaced("", "a", "paper")),
            ("aa".to_owned(), String::new())
        );
    }
}
