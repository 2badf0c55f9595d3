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
    /// `file-3.tex` for the third file, unless its name is one that anybody may give; `paper.pdf` for the paper.
    pub fn of(original: &Submission) -> Self {
        let mut submission = original.clone();
        let is_single = submission.files.len() == 1;
        submission.name = shown(&original.name, "paper");
        for (index, file) in submission.files.iter_mut().enumerate() {
            let stem = if is_single { "paper".to_owned() } else { format!("file-{}", index + 1) };
            file.name = shown(&file.name, &stem);
        }
        let pairs = original.files.iter().zip(&submission.files).map(|(old, new)| (&old.name, &new.name));
        let whole = std::iter::once((&original.name, &submission.name));
        let mut names: Vec<(String, String)> = Vec::new();
        for (old, new) in pairs.chain(whole).filter(|(old, new)| old != new) {
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

/// A name as it is shown: itself where it is plain, else the stand-in with the same ending.
fn shown(name: &str, stem: &str) -> String {
    let is_plain = |word: &str| PLAIN.contains(&word.to_lowercase().as_str());
    let (stems, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let is_ending =
        (1..=LONGEST_ENDING).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric());
    let words = if is_ending { stems } else { name };
    if words.split(|c: char| !c.is_alphabetic()).filter(|w| w.chars().count() > 1).all(is_plain) {
        return name.to_owned();
    }
    if is_ending { format!("{stem}.{ending}") } else { stem.to_owned() }
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
        let stand_ins = StandIns::of(&original);
        let names: Vec<&str> = stand_ins.submission.files.iter().map(|f| f.name.as_str()).collect();
        assert_eq!(names, ["main.tex", "file-2.py", "supplement_2.pdf", "17.pdf", "file-5"]);
        assert_eq!(stand_ins.submission.name, "paper.zip");
        assert_eq!(
            stand_ins.written("run.py of velm-quist.zip; velm/run.py"),
            "file-2.py of paper.zip; file-2.py"
        );
    }
}
