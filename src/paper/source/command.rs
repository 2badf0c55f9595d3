//! What the commands of sources tell: authors, properties of the PDF, notes of co-authors, acknowledgments.

use super::definition::{Definition, definitions, expanded};
use super::hint::{Hint, HintKind, Hints, MOST, Setting, Weight};
use super::nobody::names_nobody;
use super::sign::{is_somebody, signs};
use crate::paper::identity::is_left_out;
use crate::place::{FileId, Place, Span};
use crate::submission::{Kind, Submission};
use crate::tex::{State, TokenKind, Tree};
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

/// Commands that name authors or where they work. Source: LaTeX, authblk, acmart, elsarticle, icml.
const AUTHORS: [&str; 7] =
    ["author", "icmlauthor", "icmlcorrespondingauthor", "affil", "affiliation", "institute", "authorinfo"];

/// Everything that commands tell, file by file.
pub(super) fn hints(
    submission: &Submission,
    trees: &BTreeMap<FileId, Tree<'_>>,
    shows_all: bool,
) -> Vec<Hint> {
    let sources =
        || trees.iter().filter(|(id, _)| submission.file(**id).is_some_and(|f| f.kind == Kind::Tex));
    let defined: BTreeMap<FileId, Vec<Definition>> =
        sources().map(|(id, tree)| (*id, definitions(tree))).collect();
    let known = meanings(trees, &defined);
    let notes = notes(trees, &defined);
    let mut found = Vec::new();
    for (id, tree) in sources() {
        let Some(file) = submission.file(*id) else { continue };
        let mut reader = Reader { tree, hints: Hints::of(*id, file), authors: Vec::new() };
        reader.authors(&known);
        reader.stored_authors(&defined[id]);
        reader.properties();
        reader.notes(&defined[id], &notes);
        reader.acknowledgments(shows_all);
        reader.text();
        found.append(&mut reader.hints.found);
    }
    found
}

/// What macros without argument stand for.
fn meanings(
    trees: &BTreeMap<FileId, Tree<'_>>,
    defined: &BTreeMap<FileId, Vec<Definition>>,
) -> BTreeMap<String, String> {
    let all = defined.iter().flat_map(|(id, list)| list.iter().map(move |d| (id, d)));
    let plain = all.filter(|(_, d)| !d.takes_argument);
    plain.map(|(id, d)| (d.name.clone(), trees[id].plain(&d.body))).collect()
}

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    let text = r"(?:\[|\(|\{|--+\s*|^|\s)\s*(?:\\(?:textbf|textsf|texttt|emph|textit)\{|\\(?:bf|sf|it|small)\b\s*)?([A-Z][A-Za-z]{1,12})\}?\s*(?::|\]|\)|$|'s)";
    Regex::new(text).expect("internal error: the pattern is fixed")
});

/// What notes begin with that is no name.
const GENERIC: &[&str] = &[
    "todo",
    "note",
    "notes",
    "fixme",
    "fix",
    "xxx",
    "comment",
    "comments",
    "rev",
    "revision",
    "review",
    "reviewer",
    "change",
    "changed",
    "changes",
    "added",
    "add",
    "removed",
    "remove",
    "new",
    "old",
    "question",
    "answer",
    "reply",
    "response",
    "warning",
    "warn",
    "hint",
    "idea",
    "bug",
    "draft",
    "cite",
    "ref",
    "citation",
    "missing",
    "check",
    "edit",
    "edits",
    "update",
    "updated",
    "remark",
    "claim",
    "proof",
    "task",
    "important",
    "text",
    "red",
    "blue",
    "green",
    "cyan",
    "rev",
    "ok",
    "no",
    "yes",
    "wip",
    "tbd",
    "tba",
    "highlight",
    "figure",
    "table",
    "section",
    "eq",
    "equation",
    "step",
    "case",
    "input",
    "output",
    "require",
    "ensure",
    "definition",
    "theorem",
    "lemma",
    "summary",
    "takeaway",
    "finding",
    "observation",
    "insight",
    "goal",
    "property",
    "result",
    "results",
    "conclusion",
    "issue",
    "problem",
    "solution",
    "example",
    "assumption",
    "experiment",
    "rq",
    "research",
    "key",
    "main",
    "contribution",
    "anonymous",
    "author",
    "authors",
];

/// A macro for notes, with the name or initials that its notes bear.
struct NoteMacro {
    name: String,
    label: String,
}

/// Macros whose notes bear a label that looks like a name, over all files.
fn notes(trees: &BTreeMap<FileId, Tree<'_>>, defined: &BTreeMap<FileId, Vec<Definition>>) -> Vec<NoteMacro> {
    let all = defined.iter().flat_map(|(id, list)| list.iter().map(move |d| (id, d)));
    all.filter_map(|(id, d)| {
        let body = trees[id].text(&d.body);
        let is_note = d.takes_argument
            && body.contains('#')
            && ["color", "todo", "note", "marginpar", "{\\bf", "\\textbf"].iter().any(|w| body.contains(w));
        let label = LABEL
            .captures_iter(&body)
            .map(|c| c[1].to_owned())
            .find(|l| !GENERIC.contains(&l.to_lowercase().as_str()))?;
        is_note.then(|| NoteMacro { name: d.name.clone(), label })
    })
    .take(MOST)
    .collect()
}

/// The names of all macros for notes that bear a label.
pub(super) fn note_macros(trees: &BTreeMap<FileId, Tree<'_>>) -> Vec<String> {
    let defined = trees.iter().map(|(id, tree)| (*id, definitions(tree))).collect();
    notes(trees, &defined).into_iter().map(|note| note.name).collect()
}

/// Where macros of these names are defined; byte offsets, half-open.
pub(super) fn definitions_of(tree: &Tree<'_>, names: &BTreeSet<String>) -> Vec<Range<u32>> {
    definitions(tree).into_iter().filter(|d| names.contains(&d.name)).map(|d| d.span).collect()
}

impl NoteMacro {
    /// Whether the label is that of the macro, as a person's is; initials are not enough to know one.
    fn is_name(&self) -> bool {
        let (name, label) = (self.name.to_lowercase(), self.label.to_lowercase());
        label.len() > 2
            && self.label.chars().any(char::is_lowercase)
            && (name.contains(&label) || label.starts_with(&name))
    }
}

struct Reader<'a, 't> {
    tree: &'t Tree<'a>,
    hints: Hints<'t>,
    /// Where authors are named: what stands there is told once.
    authors: Vec<Range<u32>>,
}

impl Reader<'_, '_> {
    fn say(&mut self, kind: HintKind, weight: Weight, span: &Range<u32>, text: impl AsRef<str>) {
        let at = Place::Span(Span { file: self.hints.id, bytes: span.clone() });
        self.hints.say(kind, Setting::Source, weight, text.as_ref(), at);
    }

    fn authors(&mut self, known: &BTreeMap<String, String>) {
        for (index, _) in self.tree.commands().filter(|(_, name)| AUTHORS.contains(name)).take(MOST) {
            let call = self.tree.call(index, 1);
            let Some(block) = call.arguments.first() else { continue };
            let words = expanded(self.tree, block, known);
            self.authors.push(call.span.clone());
            if !names_nobody(&words) && !words.contains('#') {
                self.say(HintKind::Author, Weight::Full, &call.span, words);
            }
        }
    }

    /// Names kept in a macro for the final paper, such as `\newcommand{\finalauthors}{...}`.
    fn stored_authors(&mut self, defined: &[Definition]) {
        for definition in
            defined.iter().filter(|d| d.name.to_lowercase().contains("author") && !d.takes_argument)
        {
            let words = self.tree.plain(&definition.body);
            if is_somebody(&words) {
                self.say(HintKind::Author, Weight::Full, &definition.span, words);
            }
        }
    }

    /// `pdfauthor`, `pdfusetitle` and `\pdfinfo`.
    fn properties(&mut self) {
        static PDF_AUTHOR: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(
                r"(?s)\bpdfauthor\s*=\s*(?:\{([^{}]*)\}|([^,\]}]+))|/Author\s*\(([^)]*)\)|\bpdfusetitle\b",
            )
            .expect("internal error: the pattern is fixed")
        });
        let is_named = self.hints.found.iter().any(|h| h.kind == HintKind::Author);
        for (index, name) in self.tree.commands() {
            if !matches!(
                name,
                "hypersetup" | "usepackage" | "RequirePackage" | "PassOptionsToPackage" | "pdfinfo"
            ) {
                continue;
            }
            let call = self.tree.call(index, 1);
            let text = self.tree.text(&call.span);
            for found in PDF_AUTHOR.captures_iter(&text) {
                let value = (1..4).find_map(|i| found.get(i)).map(|m| m.as_str());
                if value.map_or(is_named, |v| !names_nobody(v)) {
                    self.say(HintKind::PdfAuthor, Weight::Full, &call.span, &found[0]);
                }
            }
        }
    }

    /// Macros for the notes of co-authors, where they are defined and first used.
    ///
    /// One such macro may be anything; several with different labels are people.
    fn notes(&mut self, defined: &[Definition], notes: &[NoteMacro]) {
        let labels: BTreeSet<&str> = notes.iter().map(|n| n.label.as_str()).collect();
        let weight =
            |note: &NoteMacro| if note.is_name() && labels.len() > 1 { Weight::Full } else { Weight::Some };
        for definition in defined {
            if let Some(note) = notes.iter().find(|n| n.name == definition.name) {
                let text = self.tree.text(&definition.span);
                self.say(HintKind::NamedNote, weight(note), &definition.span, text);
            }
        }
        let mut used = BTreeSet::new();
        let is_name = |name: &str| notes.iter().find(|n| n.name == name && n.is_name());
        for (index, note) in self.tree.commands().filter_map(|(i, name)| Some((i, is_name(name)?))) {
            let at = self.tree.tokens()[index].span.start;
            if used.contains(&note.name) || defined.iter().any(|d| d.span.contains(&at)) {
                continue;
            }
            let call = self.tree.call(index, 1);
            if !call.arguments.is_empty() {
                used.insert(note.name.clone());
                self.say(HintKind::NamedNote, weight(note), &call.span, self.tree.text(&call.span));
            }
        }
        self.signed_notes();
    }

    /// Notes with an author among their options, as todonotes, fixme and changes have them.
    fn signed_notes(&mut self) {
        const SIGNED: [&str; 6] =
            ["todo", "definechangesauthor", "fxuser", "FXRegisterAuthor", "added", "deleted"];
        for (index, _) in self.tree.commands().filter(|(_, name)| SIGNED.contains(name)) {
            let call = self.tree.call(index, 1);
            let options: Vec<_> = call.options.iter().map(|o| self.tree.text(o)).collect();
            let names_somebody = |option: &str| {
                let (key, value) = option.split_once('=').unwrap_or_default();
                matches!(key.trim(), "author" | "name") && !names_nobody(value)
            };
            if options.iter().flat_map(|o| o.split(',')).any(names_somebody) {
                self.say(HintKind::NamedNote, Weight::Full, &call.span, self.tree.text(&call.span));
            }
        }
    }

    /// Acknowledgments that say something. A style may drop the environment; a section is printed.
    fn acknowledgments(&mut self, shows_all: bool) {
        const TITLED: [&str; 4] = ["begin", "section", "subsection", "paragraph"];
        let mut looked_at = 0;
        for (index, name) in self.tree.commands().filter(|(_, name)| TITLED.contains(name)) {
            let call = self.tree.call(index, 1);
            let Some(argument) = call.arguments.first() else { continue };
            let title = self.tree.plain(argument).to_lowercase();
            let is_environment = name == "begin"
                && matches!(title.as_str(), "ack" | "acks" | "acknowledgments" | "acknowledgements");
            let is_section = matches!(name, "section" | "subsection" | "paragraph")
                && title.trim_start().starts_with("acknowledg");
            if !is_environment && !is_section {
                continue;
            }
            looked_at += 1;
            if looked_at > MOST {
                return;
            }
            let body = self.body(index, call.span.end, &title, is_environment);
            let words = self.tree.plain(&body);
            if words.is_empty() || is_left_out(&words) {
                continue;
            }
            let weight = if is_section || shows_all { Weight::Full } else { Weight::Some };
            let text = format!("{} {words}", self.tree.text(&call.span));
            self.say(HintKind::Acknowledgment, weight, &call.span, text);
        }
    }

    /// From `start` to the `\end` of the environment, or to the next section.
    fn body(&self, index: usize, start: u32, environment: &str, is_environment: bool) -> Range<u32> {
        let ends = |i: &usize| match self.tree.name(*i) {
            "end" if is_environment => {
                self.tree.plain(&self.tree.call(*i, 1).span).to_lowercase().contains(environment)
            }
            "section" | "bibliography" | "appendix" | "subsection" | "printbibliography" => !is_environment,
            _ => false,
        };
        let tokens = self.tree.tokens();
        let end = (index + 1..tokens.len().min(index + LONGEST_BODY)).find(ends);
        start..end.map_or(start, |i| tokens[i].span.start).max(start)
    }

    /// Addresses, grants and paths in the text that TeX reads, outside the author block.
    fn text(&mut self) {
        let kinds = [HintKind::Email, HintKind::Grant, HintKind::LocalPath, HintKind::Instruction];
        let tokens = self.tree.tokens();
        let mut at = 0;
        while at < tokens.len() && !self.hints.is_full() {
            let read = |i: usize| self.tree.state(i) == State::Active && tokens[i].kind != TokenKind::Comment;
            let end = (at..tokens.len()).find(|i| !read(*i)).unwrap_or(tokens.len());
            if end > at {
                let span = tokens[at].span.start as usize..tokens[end - 1].span.end as usize;
                self.passage(&span, &kinds);
            }
            at = end + 1;
        }
    }

    fn passage(&mut self, span: &Range<usize>, kinds: &[HintKind]) {
        for sign in signs(&self.hints.file.bytes[span.clone()], kinds) {
            let bytes = span.start + sign.bytes.start..span.start + sign.bytes.end;
            let within = self.authors.iter().any(|a| a.contains(&(bytes.start as u32)));
            if !within {
                self.hints.add(sign.kind, Setting::Source, sign.weight, &bytes);
            }
        }
    }
}

/// The most tokens of an acknowledgment that are looked at. Chosen: a page of them.
const LONGEST_BODY: usize = 5_000;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::{File, Origin};

    fn told(source: &str) -> Vec<(HintKind, Weight)> {
        let file = File::new("main.tex".to_owned(), source.as_bytes().to_vec(), Origin::Input);
        let submission = Submission { files: vec![file], ..Submission::default() };
        let trees = BTreeMap::from([(FileId(0), Tree::read(source.as_bytes()))]);
        hints(&submission, &trees, false).into_iter().map(|h| (h.kind, h.weight)).collect()
    }

    #[test]
    fn authors_are_told_through_their_macros_and_templates_are_not() {
        let author = [(HintKind::Author, Weight::Full)];
        assert_eq!(told("\\author{Mira Quist \\\\ Larkfield}"), author);
        assert_eq!(told("\\newcommand{\\us}{Mira Quist}\\author{\\us}"), author);
        assert_eq!(told("\\newcommand{\\finalauthors}{Mira Quist, Jon Vale}"), author);
        assert!(told("\\author{Anonymous Author(s) \\\\ Affiliation \\\\ \\texttt{email}}").is_empty());
        assert!(told("\\newcommand{\\authornote}[1]{\\textit{#1}}").is_empty());
    }

    #[test]
    fn one_macro_for_notes_may_be_anything_and_several_are_people() {
        let (mira, jon) = (
            "\\newcommand{\\mira}[1]{\\textcolor{red}{[Mira: #1]}}",
            "\\newcommand{\\jv}[1]{\\textcolor{red}{[JV: #1]}}",
        );
        assert_eq!(told(mira), [(HintKind::NamedNote, Weight::Some)]);
        assert_eq!(
            told(&format!("{mira}{jon}")),
            [(HintKind::NamedNote, Weight::Full), (HintKind::NamedNote, Weight::Some)]
        );
        assert!(told("\\newcommand{\\fix}[1]{\\textcolor{red}{[Fix: #1]}}").is_empty());
        assert_eq!(told("\\todo[author=Mira]{x}"), [(HintKind::NamedNote, Weight::Full)]);
    }

    #[test]
    fn properties_and_thanks_are_told() {
        assert_eq!(told("\\hypersetup{pdfauthor={Mira Quist}}"), [(HintKind::PdfAuthor, Weight::Full)]);
        assert!(told("\\usepackage[pdfusetitle]{hyperref}\\author{Anonymous}").is_empty());
        assert_eq!(told("\\begin{ack}We thank Mira.\\end{ack}"), [(HintKind::Acknowledgment, Weight::Some)]);
        assert_eq!(
            told("\\section*{Acknowledgements}We thank Mira.\\section{B}"),
            [(HintKind::Acknowledgment, Weight::Full)]
        );
        assert!(told("\\begin{ack}Omitted for double-blind review.\\end{ack}").is_empty());
    }
}
