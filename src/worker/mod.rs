//! Checks in processes of their own: whatever a paper does to its reader, everybody else goes on.
//!
//! A crew starts one worker for each seat. A worker is this program again: it closes itself in (`cage`), reads
//! submissions from its standard input and answers on its standard output. It opens no file and no connection, and
//! is ended by the one who watches the clock. A submission that ends a worker is told as such, never passed over.
//! This is a door: it starts processes.

mod cage;
mod child;
mod crew;
mod desk;
mod key;
mod seat;
mod wire;

pub use child::serve;
pub use crew::{Crew, Limits, Orders};
pub use desk::{Desk, Made};
pub use seat::{Checked, Ending, Seat, StartError};

/// The words on the command line that make this program a worker.
pub const COMMAND: &str = "worker";
