//! PART: the parts of the paper and their order.

mod appendix_before_references;
mod long_appendix;
mod missing_references;

pub use appendix_before_references::APPENDIX_BEFORE_REFERENCES;
pub use long_appendix::LONG_APPENDIX;
pub use missing_references::MISSING_REFERENCES;
