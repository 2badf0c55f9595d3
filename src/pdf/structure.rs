//! Words of the structure tree: what is said of figures, and in place of text. Source: ISO 32000-1 §14.7 and §14.9.

use super::effort::TraceEffort;
use super::limits::MAX_ELEMENTS;
use super::text_string::text_string;
use hayro_syntax::object::{Array, Dict, Object, String as PdfString};
use std::collections::BTreeSet;

/// Keys of structure elements that hold words: descriptions, replacements, expansions, titles.
const WORDS: [&str; 4] = ["Alt", "ActualText", "E", "T"];

/// Words, each with its key.
type Words = Vec<(&'static str, String)>;

/// The words of every structure element, each with its key, in the order of the tree.
///
/// # Errors
/// Those that were read, where there are more than are looked at.
pub(super) fn structure_words(catalog: &Dict<'_>, effort: &mut TraceEffort) -> Result<Words, Words> {
    let mut words = Vec::new();
    let mut seen = BTreeSet::new();
    let mut open: Vec<Dict<'_>> = catalog.get::<Dict<'_>>("StructTreeRoot").into_iter().collect();
    let mut left = MAX_ELEMENTS;
    while let Some(element) = open.pop() {
        // A dictionary within another has no number of its own.
        let id = (element.data().as_ptr() as usize, element.data().len());
        if !seen.insert(id) {
            continue;
        }
        if left == 0 || effort.is_spent() {
            return Err(words);
        }
        effort.look_up(&element);
        for key in WORDS {
            let text = element.get::<PdfString<'_>>(key).map(|s| text_string(&s));
            words.extend(text.map(|text| (key, effort.counted(text))));
        }
        match element.get::<Object<'_>>("K") {
            Some(Object::Dict(child)) => {
                left = left.saturating_sub(1);
                open.push(child);
            }
            Some(Object::Array(children)) => open.extend(elements(&children, &mut left)),
            _ => {}
        }
    }
    Ok(words)
}

/// The elements among the kids, the first one last; `left` is how many kids may still be looked at.
fn elements<'a>(kids: &Array<'a>, left: &mut usize) -> Vec<Dict<'a>> {
    let room = *left;
    let kids = kids.iter::<Object<'a>>().take(room).inspect(|_| *left -= 1);
    let mut elements: Vec<Dict<'a>> =
        kids.filter_map(|kid| if let Object::Dict(element) = kid { Some(element) } else { None }).collect();
    elements.reverse();
    elements
}
