//! All tests that look at the crate from outside, in one binary: one file a topic.

mod agreement;
mod cli;
mod determinism;
mod document;
mod epub;
mod everything;
mod fonts;
mod handmade;
mod handset;
mod imposition;
mod invalid;
mod layers;
mod lines;
mod orthography;
mod pagebreak;
mod pages;
mod pdf;
mod pdf_glyphs;
mod pdfreader;
mod pdftext;
mod samples;
mod spec;
mod texts;
mod webfont;
mod words;
mod xhtml;
