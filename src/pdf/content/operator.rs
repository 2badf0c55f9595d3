//! The operators of content streams, by what they do. Source: ISO 32000-1 annex A.

use crate::pdf::graphics::Space;

/// An operator that changes what is read of a page; all others are passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    /// Of paths and lines.
    Path(PathOperator),
    /// Of text.
    Text(TextOperator),
    /// Of colours.
    Color(ColorOperator),
    /// `q`
    Save,
    /// `Q`
    Restore,
    /// `cm`
    Concatenate,
    /// `gs`
    GraphicsState,
    /// `Do`
    XObject,
    /// `sh`
    Shading,
    /// `BMC`, `BDC`
    BeginMark,
    /// `EMC`
    EndMark,
    /// `ID`
    InlineImage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PathOperator {
    /// `m`
    Move,
    /// `l`
    Line,
    /// `c`
    Curve,
    /// `v`, `y`: curves with one control point of their own
    ShortCurve,
    /// `re`
    Rectangle,
    /// `W`, `W*`
    Clip,
    /// `n`
    End,
    /// `f`, `F`, `f*`
    Fill,
    /// `S`, `s`
    Stroke,
    /// `B`, `B*`, `b`, `b*`
    FillAndStroke,
    /// `w`
    LineWidth,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextOperator {
    /// `BT`
    Begin,
    /// `Tf`
    Font,
    /// `Tc`
    CharacterSpacing,
    /// `Tw`
    WordSpacing,
    /// `Tz`
    HorizontalScale,
    /// `TL`
    Leading,
    /// `Ts`
    Rise,
    /// `Tr`
    Mode,
    /// `Td`
    Move,
    /// `TD`
    MoveAndSetLeading,
    /// `Tm`
    Matrix,
    /// `T*`
    NextLine,
    /// `Tj`, `TJ`
    Show,
    /// `'`
    NextLineShow,
    /// `"`
    NextLineShowSpaced,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColorOperator {
    /// `g`, `rg`, `k`
    FillIn(Space),
    /// `G`, `RG`, `K`
    StrokeIn(Space),
    /// `cs`
    FillSpace,
    /// `CS`
    StrokeSpace,
    /// `sc`, `scn`
    Fill,
    /// `SC`, `SCN`
    Stroke,
}

impl PathOperator {
    /// Whether it adds to the path.
    pub(super) fn draws(self) -> bool {
        matches!(self, Self::Move | Self::Line | Self::Curve | Self::ShortCurve | Self::Rectangle)
    }

    /// Whether it ends the path.
    pub(super) fn paints(self) -> bool {
        matches!(self, Self::End | Self::Fill | Self::Stroke | Self::FillAndStroke)
    }
}

impl Operator {
    /// The operator that is written so.
    ///
    /// Byte by byte: strings would be compared one after the other, for each of a million operators of a drawing.
    #[rustfmt::skip]
    pub(super) fn named(word: &[u8]) -> Option<Self> {
        use {ColorOperator as C, PathOperator as P, TextOperator as T};
        Some(match word {
            [b'm'] => Self::Path(P::Move),
            [b'l'] => Self::Path(P::Line),
            [b'c'] => Self::Path(P::Curve),
            [b'v' | b'y'] => Self::Path(P::ShortCurve),
            [b'r', b'e'] => Self::Path(P::Rectangle),
            [b'W'] | [b'W', b'*'] => Self::Path(P::Clip),
            [b'n'] => Self::Path(P::End),
            [b'f' | b'F'] | [b'f', b'*'] => Self::Path(P::Fill),
            [b'S' | b's'] => Self::Path(P::Stroke),
            [b'B' | b'b'] | [b'B' | b'b', b'*'] => Self::Path(P::FillAndStroke),
            [b'w'] => Self::Path(P::LineWidth),
            [b'B', b'T'] => Self::Text(T::Begin),
            [b'T', b'f'] => Self::Text(T::Font),
            [b'T', b'c'] => Self::Text(T::CharacterSpacing),
            [b'T', b'w'] => Self::Text(T::WordSpacing),
            [b'T', b'z'] => Self::Text(T::HorizontalScale),
            [b'T', b'L'] => Self::Text(T::Leading),
            [b'T', b's'] => Self::Text(T::Rise),
            [b'T', b'r'] => Self::Text(T::Mode),
            [b'T', b'd'] => Self::Text(T::Move),
            [b'T', b'D'] => Self::Text(T::MoveAndSetLeading),
            [b'T', b'm'] => Self::Text(T::Matrix),
            [b'T', b'*'] => Self::Text(T::NextLine),
            [b'T', b'j' | b'J'] => Self::Text(T::Show),
            [b'\''] => Self::Text(T::NextLineShow),
            [b'"'] => Self::Text(T::NextLineShowSpaced),
            [b'g'] => Self::Color(C::FillIn(Space::Gray)),
            [b'r', b'g'] => Self::Color(C::FillIn(Space::Rgb)),
            [b'k'] => Self::Color(C::FillIn(Space::Cmyk)),
            [b'G'] => Self::Color(C::StrokeIn(Space::Gray)),
            [b'R', b'G'] => Self::Color(C::StrokeIn(Space::Rgb)),
            [b'K'] => Self::Color(C::StrokeIn(Space::Cmyk)),
            [b'c', b's'] => Self::Color(C::FillSpace),
            [b'C', b'S'] => Self::Color(C::StrokeSpace),
            [b's', b'c'] | [b's', b'c', b'n'] => Self::Color(C::Fill),
            [b'S', b'C'] | [b'S', b'C', b'N'] => Self::Color(C::Stroke),
            [b'q'] => Self::Save,
            [b'Q'] => Self::Restore,
            [b'c', b'm'] => Self::Concatenate,
            [b'g', b's'] => Self::GraphicsState,
            [b'D', b'o'] => Self::XObject,
            [b's', b'h'] => Self::Shading,
            [b'B', b'M' | b'D', b'C'] => Self::BeginMark,
            [b'E', b'M', b'C'] => Self::EndMark,
            [b'I', b'D'] => Self::InlineImage,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_are_known_by_their_whole_names() {
        assert_eq!(Operator::named(b"TJ"), Some(Operator::Text(TextOperator::Show)));
        assert_eq!(Operator::named(b"b*"), Some(Operator::Path(PathOperator::FillAndStroke)));
        for unknown in [&b""[..], b"T", b"TJJ", b"mm", b"BX", b"d0", b"h"] {
            assert_eq!(Operator::named(unknown), None);
        }
    }
}
