//! What is tried with inputs that nobody wrote: one plain function a target.
//!
//! Comes in: any bytes. Goes out: nothing, or a panic that says what does not hold. A target asks more than
//! that nothing breaks: that twice the same bytes give the same, that findings have their places, that what
//! is made is sound (`sound.rs`). `cargo test` runs the committed corpus through these functions
//! (`tests/suite/input/corpus.rs`), `tests/fuzz/run.sh` runs them under libFuzzer, which looks for inputs that reach
//! new code.

mod attributes;
mod booklet_whole;
mod face;
mod html;
mod manifest;
mod markdown;
mod memory;
mod picture;
mod pressed;
mod request;
mod sound;
mod svg;
mod unpack;
mod verify;

/// A target.
pub type Target = fn(&[u8]);

/// All targets by name: that of their corpus and of their program.
pub const ALL: [(&str, Target); 11] = [
    ("attributes", attributes::run),
    ("booklet", booklet_whole::run),
    ("face", face::run),
    ("html", html::run),
    ("manifest", manifest::run),
    ("markdown", markdown::run),
    ("picture", picture::run),
    ("request", request::run),
    ("svg", svg::run),
    ("unpack", unpack::run),
    ("verify", verify::run),
];

/// The target of a name.
///
/// # Panics
/// When there is none.
pub fn target(name: &str) -> Target {
    ALL.iter().find(|(known, _)| *known == name).map(|(_, target)| *target).expect("a target of this name")
}
