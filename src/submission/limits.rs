//! Limits against hostile folders and archives, in one place, each with its reason.

/// The largest file that is read, and the most that all files of a submission hold together, in bytes.
///
/// Chosen: four times what conference systems take for paper and supplement together.
pub const MAX_BYTES: u64 = 200 << 20;
/// The most bytes of LaTeX, BibTeX and plain text that are read, all files of a submission together.
///
/// Chosen: ten times the sources of a long paper with its plots as numbers. Reading takes forty times as much memory.
pub const MAX_SOURCE_BYTES: u64 = 8 << 20;
/// The most files of a submission. Chosen: a supplement with a vendored library has some thousands.
pub const MAX_FILES: usize = 10_000;
/// Files that sources ask for and do not find, which are told: after so many it is plain that the sources are not whole.
pub const MAX_MISSING: usize = 1_000;
/// Findings that sources answer for, all files together: somebody is to read the reason of each.
pub const MAX_SUPPRESSIONS: usize = 1_000;
/// Archives within archives. Chosen: a zip of a tar of a zip is the most that tools make by themselves.
pub const MAX_NESTING: usize = 3;
/// A member that grows by more than this is taken for a bomb. Measured: logs and meshes of zeros reach 200.
pub const MAX_RATIO: u64 = 400;
/// Members below this are never taken for bombs, in bytes: runs of zeros are common in small files.
pub const RATIO_FROM: u64 = 1 << 20;
