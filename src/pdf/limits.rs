//! Limits against hostile files, in one place, each with its reason.
