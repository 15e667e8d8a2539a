//! A booklet in the browser, while it is being written: pages, sheets, the EPUB on a telephone, findings.
//!
//! Comes in: a [`Proof`] each time that the booklet was made, and what was found. Goes out: a local page
//! that shows it and follows every change. The page and all that it asks for come from memory: `desk.rs`
//! says what there is to see and hands it out, `page/` is what the browser runs, compiled in. `door.rs`
//! lets requests in, a bounded number at a time, `request.rs` reads them strictly, `answer.rs` writes
//! what goes back. Nobody but this computer can connect, and nobody without the key in the address
//! (`token.rs`) is let in; requests that other web pages send, or that come under another host's name
//! (`origin.rs`), are refused; `trial.rs` lets tests ask without a connection. `hall.rs` counts who is inside. Nothing is read from the disk for a request, nothing is written
//! to it, and the browser is told to keep nothing.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::diagnostic::Report;
use crate::proof::Proof;

mod answer;
mod denial;
mod desk;
mod door;
mod hall;
mod origin;
mod request;
mod state;
mod token;
mod trial;

use desk::Desk;
pub use token::Token;
#[doc(hidden)]
pub use trial::answer;

/// A page that shows a booklet.
#[derive(Debug)]
pub struct Preview {
    address: SocketAddr,
    token: Token,
    desk: Arc<Desk>,
}

impl Preview {
    /// Opens the page at a port of this computer, or at a free one, and answers requests that have the token
    /// from now on.
    ///
    /// # Errors
    /// When the port is taken, or the system gives none.
    pub fn open(port: Option<u16>, token: Token) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port.unwrap_or(0)))?;
        let address = listener.local_addr()?;
        let desk = Arc::new(Desk::default());
        let (behind, key) = (Arc::clone(&desk), token.clone());
        thread::Builder::new()
            .name("preview".to_owned())
            .spawn(move || door::keep(&listener, address.port(), &key, &behind))?;
        Ok(Self { address, token, desk })
    }

    /// Where the page is: `http://127.0.0.1:PORT/TOKEN/`.
    pub fn address(&self) -> String {
        format!("http://{}/{}/", self.address, self.token.as_str())
    }

    /// Shows what was made; none if the booklet has errors: what was shown last stays then. All open pages
    /// are told at once.
    pub fn show(&self, proof: Option<Proof>, report: &Report, took: Duration) {
        self.desk.lay(proof, report, took);
    }
}
