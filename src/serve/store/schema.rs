//! The steps that lead to the tables as they are now. A step that was released is never changed.

use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

/// All steps, for either database.
pub(super) fn steps() -> Migrator {
    let start = include_str!("../../../migrations/1_start.sql");
    let step = Migration::new(1, "start".into(), MigrationType::Simple, start.into_sql_str(), false);
    Migrator::with_migrations(vec![step])
}
