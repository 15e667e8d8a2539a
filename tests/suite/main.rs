//! All tests that look at the crate from outside, in one binary: one folder a stage, one file a topic.

mod epub;
mod golden;
mod house;
mod input;
mod manifest;
mod pdf;
mod program;
mod screen;
mod sheets;
mod text;
mod typeset;
mod whole;
