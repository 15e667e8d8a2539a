//! The package document (OPF) and the EPUB 2 contents (NCX).
//!
//! Comes in: the identity and the list of files. Goes out: XML that says all that the manifest says and
//! nothing that it does not: EPUB 3.3 §5, EPUB Accessibility 1.1, MARC relator codes, and the EPUB 2
//! elements (guide, NCX, `cover` meta) that old reading systems look for.

use crate::manifest::{Identity, Person, ROLES};
use crate::xml::{Readers, Xml};

use super::Context;
use super::documents::xhtml::Heading;
use super::listed::PackageItem;
use super::matter::{iso, names};
use super::pages::PageLink;
use super::plan::Landmark;
use super::sources;

/// When a manifest has no date, the EPUB still must say when it was last modified (EPUB 3.3 §5.5.2.2).
/// A fixed day keeps the bytes the same; it means “not said”.
const NO_DATE: &str = "2000-01-01";

/// What the text asks of its reader's senses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Senses {
    /// Whether there are pictures at all.
    pub pictures: bool,
    /// Whether pictures within the text have alternatives in words.
    pub described: bool,
    /// Whether some that carry meaning have none.
    pub undescribed: bool,
    /// Whether the beginnings of printed pages are marked.
    pub pages: bool,
}

/// The package document.
pub fn opf(
    context: &Context<'_>,
    items: &[PackageItem],
    landmarks: &[Landmark<'_>],
    senses: Senses,
    certified_by: Option<&str>,
) -> String {
    let mut xml = Xml::declared(Readers::XmlAndHtml);
    xml.start("package")
        .attribute("xmlns", "http://www.idpf.org/2007/opf")
        .attributes(&[("version", "3.0"), ("unique-identifier", "identifier")])
        .attribute("xml:lang", context.document.identity.language.tag());
    if context.rtl {
        xml.attribute("dir", "rtl");
    }
    xml.deeper();
    metadata(&mut xml, context, items, senses, certified_by);
    xml.open("manifest", &[]);
    for item in items {
        let properties = ("properties", item.properties);
        let item = [("id", item.id.as_str()), ("href", &item.href), ("media-type", item.media), properties];
        let given = if properties.1.is_empty() { 3 } else { 4 };
        xml.void_line("item", &item[..given]);
    }
    xml.close();
    let direction = if context.rtl { "rtl" } else { "ltr" };
    xml.open("spine", &[("toc", "ncx"), ("page-progression-direction", direction)]);
    for item in items.iter().filter(|item| item.spine) {
        xml.void_line("itemref", &[("idref", &item.id)]);
    }
    xml.close();
    xml.open("guide", &[]);
    for Landmark { guide, href, words, .. } in landmarks {
        xml.void_line("reference", &[("type", guide), ("title", words), ("href", href)]);
    }
    xml.close();
    xml.close();
    xml.finish()
}

/// A property of what has an id.
fn refine(xml: &mut Xml, id: &str, property: &str, value: &str) {
    xml.line("meta", &[("refines", &format!("#{id}")), ("property", property)], value);
}

fn metadata(
    xml: &mut Xml,
    context: &Context<'_>,
    items: &[PackageItem],
    senses: Senses,
    certified_by: Option<&str>,
) {
    let identity = &context.document.identity;
    xml.open("metadata", &[("xmlns:dc", "http://purl.org/dc/elements/1.1/")]);
    xml.line("dc:identifier", &[("id", "identifier")], &identity.identifier);
    // Old reading systems show the first title alone.
    let titles = [
        ("title", "main", Some(&identity.title)),
        ("subtitle", "subtitle", identity.subtitle.as_ref()),
        ("short-title", "short", identity.short_title.as_ref()),
    ];
    for (index, (id, kind, title)) in titles.into_iter().enumerate() {
        let Some(title) = title else { continue };
        xml.line("dc:title", &[("id", id)], title);
        refine(xml, id, "title-type", kind);
        refine(xml, id, "display-seq", &(index + 1).to_string());
    }
    xml.line("dc:language", &[], identity.language.tag());
    people(xml, "creator", "dc:creator", &identity.authors);
    people(xml, "contributor", "dc:contributor", &identity.contributors);
    let date = identity.date.map(iso);
    let simple = [
        ("dc:publisher", &identity.publisher),
        ("dc:date", &date),
        ("dc:description", &identity.description),
        ("dc:rights", &identity.rights),
        ("dc:source", &identity.source),
    ];
    for (name, words) in simple {
        if let Some(words) = words {
            xml.line(name, &[], words);
        }
    }
    for (index, subject) in identity.subjects.iter().enumerate() {
        let Some((scheme, code)) = &subject.class else {
            xml.line("dc:subject", &[], &subject.name);
            continue;
        };
        let id = format!("subject-{}", index + 1);
        xml.line("dc:subject", &[("id", &id)], &subject.name);
        refine(xml, &id, "authority", scheme);
        refine(xml, &id, "term", code);
    }
    if let Some(series) = &identity.series {
        xml.line("meta", &[("property", "belongs-to-collection"), ("id", "series")], &series.name);
        refine(xml, "series", "collection-type", "series");
        if let Some(number) = series.number {
            refine(xml, "series", "group-position", &number.to_string());
        }
    }
    let modified = format!("{}T00:00:00Z", date.as_deref().unwrap_or(NO_DATE));
    xml.line("meta", &[("property", "dcterms:modified")], &modified);
    accessibility(xml, context, senses, certified_by);
    if senses.pages {
        // Page Source Identification (W3C community group report, 2023): where the pages are from.
        xml.line("meta", &[("property", "pageBreakSource")], &page_source(identity));
    }
    if let Some(cover) = items.iter().find(|item| item.properties == "cover-image") {
        xml.void_line("meta", &[("name", "cover"), ("content", &cover.id)]);
    }
    if context.sources {
        // A linked resource (EPUB 3.3, 5.5.7): it belongs to the package, and no page shows it.
        let (href, media) = (("href", sources::NAME), ("media-type", sources::MEDIA));
        xml.void_line("link", &[("rel", "dcterms:source"), href, media]);
    }
    xml.void_line("meta", &[("name", "generator"), ("content", "booklet")]);
    xml.close();
}

/// Those who made the text, in one way or another.
fn people(xml: &mut Xml, kind: &str, element: &'static str, people: &[Person]) {
    for (index, person) in people.iter().enumerate() {
        let id = format!("{kind}-{}", index + 1);
        xml.line(element, &[("id", &id)], &person.name);
        let of = format!("#{id}");
        let role = [("refines", of.as_str()), ("property", "role"), ("scheme", "marc:relators")];
        xml.line("meta", &role, relator(person));
        if let Some(file_as) = &person.file_as {
            refine(xml, &id, "file-as", file_as);
        }
    }
}

/// What EPUB Accessibility 1.1 §2.2 asks for. Conformance is claimed only if the manifest names who
/// certifies it: only a person can judge it.
fn accessibility(xml: &mut Xml, context: &Context<'_>, senses: Senses, certified_by: Option<&str>) {
    if let Some(name) = certified_by {
        let claim = "EPUB Accessibility 1.1 - WCAG 2.1 Level AA";
        xml.line("meta", &[("property", "dcterms:conformsTo"), ("id", "conformance")], claim);
        refine(xml, "conformance", "a11y:certifiedBy", name);
    }
    let mut say = |property: &str, what: &str| {
        xml.line("meta", &[("property", &format!("schema:{property}"))], what);
    };
    say("accessMode", "textual");
    if senses.pictures {
        say("accessMode", "visual");
    }
    // Without its pictures a text is whole only if words say what they show.
    say("accessModeSufficient", if senses.undescribed { "textual,visual" } else { "textual" });
    for feature in ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"] {
        say("accessibilityFeature", feature);
    }
    let mut summary = context.labels.summary.to_owned();
    if senses.pages {
        say("accessibilityFeature", "pageBreakMarkers");
        say("accessibilityFeature", "pageNavigation");
        summary.push(' ');
        summary.push_str(context.labels.summary_pages);
    }
    if senses.described && !senses.undescribed {
        say("accessibilityFeature", "alternativeText");
        summary.push(' ');
        summary.push_str(context.labels.summary_pictures);
    }
    // Still text and still pictures neither flash, nor move, nor sound.
    say("accessibilityHazard", "none");
    say("accessibilitySummary", &summary);
}

/// The printed edition that the marks of pages come from. It has no number of its own in the book trade,
/// so it is told by what is printed on it.
fn page_source(identity: &Identity) -> String {
    let mut parts = vec![identity.title.clone()];
    parts.extend(identity.subtitle.clone());
    if !identity.authors.is_empty() {
        parts.push(names(&identity.authors));
    }
    let year = identity.date.map(|date| date.year.to_string());
    let made = identity.publisher.iter().chain(&year).map(String::as_str).collect::<Vec<_>>().join(", ");
    if !made.is_empty() {
        parts.push(made);
    }
    format!("{} (PDF)", parts.join(". "))
}

/// The MARC relator code of a role: https://www.loc.gov/marc/relators/
fn relator(person: &Person) -> &'static str {
    let role = person.role.trim().to_lowercase();
    ROLES.iter().find(|(word, code)| role == *word || role == *code).map_or("ctb", |(_, code)| code)
}

/// The contents for EPUB 2 reading systems.
pub fn ncx(context: &Context<'_>, headings: &[Heading], pages: &[PageLink]) -> String {
    let identity = &context.document.identity;
    let depth = headings.iter().map(|heading| heading.level).max().unwrap_or(1);
    let most = pages.iter().filter_map(|page| page.label.parse::<u32>().ok()).max().unwrap_or(0);
    let mut xml = Xml::declared(Readers::XmlAndHtml);
    let root = [("xmlns", "http://www.daisy.org/z3986/2005/ncx/"), ("version", "2005-1")];
    xml.start("ncx").attributes(&root).attribute("xml:lang", identity.language.tag());
    xml.deeper();
    xml.open("head", &[]);
    let about = [
        ("dtb:uid", identity.identifier.clone()),
        ("dtb:depth", depth.to_string()),
        ("dtb:totalPageCount", pages.len().to_string()),
        ("dtb:maxPageNumber", most.to_string()),
    ];
    for (name, content) in &about {
        xml.void_line("meta", &[("name", name), ("content", content)]);
    }
    xml.close();
    xml.indent();
    xml.start("docTitle").element("text", &[], &identity.title).end();
    xml.newline();
    xml.open("navMap", &[]);
    let mut open: Vec<usize> = Vec::new();
    for (index, heading) in headings.iter().enumerate() {
        while open.pop_if(|level| *level >= heading.level).is_some() {
            xml.close();
        }
        let order = (index + 1).to_string();
        xml.indent();
        xml.start("navPoint").attributes(&[("id", &format!("point-{order}")), ("playOrder", &order)]);
        xml.start("navLabel").element("text", &[], &heading.words).end();
        xml.start("content").attribute("src", &heading.href).void();
        xml.deeper();
        open.push(heading.level);
    }
    open.iter().for_each(|_| xml.close());
    xml.close();
    if !pages.is_empty() {
        xml.open("pageList", &[]);
        xml.indent();
        xml.start("navLabel").element("text", &[], context.labels.pages).end();
        xml.newline();
        for (index, page) in pages.iter().enumerate() {
            let id = format!("target-{}", index + 1);
            xml.indent();
            xml.start("pageTarget").attributes(&[("id", &id), ("type", "normal"), ("value", &page.label)]);
            xml.start("navLabel").element("text", &[], &page.label).end();
            xml.start("content").attribute("src", &page.href).void();
            xml.end();
            xml.newline();
        }
        xml.close();
    }
    xml.close();
    xml.finish()
}
