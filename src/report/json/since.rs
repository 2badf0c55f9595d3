//! The keys of what has changed since an earlier report.

use crate::report::difference::Difference;
use crate::report::digest;
use crate::report::earlier::Told;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct SinceKeys {
    /// That the two are on different papers, or for different readers.
    warnings: Vec<String>,
    /// Findings of the earlier report that are gone.
    mended: Vec<Told>,
    /// Fingerprints of findings that are new.
    new: Vec<String>,
    changed: Vec<ChangeKeys>,
    /// Findings of the earlier report of which nobody can tell any more.
    open: Vec<Told>,
    as_before: usize,
}

#[derive(Serialize)]
struct ChangeKeys {
    /// Of the finding as it is now.
    fingerprint: String,
    before: Told,
}

impl SinceKeys {
    pub(super) fn of(difference: Difference<'_>) -> Self {
        let new = difference.new.iter().map(|(verdict, finding)| digest::fingerprint(verdict, finding));
        let changed = difference.changed.into_iter().map(|(verdict, finding, before)| ChangeKeys {
            fingerprint: digest::fingerprint(verdict, finding),
            before,
        });
        Self {
            warnings: difference.warnings,
            mended: difference.mended,
            new: new.collect(),
            changed: changed.collect(),
            open: difference.open,
            as_before: difference.same,
        }
    }
}
