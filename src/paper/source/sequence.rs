//! The tokens of a paper in the order in which TeX reads them, through however many files.

use super::project::Project;
use crate::place::FileId;
use crate::tex::{State, Tree};
use std::collections::BTreeSet;

/// The most tokens that are read. Chosen: a hundred times those of a long paper.
const MOST_TOKENS: usize = 2_000_000;

/// Calls `visit` with every token that TeX reads, from the main file on, until it wants no more. A file that takes
/// itself in is not read anew.
pub(super) fn each_token<'p, 'a>(
    project: &'p Project<'a>,
    main: FileId,
    mut visit: impl FnMut(FileId, &'p Tree<'a>, usize) -> bool,
) {
    let mut open = vec![(main, 0_usize)];
    let mut within = BTreeSet::from([main]);
    for _ in 0..MOST_TOKENS {
        let Some((file, at)) = open.pop() else { return };
        let tree = &project.trees[&file];
        let Some(token) = tree.tokens().get(at) else {
            within.remove(&file);
            continue;
        };
        let is_read = tree.state(at) == State::Active;
        let taken_in = project.taken_in.get(&(file, token.span.start)).filter(|_| is_read);
        if let Some(part) = taken_in.filter(|part| !within.contains(part)) {
            // The command's own arguments are the name of the file; those that import have a folder before it.
            let most = if tree.name(at).contains("im") || tree.name(at).ends_with("from") { 2 } else { 1 };
            open.push((file, tree.within(&tree.call(at, most).span).end.max(at + 1)));
            open.push((*part, 0));
            within.insert(*part);
            continue;
        }
        open.push((file, at + 1));
        if is_read && !visit(file, tree, at) {
            return;
        }
    }
}
