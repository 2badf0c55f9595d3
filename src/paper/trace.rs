//! Traces of the authors in the running text, each with what its sentence says about whose it is.

use super::email::is_placeholder;
use super::instruction::is_typewritten;
use super::prose::{Prose, Zone};
use super::whose::{hands_out, says_whose};
use crate::part::Part;
use crate::pattern::{Hit, Topic, is_key, is_nobodys_login, is_orcid};
use crate::pdf::Font;
use crate::place::Place;
use regex_lite::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A phrase that may show who wrote the paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// What it tells.
    pub topic: Topic,
    /// The phrase.
    pub text: String,
    /// The phrase with its sentence, or what of it is near.
    pub context: String,
    /// The bytes of that sentence in the running text.
    pub sentence: Range<usize>,
    /// The words right behind it, where a citation would stand.
    pub after: String,
    /// The label of the reference entry that it stands in, where it has one: `7` of `[7]`.
    pub entry: Option<String>,
    /// Where it stands.
    pub at: Place,
    /// In which part.
    pub zone: Zone,
    /// The sentence says that it is the authors' own.
    pub is_own: bool,
    /// The sentence says that it is somebody else's.
    pub is_others: bool,
    /// A citation stands near.
    pub is_cited: bool,
    /// Its line is set as code.
    pub is_code: bool,
    /// It stands between quotation marks.
    pub is_quoted: bool,
    /// A name stands near; before a link, one that the link bears.
    pub is_named: bool,
}

/// The most bytes of a sentence that are looked at before and after a phrase. Source: anonymity design, 160.
const SENTENCE: usize = 160;
/// A citation is near within so many bytes.
const NEAR: usize = 60;
/// The most traces that are kept: a paper with more is told often enough.
const MOST: usize = 500;

/// Whether a topic is looked for in the running text; the names of institutions stand there as those of data and
/// methods, and the stamp of arXiv has a place of its own.
pub(super) fn is_looked_for(topic: Topic) -> bool {
    !matches!(topic, Topic::Institution | Topic::ArxivStamp)
}

/// Everything in the running text that may show who wrote the paper.
pub(super) fn traces(prose: &Prose<'_>, found: &[Hit], fonts: &[Font]) -> Vec<Trace> {
    let kept = found.iter().filter(|h| is_kept(prose, h, found));
    kept.take(MOST).map(|hit| trace(prose, hit, fonts)).collect()
}

fn is_kept(prose: &Prose<'_>, hit: &Hit, all: &[Hit]) -> bool {
    let text = &prose.text[hit.at.clone()];
    let zone = prose.zone(hit.at.start);
    // A longer phrase on the same topic says it better.
    let is_within = all.iter().any(|o| {
        o.topic == hit.topic && o.at != hit.at && o.at.start <= hit.at.start && hit.at.end <= o.at.end
    });
    let fits = match hit.topic {
        Topic::Email => !is_placeholder(text),
        Topic::Orcid => is_orcid(text),
        Topic::Credential => is_key(text),
        Topic::Repository | Topic::Platform | Topic::Archive | Topic::PersonalPage => {
            !is_anonymous_link(text)
        }
        Topic::LocalPath => !is_common_login(text) && !is_in_address(&prose.text, hit.at.start),
        Topic::OwnInstitution if text.ends_with("cluster") => is_about_machines(prose, hit),
        Topic::EthicsBoard => names_institution(text),
        Topic::AuthorFootnote => is_on_page_one(prose, hit) || matches!(zone, Zone::Footnote(_)),
        Topic::AuthorRole => is_on_page_one(prose, hit) && zone != Zone::Text(Part::MainText),
        Topic::Instruction | Topic::InstructionLike => false,
        _ => true,
    };
    let is_exempt = zone.is_references() && hit.topic != Topic::Unpublished;
    // The notice of a style says of itself that the paper is under review.
    let is_notice = zone == Zone::Notice && hit.topic == Topic::Unpublished;
    fits && !is_within && !is_exempt && !is_notice
}

fn is_on_page_one(prose: &Prose<'_>, hit: &Hit) -> bool {
    prose.line(hit.at.start).is_some_and(|l| l.page == 1)
}

fn trace(prose: &Prose<'_>, hit: &Hit, fonts: &[Font]) -> Trace {
    let at = trimmed(&prose.text, &hit.at);
    let text = &prose.text;
    let sentence = prose.sentence(&at, SENTENCE);
    let mut said = text[sentence.clone()].to_owned();
    if let Some(mark) = marked_sentence(prose, at.start) {
        said = format!("{mark} {said}");
    }
    let near = at.end..boundary(text, at.end + NEAR);
    let is_link =
        matches!(hit.topic, Topic::Repository | Topic::Platform | Topic::Archive | Topic::PersonalPage);
    let citation = if is_link { said.as_str() } else { &text[near.clone()] };
    let is_cited = (is_link || hit.topic == Topic::SelfCitation) && CITATION.is_match(citation);
    let is_named = match hit.topic {
        Topic::OwnInstitution | Topic::AuthorRole => {
            NAME.is_match(text[near.clone()].split(". ").next().unwrap_or_default())
        }
        // What a footnote is raised from may name what it links.
        _ => {
            is_link && bears_name(said.split(&text[at.clone()]).next().unwrap_or_default(), &text[at.clone()])
        }
    };
    let (is_own, is_others) = if is_link { says_whose(&said) } else { (false, false) };
    Trace {
        topic: hit.topic,
        text: text[at.clone()].to_owned(),
        context: text[sentence.clone()].trim().to_owned(),
        sentence: sentence.clone(),
        after: text[near.clone()].to_owned(),
        entry: entry_label(&text[..at.start]).filter(|_| prose.zone(at.start).is_references()),
        at: prose.place(&at),
        zone: prose.zone(at.start),
        is_own: is_own && (hands_out(&said) || !is_cited && !is_named),
        is_others,
        is_cited,
        is_code: prose.line(at.start).is_some_and(|l| is_typewritten(l, fonts)),
        is_quoted: is_quoted(&text[sentence.start..at.start]),
        is_named,
    }
}

/// The longest label of a reference entry, in bytes, and how far behind it a phrase may stand.
const LABEL: usize = 40;
const ENTRY: usize = 600;

/// The label of the last entry that begins in the text: what stands between brackets.
fn entry_label(before: &str) -> Option<String> {
    let near = &before[boundary(before, before.len().saturating_sub(ENTRY))..];
    let (rest, label) =
        near.rsplit_once('[').map(|(_, r)| r).and_then(|r| r.split_once(']')).map(|(l, r)| (r, l))?;
    let fits = label.len() <= LABEL && !label.is_empty() && rest.starts_with(' ');
    fits.then(|| label.to_owned())
}

/// An odd number of quotation marks stands before it in its sentence.
pub(super) fn is_quoted(before: &str) -> bool {
    before.matches('"').count() % 2 == 1
}

/// The range without the punctuation that ends a sentence or a parenthesis.
fn trimmed(text: &str, at: &Range<usize>) -> Range<usize> {
    let end = text[at.clone()].trim_end_matches(['.', ',', ';', ':', ')', ']', '/', ' ']).len();
    at.start..at.start + end.max(1)
}

fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn pattern(regex: &str) -> Regex {
    Regex::new(regex).expect("internal error: the pattern is fixed")
}

/// A citation by number, by label, or by name and year.
static CITATION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\[\d{1,3}(?: ?[,;-] ?\d{1,3})*\]|[A-Z][A-Za-z'-]+(?:,? (?:et al\.?|(?:and|&) [A-Z][A-Za-z'-]+))?,? ?[\[(]?(?:19|20)\d\d[a-z]?[\])]?|\[[A-Z][A-Za-z+]{1,6}\d\d[a-z]?\]",
    )
});

/// A capitalised name within a few words: "our lab at Lanternfield", "our university, Quarrystone".
static NAME: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:,? (?:at|of|in|the|for|called|named|is|,)){0,3},? [A-Z][a-z]{2,}"));

/// Hosts and accounts that were made to be anonymous, and pages that show no person.
pub(super) fn is_anonymous_link(link: &str) -> bool {
    let link = link.to_lowercase();
    let after = |host: &str| link.split_once(host).map(|(_, rest)| rest);
    let account = ["github.com/", "huggingface.co/datasets/", "huggingface.co/spaces/", "huggingface.co/"]
        .iter()
        .find_map(|h| after(h));
    let is_anonymous = account.is_some_and(|a| {
        ["anon", "double-blind", "doubleblind", "blind-review"].iter().any(|p| a.starts_with(p))
    });
    is_anonymous
        || link.contains("4open.science")
        || link.contains("anonymous-github")
        || link.contains("anonymousgithub")
        || link.starts_with("anonymous.")
        || after("://anonymous").is_some()
        || link.contains("view_only=")
        || link.contains("token=")
        || after("figshare.com/s/").is_some_and(|r| r.len() >= 16)
}

/// Whether a path is the end of a web address: `https://site.org/home/about`.
fn is_in_address(text: &str, at: usize) -> bool {
    let word = text[..at].rsplit([' ', '\n']).next().unwrap_or_default();
    word.contains("://") || word.contains("www.") || word.ends_with(|c: char| c.is_alphanumeric())
}

/// Whether a cluster is one of machines, not of points, nor the first word of "cluster assignment".
fn is_about_machines(prose: &Prose<'_>, hit: &Hit) -> bool {
    let sentence = prose.text[prose.sentence(&hit.at, SENTENCE)].to_lowercase();
    let after = prose.text[hit.at.end..].split([' ', '\n']).nth(1).unwrap_or_default();
    let ends_here = !prose.text[hit.at.end..].starts_with(' ');
    let is_alone =
        ends_here || ["at", "of", "in", "with", "and", "for", "is", "has", "where"].contains(&after);
    is_alone && ["gpu", "slurm", "hpc", "comput", "cores", "machines"].iter().any(|w| sentence.contains(w))
}

/// Whether the last step of a path is a login that everybody has.
pub(super) fn is_common_login(path: &str) -> bool {
    let login = path.rsplit(['/', '\\']).next().unwrap_or_default().trim_end_matches('.');
    is_nobodys_login(login)
}

/// Words before a link that its name may stand among: `the Stepper tool (`.
const NAMED_WITHIN: usize = 4;
/// Letters of a name that is not met by chance.
const SHORTEST_NAME: usize = 3;

/// Whether a link behind a name leads to what bears the name: `Stepper (https://github.com/quist/stepper)`.
fn bears_name(before: &str, link: &str) -> bool {
    let path = link.split_once("://").map_or(link, |(_, path)| path).to_lowercase();
    let steps: Vec<&str> = path.split(['/', '#', '?']).skip(1).filter(|step| !step.is_empty()).collect();
    let name = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    // An address that is broken behind its scheme leaves a part of itself before the link.
    let is_word = |w: &&str| w.contains(char::is_alphanumeric) && !w.contains("http");
    let words = before.split_whitespace().rev().filter(is_word).take(NAMED_WITHIN);
    words.filter(|w| w.chars().any(char::is_uppercase)).map(name).any(|word| {
        word.chars().count() >= SHORTEST_NAME
            && steps.iter().any(|step| step.split(['.', '_']).any(|part| part == word) || *step == word)
    })
}

/// Words that may stand before a board of ethics and name no institution.
const NO_NAMES: &[&str] = &[
    "the",
    "our",
    "an",
    "any",
    "a",
    "local",
    "institutional",
    "review",
    "board",
    "irb",
    "approval",
    "and",
    "of",
    "university",
    "university's",
    "institution",
    "ethics",
    "committee",
    "all",
    "no",
    "participant",
    "participants",
    "human",
    "subjects",
    "with",
    "for",
    "appropriate",
    "relevant",
    "research",
    "independent",
    "hospital",
    "names",
    "this",
    "their",
    "did",
    "does",
    "have",
    "if",
    "study",
    "internal",
    "national",
    "regional",
    "at",
    "authors",
    "commission",
    "anonymous",
    "anonymized",
    "anonymised",
    "college",
    "department",
    "school",
    "institute",
];

fn names_institution(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|w| w.starts_with(char::is_uppercase))
        .any(|w| w.len() > 2 && !NO_NAMES.contains(&w.to_lowercase().as_str()))
}

/// For a footnote that begins with a number: the sentence on its page in which that number is raised.
fn marked_sentence(prose: &Prose<'_>, at: usize) -> Option<String> {
    let note = prose.line(at).filter(|_| matches!(prose.zone(at), Zone::Footnote(_) | Zone::Notice))?;
    let mark: String = prose.note_mark(note)?;
    let start = prose.raised(note.page, &mark)?;
    let sentence = prose.sentence(&(start..start), SENTENCE);
    Some(prose.text[sentence].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_were_made_anonymous_are_told() {
        for link in [
            "https://anonymous.4open.science/r/stepper-1A2B",
            "github.com/anonymous-author42/stepper",
            "osf.io/ab3de/?view_only=0123",
            "figshare.com/s/0123456789abcdef0",
        ] {
            assert!(is_anonymous_link(link), "{link}");
        }
        assert!(!is_anonymous_link("https://github.com/mvelm/anonymizer"));
    }

    #[test]
    fn a_link_behind_a_name_bears_it() {
        assert!(bears_name("The Stepper tool (", "https://github.com/stepper-solver/stepper"));
        assert!(bears_name("and Stepper [4] (", "github.com/quist/stepper.jl"));
        assert!(bears_name("The Stepper tool ( https: //", "github.com/quist/stepper"));
        assert!(!bears_name("The tool (", "https://github.com/quist/stepper"));
        assert!(!bears_name("We step with (", "https://github.com/quist/step"));
        assert!(!bears_name("GitHub: ", "https://github.com/quist/stepper"));
    }

    #[test]
    fn a_board_without_an_institution_names_nobody() {
        assert!(names_institution("Institutional Review Board of Lanternfield University"));
        assert!(names_institution("MIT IRB"));
        assert!(!names_institution("Any Institutional Review Board"));
        assert!(!names_institution("The Institutional Review Board of the University"));
    }
}
