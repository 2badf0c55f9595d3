//! What is refused before it was read whole: the rest is let pass, so that whoever sends it hears the answer.
//!
//! A connection that is closed on unread bytes is reset, and with it goes the answer.

use super::Bounds;
use axum::body::{Body, HttpBody as _};
use axum::http::{HeaderMap, header};
use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

/// How long is listened to what is not wanted.
const PATIENCE: Duration = Duration::from_secs(5);
/// How much of it, in sizes of the largest upload.
const SIZES: u64 = 3;

/// Reads and forgets, up to some size and time. Whoever asked first whether to send need not send at all.
pub(super) async fn drain(headers: &HeaderMap, mut body: Body, bounds: &Bounds) {
    if headers.contains_key(header::EXPECT) {
        return;
    }
    let most = bounds.bytes.saturating_mul(SIZES);
    let reading = async {
        let mut read = 0;
        while read < most {
            match poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
                Some(Ok(frame)) => read += frame.data_ref().map_or(0, |bytes| bytes.len() as u64),
                _ => return,
            }
        }
    };
    // Whoever takes longer has had time to hear it.
    let _ = tokio::time::timeout(PATIENCE.min(bounds.upload_time), reading).await;
}
