//! What is handed in: a form in parts, written to the spool while it comes and never held in memory whole.

use super::menu::{Menu, Wish};
use super::refusal::Refusal;
use super::spool::{Draft, Part, Spool, Spooled, Task};
use super::token::hexadecimal;
use crate::identities::Identities;
use crate::submission::Kind;
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::StatusCode;
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use tokio::io::AsyncWriteExt as _;

/// The most files beside the paper. Chosen: more than any venue takes.
const MAX_FILES: usize = 20;
/// The most fields of an upload.
const MAX_FIELDS: usize = 64;
/// The longest word of a field, and the longest file of identities, in bytes.
const MAX_WORD: usize = 256;
const MAX_IDENTITIES: usize = 1 << 20;
/// The longest name of a file, in characters.
const MAX_NAME: usize = 200;
/// How the authors are told.
const WHO: &str = r#"authors are told as {"authors": [{"names": ["Ada Orr"]}]}"#;
/// How much of a file tells what it is, in bytes; as [`Kind::of`] looks at it.
const HEAD: usize = 1024;

/// A submission: a paper, and what belongs to it.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "it describes a form that is read part by part")]
pub(super) struct Form {
    /// The paper, a PDF; may be left out where `source` is there
    #[schema(value_type = Option<String>, format = Binary, content_media_type = "application/octet-stream")]
    pdf: Option<Vec<u8>>,
    /// What the paper was made from: an archive (zip, tar, tar.gz) or a `.tex` file
    #[schema(value_type = Option<String>, format = Binary, content_media_type = "application/octet-stream")]
    source: Option<Vec<u8>>,
    /// What is handed in with the paper; may be given several times
    #[schema(value_type = Option<Vec<String>>, format = Binary, content_media_type = "application/octet-stream")]
    supplement: Option<Vec<Vec<u8>>>,
    /// Who the authors are, as JSON: `{"authors": [{"names": ["Ada Orr"]}]}`; what is said here stays out of the report
    identities: Option<String>,
    /// The venue, by an id that `GET /v1/venues` lists; without, the service's
    #[schema(example = "dlde-2023", max_length = 256)]
    venue: Option<String>,
    /// `submission`, `camera-ready` or `preprint`
    #[schema(example = "submission", pattern = "^(submission|camera-ready|preprint)?$")]
    stage: Option<String>,
    /// `regular` or `recently-published`
    #[schema(example = "regular", pattern = "^(regular|recently-published)?$")]
    track: Option<String>,
    /// Who the report is for: `author`, `chair` or `reviewer`
    #[schema(example = "chair", pattern = "^(author|chair|reviewer)?$")]
    audience: Option<String>,
}

/// An upload that is whole and on the disk.
pub(super) struct Upload {
    pub(super) draft: Draft,
    pub(super) task: Task,
    pub(super) label: String,
    /// The id of the venue.
    pub(super) venue: String,
    /// Digest of all of it: the id of its check.
    pub(super) id: String,
}

/// A file that has come in.
struct Received {
    part: Part,
    /// The first bytes.
    head: Vec<u8>,
    name: String,
    digest: [u8; 32],
    number: usize,
}

#[derive(Default)]
struct Fields {
    /// Bytes that files may still take.
    room: u64,
    files: Vec<Received>,
    wish: Wish,
    identities: Option<String>,
}

/// Reads the form to its end, of `most` bytes. What is refused leaves nothing behind; the rest of it is read all the
/// same, so that whoever sends it hears the answer.
pub(super) async fn receive(
    mut form: Multipart,
    most: u64,
    spool: &Spool,
    menu: &Menu,
) -> Result<Upload, Refusal> {
    let draft = spool.draft()?;
    let mut fields = Fields { room: most, ..Fields::default() };
    let mut refused = None;
    let mut number = 0;
    while let Some(field) = form.next_field().await.map_err(torn)? {
        number += 1;
        if refused.is_some() {
            continue;
        }
        let taken = if number > MAX_FIELDS {
            Err(Refusal::unfit("the form has too many fields"))
        } else {
            fields.take(field, &draft).await
        };
        refused = taken.err();
    }
    match refused {
        Some(refusal) => Err(refusal),
        None => fields.upload(draft, menu),
    }
}

impl Fields {
    async fn take(&mut self, field: Field<'_>, draft: &Draft) -> Result<(), Refusal> {
        let part = match field.name().unwrap_or_default() {
            "pdf" => Part::Paper,
            "source" => Part::Source,
            "supplement" => Part::Supplement,
            "identities" => return once(&mut self.identities, "identities", field, MAX_IDENTITIES).await,
            "venue" => return once(&mut self.wish.venue, "venue", field, MAX_WORD).await,
            "stage" => return once(&mut self.wish.stage, "stage", field, MAX_WORD).await,
            "track" => return once(&mut self.wish.track, "track", field, MAX_WORD).await,
            "audience" => return once(&mut self.wish.audience, "audience", field, MAX_WORD).await,
            _ => {
                let known = "pdf, source, supplement, identities, venue, stage, track, audience";
                return Err(Refusal::unfit(format!(
                    "the form has a field that is not known; known are {known}"
                )));
            }
        };
        if part != Part::Supplement && self.files.iter().any(|file| file.part == part) {
            return Err(Refusal::unfit("there is one field `pdf` and one field `source` at most"));
        }
        if self.files.len() > MAX_FILES {
            return Err(Refusal::unfit(format!("there are more than {MAX_FILES} files with the paper")));
        }
        let received = Received::write(field, part, &mut self.room, draft.file(self.files.len())).await?;
        self.files.push(Received { number: self.files.len(), ..received });
        Ok(())
    }

    /// All of it is there: is it what it should be?
    fn upload(mut self, draft: Draft, menu: &Menu) -> Result<Upload, Refusal> {
        let (venue, orders) = menu.orders(&self.wish)?;
        if let Some(text) = &self.identities {
            if orders.audience == "reviewer" {
                return Err(Refusal::unfit("a reviewer names no authors: leave `identities` out"));
            }
            Identities::parse(text).map_err(|why| Refusal::unfit(format!("identities: {why}; {WHO}")))?;
        }
        self.files.iter().try_for_each(Received::is_fit)?;
        // The paper first, then what it was made from; files of one kind as they came.
        self.files.sort_by_key(|file| file.part);
        match self.files.first_mut() {
            Some(first) if first.part != Part::Supplement => first.part = Part::Paper,
            _ => {
                return Err(Refusal::unfit(
                    "there is no paper: send a PDF as the field `pdf`, or what it is made from as `source`",
                ));
            }
        }
        let id = self.digest(&orders);
        let label = self.files.first().map_or(String::new(), |file| file.name.clone());
        let spooled = |file: Received| Spooled { name: file.name, part: file.part, number: file.number };
        let files = self.files.into_iter().map(spooled).collect();
        let task = Task { folder: draft.name.clone(), files, identities: self.identities, orders };
        Ok(Upload { draft, task, label, venue, id })
    }

    /// SHA-256 of what was handed in, of what it is checked against and of the version of the program.
    fn digest(&self, orders: &crate::worker::Orders) -> String {
        let mut digest = Sha256::new();
        let mut add = |bytes: &[u8]| {
            digest.update((bytes.len() as u64).to_le_bytes());
            digest.update(bytes);
        };
        add(env!("CARGO_PKG_VERSION").as_bytes());
        [&orders.profile, &orders.stage, &orders.track, &orders.audience]
            .into_iter()
            .for_each(|text| add(text.as_bytes()));
        add(self.identities.as_deref().unwrap_or_default().as_bytes());
        for file in &self.files {
            add(&[file.part as u8]);
            add(file.name.as_bytes());
            add(&file.digest);
        }
        hexadecimal(&digest.finalize())
    }
}

impl Received {
    async fn write(mut field: Field<'_>, part: Part, room: &mut u64, path: PathBuf) -> Result<Self, Refusal> {
        let name = label(field.file_name().unwrap_or_default(), part);
        let mut file = tokio::fs::File::create_new(path).await?;
        let mut digest = Sha256::new();
        let mut head = Vec::new();
        while let Some(bytes) = field.chunk().await.map_err(torn)? {
            *room = room.checked_sub(bytes.len() as u64).ok_or_else(too_large)?;
            digest.update(&bytes);
            head.extend(bytes.iter().take(HEAD.saturating_sub(head.len())));
            file.write_all(&bytes).await?;
        }
        file.flush().await?;
        // What is accepted is there after a power cut.
        file.sync_all().await?;
        Ok(Self { part, head, name, digest: digest.finalize().into(), number: 0 })
    }

    /// Whether the file is of the kind that its field asks for. What is inside is for the check to say.
    fn is_fit(&self) -> Result<(), Refusal> {
        match (self.part, Kind::of(&self.name, &self.head)) {
            (_, Kind::Empty) => Err(Refusal::unfit("a file is empty; send it again")),
            (Part::Paper, Kind::Pdf) | (Part::Supplement, _) => Ok(()),
            (Part::Paper, _) => Err(Refusal::unfit("the field `pdf` holds no PDF; sources go into `source`")),
            (Part::Source, Kind::Archive | Kind::Tex | Kind::Text) if self.is_source() => Ok(()),
            (Part::Source, _) => {
                Err(Refusal::unfit("the field `source` holds neither an archive nor a LaTeX source"))
            }
        }
    }

    /// A text is a source whatever it is called; what is not one holds a zero byte.
    fn is_source(&self) -> bool {
        Kind::of("", &self.head) == Kind::Archive || !self.head.contains(&0)
    }
}

/// The text of a field that may be there once.
async fn once(
    into: &mut Option<String>,
    name: &str,
    mut field: Field<'_>,
    most: usize,
) -> Result<(), Refusal> {
    let mut bytes = Vec::new();
    while let Some(more) = field.chunk().await.map_err(torn)? {
        bytes.extend_from_slice(&more);
        if bytes.len() > most {
            return Err(Refusal::unfit(format!("the field `{name}` is longer than {most} bytes")));
        }
    }
    let text =
        String::from_utf8(bytes).map_err(|_| Refusal::unfit(format!("the field `{name}` is no UTF-8")))?;
    let text = text.trim().to_owned();
    if text.contains('\0') {
        return Err(Refusal::unfit(format!("the field `{name}` holds a zero character")));
    }
    if into.is_some() {
        return Err(Refusal::unfit(format!("the field `{name}` is there twice")));
    }
    // An empty field of a form says nothing.
    *into = Some(text).filter(|text| !text.is_empty());
    Ok(())
}

/// A name is a label and leads nowhere: no folders, nothing that a terminal or page would not show.
fn label(name: &str, part: Part) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown: String = last.chars().filter(|c| !c.is_control()).take(MAX_NAME).collect();
    let shown = shown.trim().trim_start_matches('.').to_owned();
    match (shown.is_empty(), part) {
        (false, _) => shown,
        (true, Part::Paper) => "paper.pdf".to_owned(),
        (true, Part::Source) => "source".to_owned(),
        (true, Part::Supplement) => "supplement".to_owned(),
    }
}

/// The form breaks off, is too large or is none.
#[expect(clippy::needless_pass_by_value, reason = "it is given to `map_err`")]
fn torn(error: MultipartError) -> Refusal {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(),
        _ => Refusal::new(StatusCode::BAD_REQUEST, "the form breaks off or is none; send it again"),
    }
}

pub(super) fn too_large() -> Refusal {
    let why = "this is larger than the service takes; send the paper and leave the rest out";
    Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_is_a_label_and_leads_nowhere() {
        let cases = [
            ("paper.pdf", "paper.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\papers\\a b.pdf", "a b.pdf"),
            ("a\0\n\u{1b}[1mb.pdf", "a[1mb.pdf"),
            ("..", "paper.pdf"),
            (".hidden.pdf", "hidden.pdf"),
            ("", "paper.pdf"),
        ];
        for (name, expected) in cases {
            assert_eq!(label(name, Part::Paper), expected, "{name:?}");
        }
        assert_eq!(label(&"x".repeat(999), Part::Paper).len(), MAX_NAME);
    }
}
