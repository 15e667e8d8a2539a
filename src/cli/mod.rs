//! Arguments → job → what is printed → exit code.
//!
//! One file a command; `args.rs` is what people type, `voice.rs` how the program speaks, `trouble.rs` what it
//! calls the system's errors. `output.rs` is how files come to lie where they belong: `guard.rs` sees that none
//! is lost, `stage.rs` that they change together, `folder.rs` that a new folder is there whole, `litter.rs` that
//! nothing is left behind, `clash.rs` that no two booklets write one file. `crew.rs` makes many booklets at once.
//!
//! Paths of what was built go to standard output and nothing else does. Exit codes: 0 done, 1 the booklet has
//! errors, a file is not what it should be, or booklet itself has a fault, 2 wrong usage, or files that cannot be
//! read or written, the standard output among them, 130 interrupted.

mod args;
mod build;
mod check;
mod completions;
mod delivery;
mod fonts;
mod how_to_print;
mod licences;
mod new;
mod preview;
mod system;
mod test_sheet;
mod unpack;
mod verify;
mod voice;
mod watch;

use std::io::{self, Write};

use clap::Parser;

use crate::diagnostic::render::harmless;
use crate::diagnostic::{Report, fault};

use args::{Args, Command};
use voice::Voice;

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Exit {
    Done = 0,
    /// The booklet has errors, or a file is not what it should be.
    Errors = 1,
    /// Wrong usage, or files that cannot be read or written.
    Trouble = 2,
}

/// Runs the program with the arguments of the process; returns its exit code. A fault of its own ends it as a
/// mistake does, in words.
pub fn run() -> u8 {
    fault::listen();
    fault::contained(obey).unwrap_or_else(|fault| {
        let mut report = Report::new();
        report.push(fault.finding());
        Voice::new(false).report(&report);
        Exit::Errors as u8
    })
}

fn obey() -> u8 {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help and version are asked for and go to standard output; mistakes to standard error.
            let mut voice = Voice::new(false);
            let said = say(&error);
            if !error.use_stderr() {
                voice.heard(said);
            }
            system::own_window::explain(&mut voice);
            return voice.end(if error.exit_code() == 0 { Exit::Done } else { Exit::Trouble }) as u8;
        }
    };
    let mut voice = Voice::new(args.quiet);
    let exit = match &args.command {
        Command::Build(build) => build::run(build, &mut voice),
        Command::Preview(preview) => preview::run(preview, &mut voice),
        Command::Watch(watch) => watch::run(watch, &mut voice),
        Command::Check(check) => check::run(check, &mut voice),
        Command::New(new) => new::run(new, &mut voice),
        Command::Unpack(unpack) => unpack::run(unpack, &mut voice),
        Command::Verify(verify) => verify::run(verify, &mut voice),
        Command::Fonts(fonts) => fonts::run(fonts, &mut voice),
        Command::TestSheet(sheet) => test_sheet::run(sheet, &mut voice),
        Command::Completions(completions) => completions::run(completions, &mut voice),
        Command::Licences(_) => licences::run(&mut voice),
    };
    voice.end(exit) as u8
}

/// What clap says. A mistake quotes the argument, which may be the name of a file that the shell found:
/// what steers terminals in it is shown harmless, and then there are no colours.
fn say(error: &clap::Error) -> io::Result<()> {
    let plain = error.render().to_string();
    let shown: Vec<String> = plain.lines().map(harmless).collect();
    if !error.use_stderr() || plain.lines().eq(shown.iter().map(String::as_str)) {
        error.print()
    } else {
        writeln!(io::stderr(), "{}", shown.join("\n"))
    }
}
