//! The document as readable text, for golden tests and for curious eyes.
//!
//! Comes in: a [`Document`]. Goes out: lines, indented by two spaces a level; the same document always
//! gives the same lines. Spaces that look alike are told apart: `~` a no-break space, `_` a narrow
//! one, `¬` a soft hyphen.

use std::fmt::Write;

use super::block::{Align, Block, BlockKind, Cell};
use super::cover::Back;
use super::inline::{Inline, InlineKind};
use super::stage::{NoteCall, Target};
use super::whole::Document;

/// Writes a document as text.
pub fn dump(document: &Document) -> String {
    let mut out = String::new();
    for chapter in &document.chapters {
        let number = chapter.number.map_or_else(String::new, |n| format!(" number={n}"));
        let short =
            chapter.short_title.as_ref().map_or_else(String::new, |s| format!(" short={}", visible(s)));
        line(&mut out, 0, &format!("chapter {}{number}{short}: {}", chapter.slug, inlines(&chapter.title)));
        blocks(&mut out, 1, &chapter.blocks);
    }
    for note in &document.notes {
        let mark = if note.mark == note.number.to_string() { "" } else { note.mark.as_str() };
        line(&mut out, 0, &format!("note {} [^{}] {mark}", note.number, note.label));
        blocks(&mut out, 1, &note.blocks);
    }
    if let Back::Blocks(back) = &document.cover.back {
        line(&mut out, 0, "back cover");
        blocks(&mut out, 1, back);
    }
    out
}

fn line(out: &mut String, depth: usize, text: &str) {
    for _ in 0..depth {
        out.push_str("  ");
    }
    out.push_str(text.trim_end());
    out.push('\n');
}

fn blocks(out: &mut String, depth: usize, list: &[Block]) {
    for block in list {
        let mut names = String::new();
        if let Some(anchor) = &block.anchor {
            let _ = write!(names, " #{anchor}");
        }
        for class in &block.classes {
            let _ = write!(names, " .{class}");
        }
        let head = |what: &str| format!("{what}{names}");
        match &block.kind {
            BlockKind::Heading { level, content } => {
                line(out, depth, &format!("{}: {}", head(&format!("heading {level}")), inlines(content)));
            }
            BlockKind::Paragraph(content) => {
                line(out, depth, &format!("{}: {}", head("paragraph"), inlines(content)));
            }
            BlockKind::Attribution(content) => {
                line(out, depth, &format!("{}: {}", head("attribution"), inlines(content)));
            }
            BlockKind::Verse(lines) => {
                line(out, depth, &head("verse"));
                for verse in lines {
                    line(out, depth + 1, &format!("| {}", inlines(verse)));
                }
            }
            BlockKind::Quote(inner) => {
                line(out, depth, &head("quote"));
                blocks(out, depth + 1, inner);
            }
            BlockKind::List { start, tight, items } => {
                let kind = start.map_or_else(|| "bullets".to_owned(), |n| format!("numbers from {n}"));
                line(out, depth, &head(&format!("list {kind} {}", if *tight { "tight" } else { "loose" })));
                for item in items {
                    line(out, depth + 1, "item");
                    blocks(out, depth + 2, &item.blocks);
                }
            }
            BlockKind::Definitions(definitions) => {
                line(out, depth, &head("definitions"));
                for definition in definitions {
                    for term in &definition.terms {
                        line(out, depth + 1, &format!("term: {}", inlines(term)));
                    }
                    for detail in &definition.details {
                        line(out, depth + 1, "meaning");
                        blocks(out, depth + 2, detail);
                    }
                }
            }
            BlockKind::Code { language, text } => {
                line(out, depth, &format!("{} {}", head("code"), language.as_deref().unwrap_or("")));
                for code in text.lines() {
                    line(out, depth + 1, &format!("| {code}"));
                }
            }
            BlockKind::Table(table) => {
                let columns: Vec<&str> = table
                    .columns
                    .iter()
                    .map(|column| match column {
                        Align::Start => "start",
                        Align::Left => "left",
                        Align::Center => "center",
                        Align::Right => "right",
                    })
                    .collect();
                line(out, depth, &head(&format!("table {}", columns.join(" "))));
                line(out, depth + 1, &row("head", &table.head));
                for cells in &table.rows {
                    line(out, depth + 1, &row("row", cells));
                }
            }
            BlockKind::Figure { picture, alt, caption, width } => {
                let which = picture.map_or_else(|| "none".to_owned(), |p| p.0.to_string());
                let wide = width.map_or_else(String::new, |width| format!(" {width}%"));
                let (head, caption) = (head("figure"), inlines(caption));
                line(out, depth, &format!("{head} {which}{wide} ({}): {caption}", visible(alt)));
            }
            BlockKind::Row(inner) => {
                line(out, depth, &head("row"));
                blocks(out, depth + 1, inner);
            }
            BlockKind::Rule => line(out, depth, &head("rule")),
        }
    }
}

fn row(what: &str, cells: &[Cell]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| inlines(&cell.content)).collect();
    format!("{what} | {} |", cells.join(" | "))
}

/// Inlines on one line, each marked by a word and braces.
fn inlines(list: &[Inline]) -> String {
    let mut out = String::new();
    for inline in list {
        let wrap = |what: &str, content: &[Inline]| format!("{what}{{{}}}", inlines(content));
        let text = match &inline.kind {
            InlineKind::Text(text) => visible(text),
            InlineKind::Emphasis(content) => wrap("em", content),
            InlineKind::Strong(content) => wrap("strong", content),
            InlineKind::Strike(content) => wrap("strike", content),
            InlineKind::Superscript(content) => wrap("sup", content),
            InlineKind::Subscript(content) => wrap("sub", content),
            InlineKind::Small(content) => wrap("small", content),
            InlineKind::Underline(content) => wrap("u", content),
            InlineKind::Keyboard(content) => wrap("kbd", content),
            InlineKind::SmallCaps(content) => wrap("smallcaps", content),
            InlineKind::Foreign { language, content } => wrap(language.tag(), content),
            InlineKind::Code(text) => format!("code{{{text}}}"),
            InlineKind::Link { target, content } => {
                let to = match target {
                    Target::Url(url) => url.to_string(),
                    Target::Anchor(anchor) => format!("#{anchor}"),
                    Target::Chapter(slug) => format!("chapter {slug}"),
                };
                format!("link({to}){{{}}}", inlines(content))
            }
            InlineKind::NoteMark(NoteCall { note, repeat: 0 }) => format!("[{}]", note.0 + 1),
            InlineKind::NoteMark(NoteCall { note, repeat }) => format!("[{} again {repeat}]", note.0 + 1),
            InlineKind::Picture { picture, alt } => {
                let which = picture.map_or_else(|| "none".to_owned(), |p| p.0.to_string());
                format!("picture {which}{{{}}}", visible(alt))
            }
            InlineKind::Break => "/".to_owned(),
        };
        out.push_str(&text);
    }
    out
}

/// Text with its unlike spaces told apart.
fn visible(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{a0}' => '~',
            '\u{202f}' => '_',
            '\u{ad}' => '¬',
            c => c,
        })
        .collect()
}
