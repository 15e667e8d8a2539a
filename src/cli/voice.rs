//! How the program speaks: paths to standard output, all else to standard error.
//!
//! A reader that has gone away (`booklet build … | head -1`) is no error: what cannot be said is left
//! unsaid. Colour follows `NO_COLOR` (no-color.org) and whether standard error is a terminal.

use std::io::{self, IsTerminal, Write};

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
        Self { quiet, colour: wanted && able && io::stderr().is_terminal() }
    }

    /// One line of the result, to standard output.
    pub(super) fn result(&mut self, line: &str) {
        let _ = writeln!(io::stdout(), "{line}");
    }

    /// Text of the result as it is, to standard output.
    pub(super) fn result_text(&mut self, text: &[u8]) {
        let _ = io::stdout().write_all(text);
    }

    /// Something worth knowing, unless silence was asked for.
    pub(super) fn remark(&mut self, line: &str) {
        if !self.quiet {
            let _ = writeln!(io::stderr(), "{line}");
        }
    }

    /// Something that went wrong outside the booklet: files, folders, usage.
    pub(super) fn trouble(&mut self, line: &str) {
        let (red, plain) = if self.colour { ("\x1b[1;31m", "\x1b[0m") } else { ("", "") };
        let _ = writeln!(io::stderr(), "{red}error{plain}: {line}");
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
