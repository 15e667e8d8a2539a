//! The target `request` under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(init: booklet_fuzz::let_decoders_panic(), |bytes: &[u8]| booklet_fuzz::target("request")(bytes));
