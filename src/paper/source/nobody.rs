//! Names, addresses and logins that belong to nobody: those of templates, examples and machines.

use crate::paper::identity::is_placeholder;

/// Words that templates put where authors, places and addresses go. Source: the example files of NIPS, NeurIPS,
/// ICML, ICLR, CVPR, ACL, IEEE and ACM styles.
const TEMPLATE: &[&str] = &[
    "anonymous",
    "acknowledgements",
    "acknowledgments",
    "go",
    "at",
    "end",
    "usa",
    "affiliation",
    "affiliations",
    "address",
    "email",
    "e-mail",
    "author",
    "authors",
    "author(s)",
    "coauthor",
    "co-author",
    "name",
    "names",
    "firstname",
    "lastname",
    "first",
    "second",
    "third",
    "last",
    "fourth",
    "given",
    "surname",
    "institution",
    "institute",
    "university",
    "department",
    "dept",
    "organization",
    "company",
    "laboratory",
    "lab",
    "city",
    "country",
    "state",
    "street",
    "zip",
    "line",
    "of",
    "the",
    "and",
    "for",
    "xxx",
    "yyy",
    "zzz",
    "computer",
    "science",
    "cranberry-lemon",
    "cranberry",
    "lemon",
    "pittsburgh",
    "pa",
    "dummy",
    "submission",
    "paper",
    "id",
    "under",
    "review",
    "double-blind",
    "blind",
    "peer",
    "if",
    "needed",
    "withheld",
    "omitted",
    "removed",
    "hidden",
    "your",
    "here",
    "thanks",
    "use",
    "footnote",
    "providing",
    "further",
    "information",
    "about",
    "webpage",
    "alternative",
    "not",
    "acknowledging",
    "funding",
    "agencies",
    "neural",
    "processing",
    "systems",
    "equal",
    "contribution",
    "corresponding",
    "workshop",
    "conference",
    "anon",
    "foo",
    "bar",
    "n/a",
    "none",
    "tbd",
    "todo",
    "blinded",
    "redacted",
    "contributors",
    "team",
    "project",
    "developers",
    "unknown",
    "see",
    "readme",
    "group",
    "research",
    "placeholder",
    "example",
    "sample",
    "text",
    "add",
    "to",
    "be",
    "added",
    "after",
    "acceptance",
    "revealed",
    "in",
    "final",
    "version",
];

/// People and places that templates are signed by: as a whole, since each word of them is somebody's name.
const SAMPLES: &[&str] = &[
    "David S. Hippocampus",
    "Elias D. Striatum",
    "Antiquus S. Hippocampus",
    "Natalia Cerebro",
    "Amelie P. Amygdale",
    "Ji Q. Ren",
    "Yevgeny LeNet",
    "Jane Doe",
    "John Doe",
    "David S.Hippocampus",
    "Elias D.Striatum",
    "University of the Witwatersrand",
    "Computational Neuroscience",
    "Joburg, South Africa",
];

/// Beginnings of lines that tell where a paper goes, and not who wrote it.
const NOTICES: &[&str] =
    &["submitted to", "under review", "submission to", "paper under", "to appear", "double-blind"];

/// Whether everything in a block of authors, its lines divided by `;`, stands for nobody.
pub(super) fn names_nobody(block: &str) -> bool {
    let mut plain = block.replace("--", " ").replace('&', " ");
    for sample in SAMPLES {
        plain = plain.replace(sample, " ");
    }
    plain.split(';').all(|line| {
        let is_notice = NOTICES.iter().any(|start| line.trim().to_lowercase().starts_with(start));
        is_notice || is_placeholder(line) || line.split_whitespace().all(is_template_word)
    })
}

fn is_template_word(word: &str) -> bool {
    if word.contains('@') {
        return is_nobodys_address(word.trim_matches(|c: char| !c.is_alphanumeric()));
    }
    let plain = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let stem = plain.trim_end_matches(|c: char| c.is_ascii_digit());
    let has_letters = plain.chars().any(char::is_alphabetic);
    !has_letters || stem.chars().count() == 1 || stem.bytes().all(|b| b == b'x') || TEMPLATE.contains(&stem)
}

/// Names before the `@` that are nobody's.
const NOBODYS: &[&str] = &[
    "email",
    "e-mail",
    "name",
    "someone",
    "some",
    "hippo",
    "coauthor",
    "git",
    "noreply",
    "no-reply",
    "info",
    "you",
    "me",
    "alice",
    "bob",
    "johndoe",
    "john.doe",
    "janedoe",
    "jane.doe",
    "first.last",
    "firstname.lastname",
    "foo",
    "test",
    "username",
    "support",
    "admin",
];
/// Beginnings of such names.
const NOBODYS_START: &[&str] =
    &["anon", "author", "firstauthor", "first", "second", "user", "xx", "blind", "your", "firstname"];
/// Hosts that are nobody's. Source: RFC 2606, templates.
const HOSTS: &[&str] = &[
    "example.com",
    "example.org",
    "example.net",
    "example.edu",
    "domain.com",
    "domain.edu",
    "domain.org",
    "email.com",
    "mail.com",
    "university.edu",
    "uni.edu",
    "i1.org",
    "i2.org",
    "cs.cranberry-lemon.edu",
    "springer.com",
    "users.noreply.github.com",
    "github.com",
    "gitlab.com",
    "bitbucket.org",
    "institution.edu",
    "wits.ac.za",
    "institute.edu",
    "company.com",
    "foo.com",
    "bar.com",
];

/// Whether an address belongs to nobody.
pub(super) fn is_nobodys_address(address: &str) -> bool {
    let lower = address.to_lowercase();
    let Some((name, host)) = lower.rsplit_once('@') else { return false };
    let last = host.rsplit('.').next().unwrap_or(host);
    NOBODYS.contains(&name)
        || NOBODYS_START.iter().any(|start| name.starts_with(start))
        || HOSTS.contains(&host)
        || matches!(last, "example" | "invalid" | "test" | "localhost" | "local")
        || ["example.", "anonym", "xxx", "institution"].iter().any(|start| host.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_name_nobody() {
        for block in [
            "Anonymous Author(s) ; Affiliation ; Address ; email",
            "David S. Hippocampus ; Department of Computer Science ; Cranberry-Lemon University ; Pittsburgh, PA 15213 ; hippo@cs.cranberry-lemon.edu",
            "Anonymous Authors ; submitted to NeurIPS 2022",
            "Antiquus S. Hippocampus, Natalia Cerebro & Amelie P. Amygdale Use footnote for providing further information about author (webpage, alternative address)---not for acknowledging funding agencies.",
            "Ji Q. Ren & Yevgeny LeNet ; Department of Computational Neuroscience ; University of the Witwatersrand ; Joburg, South Africa ; {robot,net}@wits.ac.za",
            "First Author ; Institution1 ; firstauthor@i1.org",
            "",
        ] {
            assert!(names_nobody(block), "{block}");
        }
    }

    #[test]
    fn a_name_is_somebody() {
        for block in
            ["Mira Quist ; Anonymous", "Anonymous ; mira.quist@larkfield.edu", "University of Larkfield"]
        {
            assert!(!names_nobody(block), "{block}");
        }
    }

    #[test]
    fn examples_and_machines_are_nobodys() {
        assert!(is_nobodys_address("user1@example.net") && is_nobodys_address("git@github.com"));
        assert!(!is_nobodys_address("mira.quist@larkfield.edu"));
    }
}
