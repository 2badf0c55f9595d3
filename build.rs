//! Links the program so that it starts at once.
#![expect(clippy::disallowed_methods, reason = "cargo tells a build script of its target in the environment")]

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // At a fixed address the program needs no relocation, which took a third of the time of a check: 240 pages of
    // tables were written before its first line was run. What lies at a random address no longer is only the program's
    // own image; heap, stacks and libraries still do. It is safe Rust throughout, and files of strangers are read by
    // workers that can open nothing.
    let is = |key: &str, value: &str| std::env::var(key).is_ok_and(|v| v == value);
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") && is("PROFILE", "release") {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
