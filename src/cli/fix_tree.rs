//! `dlde fix` on a directory or an archive: the sources anew, and what a check says of them before and after.

use super::args::FixArgs;
use super::exit::Exit;
use super::failure::Failure;
use super::fix_links::{self, Link};
use super::fix_target::{self, Shape};
use super::fix_told::{after, aside, before, listed};
use super::git;
use super::output::print;
use crate::check::{Report, Selection, check};
use crate::finding::Severity;
use crate::fix::{Extent, FixedFile, FixedTree, difference, fix_tree};
use crate::place::FileId;
use crate::profile::Profile;
use crate::report::plain;
use crate::submission::{Submission, pack};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::path::{Component, Path};

/// Fixes the files, writes them where they are to go, and tells what changed.
///
/// # Errors
/// What cannot be fixed as a whole, a target that is there already, and a tree that is not committed.
pub(super) fn run(args: &FixArgs, submission: &Submission, profile: &Profile) -> Result<Exit, Failure> {
    let refused = |why: String| Failure::NotFixed { path: args.input.display().to_string(), why };
    let kept = if args.in_place { Some(git::committed(directory(args)?).map_err(refused)?) } else { None };
    let shape = match &args.output {
        Some(output) if args.input.is_dir() => Shape::of_folder(output),
        _ if args.input.is_dir() => Shape::Folder,
        _ => Shape::Zip,
    };
    if let Some(output) = &args.output {
        shape.accepts(&args.input, output)?;
    }
    let extent = Extent { attachments: args.attachments, doubtful: args.r#unsafe };
    let mut fixed = fix_tree(submission, profile, extent).map_err(refused)?;
    let links = match &kept {
        Some(kept) => keep_to(&mut fixed, kept, &args.input),
        None => copied(&mut fixed, &args.input, shape),
    };
    let bytes = if shape == Shape::Zip { packed(&fixed).map_err(refused)? } else { Vec::new() };
    match &args.output {
        _ if args.diff => show(&fixed)?,
        None => write_over(&args.input, &fixed)?,
        Some(output) if shape == Shape::Folder => write_folder(&args.input, output, &fixed, &links)?,
        Some(output) => fix_target::write(output, &bytes)?,
    }
    let anew = match shape {
        Shape::Folder => folder(args, submission, &fixed)?,
        _ => Submission::single(submission.name.clone(), bytes),
    };
    let anew = with_paper_of(submission, anew);
    let was = check(submission, profile, &Selection::default());
    let is = check(&anew, profile, &Selection::default());
    if args.diff {
        aside(&after(&is));
    } else {
        print(told(args, &was, &is, &fixed).as_bytes())?;
    }
    Ok(Exit::of(&is, Some(Severity::Error)))
}

/// Of what could not be read, links within a directory come along; the rest is left out.
fn copied(fixed: &mut FixedTree, input: &Path, shape: Shape) -> Vec<Link> {
    let links = if input.is_dir() { fix_links::within(input, fixed) } else { Vec::new() };
    match shape {
        Shape::Folder => fix_links::tell(&links, fixed),
        _ => fix_links::as_files(&links, fixed),
    }
    fixed.left_out.append(&mut fixed.unread);
    links
}

/// Leaves alone what git does not keep, since it could not be had again, and links, which the sources may need: none
/// is to be made.
fn keep_to(fixed: &mut FixedTree, kept: &BTreeSet<String>, input: &Path) -> Vec<Link> {
    let why = |name: &String| match kept.contains(name) {
        false if name.starts_with(".git/") => None,
        false => Some("git does not keep it; mend it yourself, or write a copy with -o"),
        true if input.join(name).is_symlink() => Some("is a link; it stays where it is"),
        true => None,
    };
    let told = |name: &String| Some((name.clone(), why(name)?.to_owned()));
    let changed = fixed.files.iter().filter(|file| file.before != file.after).map(|file| &file.name);
    let mut untouched: Vec<_> =
        changed.chain(fixed.left_out.iter().map(|(name, _)| name)).filter_map(told).collect();
    untouched.append(&mut fixed.unread);
    fixed.untouched.retain(|(name, _)| kept.contains(name));
    fixed.untouched.append(&mut untouched);
    fixed.untouched.sort();
    fixed.left_out.retain(|(name, _)| kept.contains(name) && why(name).is_none());
    fixed.files.retain(|file| kept.contains(&file.name));
    Vec::new()
}

/// The directory that is to be changed in place.
fn directory(args: &FixArgs) -> Result<&Path, Failure> {
    let why = "is an archive; only a directory is changed in place; name a new file with -o";
    let refused = || Failure::NotFixed { path: args.input.display().to_string(), why: why.to_owned() };
    Some(args.input.as_path()).filter(|path| path.is_dir()).ok_or_else(refused)
}

fn packed(fixed: &FixedTree) -> Result<Vec<u8>, String> {
    pack(fixed.files.iter().map(|f| (f.name.as_str(), f.after.as_slice())))
        .map_err(|why| format!("cannot be packed anew: {why}"))
}

/// The directory as it is now, with all that is really there; of one that is not written, as it would be.
fn folder(args: &FixArgs, submission: &Submission, fixed: &FixedTree) -> Result<Submission, Failure> {
    if args.diff {
        let files = fixed.files.iter().map(|f| (f.name.clone(), f.after.to_vec()));
        Ok(Submission::folder(submission.name.clone(), files))
    } else {
        Ok(Submission::open(args.output.as_ref().unwrap_or(&args.input))?)
    }
}

/// The same file is the paper.
fn with_paper_of(submission: &Submission, mut anew: Submission) -> Submission {
    let paper = submission.paper.and_then(|id| submission.file(id)).map(|file| &file.name);
    let index = anew.files.iter().position(|f| Some(&f.name) == paper);
    anew.paper = index.map(|index| FileId(index as u32));
    anew
}

/// The differences, file by file, for `patch`; on a terminal without what would steer it.
fn show(fixed: &FixedTree) -> Result<(), Failure> {
    let mut text: Vec<u8> = fixed.files.iter().flat_map(difference).collect();
    for (name, why) in &fixed.left_out {
        text.extend_from_slice(format!("Only in a: {} ({why})\n", plain(name)).as_bytes());
    }
    if text.is_empty() {
        aside("nothing to change\n");
    }
    if std::io::stdout().is_terminal() {
        let lines = String::from_utf8_lossy(&text).into_owned();
        text = lines.lines().map(|line| plain(line) + "\n").collect::<String>().into_bytes();
    }
    print(&text)
}

pub(super) fn not_written(path: &Path, cause: std::io::Error) -> Failure {
    Failure::Write { path: path.display().to_string(), cause }
}

/// Writes every file below a new directory, with the rights that it had, and the settings that lie with them.
fn write_folder(input: &Path, output: &Path, fixed: &FixedTree, links: &[Link]) -> Result<(), Failure> {
    std::fs::create_dir_all(output).map_err(|cause| not_written(output, cause))?;
    for file in fixed.files.iter().filter(|file| is_below(&file.name)) {
        let path = output.join(&file.name);
        let parent = path.parent().unwrap_or(output);
        std::fs::create_dir_all(parent).map_err(|cause| not_written(parent, cause))?;
        std::fs::write(&path, file.after.as_slice()).map_err(|cause| not_written(&path, cause))?;
        if let Ok(about) = std::fs::metadata(input.join(&file.name)) {
            std::fs::set_permissions(&path, about.permissions())
                .map_err(|cause| not_written(&path, cause))?;
        }
    }
    let settings = input.join(super::config::FILE_NAME);
    if settings.is_file() {
        let path = output.join(super::config::FILE_NAME);
        std::fs::copy(&settings, &path).map_err(|cause| not_written(&path, cause))?;
    }
    fix_links::write(output, links)
}

/// Whether a name leads to a place below its folder, on every system.
pub(super) fn is_below(name: &str) -> bool {
    Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Writes what changed to where it was, and removes what is left out.
fn write_over(input: &Path, fixed: &FixedTree) -> Result<(), Failure> {
    let is_changed = |file: &&FixedFile| file.before != file.after && is_below(&file.name);
    for file in fixed.files.iter().filter(is_changed) {
        let path = input.join(&file.name);
        std::fs::write(&path, file.after.as_slice()).map_err(|cause| not_written(&path, cause))?;
    }
    for (name, _) in fixed.left_out.iter().filter(|(name, _)| is_below(name)) {
        let path = input.join(name);
        std::fs::remove_file(&path).map_err(|cause| not_written(&path, cause))?;
    }
    Ok(())
}

fn told(args: &FixArgs, was: &Report<'_>, is: &Report<'_>, fixed: &FixedTree) -> String {
    let written = args.output.as_ref().map_or_else(
        || format!("{} was changed in place\n", args.input.display()),
        |output| format!("{} was written\n", output.display()),
    );
    let mut text = written + &before(was);
    text += "\nchanged:\n";
    let mut changed = fixed.files.iter().filter(|file| !file.done.is_empty()).peekable();
    if changed.peek().is_none() {
        text += "  nothing\n";
    }
    for file in changed {
        let _ = writeln!(text, "  {}: {}", plain(&file.name), file.done.join(", "));
    }
    text += &listed(if args.in_place { "removed" } else { "left out" }, &fixed.left_out);
    text += &listed("left as they are", &fixed.untouched);
    text + &after(is)
}
