//! Reads the tokens of a paper in order into what they set.

use super::reference;
use super::{Headed, Wording};
use crate::paper::line::folded;
use crate::paper::source::definition::definitions;
use crate::paper::source::project::{Project, stem};
use crate::paper::source::sequence::each_token;
use crate::place::{FileId, Place, Span};
use crate::submission::Submission;
use crate::tex::{TokenKind, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// What the sources of a paper set.
#[derive(Debug, Clone, Default)]
pub struct Script {
    /// Nothing that it takes in is missing, so that what it does not set is nowhere.
    pub(in crate::paper) is_whole: bool,
    /// The title, where it has known words.
    pub(in crate::paper) title: Option<Headed>,
    /// Headings of sections of any level, in order; those of the appendix are in `lesser`.
    pub(in crate::paper) headings: Vec<Headed>,
    /// Headings that may be set or not: of paragraphs, of the appendix, within conditionals.
    pub(in crate::paper) lesser: Vec<Headed>,
    /// Numbered captions of figures: in the main text, and in all.
    pub(in crate::paper) figures: (u32, u32),
    /// Numbered captions of tables: in the main text, and in all.
    pub(in crate::paper) tables: (u32, u32),
    /// Pieces of the main text's prose, folded, in order.
    pub(in crate::paper) prose: Vec<String>,
    /// Every letter and digit of the sources, whatever it is for.
    pub(in crate::paper) letters: String,
    /// Titles of what the main text cites, folded, by key.
    pub(in crate::paper) cited: BTreeMap<String, String>,
    /// How many works are cited in the main text, and in all; `None` where that is open.
    pub(in crate::paper) works: Option<(usize, usize)>,
}

/// Letters of a piece of prose. Chosen: some five words, which hardly two papers share by chance.
pub(in crate::paper) const PIECE: usize = 32;
/// A piece is taken from every so many letters of a run.
const EVERY: usize = 120;
/// The most letters that are kept. Chosen: ten times a thesis.
const MOST_LETTERS: usize = 8 << 20;

/// Commands whose argument is printed where they stand.
const TRANSPARENT: [&str; 16] = [
    "emph",
    "textbf",
    "textit",
    "textsc",
    "textrm",
    "textsf",
    "textsl",
    "underline",
    "footnote",
    "caption",
    "text",
    "mbox",
    "item",
    "par",
    "noindent",
    "centering",
];
/// Environments whose text is no prose, or not printed in every mode.
const APART: [&str; 24] = [
    "equation",
    "align",
    "gather",
    "multline",
    "eqnarray",
    "displaymath",
    "math",
    "alignat",
    "flalign",
    "split",
    "tabular",
    "tabularx",
    "tabulary",
    "longtable",
    "array",
    "tikzpicture",
    "picture",
    "axis",
    "thebibliography",
    "ack",
    "algorithmic",
    "algorithm",
    "CCSXML",
    "pgfpicture",
];
/// Commands that only look like conditionals.
const NO_CONDITIONALS: [&str; 4] = ["iff", "ifthenelse", "ifdefined", "ifstrequal"];

impl Script {
    /// Reads the sources of a paper; `None` where none or several could make it.
    pub(in crate::paper::source) fn of(submission: &Submission, project: &Project<'_>) -> Option<Self> {
        let main = project.main?;
        let mut reader = Reader { meanings: meanings(project), ..Reader::default() };
        reader.script.is_whole = !project.missing.iter().any(|wanted| !wanted.is_figure);
        each_token(project, main, |file, tree, at| reader.read(file, tree, at));
        reader.end_run();
        let mut titles = BTreeMap::new();
        for file in project.bibliographies.iter().filter_map(|id| submission.file(*id)) {
            titles.append(&mut reference::titles(file));
        }
        let list = format!("{}.bbl", stem(&submission.file(main)?.name));
        let list = submission.files.iter().find(|f| f.name == list || f.name.ends_with(&format!("/{list}")));
        let items = list.map_or(0, |file| reference::items(&Tree::read(&file.bytes)));
        Some(reader.finish(&titles, items))
    }
}

/// What macros without arguments stand for, where that is nothing but words.
fn meanings(project: &Project<'_>) -> BTreeMap<String, String> {
    let mut meanings = BTreeMap::new();
    for (_, tree) in project.trees.iter().filter(|(id, _)| project.reached.contains(id)) {
        for definition in definitions(tree).into_iter().filter(|d| !d.takes_argument) {
            let words = Wording::of(tree, &definition.body, &BTreeMap::new());
            if words.is_whole {
                meanings.insert(definition.name, words.known.concat());
            }
        }
    }
    meanings
}

#[derive(Default)]
struct Reader {
    script: Script,
    meanings: BTreeMap<String, String>,
    in_document: bool,
    in_appendix: bool,
    is_math: bool,
    /// Conditionals that are open.
    conditionals: u32,
    /// Open groups and brackets: whether what they hold is printed as prose, and whether it is a bracket.
    groups: Vec<(bool, bool)>,
    /// Whether the next group is an argument, and of a command that prints it.
    next: Option<bool>,
    /// Open environments whose text is apart.
    apart: Vec<String>,
    /// Open floats, `f` or `t`, and `s` for a part of one.
    floats: Vec<u8>,
    run: String,
    main_keys: BTreeSet<String>,
    keys: BTreeSet<String>,
    cites_all: bool,
    items: BTreeSet<String>,
}

impl Reader {
    /// One token; whether more are wanted.
    fn read(&mut self, file: FileId, tree: &Tree<'_>, at: usize) -> bool {
        let token = &tree.tokens()[at];
        match token.kind {
            TokenKind::Command => self.command(file, tree, at),
            TokenKind::Open => self.open(false),
            TokenKind::BracketOpen if self.next.is_some() => self.open(true),
            TokenKind::Close => self.close(false),
            TokenKind::BracketClose => self.close(true),
            TokenKind::Math => {
                self.end_run();
                self.is_math = !self.is_math;
                self.next = None;
            }
            TokenKind::Break => {
                self.run.push(' ');
                self.is_math = false;
                self.groups.retain(|(_, is_bracket)| !is_bracket);
            }
            TokenKind::Text | TokenKind::Verbatim => self.text(&tree.text(&token.span)),
            TokenKind::BracketOpen | TokenKind::Blank | TokenKind::Comment | TokenKind::Hidden => {}
        }
        self.script.letters.len() < MOST_LETTERS
    }

    fn text(&mut self, text: &str) {
        self.next = None;
        if self.in_document {
            self.script.letters.push_str(&folded(text));
        }
        let is_prose = self.in_document && !self.in_appendix && !self.is_math && self.conditionals == 0;
        if is_prose && self.apart.is_empty() && self.groups.iter().all(|(prints, _)| *prints) {
            self.run.push_str(text);
        }
    }

    fn open(&mut self, is_bracket: bool) {
        self.end_run();
        let prints = !is_bracket && self.next.unwrap_or(true);
        self.groups.push((prints, is_bracket));
    }

    fn close(&mut self, is_bracket: bool) {
        self.end_run();
        if self.groups.last().is_some_and(|(_, was_bracket)| *was_bracket == is_bracket) {
            let closed = self.groups.pop();
            // Another argument may follow: it is printed as the command's others are.
            self.next =
                self.next.or(closed.filter(|(prints, _)| !prints || is_bracket).map(|(prints, _)| prints));
        }
    }

    fn command(&mut self, file: FileId, tree: &Tree<'_>, at: usize) {
        let name = tree.name(at);
        let lower = name.trim_end_matches('*').to_owned();
        if let Some(meaning) = self.meanings.get(name).filter(|_| self.in_document) {
            self.script.letters.push_str(&folded(meaning));
        }
        if !matches!(name, "&" | "%" | "-" | "/" | " " | "_" | "ldots" | "dots") {
            self.end_run();
        }
        self.next = Some(TRANSPARENT.contains(&name));
        match lower.as_str() {
            "begin" => self.begin(&argument(tree, at)),
            "end" => self.end(&argument(tree, at)),
            "(" | "[" => self.is_math = true,
            ")" | "]" => self.is_math = false,
            "appendix" | "appendices" | "printbibliography" | "bibliography" if self.in_document => {
                self.in_appendix = true;
            }
            "title" if self.script.title.is_none() => self.script.title = self.headed(file, tree, at),
            "chapter" | "section" | "subsection" | "subsubsection" | "paragraph" if self.in_document => {
                self.heading(file, tree, at, &lower);
            }
            "caption" => self.caption(tree, at),
            "captionof" => self.count(if argument(tree, at).starts_with("tab") { b't' } else { b'f' }),
            "bibitem" => {
                self.items.insert(argument(tree, at));
            }
            "fi" => self.conditionals = self.conditionals.saturating_sub(1),
            _ if name.starts_with("if") && !NO_CONDITIONALS.contains(&name) => {
                let is_declared = at.checked_sub(1).is_some_and(|before| tree.name(before) == "newif");
                self.conditionals += u32::from(self.in_document && !is_declared);
            }
            _ if is_citation(&lower) => self.cite(tree, at, &lower),
            _ => {}
        }
    }

    fn begin(&mut self, name: &str) {
        let bare = name.trim_end_matches('*');
        self.floats.extend(float(bare));
        match bare {
            "document" => self.in_document = true,
            "appendix" | "appendices" | "subappendices" => self.in_appendix = true,
            _ if APART.contains(&bare) => self.apart.push(bare.to_owned()),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        let bare = name.trim_end_matches('*');
        if self.apart.last().is_some_and(|open| open == bare) {
            self.apart.pop();
        }
        if float(bare).is_some() {
            self.floats.pop();
        }
    }

    fn heading(&mut self, file: FileId, tree: &Tree<'_>, at: usize, level: &str) {
        let Some(headed) = self.headed(file, tree, at) else { return };
        let is_lesser =
            self.in_appendix || self.conditionals > 0 || level == "paragraph" || !self.apart.is_empty();
        if is_lesser {
            self.script.lesser.push(headed);
        } else {
            self.script.headings.push(headed);
        }
    }

    fn headed(&self, file: FileId, tree: &Tree<'_>, at: usize) -> Option<Headed> {
        let call = tree.call(at, 1);
        let words = Wording::of(tree, call.arguments.first()?, &self.meanings);
        (words.letters() > 1).then_some(Headed { words, at: Place::Span(Span { file, bytes: call.span }) })
    }

    fn caption(&mut self, tree: &Tree<'_>, at: usize) {
        let is_starred = tree.tokens().get(at + 1).is_some_and(|t| tree.bytes(&t.span).starts_with(b"*"));
        if let Some(kind) = self.floats.last().copied().filter(|_| !is_starred) {
            self.count(kind);
        }
    }

    fn count(&mut self, kind: u8) {
        let counted = match kind {
            b'f' => &mut self.script.figures,
            b't' => &mut self.script.tables,
            _ => return,
        };
        counted.1 += 1;
        counted.0 += u32::from(!self.in_appendix);
    }

    fn cite(&mut self, tree: &Tree<'_>, at: usize, name: &str) {
        let argument = argument(tree, at);
        for key in argument.split(',').map(str::trim).filter(|key| !key.is_empty()) {
            self.cites_all |= key == "*";
            self.keys.insert(key.to_owned());
            if !self.in_appendix && self.conditionals == 0 && name != "nocite" {
                self.main_keys.insert(key.to_owned());
            }
        }
    }

    /// Pieces of the run that ended here.
    fn end_run(&mut self) {
        let letters: Vec<char> = folded(&self.run).chars().collect();
        self.run.clear();
        for chunk in letters.chunks(EVERY).filter(|chunk| chunk.len() >= PIECE) {
            let from = (chunk.len() - PIECE) / 2;
            self.script.prose.push(chunk[from..from + PIECE].iter().collect());
        }
    }

    fn finish(mut self, titles: &BTreeMap<String, String>, items: usize) -> Script {
        let is_told = |title: &&String| title.len() >= PIECE / 2;
        let titled = |key: &String| Some((key.clone(), titles.get(key).filter(is_told)?.clone()));
        self.script.cited = self.main_keys.iter().filter_map(titled).collect();
        let listed = items.max(self.items.len());
        self.script.works = match listed {
            0 if self.cites_all || self.keys.iter().any(|k| k.contains(['#', '\\'])) => None,
            0 if titles.is_empty() => None,
            0 => Some((self.main_keys.len(), self.keys.len())),
            _ if !self.items.is_empty() => Some((listed, listed)),
            _ => Some((self.main_keys.len().min(listed), listed.max(self.keys.len()))),
        };
        self.script
    }
}

/// What the captions of an environment are counted as: `f` and `t`, and `s` for a part of one.
fn float(environment: &str) -> Option<u8> {
    match environment {
        "subfigure" | "subtable" | "subcaptionblock" | "subcaptiongroup" => Some(b's'),
        _ if environment.ends_with("figure") => Some(b'f'),
        _ if environment.ends_with("table") => Some(b't'),
        _ => None,
    }
}

/// The first argument of a command.
fn argument(tree: &Tree<'_>, at: usize) -> String {
    tree.call(at, 1).arguments.first().map(|a| tree.text(a).trim().to_owned()).unwrap_or_default()
}

/// Commands that cite. Source: natbib, biblatex.
fn is_citation(name: &str) -> bool {
    let lower = name.to_lowercase();
    let cites = lower.starts_with("cite")
        || lower.ends_with("cite")
        || lower.ends_with("citep")
        || lower.ends_with("citet");
    cites && !matches!(lower.as_str(), "citestyle" | "citenum" | "setcite" | "bibcite")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::{File, Origin};

    fn script(files: &[(&str, &str)]) -> Script {
        let file = |(name, text): &(&str, &str)| {
            File::new((*name).to_owned(), text.as_bytes().to_vec(), Origin::Input)
        };
        let submission = Submission { files: files.iter().map(file).collect(), ..Submission::default() };
        Script::of(&submission, &Project::of(&submission)).expect("a main file")
    }

    #[test]
    fn files_are_read_where_they_are_taken_in_and_never_within_themselves() {
        let main =
            "\\documentclass{a}\\begin{document}\\section{One}\\input{b}\\section{Three}\\end{document}";
        let read = script(&[("main.tex", main), ("b.tex", "\\input{main}\\section*{Two}\\input{b}")]);
        let words: Vec<_> = read.headings.iter().map(|h| h.words.known.concat()).collect();
        assert_eq!(words, ["one", "two", "three"]);
    }

    #[test]
    fn captions_are_counted_as_latex_numbers_them() {
        let body = "\\begin{figure}\\begin{subfigure}\\caption{a}\\end{subfigure}\\caption{b}\\end{figure}\
                    \\begin{table*}\\caption{c}\\caption*{d}\\end{table*}\\captionof{table}{e}\
                    \\appendix\\begin{figure}\\caption{f}\\end{figure}\\caption{g}";
        let read = script(&[(
            "main.tex",
            &format!("\\documentclass{{a}}\\begin{{document}}{body}\\end{{document}}"),
        )]);
        assert_eq!((read.figures, read.tables), ((1, 2), (2, 2)));
    }

    #[test]
    fn what_may_not_be_printed_is_no_prose() {
        let words = "a sentence that is long enough to be told apart from any other one";
        let body = format!(
            "\\newif\\ifx\\hide{{{words}}} \\ifx {words} \\fi \\begin{{ack}}{words}\\end{{ack}}\\emph{{{words}}} $x$ {words}"
        );
        let read = script(&[(
            "main.tex",
            &format!("\\documentclass{{a}}\\begin{{document}}{body}\\end{{document}}"),
        )]);
        assert_eq!(read.prose.len(), 2);
    }
}
