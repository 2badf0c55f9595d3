//! Why a batch cannot be run.

use crate::submission::LoadError;

/// Why a batch cannot be run.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum BatchError {
    /// There is nothing to check.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Load(#[from] LoadError),
    /// A pattern of file names, or of ids, is none.
    #[error("{pattern}: this is no pattern: {why}")]
    #[diagnostic(code(dlde::batch::pattern), help("{help}"))]
    Pattern {
        /// The pattern as it was given.
        pattern: String,
        /// What is wrong with it.
        why: String,
        /// What to do.
        help: &'static str,
    },
    /// The inputs hold no submission.
    #[error("{inputs}: there is no submission in it")]
    #[diagnostic(
        code(dlde::batch::empty),
        help(
            "name a folder or zip of submissions, a pattern such as 'papers/*.pdf', or a manifest (.jsonl)"
        )
    )]
    Empty {
        /// What was named.
        inputs: String,
    },
    /// A manifest cannot be read.
    #[error("{path}, line {line}: {why}")]
    #[diagnostic(
        code(dlde::batch::manifest),
        help(
            "each line is an object such as {}\nbesides these, `supplement`, `track` and `identities` are known; paths are relative to the manifest",
            r#"{"id": "17", "pdf": "17.pdf", "source": "17.zip", "authors": ["Ada Orr"]}"#
        )
    )]
    Manifest {
        /// The manifest.
        path: String,
        /// The line, 1-based.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
    /// Two submissions would be called the same.
    #[error("two submissions are called `{id}`: {first} and {second}")]
    #[diagnostic(
        code(dlde::batch::twice),
        help("name them apart with a manifest, or check one of the inputs into another results file")
    )]
    Twice {
        /// The id.
        id: String,
        /// Where the first comes from.
        first: String,
        /// Where the second comes from.
        second: String,
    },
    /// The results cannot be gone on with.
    #[error("{path}: {why}")]
    #[diagnostic(code(dlde::batch::results))]
    Results {
        /// The file of results.
        path: String,
        /// What the matter is.
        why: String,
        /// What to do.
        #[help]
        help: &'static str,
    },
    /// No worker can be started.
    #[error("{why}")]
    #[diagnostic(
        code(dlde::batch::worker),
        help(
            "the results so far are kept; give workers more with --memory, or see that this program may start processes"
        )
    )]
    NoWorker {
        /// What the matter is.
        why: String,
    },
}
