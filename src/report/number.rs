//! Numbers as programs like them: short, and the same on every machine.

use crate::units::{Length, Rect};
use serde_json::Number;

/// To the tenth of a big point.
pub(super) fn in_bp(length: Length) -> Number {
    rounded(length.to_bp(), 10.0)
}

/// Left, top, right, bottom, in bp.
pub(super) fn corners(area: &Rect) -> [Number; 4] {
    [area.left, area.top, area.right(), area.bottom()].map(in_bp)
}

/// To the hundredth of a page.
pub(super) fn in_pages(pages: f64) -> Number {
    rounded(pages, 100.0)
}

/// Rounded to so many parts of one; a whole number without a fraction, and never `-0` or not a number.
fn rounded(value: f64, parts: f64) -> Number {
    let value = (value * parts).round() / parts;
    let whole = Number::from(value as i64);
    if value.fract() == 0.0 { whole } else { Number::from_f64(value).unwrap_or(whole) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_have_one_zero() {
        assert_eq!(rounded(4.305_7, 100.0).to_string(), "4.31");
        assert_eq!(rounded(4.0, 100.0).to_string(), "4");
        assert_eq!(rounded(-0.001, 100.0).to_string(), "0");
        assert_eq!(rounded(f64::NAN, 100.0).to_string(), "0");
    }
}
