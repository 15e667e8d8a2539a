//! The targets for programs that libFuzzer drives, and what only these need.

#[path = "targets/mod.rs"]
mod targets;

pub use targets::target;

/// Lets a decoder's panic pass, which the library catches at the decoder's boundary: libFuzzer would end the
/// program at once. One of ours still ends it, and so does one that nobody catches.
pub fn let_decoders_panic() {
    let end = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        match panic.location().filter(|place| place.file().contains("/registry/src/")) {
            Some(place) => eprintln!("a panic within {place}"),
            None => end(panic),
        }
    }));
}
