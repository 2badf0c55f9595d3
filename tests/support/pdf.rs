//! A writer of very small PDFs, so that what a test shows stands in the test.

/// A PDF under construction: letter pages with lines of Times at 10 bp.
///
/// Each test that uses it uses another part of it.
#[derive(Default)]
pub(crate) struct Pdf {
    contents: Vec<String>,
    info: Vec<(String, String)>,
    is_locked: bool,
    objects: Vec<String>,
    catalog: String,
    first_page: String,
}

/// The number of the first object that [`Pdf::object`] adds; the next ones follow.
pub(crate) const FIRST_OBJECT: usize = 7;

impl Pdf {
    /// Adds a page of lines, each with the left end of its baseline in bp from the bottom left of the page.
    pub(crate) fn page<'a>(mut self, lines: impl IntoIterator<Item = (f64, f64, &'a str)>) -> Self {
        let show = |(x, y, text)| format!("BT /F1 10 Tf {x} {y} Td ({}) Tj ET\n", escaped(text));
        self.contents.push(lines.into_iter().map(show).collect());
        self
    }

    /// Adds a page that is one picture.
    pub(crate) fn picture(mut self) -> Self {
        self.contents.push("q 612 0 0 792 0 0 cm /I1 Do Q\n".to_owned());
        self
    }

    /// Adds an entry of the information dictionary.
    pub(crate) fn info(mut self, key: &str, value: &str) -> Self {
        self.info.push((key.to_owned(), escaped(value)));
        self
    }

    /// Adds an object, whether anything asks for it or not.
    pub(crate) fn object(mut self, body: &str) -> Self {
        self.objects.push(body.to_owned());
        self
    }

    /// Adds a stream with these entries in its dictionary.
    pub(crate) fn stream(self, entries: &str, data: &str) -> Self {
        let length = data.len();
        self.object(&format!("<< {entries} /Length {length} >>\nstream\n{data}\nendstream"))
    }

    /// Adds entries to the catalogue.
    pub(crate) fn catalog(mut self, entries: &str) -> Self {
        self.catalog.push_str(entries);
        self
    }

    /// Adds entries to the first page, its resources among them.
    pub(crate) fn on_first_page(mut self, entries: &str) -> Self {
        self.first_page.push_str(entries);
        self
    }

    /// Asks for a password that no one knows.
    pub(crate) fn locked(mut self) -> Self {
        self.is_locked = true;
        self
    }

    /// The file.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let key = "00".repeat(32);
        let info: String = self.info.iter().map(|(key, value)| format!("/{key} ({value}) ")).collect();
        let first_page = FIRST_OBJECT + self.objects.len();
        let pages = self.contents.len();
        let kids: String = (0..pages).map(|i| format!("{} 0 R ", first_page + 2 * i)).collect();
        let mut objects = vec![
            format!("<< /Type /Catalog /Pages 2 0 R {} >>", self.catalog),
            format!("<< /Type /Pages /Count {pages} /Kids [{kids}] >>"),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>".to_owned(),
            format!("<< {info}>>"),
            format!("<< /Filter /Standard /V 1 /R 2 /P -4 /O <{key}> /U <{key}> >>"),
            "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 \
             /Length 1 >>\nstream\nx\nendstream"
                .to_owned(),
        ];
        objects.extend(self.objects.iter().cloned());
        for (i, content) in self.contents.iter().enumerate() {
            objects.push(format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {} 0 R \
                 /Resources << /Font << /F1 3 0 R >> /XObject << /I1 6 0 R >> >> {} >>",
                first_page + 2 * i + 1,
                if i == 0 { self.first_page.as_str() } else { "" }
            ));
            objects.push(format!("<< /Length {} >>\nstream\n{content}endstream", content.len()));
        }
        let lock = if self.is_locked { " /Encrypt 5 0 R /ID [<00> <00>]" } else { "" };
        assembled(&objects, lock).into_bytes()
    }
}

/// Objects numbered from 1, with their table and trailer.
fn assembled(objects: &[String], trailer: &str) -> String {
    let mut file = "%PDF-1.5\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (i, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{} 0 obj\n{object}\nendobj\n", i + 1);
    }
    let (start, size) = (file.len(), objects.len() + 1);
    file += &format!("xref\n0 {size}\n{table}");
    file + &format!(
        "trailer\n<< /Size {size} /Root 1 0 R /Info 4 0 R{trailer} >>\nstartxref\n{start}\n%%EOF\n"
    )
}

/// The file with an update appended that replaces one object. Source: ISO 32000-2 §7.5.6.
pub(crate) fn updated(file: &[u8], object: usize, body: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(file);
    let before = text.rfind("startxref\n").map(|at| text[at..].lines().nth(1).unwrap_or_default().to_owned());
    let start = file.len();
    let update = format!("{object} 0 obj\n{body}\nendobj\n");
    let table = start + update.len();
    let trailer = format!(
        "xref\n{object} 1\n{start:010} 00000 n \ntrailer\n<< /Size 99 /Root 1 0 R /Info 4 0 R /Prev {} >>\n\
         startxref\n{table}\n%%EOF\n",
        before.unwrap_or_default()
    );
    [file, update.as_bytes(), trailer.as_bytes()].concat()
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)")
}
