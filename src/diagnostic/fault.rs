//! A boundary that a panic does not cross: what fails behind it ends that one thing, not the program.
//!
//! Comes in: work that ends, or panics, on this thread or on threads that work for it. Goes out: what it
//! gave, or a [`Fault`]: what the panic said, and where in the code. Decoders of pictures and fonts stand
//! behind one each, since they are other people's code over strangers' bytes; every booklet stands behind
//! one, so that a fault of our own is told like any other finding and costs that booklet alone.
//!
//! The program calls [`listen`] once: from then on panics behind a boundary are not written to standard error by the
//! runtime, and the place is known. Who uses the library without that gets the same faults, without a
//! place, and the runtime's message beside them. The only place that catches panics.

use std::any::Any;
use std::cell::Cell;
use std::fmt;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, Once, PoisonError};

use super::{Diagnostic, Report, SourceId, codes};

/// Letters of a panic's message that are kept: some quote whole texts.
const LONGEST: usize = 300;
/// Panics that are remembered until a boundary takes them up.
const MOST: usize = 64;

thread_local! {
    /// How many boundaries are open on this thread.
    static OPEN: Cell<usize> = const { Cell::new(0) };
}
/// How many are open on all threads.
static OPEN_ANYWHERE: AtomicUsize = AtomicUsize::new(0);
/// What was said where, until a boundary takes it up. A panic may come from another thread than that of
/// the boundary, so it is found again by its words.
static HEARD: Mutex<Vec<Fault>> = Mutex::new(Vec::new());

/// What a panic said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Its message, in one line.
    pub message: String,
    /// Where in the code, if [`listen`] was called: file and line, without the folders of the computer that
    /// the program was built on.
    pub place: Option<String>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some(place) => write!(f, "“{}” at {place}", self.message),
            None => write!(f, "“{}”", self.message),
        }
    }
}

impl Fault {
    /// The finding, for the people whose booklet it is.
    pub fn finding(&self) -> Diagnostic {
        let what = format!("booklet itself has a fault and had to give up here: {self}");
        Diagnostic::error(codes::X001, what)
            .hint("this is not a mistake of yours: please report it, with these words and with the files that are read")
            .hint("files that were there before are as they were")
    }
}

/// Does some work; a panic in it ends here.
///
/// # Errors
/// What the panic said. Whatever the work was changing may be half changed.
pub fn contained<T>(work: impl FnOnce() -> T) -> Result<T, Fault> {
    let open = Open::begin();
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    drop(open);
    done.map_err(|payload| taken_up(said(&*payload)))
}

/// Does some work about a booklet; a panic in it becomes a finding, beside all that was found before. `name`
/// is what the user calls the booklet, in case that its manifest was not read yet.
pub fn guarded<T>(name: &str, report: &mut Report, work: impl FnOnce(&mut Report) -> T) -> Option<T> {
    match contained(|| work(report)) {
        Ok(done) => Some(done),
        Err(fault) => {
            let name = report.source(SourceId(0)).map_or(name, |source| &source.name).to_owned();
            report.push(fault.finding().in_file(name));
            None
        }
    }
}

/// From now on panics behind a boundary are heard here and not shown; all others as before.
pub fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |panic| if behind_a_boundary() { hear(panic) } else { before(panic) }));
    });
}

/// A boundary that is open.
struct Open;

impl Open {
    fn begin() -> Self {
        OPEN.set(OPEN.get() + 1);
        OPEN_ANYWHERE.fetch_add(1, Ordering::AcqRel);
        Self
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        OPEN.set(OPEN.get() - 1);
        OPEN_ANYWHERE.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Whether this thread is inside a boundary, or works for others of which one is: threads of a pool have no
/// names, and what they panic with goes on where the pool was given the work.
fn behind_a_boundary() -> bool {
    OPEN.get() > 0 || (OPEN_ANYWHERE.load(Ordering::Acquire) > 0 && std::thread::current().name().is_none())
}

fn hear(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(|at| format!("{}:{}", place(at.file()), at.line()));
    let mut heard = HEARD.lock().unwrap_or_else(PoisonError::into_inner);
    if heard.len() < MOST {
        heard.push(Fault { message: said(panic.payload()), place });
    }
}

/// The fault as it was heard, with its place.
fn taken_up(message: String) -> Fault {
    let mut heard = HEARD.lock().unwrap_or_else(PoisonError::into_inner);
    let fault = match heard.iter().rposition(|fault| fault.message == message) {
        Some(at) => heard.remove(at),
        None => Fault { message, place: None },
    };
    // Of two panics at once one is passed on: nobody takes the other up.
    if OPEN_ANYWHERE.load(Ordering::Acquire) == 0 {
        heard.clear();
    }
    fault
}

fn said(payload: &(dyn Any + Send)) -> String {
    let words = payload.downcast_ref::<&str>().copied();
    let words = words.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let words = words.unwrap_or("no words").split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(LONGEST).collect()
}

/// A file of the code without the folders that it lay in: `src/pdf/text.rs`, `zune-jpeg-0.5.15/src/mcu.rs`.
fn place(file: &str) -> String {
    let file = file.replace('\\', "/");
    if file.starts_with("src/") {
        return file;
    }
    let parts: Vec<&str> = file.split('/').collect();
    // The last `src`, and the folder that it is in; else the file alone.
    let src = parts.iter().rposition(|part| *part == "src");
    let from = src.map_or(parts.len() - 1, |at| at.saturating_sub(1));
    parts[from..].join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_fault_with_its_words_and_its_place() {
        listen();
        assert_eq!(contained(|| 7), Ok(7));
        let numbers = [1, 2, 3];
        let beyond = numbers.len() + std::hint::black_box(4);
        let fault = contained(|| numbers[beyond]).unwrap_err();
        assert_eq!(fault.message, "index out of bounds: the len is 3 but the index is 7");
        let place = fault.place.unwrap();
        assert!(place.starts_with("src/diagnostic/fault.rs:"), "{place}");
        // A boundary within another: each ends its own.
        let outer = contained(|| {
            assert!(contained(|| panic!("inner")).is_err());
            5
        });
        assert_eq!(outer, Ok(5));
        assert_eq!(OPEN.get(), 0);
    }

    #[test]
    fn a_panic_on_a_thread_that_helps_is_caught_where_the_work_was_given() {
        listen();
        let helped = contained(|| {
            std::thread::scope(|scope| match scope.spawn(|| panic!("a helper\n  fell")).join() {
                Ok(()) => {}
                Err(payload) => panic::resume_unwind(payload),
            });
        });
        let fault = helped.unwrap_err();
        assert_eq!(fault.message, "a helper fell");
        assert!(fault.place.is_some_and(|place| place.starts_with("src/diagnostic/fault.rs:")));
    }

    #[test]
    fn a_fault_is_told_beside_what_was_found_before_and_names_the_booklet() {
        listen();
        let mut report = Report::new();
        let done: Option<()> = guarded("zines/a", &mut report, |report| {
            report.push(Diagnostic::warning(codes::D007, "before"));
            panic!("{}", "long ".repeat(LONGEST));
        });
        assert!(done.is_none() && report.has_errors());
        let found: Vec<_> = report.diagnostics().iter().map(|d| (d.code, d.file.as_deref())).collect();
        assert_eq!(found, [(codes::D007, None), (codes::X001, Some("zines/a"))]);
        let told = &report.diagnostics()[1].message;
        assert!(told.chars().count() < LONGEST + 120, "{told}");
        // Once the manifest is read, it has the name that all findings about it have.
        let mut report = Report::new();
        report.add_source(super::super::Source { name: "zines/a/manifest.toml".into(), text: "".into() });
        assert!(guarded("zines/a", &mut report, |_| panic!("again")).is_none_or(|()| false));
        assert_eq!(report.diagnostics()[0].file.as_deref(), Some("zines/a/manifest.toml"));
    }

    #[test]
    fn a_place_in_the_code_tells_nothing_of_the_computer_it_was_built_on() {
        assert_eq!(place("src/typeset/line.rs"), "src/typeset/line.rs");
        assert_eq!(place(r"src\typeset\line.rs"), "src/typeset/line.rs");
        let registry = "/home/ada/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/";
        assert_eq!(place(&format!("{registry}zune-jpeg-0.5.15/src/mcu.rs")), "zune-jpeg-0.5.15/src/mcu.rs");
        assert_eq!(place("/rustc/f8297e351a/library/core/src/slice/index.rs"), "core/src/slice/index.rs");
        assert_eq!(place(r"C:\Users\ada\booklet\src\pdf\text.rs"), "booklet/src/pdf/text.rs");
        assert_eq!(place("/home/ada/build.rs"), "build.rs");
    }
}
