//! Ctrl-C, a closed terminal and a polite request to end: no file is left half made, and nothing is left
//! behind.
//!
//! Commands that wait finish the work at hand first; asked a second time, they end at once. Commands that do
//! not wait end at once, when the files that are just being put in place are.

use std::io::Write;

use crate::watch::Stopper;

use crate::cli::delivery::litter::give_up;

/// Exit code of a program that was interrupted, as shells have it: 128 and the number of SIGINT.
const INTERRUPTED: i32 = 130;

/// From now on, a request to end stops the wait. If the system lets nobody listen to such requests, they
/// end the program as they always do.
pub(in crate::cli) fn stop_on_request(stopper: Stopper) {
    let _ = ctrlc::set_handler(move || {
        if stopper.stopped() {
            end();
        }
        stopper.stop();
    });
}

/// From now on, a request to end takes away what is not finished, and ends the program.
pub(in crate::cli) fn end_on_request() {
    if !is_meant_to_outlive_its_terminal() {
        let _ = ctrlc::set_handler(end);
    }
}

fn end() {
    give_up();
    // Whoever asked may have gone with the terminal.
    let _ = writeln!(std::io::stderr(), "interrupted: files that were not finished are as they were before");
    std::process::exit(INTERRUPTED);
}

/// Whether it was started with `nohup` or the like: what ends other programs does not end this one then.
fn is_meant_to_outlive_its_terminal() -> bool {
    // Linux tells which signals are ignored (proc(5), `SigIgn`: bits from 1, of which the first is SIGHUP).
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    ignored.is_some_and(|mask| mask & 1 == 1)
}
