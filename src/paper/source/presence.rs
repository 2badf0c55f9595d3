//! Files that tell by being there, or by their names: version control, credentials, trackers, leftovers.

use super::hint::{Hint, HintKind, Hints, Setting, Weight};
use super::sign::signs;
use crate::place::FileId;
use crate::submission::{Origin, Submission, Wrapping};
use std::collections::BTreeSet;

/// Folders of other people's work that is handed on with one's own.
const VENDORED: [&str; 12] = [
    "_vendor",
    "third_party",
    "third-party",
    "thirdparty",
    "vendor",
    "vendored",
    "external",
    "extern",
    "deps",
    "node_modules",
    "site-packages",
    "submodules",
];

/// Whether a file is of other people's work, by the folders it lies in.
pub(super) fn is_vendored(name: &str) -> bool {
    name.split('/').any(|part| VENDORED.contains(&part.to_lowercase().as_str()))
}

/// Whether a file holds data, by the folders it lies in: its names and addresses are what the data is about.
pub(super) fn is_data(name: &str) -> bool {
    name.split('/').any(|part| {
        matches!(part.to_lowercase().as_str(), "data" | "dataset" | "datasets" | "corpus" | "corpora")
    })
}

/// What the names of all files tell.
pub(super) fn hints(submission: &Submission) -> Vec<Hint> {
    let mut found = Vec::new();
    let mut folders = BTreeSet::new();
    for (index, file) in submission.files.iter().enumerate() {
        let mut hints = Hints::of(FileId(index as u32), file);
        if let Some(folder) = version_control(&file.name) {
            let words = telling(submission, folder);
            // A repository at the root of a folder is where its authors work; packed, it is handed in.
            let is_workplace = !folder.contains('/')
                && submission.files[0].name != submission.name
                && file.origin == Origin::Input;
            let weight = if is_workplace { Weight::Slight } else { Weight::Full };
            if folders.insert(folder.to_owned()) {
                hints.add_within(HintKind::VersionControl, weight, format!("{folder} {words}"), None);
            }
        } else if !is_vendored(&file.name) {
            of_name(&mut hints);
        }
        for sign in signs(file.name.as_bytes(), &[HintKind::Email, HintKind::LocalPath]) {
            let text = file.name[sign.bytes.clone()].to_owned();
            hints.add_within(sign.kind, sign.weight, text, None);
        }
        found.append(&mut hints.found);
    }
    for wrapping in &submission.wrappings {
        found.extend(owner(submission, wrapping));
    }
    one_owner(found)
}

/// The folder of version control that a file lies in, from the root of the submission.
fn version_control(name: &str) -> Option<&str> {
    let parts = [".git", ".hg", ".svn"];
    let inside = name.match_indices('/').map(|(at, _)| &name[..at]).chain([name]);
    inside.into_iter().find(|path| parts.iter().any(|p| path.rsplit('/').next() == Some(p)))
}

/// Whether the folder of version control or the tracker that a file belongs to was told as a whole.
pub(super) fn is_told(name: &str) -> bool {
    version_control(name).is_some()
}

/// What the settings and logs of a repository say of people.
fn telling(submission: &Submission, folder: &str) -> String {
    let inside = submission.files.iter().filter(|f| f.name.starts_with(&format!("{folder}/")));
    let is_telling = |line: &&str| line.contains('@') || line.starts_with("name =") || line.contains("url =");
    let lines = inside
        .flat_map(|f| crate::tex::decoded(&f.bytes).lines().map(|l| l.trim().to_owned()).collect::<Vec<_>>());
    let words: Vec<String> =
        lines.filter(|l| is_telling(&l.as_str())).take(MOST_LINES).map(|l| without_hash(&l)).collect();
    words.join("; ")
}

/// Lines of a repository that are shown.
const MOST_LINES: usize = 5;

/// A line of a log without the two object names that it begins with.
fn without_hash(line: &str) -> String {
    let is_hash = |w: &&str| w.len() >= 40 && w.bytes().all(|b| b.is_ascii_hexdigit());
    line.split_whitespace().skip_while(is_hash).collect::<Vec<_>>().join(" ")
}

/// Files that authors know not to hand in. Source: ssh-keygen(1), curl(1), git-credential-store(1), pypirc.
const CREDENTIALS: [&str; 9] = [
    ".env",
    ".netrc",
    "_netrc",
    ".pypirc",
    ".npmrc",
    ".git-credentials",
    "credentials.json",
    "id_rsa",
    "id_ed25519",
];
/// What systems and editors leave. Source: their own manuals.
const LEFT: [&str; 8] = [
    ".DS_Store",
    "Thumbs.db",
    "desktop.ini",
    ".Rhistory",
    ".RData",
    ".bash_history",
    ".viminfo",
    ".python_history",
];
const LEFT_FOLDERS: [&str; 5] = ["__MACOSX", ".idea", ".vscode", ".Rproj.user", ".ipynb_checkpoints"];
/// Endings of what TeX and its helpers write beside a source. A `.bbl` may be all that is left of a bibliography: it
/// stays. Source: the lists that latexmk(1) cleans with `-c`, and the manual of SyncTeX.
const BUILT: [&str; 14] = [
    "aux",
    "log",
    "out",
    "toc",
    "lof",
    "lot",
    "fls",
    "fdb_latexmk",
    "blg",
    "bcf",
    "run.xml",
    "synctex.gz",
    "nav",
    "snm",
];
/// What Python compiles a file to, and the folder it does so in.
const COMPILED: (&str, &str) = ("pyc", "__pycache__");
/// Folders that trackers of experiments write. Source: manuals of Weights & Biases, MLflow, Hydra, Neptune.
const TRACKERS: [&str; 5] = ["wandb", "mlruns", ".hydra", ".neptune", "lightning_logs"];

/// Whether an operating system or an editor left the file there.
fn is_left_behind(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    LEFT.contains(&last)
        || last.ends_with(".swp")
        || last.starts_with("~$")
        || name.split('/').rev().skip(1).any(|folder| LEFT_FOLDERS.contains(&folder))
}

/// Files that a paper is handed in without, each with what it is: nobody needs them to build it or to read it.
pub(super) fn needless(submission: &Submission) -> Vec<(FileId, &'static str)> {
    let sources: BTreeSet<&str> =
        submission.files.iter().filter_map(|f| f.name.strip_suffix(".tex")).collect();
    let why = |name: &str| {
        let ending = BUILT.iter().find_map(|e| name.strip_suffix(e)?.strip_suffix('.'));
        let is_compiled = name.ends_with(&format!(".{}", COMPILED.0)) && name.contains(COMPILED.1);
        if version_control(name).is_some() {
            Some("version control")
        } else if is_vendored(name) {
            None
        } else if is_left_behind(name) {
            Some("left by a system or an editor")
        } else {
            (is_compiled || ending.is_some_and(|stem| sources.contains(stem))).then_some("made by a build")
        }
    };
    let all = submission.files.iter().enumerate();
    all.filter_map(|(index, file)| Some((FileId(index as u32), why(&file.name)?))).collect()
}

fn of_name(hints: &mut Hints<'_>) {
    let name = hints.file.name.clone();
    let last = name.rsplit('/').next().unwrap_or(&name);
    let folders = || name.split('/').rev().skip(1);
    if CREDENTIALS.contains(&last)
        || last.starts_with(".env.") && !last.ends_with("example")
        || last.starts_with("id_") && !last.contains('.')
    {
        let keys = keys(&hints.file.bytes);
        hints.add_within(HintKind::Credential, Weight::Full, format!("{last}: {keys}"), None);
    } else if is_left_behind(&name) {
        match swapped(&hints.file.bytes) {
            Some(who) => hints.add_within(HintKind::SystemFile, Weight::Some, format!("{last}: {who}"), None),
            None => hints.add_within(HintKind::SystemFile, Weight::Some, last, None),
        }
    }
    if let Some(host) = last.strip_prefix("events.out.tfevents.").and_then(|rest| rest.split_once('.')) {
        // The name ends in the number of the process and a counter.
        let machine: Vec<_> =
            host.1.split('.').take_while(|p| !p.bytes().all(|b| b.is_ascii_digit())).collect();
        let machine = machine.join(".");
        let weight = if machine.contains('.') { Weight::Full } else { Weight::Some };
        hints.add_within(HintKind::Tracker, weight, machine, None);
    } else if folders().any(|f| TRACKERS.contains(&f)) || last == "mlflow.user" {
        tracked(hints);
    }
}

/// Who edited the file that a swap file of Vim stands for, and where. Source: Vim, memline.c, `struct block0`.
fn swapped(bytes: &[u8]) -> Option<String> {
    let text = |range: std::ops::Range<usize>| -> Option<String> {
        let field = bytes.get(range)?.split(|b| *b == 0).next()?;
        Some(String::from_utf8_lossy(field).into_owned()).filter(|t| !t.is_empty())
    };
    bytes.starts_with(b"b0VIM").then_some(())?;
    Some(format!("{}@{}", text(USER)?, text(HOST)?))
}

/// Where the names of user and machine stand in a swap file of Vim, as bytes from its start.
const USER: std::ops::Range<usize> = 28..68;
const HOST: std::ops::Range<usize> = 68..108;

/// What a tracker wrote down about machine and user.
fn tracked(hints: &mut Hints<'_>) {
    static FACTS: std::sync::LazyLock<regex::bytes::Regex> = std::sync::LazyLock::new(|| {
        regex::bytes::Regex::new(
            r#"(?-u)"?\b(?:host|username|user|email|remote|entity|user_id)"?\s*[:=]\s*"?[^"\s,}]{2,}"#,
        )
        .expect("internal error: the pattern is fixed")
    });
    let bytes = hints.file.bytes.clone();
    let ranges: Vec<_> = FACTS.find_iter(&bytes).map(|m| m.range()).collect();
    for range in ranges {
        let text = String::from_utf8_lossy(&bytes[range.clone()]);
        let value = text.rsplit(['"', ' ', ':', '=']).next().unwrap_or_default();
        if !crate::pattern::is_nobodys_login(value)
            && !matches!(value, "null" | "None" | "localhost" | "unknown")
        {
            hints.add(HintKind::Tracker, Setting::File, Weight::Full, &range);
        }
    }
}

/// The names that a file of credentials sets, without their values.
fn keys(bytes: &[u8]) -> String {
    let text = crate::tex::decoded(bytes);
    let named = text.lines().filter_map(|line| {
        let line = line.trim().trim_start_matches("export ");
        match line.split_once('=') {
            Some((key, value)) if is_account(key) => Some(format!("{key}={}", value.trim())),
            Some((key, _)) => Some(key.trim().to_owned()),
            None => line.starts_with("login ").then(|| line.to_owned()),
        }
    });
    named.take(MOST_LINES).collect::<Vec<_>>().join(", ")
}

/// Whether a setting names who somebody is, and no secret.
fn is_account(key: &str) -> bool {
    let key = key.to_uppercase();
    ["ENTITY", "USER", "USERNAME", "EMAIL", "ORG", "TEAM"].iter().any(|w| key.ends_with(w))
}

/// Names of owners that are nobody's.
const OWNERS: [&str; 10] =
    ["root", "wheel", "staff", "users", "user", "nobody", "nogroup", "admin", "0", "none"];

fn owner(submission: &Submission, wrapping: &Wrapping) -> Option<Hint> {
    let file = submission.file(wrapping.file)?;
    let mut hints = Hints::of(wrapping.file, file);
    let is_comment = wrapping.inside == "comment";
    let is_somebody = |w: &&String| {
        !w.is_empty() && !OWNERS.contains(&w.to_lowercase().as_str()) && !crate::pattern::is_nobodys_login(w)
    };
    let words: Vec<_> = wrapping.words.iter().filter(|w| is_comment || is_somebody(w)).cloned().collect();
    if words.is_empty() {
        return None;
    }
    let named = !is_comment || super::sign::is_somebody(&words[0]);
    let weight = if named { Weight::Full } else { Weight::Slight };
    let kind = HintKind::ArchiveOwner;
    hints.add_within(kind, weight, words.join(" / "), Some(&wrapping.inside));
    hints.found.pop()
}

/// The same owner of many members is told once.
fn one_owner(found: Vec<Hint>) -> Vec<Hint> {
    let mut seen = BTreeSet::new();
    let is_new = |h: &Hint| h.kind != HintKind::ArchiveOwner || seen.insert(h.text.clone());
    found
        .into_iter()
        .filter({
            let mut is_new = is_new;
            move |h| is_new(h)
        })
        .collect()
}
