//! The report on one screen: the answer, then as many findings as there is room for, the gravest first.

use super::text::wrapped;
use super::{Earlier, Look, wording};
use crate::check::{Outcome, Report, Verdict};
use crate::finding::{Finding, Severity};
use crate::rule::Skip;

/// Rows that one finding may take.
const MOST_OF_ONE: usize = 3;

/// The report in at most so many rows, but never without its answer. `earlier` is the report on the version before.
pub fn brief(report: &Report<'_>, look: &Look, rows: usize) -> Vec<String> {
    let mut screen = vec![cut(&wording::plain(&wording::subject(report)), look.width)];
    let mark = match report.outcome() {
        Outcome::Pass => "✓ ",
        Outcome::Fail => "✗ ",
        Outcome::Undetermined => "? ",
    };
    screen.extend(shown(mark, &wording::verdict(report), look.width));
    let lines = [wording::main_text(report), wording::pictures(report)].into_iter().flatten();
    screen.extend(lines.flat_map(|line| shown("", &line, look.width)));
    let end: Vec<_> = look.earlier.iter().map(|earlier| change(earlier, report)).collect();
    let items = items(report, look.width);
    let room = rows.saturating_sub(screen.len() + end.len());
    screen.extend(fitting(items, room));
    screen.extend(end.iter().map(|line| cut(line, look.width)));
    screen
}

/// What there is to tell, in its own rows each: errors, what decides and is open, and the rest.
fn items(report: &Report<'_>, width: usize) -> Vec<Vec<String>> {
    let findings = report.findings();
    let (errors, others): (Vec<_>, Vec<_>) =
        findings.into_iter().partition(|(v, f)| v.severity_of(f) == Severity::Error);
    let open = report.verdicts.iter().filter_map(|verdict| match &verdict.result {
        Err(Skip::Undetermined(reason)) => Some((verdict, reason)),
        _ => None,
    });
    let (grave, slight): (Vec<_>, Vec<_>) =
        open.partition(|(verdict, _)| verdict.severity == Severity::Error);
    let found = |all: Vec<(&Verdict, &Finding)>| -> Vec<_> {
        all.into_iter().map(|(verdict, finding)| item(verdict, finding, report, width)).collect()
    };
    let left = |all: Vec<(&Verdict, &String)>| -> Vec<_> {
        let words = |(v, reason): (&Verdict, &String)| format!("{}: {reason}", wording::rule_name(v.rule));
        all.into_iter().map(|each| shown("? ", &words(each), width)).collect()
    };
    [found(errors), left(grave), found(others), left(slight)].concat()
}

fn item(verdict: &Verdict, finding: &Finding, report: &Report<'_>, width: usize) -> Vec<String> {
    let mark = match verdict.severity_of(finding) {
        Severity::Error => "✗ ",
        Severity::Warning => "! ",
        Severity::Note => "☞ ",
    };
    let place = wording::place(&finding.at, report.submission);
    shown(mark, &format!("{}: {} ({})", place, finding.message, verdict.rule.name), width)
}

/// As many items as fit; the last row tells how many did not.
fn fitting(items: Vec<Vec<String>>, room: usize) -> Vec<String> {
    let all = items.len();
    let mut rows = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        // The row that tells of the rest is kept free, unless nothing is left to tell of.
        let needed = item.len() + usize::from(index + 1 < all);
        if rows.len() + needed > room {
            rows.push(format!("… and {} more; without --watch all are shown", all - index));
            return rows;
        }
        rows.extend(item);
    }
    rows
}

/// What has changed since the version before, in one line.
fn change(earlier: &Earlier, report: &Report<'_>) -> String {
    let difference = earlier.compare(report);
    let kinds = [
        (difference.mended.len(), "mended"),
        (difference.new.len(), "new"),
        (difference.changed.len(), "changed"),
        (difference.open.len(), "no longer determined"),
    ];
    let told: Vec<_> = kinds.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    let told = if told.is_empty() { "nothing new".to_owned() } else { told.join(", ") };
    format!("since the version before: {told}")
}

/// Words in rows, the further ones set in, at most a few.
fn shown(mark: &str, words: &str, width: usize) -> Vec<String> {
    let rest = " ".repeat(mark.chars().count());
    let text = wrapped(&wording::plain(words), mark, &rest, width);
    let mut rows: Vec<_> = text.lines().map(|row| cut(row, width)).collect();
    if rows.len() > MOST_OF_ONE {
        rows.truncate(MOST_OF_ONE);
        let last = rows.pop().unwrap_or_default();
        rows.push(format!("{} …", cut(&last, width.saturating_sub(2))));
    }
    rows
}

/// A row that a terminal does not break.
fn cut(row: &str, width: usize) -> String {
    if row.chars().count() <= width {
        return row.to_owned();
    }
    row.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_counted() {
        let items = || (0..4).map(|n| vec![format!("{n}a"), format!("{n}b")]).collect::<Vec<_>>();
        assert_eq!(fitting(items(), 8).len(), 8);
        assert_eq!(fitting(items(), 7)[4..], ["2a", "2b", "… and 1 more; without --watch all are shown"]);
        assert_eq!(fitting(items(), 1), ["… and 4 more; without --watch all are shown"]);
    }

    #[test]
    fn no_item_is_long_and_no_row_is_wide() {
        let rows = shown("! ", &"letters ".repeat(40), 40);
        assert_eq!(rows.len(), MOST_OF_ONE);
        assert!(rows.iter().all(|row| row.chars().count() <= 40) && rows[2].ends_with('…'), "{rows:?}");
        assert_eq!(cut("https://a.long.address/", 9), "https://…");
    }
}
