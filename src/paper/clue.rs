//! Clues in a text that a file keeps where no page shows it: addresses, home directories, keys, names of people.
//!
//! Nothing here looks like a name and is therefore one: a clue has a form that only it has, or stands where a name
//! is asked for.

use super::email;
use super::identity::is_placeholder;
use crate::pattern::{Hit, Topic, hits_on, is_key, is_nobodys_login, masked};
use crate::pdf::{Holder, UnshownEntry};

/// What a clue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClueKind {
    /// A name where a name is asked for.
    Person,
    /// An organisation where one is asked for.
    Organisation,
    /// A holder of rights, who may have made the thing or sold it.
    Rights,
    /// A person's device, or a place on earth.
    Device,
    /// An e-mail address.
    Email,
    /// A path through somebody's home directory.
    Login,
    /// A key or token that opens an account; its words are masked.
    Credential,
}

/// A clue, and the words that are shown for it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clue {
    /// What it is.
    pub kind: ClueKind,
    /// The words; a credential's are masked.
    pub words: String,
}

/// Keys and properties that ask for a person; letter case and what stands before a colon do not matter.
/// Source: ISO 32000-2 §14.3.3, Dublin Core, XMP part 2, Exif 2.32, IPTC IIM 4.2, Office's custom properties.
const PERSON_KEYS: [&str; 18] = [
    "author",
    "authors",
    "artist",
    "attributionname",
    "by-line",
    "cameraownername",
    "captionwriter",
    "contributor",
    "creator",
    "credit",
    "lastmodifiedby",
    "manager",
    "owner",
    "ownername",
    "writer",
    "xpauthor",
    "authoremail",
    "ciemailwork",
];
/// Keys that ask for an organisation, and for a holder of rights.
const ORGANISATION_KEYS: [&str; 4] = ["company", "institution", "organization", "affiliation"];
const RIGHTS_KEYS: [&str; 2] = ["copyright", "copyrightnotice"];
/// Tags that tell one device from all others, or a place.
const DEVICE_KEYS: [&str; 6] = [
    "bodyserialnumber",
    "cameraserialnumber",
    "lensserialnumber",
    "serialnumber",
    "gpslatitude",
    "gpslongitude",
];

/// Every clue of an entry: what its key asks for, and what its words give away.
pub fn clues(entry: &UnshownEntry) -> Vec<Clue> {
    let mut found: Vec<Clue> = asked_for(entry).into_iter().collect();
    found.extend(given_away(entry, &IN_WORDS));
    found
}

/// The clues of some kinds of an entry.
pub fn clues_of(entry: &UnshownEntry, kinds: &[ClueKind]) -> Vec<Clue> {
    let mut found: Vec<Clue> = asked_for(entry).into_iter().collect();
    // To search a text takes longer than to look at a key.
    if kinds.iter().any(|kind| IN_WORDS.contains(kind)) {
        found.extend(given_away(entry, kinds));
    }
    found.retain(|clue| kinds.contains(&clue.kind));
    found
}

/// Clues that words give away, whatever their key.
const IN_WORDS: [ClueKind; 3] = [ClueKind::Email, ClueKind::Login, ClueKind::Credential];

/// The clues of some kinds that the words of an entry give away, whatever its key.
fn given_away(entry: &UnshownEntry, kinds: &[ClueKind]) -> impl Iterator<Item = Clue> {
    let is_label = matches!(entry.holder, Holder::Destination | Holder::Layer | Holder::FormField);
    let is_meant = move |clue: &Clue| !is_label || clue.kind != ClueKind::Email || is_reachable(entry, clue);
    of_kinds(&entry.text, kinds).into_iter().filter(is_meant)
}

/// Ends of host names beside those of countries, which have two letters. Source: IANA, root zone database; those
/// that people have addresses under.
const TOP_LEVELS: [&str; 22] = [
    "academy",
    "ai",
    "app",
    "art",
    "biz",
    "cloud",
    "com",
    "dev",
    "edu",
    "gov",
    "info",
    "int",
    "io",
    "me",
    "mil",
    "name",
    "net",
    "org",
    "science",
    "tech",
    "university",
    "xyz",
];
/// Letters of the ends of host names that stand for countries. Source: ISO 3166-1 alpha-2.
const COUNTRY: usize = 2;

/// Whether mail could be sent to an address among names that LaTeX makes up itself: there an `@` stands between the
/// parts of a macro's name, and a number follows, as in `float@type.1`. Source: hyperref manual, `\hypertarget`.
fn is_reachable(entry: &UnshownEntry, clue: &Clue) -> bool {
    let end = clue.words.rsplit('.').next().unwrap_or_default().to_lowercase();
    let after = entry.text.split_once(&clue.words).map_or("", |(_, after)| after);
    let goes_on = after.starts_with(['.', '*', '@', '-', '_', ':']);
    (end.len() == COUNTRY || TOP_LEVELS.contains(&end.as_str())) && !goes_on
}

/// An entry whose key asks for somebody, and that names somebody.
fn asked_for(entry: &UnshownEntry) -> Option<Clue> {
    let key = entry.key.rsplit_once(':').map_or(entry.key.as_str(), |(_, name)| name).to_ascii_lowercase();
    // In an information dictionary the creator is a program; elsewhere it is whoever made the thing.
    let is_program =
        matches!(entry.holder, Holder::Info | Holder::FigureInfo | Holder::Stray) && key == "creator";
    let holders = matches!(
        entry.holder,
        Holder::Info | Holder::Xmp | Holder::FigureInfo | Holder::ObjectXmp | Holder::Image | Holder::Stray
    );
    if !holders || is_program {
        return None;
    }
    let kind = [
        (ClueKind::Person, &PERSON_KEYS[..]),
        (ClueKind::Organisation, &ORGANISATION_KEYS[..]),
        (ClueKind::Rights, &RIGHTS_KEYS[..]),
        (ClueKind::Device, &DEVICE_KEYS[..]),
    ];
    let (kind, _) = kind.into_iter().find(|(_, keys)| keys.contains(&key.as_str()))?;
    if is_nobody(&entry.text) {
        return None;
    }
    let words = match kind {
        ClueKind::Device => format!("{} {}", entry.key, entry.text),
        _ => entry.text.clone(),
    };
    Some(Clue { kind, words })
}

/// Beginnings of what programs write where a name is asked for.
const PROGRAMS: [&str; 6] =
    ["edited with ", "created with ", "created by ", "generated by ", "matplotlib", "made with "];
/// What systems and programs are called where nobody said their own name.
const ACCOUNTS: [&str; 14] = [
    "administrator",
    "admin",
    "root",
    "owner",
    "default",
    "windows user",
    "mac",
    "apple",
    "picasa",
    "pdflatex",
    "user name",
    "your name",
    "r graphics output",
    "unnamed",
];

/// Whether a name is a template's, a program's or an account's that everybody has.
pub fn is_nobody(name: &str) -> bool {
    let plain = name.trim().to_lowercase();
    is_placeholder(name)
        || PROGRAMS.iter().any(|start| plain.starts_with(start))
        || ACCOUNTS.contains(&plain.as_str())
        || !plain.chars().any(char::is_alphanumeric)
}

/// The most clues that are kept of one text.
const MAX_CLUES: usize = 100;

/// Every address, home directory and credential of a text, in that order.
pub fn in_text(text: &str) -> Vec<Clue> {
    of_kinds(text, &IN_WORDS)
}

/// As [`in_text`], but of some kinds alone.
fn of_kinds(text: &str, kinds: &[ClueKind]) -> Vec<Clue> {
    let hits = hits_on(text, |topic| match topic {
        Topic::Email => kinds.contains(&ClueKind::Email),
        Topic::LocalPath => kinds.contains(&ClueKind::Login),
        Topic::Credential => kinds.contains(&ClueKind::Credential),
        _ => false,
    });
    let mut found: Vec<Clue> = hits.iter().take(MAX_CLUES).filter_map(|hit| clue(text, hit)).collect();
    found.sort();
    found.dedup();
    found
}

/// What a phrase gives away; `None` where it is a template's, a machine's or an example's.
fn clue(text: &str, hit: &Hit) -> Option<Clue> {
    let words = &text[hit.at.clone()];
    let told = |kind, words: String| Some(Clue { kind, words });
    match hit.topic {
        Topic::Email if !email::is_placeholder(words) => told(ClueKind::Email, words.to_owned()),
        Topic::LocalPath if is_home(text, hit) => told(ClueKind::Login, words.to_owned()),
        Topic::Credential if is_key(words) => told(ClueKind::Credential, masked(words)),
        _ => None,
    }
}

/// Whether a path leads through somebody's home, and is not the end of a web address or the name of a file.
fn is_home(text: &str, hit: &Hit) -> bool {
    let before =
        text[..hit.at.start].rsplit(|c: char| c.is_whitespace() || "()<>\"'`=,;|".contains(c)).next();
    let before = before.unwrap_or_default();
    let is_address = before.contains("://") && !before.starts_with("file:");
    let login = text[hit.at.clone()].rsplit(['/', '\\']).next().unwrap_or_default();
    let goes_on = text[hit.at.end..].starts_with(['/', '\\']) || !login.contains('.');
    !is_address && goes_on && !is_nobodys_login(login)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, kind: ClueKind) -> Vec<String> {
        in_text(text).into_iter().filter(|c| c.kind == kind).map(|c| c.words).collect()
    }

    #[test]
    fn addresses_are_found_and_examples_are_not() {
        let text = "Write to m.velm@lanternfield.edu, not to author@example.com or @decorator or a@b.";
        assert_eq!(words(text, ClueKind::Email), ["m.velm@lanternfield.edu"]);
    }

    #[test]
    fn a_home_directory_is_somebodys_unless_everybody_has_it() {
        let find = |text: &str| words(text, ClueKind::Login);
        assert_eq!(find("/home/mvelm/figs/a.pdf"), ["/home/mvelm"]);
        assert_eq!(find("C:\\Users\\Melanie Velm\\a.docx"), ["C:\\Users\\Melanie"]);
        assert_eq!(find("file:///Users/mvelm/a"), ["/Users/mvelm"]);
        assert_eq!(find("/mnt/c/Users/tquist/x"), ["/Users/tquist"]);
        for harmless in [
            "/home/ubuntu/x",
            "/home/user1/x",
            "/compile/figs/a.pdf",
            "https://lanternfield.edu/home/news/today",
            "/home/index.html",
            "/usr/share/texmf",
            "./home/",
            "/home/",
        ] {
            assert!(find(harmless).is_empty(), "{harmless}");
        }
    }

    #[test]
    fn a_credential_is_found_and_never_shown() {
        let token = format!("ghp_{}1A", "x".repeat(36));
        let text = format!("export TOKEN={token}; -----BEGIN RSA PRIVATE KEY-----");
        let found: Vec<String> = in_text(&text).into_iter().map(|c| c.words).collect();
        assert_eq!(found, ["ghp_…", "private key"]);
        assert!(in_text("risk-averse-and-task-specific-learning sk-learn-style-estimators-2-go").is_empty());
        assert!(in_text("AKIAIOSFODNN7EXAMPLE").is_empty());
    }

    #[test]
    fn a_name_that_latex_makes_up_is_no_address() {
        let of = |holder, text: &str| clues(&entry(holder, "Name", text)).len();
        for made in [
            "dlde@notice.caption",
            "float@type.1",
            "thm@foo.bar",
            "thm@lemma.in.2",
            "lst@box.caption",
            "a@b.figure",
        ] {
            assert_eq!(of(Holder::Destination, made), 0, "{made}");
            assert_eq!(of(Holder::Layer, made), 0, "{made}");
        }
        assert_eq!(of(Holder::Destination, "m.velm@lanternfield.edu"), 1);
        assert_eq!(of(Holder::Layer, "notes of m.velm@lanternfield.ac.uk"), 1);
        assert_eq!(of(Holder::Outline, "m.velm@lanternfield.museum"), 1);
    }

    fn entry(holder: Holder, key: &str, text: &str) -> UnshownEntry {
        UnshownEntry { holder, key: key.to_owned(), text: text.to_owned(), path: String::new(), page: None }
    }

    #[test]
    fn a_name_counts_where_a_name_is_asked_for() {
        let kinds = |holder, key: &str, text: &str| -> Vec<ClueKind> {
            clues(&entry(holder, key, text)).into_iter().map(|c| c.kind).collect()
        };
        assert_eq!(kinds(Holder::FigureInfo, "Author", "Melanie Velm"), [ClueKind::Person]);
        assert_eq!(kinds(Holder::Xmp, "dc:creator", "Melanie Velm"), [ClueKind::Person]);
        assert_eq!(kinds(Holder::Image, "GPSLatitude", "48/12/0"), [ClueKind::Device]);
        assert_eq!(kinds(Holder::Info, "Company", "Lanternfield Labs"), [ClueKind::Organisation]);
        for (holder, key, text) in [
            (Holder::FigureInfo, "Creator", "Matplotlib v3.7, https://matplotlib.org"),
            (Holder::FigureInfo, "Author", "Edited with a web page"),
            (Holder::Info, "Title", "Melanie Velm"),
            (Holder::Outline, "Title", "Author"),
            (Holder::Xmp, "dc:creator", "Anonymous Author(s)"),
            (Holder::Image, "Artist", "  . "),
            (Holder::Image, "HostComputer", "a telephone"),
            (Holder::Xmp, "pdfaProperty:name", "docId"),
        ] {
            assert!(kinds(holder, key, text).is_empty(), "{key} {text}");
        }
    }
}
