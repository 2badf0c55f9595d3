//! The check in the browser, for authors: a folder of files (see `web/`), read once and served under `/check/`.
//!
//! It is open to everybody who reaches the service: it holds no secret, and what it checks is never sent here.

use super::{ServeError, Service};
use axum::Router;
use axum::body::Bytes;
use axum::http::header;
use axum::response::{IntoResponse as _, Redirect};
use axum::routing::get;
use std::path::Path;
use std::sync::Arc;

/// The files that `web/build` makes, by what they are.
const KINDS: [(&str, &str); 4] = [
    ("html", "text/html; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("sty", "text/plain; charset=utf-8"),
];

/// The page and what belongs to it; nothing without a folder.
///
/// # Errors
/// The folder cannot be read, or holds no such page.
pub(super) async fn routes(folder: Option<&Path>) -> Result<Router<Arc<Service>>, ServeError> {
    let Some(folder) = folder else { return Ok(Router::new()) };
    let wrong = |path: &Path, why: String| ServeError::Page { path: path.display().to_string(), why };
    if !folder.join("index.html").is_file() {
        return Err(wrong(folder, "holds no index.html".to_owned()));
    }
    let mut router = Router::new().route("/check", get(|| async { Redirect::permanent("/check/") }));
    for (below, within) in [("", folder.to_path_buf()), ("sty/", folder.join("sty"))] {
        let entries = tokio::fs::read_dir(&within).await;
        let mut entries = entries.map_err(|cause| wrong(&within, cause.to_string()))?;
        while let Some(entry) = entries.next_entry().await? {
            let path = entry.path();
            let Some((name, kind)) = named(&path) else { continue };
            let bytes = tokio::fs::read(&path).await.map_err(|cause| wrong(&path, cause.to_string()))?;
            let bytes = Bytes::from(bytes);
            if below.is_empty() && name == "index.html" {
                router = router.route("/check/", file(kind, bytes.clone()));
            }
            router = router.route(&format!("/check/{below}{name}"), file(kind, bytes));
        }
    }
    Ok(router)
}

/// The name and kind of a file that belongs to the page.
fn named(path: &Path) -> Option<(&str, &'static str)> {
    let ending = path.extension()?.to_str()?;
    let (_, kind) = KINDS.iter().find(|(known, _)| *known == ending)?;
    let name = path.file_name()?.to_str()?;
    // Names of routes give braces a meaning.
    let is_plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'));
    is_plain.then_some((name, *kind))
}

fn file(kind: &'static str, bytes: Bytes) -> axum::routing::MethodRouter<Arc<Service>> {
    get(move || async move {
        let headers = [
            (header::CONTENT_TYPE, kind),
            (header::CACHE_CONTROL, "no-cache"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            // The page brings its own policy, to which this adds what a page cannot ask for.
            (header::CONTENT_SECURITY_POLICY, "frame-ancestors 'none'"),
        ];
        (headers, bytes).into_response()
    })
}
