//! What stands at the foot of the back cover: the number of the booklet with its bar code, what it costs,
//! and a QR code of the address where the files for e-readers are.
//!
//! Comes in: the document's [`Trade`]. Goes out: a block of items that stands on a line at the foot. Codes are
//! black on white in every ink. Their modules are whole pixels of a printer of 300 dots per inch, and as many
//! of one of 600 or 1200: bars that are rounded one by one do not read.

use crate::document::{Target, Trade};
use crate::length::{Length, Point, Size};

use super::board::Board;
use super::codes::{ean, qr};
use super::inks::WHITE;
use super::look::{Look, Room, Set};
use crate::typeset::frame::{Colour, Destination, Item, Owner, Placed};
use crate::typeset::inline::breaks;
use crate::typeset::inline::paragraph::{Alignment, Line, ParagraphSpec};
use crate::typeset::page::matter::{BOLD, PLAIN};

/// A dot of a printer of 300 dots per inch, to a unit.
const DOT: i64 = Length::PER_POINT * 72 / 300;
/// The module of a bar code: 0.339 mm, which is 103 % of the nominal 0.33 mm (GS1 General Specifications,
/// 5.2.6); on narrow pages the least that is allowed, 0.264 mm.
const MODULE: (Length, Length) = (Length(DOT * 4), Length(49_048));
/// Dots of a module of a QR code, from the largest that looks well to 0.42 mm, below which phones fail.
const QR_DOTS: [i64; 3] = [7, 6, 5];

/// The block, set but not placed.
pub(crate) struct Foot<'t> {
    trade: &'t Trade,
    isbn: Option<(Set, Symbol)>,
    price: Option<Set>,
    link: Option<Address>,
    /// Whether the codes stand over each other, since the page is narrow.
    stacked: bool,
    gap: Length,
}

/// A QR code and the address under it.
struct Address {
    symbol: qr::Symbol,
    module: Length,
    /// Of the lines.
    width: Length,
    address: Set,
}

/// The measures of a bar code.
struct Symbol {
    module: Length,
    /// Of the bars that are no guards.
    height: Length,
}

impl Symbol {
    /// Guards are longer by five modules (5.2.3.3); the digits stand between them.
    fn depth(&self) -> Length {
        self.height + self.module * 12
    }
}

impl<'t> Foot<'t> {
    /// Sets what a document has to say; none if it has nothing.
    pub fn new(board: &Board<'_>, trade: &'t Trade, measure: Length, colour: Colour) -> Option<Self> {
        if trade.is_empty() {
            return None;
        }
        let unit = board.unit;
        let gap = unit * 6;
        let small = Length::from_pt(7.5).max(unit.scale(26, 10)).min(Length::from_pt(9.0));
        let look = Look { leading: 122, colour, ..board.serif(PLAIN) };
        let code = trade.link.as_ref().and_then(qr::symbol).map(|symbol| {
            let most = measure.scale(42, 100).min(Length::from_mm(27.0));
            let fits = |dots: &i64| Length(DOT * dots) * symbol.side <= most;
            let module = Length(DOT * QR_DOTS.into_iter().find(fits).unwrap_or(QR_DOTS[2]));
            (symbol, module)
        });
        // What the code takes beside the bars: its quiet zone and theirs may be the same white.
        let beside = code.as_ref().map_or(Length::ZERO, |(symbol, module)| {
            *module * symbol.side + gap.max(*module * qr::QUIET).max(MODULE.0 * ean::QUIET.1)
        });
        let isbn = trade.isbn_line().map(|line| {
            let all = |module: Length| module * ean::MODULES;
            let narrow = all(MODULE.0) > measure
                || (all(MODULE.0) + beside > measure && all(MODULE.1) + beside <= measure);
            let module = if narrow { MODULE.1 } else { MODULE.0 };
            let symbol = Symbol { module, height: module * 54 };
            let measure = module * ean::MODULES;
            let room = Room { measure, height: small * 2, least: Length(1), most: small, lines: 1 };
            // The line stands in the white of its symbol.
            let line = line.replace(' ', "\u{a0}");
            (board.fit(&line, &Look { colour: Colour::BLACK, ..look }, &room), symbol)
        });
        let bars = isbn.as_ref().map_or(Length::ZERO, |(_, symbol)| symbol.module * ean::MODULES);
        let stacked = isbn.is_some() && bars + beside > measure;
        let link = code.map(|(symbol, module)| {
            let width = if stacked || isbn.is_none() { measure } else { measure - bars - gap };
            let align = if stacked { Alignment::Start } else { Alignment::End };
            let address = trade.address().unwrap_or_default();
            let address =
                written(board, address, &Look { align, ..look }, width.min(measure.scale(7, 10)), small);
            Address { symbol, module, width: width.min(measure.scale(7, 10)), address }
        });
        let price = trade.price.as_deref().map(|price| {
            let measure = if isbn.is_some() { bars } else { measure - beside };
            let look = Look { leading: 118, colour, ..board.serif(BOLD) };
            let most = unit.scale(52, 10).max(small);
            board.fit(price, &look, &Room { measure, height: most * 4, least: small, most, lines: 2 })
        });
        Some(Self { trade, isbn, price, link, stacked, gap })
    }

    /// Height of bars and price.
    fn left(&self) -> Length {
        let bars = |(line, symbol): &(Set, Symbol)| line.height() + symbol.module * 5 + symbol.depth();
        let bars = self.isbn.as_ref().map_or(Length::ZERO, bars);
        let price = self.price.as_ref().map_or(Length::ZERO, Set::height);
        bars + price + self.between()
    }

    fn between(&self) -> Length {
        let both = self.isbn.is_some() && self.price.is_some();
        if both { self.gap.scale(6, 10).max(MODULE.0 * 5) } else { Length::ZERO }
    }

    /// Height of the QR code, of the white under it, and of its address.
    fn right(&self) -> Length {
        self.link.as_ref().map_or(Length::ZERO, |link| {
            link.module * (link.symbol.side + qr::QUIET) + self.gap / 4 + link.address.height()
        })
    }

    /// From the top of the block to the line that it stands on.
    pub fn height(&self) -> Length {
        let (left, right) = (self.left(), self.right());
        if self.stacked { left + self.gap + right } else { left.max(right) }
    }

    /// Places the block so that it stands on a line; `left` and `measure` are those of the text above it.
    /// `grounded` tells that the codes need white under them.
    pub fn place(self, board: &mut Board<'_>, left: Length, measure: Length, foot: Length, grounded: bool) {
        let mut y = foot - self.left();
        if self.stacked {
            y = y - self.right() - self.gap;
        }
        let (right, between, trade) = (self.right(), self.between(), self.trade);
        let price_at = y;
        y += self.price.as_ref().map_or(Length::ZERO, Set::height) + between;
        if let Some((line, symbol)) = self.isbn {
            let (before, after) = (symbol.module * ean::QUIET.0, symbol.module * ean::QUIET.1);
            let bars = symbol.module * ean::MODULES;
            let top = y + line.height() + symbol.module * 5;
            // Bars stand on the text's edge; their quiet zone is in the margin, if that is wide enough.
            let x = left.max(before);
            if grounded {
                let pad = symbol.module * 4;
                let size = Size::new(before + bars + after, top + symbol.depth() + pad * 2 - y);
                board.fill(Point::new(x - before, y - pad), size, WHITE);
            }
            board.place(line, Point::new(x, y));
            if let Some(isbn) = &trade.isbn {
                draw_bars(board, &isbn.digits, &symbol, Point::new(x, top));
            }
        }
        if let Some(price) = self.price {
            board.place(price, Point::new(left, price_at));
        }
        let Some(Address { symbol, module, width, address }) = self.link else { return };
        let (side, quiet) = (module * symbol.side, module * qr::QUIET);
        let x = if self.stacked { left } else { left + measure - side };
        let top = foot - right;
        let square = Size::new(side + quiet * 2, side + quiet * 2);
        let corner = Point::new(x - quiet, top - quiet);
        if grounded {
            board.fill(corner, square, WHITE);
        }
        for [column, row, wide, high] in &symbol.dark {
            let at = Point::new(x + module * *column, top + module * *row);
            board.fill(at, Size::new(module * *wide, module * *high), Colour::BLACK);
        }
        let from = if self.stacked { left } else { left + measure - width };
        let under = Point::new(from, foot - address.height());
        let below = Size::new(width, address.height());
        board.place(address, under);
        if let Some(link) = &trade.link {
            let owner = board.owner();
            for (at, size) in [(corner, square), (under, below)] {
                let to = Destination::Target(Target::Url(link.clone()));
                board.items.push(Placed { at, owner, item: Item::Link { size, to } });
            }
        }
    }
}

/// An address in lines, broken after slashes if that will do, else wherever addresses may be, and never with
/// a hyphen; smaller if a part of it is wider than the measure.
fn written(board: &Board<'_>, address: &str, look: &Look, measure: Length, size: Length) -> Set {
    let mut cuts = Vec::new();
    breaks::address_cuts(address, &mut cuts);
    let all: Vec<usize> = cuts.iter().map(|cut| cut.at as usize).chain([address.len()]).collect();
    let slash =
        |at: &usize| *at == address.len() || address.get(..*at).is_some_and(|part| part.ends_with('/'));
    let slashes: Vec<usize> = all.iter().copied().filter(slash).collect();
    let mut size = size;
    for _ in 0..40 {
        for ends in [&slashes, &all] {
            // A hair is left, so that the setter breaks no line again.
            let (spec, widest) = (look.spec(measure, size), measure - size / 16);
            if let Some(lines) = in_lines(board, address, ends, &spec, widest) {
                let (rise, drop) = look.extent(board.style, address, size);
                return Set { lines, size, leading: size.scale(look.leading, 100), rise, drop };
            }
        }
        size = size.scale(9, 10);
    }
    super::look::empty(look)
}

/// Parts of an address, given by their ends, in lines as full as they can be. None if one is too wide.
fn in_lines(
    board: &Board<'_>,
    address: &str,
    ends: &[usize],
    spec: &ParagraphSpec,
    widest: Length,
) -> Option<Vec<Line>> {
    let fits = |from: usize, to: usize| {
        address.get(from..to).is_some_and(|text| board.setter.width(text, spec) <= widest)
    };
    let mut lines: Vec<(usize, usize)> = Vec::new();
    for &end in ends {
        match lines.last_mut() {
            Some((from, to)) if fits(*from, end) => *to = end,
            last => {
                let from = last.map_or(0, |(_, to)| *to);
                lines.push((from, end));
            }
        }
    }
    if !lines.iter().all(|(from, to)| fits(*from, *to)) {
        return None;
    }
    let words: Vec<&str> = lines.iter().filter_map(|(from, to)| address.get(*from..*to)).collect();
    Some(board.setter.set_text(&words.join("\n"), Owner::MATTER, spec).lines)
}

/// The bars and the digits that people read under them. The digits are furniture: the line above says them.
fn draw_bars(board: &mut Board<'_>, digits: &[u8; 13], symbol: &Symbol, at: Point) {
    let module = symbol.module;
    for bar in ean::bars(digits) {
        let height = symbol.height + if bar.guard { module * 5 } else { Length::ZERO };
        let bar_at = at + Point::new(module * bar.at, Length::ZERO);
        board.fill(bar_at, Size::new(module * bar.width, height), Colour::BLACK);
    }
    let size = module * 10;
    let look = Look { align: Alignment::Center, ..board.serif(PLAIN) };
    let baseline = at.y + symbol.height + module * 10;
    let cell = module * 7;
    for (place, digit) in digits.iter().enumerate() {
        let x = match place {
            // The first stands in the quiet zone.
            0 => at.x - module * 9,
            1..=6 => at.x + module * 3 + cell * (place as i64 - 1),
            _ => at.x + module * 50 + cell * (place as i64 - 7),
        };
        board.ornament(&digit.to_string(), &look, size, Point::new(x, baseline), cell);
    }
}
