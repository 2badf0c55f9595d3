//! `dlde check --compile`: sources without a PDF are built and checked, and can do nothing else.
#![expect(clippy::disallowed_methods, reason = "these tests write what they build, and run the program")]

mod support {
    pub(crate) mod latex;
    pub(crate) mod program;
    pub(crate) mod tool;
}

use std::path::{Path, PathBuf};
use std::process::Command;
use support::latex::latex_finds;
use support::program::dlde;

const NEEDED: [&str; 4] = ["natbib.sty", "lineno.sty", "hyperref.sty", "microtype.sty"];

#[test]
fn a_new_project_is_built_and_passes() {
    if !latex_finds(&NEEDED) {
        return;
    }
    let folder = folder("project");
    assert_eq!(dlde(&folder, &["new", "p"]).code, Some(0));
    let without = dlde(&folder, &["check", "p"]);
    assert_eq!(without.code, Some(3), "{}", without.out);
    let run = dlde(&folder, &["check", "p", "--compile", "--format", "json"]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    let report: serde_json::Value = serde_json::from_str(&run.out).expect("a report");
    assert_eq!(
        (report["verdict"].as_str(), report["paper"]["style"]["id"].as_str()),
        (Some("pass"), Some("dlde_neurips_2023"))
    );
    assert!(!folder.join("p/main.pdf").exists(), "nothing is written where the sources are");
}

#[test]
fn fixed_sources_make_the_same_pages() {
    if !latex_finds(&NEEDED) {
        return;
    }
    let folder = folder("fixed");
    assert_eq!(dlde(&folder, &["new", "p"]).code, Some(0));
    let main = std::fs::read_to_string(folder.join("p/main.tex")).expect("the project");
    let (preamble, body) = main.split_once("\\begin{document}").expect("a document");
    // The end of a line stays out where a comment stands at it, with its words and without them.
    let named = body
        .replace(".\n", ".% m.quist@larkfield.edu\n")
        .replace("\\section", "% ERC grant no. A123456\n\\section");
    let preamble = format!("{preamble}\\author{{Mira Quist}}\n\\hypersetup{{pdfauthor={{Mira Quist}}}}\n");
    let named = format!("\\iffalse m.quist@larkfield.edu\n\\fi{named}\nm.quist@larkfield.edu\n");
    write(&folder, "p/main.tex", &format!("{preamble}\\begin{{document}}{named}"));
    let fixed = dlde(&folder, &["fix", "p", "-o", "q"]);
    assert!(fixed.out.contains("main.tex: comments: "), "{}{}", fixed.out, fixed.err);
    let paper = |name: &str| {
        let run = dlde(&folder, &["check", name, "--compile", "--format", "json"]);
        let report: serde_json::Value = serde_json::from_str(&run.out).expect("a report");
        assert!(report["paper"]["pages"].is_u64(), "{}", run.err);
        report["paper"].clone()
    };
    assert_eq!(paper("p"), paper("q"));
    let fixed = dlde(&folder, &["fix", "p", "-o", "r", "--unsafe"]);
    let done = ["inactive passages: 2", "authors that the style does not print: 1", "options of the PDF: 1"];
    assert!(done.iter().all(|words| fixed.out.contains(words)), "{}", fixed.out);
    let text = std::fs::read_to_string(folder.join("r/main.tex")).expect("written");
    assert!(!text.contains("Quist") && !text.contains("m.quist"), "{text}");
    let (was, is) = (paper("p"), paper("r"));
    assert_eq!(
        (&was["main_text"], &was["parts"], &was["pages"]),
        (&is["main_text"], &is["parts"], &is["pages"])
    );
}

#[test]
fn an_error_of_latex_leaves_the_paper_open_and_is_told_with_its_line() {
    if !latex_finds(&[]) {
        return;
    }
    let folder = folder("broken");
    write(
        &folder,
        "p/main.tex",
        "\\documentclass{article}\n\\begin{document}\nWords \\nosuchcommand\n\\end{document}\n",
    );
    let run = dlde(&folder, &["check", "p", "--compile", "--select", "PAGE001"]);
    assert_eq!(run.code, Some(3), "{}", run.out);
    assert!(
        run.err.contains("main.tex could not be built: Undefined control sequence. (line 3)"),
        "{}",
        run.err
    );
}

#[test]
fn sources_run_nothing_and_read_and_write_below_their_folder_alone() {
    if !latex_finds(&[]) {
        return;
    }
    let folder = folder("hostile");
    let (secret, target) = (folder.join("secret.txt"), folder.join("written.txt"));
    std::fs::write(&secret, "Verysecretword\n").expect("written");
    let text = format!(
        "%&latex -shell-escape\n\\documentclass{{article}}\\newread\\r\\newwrite\\w\\begin{{document}}Words\n\
         \\immediate\\write18{{touch {0}}}\\openin\\r={1} \\ifeof\\r Closed\\else\\read\\r to\\x\\x\\fi\n\
         \\end{{document}}\n",
        target.display(),
        secret.display()
    );
    write(&folder, "p/main.tex", &text);
    write(&folder, "p/.latexmkrc", &format!("system('touch {}');", target.display()));
    let run = dlde(&folder, &["check", "p", "--compile", "--format", "json"]);
    assert!(!run.out.contains("Verysecret"), "{}", run.out);
    let report: serde_json::Value = serde_json::from_str(&run.out).expect("a report");
    assert_eq!(report["paper"]["pages"], 1, "it is built: {}", run.err);
    let text = text.replace(
        "\\end{document}",
        &format!("\\immediate\\openout\\w={} \\end{{document}}", target.display()),
    );
    write(&folder, "p/main.tex", &text);
    dlde(&folder, &["check", "p", "--compile"]);
    assert!(!target.exists());
}

#[test]
fn a_source_that_is_named_brings_what_it_reaches_and_nothing_else() {
    let folder = folder("reached");
    let main = "\\documentclass{article}\\usepackage{local}\\begin{document}\\input{parts/one}\\own\\cite{a}\\input{../outside}\n\\bibliographystyle{plain}\\bibliography{refs}\\end{document}\n";
    write(&folder, "p/main.tex", main);
    write(&folder, "p/local.sty", "\\newcommand{\\own}{Own words}\n");
    write(&folder, "p/parts/one.tex", "One. \\input{parts/two} % m.quist@larkfield.edu\n");
    write(&folder, "p/parts/two.tex", "Two. % ERC grant no. A123456\n");
    write(&folder, "p/refs.bib", "@book{a, title={T}, author={A. Orr}, year=2020, publisher={P}}\n");
    write(&folder, "p/draft.tex", "% jon.vale@larkfield.edu\n");
    write(&folder, "outside.tex", "% lena.orr@larkfield.edu\n");
    let report = |args: &[&str]| {
        let run = dlde(&folder, &[&["check", "p/main.tex", "--format", "json"], args].concat());
        serde_json::from_str::<serde_json::Value>(&run.out).expect("a report")
    };
    let told = report(&[]).to_string();
    for (words, is_told) in [("m.quist", true), ("A123456", true), ("jon.vale", false), ("lena.orr", false)] {
        assert_eq!(told.contains(words), is_told, "{words}: {told}");
    }
    assert!(told.contains("../outside"), "it is told as missing: {told}");
    if latex_finds(&[]) {
        write(&folder, "p/main.tex", &main.replace("\\input{../outside}", ""));
        assert_eq!(report(&["--compile"])["paper"]["pages"], 1);
        assert!(!folder.join("p/main.pdf").exists());
    }
}

#[cfg(unix)]
#[test]
fn a_source_that_is_named_reaches_through_no_link() {
    let folder = folder("linked");
    write(
        &folder,
        "p/main.tex",
        "\\documentclass{article}\\begin{document}\\input{l/a}\\input{b}\\input{main}\\end{document}",
    );
    write(&folder, "elsewhere/a.tex", "% m.quist@larkfield.edu\n");
    std::os::unix::fs::symlink("../elsewhere", folder.join("p/l")).expect("linked");
    std::os::unix::fs::symlink("../elsewhere/a.tex", folder.join("p/b.tex")).expect("linked");
    let run = dlde(&folder, &["check", "p/main.tex"]);
    assert!(!run.out.contains("m.quist"), "{}", run.out);
    assert!(run.out.contains("is a link, which is not followed"), "{}", run.out);
}

#[test]
fn without_tex_the_paper_stays_open() {
    let folder = folder("no_tex");
    write(&folder, "p/main.tex", "\\documentclass{article}\\begin{document}Words\\end{document}");
    let mut command = Command::new(env!("CARGO_BIN_EXE_dlde"));
    command
        .args(["check", "p", "--compile", "--select", "PAGE001"])
        .current_dir(&folder)
        .env("PATH", &folder);
    let run = command.output().expect("the program starts");
    assert_eq!(run.status.code(), Some(3));
    let told = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(told.contains("pdflatex is not installed"), "{told}");
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("created");
    std::fs::write(path, text).expect("written");
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("compile").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("created");
    folder
}
