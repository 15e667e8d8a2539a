//! Text as XML: escaping, identifiers.
//!
//! Comes in: any text that people wrote. Goes out: text that every XML parser and every checker takes.
//! Characters that XML 1.0 forbids (§2.2) and those that HTML calls errors (C1 controls,
//! noncharacters) are left out: there is no way to write them.

/// Whether XML and HTML both allow a character.
fn allowed(c: char) -> bool {
    match c {
        '\t' | '\n' => true,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fdd0}'..='\u{fdef}' => false,
        _ => u32::from(c) & 0xfffe != 0xfffe,
    }
}

/// Appends character data.
pub fn push_text(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let replacement = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            c if c.is_ascii() && !c.is_ascii_control() => continue,
            c if allowed(c) => continue,
            _ => "",
        };
        out.push_str(&text[from..at]);
        out.push_str(replacement);
        from = at + c.len_utf8();
    }
    out.push_str(&text[from..]);
}

/// The attributes that name a language, for both HTML and XML readers.
pub fn language(tag: &str) -> String {
    let tag = value(tag);
    format!(" lang=\"{tag}\" xml:lang=\"{tag}\"")
}

/// Appends an attribute's value, without its quotes. Line ends and tabs become spaces, as XML parsers
/// would make them.
pub fn push_value(out: &mut String, value: &str) {
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(' '),
            c if allowed(c) => out.push(c),
            _ => {}
        }
    }
}

/// Text as character data.
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    push_text(&mut out, text);
    out
}

/// Text as an attribute's value.
pub fn value(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 16);
    push_value(&mut out, value);
    out
}

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
    fn markup_is_escaped_and_impossible_characters_are_left_out() {
        assert_eq!(text("a<b>&c\u{0}\u{c}d\u{fffe}é\u{85}"), "a&lt;b&gt;&amp;cdé");
        assert_eq!(value("say \"x\"\n<y>"), "say &quot;x&quot; &lt;y&gt;");
    }

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
