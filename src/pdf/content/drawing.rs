//! Forms that are shown again and again, such as the markers of a plot: they are split into operators once, and their
//! paths are drawn once where they are shown in one size.

use super::operator::{Operator, PathOperator};
use super::paint::Subpath;
use super::{Found, Run, effort_of, numbers};
use crate::pdf::graphics::Matrix;
use crate::pdf::lexer::{Lexer, Operand};
use hayro_syntax::page::Resources;

/// The longest content that is kept in pieces, in bytes. Chosen: markers have some hundred.
const LONGEST_DRAWING: usize = 4 << 10;
/// The most bytes of content that a document's drawings have together, for each reader of its pages; in pieces and
/// outlines they take up to sixty times as many. Chosen: hundreds of kinds of markers.
pub(super) const MOST_DRAWN: usize = 256 << 10;

/// Content whose operands are numbers, split into its operators.
pub(super) struct Drawing {
    steps: Vec<Step>,
    operands: Vec<Operand<'static>>,
    /// Its bytes, before it was split.
    length: usize,
    /// It paints paths and does nothing else; none is left open.
    is_of_paths: bool,
}

struct Step {
    /// `None` for one that changes nothing.
    operator: Option<Operator>,
    /// Where its operands end; they begin where those of the last step ended.
    end: u32,
}

impl Drawing {
    /// Splits content; `None` where some operand is more than a number, or an operator needs what follows it.
    pub(super) fn of(content: &[u8]) -> Option<Self> {
        if content.len() > LONGEST_DRAWING {
            return None;
        }
        let (length, is_of_paths) = (content.len(), false);
        let mut drawing = Self { steps: Vec::new(), operands: Vec::new(), length, is_of_paths };
        let mut lexer = Lexer::new(content);
        let mut operands = Vec::new();
        while let Some(word) = lexer.next_operator(&mut operands) {
            let operator = Operator::named(word);
            if operator == Some(Operator::InlineImage) {
                return None;
            }
            for operand in &operands {
                drawing.operands.push(match operand {
                    Operand::Number(number) => Operand::Number(*number),
                    Operand::ArrayStart => Operand::ArrayStart,
                    Operand::ArrayEnd => Operand::ArrayEnd,
                    _ => return None,
                });
            }
            drawing.steps.push(Step { operator, end: drawing.operands.len() as u32 });
        }
        drawing.steps.shrink_to_fit();
        drawing.operands.shrink_to_fit();
        drawing.is_of_paths = drawing.paints_paths_alone();
        Some(drawing)
    }

    pub(super) fn is_of_paths(&self) -> bool {
        self.is_of_paths
    }

    fn paints_paths_alone(&self) -> bool {
        let mut is_open = false;
        for step in &self.steps {
            match step.operator {
                Some(Operator::Path(operator)) if operator.paints() => is_open = false,
                Some(Operator::Path(operator)) => is_open |= operator.draws(),
                Some(_) => return false,
                None => {}
            }
        }
        !is_open
    }

    /// Its operators in order, each with its operands.
    pub(super) fn steps(&self) -> impl Iterator<Item = (Option<Operator>, &[Operand<'static>])> {
        let mut start = 0;
        self.steps.iter().map(move |step| {
            let operands = &self.operands[start..step.end as usize];
            start = step.end as usize;
            (step.operator, operands)
        })
    }
}

/// The paths of a drawing, drawn in one size and one turn: wherever it is shown so, they are moved there.
pub(super) struct Outline {
    /// The matrix without its shift.
    scale: [f64; 4],
    /// What its operators count for.
    effort: u64,
    pieces: Vec<Piece>,
}

enum Piece {
    /// A subpath, as it lies about the origin.
    Subpath(Subpath),
    /// What is done with paths, and the number it has, if any.
    Operator(PathOperator, Option<f64>),
}

/// The scale of a matrix and its shift; `None` where a number is none or without bounds, whose sums tell nothing.
fn scale_and_shift([a, b, c, d, e, f]: [f64; 6]) -> Option<([f64; 4], (f64, f64))> {
    [a, b, c, d, e, f].iter().all(|number| number.is_finite()).then_some(([a, b, c, d], (e, f)))
}

impl Run<'_, '_> {
    /// Runs content that was split into its operators: see [`Run::content`].
    pub(super) fn drawing(&mut self, drawing: &Drawing, resources: &Resources<'_>, depth: u32) {
        let frame = self.begin(drawing.length, depth);
        let mut found = Found::default();
        for (operator, operands) in drawing.steps() {
            if self.step(operator, operands, resources, &mut found, &frame).is_break() {
                break;
            }
        }
        self.end(&frame);
    }

    /// The paths of a drawing at the scale of the matrix; `None` if it does more than to paint them.
    pub(super) fn outline(&mut self, drawing: &Drawing) -> Option<Outline> {
        let ctm = self.state.ctm;
        let (scale, _) = scale_and_shift(ctm.0).filter(|_| drawing.is_of_paths && self.path.is_empty())?;
        let [a, b, c, d] = scale;
        self.state.ctm = Matrix([a, b, c, d, 0.0, 0.0]);
        let mut outline = Outline { scale, effort: 0, pieces: Vec::new() };
        for (operator, operands) in drawing.steps() {
            outline.effort += effort_of(operands);
            match operator {
                Some(Operator::Path(operator)) if operator.draws() => self.path_operator(operator, operands),
                Some(Operator::Path(operator)) => {
                    if operator.paints() {
                        outline.pieces.extend(self.path.drain(..).map(Piece::Subpath));
                    }
                    let number = numbers(operands).map(|[number]| number);
                    outline.pieces.push(Piece::Operator(operator, number));
                }
                _ => {}
            }
        }
        self.state.ctm = ctm;
        outline.pieces.shrink_to_fit();
        Some(outline)
    }

    /// Moves the paths of a drawing to where it is shown and paints them, as [`Run::drawing`] would; false if they were
    /// drawn at another scale, or a path is open that they would go on.
    ///
    /// Where the budget is spent it paints nothing more: the page is told as incomplete.
    pub(super) fn outlined(&mut self, drawing: &Drawing, outline: &Outline) -> bool {
        let Some((scale, shift)) = scale_and_shift(self.state.ctm.0) else { return false };
        if scale != outline.scale || !self.path.is_empty() {
            return false;
        }
        self.shared.effort.content_run += drawing.length;
        self.shared.effort.operators += outline.effort;
        if self.shared.is_spent() {
            self.stop();
            return true;
        }
        let state = self.state;
        for piece in &outline.pieces {
            match piece {
                Piece::Subpath(subpath) => self.path.push(subpath.moved(shift)),
                Piece::Operator(operator, number) => {
                    let number = number.map(Operand::Number);
                    self.path_operator(*operator, number.as_slice());
                }
            }
        }
        self.state = state;
        self.paint = None;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::content::Shared;
    use crate::pdf::graphics::State;
    use crate::pdf::page::{Area, Page};
    use hayro_syntax::object::Dict;

    #[test]
    fn a_drawing_gives_the_operators_of_its_content() {
        let drawing = Drawing::of(b"1 2 m [3] 0 d 4 5 l S").expect("numbers alone");
        let steps: Vec<_> = drawing.steps().map(|(operator, operands)| (operator, operands.len())).collect();
        let path = |operator| Some(Operator::Path(operator));
        let expected = [
            (path(PathOperator::Move), 2),
            (None, 4),
            (path(PathOperator::Line), 2),
            (path(PathOperator::Stroke), 0),
        ];
        assert_eq!(steps, expected);
    }

    /// The areas that are painted where a drawing is shown with each of some matrices, run or moved there, and what
    /// that counts for: bytes and operators.
    fn areas(content: &[u8], shown: &[[f64; 6]], is_moved: bool) -> (Vec<Area>, usize, u64) {
        let drawing = Drawing::of(content).expect("numbers alone");
        let (mut shared, mut page) =
            (Shared::default(), Page { width: 600.0, height: 800.0, ..Page::default() });
        let mut run = Run::new(&mut shared, &mut page, Matrix::IDENTITY);
        let (resources, state) = (Resources::new(Dict::empty()), run.state);
        run.state.ctm = Matrix(shown[0]);
        let outline = run.outline(&drawing).expect("paths alone");
        for matrix in shown {
            run.state = State { ctm: Matrix(*matrix), ..state };
            if is_moved {
                let is_as_drawn = matrix[..4] == shown[0][..4] && matrix[4].is_finite();
                assert_eq!(run.outlined(&drawing, &outline), is_as_drawn);
                assert!(
                    !is_as_drawn || (run.state.clip, run.state.line_width) == (state.clip, state.line_width)
                );
            }
            if !is_moved || matrix[4].is_nan() || matrix[..4] != shown[0][..4] {
                run.drawing(&drawing, &resources, 1);
            }
        }
        (page.areas, shared.effort.content_run, shared.effort.operators)
    }

    #[test]
    fn paths_that_are_moved_paint_what_paths_that_are_drawn_there_paint() {
        let drawings: [&[u8]; 8] = [
            b"0 3 m 1.5 3 3 1.5 3 0 c 3 -1.5 1.5 -3 0 -3 c -1.5 -3 -3 -1.5 -3 0 c h B",
            b"0.7 w -0.5 -0.5 m 0.5 -0.5 l 0.1 0.5 l f 2 w 0 0 m 9 9 l S",
            b"0 0 6.3 4.1 re 1 1 2 2 re f* -3 0 m 3 0 l -0 -3 m 0 3 l S",
            b"0 0 30 30 re 5 0 5 5 5 5 v W 1 w n 1 1 3.3 3.3 re f",
            b"1 2 l 3 4 l f 5 6 7 8 y S 1 2 3 m B",
            b"[3] 0 d 1 j 0 0 m S",
            b"0 0 9 9 re f W",
            b"-1e300 0 1e308 9 re f 0 0 m 9e307 9 l S",
        ];
        let (thin, turned) = ([0.313, 0.0, 0.0, -0.313], [0.1, 0.7, -0.7, 0.1]);
        for content in drawings {
            for [a, b, c, d] in [thin, turned] {
                let places = [(0.0, 0.0), (311.7137, 99.000_01), (-1.0, 400.3), (1e9, 7.0), (f64::NAN, 5.0)];
                let shown = places.map(|(e, f)| [a, b, c, d, e, f]);
                let text = content.escape_ascii();
                assert_eq!(areas(content, &shown, true), areas(content, &shown, false), "{text}");
            }
        }
        let grown = [[2.0, 0.0, 0.0, 2.0, 99.0, 99.0], [4.0, 0.0, 0.0, 2.0, 99.0, 99.0]];
        let (grown, ..) = areas(drawings[0], &grown, true);
        let [.., last] = &grown[..] else { panic!("two markers") };
        assert!(
            (last.bounds.right - last.bounds.left - 24.0 - 8.0_f32.sqrt()).abs() < 1e-3,
            "its own scale counts"
        );
    }

    #[test]
    fn an_open_path_is_not_gone_on_with_by_paths_that_are_moved() {
        let drawing = Drawing::of(b"0 0 9 9 re f").expect("numbers alone");
        let (mut shared, mut page) = (Shared::default(), Page::default());
        let mut run = Run::new(&mut shared, &mut page, Matrix::IDENTITY);
        let outline = run.outline(&drawing).expect("paths alone");
        run.path_operator(PathOperator::Move, &[Operand::Number(1.0), Operand::Number(2.0)]);
        assert!(!run.outlined(&drawing, &outline) && run.outline(&drawing).is_none());
    }

    #[test]
    fn what_leaves_a_path_open_or_changes_more_than_paths_has_no_outline() {
        for content in
            [&b"0 0 m 5 5 l"[..], b"q 0 0 m 5 5 l S Q", b"1 0 0 1 3 3 cm 0 0 m 1 1 l f", b"S 1 1 m"]
        {
            assert!(!Drawing::of(content).expect("numbers alone").is_of_paths, "{}", content.escape_ascii());
        }
    }

    #[test]
    fn names_strings_images_and_long_content_are_no_drawing() {
        for content in
            [&b"/A gs"[..], b"(a) Tj", b"BI ID \xff EI", b"<< >> BDC", &[b' '; LONGEST_DRAWING + 1]]
        {
            assert!(Drawing::of(content).is_none());
        }
    }
}
