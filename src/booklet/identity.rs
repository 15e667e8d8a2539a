//! Who and what a booklet is: the metadata of its manifest, and a name that stays.

use sha1_smol::Sha1;

use crate::address::Address;
use crate::manifest::Manifest;

use super::Identity;

/// The name space of booklets, a UUID made once for this purpose.
const NAMESPACE: [u8; 16] =
    [0x5f, 0x0b, 0x3c, 0x52, 0x8d, 0x1e, 0x4a, 0x77, 0x9a, 0x6e, 0x2c, 0x41, 0x10, 0xb7, 0xd3, 0x98];

/// The identity that a manifest gives.
pub(super) fn identity(manifest: &Manifest) -> Identity {
    let m = manifest;
    Identity {
        title: m.title.value.clone(),
        subtitle: m.subtitle.clone(),
        short_title: m.short_title.clone(),
        language: m.language.value.clone(),
        authors: m.authors.clone(),
        contributors: m.contributors.clone(),
        publisher: m.publisher.clone(),
        date: m.date,
        rights: m.rights.clone(),
        description: m.description.clone(),
        subjects: m.subjects.clone(),
        source: m.source_of_text.clone(),
        identifier: m.identifier.as_ref().map_or_else(|| name_based(m), |i| i.value.clone()),
        series: m.series.clone(),
        slug: m.slug.clone(),
    }
}

/// A UUID of version 5 (RFC 9562, 5.5) from what makes a booklet this one and no other: title, subtitle,
/// authors, contributors, language, publisher. The text is not among them: a corrected booklet is still
/// the same booklet, and reading systems keep the reader's place.
fn name_based(manifest: &Manifest) -> String {
    let mut parts = vec![
        manifest.title.value.as_str(),
        manifest.subtitle.as_deref().unwrap_or_default(),
        &manifest.language.value,
        manifest.publisher.as_deref().unwrap_or_default(),
    ];
    for person in manifest.authors.iter().chain(&manifest.contributors) {
        parts.extend([person.name.as_str(), &person.role]);
    }
    uuid(&parts)
}

impl Identity {
    /// Where the text comes from, if that is a place that can be opened.
    pub fn source_address(&self) -> Option<Address> {
        // Words may begin like an address: “News: a daily”.
        let source = self.source.as_deref().filter(|source| !source.contains(char::is_whitespace))?;
        Address::new(source).ok()
    }

    /// The identity of a file that is no booklet: a test sheet.
    pub fn plain(title: &str, language: &str) -> Self {
        Self {
            title: title.to_owned(),
            short_title: None,
            subtitle: None,
            language: language.to_owned(),
            authors: Vec::new(),
            contributors: Vec::new(),
            publisher: None,
            date: None,
            rights: None,
            description: None,
            subjects: Vec::new(),
            source: None,
            identifier: uuid(&[title, language]),
            series: None,
            slug: String::new(),
        }
    }
}

/// `urn:uuid:` with the UUID of some texts in the name space.
fn uuid(parts: &[&str]) -> String {
    let mut sha = Sha1::new();
    sha.update(&NAMESPACE);
    for part in parts {
        sha.update(part.as_bytes());
        sha.update(&[0]);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&sha.digest().bytes()[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x50;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
