//! Lengths and papers as people write them: `"10.5pt"`, `"148mm"`, `"A5"`.

use crate::length::Length;

/// Why a text is no measure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoMeasure {
    /// It does not begin with a number.
    #[error("it has no number")]
    Numberless,
    /// It has a comma, as most of Europe writes it.
    #[error("the decimal sign is a point, not a comma")]
    Comma,
    /// This is not a number.
    #[error("“{0}” is not a number")]
    Number(String),
    /// No paper is so large.
    #[error("the number is too large")]
    TooLarge,
    /// There is nothing after the number.
    #[error("it has no unit")]
    Unitless,
    /// This stands after the number.
    #[error("“{0}” is not a unit that booklet knows")]
    Unit(String),
    /// It is not in grams.
    #[error("“{0}” is not in grams a square metre")]
    NotGrams(String),
    /// So many grams, which no paper has.
    #[error("no paper weighs {0} grams a square metre")]
    NoPaper(String),
}

/// Reads a length: a decimal number, then `pt`, `mm`, `cm` or `in`.
///
/// # Errors
/// What is wrong with it.
pub fn length(text: &str) -> Result<Length, NoMeasure> {
    let text = text.trim();
    let split = text.find(|c: char| !(c.is_ascii_digit() || "+-.,".contains(c))).unwrap_or(text.len());
    let (number, unit) = (&text[..split], text[split..].trim());
    if number.is_empty() {
        return Err(NoMeasure::Numberless);
    }
    if number.contains(',') {
        return Err(NoMeasure::Comma);
    }
    let value: f64 = match number.parse() {
        Ok(value) => value,
        Err(_) => return Err(NoMeasure::Number(number.to_owned())),
    };
    // Beyond any paper; also keeps the arithmetic exact.
    if !value.is_finite() || value.abs() > 100_000.0 {
        return Err(NoMeasure::TooLarge);
    }
    match unit.to_ascii_lowercase().as_str() {
        "pt" => Ok(Length::from_pt(value)),
        "mm" => Ok(Length::from_mm(value)),
        "cm" => Ok(Length::from_mm(value * 10.0)),
        "in" => Ok(Length::from_pt(value * 72.0)),
        "" => Err(NoMeasure::Unitless),
        other => Err(NoMeasure::Unit(other.to_owned())),
    }
}

/// Bulk of uncoated office and book paper: cubic centimetres a gram. A sheet of 80 g/m² is then 0.104 mm
/// thick, as packs of it say. Coated paper is thinner, down to 0.8; its thickness is better given itself.
const BULK: f64 = 1.3;

/// Reads the weight of paper in grams a square metre: `80g`, `80gsm`, `80 g/m²`.
///
/// # Errors
/// What is wrong with it.
pub fn grammage(text: &str) -> Result<f64, NoMeasure> {
    let text = text.trim();
    let split = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let (number, unit) = (&text[..split], text[split..].trim().to_lowercase());
    if !["g", "gsm", "g/m2", "g/m²", "g/qm"].contains(&unit.as_str()) {
        return Err(NoMeasure::NotGrams(text.to_owned()));
    }
    match number.parse::<f64>() {
        Ok(grams) if (30.0..=500.0).contains(&grams) => Ok(grams),
        Ok(_) => Err(NoMeasure::NoPaper(number.to_owned())),
        Err(_) => Err(NoMeasure::Number(number.to_owned())),
    }
}

/// Thickness of uncoated paper of so many grams a square metre: g/m² × cm³/g are thousandths of a
/// millimetre.
pub fn thickness(grams: f64) -> Length {
    Length::from_mm(grams * BULK / 1000.0)
}

/// `4pt to 72pt`, in the unit that somebody wrote; rounded inward, so that what is shown is allowed.
pub fn bounds(least: Length, most: Length, written: &str) -> String {
    let written = written.trim_end().to_ascii_lowercase();
    let number = |hundredths: f64| {
        let text = format!("{:.2}", hundredths / 100.0);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    // Lengths are rounded themselves: what is a hair beside a round number is that number.
    let hair = 0.001;
    let (unit, one) = match written.get(written.len().saturating_sub(2)..) {
        Some("mm") => ("mm", 72.0 / 25.4),
        Some("cm") => ("cm", 72.0 / 2.54),
        Some("in") => ("in", 72.0),
        _ => ("pt", 1.0),
    };
    let (least, most) = (least.to_pt() / one * 100.0, most.to_pt() / one * 100.0);
    format!("{}{unit} to {}{unit}", number((least - hair).ceil() + 0.0), number((most + hair).floor()))
}

/// A length in points for an example, rounded up to a tenth: `14pt`.
pub fn in_points(length: Length) -> String {
    let text = format!("{:.1}", (length.to_pt() * 10.0 - 0.001).ceil() / 10.0);
    format!("{}pt", text.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_in_every_unit() {
        assert_eq!(length("10.5pt"), Ok(Length::from_pt(10.5)));
        assert_eq!(length(" 148 mm "), Ok(Length::from_mm(148.0)));
        assert_eq!(length("1in"), Ok(Length::pt(72)));
        assert_eq!(length("2.54cm"), Ok(Length::pt(72)));
        for (bad, why) in [
            ("10,5pt", "comma"),
            ("10.5", "no unit"),
            ("pt", "no number"),
            ("1.2.3pt", "is not a number"),
            ("10em", "is not a unit that"),
            ("1e9pt", "unit"),
            ("999999pt", "too large"),
        ] {
            let error = length(bad).unwrap_err();
            assert!(error.to_string().contains(why), "{bad}: {error}");
        }
    }

    #[test]
    fn weights_of_paper_become_thicknesses() {
        for text in ["80g", "80 g", "80gsm", "80 g/m²", "80g/m2"] {
            assert_eq!(grammage(text), Ok(80.0), "{text}");
        }
        assert_eq!(thickness(80.0), Length::from_mm(0.104));
        for bad in ["80", "g", "80mm", "8000g", "5g", "20lb", "-80g"] {
            assert!(grammage(bad).is_err(), "{bad}");
        }
    }
}
