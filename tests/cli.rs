//! What the command line says, word for word: `tests/cli/*.trycmd`, refreshed by `TRYCMD=overwrite`.

#[test]
fn transcripts() {
    let cases = trycmd::TestCases::new();
    cases.env("COLUMNS", "100").env("NO_COLOR", "1").env("GITHUB_ACTIONS", "").case("tests/cli/*.trycmd");
    // The help lists every command, and the service is one only where it is built in.
    #[cfg(not(feature = "serve"))]
    cases.skip("tests/cli/usage.trycmd");
}
