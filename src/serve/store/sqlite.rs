//! SQLite: a file beside the spool, for one service; nothing to set up.

use super::query::implement;
use super::{Answer, Check, Done, Entered, Filter, Job, Store, StoreError, TokenRow, now, schema};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use std::path::Path;
use std::time::Duration;

/// The file: one connection writes, since SQLite lets no two of them do so; others read meanwhile.
pub(super) struct Sqlite {
    write: SqlitePool,
    read: SqlitePool,
}

/// Connections that read at once. Chosen: more than wait on a machine of a few cores.
const READERS: u32 = 4;
/// How long a connection waits for another program that writes, such as `dlde serve token`.
const BUSY: Duration = Duration::from_secs(10);

/// Opens the file, or makes it.
pub(super) async fn open(file: &Path) -> Result<Sqlite, StoreError> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // What was accepted is there after a power cut.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // Who the authors are is not to be read in what the file no longer uses.
        .pragma("secure_delete", "ON")
        .busy_timeout(BUSY);
    let write = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
    schema::steps().run(&write).await.map_err(sqlx::Error::from)?;
    let read = SqlitePoolOptions::new().max_connections(READERS).connect_with(options).await?;
    Ok(Sqlite { write, read })
}

/// Nobody else writes: whoever takes a check has it.
const TAKE: &str = "
    UPDATE checks SET state = 'running', lease_until = $1, attempts = attempts + 1
    WHERE id = (
        SELECT id FROM checks
        WHERE spool = $2 AND state <> 'done' AND (state = 'queued' OR (state = 'running' AND lease_until < $3))
        ORDER BY created, id LIMIT 1
    )
    RETURNING id, task, label, attempts";

implement!(Sqlite, SqliteRow, TAKE);

#[cfg(test)]
mod tests {
    use super::*;

    fn entered(id: &str) -> Entered {
        let text = |text: &str| text.to_owned();
        let check = Check {
            id: text(id),
            state: text("queued"),
            created: 1,
            finished: None,
            label: text("paper.pdf"),
            venue: text("v"),
            stage: text("submission"),
            track: text("regular"),
            audience: text("chair"),
            status: None,
            verdict: None,
            title: None,
            reason: None,
            errors: 0,
            warnings: 0,
            notes: 0,
        };
        Entered { check, spool: text("here"), task: text("{}") }
    }

    #[test]
    fn only_a_check_that_ended_its_service_counts_as_begun() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let folder = std::env::temp_dir().join(format!("dlde-store-{}", std::process::id()));
        runtime.block_on(async {
            let store = open(&folder).await.expect("a file");
            assert!(!store.knows("here").await.expect("an answer"));
            assert!(store.enter(&entered("a")).await.expect("an answer"));
            assert!(store.knows("here").await.expect("an answer"));
            let take = async || store.take("here", Duration::from_secs(60)).await.expect("an answer");
            assert_eq!(take().await.map(|job| job.attempts), Some(1));
            assert!(take().await.is_none(), "it is being worked on");
            assert_eq!(store.release("here", Some("a")).await.ok(), Some(1));
            assert_eq!(take().await.map(|job| job.attempts), Some(1), "no worker could be had");
            assert_eq!(store.release("here", None).await.ok(), Some(1));
            assert_eq!(take().await.map(|job| job.attempts), Some(2), "the service ended meanwhile");
            store.close().await;
        });
        for ending in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{ending}", folder.display()));
        }
    }
}
