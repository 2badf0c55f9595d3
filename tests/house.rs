//! The rules of the house, as tests: what a reviewer would otherwise have to look for.
//!
//! The table of layers is in `tests/house/layers.rs`; the reasons are in `CONTRIBUTING.md`.
#![expect(clippy::disallowed_methods, reason = "these tests read the files of the repository")]

mod house {
    mod layers;
    mod licences;
    mod pages;
    mod rule_files;
    mod size;
    mod source;
    mod tree;
    mod venues;
}
