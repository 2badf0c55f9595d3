//! `dlde-glue MODULE.wasm FOLDER`: writes the module as browsers take it, and the script that calls it, to a folder.

use std::process::ExitCode;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [module, folder] = &arguments[..] else {
        eprintln!("usage: dlde-glue MODULE.wasm FOLDER");
        return ExitCode::from(2);
    };
    let mut glue = Bindgen::new();
    // One plain script: it also works in a page that was opened from a folder.
    let done = glue.no_modules(true).and_then(|glue| {
        glue.typescript(false).remove_name_section(true).input_path(module).generate(folder)
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("{module}: {cause:#}");
            ExitCode::FAILURE
        }
    }
}
