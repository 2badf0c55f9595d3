//! `dlde serve`: the gate as a service.

use super::amount;
use super::batch::program;
use super::choice::{StageArg, TrackArg};
use super::config::{venue, venue_text};
use super::failure::{Failure, say};
use crate::profile::{BUILTIN, Stage, Track};
use crate::serve::{self, Bounds, Home, Menu, ServeError, Settings};
use crate::worker::Limits;
use clap::{Args, Subcommand};
use std::io::Write as _;
use std::net::SocketAddr;
use std::num::{NonZeroU16, NonZeroU32};
use std::path::PathBuf;
use std::time::Duration;

/// What `dlde serve` takes.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct ServeArgs {
    #[command(subcommand)]
    command: Option<ServeCommand>,
    /// Where to listen; others than this machine are served only with a token
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    #[command(flatten)]
    home: HomeArgs,
    /// A venue that papers may be checked against, beside those that are built in: an id, or a file; the first one
    /// named is taken where an upload names none [default: the newest DLDE]
    #[arg(long, value_name = "ID|FILE")]
    venue: Vec<String>,
    /// Where papers stand, where an upload does not say it [default: submission]
    #[arg(long)]
    stage: Option<StageArg>,
    /// The track they are handed in to, where an upload does not say it [default: regular]
    #[arg(long)]
    track: Option<TrackArg>,
    /// Papers that are checked at once [default: one a core]
    #[arg(short, long, value_name = "NUMBER")]
    jobs: Option<NonZeroU16>,
    /// The longest that one paper may take, such as 500ms, 30s or 2m
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = amount::time)]
    timeout: Duration,
    /// The most memory that one paper may take, such as 512MiB or 2GiB
    #[arg(long, value_name = "SIZE", default_value = "1GiB", value_parser = amount::size)]
    memory: u64,
    /// Start each worker through this command, such as a container runtime: `dlde worker` is put after it
    #[arg(long, value_name = "COMMAND")]
    through: Option<String>,
    /// Keep papers after their check; otherwise they are deleted
    #[arg(long)]
    keep: bool,
    /// Serve the check in the browser as well, at /check/: the folder that `web/build` makes
    #[arg(long, value_name = "DIR")]
    page: Option<PathBuf>,
    #[command(flatten)]
    bounds: BoundArgs,
}

/// What one may ask of the service.
#[derive(Debug, Args)]
#[command(next_help_heading = "What one may ask of it")]
struct BoundArgs {
    /// The largest upload, all its files together
    #[arg(long, value_name = "SIZE", default_value = "50MiB", value_parser = amount::size)]
    max_size: u64,
    /// The longest that an upload may take to come in
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = amount::time)]
    upload_time: Duration,
    /// The longest until an upload that has come in is answered, with its report or with where to ask for it
    #[arg(long, value_name = "TIME", default_value = "2s", value_parser = amount::time)]
    deadline: Duration,
    /// Uploads that may come in at once; more are told to come again
    #[arg(long, value_name = "NUMBER", default_value = "256")]
    uploads: NonZeroU16,
    /// Submissions that may wait for their check; more are told to come again
    #[arg(long, value_name = "NUMBER", default_value = "5000")]
    queue: NonZeroU32,
    /// Uploads a minute with one token
    #[arg(long, value_name = "NUMBER", default_value = "600")]
    rate: NonZeroU32,
}

/// Where the service keeps what it must not forget.
#[derive(Debug, Clone, Args)]
struct HomeArgs {
    /// The folder for papers that wait, and for the history
    #[arg(long, value_name = "DIR", default_value = "dlde-data")]
    data: PathBuf,
    /// Keep the history in PostgreSQL, postgres://USER:PASSWORD@HOST/NAME; the environment variable DLDE_DATABASE
    /// says the same and shows no password in the list of processes [default: a file in the folder]
    #[arg(long, value_name = "ADDRESS", value_parser = postgres)]
    database: Option<String>,
}

#[derive(Debug, Subcommand)]
enum ServeCommand {
    /// Make tokens, take them back, list their names
    #[command(subcommand)]
    Token(TokenCommand),
}

#[derive(Debug, Subcommand)]
enum TokenCommand {
    /// Make a token and print it; it cannot be printed again
    Add {
        /// Who has it
        name: String,
        #[command(flatten)]
        home: HomeArgs,
    },
    /// Take a token back
    Remove {
        /// Who had it
        name: String,
        #[command(flatten)]
        home: HomeArgs,
    },
    /// List the names of all tokens
    List {
        #[command(flatten)]
        home: HomeArgs,
    },
}

fn postgres(word: &str) -> Result<String, String> {
    let is_one = word.starts_with("postgres://") || word.starts_with("postgresql://");
    let wrong = "an address begins with postgres://; without one the history is a file in the folder";
    if is_one { Ok(word.to_owned()) } else { Err(wrong.to_owned()) }
}

impl HomeArgs {
    fn home(&self) -> Result<Home, Failure> {
        let said = std::env::var("DLDE_DATABASE").ok().filter(|said| !said.is_empty());
        let said = said.map(|said| postgres(&said)).transpose();
        let said = said.map_err(|why| ServeError::Database { database: "DLDE_DATABASE".to_owned(), why })?;
        Ok(Home { data: self.data.clone(), database: self.database.clone().or(said) })
    }
}

/// Serves until it is told to stop, or sees to the tokens.
///
/// # Errors
/// What keeps the service from being run.
pub(super) fn run(args: &ServeArgs) -> Result<(), Failure> {
    match &args.command {
        Some(ServeCommand::Token(command)) => tokens(command),
        None => serve(args),
    }
}

fn serve(args: &ServeArgs) -> Result<(), Failure> {
    let BoundArgs { max_size, upload_time, deadline, uploads, queue, rate } = args.bounds;
    let settings = Settings {
        listen: args.listen,
        home: args.home.home()?,
        menu: menu(args)?,
        program: program(args.through.as_deref())?,
        limits: Limits { time: args.timeout, memory: args.memory, ..Limits::default() },
        jobs: args.jobs.map_or_else(super::batch::cores, |jobs| jobs.get().into()),
        keeps: args.keep,
        page: args.page.clone(),
        bounds: Bounds {
            bytes: max_size,
            upload_time,
            deadline,
            uploads: uploads.get().into(),
            queue: queue.get().try_into().unwrap_or(usize::MAX),
            rate: rate.get(),
        },
    };
    Ok(serve::run(settings, |address| {
        // Where standard output is gone, the service goes on.
        let _ = print(&format!("listening on http://{address}"));
    })?)
}

/// The venues: those that were named, then those that are built in.
fn menu(args: &ServeArgs) -> Result<Menu, Failure> {
    let mut texts = Vec::new();
    for word in &args.venue {
        // It is looked at as for a check: an unknown level is told here.
        let file = venue(word, None)?;
        texts.push((file.shown().to_owned(), venue_text(word)?.unwrap_or_else(|| file.text().to_owned())));
    }
    let built_in = BUILTIN.iter().map(|(id, text)| (format!("rules/{id}.toml"), (*text).to_owned()));
    let stage = args.stage.map(Stage::from).unwrap_or_default();
    let track = args.track.map(Track::from).unwrap_or_default();
    Menu::new(texts.into_iter().chain(built_in), stage, track).map_err(|error| ServeError::from(error).into())
}

fn tokens(command: &TokenCommand) -> Result<(), Failure> {
    match command {
        TokenCommand::Add { name, home } => {
            let token = serve::add_token(&home.home()?, name)?;
            say("send it as `Authorization: Bearer TOKEN`; it is not shown again:");
            print(&token)
        }
        TokenCommand::Remove { name, home } => Ok(serve::remove_token(&home.home()?, name)?),
        TokenCommand::List { home } => {
            serve::tokens(&home.home()?)?.iter().try_for_each(|(name, _)| print(name))
        }
    }
}

fn print(line: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout();
    let written = writeln!(out, "{line}").and_then(|()| out.flush());
    written.map_err(|cause| Failure::Write { path: "standard output".to_owned(), cause })
}
