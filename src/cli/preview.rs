//! `booklet preview`: a page in the browser that shows a booklet and follows every change of it.

use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

use crate::diagnostic::Report;
use crate::preview::Preview;
use crate::proof::Proof;
use crate::watch::{Watch, Woken};

use super::Exit;
use super::args;
use super::build::verdict;
use super::interrupt::stop_on_request;
use super::voice::Voice;

pub(super) fn run(args: &args::Preview, voice: &mut Voice) -> Exit {
    let mut watch = Watch::new();
    stop_on_request(watch.stopper());
    let mut preview: Option<Preview> = None;
    loop {
        let begun = Instant::now();
        let mut report = Report::new();
        let proof = Proof::of_safely(&args.manifest, &mut report);
        let took = begun.elapsed();
        let whole = proof.is_some();
        let page = match &preview {
            Some(page) => page,
            None => {
                let exit = verdict(&report, &args.manifest, voice);
                if exit == Exit::Trouble {
                    // There is no booklet here: a path mistyped, most likely.
                    voice.report(&report);
                    return exit;
                }
                match open(args, voice) {
                    Ok(page) => preview.insert(page),
                    Err(exit) => return exit,
                }
            }
        };
        page.show(proof, &report, took);
        watch.follow(report.trail(), whole);
        if watch.wait() == Woken::Stopped {
            return Exit::Done;
        }
    }
}

/// Opens the page and says where it is.
fn open(args: &args::Preview, voice: &mut Voice) -> Result<Preview, Exit> {
    let page = Preview::open(args.port).map_err(|error| {
        match args.port {
            Some(port) => voice.trouble(&format!("port {port} cannot be had: {error}")),
            None => voice.trouble(&format!("this computer gives no port: {error}")),
        }
        Exit::Trouble
    })?;
    voice.result(&page.address());
    voice.remark("open this address in a browser on this computer; Ctrl-C ends");
    if args.open && !browse(&page.address()) {
        voice.remark("no program to open a browser with was found");
    }
    Ok(page)
}

/// Asks the system to open an address in the browser.
fn browse(address: &str) -> bool {
    let (program, before): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("explorer", &[])
    } else {
        ("xdg-open", &[])
    };
    let (none, still) = (Stdio::null, Stdio::null);
    let started =
        Command::new(program).args(before).arg(address).stdin(none()).stdout(still()).stderr(still()).spawn();
    // Waited for, so that nothing of it is left behind while the page is open.
    started.is_ok_and(|mut child| thread::Builder::new().spawn(move || child.wait()).is_ok())
}
