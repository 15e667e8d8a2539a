//! Names in the EPUB: ids of elements, stems of file names.
//!
//! Comes in: any name that people gave. Goes out: one that every parser and every reading system takes.

/// A name that may stand as an `id` (an NCName of Namespaces in XML 1.0): letters, digits, `-`, `_` and
/// `.`, beginning with a letter or `_`; everything else becomes a hyphen.
pub fn identifier(name: &str) -> String {
    let mut id = String::with_capacity(name.len() + 2);
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') || (letter(c) && !c.is_ascii()) {
            id.push(c);
        } else {
            id.push('-');
        }
    }
    if !id.starts_with(|c: char| c == '_' || letter(c)) {
        id.insert_str(0, "a-");
    }
    id
}

/// The letters of NCName that are letters in the everyday sense too.
fn letter(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
        | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{3001}'..='\u{d7ff}')
        && c.is_alphanumeric()
}

/// A file name stem from any name: lower-case ASCII letters, digits and single hyphens.
pub fn file_stem(name: &str) -> String {
    let mut stem = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            stem.push(c.to_ascii_lowercase());
        } else if !stem.ends_with('-') && !stem.is_empty() {
            stem.push('-');
        }
        if stem.len() >= 80 {
            break;
        }
    }
    let stem = stem.trim_end_matches('-');
    if stem.is_empty() { "unnamed".to_owned() } else { stem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_begin_with_a_letter() {
        assert_eq!(identifier("1 what?"), "a-1-what-");
        assert_eq!(identifier("état"), "état");
        assert_eq!(identifier(""), "a-");
    }

    #[test]
    fn file_stems_are_plain() {
        assert_eq!(file_stem("Bilder/Größe 1.PNG"), "bilder-gr-e-1-png");
        assert_eq!(file_stem("…"), "unnamed");
    }
}
