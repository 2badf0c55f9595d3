//! The page for chairs: hand in, list, filter, open a report. It is in the program; it asks nobody else for anything.

use super::Service;
use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use std::sync::Arc;

/// What the page may do: its own style and script, requests to its own service, nothing else.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; \
    form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// What a report may do: show itself. Source: the policy that reports ask for in their own head.
pub(super) const REPORT_POLICY: &str = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; \
    form-action 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox allow-popups";

/// The page and what belongs to it.
pub(super) fn routes() -> Router<Arc<Service>> {
    let file = |kind: &'static str, text: &'static str| {
        get(move || async move {
            let headers = [
                (header::CONTENT_TYPE, kind),
                (header::CONTENT_SECURITY_POLICY, POLICY),
                (header::CACHE_CONTROL, "no-cache"),
            ];
            (headers, text).into_response()
        })
    };
    Router::new()
        .route("/", file("text/html; charset=utf-8", include_str!("index.html")))
        .route("/icon.svg", file("image/svg+xml", include_str!("icon.svg")))
        .route("/page.css", file("text/css; charset=utf-8", include_str!("page.css")))
        .route("/page.js", file("text/javascript; charset=utf-8", include_str!("page.js")))
}
