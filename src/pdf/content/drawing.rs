//! Forms that are shown again and again, such as the markers of a plot: they are split into operators once.

use super::operator::Operator;
use crate::pdf::lexer::{Lexer, Operand};

/// The longest content that is kept in pieces, in bytes. Chosen: markers have some hundred.
const LONGEST_DRAWING: usize = 4 << 10;
/// The most bytes of content that a document's drawings have together; in pieces they take up to sixty
/// times as many. Chosen: hundreds of kinds of markers.
pub(super) const MOST_DRAWN: usize = 256 << 10;

/// Content whose operands are numbers, split into its operators.
pub(super) struct Drawing {
    steps: Vec<Step>,
    operands: Vec<Operand<'static>>,
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
        let mut drawing = Self { steps: Vec::new(), operands: Vec::new() };
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
        Some(drawing)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::content::operator::PathOperator;

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

    #[test]
    fn names_strings_images_and_long_content_are_no_drawing() {
        for content in
            [&b"/A gs"[..], b"(a) Tj", b"BI ID \xff EI", b"<< >> BDC", &[b' '; LONGEST_DRAWING + 1]]
        {
            assert!(Drawing::of(content).is_none());
        }
    }
}
