//! The mark that the shipped style writes into the information dictionary: a hint, which anybody can write.

use crate::pdf::Document;
use crate::style::StyleMode;

/// What the file says of its own style.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    /// The package name, such as `dlde_neurips_2023`.
    pub style: Option<String>,
    /// The mode it was loaded in; `None` for a word that is no mode.
    pub mode: Option<StyleMode>,
    /// How many pages were written out.
    pub pages: Option<u32>,
    /// The page on which the references begin, 1-based; `None` where there are none.
    pub references: Option<u32>,
}

/// The key of the information dictionary. Source: the style's own documentation.
const KEY: &str = "DLDE";

impl Mark {
    /// Reads the mark of a file; `None` where it has none.
    pub(super) fn of(document: &Document) -> Option<Self> {
        document.metadata.info.get(KEY).map(|text| Self::parse(text))
    }

    /// Reads `name=value` pairs that are parted by semicolons; what is not known is left out.
    fn parse(text: &str) -> Self {
        let pairs = || text.split(';').filter_map(|pair| pair.trim().split_once('='));
        let value = |name: &str| pairs().find(|(key, _)| *key == name).map(|(_, value)| value.trim());
        let number = |name: &str| value(name).and_then(|v| v.parse().ok());
        let modes = [StyleMode::Submission, StyleMode::Final, StyleMode::Preprint];
        Self {
            style: value("style").map(str::to_owned),
            mode: value("mode").and_then(|word| modes.into_iter().find(|m| m.id() == word)),
            pages: number("pages"),
            references: number("references").filter(|page| *page > 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_read_and_what_is_not_known_is_left_out() {
        let mark = Mark::parse("style=dlde_neurips_2023; mode=final; pages=6; references=0; taste=good; odd");
        assert_eq!(mark.style.as_deref(), Some("dlde_neurips_2023"));
        assert_eq!((mark.mode, mark.pages, mark.references), (Some(StyleMode::Final), Some(6), None));
        assert_eq!(Mark::parse("nothing to read"), Mark::default());
    }
}
