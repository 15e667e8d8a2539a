//! Who and what a booklet is: the metadata of its manifest, and a name that stays.

use sha1_smol::Sha1;

use crate::address::Address;
use crate::language::Language;

use super::{Date, Person, Series, Subject};

/// The name space of booklets, a UUID made once for this purpose.
const NAMESPACE: [u8; 16] =
    [0x5f, 0x0b, 0x3c, 0x52, 0x8d, 0x1e, 0x4a, 0x77, 0x9a, 0x6e, 0x2c, 0x41, 0x10, 0xb7, 0xd3, 0x98];

/// Who and what a booklet is: all metadata that reaches an output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Title: as written in a manifest, with the language's quotes, dashes and spaces in a document.
    pub title: String,
    /// Subtitle, likewise.
    pub subtitle: Option<String>,
    /// A shorter title for running heads, likewise.
    pub short_title: Option<String>,
    /// BCP 47 tag.
    pub language: Language,
    /// Who wrote it.
    pub authors: Vec<Person>,
    /// Who else made it.
    pub contributors: Vec<Person>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The booklet's date.
    pub date: Option<Date>,
    /// Rights statement.
    pub rights: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// Subject words.
    pub subjects: Vec<Subject>,
    /// Where the text comes from.
    pub source: Option<String>,
    /// As given, or `urn:uuid:` with a name-based UUID (RFC 9562, version 5) made from the metadata.
    pub identifier: String,
    /// Series.
    pub series: Option<Series>,
    /// File name stem of the outputs: lower-case ASCII letters, digits, hyphens.
    pub slug: String,
}

impl Identity {
    /// Gives it an identifier of its own: a UUID of version 5 (RFC 9562, 5.5) from what makes a booklet this one and
    /// no other: title, subtitle, authors, contributors, language, publisher. The text is not among them: a corrected
    /// booklet is still the same booklet, and reading systems keep the reader's place.
    pub(super) fn name(&mut self) {
        let mut parts = vec![
            self.title.as_str(),
            self.subtitle.as_deref().unwrap_or_default(),
            self.language.tag(),
            self.publisher.as_deref().unwrap_or_default(),
        ];
        for person in self.authors.iter().chain(&self.contributors) {
            parts.extend([person.name.as_str(), &person.role]);
        }
        self.identifier = uuid(&parts);
    }

    /// Where the text comes from, if that is a place that can be opened.
    pub fn source_address(&self) -> Option<Address> {
        // Words may begin like an address: “News: a daily”.
        let source = self.source.as_deref().filter(|source| !source.contains(char::is_whitespace))?;
        Address::new(source).ok()
    }

    /// The identity of a file that is no booklet: a test sheet.
    pub fn plain(title: &str, language: impl Into<Language>) -> Self {
        let language = language.into();
        Self {
            title: title.to_owned(),
            short_title: None,
            subtitle: None,
            authors: Vec::new(),
            contributors: Vec::new(),
            publisher: None,
            date: None,
            rights: None,
            description: None,
            subjects: Vec::new(),
            source: None,
            identifier: uuid(&[title, language.tag()]),
            language,
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
