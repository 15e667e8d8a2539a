//! Who and what the booklet is, as PDF tells it: the information dictionary and the XMP packet.
//!
//! Both say the same, and only what the manifest says: no time of making, no user, no machine.

use lopdf::{Dictionary, Object, StringFormat};

use crate::manifest::{Date, Identity};
use crate::xml::{Readers, Xml};

/// Name of the program in the files it makes.
pub(super) const PRODUCER: &str = "booklet";

/// A text string (7.9.2.2): ASCII as it is, all else in UTF-16.
pub(super) fn text_string(text: &str) -> Object {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Object::String(text.as_bytes().to_vec(), StringFormat::Literal);
    }
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Literal)
}

fn authors(identity: &Identity) -> Vec<&str> {
    identity.authors.iter().map(|person| person.name.as_str()).collect()
}

/// The information dictionary (14.3.3).
pub(super) fn info(identity: &Identity) -> Dictionary {
    let mut info = Dictionary::new();
    info.set("Title", text_string(&identity.title));
    let authors = authors(identity).join(", ");
    if !authors.is_empty() {
        info.set("Author", text_string(&authors));
    }
    if let Some(description) = &identity.description {
        info.set("Subject", text_string(description));
    }
    if !identity.subjects.is_empty() {
        info.set("Keywords", text_string(&keywords(identity)));
    }
    info.set("Producer", text_string(PRODUCER));
    if let Some(Date { year, month, day }) = identity.date {
        info.set("CreationDate", text_string(&format!("D:{year:04}{month:02}{day:02}")));
    }
    info
}

/// Which standards a file claims to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Claims {
    /// PDF/A-3a and PDF/UA-1: it can be kept, read aloud, and holds what it is made from.
    Accessible,
    /// PDF/A-2b: it can be kept.
    Kept,
}

/// PDF/UA's own property, described as PDF/A asks of all that it does not know (ISO 19005-3, 6.6.2.3).
const EXTENSION: &str = "<rdf:Description rdf:about=\"\" \
    xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" \
    xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" \
    xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\
    <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\
    <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\
    <pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
    <pdfaProperty:category>internal</pdfaProperty:category>\
    <pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>\
    </rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>";

/// The XMP packet (ISO 16684-1), as UTF-8.
pub(super) fn xmp(identity: &Identity, claims: Claims) -> String {
    let mut packet = Packet(Xml::new(Readers::Xml));
    packet.0.raw("<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
    packet.0.start("x:xmpmeta").attribute("xmlns:x", "adobe:ns:meta/");
    packet.0.start("rdf:RDF").attribute("xmlns:rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
    packet.0.start("rdf:Description").attribute("rdf:about", "").attributes(&[
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:xmp", "http://ns.adobe.com/xap/1.0/"),
        ("xmlns:pdf", "http://ns.adobe.com/pdf/1.3/"),
        ("xmlns:pdfaid", "http://www.aiim.org/pdfa/ns/id/"),
        ("xmlns:pdfuaid", "http://www.aiim.org/pdfua/ns/id/"),
    ]);
    packet.0.newline();
    packet.said(identity);
    let claimed = match claims {
        Claims::Accessible => [("pdfaid:part", "3"), ("pdfaid:conformance", "A")],
        Claims::Kept => [("pdfaid:part", "2"), ("pdfaid:conformance", "B")],
    };
    for (name, value) in claimed {
        packet.simple(name, Some(value));
    }
    if claims == Claims::Accessible {
        packet.simple("pdfuaid:part", Some("1"));
    }
    packet.0.end();
    if claims == Claims::Accessible {
        packet.0.raw(EXTENSION);
    }
    packet.0.end().end();
    packet.0.newline();
    packet.0.raw("<?xpacket end=\"r\"?>");
    packet.0.finish()
}

/// The properties of a packet, a line each.
struct Packet(Xml);

impl Packet {
    /// What the manifest says of the booklet.
    fn said(&mut self, identity: &Identity) {
        self.alternative("dc:title", Some(&identity.title));
        self.alternative("dc:description", identity.description.as_deref());
        self.alternative("dc:rights", identity.rights.as_deref());
        self.list("dc:creator", "rdf:Seq", &authors(identity));
        let contributors: Vec<&str> =
            identity.contributors.iter().map(|person| person.name.as_str()).collect();
        self.list("dc:contributor", "rdf:Bag", &contributors);
        self.list("dc:publisher", "rdf:Bag", identity.publisher.as_deref().as_slice());
        let subjects: Vec<&str> = identity.subjects.iter().map(|subject| subject.name.as_str()).collect();
        self.list("dc:subject", "rdf:Bag", &subjects);
        self.list("dc:language", "rdf:Bag", &[identity.language.tag()]);
        let date = identity.date.map(|Date { year, month, day }| format!("{year:04}-{month:02}-{day:02}"));
        self.list("dc:date", "rdf:Seq", date.as_deref().as_slice());
        self.simple("dc:format", Some("application/pdf"));
        self.simple("dc:identifier", Some(&identity.identifier));
        self.simple("dc:source", identity.source.as_deref());
        self.simple("xmp:CreateDate", date.as_deref());
        self.simple("pdf:Producer", Some(PRODUCER));
        if !identity.subjects.is_empty() {
            self.simple("pdf:Keywords", Some(&keywords(identity)));
        }
    }

    /// A text that could be there in several languages.
    fn alternative(&mut self, name: &'static str, text: Option<&str>) {
        let Some(text) = text else { return };
        self.0.start(name).start("rdf:Alt");
        self.0.element("rdf:li", &[("xml:lang", "x-default")], text).end().end();
        self.0.newline();
    }

    /// Several texts, in order (`rdf:Seq`) or not (`rdf:Bag`).
    fn list(&mut self, name: &'static str, kind: &'static str, items: &[&str]) {
        if items.is_empty() {
            return;
        }
        self.0.start(name).start(kind);
        for item in items {
            self.0.element("rdf:li", &[], item);
        }
        self.0.end().end();
        self.0.newline();
    }

    /// A text.
    fn simple(&mut self, name: &'static str, text: Option<&str>) {
        let Some(text) = text else { return };
        self.0.line(name, &[], text);
    }
}

/// The subjects in words.
fn keywords(identity: &Identity) -> String {
    identity.subjects.iter().map(|subject| subject.name.as_str()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_beyond_ascii_is_utf16() {
        let Object::String(bytes, _) = text_string("é") else { panic!("no string") };
        assert_eq!(bytes, [0xFE, 0xFF, 0x00, 0xE9]);
    }
}
