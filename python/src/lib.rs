//! `dlde` for Python: the library as a module, `dlde._dlde`. The package around it, in `python/dlde/`, has the types.
//!
//! Whatever takes time lets other threads of Python run.

mod catalogue;
mod error;
mod fix;
mod handed;
mod index;
mod orders;
mod room;
mod seat;

/// What the package `dlde` is made of; nothing here is for its users.
#[pyo3::pymodule]
mod _dlde {
    #[pymodule_export]
    use super::catalogue::{rules, venues};
    #[pymodule_export]
    use super::fix::fix;
    #[pymodule_export]
    use super::handed::Handed;
    #[pymodule_export]
    use super::index::index;
    #[pymodule_export]
    use super::orders::Orders;
    #[pymodule_export]
    use super::seat::{Seat, check_here, work};
}
