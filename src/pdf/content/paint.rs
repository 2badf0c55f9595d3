//! Path and colour operators: what is painted, where, and how. Source: ISO 32000-1 §8.5 and §8.6.

use super::{Operands, Run, all_numbers, last_name, numbers};
use crate::pdf::graphics::{Bounds, Color, Space};
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
            mode: self.state.text.mode,
            alpha: if matches!(self.state.text.mode, 1 | 5) {
                self.state.stroke_alpha
            } else {
                self.state.fill_alpha
            },
            clip: self.state.clip,
            hidden_layer: self.marks.iter().any(|(_, hidden)| *hidden),
            annotation: self.annotation,
            mark: self.marks.iter().rev().find_map(|(mark, _)| *mark),
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

    pub(super) fn path_operator(&mut self, operator: &[u8], operands: &Operands<'_>) -> bool {
        match operator {
            b"m" | b"l" => {
                if let Some([x, y]) = numbers(operands) {
                    self.path_point(operator == b"m", &[(x, y)]);
                }
            }
            b"c" => {
                if let Some([x1, y1, x2, y2, x3, y3]) = numbers(operands) {
                    self.path_point(false, &[(x1, y1), (x2, y2), (x3, y3)]);
                }
            }
            b"v" | b"y" => {
                if let Some([x1, y1, x2, y2]) = numbers(operands) {
                    self.path_point(false, &[(x1, y1), (x2, y2)]);
                }
            }
            b"re" => {
                if let Some([x, y, w, h]) = numbers(operands) {
                    self.path_point(true, &[(x, y), (x + w, y), (x, y + h), (x + w, y + h)]);
                }
            }
            b"h" => {}
            b"W" | b"W*" => self.clip_next = true,
            b"n" => self.paint_path(false, false),
            b"f" | b"F" | b"f*" => self.paint_path(true, false),
            b"S" | b"s" => self.paint_path(false, true),
            b"B" | b"B*" | b"b" | b"b*" => self.paint_path(true, true),
            b"w" => {
                if let Some([width]) = numbers(operands) {
                    self.state.line_width = width;
                }
            }
            _ => return false,
        }
        true
    }

    pub(super) fn path_point(&mut self, starts: bool, points: &[(f64, f64)]) {
        if starts || self.path.is_empty() {
            if self.path.len() >= MAX_AREAS {
                return;
            }
            self.path.push(Bounds::EMPTY);
        }
        if let Some(subpath) = self.path.last_mut() {
            for &(x, y) in points {
                let (px, py) = self.state.ctm.point(x, y);
                subpath.add(px, py);
            }
        }
    }

    pub(super) fn paint_path(&mut self, fill: bool, stroke: bool) {
        let path = std::mem::take(&mut self.path);
        let [a, b, c, d, ..] = self.state.ctm.0;
        let half_line = self.state.line_width.abs() * (a * d - b * c).abs().sqrt() / 2.0;
        for subpath in path.iter().filter(|p| !p.is_empty()) {
            if fill {
                self.area(*subpath, AreaKind::Fill, self.state.fill);
            }
            if stroke {
                self.area(subpath.grown(half_line), AreaKind::Stroke, self.state.stroke);
            }
        }
        if std::mem::take(&mut self.clip_next) {
            let whole = path.iter().fold(Bounds::EMPTY, |all, p| all.union(p));
            self.state.clip = self.state.clip.intersect(&whole);
            self.paint = None;
        }
    }

    pub(super) fn area(&mut self, bounds: Bounds, kind: AreaKind, color: Color) {
        let bounds = bounds.intersect(&self.state.clip);
        let hidden = self.marks.iter().any(|(_, hidden)| *hidden);
        if !bounds.is_empty() && !hidden && self.page.areas.len() < MAX_AREAS {
            let after_glyphs = self.page.glyphs.len() as u32;
            self.page.areas.push(Area { bounds, kind, color, after_glyphs });
        }
    }

    pub(super) fn image(&mut self) {
        let bounds = self.state.ctm.bounds([0.0, 0.0, 1.0, 1.0]);
        self.area(bounds, AreaKind::Image, None);
    }

    pub(super) fn color_operator(
        &mut self,
        operator: &[u8],
        operands: &Operands<'_>,
        resources: &Resources<'_>,
    ) -> bool {
        let state = &mut self.state;
        let device = match operator {
            b"g" | b"G" => Some(Space::Gray),
            b"rg" | b"RG" => Some(Space::Rgb),
            b"k" | b"K" => Some(Space::Cmyk),
            _ => None,
        };
        if let Some(space) = device {
            let color = space.color(&all_numbers(operands));
            if operator[0].is_ascii_lowercase() {
                (state.fill_space, state.fill) = (space, color);
            } else {
                (state.stroke_space, state.stroke) = (space, color);
            }
        } else {
            match operator {
                b"cs" | b"CS" => {
                    let space = last_name(operands).map_or(Space::Unknown, |n| Space::named(n, resources));
                    let black = if space == Space::Unknown { None } else { Some([0; 3]) };
                    if operator == b"cs" {
                        (state.fill_space, state.fill) = (space, black);
                    } else {
                        (state.stroke_space, state.stroke) = (space, black);
                    }
                }
                b"sc" | b"scn" => state.fill = state.fill_space.color(&all_numbers(operands)),
                b"SC" | b"SCN" => state.stroke = state.stroke_space.color(&all_numbers(operands)),
                _ => return false,
            }
        }
        self.paint = None;
        true
    }
}
