-- The service's history and queue. The same text serves SQLite and PostgreSQL: types and words that both know alone.
-- Times are Unix times in milliseconds.

CREATE TABLE checks (
    -- Digest of the content and of what it is checked against.
    id TEXT NOT NULL PRIMARY KEY,
    -- queued, running or done
    state TEXT NOT NULL,
    created BIGINT NOT NULL,
    finished BIGINT,
    -- Where the files of the submission wait: each service takes what lies in its own spool.
    spool TEXT NOT NULL,
    -- Until when the one who took it is believed to be at it.
    lease_until BIGINT NOT NULL,
    -- How often it was taken.
    attempts BIGINT NOT NULL,
    -- What is to be done, as JSON; gone when it is done.
    task TEXT,
    label TEXT NOT NULL,
    venue TEXT NOT NULL,
    stage TEXT NOT NULL,
    track TEXT NOT NULL,
    audience TEXT NOT NULL,
    -- ok, unreadable, timeout or crashed
    status TEXT,
    -- pass, fail or undetermined
    verdict TEXT,
    title TEXT,
    reason TEXT,
    errors BIGINT NOT NULL,
    warnings BIGINT NOT NULL,
    notes BIGINT NOT NULL
);

-- A long history makes the queue no slower.
CREATE INDEX checks_that_wait ON checks (spool, created, id) WHERE state <> 'done';

CREATE INDEX checks_by_time ON checks (created, id);

CREATE TABLE reports (
    id TEXT NOT NULL REFERENCES checks (id),
    format TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (id, format)
);

CREATE TABLE tokens (
    name TEXT NOT NULL PRIMARY KEY,
    -- SHA-256 of the token, hexadecimal; the token itself is nowhere.
    hash TEXT NOT NULL UNIQUE,
    created BIGINT NOT NULL
);
