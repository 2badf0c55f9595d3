//! `dlde new` and `dlde style`: what they write, and that they write all or nothing.
#![expect(clippy::disallowed_methods, reason = "these tests lay out files in folders of their own")]

mod support {
    pub(crate) mod program;
}

use std::fs::{create_dir, create_dir_all, read_to_string, write};
use std::path::Path;
use support::program::{Run, dlde, project};

/// Runs `dlde new paper` in a folder that was prepared.
fn new_in(prepare: impl FnOnce(&Path), more: &[&str]) -> (tempfile::TempDir, Run) {
    let folder = tempfile::tempdir().expect("a folder");
    prepare(folder.path());
    let run = dlde(folder.path(), &[&["new", "paper"], more].concat());
    (folder, run)
}

/// The files below a directory, sorted.
fn listed(directory: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(directory) else { return Vec::new() };
    let mut names: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .flat_map(|path| if path.is_dir() { listed(&path) } else { vec![path.display().to_string()] })
        .collect();
    names.sort();
    names
}

#[test]
fn a_project_has_all_that_it_says() {
    let (folder, run) = new_in(|_| (), &[]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let files = listed(&folder.path().join("paper"));
    assert_eq!(files.len(), 7, "{files:?}");
    for file in files {
        let name = file.split_once("/paper/").expect("in the project").1;
        assert!(run.out.contains(&format!("  {name}\n")), "{name}: {}", run.out);
    }
}

#[test]
fn a_venue_of_ones_own_goes_into_the_project() {
    let text = read_to_string(project().join("rules/dlde-2022.toml")).expect("a venue");
    let text = text.replace("\"dlde-2022\"", "\"ours\"");
    for name in ["ours.toml", "a \"b\".toml", "venues/../ours"] {
        let prepare = |folder: &Path| {
            create_dir(folder.join("venues")).expect("a directory");
            write(folder.join(name), &text).expect("a venue");
        };
        let (folder, run) = new_in(prepare, &["--venue", &format!("./{name}")]);
        assert_eq!(run.code, Some(0), "{name}: {}", run.err);
        let directory = folder.path().join("paper");
        assert_eq!(read_to_string(directory.join("venue.toml")).expect("the venue"), text);
        let paper = project().join("samples/over-length/paper.pdf");
        std::fs::copy(paper, directory.join("main.pdf")).expect("a paper");
        let check = dlde(&directory, &["check", "main.pdf"]);
        assert!(check.out.starts_with("main.pdf: ours, from dlde.toml\n"), "{}{}", check.out, check.err);
    }
}

#[test]
fn nothing_is_written_where_something_is_in_the_way() {
    let cases = [
        ("paper", "paper: is not a directory; nothing was written", 0),
        ("paper/main.tex", "main.tex: exists already; nothing was written", 1),
        ("paper/.github", ".github: is not a directory; nothing was written", 1),
        ("paper/main.tex/mine", "main.tex: is a directory; nothing was written", 1),
        ("paper/dlde_neurips_2023.sty", "exists already; nothing was written", 1),
    ];
    for (obstacle, says, count) in cases {
        let prepare = |folder: &Path| {
            let path = folder.join(obstacle);
            create_dir_all(path.parent().expect("a directory above")).expect("a directory");
            write(path, "mine").expect("a file");
        };
        let (folder, run) = new_in(prepare, &[]);
        assert_eq!(run.code, Some(2), "{says}: {}", run.out);
        let err: String = run.err.split_whitespace().collect();
        assert!(err.contains(&says.replace(' ', "")), "{says}: {}", run.err);
        assert_eq!(listed(&folder.path().join("paper")).len(), count, "{says}");
    }
}

#[test]
#[cfg(unix)]
fn nothing_is_written_through_a_link_that_leads_elsewhere() {
    for force in [&[][..], &["--force"][..]] {
        let prepare = |folder: &Path| {
            create_dir(folder.join("paper")).expect("a directory");
            std::os::unix::fs::symlink(folder.join("elsewhere"), folder.join("paper/references.bib"))
                .expect("a link");
        };
        let (folder, run) = new_in(prepare, force);
        assert_eq!(run.code, Some(2), "{}", run.out);
        assert!(run.err.contains("symbolic link"), "{}", run.err);
        assert!(!folder.path().join("elsewhere").exists());
        assert!(!folder.path().join("paper/main.tex").exists());
    }
}

#[test]
fn force_replaces_and_the_same_text_is_no_obstacle() {
    let (folder, run) = new_in(|_| (), &[]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(dlde(folder.path(), &["new", "paper"]).code, Some(0));
    let main = folder.path().join("paper/main.tex");
    write(&main, "mine").expect("a change");
    assert_eq!(dlde(folder.path(), &["new", "paper"]).code, Some(2));
    assert_eq!(read_to_string(&main).expect("what was there"), "mine");
    assert_eq!(dlde(folder.path(), &["new", "paper", "--force"]).code, Some(0));
    assert!(read_to_string(&main).expect("the example").contains("\\maketitle"));
}

#[test]
fn the_style_alone_is_written_where_it_is_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = dlde(folder.path(), &["style", "--venue", "dlde-2021", "-o", "a/b"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let text = read_to_string(folder.path().join("a/b/dlde_neurips_2021.sty")).expect("the style");
    assert!(text.contains("\\ProvidesPackage{dlde_neurips_2021}"));
}
