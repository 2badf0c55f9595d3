//! The checks: handing one in, asking for its state or report, listing them.

use super::drain::drain;
use super::format::Served;
use super::gate::Caller;
use super::refusal::{Problem, Refusal};
use super::spool::Draft;
use super::store::{Check, Entered, Filter, StoreError, now};
use super::upload::{Form, Upload, receive, too_large};
use super::{Bounds, Service};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Extension, FromRequest as _, Multipart, Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;

/// Hand in a submission
///
/// The same content, checked against the same, has the same id and is checked once. The answer is the report where the
/// check ends in time, otherwise 202 and the place to ask at.
#[utoipa::path(
    post, path = "/v1/checks", tag = "checks",
    request_body(content = Form, content_type = "multipart/form-data"),
    responses(
        (status = 200, description = "It is checked: the report, in the format of `Accept`", body = serde_json::Value,
            headers(("location" = String, description = "Where the check is"))),
        (status = 202, description = "It is accepted, and will be checked", body = Check,
            headers(("location" = String, description = "Where to ask"), ("retry-after" = u64, description = "Seconds"))),
        (status = 400, description = "The form breaks off", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "No token, or one that is not known", body = Problem, content_type = "application/problem+json"),
        (status = 406, description = "No format of reports is accepted", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "It came too slowly", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "It is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "It is no form", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A field is not what it should be", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many at once", body = Problem, content_type = "application/problem+json",
            headers(("retry-after" = u64, description = "Seconds"))),
    ),
    security((), ("token" = []))
)]
pub(super) async fn post(
    State(service): State<Arc<Service>>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Result<Response, Refusal> {
    let headers = request.headers().clone();
    let upload = match may_come(&service, &caller, &headers) {
        Ok((served, permit)) => incoming(&service, request).await.map(|upload| (served, upload, permit)),
        Err(refusal) => {
            drain(&headers, request.into_body(), &service.bounds).await;
            Err(refusal)
        }
    };
    let (served, upload, permit) = upload.inspect_err(|refusal| counted(refusal.status()))?;
    let response = accept(service, served, upload, permit).await?;
    counted(response.status());
    Ok(response)
}

fn counted(status: StatusCode) {
    metrics::counter!("dlde_uploads_total", "answer" => status.as_u16().to_string()).increment(1);
}

/// What can be said before anything is read.
fn may_come(
    service: &Service,
    caller: &Caller,
    headers: &HeaderMap,
) -> Result<(Served, OwnedSemaphorePermit), Refusal> {
    let served = Served::accepted(headers)?;
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let kind = text(header::CONTENT_TYPE).unwrap_or_default();
    if !kind.trim_start().to_ascii_lowercase().starts_with("multipart/form-data") {
        let why = "a submission is handed in as a form: multipart/form-data, with the field `pdf`";
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, why));
    }
    if !kind.contains("boundary=") {
        let why = "the form names no boundary between its parts; send it again";
        return Err(Refusal::new(StatusCode::BAD_REQUEST, why));
    }
    let Bounds { bytes, queue, .. } = service.bounds;
    let length = text(header::CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
    if length.is_some_and(|length| length > bytes) {
        return Err(too_large());
    }
    if let Some(Err(after)) = caller.0.as_deref().map(|name| service.allowance.take(name)) {
        return Err(Refusal::busy("this token has handed in as much as it may for now", after));
    }
    // Those who are handing in will wait as well.
    let coming = service.bounds.uploads.saturating_sub(service.uploads.available_permits());
    if service.queue.waiting() + coming >= queue {
        return Err(Refusal::busy(
            "too many submissions wait already; send this again after Retry-After seconds",
            FULL,
        ));
    }
    let permit = service.uploads.clone().try_acquire_owned();
    let permit = permit.map_err(|_| {
        Refusal::busy("too many are handing in at once; send this again after Retry-After seconds", CROWDED)
    })?;
    Ok((served, permit))
}

/// When to come again: a queue gets shorter slowly, a crowd disperses quickly.
const FULL: Duration = Duration::from_secs(10);
const CROWDED: Duration = Duration::from_secs(1);

/// Reads the form; whoever takes too long over it is let go.
async fn incoming(service: &Service, request: Request) -> Result<Upload, Refusal> {
    let form = Multipart::from_request(request, &()).await.map_err(|_| {
        Refusal::new(StatusCode::BAD_REQUEST, "the form's boundary between its parts is none; send it again")
    })?;
    let reading = receive(form, service.bounds.bytes, &service.spool, &service.menu);
    match tokio::time::timeout(service.bounds.upload_time, reading).await {
        Ok(received) => received,
        Err(_) => Err(Refusal::new(StatusCode::REQUEST_TIMEOUT, "this came too slowly; send it again")),
    }
}

/// Enters an upload and waits for its check as long as an answer may take.
async fn accept(
    service: Arc<Service>,
    served: Served,
    upload: Upload,
    permit: OwnedSemaphorePermit,
) -> Result<Response, Refusal> {
    let Upload { draft, task, label, venue, id } = upload;
    let ended = service.queue.listen(&id);
    let orders = &task.orders;
    let new = Check {
        id: id.clone(),
        state: "queued".to_owned(),
        created: now(),
        finished: None,
        label,
        venue,
        stage: orders.stage.clone(),
        track: orders.track.clone(),
        audience: orders.audience.clone(),
        status: None,
        verdict: None,
        title: None,
        reason: None,
        errors: 0,
        warnings: 0,
        notes: 0,
    };
    let task = serde_json::to_string(&task)
        .map_err(|_| Refusal::unfit("the names of the files cannot be kept; name them otherwise"))?;
    let entered = Entered { check: new, spool: service.spool.id.clone(), task };
    // Whoever leaves now leaves either all of it or nothing behind.
    let entering = tokio::spawn(enter(service.clone(), draft, entered)).await;
    entering.map_err(|_| {
        Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "a fault of the service; please report it")
    })??;
    drop(permit);
    // It is accepted: whatever fails from here on, it will be checked.
    let Ok(mut check) = found(&service, &id).await else { return Ok(accepted(&id)) };
    if !check.is_done() && service.queue.is_short() {
        // The end of the wait; that the check ended or the service stops is seen from the check itself.
        let _ = tokio::time::timeout(service.bounds.wait(), ended).await;
        let Ok(now) = found(&service, &id).await else { return Ok(accepted(&id)) };
        check = now;
    } else {
        drop(ended);
    }
    service.queue.forget(&id);
    let state = check.clone();
    match told(&service, served, check).await {
        Ok(answer) => Ok(answer),
        // Without a report in this format, its state is an answer as well.
        Err(_) => Ok((place(&state.id), axum::Json(state)).into_response()),
    }
}

/// Where a check is asked for.
fn place(id: &str) -> [(header::HeaderName, String); 2] {
    [(header::LOCATION, format!("/v1/checks/{id}")), (header::VARY, "accept".to_owned())]
}

/// It is in the queue, and more is not known at this moment.
fn accepted(id: &str) -> Response {
    (StatusCode::ACCEPTED, place(id), [(header::RETRY_AFTER, "1")]).into_response()
}

/// Files first, then the row that names them. A draft that is known already is dropped, and its files with it.
async fn enter(service: Arc<Service>, draft: Draft, entered: Entered) -> Result<(), Refusal> {
    tokio::task::block_in_place(|| draft.sync())?;
    let is_new = async {
        Ok::<_, StoreError>(
            service.store.enter(&entered).await? || service.store.enter_again(&entered).await?,
        )
    };
    match is_new.await {
        Ok(true) => {
            draft.keep();
            service.queue.entered(1);
        }
        Ok(false) => {}
        // It may be entered nevertheless: the files stay, and are swept where it is not.
        Err(error) => {
            draft.keep();
            return Err(error.into());
        }
    }
    Ok(())
}

async fn found(service: &Service, id: &str) -> Result<Check, Refusal> {
    let is_id = id.len() == ID_DIGITS && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    let check = if is_id { service.store.find(id).await? } else { None };
    check.ok_or_else(|| Refusal::missing("there is no such check here"))
}

/// Digits of an id: SHA-256, hexadecimal.
const ID_DIGITS: usize = 64;

/// The report of a check that has ended, otherwise its state.
async fn told(service: &Service, served: Served, check: Check) -> Result<Response, Refusal> {
    let place = place(&check.id);
    if !check.is_done() {
        let after = [(header::RETRY_AFTER, "1")];
        return Ok((StatusCode::ACCEPTED, place, after, axum::Json(check)).into_response());
    }
    if let Some(report) = service.store.report(&check.id, served.id).await? {
        let kind = [(header::CONTENT_TYPE, served.content_type())];
        let guards = [(header::CONTENT_SECURITY_POLICY, super::page::REPORT_POLICY)];
        return Ok((place, kind, guards, report).into_response());
    }
    if served.id == "json" {
        return Ok((place, axum::Json(check)).into_response());
    }
    let reason = check.reason.unwrap_or_default();
    Err(Refusal::missing(format!("there is no report in this format: {reason}")))
}

/// Ask for a check
///
/// The report where the check has ended, in the format of `Accept`; 202 and its state where it has not. A check that
/// took too long or crashed has no report: its state is told as JSON, and other formats are not found.
#[utoipa::path(
    get, path = "/v1/checks/{id}", tag = "checks",
    params(("id" = String, Path, description = "The id of the check")),
    responses(
        (status = 200, description = "The report", content(
            (serde_json::Value = "application/json"), (String = "text/html"), (String = "text/plain"),
            (String = "text/markdown"), (serde_json::Value = "application/sarif+json"), (String = "text/csv"))),
        (status = 202, description = "It is not done yet", body = Check),
        (status = 401, description = "No token, or one that is not known", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such check, or no report of it", body = Problem, content_type = "application/problem+json"),
        (status = 406, description = "No format of reports is accepted", body = Problem, content_type = "application/problem+json"),
    ),
    security((), ("token" = []))
)]
pub(super) async fn get(
    State(service): State<Arc<Service>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let served = Served::accepted(&headers)?;
    let check = found(&service, &id).await?;
    told(&service, served, check).await
}

/// Which checks are listed.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    /// `pass`, `fail`, `undetermined` or `waiting`
    #[param(pattern = "^(pass|fail|undetermined|waiting)?$")]
    verdict: Option<String>,
    /// Words of the name of the file, of the title or of the reason
    #[param(max_length = 200)]
    q: Option<String>,
    /// Which page, from 1
    #[param(minimum = 1, maximum = 1_000_000)]
    page: Option<i64>,
    /// How many on a page
    #[param(minimum = 1, maximum = 200)]
    per_page: Option<i64>,
}

/// A page of checks, the newest first.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Listed {
    checks: Vec<Check>,
    /// How many there are on all pages
    total: i64,
    /// This page, from 1
    page: i64,
    /// How many on a page
    per_page: i64,
}

const VERDICTS: [&str; 4] = ["pass", "fail", "undetermined", "waiting"];
const MAX_PAGE: i64 = 1_000_000;
const MAX_PER_PAGE: i64 = 200;
const PER_PAGE: i64 = 50;
/// The most characters that are looked for.
const MAX_WORDS: usize = 200;

/// List checks
#[utoipa::path(
    get, path = "/v1/checks", tag = "checks",
    params(Asked),
    responses(
        (status = 200, description = "A page of checks, the newest first", body = Listed),
        (status = 400, description = "What is asked for is not understood", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "No token, or one that is not known", body = Problem, content_type = "application/problem+json"),
    ),
    security((), ("token" = []))
)]
pub(super) async fn list(
    State(service): State<Arc<Service>>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<axum::Json<Listed>, Refusal> {
    let wrong = |why: &str| Refusal::new(StatusCode::BAD_REQUEST, why);
    let Query(asked) = asked.map_err(|_| wrong("known are `verdict`, `q`, `page` and `per_page`"))?;
    let verdict = asked.verdict.unwrap_or_default();
    if !verdict.is_empty() && !VERDICTS.contains(&verdict.as_str()) {
        return Err(wrong("a verdict is pass, fail, undetermined or waiting"));
    }
    let text = asked.q.unwrap_or_default();
    if text.chars().count() > MAX_WORDS || text.contains('\0') {
        return Err(wrong("`q` is too long, or no text"));
    }
    let page = asked.page.unwrap_or(1);
    let per_page = asked.per_page.unwrap_or(PER_PAGE);
    if !(1..=MAX_PAGE).contains(&page) || !(1..=MAX_PER_PAGE).contains(&per_page) {
        return Err(wrong("`page` is 1 or more, `per_page` 1 to 200"));
    }
    let text = text.trim().to_owned();
    let filter = Filter { verdict, text, limit: per_page, offset: (page - 1) * per_page };
    let (checks, total) = service.store.list(&filter).await?;
    Ok(axum::Json(Listed { checks, total, page, per_page }))
}

/// Where a browser may read a report, once and soon.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Ticket {
    /// The path of the page
    path: String,
}

/// Make a link to a report for a browser
///
/// A browser that opens a link sends no token. The link can be opened once, within a minute.
#[utoipa::path(
    post, path = "/v1/checks/{id}/link", tag = "checks",
    params(("id" = String, Path, description = "The id of the check")),
    responses(
        (status = 201, description = "The link", body = Ticket),
        (status = 401, description = "No token, or one that is not known", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such check, or no report of it", body = Problem, content_type = "application/problem+json"),
    ),
    security((), ("token" = []))
)]
pub(super) async fn link(
    State(service): State<Arc<Service>>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let check = found(&service, &id).await?;
    if service.store.report(&check.id, "html").await?.is_none() {
        return Err(Refusal::missing("there is no report of this check"));
    }
    let path = format!("/reports/{}", service.links.make(check.id)?);
    Ok((StatusCode::CREATED, axum::Json(Ticket { path })).into_response())
}

/// The report behind a link.
pub(super) async fn report(
    State(service): State<Arc<Service>>,
    Path(link): Path<String>,
) -> Result<Response, Refusal> {
    let gone =
        "this link has been opened already, or is older than a minute: open the report from the list again";
    let id = service.links.redeem(&link).ok_or_else(|| Refusal::missing(gone))?;
    let report = service.store.report(&id, "html").await?.ok_or_else(|| Refusal::missing(gone))?;
    let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    Ok((kind, [(header::CONTENT_SECURITY_POLICY, super::page::REPORT_POLICY)], report).into_response())
}

/// What papers may be checked against.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Venues {
    /// The ids, the one first that is taken where an upload names none
    venues: Vec<String>,
}

/// List the venues
#[utoipa::path(
    get, path = "/v1/venues", tag = "checks",
    responses(
        (status = 200, description = "Those that an upload may name", body = Venues),
        (status = 401, description = "No token, or one that is not known", body = Problem, content_type = "application/problem+json"),
    ),
    security((), ("token" = []))
)]
pub(super) async fn venues(State(service): State<Arc<Service>>) -> axum::Json<Venues> {
    axum::Json(Venues { venues: service.menu.venues().into_iter().map(str::to_owned).collect() })
}
