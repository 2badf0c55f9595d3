//! How each demand is checked: one rule, one file; this is the list of them.

use crate::rule::Rule;

/// Every rule, in order of code.
pub static RULES: &[&Rule] = &[];

/// Codes of rules that are gone; never used again.
pub static RETIRED: &[&str] = &[];
