//! The profiles that the binary carries.

/// Ids and texts of the built-in profiles, newest first.
pub static BUILTIN: &[(&str, &str)] = &[
    ("dlde-2023", include_str!("../../rules/dlde-2023.toml")),
    ("dlde-2022", include_str!("../../rules/dlde-2022.toml")),
    ("dlde-2021", include_str!("../../rules/dlde-2021.toml")),
    ("deepdiffeq-2020", include_str!("../../rules/deepdiffeq-2020.toml")),
];

/// The id of the venue that is taken where none is named.
pub const NEWEST: &str = "dlde-2023";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;
    use crate::profile::{Anonymity, Profile, ProfileFile, Stage, Track};
    use crate::style::StyleMode;

    fn profile(id: &str, stage: Stage, track: Track) -> Profile {
        let (_, text) = BUILTIN.iter().find(|(known, _)| *known == id).expect("built in");
        ProfileFile::parse(id, text).expect("parses").profile(stage, track)
    }

    #[test]
    fn every_venue_parses_and_goes_by_the_name_of_its_file() {
        for (id, text) in BUILTIN {
            let file = ProfileFile::parse(id, text).unwrap_or_else(|e| panic!("{id}: {e}"));
            assert_eq!(file.profile(Stage::Submission, Track::Regular).id, *id);
        }
        assert_eq!(BUILTIN[0].0, NEWEST);
    }

    #[test]
    fn a_dlde_submission_has_four_pages_in_the_style_of_its_year() {
        for year in ["2021", "2022", "2023"] {
            let p = profile(&format!("dlde-{year}"), Stage::Submission, Track::Regular);
            assert_eq!(p.main_pages.expect("limit").value, 4);
            assert_eq!(p.grace_lines, 0);
            assert_eq!(p.long_appendix.expect("advice").value, 4);
            assert_eq!(p.anonymity.expect("asked").value, Anonymity::DoubleBlind);
            let style = p.style.expect("asked").value;
            assert_eq!(style.ids[0], format!("dlde_neurips_{year}"));
            assert_eq!(style.mode, StyleMode::Submission);
            assert!(p.levels.is_empty());
        }
    }

    #[test]
    fn the_final_paper_names_its_authors_and_may_be_too_long() {
        let p = profile("dlde-2022", Stage::CameraReady, Track::Regular);
        assert_eq!(p.style.expect("asked").value.mode, StyleMode::Final);
        assert_eq!(p.anonymity.expect("asked").value, Anonymity::Named);
        assert_eq!(p.main_pages.expect("limit").value, 4);
        assert_eq!(p.levels["page-limit-exceeded"], Severity::Warning);
    }

    #[test]
    fn a_preprint_has_no_limit_and_no_secret() {
        let p = profile("dlde-2023", Stage::Preprint, Track::Regular);
        assert_eq!(p.style.expect("asked").value.mode, StyleMode::Preprint);
        assert!(p.main_pages.is_none() && p.anonymity.is_none() && p.long_appendix.is_none());
    }

    #[test]
    fn published_work_comes_as_it_is_in_2021_and_formatted_later() {
        let p = profile("dlde-2021", Stage::Submission, Track::RecentlyPublished);
        assert!(p.style.is_none() && p.anonymity.is_none() && p.main_pages.is_some());
        assert_eq!(p.levels["page-limit-exceeded"], Severity::Note);
        let p = profile("dlde-2023", Stage::Submission, Track::RecentlyPublished);
        assert!(p.style.is_some());
        assert!(p.anonymity.expect("asked").clause.says.starts_with("published work"));
        assert_eq!(p.levels["ANON"], Severity::Warning);
    }

    #[test]
    fn what_a_track_drops_no_stage_brings_back() {
        let p = profile("dlde-2021", Stage::CameraReady, Track::RecentlyPublished);
        assert!(p.style.is_none() && p.anonymity.is_none());
        assert_eq!(p.levels["page-limit-exceeded"], Severity::Note);
    }

    #[test]
    fn deepdiffeq_asks_nothing() {
        for stage in Stage::ALL {
            let p = profile("deepdiffeq-2020", stage, Track::Regular);
            assert!(p.main_pages.is_none() && p.style.is_none());
            assert!(p.anonymity.is_none() && p.long_appendix.is_none());
        }
    }
}
