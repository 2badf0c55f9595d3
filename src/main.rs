//! The `dlde` program.

fn main() {}
