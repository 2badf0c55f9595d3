//! The door: as many connections as there is room for, each of which says in time what it wants.

use super::log;
use axum::Router;
use axum::extract::ConnectInfo;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Connections at once; others wait until one ends. Source: a process may open 1,024 files by default on Linux, and
/// an upload has one open beside its connection.
const CONNECTIONS: usize = 512;
/// The longest until a connection has said what it wants, and until it wants something again.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// How long is waited after the system gave no connection: mostly it has no more files to open.
const PAUSE: Duration = Duration::from_millis(200);

/// Lets connections in until `stop`, and brings to their end what they have asked for until then. `upload_time` is the
/// longest that an upload may take, and so is the head of one.
pub(super) async fn keep_open(
    listener: TcpListener,
    app: Router,
    upload_time: Duration,
    stop: impl Future<Output = ()>,
) {
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let guests = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME.min(upload_time));
    let mut stop = pin!(stop);
    loop {
        let (permit, stream, peer) = tokio::select! {
            guest = next(&listener, &room) => guest,
            () = &mut stop => break,
        };
        let app = TowerToHyperService::new(app.clone());
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            app.call(request)
        });
        let connection = guests.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // How it ended is for whoever opened it to see; what was answered is in the log.
            let _ = connection.await;
            drop(permit);
        });
    }
    drop(listener);
    guests.shutdown().await;
}

/// The next connection, once there is room for it.
async fn next(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> (Option<OwnedSemaphorePermit>, TcpStream, SocketAddr) {
    // The room is never closed: there is always a permit in the end.
    let permit = room.clone().acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return (permit, stream, peer),
            Err(error) => {
                log::fault(&format!("a connection was not let in: {error}"));
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}
