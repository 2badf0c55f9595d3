//! `dlde fix` on folders and archives: what is cut, what stays byte for byte, and where it is written.
#![expect(clippy::disallowed_methods, reason = "these tests write what they fix, and run programs")]

mod support {
    pub(crate) mod pdf;
    pub(crate) mod program;
    pub(crate) mod tool;
}

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use support::pdf::Pdf;
use support::program::{Run, dlde, project};
use support::tool::is_there;

const MAIN: &str = "\\documentclass{article} % m.quist@larkfield.edu\n\\usepackage[final,nonatbib]{dlde_neurips_2023}\r\n\\begin{document}\n50\\% % a remark\n\\includegraphics{plot}\\input{part}\n\\end{document}";
const MAIN_FIXED: &str = "\\documentclass{article} %\n\\usepackage[nonatbib]{dlde_neurips_2023}\r\n\\begin{document}\n50\\% % a remark\n\\includegraphics{plot}\\input{part}\n\\end{document}";
const PART: &[u8] = b"caf\xe9 % see /home/mquist/run\n\\verb|% m.quist@larkfield.edu|\n";
const PART_FIXED: &[u8] = b"caf\xe9 %\n\\verb|% m.quist@larkfield.edu|\n";
const REFS: &str = "@book{a,\n  title = {T},\n  file = {:/home/mquist/a.pdf:PDF},\n  year = 2020\n}\n";
const REFS_FIXED: &str = "@book{a,\n  title = {T},\n  year = 2020\n}\n";
/// What the rules on sources find in it that a fix takes away.
const MENDED: [&str; 5] = ["ANON061", "ANON065", "ANON066", "ANON069", "STYL011"];

fn files() -> Vec<(&'static str, Vec<u8>)> {
    let clean = std::fs::read(project().join("samples/clean/paper.pdf")).expect("the clean sample");
    let plot = Pdf::default().painted("0 0 m 9 9 l S").info("Author", "Mira Quist").bytes();
    vec![
        ("main.tex", MAIN.as_bytes().to_vec()),
        ("main.pdf", clean),
        ("main.aux", b"\\relax".to_vec()),
        ("part.tex", PART.to_vec()),
        ("refs.bib", REFS.as_bytes().to_vec()),
        ("plot.pdf", plot),
        ("notes/run.log", b"loss 0.1".to_vec()),
        ("notes/.DS_Store", b"Bud1".to_vec()),
    ]
}

#[test]
fn a_folder_is_written_anew_and_every_other_byte_is_the_same() {
    let folder = folder("folder", "p/", &files());
    std::fs::write(folder.join("p/dlde.toml"), "venue = 'dlde-2023'\n").expect("written");
    let run = dlde(&folder, &["fix", "p", "-o", "new"]);
    assert!(run.out.starts_with("new was written\n"), "{}{}", run.out, run.err);
    let mended = |text: &str| MENDED.iter().filter(|code| text.contains(&format!("({code})"))).count();
    let (before, after) = run.out.split_once("\nafter:").expect("both");
    assert!(mended(before) == MENDED.len() && mended(after) == 0, "{}", run.out);
    let told = ["main.tex: comments: 1, options of another stage: 1", "refs.bib: private fields: 1"];
    assert!(told.iter().all(|line| run.out.contains(line)), "{}", run.out);
    for (name, bytes) in files() {
        let path = folder.join("new").join(name);
        let now = std::fs::read(&path).unwrap_or_default();
        match name {
            "main.tex" => assert_eq!(String::from_utf8_lossy(&now), MAIN_FIXED),
            "part.tex" => assert_eq!(now, PART_FIXED),
            "refs.bib" => assert_eq!(String::from_utf8_lossy(&now), REFS_FIXED),
            "main.pdf" => assert!(run.out.contains("main.pdf: properties")),
            "plot.pdf" => assert!(now != bytes && !holds(&now, b"Quist")),
            "main.aux" | "notes/.DS_Store" => assert!(!path.exists() && run.out.contains(name)),
            _ => assert!(now == bytes, "{name}"),
        }
    }
    assert!(folder.join("new/dlde.toml").is_file());
    // Nothing is written over, nor into what is read.
    assert_eq!(dlde(&folder, &["fix", "p", "-o", "new"]).code, Some(2));
    assert_eq!(dlde(&folder, &["fix", "p", "-o", "p/new"]).code, Some(2));
}

#[test]
fn fixing_twice_is_fixing_once() {
    let folder = folder("twice", "p/", &files());
    dlde(&folder, &["fix", "p", "-o", "once"]);
    let again = dlde(&folder, &["fix", "once", "-o", "twice"]);
    assert!(again.out.contains("\nchanged:\n  nothing\n"), "{}", again.out);
    assert!(!again.out.contains("left out"), "{}", again.out);
    for (name, _) in files() {
        let read = |place: &str| std::fs::read(folder.join(place).join(name)).ok();
        assert_eq!(read("once"), read("twice"), "{name}");
    }
}

#[test]
fn an_archive_becomes_a_zip_that_is_the_same_each_time() {
    let members: Vec<_> = files().into_iter().map(|(name, bytes)| (format!("p/{name}"), bytes)).collect();
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in &members {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).expect("started");
        writer.write_all(bytes).expect("written");
    }
    writer.set_comment("packed by Mira Quist").expect("short");
    let packed = writer.finish().expect("finished").into_inner();
    let folder = folder("archive", "", &[("all.zip", packed)]);
    let run = dlde(&folder, &["fix", "all.zip", "-o", "one.zip"]);
    assert!(run.out.contains("p/refs.bib: private fields: 1"), "{}{}", run.out, run.err);
    dlde(&folder, &["fix", "all.zip", "-o", "two.zip"]);
    let one = std::fs::read(folder.join("one.zip")).expect("a zip");
    assert_eq!(one, std::fs::read(folder.join("two.zip")).expect("a zip"));
    assert!(!holds(&one, b"Quist"));
    let read = dlde::Submission::single("one.zip".to_owned(), one);
    let names: Vec<_> = read.files.iter().skip(1).map(|f| f.name.as_str()).collect();
    let wanted = ["p/main.pdf", "p/main.tex", "p/notes/run.log", "p/part.tex", "p/plot.pdf", "p/refs.bib"];
    assert_eq!(names, wanted);
    assert_eq!(read.files[2].bytes.as_slice(), MAIN_FIXED.as_bytes());
}

#[test]
fn a_difference_is_shown_and_nothing_is_written() {
    let folder = folder("diff", "p/", &files());
    let mut run = Command::new(env!("CARGO_BIN_EXE_dlde"));
    run.args(["fix", "p", "--diff"]).current_dir(&folder);
    let shown = run.output().expect("the program starts").stdout;
    let text = String::from_utf8_lossy(&shown).into_owned();
    let wanted = "--- a/refs.bib\n+++ b/refs.bib\n@@ -1,5 +1,4 @@\n @book{a,\n";
    assert!(text.contains(wanted), "{text}");
    assert!(
        text.contains("-  title = {T},\n-  file = {:/home/mquist/a.pdf:PDF},\n+  title = {T},\n"),
        "{text}"
    );
    assert!(text.contains("Binary files a/plot.pdf and b/plot.pdf differ\n"), "{text}");
    assert!(holds(&shown, b"-caf\xe9 % see /home/mquist/run\n+caf\xe9 %\n"), "{text}");
    assert!(text.contains("Only in a: main.aux"), "{text}");
    for (name, bytes) in files() {
        assert_eq!(std::fs::read(folder.join("p").join(name)).ok(), Some(bytes), "{name}");
    }
    assert_eq!(std::fs::read_dir(&folder).expect("a folder").count(), 1);
    assert_eq!(dlde(&folder, &["fix", "p/main.pdf", "--diff"]).code, Some(2));
    assert_eq!(dlde(&folder, &["fix", "p"]).code, Some(2), "it must be said where to");
}

#[cfg(unix)]
#[test]
fn links_come_along_where_they_stay_within_and_are_never_followed_out() {
    let mut all = files();
    all.push(("figs/a.txt", b"see /home/mquist/run".to_vec()));
    let folder = folder("links", "p/", &all);
    std::fs::write(folder.join("secret.txt"), "a secret").expect("written");
    let link = |to: &Path, name: &str| {
        std::os::unix::fs::symlink(to, folder.join("p").join(name)).expect("linked");
    };
    link(Path::new("../part.tex"), "figs/part.tex");
    link(&folder.join("p/refs.bib"), "figs/refs.bib");
    link(Path::new("../p/main.tex"), "round.tex");
    link(Path::new("figs"), "pictures");
    link(Path::new("../secret.txt"), "out.txt");
    link(Path::new("nothing"), "lost.txt");
    let run = dlde(&folder, &["fix", "p", "-o", "deep/new"]);
    let says = |name: &str| std::fs::read_link(folder.join("deep/new").join(name)).ok();
    assert_eq!(says("figs/part.tex").as_deref(), Some(Path::new("../part.tex")), "{}{}", run.out, run.err);
    assert_eq!(says("figs/refs.bib").as_deref(), Some(Path::new("../refs.bib")));
    assert_eq!(says("round.tex").as_deref(), Some(Path::new("main.tex")));
    assert_eq!(says("pictures").as_deref(), Some(Path::new("figs")));
    assert!(
        says("out.txt").is_none() && run.out.contains("out.txt: is a link that leads out"),
        "{}",
        run.out
    );
    assert!(says("lost.txt").is_none() && run.out.contains("lost.txt: is a link that leads nowhere"));
    assert!(run.out.contains("figs/part.tex: is a link to part.tex, and was copied as one"));
    let run = dlde(&folder, &["fix", "p", "-o", "new.zip"]);
    let packed = std::fs::read(folder.join("new.zip")).expect("a zip");
    let read = dlde::Submission::single("new.zip".to_owned(), packed);
    let part = read.files.iter().find(|f| f.name == "figs/part.tex").expect("the file itself");
    assert_eq!(part.bytes.as_slice(), PART_FIXED, "{}", run.out);
    assert!(!read.files.iter().any(|f| f.name == "out.txt"));
}

#[test]
fn a_name_must_promise_what_is_written() {
    let folder = folder("names", "p/", &files());
    for name in ["new.tar.gz", "new.pdf", "p/a/b"] {
        let run = dlde(&folder, &["fix", "p", "-o", name]);
        assert!(run.code == Some(2) && !folder.join(name).exists(), "{}{}", run.out, run.err);
    }
    let run = dlde(&folder, &["fix", "p/main.pdf", "-o", "a/b/new.pdf"]);
    assert!(folder.join("a/b/new.pdf").is_file(), "{}", run.err);
    let plain = [("main.tex", b"\\documentclass{article}\n".to_vec())];
    let folder = self::folder("nothing", "p/", &plain);
    let run = dlde(&folder, &["fix", "p", "--diff"]);
    assert_eq!(run.out, "");
    assert!(run.err.starts_with("nothing to change\n"), "{}", run.err);
}

#[test]
fn pictures_and_remarks_lose_what_names_somebody() {
    let exif = b"\xff\xe1\0\x1dhttp://ns.adobe.com/xap/1.0/\0";
    let packet = b"<dc:creator>Mira Quist</dc:creator>";
    let length = (exif.len() - 2 + packet.len()) as u8;
    let jpeg = [b"\xff\xd8", &exif[..3], &[length], &exif[4..], packet, b"\xff\xda\0\x02 pixels"].concat();
    let svg = b"<svg><metadata><dc:creator>Mira Quist</dc:creator></metadata><g/></svg>\n".to_vec();
    let refs = b"% m.quist@larkfield.edu\n@book{a, title = {T}}\n".to_vec();
    let clean = std::fs::read(project().join("samples/clean/paper.pdf")).expect("the clean sample");
    let all = [("paper.pdf", clean), ("a.jpg", jpeg), ("b.svg", svg), ("refs.bib", refs)];
    let folder = folder("pictures", "p/", &all);
    let run = dlde(&folder, &["fix", "p", "-o", "new"]);
    let (before, after) = run.out.split_once("\nafter:").expect("both");
    for place in ["(a.jpg", "(b.svg", "(refs.bib:1:3)"] {
        assert!(before.contains(place) && !after.contains(place), "{place}: {}", run.out);
    }
    let now = |name: &str| std::fs::read(folder.join("new").join(name)).expect("written");
    assert_eq!(now("a.jpg"), b"\xff\xd8\xff\xda\0\x02 pixels");
    assert_eq!(now("b.svg"), b"<svg><g/></svg>\n");
    assert_eq!(now("refs.bib"), b"% \n@book{a, title = {T}}\n");
}

#[test]
fn a_source_that_is_no_text_is_listed_and_passes_nothing() {
    let mut all = files();
    all.push(("garbled.tex", b"\x00\x01\x02 % m".to_vec()));
    let folder = folder("garbled", "p/", &all);
    let run = dlde(&folder, &["check", "p", "--select", "CITE002,ANON076"]);
    assert!(run.out.contains("garbled.tex: not checked: it is named as a source"), "{}", run.out);
    assert!(run.out.contains("garbled.tex is no text that LaTeX reads"), "{}", run.out);
}

#[test]
fn an_archive_within_is_named_as_left_as_it_is() {
    let inner = dlde::submission::pack([("a.tex", &b"% m.quist@larkfield.edu\n"[..])]).expect("packed");
    let mut all = files();
    all.push(("code.zip", inner.clone()));
    let folder = folder("inner", "p/", &all);
    let run = dlde(&folder, &["fix", "p", "-o", "new"]);
    assert!(run.out.contains("left as they are:\n  code.zip: is an archive"), "{}", run.out);
    assert_eq!(std::fs::read(folder.join("new/code.zip")).ok(), Some(inner));
}

#[test]
fn files_are_changed_in_place_only_where_git_keeps_them() {
    if !is_there("git", "git") {
        return;
    }
    let folder = folder("in_place", "p/", &files());
    let fix = || dlde(&folder, &["fix", "p", "--in-place"]);
    git(&folder, &["init", "-q"]);
    let refused = fix();
    assert!(refused.code == Some(2) && refused.err.contains("not committed"), "{}", refused.err);
    std::fs::write(folder.join("p/.gitignore"), "*.aux\nplot.pdf\nlist.txt\n").expect("written");
    std::fs::write(folder.join("p/list.txt"), "m.quist@larkfield.edu\n").expect("written");
    #[cfg(unix)]
    std::os::unix::fs::symlink("main.tex", folder.join("p/linked.tex")).expect("linked");
    git(&folder, &["add", "."]);
    git(&folder, &["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "x"]);
    let run = fix();
    assert!(run.out.starts_with("p was changed in place\n"), "{}{}", run.out, run.err);
    let now = |name: &str| std::fs::read(folder.join("p").join(name)).ok();
    assert_eq!(now("main.tex").as_deref(), Some(MAIN_FIXED.as_bytes()));
    assert_eq!(now("notes/.DS_Store"), None);
    // A link is not followed, and stays: the sources may need it.
    assert_eq!(folder.join("p/linked.tex").is_symlink(), cfg!(unix));
    // What git does not keep could not be had again.
    assert_eq!(now("main.aux").as_deref(), Some(&b"\\relax"[..]));
    assert!(now("plot.pdf").is_some_and(|bytes| holds(&bytes, b"Quist")));
    let (done, left) = run.out.split_once("\nafter:").expect("both");
    for line in
        ["removed:\n  notes/.DS_Store: ", "  main.aux: git does not keep it", "  plot.pdf: git does not"]
    {
        assert!(done.contains(line), "{}", run.out);
    }
    assert!(!cfg!(unix) || done.contains("  linked.tex: is a link"), "{}", run.out);
    // What is still there is still found.
    assert!(left.contains("left to you") && left.contains("(list.txt:1:1)"), "{}", run.out);
    assert!(fix().err.contains("not committed"), "it has just been changed");
}

#[test]
fn without_git_nothing_is_changed_in_place() {
    let folder = folder("no_git", "p/", &files());
    let run = run_without_programs(&folder, &["fix", "p", "--in-place"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("git, which is not") || run.err.contains("without git"), "{}", run.err);
    assert_eq!(std::fs::read(folder.join("p/main.tex")).ok().as_deref(), Some(MAIN.as_bytes()));
}

#[test]
fn what_is_not_known_as_a_whole_is_not_fixed() {
    let folder = folder("broken", "", &[("all.zip", b"PK\x03\x04 and nothing".to_vec())]);
    let run = dlde(&folder, &["fix", "all.zip", "-o", "new.zip"]);
    assert_eq!(run.code, Some(2), "{}", run.out);
    assert!(run.err.contains("nothing was written") && !folder.join("new.zip").exists(), "{}", run.err);
}

fn run_without_programs(directory: &Path, args: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dlde"));
    let done = command.args(args).current_dir(directory).env("PATH", directory).env("NO_COLOR", "1");
    let done = done.output().expect("the program starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Run { code: done.status.code(), out: text(&done.stdout), err: text(&done.stderr) }
}

fn git(directory: &Path, args: &[&str]) {
    let mut command = Command::new("git");
    let status = command.arg("-C").arg(directory).args(args).stdout(Stdio::null()).status();
    assert!(status.is_ok_and(|status| status.success()), "git {args:?}");
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

fn folder(name: &str, prefix: &str, files: &[(&str, Vec<u8>)]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("trees").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    for (path, bytes) in files {
        let path = folder.join(format!("{prefix}{path}"));
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        std::fs::write(path, bytes).expect("written");
    }
    folder
}
