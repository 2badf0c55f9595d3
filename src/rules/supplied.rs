//! Where a submission names an author whom somebody supplied: names of files, pages, metadata, sources.
//!
//! Nothing here repeats a name, unless whoever supplied it asks for that.

use crate::finding::{Confidence, Finding, Severity};
use crate::identities::{Identities, Match, MatchKind};
use crate::paper::source::{Sources, Words};
use crate::paper::{Paper, PrintedLine, UnshownEntry};
use crate::place::{FileId, Place};
use regex_lite::Regex;
use std::sync::LazyLock;

/// Everything that a file says, on its pages or where no page shows it.
pub(super) fn in_pdf(paper: &Paper, identities: &Identities, file: FileId) -> Vec<Finding> {
    let mut found = in_metadata(paper, identities, file);
    for link in &paper.link_targets {
        let matches = identities.matches(&link.text);
        let told = |m: &Match| finding(identities, m, &link.text, "the address of a link", link.at.clone());
        found.extend(matches.iter().map(told));
    }
    let hidden = in_hidden_text(paper, identities);
    // A line may hold words that nobody sees: those are told once.
    let is_hidden = |f: &Finding| hidden.iter().any(|h| h.evidence == f.evidence && h.at.meets(&f.at));
    found.extend(on_pages(paper, identities, file).into_iter().filter(|f| !is_hidden(f)));
    found.extend(hidden);
    found
}

fn finding(identities: &Identities, found: &Match, text: &str, place: &str, at: Place) -> Finding {
    let whose = found.author.map_or("the authors".to_owned(), |author| format!("author {author}"));
    let what = found.kind.with_article();
    let message = format!("{place} holds {what} of {whose}; a submission names nobody");
    let evidence = if identities.shown { text[found.bytes.clone()].to_owned() } else { found.label() };
    let confidence = if found.kind == MatchKind::Surname { Confidence::Likely } else { Confidence::Certain };
    Finding::new(message, at).seen(evidence).confidence(confidence)
}

/// The names of the files that were handed in.
pub(super) fn in_names(paper: &Paper, identities: &Identities) -> Vec<Finding> {
    // The name of a single file is that of the submission as well.
    let name = |(index, name): (usize, &String)| {
        let at = if index == 0 { Place::Submission } else { Place::whole_file(FileId(index as u32 - 1)) };
        let is_same = index > 0 && paper.names.first() == Some(name);
        let matches = if is_same { Vec::new() } else { identities.matches(name) };
        matches
            .iter()
            .map(|m| finding(identities, m, name, "the name of the file", at.clone()))
            .collect::<Vec<_>>()
    };
    paper.names.iter().enumerate().flat_map(name).collect()
}

/// Metadata, and what is attached, one finding for each author and kind in each place.
fn in_metadata(paper: &Paper, identities: &Identities, file: FileId) -> Vec<Finding> {
    let unshown = &paper.unshown;
    let mut found: Vec<Finding> = Vec::new();
    let mut push = |entry: &UnshownEntry, inside: &str, place: &str| {
        for one in identities.matches(&entry.text) {
            let at = Place::File { file, inside: Some(inside.to_owned()) };
            let next = finding(identities, &one, &entry.text, place, at);
            if !found.iter().any(|f| f.at == next.at && f.message == next.message) {
                found.push(next);
            }
        }
    };
    for entry in &unshown.entries {
        push(entry, &entry.path, &format!("what no page shows ({})", entry.key));
    }
    for attached in &unshown.attached {
        // The name of an attachment is among the entries; its own place must not repeat it.
        attached.entries.iter().for_each(|entry| push(entry, &attached.path, "a file attached to the PDF"));
    }
    for earlier in &unshown.earlier {
        let inside = format!("revision {}", earlier.revision);
        earlier.entries.iter().for_each(|entry| push(entry, &inside, "an earlier revision of the file"));
    }
    found
}

/// Text that nobody sees, and what programs read in place of what is seen.
fn in_hidden_text(paper: &Paper, identities: &Identities) -> Vec<Finding> {
    let hidden = paper.hidden.found.iter().map(|h| (&h.text, &h.at));
    let mute = paper.hidden.mute.iter().map(|m| (&m.text, &m.at));
    let replaced = paper.replaced.iter().map(|r| (&r.read, &r.at));
    let mut found: Vec<Finding> = Vec::new();
    for (text, at) in hidden.chain(mute).chain(replaced) {
        for one in identities.matches(text) {
            let next = finding(identities, &one, text, "text that no reader sees", at.clone());
            if !found.iter().any(|f| f.message == next.message && f.at.meets(&next.at)) {
                found.push(next);
            }
        }
    }
    found
}

/// What its authors wrote besides the paper: one finding for each author and kind in each file, at the first place.
pub(super) fn in_sources(sources: &Sources, identities: &Identities) -> Vec<Finding> {
    sources.words.iter().flat_map(|words| in_words(words, sources, identities)).collect()
}

fn in_words(words: &Words, sources: &Sources, identities: &Identities) -> Vec<Finding> {
    let (text, lists) = words.read();
    let told = told_lines(words, sources);
    let mut found: Vec<Finding> = Vec::new();
    for one in identities.matches(&text) {
        let is_listed = lists.iter().any(|list| list.contains(&one.bytes.start));
        let is_cited = one.kind.is_name() && stands_by_citation(&text, &one);
        let line = line_of(&text, one.bytes.start);
        if is_listed || is_cited || told.contains(&line) {
            continue;
        }
        let at = Place::File { file: words.file, inside: Some(format!("line {line}")) };
        let next = finding(identities, &one, &text, "the file", at);
        let next = match one.kind {
            _ if !words.is_handed_in => next.lowered_to(Severity::Note),
            MatchKind::Surname => next.lowered_to(Severity::Warning),
            MatchKind::Affiliation if !says_where(&text, &one) => next.lowered_to(Severity::Note),
            _ => next,
        };
        if !found.iter().any(|f| f.message == next.message) {
            found.push(next);
        }
    }
    found
}

/// Lines of a file that are told for what stands there, whoever it is.
fn told_lines(words: &Words, sources: &Sources) -> Vec<usize> {
    let spans = sources.hints.iter().filter_map(|hint| match &hint.at {
        Place::Span(span) if span.file == words.file => Some(&span.bytes),
        _ => None,
    });
    spans
        .flat_map(|bytes| {
            words.line(bytes.start as usize)..=words.line((bytes.end as usize).saturating_sub(1))
        })
        .collect()
}

fn line_of(text: &str, byte: usize) -> usize {
    text[..byte].matches('\n').count() + 1
}

/// Letters around a name in which a citation makes it somebody's who is cited. Source: behaviour measured on papers
/// that cite their authors in the third person.
const CITED_WITHIN: usize = 40;
/// References from which a surname is one of the field's.
const SHARED_SURNAME: usize = 3;

fn on_pages(paper: &Paper, identities: &Identities, file: FileId) -> Vec<Finding> {
    let (prose, starts) = joined(paper.lines.iter().filter(|line| !line.is_reference));
    let (references, _) = joined(paper.lines.iter().filter(|line| line.is_reference));
    let cited = identities.matches(&references);
    let lines: Vec<&PrintedLine> = paper.lines.iter().filter(|line| !line.is_reference).collect();
    let mut found: Vec<Finding> = Vec::new();
    for one in identities.matches(&prose) {
        let of_same = |m: &&Match| m.author == one.author && m.kind.is_name();
        let is_shared = cited.iter().filter(of_same).count() >= SHARED_SURNAME;
        let is_cited = one.kind.is_name() && stands_by_citation(&prose, &one);
        if is_cited || one.kind == MatchKind::Surname && is_shared {
            continue;
        }
        let Some(line) = starts.partition_point(|start| *start <= one.bytes.start).checked_sub(1) else {
            continue;
        };
        let at = lines[line].place(file);
        let next = finding(identities, &one, &prose, &format!("page {}", lines[line].page), at);
        let is_of_work =
            one.kind == MatchKind::Affiliation && !stands_at_top(&lines, line) && !says_where(&prose, &one);
        found.push(if is_of_work { next.lowered_to(Severity::Note) } else { next });
    }
    found
}

/// Whether a line of page one stands above the abstract, or is a footnote that begins with its mark.
fn stands_at_top(lines: &[&PrintedLine], line: usize) -> bool {
    let first = lines[0].page;
    let is_abstract = |l: &&PrintedLine| l.text.trim().eq_ignore_ascii_case("abstract");
    let end = lines.iter().take_while(|l| l.page == first).position(is_abstract).unwrap_or(0);
    let is_marked = lines[line].text.starts_with(['*', '∗', '†', '‡', '§', '¶']);
    line < end || lines[line].page == first && is_marked
}

/// Letters before an organisation in which a sentence says that its authors are there.
const SAID_WITHIN: usize = 90;

/// Whether the words around an organisation tell that the authors belong to it, not that it made or licensed
/// something: `our group at`, `we thank`, `supported by`, `ethics board of`.
fn says_where(text: &str, found: &Match) -> bool {
    let before: String = text[..found.bytes.start].chars().rev().take(SAID_WITHIN).collect();
    let before: String = before.chars().rev().collect::<String>();
    let before = stops(&before).last().map_or(&*before, |stop| &before[stop..]).to_lowercase();
    let after: String = text[found.bytes.end..].chars().take(CITED_WITHIN).collect();
    BELONGING.is_match(&before) || OF_BOARD.is_match(&after.to_lowercase())
}

fn pattern(regex: &str) -> Regex {
    Regex::new(regex).expect("internal error: the pattern is fixed")
}

/// Ends of what stands before the organisation of authors, in lower case.
static BELONGING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"\b(?:our|my)(?: [\w-]+){1,4},?(?: at| in| of| from| within)?(?: the)? $",
        r"|\b(?:our|my) $|\bwe,?(?: are)?(?: all)? (?:at|from|of|with)(?: the)? $",
        r"|\b(?:authors?|work|research|study|done|carried out|conducted|performed|collected|recorded|recruited|measured|trained|hosted|employed|student|intern|internship|fellow|visiting|visit|based|affiliated|colleagues|collaborators|members?|while)(?: [\w-]+){0,2} (?:at|with|of|from|by|to|in)(?: the)? $",
        r"|\b(?:thanks?|acknowledges?|grateful|gratefully|supported|funded|sponsored|financed|approved)\b[^.]*$",
        r"|\b(?:board|committee|department|school|faculty|laboratory|chair|campus|hospital)(?: of[\w ]*| at),?(?: the)? $",
        r"|\bcopyright\b.*$|\\(?:affil\w*|institut\w*|address|author|thanks)\b.*$|©.*$",
    ))
});

/// Starts of what stands behind the organisation of authors, in lower case.
static OF_BOARD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:'s|’s)?,? (?:\([a-z]+\) )?(?:university |medical |research )?(?:irb|ethics|institutional review|review board|cluster|comput\w+ (?:cluster|cent)|supercomputer|hpc|hospital|campus|fellowship|scholarship|grant)\b",
    )
});

/// Lines as one text, with the byte at which each begins; words broken by a hyphen are joined.
fn joined<'a>(lines: impl Iterator<Item = &'a PrintedLine>) -> (String, Vec<usize>) {
    let mut text = String::new();
    let mut starts = Vec::new();
    for line in lines {
        let goes_on = line.text.starts_with(char::is_lowercase);
        if goes_on && text.ends_with("- ") {
            text.truncate(text.len() - "- ".len());
        }
        starts.push(text.len());
        text.push_str(&line.text);
        text.push(' ');
    }
    (text, starts)
}

/// Whether a citation stands close by: a number or label in brackets, a year, or "et al".
fn stands_by_citation(text: &str, found: &Match) -> bool {
    let before: String = text[..found.bytes.start].chars().rev().take(CITED_WITHIN).collect();
    let before: String = before.chars().rev().collect();
    let after: String = text[found.bytes.end..].chars().take(CITED_WITHIN).collect();
    let before = stops(&before).last().map_or(&*before, |stop| &before[stop..]);
    let after = stops(&after).next().map_or(&*after, |stop| &after[..stop]);
    has_citation(before) || has_citation(after)
}

/// Bytes right behind the stops that end sentences: those of `et al.`, of initials and the like do not.
fn stops(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(['.', '?', '!'])
        .map(|(at, _)| at)
        .filter(move |at| {
            let word = text[..*at].rsplit(char::is_whitespace).next().unwrap_or_default();
            let is_short = word.trim_start_matches(['(', '[']).chars().count() < SHORTEST_END;
            let is_abbreviated = ABBREVIATIONS.contains(&word.trim_start_matches(['(', '[']));
            let ends = text[at + 1..].starts_with(char::is_whitespace)
                && !text[at + 1..].trim_start().starts_with(['[', '(']);
            ends && !is_short && !is_abbreviated
        })
        .map(|at| at + 1)
}

/// Characters of a word that can end a sentence; shorter ones are initials.
const SHORTEST_END: usize = 2;
/// Words that end with a stop within sentences.
const ABBREVIATIONS: [&str; 9] = ["al", "cf", "e.g", "i.e", "Dr", "Prof", "Mr", "Ms", "vs"];

fn has_citation(text: &str) -> bool {
    let is_bracketed = text.split('[').skip(1).any(|rest| {
        let inside = rest.split(']').next().unwrap_or_default();
        inside.len() < rest.len() && inside.contains(|c: char| c.is_ascii_digit())
    });
    let digits = text.split(|c: char| !c.is_ascii_digit());
    let has_year = digits
        .into_iter()
        .any(|run| run.len() == "2000".len() && (run.starts_with("19") || run.starts_with("20")));
    is_bracketed || has_year || text.contains("et al") || text.contains("\\cite")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identities::Author;

    fn said(text: &str, is_so: impl Fn(&str, &Match) -> bool) -> bool {
        let mut identities = Identities::default();
        identities.add_author(&Author { names: vec!["Mira Velm".to_owned()], ..Author::default() });
        identities.add_organisation("Quarrystone");
        identities.matches(text).first().is_some_and(|found| is_so(text, found))
    }

    #[test]
    fn a_citation_counts_within_its_sentence() {
        for cited in ["as Mira Velm [4] showed", "by Mira Velm et al. [2019]", "in [3, 4] Mira Velm shows"] {
            assert!(said(cited, stands_by_citation), "{cited}");
        }
        for not in ["We follow Orr [2019]. Mira Velm wrote it", "Mira Velm wrote it. Orr [2019] too"] {
            assert!(!said(not, stands_by_citation), "{not}");
        }
    }

    #[test]
    fn an_organisation_is_the_authors_where_the_sentence_says_so() {
        for own in [
            "our group at Quarrystone",
            "We at Quarrystone built",
            "the work was done at Quarrystone",
            "We thank the library of Quarrystone",
            "supported by Quarrystone",
            "Ethics Board of Quarrystone",
            "the Quarrystone IRB approved it",
            "our Quarrystone colleagues",
            "% \\affiliation{Quarrystone}",
        ] {
            assert!(said(own, says_where), "{own}");
        }
        for others in [
            "Quarrystone licensed",
            "the Quarrystone data set",
            "We use the Quarrystone benchmark",
            "Our code is fast. Quarrystone is a benchmark",
        ] {
            assert!(!said(others, says_where), "{others}");
        }
    }
}
