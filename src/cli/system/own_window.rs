//! The program double-clicked on Windows: a window of its own, which closes before anybody has read a word.
//!
//! Comes in: whether anything was asked for, and the environment. Goes out: a few words on where the program is
//! to be started from, and then it waits for Enter. macOS keeps the window open by itself, and on Linux
//! there is none.
//!
//! Windows can say how many programs share a window, but only to code that is not safe, and no crate that is kept
//! asks it for safe code. What shells leave in the environment of what they start says it nearly as well: the
//! command prompt sets `PROMPT`, Windows' terminal `WT_SESSION`, shells from Unix `TERM`, and `PowerShell` puts the
//! user's own folder at the head of `PSModulePath`. The desktop sets none of these. Should it be wrong, somebody
//! at a prompt presses Enter once more, or the window closes as it always did.

use std::ffi::OsString;
use std::io::{self, IsTerminal};

use crate::cli::voice::Voice;

const WORDS: &str = "
booklet has no window of its own: it is told in words what to do.

    1. Press the Windows key, type \"cmd\", and press Enter.
    2. Drag this program into the window that opens, type a space and what it is to do, and press Enter:

           new my-pamphlet
           build my-pamphlet

       Each line starts with the program.

Press Enter to close this window.";

/// Says what to do and waits, if the program was started without a word from the desktop of Windows.
pub(in crate::cli) fn explain(voice: &mut Voice) {
    let asked = std::env::args_os().nth(1).is_some();
    let seen = io::stdin().is_terminal() && io::stderr().is_terminal();
    if cfg!(windows) && !asked && seen && from_the_desktop(|name| std::env::var_os(name)) {
        voice.remarks(WORDS);
        let _ = io::stdin().read_line(&mut String::new());
    }
}

/// Whether no shell has left its mark in the environment.
fn from_the_desktop(variable: impl Fn(&str) -> Option<OsString>) -> bool {
    if ["PROMPT", "WT_SESSION", "TERM"].iter().any(|name| variable(name).is_some()) {
        return false;
    }
    let text = |name| variable(name).map(|value| value.to_string_lossy().to_lowercase());
    match (text("PSModulePath"), text("USERPROFILE")) {
        (Some(modules), Some(home)) => home.is_empty() || !modules.starts_with(&home),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shells_are_told_from_the_desktop() {
        let desktop = [
            ("USERPROFILE", r"C:\Users\Emma"),
            (
                "PSModulePath",
                r"C:\Program Files\WindowsPowerShell\Modules;C:\WINDOWS\system32\WindowsPowerShell\v1.0\Modules",
            ),
        ];
        let told = |more: &[(&str, &str)]| {
            from_the_desktop(|name| {
                let all = more.iter().chain(&desktop);
                all.copied().find(|(known, _)| *known == name).map(|(_, value)| value.into())
            })
        };
        assert!(told(&[]));
        assert!(!told(&[("PROMPT", "$P$G")]));
        assert!(!told(&[("WT_SESSION", "b2c5")]));
        assert!(!told(&[("TERM", "xterm-256color")]));
        let own =
            r"c:\users\emma\Documents\WindowsPowerShell\Modules;C:\Program Files\WindowsPowerShell\Modules";
        assert!(!told(&[("PSModulePath", own)]));
        assert!(from_the_desktop(|_| None), "nothing at all is no shell either");
    }
}
