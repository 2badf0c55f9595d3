//! Whether the service lives, whether it can do its work, and how much it has done.

use super::Service;
use super::refusal::{Problem, Refusal};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;

/// Whether the service lives
#[utoipa::path(get, path = "/healthz", tag = "service", responses((status = 200, description = "It does", body = String)))]
pub(super) async fn lives() -> &'static str {
    "ok\n"
}

/// Whether it can take a submission now
#[utoipa::path(
    get, path = "/readyz", tag = "service",
    responses(
        (status = 200, description = "It can", body = String),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn ready(State(service): State<Arc<Service>>) -> Result<&'static str, Refusal> {
    let not = |why: &str| Refusal::new(StatusCode::SERVICE_UNAVAILABLE, why);
    if service.queue.is_stopping() {
        return Err(not("the service is stopping"));
    }
    if service.queue.working() == 0 {
        return Err(not("nobody is there to check"));
    }
    service.store.ping().await?;
    Ok("ready\n")
}

/// What it has done, for Prometheus
#[utoipa::path(
    get, path = "/metrics", tag = "service",
    responses(
        (status = 200, description = "In the text format of Prometheus", body = String),
        (status = 401, description = "No token, or one that is not known", body = Problem, content_type = "application/problem+json"),
    ),
    security((), ("token" = []))
)]
pub(super) async fn metrics(State(service): State<Arc<Service>>) -> Response {
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    (kind, service.metrics.render()).into_response()
}
