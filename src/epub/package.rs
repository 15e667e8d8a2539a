//! The package document (OPF) and the EPUB 2 contents (NCX).
//!
//! Comes in: the identity and the list of files. Goes out: XML that says all that the manifest says and
//! nothing that it does not: EPUB 3.3 §5, EPUB Accessibility 1.1, MARC relator codes, and the EPUB 2
//! elements (guide, NCX, `cover` meta) that old reading systems look for.

use crate::booklet::Identity;
use crate::manifest::{Person, ROLES};

use super::Context;
use super::listed::{Item, Landmark};
use super::matter::{iso, names};
use super::pages::PageLink;
use super::xhtml::Heading;
use super::xml::{text, value};

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
    items: &[Item],
    landmarks: &[Landmark<'_>],
    senses: Senses,
    certified_by: Option<&str>,
) -> String {
    let language = value(&context.document.identity.language);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<package xmlns=\"http://www.idpf.org/2007/opf\" \
         version=\"3.0\" unique-identifier=\"identifier\" xml:lang=\"{language}\"{}>\n",
        if context.rtl { " dir=\"rtl\"" } else { "" }
    );
    metadata(&mut out, context, items, senses, certified_by);
    out.push_str("  <manifest>\n");
    for item in items {
        out.push_str(&format!(
            "    <item id=\"{}\" href=\"{}\" media-type=\"{}\"",
            item.id, item.href, item.media
        ));
        if !item.properties.is_empty() {
            out.push_str(&format!(" properties=\"{}\"", item.properties));
        }
        out.push_str("/>\n");
    }
    let direction = if context.rtl { "rtl" } else { "ltr" };
    out.push_str(&format!(
        "  </manifest>\n  <spine toc=\"ncx\" page-progression-direction=\"{direction}\">\n"
    ));
    for item in items.iter().filter(|item| item.spine) {
        out.push_str(&format!("    <itemref idref=\"{}\"/>\n", item.id));
    }
    out.push_str("  </spine>\n  <guide>\n");
    for landmark in landmarks {
        let (kind, href) = (landmark.guide, landmark.href);
        let words = value(landmark.words);
        out.push_str(&format!("    <reference type=\"{kind}\" title=\"{words}\" href=\"{href}\"/>\n"));
    }
    out.push_str("  </guide>\n</package>\n");
    out
}

fn metadata(
    out: &mut String,
    context: &Context<'_>,
    items: &[Item],
    senses: Senses,
    certified_by: Option<&str>,
) {
    let identity = &context.document.identity;
    out.push_str("  <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n");
    let mut line = |text: String| {
        out.push_str("    ");
        out.push_str(&text);
        out.push('\n');
    };
    line(format!("<dc:identifier id=\"identifier\">{}</dc:identifier>", text(&identity.identifier)));
    // Old reading systems show the first title alone.
    let titles = [
        ("title", "main", Some(&identity.title)),
        ("subtitle", "subtitle", identity.subtitle.as_ref()),
        ("short-title", "short", identity.short_title.as_ref()),
    ];
    for (index, (id, kind, title)) in titles.into_iter().enumerate() {
        let Some(title) = title else { continue };
        line(format!("<dc:title id=\"{id}\">{}</dc:title>", text(title)));
        line(format!("<meta refines=\"#{id}\" property=\"title-type\">{kind}</meta>"));
        line(format!("<meta refines=\"#{id}\" property=\"display-seq\">{}</meta>", index + 1));
    }
    line(format!("<dc:language>{}</dc:language>", text(&identity.language)));
    for (kind, people) in [("creator", &identity.authors), ("contributor", &identity.contributors)] {
        for (index, person) in people.iter().enumerate() {
            let id = format!("{kind}-{}", index + 1);
            line(format!("<dc:{kind} id=\"{id}\">{}</dc:{kind}>", text(&person.name)));
            line(format!(
                "<meta refines=\"#{id}\" property=\"role\" scheme=\"marc:relators\">{}</meta>",
                relator(person)
            ));
            if let Some(file_as) = &person.file_as {
                line(format!("<meta refines=\"#{id}\" property=\"file-as\">{}</meta>", text(file_as)));
            }
        }
    }
    let date = identity.date.map(iso);
    let simple = [
        ("publisher", &identity.publisher),
        ("date", &date),
        ("description", &identity.description),
        ("rights", &identity.rights),
        ("source", &identity.source),
    ];
    for (name, words) in simple {
        if let Some(words) = words {
            line(format!("<dc:{name}>{}</dc:{name}>", text(words)));
        }
    }
    for (index, subject) in identity.subjects.iter().enumerate() {
        let Some((scheme, code)) = &subject.class else {
            line(format!("<dc:subject>{}</dc:subject>", text(&subject.name)));
            continue;
        };
        let id = format!("subject-{}", index + 1);
        line(format!("<dc:subject id=\"{id}\">{}</dc:subject>", text(&subject.name)));
        line(format!("<meta refines=\"#{id}\" property=\"authority\">{scheme}</meta>"));
        line(format!("<meta refines=\"#{id}\" property=\"term\">{}</meta>", text(code)));
    }
    if let Some(series) = &identity.series {
        line(format!("<meta property=\"belongs-to-collection\" id=\"series\">{}</meta>", text(&series.name)));
        line("<meta refines=\"#series\" property=\"collection-type\">series</meta>".to_owned());
        if let Some(number) = series.number {
            line(format!("<meta refines=\"#series\" property=\"group-position\">{number}</meta>"));
        }
    }
    let modified = date.as_deref().unwrap_or(NO_DATE);
    line(format!("<meta property=\"dcterms:modified\">{modified}T00:00:00Z</meta>"));
    accessibility(&mut line, context, senses, certified_by);
    if senses.pages {
        // Page Source Identification (W3C community group report, 2023): where the pages are from.
        line(format!("<meta property=\"pageBreakSource\">{}</meta>", text(&page_source(identity))));
    }
    if let Some(cover) = items.iter().find(|item| item.properties == "cover-image") {
        line(format!("<meta name=\"cover\" content=\"{}\"/>", cover.id));
    }
    if context.sources {
        // A linked resource (EPUB 3.3, 5.5.7): it belongs to the package, and no page shows it.
        let (source, media) = (super::sources::NAME, super::sources::MEDIA);
        line(format!("<link rel=\"dcterms:source\" href=\"{source}\" media-type=\"{media}\"/>"));
    }
    line("<meta name=\"generator\" content=\"booklet\"/>".to_owned());
    out.push_str("  </metadata>\n");
}

/// What EPUB Accessibility 1.1 §2.2 asks for. Conformance is claimed only if the manifest names who
/// certifies it: only a person can judge it.
fn accessibility(
    line: &mut impl FnMut(String),
    context: &Context<'_>,
    senses: Senses,
    certified_by: Option<&str>,
) {
    if let Some(name) = certified_by {
        let claim = "EPUB Accessibility 1.1 - WCAG 2.1 Level AA";
        line(format!("<meta property=\"dcterms:conformsTo\" id=\"conformance\">{claim}</meta>"));
        let name = text(name);
        line(format!("<meta refines=\"#conformance\" property=\"a11y:certifiedBy\">{name}</meta>"));
    }
    let mut say = |property: &str, what: &str| {
        line(format!("<meta property=\"schema:{property}\">{}</meta>", text(what)));
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
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" \
         version=\"2005-1\" xml:lang=\"{}\">\n  <head>\n    <meta name=\"dtb:uid\" content=\"{}\"/>\n    \
         <meta name=\"dtb:depth\" content=\"{depth}\"/>\n    <meta name=\"dtb:totalPageCount\" \
         content=\"{}\"/>\n    <meta name=\"dtb:maxPageNumber\" content=\"{most}\"/>\n  </head>\n  \
         <docTitle><text>{}</text></docTitle>\n  <navMap>\n",
        value(&identity.language),
        value(&identity.identifier),
        pages.len(),
        text(&identity.title)
    );
    let mut open: Vec<usize> = Vec::new();
    for (index, heading) in headings.iter().enumerate() {
        while open.last().is_some_and(|&level| level >= heading.level) {
            open.pop();
            indent(&mut out, open.len());
            out.push_str("</navPoint>\n");
        }
        indent(&mut out, open.len());
        let order = index + 1;
        out.push_str(&format!(
            "<navPoint id=\"point-{order}\" playOrder=\"{order}\"><navLabel><text>{}</text></navLabel><content \
             src=\"{}\"/>\n",
            text(&heading.words),
            value(&heading.href)
        ));
        open.push(heading.level);
    }
    while open.pop().is_some() {
        indent(&mut out, open.len());
        out.push_str("</navPoint>\n");
    }
    out.push_str("  </navMap>\n");
    if !pages.is_empty() {
        let label = text(context.labels.pages);
        out.push_str(&format!("  <pageList>\n    <navLabel><text>{label}</text></navLabel>\n"));
        for (index, page) in pages.iter().enumerate() {
            let label = text(&page.label);
            out.push_str(&format!(
                "    <pageTarget id=\"target-{}\" type=\"normal\" value=\"{label}\"><navLabel><text>{label}</text>\
                 </navLabel><content src=\"{}\"/></pageTarget>\n",
                index + 1,
                value(&page.href)
            ));
        }
        out.push_str("  </pageList>\n");
    }
    out.push_str("</ncx>\n");
    out
}

fn indent(out: &mut String, depth: usize) {
    for _ in 0..depth + 2 {
        out.push_str("  ");
    }
}
