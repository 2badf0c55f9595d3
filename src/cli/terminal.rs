//! What the environment says about colour and width.

use super::choice::ColorArg;
use crate::report::Look;
use std::io::IsTerminal;

/// The widest that reads well, in columns.
const WIDTH: usize = 100;
/// The width where none is known, in columns: that of a terminal as it opens.
const USUAL_WIDTH: usize = 80;
/// Narrower than this, lines are left to the terminal.
const NARROWEST: usize = 40;

/// The look of reports on a stream.
pub(super) fn look(color: ColorArg, stream: &impl IsTerminal) -> Look {
    let color = match color {
        ColorArg::Always => true,
        ColorArg::Never => false,
        ColorArg::Auto => stream.is_terminal() && welcomes_color(),
    };
    Look { color, width: width(), ..Look::default() }
}

/// The look of a report in a file, which is no terminal: colour only where it was asked for.
pub(super) fn look_of_file(color: ColorArg) -> Look {
    Look { color: color == ColorArg::Always, width: WIDTH, ..Look::default() }
}

/// Source: no-color.org; any value but the empty one counts.
fn welcomes_color() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    !refused && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    columns.map_or(USUAL_WIDTH, |c: usize| c.clamp(NARROWEST, WIDTH))
}
