//! `[design]`: how the booklet looks.

use toml::de::DeValue;

use self::preset::{PresetName, hundredths};
use super::decode::{Reader, Table, Value, clipped, example_hint};
use super::{Design, Margins, Spanned, Typography, measures, papers};
use crate::diagnostic::{Diagnostic, Span, codes};
use crate::length::{Length, Size};

pub(super) mod preset;
pub(super) mod typography;

/// Smallest and largest pages, by either side: millimetres.
const PAGE: (f64, f64) = (40.0, 600.0);
/// Smallest and largest sheets.
pub const SHEET: (f64, f64) = (40.0, 1200.0);

/// A preset with nothing overridden; `span` is where the manifest names it.
fn named(name: PresetName, span: Span) -> Design {
    let preset = name.values();
    let at = |value| Spanned { value, span };
    let (contents, title_page, running_heads) = preset.furniture;
    Design {
        page: Spanned { value: preset.page(), span },
        fonts: vec![Spanned { value: preset.font.to_owned(), span }],
        size: at(hundredths(preset.size)),
        leading: at(hundredths(preset.leading)),
        smallest: hundredths(preset.smallest),
        letter_space: preset.letter_space,
        margins: None,
        canon: preset.canon,
        bounds: preset.bounds,
        stress: preset.stress,
        chapter_start: preset.chapter_start,
        notes: preset.notes,
        contents,
        title_page,
        running_heads,
        justify: preset.justify,
        hyphenate: preset.hyphenate,
        indent: preset.indent,
        typography: Typography { figures: preset.figures, ..Typography::DEFAULT },
    }
}

/// Reads `[design]`, or the name of a preset in its place.
pub fn design(top: &mut Table<'_>, reader: &mut Reader<'_>) -> Design {
    let Some(value) = top.get("design") else { return named(PresetName::Classic, top.span) };
    if let DeValue::String(_) = value.get_ref() {
        let name = reader.word("design", value).unwrap_or(PresetName::Classic);
        return named(name, reader.span(value.span()));
    }
    let Some(mut table) = reader.table("design", value, "[design]") else {
        return named(PresetName::Classic, top.span);
    };
    let span = table.span;
    let preset = table.word(reader, "preset", PresetName::Classic);
    let mut design = named(preset, span);
    if let Some(page) = table.get("page").and_then(|v| paper("page", v, PAGE, reader)) {
        design.page = page;
    }
    let fonts = fonts(&mut table, reader);
    if !fonts.is_empty() {
        design.fonts = fonts;
    }
    sizes(&mut design, &mut table, preset, reader);
    design.margins = table.get("margins").and_then(|v| margins(v, reader));
    design.chapter_start = table.word(reader, "chapter-start", design.chapter_start);
    design.notes = table.word(reader, "notes", design.notes);
    design.contents = table.switch(reader, "contents", design.contents);
    design.title_page = table.switch(reader, "title-page", design.title_page);
    design.running_heads = table.switch(reader, "running-heads", design.running_heads);
    design.justify = table.switch(reader, "justify", design.justify);
    design.hyphenate = table.switch(reader, "hyphenate", design.hyphenate);
    design.indent = table.word(reader, "indent", design.indent);
    design.stress = table.word(reader, "stress", design.stress);
    design.typography = typography::read(&mut table, reader, design.typography);
    table.finish(reader);
    check(&design, reader);
    design
}

/// Reads the sizes of the type and what goes with them.
fn sizes(design: &mut Design, table: &mut Table<'_>, preset: PresetName, reader: &mut Reader<'_>) {
    let (least, most) = (Length::pt(4), Length::pt(72));
    let size = table.get("size").and_then(|v| reader.length("size", v, least..=most, "10.5pt"));
    // A size alone brings its leading, in the preset's own proportion.
    let preset = preset.values();
    if let Some(size) = size {
        let value = size.value.scale(preset.leading, preset.size);
        design.leading = Spanned { value, span: size.span };
        design.size = size;
    }
    // A leading that is too small for the type is reported when all is known.
    let usual = measures::in_points(design.leading.value);
    if let Some(value) = table.get("leading")
        && let Some(leading) = reader.any_length("leading", value, &usual)
    {
        if leading.value > most * 2 {
            reader.out_of_bounds("leading", value, &(design.size.value..=most * 2), &usual);
        } else {
            design.leading = leading;
        }
    }
    let smallest = table.get("smallest").and_then(|v| reader.length("smallest", v, least..=most, "8pt"));
    if let Some(smallest) = smallest {
        design.smallest = smallest.value;
    }
    let widest = Length::ZERO..=design.size.value / 2;
    let space = table.get("letter-spacing");
    if let Some(space) = space.and_then(|v| reader.length("letter-spacing", v, widest, "0.2pt")) {
        design.letter_space = space.value.0 * 1000 / design.size.value.0.max(1);
    }
}

/// What only shows when all values are known.
fn check(design: &Design, reader: &mut Reader<'_>) {
    let (size, leading) = (design.size.value, design.leading.value);
    if leading < size {
        let message =
            format!("the leading of {leading} is smaller than the type size of {size}: lines would overlap");
        let example = measures::in_points(size.scale(4, 3));
        let hint = format!("about {example} suits this size: leading = \"{example}\"");
        reader.error(design.leading.span, codes::M015, message, hint);
    }
    let page = design.page.value;
    // A canon leaves the text about two thirds of the page each way.
    let (width, height, span) = match &design.margins {
        Some(Spanned { value: m, span }) => {
            (page.width - m.inner - m.outer, page.height - m.top - m.bottom, *span)
        }
        None => (page.width.scale(2, 3), page.height.scale(2, 3), design.size.span),
    };
    if width < size * 6 || height < leading * 3 {
        let message = format!(
            "the page has no room for text: {:.0} mm by {:.0} mm is left for type of {size}",
            width.max(Length::ZERO).to_mm(),
            height.max(Length::ZERO).to_mm()
        );
        reader.error(span, codes::M014, message, "make the margins or the type smaller, or the page larger");
    }
}

/// A paper by name, or `{ width, height }`; each side within `bounds` millimetres.
pub fn paper(
    name: &'static str,
    value: &Value<'_>,
    bounds: (f64, f64),
    reader: &mut Reader<'_>,
) -> Option<Spanned<Size>> {
    let span = reader.span(value.span());
    let (least, most) = (Length::from_mm(bounds.0), Length::from_mm(bounds.1));
    // Two pages lie on a sheet.
    let (usual, width, height) =
        if name == "page" { ("A5", "148mm", "210mm") } else { ("A4", "210mm", "297mm") };
    let example = format!("{{ width = \"{width}\", height = \"{height}\" }}");
    match value.get_ref() {
        DeValue::String(word) => {
            if let Some(value) = papers::paper_named(word) {
                return Some(Spanned { value, span });
            }
            if name == "page" && word.trim() == "both" {
                // Half a letter wide and half an A4 high: two side by side lie on either sheet.
                return Some(Spanned { value: Size::mm(139.7, 210.0), span });
            }
            let message = format!("there is no paper “{}”", clipped(word));
            let mut finding = Diagnostic::error(codes::M007, message).at(span);
            if let Some(near) = papers::nearest_paper(word) {
                finding = finding.hint(format!("did you mean \"{near}\"?"));
            }
            let own = format!("or give its size: {name} = {example}");
            reader
                .report
                .push(finding.hint(format!("booklet knows {}", papers::paper_names().join(", "))).hint(own));
            None
        }
        DeValue::Table(_) => {
            let mut table = reader.table(name, value, &example)?;
            let of = table.need("width", &example);
            let width = of.and_then(|v| reader.length("width", v, least..=most, width));
            let of = table.need("height", &example);
            let height = of.and_then(|v| reader.length("height", v, least..=most, height));
            table.finish(reader);
            Some(Spanned { value: Size::new(width?.value, height?.value), span })
        }
        other => {
            reader.wrong(
                name,
                "a paper's name in quotes, or a width and a height",
                other,
                span,
                &format!("{name} = \"{usual}\""),
            );
            None
        }
    }
}

/// One family or a list of them, first choice first.
fn fonts(table: &mut Table<'_>, reader: &mut Reader<'_>) -> Vec<Spanned<String>> {
    const EXAMPLE: &str = "font = \"Libertinus Serif\"";
    let Some(value) = table.get("font") else { return Vec::new() };
    let DeValue::Array(list) = value.get_ref() else {
        return reader.line("font", value, EXAMPLE).into_iter().collect();
    };
    if list.is_empty() {
        let span = reader.span(value.span());
        reader.error(span, codes::M009, "`font` is empty", example_hint(EXAMPLE));
    }
    list.iter().take(32).filter_map(|v| reader.line("font", v, EXAMPLE)).collect()
}

/// All four margins.
fn margins(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<Spanned<Margins>> {
    const EXAMPLE: &str =
        "margins = { inner = \"15mm\", outer = \"18mm\", top = \"16mm\", bottom = \"22mm\" }";
    let mut table = reader.table("margins", value, EXAMPLE)?;
    let span = table.span;
    let most = Length::from_mm(PAGE.1);
    let mut side = |key| {
        let value = table.need(key, EXAMPLE)?;
        Some(reader.length(key, value, Length::ZERO..=most, "18mm")?.value)
    };
    let (inner, outer, top, bottom) = (side("inner"), side("outer"), side("top"), side("bottom"));
    table.finish(reader);
    Some(Spanned { value: Margins { inner: inner?, outer: outer?, top: top?, bottom: bottom? }, span })
}
