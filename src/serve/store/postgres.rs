//! PostgreSQL: one history for the services of a team.

use super::query::implement;
use super::{Answer, Check, Done, Entered, Filter, Job, Store, StoreError, TokenRow, now, schema};
use sqlx::postgres::{PgPool, PgPoolOptions, PgRow};
use std::time::Duration;

/// The database; both names lead to the same connections.
pub(super) struct Postgres {
    write: PgPool,
    read: PgPool,
}

/// Connections of one service. Source: a server lets in 100 by default, and several services share it.
const CONNECTIONS: u32 = 10;
/// How long is waited for a connection.
const PATIENCE: Duration = Duration::from_secs(10);

/// Connects, such as to `postgres://user:password@host/database`.
pub(super) async fn open(address: &str) -> Result<Postgres, StoreError> {
    let options = PgPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(PATIENCE);
    let write = options.connect(address).await?;
    schema::steps().run(&write).await.map_err(sqlx::Error::from)?;
    Ok(Postgres { read: write.clone(), write })
}

/// What somebody else is just taking is passed over.
const TAKE: &str = "
    UPDATE checks SET state = 'running', lease_until = $1, attempts = attempts + 1
    WHERE id = (
        SELECT id FROM checks
        WHERE spool = $2 AND state <> 'done' AND (state = 'queued' OR (state = 'running' AND lease_until < $3))
        ORDER BY created, id LIMIT 1
        FOR UPDATE SKIP LOCKED
    )
    RETURNING id, task, label, attempts";

implement!(Postgres, PgRow, TAKE);
