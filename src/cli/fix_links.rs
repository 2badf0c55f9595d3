//! Links of a directory that is copied: those that stay within it come along, and none is followed out of it.

use super::failure::Failure;
use super::fix_tree::{is_below, not_written};
use crate::fix::{FixedFile, FixedTree};
use std::path::{Component, Path, PathBuf};

/// A link from one place of a directory to another.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// Where it lies, relative to the directory.
    name: String,
    /// What it leads to, relative to the directory.
    target: String,
    /// The same as the link says it: relative to where it lies.
    says: PathBuf,
}

/// Takes the links that lead to what is copied out of what could not be read; the others are told why they stay.
pub(super) fn within(input: &Path, fixed: &mut FixedTree) -> Vec<Link> {
    let mut links = Vec::new();
    for (name, why) in std::mem::take(&mut fixed.unread) {
        if !is_below(&name) || !input.join(&name).is_symlink() {
            fixed.unread.push((name, why));
            continue;
        }
        match link(input, &name, fixed) {
            Ok(link) => links.push(link),
            Err(why) => fixed.unread.push((name, why.to_owned())),
        }
    }
    links
}

fn link(input: &Path, name: &str, fixed: &FixedTree) -> Result<Link, &'static str> {
    let path = input.join(name);
    let whole = path.canonicalize().map_err(|_| "is a link that leads nowhere")?;
    let root = input.canonicalize().map_err(|_| "is a link that leads nowhere")?;
    let inside = whole.strip_prefix(&root);
    let inside =
        inside.map_err(|_| "is a link that leads out of the directory; put the file itself there")?;
    let target = named(inside);
    let is_copied = |file: &FixedFile| {
        file.name == target || file.name.strip_prefix(&target).is_some_and(|rest| rest.starts_with('/'))
    };
    if target.is_empty() || !fixed.files.iter().any(is_copied) {
        return Err("is a link to what is not copied");
    }
    // The words of the link lead to the same place in the copy only where they stay below it all the way.
    let folder = Path::new(name).parent().unwrap_or(Path::new(""));
    let said = std::fs::read_link(&path).ok().filter(|said| resolved(folder, said).as_ref() == Some(&target));
    let says = said.unwrap_or_else(|| from(folder, &target));
    Ok(Link { name: name.to_owned(), target, says })
}

fn named(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Where a path leads from a folder, by its words alone; `None` where it leaves the directory on its way.
fn resolved(folder: &Path, path: &Path) -> Option<String> {
    let mut parts: Vec<String> =
        folder.components().map(|p| p.as_os_str().to_string_lossy().into()).collect();
    for part in path.components() {
        match part {
            Component::Normal(name) => parts.push(name.to_string_lossy().into()),
            Component::CurDir => {}
            Component::ParentDir => drop(parts.pop()?),
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(parts.join("/"))
}

/// The way from a folder to a name, both relative to the directory.
fn from(folder: &Path, target: &str) -> PathBuf {
    let (mut here, mut there) = (folder.components().peekable(), Path::new(target).components().peekable());
    while here.peek().is_some() && here.peek() == there.peek() {
        here.next();
        there.next();
    }
    here.map(|_| Component::ParentDir).chain(there).collect()
}

/// Puts the file that a link leads to where the link was, for what cannot hold links.
pub(super) fn as_files(links: &[Link], fixed: &mut FixedTree) {
    for link in links {
        match fixed.files.iter().find(|file| file.name == link.target) {
            Some(file) => {
                let (name, done) = (link.name.clone(), vec![format!("now the file {}", link.target)]);
                let file = FixedFile { name, done, ..file.clone() };
                fixed.files.push(file);
            }
            None => fixed.left_out.push((link.name.clone(), "is a link to a directory".to_owned())),
        }
    }
    fixed.files.sort_by(|a, b| a.name.cmp(&b.name));
}

/// Says of links that they are copied.
pub(super) fn tell(links: &[Link], fixed: &mut FixedTree) {
    let told =
        |link: &Link| (link.name.clone(), format!("is a link to {}, and was copied as one", link.target));
    fixed.untouched.extend(links.iter().map(told));
    fixed.untouched.sort();
}

/// Makes the links in the copy.
///
/// # Errors
/// What the system says.
pub(super) fn write(output: &Path, links: &[Link]) -> Result<(), Failure> {
    for link in links {
        let path = output.join(&link.name);
        let parent = path.parent().unwrap_or(output);
        std::fs::create_dir_all(parent).map_err(|cause| not_written(parent, cause))?;
        made(output, link).map_err(|cause| not_written(&path, cause))?;
    }
    Ok(())
}

#[cfg(unix)]
fn made(output: &Path, link: &Link) -> std::io::Result<()> {
    std::os::unix::fs::symlink(&link.says, output.join(&link.name))
}

/// Systems on which not everybody may make links have the file instead.
#[cfg(not(unix))]
fn made(output: &Path, link: &Link) -> std::io::Result<()> {
    std::fs::copy(output.join(&link.target), output.join(&link.name)).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_between_two_places_is_found() {
        assert_eq!(from(Path::new("a/b"), "a/c/x.png"), Path::new("../c/x.png"));
        assert_eq!(from(Path::new(""), "x.png"), Path::new("x.png"));
        assert_eq!(resolved(Path::new("a"), Path::new("../b/./x")), Some("b/x".to_owned()));
        assert_eq!(resolved(Path::new("a"), Path::new("../../p/b/x")), None);
        assert_eq!(resolved(Path::new("a"), Path::new("/b/x")), None);
    }
}
