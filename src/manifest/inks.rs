//! Spot inks of covers: the names that a manifest may say, and what they look like.
//!
//! Comes in: `"red"`, `"#c8102e"`. Goes out: a colour in sRGB. The names are those of the drums that
//! stencil duplicators commonly have, with the colours that their makers' charts give for screens.

use crate::diagnostic::codes;
use toml::de::DeValue;

use super::decode::{Reader, Table, Value, clipped};

/// The most inks that a cover may have beside black.
const MOST: usize = 2;

/// What a manifest says, what a plate is called, and the colour.
const NAMED: [(&str, &str, [u8; 3]); 18] = [
    ("red", "Red", [0xf1, 0x50, 0x60]),
    ("scarlet", "Scarlet", [0xc8, 0x10, 0x2e]),
    ("crimson", "Crimson", [0xa3, 0x1f, 0x34]),
    ("burgundy", "Burgundy", [0x91, 0x4e, 0x72]),
    ("fluorescent-pink", "Fluorescent Pink", [0xff, 0x48, 0xb0]),
    ("orange", "Orange", [0xff, 0x6c, 0x2f]),
    ("fluorescent-orange", "Fluorescent Orange", [0xff, 0x74, 0x77]),
    ("sunflower", "Sunflower", [0xff, 0xb5, 0x11]),
    ("yellow", "Yellow", [0xff, 0xe8, 0x00]),
    ("green", "Green", [0x00, 0xa9, 0x5c]),
    ("hunter-green", "Hunter Green", [0x40, 0x70, 0x60]),
    ("teal", "Teal", [0x00, 0x83, 0x8a]),
    ("blue", "Blue", [0x00, 0x78, 0xbf]),
    ("medium-blue", "Medium Blue", [0x32, 0x55, 0xa4]),
    ("federal-blue", "Federal Blue", [0x3d, 0x55, 0x88]),
    ("purple", "Purple", [0x76, 0x5b, 0xa7]),
    ("brown", "Brown", [0x92, 0x5f, 0x52]),
    ("slate", "Slate", [0x5e, 0x69, 0x5e]),
];

/// What the plate of an ink is called, if the ink has a name.
pub fn ink_name(rgb: [u8; 3]) -> Option<&'static str> {
    NAMED.iter().find(|(_, _, own)| *own == rgb).map(|(_, plate, _)| *plate)
}

/// Reads `colours`.
pub(super) fn read(table: &mut Table<'_>, reader: &mut Reader<'_>) -> Vec<[u8; 3]> {
    const EXAMPLE: &str = "colours = [\"#c8102e\"]";
    let Some(value) = table.get("colours") else { return Vec::new() };
    let Some(list) = reader.array("colours", value, EXAMPLE) else { return Vec::new() };
    let inks: Vec<[u8; 3]> = list.iter().filter_map(|value| ink(value, reader)).collect();
    if list.len() > MOST {
        let span = reader.span(value.span());
        let message = format!("`colours` has {} inks", list.len());
        reader.error(span, codes::M006, message, "a cover has one or two beside black, or none");
    }
    if let [first, second] = inks.as_slice()
        && first == second
    {
        let span = reader.span(value.span());
        let hint = "one ink is enough, or name another";
        reader.error(span, codes::M010, "both colours are the same ink", hint);
    }
    inks
}

fn ink(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<[u8; 3]> {
    let span = reader.span(value.span());
    let DeValue::String(word) = value.get_ref() else {
        reader.wrong(
            "colours",
            "a list of texts in quotes",
            value.get_ref(),
            span,
            "colours = [\"#c8102e\"]",
        );
        return None;
    };
    let word = word.trim();
    let Some(digits) = word.strip_prefix('#') else {
        if let Some((_, _, rgb)) = NAMED.iter().find(|(name, _, _)| *name == word) {
            return Some(*rgb);
        }
        if word == "black" {
            let hint = "take it out: black is always there";
            reader.error(span, codes::M019, "black is not a spot ink", hint);
            return None;
        }
        let known: Vec<&str> = NAMED.iter().map(|(name, _, _)| *name).collect();
        let message = format!("there is no ink “{}”", clipped(word));
        let near = crate::diagnostic::nearest::nearest(word, known.iter().copied());
        let near = near.map(|near| format!("did you mean \"{near}\"?"));
        let mut finding = crate::diagnostic::Diagnostic::error(codes::M019, message).at(span);
        finding = near.into_iter().fold(finding, |finding, near| finding.hint(near));
        let own = "or write its red, green and blue: \"#c8102e\"";
        reader.report.push(finding.hint(format!("booklet knows {}", known.join(", "))).hint(own));
        return None;
    };
    let nibble = |c: char| c.to_digit(16).and_then(|d| u8::try_from(d).ok());
    let parts: Option<Vec<u8>> = digits.chars().map(nibble).collect();
    let rgb = match parts.as_deref() {
        Some([r, g, b]) => [r * 17, g * 17, b * 17],
        Some([a, b, c, d, e, f]) => [a * 16 + b, c * 16 + d, e * 16 + f],
        _ => {
            let message = format!("“{}” is not a colour", clipped(word));
            let hint = "a colour is a # and six digits from 0 to f: red, green, blue, as in \"#c8102e\"";
            reader.error(span, codes::M019, message, hint);
            return None;
        }
    };
    let (least, most) = (rgb.iter().min().copied().unwrap_or(0), rgb.iter().max().copied().unwrap_or(0));
    let trouble = if least >= 232 {
        Some(("is as light as paper and would not be seen", "take a darker one"))
    } else if most <= 24 {
        Some(("is black, which is not a spot ink", "take it out: black is always there"))
    } else {
        None
    };
    if let Some((what, hint)) = trouble {
        reader.error(span, codes::M019, format!("the colour {word} {what}"), hint);
        return None;
    }
    Some(rgb)
}
