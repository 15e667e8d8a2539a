//! Opens an address in the browser, and shows it to nobody else.
//!
//! What a program is started with can be read by every account of the computer (`ps`), so the address, which
//! has a key in it, is not handed over as a word. It is written into a page that its owner alone can read and
//! that leads on at once, and the browser is asked to open that. On Windows other accounts cannot read what a
//! program was started with, and files that end in `.html` may open elsewhere: there the address is handed
//! over itself.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::thread;

use tempfile::NamedTempFile;

/// The page that leads on; it is removed when this goes.
#[derive(Debug)]
pub(in crate::cli) struct Opened {
    _page: Option<NamedTempFile>,
}

/// Asks the system to open an address in the browser.
pub(in crate::cli) fn browse(address: &str) -> io::Result<Opened> {
    let page = if cfg!(windows) { None } else { Some(leading(address)?) };
    let what = page.as_ref().map_or_else(|| OsString::from(address), |page| page.path().into());
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let (none, still) = (Stdio::null, Stdio::null);
    let mut child = Command::new(program).arg(what).stdin(none()).stdout(still()).stderr(still()).spawn()?;
    // Waited for, so that nothing of it is left behind while the page is open.
    thread::Builder::new().spawn(move || child.wait())?;
    Ok(Opened { _page: page })
}

/// A page that leads on to an address. Files of this kind are made so that others cannot read them.
fn leading(address: &str) -> io::Result<NamedTempFile> {
    let mut page = tempfile::Builder::new().prefix("booklet-").suffix(".html").tempfile()?;
    writeln!(
        page,
        "<!doctype html><meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\">\
         <meta http-equiv=\"refresh\" content=\"0;url={address}\"><title>booklet</title>\
         <p><a href=\"{address}\">The preview of the booklet</a></p>"
    )?;
    page.flush()?;
    Ok(page)
}
