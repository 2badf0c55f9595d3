//! What was cut out of a source, as a unified diff. Source: POSIX.1-2024, diff, "Diff -u Output Format".

use super::FixedFile;
use std::ops::Range;

/// Lines of context around a change.
const CONTEXT: usize = 3;

/// The difference of a file, in its own encoding; empty where there is none. A PDF is told to differ.
pub fn difference(file: &FixedFile) -> Vec<u8> {
    let name = &file.name;
    if file.before == file.after {
        return Vec::new();
    }
    if file.cut.is_empty() {
        return format!("Binary files a/{name} and b/{name} differ\n").into_bytes();
    }
    let old = Lines::of(&file.before);
    let changes = changes(&old, &file.cut);
    let mut text = format!("--- a/{name}\n+++ b/{name}\n").into_bytes();
    let (mut at, mut shift) = (0, 0_isize);
    while at < changes.len() {
        let near = |pair: &[Change]| pair[1].lines.start - pair[0].lines.end <= 2 * CONTEXT;
        let count = 1 + changes[at..].windows(2).take_while(|pair| near(pair)).count();
        shift = hunk(&mut text, &old, &changes[at..at + count], shift);
        at += count;
    }
    text
}

/// Lines that are replaced by others.
struct Change {
    /// Indices of the old lines, half-open.
    lines: Range<usize>,
    /// What stands there now.
    now: Vec<u8>,
}

/// The lines of a text, each with its break.
struct Lines<'a> {
    text: &'a [u8],
    /// Where each begins, and the end of the last.
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a [u8]) -> Self {
        let breaks = memchr::memchr_iter(b'\n', text).map(|at| at + 1);
        let mut starts: Vec<usize> = std::iter::once(0).chain(breaks).collect();
        if starts.last() != Some(&text.len()) {
            starts.push(text.len());
        }
        Self { text, starts }
    }

    fn count(&self) -> usize {
        self.starts.len() - 1
    }

    /// The line of a byte.
    fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at) - 1
    }

    fn get(&self, line: usize) -> &'a [u8] {
        &self.text[self.starts[line]..self.starts[line + 1]]
    }
}

/// Runs of lines that something is cut out of; a line whose break is cut goes with the next one.
fn changes(old: &Lines<'_>, cut: &[Range<usize>]) -> Vec<Change> {
    let mut all: Vec<Change> = Vec::new();
    let mut next = 0;
    while let Some(first) = cut.get(next) {
        let start = old.line(first.start);
        let mut end = start + 1;
        let mut now = Vec::new();
        let mut at = old.starts[start];
        loop {
            let limit = old.starts[end];
            while let Some(range) = cut.get(next).filter(|range| range.start < limit) {
                now.extend_from_slice(&old.text[at..range.start]);
                at = range.end;
                next += 1;
            }
            if at < limit {
                now.extend_from_slice(&old.text[at..limit]);
                at = limit;
            }
            let is_whole = at == limit && (now.is_empty() || now.ends_with(b"\n"));
            if is_whole || end == old.count() {
                break;
            }
            end += 1;
        }
        all.push(Change { lines: start..end, now });
    }
    all
}

/// Changes that are near each other; how many lines the text is longer behind them than it was.
fn hunk(text: &mut Vec<u8>, old: &Lines<'_>, changes: &[Change], shift: isize) -> isize {
    let (Some(first), Some(last)) = (changes.first(), changes.last()) else { return shift };
    let start = first.lines.start.saturating_sub(CONTEXT);
    let end = (last.lines.end + CONTEXT).min(old.count());
    let added: usize = changes.iter().map(|c| Lines::of(&c.now).count()).sum();
    let dropped: usize = changes.iter().map(|c| c.lines.len()).sum();
    let (before, after) = (end - start, end - start + added - dropped);
    let from = |count: usize, shift: isize| start as isize + shift + isize::from(count > 0);
    let head = format!("@@ -{},{before} +{},{after} @@\n", from(before, 0), from(after, shift));
    text.extend_from_slice(head.as_bytes());
    let mut at = start;
    for change in changes {
        (at..change.lines.start).for_each(|line| put(text, b' ', old.get(line)));
        change.lines.clone().for_each(|line| put(text, b'-', old.get(line)));
        let now = Lines::of(&change.now);
        (0..now.count()).for_each(|line| put(text, b'+', now.get(line)));
        at = change.lines.end;
    }
    (at..end).for_each(|line| put(text, b' ', old.get(line)));
    shift + added as isize - dropped as isize
}

fn put(text: &mut Vec<u8>, mark: u8, line: &[u8]) {
    text.push(mark);
    text.extend_from_slice(line);
    if !line.ends_with(b"\n") {
        text.extend_from_slice(b"\n\\ No newline at end of file\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn shown(before: &str, cut: &[(usize, usize)]) -> String {
        let cut: Vec<Range<usize>> = cut.iter().map(|(start, end)| *start..*end).collect();
        let mut after = before.to_owned();
        cut.iter().rev().for_each(|range| after.replace_range(range.clone(), ""));
        let bytes = |text: &str| Arc::new(text.as_bytes().to_vec());
        let (before, after) = (bytes(before), bytes(&after));
        let file = FixedFile { name: "a".to_owned(), before, after, cut, done: Vec::new() };
        String::from_utf8(difference(&file)).expect("text")
    }

    #[test]
    fn changed_lines_stand_between_those_around_them() {
        let text = "1\n2\n3\n4\n5 % x\n6\n7\n8\n9\n";
        let wanted = "--- a/a\n+++ b/a\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5 % x\n+5 %\n 6\n 7\n 8\n";
        assert_eq!(shown(text, &[(11, 13)]), wanted);
    }

    #[test]
    fn a_line_whose_break_is_cut_goes_with_the_next_one() {
        assert_eq!(
            shown("a\nb\nc", &[(1, 3)]),
            "--- a/a\n+++ b/a\n@@ -1,3 +1,2 @@\n-a\n-b\n+a\n c\n\\ No newline at end of file\n"
        );
    }

    #[test]
    fn a_file_of_which_nothing_is_left_has_no_lines() {
        assert_eq!(shown("a\n", &[(0, 2)]), "--- a/a\n+++ b/a\n@@ -1,1 +0,0 @@\n-a\n");
    }

    #[test]
    fn changes_far_apart_are_hunks_of_their_own() {
        let text: String = (0..20).map(|n| format!("{n:02}\n")).collect();
        let told = shown(&text, &[(0, 3), (45, 47)]);
        assert!(told.contains("@@ -1,4 +1,3 @@\n-00\n 01"), "{told}");
        assert!(told.contains("@@ -13,7 +12,7 @@\n 12\n"), "{told}");
    }
}
