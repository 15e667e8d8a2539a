//! `booklet completions`: what a shell needs to finish commands.

use clap::CommandFactory;

use super::Exit;
use super::args::{Args, Completions};
use super::voice::Voice;

pub(super) fn run(args: &Completions, voice: &mut Voice) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "booklet", &mut script);
    voice.result_text(&script);
    Exit::Done
}
