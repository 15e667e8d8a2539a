//! Documents from texts in memory, for tests: no disk, no manifest.

use std::sync::Arc;

use booklet::booklet::{BackCover, ChapterText};
use booklet::diagnostic::{Diagnostic, Report, Source, codes};
use booklet::document::{self, Document, Sources};
use booklet::manifest::Identity;
use booklet::picture::{Picture, PixelFormat, Raster};

/// Metadata with nothing but a title and a language.
pub fn identity(language: &str) -> Identity {
    Identity {
        identifier: "urn:uuid:0".to_owned(),
        slug: "a-title".to_owned(),
        ..Identity::plain("A title", language)
    }
}

/// A chapter's file, registered in the report.
pub fn chapter(file: &str, text: &str, report: &mut Report) -> ChapterText {
    let text: Arc<str> = Arc::from(text);
    let source = report.add_source(Source { name: file.to_owned(), text: Arc::clone(&text) });
    ChapterText { source, text, file: file.to_owned(), title: None, short_title: None, numbered: false }
}

/// Reads chapters given as file name and text. Pictures exist if their name begins with `there`.
pub fn read(language: &str, files: &[(&str, &str)]) -> (Document, Report) {
    let mut report = Report::new();
    let chapters: Vec<_> = files.iter().map(|(file, text)| chapter(file, text, &mut report)).collect();
    let picture = |path: &str, _file: &str| {
        if path.starts_with("there") {
            Ok(Arc::new(Picture::Raster(Raster {
                width: 1,
                height: 1,
                dpi: None,
                format: PixelFormat::Gray,
                pixels: Arc::from([0_u8].as_slice()),
                photographic: false,
            })))
        } else {
            Err(Diagnostic::error(codes::B002, format!("the picture {path} cannot be read")))
        }
    };
    let identity = identity(language);
    let sources = Sources {
        identity: &identity,
        chapters: &chapters,
        front: None,
        back: &BackCover::Blank,
        cover: &Default::default(),
        authors_at: None,
        picture: &picture,
        notes: Default::default(),
    };
    let document = document::compose(&sources, &mut report);
    (document, report)
}

/// Findings as lines: code, line:column, message.
pub fn findings(report: &Report) -> Vec<String> {
    report
        .diagnostics()
        .iter()
        .map(|finding| {
            let place = finding.span.and_then(|span| {
                let text = &report.source(span.source)?.text;
                let before = text.get(..span.start as usize)?;
                let line = before.matches('\n').count() + 1;
                let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
                Some(format!(" {line}:{column}"))
            });
            format!("{}{} {}", finding.code.0, place.unwrap_or_default(), finding.message)
        })
        .collect()
}
