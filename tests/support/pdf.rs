//! A writer of very small PDFs, so that what a test shows stands in the test.
#![allow(dead_code, reason = "each test uses a part of the writer")]

/// A PDF under construction: letter pages with lines of Times at 10 bp.
#[derive(Default)]
pub(crate) struct Pdf {
    contents: Vec<String>,
    info: Vec<(String, String)>,
    is_locked: bool,
    objects: Vec<String>,
    catalog: String,
    first_page: String,
    described: String,
    destinations: Vec<(String, u32, f64)>,
    outline: Vec<(String, u32)>,
}

/// A string on a page.
#[derive(Clone)]
pub(crate) struct Placed {
    pub(crate) font: &'static str,
    pub(crate) size: f64,
    /// Its left end, in bp from the left edge of the page.
    pub(crate) x: f64,
    /// In bp from the top edge of the page.
    pub(crate) baseline: f64,
    pub(crate) text: String,
}

/// The number of the first object that [`Pdf::object`] adds; the next ones follow.
pub(crate) const FIRST_OBJECT: usize = 7 + EXTRAS.len();

impl Pdf {
    /// Adds a page of lines, each with the left end of its baseline in bp from the bottom left of the page.
    pub(crate) fn page<'a>(mut self, lines: impl IntoIterator<Item = (f64, f64, &'a str)>) -> Self {
        let show = |(x, y, text)| format!("BT /F1 10 Tf {x} {y} Td ({}) Tj ET\n", escaped(text));
        self.contents.push(lines.into_iter().map(show).collect());
        self
    }

    /// Adds a page of strings in their fonts (`F1` Times, `F2` Times bold, any other is missing) and sizes.
    pub(crate) fn set(mut self, strings: &[Placed]) -> Self {
        let show = |p: &Placed| {
            format!(
                "BT /{} {} Tf {} {} Td ({}) Tj ET\n",
                p.font,
                p.size,
                p.x,
                792.0 - p.baseline,
                escaped(&p.text)
            )
        };
        self.contents.push(strings.iter().map(show).collect());
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

    /// Adds a named destination on a 1-based page, in bp from its top edge.
    pub(crate) fn destination(mut self, name: &str, page: u32, top: f64) -> Self {
        self.destinations.push((name.to_owned(), page, top));
        self
    }

    /// Adds an outline entry that leads to a 1-based page.
    pub(crate) fn outline(mut self, title: &str, page: u32) -> Self {
        self.outline.push((escaped(title), page));
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

    /// Adds entries to the catalog; layers among them take the place of its own.
    pub(crate) fn catalog(mut self, entries: &str) -> Self {
        self.catalog.push_str(entries);
        self
    }

    /// Adds entries to the first page.
    pub(crate) fn on_first_page(mut self, entries: &str) -> Self {
        self.first_page.push_str(entries);
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
        let (objects, lock) = self.objects();
        assembled(&objects, lock, &(0..objects.len()).collect::<Vec<_>>()).into_bytes()
    }

    /// The file with its objects written in an order that a number picks.
    pub(crate) fn shuffled(&self, seed: usize) -> Vec<u8> {
        let (objects, lock) = self.objects();
        let mut left: Vec<usize> = (0..objects.len()).collect();
        let mut order = Vec::new();
        while !left.is_empty() {
            order.push(left.remove((seed / (order.len() + 1) + seed * order.len()) % left.len()));
        }
        assembled(&objects, lock, &order).into_bytes()
    }

    /// Named destinations and the outline, as entries of the catalog.
    fn places(&self, first_page: usize) -> String {
        let page = |number: u32| first_page + 2 * (number as usize - 1);
        let mut names: Vec<_> = self.destinations.iter().collect();
        names.sort_by(|a, b| a.0.cmp(&b.0));
        let leaf = |(name, number, top): &&(String, u32, f64)| {
            format!("({name}) [{} 0 R /XYZ 108 {} null] ", page(*number), 792.0 - top)
        };
        let leaves: String = names.iter().map(leaf).collect();
        let chain = self.outline.iter().rev().fold(String::new(), |next, (title, number)| {
            let next = if next.is_empty() { next } else { format!("/Next {next}") };
            format!("<< /Title ({title}) /Dest [{} 0 R /Fit] {next} >>", page(*number))
        });
        let outline =
            if chain.is_empty() { chain } else { format!("/Outlines << /Type /Outlines /First {chain} >> ") };
        if leaves.is_empty() {
            return outline;
        }
        format!("/Names << /Dests << /Names [{leaves}] >> >> {outline}")
    }

    /// Its objects, and what stands in the trailer besides the root.
    fn objects(&self) -> (Vec<String>, &'static str) {
        let key = "00".repeat(32);
        let info: String = self.info.iter().map(|(key, value)| format!("/{key} ({value}) ")).collect();
        let (described, catalog) = (&self.described, &self.catalog);
        let layers = if catalog.contains("/OCProperties") { "" } else { LAYERS };
        let first_page = FIRST_OBJECT + self.objects.len();
        let pages = self.contents.len();
        let kids: String = (0..pages).map(|i| format!("{} 0 R ", first_page + 2 * i)).collect();
        let mut objects = vec![
            format!("<< /Type /Catalog /Pages 2 0 R {described} {layers} {}{catalog} >>", self.places(first_page)),
            format!("<< /Type /Pages /Count {pages} /Kids [{kids}] >>"),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>".to_owned(),
            format!("<< {info}>>"),
            format!("<< /Filter /Standard /V 1 /R 2 /P -4 /O <{key}> /U <{key}> >>"),
            "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 \
             /Length 1 >>\nstream\nx\nendstream"
                .to_owned(),
        ];
        objects.extend(EXTRAS.iter().map(|object| (*object).to_owned()));
        objects.extend(self.objects.iter().cloned());
        for (i, content) in self.contents.iter().enumerate() {
            objects.push(format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {} 0 R \
                 /Resources << /Font << /F1 3 0 R /F2 << /Type /Font /Subtype /Type1 /BaseFont /Times-Bold \
                 /Encoding /WinAnsiEncoding >> /F3 11 0 R /F4 9 0 R >> /XObject << /I1 6 0 R >> \
                 /ExtGState << /G0 << /ca 0 >> /G1 << /ca 1 >> >> /Properties << /L0 7 0 R /L1 8 0 R >> >> {} >>",
                first_page + 2 * i + 1,
                if i == 0 { self.first_page.as_str() } else { "" }
            ));
            objects.push(format!("<< /Length {} >>\nstream\n{content}endstream", content.len()));
        }
        let trailer =
            if self.is_locked { " /Info 4 0 R /Encrypt 5 0 R /ID [<00> <00>]" } else { " /Info 4 0 R" };
        (objects, trailer)
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

/// A file of these objects, numbered from 1; the first is the catalog.
pub(crate) fn of_objects(objects: &[String]) -> Vec<u8> {
    assembled(objects, "", &(0..objects.len()).collect::<Vec<_>>()).into_bytes()
}

/// A stream with these entries in its dictionary, besides its length.
pub(crate) fn stream(entries: &str, data: &str) -> String {
    format!("<< {entries} /Length {} >>\nstream\n{data}\nendstream", data.len())
}

/// Objects numbered from 1 and written in some order, with their table and trailer.
fn assembled(objects: &[String], trailer: &str, order: &[usize]) -> String {
    let mut file = "%PDF-1.5\n".to_owned();
    let mut offsets = vec![0; objects.len()];
    for &i in order {
        offsets[i] = file.len();
        file += &format!("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
    }
    let entries: String = offsets.iter().map(|at| format!("{at:010} 00000 n \n")).collect();
    let table = format!("0000000000 65535 f \n{entries}");
    let (start, size) = (file.len(), objects.len() + 1);
    file += &format!("xref\n0 {size}\n{table}");
    file + &format!("trailer\n<< /Size {size} /Root 1 0 R{trailer} >>\nstartxref\n{start}\n%%EOF\n")
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
