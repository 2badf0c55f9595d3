//! Where a submission names an author whom somebody supplied: names of files, pages, metadata, sources.
//!
//! Nothing here repeats a name, unless whoever supplied it asks for that.

use crate::finding::{Confidence, Finding, Severity};
use crate::identities::{Identities, Match, MatchKind};
use crate::paper::source::{Sources, Words};
use crate::paper::{Paper, PrintedLine, UnshownEntry};
use crate::place::{FileId, Place};

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
    let message = format!("{place} holds a {} of {whose}; a submission names nobody", found.kind.words());
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
        found.push(finding(identities, &one, &prose, &format!("page {}", lines[line].page), at));
    }
    found
}

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
    [before, after].iter().any(|side| has_citation(side))
}

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
