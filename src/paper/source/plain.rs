//! What supplements tell: code, notebooks, package descriptions, licences, notes, logs, compiled files.

use super::hint::{Hint, HintKind, Hints, Setting, Weight};
use super::nobody::names_nobody;
use super::presence::{is_data, is_vendored};
use super::sign::{is_somebody, signs};
use crate::place::FileId;
use crate::submission::{File, Kind};
use regex::bytes::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

/// Endings of files that come with TeX or are made by it: the people in them are not the authors, or are cited.
const OF_TEX: [&str; 12] =
    ["bst", "bbl", "bbx", "cbx", "clo", "fd", "def", "cfg", "ins", "dtx", "ldf", "blg"];

/// Everything that the bytes of a file tell, whatever it is.
pub(super) fn hints(id: FileId, file: &File) -> Vec<Hint> {
    let mut hints = Hints::of(id, file);
    let ending = file.name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    let is_other = is_of_others(&file.name);
    match file.kind {
        Kind::Text | Kind::Image => {
            let paths: &[HintKind] = &[HintKind::LocalPath, HintKind::Instruction];
            let people: &[HintKind] = &[
                HintKind::LocalPath,
                HintKind::Instruction,
                HintKind::Email,
                HintKind::Orcid,
                HintKind::Credential,
            ];
            all(&mut hints, if is_other || file.kind == Kind::Image { paths } else { people });
            if !is_other && file.kind == Kind::Text && !is_data(&file.name) {
                package(&mut hints);
                accounts(&mut hints);
                notebook(&mut hints, &ending);
            }
        }
        // Compiled files hold the paths they were made from.
        Kind::Other => {
            all(&mut hints, &[HintKind::LocalPath]);
            wide(&mut hints);
        }
        Kind::Pdf => all(&mut hints, &[HintKind::LocalPath]),
        _ => {}
    }
    if is_other {
        hints.found.iter_mut().for_each(|h| h.weight = Weight::Slight);
    }
    hints.found
}

/// Whether a file is other people's, by its folder or its ending.
pub(super) fn is_of_others(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    is_vendored(name) || OF_TEX.contains(&ending.as_str())
}

fn all(hints: &mut Hints<'_>, kinds: &[HintKind]) {
    let is_data = is_data(&hints.file.name);
    let file = hints.file;
    for sign in signs(&file.bytes, kinds) {
        if hints.is_full() {
            return;
        }
        let is_about = is_data && sign.kind == HintKind::Email;
        let weight = if is_about { Weight::Slight } else { sign.weight };
        if sign.kind == HintKind::Credential {
            let text = String::from_utf8_lossy(&file.bytes[sign.bytes.clone()])
                .chars()
                .take(SHOWN_OF_KEY)
                .collect::<String>();
            hints.add_within(sign.kind, weight, format!("{text}…"), None);
        } else if is_once(hints, sign.kind, &sign.bytes) {
            hints.add(sign.kind, Setting::File, weight, &sign.bytes);
        }
    }
}

/// Characters of a key that tell its kind and nothing else. Source: prefixes of the services' keys.
const SHOWN_OF_KEY: usize = 4;

/// A log repeats the same home on every line: each login is told once in a file.
fn is_once(hints: &Hints<'_>, kind: HintKind, bytes: &Range<usize>) -> bool {
    let text = String::from_utf8_lossy(&hints.file.bytes[bytes.clone()]).into_owned();
    let home =
        |path: &str| path.split(['/', '\\']).filter(|p| !p.is_empty()).take(2).collect::<Vec<_>>().join("/");
    kind != HintKind::LocalPath || !hints.found.iter().any(|h| h.kind == kind && home(&h.text) == home(&text))
}

/// Text in UTF-16, as systems write it: the same without its zero bytes.
fn wide(hints: &mut Hints<'_>) {
    let bytes = &hints.file.bytes;
    let is_wide = super::sign::holds_any(bytes, &[b"U\0s\0e\0r\0s", b"h\0o\0m\0e\0"]);
    if is_wide {
        // Letters with their zero byte before them, or after them; anything else parts words.
        let letter = |at: usize, zero: Option<usize>| {
            let is_wide = zero.is_some_and(|z| bytes.get(z) == Some(&0));
            if is_wide { bytes[at] } else { b'\n' }
        };
        let kept = |at: &usize| bytes[*at] != 0;
        let big: Vec<u8> = (0..bytes.len()).filter(kept).map(|at| letter(at, at.checked_sub(1))).collect();
        let little: Vec<u8> = (0..bytes.len()).filter(kept).map(|at| letter(at, Some(at + 1))).collect();
        for narrow in [big, little] {
            for sign in signs(&narrow, &[HintKind::LocalPath]) {
                let text = String::from_utf8_lossy(&narrow[sign.bytes.clone()]).into_owned();
                hints.add_within(sign.kind, sign.weight, text, None);
            }
        }
    }
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("internal error: the pattern is fixed")
}

/// Fields of package descriptions and heads of files. Source: the formats' own manuals.
static AUTHOR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r#"(?im-u)(?:^|[\s,({#*/;%-])["']?(?:__author__|author|authors|author_email|maintainer|maintainers|creators?|contributors|LABEL\s+maintainer|@author|given-names|family-names|givenName|familyName)["']?"#,
        r#"[ \t]*[:= ][ \t]*(\[[^\]]{2,600}\]|[^\n]{2,200})"#
    ))
});
static HOLDER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?im-u)^[\s#*/%;<!-]*(?:SPDX-FileCopyrightText:|Copyright\b)\s*(?:\(c\)|\xc2\xa9)?\s*(?:[\d,\s\x80-\xff-]+)?(?:by\s+)?([^\n<(]{2,80})",
    )
});

/// Who wrote a package and who holds its rights.
fn package(hints: &mut Hints<'_>) {
    let file = hints.file;
    if super::sign::holds_any(
        &file.bytes,
        &[b"uthor", b"AUTHOR", b"aintainer", b"reator", b"names", b"Name", b"ontributors"],
    ) {
        for found in AUTHOR.captures_iter(&file.bytes) {
            if let Some((bytes, value)) = value_of(&found) {
                // Only where a value is set: running text has authors too.
                let named = names_in(&value);
                if named && !hints.is_full() {
                    hints.add(HintKind::PackageAuthor, Setting::File, Weight::Full, &bytes);
                }
            }
        }
    }
    if super::sign::holds_any(&file.bytes, &[b"opyright"]) {
        for found in HOLDER.captures_iter(&file.bytes) {
            if let Some((bytes, value)) = value_of(&found) {
                let holder = value.trim_end_matches(['.', ',']).replace("All rights reserved", "");
                let is_named = holder.split_whitespace().any(|w| w.starts_with(char::is_uppercase));
                if is_named
                    && !names_nobody(&holder)
                    && !holder.contains(['[', '{', '$'])
                    && !is_template(&holder)
                {
                    let weight = if is_company(&holder) { Weight::Some } else { Weight::Full };
                    hints.add(HintKind::LicenseHolder, Setting::File, weight, &bytes);
                }
            }
        }
    }
    for found in ELEMENT.captures_iter(&file.bytes) {
        if let (Some(whole), Some(value)) = (found.get(0), found.get(1)) {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            if !names_nobody(&value) && !is_program(&value) && value.contains(char::is_alphabetic) {
                hints.add(HintKind::PackageAuthor, Setting::File, Weight::Full, &whole.range());
            }
        }
    }
    if file.name.rsplit('/').next() == Some("CODEOWNERS") {
        let bytes = 0..file.bytes.len().min(LONGEST_OWNERS);
        hints.add(HintKind::PackageAuthor, Setting::File, Weight::Full, &bytes);
    }
}

/// Elements of packages and office documents. Source: ECMA-376 part 2, 11; ODF 1.2 part 1, 4.3; NuGet.
static ELEMENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?-u)<(?:dc:creator|cp:lastModifiedBy|Company|Manager|meta:initial-creator|authors|owners|author)>([^<]{2,120})</",
    )
});

/// Names that programs write where an author is asked for.
fn is_program(value: &str) -> bool {
    ["python-docx", "openpyxl", "Microsoft", "LibreOffice", "PowerPoint", "Apache"]
        .iter()
        .any(|p| value.contains(p))
}

/// Bytes of a list of owners that are shown.
const LONGEST_OWNERS: usize = 200;

/// Whether a holder is a company or a project, whose code is often copied with its head.
fn is_company(holder: &str) -> bool {
    const WORDS: [&str; 17] = [
        "inc",
        "corporation",
        "corp",
        "llc",
        "ltd",
        "gmbh",
        "foundation",
        "team",
        "contributors",
        "google",
        "facebook",
        "meta",
        "nvidia",
        "microsoft",
        "openai",
        "deepmind",
        "developers",
    ];
    holder.split(|c: char| !c.is_alphanumeric()).any(|w| WORDS.contains(&w.to_lowercase().as_str()))
}

/// Holders that licences name in their own text.
fn is_template(holder: &str) -> bool {
    let lower = holder.to_lowercase();
    [
        "free software foundation",
        "notice",
        "holder",
        "license",
        "owner",
        "owners",
        "law",
        "statement",
        "and ",
        "the ",
    ]
    .iter()
    .any(|w| lower.contains("free software") || lower.starts_with(w) || lower.ends_with(w.trim()))
}

fn value_of(found: &Captures<'_>) -> Option<(Range<usize>, String)> {
    let value = String::from_utf8_lossy(found.get(1)?.as_bytes()).trim().to_owned();
    let whole = found.get(0)?;
    let lead =
        whole.as_bytes().iter().take_while(|b| b.is_ascii_whitespace() || b"#*/;%,({-".contains(b)).count();
    Some((whole.start() + lead..whole.end(), value))
}

/// Whether a value names somebody: in quotes or brackets, after a header, or an address.
fn names_in(value: &str) -> bool {
    let cut = value.split([']', '}', ')']).next().unwrap_or(value);
    let quoted: Vec<&str> =
        cut.split(['"', '\'']).enumerate().filter(|(i, _)| i % 2 == 1).map(|(_, w)| w).collect();
    if quoted.is_empty() {
        let plain = cut.trim_matches(|c: char| "[{( ,".contains(c));
        // A header holds a name and little else.
        let words = plain.split_whitespace().count();
        return is_somebody(plain) && words <= MOST_WORDS || is_one_name(plain);
    }
    quoted.iter().any(|word| is_somebody(word))
}

/// Words of a name with its address. Chosen: two names of three words and two addresses.
const MOST_WORDS: usize = 8;

/// A single capitalised word, as `family-names: Quist` has it.
fn is_one_name(value: &str) -> bool {
    let mut words = value.split_whitespace();
    let (first, rest) = (words.next().unwrap_or_default(), words.next());
    rest.is_none()
        && first.starts_with(char::is_uppercase)
        && first.chars().count() > 2
        && first.chars().all(|c| c.is_alphabetic() || c == '-')
        && !names_nobody(first)
}

static ACCOUNT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i-u)(?:https?://|git@|ssh://git@)(?:gist\.|www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|huggingface\.co|wandb\.ai)[/:](?:datasets/|spaces/)?([a-z0-9][\w.\-]*)(?:/[\w.\-]+)?",
        r"|https?://[\w.\-]+(?:/[\w.\-]+)*/~([a-z][\w.\-]+)/?|https?://([a-z0-9\-]+)\.(?:github|gitlab)\.io\b[\w./\-]*",
        r"|https?://(?:www\.)?linkedin\.com/in/([\w\-]+)|https?://sites\.google\.com/([\w./\-]+)|https?://(?:drive|docs)\.google\.com/(\S+)|https?://(?:www\.)?dropbox\.com/(\S+)|https?://(?:www\.)?overleaf\.com/(?:read|project)/(\w+)",
    ))
});
/// What stands before an address of one's own.
static OWN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?i-u)\b(?:homepage|repository|repo|project[ _-]?(?:page|url)|source|"?url"?\s*[:=]|our|contact|author|badge|cite as)\b"#,
    )
});

/// Accounts in a source: only what is the authors' own by the words before it; the rest is cited.
pub(super) fn own_accounts(id: FileId, file: &File) -> Vec<Hint> {
    let mut hints = Hints::of(id, file);
    accounts(&mut hints);
    hints.found.retain(|h| h.weight == Weight::Full);
    hints.found
}

/// The most bytes before an address that can be of its sentence. Chosen: that of a hundred long words. A file may be one
/// line of a hundred thousand addresses.
const LONGEST_SENTENCE: usize = 1_000;

/// Accounts and pages that are the authors' own, by the words before them.
fn accounts(hints: &mut Hints<'_>) {
    let file = hints.file;
    if !super::sign::holds_any(&file.bytes, &[b"://", b"git@"]) || is_list_of_packages(&file.name) {
        return;
    }
    let clones = memchr::memmem::find_iter(&file.bytes, b"git clone").take(2).count();
    for found in ACCOUNT.captures_iter(&file.bytes) {
        let Some(whole) = found.get(0) else { continue };
        let account = (1..8)
            .find_map(|i| found.get(i))
            .map_or(String::new(), |m| String::from_utf8_lossy(m.as_bytes()).to_lowercase());
        if account.contains("anon") || account.contains("blind") || hints.is_full() {
            continue;
        }
        let line = &file.bytes[whole.start().saturating_sub(LONGEST_SENTENCE)..whole.start()];
        let line = &line[memchr::memrchr(b'\n', line).map_or(0, |n| n + 1)..];
        // The words of the same sentence: what stands before it speaks of something else.
        let sentence = memchr::memmem::rfind(line, b". ").map_or(0, |n| n + 2);
        let before = &line[sentence..];
        let is_shared = (6..found.len()).any(|i| found.get(i).is_some());
        let is_page = is_shared || [2, 4, 5].iter().any(|i| found.get(*i).is_some());
        // The only thing that is to be cloned is what the notes are about.
        let is_own_clone = clones == 1 && before.ends_with(b"git clone ");
        let is_own = OWN.is_match(before) || is_own_clone || is_shared || is_page && is_prose(&file.name);
        let weight = if is_own { Weight::Full } else { Weight::Slight };
        hints.add(HintKind::Account, Setting::File, weight, &whole.range());
    }
}

/// Lists of what a program needs name other people's work.
fn is_list_of_packages(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name).to_lowercase();
    last.contains("requirements")
        || last.ends_with(".lock")
        || matches!(
            last.as_str(),
            "environment.yml" | "environment.yaml" | "package-lock.json" | ".gitmodules"
        )
}

fn is_prose(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.rsplit('/').next().is_some_and(|n| n.starts_with("readme")) || lower.ends_with(".html")
}

static KERNEL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"(?-u)"display_name"\s*:\s*"[^"]*\(([\w\-]+)\)""#));
static HOST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r#"(?-u)(?:^|["'\s@=])((?:[a-z][\w\-]*\.){2,}(?:edu|ac\.[a-z]{2}|uni-[a-z]+\.de|ethz\.ch))\b"#)
});

/// Accounts that jobs are run under. Source: sbatch(1), qsub(1).
static JOB: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?m-u)^#(?:SBATCH|PBS)\s+(?:--account|--mail-user|-A|-M)[= ]+([^\s#]{2,60})"));

/// What notebooks and jobs write down about where they ran.
fn notebook(hints: &mut Hints<'_>, ending: &str) {
    let file = hints.file;
    for found in JOB.captures_iter(&file.bytes) {
        let (Some(whole), Some(account)) = (found.get(0), found.get(1)) else { continue };
        let account = String::from_utf8_lossy(account.as_bytes());
        let is_open = account.contains(['$', '<']) || crate::pattern::is_nobodys_login(&account);
        if !is_open && !super::nobody::is_nobodys_address(&account) {
            hints.add(HintKind::Tracker, Setting::File, Weight::Full, &whole.range());
        }
    }
    if ending == "ipynb" {
        for found in KERNEL.captures_iter(&file.bytes) {
            let (Some(whole), Some(name)) = (found.get(0), found.get(1)) else { continue };
            let name = String::from_utf8_lossy(name.as_bytes()).to_lowercase();
            if !matches!(name.as_str(), "ipykernel" | "base" | "conda" | "venv" | "local")
                && !name.starts_with("py")
            {
                hints.add(HintKind::PackageAuthor, Setting::File, Weight::Some, &whole.range());
            }
        }
    }
    if matches!(
        ending,
        "ipynb" | "log" | "out" | "err" | "json" | "yaml" | "yml" | "txt" | "sh" | "sbatch" | "slurm"
    ) {
        for found in HOST.captures_iter(&file.bytes) {
            if let Some(host) = found.get(1).filter(|h| !h.as_bytes().starts_with(b"www.")) {
                hints.add(HintKind::Host, Setting::File, Weight::Full, &host.range());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::Origin;

    fn told(name: &str, text: &str) -> Vec<(HintKind, Weight)> {
        let file = File::new(name.to_owned(), text.as_bytes().to_vec(), Origin::Supplement);
        hints(FileId(0), &file).into_iter().map(|h| (h.kind, h.weight)).collect()
    }

    #[test]
    fn fields_of_packages_tell_their_authors() {
        let full = Weight::Full;
        assert_eq!(
            told("pyproject.toml", "authors = [{name = \"Mira Quist\"}]"),
            [(HintKind::PackageAuthor, full)]
        );
        assert_eq!(
            told("CITATION.cff", "authors:\n  - family-names: Quist\n"),
            [(HintKind::PackageAuthor, full)]
        );
        assert_eq!(told("a.py", "# Author: Mira Quist\n"), [(HintKind::PackageAuthor, full)]);
        assert_eq!(told("LICENSE", "Copyright (c) 2025 Mira Quist\n"), [(HintKind::LicenseHolder, full)]);
        assert!(told("pyproject.toml", "authors = [{name = \"Anonymous\"}]").is_empty());
        assert!(told("a.py", "author = get_author(row)\n# The authors of the paper say so.\n").is_empty());
        assert!(
            told("LICENSE", "Copyright (c) 2025 Anonymous Authors\nthe above copyright notice\n").is_empty()
        );
    }

    #[test]
    fn other_peoples_work_and_data_are_no_traces() {
        assert!(told("third_party/x/LICENSE", "Copyright 2020 Jon Vale\n").is_empty());
        assert_eq!(told("data/a.csv", "m.quist@larkfield.edu\n"), [(HintKind::Email, Weight::Slight)]);
        assert_eq!(
            told("README.md", "Builds on [x](https://github.com/xdev/x).\n"),
            [(HintKind::Account, Weight::Slight)]
        );
        assert!(told("requirements.txt", "git+https://github.com/xdev/x\n").is_empty());
    }

    #[test]
    fn what_is_to_be_cloned_alone_is_their_own() {
        assert_eq!(
            told("README.md", "    git clone https://github.com/mquist/x\n"),
            [(HintKind::Account, Weight::Full)]
        );
        assert!(told("README.md", "see https://anonymous.4open.science/r/x\n").is_empty());
    }

    #[test]
    fn the_words_of_the_sentence_tell_whose_an_address_is() {
        let text = "Our code is at https://github.com/mquist/x. We use https://github.com/xdev/y here.";
        let found = told("README.md", text);
        assert_eq!(found, [(HintKind::Account, Weight::Full), (HintKind::Account, Weight::Slight)]);
    }

    #[test]
    fn jobs_documents_and_compiled_files_tell_whose_they_are() {
        assert_eq!(told("run.sh", "#SBATCH --account=mquist-lab\n#SBATCH --account=$ACCOUNT\n").len(), 1);
        assert_eq!(told("a.docx!/docProps/core.xml", "<dc:creator>Mira Quist</dc:creator>").len(), 1);
        assert!(told("a.docx!/docProps/core.xml", "<dc:creator>python-docx</dc:creator>").is_empty());
        assert_eq!(told("a.pyc", "\0\0\0z/home/mquist/code/run.py").len(), 1);
        assert_eq!(told("x.DS_Store", "\0\0Bud1\0/\0U\0s\0e\0r\0s\0/\0m\0q\0u\0i\0s\0t\0/").len(), 1);
        assert_eq!(told("package.json", "{\"contributors\": [\n \"Mira Quist\"\n]}").len(), 1);
    }

    #[test]
    fn a_log_tells_each_login_once() {
        assert_eq!(told("a.log", "/home/mquist/a\n/home/mquist/b\n").len(), 1);
    }
}
