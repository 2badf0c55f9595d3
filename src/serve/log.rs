//! What the service says of itself: a JSON object a line on standard error. No file name, title or token is in it.

use serde_json::{Value, json};
use std::io::Write as _;

/// A request that was answered.
pub(super) fn request(id: &str, method: &str, route: &str, status: u16, milliseconds: u128) {
    line(
        &json!({"at": super::store::now(), "request": id, "method": method, "route": route, "status": status,
        "ms": u64::try_from(milliseconds).unwrap_or(u64::MAX)}),
    );
}

/// A check that has ended.
pub(super) fn check(id: &str, status: &str, milliseconds: u128) {
    line(&json!({"at": super::store::now(), "check": id, "status": status,
        "ms": u64::try_from(milliseconds).unwrap_or(u64::MAX)}));
}

/// Something that a person must see to.
pub(super) fn fault(what: &str) {
    line(&json!({"at": super::store::now(), "fault": what}));
}

/// Something that happened.
pub(super) fn event(what: &str) {
    line(&json!({"at": super::store::now(), "event": what}));
}

fn line(value: &Value) {
    // Where standard error is gone, nobody is left to tell.
    let _ = writeln!(std::io::stderr(), "{value}");
}
