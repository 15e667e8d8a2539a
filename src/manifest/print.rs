//! `[print]`, `[[print]]` and `[epub]`: what is made.

use serde::Deserialize;
use toml::de::DeValue;

use super::decode::{Reader, Table, Value, clipped};
use super::design::{SHEET, paper};
use super::{BindingKind, Epub, Flip, Mark, Print, Spanned, measures, names};
use crate::diagnostic::{Span, codes};
use crate::length::{Length, Size};

/// Most print tables in one manifest.
const MOST: usize = 100;

/// Bindings that have a name; the table of those that work is in [`print`].
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum BindingWord {
    Saddle,
    Sections,
    Perfect,
    CutStack,
    Mini,
    Folded,
    Accordion,
    Leaflet,
    Copies,
    Cards,
    Single,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum FlipWord {
    ShortEdge,
    LongEdge,
    Manual,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum MarkWord {
    Fold,
    Crop,
    Staple,
    Registration,
    Section,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum FitWord {
    Sheets,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum BlanksWord {
    BeforeBack,
    Spread,
    Notes,
}

/// The print job of a manifest that says nothing about it.
fn default(page: Size, span: Span) -> Print {
    Print {
        name: None,
        sheet: Spanned { value: measures::sheet_for(page), span },
        binding: BindingKind::Saddle,
        flip: Flip::ShortEdge,
        creep: Length::ZERO,
        marks: Vec::new(),
    }
}

/// Reads `[print]` or every `[[print]]`.
pub fn prints(top: &mut Table<'_>, page: Size, reader: &mut Reader<'_>) -> Vec<Print> {
    let Some(value) = top.get("print") else { return vec![default(page, top.span)] };
    let DeValue::Array(list) = value.get_ref() else {
        let print = reader.table("print", value, "[print]").map(|table| print(table, page, reader));
        return vec![print.unwrap_or_else(|| default(page, top.span))];
    };
    let span = reader.span(value.span());
    if list.is_empty() {
        reader.error(span, codes::M009, "`print` is empty", "leave it out, or begin a table with [[print]]");
    }
    if list.len() > MOST {
        reader.error(span, codes::M006, format!("there are more than {MOST} print tables"), "take some out");
    }
    let mut prints: Vec<Print> = Vec::new();
    for value in list.iter().take(MOST) {
        let Some(table) = reader.table("print", value, "[[print]]") else { continue };
        let span = table.span;
        let print = print(table, page, reader);
        match &print.name {
            None if list.len() > 1 => {
                let hint = "add a name, which becomes part of the file's name: name = \"home\"";
                reader.error(span, codes::M003, "one of several print tables lacks the key `name`", hint);
            }
            Some(name) if prints.iter().any(|p| p.name.as_ref().is_some_and(|n| n.value == name.value)) => {
                let message = format!("two print tables have the name “{}”", name.value);
                reader.error(name.span, codes::M010, message, "give each a name of its own");
            }
            _ => {}
        }
        prints.push(print);
    }
    if prints.is_empty() { vec![default(page, top.span)] } else { prints }
}

fn print(mut table: Table<'_>, page: Size, reader: &mut Reader<'_>) -> Print {
    let mut print = default(page, table.span);
    print.name = table.line(reader, "name", "name = \"home\"").filter(|name| {
        let safe = names::is_slug(&name.value);
        if !safe {
            let message = format!("“{}” is not safe as part of a file name", clipped(&name.value));
            let hint = format!("use small letters, digits and hyphens: \"{}\"", names::slug(&name.value));
            reader.error(name.span, codes::M013, message, hint);
        }
        safe
    });
    if let Some(sheet) = table.get("sheet").and_then(|v| paper("sheet", v, SHEET, reader)) {
        print.sheet = sheet;
    }
    if let Some(value) = table.get("binding")
        && let Some(word) = reader.word::<BindingWord>("binding", value)
        && word != BindingWord::Saddle
    {
        let span = reader.span(value.span());
        reader.later(
            span,
            "this binding",
            "it can do binding = \"saddle\": fold the sheets and staple the fold",
        );
    }
    if let Some(value) = table.get("flip") {
        match reader.word::<FlipWord>("flip", value) {
            Some(FlipWord::ShortEdge) | None => {}
            Some(FlipWord::LongEdge) => print.flip = Flip::LongEdge,
            Some(FlipWord::Manual) => {
                let span = reader.span(value.span());
                let hint = "it can do flip = \"short-edge\" and \"long-edge\" for printers that turn the sheet themselves";
                reader.later(span, "the two runs of manual duplex", hint);
            }
        }
    }
    print.creep = table.get("creep").map_or(Length::ZERO, |value| creep(value, reader));
    print.marks = marks(&mut table, reader);
    for_later(&mut table, reader);
    table.finish(reader);
    print
}

/// Keys whose engine comes later.
fn for_later(table: &mut Table<'_>, reader: &mut Reader<'_>) {
    if let Some(value) = table.get("fit") {
        let sound = if let DeValue::Table(_) = value.get_ref() {
            let example = "fit = { sheets = 4 }";
            let Some(mut fit) = reader.table("fit", value, example) else { return };
            let sheets = fit.need("sheets", example).and_then(|v| reader.number("sheets", v, 1000));
            fit.finish(reader);
            sheets.is_some()
        } else {
            reader.word::<FitWord>("fit", value).is_some()
        };
        if sound {
            let span = reader.span(value.span());
            reader.later(span, "fitting a booklet to whole sheets", "leave out `fit`, and try sizes by hand");
        }
    }
    if let Some(value) = table.get("blanks")
        && let Some(word) = reader.word::<BlanksWord>("blanks", value)
        && word != BlanksWord::BeforeBack
    {
        let span = reader.span(value.span());
        reader.later(span, "this place for blank pages", "leave out `blanks`: they go before the back cover");
    }
    table.switch_for_later(reader, "colour", "colour in print files");
    table.switch_for_later(reader, "instructions", "a page of folding instructions");
}

/// `{ paper = "0.1mm" }`: the thickness of one sheet.
fn creep(value: &Value<'_>, reader: &mut Reader<'_>) -> Length {
    const EXAMPLE: &str = "creep = { paper = \"0.1mm\" }";
    let Some(mut table) = reader.table("creep", value, EXAMPLE) else { return Length::ZERO };
    let paper = table.need("paper", EXAMPLE);
    let paper = paper.and_then(|v| reader.length("paper", v, Length::ZERO, Length::from_mm(2.0)));
    table.finish(reader);
    paper.map_or(Length::ZERO, |thickness| thickness.value)
}

fn marks(table: &mut Table<'_>, reader: &mut Reader<'_>) -> Vec<Mark> {
    let Some(value) = table.get("marks") else { return Vec::new() };
    let mut marks = Vec::new();
    for value in reader.array("marks", value, "marks = [\"fold\"]").unwrap_or_default() {
        match reader.word::<MarkWord>("marks", value) {
            Some(MarkWord::Fold) if !marks.contains(&Mark::Fold) => marks.push(Mark::Fold),
            Some(MarkWord::Fold) | None => {}
            Some(MarkWord::Crop | MarkWord::Staple | MarkWord::Registration | MarkWord::Section) => {
                let span = reader.span(value.span());
                reader.later(span, "this mark", "it can do marks = [\"fold\"]");
            }
        }
    }
    marks
}

/// Reads `[epub]`.
pub fn epub(top: &mut Table<'_>, reader: &mut Reader<'_>) -> Epub {
    let mut epub = Epub { embed_fonts: true };
    let Some(value) = top.get("epub") else { return epub };
    let Some(mut table) = reader.table("epub", value, "[epub]") else { return epub };
    epub.embed_fonts = table.switch(reader, "embed-fonts", true);
    if let Some(by) = table.line(reader, "certified-by", "certified-by = \"A library\"") {
        reader.later(by.span, "statements of who certifies accessibility", "leave out `certified-by`");
    }
    table.finish(reader);
    epub
}
