//! Why the service cannot be run.

use super::store::StoreError;

/// Why the service cannot be run.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum ServeError {
    /// The address cannot be listened on.
    #[error("{address}: cannot be listened on: {cause}")]
    #[diagnostic(
        code(dlde::serve::listen),
        help("another program may have it; name another with --listen, such as 127.0.0.1:8081")
    )]
    Listen {
        /// The address as it was given.
        address: String,
        /// What the system says.
        cause: std::io::Error,
    },
    /// Others could reach the service, and nobody has a token.
    #[error("{address} can be reached by others, and there is no token yet")]
    #[diagnostic(
        code(dlde::serve::open),
        help("make one with `dlde serve token add NAME`, or listen on 127.0.0.1")
    )]
    Open {
        /// The address as it was given.
        address: String,
    },
    /// The database cannot be used.
    #[error("{database}: {why}")]
    #[diagnostic(
        code(dlde::serve::database),
        help(
            "a file must be sound, and in a folder that you may write to; a server must be up, and is named postgres://USER:PASSWORD@HOST/NAME, with %40 for an @ in the password"
        )
    )]
    Database {
        /// Where it is, without a password.
        database: String,
        /// What the matter is.
        why: String,
    },
    /// The folder of the service cannot be used.
    #[error("{path}: {why}")]
    #[diagnostic(
        code(dlde::serve::folder),
        help("name a folder that you may write to with --data, one for each service")
    )]
    Folder {
        /// The path as it was given.
        path: String,
        /// What the matter is.
        why: String,
    },
    /// The folder of the check in the browser cannot be served.
    #[error("{path}: {why}")]
    #[diagnostic(
        code(dlde::serve::page),
        help("name with --page the folder that `web/build` makes, or leave --page out")
    )]
    Page {
        /// The path as it was given.
        path: String,
        /// What the matter is.
        why: String,
    },
    /// No worker can be started.
    #[error("{why}")]
    #[diagnostic(
        code(dlde::serve::worker),
        help("nothing can be checked here; the message says what is missing")
    )]
    NoWorker {
        /// What the matter is.
        why: String,
    },
    /// A venue's file is broken.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Venue(#[from] crate::profile::ProfileError),
    /// There is nothing of that name, or there is already.
    #[error("{why}")]
    #[diagnostic(code(dlde::serve::token), help("`dlde serve token list` tells which there are"))]
    Token {
        /// What the matter is.
        why: String,
    },
    /// The system does not go on.
    #[error("the service cannot go on: {0}")]
    #[diagnostic(
        code(dlde::serve::system),
        help("see to what the message says, and start it again; nothing that was accepted is lost")
    )]
    System(#[from] std::io::Error),
}

impl From<StoreError> for ServeError {
    fn from(error: StoreError) -> Self {
        Self::Database { database: "the database".to_owned(), why: error.to_string() }
    }
}
