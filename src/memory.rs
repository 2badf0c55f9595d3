//! How memory is taken from the system: seldom, in large pieces, and kept.

use std::hint::black_box;

/// What the check of a paper needs, and some more. Source: the peak of a worker over papers of ten pages.
const PIECE: usize = 16 << 20;

/// Takes room for a check at once, and lets the calling thread keep it: to be called where a thread begins.
///
/// Left alone, glibc lets the heap of a thread grow by a few pages at a time, takes every block of 128 KiB or more from
/// the system by itself, and gives each back: a quarter of the time of a check, measured. A block that was taken by
/// itself and is given back raises the size from which that is done, here to [`PIECE`], and what is kept to twice as
/// much (mallopt(3), `M_MMAP_THRESHOLD`); the next one is then a piece of the heap. Neither is written to. Where other
/// allocators are used, this does nothing.
pub(crate) fn take_at_once() {
    drop(black_box(Vec::<u8>::with_capacity(PIECE)));
    drop(black_box(Vec::<u8>::with_capacity(PIECE / 2)));
}
