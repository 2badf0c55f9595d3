//! Fuzzes the target `profile` of `tests/fuzz/targets.rs`.
#![no_main]

#[path = "../../tests/fuzz/targets.rs"]
#[allow(dead_code, reason = "each program runs one target")]
mod targets;

libfuzzer_sys::fuzz_target!(init: targets::end_where_ours_fall_over(), |bytes: &[u8]| targets::profile(bytes));
