//! Reads TOML tables without stopping at the first mistake: what is wrong is noted, and reading goes on.

use super::mistake::Mistakes;
use crate::spelling::nearest;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and its bytes.
pub(super) type Value<'a> = Spanned<DeValue<'a>>;

/// A table, and the bytes that a missing key is shown at.
pub(super) struct Table<'a> {
    entries: &'a DeTable<'a>,
    at: Range<usize>,
}

impl<'a> Table<'a> {
    /// The whole file.
    pub(super) fn root(entries: &'a DeTable<'a>) -> Self {
        Self { entries, at: 0..0 }
    }

    /// The table behind a value; `None`, and a mistake, where it is something else.
    pub(super) fn of(value: &'a Value<'a>, mistakes: &mut Mistakes) -> Option<Self> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            mistakes.add(value.span(), format!("a table is needed here, not {}", kind(value)));
        }
        table.map(|entries| Self { entries, at: value.span() })
    }

    /// Notes every key that is not known.
    pub(super) fn only(&self, known: &[&str], mistakes: &mut Mistakes) {
        for key in self.entries.keys().filter(|k| !known.contains(&k.get_ref().as_ref())) {
            let word = key.get_ref();
            let meant = match nearest(word, known.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("known here: {}", listed(known)),
            };
            mistakes.add(key.span(), format!("unknown key `{word}`; {meant}"));
        }
    }

    /// The value of a key; `None` where the key is absent.
    pub(super) fn get(&self, key: &str) -> Option<&'a Value<'a>> {
        self.entries.iter().find(|(k, _)| k.get_ref() == key).map(|(_, value)| value)
    }

    /// The table under a key; `None` where the key is absent or holds something else.
    pub(super) fn table(&self, key: &str, mistakes: &mut Mistakes) -> Option<Self> {
        Self::of(self.get(key)?, mistakes)
    }

    /// Keys with their bytes and values, in order of the alphabet.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'a str, Range<usize>, &'a Value<'a>)> {
        self.entries.iter().map(|(key, value)| (key.get_ref().as_ref(), key.span(), value))
    }

    /// The value of a key that must be there; `why` ends the sentence "`key` is missing: ...".
    pub(super) fn need(&self, key: &str, why: &str, mistakes: &mut Mistakes) -> Option<&'a Value<'a>> {
        let value = self.get(key);
        if value.is_none() {
            mistakes.add(self.at.clone(), format!("`{key}` is missing: {why}"));
        }
        value
    }
}

/// A text that is not blank.
pub(super) fn text(value: &Value<'_>, mistakes: &mut Mistakes) -> Option<String> {
    match value.get_ref().as_str() {
        Some(text) if !text.trim().is_empty() => return Some(text.to_owned()),
        Some(_) => mistakes.add(value.span(), "this text is empty"),
        None => mistakes.add(value.span(), format!("a text is needed here, not {}", kind(value))),
    }
    None
}

/// A whole number, at least `least`.
pub(super) fn count(value: &Value<'_>, least: u32, mistakes: &mut Mistakes) -> Option<u32> {
    let Some(number) = value.get_ref().as_integer() else {
        mistakes.add(value.span(), format!("a whole number is needed here, not {}", kind(value)));
        return None;
    };
    let number = u32::from_str_radix(number.as_str(), number.radix()).ok().filter(|n| *n >= least);
    if number.is_none() {
        mistakes.add(value.span(), format!("a whole number of at least {least} is needed here"));
    }
    number
}

/// One of a few words.
pub(super) fn choice<T: Copy>(
    value: &Value<'_>,
    known: &[(&'static str, T)],
    mistakes: &mut Mistakes,
) -> Option<T> {
    let word = text(value, mistakes)?;
    let found = known.iter().find(|(name, _)| *name == word).map(|(_, meaning)| *meaning);
    if found.is_none() {
        let names: Vec<_> = known.iter().map(|(name, _)| *name).collect();
        mistakes.add(value.span(), format!("`{word}` is not one of {}", listed(&names)));
    }
    found
}

/// Texts, at least one.
pub(super) fn texts(value: &Value<'_>, mistakes: &mut Mistakes) -> Option<Vec<String>> {
    let Some(items) = value.get_ref().as_array() else {
        mistakes.add(value.span(), format!("a list of texts is needed here, not {}", kind(value)));
        return None;
    };
    if items.is_empty() {
        mistakes.add(value.span(), "this list is empty");
        return None;
    }
    items.iter().map(|item| text(item, mistakes)).collect()
}

fn kind(value: &Value<'_>) -> &'static str {
    match value.get_ref() {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn listed(words: &[&str]) -> String {
    words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", ")
}
