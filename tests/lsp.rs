//! `dlde lsp`, as an editor speaks to it: real messages over pipes to the built program.
#![expect(clippy::disallowed_methods, reason = "these tests run the program and write sources")]

use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use tempfile::TempDir;

/// A source with a comment that names somebody, behind letters outside of ASCII and of the first plane.
const LEAKING: &str = "\\documentclass{article}\n\\usepackage{dlde_neurips_2023}\n\\begin{document}\n\
Größe 𝔘. % Ada Velm <ada.velm@lanternfield.edu>: check this\n\\end{document}\n";

/// An editor with one project.
struct Editor {
    folder: TempDir,
    program: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    last: i32,
}

impl Editor {
    /// Starts the program; nothing is said yet.
    fn silent() -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_dlde"))
            .args(["lsp", "--stdio"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let input = program.stdin.take();
        let output = BufReader::new(program.stdout.take().expect("its output"));
        Self { folder: tempfile::tempdir().expect("a folder"), program, input, output, last: 0 }
    }

    /// Starts the program and greets it.
    fn open() -> Self {
        let mut editor = Self::silent();
        let root = editor.uri("");
        let folders = json!([{ "uri": root.trim_end_matches('/'), "name": "paper" }]);
        let params = json!({ "processId": null, "capabilities": {}, "workspaceFolders": folders });
        let about = editor.ask("initialize", params);
        assert_eq!(about["result"]["capabilities"]["positionEncoding"], "utf-16");
        editor.tell("initialized", json!({}));
        editor
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().canonicalize().expect("a folder").join(name)
    }

    fn uri(&self, name: &str) -> String {
        format!("file://{}", self.path(name).display())
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("a file");
    }

    fn send(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("an open pipe");
        input.write_all(bytes).and_then(|()| input.flush()).expect("the program listens");
    }

    fn say(&mut self, message: &Value) {
        let text = message.to_string();
        self.send(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    #[expect(clippy::needless_pass_by_value, reason = "so that it is written where it is sent")]
    fn tell(&mut self, method: &str, params: Value) {
        self.say(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// The answer to a request; what is told before it is passed over.
    #[expect(clippy::needless_pass_by_value, reason = "so that it is written where it is sent")]
    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.last += 1;
        let id = self.last;
        self.say(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let heard = self.hear();
            if heard["id"] == id {
                return heard;
            }
        }
    }

    fn hear(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).expect("a header") > 0, "the program has ended");
            match line.trim().strip_prefix("Content-Length: ") {
                Some(number) => length = number.parse().expect("a length"),
                None => break,
            }
        }
        let mut text = vec![0; length];
        self.output.read_exact(&mut text).expect("a message");
        serde_json::from_slice(&text).expect("JSON")
    }

    /// What is shown of a file next.
    fn shown(&mut self, name: &str) -> Vec<Value> {
        let uri = self.uri(name);
        loop {
            let heard = self.hear();
            if heard["method"] == "textDocument/publishDiagnostics" && heard["params"]["uri"] == uri.as_str()
            {
                return heard["params"]["diagnostics"].as_array().expect("diagnostics").clone();
            }
        }
    }

    fn open_file(&mut self, name: &str) -> Vec<Value> {
        let text = std::fs::read_to_string(self.path(name)).expect("a text");
        let file = json!({ "uri": self.uri(name), "languageId": "latex", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": file }));
        self.shown(name)
    }

    /// The text as it is typed, and perhaps not yet saved.
    fn change(&mut self, name: &str, text: &str) {
        let file = json!({ "uri": self.uri(name), "version": 2 });
        self.tell(
            "textDocument/didChange",
            json!({ "textDocument": file, "contentChanges": [{ "text": text }] }),
        );
    }

    fn save(&mut self, name: &str, text: &str) -> Vec<Value> {
        self.write(name, text);
        self.change(name, text);
        self.tell("textDocument/didSave", json!({ "textDocument": { "uri": self.uri(name) } }));
        self.shown(name)
    }

    fn actions(&mut self, name: &str, found: &Value) -> Vec<Value> {
        let context = json!({ "diagnostics": [found] });
        let params =
            json!({ "textDocument": { "uri": self.uri(name) }, "range": found["range"], "context": context });
        let answer = self.ask("textDocument/codeAction", params);
        answer["result"].as_array().unwrap_or_else(|| panic!("{answer}")).clone()
    }

    /// Ends as an editor does; the exit code.
    fn end(mut self) -> Option<i32> {
        let answer = self.ask("shutdown", Value::Null);
        assert_eq!(answer.get("result"), Some(&Value::Null));
        assert_eq!(self.ask("textDocument/hover", json!({}))["error"]["code"], -32600);
        self.tell("exit", Value::Null);
        self.program.wait().expect("it ends").code()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.program.wait();
    }
}

/// What is found on a line of the source itself, counted from 0.
fn on_line(found: &[Value], line: u32) -> &Value {
    let here = |found: &&Value| found["range"]["start"]["line"] == line && found["code"].is_string();
    found.iter().find(here).unwrap_or_else(|| panic!("nothing is found on line {line}: {found:#?}"))
}

/// A text after the edits of an action to one file.
fn applied(text: &str, action: &Value, uri: &str) -> String {
    let mut edits = action["edit"]["changes"][uri].as_array().expect("edits").clone();
    edits.sort_by_key(|edit| std::cmp::Reverse(offset(text, &edit["range"]["start"])));
    edits.iter().fold(text.to_owned(), |done, edit| {
        let (start, end) = (offset(text, &edit["range"]["start"]), offset(text, &edit["range"]["end"]));
        format!("{}{}{}", &done[..start], edit["newText"].as_str().expect("a text"), &done[end..])
    })
}

/// The byte at a position in lines and units of UTF-16.
fn offset(text: &str, position: &Value) -> usize {
    let number = |key: &str| position[key].as_u64().expect("a number") as usize;
    let start: usize = text.split_inclusive('\n').take(number("line")).map(str::len).sum();
    let mut units = 0;
    let before = |letter: &(usize, char)| {
        let is_before = units < number("character");
        units += letter.1.len_utf16();
        is_before
    };
    start
        + text[start..].char_indices().take_while(before).map(|(_, letter)| letter.len_utf8()).sum::<usize>()
}

#[test]
fn a_fix_that_is_applied_and_saved_mends_what_was_found() {
    let mut editor = Editor::open();
    editor.write("main.tex", LEAKING);
    let found = editor.open_file("main.tex");
    let leak = on_line(&found, 3).clone();
    let seen = &LEAKING[offset(LEAKING, &leak["range"]["start"])..offset(LEAKING, &leak["range"]["end"])];
    assert!(seen.contains("Velm") || seen.contains("lanternfield"), "{seen:?} of {leak}");
    assert!(leak["codeDescription"]["href"].as_str().expect("a link").contains("rules/README.md#"), "{leak}");
    assert!((1..=3).contains(&leak["severity"].as_u64().expect("a severity")), "{leak}");
    let uri = editor.uri("main.tex");
    let actions = editor.actions("main.tex", &leak);
    let fix = actions.iter().find(|action| action["kind"] == "quickfix").expect("a fix");
    assert_eq!(fix["diagnostics"][0]["code"], leak["code"]);
    let mended = applied(LEAKING, fix, &uri);
    assert!(mended.contains("Größe 𝔘.") && !mended.contains("Velm"), "{mended}");
    let left = editor.save("main.tex", &mended);
    assert!(left.iter().all(|found| found["range"]["start"]["line"] != 3), "{left:#?}");
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn all_of_a_file_is_fixed_at_once_and_a_text_that_is_not_saved_is_not_cut() {
    let mut editor = Editor::open();
    editor.write("main.tex", LEAKING);
    let leak = on_line(&editor.open_file("main.tex"), 3).clone();
    let uri = editor.uri("main.tex");
    let actions = editor.actions("main.tex", &leak);
    let all = actions.iter().find(|action| action["kind"] == "source.fixAll").expect("a fix of all");
    assert!(!applied(LEAKING, all, &uri).contains("Velm"));
    editor.change("main.tex", &format!("x{LEAKING}"));
    assert_eq!(editor.actions("main.tex", &leak), Vec::<Value>::new());
}

#[test]
fn a_part_belongs_to_the_paper_above_it_and_what_is_mended_is_cleared() {
    let mut editor = Editor::open();
    std::fs::create_dir(editor.path("parts")).expect("a folder");
    editor.write(
        "main.tex",
        &LEAKING.replace("Größe 𝔘. % Ada Velm <ada.velm@lanternfield.edu>: check this", "\\input{parts/one}"),
    );
    editor.write("parts/one.tex", "Words.\n% Ada Velm <ada.velm@lanternfield.edu>\n");
    let found = editor.open_file("parts/one.tex");
    on_line(&found, 1);
    let shown = editor.save("parts/one.tex", "Words.\n");
    assert_eq!(shown, Vec::<Value>::new(), "an empty list takes away what was shown");
}

#[test]
fn what_the_pdf_shows_stands_at_the_top_of_the_main_source() {
    let mut editor = Editor::open();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/over-length/paper.pdf");
    editor.write("main.tex", &LEAKING.replace(" % Ada Velm <ada.velm@lanternfield.edu>: check this", ""));
    std::fs::copy(sample, editor.path("main.pdf")).expect("a PDF");
    let found = editor.open_file("main.tex");
    let long = found.iter().find(|found| found["code"] == "PAGE001").unwrap_or_else(|| panic!("{found:#?}"));
    assert_eq!((&long["severity"], &long["range"]["end"]["line"]), (&json!(1), &json!(0)));
    let message = long["message"].as_str().expect("words");
    assert!(
        message.starts_with("page-limit-exceeded: main.pdf, page 5: ") && message.contains("help: "),
        "{message}"
    );
    let at = json!({ "line": 0, "character": 0 });
    let params = json!({ "textDocument": { "uri": editor.uri("main.tex") }, "position": at });
    let docs = editor.ask("textDocument/hover", params)["result"]["contents"]["value"].to_string();
    assert!(docs.contains("page-limit-exceeded (PAGE001)") && docs.contains("What to do"), "{docs}");
}

#[test]
fn a_source_of_no_paper_is_looked_at_alone() {
    let mut editor = Editor::open();
    editor.write("fragment.tex", "\\section{Words} % Ada Velm <ada.velm@lanternfield.edu>\n");
    editor.write("notes.txt", "Ada Velm <ada.velm@lanternfield.edu>");
    on_line(&editor.open_file("fragment.tex"), 0);
    editor.say(&json!({ "jsonrpc": "2.0", "id": 99, "method": "shutdown" }));
    let heard: Vec<Value> =
        std::iter::from_fn(|| Some(editor.hear())).take_while(|heard| heard["id"] != 99).collect();
    assert!(!heard.iter().any(|heard| heard.to_string().contains("notes.txt")), "{heard:?}");
    editor.tell("exit", Value::Null);
}

#[test]
fn without_a_pdf_what_rests_on_it_is_left_open_and_not_passed() {
    let mut editor = Editor::open();
    editor.write("main.tex", LEAKING);
    let found = editor.open_file("main.tex");
    let open = found.iter().filter(|found| {
        found["message"].as_str().is_some_and(|words| words.starts_with("could not be determined: "))
    });
    assert!(open.clone().any(|found| found["message"].to_string().contains("PAGE001")), "{found:#?}");
    assert!(open.clone().all(|found| found["severity"] != 1), "what is open is no error");
}

#[test]
fn broken_settings_are_shown_and_end_nothing() {
    let mut editor = Editor::open();
    editor.write("main.tex", LEAKING);
    editor.write("dlde.toml", "venue = 'no-such-venue'");
    let found = editor.open_file("main.tex");
    assert!(
        found[0]["message"].as_str().is_some_and(|words| words.starts_with("could not be checked: ")),
        "{found:?}"
    );
    std::fs::remove_file(editor.path("dlde.toml")).expect("it was there");
    on_line(&editor.save("main.tex", LEAKING), 3);
}

#[test]
fn what_is_no_message_is_refused_and_ends_nothing() {
    let mut editor = Editor::silent();
    assert_eq!(editor.ask("textDocument/hover", json!({}))["error"]["code"], -32002);
    editor.send(b"nonsense\r\n\r\nContent-Length: 4\r\n\r\n{[}]");
    assert_eq!(editor.hear()["error"]["code"], -32700);
    editor.send(b"Content-Length: many\r\n\r\n");
    assert_eq!(editor.hear()["error"]["code"], -32700);
    editor.say(&json!([1, 2]));
    assert_eq!(editor.hear()["error"]["code"], -32600);
    editor.say(&json!({ "jsonrpc": "2.0", "id": 7, "method": 5 }));
    assert_eq!(editor.hear()["error"]["code"], -32600);
    let greeting = editor.ask("initialize", json!({ "capabilities": {} }));
    assert_eq!(greeting["result"]["serverInfo"]["name"], "dlde");
    assert_eq!(editor.ask("textDocument/rename", json!({}))["error"]["code"], -32601);
    assert_eq!(editor.ask("textDocument/codeAction", json!({ "range": 1 }))["error"]["code"], -32602);
    editor.tell("textDocument/didOpen", json!({ "textDocument": 5 }));
    editor.tell("no/such/thing", json!({}));
    editor.tell("textDocument/didSave", json!({ "textDocument": { "uri": "untitled:1" } }));
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn an_editor_that_goes_without_a_word_is_told_by_the_exit_code() {
    let mut editor = Editor::open();
    editor.tell("exit", Value::Null);
    assert_eq!(editor.program.wait().expect("it ends").code(), Some(1));
    let mut editor = Editor::open();
    drop(editor.input.take());
    assert_eq!(editor.program.wait().expect("it ends").code(), Some(1));
}
