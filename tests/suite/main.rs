//! The one test binary: a file a topic.

mod epub;
mod handmade;
mod xhtml;
