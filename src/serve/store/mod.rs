//! The history and the queue, in one database: SQLite in a file, or PostgreSQL for a team.
//!
//! What is queued is taken with a lease and counted: whoever is killed while at it loses the lease, and another one
//! takes the check again. So each is done at least once, and the digest that is its id makes the second time harmless.

mod postgres;
mod query;
mod schema;
mod sqlite;

use serde::Serialize;
use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What the database cannot do.
#[derive(Debug, thiserror::Error)]
#[error("the database does not do what it is asked: {0}")]
pub(super) struct StoreError(#[from] sqlx::Error);

/// What a store gives, in time.
pub(super) type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// A check as it is listed.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub(super) struct Check {
    /// Digest of what was handed in and of what it is checked against: the same upload has the same id
    pub(super) id: String,
    /// `queued`, `running` or `done`
    #[schema(example = "done")]
    pub(super) state: String,
    /// When it was handed in, Unix time in milliseconds
    pub(super) created: i64,
    /// When its check ended
    pub(super) finished: Option<i64>,
    /// The name of the file that was handed in, without its folders
    pub(super) label: String,
    /// The venue
    pub(super) venue: String,
    /// The stage
    pub(super) stage: String,
    /// The track
    pub(super) track: String,
    /// Who its report is for
    pub(super) audience: String,
    /// What became of the check: `ok`, `unreadable`, `timeout` or `crashed`; only the first two have a report
    pub(super) status: Option<String>,
    /// `pass`, `fail` or `undetermined`; what could not be checked is undetermined
    pub(super) verdict: Option<String>,
    /// The title of the paper, as far as it was read
    pub(super) title: Option<String>,
    /// What says most about the verdict, in a sentence
    pub(super) reason: Option<String>,
    /// Findings that turn a paper away
    pub(super) errors: i64,
    /// Findings that are asked about
    pub(super) warnings: i64,
    /// Findings for good practice
    pub(super) notes: i64,
}

impl Check {
    pub(super) fn is_done(&self) -> bool {
        self.state == "done"
    }
}

/// A check that was taken from the queue.
#[derive(Debug, Clone)]
pub(super) struct Job {
    pub(super) id: String,
    /// What is to be done, as JSON.
    pub(super) task: String,
    pub(super) label: String,
    /// How often it was taken, this time among them.
    pub(super) attempts: i64,
}

/// A check that has ended.
#[derive(Debug, Clone, Default)]
pub(super) struct Done {
    pub(super) status: &'static str,
    pub(super) verdict: &'static str,
    pub(super) title: Option<String>,
    pub(super) reason: Option<String>,
    /// Errors, warnings and notes.
    pub(super) found: [i64; 3],
    /// The report by format.
    pub(super) reports: Vec<(&'static str, String)>,
}

/// What is new in the queue.
#[derive(Debug, Clone)]
pub(super) struct Entered {
    pub(super) check: Check,
    pub(super) spool: String,
    pub(super) task: String,
}

/// Which checks are listed.
#[derive(Debug, Clone, Default)]
pub(super) struct Filter {
    /// A verdict, or `waiting`; empty is all.
    pub(super) verdict: String,
    /// Words of label, title or reason; empty is all.
    pub(super) text: String,
    pub(super) limit: i64,
    pub(super) offset: i64,
}

/// A token as it is kept.
#[derive(Debug, Clone)]
pub(super) struct TokenRow {
    pub(super) name: String,
    /// SHA-256, hexadecimal.
    pub(super) hash: String,
    pub(super) created: i64,
}

/// A database with the service's tables.
pub(super) trait Store: Send + Sync {
    /// Puts a check into the queue; `false` where it is known and nothing was changed.
    fn enter<'a>(&'a self, new: &'a Entered) -> Answer<'a, bool>;
    /// Puts one that timed out or crashed into the queue again; `false` where it is none of these.
    fn enter_again<'a>(&'a self, new: &'a Entered) -> Answer<'a, bool>;
    /// Takes the oldest check of a spool, until so long; one whose lease has run out counts as waiting.
    fn take<'a>(&'a self, spool: &'a str, lease: Duration) -> Answer<'a, Option<Job>>;
    /// Enters what came out, all of it or nothing.
    fn finish<'a>(&'a self, id: &'a str, done: &'a Done) -> Answer<'a, ()>;
    /// Puts back what is being worked on, one check, which then counts as not begun, or all of a spool; how many.
    fn release<'a>(&'a self, spool: &'a str, id: Option<&'a str>) -> Answer<'a, u64>;
    /// The tasks of a spool that are not done.
    fn unfinished<'a>(&'a self, spool: &'a str) -> Answer<'a, Vec<String>>;
    /// Whether there is anything of a spool in it.
    fn knows<'a>(&'a self, spool: &'a str) -> Answer<'a, bool>;
    /// One check.
    fn find<'a>(&'a self, id: &'a str) -> Answer<'a, Option<Check>>;
    /// Checks, the newest first, and how many there are in all.
    fn list<'a>(&'a self, filter: &'a Filter) -> Answer<'a, (Vec<Check>, i64)>;
    /// The report of a check in a format.
    fn report<'a>(&'a self, id: &'a str, format: &'a str) -> Answer<'a, Option<String>>;
    /// Keeps a token; `false` where the name is taken.
    fn add_token<'a>(&'a self, token: &'a TokenRow) -> Answer<'a, bool>;
    /// Forgets a token; `false` where there is none of that name.
    fn remove_token<'a>(&'a self, name: &'a str) -> Answer<'a, bool>;
    /// Every token.
    fn tokens(&self) -> Answer<'_, Vec<TokenRow>>;
    /// Whether the database answers.
    fn ping(&self) -> Answer<'_, ()>;
    /// Writes what is open and lets go.
    fn close(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;
}

/// Opens the database, makes its file where there is none, and brings its tables up to date; `address` begins with
/// `postgres:`, and without one it is the file.
///
/// # Errors
/// A database that is not there or not ours.
pub(super) async fn open(address: Option<&str>, file: &Path) -> Result<Arc<dyn Store>, StoreError> {
    Ok(match address {
        Some(address) => Arc::new(postgres::open(address).await?),
        None => Arc::new(sqlite::open(file).await?),
    })
}

/// Unix time in milliseconds.
pub(super) fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_millis() as i64)
}
