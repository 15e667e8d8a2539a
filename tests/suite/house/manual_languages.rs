//! What the manual says of languages is what the program does: quotation marks, hyphenation, direction.
//!
//! Comes in: `booklets/manual/languages.md`, and every tag of two letters. Which tag a name stands for is said here,
//! as the registry of ISO 639 has it.

use std::collections::BTreeSet;

use booklet::document::orthography::apply_plain;
use booklet::language::Language;
use booklet::typeset::inline::hyphenate::patterns;

use super::manual::chapter;

/// Names of languages in the manual, with their tags.
const LANGUAGES: [(&str, &str); 60] = [
    ("Afrikaans", "af"),
    ("Albanian", "sq"),
    ("Arabic", "ar"),
    ("Basque", "eu"),
    ("Belarusian", "be"),
    ("Bosnian", "bs"),
    ("Brazilian Portuguese", "pt-BR"),
    ("Bulgarian", "bg"),
    ("Catalan", "ca"),
    ("Central Kurdish", "ckb"),
    ("Croatian", "hr"),
    ("Czech", "cs"),
    ("Danish", "da"),
    ("Dhivehi", "dv"),
    ("Dutch", "nl"),
    ("English", "en"),
    ("Estonian", "et"),
    ("Finnish", "fi"),
    ("French", "fr"),
    ("Galician", "gl"),
    ("Georgian", "ka"),
    ("German", "de"),
    ("Greek", "el"),
    ("Hebrew", "he"),
    ("Hungarian", "hu"),
    ("Icelandic", "is"),
    ("Italian", "it"),
    ("Kurmanji", "ku"),
    ("Latin", "la"),
    ("Lithuanian", "lt"),
    ("Macedonian", "mk"),
    ("Mongolian", "mn"),
    ("Norwegian", "nb"),
    ("N’Ko", "nqo"),
    ("Pashto", "ps"),
    ("Persian", "fa"),
    ("Polish", "pl"),
    ("Portuguese", "pt"),
    ("Romanian", "ro"),
    ("Russian", "ru"),
    ("Serbian", "sr"),
    ("Sindhi", "sd"),
    ("Slovak", "sk"),
    ("Slovenian", "sl"),
    ("Spanish", "es"),
    ("Swedish", "sv"),
    ("Swiss French", "fr-CH"),
    ("Swiss German", "de-CH"),
    ("Swiss Italian", "it-CH"),
    ("Syriac", "syr"),
    ("Turkish", "tr"),
    ("Turkmen", "tk"),
    ("Ukrainian", "uk"),
    ("Urdu", "ur"),
    ("Uyghur", "ug"),
    ("Yiddish", "yi"),
    // Not named, and set as the manual says of all those.
    ("", "tlh"),
    ("", "cy"),
    ("", "ga"),
    ("", "vi"),
];

/// The tags of languages in a list of names.
fn tags(list: &str) -> BTreeSet<&'static str> {
    let list = list.replace("and all that are not named", "").replace(" (of Spain)", "");
    let list = list.replace("Swiss French, German and Italian", "Swiss French, Swiss German, Swiss Italian");
    let names = list.split([',', '\n']).flat_map(|part| part.split(" and ")).map(str::trim);
    names
        .filter(|name| !name.is_empty())
        .map(|name| LANGUAGES.iter().find(|(own, _)| *own == name).unwrap_or_else(|| panic!("“{name}”")).1)
        .collect()
}

#[test]
fn quotation_marks_are_those_of_the_manual() {
    let text = chapter("languages.md");
    let rows: Vec<Vec<&str>> = text
        .lines()
        .filter(|line| line.starts_with('|') && line.contains(['“', '”', '»']))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    assert_eq!(rows.len(), 12);
    let mut told = BTreeSet::new();
    for row in rows {
        let listed = tags(row[0]);
        let others = row[0].contains("all that are not named").then_some(["tlh", "cy", "ga", "vi", "nl"]);
        for tag in listed.into_iter().chain(others.into_iter().flatten()) {
            told.insert(tag);
            let set = apply_plain("\"a \"b\" c\"", &tag.into());
            let marks: String = set.chars().filter(|c| !c.is_alphanumeric() && !c.is_whitespace()).collect();
            let (outer, inner) = (row[1].split_once(' ').unwrap(), row[2].split_once(' ').unwrap());
            assert_eq!(marks, [outer.0, inner.0, inner.1, outer.1].concat(), "{tag}: {set}");
        }
    }
    // Whoever has marks that are not English is in the table.
    let letters = || 'a'..='z';
    for tag in letters().flat_map(|a| letters().map(move |b| format!("{a}{b}"))) {
        let english = apply_plain("\"a \"b\" c\"", &tag.as_str().into()) == "“a ‘b’ c”";
        let other_names = ["nn", "no"].contains(&tag.as_str());
        assert!(english || other_names || told.contains(tag.as_str()), "{tag}");
    }
}

#[test]
fn languages_that_divide_words_are_those_of_the_manual() {
    let text = chapter("languages.md").replace('\n', " ");
    let list = text.split("at line ends in ").nth(1).and_then(|rest| rest.split('.').next()).expect("a list");
    let told = tags(list);
    let letters = || 'a'..='z';
    for tag in letters().flat_map(|a| letters().map(move |b| format!("{a}{b}"))) {
        let other_names = ["nn", "no"].contains(&tag.as_str());
        assert_eq!(
            patterns(&tag.as_str().into()).is_some(),
            other_names || told.contains(tag.as_str()),
            "{tag}"
        );
    }
}

#[test]
fn languages_from_right_to_left_are_those_of_the_manual() {
    let text = chapter("languages.md").replace('\n', " ");
    let list = text
        .split("From right to left** are set ")
        .nth(1)
        .and_then(|rest| rest.split(", and every").next())
        .expect("a list");
    let told = tags(list);
    assert_eq!(told.len(), 12);
    let known = LANGUAGES.iter().map(|(_, tag)| *tag).filter(|tag| Language::from(*tag).right_to_left());
    assert_eq!(known.collect::<BTreeSet<_>>(), told);
    assert!(Language::from("az-Arab").right_to_left());
}
