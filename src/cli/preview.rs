//! `booklet preview`: a page in the browser that shows a booklet and follows every change of it.

use std::time::Instant;

use crate::diagnostic::Report;
use crate::folder::Manuscript;
use crate::preview::{Preview, Token};
use crate::proof::Proof;
use crate::watch::{Watch, Woken};

use super::Exit;
use super::args;
use super::build::verdict;
use super::delivery::trouble::Reason;
use super::system::browser::{Opened, browse};
use super::system::interrupt::stop_on_request;
use super::voice::Voice;

pub(super) fn run(args: &args::Preview, voice: &mut Voice) -> Exit {
    let mut watch = Watch::new();
    stop_on_request(watch.stopper());
    let mut preview: Option<(Preview, Option<Opened>)> = None;
    loop {
        let begun = Instant::now();
        let mut report = Report::new();
        let proof = Proof::of_safely(&Manuscript::on_disk(&args.manifest), &mut report);
        let took = begun.elapsed();
        let whole = proof.is_some();
        let (page, _) = match &preview {
            Some(page) => page,
            None => {
                voice.report(&report);
                let exit = verdict(&report, &args.manifest, voice);
                if exit == Exit::Trouble {
                    // There is no booklet here: a path mistyped, most likely.
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
fn open(args: &args::Preview, voice: &mut Voice) -> Result<(Preview, Option<Opened>), Exit> {
    let mut random = [0; 16];
    if let Err(error) = getrandom::fill(&mut random) {
        voice.trouble(&format!("this computer gives no random numbers for the address: {error}"));
        return Err(Exit::Trouble);
    }
    let page = Preview::open(args.port, Token::new(random)).map_err(|error| {
        let why = Reason::of(&error);
        match args.port {
            Some(port) => voice.trouble(&format!("port {port} cannot be had: {why}")),
            None => voice.trouble(&format!("this computer gives no port: {why}")),
        }
        Exit::Trouble
    })?;
    voice.result(&page.address());
    voice.remark("open this address in a browser on this computer; Ctrl-C ends");
    if !args.open {
        return Ok((page, None));
    }
    let opened = browse(&page.address()).ok();
    voice.remark(match opened {
        Some(_) => "if no browser shows it, copy the address into one",
        None => "no program to open a browser with was found",
    });
    Ok((page, opened))
}
