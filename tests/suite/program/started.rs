//! The program as people run it, for tests of what it says and leaves behind.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The program, with nothing to read and nothing in the environment that changes what it says.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_booklet"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command.env("RUST_BACKTRACE", "0").stdin(Stdio::null());
    command
}

/// Runs it in a folder.
pub fn run(arguments: &[&str], folder: &Path) -> Output {
    program().args(arguments).current_dir(folder).output().expect("the program runs")
}

/// What it said on the standard output.
pub fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// What it said on the standard error stream.
pub fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// The names in a folder, sorted; none if there is no folder.
pub fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
