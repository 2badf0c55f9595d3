//! Whose something is, by the words of the sentence that speaks of it.

use crate::pattern::Opening;
use regex_lite::Regex;
use std::sync::LazyLock;

/// Words by which authors speak of what is theirs.
static OWN: Opening = Opening::new(
    &["our", "my", "we", "source", "code", "project", "accompanying"],
    concat!(
        r"\b(?:our|my) (?:\w+ ){0,3}?(?:code(?:base)?|implementation|repository|repo|github|project|web ?page|website|page|data(?:set)?s?|models?|checkpoints?|weights|library|package|toolbox|framework|software|benchmark|demo|videos?|supplement\w*|experiments?|method|simulator|environments?)\b",
        r"|\bwe (?:also |will |have |make |hereby )*(?:release|provide|publish|open[- ]?source|make (?:[\w-]+ ){0,5}?(?:public|publicly|available|open|accessible)|share|host)d?\b",
        r"|\b(?:source )?code (?:(?:and|&|for|to|of)[- ][^.]{0,60}?)?(?:(?:is|are|was|will be|has been|can be) )?(?:made )?(?:publicly |freely |openly )?(?:available|released|found|accessed|provided|accessible|hosted)\b",
        r"|\b(?:project|accompanying) (?:web ?)?(?:page|site)\b",
    ),
);

/// Words that stand before a link at the head of a sentence: "Code:", "1 Project page at".
static LABEL_OF_LINK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^(?:[.\n] ?)?(?:\d{1,2} ?)?(?:project|code|website|webpage|demo|videos?|repository|source)(?: (?:page|code|website))? ?(?::|at\b)",
    )
    .expect("internal error: the pattern is fixed")
});

/// Words by which authors speak of what is somebody else's.
static OTHERS: Opening = Opening::new(
    &[
        "we",
        "they",
        "official",
        "public",
        "publicly",
        "author",
        "authors",
        "original",
        "third",
        "existing",
        "released",
        "workshop",
        "conference",
        "venue",
        "competition",
        "challenge",
        "based",
        "adapted",
        "taken",
        "downloaded",
        "provided",
        "implementation",
        "baseline",
        "baselines",
        "obtained",
        "available",
        "their",
    ],
    concat!(
        r"\b(?:we|they) (?:use|used|adapt(?:ed)?|employ(?:ed)?|follow(?:ed)?|build|built|rely|relied|obtain\w*|take|took|modif\w+|borrow\w*|compare\w*|download\w*)\b",
        r"|\b(?:official|public|publicly available|authors?'?|original|third-party|existing|released by) (?:\w+ )?(?:implementation|code|repository|library|package|release|authors?)\b",
        r"|\b(?:workshop|conference|venue|competition|challenge)(?:'s)? (?:web ?)?(?:site|page)\b|\b(?:based on|adapted from|taken from|downloaded from|provided (?:by|in|with)|implementation (?:of|from|by)|baselines? use|obtained from|available from)\b|\btheir\b",
    ),
);

/// Words by which authors say what their own work is made with.
static MADE_WITH: Opening = Opening::new(
    &[
        "our",
        "my",
        "the",
        "is",
        "are",
        "was",
        "were",
        "been",
        "being",
        "built",
        "based",
        "licensed",
        "licenced",
        "license",
        "licence",
        "in",
        "throughout",
        "within",
        "during",
    ],
    concat!(
        r"\b(?:our|my|the) (?:\w+ ){0,3}?(?:code(?:base)?|implementations?|experiments?|simulations?|scripts|models?|method|solver|software|pipeline|evaluation|library|package|framework|toolbox) (?:\w+ ){0,2}?(?:us(?:es?|ed|ing)|rel(?:y|ies|ied) on|extends?|extended|adapts?|adapted|follow(?:s|ed)?|modif(?:y|ies|ied)|wraps?|built|builds?|based|depends?|derived|forked|borrows?|inherits?)\b",
        r"|\b(?:is|are|was|were|been|being) (?:\w+ ){0,2}?used\b",
        r"|\b(?:built|based) (?:up)?on(?: top of)?\b|\blicen[cs]ed\b|\blicen[cs]e[:)]",
        r"|\b(?:in|throughout|within|during) our (?:\w+ ){0,2}?(?:experiments?|evaluations?|simulations?|benchmarks?)\b",
    ),
);

/// Words by which something is handed out.
static HANDED_OUT: Opening = Opening::new(
    &["is", "are", "be", "been", "made", "and", "was", "were", "we"],
    concat!(
        r"\b(?:is|are|be|been|made|and|was|were) (?:\w+ ){0,2}?(?:available|accessible|released?|open[- ]?sourced?|found|hosted|published|downloaded|obtained)\b",
        r"|\bwe (?:also |will |have |make |hereby )*(?:release|provide|publish|open[- ]?source|make (?:[\w-]+ ){0,5}?(?:public|publicly|available|open|accessible)|share|host)d?\b",
    ),
);

/// What of the authors' work nobody clicks: a sentence that speaks of it may link what others made.
static UNLINKED: Opening = Opening::new(
    &["our", "my"],
    r"\b(?:our|my) (?:\w+ ){0,3}?(?:experiments?|methods?|models?|frameworks?|benchmarks?|environments?)\b",
);

/// Whether a sentence speaks of what is its authors' own.
fn speaks_of_own(sentence: &str) -> bool {
    let mut heads = std::iter::once(0).chain(sentence.match_indices(['.', '\n']).map(|(at, _)| at));
    OWN.is_in(sentence) || heads.any(|at| LABEL_OF_LINK.is_match(&sentence[at..]))
}

/// Whether a sentence speaks of something of its authors that can be linked: code, a page, data.
pub(super) fn hands_out(sentence: &str) -> bool {
    HANDED_OUT.is_in(sentence) || speaks_of_own(&UNLINKED.blanked(sentence))
}

/// Whether a sentence says what its authors' work is made with, and hands nothing out.
fn says_made_with(sentence: &str) -> bool {
    MADE_WITH.is_in(sentence) && !HANDED_OUT.is_in(sentence)
}

/// Whether a sentence speaks of what is its authors' own, and whether of what is somebody else's.
pub(super) fn says_whose(sentence: &str) -> (bool, bool) {
    let is_made_with = says_made_with(sentence);
    let is_own = speaks_of_own(sentence) && (!is_made_with || speaks_of_own(&MADE_WITH.blanked(sentence)));
    (is_own, is_made_with || OTHERS.is_in(sentence))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says_own(sentence: &str) -> bool {
        says_whose(sentence).0
    }

    fn says_others(sentence: &str) -> bool {
        says_whose(sentence).1
    }

    #[test]
    fn whose_a_link_is_stands_in_its_sentence() {
        for own in [
            "Our code is available at",
            "The source code for all experiments can be found at",
            "We release the simulator:",
            "Project page:",
            "Code: ",
            "as was shown. 2 Code: ",
            "as was shown\nVideos at",
            "Code is available at",
        ] {
            assert!(says_own(own), "{own}");
        }
        for others in
            ["We use the implementation of Quist", "the official code of the authors", "adapted from"]
        {
            assert!(says_others(others), "{others}");
        }
        assert!(!says_own("The solver suite of Quist is at") && !says_own("by its barcode: none"));
        assert!(
            says_own("We make all code for it publicly available") && !says_own("as long as we make sure")
        );
    }

    #[test]
    fn what_ones_work_is_made_with_is_somebody_elses() {
        for others in [
            "Our implementation uses https://github.com/quist/stepper",
            "Our code is based on https://github.com/quist/stepper",
            "Our implementation builds on the library at https://github.com/quist/stepper",
            "The scripts https://github.com/quist/stepper are used in our experiments",
            "The Stepper tool (https://github.com/quist/stepper, MIT licensed) was used",
            "In our experiments the reader (https://github.com/quist/stepper) was used",
        ] {
            assert!(says_others(others) && !says_own(others), "{others}");
        }
        for own in [
            "Our implementation uses no other library and is available at https://github.com/velm/stepper",
            "The code that was used is released at https://github.com/velm/stepper, and our code is available",
            "Our code is available at https://github.com/velm/stepper",
            "Code for our experiments is available at https://github.com/velm/stepper",
            "We release our implementation, MIT licensed, at https://github.com/velm/stepper",
        ] {
            assert!(says_own(own), "{own}");
        }
        assert!(!says_others(
            "Our implementation uses no other library and is available at github.com/velm/x"
        ));
    }

    #[test]
    fn every_word_that_opens_a_phrase_is_known() {
        for (opening, phrases) in [
            (
                &OWN,
                "our code; my repo; we release; source code available; code was made available; \
                  project page; accompanying site",
            ),
            (
                &OTHERS,
                "we use; they used; official code; public repository; \
                  publicly available library; author code; authors' code; original release; \
                  third-party package; existing implementation; released by authors; \
                  workshop page; conference website; venue's site; competition page; \
                  challenge site; based on; adapted from; taken from; downloaded from; \
                  provided with; implementation of; baseline use; baselines use; obtained from; \
                  available from; their",
            ),
            (
                &MADE_WITH,
                "our solver uses; my scripts extend; the code is based; is used; are used; \
                  was used; were used; been used; being used; built on; based on; licensed; \
                  licenced; license:; licence); in our experiments; throughout our evaluation; \
                  within our simulations; during our benchmarks",
            ),
            (
                &HANDED_OUT,
                "is available; are found; be released; been published; made accessible; \
                  and hosted; was obtained; were downloaded; we share",
            ),
            (&UNLINKED, "our method; my models"),
        ] {
            let phrases: Vec<&str> = phrases.split("; ").collect();
            let mut words: Vec<&str> =
                phrases.iter().filter_map(|p| p.split(|c: char| !c.is_ascii_alphanumeric()).next()).collect();
            words.dedup();
            assert_eq!(opening.words(), words);
            for phrase in phrases {
                let text = format!("So {phrase}. Then");
                assert_eq!(opening.blanked(&text), "So  . Then", "{phrase}");
            }
        }
    }
}
