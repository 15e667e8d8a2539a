//! What there is to see, and who hands it out.
//!
//! Comes in: a proof whenever one is made, and paths that the page asks for. Goes out: answers, all from
//! memory. A path names a page by its mark, never a file. Pictures that were drawn are kept, up to a
//! bound, since going back and forth between views asks for the same ones.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::diagnostic::Report;
use crate::diagnostic::fault::contained;
use crate::epub::{File, XHTML};
use crate::proof::{Mark, Proof};

use super::answer::Answer;
use super::denial::Denial;
use super::state::{parts, state};

/// Bytes of pictures that are kept.
const KEPT: usize = 48 << 20;
/// Pixels across that a picture can be asked for with: a step, and the most.
const STEP: u32 = 4;
const WIDEST: u32 = 4096;

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const JSON: &str = "application/json";

/// What is shown, and what was drawn of it.
#[derive(Debug, Default)]
pub(super) struct Desk {
    shown: Mutex<Shown>,
    changed: Condvar,
    drawn: Mutex<Drawn>,
}

#[derive(Debug, Default)]
struct Shown {
    number: u64,
    state: Arc<str>,
    proof: Option<Arc<Proof>>,
}

/// What is asked for as a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct View {
    mark: Mark,
    /// A side, and not a page.
    side: bool,
    width: u32,
}

/// Pictures by what they are of, with the time of their last use, which is a count.
#[derive(Debug, Default)]
struct Drawn {
    pictures: BTreeMap<View, (u64, Arc<[u8]>)>,
    uses: u64,
    bytes: usize,
}

impl Desk {
    fn shown(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lays out what was just made.
    pub(super) fn lay(&self, proof: Option<Proof>, report: &Report, took: Duration) {
        let whole = proof.is_some();
        let (number, old) = {
            let shown = self.shown();
            (shown.number + 1, shown.proof.clone())
        };
        let proof = proof.map(Arc::new).or(old);
        let state = state(number, proof.as_deref(), report, whole, took).into();
        *self.shown() = Shown { number, state, proof };
        self.changed.notify_all();
    }

    /// The state, once there is a later one than that with a number; none if none comes in time.
    pub(super) fn later(&self, than: u64, longest: Duration) -> Option<(u64, Arc<str>)> {
        let same = |shown: &mut Shown| shown.number <= than;
        let waited = self.changed.wait_timeout_while(self.shown(), longest, same);
        let (shown, _) = waited.unwrap_or_else(PoisonError::into_inner);
        (shown.number > than).then(|| (shown.number, Arc::clone(&shown.state)))
    }

    /// Answers to a path. What is drawn only now may show a fault of booklet's own: it costs that answer.
    pub(super) fn answer(&self, path: &str) -> Answer {
        let found = contained(|| self.found(path));
        found.map_or_else(
            |fault| Answer::failed(&fault),
            |found| found.unwrap_or_else(|| Answer::refused(Denial::NotFound)),
        )
    }

    fn found(&self, path: &str) -> Option<Answer> {
        let text = |media, text: &'static str| Some(Answer::of(media, text.as_bytes()));
        let parts: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
        match parts.as_slice() {
            [""] => text(HTML, include_str!("page/index.html")),
            ["preview.css"] => text(CSS, include_str!("page/preview.css")),
            ["preview.js"] => text(JS, include_str!("page/preview.js")),
            ["phone.js"] => text(JS, include_str!("page/phone.js")),
            ["icon.svg"] => text("image/svg+xml", include_str!("page/icon.svg")),
            [kind @ ("page" | "side"), mark, width] => {
                let width: u32 = width.parse().ok().filter(|_| !width.starts_with(['0', '+']))?;
                let fits = width.is_multiple_of(STEP) && (STEP..=WIDEST).contains(&width);
                let view = View { mark: Mark::read(mark)?, side: *kind == "side", width };
                let picture = fits.then(|| self.picture(view))?;
                Some(picture.map_or_else(Answer::gone, |png| Answer::of("image/png", png.to_vec())))
            }
            ["words", mark] => {
                let (proof, mark) = (self.proof()?, Mark::read(mark)?);
                let text = |words: String| Answer::of("text/plain; charset=utf-8", words.into_bytes());
                Some(proof.words(mark).map_or_else(Answer::gone, text))
            }
            ["phone", "parts"] => Some(Answer::of(JSON, self::parts(self.proof()?.phone()).into_bytes())),
            ["phone", "day" | "night", "reader.css"] => text(CSS, include_str!("page/reader.css")),
            ["phone", light @ ("day" | "night"), file @ ..] => {
                let file = file.join("/");
                let proof = self.proof()?;
                let File { media, bytes, .. } = proof.phone().file(&file)?;
                let bytes = if *media == XHTML { read_by(light, bytes) } else { bytes.clone() };
                Some(Answer::book(media, bytes))
            }
            _ => None,
        }
    }

    fn proof(&self) -> Option<Arc<Proof>> {
        self.shown().proof.clone()
    }

    /// A picture, drawn now or before.
    fn picture(&self, view: View) -> Option<Arc<[u8]>> {
        if let Some(picture) = self.drawn.lock().unwrap_or_else(PoisonError::into_inner).get(view) {
            return Some(picture);
        }
        let proof = self.proof()?;
        let bytes =
            if view.side { proof.side(view.mark, view.width) } else { proof.page(view.mark, view.width) };
        let picture: Arc<[u8]> = bytes?.into();
        self.drawn.lock().unwrap_or_else(PoisonError::into_inner).keep(view, &picture);
        Some(picture)
    }
}

impl Drawn {
    fn get(&mut self, view: View) -> Option<Arc<[u8]>> {
        let (used, picture) = self.pictures.get_mut(&view)?;
        self.uses += 1;
        *used = self.uses;
        Some(Arc::clone(picture))
    }

    fn keep(&mut self, view: View, picture: &Arc<[u8]>) {
        self.uses += 1;
        let old = self.pictures.insert(view, (self.uses, Arc::clone(picture)));
        self.bytes = self.bytes + picture.len() - old.map_or(0, |(_, old)| old.len());
        while self.bytes > KEPT {
            let oldest = self.pictures.iter().min_by_key(|(_, (used, _))| *used).map(|(view, _)| *view);
            let Some((_, gone)) = oldest.and_then(|view| self.pictures.remove(&view)) else { break };
            self.bytes -= gone.len();
        }
    }
}

/// A document of the EPUB with what a reading system adds to it: margins, a size of type, day or night.
fn read_by(light: &str, document: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(document);
    let style = "<link rel=\"stylesheet\" type=\"text/css\" href=\"reader.css\"/>\n</head>";
    let text = text.replacen("</head>", style, 1);
    text.replacen("<html ", &format!("<html data-light=\"{light}\" "), 1).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_kept_up_to_a_bound_and_the_oldest_goes_first() {
        let mut drawn = Drawn::default();
        let view = |n| View { mark: Mark(n), side: false, width: 400 };
        let large: Arc<[u8]> = vec![0; KEPT / 3].into();
        for n in 0..3 {
            drawn.keep(view(n), &large);
        }
        assert!(drawn.get(view(0)).is_some());
        drawn.keep(view(3), &large);
        let there: Vec<bool> = (0..4).map(|n| drawn.get(view(n)).is_some()).collect();
        assert_eq!(there, [true, false, true, true]);
        assert!(drawn.bytes <= KEPT);
        drawn.keep(view(3), &large);
        assert_eq!(drawn.bytes, 3 * large.len());
    }
}
