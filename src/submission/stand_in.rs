//! Names that tell nobody anything, for readers who must not learn who the authors are.

use super::Submission;

/// Words that every submission's files may be called by. Source: templates, conference systems.
const PLAIN: [&str; 24] = [
    "anon",
    "anonymous",
    "appendix",
    "article",
    "camera",
    "code",
    "data",
    "dlde",
    "draft",
    "file",
    "final",
    "main",
    "manuscript",
    "neurips",
    "paper",
    "readme",
    "ready",
    "references",
    "review",
    "source",
    "sources",
    "submission",
    "supplement",
    "supplementary",
];

/// The submission under names that tell nothing, and how to write what was said of it.
#[derive(Debug, Clone)]
pub struct StandIns {
    /// The same files, bytes and all.
    pub submission: Submission,
    /// Names as they were and as they are shown, the longest first.
    names: Vec<(String, String)>,
}

impl StandIns {
    /// `file-3.tex` for the third file, unless its name is one that anybody may give; [`stand_in`] for the paper.
    pub fn of(original: &Submission, number: Option<usize>) -> Self {
        let mut submission = original.clone();
        let is_single = submission.files.len() == 1;
        submission.name = stand_in(&original.name, number);
        for (index, file) in submission.files.iter_mut().enumerate() {
            file.name = if is_single {
                stand_in(&file.name, number)
            } else {
                shown(&file.name, &format!("file-{}", index + 1))
            };
        }
        let pairs = original.files.iter().zip(&submission.files).map(|(old, new)| (&old.name, &new.name));
        let whole = std::iter::once((&original.name, &submission.name));
        let mut names: Vec<(String, String)> = Vec::new();
        // Words such as `paper` or `review` tell nobody anything, and stand in every message.
        for (old, new) in pairs.chain(whole).filter(|(old, new)| old != new && shown(old, "") != **old) {
            names.push((old.clone(), new.clone()));
            // Messages may speak of a file without its folders.
            let base = old.rsplit('/').next().unwrap_or_default();
            names.push((base.to_owned(), new.clone()));
        }
        names.retain(|(old, _)| !old.is_empty());
        names.sort_by_key(|(old, _)| std::cmp::Reverse(old.len()));
        Self { submission, names }
    }

    /// A text with every name as it is shown.
    pub fn written(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (old, new) in self.names.iter().filter(|(old, new)| !new.contains(old.as_str())) {
            text = text.replace(old, new);
        }
        text
    }
}

/// What a submission of that name is called: `paper-2.pdf` for the second of several, so that they can be told apart by
/// their order; the only one is `paper.pdf`, or keeps a name that anybody may give.
pub fn stand_in(name: &str, number: Option<usize>) -> String {
    match number {
        Some(number) => renamed(name, &format!("paper-{number}")),
        None => shown(name, "paper"),
    }
}

/// A name as it is shown: itself where it is plain, else the stand-in with the same ending.
fn shown(name: &str, stem: &str) -> String {
    let is_plain = |word: &str| PLAIN.contains(&word.to_lowercase().as_str());
    let (words, _) = parted(name);
    if words.split(|c: char| !c.is_alphabetic()).filter(|w| w.chars().count() > 1).all(is_plain) {
        return name.to_owned();
    }
    renamed(name, stem)
}

/// Another stem with the same ending.
fn renamed(name: &str, stem: &str) -> String {
    parted(name).1.map_or(stem.to_owned(), |ending| format!("{stem}.{ending}"))
}

/// What stands before the ending of a name, and the ending, if it has one.
fn parted(name: &str) -> (&str, Option<&str>) {
    let is_ending = |ending: &str| {
        (1..=LONGEST_ENDING).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    match name.rsplit_once('.') {
        Some((stem, ending)) if is_ending(ending) => (stem, Some(ending)),
        _ => (name, None),
    }
}

/// Letters of the ending of a name; more are a part of it.
const LONGEST_ENDING: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::{File, Origin};

    #[test]
    fn names_that_tell_something_are_replaced_and_others_are_not() {
        let file = |name: &str| File::new(name.to_owned(), Vec::new(), Origin::Input);
        let original = Submission {
            name: "velm-quist.zip".to_owned(),
            files: ["main.tex", "velm/run.py", "supplement_2.pdf", "17.pdf", "mvelm"].map(file).to_vec(),
            ..Submission::default()
        };
        let stand_ins = StandIns::of(&original, None);
        let names: Vec<&str> = stand_ins.submission.files.iter().map(|f| f.name.as_str()).collect();
        assert_eq!(names, ["main.tex", "file-2.py", "supplement_2.pdf", "17.pdf", "file-5"]);
        assert_eq!(stand_ins.submission.name, "paper.zip");
        assert_eq!(
            stand_ins.written("run.py of velm-quist.zip; velm/run.py"),
            "file-2.py of paper.zip; file-2.py"
        );
    }

    #[test]
    fn several_papers_are_told_apart_by_their_number_alone() {
        let named = |name: &str, number| {
            let names = StandIns::of(&Submission::single(name.to_owned(), b"%PDF-1.5".to_vec()), number);
            assert_eq!(names.submission.name, names.submission.files[0].name);
            (names.submission.name.clone(), names.written("the review of velm.pdf has a page"))
        };
        let told = "the review of paper-1.pdf has a page".to_owned();
        assert_eq!(named("velm.pdf", Some(1)), ("paper-1.pdf".to_owned(), told));
        let untold = "the review of velm.pdf has a page".to_owned();
        assert_eq!(named("review", Some(2)), ("paper-2".to_owned(), untold));
        assert_eq!(named("main.pdf", None).0, "main.pdf");
    }
}
