//! PAGE: the length of the paper.

mod page_limit_exceeded;

pub use page_limit_exceeded::PAGE_LIMIT_EXCEEDED;
