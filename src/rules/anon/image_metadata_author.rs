use crate::finding::{Finding, Severity};
use crate::paper::source::HintKind;
use crate::rule::{Case, Skip, rule};
use crate::rules::hint::anonymous;

rule! {
    /// ## What it checks
    /// No picture tells its author, owner or place in its EXIF, XMP, text chunks or comments.
    ///
    /// ## Why it matters
    /// Cameras and drawing programs write them by themselves, and they may be copied into the PDF.
    ///
    /// ## What to do
    /// Remove them: `exiftool -all= picture.jpg`, or export the picture anew.
    pub static IMAGE_METADATA_AUTHOR: Rule = {
        code: "ANON073",
        name: "image-metadata-author",
        aliases: &[],
        severity: Severity::Error,
        needs: &[],
        check: pictures_name_nobody,
    }
}

fn pictures_name_nobody(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    anonymous(
        case,
        |h| h.kind == HintKind::PictureAuthor,
        "the metadata of a picture tells who made it, or where; a submission does not",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::paper::source::{Setting, Weight};
    use crate::rules::trial::{Trial, paper_with_hint, paper_with_sources};

    #[test]
    fn sources_without_it_pass_and_a_lone_pdf_has_none() {
        let other = paper_with_hint(HintKind::Host, Setting::Comment, Weight::Full);
        Trial::of(&IMAGE_METADATA_AUTHOR).passes(&other).not_applicable(&Paper::default());
    }

    #[test]
    fn it_is_found_and_lowered_where_it_tells_less() {
        let meant = |weight| paper_with_hint(HintKind::PictureAuthor, Setting::File, weight);
        let trial = Trial::of(&IMAGE_METADATA_AUTHOR).fails(&meant(Weight::Full));
        assert_eq!(trial.finding(&meant(Weight::Full)).severity, None);
        assert_eq!(trial.finding(&meant(Weight::Slight)).severity, Some(Severity::Note));
    }

    #[test]
    fn files_that_were_not_read_leave_it_open() {
        let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
        Trial::of(&IMAGE_METADATA_AUTHOR).undetermined(&unread);
    }
}
