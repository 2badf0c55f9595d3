//! Marked content and layers. Source: ISO 32000-1 §8.11 and §14.6.

use super::{Operands, Run};
use crate::pdf::lexer::Operand;
use crate::pdf::limits::{MAX_AREAS, MAX_OPEN_MARKS};
use crate::pdf::page::Mark;
use crate::pdf::text_string::text_string;
use hayro_syntax::object::{Array, Dict, Name, ObjRef};
use hayro_syntax::page::Resources;

impl Run<'_, '_> {
    pub(super) fn begin_mark(&mut self, operands: &Operands<'_>, resources: &Resources<'_>) {
        self.paint = None;
        let mut names = operands.iter().filter_map(|operand| operand.name());
        let tag = &*names.next().unwrap_or_default();
        let inline = |key: &str| inline_string(operands, key);
        let properties = operands.last().filter(|_| operands.len() > 1).and_then(|last| last.name());
        let properties = properties.as_deref();
        let hidden = tag == b"OC" && properties.is_some_and(|n| self.is_layer_off(n, resources));
        if self.marks.len() >= MAX_OPEN_MARKS {
            return self.stop();
        }
        let named = properties.and_then(|n| resources.properties.get::<Dict<'_>>(n));
        named.iter().for_each(|dict| self.shared.effort.look_up(dict));
        let string = |key: &str| {
            let named = named.as_ref()?.get::<hayro_syntax::object::String<'_>>(key)?;
            Some(text_string(&named))
        };
        let actual_text = inline("ActualText").or_else(|| string("ActualText"));
        let description =
            inline("Alt").or_else(|| inline("E")).or_else(|| string("Alt")).or_else(|| string("E"));
        let says = actual_text.is_some() || description.is_some();
        let outer = self.marks.iter().rev().find_map(|(mark, _)| *mark);
        let replaced = |m: &u32| self.page.marks.get(*m as usize).is_some_and(|m| m.actual_text.is_some());
        if let Some(outer) = outer.filter(|m| !says && replaced(m)) {
            // Marks within replaced text change nothing about what it is said to stand for.
            return self.marks.push((Some(outer), hidden));
        }
        let keep = says || self.page.marks.last().is_none_or(|m| m.tag.as_bytes() != tag || m.says());
        if keep && self.page.marks.len() < MAX_AREAS {
            let tag = String::from_utf8_lossy(tag).into_owned();
            let words =
                actual_text.as_ref().map_or(0, String::len) + description.as_ref().map_or(0, String::len);
            self.shared.effort.words += words;
            self.page.marks.push(Mark { tag, actual_text, description });
        }
        self.marks.push((Some(self.page.marks.len().saturating_sub(1) as u32), hidden));
    }

    pub(super) fn is_layer_off(&self, name: &[u8], resources: &Resources<'_>) -> bool {
        let off = |r: ObjRef| self.shared.hidden_layers.contains(&(r.obj_number, r.gen_number));
        if resources.properties.get_ref(name).is_some_and(off) {
            return true;
        }
        resources.properties.get::<Dict<'_>>(name).is_some_and(|group| is_membership_off(&group, &off))
    }
}

/// Whether a membership dictionary hides its content. Source: ISO 32000-1 §8.11.2.2.
///
/// A visibility expression is taken to show it: what is shown is never missed.
pub(super) fn is_membership_off(group: &Dict<'_>, off: &impl Fn(ObjRef) -> bool) -> bool {
    if group.contains_key("VE") {
        return false;
    }
    let layers: Vec<ObjRef> = match group.get::<Array<'_>>("OCGs") {
        Some(layers) => layers.raw_iter().filter_map(|l| l.as_obj_ref()).collect(),
        None => group.get_ref("OCGs").into_iter().collect(),
    };
    if layers.is_empty() {
        return false;
    }
    let shown = match group.get::<Name<'_>>("P").as_deref() {
        Some(b"AllOn") => !layers.into_iter().any(off),
        Some(b"AnyOff") => layers.into_iter().any(off),
        Some(b"AllOff") => layers.into_iter().all(off),
        _ => !layers.into_iter().all(off),
    };
    !shown
}

/// The string behind a key of an inline property list.
fn inline_string(operands: &[Operand<'_>], key: &str) -> Option<String> {
    let is_key = |operand: &Operand<'_>| operand.name().is_some_and(|name| *name == *key.as_bytes());
    let at = operands.iter().position(is_key)?;
    operands.get(at + 1)?.string().map(|string| text_string(&string))
}
