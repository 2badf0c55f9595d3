//! The names that styles go by, and what they set on the page.

mod fingerprint;

pub use fingerprint::{Fingerprint, Gap, neurips};

/// The family of a package by its published name: `dlde-neurips`, `neurips`, or `None` for any other.
///
/// The conference's own packages were called `nips_*` until 2018.
pub fn family_of(id: &str) -> Option<&'static str> {
    if id.starts_with("dlde_neurips_") {
        Some("dlde-neurips")
    } else if id.starts_with("neurips_") || id.starts_with("nips_") {
        Some("neurips")
    } else {
        None
    }
}

/// The mode that an option of a style sets; `None` for any other. The last two are those of other venues.
///
/// Source: the styles.
pub fn mode_of_option(option: &str) -> Option<StyleMode> {
    match option {
        "preprint" => Some(StyleMode::Preprint),
        "final" | "accepted" | "camera-ready" => Some(StyleMode::Final),
        _ => None,
    }
}

/// The mode a style was loaded in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StyleMode {
    /// No option: anonymous, with line numbers.
    Submission,
    /// Option `final`.
    Final,
    /// Option `preprint`.
    Preprint,
}

impl StyleMode {
    /// The name used in reports and profiles.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Submission => "submission",
            Self::Final => "final",
            Self::Preprint => "preprint",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_is_read_from_the_published_name() {
        assert_eq!(family_of("dlde_neurips_2023"), Some("dlde-neurips"));
        assert_eq!(family_of("nips_2018"), Some("neurips"));
        assert_eq!(family_of("icml2023"), None);
    }
}
