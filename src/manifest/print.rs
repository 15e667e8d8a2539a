//! `[print]`, `[[print]]` and `[epub]`: what is made.

use serde::Deserialize;
use toml::de::DeValue;

use super::decode::{Reader, Table, Value, clipped};
use super::design::{SHEET, paper};
use super::{
    BindingKind, Blanks, Creep, CreepDirection, Epub, Fit, Flip, LeafletFold, Print, PrintersMark, SheetFold,
    Spanned, Stacker, measures, names, papers,
};
use crate::diagnostic::{Span, codes};
use crate::length::{Length, Size};
use crate::picture::screen::{Screen, Treatment};

/// Most print tables in one manifest.
const MOST: usize = 100;

/// Dots an inch that photographs may be made of: finer ones are smaller than what a printer holds.
const RESOLUTIONS: std::ops::RangeInclusive<u32> = 72..=2400;

/// Bindings by name.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum BindingWord {
    Saddle,
    Sections,
    Perfect,
    CutStack,
    Mini,
    Folded,
    Leaflet,
    Copies,
    Cards,
    Single,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SheetFoldWord {
    Quarto,
    Octavo,
    NestedQuartos,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum LeafletFoldWord {
    Letter,
    Z,
    Gate,
    Accordion,
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
enum StackerWord {
    FaceDown,
    FaceUp,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum MarkWord {
    Fold,
    Crop,
    Staple,
    Registration,
    Section,
    Label,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum PictureWord {
    Gray,
    Photocopy,
    Dither,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum FitWord {
    Sheets,
}

/// The print job of a manifest that says nothing about it.
fn default(page: Size, span: Span) -> Print {
    Print {
        name: None,
        sheet: Spanned { value: sheet_for(page, BindingKind::Saddle), span },
        binding: BindingKind::Saddle,
        flip: Flip::ShortEdge,
        creep: Creep::default(),
        marks: Vec::new(),
        unprintable: Length::from_mm(5.0),
        scale: false,
        fit: None,
        colour: false,
        pictures: Treatment::PLAIN,
        blanks: Blanks::BeforeBack,
        instructions: false,
    }
}

/// The smallest usual sheet for a binding.
fn sheet_for(page: Size, binding: BindingKind) -> Size {
    let (columns, rows) = match binding {
        BindingKind::Single => (1, 1),
        BindingKind::Saddle | BindingKind::Sections { .. } | BindingKind::Perfect => (2, 1),
        BindingKind::Folded(SheetFold::Octavo) | BindingKind::Mini => (4, 2),
        BindingKind::Folded(SheetFold::Quarto | SheetFold::NestedQuartos) => (2, 2),
        BindingKind::CutStack { up } | BindingKind::Copies { up: Some(up) } => squarest(up),
        BindingKind::Leaflet(LeafletFold::Letter | LeafletFold::Z) => (3, 1),
        BindingKind::Leaflet(LeafletFold::Gate) => (4, 1),
        BindingKind::Leaflet(LeafletFold::Accordion { panels }) => (panels.map_or(4, i64::from), 1),
        BindingKind::Copies { up: None } | BindingKind::Cards => (2, 2),
    };
    papers::sheet_for(page, columns, rows)
}

/// The squarest grid of so many, wide before tall.
fn squarest(count: u32) -> (i64, i64) {
    let count = i64::from(count);
    let rows = (1..=count).take_while(|n| n * n <= count).filter(|n| count % n == 0).last().unwrap_or(1);
    (count / rows, rows)
}

/// Reads `binding`, and the keys that only this binding has.
fn binding(table: &mut Table<'_>, reader: &mut Reader<'_>) -> BindingKind {
    match table.word(reader, "binding", BindingWord::Saddle) {
        BindingWord::Single => BindingKind::Single,
        BindingWord::Saddle => BindingKind::Saddle,
        BindingWord::Perfect => BindingKind::Perfect,
        BindingWord::Mini => BindingKind::Mini,
        BindingWord::Cards => BindingKind::Cards,
        BindingWord::Sections => {
            let sheets =
                table.get("section-sheets").and_then(|v| reader.number("section-sheets", v, 1..=100, 4));
            BindingKind::Sections { sheets }
        }
        BindingWord::Copies => {
            BindingKind::Copies { up: table.get("up").and_then(|v| reader.number("up", v, 1..=64, 2)) }
        }
        BindingWord::CutStack => {
            let given = table.get("up");
            let up = given.and_then(|value| reader.number("up", value, 2..=16, 4)).unwrap_or(2);
            if let Some(value) = given
                && ![2, 4, 8, 16].contains(&up)
            {
                let span = reader.span(value.span());
                let hint = "it may be 2, 4, 8 or 16, leaves that straight cuts through the pile part: up = 4";
                reader.error(span, codes::M006, format!("`up` cannot be {up}"), hint);
            }
            BindingKind::CutStack { up }
        }
        BindingWord::Folded => BindingKind::Folded(match table.word(reader, "fold", SheetFoldWord::Quarto) {
            SheetFoldWord::Quarto => SheetFold::Quarto,
            SheetFoldWord::Octavo => SheetFold::Octavo,
            SheetFoldWord::NestedQuartos => SheetFold::NestedQuartos,
        }),
        BindingWord::Leaflet => {
            BindingKind::Leaflet(match table.word(reader, "fold", LeafletFoldWord::Letter) {
                LeafletFoldWord::Letter => LeafletFold::Letter,
                LeafletFoldWord::Z => LeafletFold::Z,
                LeafletFoldWord::Gate => LeafletFold::Gate,
                LeafletFoldWord::Accordion => LeafletFold::Accordion { panels: panels(table, reader) },
            })
        }
    }
}

/// How many panels an accordion has, if it is said.
fn panels(table: &mut Table<'_>, reader: &mut Reader<'_>) -> Option<u32> {
    table.get("panels").and_then(|value| reader.number("panels", value, 2..=40, 4))
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
        if let (Some(fit), Some(_)) = (&print.fit, prints.iter().find(|p| p.fit.is_some())) {
            let message = "two print tables ask for `fit`, and all share one setting of the text";
            let hint = "leave it in the table whose paper matters most";
            reader.error(fit.span, codes::M010, message, hint);
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
    print.binding = binding(&mut table, reader);
    print.sheet.value = sheet_for(page, print.binding);
    if let Some(sheet) = table.get("sheet").and_then(|v| paper("sheet", v, SHEET, reader)) {
        print.sheet = sheet;
    }
    let rim = Length::ZERO..=Length::from_mm(50.0);
    let rim = table.get("unprintable").and_then(|value| reader.length("unprintable", value, rim, "5mm"));
    print.unprintable = rim.map_or(print.unprintable, |rim| rim.value);
    print.flip = match table.word(reader, "flip", FlipWord::ShortEdge) {
        FlipWord::ShortEdge => Flip::ShortEdge,
        FlipWord::LongEdge => Flip::LongEdge,
        FlipWord::Manual => Flip::Manual(match table.word(reader, "stacker", StackerWord::FaceDown) {
            StackerWord::FaceDown => Stacker::FaceDown,
            StackerWord::FaceUp => Stacker::FaceUp,
        }),
    };
    print.creep = table.get("creep").map_or(Creep::default(), |value| creep(value, reader));
    print.marks = marks(&mut table, reader);
    print.scale = table.switch(reader, "scale", false);
    print.fit = table.get("fit").and_then(|value| fit(value, reader));
    print.colour = table.switch(reader, "colour", false);
    print.pictures = pictures(&mut table, print.colour, reader);
    print.blanks = table.word(reader, "blanks", Blanks::BeforeBack);
    print.instructions = table.switch(reader, "instructions", false);
    table.finish(reader);
    print
}

/// `picture`, `contrast` and `resolution`: what photographs become in black alone.
fn pictures(table: &mut Table<'_>, colour: bool, reader: &mut Reader<'_>) -> Treatment {
    for key in ["picture", "contrast"] {
        if let Some(value) = table.get(key).filter(|_| colour) {
            let span = reader.span(value.span());
            let message = format!("`{key}` is about printing in black, and `colour = true` prints in colour");
            reader.error(span, codes::M021, message, "keep one of the two");
        }
    }
    let word = table.word(reader, "picture", PictureWord::Gray);
    let contrast = table.get("contrast").and_then(|value| percent("contrast", value, reader)).unwrap_or(0);
    let resolution = table.get("resolution").and_then(|value| {
        let span = reader.span(value.span());
        let dots = reader.number("resolution", value, RESOLUTIONS, 600)?;
        if word == PictureWord::Gray {
            let message = "`resolution` says how fine the dots of photographs are, and here they are gray";
            let hint = "add picture = \"photocopy\" or picture = \"dither\", or leave it out";
            reader.error(span, codes::M021, message, hint);
        }
        Some(dots)
    });
    let screen = match word {
        PictureWord::Gray => Screen::Gray,
        PictureWord::Photocopy => Screen::Clustered(resolution.unwrap_or(600)),
        PictureWord::Dither => Screen::Spread(resolution.unwrap_or(200)),
    };
    Treatment { screen, contrast }
}

/// `"20%"`.
fn percent(name: &str, value: &Value<'_>, reader: &mut Reader<'_>) -> Option<u32> {
    let example = format!("{name} = \"20%\"");
    let text = reader.line(name, value, &example)?;
    let number = text.value.strip_suffix('%').and_then(|number| number.trim().parse::<u32>().ok());
    if number.is_none_or(|number| number > 100) {
        let message = format!("“{}” is not between 0% and 100%", clipped(&text.value));
        reader.error(text.span, codes::M006, message, format!("write it like this: {example}"));
        return None;
    }
    number
}

/// `"sheets"`, or `{ sheets = 4 }`.
fn fit(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<Spanned<Fit>> {
    let span = reader.span(value.span());
    let sheets = if let DeValue::Table(_) = value.get_ref() {
        const EXAMPLE: &str = "fit = { sheets = 4 }";
        let mut fit = reader.table("fit", value, EXAMPLE)?;
        let sheets = fit.need("sheets", EXAMPLE).and_then(|v| reader.number("sheets", v, 1..=1000, 4));
        fit.finish(reader);
        Some(sheets?)
    } else {
        reader.word::<FitWord>("fit", value)?;
        None
    };
    Some(Spanned { value: Fit { sheets }, span })
}

/// `{ paper = "0.1mm" }`, the thickness of one sheet, or `{ grammage = "80g" }`; and which pages move.
fn creep(value: &Value<'_>, reader: &mut Reader<'_>) -> Creep {
    const EXAMPLE: &str = "creep = { paper = \"0.1mm\" }";
    let Some(mut table) = reader.table("creep", value, EXAMPLE) else { return Creep::default() };
    let direction = table.word(reader, "direction", CreepDirection::Inward);
    let paper = match (table.get("paper"), table.get("grammage")) {
        (Some(_), Some(weight)) => {
            let span = reader.span(weight.span());
            let message = "the paper's thickness is given twice, by `paper` and by `grammage`";
            reader.error(span, codes::M010, message, "keep the one that you know better");
            None
        }
        (None, Some(weight)) => grammage(weight, reader),
        (None, None) => table.need("paper", EXAMPLE).and(None),
        (Some(paper), None) => {
            let bounds = Length::ZERO..=Length::from_mm(2.0);
            reader.length("paper", paper, bounds, "0.1mm").map(|paper| paper.value)
        }
    };
    table.finish(reader);
    Creep { paper: paper.unwrap_or_default(), direction }
}

/// `"80g"`: the weight of paper in grams a square metre, as the thickness of a sheet.
fn grammage(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<Length> {
    let text = reader.line("grammage", value, "grammage = \"80g\"")?;
    match measures::grammage(&text.value) {
        Ok(grams) => Some(measures::thickness(grams)),
        Err(why) => {
            let message = format!("`grammage` cannot be read: {why}");
            let hint = "write it as it stands on the pack, from 30 to 500 grams: grammage = \"80g\"";
            reader.error(text.span, codes::M005, message, hint);
            None
        }
    }
}

fn marks(table: &mut Table<'_>, reader: &mut Reader<'_>) -> Vec<PrintersMark> {
    let Some(value) = table.get("marks") else { return Vec::new() };
    let mut marks = Vec::new();
    const EXAMPLE: &str = "marks = [\"fold\"]";
    for value in reader.array("marks", value, EXAMPLE).unwrap_or_default() {
        if !matches!(value.get_ref(), DeValue::String(_)) {
            let span = reader.span(value.span());
            reader.wrong("marks", "a list of words in quotes", value.get_ref(), span, EXAMPLE);
            continue;
        }
        let mark = match reader.word::<MarkWord>("marks", value) {
            Some(MarkWord::Fold) => PrintersMark::Fold,
            Some(MarkWord::Crop) => PrintersMark::Crop,
            Some(MarkWord::Registration) => PrintersMark::Registration,
            Some(MarkWord::Section) => PrintersMark::Section,
            Some(MarkWord::Staple) => PrintersMark::Staple,
            Some(MarkWord::Label) => PrintersMark::Label,
            None => continue,
        };
        if !marks.contains(&mark) {
            marks.push(mark);
        }
    }
    marks
}

/// Reads `[epub]`.
pub fn epub(top: &mut Table<'_>, reader: &mut Reader<'_>) -> Epub {
    let mut epub = Epub { embed_fonts: true, page_list: true, certified_by: None };
    let Some(value) = top.get("epub") else { return epub };
    let Some(mut table) = reader.table("epub", value, "[epub]") else { return epub };
    epub.embed_fonts = table.switch(reader, "embed-fonts", true);
    epub.page_list = table.switch(reader, "page-list", true);
    epub.certified_by = table.line(reader, "certified-by", "certified-by = \"A library\"").map(|by| by.value);
    table.finish(reader);
    epub
}
