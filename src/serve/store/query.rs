//! What is asked of either database, in words that both know.

/// Implements [`super::Store`] for a type with a `write` and a `read` pool; `$take` is how a check is taken.
macro_rules! implement {
    ($store:ty, $row:ty, $take:expr) => {
        impl Store for $store {
            fn enter<'a>(&'a self, new: &'a Entered) -> Answer<'a, bool> {
                let Entered { check, spool, task } = new;
                let query = sqlx::query($crate::serve::store::query::ENTER)
                    .bind(&check.id)
                    .bind(check.created)
                    .bind(spool)
                    .bind(task)
                    .bind(&check.label)
                    .bind(&check.venue)
                    .bind(&check.stage)
                    .bind(&check.track)
                    .bind(&check.audience);
                Box::pin(async move { Ok(query.execute(&self.write).await?.rows_affected() == 1) })
            }

            fn enter_again<'a>(&'a self, new: &'a Entered) -> Answer<'a, bool> {
                let query = sqlx::query($crate::serve::store::query::ENTER_AGAIN)
                    .bind(&new.check.id)
                    .bind(new.check.created)
                    .bind(&new.spool)
                    .bind(&new.task);
                Box::pin(async move { Ok(query.execute(&self.write).await?.rows_affected() == 1) })
            }

            fn take<'a>(&'a self, spool: &'a str, lease: Duration) -> Answer<'a, Option<Job>> {
                let query = sqlx::query($take).bind(now() + lease.as_millis() as i64).bind(spool).bind(now());
                Box::pin(async move {
                    let row = query.fetch_optional(&self.write).await?;
                    Ok(row.as_ref().map(job).transpose()?)
                })
            }

            fn finish<'a>(&'a self, id: &'a str, done: &'a Done) -> Answer<'a, ()> {
                Box::pin(async move {
                    let mut all = self.write.begin().await?;
                    for (format, body) in &done.reports {
                        let report = sqlx::query($crate::serve::store::query::REPORT);
                        report.bind(id).bind(*format).bind(body).execute(&mut *all).await?;
                    }
                    sqlx::query($crate::serve::store::query::FINISH)
                        .bind(id)
                        .bind(now())
                        .bind(done.status)
                        .bind(done.verdict)
                        .bind(&done.title)
                        .bind(&done.reason)
                        .bind(done.found[0])
                        .bind(done.found[1])
                        .bind(done.found[2])
                        .execute(&mut *all)
                        .await?;
                    Ok(all.commit().await?)
                })
            }

            fn release<'a>(&'a self, spool: &'a str, id: Option<&'a str>) -> Answer<'a, u64> {
                let query = sqlx::query($crate::serve::store::query::RELEASE)
                    .bind(spool)
                    .bind(id.unwrap_or_default());
                Box::pin(async move { Ok(query.execute(&self.write).await?.rows_affected()) })
            }

            fn unfinished<'a>(&'a self, spool: &'a str) -> Answer<'a, Vec<String>> {
                let query = sqlx::query_scalar($crate::serve::store::query::UNFINISHED).bind(spool);
                Box::pin(async move { Ok(query.fetch_all(&self.read).await?) })
            }

            fn knows<'a>(&'a self, spool: &'a str) -> Answer<'a, bool> {
                let query = sqlx::query_scalar::<_, i64>($crate::serve::store::query::KNOWS).bind(spool);
                Box::pin(async move { Ok(query.fetch_one(&self.read).await? > 0) })
            }

            fn find<'a>(&'a self, id: &'a str) -> Answer<'a, Option<Check>> {
                let query = sqlx::query($crate::serve::store::query::FIND).bind(id);
                Box::pin(async move {
                    let row = query.fetch_optional(&self.read).await?;
                    Ok(row.as_ref().map(check).transpose()?)
                })
            }

            fn list<'a>(&'a self, filter: &'a Filter) -> Answer<'a, (Vec<Check>, i64)> {
                let words = $crate::serve::store::query::pattern(&filter.text);
                Box::pin(async move {
                    let all = sqlx::query_scalar($crate::serve::store::query::COUNT)
                        .bind(&filter.verdict)
                        .bind(&words)
                        .fetch_one(&self.read)
                        .await?;
                    let rows = sqlx::query($crate::serve::store::query::LIST)
                        .bind(&filter.verdict)
                        .bind(&words)
                        .bind(filter.limit)
                        .bind(filter.offset)
                        .fetch_all(&self.read)
                        .await?;
                    let checks: Result<_, sqlx::Error> = rows.iter().map(check).collect();
                    Ok((checks?, all))
                })
            }

            fn report<'a>(&'a self, id: &'a str, format: &'a str) -> Answer<'a, Option<String>> {
                let query = sqlx::query_scalar($crate::serve::store::query::BODY).bind(id).bind(format);
                Box::pin(async move { Ok(query.fetch_optional(&self.read).await?) })
            }

            fn add_token<'a>(&'a self, token: &'a TokenRow) -> Answer<'a, bool> {
                let query = sqlx::query($crate::serve::store::query::ADD_TOKEN)
                    .bind(&token.name)
                    .bind(&token.hash)
                    .bind(token.created);
                Box::pin(async move { Ok(query.execute(&self.write).await?.rows_affected() == 1) })
            }

            fn remove_token<'a>(&'a self, name: &'a str) -> Answer<'a, bool> {
                let query = sqlx::query("DELETE FROM tokens WHERE name = $1").bind(name);
                Box::pin(async move { Ok(query.execute(&self.write).await?.rows_affected() == 1) })
            }

            fn tokens(&self) -> Answer<'_, Vec<TokenRow>> {
                let query = sqlx::query("SELECT name, hash, created FROM tokens ORDER BY name");
                Box::pin(async move {
                    let rows = query.fetch_all(&self.read).await?;
                    let tokens: Result<_, sqlx::Error> = rows.iter().map(token).collect();
                    Ok(tokens?)
                })
            }

            fn ping(&self) -> Answer<'_, ()> {
                Box::pin(async move { Ok(sqlx::query("SELECT 1").execute(&self.read).await.map(|_| ())?) })
            }

            fn close(&self) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send + '_>> {
                Box::pin(async move {
                    self.read.close().await;
                    self.write.close().await;
                })
            }
        }

        fn check(row: &$row) -> Result<Check, sqlx::Error> {
            use sqlx::Row as _;
            Ok(Check {
                id: row.try_get("id")?,
                state: row.try_get("state")?,
                created: row.try_get("created")?,
                finished: row.try_get("finished")?,
                label: row.try_get("label")?,
                venue: row.try_get("venue")?,
                stage: row.try_get("stage")?,
                track: row.try_get("track")?,
                audience: row.try_get("audience")?,
                status: row.try_get("status")?,
                verdict: row.try_get("verdict")?,
                title: row.try_get("title")?,
                reason: row.try_get("reason")?,
                errors: row.try_get("errors")?,
                warnings: row.try_get("warnings")?,
                notes: row.try_get("notes")?,
            })
        }

        fn job(row: &$row) -> Result<Job, sqlx::Error> {
            use sqlx::Row as _;
            Ok(Job {
                id: row.try_get("id")?,
                task: row.try_get("task")?,
                label: row.try_get("label")?,
                attempts: row.try_get("attempts")?,
            })
        }

        fn token(row: &$row) -> Result<TokenRow, sqlx::Error> {
            use sqlx::Row as _;
            Ok(TokenRow {
                name: row.try_get("name")?,
                hash: row.try_get("hash")?,
                created: row.try_get("created")?,
            })
        }
    };
}
pub(super) use implement;

pub(super) const ENTER: &str = "
    INSERT INTO checks
        (id, state, created, spool, lease_until, attempts, task, label, venue, stage, track, audience, errors, warnings, notes)
    VALUES ($1, 'queued', $2, $3, 0, 0, $4, $5, $6, $7, $8, $9, 0, 0, 0)
    ON CONFLICT (id) DO NOTHING";

pub(super) const ENTER_AGAIN: &str = "
    UPDATE checks
    SET state = 'queued', created = $2, spool = $3, task = $4, lease_until = 0, attempts = 0, finished = NULL,
        status = NULL, verdict = NULL, reason = NULL
    WHERE id = $1 AND state = 'done' AND status IN ('timeout', 'crashed')";

pub(super) const REPORT: &str = "
    INSERT INTO reports (id, format, body) VALUES ($1, $2, $3)
    ON CONFLICT (id, format) DO UPDATE SET body = excluded.body";

/// Whoever comes second has checked the same: the first result stands.
pub(super) const FINISH: &str = "
    UPDATE checks
    SET state = 'done', finished = $2, status = $3, verdict = $4, title = $5, reason = $6, errors = $7, warnings = $8,
        notes = $9, task = NULL, lease_until = 0
    WHERE id = $1 AND state <> 'done'";

pub(super) const RELEASE: &str = "
    UPDATE checks
    SET state = 'queued', lease_until = 0, attempts = CASE WHEN $2 = '' THEN attempts ELSE attempts - 1 END
    WHERE spool = $1 AND state = 'running' AND ($2 = '' OR id = $2)";

pub(super) const UNFINISHED: &str = "SELECT task FROM checks WHERE spool = $1 AND state <> 'done'";

pub(super) const KNOWS: &str = "SELECT COUNT(*) FROM checks WHERE spool = $1";

pub(super) const FIND: &str = "
    SELECT id, state, created, finished, label, venue, stage, track, audience, status, verdict, title, reason, errors,
        warnings, notes
    FROM checks WHERE id = $1";

pub(super) const COUNT: &str = "
    SELECT COUNT(*) FROM checks
    WHERE ($1 = '' OR verdict = $1 OR ($1 = 'waiting' AND state <> 'done'))
        AND ($2 = '' OR lower(label) LIKE $2 ESCAPE '!' OR lower(title) LIKE $2 ESCAPE '!' OR lower(reason) LIKE $2 ESCAPE '!')";

pub(super) const LIST: &str = "
    SELECT id, state, created, finished, label, venue, stage, track, audience, status, verdict, title, reason, errors,
        warnings, notes
    FROM checks
    WHERE ($1 = '' OR verdict = $1 OR ($1 = 'waiting' AND state <> 'done'))
        AND ($2 = '' OR lower(label) LIKE $2 ESCAPE '!' OR lower(title) LIKE $2 ESCAPE '!' OR lower(reason) LIKE $2 ESCAPE '!')
    ORDER BY created DESC, id DESC LIMIT $3 OFFSET $4";

pub(super) const BODY: &str = "SELECT body FROM reports WHERE id = $1 AND format = $2";

pub(super) const ADD_TOKEN: &str =
    "INSERT INTO tokens (name, hash, created) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";

/// What `LIKE` takes for a text that contains these words; empty for none.
pub(super) fn pattern(words: &str) -> String {
    if words.is_empty() {
        return String::new();
    }
    let mut pattern = String::from("%");
    for c in words.to_lowercase().chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern + "%"
}
