//! Tables: columns that fit their content, thin rules, a head that is repeated after a page break.

use crate::document::{Align, Cell, Table};
use crate::face::FaceStyle;
use crate::length::{Length, Point, Size};

use crate::typeset::frame::{Colour, Item, Owner, Placed};
use crate::typeset::inline::paragraph::{Alignment, Letterforms, Line, ParagraphSpec};
use crate::typeset::strip::{self, Strip};
use crate::typeset::style::TextSize;

use super::context::{Context, line_strip};
use super::piece::Piece;

/// Tables of at most this height, in hundredths of the page's, are not divided.
const SMALL: i64 = 25;

/// A table in rows.
pub(crate) struct SetTable {
    /// Its head as it is repeated on pages that begin inside it.
    pub head: Option<Strip>,
    /// Least strips before and after a break.
    pub ends: (usize, usize),
    pub strips: Vec<Strip>,
}

/// Sets a table.
pub(crate) fn set(
    context: &Context<'_>,
    piece: &Piece<'_>,
    table: &Table,
    measure: Length,
    size: TextSize,
) -> SetTable {
    let count = table.columns.len().max(1);
    let gutter = size.size;
    let widths = widths(context, table, measure - gutter * (count as i64 - 1), size);
    let width = widths.iter().copied().sum::<Length>() + gutter * (count as i64 - 1);
    let layout = Layout { context, piece, table, widths, gutter, size, width, measure };
    let rule = context.style.hairline;
    let (mut strips, mut repeated) = (Vec::new(), None);
    let heads = layout.row(&table.head, true);
    let has_head = table.head.iter().any(|c| !c.content.is_empty());
    if has_head {
        let mut head = Strip::stacked(heads);
        layout.rule(&mut head, Length::ZERO, rule * 2);
        let end = head.height;
        layout.rule(&mut head, end - rule, rule);
        let mut again = head.clone();
        again.notes.clear();
        again.items.retain(|i| matches!(i.item, Item::Run(_) | Item::Fill { .. }));
        for item in &mut again.items {
            item.owner = Owner::Artefact;
        }
        repeated = Some(again);
        strips.push(head);
    }
    let tall = context.style.height() / 3;
    for row in &table.rows {
        let lines = layout.row(row, false);
        if strip::height(&lines) > tall {
            strips.extend(lines);
        } else {
            strips.push(Strip::stacked(lines));
        }
    }
    if !has_head && let Some(first) = strips.first_mut() {
        layout.rule(first, Length::ZERO, rule * 2);
    }
    if let Some(last) = strips.last_mut() {
        let end = last.height;
        layout.rule(last, end - rule * 2, rule * 2);
    }
    // A small table stays whole; of a large one at least two rows stand on either side of a break.
    let head = usize::from(has_head);
    let ends = if strip::height(&strips) <= context.style.height().scale(SMALL, 100) {
        (strips.len(), strips.len())
    } else {
        (head + 2, 2)
    };
    SetTable { head: repeated, ends, strips }
}

struct Layout<'a> {
    context: &'a Context<'a>,
    piece: &'a Piece<'a>,
    table: &'a Table,
    widths: Vec<Length>,
    gutter: Length,
    size: TextSize,
    width: Length,
    measure: Length,
}

impl Layout<'_> {
    /// A row as strips, one for each of its lines.
    fn row(&self, cells: &[Cell], head: bool) -> Vec<Strip> {
        let padding = self.size.leading / 5;
        let mut strips: Vec<Strip> = Vec::new();
        // A narrow table stands in the middle of the measure.
        let mut x = (self.measure - self.width) / 2;
        for (column, cell) in cells.iter().enumerate() {
            let Some(&width) = self.widths.get(column) else { break };
            let align = self.table.columns.get(column).copied().unwrap_or_default();
            let spec = spec(self.context, align, width, head, self.size);
            let left = self.context.left(self.piece.x + x, width);
            for (index, line) in lines(self.context, cell, &spec).into_iter().enumerate() {
                let set = line_strip(line, Point::new(left, self.size.baseline()), self.size.leading);
                match strips.get_mut(index) {
                    Some(strip) => strip.beside(set),
                    None => strips.push(Strip { hyphenated: false, ..set }),
                }
            }
            x += width + self.gutter;
        }
        if strips.is_empty() {
            strips.push(Strip::empty(self.size.leading));
        }
        if let Some(first) = strips.first_mut() {
            first.lower(padding);
        }
        if let Some(last) = strips.last_mut() {
            last.height += padding;
        }
        strips
    }

    /// A rule across the table.
    fn rule(&self, strip: &mut Strip, y: Length, thickness: Length) {
        let x = self.context.left(self.piece.x + (self.measure - self.width) / 2, self.width);
        let item = Item::Fill { size: Size::new(self.width, thickness), colour: Colour::BLACK };
        strip.items.push(Placed { at: Point::new(x, y), owner: Owner::Artefact, item });
    }
}

fn lines(context: &Context<'_>, cell: &Cell, spec: &ParagraphSpec) -> Vec<Line> {
    context.setter.set(&cell.content, cell.id, spec).best.lines
}

fn spec(context: &Context<'_>, align: Align, measure: Length, head: bool, size: TextSize) -> ParagraphSpec {
    let rtl = context.style.right_to_left;
    ParagraphSpec {
        measure,
        first_indent: Length::ZERO,
        hang: Length::ZERO,
        align: match align {
            Align::Start => Alignment::Start,
            Align::Left if rtl => Alignment::End,
            Align::Left => Alignment::Start,
            Align::Center => Alignment::Center,
            Align::Right if rtl => Alignment::Start,
            Align::Right => Alignment::End,
        },
        style: FaceStyle { bold: head, italic: false },
        size: size.size,
        forms: Letterforms { tabular: true, lining: true, ..Letterforms::default() },
        letter_space: context.style.letter_space,
        hyphenate: context.style.hyphenate && !head,
        colour: Colour::BLACK,
    }
}

/// The widths of the columns: as wide as their content if there is room; else each has at least its
/// longest word, and the rest is shared by what is still wanting.
fn widths(context: &Context<'_>, table: &Table, room: Length, size: TextSize) -> Vec<Length> {
    let count = table.columns.len().max(1);
    let mut natural = vec![size.size; count];
    let mut least = vec![size.size; count];
    let mut measured = |cells: &[Cell], head: bool| {
        for (column, cell) in cells.iter().enumerate().take(count) {
            let spec = spec(context, Align::Start, room, head, size);
            let extent = context.setter.extent(&cell.content, cell.id, &spec);
            natural[column] = natural[column].max(extent.natural);
            least[column] = least[column].max(extent.least);
        }
    };
    measured(&table.head, true);
    for row in &table.rows {
        measured(row, false);
    }
    let total: Length = natural.iter().copied().sum();
    if total <= room {
        // A hair of room, so that rounding never turns a line.
        return natural.into_iter().map(|w| w + Length(64)).collect();
    }
    let needed: Length = least.iter().copied().sum();
    if needed >= room {
        return least.iter().map(|w| room.scale(w.0, needed.0.max(1))).collect();
    }
    // The square root of what is wanting: long columns get more, but not all.
    let wanting: Vec<i64> = natural.iter().zip(&least).map(|(n, l)| (n.0 - l.0).max(0).isqrt()).collect();
    let all: i64 = wanting.iter().sum::<i64>().max(1);
    let spare = room - needed;
    let mut widths: Vec<Length> =
        least.iter().zip(&wanting).map(|(l, w)| *l + spare.scale(*w, all)).collect();
    // No column wider than its content; what that frees goes to the others, once.
    let mut freed = Length::ZERO;
    for (width, natural) in widths.iter_mut().zip(&natural) {
        if *width > *natural {
            freed += *width - *natural;
            *width = *natural;
        }
    }
    let open = widths.iter().zip(&natural).filter(|(w, n)| w < n).count() as i64;
    if open > 0 {
        for (width, natural) in widths.iter_mut().zip(&natural) {
            if *width < *natural {
                *width += freed / open;
            }
        }
    }
    widths
}
