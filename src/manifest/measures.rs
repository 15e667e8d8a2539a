//! Lengths and papers as people write them: `"10.5pt"`, `"148mm"`, `"A5"`.

use crate::diagnostic::nearest::nearest;
use crate::length::{Length, Size};

/// Reads a length: a decimal number, then `pt`, `mm`, `cm` or `in`. The error says what is wrong.
pub fn length(text: &str) -> Result<Length, String> {
    let text = text.trim();
    let split = text.find(|c: char| !(c.is_ascii_digit() || "+-.,".contains(c))).unwrap_or(text.len());
    let (number, unit) = (&text[..split], text[split..].trim());
    if number.is_empty() {
        return Err("it has no number".to_owned());
    }
    if number.contains(',') {
        return Err("the decimal sign is a point, not a comma".to_owned());
    }
    let value: f64 = match number.parse() {
        Ok(value) => value,
        Err(_) => return Err(format!("“{number}” is no number")),
    };
    // Beyond any paper; also keeps the arithmetic exact.
    if !value.is_finite() || value.abs() > 100_000.0 {
        return Err("the number is too large".to_owned());
    }
    match unit.to_ascii_lowercase().as_str() {
        "pt" => Ok(Length::from_pt(value)),
        "mm" => Ok(Length::from_mm(value)),
        "cm" => Ok(Length::from_mm(value * 10.0)),
        "in" => Ok(Length::from_pt(value * 72.0)),
        "" => Err("it has no unit".to_owned()),
        other => Err(format!("“{other}” is no unit that booklet knows")),
    }
}

/// Bulk of uncoated office and book paper: cubic centimetres a gram. A sheet of 80 g/m² is then 0.104 mm
/// thick, as packs of it say. Coated paper is thinner, down to 0.8; its thickness is better given itself.
const BULK: f64 = 1.3;

/// Reads the weight of paper in grams a square metre: `80g`, `80gsm`, `80 g/m²`. The error says what is
/// wrong.
pub fn grammage(text: &str) -> Result<f64, String> {
    let text = text.trim();
    let split = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let (number, unit) = (&text[..split], text[split..].trim().to_lowercase());
    if !["g", "gsm", "g/m2", "g/m²", "g/qm"].contains(&unit.as_str()) {
        return Err(format!("“{text}” is not in grams a square metre"));
    }
    match number.parse::<f64>() {
        Ok(grams) if (30.0..=500.0).contains(&grams) => Ok(grams),
        Ok(_) => Err(format!("no paper weighs {number} grams a square metre")),
        Err(_) => Err(format!("“{number}” is no number")),
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

/// Papers by name, millimetres, upright: ISO 216, ISO 217 (SRA), JIS P 0138 and ANSI/ASME Y14.1.
const PAPERS: [(&str, f64, f64); 20] = [
    ("A2", 420.0, 594.0),
    ("A3", 297.0, 420.0),
    ("A4", 210.0, 297.0),
    ("A5", 148.0, 210.0),
    ("A6", 105.0, 148.0),
    ("A7", 74.0, 105.0),
    ("B3", 353.0, 500.0),
    ("B4", 250.0, 353.0),
    ("B5", 176.0, 250.0),
    ("B6", 125.0, 176.0),
    ("JIS-B4", 257.0, 364.0),
    ("JIS-B5", 182.0, 257.0),
    ("JIS-B6", 128.0, 182.0),
    ("SRA3", 320.0, 450.0),
    ("SRA4", 225.0, 320.0),
    ("letter", 215.9, 279.4),
    ("half-letter", 139.7, 215.9),
    ("quarter-letter", 107.95, 139.7),
    ("legal", 215.9, 355.6),
    ("tabloid", 279.4, 431.8),
];

/// The paper of a name, upright; letters' case does not matter.
pub fn paper(name: &str) -> Option<Size> {
    let found = PAPERS.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name.trim()));
    found.map(|&(_, width, height)| Size::mm(width, height))
}

/// The name of a paper, whichever way it lies; none for a size that has none.
pub fn name_of_paper(size: Size) -> Option<&'static str> {
    let near = |a: Length, b: Length| (a - b).abs() < Length::from_mm(0.1);
    let is = |&&(_, w, h): &&(&str, f64, f64)| {
        let known = Size::mm(w, h);
        let upright = near(size.width, known.width) && near(size.height, known.height);
        upright || (near(size.height, known.width) && near(size.width, known.height))
    };
    PAPERS.iter().find(is).map(|&(name, ..)| name)
}

/// All names of papers.
pub fn papers() -> Vec<&'static str> {
    PAPERS.iter().map(|&(name, ..)| name).collect()
}

/// The name nearest to one that is not known.
pub fn nearest_paper(name: &str) -> Option<&'static str> {
    nearest(name, papers().into_iter())
}

/// Sheets that printers have in their trays, smallest first.
const TRAYS: [&str; 8] = ["A5", "half-letter", "A4", "letter", "legal", "A3", "tabloid", "A2"];

/// The smallest usual sheet that holds a grid of pages, columns by rows; the largest if none does.
pub fn sheet_for(page: Size, columns: i64, rows: i64) -> Size {
    // Lengths are rounded one by one, so that twice half a sheet may be a hair more than the sheet.
    let hair = Length::from_mm(0.05);
    let (width, height) = (page.width * columns - hair, page.height * rows - hair);
    let holds = |sheet: &Size| {
        (sheet.width >= width && sheet.height >= height) || (sheet.width >= height && sheet.height >= width)
    };
    let area = |sheet: &Size| i128::from(sheet.width.0) * i128::from(sheet.height.0);
    let trays: Vec<Size> = TRAYS.iter().filter_map(|name| paper(name)).collect();
    let best = trays.iter().filter(|s| holds(s)).min_by_key(|s| area(s));
    best.or(trays.last()).copied().unwrap_or_else(|| Size::mm(210.0, 297.0))
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
            ("1.2.3pt", "no number"),
            ("10em", "no unit that"),
            ("1e9pt", "unit"),
            ("999999pt", "too large"),
        ] {
            let error = length(bad).unwrap_err();
            assert!(error.contains(why), "{bad}: {error}");
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

    #[test]
    fn two_pages_get_the_smallest_usual_sheet() {
        for (page, sheet) in
            [("A5", "A4"), ("A6", "A5"), ("A4", "A3"), ("half-letter", "letter"), ("letter", "tabloid")]
        {
            assert_eq!(Some(sheet_for(paper(page).unwrap(), 2, 1)), paper(sheet), "{page}");
        }
    }

    #[test]
    fn papers_are_found_whatever_the_case() {
        assert_eq!(paper("a5"), Some(Size::mm(148.0, 210.0)));
        assert_eq!(paper("Half-Letter"), Some(Size::mm(139.7, 215.9)));
        assert_eq!(nearest_paper("leter"), Some("letter"));
    }
}
