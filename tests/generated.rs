//! Pages made from the code are fresh. `UPDATE=1 cargo test --test generated` writes them anew.
#![expect(clippy::disallowed_methods, reason = "this test compares files of the repository")]

use std::path::Path;

#[test]
fn the_catalogue_of_rules_is_fresh() {
    is_fresh("rules/README.md", &dlde::rules::catalogue());
}

fn is_fresh(name: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var("UPDATE").is_ok() {
        std::fs::write(&path, made).expect("the page can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == made, "{name} is stale: run `UPDATE=1 cargo test --test generated` and read the diff");
}
