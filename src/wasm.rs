//! The check in a browser: bytes in, reports out. A door that opens nothing: it touches neither files nor networks.
//!
//! A page calls it through the glue that `web/build` makes. A fault of ours ends the module; the page then says that
//! the paper could not be checked.

use crate::audience::Audience;
use crate::check::{Asker, Selection, check_for};
use crate::identities::Identities;
use crate::profile::{BUILTIN, Profile, ProfileFile, Stage, Track};
use crate::report::{Format, Look};
use crate::submission::{Handed, Origin, Submission};
use wasm_bindgen::prelude::wasm_bindgen;

/// What was handed in.
#[wasm_bindgen]
pub struct Papers {
    handed: Handed,
    identities: Identities,
}

#[wasm_bindgen]
impl Papers {
    /// Nothing yet; a submission that is no folder is its first file.
    #[wasm_bindgen(constructor)]
    pub fn new(name: String, is_folder: bool) -> Self {
        Self { handed: Handed { name, is_folder, ..Handed::default() }, identities: Identities::default() }
    }

    /// Adds a file, as one that is handed in, a `supplement` or a `source`.
    pub fn add(&mut self, name: String, bytes: Vec<u8>, role: &str) {
        let origin = match role {
            "source" => Origin::Source,
            "supplement" => Origin::Supplement,
            _ => Origin::Input,
        };
        self.handed.add(name, bytes, origin);
    }

    /// Says who the authors are.
    ///
    /// # Errors
    /// What is wrong with the text, and how it is to be written.
    pub fn identify(&mut self, text: &str) -> Result<(), String> {
        self.identities = Identities::parse(text).map_err(|why| format!("The authors: {why}."))?;
        Ok(())
    }

    /// Checks it, and writes the report in these formats of the command line, in their order.
    ///
    /// # Errors
    /// A venue, stage, track or format that there is none of, and what a format says.
    pub fn reports(
        self,
        venue: &str,
        stage: &str,
        track: &str,
        formats: Vec<String>,
    ) -> Result<Vec<Written>, String> {
        let profile = demands(venue, stage, track)?;
        let submission = self.handed.opened();
        let asker = Asker { audience: Audience::Author, identities: self.identities };
        let report = check_for(&submission, &profile, &Selection::default(), &asker);
        let write = |id: String| {
            let format = Format::ALL.iter().find(|f| f.id() == id).ok_or_else(|| unknown("format", &id))?;
            let look = Look { pictures: pictures(&submission, &report, *format), ..Look::default() };
            let mut bytes = Vec::new();
            format.write(&report, &look, &mut bytes).map_err(|error| error.to_string())?;
            Ok(Written { bytes })
        };
        formats.into_iter().map(write).collect()
    }
}

/// A report in one format.
#[wasm_bindgen]
pub struct Written {
    bytes: Vec<u8>,
}

#[wasm_bindgen]
impl Written {
    /// Takes its bytes.
    pub fn bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// Whether a paper named a font or a map that this module is without: the other module is to be asked then.
#[wasm_bindgen]
pub fn is_beyond() -> bool {
    crate::pdf::supply_was_missed()
}

fn demands(venue: &str, stage: &str, track: &str) -> Result<Profile, String> {
    let (id, text) = BUILTIN.iter().find(|(id, _)| *id == venue).ok_or_else(|| unknown("venue", venue))?;
    let stage = Stage::ALL.into_iter().find(|s| s.id() == stage).ok_or_else(|| unknown("stage", stage))?;
    let track = Track::ALL.into_iter().find(|t| t.id() == track).ok_or_else(|| unknown("track", track))?;
    let file = ProfileFile::parse(id, text).map_err(|error| error.to_string())?;
    let mut profile = file.profile(stage, track);
    profile.chosen = "chosen on the page".to_owned();
    Ok(profile)
}

fn unknown(what: &str, word: &str) -> String {
    format!("there is no {what} {word}")
}

/// The pages, drawn, for a format that shows them.
#[cfg(feature = "pictures")]
fn pictures(
    submission: &Submission,
    report: &crate::check::Report<'_>,
    format: Format,
) -> Vec<crate::pdf::Picture> {
    let mut pictures = Vec::new();
    let paper = submission.paper.and_then(|id| submission.file(id)).filter(|_| format.shows_pages());
    if let Some(paper) = paper {
        let in_detail = crate::report::pages_in_detail(report);
        crate::pdf::draw(&paper.bytes, &in_detail, |picture| pictures.push(picture));
    }
    pictures
}

/// A module that only checks draws nothing.
#[cfg(not(feature = "pictures"))]
fn pictures(_: &Submission, _: &crate::check::Report<'_>, _: Format) -> Vec<crate::pdf::Picture> {
    Vec::new()
}

/// A paper written anew without what no page shows.
#[cfg(feature = "rewriting")]
#[wasm_bindgen]
pub struct Clean {
    bytes: Vec<u8>,
    dropped: Vec<String>,
}

#[cfg(feature = "rewriting")]
#[wasm_bindgen]
impl Clean {
    /// Writes a PDF anew; `attachments`: also without the files within it.
    ///
    /// # Errors
    /// What is the matter with the file, and what to do: a sentence that lacks its subject.
    pub fn of(bytes: Vec<u8>, attachments: bool) -> Result<Self, String> {
        let crate::fix::Fixed { bytes, dropped } = crate::fix(&std::sync::Arc::new(bytes), attachments)?;
        Ok(Self { bytes, dropped })
    }

    /// What was dropped, such as `XMP packets: 4`.
    pub fn dropped(&self) -> Vec<String> {
        self.dropped.clone()
    }

    /// Takes its bytes.
    pub fn bytes(self) -> Vec<u8> {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn papers() -> Papers {
        let mut papers = Papers::new("paper.pdf".to_owned(), false);
        papers.add("paper.pdf".to_owned(), b"%PDF-1.5 torn".to_vec(), "paper");
        papers.add("source.zip".to_owned(), b"PK".to_vec(), "source");
        papers
    }

    #[test]
    fn reports_come_in_the_order_they_were_asked_for() {
        let formats = vec!["csv".to_owned(), "json".to_owned()];
        let written = papers().reports("dlde-2022", "camera-ready", "regular", formats).expect("two reports");
        let texts: Vec<_> =
            written.into_iter().map(|one| String::from_utf8(one.bytes()).expect("a text")).collect();
        assert!(
            texts[1].contains("\"verdict\":\"undetermined\"") && texts[1].contains("dlde-2022"),
            "{}",
            texts[1]
        );
        assert!(texts[0].lines().count() > 1 && !texts[0].starts_with('{'), "{}", texts[0]);
    }

    #[test]
    fn what_there_is_none_of_is_named() {
        let asked = |venue: &str, stage: &str, track: &str, format: &str| {
            papers().reports(venue, stage, track, vec![format.to_owned()]).err().unwrap_or_default()
        };
        let venue = asked("dlde-1999", "submission", "regular", "json");
        let stage = asked("dlde-2023", "draft", "regular", "json");
        let track = asked("dlde-2023", "submission", "fast", "json");
        let format = asked("dlde-2023", "submission", "regular", "docx");
        assert_eq!(
            [venue, stage, track, format],
            ["no venue dlde-1999", "no stage draft", "no track fast", "no format docx"]
                .map(|s| format!("there is {s}"))
        );
    }

    #[test]
    fn identities_that_say_nothing_are_refused() {
        assert!(papers().identify("[]").is_err());
        assert!(papers().identify("{\"authors\": [{\"names\": [\"Ada Velm\"]}]}").is_ok());
    }
}
