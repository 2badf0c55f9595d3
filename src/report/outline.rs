//! The parts of a paper as the tool sees them, for whoever doubts a verdict.

use super::wording::plain;
use crate::paper::Paper;
use std::io;

/// Writes the parts, one line each: where they begin, how long they are, their heading, and how sure that is.
///
/// # Errors
/// What the sink says.
pub fn write(name: &str, paper: &Paper, out: &mut dyn io::Write) -> io::Result<()> {
    let title = paper.title.as_deref().unwrap_or("no title was found");
    writeln!(out, "{}: {}", plain(name), plain(title))?;
    writeln!(
        out,
        "{:15}  {:>4}  {:>5}  {:>6}  {:8}  heading or first words",
        "part", "page", "y/bp", "pages", "sure"
    )?;
    for part in &paper.parts {
        let heading = plain(part.heading.as_ref().map_or("(no heading)", |h| h.text.as_str()));
        writeln!(
            out,
            "{:15}  {:>4}  {:>5.0}  {:>6.2}  {:8}  {heading} [{}]",
            part.part.id(),
            part.start.page.0,
            part.start.y.to_bp(),
            part.pages,
            part.confidence.id(),
            part.evidence.join(", ")
        )?;
    }
    match &paper.main_text.end {
        Some(end) => {
            let number = end.line_number.map_or(String::new(), |n| format!(", line {n}"));
            let page = end.at.page.0;
            let by = if end.is_float { ", with a figure or table" } else { "" };
            writeln!(
                out,
                "main text: {:.2} pages, ends on page {page}{number}, at {:.0} bp{by}: {}",
                paper.main_text.pages,
                end.at.y.to_bp(),
                plain(&end.last.text)
            )?;
        }
        None => writeln!(out, "main text: none in this file")?,
    }
    for (pages, why) in &paper.main_text.others {
        writeln!(out, "or {pages:.2} pages, if {why}")?;
    }
    writeln!(
        out,
        "Parts are measured from their first line to their last; the main text counts every page before its last."
    )
}
