//! All tests that look at the crate from outside, in one binary: one file a topic.

mod epub;
mod handmade;
mod layers;
mod samples;
mod words;
mod xhtml;
