//! The door: connections come in, answers go out.
//!
//! Comes in: connections from this computer. Goes out: one answer each. Each has a thread, and there are
//! only so many (`hall.rs`); each has so much time to ask and to listen, so that one who is slow keeps nobody
//! waiting and a place is never held for long. `/events` stays open and reports every change at once.
//!
//! Why by hand: of small servers that block, tiny_http 0.12.0, the last there is, sets no time
//! on reading or writing, its `ServerConfig` has no place for one, and it starts a thread for every connection
//! that waits, without a bound; rouille 3.6.2 is built on it. Servers with such bounds (hyper and what is on
//! it) bring a runtime with them. What is needed here, one answer a connection, is less than would be needed to
//! hold those to it.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::answer::Answer;
use super::desk::Desk;
use super::hall::{Hall, Pass};
use super::request::{self, Source};
use super::token::Token;

/// Most connections that stay open to hear of changes: some guests' places are for those who ask.
const MOST_OPEN: usize = 24;
/// How long a request may take to come, and an answer to be taken.
const TO_ASK: Duration = Duration::from_secs(5);
const TO_LISTEN: Duration = Duration::from_secs(20);
/// How often to see whether somebody who waits for changes is still there.
const STILL_THERE: Duration = Duration::from_secs(1);

/// Lets requests in for as long as the program runs.
pub(super) fn keep(listener: &TcpListener, port: u16, token: &Token, desk: &Arc<Desk>) {
    let (hall, open) = (Arc::new(Hall::default()), Arc::new(AtomicUsize::new(0)));
    for stream in listener.incoming() {
        // A connection that failed before it was one; or none can be had at the moment.
        let Ok(stream) = stream else {
            thread::sleep(Duration::from_millis(10));
            continue;
        };
        let stream = Arc::new(stream);
        let Some(pass) = hall.enter(&stream) else { continue };
        let (desk, open, token) = (Arc::clone(desk), Arc::clone(&open), token.clone());
        let visit = move || {
            let _ = serve(Visitor { stream, pass }, port, &token, &desk, &open);
        };
        // Without a thread the connection is closed.
        let _ = thread::Builder::new().name("visitor".to_owned()).spawn(visit);
    }
}

/// One of a bounded number of those who listen; given back when it goes.
struct Seat(Arc<AtomicUsize>);

impl Seat {
    fn take(taken: &Arc<AtomicUsize>, most: usize) -> Option<Self> {
        let place = Self(Arc::clone(taken));
        (taken.fetch_add(1, Ordering::AcqRel) < most).then_some(place)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

struct Visitor {
    stream: Arc<TcpStream>,
    pass: Pass,
}

impl Read for Visitor {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        (&*self.stream).read(buffer)
    }
}

/// The time until a deadline; an error if it is past.
fn left(deadline: Instant) -> io::Result<Duration> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(left) }
}

impl Source for Visitor {
    fn until(&mut self, deadline: Instant) -> io::Result<()> {
        self.stream.set_read_timeout(Some(left(deadline)?))
    }
}

impl Visitor {
    /// Writes all, piece by piece, as fast as it is taken.
    fn say(&mut self, mut bytes: &[u8], deadline: Instant) -> io::Result<()> {
        while !bytes.is_empty() {
            self.stream.set_write_timeout(Some(left(deadline)?))?;
            match (&*self.stream).write(bytes) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(count) => bytes = &bytes[count..],
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Ends it so that what was said arrives: a connection that is closed with something unread in it is
    /// torn down.
    fn leave(&mut self) {
        let _ = self.stream.shutdown(Shutdown::Write);
        let deadline = Instant::now() + Duration::from_millis(300);
        let mut rest = [0; 4096];
        for _ in 0..64 {
            if self.until(deadline).is_err() || !matches!(self.read(&mut rest), Ok(1..)) {
                break;
            }
        }
    }

    /// Whether the other side has gone.
    fn gone(&self) -> bool {
        let mut byte = [0];
        let peeked = self.stream.set_nonblocking(true).and_then(|()| self.stream.peek(&mut byte));
        let waits = matches!(&peeked, Err(error) if error.kind() == io::ErrorKind::WouldBlock);
        let talks = matches!(peeked, Ok(1..));
        !(waits || talks) || self.stream.set_nonblocking(false).is_err()
    }
}

fn serve(
    mut visitor: Visitor,
    port: u16,
    token: &Token,
    desk: &Desk,
    open: &Arc<AtomicUsize>,
) -> io::Result<()> {
    visitor.stream.set_nodelay(true)?;
    let asked = match request::read(&mut visitor, port, token, Instant::now() + TO_ASK) {
        Ok(asked) => asked,
        Err(None) => return Ok(()),
        Err(Some(denial)) => return tell(&mut visitor, &Answer::refused(denial), false),
    };
    if !visitor.pass.welcome() {
        return tell(&mut visitor, &Answer::busy(), asked.head);
    }
    if asked.path != "/events" {
        return tell(&mut visitor, &desk.answer(&asked.path), asked.head);
    }
    match Seat::take(open, MOST_OPEN) {
        Some(_place) => events(&mut visitor, desk, asked.head),
        None => tell(&mut visitor, &Answer::busy(), asked.head),
    }
}

fn tell(visitor: &mut Visitor, answer: &Answer, head: bool) -> io::Result<()> {
    let deadline = Instant::now() + TO_LISTEN;
    let mut bytes = answer.head(false).into_bytes();
    if !head {
        bytes.extend_from_slice(&answer.body);
    }
    visitor.say(&bytes, deadline)?;
    visitor.leave();
    Ok(())
}

/// Tells of the state as it is and of every later one, until nobody listens (server-sent events, HTML
/// Living Standard, 9.2).
fn events(visitor: &mut Visitor, desk: &Desk, head: bool) -> io::Result<()> {
    let answer = Answer::of("text/event-stream", &b""[..]);
    visitor.say(answer.head(true).as_bytes(), Instant::now() + TO_LISTEN)?;
    if head {
        return Ok(());
    }
    let mut number = 0;
    loop {
        match desk.later(number, STILL_THERE) {
            Some((later, state)) => {
                number = later;
                let event = ["data: ", &*state, "\n\n"].concat();
                visitor.say(event.as_bytes(), Instant::now() + TO_LISTEN)?;
            }
            None if visitor.gone() => break,
            None => {}
        }
    }
    Ok(())
}
