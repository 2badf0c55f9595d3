//! `dlde` decides, fairly and to the line, whether a paper may be submitted.
//!
//! # The flow
//!
//! ```text
//!  path or bytes                 rules/<venue>-<year>.toml
//!       │                               │
//!  submission   bytes, named            │
//!       │                               │
//!  pdf tex bib  what each file states   │
//!       │                               │
//!     paper     what it means        profile   what the venue demands
//!       └──────────────┬────────────────┘
//!                    check  ◄── rules/**   one function each
//!                      │
//!                   verdicts   pass · findings · not applicable · undetermined
//!                      │
//!                    report ──► text, html, json… fix ──► the paper anew
//! ```
//!
//! Nothing reaches back: a rule cannot open a file, a format decides nothing, a profile does not know
//! which rules exist, the paper does not know its venue. `tests/house.rs` holds the table of layers.
//!
//! # Rooms
//!
//! | layer | module | what is in it |
//! |---|---|---|
//! | 0 | [`units`], [`place`], [`part`], [`style`], [`problem`], [`spelling`], [`audience`], [`starter`], [`pattern`], [`mod@join`], `memory`, `count` | lengths with units; where something is; the parts of a paper; the names and modes of styles, and what they set on the page; what could not be read; the word that was meant; who reads a report; what a new paper starts from; phrases that tell something; two things at once; how memory is taken; numbers in words |
//! | 1 | [`finding`], [`identities`] | what was found, knowing nothing of how it is shown; who the authors are, if somebody said so, and where a text names them |
//! | 2 | [`submission`], [`pdf`], [`tex`], [`bib`] | what was handed in: files, folders, archives; what a PDF states: glyphs, lines, rules, links, metadata; what LaTeX sources and bibliographies state, byte by byte |
//! | 3 | [`paper`], [`profile`] | what the submission is; what the venue demands, with the words and place of the call |
//! | 4 | [`rule`], [`rules`] | a rule is data and one function |
//! | 5 | [`mod@check`], [`mod@fix`] | every rule once; verdict and order; the paper, or its sources, anew without what no page shows |
//! | 6 | [`report`] | one report, one file per format |
//! | 7 | [`worker`] | checks in processes of their own, closed in and watched |
//! | 8 | [`batch`], `serve` | thousands of submissions: which there are, a result for each, gone on with after a kill; submissions over HTTP: a queue and a history that outlive a kill |
//! | 9 | `cli`, `wasm` | the command line, and the server for editors (`dlde lsp`): the only room that prints, reads the environment or ends with an exit code; the check in a browser, whose page is in `web/` |
//!
//! Beside `src/`, `python/` makes a module for Python of the same rooms, for a package that is written there
//! (`python/dlde/`). It uses what is public here, and nothing of the library knows of it.
//!
//! # Invariants
//!
//! * **Three answers, never two**: a rule passes, finds, or says why it cannot tell ([`rule::Skip`]). What could
//!   not be read is never a pass.
//! * Every length has a unit in its type ([`units::Length`]), every page number is 1-based, every box lies in
//!   page space: origin at the top left of the crop box after `/Rotate`, y growing downwards.
//! * Nothing in a PDF is decoded without a cap, every loop over its content has a budget ([`pdf::limits`]).
//! * The same input gives the same bytes: no clock, no absolute path, no hash order.

pub mod audience;
#[cfg(feature = "cli")]
pub mod batch;
pub mod bib;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
mod count;
pub mod finding;
#[cfg(feature = "rewriting")]
pub mod fix;
pub mod identities;
pub mod join;
mod memory;
pub mod paper;
pub mod part;
pub mod pattern;
pub mod pdf;
pub mod place;
pub mod problem;
pub mod profile;
pub mod report;
pub mod rule;
pub mod rules;
#[cfg(feature = "serve")]
pub mod serve;
pub mod spelling;
pub mod starter;
pub mod style;
pub mod submission;
pub mod tex;
pub mod units;
#[cfg(feature = "wasm")]
pub mod wasm;
#[cfg(feature = "workers")]
pub mod worker;

pub use check::check;
#[cfg(feature = "rewriting")]
pub use fix::fix;
pub use profile::Profile;
pub use report::Format;
pub use rules::RULES;
pub use submission::Submission;
