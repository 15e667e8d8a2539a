//! A request answered without a connection, to try what strangers may send.
//!
//! Comes in: what would come over a connection, whole. Goes out: what would be said, by a preview that has
//! nothing to show yet. `tests/fuzz` asks here.

use std::io::{self, Read};
use std::time::{Duration, Instant};

use super::Token;
use super::answer::Answer;
use super::desk::Desk;
use super::request::{self, Source};

/// Bytes that are there already.
struct Sent<'b>(&'b [u8]);

impl Read for Sent<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Source for Sent<'_> {
    fn until(&mut self, _: Instant) -> io::Result<()> {
        Ok(())
    }
}

/// The answer to a request at this port, where this token opens; none if nothing was asked, or if the answer
/// would have no end.
#[doc(hidden)]
pub fn answer(sent: &[u8], port: u16, token: &Token) -> Option<Vec<u8>> {
    let deadline = Instant::now() + Duration::from_secs(60);
    let (answer, head) = match request::read(&mut Sent(sent), port, token, deadline) {
        Ok(asked) if asked.path == "/events" => return None,
        Ok(asked) => (Desk::default().answer(&asked.path), asked.head),
        Err(denial) => (Answer::refused(denial?), false),
    };
    let mut bytes = answer.head(false).into_bytes();
    if !head {
        bytes.extend_from_slice(&answer.body);
    }
    Some(bytes)
}
