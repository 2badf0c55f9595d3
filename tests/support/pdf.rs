//! A writer of very small PDFs, so that what a test shows stands in the test.

/// A PDF under construction: letter pages with lines of Times at 10 bp.
#[derive(Default)]
pub(crate) struct Pdf {
    contents: Vec<String>,
    info: Vec<(String, String)>,
    is_locked: bool,
    described: String,
}

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

    /// Adds a page painted by these operators.
    ///
    /// `/F1` is Times; `/F2` is Times whose map tells programs the letter after the one that is shown, `/F3` Times
    /// whose codes 1 and 2 stand for zero-width characters and 3 for an override of direction. `/G0` is an alpha of 0,
    /// `/L0` a layer that is off, `/L1` one that is on, `/I1` a picture.
    pub(crate) fn painted(mut self, content: &str) -> Self {
        self.contents.push(format!("{content}\n"));
        self
    }

    /// Adds an entry of the information dictionary.
    pub(crate) fn info(mut self, key: &str, value: &str) -> Self {
        self.info.push((key.to_owned(), escaped(value)));
        self
    }

    /// Adds a figure to the structure tree, with this description.
    pub(crate) fn described(mut self, words: &str) -> Self {
        let words = escaped(words);
        self.described =
            format!("/StructTreeRoot << /K [<< /S /Document /K << /S /Figure /Alt ({words}) >> >>] >>");
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
        let described = &self.described;
        let first_page = 7 + EXTRAS.len();
        let pages = self.contents.len();
        let kids: String = (0..pages).map(|i| format!("{} 0 R ", first_page + 2 * i)).collect();
        let mut objects = vec![
            format!("<< /Type /Catalog /Pages 2 0 R {described} {LAYERS} >>"),
            format!("<< /Type /Pages /Count {pages} /Kids [{kids}] >>"),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>".to_owned(),
            format!("<< {info}>>"),
            format!("<< /Filter /Standard /V 1 /R 2 /P -4 /O <{key}> /U <{key}> >>"),
            "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 \
             /Length 1 >>\nstream\nx\nendstream"
                .to_owned(),
        ];
        objects.extend(EXTRAS.iter().map(|object| (*object).to_owned()));
        for (i, content) in self.contents.iter().enumerate() {
            objects.push(format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {} 0 R \
                 /Resources << /Font << /F1 3 0 R /F2 9 0 R /F3 11 0 R >> /XObject << /I1 6 0 R >> \
                 /ExtGState << /G0 << /ca 0 >> /G1 << /ca 1 >> >> /Properties << /L0 7 0 R /L1 8 0 R >> >> >>",
                first_page + 2 * i + 1
            ));
            objects.push(format!("<< /Length {} >>\nstream\n{content}endstream", content.len()));
        }
        let lock = if self.is_locked { " /Encrypt 5 0 R /ID [<00> <00>]" } else { "" };
        assembled(&objects, lock).into_bytes()
    }
}

/// One layer is off.
const LAYERS: &str = "/OCProperties << /OCGs [7 0 R 8 0 R] /D << /OFF [7 0 R] >> >>";
/// Objects 7 to 12: two layers, and two fonts with maps of their own.
const EXTRAS: [&str; 6] = [
    "<< /Type /OCG /Name (notes) >>",
    "<< /Type /OCG /Name (figure) >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding /ToUnicode 10 0 R >>",
    "<< /Length 92 >>\nstream\n1 begincodespacerange <00> <FF> endcodespacerange\n1 beginbfrange <61> <79> <0062> endbfrange\nendstream",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding /ToUnicode 12 0 R >>",
    "<< /Length 109 >>\nstream\n1 begincodespacerange <00> <FF> endcodespacerange\n3 beginbfchar <01> <200B> <02> <200C> <03> <202E> endbfchar\nendstream",
];

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

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)")
}
