//! What is told to whoever asked for something that is not done: problem objects. Source: RFC 9457.

use super::store::StoreError;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::time::Duration;

/// Why something was not done.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    detail: String,
    retry_after: Option<Duration>,
}

/// The body of such an answer.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Problem {
    /// What kind of problem: always `about:blank`, so that `status` tells
    #[serde(rename = "type")]
    kind: &'static str,
    /// The name of the status
    title: &'static str,
    /// The status, as in the head of the answer
    status: u16,
    /// What happened and what to do, in words
    detail: String,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into(), retry_after: None }
    }

    /// A field of the upload that says nothing that can be done.
    pub(super) fn unfit(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail)
    }

    pub(super) fn missing(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    /// Too many at once; `after` is when to come again.
    pub(super) fn busy(detail: impl Into<String>, after: Duration) -> Self {
        Self { retry_after: Some(after), ..Self::new(StatusCode::TOO_MANY_REQUESTS, detail) }
    }

    pub(super) const fn status(&self) -> StatusCode {
        self.status
    }
}

/// The database or the disk: nothing that whoever asked can do. The words go to the log and to nobody else.
impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        super::log::fault(&error.to_string());
        Self::unavailable("the service's database does not answer")
    }
}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        super::log::fault(&error.to_string());
        Self::unavailable("the service cannot write to its spool")
    }
}

impl Refusal {
    fn unavailable(what: &str) -> Self {
        let detail = format!("{what}; nothing was kept of this request, come again later");
        Self { retry_after: Some(LATER), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, detail) }
    }
}

/// When to come again after a fault of the machine.
const LATER: Duration = Duration::from_secs(10);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let title = self.status.canonical_reason().unwrap_or("Error");
        let problem =
            Problem { kind: "about:blank", title, status: self.status.as_u16(), detail: self.detail };
        let mut response = (self.status, axum::Json(problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(after) = self.retry_after {
            headers.insert(header::RETRY_AFTER, after.as_secs().max(1).into());
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
