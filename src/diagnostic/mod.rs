//! What is wrong, where, and how to mend it.
//!
//! Comes in: findings of every stage, each with a [`Code`] and where possible a [`Span`]. Goes out:
//! a [`Report`] that the command line renders (`render.rs`): file, line, column, the line itself, a
//! caret, the hint. Stages record and go on, so that one run shows every mistake; only the press
//! decides to stop, at the end of a stage.
//!
//! Codes are grouped by stage: `M` manifest, `B` files of the booklet, `D` document, `T` typesetting,
//! `I` imposition, `R` files read back, `X` faults of booklet itself. `codes.rs` lists every one with its meaning.

use std::sync::Arc;

pub mod codes;
pub mod fault;
pub mod nearest;
pub mod render;
mod trail;

pub use trail::{Places, Stamp, Trail};

/// A diagnostic's stable name, such as `M002`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

/// How grave a finding is. Only an error stops the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The booklet cannot be built as written.
    Error,
    /// It can, but probably not as meant.
    Warning,
    /// Something worth knowing.
    Note,
}

/// Index of a text in the report's list of sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A range of bytes in a source, `start` inclusive, `end` exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Which text.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A byte of a text, as spans count them.
    pub fn byte(at: usize) -> u32 {
        debug_assert!(u32::try_from(at).is_ok(), "texts are read whole, and none of 4 GiB is");
        u32::try_from(at).unwrap_or(u32::MAX)
    }
}

/// A text that people wrote: its name as shown to them (never an absolute path unless they gave one)
/// and its contents.
#[derive(Debug, Clone)]
pub struct Source {
    /// As shown in diagnostics, for instance `booklets/x/manifest.toml`.
    pub name: String,
    /// The whole text.
    pub text: Arc<str>,
}

/// One finding.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// Its stable name.
    pub code: Code,
    /// How grave it is.
    pub severity: Severity,
    /// Where, when a place can be named.
    pub span: Option<Span>,
    /// A file without a text of its own (a picture, a font, a missing chapter), when there is no span.
    pub file: Option<String>,
    /// What is wrong, one plain sentence without a final stop.
    pub message: String,
    /// How to mend it, each a plain sentence.
    pub hints: Vec<String>,
}

impl Diagnostic {
    fn new(severity: Severity, code: Code, message: impl Into<String>) -> Self {
        Self { code, severity, span: None, file: None, message: message.into(), hints: Vec::new() }
    }
    /// An error: the booklet cannot be built as written.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }
    /// A warning.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }
    /// A note.
    pub fn note(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }
    /// Says where.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }
    /// Says where, if it is known.
    #[must_use]
    pub fn at_opt(mut self, span: Option<Span>) -> Self {
        self.span = span;
        self
    }
    /// Names the file, when it has no text to point into.
    #[must_use]
    pub fn in_file(mut self, name: impl Into<String>) -> Self {
        self.file = Some(name.into());
        self
    }
    /// Adds a way to mend it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

/// Everything found while one booklet is made, the texts that the spans point into, and where it was
/// looked for.
#[derive(Debug, Clone, Default)]
pub struct Report {
    sources: Vec<Source>,
    diagnostics: Vec<Diagnostic>,
    trail: Trail,
}

impl Report {
    /// An empty report.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same without what is only worth knowing.
    pub fn without_notes(&self) -> Self {
        let mut report = self.clone();
        report.diagnostics.retain(|finding| finding.severity != Severity::Note);
        report
    }

    /// Registers a text, so that spans can point into it.
    pub fn add_source(&mut self, source: Source) -> SourceId {
        self.sources.push(source);
        let last = self.sources.len() - 1;
        debug_assert!(u32::try_from(last).is_ok(), "a booklet has fewer texts than that");
        SourceId(u32::try_from(last).unwrap_or(u32::MAX))
    }
    /// The text behind an id.
    pub fn source(&self, id: SourceId) -> Option<&Source> {
        self.sources.get(id.0 as usize)
    }
    /// The places on disk that were looked at.
    pub fn trail(&self) -> &Trail {
        &self.trail
    }
    /// Records a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
    /// All findings, in the order found.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
    /// How many findings are errors.
    pub fn errors(&self) -> usize {
        self.diagnostics.iter().filter(|d| d.severity == Severity::Error).count()
    }
    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }
}
