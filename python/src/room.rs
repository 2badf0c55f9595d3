//! Room for what is read recursively: papers may nest deeper than a thread of Python allows.

/// As for any check.
const STACK_BYTES: usize = 16 << 20;

/// Does something in a thread with room for it. A fault of ours is told, and ends nothing else.
///
/// # Errors
/// What was done says so, and a system that gives no thread.
pub(crate) fn with_room<T: Send>(work: impl FnOnce() -> Result<T, String> + Send) -> Result<T, String> {
    std::thread::scope(|threads| {
        let thread = std::thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(threads, work);
        let joined = thread.map_err(|cause| cause.to_string())?.join();
        joined.unwrap_or_else(|_panic| Err("internal error".to_owned()))
    })
}
