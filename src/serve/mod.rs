//! The gate: submissions come in over HTTP, each is checked by a worker, and its report is kept.
//!
//! What was accepted is in the queue and on the disk before the answer goes out (`store`, `spool`), so that a
//! service that is killed loses none of it. Papers go with their check; reports stay. This is a door: it listens,
//! writes to its folder and talks to its database.

mod browser;
mod checks;
mod door;
mod drain;
mod error;
mod format;
mod gate;
mod health;
mod link;
mod log;
mod menu;
mod page;
mod queue;
mod refusal;
mod router;
mod spool;
mod store;
mod token;
mod upload;

pub use error::ServeError;
pub use menu::Menu;

use crate::worker::{Crew, Limits};
use link::Links;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use queue::Queue;
use spool::{Spool, Task};
use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use store::Store;
use token::Allowance;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// Where the service keeps what it must not forget.
#[derive(Debug, Clone)]
pub struct Home {
    /// The folder of the spool, and of the history where no server keeps it.
    pub data: PathBuf,
    /// A PostgreSQL server, `postgres://...`; without one the history is a file in the folder.
    pub database: Option<String>,
}

/// What one may ask of the service.
#[derive(Debug, Clone)]
pub struct Bounds {
    /// The largest upload, in bytes.
    pub bytes: u64,
    /// The longest that an upload may take to come in.
    pub upload_time: Duration,
    /// The longest until an upload that has come in is answered.
    pub deadline: Duration,
    /// Uploads that come in at once.
    pub uploads: usize,
    /// Checks that wait at once.
    pub queue: usize,
    /// Uploads a minute with one token.
    pub rate: u32,
}

impl Bounds {
    /// How long an answer waits for its check: half of the time is left for the disk, the database and the crowd.
    fn wait(&self) -> Duration {
        self.deadline / 2
    }
}

/// How the service is run.
pub struct Settings {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Where it keeps what it must not forget.
    pub home: Home,
    /// What papers may be checked against.
    pub menu: Menu,
    /// The program that becomes a worker, and its arguments.
    pub program: Vec<OsString>,
    /// What a worker may take.
    pub limits: Limits,
    /// Papers that are checked at once.
    pub jobs: usize,
    /// Keeps papers after their check.
    pub keeps: bool,
    /// What one may ask.
    pub bounds: Bounds,
    /// The folder of the check in the browser, where authors find it here too.
    pub page: Option<PathBuf>,
}

/// What all requests share.
struct Service {
    store: Arc<dyn Store>,
    spool: Arc<Spool>,
    menu: Menu,
    bounds: Bounds,
    queue: Arc<Queue>,
    allowance: Allowance,
    uploads: Arc<Semaphore>,
    links: Links,
    metrics: PrometheusHandle,
}

/// Serves until the program is told to stop; `ready` is told the address once it listens.
///
/// # Errors
/// What keeps the service from being run.
pub fn run(settings: Settings, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    runtime()?.block_on(serve(settings, ready))
}

fn runtime() -> Result<tokio::runtime::Runtime, ServeError> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

async fn serve(settings: Settings, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let store = open(&settings.home).await?;
    let address = settings.listen.to_string();
    if !settings.listen.ip().is_loopback() && store.tokens().await?.is_empty() {
        return Err(ServeError::Open { address });
    }
    let listener = TcpListener::bind(settings.listen).await;
    let listener = listener.map_err(|cause| ServeError::Listen { address, cause })?;
    let local = listener.local_addr()?;
    let jobs = settings.jobs;
    let page = browser::routes(settings.page.as_deref()).await?;
    let service = Arc::new(set_up(settings, store).await?);
    let workers = service.queue.start(jobs)?;
    ready(local);
    let queue = service.queue.clone();
    let stop = async move {
        told_to_stop().await;
        log::event("stopping");
        queue.stop();
    };
    let served =
        door::keep_open(listener, router::app(service.clone(), page), service.bounds.upload_time, stop);
    let patience = service.bounds.upload_time + service.bounds.deadline;
    let queue = service.queue.clone();
    let out_of_patience = async {
        while !queue.is_stopping() {
            tokio::time::sleep(STEP).await;
        }
        tokio::time::sleep(patience).await;
    };
    tokio::select! {
        () = served => {}
        () = upkeep(&service.metrics) => {}
        () = out_of_patience => log::event("connections were left open by others"),
    }
    // Papers that are being checked are brought to their end; each has a limit of time.
    let ended = tokio::task::spawn_blocking(move || workers.into_iter().all(|worker| worker.join().is_ok()));
    if !ended.await.unwrap_or(false) {
        log::fault("a thread that checks has failed");
    }
    service.store.close().await;
    log::event("stopped");
    Ok(())
}

/// What is measured is summed up now and then: else it would grow for as long as nobody asks for it.
async fn upkeep(metrics: &PrometheusHandle) {
    loop {
        tokio::time::sleep(UPKEEP).await;
        metrics.run_upkeep();
    }
}

/// How often. Source: the default of the exporter.
const UPKEEP: Duration = Duration::from_secs(5);
/// How often is looked whether the service stops.
const STEP: Duration = Duration::from_millis(100);

async fn open(home: &Home) -> Result<Arc<dyn Store>, ServeError> {
    let Home { data, database } = home;
    let wrong = |why: String| ServeError::Folder { path: data.display().to_string(), why };
    tokio::fs::create_dir_all(data).await.map_err(|cause| wrong(format!("cannot be made: {cause}")))?;
    let file = data.join("dlde.db");
    store::open(database.as_deref(), &file).await.map_err(|error| ServeError::Database {
        // An address may hold a password.
        database: database
            .as_ref()
            .map_or(file.display().to_string(), |_| "the PostgreSQL server".to_owned()),
        why: error.to_string(),
    })
}

/// Takes up what an earlier run has left: its submissions are checked, its remains are swept.
async fn set_up(settings: Settings, store: Arc<dyn Store>) -> Result<Service, ServeError> {
    let Settings { home, menu, program, limits, keeps, bounds, .. } = settings;
    let spool = Arc::new(Spool::open(&home.data, keeps)?);
    let again = store.release(&spool.id, None).await?;
    let tasks = store.unfinished(&spool.id).await?;
    let unfinished: Result<Vec<Task>, _> = tasks.iter().map(|task| serde_json::from_str(task)).collect();
    let swept = match unfinished {
        // Another database may know what lies here: nothing of it is touched.
        Ok(_) if !spool.is_empty()? && !store.knows(&spool.id).await? => {
            log::fault(
                "papers lie in the spool, and this database knows none of them: is it the one of before?",
            );
            0
        }
        Ok(unfinished) => spool.sweep(&unfinished)?,
        Err(_) => {
            log::fault("what waits was entered by another version: nothing is swept");
            0
        }
    };
    log::event(&format!(
        "{} checks wait, {again} of them begun before; {swept} remains were swept",
        tasks.len()
    ));
    let (_, orders) = menu.orders(&menu::Wish::default()).map_err(|_| ServeError::NoWorker {
        why: "the venue does not speak of the stage or track that the service is to check for".to_owned(),
    })?;
    let crew = Crew { program: program.clone(), orders, limits: limits.clone() };
    for open in crew.seat().left_open().map_err(|error| ServeError::NoWorker { why: error.to_string() })? {
        log::fault(&format!("workers cannot be closed in on this system: {open}"));
    }
    let queue = Arc::new(Queue::new(store.clone(), spool.clone(), program, limits));
    let metrics = PrometheusBuilder::new()
        .set_buckets(&SECONDS)
        .and_then(PrometheusBuilder::install_recorder)
        .map_err(|error| std::io::Error::other(error.to_string()))?;
    queue.entered(tasks.len());
    let uploads = Arc::new(Semaphore::new(bounds.uploads));
    let allowance = Allowance::new(bounds.rate);
    Ok(Service { store, spool, menu, bounds, queue, allowance, uploads, links: Links::default(), metrics })
}

/// The steps in which times are counted, in seconds.
const SECONDS: [f64; 11] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 30.0];

/// Ctrl-C, or what service managers send.
async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    // A system that tells nothing ends the program by itself.
    let _ = tokio::signal::ctrl_c().await;
}

/// Makes a token, which is told this once.
///
/// # Errors
/// A name that is none or taken, and a database that cannot be used.
pub fn add_token(home: &Home, name: &str) -> Result<String, ServeError> {
    runtime()?.block_on(async {
        let store = open(home).await?;
        let token = token::add(store.as_ref(), name).await;
        store.close().await;
        token
    })
}

/// Whoever looks for tokens in the wrong folder is not to believe that there are none.
fn is_there(Home { data, database }: &Home) -> Result<(), ServeError> {
    if database.is_some() || data.is_dir() {
        return Ok(());
    }
    let why = "is not there; name the folder of the service with --data".to_owned();
    Err(ServeError::Folder { path: data.display().to_string(), why })
}

/// Takes a token back.
///
/// # Errors
/// No token of that name, and a database that cannot be used.
pub fn remove_token(home: &Home, name: &str) -> Result<(), ServeError> {
    is_there(home)?;
    runtime()?.block_on(async {
        let store = open(home).await?;
        let tokens = store.tokens().await?;
        let why = match tokens.iter().find(|token| token.name == name) {
            None => Some(format!("there is no token {name}")),
            // Without any token everybody on this machine is served, and whoever comes through a proxy on it.
            Some(_) if tokens.len() == 1 => Some(format!("{name} is the last token: add another one first")),
            Some(_) => None,
        };
        if why.is_none() {
            store.remove_token(name).await?;
        }
        store.close().await;
        why.map_or(Ok(()), |why| Err(ServeError::Token { why }))
    })
}

/// The names of the tokens, with the Unix times at which they were made, in milliseconds.
///
/// # Errors
/// A database that cannot be used.
pub fn tokens(home: &Home) -> Result<Vec<(String, i64)>, ServeError> {
    is_there(home)?;
    runtime()?.block_on(async {
        let store = open(home).await?;
        let tokens = store.tokens().await?;
        store.close().await;
        Ok(tokens.into_iter().map(|token| (token.name, token.created)).collect())
    })
}
