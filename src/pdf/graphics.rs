//! The graphics state that content operators change. Source: ISO 32000-1 §8.3, §8.4 and §8.6.

use super::limits::LEAST_LOOKED_UP;
use hayro_syntax::object::{Array, Name, Object, Stream};
use hayro_syntax::page::{Page as SyntaxPage, Resources, Rotation};

/// A transformation `[a b c d e f]`, as in `cm`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub [f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// First `self`, then `next`.
    pub(super) fn then(&self, next: &Self) -> Self {
        let ([a, b, c, d, e, f], [a2, b2, c2, d2, e2, f2]) = (self.0, next.0);
        Self([
            a * a2 + b * c2,
            a * b2 + b * d2,
            c * a2 + d * c2,
            c * b2 + d * d2,
            e * a2 + f * c2 + e2,
            e * b2 + f * d2 + f2,
        ])
    }

    pub(super) fn point(&self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// The bounding box, as left, top, right, bottom, of a box after the transformation.
    pub(super) fn bounds(&self, [x0, y0, x1, y1]: [f64; 4]) -> Bounds {
        let mut out = Bounds::EMPTY;
        for (x, y) in [(x0, y0), (x1, y0), (x0, y1), (x1, y1)] {
            let (px, py) = self.point(x, y);
            out.add(px, py);
        }
        out
    }

    /// From the user space of a page to page space: top left of the crop box, y downwards, after `/Rotate`.
    ///
    /// Also gives the page's width and height in bp. Source: ISO 32000-1 §7.7.3.3 and §14.11.2.
    pub(super) fn of_page(page: &SyntaxPage<'_>) -> (Self, f64, f64) {
        let crop = page.intersected_crop_box();
        let media = page.media_box();
        let r = if crop.width() < 1.0 || crop.height() < 1.0 { media } else { crop };
        let unit = page.raw().get::<f32>("UserUnit").map_or(1.0, f64::from).clamp(0.01, 100.0);
        let (w, h) = (r.width(), r.height());
        let (m, w, h) = match page.rotation() {
            Rotation::None => ([1.0, 0.0, 0.0, -1.0, -r.x0, r.y1], w, h),
            Rotation::Horizontal => ([0.0, 1.0, 1.0, 0.0, -r.y0, -r.x0], h, w),
            Rotation::Flipped => ([-1.0, 0.0, 0.0, 1.0, r.x1, -r.y0], w, h),
            Rotation::FlippedHorizontal => ([0.0, -1.0, -1.0, 0.0, r.y1, r.x1], h, w),
        };
        (Self(m.map(|v| v * unit)), w * unit, h * unit)
    }
}

/// The smaller of two lengths: the first one where either is no number.
///
/// One instruction, where `f32::min` takes seven; bounds of a million points and glyphs are taken together so.
#[inline]
pub(super) fn smaller<T: PartialOrd>(one: T, other: T) -> T {
    if other < one { other } else { one }
}

/// The larger of two lengths: the first one where either is no number.
#[inline]
pub(super) fn larger<T: PartialOrd>(one: T, other: T) -> T {
    if other > one { other } else { one }
}

/// A bounding box in page space, in bp: left, top, right, bottom. Empty while left is greater than right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Left edge.
    pub left: f32,
    /// Top edge.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Bottom edge.
    pub bottom: f32,
}

impl Default for Bounds {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl Bounds {
    /// Holds nothing.
    pub const EMPTY: Self =
        Self { left: f32::INFINITY, top: f32::INFINITY, right: f32::NEG_INFINITY, bottom: f32::NEG_INFINITY };
    /// Holds everything.
    pub const ALL: Self =
        Self { left: f32::NEG_INFINITY, top: f32::NEG_INFINITY, right: f32::INFINITY, bottom: f32::INFINITY };

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.left > self.right || self.top > self.bottom
    }

    pub(super) fn add(&mut self, x: f64, y: f64) {
        self.left = smaller(self.left, x as f32);
        self.top = smaller(self.top, y as f32);
        self.right = larger(self.right, x as f32);
        self.bottom = larger(self.bottom, y as f32);
    }

    /// The smallest bounds that hold both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self {
            left: smaller(self.left, other.left),
            top: smaller(self.top, other.top),
            right: larger(self.right, other.right),
            bottom: larger(self.bottom, other.bottom),
        }
    }

    /// What both hold.
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        Self {
            left: larger(self.left, other.left),
            top: larger(self.top, other.top),
            right: smaller(self.right, other.right),
            bottom: smaller(self.bottom, other.bottom),
        }
    }

    pub(super) fn grown(&self, by: f64) -> Self {
        let by = by as f32;
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }
}

/// A colour space, as far as its components can be turned into red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    Gray,
    Rgb,
    Cmyk,
    /// Components are amounts of ink: 0 is paper.
    Ink,
    Unknown,
}

impl Space {
    /// The space that `cs` names, looked up among the resources; adds to `looked_up` the bytes that this took.
    pub(super) fn named(name: &[u8], resources: &Resources<'_>, looked_up: &mut usize) -> Self {
        match name {
            b"DeviceGray" | b"G" | b"CalGray" => Self::Gray,
            b"DeviceRGB" | b"RGB" | b"CalRGB" => Self::Rgb,
            b"DeviceCMYK" | b"CMYK" => Self::Cmyk,
            b"Pattern" => Self::Unknown,
            _ => {
                let object = Name::new(name).and_then(|n| resources.get_color_space(&n));
                let bytes = LEAST_LOOKED_UP + object.as_ref().map_or(0, extent);
                *looked_up = looked_up.saturating_add(bytes);
                object.map_or(Self::Unknown, |o| Self::of(&o))
            }
        }
    }

    fn of(object: &Object<'_>) -> Self {
        match object {
            Object::Name(name) => Self::device(name),
            Object::Array(array) => Self::of_array(array),
            _ => Self::Unknown,
        }
    }

    fn device(name: &[u8]) -> Self {
        match name {
            b"DeviceGray" | b"CalGray" => Self::Gray,
            b"DeviceRGB" | b"CalRGB" => Self::Rgb,
            b"DeviceCMYK" => Self::Cmyk,
            b"Separation" | b"DeviceN" => Self::Ink,
            _ => Self::Unknown,
        }
    }

    fn of_array(array: &Array<'_>) -> Self {
        let mut items = array.iter::<Object<'_>>();
        let Some(Object::Name(family)) = items.next() else { return Self::Unknown };
        if &*family != b"ICCBased" {
            return Self::device(&family);
        }
        let components =
            items.next().and_then(Object::into_stream).and_then(|s: Stream<'_>| s.dict().get::<i32>("N"));
        match components {
            Some(1) => Self::Gray,
            Some(3) => Self::Rgb,
            Some(4) => Self::Cmyk,
            _ => Self::Unknown,
        }
    }

    /// Red, green and blue of components; `None` where that is not known.
    pub(super) fn color(self, components: &[f64]) -> Color {
        let byte = |v: f64| (v.clamp(0.0, 1.0) * 255.0).round() as u8;
        match (self, components) {
            (Self::Gray, [g, ..]) => Some([byte(*g); 3]),
            (Self::Rgb, [r, g, b, ..]) => Some([byte(*r), byte(*g), byte(*b)]),
            (Self::Cmyk, [c, m, y, k, ..]) => Some([c, m, y].map(|ink| byte((1.0 - ink) * (1.0 - k)))),
            (Self::Ink, inks) if !inks.is_empty() => {
                Some([byte(1.0 - inks.iter().copied().fold(0.0, f64::max)); 3])
            }
            _ => None,
        }
    }
}

/// The bytes of an object that can be long.
fn extent(object: &Object<'_>) -> usize {
    match object {
        Object::Array(array) => array.data().len(),
        Object::Dict(dict) => dict.data().len(),
        Object::Stream(stream) => stream.dict().data().len(),
        Object::String(text) => text.as_bytes().len(),
        _ => 0,
    }
}

/// Red, green and blue; `None` for a pattern or an unknown space.
pub type Color = Option<[u8; 3]>;

/// What text operators set. Source: ISO 32000-1 §9.3.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextState {
    pub font: Option<u16>,
    pub size: f64,
    pub character_spacing: f64,
    pub word_spacing: f64,
    pub horizontal_scale: f64,
    pub leading: f64,
    pub rise: f64,
    pub mode: u8,
}

/// What `q` saves and `Q` brings back.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    pub ctm: Matrix,
    pub fill: Color,
    pub fill_space: Space,
    pub stroke: Color,
    pub stroke_space: Space,
    pub fill_alpha: f32,
    pub stroke_alpha: f32,
    /// Alpha of the transparency groups that are open, multiplied.
    pub group_alpha: f32,
    /// A soft mask or a blend mode is in force: what is beneath may show through.
    pub is_mixed: bool,
    pub line_width: f64,
    pub clip: Bounds,
    /// The clip is no more than its bounds: nothing but boxes made it.
    pub clip_is_box: bool,
    pub text: TextState,
}

impl State {
    pub(super) fn new(ctm: Matrix, clip: Bounds) -> Self {
        let black = Some([0; 3]);
        let text = TextState {
            font: None,
            size: 1.0,
            character_spacing: 0.0,
            word_spacing: 0.0,
            horizontal_scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        };
        Self {
            ctm,
            fill: black,
            fill_space: Space::Gray,
            stroke: black,
            stroke_space: Space::Gray,
            fill_alpha: 1.0,
            stroke_alpha: 1.0,
            group_alpha: 1.0,
            is_mixed: false,
            line_width: 1.0,
            clip,
            clip_is_box: true,
            text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transformations_apply_in_the_order_of_cm() {
        let scale = Matrix([2.0, 0.0, 0.0, 2.0, 0.0, 0.0]);
        let shift = Matrix([1.0, 0.0, 0.0, 1.0, 10.0, 0.0]);
        assert_eq!(scale.then(&shift).point(1.0, 1.0), (12.0, 2.0));
        assert_eq!(shift.then(&scale).point(1.0, 1.0), (22.0, 2.0));
    }

    #[test]
    fn black_is_black_in_every_space() {
        assert_eq!(Space::Gray.color(&[0.0]), Some([0; 3]));
        assert_eq!(Space::Cmyk.color(&[0.0, 0.0, 0.0, 1.0]), Some([0; 3]));
        assert_eq!(Space::Ink.color(&[1.0]), Some([0; 3]));
        assert_eq!(Space::Unknown.color(&[1.0]), None);
    }
}
