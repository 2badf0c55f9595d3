//! Who may come in: whoever has a token, and while there is none whoever sits at this machine.

use super::Service;
use super::refusal::Refusal;
use super::token::owner;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// Who asks; `None` for whoever sits at this machine and needs no token.
#[derive(Debug, Clone)]
pub(super) struct Caller(pub(super) Option<String>);

/// Lets in, or refuses with 401 or 403.
pub(super) async fn keep(
    State(service): State<Arc<Service>>,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let (mut parts, body) = request.into_parts();
    match caller(&service, &parts).await {
        Ok(caller) => {
            parts.extensions.insert(caller);
            Ok(next.run(Request::from_parts(parts, body)).await)
        }
        Err(refusal) => {
            super::drain::drain(&parts.headers, body, &service.bounds).await;
            Err(refusal)
        }
    }
}

async fn caller(service: &Service, parts: &Parts) -> Result<Caller, Refusal> {
    let tokens = service.store.tokens().await?;
    if tokens.is_empty() {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip().to_canonical());
        return at_this_machine(peer, &parts.headers).map(|()| Caller(None));
    }
    let said = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token =
        said.and_then(|said| said.split_once(' ')).filter(|(kind, _)| kind.eq_ignore_ascii_case("bearer"));
    let Some((_, token)) = token else {
        let why = "this service asks for a token: send `Authorization: Bearer TOKEN`";
        return Err(Refusal::new(StatusCode::UNAUTHORIZED, why));
    };
    let name = owner(&tokens, token.trim());
    name.map(|name| Caller(Some(name.to_owned()))).ok_or_else(|| {
        Refusal::new(StatusCode::UNAUTHORIZED, "this token is not known here, or was taken back")
    })
}

/// Without a token only this machine is served: neither others, nor others through a proxy, nor a page of another
/// site in this machine's browser.
fn at_this_machine(peer: Option<IpAddr>, headers: &HeaderMap) -> Result<(), Refusal> {
    let is_passed_on =
        ["forwarded", "x-forwarded-for", "x-real-ip"].iter().any(|name| headers.contains_key(*name));
    if is_passed_on || !peer.is_some_and(|peer| peer.is_loopback()) {
        let why = "there is no token yet, so that only this machine is served: `dlde serve token add NAME` makes one";
        return Err(Refusal::new(StatusCode::UNAUTHORIZED, why));
    }
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text(header::HOST).unwrap_or_default();
    let is_own = |origin: &str| origin.split_once("://").is_some_and(|(_, origin)| origin == host);
    if !is_loopback(host) || !text(header::ORIGIN).is_none_or(is_own) {
        let why = "without a token, this service answers to localhost and to its own page alone";
        return Err(Refusal::new(StatusCode::FORBIDDEN, why));
    }
    Ok(())
}

/// Whether a host, with or without a port, is this machine by name or number.
fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let number = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    name.eq_ignore_ascii_case("localhost") || number.is_ok_and(|number| number.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(peer: &str, headers: &[(&'static str, &str)]) -> Option<u16> {
        let mut all = HeaderMap::new();
        for (name, value) in headers {
            all.insert(*name, value.parse().expect("a value"));
        }
        let peer = Some(peer.parse().expect("an address"));
        at_this_machine(peer, &all).err().map(|refusal| refusal.status().as_u16())
    }

    #[test]
    fn without_a_token_only_this_machine_is_let_in() {
        assert_eq!(status("127.0.0.1", &[("host", "127.0.0.1:8080")]), None);
        assert_eq!(status("::1", &[("host", "[::1]:8080")]), None);
        assert_eq!(status("127.0.0.1", &[("host", "localhost")]), None);
        assert_eq!(status("192.0.2.7", &[("host", "127.0.0.1:8080")]), Some(401));
        assert_eq!(
            status("127.0.0.1", &[("host", "localhost"), ("x-forwarded-for", "192.0.2.7")]),
            Some(401)
        );
    }

    #[test]
    fn a_page_of_another_site_is_not_this_machine() {
        let host = ("host", "localhost:8080");
        assert_eq!(status("127.0.0.1", &[host, ("origin", "http://localhost:8080")]), None);
        assert_eq!(status("127.0.0.1", &[host, ("origin", "https://example.org")]), Some(403));
        assert_eq!(status("127.0.0.1", &[host, ("origin", "null")]), Some(403));
        assert_eq!(status("127.0.0.1", &[("host", "rebound.example.org")]), Some(403));
    }
}
