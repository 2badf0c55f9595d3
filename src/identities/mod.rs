//! Who the authors are, as somebody who may know it said, and where a text names them.
//!
//! Words are compared whole and folded ([`Identities::matches`]); names in both orders and with initials. What was
//! supplied is repeated in no message: a [`Match`] says who and what kind, not the words.

mod fold;
mod frequent;
mod parse;

use self::fold::words;
use self::frequent::{GENERIC, is_common};
use std::collections::BTreeMap;
use std::ops::Range;

/// What of an author was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchKind {
    /// Given name and surname, in either order.
    Name,
    /// Initials and surname, in either order.
    Initials,
    /// The surname alone: in prose it needs more.
    Surname,
    /// An e-mail address.
    Email,
    /// A name of an account, or what stands before the `@`.
    Account,
    /// An ORCID.
    Orcid,
    /// The address of a page.
    Homepage,
    /// The name of an organisation.
    Affiliation,
    /// A further word or phrase that was supplied.
    Term,
}

impl MatchKind {
    /// In words, such as `surname`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Initials => "initials and surname",
            Self::Surname => "surname",
            Self::Email => "e-mail address",
            Self::Account => "account",
            Self::Orcid => "ORCID",
            Self::Homepage => "homepage",
            Self::Affiliation => "affiliation",
            Self::Term => "supplied term",
        }
    }

    /// With its article, such as `an account`.
    pub fn with_article(self) -> String {
        match self {
            Self::Initials => format!("the {}", self.words()),
            Self::Email | Self::Account | Self::Orcid | Self::Affiliation => format!("an {}", self.words()),
            _ => format!("a {}", self.words()),
        }
    }

    /// Whether it is a name of a person, which a citation may hold.
    pub const fn is_name(self) -> bool {
        matches!(self, Self::Name | Self::Initials | Self::Surname)
    }
}

/// A place in a text that names an author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Bytes of the text, half-open.
    pub bytes: Range<usize>,
    /// What was found.
    pub kind: MatchKind,
    /// Which author, 1-based, in the order supplied; `None` for what belongs to none of them.
    pub author: Option<u32>,
}

impl Match {
    /// Who and what, without the words: `author 2, surname`.
    pub fn label(&self) -> String {
        match self.author {
            Some(author) => format!("author {author}, {}", self.kind.words()),
            None => self.kind.words().to_owned(),
        }
    }
}

/// One author, as supplied.
#[derive(Debug, Clone, Default)]
pub struct Author {
    /// `Given Surname` or `Surname, Given`.
    pub names: Vec<String>,
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// Names of accounts and logins.
    pub usernames: Vec<String>,
    /// The ORCID.
    pub orcid: Option<String>,
    /// Addresses of pages.
    pub homepages: Vec<String>,
    /// Organisations.
    pub affiliations: Vec<String>,
}

/// Words that follow one another, and what they tell.
#[derive(Debug, Clone)]
struct Term {
    words: Vec<String>,
    kind: MatchKind,
    author: Option<u32>,
    /// It is also how a sentence may run, as in `a young field`: only with capitals is it a name.
    needs_capitals: bool,
}

impl Term {
    fn new(words: Vec<String>, kind: MatchKind, author: Option<u32>) -> Self {
        Self { words, kind, author, needs_capitals: false }
    }
}

/// Who the authors are. Empty where nobody said so.
#[derive(Clone, Default)]
pub struct Identities {
    /// By first word; the longest first.
    terms: BTreeMap<String, Vec<Term>>,
    authors: u32,
    /// Reports may show the words that were found.
    pub shown: bool,
}

/// Shorter accounts, and shorter names of organisations, are found by chance.
const SHORTEST_ACCOUNT: usize = 5;
/// A surname of fewer letters is found by chance, but in scripts where each letter is a word.
const SHORTEST_SURNAME: usize = 3;
/// Bytes between two words of one name, such as `, ` or `. `; a dash takes three.
const WIDEST_GAP: usize = 4;
/// Particles that belong to the surname.
const PARTICLES: [&str; 14] =
    ["al", "bin", "da", "de", "del", "den", "der", "di", "dos", "du", "la", "ten", "van", "von"];

impl Identities {
    /// Reads identities from JSON or TOML.
    ///
    /// # Errors
    /// What is wrong with the text, without its words.
    pub fn parse(text: &str) -> Result<Self, String> {
        parse::parse(text)
    }

    /// Whether nobody is known.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Adds an author.
    pub fn add_author(&mut self, author: &Author) {
        self.authors += 1;
        let number = Some(self.authors);
        for name in &author.names {
            self.add_name(name, number);
        }
        for email in &author.emails {
            self.add(MatchKind::Email, number, email);
            let account = email.split('@').next().unwrap_or_default();
            self.add_account_of(account, number);
        }
        for account in &author.usernames {
            self.add_account_of(account, number);
        }
        if let Some(orcid) = &author.orcid {
            let digits = orcid.rsplit('/').next().unwrap_or_default();
            self.add(MatchKind::Orcid, number, digits);
        }
        for page in &author.homepages {
            let address = page.split_once("://").map_or(page.as_str(), |(_, rest)| rest);
            self.add(MatchKind::Homepage, number, address.trim_start_matches("www."));
        }
        for affiliation in &author.affiliations {
            self.add_affiliation(affiliation, number);
        }
    }

    /// Adds an organisation of the authors together.
    pub fn add_organisation(&mut self, name: &str) {
        self.add_affiliation(name, None);
    }

    /// Adds an e-mail address of one of the authors.
    pub fn add_email(&mut self, address: &str) {
        self.add(MatchKind::Email, None, address);
        self.add_account_of(address.split('@').next().unwrap_or_default(), None);
    }

    /// Adds an account of one of the authors.
    pub fn add_account(&mut self, account: &str) {
        self.add_account_of(account, None);
    }

    /// Adds a word or phrase that only the authors use.
    pub fn add_term(&mut self, term: &str) {
        self.add(MatchKind::Term, None, term);
    }

    fn add(&mut self, kind: MatchKind, author: Option<u32>, text: &str) {
        let words = words(text).into_iter().map(|w| w.text).collect();
        self.insert(Term::new(words, kind, author));
    }

    fn insert(&mut self, term: Term) {
        let Some(first) = term.words.first().cloned() else { return };
        let same = self.terms.entry(first).or_default();
        if !same.iter().any(|t| t.words == term.words && t.kind <= term.kind) {
            same.push(term);
            same.sort_by_key(|t| (std::cmp::Reverse(t.words.len()), t.kind));
        }
    }

    fn add_account_of(&mut self, account: &str, author: Option<u32>) {
        if account.chars().filter(|c| c.is_alphabetic()).count() >= SHORTEST_ACCOUNT {
            self.add(MatchKind::Account, author, account);
        }
    }

    /// The whole name, and what is left of it without the words that all organisations share.
    fn add_affiliation(&mut self, name: &str, author: Option<u32>) {
        let whole: Vec<String> = words(name).into_iter().map(|w| w.text).collect();
        let own: Vec<String> = whole.iter().filter(|w| !GENERIC.contains(&w.as_str())).cloned().collect();
        // A single word may be anything; two that are no common words are nobody else's.
        if own.len() > 1 && own.concat().chars().count() >= SHORTEST_ACCOUNT {
            self.insert(Term::new(own, MatchKind::Affiliation, author));
        }
        self.insert(Term::new(whole, MatchKind::Affiliation, author));
    }

    fn add_name(&mut self, name: &str, author: Option<u32>) {
        let (given, surname) = given_and_surname(name);
        let needs_capitals = !is_telling(&surname);
        let mut insert = |kind, parts: &[&[String]]| {
            let words: Vec<String> = parts.concat();
            self.insert(Term { needs_capitals, ..Term::new(words, kind, author) });
        };
        if given.is_empty() || surname.is_empty() {
            let only = if given.is_empty() { &surname } else { &given };
            if is_telling(only) {
                insert(MatchKind::Surname, &[only]);
            }
            return;
        }
        let initial = |word: &String| word.chars().take(1).collect::<String>();
        let initials: Vec<String> = given.iter().map(initial).collect();
        let is_initials = given.iter().all(|g| g.chars().count() == 1 && g.is_ascii());
        let whole = if is_initials { MatchKind::Initials } else { MatchKind::Name };
        for given in [&given[..], &given[..1]] {
            insert(whole, &[given, &surname]);
            insert(whole, &[&surname, given]);
        }
        if !is_initials {
            let joined = [given.concat() + &surname.concat(), surname.concat() + &given.concat()];
            for name in joined {
                insert(MatchKind::Name, &[&[name]]);
            }
        }
        for initials in [&initials[..], &initials[..1], &[initials.concat()][..]] {
            insert(MatchKind::Initials, &[initials, &surname]);
            insert(MatchKind::Initials, &[&surname, initials]);
        }
        if is_telling(&surname) {
            insert(MatchKind::Surname, &[&surname]);
        }
    }

    /// Every place where a text names an author, from left to right; of several that overlap the longest.
    pub fn matches(&self, text: &str) -> Vec<Match> {
        if self.is_empty() {
            return Vec::new();
        }
        let words = words(text);
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let fits = |term: &&Term| {
                let here = words.get(at..at + term.words.len());
                here.is_some_and(|here| {
                    here.iter().zip(&term.words).all(|(word, wanted)| word.text == *wanted)
                        && (!term.needs_capitals || here.iter().all(|w| is_capital(&text[w.bytes.clone()])))
                        && here.windows(2).all(|pair| pair[1].bytes.start - pair[0].bytes.end <= WIDEST_GAP)
                })
            };
            match self.terms.get(&words[at].text).and_then(|terms| terms.iter().find(fits)) {
                Some(term) => {
                    let last = at + term.words.len();
                    let bytes = words[at].bytes.start..words[last - 1].bytes.end;
                    found.push(Match { bytes, kind: term.kind, author: term.author });
                    at = last;
                }
                None => at += 1,
            }
        }
        found
    }
}

/// The folded given names and surname of `Given Surname` or `Surname, Given`; particles go with the surname.
fn given_and_surname(name: &str) -> (Vec<String>, Vec<String>) {
    let folded = |text: &str| words(text).into_iter().map(|w| w.text).collect::<Vec<_>>();
    if let Some((surname, given)) = name.split_once(',') {
        return (folded(given), folded(surname));
    }
    let parts: Vec<&str> = name.split_whitespace().collect();
    let Some((last, before)) = parts.split_last() else { return (Vec::new(), Vec::new()) };
    if before.is_empty() {
        // Names in scripts without spaces: the surname comes first and is one letter, seldom two.
        let whole = folded(last);
        let is_spaceless = whole.len() > 1 && whole.iter().all(|w| w.chars().count() == 1);
        return if is_spaceless { (whole[1..].to_vec(), whole[..1].to_vec()) } else { (Vec::new(), whole) };
    }
    let is_particle = |part: &&&str| PARTICLES.contains(&part.to_lowercase().as_str());
    let particles = before.iter().rev().take_while(is_particle).count().min(before.len() - 1);
    let (given, particles) = before.split_at(before.len() - particles);
    (folded(&given.join(" ")), folded(&format!("{} {last}", particles.join(" "))))
}

/// Whether a word begins with a capital, or is written without case.
fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(|c| !c.is_lowercase())
}

/// Whether a surname points to somebody by itself.
fn is_telling(surname: &[String]) -> bool {
    let letters: usize = surname.iter().map(|w| w.chars().count()).sum();
    letters >= SHORTEST_SURNAME && !(surname.len() == 1 && is_common(&surname[0]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &[&str]) -> Identities {
        let mut identities = Identities::default();
        for name in names {
            identities.add_author(&Author { names: vec![(*name).to_owned()], ..Author::default() });
        }
        identities
    }

    fn labels(identities: &Identities, text: &str) -> Vec<String> {
        identities.matches(text).iter().map(Match::label).collect()
    }

    #[test]
    fn names_are_found_in_both_orders_and_with_initials() {
        let velm = named(&["Mélanie Joan Velm-Quist"]);
        for (text, label) in [
            ("Melanie Joan Velm-Quist", "author 1, name"),
            ("melanie velm quist", "author 1, name"),
            ("Velm-Quist, Mélanie", "author 1, name"),
            ("MelanieJoanVelmQuist.pdf", "author 1, name"),
            ("M. Velm-Quist", "author 1, initials and surname"),
            ("MJ Velm-Quist", "author 1, initials and surname"),
            ("Velm–Quist, M. J.", "author 1, initials and surname"),
            ("velm_quist_v3.docx", "author 1, surname"),
        ] {
            assert_eq!(labels(&velm, text).first().map(String::as_str), Some(label), "{text}");
        }
        assert!(labels(&velm, "velmquisting and Velm alone").is_empty());
    }

    #[test]
    fn a_surname_that_is_a_word_needs_more() {
        let common = named(&["Ada Young", "Tomas Newton"]);
        assert!(labels(&common, "a young field and Newton's method").is_empty());
        assert_eq!(labels(&common, "T. Newton"), ["author 2, initials and surname"]);
        assert_eq!(labels(&common, "Ada Young"), ["author 1, name"]);
    }

    #[test]
    fn names_without_spaces_and_with_particles_are_taken_apart() {
        let both = named(&["张伟明", "Lena van der Orrsted"]);
        assert_eq!(labels(&both, "作者张伟明的工作"), ["author 1, name"]);
        assert!(labels(&both, "张开的伟明").iter().all(|l| l != "author 1, name"));
        assert_eq!(labels(&both, "L. van der Orrsted"), ["author 2, initials and surname"]);
    }

    #[test]
    fn accounts_addresses_and_terms_are_found_whole() {
        let mut identities = Identities::default();
        identities.add_author(&Author {
            emails: vec!["m.velm@lanternfield.edu".to_owned()],
            usernames: vec!["velmstiff-lab".to_owned(), "mv".to_owned()],
            orcid: Some("https://orcid.org/0000-0001-2345-678X".to_owned()),
            homepages: vec!["https://velm.lanternfield.edu".to_owned()],
            affiliations: vec!["Lanternfield University".to_owned()],
            ..Author::default()
        });
        identities.add_term("Quarry cluster");
        for (text, kind) in [
            ("https://github.com/velmstiff-lab/solver", MatchKind::Account),
            ("m.velm@lanternfield.edu", MatchKind::Email),
            ("0000-0001-2345-678X", MatchKind::Orcid),
            ("see velm.lanternfield.edu/~x", MatchKind::Homepage),
            ("at LANTERNFIELD UNIVERSITY", MatchKind::Affiliation),
            ("on the Quarry cluster", MatchKind::Term),
        ] {
            assert_eq!(identities.matches(text).first().map(|m| m.kind), Some(kind), "{text}");
        }
        assert!(labels(&identities, "mv quarry of clusters, a university").is_empty());
        assert!(Identities::default().matches("Velm").is_empty());
    }
}
