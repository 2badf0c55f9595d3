//! `dlde lsp`: what is found, in the editor, on opening and on saving. It speaks the Language Server Protocol 3.17 over
//! standard input and output, one message after the other, and ends when the editor says so.

mod address;
mod project;
mod spoken;
mod wire;

use super::args::{DemandArgs, LspArgs};
use super::exit::Exit;
use super::failure::Failure;
use crate::report::plain;
use lsp_server::{ErrorCode, Message, Notification, Request};
use lsp_types::{
    CodeActionKind, CodeActionParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, HoverParams,
    InitializeParams, PublishDiagnosticsParams, Uri,
};
use project::{Checked, checked, folder_of};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use wire::{Heard, hear, say};

/// Answers an editor until it ends.
///
/// # Errors
/// What standard input or output says.
pub(super) fn run(args: &LspArgs) -> Result<Exit, Failure> {
    let lost = |cause| Failure::Write { path: "standard output".to_owned(), cause };
    let mut input = io::stdin().lock();
    let mut server = Server::new(&args.demands, io::stdout());
    loop {
        match hear(&mut input).map_err(lost)? {
            Heard::Message(message) => {
                if let Some(exit) = server.answer(message).map_err(lost)? {
                    return Ok(exit);
                }
            }
            Heard::Garbage(why) => {
                server.refuse(&Value::Null, ErrorCode::ParseError, why).map_err(lost)?;
            }
            // The editor is gone.
            Heard::End => return Ok(server.exit()),
        }
    }
}

/// How far the conversation is.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Before,
    Open,
    Over,
}

/// What is known of the editor and its files.
struct Server<'a, W: Write> {
    demands: &'a DemandArgs,
    output: W,
    stage: Stage,
    roots: Vec<PathBuf>,
    watches: bool,
    /// Open files: their addresses as the editor writes them, and their texts where they are known.
    open: BTreeMap<PathBuf, (Uri, Option<String>)>,
    /// What was found last, by folder.
    checked: BTreeMap<PathBuf, Checked>,
    /// What is shown, by folder and file.
    shown: BTreeMap<PathBuf, BTreeMap<PathBuf, Vec<lsp_types::Diagnostic>>>,
}

impl<'a, W: Write> Server<'a, W> {
    fn new(demands: &'a DemandArgs, output: W) -> Self {
        Self {
            demands,
            output,
            stage: Stage::Before,
            roots: Vec::new(),
            watches: false,
            open: BTreeMap::new(),
            checked: BTreeMap::new(),
            shown: BTreeMap::new(),
        }
    }

    /// The end, when it is time.
    fn answer(&mut self, message: Value) -> io::Result<Option<Exit>> {
        let id = message.get("id").cloned().unwrap_or_default();
        // An answer may lack nearly everything, and would be read out of anything.
        if !message.is_object() || !message.get("method").is_none_or(Value::is_string) {
            self.refuse(&id, ErrorCode::InvalidRequest, "this is no message of the protocol")?;
            return Ok(None);
        }
        match serde_json::from_value(message) {
            Ok(Message::Request(request)) => self.request(&id, request)?,
            Ok(Message::Notification(told)) if told.method == "exit" => return Ok(Some(self.exit())),
            Ok(Message::Notification(told)) if self.stage == Stage::Open => self.notification(told)?,
            // What is told out of time, and answers to what was asked.
            Ok(Message::Notification(_) | Message::Response(_)) => {}
            Err(_) => self.refuse(&id, ErrorCode::InvalidRequest, "this is no message of the protocol")?,
        }
        Ok(None)
    }

    /// Source: Language Server Protocol 3.17, "Exit Notification": 1 where the editor did not ask to shut down.
    fn exit(&self) -> Exit {
        if self.stage == Stage::Over { Exit::Clean } else { Exit::Findings }
    }

    fn refuse(&mut self, id: &Value, code: ErrorCode, why: &str) -> io::Result<()> {
        let error = json!({ "code": code as i32, "message": why });
        say(&mut self.output, &json!({ "jsonrpc": "2.0", "id": id, "error": error }))
    }

    fn request(&mut self, id: &Value, request: Request) -> io::Result<()> {
        let Request { method, params, .. } = request;
        let result = match (method.as_str(), self.stage) {
            ("initialize", Stage::Before) => read(params).map(|params| self.initialize(&params)),
            (_, Stage::Before) => {
                return self.refuse(id, ErrorCode::ServerNotInitialized, "the first request is `initialize`");
            }
            ("initialize", _) | (_, Stage::Over) => {
                return self.refuse(id, ErrorCode::InvalidRequest, "this is not the time for it");
            }
            ("shutdown", _) => {
                self.stage = Stage::Over;
                Some(Value::Null)
            }
            ("textDocument/codeAction", _) => read(params).map(|params| self.actions(&params)),
            ("textDocument/hover", _) => read(params).map(|params| self.hover(&params)),
            _ => return self.refuse(id, ErrorCode::MethodNotFound, "this is nothing that dlde does"),
        };
        match result {
            Some(result) => say(&mut self.output, &json!({ "jsonrpc": "2.0", "id": id, "result": result })),
            None => self.refuse(id, ErrorCode::InvalidParams, "the parameters are not those of the protocol"),
        }
    }

    fn initialize(&mut self, params: &InitializeParams) -> Value {
        self.stage = Stage::Open;
        let folders = params.workspace_folders.iter().flatten().filter_map(|f| address::path(&f.uri));
        self.roots = folders.collect();
        #[expect(deprecated, reason = "some editors still name one folder only")]
        if self.roots.is_empty() {
            self.roots.extend(params.root_uri.as_ref().and_then(address::path));
        }
        let workspace = params.capabilities.workspace.as_ref();
        let watching = workspace.and_then(|able| able.did_change_watched_files.as_ref());
        self.watches = watching.is_some_and(|able| able.dynamic_registration == Some(true));
        json!({
            "serverInfo": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
            "capabilities": {
                "positionEncoding": "utf-16",
                "textDocumentSync": { "openClose": true, "change": 1, "save": { "includeText": false } },
                "codeActionProvider": { "codeActionKinds": ["quickfix", "source.fixAll"] },
                "hoverProvider": true,
            },
        })
    }

    fn notification(&mut self, told: Notification) -> io::Result<()> {
        let Notification { method, params } = told;
        match method.as_str() {
            "initialized" if self.watches => self.watch(),
            "textDocument/didOpen" => {
                let Some(DidOpenTextDocumentParams { text_document: file }) = read(params) else {
                    return Ok(());
                };
                let Some(path) = address::path(&file.uri) else { return Ok(()) };
                self.open.insert(path.clone(), (file.uri, Some(file.text)));
                self.check(&path)
            }
            "textDocument/didChange" => {
                let params: Option<DidChangeTextDocumentParams> = read(params);
                params.into_iter().for_each(|params| self.changed(params));
                Ok(())
            }
            "textDocument/didSave" => {
                let params: Option<DidSaveTextDocumentParams> = read(params);
                let path = params.and_then(|params| address::path(&params.text_document.uri));
                path.map_or(Ok(()), |path| self.check(&path))
            }
            "textDocument/didClose" => {
                let params: Option<DidCloseTextDocumentParams> = read(params);
                let path = params.and_then(|params| address::path(&params.text_document.uri));
                path.iter().for_each(|path| drop(self.open.remove(path)));
                Ok(())
            }
            "workspace/didChangeWatchedFiles" => {
                let params: Option<DidChangeWatchedFilesParams> = read(params);
                let paths = params.into_iter().flat_map(|params| params.changes);
                let mut folders = BTreeMap::new();
                for path in paths.filter_map(|change| address::path(&change.uri)) {
                    folders.insert(folder_of(&path, &self.roots), path);
                }
                // What nobody looks at is not checked for a file that was built.
                folders.retain(|folder, _| self.shown.contains_key(folder));
                folders.into_values().try_for_each(|path| self.check(&path))
            }
            _ => Ok(()),
        }
    }

    /// Asks to be told when a PDF is built.
    fn watch(&mut self) -> io::Result<()> {
        let options = json!({ "watchers": [{ "globPattern": "**/*.pdf" }] });
        let watched =
            json!({ "id": "pdf", "method": "workspace/didChangeWatchedFiles", "registerOptions": options });
        let params = json!({ "registrations": [watched] });
        let method = "client/registerCapability";
        say(&mut self.output, &json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }))
    }

    fn changed(&mut self, params: DidChangeTextDocumentParams) {
        let path = address::path(&params.text_document.uri);
        let Some((_, text)) = path.and_then(|path| self.open.get_mut(&path)) else { return };
        for change in params.content_changes {
            // Whole texts are asked for; of a part nobody knows what it makes.
            *text = if change.range.is_none() { Some(change.text) } else { None };
        }
    }

    /// Checks the folder that a file belongs to, and shows what is found in place of what was shown.
    fn check(&mut self, path: &Path) -> io::Result<()> {
        let folder = folder_of(path, &self.roots);
        let done = catch_unwind(AssertUnwindSafe(|| checked(&folder, path, self.demands)));
        let done = done.unwrap_or_else(|_panic| Err(Failure::internal(Some(path))));
        let anew: BTreeMap<PathBuf, Vec<lsp_types::Diagnostic>> = match &done {
            Ok(checked) => {
                let spoken =
                    |found: &Vec<_>| found.iter().map(|one| spoken::diagnostic(one, checked)).collect();
                checked.shown.iter().map(|(path, found)| (path.clone(), spoken(found))).collect()
            }
            Err(why) => {
                BTreeMap::from([(path.to_owned(), vec![spoken::unchecked(&plain(&why.to_string()))])])
            }
        };
        self.checked.remove(&folder);
        self.checked.extend(done.ok().map(|checked| (folder.clone(), checked)));
        let before = self.shown.insert(folder, anew.clone()).unwrap_or_default();
        for mended in before.keys().filter(|path| !anew.contains_key(*path)) {
            self.publish(mended, Vec::new())?;
        }
        // A file that is opened is told of, even that nothing is found.
        if !anew.contains_key(path) && !before.contains_key(path) {
            self.publish(path, Vec::new())?;
        }
        anew.into_iter().try_for_each(|(path, found)| self.publish(&path, found))
    }

    fn publish(&mut self, path: &Path, diagnostics: Vec<lsp_types::Diagnostic>) -> io::Result<()> {
        let known = self.open.get(path).map(|(uri, _)| uri.clone());
        let Some(uri) = known.or_else(|| address::uri(path)) else { return Ok(()) };
        let params = PublishDiagnosticsParams { uri, diagnostics, version: None };
        let method = "textDocument/publishDiagnostics";
        say(&mut self.output, &json!({ "jsonrpc": "2.0", "method": method, "params": params }))
    }

    /// What is shown of a file.
    fn shown(&self, path: &Path) -> &[lsp_types::Diagnostic] {
        self.shown.values().find_map(|files| files.get(path)).map_or(&[], Vec::as_slice)
    }

    fn hover(&self, params: &HoverParams) -> Value {
        let at = &params.text_document_position_params;
        let path = address::path(&at.text_document.uri).unwrap_or_default();
        let docs = spoken::explained(self.shown(&path), at.position);
        docs.map_or(Value::Null, |docs| json!({ "contents": { "kind": "markdown", "value": docs } }))
    }

    /// The cuts at a place, and all of the file. A text that differs from the one that was checked offers none: they
    /// would cut elsewhere.
    fn actions(&self, params: &CodeActionParams) -> Value {
        let uri = &params.text_document.uri;
        let path = address::path(uri).unwrap_or_default();
        let cuts = self.checked.values().find_map(|checked| checked.cuts.get(&path));
        let text = self.open.get(&path).and_then(|(_, text)| text.as_ref());
        let (Some(cuts), Some(text)) = (cuts, text) else { return json!([]) };
        if cuts.text.as_slice() != text.as_bytes() {
            return json!([]);
        }
        let ranges: Vec<_> = cuts.ranges.iter().map(spoken::range).collect();
        let wanted = |kind: &str| {
            let is_within = |only: &CodeActionKind| {
                kind == only.as_str() || kind.starts_with(&format!("{}.", only.as_str()))
            };
            params.context.only.as_ref().is_none_or(|only| only.iter().any(is_within))
        };
        let mut actions = Vec::new();
        for range in ranges.iter().filter(|range| wanted("quickfix") && spoken::meets(range, &params.range)) {
            let is_mended = |found: &&lsp_types::Diagnostic| {
                found.source.as_deref() == Some("dlde") && spoken::meets(&found.range, range)
            };
            let mended = params.context.diagnostics.iter().filter(is_mended).cloned().collect();
            let title = "Cut this out: no page shows it";
            actions.push(spoken::cut(title, CodeActionKind::QUICKFIX, uri, &[*range], mended));
        }
        if wanted("source.fixAll") {
            let title = "Cut out all that `dlde fix` cuts here";
            actions.push(spoken::cut(title, CodeActionKind::SOURCE_FIX_ALL, uri, &ranges, Vec::new()));
        }
        json!(actions)
    }
}

/// Parameters of the protocol; `None` for others.
fn read<T: DeserializeOwned>(params: Value) -> Option<T> {
    serde_json::from_value(params).ok()
}
