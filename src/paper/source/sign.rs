//! Patterns of what identifies: addresses, paths, iDs, grants, people beside institutions, accounts, keys.
//!
//! They run on bytes, so that spans are exact in whatever encoding, and only where a literal of theirs occurs.

use super::hint::{HintKind, Weight};
use super::nobody::{is_nobodys_address, names_nobody};
use crate::pattern::{CREDENTIAL, Topic, hits_on, is_key, is_nobodys_login, is_orcid};
use regex::bytes::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Something that identifies, at bytes of the text, half-open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sign {
    pub(super) kind: HintKind,
    pub(super) weight: Weight,
    pub(super) bytes: Range<usize>,
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("internal error: the pattern is fixed")
}

/// Top-level domains that addresses of people end in; names in code after an `@` do not. Source: IANA.
const ENDINGS: &str = "edu|com|org|net|io|gov|mil|ai|ac|dev|eu|info|uk|de|fr|ch|nl|it|es|se|no|dk|fi|at|be|pl|cz|pt|gr|il|in|cn|jp|kr|tw|hk|sg|au|nz|ca|us|br|mx|ru|tr|ir|za|ie|is|hu|ro|sk|si|ee|lt|lv|ua|ar|cl|co|vn|th|my|id|ph|sa|ae|qa|eg|lu|bg|hr|rs|cat|science|tech|me";

static EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i-u)(?:\{{[a-z0-9._,%+| \-]+\}}|\b[a-z0-9][a-z0-9._%+\-]+)@(?:[a-z0-9\-]{{2,}}\.)+(?:{ENDINGS})\b"
    ))
});
static PATH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?-u)(?:/home/|/Users/|/scratch/|/nfs/(?:\w+/)?|/data/home/|\b[A-Za-z]\\?:\\{1,2}Users\\{1,2}|\b[A-Za-z]:/Users/)([A-Za-z][\w.\-]{1,31})[^\s"'`<>|{}()\[\],;:\x00-\x1f]*"#,
    )
});
static ORCID: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?-u)\b\d{4}-\d{4}-\d{4}-\d{3}[\dX]\b"));
static GRANT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?-u)\b(?:NSF|NIH|NASA|DOE|ONR|AFOSR|DARPA|NSERC|EPSRC|BBSRC|UKRI|ERC|DFG|BMBF|SNSF|ANR|NWO|FWO|FWF|NSFC|JSPS|JST|KAKENHI|NRF|IITP|ARC|FAPESP|CNPq|CAPES|ISF)\b",
        r"[^.;\n]{0,60}?(?i:\b(?:grants?|awards?|no\.?|number|contracts?|fellowships?|projects?|agreement)\b|#)[^;\n]{0,25}?\b[A-Z0-9][A-Z0-9/.\-]{2,}\d",
        r"|(?i:\bgrant\s+agreement\s+(?:no\.?|number|ID)?\s*:?\s*\d{5,7}\b)",
        r"|(?i:\b(?:supported|funded|sponsored)\s+(?:in\s+part\s+|partially\s+|partly\s+)?by\s+)[^\n.]{0,80}\b(?:Foundation|Council|Fund|Ministry|Agency|[Gg]rants?|Fellowship|Scholarship|Endowment|Commission)\b[^\n.;]{0,40}",
        r"|(?i:\bwork\s+(?:was\s+)?(?:done|performed|conducted|completed|carried\s+out)\s+(?:while|during|when|as\s+an?|at)\b)[^\n.]{0,80}",
    ))
});
/// Two capitalised words, with initials between them.
const NAME: &str = r"[A-Z\xc3][a-z\x80-\xff]+(?:[ ~](?:[A-Z]\.[ ~]?)*|[ ~])[A-Z\xc3][a-z\x80-\xff]+(?:-[A-Z][a-z\x80-\xff]+)*";
static PERSON: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?-u){NAME}(?:,? (?:and )?{NAME})*[ ,]*[(;,] ?(?:[A-Z][\w\-]+ )*(?:University|Universit\w+|Institute|Laboratory|College|ETH|MIT|EPFL|Inria)[^\n]{{0,60}}"
    ))
});
static HEADER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i-u)(?:^|[%#*\s])(?:authors?|contact|maintainer|written by|created by|corresponding)\s*[:=]\s*([^\n]{3,120})",
    )
});
static SECRET: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("(?-u){CREDENTIAL}")));
/// Everything of these kinds in a text, in order of kind.
pub(super) fn signs(text: &[u8], kinds: &[HintKind]) -> Vec<Sign> {
    let mut found = Vec::new();
    for &kind in kinds {
        let (has_anchor, pattern): (bool, &LazyLock<Regex>) = match kind {
            HintKind::Email => (memchr::memchr(b'@', text).is_some(), &EMAIL),
            HintKind::LocalPath => {
                (holds_any(text, &[b"/home/", b"/Users/", b"/scratch/", b"/nfs/", b"Users\\"]), &PATH)
            }
            HintKind::Orcid => (memchr::memchr(b'-', text).is_some(), &ORCID),
            HintKind::Grant => (true, &GRANT),
            HintKind::Person => (
                holds_any(
                    text,
                    &[b"Univ", b"Instit", b"Labor", b"College", b"ETH", b"MIT", b"EPFL", b"Inria"],
                ),
                &PERSON,
            ),
            HintKind::PackageAuthor => (memchr::memchr2(b':', b'=', text).is_some(), &HEADER),
            HintKind::Credential => (true, &SECRET),
            HintKind::Instruction => {
                found.extend(instructions(text));
                continue;
            }
            _ => continue,
        };
        if has_anchor {
            found.extend(pattern.captures_iter(text).filter_map(|c| sign(text, kind, &c)));
        }
    }
    found
}

/// Bytes that are searched for instructions at once, and how many the next ones share with them: a phrase.
const STRETCH: usize = 1 << 20;
const SHARED: usize = 400;

/// Instructions to whoever, or whatever, reviews, also over lines and in comments.
fn instructions(text: &[u8]) -> Vec<Sign> {
    let mut found: Vec<Sign> = Vec::new();
    for start in (0..text.len()).step_by(STRETCH) {
        let stretch = &text[start..text.len().min(start + STRETCH + SHARED)];
        let (plain, words) = single_spaced(stretch);
        for hit in hits_on(&plain, |topic| topic == Topic::Instruction) {
            let bytes = start + place(&words, hit.at.start)..start + place(&words, hit.at.end);
            let sign = Sign { kind: HintKind::Instruction, weight: Weight::Full, bytes };
            if !found.contains(&sign) {
                found.push(sign);
            }
        }
    }
    found
}

/// Where a word begins in the text that is searched, and in the file, in bytes.
struct Word {
    here: usize,
    there: Range<usize>,
}

/// The words of a text with single spaces between them; a word that is not UTF-8 is read in Latin-1.
fn single_spaced(text: &[u8]) -> (String, Vec<Word>) {
    let (mut plain, mut words, mut at) = (String::with_capacity(text.len()), Vec::new(), 0);
    for word in text.split(|b| b.is_ascii_whitespace() || *b == b'%') {
        if !word.is_empty() {
            if !plain.is_empty() {
                plain.push(' ');
            }
            words.push(Word { here: plain.len(), there: at..at + word.len() });
            match std::str::from_utf8(word) {
                Ok(word) => plain.push_str(word),
                Err(_) => plain.extend(word.iter().copied().map(char::from)),
            }
        }
        at += word.len() + 1;
    }
    (plain, words)
}

/// The byte of the file for one of the text that is searched.
fn place(words: &[Word], at: usize) -> usize {
    let Some(word) = words[..words.partition_point(|w| w.here <= at)].last() else { return 0 };
    (word.there.start + at - word.here).min(word.there.end)
}

/// How far back a zero byte tells that a file is compiled, in bytes. Source: marshal writes counts of four bytes.
const BINARY_REACH: usize = 16;

fn sign(text: &[u8], kind: HintKind, found: &regex::bytes::Captures<'_>) -> Option<Sign> {
    let whole = found.get(0)?.range();
    let word = |range: &Range<usize>| String::from_utf8_lossy(&text[range.clone()]).into_owned();
    let inner = || found.get(1).map_or(whole.clone(), |m| m.range());
    let (bytes, weight) = match kind {
        HintKind::Email => {
            let called = text.get(whole.end) == Some(&b'(')
                || text.get(whole.end) == Some(&b':') && word(&whole).starts_with("git@");
            (!called && !is_nobodys_address(&word(&whole))).then_some((whole, Weight::Full))?
        }
        HintKind::LocalPath => {
            // In compiled files the byte before is a length, whatever letter it looks like.
            let before = &text[whole.start.saturating_sub(BINARY_REACH)..whole.start];
            let in_address = before.last().is_some_and(u8::is_ascii_alphanumeric) && !before.contains(&0);
            (!in_address && !is_nobodys_login(&word(&inner()))).then_some((whole, Weight::Full))?
        }
        HintKind::Orcid => is_orcid(&word(&whole)).then_some((whole, Weight::Full))?,
        HintKind::Credential => is_key(&word(&whole)).then_some((whole, Weight::Full))?,
        HintKind::PackageAuthor => {
            let value = word(&inner());
            let name = value.trim().trim_matches(|c| "\"'[]{}(),;".contains(c));
            is_somebody(name).then_some((trimmed(text, whole), Weight::Full))?
        }
        _ => (whole, Weight::Full),
    };
    Some(Sign { kind, weight, bytes })
}

/// Whether words after "Author:" name somebody: an address, or two words with capitals that are no template's.
pub(super) fn is_somebody(name: &str) -> bool {
    let capitals = name.split_whitespace().filter(|w| w.starts_with(char::is_uppercase)).count();
    let looks_named = name.contains('@') || capitals >= 2;
    looks_named && !names_nobody(name) && !name.contains(['\\', '#', '$'])
}

fn trimmed(text: &[u8], range: Range<usize>) -> Range<usize> {
    let lead = text[range.clone()].iter().take_while(|b| b"%#* \t\r\n".contains(b)).count();
    range.start + lead..range.end
}

pub(super) fn holds_any(text: &[u8], anchors: &[&[u8]]) -> bool {
    anchors.iter().any(|anchor| memchr::memmem::find(text, anchor).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(kind: HintKind, text: &str) -> Vec<String> {
        signs(text.as_bytes(), &[kind]).into_iter().map(|s| text[s.bytes].to_owned()).collect()
    }

    #[test]
    fn addresses_of_people_are_seen_and_code_is_not() {
        assert_eq!(
            seen(HintKind::Email, "write to mira.quist@larkfield.ac.uk."),
            ["mira.quist@larkfield.ac.uk"]
        );
        assert_eq!(seen(HintKind::Email, "{mira,jon}@larkfield.edu"), ["{mira,jon}@larkfield.edu"]);
        assert!(
            seen(HintKind::Email, "y = W@x.view(2); A@B.T; @torch.no_grad; W@xs.to(dev); a@example.com")
                .is_empty()
        );
    }

    #[test]
    fn paths_with_a_login_are_seen() {
        assert_eq!(seen(HintKind::LocalPath, "cd /home/mquist/run, then"), ["/home/mquist/run"]);
        assert_eq!(seen(HintKind::LocalPath, r"C:\Users\mquist\a.tex"), [r"C:\Users\mquist\a.tex"]);
        assert!(seen(HintKind::LocalPath, "/home/user/data /home/runner/x a.org/home/mira").is_empty());
    }

    #[test]
    fn people_grants_and_ids_are_seen() {
        assert_eq!(seen(HintKind::Person, "by Mira Quist, Jon Vale (Larkfield University)").len(), 1);
        assert!(
            seen(HintKind::Person, "Old version of the proof, kept for reference; see Lemma 2.").is_empty()
        );
        assert_eq!(seen(HintKind::Grant, "under ERC grant agreement No. 123456.").len(), 1);
        assert_eq!(
            seen(HintKind::Orcid, "0000-0002-1825-0097 and 0000-0002-1825-0098"),
            ["0000-0002-1825-0097"]
        );
        assert_eq!(seen(HintKind::PackageAuthor, "% Author: Mira Quist"), ["Author: Mira Quist"]);
        assert!(seen(HintKind::PackageAuthor, "# author: see README").is_empty());
    }

    #[test]
    fn instructions_are_seen_in_each_encoding_with_their_bytes() {
        let words = "ignore all\n% previous  instructions";
        assert_eq!(seen(HintKind::Instruction, &format!("caf\u{e9}: {words}")), [words]);
        let latin = [b"caf\xe9: ", words.as_bytes()].concat();
        assert_eq!(signs(&latin, &[HintKind::Instruction])[0].bytes, 6..latin.len());
    }
}
