//! What the command line says, word for word: `tests/cli/*.trycmd`, refreshed by `TRYCMD=overwrite`.

#[test]
fn transcripts() {
    trycmd::TestCases::new()
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .env("GITHUB_ACTIONS", "")
        .case("tests/cli/*.trycmd");
}
