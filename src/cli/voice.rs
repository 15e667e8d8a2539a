//! How the program speaks: paths to standard output, all else to standard error.
//!
//! A reader that has gone away (`booklet build … | head -1`) is no error: what cannot be said is left
//! unsaid. A standard output that takes nothing for another reason, as on a full disk, is one: it is
//! remembered, and told when the program ends. Findings have colours where standard error is a terminal that
//! knows them, old consoles of Windows among them; `NO_COLOR` (no-color.org), `CLICOLOR` and `CLICOLOR_FORCE`
//! (bixense.com/clicolors) overrule that. It is decided by what decides it for clap's own messages.
//!
//! Names of files and of fonts may hold anything, and some of it steers terminals. So every line is made
//! harmless here, whoever says it. Only a path that a program is to read on, [`Voice::file`], is written
//! as it is where no terminal is: shown otherwise it would name no file.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use crate::diagnostic::render::harmless;
use crate::diagnostic::{Report, render};

use super::Exit;
use super::delivery::trouble::{Reason, Trouble};

/// The program's voice.
#[derive(Debug)]
pub(super) struct Voice {
    quiet: bool,
    /// Why the standard output did not take what was said, if it did not.
    unheard: Option<io::Error>,
}

impl Voice {
    pub(super) fn new(quiet: bool) -> Self {
        Self { quiet, unheard: None }
    }

    /// One line of the result, to standard output.
    pub(super) fn result(&mut self, line: &str) {
        self.heard(writeln!(io::stdout(), "{}", harmless(line)));
    }

    /// Remembers what came of saying something to the standard output.
    pub(super) fn heard(&mut self, said: io::Result<()>) {
        if let Err(error) = said
            && error.kind() != io::ErrorKind::BrokenPipe
        {
            self.unheard.get_or_insert(error);
        }
    }

    /// The last word: how the program ends, unless the standard output did not take its result.
    pub(super) fn end(mut self, exit: Exit) -> Exit {
        let rest = io::stdout().flush();
        self.heard(rest);
        let Some(error) = self.unheard.take() else { return exit };
        let why = Reason::of(&error);
        self.trouble(&format!("the standard output cannot be written to: {why}"));
        Exit::Trouble
    }

    /// The path of a file that was made, to standard output.
    pub(super) fn file(&mut self, path: &Path) {
        let mut line = written(path, io::stdout().is_terminal());
        line.push(b'\n');
        self.result_text(&line);
    }

    /// Text of the result as it is, to standard output.
    pub(super) fn result_text(&mut self, text: &[u8]) {
        self.heard(io::stdout().write_all(text));
    }

    /// Something worth knowing, unless silence was asked for.
    pub(super) fn remark(&mut self, line: &str) {
        if !self.quiet {
            let _ = writeln!(io::stderr(), "{}", harmless(line));
        }
    }

    /// The same, several lines.
    pub(super) fn remarks(&mut self, lines: &str) {
        lines.lines().for_each(|line| self.remark(line));
    }

    /// Something that went wrong outside the booklet: files, folders, usage.
    pub(super) fn trouble(&mut self, line: &str) {
        let style = render::ERROR;
        let _ = writeln!(anstream::stderr(), "{style}error{style:#}: {}", harmless(line));
    }

    /// What helps with something that went wrong.
    pub(super) fn hint(&mut self, line: &str) {
        let _ = writeln!(io::stderr(), "  hint: {}", harmless(line));
    }

    /// Something that went wrong, and what helps.
    pub(super) fn refuse(&mut self, trouble: &Trouble) {
        self.trouble(&trouble.message);
        trouble.hints.iter().for_each(|hint| self.hint(hint));
    }

    /// All findings about a booklet; if silence was asked for, those that are errors or warnings.
    pub(super) fn report(&mut self, report: &Report) {
        let text = if self.quiet {
            render::render(&report.without_notes(), true)
        } else {
            render::render(report, true)
        };
        let _ = anstream::stderr().write_all(text.as_bytes());
    }
}

/// A path for people, or every byte of it for a program.
fn written(path: &Path, for_people: bool) -> Vec<u8> {
    if for_people {
        return harmless(&path.to_string_lossy()).into_bytes();
    }
    #[cfg(unix)]
    return std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).to_vec();
    #[cfg(not(unix))]
    path.to_string_lossy().into_owned().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_a_harmless_path_and_a_program_the_true_one() {
        let path = Path::new("a\u{1b}[31m\n\u{202e}b.pdf");
        assert_eq!(written(path, true), "a␛[31m \u{fffd}b.pdf".as_bytes());
        assert_eq!(written(path, false), "a\u{1b}[31m\n\u{202e}b.pdf".as_bytes());
    }

    #[cfg(unix)]
    #[test]
    fn a_program_gets_paths_that_are_no_text() {
        let bytes = b"a\xffb.pdf";
        let path = Path::new(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes));
        assert_eq!(written(path, false), bytes);
        assert_eq!(written(path, true), "a\u{fffd}b.pdf".as_bytes());
    }
}
