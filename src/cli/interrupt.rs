//! Ctrl-C, a closed terminal and a polite request to end: the work at hand is finished first, so that no
//! file is left half made. Asked a second time, the program ends at once.

use crate::watch::Stopper;

/// Exit code of a program that was interrupted, as shells have it: 128 and the number of SIGINT.
const INTERRUPTED: i32 = 130;

/// From now on, a request to end stops the wait. If the system lets nobody listen to such requests, they
/// end the program as they always do.
pub(super) fn stop_on_request(stopper: Stopper) {
    let _ = ctrlc::set_handler(move || {
        if stopper.stopped() {
            std::process::exit(INTERRUPTED);
        }
        stopper.stop();
    });
}
