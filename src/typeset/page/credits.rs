//! Who made a booklet, in words: the names, publisher and year, on title pages, imprints and covers alike.

use crate::diagnostic::{Diagnostic, codes};
use crate::document::Document;
use crate::manifest::Identity;
use crate::manifest::Person;

/// Says that a page names some of the authors only.
pub(crate) fn few_named(document: &Document, page: &str, named: usize) -> Diagnostic {
    let all = document.identity.authors.len();
    let what = format!(
        "the {page} has room for {named} of {all} authors, and says of the rest that there are others"
    );
    Diagnostic::warning(codes::T07, what)
        .at_opt(document.cover.authors_at)
        .hint("all of them stand in the imprint and in the EPUB; if one name can speak for them, make that the author")
}

/// Names in a row.
pub(crate) fn names(people: &[Person]) -> String {
    people.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// Publisher and year.
pub(crate) fn made(identity: &Identity) -> String {
    let year = identity.date.map(|d| d.year.to_string());
    identity.publisher.iter().chain(&year).map(String::as_str).collect::<Vec<_>>().join(", ")
}
