//! What a file says where no page shows it: properties, names, notes, and what the programs along the way wrote down.

/// The kind of place that holds an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// The document information dictionary. Source: ISO 32000-2 §14.3.3.
    Info,
    /// The document's XMP packet. Source: ISO 32000-2 §14.3.2.
    Xmp,
    /// The information dictionary of an included figure, which pdfTeX keeps. Source: pdfTeX manual, `\pdfximage`.
    FigureInfo,
    /// The path that an included figure was read from, which pdfTeX keeps.
    FigurePath,
    /// The XMP packet of a figure, a font or another object.
    ObjectXmp,
    /// What a camera or an editor wrote into an image: EXIF, IPTC, XMP, comments.
    Image,
    /// What an editor keeps for itself. Source: ISO 32000-2 §14.5.
    PrivateData,
    /// A dictionary that names an author and that nothing asks for any more.
    Stray,
    /// A note, a mark-up or another annotation that is no link; a hidden one is never shown.
    Annotation {
        /// It is never shown nor printed. Source: ISO 32000-2 §12.5.3.
        is_hidden: bool,
    },
    /// The file that a link or an action leads to.
    Action,
    /// The name of a file within the file.
    AttachmentName,
    /// What such a file says.
    AttachmentText,
    /// A title of the outline.
    Outline,
    /// A named destination.
    Destination,
    /// The name of a layer (optional content group).
    Layer,
    /// A form field that was filled in.
    FormField,
    /// A digital signature.
    Signature,
}

/// One thing that a file says where no page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnshownEntry {
    /// The kind of place.
    pub holder: Holder,
    /// The key, property or tag, such as `Author`, `dc:creator` or `Artist`.
    pub key: String,
    /// What it says; never empty.
    pub text: String,
    /// Path within the file, such as `/Info/Author` or `12 0 R /PTEX.InfoDict/Author`.
    pub path: String,
    /// The page that shows the figure, image or note it belongs to, 1-based; `None` where it belongs to none.
    pub page: Option<u32>,
}

impl UnshownEntry {
    /// An entry of the document as a whole; `None` where it says nothing.
    pub(super) fn new(holder: Holder, key: &str, text: &str, path: String) -> Option<Self> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
        (!text.is_empty()).then(|| Self {
            holder,
            key: key.to_owned(),
            text: text.to_owned(),
            path,
            page: None,
        })
    }

    /// The bytes of its words.
    pub(super) fn size(&self) -> usize {
        self.text.len() + self.key.len() + self.path.len()
    }
}

/// A file within the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// Path within the file, such as `14 0 R`.
    pub path: String,
    /// Its bytes; `None` where they cannot be decoded or are more than are read.
    pub bytes: Option<Vec<u8>>,
}

/// What a viewer may do of its own accord, or do beyond showing the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActiveKind {
    /// Runs a script.
    JavaScript,
    /// Starts a program or opens another file.
    Launch,
    /// Opens a file named relative to this one.
    RelativeLaunch,
    /// Sends what was filled in, or fetches data.
    SubmitForm,
    /// Leads elsewhere, or runs something, as soon as the file or a page is opened.
    AutoAction,
    /// Shows a program or a three-dimensional scene.
    RichMedia,
    /// Plays a film or a sound.
    Multimedia,
    /// Holds a form of the XML Forms Architecture.
    Xfa,
    /// Takes part of its content from elsewhere.
    ExternalReference,
}

/// One thing that is active.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Active {
    /// What it does.
    pub kind: ActiveKind,
    /// Path within the file, such as `14 0 R /A`.
    pub path: String,
    /// The file or address it leads to; empty where it names none.
    pub target: String,
    /// The page it stands on, 1-based; `None` where it belongs to no page.
    pub page: Option<u32>,
}
