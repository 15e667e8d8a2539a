//! A cover on the board: a page that is being composed by hand.
//!
//! Comes in: words set by `title.rs`, rules, grounds. Goes out: placed items in reading order. Measures are
//! computed from the page's own size, so that a design is the same from A7 to A4 and on a screen.

use crate::face::FaceStyle;
use crate::length::{Length, Point, Size};
use crate::manifest::{Identity, Person};

use super::inks::Inks;
use super::look::{self, Look, Room, Set};
use super::stack::Stack;
use super::title;
use crate::typeset::block::context::Context;
use crate::typeset::frame::{BLEED, Colour, Item, Matter, MatterPart, Owner, Placed, Stroke};
use crate::typeset::inline::paragraph::{Alignment, Letterforms};
use crate::typeset::inline::setter::Setter;
use crate::typeset::page::credits::{made, names};
use crate::typeset::page::matter::BOLD;
use crate::typeset::style::Style;

/// Whether names could fill a room and not more, if their letters were as narrow as letters can be: no
/// size needs to be looked for where they could not.
fn could_fit(people: &[Person], room: &Room, size: Length) -> bool {
    let letters: i64 = people.iter().map(|person| person.name.chars().count() as i64 + 2).sum();
    let (across, down) = (room.measure.0 / (size.0 / 5).max(1) + 1, room.height.0 / size.0.max(1) + 1);
    letters <= across.saturating_mul(down)
}

/// A page being composed.
pub(crate) struct Board<'a> {
    pub setter: &'a Setter<'a>,
    pub style: &'a Style,
    pub identity: &'a Identity,
    pub inks: Inks<'a>,
    pub page: Size,
    /// A millimetre of an A5 page; less where a page is hardly higher than wide.
    pub unit: Length,
    pub items: Vec<Placed>,
    /// How many authors are named, where there is no room for all.
    pub named: Option<usize>,
    /// What stands for those who are not.
    others: &'static str,
    /// The paragraph placed last.
    number: u32,
}

impl<'a> Board<'a> {
    /// An empty page of a size.
    pub fn new(context: &Context<'a>, page: Size) -> Self {
        let document = context.document;
        let unit = page.width.scale(1, 148).min(page.height.scale(1, 150)).max(Length(1));
        Self {
            setter: context.setter,
            style: context.style,
            identity: &document.identity,
            inks: Inks(&document.cover.inks),
            page,
            unit,
            items: Vec::new(),
            named: None,
            others: context.style.labels.others,
            number: 0,
        }
    }

    /// A part of the page's width, in thousandths.
    pub fn across(&self, part: i64) -> Length {
        self.page.width.scale(part, 1000)
    }

    /// A part of the page's height, in thousandths.
    pub fn down(&self, part: i64) -> Length {
        self.page.height.scale(part, 1000)
    }

    /// Type in the text's family.
    pub fn serif(&self, face: FaceStyle) -> Look {
        Look {
            face,
            forms: Letterforms { lining: true, ..Letterforms::default() },
            spacing: 0,
            align: Alignment::Start,
            colour: Colour::BLACK,
            leading: 114,
        }
    }

    /// Type in the family for display.
    pub fn sans(&self, face: FaceStyle) -> Look {
        let forms = Letterforms { display: true, lining: true, ..Letterforms::default() };
        Look { forms, spacing: if face == BOLD { -8 } else { 0 }, ..self.serif(face) }
    }

    /// What subtitles are set in.
    pub fn slanted(&self) -> Look {
        self.serif(self.style.slanted())
    }

    /// Sets the authors as large as they fit: all of them while people can read that, else the first ones
    /// in the size and the lines that names should have, and a word for the rest.
    pub fn authors(&mut self, look: &Look, room: &Room) -> Set {
        let authors = &self.identity.authors;
        // Six points on a page of A5.
        let legible = self.unit.scale(21, 10).min(room.least);
        if authors.len() < 2 || could_fit(authors, room, legible) {
            let set = self.fit(&names(authors), look, room);
            if authors.len() < 2 || set.size >= legible {
                return set;
            }
        }
        // Names at the least size, as many as fill the lines if none of them were ragged.
        let spec = look.spec(Length::MAX, room.least);
        let mut left = room.measure * room.lines as i64;
        let fill = authors.iter().take_while(|author| {
            left -= self.setter.width(&format!("{}, ", author.name), &spec);
            left > Length::ZERO
        });
        let most = fill.count().min(authors.len() - 1);
        let some = |count: usize| format!("{} {}", names(&authors[..count]), self.others);
        let set = (1..=most).rev().find_map(|count| {
            let set = self.fit(&some(count), look, room);
            (set.size >= room.least && set.lines.len() <= room.lines).then_some((count, set))
        });
        let (count, set) = set.unwrap_or_else(|| (1, self.fit(&some(1), look, room)));
        self.named = Some(count);
        set
    }

    /// Publisher and year; empty for neither.
    pub fn made(&self) -> String {
        made(self.identity)
    }

    /// The series with its number, if there is one.
    pub fn series(&self) -> Option<String> {
        let series = self.identity.series.as_ref()?;
        let number = series.number.map_or(String::new(), |number| format!(" {number}"));
        Some(format!("{}{number}", series.name))
    }

    /// Publisher and series on one line, where both are known.
    pub fn house(&self) -> String {
        let parts = [Some(self.made()).filter(|made| !made.is_empty()), self.series()];
        parts.into_iter().flatten().collect::<Vec<_>>().join("  ·  ")
    }

    /// Sets words as large as they fit.
    pub fn fit(&self, text: &str, look: &Look, room: &Room) -> Set {
        if text.trim().is_empty() || room.height <= Length::ZERO || room.measure <= Length::ZERO {
            return look::empty(look);
        }
        title::fit(self.setter, self.style, text, look, room)
    }

    /// Small type: one line if it can be, at most three.
    pub fn small(&self, text: &str, look: &Look, measure: Length, size: Length) -> Set {
        let room = Room { measure, height: size * 5, least: size.scale(3, 4), most: size, lines: 3 };
        self.fit(text, look, &room)
    }

    /// Places lines, the top of the first one's capitals at a place; gives where they end.
    pub fn place(&mut self, set: Set, at: Point) -> Length {
        if set.lines.is_empty() {
            return at.y;
        }
        self.number += 1;
        let owner = self.owner();
        let end = at.y + set.height();
        let mut baseline = at.y + set.rise;
        for line in set.lines {
            let to = Point::new(at.x, baseline);
            self.items.extend(line.placed(to).map(|placed| Placed { owner, ..placed }));
            baseline += set.leading;
        }
        end
    }

    /// Whom the words placed last belong to.
    pub fn owner(&self) -> Owner {
        Owner::Matter(Matter { part: MatterPart::Words, number: self.number })
    }

    /// Places the lines of a stack, each as wide as the measure; gives where they end.
    pub fn place_stack(&mut self, stack: &Stack, look: &Look, at: Point, measure: Length) -> Length {
        self.number += 1;
        let owner = self.owner();
        for (line, size, down) in &stack.lines {
            let to = at + Point::new(Length::ZERO, *down);
            for set in self.setter.set_text(line, Owner::MATTER, &look.spec(measure, *size)).lines {
                self.items.extend(set.placed(to).map(|placed| Placed { owner, ..placed }));
            }
        }
        at.y + stack.height
    }

    /// A rectangle.
    pub fn fill(&mut self, at: Point, size: Size, colour: Colour) {
        if size.width > Length::ZERO && size.height > Length::ZERO {
            self.items.push(Placed { at, owner: Owner::Artefact, item: Item::Fill { size, colour } });
        }
    }

    /// A rule across from a place.
    pub fn rule(&mut self, at: Point, width: Length, thickness: Length, colour: Colour) {
        self.fill(at, Size::new(width, thickness), colour);
    }

    /// Four rules around a rectangle, inside of it.
    pub fn frame(&mut self, at: Point, size: Size, thickness: Length, colour: Colour) {
        let side = size.height - thickness * 2;
        self.rule(at, size.width, thickness, colour);
        self.fill(at + Point::new(Length::ZERO, thickness), Size::new(thickness, side), colour);
        let right = at + Point::new(size.width - thickness, thickness);
        self.fill(right, Size::new(thickness, side), colour);
        self.rule(at + Point::new(Length::ZERO, size.height - thickness), size.width, thickness, colour);
    }

    /// A filled outline; points are from its place.
    pub fn area(&mut self, at: Point, points: Vec<Point>, colour: Colour) {
        let stroke = Stroke { points, width: Length::ZERO, dashed: false, fill: Some(colour) };
        self.items.push(Placed { at, owner: Owner::Artefact, item: Item::Stroke(stroke) });
    }

    /// A band over all the width, into the bleed at both sides; at the head and the foot of the page into
    /// the bleed there too.
    pub fn band(&mut self, from: Length, to: Length, colour: Colour) {
        let top = if from <= Length::ZERO { -BLEED } else { from };
        let bottom = if to >= self.page.height { self.page.height + BLEED } else { to };
        self.fill(Point::new(-BLEED, top), Size::new(self.page.width + BLEED * 2, bottom - top), colour);
    }

    /// Words that do not belong to the text: an ornament.
    pub fn ornament(&mut self, text: &str, look: &Look, size: Length, at: Point, measure: Length) {
        for line in self.setter.set_text(text, Owner::Artefact, &look.spec(measure, size)).lines {
            self.items.extend(line.placed(at).map(|placed| Placed { owner: Owner::Artefact, ..placed }));
        }
    }
}
