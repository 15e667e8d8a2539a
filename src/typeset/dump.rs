//! Pages as text, for goldens: what is on each page, where, in which face and size.

use std::fmt::Write as _;

use super::frame::{Colour, Destination, Item, Owner, Page, PageKind, Pages, Spot};
use crate::document::Target;

/// Every page with its items, one a line. Places and sizes are in points.
pub fn dump(pages: &Pages) -> String {
    let mut out = String::new();
    for (index, page) in pages.pages.iter().enumerate() {
        let kind = match page.kind {
            PageKind::FrontCover => "front cover",
            PageKind::Front => "front",
            PageKind::Body => "body",
            PageKind::Blank => "blank",
            PageKind::BackCover => "back cover",
        };
        let _ =
            writeln!(out, "page {index} {kind} [{}] {} × {}", page.label, page.size.width, page.size.height);
        items(&mut out, pages, page);
    }
    for entry in &pages.outline {
        let _ = writeln!(out, "bookmark {} page {} y {}: {}", entry.level, entry.page, entry.y, entry.title);
    }
    out
}

fn items(out: &mut String, pages: &Pages, page: &Page) {
    for placed in &page.items {
        let (x, y) = (placed.at.x.to_pt(), placed.at.y.to_pt());
        let owner = match placed.owner {
            Owner::Node(node) => format!("{}", node.0),
            Owner::Artefact | Owner::Head | Owner::Folio => "artefact".to_string(),
            Owner::Matter(_) => "matter".to_string(),
        };
        let _ = write!(out, "  {x:.2} {y:.2} {owner}: ");
        let _ = match &placed.item {
            Item::Run(run) => {
                let face = &pages.faces.get(run.face).postscript_name;
                let stretch =
                    if run.stretch == 10_000 { String::new() } else { format!(" ×{}", run.stretch) };
                let language = run.language.as_ref().map_or_else(String::new, |tag| format!(" in {tag}"));
                let end = x + run.width.to_pt();
                let colour = match run.colour {
                    Colour::BLACK => String::new(),
                    other => format!(" in {}", colour_name(other)),
                };
                writeln!(out, "{face} {}{stretch}{language}{colour} “{}” to {end:.2}", run.size, run.text)
            }
            Item::Fill { size, colour } => {
                writeln!(out, "fill {} × {} {}", size.width, size.height, colour_name(*colour))
            }
            Item::Stroke(stroke) => {
                let fill = match stroke.fill {
                    None | Some(Colour::Gray(_)) => String::new(),
                    Some(spot) => format!(" filled with {}", colour_name(spot)),
                };
                writeln!(out, "stroke {} of {} points{fill}", stroke.width, stroke.points.len())
            }
            Item::Picture { picture, size } => {
                writeln!(out, "picture {} {} × {}", picture.0, size.width, size.height)
            }
            Item::Link { size, to } => {
                writeln!(out, "link {} × {} to {}", size.width, size.height, place(to))
            }
            Item::Anchor(to) => writeln!(out, "anchor {}", place(to)),
        };
    }
}

fn colour_name(colour: Colour) -> String {
    match colour {
        Colour::Gray(gray) => format!("gray {gray}"),
        Colour::Spot(Spot { ink, rgb: [r, g, b], gray }) => {
            format!("ink {ink} #{r:02x}{g:02x}{b:02x} or gray {gray}")
        }
    }
}

fn place(to: &Destination) -> String {
    match to {
        Destination::Target(Target::Url(url)) => url.to_string(),
        Destination::Target(Target::Anchor(name)) => format!("#{name}"),
        Destination::Target(Target::Chapter(slug)) => format!("chapter {slug}"),
        Destination::Note(id) => format!("note {}", id.0),
        Destination::Mark(node) => format!("mark {}", node.0),
    }
}
