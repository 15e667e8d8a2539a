//! Manifests, without the files that they name.

use booklet::diagnostic::{Report, Source};
use booklet::language::Language;
use booklet::manifest;

use super::sound;

/// Tries a manifest.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let read = || {
        let mut report = Report::new();
        let source = report.add_source(Source { name: "manifest.toml".to_owned(), text: text.into() });
        let manifest = manifest::parse(source, &mut report);
        sound::report(&report);
        assert_eq!(manifest.is_none(), report.has_errors(), "{:?}", report.diagnostics());
        (manifest, report)
    };
    let ((one, findings), (other, again)) = (read(), read());
    sound::same(&findings, &again);
    assert_eq!(format!("{one:?}"), format!("{other:?}"));
    let Some(manifest) = one else { return };
    // It becomes part of file names.
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    assert!(
        !manifest.identity.slug.is_empty() && manifest.identity.slug.chars().all(plain),
        "{:?}",
        manifest.identity.slug
    );
    assert_eq!(Language::parse(manifest.identity.language.tag()).as_ref(), Ok(&manifest.identity.language));
    assert!(!manifest.chapters.is_empty() && !manifest.prints.is_empty());
}
