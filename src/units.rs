//! Lengths, points and boxes, with their units in the type.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub};

/// A length, held in big points (bp, 1/72 in), the unit of PDF user space.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Length {
    bp: f64,
}

impl Length {
    /// No length at all.
    pub const ZERO: Self = Self { bp: 0.0 };

    /// A length of `v` big points (1/72 in).
    pub const fn bp(v: f64) -> Self {
        Self { bp: v }
    }

    /// A length of `v` TeX points (1/72.27 in). Source: TeXbook ch. 10.
    pub const fn tex_pt(v: f64) -> Self {
        Self { bp: v * 72.0 / 72.27 }
    }

    /// A length of `v` inches.
    pub const fn inches(v: f64) -> Self {
        Self { bp: v * 72.0 }
    }

    /// A length of `v` millimetres.
    pub const fn mm(v: f64) -> Self {
        Self { bp: v * 72.0 / 25.4 }
    }

    /// The length in big points.
    pub const fn to_bp(self) -> f64 {
        self.bp
    }

    /// The length without its sign.
    pub const fn abs(self) -> Self {
        Self { bp: self.bp.abs() }
    }

    /// The larger of two lengths.
    pub const fn max(self, other: Self) -> Self {
        Self { bp: self.bp.max(other.bp) }
    }

    /// The smaller of two lengths.
    pub const fn min(self, other: Self) -> Self {
        Self { bp: self.bp.min(other.bp) }
    }
}

impl Add for Length {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::bp(self.bp + other.bp)
    }
}

impl AddAssign for Length {
    fn add_assign(&mut self, other: Self) {
        self.bp += other.bp;
    }
}

impl Sub for Length {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::bp(self.bp - other.bp)
    }
}

impl Neg for Length {
    type Output = Self;
    fn neg(self) -> Self {
        Self::bp(-self.bp)
    }
}

impl Mul<f64> for Length {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self::bp(self.bp * factor)
    }
}

impl Div<f64> for Length {
    type Output = Self;
    fn div(self, divisor: f64) -> Self {
        Self::bp(self.bp / divisor)
    }
}

impl Div for Length {
    type Output = f64;
    fn div(self, other: Self) -> f64 {
        self.bp / other.bp
    }
}

impl Sum for Length {
    fn sum<I: Iterator<Item = Self>>(lengths: I) -> Self {
        lengths.fold(Self::ZERO, Add::add)
    }
}

/// A box in page space: origin at the top left of the crop box after `/Rotate`; y grows downwards.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Distance of the left edge from the left edge of the page.
    pub left: Length,
    /// Distance of the top edge from the top edge of the page.
    pub top: Length,
    /// Never negative.
    pub width: Length,
    /// Never negative.
    pub height: Length,
}

impl Rect {
    /// The box between two opposite corners, in bp, in any order.
    pub fn from_corners(x0: f64, y0: f64, x1: f64, y1: f64) -> Self {
        Self {
            left: Length::bp(x0.min(x1)),
            top: Length::bp(y0.min(y1)),
            width: Length::bp((x1 - x0).abs()),
            height: Length::bp((y1 - y0).abs()),
        }
    }

    /// The right edge.
    pub fn right(&self) -> Length {
        self.left + self.width
    }

    /// The bottom edge.
    pub fn bottom(&self) -> Length {
        self.top + self.height
    }

    /// Whether two boxes overlap.
    pub fn meets(&self, other: &Self) -> bool {
        self.left < other.right()
            && other.left < self.right()
            && self.top < other.bottom()
            && other.top < self.bottom()
    }

    /// The smallest box that holds both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::from_corners(
            self.left.min(other.left).to_bp(),
            self.top.min(other.top).to_bp(),
            self.right().max(other.right()).to_bp(),
            self.bottom().max(other.bottom()).to_bp(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tex_point_is_shorter_than_a_big_point() {
        assert!((Length::tex_pt(72.27) / Length::inches(1.0) - 1.0).abs() < 1e-12);
        assert!((Length::mm(25.4).to_bp() - 72.0).abs() < 1e-12);
    }

    #[test]
    fn a_box_does_not_depend_on_the_order_of_its_corners() {
        let a = Rect::from_corners(10.0, 50.0, 4.0, 20.0);
        assert_eq!(a, Rect::from_corners(4.0, 20.0, 10.0, 50.0));
        assert_eq!(a.right().to_bp(), 10.0);
        assert_eq!(a.bottom().to_bp(), 50.0);
    }
}
