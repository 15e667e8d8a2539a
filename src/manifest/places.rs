//! Where each key of the manifest belongs, for those who put it elsewhere.
//!
//! Comes in: a key that its table does not know. Goes out: the table that does, in words. What a table knows
//! is said where it is read; here it is listed once more, so that a table that nobody wrote can be named too.
//! A test holds the list to what is read.

/// A table: its name for the reader, where it stands in words, and its keys.
type KeyPlace = (&'static str, &'static str, &'static [&'static str]);

const PERSON: &[&str] = &["name", "file-as", "role"];
const SIZE: &[&str] = &["width", "height"];

const PLACES: [KeyPlace; 16] = [
    (
        "",
        "at the top of the manifest, above the first line in square brackets",
        &[
            "title",
            "language",
            "subtitle",
            "short-title",
            "authors",
            "contributors",
            "publisher",
            "date",
            "rights",
            "description",
            "subjects",
            "source",
            "identifier",
            "series",
            "slug",
            "chapters",
            "cover",
            "design",
            "print",
            "epub",
            "sources",
        ],
    ),
    (
        "cover",
        "under [cover]",
        &["front", "back", "design", "text", "colours", "focus", "price", "isbn", "link", "separate"],
    ),
    (
        "design",
        "under [design]",
        &[
            "preset",
            "page",
            "font",
            "size",
            "leading",
            "smallest",
            "letter-spacing",
            "margins",
            "chapter-start",
            "notes",
            "contents",
            "title-page",
            "running-heads",
            "justify",
            "hyphenate",
            "indent",
            "stress",
            "drop-caps",
            "hyphenation",
            "figures",
            "headings",
            "ornament",
            "note-numbers",
            "note-marks",
        ],
    ),
    (
        "print",
        "under [print]",
        &[
            "name",
            "binding",
            "section-sheets",
            "up",
            "fold",
            "panels",
            "sheet",
            "unprintable",
            "flip",
            "stacker",
            "creep",
            "marks",
            "scale",
            "fit",
            "colour",
            "picture",
            "contrast",
            "resolution",
            "blanks",
            "instructions",
        ],
    ),
    ("epub", "under [epub]", &["embed-fonts", "page-list", "certified-by"]),
    ("page", "in `page` under [design]", SIZE),
    ("sheet", "in `sheet` under [print]", SIZE),
    ("margins", "in `margins` under [design]", &["inner", "outer", "top", "bottom"]),
    ("focus", "in `focus` under [cover]", &["x", "y"]),
    ("creep", "in `creep` under [print]", &["direction", "paper", "grammage"]),
    ("fit", "in `fit` under [print]", &["sheets"]),
    ("series", "in `series`", &["name", "number"]),
    ("authors", "in an entry of `authors`", PERSON),
    ("contributors", "in an entry of `contributors`", PERSON),
    ("subjects", "in an entry of `subjects`", &["name", "scheme", "code"]),
    ("chapters", "in an entry of `chapters`", &["file", "title", "short-title", "numbered"]),
];

/// Keys of [print] that mean something only beside another.
const BESIDE: [(&str, &str); 5] = [
    ("section-sheets", "binding = \"sections\""),
    ("up", "binding = \"copies\" or binding = \"cut-stack\""),
    ("fold", "binding = \"leaflet\" or binding = \"folded\""),
    ("panels", "binding = \"leaflet\" and fold = \"accordion\""),
    ("stacker", "flip = \"manual\""),
];

/// Where a key belongs that the table `own` does not know, as a hint; none if nobody knows it.
pub(super) fn place_of(key: &str, own: &str) -> Option<String> {
    let beside = BESIDE.iter().find(|(known, _)| own == "print" && *known == key);
    if let Some((key, other)) = beside {
        return Some(format!("`{key}` goes with {other}"));
    }
    let places = PLACES.iter().filter(|(table, _, keys)| *table != own && keys.contains(&key));
    let places: Vec<&str> = places.map(|(_, place, _)| *place).collect();
    (!places.is_empty()).then(|| format!("it belongs {}", places.join(", or ")))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::diagnostic::{Report, Source};
    use crate::manifest::parse;

    /// Every table as somebody may write it, with `@` where a key goes.
    const WRITTEN: [(&str, &str); 23] = [
        ("", "@"),
        ("cover", "[cover]\n@"),
        ("design", "[design]\n@"),
        ("print", "[print]\n@"),
        ("print", "[print]\nbinding = \"sections\"\n@"),
        ("print", "[print]\nbinding = \"copies\"\n@"),
        ("print", "[print]\nbinding = \"cut-stack\"\n@"),
        ("print", "[print]\nbinding = \"folded\"\n@"),
        ("print", "[print]\nbinding = \"leaflet\"\nfold = \"accordion\"\n@"),
        ("print", "[print]\nflip = \"manual\"\n@"),
        ("print", "[[print]]\n@"),
        ("epub", "[epub]\n@"),
        ("page", "[design.page]\n@"),
        ("sheet", "[print.sheet]\n@"),
        ("margins", "[design.margins]\n@"),
        ("focus", "[cover.focus]\n@"),
        ("creep", "[print.creep]\n@"),
        ("fit", "[print.fit]\n@"),
        ("series", "[series]\n@"),
        ("authors", "[[authors]]\n@"),
        ("contributors", "[[contributors]]\n@"),
        ("subjects", "[[subjects]]\n@"),
        ("chapters", "[[chapters]]\n@"),
    ];

    /// What is said of a key.
    fn hints(written: &str, key: &str) -> Vec<String> {
        let mut report = Report::new();
        let text = written.replace('@', &format!("{key} = 1\n"));
        let source = report.add_source(Source { name: "manifest.toml".to_owned(), text: text.into() });
        parse(source, &mut report);
        let unknown = report.diagnostics().iter().filter(|finding| finding.code.0 == "M002");
        unknown.flat_map(|finding| finding.hints.clone()).collect()
    }

    #[test]
    fn every_key_that_is_read_is_listed_and_no_other() {
        let mut read: BTreeSet<(&str, String)> = BTreeSet::new();
        for (table, written) in WRITTEN {
            let hints = hints(written, "qqqqqqqqqqqq");
            let known = hints.iter().find_map(|hint| hint.strip_prefix("it knows "));
            read.extend(known.expect("a list").split(", ").map(|key| (table, key.to_owned())));
        }
        let listed =
            PLACES.iter().flat_map(|(table, _, keys)| keys.iter().map(|key| (*table, (*key).to_owned())));
        assert_eq!(read, listed.collect());
    }

    #[test]
    fn a_key_in_the_wrong_table_is_told_where_it_belongs() {
        for (home, place, keys) in PLACES {
            for key in keys {
                for (table, written) in WRITTEN {
                    let there = PLACES.iter().any(|(name, _, keys)| *name == table && keys.contains(key));
                    if there || table == home {
                        continue;
                    }
                    let hints = hints(written, key);
                    assert!(hints.iter().any(|hint| hint.contains(place)), "{key} in {written:?}: {hints:?}");
                }
            }
        }
        assert_eq!(hints("[design]\n@", "picture"), ["it belongs under [print]"]);
        assert_eq!(
            hints("[print]\n@", "up"),
            ["`up` goes with binding = \"copies\" or binding = \"cut-stack\""]
        );
        assert!(hints("[print]\nbinding = \"copies\"\n@", "up").is_empty());
    }
}
