//! A writer of PDFs that holds them to nothing: any object, any table, any lie.

/// A file of one page of text, each part of which may be replaced.
pub(crate) struct Pdf {
    /// Entries of the catalog.
    pub(crate) catalog: String,
    /// The object of the page tree's root.
    pub(crate) pages: String,
    /// Entries of the page.
    pub(crate) page: String,
    /// Entries of the page's resources besides the font.
    pub(crate) resources: String,
    /// Further fonts of the page, by name.
    pub(crate) fonts: String,
    /// The object of the font `/F1`.
    pub(crate) font: String,
    /// Entries of the content stream, and its bytes as they stand in the file.
    pub(crate) content: (String, Vec<u8>),
    /// Further objects, from [`FIRST`] on.
    pub(crate) objects: Vec<Vec<u8>>,
    /// Entries of the trailer.
    pub(crate) trailer: String,
}

/// The number of the first further object.
pub(crate) const FIRST: usize = 6;

/// A page of words that say nothing.
pub(crate) const WORDS: &str = "BT /F1 10 Tf 108 700 Td 12 TL (Quiet flows bend where solvers step) Tj T* \
                                (and the adjoint states travel back in time) Tj ET\n";

impl Default for Pdf {
    fn default() -> Self {
        Self {
            catalog: String::new(),
            pages: "<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_owned(),
            page: "/MediaBox [0 0 612 792]".to_owned(),
            resources: String::new(),
            fonts: String::new(),
            font: "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>"
                .to_owned(),
            content: (String::new(), WORDS.as_bytes().to_vec()),
            objects: Vec::new(),
            trailer: String::new(),
        }
    }
}

impl Pdf {
    /// A page with this content.
    pub(crate) fn shows(content: &str) -> Self {
        Self { content: (String::new(), content.as_bytes().to_vec()), ..Self::default() }
    }

    /// A page whose content is these zlib data.
    pub(crate) fn deflated(data: Vec<u8>) -> Self {
        Self { content: ("/Filter /FlateDecode".to_owned(), data), ..Self::default() }
    }

    /// A page with this font.
    pub(crate) fn font(font: impl Into<String>) -> Self {
        Self { font: font.into(), ..Self::default() }
    }

    /// With these entries in the catalog.
    pub(crate) fn catalog(mut self, entries: impl Into<String>) -> Self {
        self.catalog = entries.into();
        self
    }

    /// With these entries in the page.
    pub(crate) fn on_page(mut self, entries: &str) -> Self {
        self.page.push_str(entries);
        self
    }

    /// With these entries in the resources.
    pub(crate) fn resources(mut self, entries: impl Into<String>) -> Self {
        self.resources = entries.into();
        self
    }

    /// With a further object.
    pub(crate) fn object(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.objects.push(body.into());
        self
    }

    /// With one further object, so many times.
    pub(crate) fn many(mut self, body: &[u8], count: usize) -> Self {
        self.objects.extend(std::iter::repeat_n(body.to_vec(), count));
        self
    }

    /// With further objects.
    pub(crate) fn objects(mut self, bodies: impl IntoIterator<Item = String>) -> Self {
        self.objects.extend(bodies.into_iter().map(String::into_bytes));
        self
    }

    /// With a further stream.
    pub(crate) fn stream(self, entries: &str, data: &[u8]) -> Self {
        self.object(stream(entries, data))
    }

    /// Its objects, numbered from 1.
    pub(crate) fn all(self) -> Vec<Vec<u8>> {
        let (entries, data) = self.content;
        let mut all = vec![
            format!("<< /Type /Catalog /Pages 2 0 R {} >>", self.catalog).into_bytes(),
            self.pages.into_bytes(),
            format!(
                "<< /Type /Page /Parent 2 0 R /Contents 4 0 R {} /Resources << /Font << /F1 5 0 R {} >> {} >> >>",
                self.page, self.fonts, self.resources
            )
            .into_bytes(),
            stream(&entries, &data),
            self.font.into_bytes(),
        ];
        all.extend(self.objects);
        all
    }

    /// The file, with a table.
    pub(crate) fn bytes(mut self) -> Vec<u8> {
        let trailer = std::mem::take(&mut self.trailer);
        tabled(&self.all(), &trailer)
    }

    /// The file without a table, as a reader must find its objects by itself.
    pub(crate) fn untabled(self) -> Vec<u8> {
        let mut file = Vec::new();
        write(&mut file, &self.all());
        file.extend(b"trailer << /Root 1 0 R >>\n%%EOF\n");
        file
    }
}

/// A stream object with its true length.
pub(crate) fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let mut out = format!("<< {entries} /Length {} >>\nstream\n", data.len()).into_bytes();
    out.extend_from_slice(data);
    out.extend(b"\nendstream");
    out
}

/// Writes numbered objects behind a header; where each begins.
fn write(file: &mut Vec<u8>, objects: &[Vec<u8>]) -> Vec<usize> {
    file.extend(b"%PDF-1.7\n");
    let mut offsets = Vec::with_capacity(objects.len());
    for (index, body) in objects.iter().enumerate() {
        offsets.push(file.len());
        file.extend_from_slice(format!("{} 0 obj\n", index + 1).as_bytes());
        file.extend_from_slice(body);
        file.extend(b"\nendobj\n");
    }
    offsets
}

/// A file of these objects with their table.
pub(crate) fn tabled(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut file = Vec::new();
    let offsets = write(&mut file, objects);
    let start = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for at in &offsets {
        file.extend_from_slice(format!("{at:010} 00000 n \n").as_bytes());
    }
    let size = objects.len() + 1;
    file.extend(
        format!("trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n").bytes(),
    );
    file
}
