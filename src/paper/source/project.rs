//! Which sources make the paper: the file that TeX is run on, and what it takes in, through however many files.

use crate::place::FileId;
use crate::submission::limits::MAX_MISSING;
use crate::submission::{File, Kind, Origin, Submission};
use crate::tex::Tree;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Sources of a submission and how they hang together.
pub(super) struct Project<'a> {
    /// Every source and package, read.
    pub(super) trees: BTreeMap<FileId, Tree<'a>>,
    /// The files that TeX can be run on.
    pub(super) roots: Vec<FileId>,
    /// The one that makes the paper; `None` where that is open.
    pub(super) main: Option<FileId>,
    /// Sources that make the paper: the main one and what it takes in; without it, those of every root.
    pub(super) reached: BTreeSet<FileId>,
    /// Files that sources show as figures.
    pub(super) figures: BTreeSet<FileId>,
    /// Bibliographies, and files with the finished reference list.
    pub(super) bibliographies: BTreeSet<FileId>,
    /// What a source asks for and is not there.
    pub(super) missing: Vec<Wanted>,
    /// Names of what is asked for and not there, also of what may come with TeX: all that each may have, in order.
    pub(super) sought: Vec<Vec<String>>,
    /// Sources that another one takes in, by that one and the byte at which it asks.
    pub(super) taken_in: BTreeMap<(FileId, u32), FileId>,
    names: Names<'a>,
}

/// A file that a source asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    /// The source that asks.
    pub(super) file: FileId,
    /// The command and its arguments; byte offsets, half-open.
    pub(super) span: Range<u32>,
    /// The name as it stands there.
    pub(super) name: String,
    /// It is a figure.
    pub(super) is_figure: bool,
}

/// Main files as authors call them, where several could be it. Source: templates of conferences and of arXiv.
const USUAL: [&str; 5] = ["main", "paper", "ms", "article", "manuscript"];
/// Classes of files that another one takes in.
const PARTS: [&str; 2] = ["subfiles", "standalone"];
/// Endings that graphics are found under. Source: graphics rule of pdfTeX, `\DeclareGraphicsExtensions`.
const GRAPHICS: [&str; 9] = ["", ".pdf", ".png", ".jpg", ".jpeg", ".eps", ".PDF", ".PNG", ".JPG"];

impl<'a> Project<'a> {
    /// Reads every source of a submission.
    pub(super) fn of(submission: &'a Submission) -> Self {
        let is_source = |f: &File| matches!(f.kind, Kind::Tex | Kind::Style);
        let files = || submission.files.iter().enumerate().map(|(i, f)| (FileId(i as u32), f));
        let trees: BTreeMap<_, _> =
            files().filter(|(_, f)| is_source(f)).map(|(id, f)| (id, Tree::read(&f.bytes))).collect();
        let mut project = Self {
            trees,
            roots: Vec::new(),
            main: None,
            reached: BTreeSet::new(),
            figures: BTreeSet::new(),
            bibliographies: BTreeSet::new(),
            missing: Vec::new(),
            sought: Vec::new(),
            taken_in: BTreeMap::new(),
            names: Names::of(submission),
        };
        project.roots = project.roots();
        let named = handed_in(submission).filter(|id| project.roots.contains(id));
        project.main = named.or_else(|| project.main());
        // Drafts and rebuttals beside the paper are no part of it.
        let walked = project.main.map_or(project.roots.clone(), |main| vec![main]);
        for root in walked {
            project.walk(root);
            project.seek_list(root);
        }
        project
    }

    /// The finished reference list that lies beside a root; BibTeX makes it where it is not there.
    fn seek_list(&mut self, root: FileId) {
        let name = self.names.name(root);
        let list = format!("{}.bbl", name.strip_suffix(".tex").unwrap_or(name));
        if !self.names.by_name.contains_key(&list) {
            self.sought.push(vec![list]);
        }
    }

    fn roots(&self) -> Vec<FileId> {
        let is_root = |(id, tree): &(&FileId, &Tree<'a>)| {
            let class = tree.commands().find(|(_, name)| matches!(*name, "documentclass" | "documentstyle"));
            let class = class.and_then(|(i, _)| tree.call(i, 1).arguments.first().map(|a| tree.text(a)));
            self.names.could_be_root(**id) && class.is_some_and(|c| !PARTS.contains(&c.trim()))
        };
        self.trees.iter().filter(is_root).map(|(id, _)| *id).collect()
    }

    fn main(&self) -> Option<FileId> {
        let begins = |id: &FileId| {
            let tree = &self.trees[id];
            tree.commands()
                .any(|(i, name)| name == "begin" && tree.text(&tree.call(i, 1).span) == "\\begin{document}")
        };
        let whole: Vec<FileId> = self.roots.iter().copied().filter(begins).collect();
        let could_be = if whole.is_empty() { &self.roots } else { &whole };
        let usual = |word: &str| {
            let mut named = could_be.iter().filter(|id| stem(self.names.name(**id)) == word);
            named.next().filter(|_| named.next().is_none()).copied()
        };
        match could_be[..] {
            [only] => Some(only),
            _ => USUAL.iter().find_map(|word| usual(word)),
        }
    }

    /// Follows what a root takes in; a file is read once, so that a circle comes to its end.
    fn walk(&mut self, root: FileId) {
        let folder = folder(self.names.name(root)).to_owned();
        let mut open = vec![root];
        while let Some(id) = open.pop() {
            if !self.reached.insert(id) {
                continue;
            }
            for asked in asks(&self.trees[&id]) {
                self.follow(id, &folder, &asked, &mut open);
            }
        }
    }

    fn follow(&mut self, id: FileId, folder: &str, asked: &Asked, open: &mut Vec<FileId>) {
        let beside = self::folder(self.names.name(id)).to_owned();
        let places = [folder.to_owned(), beside];
        let tries: Vec<String> =
            asked.names.iter().flat_map(|name| tries(&places, name, asked.endings)).collect();
        let found = tries.iter().find_map(|path| self.names.by_name.get(path).copied());
        if found.is_none() && self.sought.len() < MAX_MISSING {
            self.sought.push(tries);
        }
        match found {
            Some(file) if asked.is_figure => {
                self.figures.insert(file);
            }
            Some(file) if self.names.kind(file) == Some(Kind::Bib) => {
                self.bibliographies.insert(file);
            }
            Some(file) if self.trees.contains_key(&file) => {
                if self.names.kind(file) == Some(Kind::Tex) {
                    self.taken_in.insert((id, asked.span.start), file);
                }
                open.push(file);
            }
            Some(_) => {}
            None if asked.is_required && self.missing.len() < MAX_MISSING => {
                let name = asked.names.first().cloned().unwrap_or_default();
                let (span, is_figure) = (asked.span.clone(), asked.is_figure);
                self.missing.push(Wanted { file: id, span, name, is_figure });
            }
            None => {}
        }
    }
}

/// A file that a command asks for, under one of several names.
struct Asked {
    span: Range<u32>,
    names: Vec<String>,
    endings: &'static [&'static str],
    is_figure: bool,
    /// It must be there: a package may come with TeX.
    is_required: bool,
}

/// What the commands of a file ask for.
fn asks(tree: &Tree<'_>) -> Vec<Asked> {
    let folders = graphics_folders(tree);
    let mut asked = Vec::new();
    for (index, name) in tree.commands() {
        let (endings, most): (&'static [&'static str], usize) = match name {
            "input" | "include" | "subfile" | "InputIfFileExists" => (&["", ".tex"], 1),
            "import" | "subimport" | "inputfrom" | "includefrom" => (&["", ".tex"], 2),
            "includegraphics" | "includepdf" | "includesvg" => (&GRAPHICS, 1),
            "bibliography" | "addbibresource" => (&["", ".bib"], 1),
            "usepackage" | "RequirePackage" => (&[".sty"], 1),
            "documentclass" | "LoadClass" => (&[".cls"], 1),
            "bibliographystyle" => (&[".bst"], 1),
            "lstinputlisting" | "verbatiminput" | "VerbatimInput" => (&[""], 1),
            _ => continue,
        };
        let call = tree.call(index, most);
        let words: Vec<_> =
            call.arguments.iter().map(|a| tree.text(a).trim().trim_matches('"').to_owned()).collect();
        // What is shown as it stands is no part of the paper that TeX would run.
        let is_listing = matches!(name, "lstinputlisting" | "verbatiminput" | "VerbatimInput");
        let is_figure =
            is_listing || name.starts_with("includegraphics") || name == "includepdf" || name == "includesvg";
        let is_required = !matches!(
            name,
            "usepackage"
                | "RequirePackage"
                | "documentclass"
                | "LoadClass"
                | "InputIfFileExists"
                | "bibliographystyle"
        ) && !is_listing;
        let lists = matches!(name, "bibliography" | "usepackage" | "RequirePackage");
        let wanted: Vec<Vec<String>> = match &words[..] {
            [word] if lists => word.split(',').map(|w| vec![w.trim().to_owned()]).collect(),
            [word] if is_figure && !is_listing => {
                vec![folders.iter().map(|f| format!("{f}{word}")).collect()]
            }
            [word] => vec![vec![word.clone()]],
            [folder, word] => vec![vec![format!("{folder}/{word}")]],
            _ => continue,
        };
        let computed =
            |names: &Vec<String>| names.iter().any(|n| n.is_empty() || n.contains(['\\', '#', '{', '$']));
        let wanted = wanted.into_iter().filter(|names| !computed(names));
        asked.extend(wanted.map(|names| Asked {
            span: call.span.clone(),
            names,
            endings,
            is_figure,
            is_required,
        }));
    }
    asked
}

/// Folders that figures are looked for in: where the paper stands, and what `\graphicspath` lists.
fn graphics_folders(tree: &Tree<'_>) -> Vec<String> {
    let mut folders = vec![String::new()];
    for (index, _) in tree.commands().filter(|(_, name)| *name == "graphicspath") {
        for argument in tree.call(index, 1).arguments {
            let text = tree.text(&argument);
            folders
                .extend(text.split(['{', '}']).map(str::trim).filter(|f| !f.is_empty()).map(str::to_owned));
        }
    }
    folders
}

/// The files of a submission by name.
struct Names<'a> {
    files: &'a [File],
    by_name: BTreeMap<String, FileId>,
}

impl<'a> Names<'a> {
    fn of(submission: &'a Submission) -> Self {
        let named = |(i, f): (usize, &File)| (f.name.clone(), FileId(i as u32));
        Self { files: &submission.files, by_name: submission.files.iter().enumerate().map(named).collect() }
    }

    fn name(&self, id: FileId) -> &str {
        self.files.get(id.0 as usize).map_or("", |f| &f.name)
    }

    fn kind(&self, id: FileId) -> Option<Kind> {
        self.files.get(id.0 as usize).map(|f| f.kind)
    }

    /// A source of the paper, and not of what is handed in beside it.
    fn could_be_root(&self, id: FileId) -> bool {
        let file = self.files.get(id.0 as usize);
        file.is_some_and(|f| f.kind == Kind::Tex && f.origin != Origin::Supplement)
    }
}

/// The source that was handed in by itself: whoever names a file means it.
fn handed_in(submission: &Submission) -> Option<FileId> {
    let first = submission.files.first()?;
    (first.kind == Kind::Tex && first.name == submission.name).then_some(FileId(0))
}

/// The paths that a name may stand for.
fn tries(folders: &[String], name: &str, endings: &[&str]) -> Vec<String> {
    let all = folders.iter().flat_map(|folder| endings.iter().map(move |e| joined(folder, name, e)));
    all.flatten().collect()
}

/// A path below a folder, without `.` and `..`; `None` for one that leads above the root.
fn joined(folder: &str, name: &str, ending: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    let whole = format!("{folder}/{name}{ending}");
    for part in whole.split('/').filter(|p| !p.is_empty() && *p != ".") {
        if part == ".." {
            parts.pop()?;
        } else {
            parts.push(part);
        }
    }
    Some(parts.join("/"))
}

/// What stands before the last slash.
pub(super) fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A file's own name without its ending.
pub(super) fn stem(name: &str) -> &str {
    let last = name.rsplit('/').next().unwrap_or(name);
    last.rsplit_once('.').map_or(last, |(stem, _)| stem)
}
