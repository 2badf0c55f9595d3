//! Words of the structure tree: what is said of figures, and in place of text. Source: ISO 32000-1 §14.7 and §14.9.

use super::limits::MAX_ENTRIES;
use super::metadata::text_string;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Object, String as PdfString};
use std::collections::BTreeSet;

/// Keys of structure elements that hold words: descriptions, replacements, expansions, titles.
const WORDS: [&str; 4] = ["Alt", "ActualText", "E", "T"];

/// The words of every structure element, each with its key, in the order of the tree.
pub(super) fn structure_words(pdf: &Pdf) -> Vec<(&'static str, String)> {
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_default();
    let mut words = Vec::new();
    let mut seen = BTreeSet::new();
    let mut open: Vec<Dict<'_>> = catalog.get::<Dict<'_>>("StructTreeRoot").into_iter().collect();
    let mut count = 0;
    while let Some(element) = open.pop() {
        count += 1;
        // A dictionary within another has no number of its own.
        let id = (element.data().as_ptr() as usize, element.data().len());
        if count > MAX_ENTRIES || !seen.insert(id) {
            continue;
        }
        for key in WORDS {
            words.extend(element.get::<PdfString<'_>>(key).map(|s| (key, text_string(&s))));
        }
        match element.get::<Object<'_>>("K") {
            Some(Object::Dict(child)) => open.push(child),
            Some(Object::Array(children)) => open.extend(elements(&children)),
            _ => {}
        }
    }
    words
}

/// The elements among the kids, the first one last.
fn elements<'a>(kids: &Array<'a>) -> Vec<Dict<'a>> {
    let kids = kids.iter::<Object<'a>>().take(MAX_ENTRIES);
    let mut elements: Vec<Dict<'a>> =
        kids.filter_map(|kid| if let Object::Dict(element) = kid { Some(element) } else { None }).collect();
    elements.reverse();
    elements
}
