//! What answers where, and what holds for every answer.

use super::refusal::Refusal;
use super::{Service, checks, drain, gate, health, log, page};
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use std::sync::Arc;
use std::time::Instant;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer};
use utoipa::OpenApi as _;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The description that is filled with what answers.
#[derive(utoipa::OpenApi)]
#[openapi(
    info(title = "dlde", description = "Decides, to the line, whether a paper may be submitted."),
    tags((name = "checks", description = "Submissions and their reports"), (name = "service", description = "The service itself"))
)]
struct Description;

/// All of it, the check in the browser included.
pub(super) fn app(service: Arc<Service>, browser: axum::Router<Arc<Service>>) -> axum::Router {
    let mut description = Description::openapi();
    let token = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    description.components.get_or_insert_default().add_security_scheme("token", token);
    let guarded = OpenApiRouter::new()
        .routes(routes!(checks::post, checks::list))
        .routes(routes!(checks::get))
        .routes(routes!(checks::link))
        .routes(routes!(checks::venues))
        .routes(routes!(health::metrics))
        .route_layer(from_fn_with_state(service.clone(), gate::keep));
    let open = OpenApiRouter::with_openapi(description)
        .routes(routes!(health::lives))
        .routes(routes!(health::ready));
    let (app, mut api) = open.merge(guarded).split_for_parts();
    api.info.version = env!("CARGO_PKG_VERSION").to_owned();
    let room = service.bounds.bytes.saturating_mul(3).try_into().unwrap_or(usize::MAX);
    let bounds = service.bounds.clone();
    app.merge(page::routes())
        .merge(browser)
        .route("/reports/{link}", get(checks::report))
        .route("/openapi.json", get(move || async move { axum::Json(api) }))
        .fallback(move |request: Request| async move {
            let (parts, body) = request.into_parts();
            drain::drain(&parts.headers, body, &bounds).await;
            Refusal::missing("there is nothing here; `/openapi.json` tells what there is")
        })
        .method_not_allowed_fallback(|| async {
            Refusal::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "this cannot be done here; `/openapi.json` tells what can",
            )
        })
        .layer(DefaultBodyLimit::max(room))
        .layer(CatchPanicLayer::custom(failed))
        .layer(from_fn(told))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(SetRequestIdLayer::new(REQUEST_ID, Numbers))
        .with_state(service)
}

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Ids of requests that bring none.
#[derive(Clone)]
struct Numbers;

impl MakeRequestId for Numbers {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<RequestId> {
        let id = super::token::random::<8>().ok()?;
        HeaderValue::from_str(&id).ok().map(RequestId::new)
    }
}

/// A fault of ours. Where it was goes to standard error by itself.
fn failed(_: Box<dyn std::any::Any + Send>) -> Response<Body> {
    log::fault("a request failed by a fault of the program");
    Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "a fault of the service; please report it")
        .into_response()
}

/// Counts and logs every answer, and gives it the heads that all have.
async fn told(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = known(request.method().as_str());
    let route =
        request.extensions().get::<MatchedPath>().map_or("-".to_owned(), |path| path.as_str().to_owned());
    let id = request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let id = if id.len() <= LONGEST_ID && id.chars().all(is_plain) { id.to_owned() } else { "-".to_owned() };
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in EVERYWHERE {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    let status = response.status().as_u16();
    let labels = [("method", method.to_owned()), ("route", route.clone()), ("status", status.to_string())];
    metrics::counter!("dlde_requests_total", &labels).increment(1);
    metrics::histogram!("dlde_request_seconds", "route" => route.clone())
        .record(started.elapsed().as_secs_f64());
    log::request(&id, method, &route, status, started.elapsed().as_millis());
    response
}

/// The longest id of a request that is logged, in characters: a UUID, and some more.
const LONGEST_ID: usize = 64;

/// The methods of HTTP. Source: RFC 9110 section 9.3 and RFC 5789.
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// A method by name. Whoever makes one up makes no new row of metrics.
fn known(method: &str) -> &'static str {
    METHODS.into_iter().find(|known| *known == method).unwrap_or("other")
}

/// Reports are of unpublished work: nobody between keeps them.
const EVERYWHERE: [(HeaderName, &str); 4] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
];
