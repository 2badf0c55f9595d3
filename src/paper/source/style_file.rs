//! Style files that say they are the shipped ones, and are not: their code, without comments and blanks, is compared.

use crate::place::{FileId, Place, Span};
use crate::starter::style_file;
use crate::submission::{Kind, Submission};
use crate::tex::{TokenKind, Tree};
use std::collections::BTreeMap;
use std::ops::Range;

/// A style file that says it is a shipped one and holds other code.
#[derive(Debug, Clone, PartialEq)]
pub struct EditedStyle {
    /// The style that it says it is.
    pub name: String,
    /// Lines of code that differ, at least one.
    pub count: usize,
    /// The first of them without blanks; empty where lines are missing.
    pub first: String,
    /// What stands there in the shipped one; empty where lines were added.
    pub shipped: String,
    /// The first line that differs.
    pub at: Place,
}

/// The style files that differ from the shipped one of their name and version. What declares another version, as the
/// originals do, is somebody else's.
pub(super) fn edited(submission: &Submission, trees: &BTreeMap<FileId, Tree<'_>>) -> Vec<EditedStyle> {
    let is_style = |id: &FileId| submission.file(*id).is_some_and(|f| f.kind == Kind::Style);
    trees.iter().filter(|(id, _)| is_style(id)).filter_map(|(id, tree)| compared(*id, tree)).collect()
}

fn compared(id: FileId, tree: &Tree<'_>) -> Option<EditedStyle> {
    let (name, version) = declared(tree)?;
    let shipped = style_file(std::slice::from_ref(&name))?;
    let shipped = Tree::read(shipped.text.as_bytes());
    (declared(&shipped)?.1 == version).then_some(())?;
    let (theirs, ours) = (lines(tree), lines(&shipped));
    let code = |lines: &[Line]| lines.iter().map(|line| line.code.as_str()).collect::<String>();
    // Lines that are broken elsewhere are the same code.
    (code(&theirs) != code(&ours)).then_some(())?;
    let same = theirs.iter().zip(&ours).take_while(|(a, b)| a.code == b.code).count();
    let (left, right) = (&theirs[same..], &ours[same..]);
    let same_end = left.iter().rev().zip(right.iter().rev()).take_while(|(a, b)| a.code == b.code).count();
    let (left, right) = (&left[..left.len() - same_end], &right[..right.len() - same_end]);
    let first = |lines: &[Line]| lines.first().map_or(String::new(), |l| super::hint::shortened(&l.code));
    let bytes = theirs.get(same).or(theirs.last())?.bytes.clone();
    let count = left.len().max(right.len()) - in_common(left, right);
    let at = Place::Span(Span { file: id, bytes });
    Some(EditedStyle { name, count: count.max(1), first: first(left), shipped: first(right), at })
}

/// The name and the version that a package declares, blanks made even.
///
/// A conditional that ends the reading early may stand before it: every token is looked at.
fn declared(tree: &Tree<'_>) -> Option<(String, String)> {
    let index = (0..tree.tokens().len()).find(|i| tree.name(*i) == "ProvidesPackage")?;
    let start = tree.call(index, 1);
    let name = tree.text(start.arguments.first()?).trim().to_owned();
    // The version stands behind the name.
    let whole = tree.call(index, 2);
    let version = whole.options.first().map(|o| tree.text(o)).unwrap_or_default();
    Some((name, version.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// A line that holds code.
struct Line {
    code: String,
    /// From its first to its last sign of code; byte offsets, half-open.
    bytes: Range<u32>,
}

fn lines(tree: &Tree<'_>) -> Vec<Line> {
    let mut all: Vec<Line> = Vec::new();
    let mut is_new = true;
    for token in tree.tokens() {
        match token.kind {
            TokenKind::Blank | TokenKind::Break => is_new |= tree.bytes(&token.span).contains(&b'\n'),
            TokenKind::Comment => {}
            _ => {
                let code = tree.text(&token.span);
                match all.last_mut().filter(|_| !is_new) {
                    Some(line) => {
                        line.code += &code;
                        line.bytes.end = token.span.end;
                    }
                    None => all.push(Line { code, bytes: token.span.clone() }),
                }
                is_new = false;
            }
        }
    }
    all
}

/// The most lines that are compared one by one, each with each: twice the longest style of the conference.
const MOST_LINES: usize = 1_000;

/// Lines that both hold in the same order: the length of the longest common subsequence; of longer ones none.
fn in_common(left: &[Line], right: &[Line]) -> usize {
    if left.len().max(right.len()) > MOST_LINES {
        return 0;
    }
    let mut row = vec![0; right.len() + 1];
    for a in left {
        let mut before = 0;
        for (index, b) in right.iter().enumerate() {
            let above = row[index + 1];
            row[index + 1] = if a.code == b.code { before + 1 } else { above.max(row[index]) };
            before = above;
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::{File, Origin};

    fn told(text: &str) -> Option<EditedStyle> {
        let file = File::new("dlde_neurips_2022.sty".to_owned(), text.as_bytes().to_vec(), Origin::Input);
        let submission = Submission { files: vec![file], ..Submission::default() };
        let trees = BTreeMap::from([(FileId(0), Tree::read(&submission.files[0].bytes))]);
        edited(&submission, &trees).pop()
    }

    fn shipped() -> String {
        style_file(&["dlde_neurips_2022".to_owned()]).expect("shipped").text
    }

    const LIMIT: &str = "\\newcommand*{\\dlde@limit}{4}";

    #[test]
    fn the_shipped_style_is_not_edited_however_it_is_laid_out() {
        assert_eq!(told(&shipped()), None);
        assert_eq!(told(&shipped().replace('\n', "\r\n")), None);
        let laid_out = shipped().replace(LIMIT, "% a remark\n\n\\newcommand*{\\dlde@limit}\n  {4} % four");
        assert_eq!(told(&laid_out), None);
    }

    #[test]
    fn the_first_line_that_differs_is_told_and_how_many_do() {
        let text = shipped().replace(LIMIT, "\\newcommand*{\\dlde@limit}{9}") + "\\parskip=0pt\n";
        let edited = told(&text).expect("edited");
        assert_eq!(edited.count, 2);
        assert_eq!(
            (edited.first.as_str(), edited.shipped.as_str()),
            ("\\newcommand*{\\dlde@limit}{9}", LIMIT)
        );
        let Place::Span(at) = edited.at else { panic!("no span") };
        assert_eq!(&text[at.bytes.start as usize..at.bytes.end as usize], "\\newcommand*{\\dlde@limit}{9}");
        let shorter = told(&shipped().replace(LIMIT, "")).expect("edited");
        assert_eq!((shorter.count, shorter.first.as_str(), shorter.shipped.as_str()), (1, "", LIMIT));
    }

    #[test]
    fn what_declares_another_version_is_somebody_elses() {
        let other = shipped().replace("v1.0 DLDE workshop", "v1.1 DLDE workshop").replace(LIMIT, "");
        assert_eq!(told(&other), None);
        let conference = "\\ProvidesPackage{dlde_neurips_2022}[2022/03/31 NeurIPS submission style]\\relax";
        assert_eq!(told(conference), None);
        assert_eq!(told("\\relax"), None);
    }
}
