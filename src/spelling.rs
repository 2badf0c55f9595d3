//! The known word that was probably meant.

/// The candidate nearest to `word`, where one is near enough to be a slip of the finger.
///
/// Near is: at most one change in three letters, swapped neighbours counting as one. Case does not count.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    candidates
        .into_iter()
        .map(|c| (strsim::osa_distance(&word, &c.to_lowercase()), c))
        .filter(|(distance, c)| *distance <= c.chars().count().div_ceil(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, c)| c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_mended_and_a_guess_is_not_made() {
        let known = ["dlde-2021", "dlde-2022", "dlde-2023"];
        assert_eq!(nearest("dlde-2203", known), Some("dlde-2023"));
        assert_eq!(nearest("DLDE2022", known), Some("dlde-2022"));
        assert_eq!(nearest("neurips", known), None);
    }
}
