//! What sources hold that no page shows: what can be cut out of them, byte by byte, so that the paper stays as it is.

use super::doubtful::Doubtful;
use super::{comment, package, picture, presence, private, remark};
use crate::place::FileId;
use crate::style::{StyleMode, family_of, mode_of_option};
use crate::submission::{File, Kind, Submission};
use crate::tex::Tree;
use std::collections::BTreeSet;
use std::ops::Range;

/// What is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// The words of a comment; its `%` stays, since it takes the end of the line out.
    Comment,
    /// A field of a bibliography that a program keeps for its owner.
    Field,
    /// An option of the style that belongs to another stage.
    Mode,
    /// What an editor keeps in a picture and shows nobody.
    Editor,
    /// Text that is switched off, or stands after the end.
    Inactive,
    /// Authors in whose place the style prints other words.
    Author,
    /// A macro for notes that nothing uses.
    Note,
    /// The authors among the options of the PDF.
    Property,
}

/// Bytes to cut out of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// What they are.
    pub matter: Matter,
    /// From the start of the file, half-open.
    pub bytes: Range<u32>,
}

/// Finds what can be cut in the sources of one submission.
pub struct Removal {
    /// The styles that the venue takes, and those of the submission that declare modes.
    styles: BTreeSet<String>,
    /// The mode that the stage asks for; `None` leaves every option.
    mode: Option<StyleMode>,
    /// Environments of the authors' own that print what stands in them.
    literal: BTreeSet<String>,
    /// A source gives `%` or a sign around it another meaning: what is a comment is not known.
    are_comments_open: bool,
    /// Also what its authors may still want; `None` where they did not ask for it.
    doubtful: Option<Doubtful>,
}

/// Commands that make environments which print their text as it stands. Source: listings, fancyvrb, minted, tcolorbox.
const MAKERS: [&str; 8] = [
    "lstnewenvironment",
    "DefineVerbatimEnvironment",
    "newminted",
    "newtcblisting",
    "NewTCBListing",
    "renewtcblisting",
    "DeclareTCBListing",
    "newtcbinputlisting",
];
/// Commands that make a character print what stands between two of it. Source: shortvrb, fancyvrb, listings.
const SHORT: [&str; 4] = ["MakeShortVerb", "DefineShortVerb", "lstMakeShortInline", "newmintinline"];
/// How a source gives `%` another meaning.
const PERCENT: [&[u8]; 3] = [b"\\catcode`\\%", b"\\catcode`%", b"\\catcode37"];
/// Parts of the names of environments that print their text as it stands. Source: CTAN, topic verbatim.
const LITERAL: [&str; 4] = ["verb", "listing", "code", "mint"];

impl Removal {
    /// Looks at all sources for what is theirs in common. `ids` are the styles that the venue takes.
    pub fn of(submission: &Submission, ids: &[String], mode: Option<StyleMode>) -> Self {
        let mut styles = package::venue_styles(submission);
        styles.extend(ids.iter().cloned());
        let mut removal =
            Self { styles, mode, literal: BTreeSet::new(), are_comments_open: false, doubtful: None };
        for file in submission.files.iter().filter(|f| matches!(f.kind, Kind::Tex | Kind::Style)) {
            removal.look(file);
        }
        removal
    }

    /// Also what no page shows and its authors may still want: inactive text, authors that the style does not print,
    /// macros for notes that nothing uses, the author among the options of the PDF.
    pub fn with_doubtful(mut self, submission: &Submission) -> Self {
        let hides = self.mode == Some(StyleMode::Submission);
        let loads_style = |tree: &Tree<'_>| {
            let mut calls = tree.commands().filter(|(_, name)| *name == "usepackage");
            calls.any(|(index, _)| {
                let style = tree.call(index, 1).arguments.first().map(|a| tree.text(a)).unwrap_or_default();
                self.is_style(style.trim().rsplit('/').next().unwrap_or_default())
            })
        };
        self.doubtful = Some(Doubtful::of(submission, |tree| hides && loads_style(tree)));
        self
    }

    fn look(&mut self, file: &File) {
        let is_set = |way: &&[u8]| memchr::memmem::find(&file.bytes, way).is_some();
        self.are_comments_open |= PERCENT.iter().any(is_set);
        let tree = Tree::read(&file.bytes);
        for (index, name) in tree.commands() {
            self.are_comments_open |= SHORT.contains(&name);
            if MAKERS.contains(&name) {
                let call = tree.call(index, 2);
                self.literal.extend(call.options.iter().chain(&call.arguments).map(|a| tree.text(a)));
            }
        }
    }

    /// What can be cut out of a file: in order, and nothing twice.
    pub fn cuts(&self, file: &File) -> Vec<Cut> {
        let mut cuts = match file.kind {
            Kind::Bib => {
                let mut cuts = of(Matter::Field, private::ranges(&file.bytes));
                cuts.extend(of(Matter::Comment, remark::ranges(&file.bytes)));
                cuts
            }
            Kind::Image => of(Matter::Editor, picture::ranges(&file.bytes)),
            Kind::Tex | Kind::Style => {
                let tree = Tree::read(&file.bytes);
                let mut cuts = of(Matter::Comment, self.comments(file, &tree));
                if file.kind == Kind::Tex {
                    cuts.extend(of(Matter::Mode, self.modes(&tree)));
                    cuts.extend(self.doubtful.iter().flat_map(|doubtful| doubtful.cuts(file, &tree)));
                }
                cuts
            }
            _ => Vec::new(),
        };
        cuts.retain(|cut| !cut.bytes.is_empty());
        cuts.sort_by_key(|cut| (cut.bytes.start, std::cmp::Reverse(cut.bytes.end)));
        // What stands within a cut goes with it.
        let mut end = 0;
        cuts.retain(|cut| {
            let is_apart = cut.bytes.start >= end;
            end = end.max(cut.bytes.end);
            is_apart
        });
        cuts
    }

    fn comments(&self, file: &File, tree: &Tree<'_>) -> Vec<Range<u32>> {
        if self.are_comments_open {
            return Vec::new();
        }
        let mut told = comment::telling(file, tree);
        if !told.is_empty() {
            let literal = self.literal(tree);
            told.retain(|t| !literal.iter().any(|l| l.contains(&t.start)));
        }
        told
    }

    /// Bytes within environments that may print a `%` as it stands.
    fn literal(&self, tree: &Tree<'_>) -> Vec<Range<u32>> {
        let (mut found, mut open): (Vec<Range<u32>>, Option<(String, u32)>) = (Vec::new(), None);
        for (index, name) in tree.commands().filter(|(_, name)| matches!(*name, "begin" | "end")) {
            let call = tree.call(index, 1);
            let Some(which) = call.arguments.first().map(|a| tree.text(a)) else { continue };
            match &open {
                None if name == "begin" && self.is_literal(&which) => open = Some((which, call.span.end)),
                Some((opened, start)) if name == "end" && *opened == which => {
                    found.push(*start..call.span.start);
                    open = None;
                }
                _ => {}
            }
        }
        found.extend(open.map(|(_, start)| start..u32::MAX));
        found
    }

    fn is_literal(&self, name: &str) -> bool {
        self.literal.contains(name) || LITERAL.iter().any(|part| name.to_lowercase().contains(part))
    }

    /// Options of the style that set another mode than the stage asks for.
    fn modes(&self, tree: &Tree<'_>) -> Vec<Range<u32>> {
        let Some(asked) = self.mode else { return Vec::new() };
        let is_wrong = |word: &str| mode_of_option(word).is_some_and(|mode| mode != asked);
        let mut found = Vec::new();
        for (index, name) in tree.commands() {
            let (options, style) = match name {
                "usepackage" | "RequirePackage" => {
                    let call = tree.call(index, 1);
                    (call.options.first().cloned(), call.arguments.first().cloned())
                }
                "PassOptionsToPackage" => {
                    let call = tree.call(index, 2);
                    (call.arguments.first().cloned(), call.arguments.get(1).cloned())
                }
                _ => continue,
            };
            let (Some(options), Some(style)) = (options, style) else { continue };
            let style = tree.text(&style);
            // Of several packages the others may want the option.
            if self.is_style(style.trim().rsplit('/').next().unwrap_or_default()) {
                found.extend(without(tree, &options, &is_wrong));
            }
        }
        found
    }

    fn is_style(&self, name: &str) -> bool {
        self.styles.contains(name) || !name.contains(',') && family_of(name).is_some()
    }
}

/// Files that a paper is handed in without, each with what it is: version control, leftovers, what builds make.
pub fn needless(submission: &Submission) -> Vec<(FileId, &'static str)> {
    presence::needless(submission)
}

fn of(matter: Matter, ranges: Vec<Range<u32>>) -> Vec<Cut> {
    ranges.into_iter().map(|bytes| Cut { matter, bytes }).collect()
}

/// The bytes of the words of a list that are wrong, each with one of its commas; of all words, with the brackets.
fn without(tree: &Tree<'_>, list: &Range<u32>, is_wrong: &dyn Fn(&str) -> bool) -> Vec<Range<u32>> {
    let text = tree.bytes(list);
    let (mut words, mut at) = (Vec::new(), list.start);
    for word in text.split(|b| *b == b',') {
        let end = at + word.len() as u32;
        words.push((at..end, is_wrong(String::from_utf8_lossy(word).trim())));
        at = end + 1;
    }
    let before = list.start.checked_sub(1).map(|at| tree.bytes(&(at..list.start)));
    if words.iter().all(|(_, wrong)| *wrong) {
        let is_option = before == Some(&b"["[..]);
        return vec![if is_option { list.start - 1..list.end + 1 } else { list.clone() }];
    }
    // The comma behind goes with a word; that before it, where only wrong words follow.
    let last_right = words.iter().rposition(|(_, wrong)| !wrong).unwrap_or(0);
    let with_comma = |(index, (range, _)): (usize, &(Range<u32>, bool))| {
        if index < last_right { range.start..range.end + 1 } else { range.start - 1..range.end }
    };
    words.iter().enumerate().filter(|(_, (_, wrong))| *wrong).map(with_comma).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::Origin;

    fn cut(name: &str, text: &str) -> String {
        let file = File::new(name.to_owned(), text.as_bytes().to_vec(), Origin::Input);
        let submission = Submission { files: vec![file.clone()], ..Submission::default() };
        let ids = ["dlde_neurips_2023".to_owned()];
        let cuts = Removal::of(&submission, &ids, Some(StyleMode::Submission)).cuts(&file);
        let mut left = text.to_owned();
        cuts.iter().rev().for_each(|c| left.replace_range(c.bytes.start as usize..c.bytes.end as usize, ""));
        left
    }

    #[test]
    fn comments_that_name_somebody_lose_their_words_and_keep_their_mark() {
        let source =
            "a% ask m.quist@larkfield.edu\nb % a plain remark\n% \\author{Mira Quist \\\\\n% Larkfield}\nc";
        assert_eq!(cut("a.tex", source), "a%\nb % a plain remark\n%\n%\nc");
        let many: String = (0..300).map(|n| format!("% m.quist{n}@larkfield.edu\nx\n")).collect();
        assert_eq!(cut("a.tex", &many), "%\nx\n".repeat(300));
    }

    #[test]
    fn what_may_be_printed_is_no_comment() {
        let comment = "% m.quist@larkfield.edu\n";
        for (before, behind) in [
            ("\\begin{pycode}\n", "\\end{pycode}"),
            ("\\lstnewenvironment{run}{}{}\\begin{run}\n", "\\end{run}"),
            ("\\catcode`\\%=12\n", ""),
            ("\\MakeShortVerb{\\|} |", "|"),
        ] {
            let source = format!("{before}{comment}{behind}");
            assert_eq!(cut("a.tex", &source), source);
        }
    }

    fn cut_boldly(text: &str) -> String {
        let file = File::new("a.tex".to_owned(), text.as_bytes().to_vec(), Origin::Input);
        let submission = Submission { files: vec![file.clone()], ..Submission::default() };
        let ids = ["dlde_neurips_2023".to_owned()];
        let removal = Removal::of(&submission, &ids, Some(StyleMode::Submission));
        let mut left = text.to_owned();
        for cut in removal.with_doubtful(&submission).cuts(&file).iter().rev() {
            left.replace_range(cut.bytes.start as usize..cut.bytes.end as usize, "");
        }
        left
    }

    #[test]
    fn what_authors_may_still_want_goes_only_where_they_ask_for_it() {
        for (with, without) in [
            ("a\\iffalse m.quist@larkfield.edu\n\\fi b", "a\\iffalse\\fi b"),
            ("\\iffalse m.quist@larkfield.edu \\else b\\fi", "\\iffalse\\else b\\fi"),
            ("\\iffalse an older proof\\fi", "\\iffalse an older proof\\fi"),
            (
                "\\begin{comment}\nm.quist@larkfield.edu\nb\n\\end{comment}\n",
                "\\begin{comment}\n\\end{comment}\n",
            ),
            ("a\\end{document}\nm.quist@larkfield.edu\n", "a\\end{document}\n"),
            ("\\hypersetup{pdfauthor={Mira Quist}, colorlinks}", "\\hypersetup{ colorlinks}"),
            ("a\n\\newcommand{\\mira}[1]{\\textcolor{red}{[Mira: #1]}}\nb", "a\nb"),
            (
                "\\newcommand{\\mira}[1]{\\textcolor{red}{[Mira: #1]}}\n\\mira{x}",
                "\\newcommand{\\mira}[1]{\\textcolor{red}{[Mira: #1]}}\n\\mira{x}",
            ),
            (
                "\\usepackage{dlde_neurips_2023}\\author{Mira Quist % m.quist@larkfield.edu\n}",
                "\\usepackage{dlde_neurips_2023}\\author{}",
            ),
            ("\\author{Mira Quist}", "\\author{Mira Quist}"),
        ] {
            assert_eq!(cut_boldly(with), without);
            assert_eq!(cut_boldly(without), without);
            let is_author_with_comment = with.contains('%');
            assert!(is_author_with_comment || cut("a.tex", with) == with, "{with}");
        }
    }

    #[test]
    fn options_of_another_stage_go_with_their_commas() {
        for (with, without) in [
            ("[final]{dlde_neurips_2023}", "{dlde_neurips_2023}"),
            ("[final,nonatbib]{dlde_neurips_2023}", "[nonatbib]{dlde_neurips_2023}"),
            ("[nonatbib, final, preprint]{neurips_2023}", "[nonatbib]{neurips_2023}"),
            ("[final,a,preprint,b]{neurips_2023}", "[a,b]{neurips_2023}"),
            ("[final]{graphicx}", "[final]{graphicx}"),
            ("[final]{dlde_neurips_2023,graphicx}", "[final]{dlde_neurips_2023,graphicx}"),
        ] {
            let source = |rest: &str| format!("\\usepackage{rest}\nx");
            assert_eq!(cut("a.tex", &source(with)), source(without));
        }
        assert_eq!(
            cut("a.tex", "\\PassOptionsToPackage{final}{dlde_neurips_2023}"),
            "\\PassOptionsToPackage{}{dlde_neurips_2023}"
        );
    }

    #[test]
    fn private_fields_go_and_the_entry_stays_whole() {
        for (with, without) in [
            ("@book{a,\n  file = {/home/mquist/a.pdf},\n  title = {T}\n}", "@book{a,\n  title = {T}\n}"),
            ("@book{a, title={T}, owner={mquist}}", "@book{a, title={T},}"),
            ("@book{a, annote = {x} # {y} , year=2020}", "@book{a, year=2020}"),
            ("@comment{jabref-meta: fileDirectory-mquist:/x;}\n@book{a}", "\n@book{a}"),
            ("@book{a, note={see /home/mquist/a}}", "@book{a, note={see /home/mquist/a}}"),
        ] {
            assert_eq!(cut("a.bib", with), without);
        }
    }

    #[test]
    fn what_builds_and_systems_leave_is_needless_and_data_is_not() {
        let names =
            ["main.tex", "main.aux", "main.bbl", "run.log", ".git/config", "x/.DS_Store", "auto/a.py"];
        let file = |name: &&str| File::new((*name).to_owned(), b"x".to_vec(), Origin::Input);
        let submission = Submission { files: names.iter().map(file).collect(), ..Submission::default() };
        let found: Vec<u32> = needless(&submission).into_iter().map(|(id, _)| id.0).collect();
        assert_eq!(found, [1, 4, 5]);
    }
}
