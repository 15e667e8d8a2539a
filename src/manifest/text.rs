//! What the manifest says about the text: who made it, when, which chapters it has.

use toml::de::DeValue;
use unicode_normalization::UnicodeNormalization;

use super::decode::{Reader, Table, Value, clipped, example_hint};
use super::names::{self, ROLES, SCHEMES};
use super::{ChapterEntry, Identity, Person, Series, Spanned, Subject};
use crate::address::{self, Refusal};
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Diagnostic, codes};
use crate::language::Language;

/// Most chapters, people and subjects that a booklet may have.
const MOST: usize = 10_000;

/// Reads everything about the text beside its title and its language.
pub fn identity(
    title: String,
    language: Language,
    table: &mut Table<'_>,
    reader: &mut Reader<'_>,
) -> Identity {
    let bare = |found: Option<Spanned<String>>| found.map(|text| text.value);
    let mut identity = Identity {
        subtitle: bare(table.line(reader, "subtitle", "subtitle = \"An interview\"")),
        short_title: bare(table.line(reader, "short-title", "short-title = \"Anarchism\"")),
        authors: people(table, reader, "authors", "authors = [\"A collective\"]", Some("author")),
        contributors: people(
            table,
            reader,
            "contributors",
            "contributors = [{ name = \"A friend\", role = \"translator\" }]",
            None,
        ),
        publisher: bare(table.line(reader, "publisher", "publisher = \"A small press\"")),
        date: table.get("date").and_then(|value| reader.date("date", value)),
        rights: paragraph(table, reader, "rights", "rights = \"No copyright: copy, share, reprint.\""),
        description: paragraph(table, reader, "description", "description = \"What it is about.\""),
        subjects: subjects(table, reader),
        source: source(table, reader),
        identifier: String::new(),
        series: None,
        slug: String::new(),
        title,
        language,
    };
    match identifier(table, reader) {
        Some(given) => identity.identifier = given.value,
        None => identity.name(),
    }
    identity.series = table.get("series").and_then(|value| series(value, reader));
    identity.slug = slug(table, &identity.title, reader);
    identity
}

/// A text that may be written over several lines; it is one paragraph all the same.
fn paragraph(
    table: &mut Table<'_>,
    reader: &mut Reader<'_>,
    key: &'static str,
    example: &str,
) -> Option<String> {
    let text = table.get(key).and_then(|value| reader.text(key, value, example))?;
    Some(text.value.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The elements of a list, not too many.
fn elements<'a>(value: &'a Value<'a>, key: &str, example: &str, reader: &mut Reader<'_>) -> &'a [Value<'a>] {
    let Some(list) = reader.array(key, value, example) else { return &[] };
    if list.len() > MOST {
        let span = reader.span(value.span());
        reader.error(
            span,
            codes::M006,
            format!("`{key}` has more than {MOST} entries"),
            "make several booklets of it",
        );
        return &[];
    }
    list
}

fn people(
    table: &mut Table<'_>,
    reader: &mut Reader<'_>,
    key: &'static str,
    example: &str,
    role: Option<&str>,
) -> Vec<Person> {
    let Some(value) = table.get(key) else { return Vec::new() };
    elements(value, key, example, reader)
        .iter()
        .filter_map(|v| person(v, key, example, role, reader))
        .collect()
}

/// A name, or a table with a name; `role` is the one of those who give none.
fn person(
    value: &Value<'_>,
    key: &str,
    example: &str,
    role: Option<&str>,
    reader: &mut Reader<'_>,
) -> Option<Person> {
    let default = role.unwrap_or("contributor");
    if !matches!(value.get_ref(), DeValue::Table(_)) {
        let name = reader.line(key, value, example)?.value;
        return Some(Person { name, file_as: None, role: default.to_owned() });
    }
    let mut table = reader.table(key, value, example)?;
    let name = table.need("name", example).and_then(|v| reader.line("name", v, example));
    let file_as = table.line(reader, "file-as", "file-as = \"Kropotkin, Peter\"");
    let role = table.line(reader, "role", "role = \"translator\"");
    let role = role.map_or(default.to_owned(), |written| known_role(&written, reader));
    table.finish(reader);
    Some(Person { name: name?.value, file_as: file_as.map(|f| f.value), role })
}

fn known_role(written: &Spanned<String>, reader: &mut Reader<'_>) -> String {
    let role = written.value.to_lowercase();
    if let Some((word, _)) = ROLES.iter().find(|(word, code)| role == *word || role == *code) {
        return (*word).to_owned();
    }
    let message = format!("“{}” is not a role that catalogues know", clipped(&written.value));
    let mut finding = Diagnostic::error(codes::M007, message).at(written.span);
    if let Some(near) = nearest(&role, ROLES.iter().map(|(word, _)| *word)) {
        finding = finding.hint(format!("did you mean “{near}”?"));
    }
    let all: Vec<&str> = ROLES.iter().map(|(word, _)| *word).collect();
    reader.report.push(finding.hint(format!("the roles are {}", all.join(", "))));
    role
}

fn subjects(table: &mut Table<'_>, reader: &mut Reader<'_>) -> Vec<Subject> {
    const EXAMPLE: &str = "subjects = [\"anarchism\", \"history\"]";
    let Some(value) = table.get("subjects") else { return Vec::new() };
    let list = elements(value, "subjects", EXAMPLE, reader);
    list.iter().filter_map(|v| subject(v, EXAMPLE, reader)).collect()
}

/// A subject in words, or a table with its place in a classification.
fn subject(value: &Value<'_>, example: &str, reader: &mut Reader<'_>) -> Option<Subject> {
    if !matches!(value.get_ref(), DeValue::Table(_)) {
        let name = reader.line("subjects", value, example)?.value;
        return Some(Subject { name, class: None });
    }
    const TABLE: &str = "{ name = \"Anarchism\", scheme = \"Thema\", code = \"JPFB\" }";
    let mut table = reader.table("subjects", value, TABLE)?;
    let name = table.need("name", TABLE).and_then(|v| reader.line("name", v, TABLE));
    let scheme = table.need("scheme", TABLE).and_then(|v| reader.line("scheme", v, TABLE));
    let code = table.need("code", TABLE).and_then(|v| reader.line("code", v, TABLE));
    table.finish(reader);
    let scheme = scheme?;
    let Some(known) = SCHEMES.iter().find(|known| known.eq_ignore_ascii_case(&scheme.value)) else {
        reader.unknown_word("scheme", &scheme.value, scheme.span, &SCHEMES);
        return None;
    };
    Some(Subject { name: name?.value, class: Some((known, code?.value)) })
}

/// An identifier is a URI (EPUB 3.3 §5.5.3.1.1 asks for one that lasts), or an ISBN.
fn identifier(table: &mut Table<'_>, reader: &mut Reader<'_>) -> Option<Spanned<String>> {
    const EXAMPLE: &str = "identifier = \"urn:isbn:9780306406157\"";
    let given = table.line(reader, "identifier", EXAMPLE)?;
    if given.value.contains(char::is_whitespace) {
        reader.error(given.span, codes::M006, "`identifier` cannot hold spaces", example_hint(EXAMPLE));
        return None;
    }
    Some(given)
}

/// Words may say where the text comes from, and so may an address. One that no link may have is printed all the
/// same.
fn source(table: &mut Table<'_>, reader: &mut Reader<'_>) -> Option<String> {
    /// Names that catalogues know, which are not meant to be opened.
    const NAMES: [&str; 9] = ["ark", "arxiv", "doi", "hdl", "isbn", "issn", "lccn", "oclc", "urn"];
    let Spanned { value, span } = table.line(reader, "source", "source = \"https://example.org/text\"")?;
    let refusal = match address::outside(&value) {
        Some(Err(refusal)) if !value.contains(char::is_whitespace) => refusal,
        _ => return Some(value),
    };
    if !matches!(&refusal, Refusal::Scheme(scheme) if NAMES.contains(&scheme.as_str())) {
        let message = format!("`source` is “{}”, {}", clipped(&value), refusal.why());
        let finding = Diagnostic::warning(codes::M020, message).at(span).hint(refusal.hint(&value));
        reader.report.push(finding.hint("it is printed as it is, without a link"));
    }
    Some(value)
}

fn series(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<Series> {
    const EXAMPLE: &str = "series = { name = \"Pamphlets\", number = 3 }";
    let mut table = reader.table("series", value, EXAMPLE)?;
    let name = table.need("name", EXAMPLE).and_then(|v| reader.line("name", v, EXAMPLE));
    let number = table.get("number").and_then(|v| reader.number("number", v, 1..=1_000_000, 3));
    table.finish(reader);
    Some(Series { name: name?.value, number })
}

/// The chapters in order.
pub fn chapters(table: &mut Table<'_>, reader: &mut Reader<'_>) -> Vec<ChapterEntry> {
    const EXAMPLE: &str = "chapters = [\"first.md\", \"second.md\"]";
    let Some(value) = table.need("chapters", EXAMPLE) else { return Vec::new() };
    let list = elements(value, "chapters", EXAMPLE, reader);
    if matches!(value.get_ref(), DeValue::Array(array) if array.is_empty()) {
        let span = reader.span(value.span());
        reader.error(span, codes::M009, "`chapters` is empty", "name at least one Markdown file");
    }
    let mut chapters: Vec<ChapterEntry> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for value in list {
        let Some(entry) = chapter(value, EXAMPLE, reader) else { continue };
        // However its letters and accents are stored: it is one file.
        if !seen.insert(entry.file.value.nfc().collect::<String>()) {
            let message = format!("the chapter “{}” stands twice in the list", clipped(&entry.file.value));
            reader.error(entry.file.span, codes::M010, message, "take one of the two out");
        }
        chapters.push(entry);
    }
    chapters
}

fn chapter(value: &Value<'_>, example: &str, reader: &mut Reader<'_>) -> Option<ChapterEntry> {
    if !matches!(value.get_ref(), DeValue::Table(_)) {
        let file = reader.path("chapters", value, example)?;
        return Some(ChapterEntry { file, title: None, short_title: None, numbered: false });
    }
    const TABLE: &str = "{ file = \"first.md\", title = \"The first chapter\" }";
    let mut table = reader.table("chapters", value, TABLE)?;
    let file = table.need("file", TABLE).and_then(|v| reader.path("file", v, TABLE));
    let title = table.line(reader, "title", "title = \"The first chapter\"");
    let short_title = table.line(reader, "short-title", "short-title = \"First\"");
    let numbered = table.switch(reader, "numbered", false);
    table.finish(reader);
    let bare = |text: Option<Spanned<String>>| text.map(|t| t.value);
    Some(ChapterEntry { file: file?, title: bare(title), short_title: bare(short_title), numbered })
}

/// The slug: as given, or made from the title.
fn slug(table: &mut Table<'_>, title: &str, reader: &mut Reader<'_>) -> String {
    let made = names::slug(title);
    let Some(given) = table.line(reader, "slug", &format!("slug = \"{made}\"")) else { return made };
    if !names::is_slug(&given.value) {
        let message = format!("“{}” is not safe as a file name", clipped(&given.value));
        let hint = format!(
            "use small letters a to z, digits and single hyphens between them: \"{}\"",
            names::slug(&given.value)
        );
        reader.error(given.span, codes::M013, message, hint);
    }
    given.value
}
