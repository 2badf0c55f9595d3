use crate::finding::{Finding, Severity};
use crate::paper::clue::ClueKind;
use crate::paper::{Holder, UnshownEntry};
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::precondition::{double_blind, read_pdf};
use crate::rules::unshown::{Said, alike, on_page, said_by, settled};

rule! {
    /// ## What it checks
    /// No photograph or other image tells who made it, with which device, or where: artist, owner, author, serial
    /// number, position (EXIF, IPTC, XMP). A holder of rights alone, as stock photographs have one, is a warning.
    ///
    /// ## Why it matters
    /// pdfTeX copies a JPEG as it is, with all that the camera wrote into it.
    ///
    /// ## What to do
    /// Run `dlde fix paper.pdf -o clean.pdf`, which leaves the picture as it is, or strip the image file
    /// (`exiftool -all= photo.jpg`) and build again.
    ///
    /// ## Source
    /// CIPA DC-008 (Exif 2.32) §4.6; IPTC IIM 4.2; ISO 16684-1, XMP.
    pub static IDENTITY_IN_IMAGE: Rule = {
        code: "ANON012",
        name: "identity-in-image",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::Pdf],
        check: images_name_nobody,
    }
}

fn images_name_nobody(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let clause = double_blind(case)?;
    read_pdf(case)?;
    let images = || case.paper.unshown.entries.iter().filter(|t| t.holder == Holder::Image);
    let mut said =
        said_by(images(), &[ClueKind::Person, ClueKind::Device, ClueKind::Organisation, ClueKind::Email]);
    let rights = said_by(images(), &[ClueKind::Rights]);
    let named: Vec<&str> = said.iter().map(|s| image_of(s.entry)).collect();
    said.extend(rights.into_iter().map(|right| {
        let is_named = named.contains(&image_of(right.entry));
        Said { severity: (!is_named).then_some(Severity::Warning), ..right }
    }));
    let message = |entry: &UnshownEntry| {
        format!(
            "the image{} tells who made it, with what, or where; a submission names nobody",
            on_page(entry)
        )
    };
    settled(case, alike(case, &said, message).into_iter().map(|f| f.asked_by(clause)).collect())
}

/// The object of an image, which its path begins with: `12 0 R Artist`.
fn image_of(entry: &UnshownEntry) -> &str {
    entry.path.rsplit_once(' ').map_or(entry.path.as_str(), |(object, _)| object)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, with_entries};

    #[test]
    fn makers_devices_and_places_are_found() {
        Trial::of(&IDENTITY_IN_IMAGE)
            .passes(&paper_with(|_| ()))
            .passes(&with_entries(&[
                (Holder::Image, "ImageDescription", "a pendulum"),
                (Holder::Image, "Comment", "quality 90"),
            ]))
            .fails(&with_entries(&[(Holder::Image, "Artist", "Melanie Velm")]))
            .fails(&with_entries(&[(Holder::Image, "BodySerialNumber", "SN-00417")]))
            .fails(&with_entries(&[(Holder::Image, "GPSLatitude", "48/12/0")]))
            .undetermined(&Paper::default());
    }

    #[test]
    fn a_holder_of_rights_alone_is_a_warning() {
        let rights = (Holder::Image, "Copyright", "Lanternfield Photographs");
        let trial = Trial::of(&IDENTITY_IN_IMAGE);
        assert_eq!(trial.finding(&with_entries(&[rights])).severity, Some(Severity::Warning));
        let both = with_entries(&[rights, (Holder::Image, "Artist", "Melanie Velm")]);
        assert!(trial.findings(&both).iter().all(|f| f.severity.is_none()));
    }
}
