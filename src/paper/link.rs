//! Links whose address no reader sees: the words that are clicked say something else, or nothing.
//!
//! What an address tells depends on what it is and on the sentence it stands in: a repository is the authors' own
//! where the sentence says so, and a stranger's where it says that.

use super::email::is_placeholder;
use super::layout::Layout;
use super::trace::is_anonymous_link;
use super::whose::says_whose;
use super::{PagePoint, PartSpan};
use crate::part::Part;
use crate::pattern::{Hit, Topic, hits_on};
use crate::pdf::{Bounds, Link};
use crate::place::{FileId, PageNumber, Place};
use crate::units::{Length, Rect};

/// What an address is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkKind {
    /// An e-mail address.
    Mail,
    /// A researcher's identifier.
    Orcid,
    /// The profile of a person.
    Profile,
    /// A page of its own, of a person, a project or an event.
    Site,
    /// A file shared from an account, whose owner is shown.
    Cloud,
    /// An address that hides another and counts who follows it.
    Short,
    /// A code repository or an account on a platform.
    Repository,
}

/// What the sentence around a link says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cue {
    /// It is the authors' own.
    Own,
    /// It is somebody else's.
    Others,
    /// Nothing.
    Silent,
}

/// A link whose address no reader sees, outside the reference list.
#[derive(Debug, Clone, PartialEq)]
pub struct HiddenLink {
    /// Where it leads.
    pub uri: String,
    /// What the address is.
    pub kind: LinkKind,
    /// What the sentence says of it.
    pub cue: Cue,
    /// Where it is clicked.
    pub at: Place,
}

/// What addresses tell, the telling ones first.
const KINDS: [(Topic, LinkKind); 8] = [
    (Topic::Email, LinkKind::Mail),
    (Topic::Orcid, LinkKind::Orcid),
    (Topic::CloudLink, LinkKind::Cloud),
    (Topic::ShortLink, LinkKind::Short),
    (Topic::PersonalPage, LinkKind::Site),
    (Topic::Repository, LinkKind::Repository),
    (Topic::Platform, LinkKind::Repository),
    (Topic::Archive, LinkKind::Repository),
];
/// Parts of the addresses of persons' own pages; other such pages may be those of a project or an event.
const PROFILES: [&str; 6] = [
    "/~",
    "linkedin.com/in/",
    "researchgate.net/profile/",
    "dblp.org/pid/",
    "openreview.net/profile",
    "scholar.google.",
];

/// Every hidden link that can tell something, in page order.
pub(super) fn hidden_links(
    layout: &Layout,
    links: &[Link],
    parts: &[PartSpan],
    file: FileId,
) -> Vec<HiddenLink> {
    let mut found: Vec<HiddenLink> = Vec::new();
    for link in links {
        // Most links are references': the rest is looked at only for those that are not.
        let Some(uri) = link.uri.as_deref().filter(|_| !stands_in_references(link, parts)) else { continue };
        let Some(kind) = kind_of(uri).filter(|_| !is_shown(layout, link, links, uri)) else { continue };
        let at = place(link, file);
        let cue = cue(&sentence(layout, link));
        // A link that is broken over lines is several annotations, and one account is one thing to mend.
        if !found.iter().any(|f| f.uri == uri || f.cue == cue && account(&f.uri) == account(uri)) {
            found.push(HiddenLink { uri: uri.to_owned(), kind, cue, at });
        }
    }
    found
}

/// What an address is; `None` for one that tells nothing.
pub(super) fn kind_of(uri: &str) -> Option<LinkKind> {
    if is_anonymous_link(uri) {
        return None;
    }
    let told = |hit: &Hit| hit.topic != Topic::Email || !is_placeholder(&uri[hit.at.clone()]);
    let hits: Vec<Hit> =
        hits_on(uri, |topic| KINDS.iter().any(|(t, _)| *t == topic)).into_iter().filter(told).collect();
    let (_, kind) = KINDS.iter().find(|(topic, _)| hits.iter().any(|hit| hit.topic == *topic))?;
    let is_profile = *kind == LinkKind::Site && PROFILES.iter().any(|part| uri.contains(part));
    Some(if is_profile { LinkKind::Profile } else { *kind })
}

/// Where a link is clicked.
pub(super) fn place(link: &Link, file: FileId) -> Place {
    let Bounds { left, top, right, bottom } = link.area;
    let area = Rect::from_corners(f64::from(left), f64::from(top), f64::from(right), f64::from(bottom));
    Place::Page { file, page: PageNumber(link.page), boxes: vec![area], line_number: None }
}

/// Host and first step of a path, such as `github.com/mvelm`.
fn account(uri: &str) -> String {
    let path = uri.split_once("://").map_or(uri, |(_, path)| path);
    path.split(['/', '?', '#']).take(2).collect::<Vec<_>>().join("/").to_lowercase()
}

/// Whether a link stands in the reference list.
pub(super) fn stands_in_references(link: &Link, parts: &[PartSpan]) -> bool {
    let at = PagePoint { page: PageNumber(link.page), y: Length::bp(f64::from(link.area.bottom)) };
    let before = |p: &&PartSpan| (p.start.page, p.start.y) <= (at.page, at.y);
    parts.iter().rfind(before).is_some_and(|p| p.part == Part::References)
}

/// Letters and digits alone, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Fewer letters on the page do not show an address.
const SHORTEST_SHOWN: usize = 6;

/// Whether the words that are clicked are the address, or a part of it that tells as much. An address that is broken
/// over lines is one link for each, and only together do they show it.
fn is_shown(layout: &Layout, link: &Link, links: &[Link], uri: &str) -> bool {
    let seen = |one: &Link| letters(&words_in(layout, one.page, &one.area));
    let is_near = |one: &&Link| one.uri.as_deref() == Some(uri) && one.page.abs_diff(link.page) <= 1;
    let parts: Vec<String> = links.iter().filter(is_near).map(seen).collect();
    shows(&seen(link), &parts, uri)
}

/// Whether the letters that are clicked show an address, alone or with its other `parts`, those of other lines.
fn shows(own: &str, parts: &[String], uri: &str) -> bool {
    let address = letters(uri.split_once(':').map_or(uri, |(_, rest)| rest).trim_start_matches("//www."));
    if own.len() >= SHORTEST_SHOWN && (address.contains(own) || own.contains(&address)) {
        return true;
    }
    let whole = letters(uri);
    let is_part = |part: &&String| !part.is_empty() && whole.contains(part.as_str());
    let shown: usize = parts.iter().filter(is_part).map(String::len).sum();
    whole.contains(own) && shown >= SHORTEST_SHOWN.max(address.len() / 2)
}

/// The words of a page whose middle lies in an area.
fn words_in(layout: &Layout, page: u32, area: &Bounds) -> String {
    let mut seen = String::new();
    for (_, line) in layout.page_lines(page).filter(|(_, l)| !l.area.intersect(area).is_empty()) {
        for word in &line.words {
            let (x, y) = (
                f32::midpoint(word.area.left, word.area.right),
                f32::midpoint(word.area.top, word.area.bottom),
            );
            if area.left <= x && x <= area.right && area.top <= y && y <= area.bottom {
                seen.push_str(&word.text);
                seen.push(' ');
            }
        }
    }
    seen
}

/// Letters of a sentence that are looked at on either side of a link.
const SENTENCE: usize = 160;

/// The sentence that the words that are clicked stand in, over at most five lines.
fn sentence(layout: &Layout, link: &Link) -> String {
    let at = layout.page_lines(link.page).find(|(_, l)| !l.area.intersect(&link.area).is_empty());
    let Some((index, line)) = at else { return String::new() };
    let around = |lines: &[super::line::Line]| -> String {
        lines.iter().filter(|l| l.page == link.page).map(|l| format!("{} ", l.text)).collect()
    };
    let mut before = around(&layout.lines[index.saturating_sub(2)..index]);
    let mut after = String::new();
    for word in &line.words {
        let side = if word.area.left < link.area.right { &mut before } else { &mut after };
        side.push_str(&word.text);
        side.push(' ');
    }
    after += &around(&layout.lines[index + 1..layout.lines.len().min(index + 3)]);
    let clicked = words_in(layout, link.page, &link.area);
    let open = before.trim_end().len().saturating_sub(clicked.trim().len());
    let open = (0..=open).rev().find(|i| before.is_char_boundary(*i)).unwrap_or(0);
    let start = before[..open].rfind(". ").map_or(0, |i| i + 2);
    let skipped = before[start..].chars().count().saturating_sub(SENTENCE);
    let before: String = before[start..].chars().skip(skipped).collect();
    // The words that are clicked may end the sentence.
    let ends = before.trim_end().ends_with('.');
    let after = after.split(". ").next().filter(|_| !ends).unwrap_or_default();
    before + &after.chars().take(SENTENCE).collect::<String>()
}

/// What a sentence says of the link at its end.
pub(super) fn cue(sentence: &str) -> Cue {
    match says_whose(sentence) {
        (_, true) => Cue::Others,
        (true, false) => Cue::Own,
        (false, false) => Cue::Silent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_tells_whose_it_is() {
        for own in [
            "Our code is available here",
            "We release the trained models here",
            "Code: anonymised repository.",
            "1 Project page",
            "The source code can be found at this address",
        ] {
            assert_eq!(cue(own), Cue::Own, "{own}");
        }
        for others in [
            "We use the official implementation",
            "We adapted the code of the baseline",
            "Baselines are based on this repository",
            "Their code is available here",
        ] {
            assert_eq!(cue(others), Cue::Others, "{others}");
        }
        assert_eq!(cue("The solver of choice is Dopri5"), Cue::Silent);
        assert_eq!(cue(""), Cue::Silent);
    }

    #[test]
    fn an_address_broken_over_lines_is_shown_by_its_parts_together() {
        let uri = "https://github.com/mvelm/stepper";
        let parts = ["https", "", "githubcommvelmstepper"].map(str::to_owned);
        assert!(parts.iter().all(|part| shows(part, &parts, uri)));
        assert!(shows("githubcommvelmstepper", &parts[2..], uri));
        // One word of it, or other words beside it, show nothing.
        assert!(!shows("https", &parts[..1], uri));
        assert!(!shows("here", &parts, uri));
        assert!(!shows("code", &["code".to_owned()], uri));
    }

    #[test]
    fn an_address_is_what_its_host_says() {
        assert_eq!(kind_of("https://orcid.org/0000-0001-2345-6789"), Some(LinkKind::Orcid));
        assert_eq!(kind_of("mailto:m.velm@lanternfield.edu"), Some(LinkKind::Mail));
        assert_eq!(kind_of("https://mvelm.github.io"), Some(LinkKind::Site));
        assert_eq!(kind_of("https://www.cs.lanternfield.edu/~mvelm/"), Some(LinkKind::Profile));
        assert_eq!(kind_of("https://github.com/mvelm/solver"), Some(LinkKind::Repository));
        for harmless in [
            "https://anonymous.4open.science/r/solver-12",
            "https://osf.io/abcde/?view_only=12",
            "https://doi.org/10.1000/182",
            "https://arxiv.org/abs/2101.00001",
        ] {
            assert_eq!(kind_of(harmless), None, "{harmless}");
        }
    }
}
