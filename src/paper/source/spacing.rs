//! What sources change of the page that the style sets: margins, leading, gaps, sizes.

use super::hint::{MOST, shortened};
use crate::paper::Aspect;
use crate::place::{FileId, Place, Span};
use crate::tex::{TokenKind, Tree};
use std::ops::Range;

/// Units of lengths. Source: TeXbook, chapter 10.
const UNITS: [&str; 6] = ["pt", "em", "ex", "in", "cm", "mm"];

/// How far a change reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// The page, the leading or every heading.
    Document,
    /// The gaps around one thing.
    Gap,
    /// The size of one thing.
    Scale,
}

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// How far it reaches.
    pub reach: Reach,
    /// The command as it stands there.
    pub text: String,
    /// What it changes, in a few words.
    pub what: &'static str,
    /// The style sets it again at `\begin{document}`, after this.
    pub is_undone: bool,
    /// Where.
    pub at: Place,
}

/// The most lines of the sources that are named for one departure of the page. Chosen: who mended so many looks again.
const MOST_CAUSES: usize = 5;

impl super::Sources {
    /// The changes that may make the page depart in an aspect, in order of file and line: the first few.
    pub fn causes(&self, aspect: Aspect) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.could_cause(aspect)).take(MOST_CAUSES)
    }
}

impl Change {
    /// Whether the change is of the kind that makes a page depart in this aspect; what the style undoes makes none.
    fn could_cause(&self, aspect: Aspect) -> bool {
        let words: &[&str] = match aspect {
            Aspect::BlockHeight => &["the margins", "the text block", "the text block of a page"],
            Aspect::BlockWidth => &["the margins", "the text block", "the columns"],
            Aspect::Leading => &["the leading"],
            Aspect::BodySize => &["the size of the text"],
            Aspect::ParagraphGap => &["the gaps between paragraphs", GAP],
            Aspect::HeadingGap => &["the headings", "the gaps around headings", GAP],
            Aspect::HeadingSize => &["the headings"],
            Aspect::CaptionSize => &["the captions"],
            Aspect::CaptionGap => &["the captions", "the gaps around captions", GAP],
            Aspect::FloatGap => &["the gaps around floats", "the gaps between floats", GAP],
            Aspect::DisplayGap => &["the gaps around formulas", GAP],
            Aspect::ListGap => &["the gaps in lists", "the gaps in a list", "the gaps around lists", GAP],
            Aspect::ListIndent => &["the indent of lists"],
            Aspect::Title => &["the title", GAP],
            Aspect::ReferenceSize => &["the size of the references"],
            _ => &[],
        };
        !self.is_undone && (words.contains(&self.what) || self.what == EVERY_GAP && words.contains(&GAP))
    }
}

/// What `\vspace` and its like change.
const GAP: &str = "a gap, which it makes smaller";
/// What savetrees changes.
const EVERY_GAP: &str = "every gap";

/// Packages that change the page, with what they change, and whether the style undoes that.
///
/// Source: their manuals; the styles call `\newgeometry` at `\begin{document}`.
const PACKAGES: [(&str, Reach, &str, bool); 11] = [
    ("geometry", Reach::Document, "the margins", true),
    ("fullpage", Reach::Document, "the margins", true),
    ("a4wide", Reach::Document, "the margins", true),
    ("setspace", Reach::Document, "the leading", false),
    ("titlesec", Reach::Document, "the headings", false),
    ("sectsty", Reach::Document, "the headings", false),
    ("parskip", Reach::Document, "the gaps between paragraphs", false),
    ("savetrees", Reach::Document, EVERY_GAP, false),
    ("wrapfig", Reach::Scale, "text beside figures", false),
    ("wrapfig2", Reach::Scale, "text beside figures", false),
    ("floatflt", Reach::Scale, "text beside figures", false),
];

/// Lengths that make the page. Source: `LaTeX2e`, `source2e`, ltpage, ltfloat; natbib for the last.
const LENGTHS: [(&str, Reach, &str, bool); 33] = [
    ("textwidth", Reach::Document, "the text block", true),
    ("textheight", Reach::Document, "the text block", true),
    ("topmargin", Reach::Document, "the margins", true),
    ("oddsidemargin", Reach::Document, "the margins", true),
    ("evensidemargin", Reach::Document, "the margins", true),
    ("hoffset", Reach::Document, "the margins", false),
    ("voffset", Reach::Document, "the margins", false),
    ("headheight", Reach::Document, "the margins", true),
    ("headsep", Reach::Document, "the margins", true),
    ("footskip", Reach::Document, "the margins", true),
    ("columnsep", Reach::Document, "the columns", false),
    ("baselineskip", Reach::Document, "the leading", false),
    ("lineskip", Reach::Document, "the leading", false),
    ("parskip", Reach::Document, "the gaps between paragraphs", false),
    ("parindent", Reach::Gap, "the indent of paragraphs", false),
    ("textfloatsep", Reach::Gap, "the gaps around floats", false),
    ("floatsep", Reach::Gap, "the gaps between floats", false),
    ("intextsep", Reach::Gap, "the gaps around floats", false),
    ("dbltextfloatsep", Reach::Gap, "the gaps around floats", false),
    ("dblfloatsep", Reach::Gap, "the gaps between floats", false),
    ("abovecaptionskip", Reach::Gap, "the gaps around captions", false),
    ("belowcaptionskip", Reach::Gap, "the gaps around captions", false),
    ("abovedisplayskip", Reach::Gap, "the gaps around formulas", false),
    ("belowdisplayskip", Reach::Gap, "the gaps around formulas", false),
    ("abovedisplayshortskip", Reach::Gap, "the gaps around formulas", false),
    ("belowdisplayshortskip", Reach::Gap, "the gaps around formulas", false),
    ("itemsep", Reach::Gap, "the gaps in lists", false),
    ("parsep", Reach::Gap, "the gaps in lists", false),
    ("topsep", Reach::Gap, "the gaps around lists", false),
    ("partopsep", Reach::Gap, "the gaps around lists", false),
    ("footnotesep", Reach::Gap, "the gaps between footnotes", false),
    ("skip\\footins", Reach::Gap, "the gap above footnotes", false),
    ("bibsep", Reach::Gap, "the gaps between references", false),
];

/// Commands that change something whatever their argument is.
const COMMANDS: [(&str, usize, Reach, &str, bool); 17] = [
    ("geometry", 1, Reach::Document, "the margins", true),
    ("newgeometry", 1, Reach::Document, "the margins", false),
    ("linespread", 1, Reach::Document, "the leading", false),
    ("setstretch", 1, Reach::Document, "the leading", false),
    ("singlespacing", 0, Reach::Document, "the leading", false),
    ("onehalfspacing", 0, Reach::Document, "the leading", false),
    ("doublespacing", 0, Reach::Document, "the leading", false),
    ("titlespacing", 4, Reach::Document, "the gaps around headings", false),
    ("titleformat", 2, Reach::Document, "the headings", false),
    ("titlespacing*", 4, Reach::Document, "the gaps around headings", false),
    ("enlargethispage", 1, Reach::Document, "the text block of a page", false),
    ("captionsetup", 1, Reach::Gap, "the captions", false),
    ("setlist", 1, Reach::Gap, "the gaps in lists", false),
    ("setdefaultleftmargin", 1, Reach::Gap, "the indent of lists", false),
    ("resizebox", 2, Reach::Scale, "the size of what it holds", false),
    ("scalebox", 1, Reach::Scale, "the size of what it holds", false),
    ("wraptable", 0, Reach::Scale, "text beside tables", false),
];

/// What redefining these changes.
const REDEFINED: [(&str, &str); 8] = [
    ("baselinestretch", "the leading"),
    ("normalsize", "the size of the text"),
    ("section", "the headings"),
    ("subsection", "the headings"),
    ("subsubsection", "the headings"),
    ("paragraph", "the headings"),
    ("maketitle", "the title"),
    ("bibfont", "the size of the references"),
];

/// Environments that change something by themselves, and options of lists that do.
const ENVIRONMENTS: [(&str, Reach, &str); 5] = [
    ("wrapfigure", Reach::Scale, "text beside figures"),
    ("wraptable", Reach::Scale, "text beside tables"),
    ("adjustbox", Reach::Scale, "the size of what it holds"),
    ("spacing", Reach::Document, "the leading"),
    ("compactitem", Reach::Gap, "the gaps in lists"),
];
const LIST_OPTIONS: [&str; 6] = ["nosep", "noitemsep", "topsep", "itemsep", "parsep", "wide"];

/// Everything that a file changes. `is_preamble` tells whether it stands before `\begin{document}`.
pub(super) fn changes(id: FileId, tree: &Tree<'_>, has_style: bool) -> Vec<Change> {
    let mut reader = Reader { id, tree, has_style, is_preamble: true, found: Vec::new() };
    for (index, name) in tree.commands() {
        if reader.found.len() < MOST {
            reader.command(index, name);
        }
    }
    reader.found
}

struct Reader<'a, 't> {
    id: FileId,
    tree: &'t Tree<'a>,
    /// The style that sets the page again is loaded.
    has_style: bool,
    is_preamble: bool,
    found: Vec<Change>,
}

impl Reader<'_, '_> {
    fn say(&mut self, span: &Range<u32>, reach: Reach, what: &'static str, undone: bool) {
        let is_undone = undone && self.has_style && self.is_preamble;
        let at = Place::Span(Span { file: self.id, bytes: span.clone() });
        self.found.push(Change { reach, text: shortened(&self.tree.text(span)), what, is_undone, at });
    }

    fn command(&mut self, index: usize, name: &str) {
        match name {
            "begin" => self.environment(index),
            "usepackage" | "RequirePackage" => self.packages(index),
            "vspace" | "vskip" | "addvspace" => self.gap(index),
            "setlength" | "addtolength" => self.length(index),
            "renewcommand" | "def" | "gdef" => self.redefinition(index),
            _ if LENGTHS.iter().any(|(l, ..)| *l == name) => self.assignment(index, name),
            _ => {
                if let Some((_, most, reach, what, undone)) = COMMANDS.iter().find(|(c, ..)| *c == name) {
                    let call = self.tree.call(index, *most);
                    let has_all = call.arguments.len() >= (*most).min(1);
                    let text = self.tree.text(&call.span);
                    let is_gapless =
                        name == "captionsetup" && !["skip", "font", "size"].iter().any(|o| text.contains(o));
                    let enlarges = name == "scalebox" && scale(&text) >= 1.0;
                    if has_all && !enlarges && !is_gapless {
                        self.say(&call.span, *reach, what, *undone);
                    }
                }
            }
        }
    }

    fn environment(&mut self, index: usize) {
        let call = self.tree.call(index, 1);
        let Some(name) = call.arguments.first().map(|a| self.tree.text(a)) else { return };
        if name == "document" {
            self.is_preamble = false;
        }
        if let Some((_, reach, what)) = ENVIRONMENTS.iter().find(|(e, ..)| *e == name) {
            return self.say(&call.span, *reach, what, false);
        }
        if matches!(name.as_str(), "itemize" | "enumerate" | "description" | "inparaenum") {
            // The options stand behind the name.
            let whole = self.tree.call(index, 2);
            let options: String = whole.options.iter().map(|o| self.tree.text(o)).collect();
            if LIST_OPTIONS.iter().any(|word| options.contains(word)) {
                let end = whole.options.last().map_or(call.span.end, |o| o.end + 1);
                self.say(&(call.span.start..end), Reach::Gap, "the gaps in a list", false);
            }
        }
    }

    fn packages(&mut self, index: usize) {
        let call = self.tree.call(index, 1);
        let Some(names) = call.arguments.first().map(|a| self.tree.text(a)) else { return };
        let options: String = call.options.iter().map(|o| self.tree.text(o)).collect();
        for name in names.split(',').map(str::trim) {
            if let Some((_, reach, what, undone)) = PACKAGES.iter().find(|(p, ..)| *p == name) {
                self.say(&call.span, *reach, what, *undone);
            } else if matches!(name, "enumitem" | "paralist")
                && LIST_OPTIONS.iter().any(|o| options.contains(o))
            {
                self.say(&call.span, Reach::Gap, "the gaps in lists", false);
            } else if matches!(name, "caption" | "subcaption")
                && ["skip", "font", "size"].iter().any(|o| options.contains(o))
            {
                self.say(&call.span, Reach::Gap, "the captions", false);
            }
        }
    }

    /// `\vspace{-3pt}`, `\vskip -3pt`: only what takes room away.
    fn gap(&mut self, index: usize) {
        let call = self.tree.call(index, 1);
        let (span, text) = match call.arguments.first() {
            Some(argument) => (call.span.clone(), self.tree.text(argument)),
            None => self.following(index),
        };
        if text.trim_start().starts_with('-') {
            self.say(&span, Reach::Gap, GAP, false);
        }
    }

    fn length(&mut self, index: usize) {
        let call = self.tree.call(index, 2);
        let Some(name) = call.arguments.first().map(|a| self.tree.text(a)) else { return };
        let name = name.trim().trim_start_matches('\\');
        if let Some((_, reach, what, undone)) = LENGTHS.iter().find(|(l, ..)| *l == name) {
            self.say(&call.span, *reach, what, *undone);
        }
    }

    /// `\parskip=0pt`, `\itemsep0em`, but not `\the\parskip` or a length that is only used.
    fn assignment(&mut self, index: usize, name: &str) {
        let is_argument = index > 0 && {
            let before = self.tree.tokens()[index - 1].kind;
            let command = self.tree.name(index - 1);
            before == TokenKind::Open
                || !command.is_empty() && command != "relax" && !command.ends_with("skip")
        };
        let (span, text) = self.following(index);
        let value = text.trim_start().trim_start_matches('=').trim_start();
        let is_number = value.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.')
            || value.is_empty() && text.contains('=');
        let glued = text.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.' || c == '=')
            || text.contains('=');
        let is_set = is_number && (glued || UNITS.iter().any(|unit| text.trim_end().ends_with(unit)));
        if let Some((_, reach, what, undone)) = LENGTHS.iter().find(|(l, ..)| *l == name)
            && is_set
            && (!is_argument || glued)
        {
            self.say(&span, *reach, what, *undone);
        }
    }

    fn redefinition(&mut self, index: usize) {
        let call = self.tree.call(index, 2);
        let name = call.arguments.first().map_or(String::new(), |a| self.tree.text(a));
        let name = name.trim().trim_start_matches('\\').to_owned();
        if let Some((_, what)) = REDEFINED.iter().find(|(n, _)| *n == name) {
            self.say(&call.span, Reach::Document, what, false);
        }
    }

    /// The command with the words that follow it on its line.
    fn following(&self, index: usize) -> (Range<u32>, String) {
        let tokens = self.tree.tokens();
        let start = tokens[index].span.clone();
        let next = tokens.get(index + 1..).unwrap_or_default();
        let skipped = usize::from(next.first().is_some_and(|t| t.kind == TokenKind::Blank));
        let end = next.get(skipped).filter(|t| t.kind == TokenKind::Text).map_or(start.end, |t| t.span.end);
        (start.start..end, self.tree.text(&(start.end..end)))
    }
}

/// The factor of `\scalebox{0.8}`; 1 where it is not a number.
fn scale(call: &str) -> f64 {
    let number = call.split('{').nth(1).and_then(|rest| rest.split('}').next());
    number.and_then(|n| n.trim().parse().ok()).unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(source: &str) -> Vec<(Reach, String, bool)> {
        let tree = Tree::read(source.as_bytes());
        changes(FileId(0), &tree, true).into_iter().map(|c| (c.reach, c.text, c.is_undone)).collect()
    }

    fn reaches(source: &str) -> Vec<Reach> {
        told(source).into_iter().map(|(reach, ..)| reach).collect()
    }

    #[test]
    fn what_the_style_sets_again_is_undone() {
        let told = told("\\usepackage{fullpage}\\geometry{a4paper}\\begin{document}\\newgeometry{top=1cm}");
        assert_eq!(told.iter().map(|(.., undone)| *undone).collect::<Vec<_>>(), [true, true, false]);
    }

    #[test]
    fn only_what_takes_room_away_is_a_gap() {
        assert_eq!(reaches("\\vspace{-3pt}\\vspace*{-1em}\\vskip -2pt\\vspace{3pt}\\hspace{-1em}").len(), 3);
    }

    #[test]
    fn what_departs_is_traced_to_changes_of_its_kind() {
        let source =
            "\\usepackage{titlesec}\\linespread{0.9}\\begin{document}\\vspace{-2pt}\\abovedisplayskip=0pt";
        let tree = Tree::read(source.as_bytes());
        let all = changes(FileId(0), &tree, true);
        let causes =
            |aspect| all.iter().filter(|c| c.could_cause(aspect)).map(|c| &*c.text).collect::<Vec<_>>();
        assert_eq!(causes(Aspect::HeadingGap), ["\\usepackage{titlesec}", "\\vspace{-2pt}"]);
        assert_eq!(causes(Aspect::DisplayGap), ["\\vspace{-2pt}", "\\abovedisplayskip=0pt"]);
        assert_eq!(causes(Aspect::Leading), ["\\linespread{0.9}"]);
        assert!(causes(Aspect::PaperSize).is_empty());
        let undone = changes(FileId(0), &Tree::read(b"\\usepackage{fullpage}"), true);
        assert!(!undone[0].could_cause(Aspect::BlockWidth));
    }

    #[test]
    fn lengths_are_seen_where_they_are_set() {
        assert_eq!(
            reaches("\\setlength\\parskip{0pt} \\setlength{\\textwidth}{6in}"),
            [Reach::Document, Reach::Document]
        );
        assert_eq!(reaches("\\parskip=0pt \\itemsep0em \\itemsep -1pt").len(), 3);
        assert!(
            reaches("\\the\\parskip \\hspace{\\parindent} \\rule{\\textwidth}{1pt} 0.5\\textwidth")
                .is_empty()
        );
        assert!(reaches("\\includegraphics[width=\\textwidth]{a} \\textwidth 2").is_empty());
    }

    #[test]
    fn lists_captions_and_boxes_are_seen() {
        assert_eq!(reaches("\\begin{itemize}[noitemsep]\\begin{itemize}[label=a]"), [Reach::Gap]);
        assert_eq!(
            reaches("\\resizebox{\\linewidth}{!}{x}\\scalebox{0.8}{x}\\scalebox{1.2}{x}"),
            [Reach::Scale, Reach::Scale]
        );
        assert_eq!(reaches("\\renewcommand{\\baselinestretch}{0.9}\\linespread{0.9}").len(), 2);
        assert!(reaches("% \\vspace{-3pt}\n\\iffalse\\vspace{-3pt}\\fi").is_empty());
    }
}
