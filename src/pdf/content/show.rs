//! Text operators: glyphs are placed where they stand on the page. Source: ISO 32000-1 §9.4.

use super::{Operands, Run, last_name, numbers};
use crate::pdf::graphics::{Bounds, Matrix};
use crate::pdf::lexer::Operand;
use crate::pdf::limits::MAX_GLYPHS;
use crate::pdf::page::{Glyph, Turn};
use hayro_syntax::object::Dict;
use hayro_syntax::page::Resources;
use std::collections::HashMap;

impl Run<'_, '_> {
    pub(super) fn select_font(
        &mut self,
        operands: &Operands<'_>,
        resources: &Resources<'_>,
        fonts: &mut HashMap<Vec<u8>, Option<u16>>,
    ) {
        let Some(name) = last_name(operands) else { return };
        let index = match fonts.get(name) {
            Some(known) => *known,
            None => {
                let dict = resources.fonts.get::<Dict<'_>>(name);
                let index = dict.and_then(|d| {
                    self.shared.effort.look_up(&d);
                    self.shared.font(&d)
                });
                fonts.insert(name.to_vec(), index);
                index
            }
        };
        self.state.text.font = index;
        if let Some([size]) = numbers(operands) {
            self.state.text.size = size;
        }
    }

    pub(super) fn text_operator(&mut self, operator: &[u8], operands: &Operands<'_>) -> bool {
        let text = &mut self.state.text;
        let number = numbers::<1>(operands).map(|[n]| n);
        match operator {
            b"BT" => {
                self.text_matrix = Matrix::IDENTITY;
                self.line_matrix = Matrix::IDENTITY;
            }
            b"ET" => {}
            b"Tc" => text.character_spacing = number.unwrap_or(0.0),
            b"Tw" => text.word_spacing = number.unwrap_or(0.0),
            b"Tz" => text.horizontal_scale = number.unwrap_or(100.0) / 100.0,
            b"TL" => text.leading = number.unwrap_or(0.0),
            b"Ts" => text.rise = number.unwrap_or(0.0),
            b"Tr" => {
                text.mode = number.unwrap_or(0.0).clamp(0.0, 7.0) as u8;
                self.paint = None;
            }
            b"Td" | b"TD" => {
                if let Some([x, y]) = numbers(operands) {
                    if operator == b"TD" {
                        text.leading = -y;
                    }
                    self.next_line(x, y);
                }
            }
            b"Tm" => {
                if let Some(m) = numbers(operands) {
                    self.line_matrix = Matrix(m);
                    self.text_matrix = self.line_matrix;
                }
            }
            b"T*" => self.next_line(0.0, -self.state.text.leading),
            b"Tj" | b"TJ" => self.show(operands),
            b"'" | b"\"" => {
                if let (b"\"", [Operand::Number(word), Operand::Number(character), ..]) =
                    (operator, &operands[..])
                {
                    text.word_spacing = *word;
                    text.character_spacing = *character;
                }
                self.next_line(0.0, -self.state.text.leading);
                self.show(operands);
            }
            _ => return false,
        }
        true
    }

    pub(super) fn next_line(&mut self, x: f64, y: f64) {
        self.line_matrix = Matrix([1.0, 0.0, 0.0, 1.0, x, y]).then(&self.line_matrix);
        self.text_matrix = self.line_matrix;
    }

    /// Shows strings, and moves by the numbers between them.
    pub(super) fn show(&mut self, operands: &Operands<'_>) {
        let paint = self.current_paint();
        let text = self.state.text;
        let matrix = self.text_matrix.then(&self.state.ctm);
        let mut along = 0.0;
        for operand in operands {
            match operand {
                Operand::Number(n) => along -= n / 1000.0 * text.size * text.horizontal_scale,
                Operand::String(string) => match text.font {
                    Some(font) => along = self.show_string(string, font, &matrix, along, paint),
                    None if string.is_empty() => {}
                    None if self.shared.is_spent() => self.stop(),
                    None => self.lacks("a font in it is missing"),
                },
                _ => {}
            }
        }
        let [a, b, c, d, e, f] = self.text_matrix.0;
        let vertical = text.font.is_some_and(|i| self.shared.fonts[usize::from(i)].is_vertical());
        let (x, y) = if vertical { (0.0, -along) } else { (along, 0.0) };
        self.text_matrix = Matrix([a, b, c, d, e + a * x + c * y, f + b * x + d * y]);
    }

    pub(super) fn show_string(
        &mut self,
        string: &[u8],
        index: u16,
        matrix: &Matrix,
        start: f64,
        paint: u32,
    ) -> f64 {
        let text = self.state.text;
        let font = &mut self.shared.fonts[usize::from(index)];
        let [a, b, c, d, e, f] = matrix.0;
        let vertical = font.is_vertical();
        let em = text.size * f64::from(font.em);
        let size = (c.hypot(d) * em.abs()) as f32;
        let stretch = (a.hypot(b) * text.horizontal_scale.abs() / c.hypot(d).max(f64::MIN_POSITIVE)) as f32;
        let turn = turn_of(a * text.size.signum(), b * text.size.signum(), vertical);
        let (up, down) = (em * f64::from(font.ascent), em * f64::from(font.descent));
        let (mut along, mut rest) = (start, string);
        while !rest.is_empty() {
            let code = font.code(rest);
            let is_space = code.length == 1 && rest[0] == b' ';
            rest = &rest[code.length.max(1).min(rest.len())..];
            let width = f64::from(code.advance) * text.size * text.horizontal_scale;
            let spacing = text.character_spacing + if is_space { text.word_spacing } else { 0.0 };
            let (x, y) = if vertical { (0.0, -along) } else { (along, 0.0) };
            let origin = (e + a * x + c * (y + text.rise), f + b * x + d * (y + text.rise));
            let area = if turn == Turn::Upright {
                let right = origin.0 + a * width;
                Bounds {
                    left: origin.0.min(right) as f32,
                    top: (origin.1 + d * up).min(origin.1 + d * down) as f32,
                    right: origin.0.max(right) as f32,
                    bottom: (origin.1 + d * up).max(origin.1 + d * down) as f32,
                }
            } else {
                Matrix([a, b, c, d, origin.0, origin.1]).bounds([0.0, down, width, up])
            };
            if [area.left, area.top, area.right, area.bottom].iter().all(|v| v.is_finite()) {
                self.page.glyphs.push(Glyph {
                    area,
                    baseline: origin.1 as f32,
                    size,
                    stretch,
                    text: code.text,
                    font: index,
                    turn,
                    paint,
                });
            }
            self.shared.effort.glyphs += 1;
            along += if vertical { text.size + spacing } else { width + spacing * text.horizontal_scale };
            if self.shared.effort.glyphs > MAX_GLYPHS {
                self.stop();
                break;
            }
        }
        along
    }
}

/// How far a baseline may lean and still be upright: half a degree.
const LEAN: f64 = 0.01;

fn turn_of(a: f64, b: f64, vertical: bool) -> Turn {
    if vertical {
        Turn::Other
    } else if a > 0.0 && b.abs() <= a * LEAN {
        Turn::Upright
    } else if b < 0.0 && a.abs() <= -b * LEAN {
        Turn::Up
    } else {
        Turn::Other
    }
}
