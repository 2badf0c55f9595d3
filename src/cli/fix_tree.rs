//! `dlde fix` on a directory or an archive: the sources anew, and what a check says of them before and after.

use super::args::FixArgs;
use super::exit::Exit;
use super::failure::Failure;
use super::fix::{before_and_after, refuse_to_replace};
use super::git;
use super::output::print;
use crate::check::{Report, Selection, check};
use crate::finding::Severity;
use crate::fix::{FixedFile, FixedTree, difference, fix_tree};
use crate::place::FileId;
use crate::profile::Profile;
use crate::report::plain;
use crate::submission::{Submission, pack};
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
    if let Some(output) = &args.output {
        refuse_to_replace(output)?;
        refuse_within(&args.input, output)?;
    }
    let mut fixed = fix_tree(submission, profile, args.attachments).map_err(refused)?;
    if let Some(kept) = &kept {
        // What git does not keep could not be had again.
        fixed.left_out.retain(|(name, _)| kept.contains(name));
        fixed.files.retain(|file| kept.contains(&file.name));
    }
    let bytes = if args.input.is_dir() { Vec::new() } else { packed(&fixed).map_err(refused)? };
    let anew = if args.input.is_dir() {
        folder(submission, &fixed)
    } else {
        Submission::single(submission.name.clone(), bytes.clone())
    };
    let before = check(submission, profile, &Selection::default());
    let after = check(&anew, profile, &Selection::default());
    if args.diff {
        show(&fixed)?;
        return Ok(Exit::of(&after, Some(Severity::Error)));
    }
    match &args.output {
        None => write_over(&args.input, &fixed)?,
        Some(output) if args.input.is_dir() => write_folder(&args.input, output, &fixed)?,
        Some(output) => std::fs::write(output, &bytes).map_err(|cause| not_written(output, cause))?,
    }
    print(told(args, &before, &after, &fixed).as_bytes())?;
    Ok(Exit::of(&after, Some(Severity::Error)))
}

/// The directory that is to be changed in place.
fn directory(args: &FixArgs) -> Result<&Path, Failure> {
    let why = "is an archive; only a directory is changed in place; name a new file with -o";
    let refused = || Failure::NotFixed { path: args.input.display().to_string(), why: why.to_owned() };
    Some(args.input.as_path()).filter(|path| path.is_dir()).ok_or_else(refused)
}

/// A copy within what it is copied from would be part of it from then on.
fn refuse_within(input: &Path, output: &Path) -> Result<(), Failure> {
    let parent = output.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (input.canonicalize(), parent.canonicalize()) {
        (Ok(input), Ok(parent)) if input.is_dir() && parent.starts_with(&input) => Err(Failure::Output {
            path: output.display().to_string(),
            why: "lies within what is to be fixed".to_owned(),
            help: "name one beside it",
        }),
        _ => Ok(()),
    }
}

fn packed(fixed: &FixedTree) -> Result<Vec<u8>, String> {
    pack(fixed.files.iter().map(|f| (f.name.as_str(), f.after.as_slice())))
        .map_err(|why| format!("cannot be packed anew: {why}"))
}

/// The submission as it will be.
fn folder(submission: &Submission, fixed: &FixedTree) -> Submission {
    let files = fixed.files.iter().map(|f| (f.name.clone(), f.after.to_vec()));
    let mut anew = Submission::folder(submission.name.clone(), files);
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
    if std::io::stdout().is_terminal() {
        let lines = String::from_utf8_lossy(&text).into_owned();
        text = lines.lines().map(|line| plain(line) + "\n").collect::<String>().into_bytes();
    }
    print(&text)
}

fn not_written(path: &Path, cause: std::io::Error) -> Failure {
    Failure::Write { path: path.display().to_string(), cause }
}

/// Writes every file below a new directory, with the rights that it had, and the settings that lie with them.
fn write_folder(input: &Path, output: &Path, fixed: &FixedTree) -> Result<(), Failure> {
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
    Ok(())
}

/// Whether a name leads to a place below its folder, on every system.
pub(super) fn is_below(name: &str) -> bool {
    Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Writes what changed to where it was, and removes what is left out, but no link: the sources may need it.
fn write_over(input: &Path, fixed: &FixedTree) -> Result<(), Failure> {
    let is_changed = |file: &&FixedFile| file.before != file.after && is_below(&file.name);
    for file in fixed.files.iter().filter(is_changed) {
        let path = input.join(&file.name);
        std::fs::write(&path, file.after.as_slice()).map_err(|cause| not_written(&path, cause))?;
    }
    for (name, _) in fixed.left_out.iter().filter(|(name, _)| is_below(name)) {
        let path = input.join(name);
        if path.is_symlink() {
            continue;
        }
        std::fs::remove_file(&path).map_err(|cause| not_written(&path, cause))?;
    }
    Ok(())
}

fn told(args: &FixArgs, before: &Report<'_>, after: &Report<'_>, fixed: &FixedTree) -> String {
    let written = args.output.as_ref().map_or_else(
        || format!("{} was changed in place\n", args.input.display()),
        |output| format!("{} was written\n", output.display()),
    );
    let mut text = written + &before_and_after(before, after);
    text += "\nchanged:\n";
    let mut changed = fixed.files.iter().filter(|file| !file.done.is_empty()).peekable();
    if changed.peek().is_none() {
        text += "  nothing\n";
    }
    for file in changed {
        let _ = writeln!(text, "  {}: {}", plain(&file.name), file.done.join(", "));
    }
    for (title, names) in [("left out", &fixed.left_out), ("left as they are", &fixed.untouched)] {
        if !names.is_empty() {
            let _ = writeln!(text, "\n{title}:");
        }
        for (name, why) in names {
            let _ = writeln!(text, "  {}: {why}", plain(name));
        }
    }
    text
}
