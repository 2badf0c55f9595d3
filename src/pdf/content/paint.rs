//! Path and colour operators: what is painted, where, and how. Source: ISO 32000-1 §8.5 and §8.6.

use super::operator::{ColorOperator, PathOperator};
use super::{Operands, Run, components, last_name, numbers};
use crate::pdf::graphics::{Bounds, Color, Space, larger, smaller};
use crate::pdf::limits::MAX_AREAS;
use crate::pdf::page::{Area, AreaKind, Paint};
use hayro_syntax::page::Resources;

impl Run<'_, '_> {
    pub(super) fn current_paint(&mut self) -> u32 {
        if let Some(paint) = self.paint {
            return paint;
        }
        let paint = Paint {
            fill: self.state.fill,
            stroke: self.state.stroke,
            mode: self.state.text.mode,
            alpha: self.state.group_alpha
                * if matches!(self.state.text.mode, 1 | 5) {
                    self.state.stroke_alpha
                } else {
                    self.state.fill_alpha
                },
            clip: self.state.clip,
            hidden_layer: self.marks.iter().any(|(_, hidden)| *hidden),
            annotation: self.annotation,
            mark: self.marks.iter().rev().find_map(|(mark, _)| *mark),
            form: self.form,
        };
        let paints = &mut self.page.paints;
        let known = paints.iter().rev().take(8).position(|p| *p == paint).map(|i| paints.len() - 1 - i);
        let index = known.unwrap_or_else(|| {
            paints.push(paint);
            paints.len() - 1
        }) as u32;
        self.paint = Some(index);
        index
    }

    #[inline]
    pub(super) fn path_operator(&mut self, operator: PathOperator, operands: &Operands<'_>) {
        match operator {
            PathOperator::Move | PathOperator::Line => {
                if let Some([x, y]) = numbers(operands) {
                    self.path_point(operator == PathOperator::Move, [(x, y)]);
                }
            }
            PathOperator::Curve => {
                if let Some([x1, y1, x2, y2, x3, y3]) = numbers(operands) {
                    self.path_point(false, [(x1, y1), (x2, y2), (x3, y3)]);
                }
            }
            PathOperator::ShortCurve => {
                if let Some([x1, y1, x2, y2]) = numbers(operands) {
                    self.path_point(false, [(x1, y1), (x2, y2)]);
                }
            }
            PathOperator::Rectangle => {
                if let Some([x, y, w, h]) = numbers(operands) {
                    self.path_point(true, [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]);
                }
            }
            PathOperator::Clip => self.clip_next = true,
            PathOperator::End => self.paint_path(false, false),
            PathOperator::Fill => self.paint_path(true, false),
            PathOperator::Stroke => self.paint_path(false, true),
            PathOperator::FillAndStroke => self.paint_path(true, true),
            PathOperator::LineWidth => {
                if let Some([width]) = numbers(operands) {
                    self.state.line_width = width;
                }
            }
        }
    }

    #[inline]
    fn path_point<const N: usize>(&mut self, starts: bool, points: [(f64, f64); N]) {
        let mut points = points.into_iter().map(|(x, y)| self.state.ctm.point(x, y));
        if starts || self.path.is_empty() {
            if self.path.len() >= MAX_AREAS {
                return;
            }
            self.path.extend(points.next().map(Subpath::at));
        }
        if let Some(subpath) = self.path.last_mut() {
            points.for_each(|point| subpath.add(point));
        }
    }

    pub(super) fn paint_path(&mut self, fill: bool, stroke: bool) {
        let mut path = std::mem::take(&mut self.path);
        let [a, b, c, d, ..] = self.state.ctm.0;
        let half_line = self.state.line_width.abs() * (a * d - b * c).abs().sqrt() / 2.0;
        // A subpath within another is a hole; those of a drawing are not looked for.
        let few = if fill && (2..=FEW_SUBPATHS).contains(&path.len()) { &path[..] } else { &[] };
        let few: Vec<Bounds> = few.iter().map(Subpath::bounds).collect();
        for (index, subpath) in path.iter().enumerate() {
            let bounds = subpath.bounds();
            if bounds.is_empty() {
                continue;
            }
            if fill {
                let is_hole = path.len() > FEW_SUBPATHS
                    || few.iter().enumerate().any(|(i, outer)| i != index && holds(outer, &bounds));
                let color = self.state.fill.filter(|_| !is_hole);
                self.area(bounds, AreaKind::Fill, color, !is_hole && subpath.is_solid());
            }
            if stroke {
                self.area(
                    bounds.grown(half_line),
                    AreaKind::Stroke,
                    self.state.stroke,
                    subpath.is_straight(),
                );
            }
        }
        if std::mem::take(&mut self.clip_next) {
            let whole = path.iter().fold(Bounds::EMPTY, |all, p| all.union(&p.bounds()));
            self.state.clip = self.state.clip.intersect(&whole);
            self.state.clip_is_box &= matches!(&path[..], [only] if only.is_solid());
            self.paint = None;
        }
        // Its room is kept for the next one.
        path.clear();
        self.path = path;
    }

    /// Keeps an area; `is_solid` is whether the shape fills its bounds.
    pub(super) fn area(&mut self, bounds: Bounds, kind: AreaKind, color: Color, is_solid: bool) {
        let bounds = bounds.intersect(&self.state.clip);
        let hidden = self.marks.iter().any(|(_, hidden)| *hidden);
        if !bounds.is_empty() && !hidden && self.page.areas.len() < MAX_AREAS {
            let after_glyphs = self.page.glyphs.len() as u32;
            let state = &self.state;
            let alpha = state.group_alpha
                * if kind == AreaKind::Stroke { state.stroke_alpha } else { state.fill_alpha };
            let sees_through = state.is_mixed || !state.clip_is_box;
            let color = color.filter(|_| !sees_through);
            let is_solid = is_solid && !sees_through;
            self.page.areas.push(Area { bounds, kind, color, alpha, is_solid, after_glyphs });
        }
    }

    pub(super) fn image(&mut self, is_solid: bool) {
        let [a, b, c, d, ..] = self.state.ctm.0;
        let is_upright = b == 0.0 && c == 0.0 || a == 0.0 && d == 0.0;
        let bounds = self.state.ctm.bounds([0.0, 0.0, 1.0, 1.0]);
        self.area(bounds, AreaKind::Image, None, is_solid && is_upright);
    }

    pub(super) fn color_operator(
        &mut self,
        operator: ColorOperator,
        operands: &Operands<'_>,
        resources: &Resources<'_>,
    ) {
        let looked_up = &mut self.shared.effort.looked_up;
        let mut named =
            || last_name(operands).map_or(Space::Unknown, |n| Space::named(&n, resources, looked_up));
        let black = |space| if space == Space::Unknown { None } else { Some([0; 3]) };
        let state = &mut self.state;
        match operator {
            ColorOperator::FillIn(space) => {
                (state.fill_space, state.fill) = (space, color_of(space, operands));
            }
            ColorOperator::StrokeIn(space) => {
                (state.stroke_space, state.stroke) = (space, color_of(space, operands));
            }
            ColorOperator::FillSpace => {
                state.fill_space = named();
                state.fill = black(state.fill_space);
            }
            ColorOperator::StrokeSpace => {
                state.stroke_space = named();
                state.stroke = black(state.stroke_space);
            }
            ColorOperator::Fill => state.fill = color_of(state.fill_space, operands),
            ColorOperator::Stroke => state.stroke = color_of(state.stroke_space, operands),
        }
        self.paint = None;
    }
}

fn color_of(space: Space, operands: &Operands<'_>) -> Color {
    let (components, count) = components(operands);
    space.color(&components[..count])
}

/// A subpath, by its bounds and the polygon through its points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Subpath {
    /// The least x and y of its points, and the largest, in page space, in bp.
    least: (f64, f64),
    most: (f64, f64),
    /// Twice the area of the polygon so far, in page space.
    twice_area: f64,
    first: (f64, f64),
    last: (f64, f64),
}

/// A path of more pieces is a drawing, whose holes are not looked for.
const FEW_SUBPATHS: usize = 64;
/// A shape that fills this share of its bounds hides what is in them; a box with round corners does.
const SOLID: f64 = 0.9;
/// A line this straight, in bp, is one.
const STRAIGHT: f32 = 0.01;

/// Whether some bounds lie within others on every side.
fn holds(outer: &Bounds, inner: &Bounds) -> bool {
    outer.left < inner.left
        && outer.top < inner.top
        && outer.right > inner.right
        && outer.bottom > inner.bottom
}

impl Subpath {
    /// A path that begins at a point.
    fn at((x, y): (f64, f64)) -> Self {
        let mut path = Self {
            least: (f64::INFINITY, f64::INFINITY),
            most: (f64::NEG_INFINITY, f64::NEG_INFINITY),
            twice_area: 0.0,
            first: (x, y),
            last: (x, y),
        };
        path.reach((x, y));
        path
    }

    fn add(&mut self, (x, y): (f64, f64)) {
        self.twice_area += self.last.0 * y - x * self.last.1;
        self.last = (x, y);
        self.reach((x, y));
    }

    fn reach(&mut self, (x, y): (f64, f64)) {
        self.least = (smaller(self.least.0, x), smaller(self.least.1, y));
        self.most = (larger(self.most.0, x), larger(self.most.1, y));
    }

    /// The same, whole and elsewhere: nothing is added to it any more.
    ///
    /// Its bounds are to the bit those of the path that is drawn there: sums and roundings keep the order of numbers.
    pub(super) fn moved(&self, (x, y): (f64, f64)) -> Self {
        Self {
            least: (self.least.0 + x, self.least.1 + y),
            most: (self.most.0 + x, self.most.1 + y),
            twice_area: self.twice_area + self.closing(),
            first: (0.0, 0.0),
            last: (0.0, 0.0),
        }
    }

    fn bounds(&self) -> Bounds {
        Bounds {
            left: self.least.0 as f32,
            top: self.least.1 as f32,
            right: self.most.0 as f32,
            bottom: self.most.1 as f32,
        }
    }

    /// What the line back to its beginning adds to twice its area.
    fn closing(&self) -> f64 {
        self.last.0 * self.first.1 - self.first.0 * self.last.1
    }

    fn is_solid(&self) -> bool {
        let Bounds { left, top, right, bottom } = self.bounds();
        let whole = f64::from(right - left) * f64::from(bottom - top);
        (self.twice_area + self.closing()).abs() / 2.0 >= SOLID * whole
    }

    fn is_straight(&self) -> bool {
        let Bounds { left, top, right, bottom } = self.bounds();
        right - left < STRAIGHT || bottom - top < STRAIGHT
    }
}
