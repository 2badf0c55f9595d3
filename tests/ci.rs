//! The action, the hook and the snippets of `docs/ci.md`: their shell steps are run with the built program.
#![expect(clippy::disallowed_methods, reason = "these tests run shell steps in folders of their own")]
#![cfg(unix)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;
use yaml_rust2::{Yaml, YamlLoader};

fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    std::fs::read_to_string(project().join(name)).expect("a file of the project")
}

fn yaml(text: &str) -> Yaml {
    YamlLoader::load_from_str(text).expect("YAML").remove(0)
}

/// The blocks of code of a page in one language.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let page = read(page);
    let blocks = page.split("```").skip(1).step_by(2);
    blocks.filter_map(|block| Some(block.strip_prefix(language)?.strip_prefix('\n')?.to_owned())).collect()
}

/// A folder with the paper of a sample.
fn workspace(sample: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("paper")).expect("a folder");
    let from = project().join(format!("samples/{sample}/paper.pdf"));
    std::fs::copy(from, folder.path().join("paper/paper.pdf")).expect("a paper");
    folder
}

/// Bash as a pipeline runs it, with the built program on the path.
fn shell(folder: &Path, script: &str, variables: &[(String, String)]) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_dlde")).parent().expect("its folder").to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths([program].into_iter().chain(std::env::split_paths(&path)));
    Command::new("bash")
        .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
        .current_dir(folder)
        .env("PATH", path.expect("a path"))
        .env_remove("GITHUB_ACTIONS")
        .envs(variables.iter().cloned())
        .output()
        .expect("bash runs")
}

/// What the action did.
struct Job {
    code: Option<i32>,
    log: String,
    summary: String,
    outputs: Vec<(String, String)>,
    folder: TempDir,
}

impl Job {
    /// Runs every step of the action with these inputs, the others as they are by default.
    fn run(folder: TempDir, inputs: &[(&str, &str)]) -> Self {
        let action = yaml(&read("action.yml"));
        let file = |name: &str| folder.path().join(name).display().to_string();
        let mut log = String::new();
        let mut code = Some(0);
        for step in action["runs"]["steps"].as_vec().expect("steps") {
            assert_eq!(step["shell"].as_str(), Some("bash"));
            let mut variables: Vec<(String, String)> = step["env"]
                .as_hash()
                .expect("variables")
                .iter()
                .map(|(name, value)| {
                    let value = value.as_str().expect("a text");
                    (name.as_str().expect("a name").to_owned(), expanded(&action, value, inputs))
                })
                .collect();
            variables.push(("GITHUB_OUTPUT".to_owned(), file("outputs")));
            variables.push(("GITHUB_STEP_SUMMARY".to_owned(), file("summary")));
            variables.push(("RUNNER_TEMP".to_owned(), folder.path().display().to_string()));
            let done = shell(folder.path(), step["run"].as_str().expect("a script"), &variables);
            log += &String::from_utf8_lossy(&done.stdout);
            log += &String::from_utf8_lossy(&done.stderr);
            code = done.status.code();
            if code != Some(0) {
                break;
            }
        }
        let written = |name| std::fs::read_to_string(folder.path().join(name)).unwrap_or_default();
        let pair = |line: &str| line.split_once('=').map(|(key, value)| (key.to_owned(), value.to_owned()));
        let outputs = written("outputs").lines().filter_map(pair).collect();
        Self { code, log, summary: written("summary"), outputs, folder }
    }

    fn output(&self, name: &str) -> &str {
        self.outputs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }
}

/// An expression of the action's as the runner gives it to a step.
fn expanded(action: &Yaml, value: &str, inputs: &[(&str, &str)]) -> String {
    let word = value.trim_start_matches("${{").trim_end_matches("}}").trim();
    let Some(name) = word.strip_prefix("inputs.") else {
        assert_eq!(word, "github.action_path");
        return project().display().to_string();
    };
    let declared = &action["inputs"][name];
    assert!(declared["description"].as_str().is_some(), "{name} is declared");
    let given = inputs.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
    given.or(declared["default"].as_str()).expect("a default").to_owned()
}

#[test]
fn the_action_tells_each_answer_and_keeps_the_report() {
    for (sample, code, verdict) in [("clean", 0, "pass"), ("over-length", 1, "fail")] {
        let job = Job::run(workspace(sample), &[("path", "paper/paper.pdf")]);
        assert_eq!((job.code, job.output("verdict")), (Some(code), verdict), "{}", job.log);
        let report = std::fs::read_to_string(job.output("report")).expect("a report");
        assert!(report.starts_with("<!"), "it is a page");
        let sarif = std::fs::read_to_string(job.output("sarif")).expect("findings");
        let sarif: serde_json::Value = serde_json::from_str(&sarif).expect("JSON");
        assert_eq!(sarif["runs"][0]["properties"]["verdict"], verdict);
        assert!(!job.summary.is_empty() && job.log.contains("dlde checked"), "{}", job.log);
        assert_eq!(job.log.contains("::error "), verdict == "fail", "{}", job.log);
    }
}

#[test]
fn what_is_undetermined_fails_the_job_and_is_no_pass() {
    let folder = workspace("clean");
    std::fs::write(folder.path().join("paper/paper.pdf"), "no paper").expect("a file");
    let job = Job::run(folder, &[("path", "paper/paper.pdf"), ("format", "json")]);
    assert_eq!((job.code, job.output("verdict")), (Some(3), "undetermined"), "{}", job.log);
    assert!(job.output("report").ends_with("report.json"));
}

#[test]
fn a_paper_that_is_not_there_gives_no_verdict() {
    let job = Job::run(workspace("clean"), &[("path", "nothing.pdf")]);
    assert_eq!((job.code, job.output("verdict"), job.output("sarif")), (Some(2), "", ""), "{}", job.log);
    assert!(job.log.contains("::error title=dlde::nothing was checked"), "{}", job.log);
}

#[test]
fn inputs_are_words_and_never_commands() {
    let folder = workspace("clean");
    let path = "paper/$(touch broken) `touch broken`; touch broken";
    let job = Job::run(folder, &[("path", path), ("venue", "dlde-2023 --fail-on never")]);
    assert_eq!(job.code, Some(2), "{}", job.log);
    assert!(!job.folder.path().join("broken").exists());
    for step in yaml(&read("action.yml"))["runs"]["steps"].as_vec().expect("steps") {
        assert!(!step["run"].as_str().expect("a script").contains("${{"), "inputs come as variables");
    }
}

#[test]
fn venue_stage_and_level_are_heard() {
    let inputs = [("path", "paper"), ("venue", "dlde-2023"), ("stage", "camera-ready"), ("fail-on", "never")];
    let job = Job::run(workspace("final"), &inputs);
    assert_eq!(job.code, Some(0), "{}", job.log);
    let job = Job::run(workspace("over-length"), &[("path", "paper"), ("fail-on", "never")]);
    assert_eq!((job.code, job.output("verdict")), (Some(0), "fail"), "{}", job.log);
}

#[test]
fn the_action_declares_what_the_page_says() {
    let action = yaml(&read("action.yml"));
    let page = read("docs/ci.md");
    for table in ["inputs", "outputs"] {
        for name in action[table].as_hash().expect("a table").keys() {
            let name = name.as_str().expect("a name");
            assert!(page.contains(&format!("`{name}`")), "docs/ci.md does not tell of {name}");
        }
    }
    let job = blocks("docs/ci.md", "yaml").iter().map(|b| yaml(b)).find(|b| b["jobs"].as_hash().is_some());
    let steps = job.expect("a job")["jobs"]["dlde"]["steps"].clone();
    let with = steps.as_vec().and_then(|steps| steps.iter().find(|step| step["id"].as_str() == Some("dlde")));
    let with = with.expect("the step")["with"].clone();
    let known = |name: &Yaml| action["inputs"][name.as_str().unwrap_or_default()].as_hash().is_some();
    assert!(with.as_hash().expect("inputs").keys().all(known));
}

#[test]
fn the_hook_stops_a_commit_of_a_paper_that_would_be_turned_away() {
    let hooks = yaml(&read(".pre-commit-hooks.yaml"));
    let hook = &hooks[0];
    assert_eq!((hook["id"].as_str(), hook["language"].as_str()), (Some("dlde"), Some("rust")));
    assert_eq!(hook["pass_filenames"].as_bool(), Some(false));
    let files = regex::Regex::new(hook["files"].as_str().expect("a pattern")).expect("a sound pattern");
    assert!(files.is_match("paper/main.tex") && files.is_match("a.pdf") && !files.is_match("run.py"));
    let args: Vec<_> = hook["args"].as_vec().expect("words").iter().filter_map(Yaml::as_str).collect();
    let line = format!("{} {}", hook["entry"].as_str().expect("a command"), args.join(" "));
    for (sample, code) in [("clean", 0), ("over-length", 1)] {
        let done = shell(&workspace(sample).path().join("paper"), &line, &[]);
        assert_eq!(done.status.code(), Some(code), "{}", String::from_utf8_lossy(&done.stdout));
    }
}

#[test]
fn the_snippet_for_gitlab_writes_what_it_keeps() {
    let all = blocks("docs/ci.md", "yaml");
    let job = all.iter().map(|block| yaml(block)).find(|job| job["dlde"]["script"].as_vec().is_some());
    let job = job.expect("a job")["dlde"].clone();
    let script: Vec<_> = job["script"].as_vec().expect("steps").iter().filter_map(Yaml::as_str).collect();
    let kept = job["artifacts"]["reports"]["junit"].as_str().expect("a file").to_owned();
    for (sample, code) in [("clean", 0), ("over-length", 1)] {
        let folder = workspace(sample);
        let done = shell(folder.path(), &script.join("\n"), &[]);
        assert_eq!(done.status.code(), Some(code), "{}", String::from_utf8_lossy(&done.stderr));
        let report = std::fs::read_to_string(folder.path().join(&kept)).expect("a report");
        let report = roxmltree::Document::parse(&report).expect("XML");
        let fails = report.descendants().any(|node| node.has_tag_name("failure"));
        assert_eq!(fails, code == 1, "{sample}");
    }
}

#[test]
fn latexmk_goes_on_whatever_is_found() {
    let hook = blocks("docs/ci.md", "perl").remove(0);
    let command = hook.split('\'').nth(1).expect("a command in quotes").replace("%D", "paper/paper.pdf");
    let done = shell(workspace("over-length").path(), &command, &[]);
    assert_eq!(done.status.code(), Some(0));
    let told = String::from_utf8_lossy(&done.stdout);
    assert!(told.contains("page-limit-exceeded (PAGE001)"), "{told}");
}
