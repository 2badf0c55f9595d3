//! The profiles that the binary carries.

/// Ids and texts of the built-in profiles, newest first.
pub static BUILTIN: &[(&str, &str)] = &[];

/// The id of the venue that is taken where none is named.
pub const NEWEST: &str = "dlde-2023";
