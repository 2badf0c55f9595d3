//! The Rust files of the project, read for scanning: code apart from comments and texts.

use regex::{Captures, Regex};
use std::path::Path;
use std::sync::LazyLock;

/// A Rust file of the project.
pub(crate) struct Source {
    /// Its path from the root of the project, with forward slashes.
    pub(crate) path: String,
    /// All of it.
    pub(crate) text: String,
    /// Comments, and what stands between quotes, turned to blanks; every line break where it was.
    pub(crate) code: String,
    /// What stands between quotes, with its line (1-based).
    pub(crate) literals: Vec<(usize, String)>,
}

impl Source {
    fn read(path: String) -> Self {
        let text = read(&path);
        let (code, literals) = scan(&text);
        Self { path, text, code, literals }
    }

    /// The number of lines before the tests at the end of the file.
    pub(crate) fn lines_before_tests(&self) -> usize {
        let tests = self.code.find("#[cfg(test)]\nmod tests {").unwrap_or(self.code.len());
        self.code[..tests].lines().count()
    }

    /// The code before the tests at the end of the file.
    pub(crate) fn code_before_tests(&self) -> String {
        self.code.lines().take(self.lines_before_tests()).map(|line| format!("{line}\n")).collect()
    }

    /// The tests at the end of the file, quotes and all.
    pub(crate) fn tests(&self) -> String {
        self.text.lines().skip(self.lines_before_tests()).map(|line| format!("{line}\n")).collect()
    }

    /// The room of `src/` that it belongs to; `None` for the map and the program.
    pub(crate) fn room(&self) -> Option<&str> {
        let inside = self.path.strip_prefix("src/")?;
        let room = inside.split('/').next().unwrap_or(inside).trim_end_matches(".rs");
        (room != "lib" && room != "main").then_some(room)
    }
}

/// The root of the project.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a file of the project.
pub(crate) fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|cause| panic!("{path}: {cause}"))
}

/// Every Rust file under these directories, in order.
pub(crate) fn sources(directories: &[&str]) -> Vec<Source> {
    files(directories).into_iter().filter(|path| path.ends_with(".rs")).map(Source::read).collect()
}

/// Every file under these directories, in order.
pub(crate) fn files(directories: &[&str]) -> Vec<String> {
    let walk = |directory: &&str| walkdir::WalkDir::new(root().join(directory)).sort_by_file_name();
    let entries = directories.iter().flat_map(walk).filter_map(Result::ok);
    entries.filter(|e| e.file_type().is_file()).map(|e| relative(e.path())).collect()
}

fn relative(path: &Path) -> String {
    let inside = path.strip_prefix(root()).expect("a file of the project");
    inside.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Fails with every offence, one a line.
pub(crate) fn none(offences: impl IntoIterator<Item = String>) {
    let offences: Vec<_> = offences.into_iter().collect();
    assert!(offences.is_empty(), "\n  {}\n", offences.join("\n  "));
}

/// A comment, a raw text, a text, or a character; a lifetime is none of them.
static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r##"(?xs)
        (?P<comment> //[^\n]* | /\*.*?\*/ )
        | \bb?r\#"(?P<hashed>.*?)"\#
        | \bb?r"(?P<raw>[^"]*)"
        | "(?P<plain>(?:\\.|[^"\\])*)"
        | '(?:\\(?:u\{[^}]*\}|x..|.)|[^'\\])'"##,
    )
    .expect("a sound pattern")
});

/// Code without comments and texts, and the texts by line.
fn scan(text: &str) -> (String, Vec<(usize, String)>) {
    let mut literals = Vec::new();
    let code = TOKEN.replace_all(text, |found: &Captures<'_>| {
        let quoted = ["hashed", "raw", "plain"].into_iter().find_map(|name| found.name(name));
        if let Some(quoted) = quoted {
            let line = text[..quoted.start()].matches('\n').count() + 1;
            literals.push((line, quoted.as_str().to_owned()));
        }
        found[0].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect::<String>()
    });
    (code.into_owned(), literals)
}

#[test]
fn comments_and_texts_are_told_from_code() {
    let (code, literals) =
        scan("let a = \"1 // \\\" 2\"; // 3\nfn f<'a>(c: &'a str) { c == '\"'; r#\"4 \" 5\"# }");
    assert_eq!(code.replace(' ', ""), "leta=;\nfnf<'a>(c:&'astr){c==;}");
    assert_eq!(literals, [(1, "1 // \\\" 2".to_owned()), (2, "4 \" 5".to_owned())]);
}
