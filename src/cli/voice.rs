//! How the program speaks: paths to standard output, all else to standard error.
//!
//! A reader that has gone away (`booklet build … | head -1`) is no error: what cannot be said is left
//! unsaid. Colour follows `NO_COLOR` (no-color.org) and whether standard error is a terminal; consoles of Windows
//! have to be told that colours are coming, and there is none if they do not know them.
//!
//! Names of files and of fonts may hold anything, and some of it steers terminals. So every line is made
//! harmless here, whoever says it. Only a path that a program is to read on, [`Voice::file`], is written
//! as it is where no terminal is: shown otherwise it would name no file.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use crate::diagnostic::render::harmless;
use crate::diagnostic::{Report, Severity, render};

/// The program's voice.
#[derive(Debug)]
pub(super) struct Voice {
    quiet: bool,
    colour: bool,
}

impl Voice {
    pub(super) fn new(quiet: bool) -> Self {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
        let able = std::env::var_os("TERM").is_none_or(|t| t != "dumb");
        Self { quiet, colour: wanted && able && io::stderr().is_terminal() && switched_on() }
    }

    /// One line of the result, to standard output.
    pub(super) fn result(&mut self, line: &str) {
        let _ = writeln!(io::stdout(), "{}", harmless(line));
    }

    /// The path of a file that was made, to standard output.
    pub(super) fn file(&mut self, path: &Path) {
        let mut line = written(path, io::stdout().is_terminal());
        line.push(b'\n');
        self.result_text(&line);
    }

    /// Text of the result as it is, to standard output.
    pub(super) fn result_text(&mut self, text: &[u8]) {
        let _ = io::stdout().write_all(text);
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
        let (red, plain) = if self.colour { ("\x1b[1;31m", "\x1b[0m") } else { ("", "") };
        let _ = writeln!(io::stderr(), "{red}error{plain}: {}", harmless(line));
    }

    /// All findings about a booklet; in silence only if one of them is an error or a warning.
    pub(super) fn report(&mut self, report: &Report) {
        let grave = |s: Severity| s <= Severity::Warning;
        if self.quiet && !report.diagnostics().iter().any(|d| grave(d.severity)) {
            return;
        }
        let _ = io::stderr().write_all(render::render(report, self.colour).as_bytes());
    }
}

/// Whether the terminal now takes colours: only a console of Windows can say no.
fn switched_on() -> bool {
    anstyle_query::windows::enable_ansi_colors() != Some(false)
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
