//! The keys of what has changed since an earlier report.

use crate::report::difference::{Difference, Told};
use crate::report::digest;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct SinceKeys<'a> {
    /// Findings of the earlier report that are gone.
    mended: Vec<&'a Told>,
    /// Fingerprints of findings that are new.
    new: Vec<String>,
    changed: Vec<ChangeKeys<'a>>,
    /// Findings of the earlier report of which nobody can tell any more.
    open: Vec<&'a Told>,
    as_before: usize,
}

#[derive(Serialize)]
struct ChangeKeys<'a> {
    /// Of the finding as it is now.
    fingerprint: String,
    before: &'a Told,
}

impl<'a> SinceKeys<'a> {
    pub(super) fn of(difference: &Difference<'a>) -> Self {
        let new = difference.new.iter().map(|(verdict, finding)| digest::fingerprint(verdict, finding));
        let changed = difference.changed.iter().map(|(verdict, finding, before)| ChangeKeys {
            fingerprint: digest::fingerprint(verdict, finding),
            before,
        });
        Self {
            mended: difference.mended.clone(),
            new: new.collect(),
            changed: changed.collect(),
            open: difference.open.clone(),
            as_before: difference.same,
        }
    }
}
