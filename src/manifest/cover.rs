//! `[cover]`: how the covers look, and what stands at the foot of the back one.

use toml::de::DeValue;

use super::decode::{Reader, Table, Value, clipped, example_hint};
use super::{Spanned, inks};
use crate::address::{Address, Refusal};
use crate::diagnostic::{Span, codes};

/// `[cover]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cover {
    /// Picture for the front; none means a cover in type.
    pub front: Option<Spanned<String>>,
    /// Picture or Markdown file for the back.
    pub back: Option<Spanned<String>>,
    /// How the front is set; none means the picture alone where there is one, else the default design.
    pub design: Option<CoverDesign>,
    /// Spot inks beside black, in sRGB: two at most.
    pub inks: Vec<[u8; 3]>,
    /// What of the front's picture is seen in any case.
    pub focus: Focus,
    /// What a copy costs.
    pub price: Option<Price>,
    /// The number of the printed booklet in the trade.
    pub isbn: Option<Isbn>,
    /// Where the files for e-readers are found.
    pub link: Option<Address>,
    /// Whether it is printed on a sheet of its own.
    pub separate: bool,
}

/// A design of the front cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CoverDesign {
    /// Centred in a frame of rules.
    Classic,
    /// The title as large as it goes, on a ground of ink.
    Poster,
    /// Ragged, on a grid of columns.
    Grid,
    /// A picture, and a band with the title over it.
    Photograph,
    /// Geometry made from the title.
    Pattern,
    /// Black type on white, for copiers.
    #[default]
    Plain,
}

/// The point of a picture that stays in sight however it is cut, from the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Focus {
    /// In thousandths of the width.
    pub x: i64,
    /// In thousandths of the height.
    pub y: i64,
}

impl Default for Focus {
    fn default() -> Self {
        Self { x: 500, y: 500 }
    }
}

/// What a copy costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Price {
    /// Nothing.
    Free,
    /// As written.
    Said(String),
}

/// An International Standard Book Number of 13 digits whose last one is right (ISO 2108:2017).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Isbn {
    /// As written, with its hyphens.
    pub written: String,
    /// Its digits, 0 to 9: what an EAN-13 bar code says.
    pub digits: [u8; 13],
}

/// Reads `[cover]`.
pub(super) fn read(top: &mut Table<'_>, reader: &mut Reader<'_>) -> Cover {
    let Some(value) = top.get("cover") else { return Cover::default() };
    let Some(mut table) = reader.table("cover", value, "[cover]") else { return Cover::default() };
    let front = table.get("front").and_then(|value| reader.path("front", value, "front = \"cover.png\""));
    let back = table.get("back").and_then(|value| reader.path("back", value, "back = \"back.md\""));
    let asked = table.get("design").and_then(|value| {
        let design = design(value, front.is_some(), reader);
        design.map(|design| (design, reader.span(value.span())))
    });
    let text = table.switch(reader, "text", false);
    let inks = inks::read(&mut table, reader);
    let focus = table.get("focus").map(|value| (focus(value, reader), reader.span(value.span())));
    let price = table.line(reader, "price", "price = \"free\"");
    let isbn = table.line(reader, "isbn", ISBN).and_then(|text| isbn(&text, reader));
    let link = table.line(reader, "link", LINK).and_then(|text| link(text, reader));
    let separate = table.switch(reader, "separate", false);
    let keys =
        Keys { picture: front.is_some(), text, design: asked, focus: focus.as_ref().map(|(_, span)| *span) };
    keys.suit(&table, reader);
    table.finish(reader);
    let over = text.then_some(CoverDesign::Photograph);
    Cover {
        front,
        back,
        design: asked.map(|(design, _)| design).or(over),
        inks,
        focus: focus.and_then(|(focus, _)| focus).unwrap_or_default(),
        price: price.map(|price| match price.value.as_str() {
            "free" => Price::Free,
            said => Price::Said(said.to_owned()),
        }),
        isbn,
        link,
        separate,
    }
}

/// A design by name. Those that suit the cover are offered: with a picture there is one, without there are all
/// others.
fn design(value: &Value<'_>, picture: bool, reader: &mut Reader<'_>) -> Option<CoverDesign> {
    const NAMED: [(&str, CoverDesign); 6] = [
        ("classic", CoverDesign::Classic),
        ("poster", CoverDesign::Poster),
        ("grid", CoverDesign::Grid),
        ("photograph", CoverDesign::Photograph),
        ("pattern", CoverDesign::Pattern),
        ("plain", CoverDesign::Plain),
    ];
    let suits = |design| (design == CoverDesign::Photograph) == picture;
    let offered: Vec<&str> =
        NAMED.iter().filter(|(_, design)| suits(*design)).map(|(name, _)| *name).collect();
    let span = reader.span(value.span());
    let DeValue::String(word) = value.get_ref() else {
        let example = format!("design = \"{}\"", offered.first().copied().unwrap_or_default());
        reader.wrong("design", "a word in quotes", value.get_ref(), span, &example);
        return None;
    };
    let known = NAMED.iter().find(|(name, _)| name == word).map(|(_, design)| *design);
    if known.is_none() {
        reader.unknown_word("design", word, span, &offered);
    }
    known
}

/// Keys that may not suit each other.
struct Keys {
    /// Whether a picture is given.
    picture: bool,
    /// Whether the title is to stand over it.
    text: bool,
    design: Option<(CoverDesign, Span)>,
    /// Where the picture's middle is given.
    focus: Option<Span>,
}

impl Keys {
    /// Reports keys that do not suit each other.
    fn suit(&self, table: &Table<'_>, reader: &mut Reader<'_>) {
        let Self { picture, text, design, focus } = *self;
        const NAME: &str = "name the picture with `front`";
        if text && !picture {
            let hint = "name the picture with `front`, or leave out `text`: a cover without a picture has the title anyway";
            let message = "`text` sets the title over a picture, but `front` names none";
            reader.error(table.span, codes::M003, message, hint);
        }
        match design {
            Some((CoverDesign::Photograph, span)) if !picture => {
                let message = "the design “photograph” needs a picture, but `front` names none";
                let hint = format!("{NAME}, or choose another design: “pattern” makes its own picture");
                reader.error(span, codes::M003, message, hint);
            }
            Some((design, span)) if picture && design != CoverDesign::Photograph => {
                let message = "`front` gives a picture for the cover, and `design` a cover in type";
                let hint = "leave out one of them, or write design = \"photograph\" for both";
                reader.error(span, codes::M010, message, hint);
            }
            _ => {}
        }
        if let Some(span) = focus.filter(|_| !picture) {
            let message = "`focus` says what of a picture is seen, but `front` names none";
            reader.error(span, codes::M003, message, format!("{NAME}, or leave out `focus`"));
        }
    }
}

/// Both parts in percent.
fn focus(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<Focus> {
    const EXAMPLE: &str = "focus = { x = \"30%\", y = \"50%\" }";
    let mut table = reader.table("focus", value, EXAMPLE)?;
    let mut part = |key: &'static str| {
        let value = table.need(key, EXAMPLE)?;
        let span = reader.span(value.span());
        let DeValue::String(text) = value.get_ref() else {
            reader.wrong(key, "a part in percent, in quotes", value.get_ref(), span, EXAMPLE);
            return None;
        };
        let number = text.trim().strip_suffix('%').and_then(|number| number.trim_end().parse::<f64>().ok());
        match number.filter(|number| (0.0..=100.0).contains(number)) {
            // Thousandths are finer than any eye.
            Some(number) => Some((number * 10.0).round() as i64),
            None => {
                let message = format!("`{key}` is “{}”, which is not a part in percent", clipped(text));
                reader.error(
                    span,
                    codes::M006,
                    message,
                    "it may be from 0% (left, top) to 100% (right, bottom)",
                );
                None
            }
        }
    };
    let (x, y) = (part("x"), part("y"));
    table.finish(reader);
    Some(Focus { x: x?, y: y? })
}

const ISBN: &str = "isbn = \"978-0-306-40615-7\"";
const LINK: &str = "link = \"https://example.org/pamphlet\"";

/// The digit that makes the weighted sum of thirteen a multiple of ten (ISO 2108:2017, annex; GS1 7.9).
fn check_digit(digits: &[u8]) -> u8 {
    let weighted = digits.iter().take(12).enumerate();
    let sum: u32 = weighted.map(|(place, digit)| u32::from(*digit) * [1, 3][place % 2]).sum();
    ((10 - sum % 10) % 10) as u8
}

fn isbn(text: &Spanned<String>, reader: &mut Reader<'_>) -> Option<Isbn> {
    let written = text.value.trim_start_matches("ISBN").trim();
    let shown = clipped(written);
    let mut refuse = |message: String, hint: String| {
        reader.error(text.span, codes::M018, message, hint);
        None
    };
    let kept: String =
        written.chars().filter(|c| !matches!(c, '-' | ' ' | '\u{2010}' | '\u{2011}')).collect();
    let digits: Vec<u8> = kept.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
    if kept.len() == 10 && (digits.len() == 10 || (digits.len() == 9 && kept.ends_with(['X', 'x']))) {
        let mut long = vec![9, 7, 8];
        long.extend_from_slice(&digits[..9]);
        long.push(check_digit(&long));
        let long: String = long.iter().map(|digit| char::from(b'0' + digit)).collect();
        return refuse(
            format!("“{shown}” is an ISBN of ten digits, as they were until 2006"),
            format!("write the one of thirteen digits: {long}"),
        );
    }
    let Ok(digits) = <[u8; 13]>::try_from(digits.as_slice()) else {
        return refuse(format!("“{shown}” is not an ISBN: it needs thirteen digits"), example_hint(ISBN));
    };
    if kept.len() != 13 {
        return refuse(
            format!("“{shown}” is not an ISBN: it has other signs than digits"),
            example_hint(ISBN),
        );
    }
    if !matches!(digits, [9, 7, 8 | 9, ..]) {
        return refuse(format!("“{shown}” is not an ISBN: those begin with 978 or 979"), example_hint(ISBN));
    }
    let right = check_digit(&digits);
    if digits[12] != right {
        return refuse(
            format!("the ISBN “{shown}” has a mistake: its last digit does not suit the others"),
            format!("if the others are right, the last one is {right}"),
        );
    }
    Some(Isbn { written: written.to_owned(), digits })
}

/// The longest address that a QR code holds at level M in a size that fits a small page.
const LONGEST_LINK: usize = 300;

fn link(text: Spanned<String>, reader: &mut Reader<'_>) -> Option<Address> {
    let Spanned { value, span } = text;
    let address = Address::new(&value);
    // It is printed, and typed from paper.
    let typed = |value: &str| value.bytes().all(|b| b.is_ascii_graphic() && !b"<>\"{}|\\^`".contains(&b));
    let web = |address: &Address| ["https://", "http://"].iter().any(|web| address.as_str().starts_with(web));
    let trouble = match &address {
        Ok(address) if !web(address) => Some("an address begins with https://".to_owned()),
        Err(Refusal::Bare | Refusal::Empty | Refusal::Scheme(_) | Refusal::Attachment) => {
            Some("an address begins with https://".to_owned())
        }
        _ if !typed(&value) => Some(
            "an address has neither spaces nor accents: copy it from the browser's address line".to_owned(),
        ),
        Err(refusal) => Some(refusal.hint(&value)),
        Ok(_) => None,
    };
    if let Some(hint) = trouble {
        let message = format!("`link` is “{}”, which is not an address", clipped(&value));
        reader.error(span, codes::M020, message, hint);
        return None;
    }
    if value.len() > LONGEST_LINK {
        let message = format!("`link` has more than {LONGEST_LINK} characters");
        reader.error(
            span,
            codes::M006,
            message,
            "a QR code of so much is hard to read: find a shorter address",
        );
        return None;
    }
    address.ok()
}

#[cfg(test)]
mod tests {
    use super::check_digit;

    #[test]
    fn check_digits_are_those_of_books_on_the_shelf() {
        for isbn in ["9780306406157", "9783161484100", "9782070360024", "9791090724013"] {
            let digits: Vec<u8> = isbn.bytes().map(|b| b - b'0').collect();
            assert_eq!(check_digit(&digits), digits[12], "{isbn}");
        }
    }
}
