//! Text operators: glyphs are placed where they stand on the page. Source: ISO 32000-1 §9.4.

use super::operator::TextOperator;
use super::{Operands, Run, last_name, numbers};
use crate::pdf::graphics::{Bounds, Matrix, larger, smaller};
use crate::pdf::lexer::Operand;
use crate::pdf::limits::MAX_GLYPHS;
use crate::pdf::page::{Glyph, Turn};
use hayro_syntax::object::Dict;
use hayro_syntax::page::Resources;
use std::borrow::Cow;
use std::collections::BTreeMap;

impl Run<'_, '_> {
    fn select_font<'c>(
        &mut self,
        operands: &Operands<'c>,
        resources: &Resources<'_>,
        fonts: &mut BTreeMap<Cow<'c, [u8]>, Option<u16>>,
    ) {
        let Some(name) = last_name(operands) else { return };
        let index = match fonts.get(&name) {
            Some(known) => *known,
            None => {
                let dict = resources.fonts.get::<Dict<'_>>(&name);
                let index = dict.and_then(|d| {
                    self.shared.effort.look_up(&d);
                    self.shared.font(&d)
                });
                fonts.insert(name, index);
                index
            }
        };
        self.state.text.font = index;
        if let Some([size]) = numbers(operands) {
            self.state.text.size = size;
        }
    }

    pub(super) fn text_operator<'c>(
        &mut self,
        operator: TextOperator,
        operands: &Operands<'c>,
        resources: &Resources<'_>,
        fonts: &mut BTreeMap<Cow<'c, [u8]>, Option<u16>>,
    ) {
        let text = &mut self.state.text;
        let number = |otherwise| numbers::<1>(operands).map_or(otherwise, |[n]| n);
        match operator {
            TextOperator::Begin => {
                self.text_matrix = Matrix::IDENTITY;
                self.line_matrix = Matrix::IDENTITY;
            }
            TextOperator::Font => self.select_font(operands, resources, fonts),
            TextOperator::CharacterSpacing => text.character_spacing = number(0.0),
            TextOperator::WordSpacing => text.word_spacing = number(0.0),
            TextOperator::HorizontalScale => text.horizontal_scale = number(100.0) / 100.0,
            TextOperator::Leading => text.leading = number(0.0),
            TextOperator::Rise => text.rise = number(0.0),
            TextOperator::Mode => {
                text.mode = number(0.0).clamp(0.0, 7.0) as u8;
                self.paint = None;
            }
            TextOperator::Move | TextOperator::MoveAndSetLeading => {
                if let Some([x, y]) = numbers(operands) {
                    if operator == TextOperator::MoveAndSetLeading {
                        text.leading = -y;
                    }
                    self.next_line(x, y);
                }
            }
            TextOperator::Matrix => {
                if let Some(m) = numbers(operands) {
                    self.line_matrix = Matrix(m);
                    self.text_matrix = self.line_matrix;
                }
            }
            TextOperator::NextLine => self.next_line(0.0, -self.state.text.leading),
            TextOperator::Show => self.show(operands),
            TextOperator::NextLineShow | TextOperator::NextLineShowSpaced => {
                if let (
                    TextOperator::NextLineShowSpaced,
                    [Operand::Number(word), Operand::Number(character), ..],
                ) = (operator, operands)
                {
                    text.word_spacing = *word;
                    text.character_spacing = *character;
                }
                self.next_line(0.0, -self.state.text.leading);
                self.show(operands);
            }
        }
    }

    pub(super) fn next_line(&mut self, x: f64, y: f64) {
        self.line_matrix = Matrix([1.0, 0.0, 0.0, 1.0, x, y]).then(&self.line_matrix);
        self.text_matrix = self.line_matrix;
    }

    /// Shows strings, and moves by the numbers between them.
    pub(super) fn show(&mut self, operands: &Operands<'_>) {
        let paint = self.current_paint();
        let text = self.state.text;
        let setting = text.font.map(|font| self.setting(font, paint));
        let mut along = 0.0;
        for operand in operands {
            if let Operand::Number(n) = operand {
                along -= n / 1000.0 * text.size * text.horizontal_scale;
                continue;
            }
            let Some(string) = operand.string() else { continue };
            match &setting {
                Some(setting) if setting.vertical => {
                    along = self.show_string::<true>(&string, setting, along);
                }
                Some(setting) => along = self.show_string::<false>(&string, setting, along),
                None if string.is_empty() => {}
                None if self.shared.is_spent() => self.stop(),
                None => self.lacks("a font in it is missing"),
            }
        }
        let [a, b, c, d, e, f] = self.text_matrix.0;
        let vertical = setting.is_some_and(|setting| setting.vertical);
        let (x, y) = if vertical { (0.0, -along) } else { (along, 0.0) };
        self.text_matrix = Matrix([a, b, c, d, e + a * x + c * y, f + b * x + d * y]);
    }

    /// How strings are set with the state as it is.
    fn setting(&self, index: u16, paint: u32) -> Setting {
        let text = &self.state.text;
        let matrix = self.text_matrix.then(&self.state.ctm);
        let font = &self.shared.fonts[usize::from(index)];
        let [a, b, c, d, ..] = matrix.0;
        let vertical = font.is_vertical();
        let em = text.size * f64::from(font.em);
        let height = c.hypot(d);
        let width = a.hypot(b) * text.horizontal_scale.abs();
        // A matrix without bounds shows nothing of a font without size.
        let size = Some((height * em.abs()) as f32).filter(|size| size.is_finite()).unwrap_or_default();
        Setting {
            matrix,
            font: index,
            size,
            stretch: (width / height.max(f64::MIN_POSITIVE)) as f32,
            turn: turn_of(a * text.size.signum(), b * text.size.signum(), vertical),
            vertical,
            up: em * f64::from(font.ascent),
            down: em * f64::from(font.descent),
            paint,
        }
    }

    /// Shows a string of a font that is written from left to right, or, if `VERTICAL`, from top to bottom.
    fn show_string<const VERTICAL: bool>(&mut self, string: &[u8], setting: &Setting, start: f64) -> f64 {
        let text = self.state.text;
        let &Setting { matrix, font: index, size, stretch, turn, up, down, paint, .. } = setting;
        let [a, b, c, d, e, f] = matrix.0;
        let font = &mut self.shared.fonts[usize::from(index)];
        let heights = |baseline: f64| {
            let (one, other) = (baseline + d * up, baseline + d * down);
            (smaller(one, other) as f32, larger(one, other) as f32)
        };
        // Most strings run along one baseline: what is above and below it is the same for all their glyphs.
        let level = (turn == Turn::Upright && b == 0.0).then_some(f + d * text.rise);
        let level = level.map(|baseline| (baseline, heights(baseline)));
        let (mut along, mut rest) = (start, string);
        let (mut shown, left) = (0, MAX_GLYPHS.saturating_sub(self.shared.effort.glyphs));
        while !rest.is_empty() {
            let code = font.code(rest);
            let is_space = code.length == 1 && rest[0] == b' ';
            rest = &rest[code.length.max(1).min(rest.len())..];
            let width = f64::from(code.advance) * text.size * text.horizontal_scale;
            let spacing = text.character_spacing + if is_space { text.word_spacing } else { 0.0 };
            let (x, y) = if VERTICAL { (0.0, -along) } else { (along, 0.0) };
            let origin_x = e + a * x + c * (y + text.rise);
            let (baseline, area) = match level {
                Some((baseline, heights)) => (baseline, upright(origin_x, a * width, heights)),
                None => {
                    let baseline = f + b * x + d * (y + text.rise);
                    let area = if turn == Turn::Upright {
                        upright(origin_x, a * width, heights(baseline))
                    } else {
                        Matrix([a, b, c, d, origin_x, baseline]).bounds([0.0, down, width, up])
                    };
                    (baseline, area)
                }
            };
            if [area.left, area.top, area.right, area.bottom].iter().all(|v| v.is_finite()) {
                self.page.glyphs.push(Glyph {
                    area,
                    baseline: baseline as f32,
                    size,
                    stretch,
                    text: code.text,
                    font: index,
                    turn,
                    paint,
                });
            }
            shown += 1;
            along += if VERTICAL { text.size + spacing } else { width + spacing * text.horizontal_scale };
            if shown > left {
                break;
            }
        }
        self.shared.effort.glyphs += shown;
        if shown > left {
            self.stop();
        }
        along
    }
}

/// The area of a glyph of a line that runs from left to right, from its origin, its width and its heights.
#[inline]
fn upright(x: f64, width: f64, (top, bottom): (f32, f32)) -> Bounds {
    let right = x + width;
    Bounds { left: smaller(x, right) as f32, top, right: larger(x, right) as f32, bottom }
}

/// How the strings of one operator are set.
#[derive(Clone, Copy)]
struct Setting {
    /// From text space to page space.
    matrix: Matrix,
    font: u16,
    size: f32,
    stretch: f32,
    turn: Turn,
    vertical: bool,
    /// Above and below the baseline, in text space.
    up: f64,
    down: f64,
    paint: u32,
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
