//! All tests that look at the crate from outside, in one binary: one file a topic.

mod agreement;
mod cli;
mod determinism;
mod epub;
mod handmade;
mod imposition;
mod invalid;
mod layers;
mod pdftext;
mod samples;
mod words;
mod xhtml;
