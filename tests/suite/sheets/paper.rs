//! Paper as hands know it: printed, turned over, cut, stacked, folded and leafed through.
//!
//! What is here knows no page orders. A sheet is pieces that have two faces; a fold takes those on one
//! side of a line over or under the others; a knife parts them; a reader sees the upper face of a leaf,
//! turns it about the spine and sees the other. Each page's corners travel along, so that a page that
//! does not come to lie upright is found out.

use booklet::impose::{PlacedPage, Side};
use booklet::length::{Length, Point, Size};
use booklet::manifest::{Flip, Stacker};

/// A page on a face, by two of its corners on the paper (as its front is looked at).
#[derive(Debug, Clone, Copy)]
pub struct Printed {
    pub page: Option<usize>,
    pub top_left: Point,
    pub bottom_right: Point,
    /// Two corners of what of it may print.
    pub clip: (Point, Point),
}

/// What a printer is told to print on one side of a sheet.
#[derive(Debug, Clone)]
pub struct Face {
    pub size: Size,
    pub pages: Vec<Printed>,
}

/// A part of a sheet that is neither cut nor folded itself.
#[derive(Debug, Clone)]
pub struct Piece {
    pub front: Printed,
    pub back: Option<Printed>,
    /// Where paper has come to: x ↦ x·sign + offset, and y alike.
    pub x: (i64, Length),
    pub y: (i64, Length),
    pub front_up: bool,
}

pub fn middle(a: Length, b: Length) -> Length {
    (a + b) / 2
}

impl Printed {
    pub fn new(placed: &PlacedPage) -> Self {
        let Size { width, height } = placed.size;
        let diagonal = match placed.quarter_turns {
            0 => Point::new(width, height),
            2 => Point::new(-width, -height),
            turns => panic!("{turns} quarter turns"),
        };
        let clip = (placed.clip.origin, Point::new(placed.clip.right(), placed.clip.bottom()));
        Self { page: placed.page.own(), top_left: placed.at, bottom_right: placed.at + diagonal, clip }
    }
    pub fn centre(&self) -> Point {
        Point::new(middle(self.top_left.x, self.bottom_right.x), middle(self.top_left.y, self.bottom_right.y))
    }
    fn through(self, on_paper: impl Fn(Point) -> Point) -> Self {
        let clip = (on_paper(self.clip.0), on_paper(self.clip.1));
        Self { top_left: on_paper(self.top_left), bottom_right: on_paper(self.bottom_right), clip, ..self }
    }
}

impl Face {
    pub fn new(side: &Side) -> Self {
        Self { size: side.size, pages: side.pages.iter().map(Printed::new).collect() }
    }
}

impl Piece {
    fn now(&self, at: Point) -> Point {
        Point::new(at.x * self.x.0 + self.x.1, at.y * self.y.0 + self.y.1)
    }
    pub fn centre(&self) -> Point {
        self.now(self.front.centre())
    }
    pub fn turn_about_x(&mut self, at: Length) {
        self.x = (-self.x.0, at * 2 - self.x.1);
        self.front_up = !self.front_up;
    }
    fn turn_about_y(&mut self, at: Length) {
        self.y = (-self.y.0, at * 2 - self.y.1);
        self.front_up = !self.front_up;
    }
    /// What is seen from above, or from below when the leaf is turned like that of a book.
    pub fn seen(&self, above: bool) -> Option<usize> {
        let printed = if self.front_up == above { Some(self.front) } else { self.back };
        let printed = printed.expect("a printed face");
        let (from, to) = (self.now(printed.top_left), self.now(printed.bottom_right));
        let to_the_right = if above { from.x < to.x } else { from.x > to.x };
        assert!(to_the_right && from.y < to.y, "page {:?} is not upright", printed.page);
        printed.page
    }
}

/// Prints: for the back the sheet is turned on one of its edges, or by hand like the leaf of a book.
pub fn print(faces: Vec<Face>, flip: Flip, one_sided: bool) -> Vec<Vec<Piece>> {
    if one_sided {
        return faces.iter().map(|front| sheet(front, None)).collect();
    }
    if let Flip::Manual(stacker) = flip {
        return by_hand(faces, stacker);
    }
    let duplex = |pair: &[Face]| {
        let Size { width, height } = pair[0].size;
        sheet(&pair[0], Some((&pair[1], (flip == Flip::ShortEdge) == (width > height))))
    };
    faces.chunks(2).map(duplex).collect()
}

/// Two runs on one side each. Sheets fall on each other in the output tray; the stack is put back with
/// its blank sides up, and the printer takes them from the top.
fn by_hand(mut faces: Vec<Face>, stacker: Stacker) -> Vec<Vec<Piece>> {
    let second_run = faces.split_off(faces.len() / 2);
    let mut tray = Vec::new();
    for front in faces {
        tray.insert(0, front);
    }
    // Lying face down, blank sides are up already; face up, the stack is turned over.
    if stacker == Stacker::FaceUp {
        tray.reverse();
    }
    let mut stack = Vec::new();
    for (front, back) in tray.into_iter().zip(second_run) {
        stack.insert(0, sheet(&front, Some((&back, true))));
    }
    // Lying face down, the fronts are up again; face up, the stack is turned over once more.
    if stacker == Stacker::FaceUp {
        stack.reverse();
    }
    stack
}

/// A sheet with two printed faces: what lies at a place of the back's picture comes to lie at the
/// mirrored place of the paper. Every back has to lie behind a front.
fn sheet(front: &Face, back: Option<(&Face, bool)>) -> Vec<Piece> {
    assert!(back.is_none_or(|(back, _)| back.pages.len() == front.pages.len() && back.size == front.size));
    let piece = |front: &Printed| {
        let back = back.map(|(face, upright_axis)| {
            let through = |at: Point| match upright_axis {
                true => Point::new(face.size.width - at.x, at.y),
                false => Point::new(at.x, face.size.height - at.y),
            };
            let here = |printed: &Printed| {
                let (a, b) = (printed.centre(), front.centre());
                (a.x - b.x).abs().max((a.y - b.y).abs()) < NEAR
            };
            let mut backs = face.pages.iter().map(|printed| printed.through(through));
            backs.find(here).expect("a page behind the page")
        });
        let still = (1, Length::ZERO);
        Piece { front: *front, back, x: still, y: still, front_up: true }
    };
    front.pages.iter().map(piece).collect()
}

/// A PDF says places to a thousandth of a point.
const NEAR: Length = Length(Length::PER_POINT / 100);

#[derive(Clone, Copy, PartialEq)]
pub enum Part {
    Left,
    Right,
    Upper,
}

/// Folds a pile (topmost piece first) in half, one part under the other.
pub fn fold_under(pile: Vec<Piece>, part: Part) -> Vec<Piece> {
    let along = |p: &Piece| if part == Part::Upper { p.centre().y } else { p.centre().x };
    let least = pile.iter().map(along).min().unwrap();
    let most = pile.iter().map(along).max().unwrap();
    let line = middle(least, most);
    let moves = |p: &Piece| if part == Part::Right { along(p) > line } else { along(p) < line };
    let (mut moving, mut pile): (Vec<_>, Vec<_>) = pile.into_iter().partition(moves);
    moving.reverse();
    for piece in &mut moving {
        if part == Part::Upper { piece.turn_about_y(line) } else { piece.turn_about_x(line) }
    }
    pile.extend(moving);
    pile
}

/// Leafs through a pile that is bound at its edge.
pub fn leaf_through(pile: &[Piece]) -> Vec<Option<usize>> {
    let (x, y) = (pile[0].centre().x, pile[0].centre().y);
    for piece in pile {
        let at = piece.centre();
        assert!((at.x - x).abs() < NEAR && (at.y - y).abs() < NEAR, "leaves lie on each other");
    }
    pile.iter().flat_map(|piece| [piece.seen(true), piece.seen(false)]).collect()
}

/// What paper of some thickness does to sheets that are folded once and will lie inside each other, the first
/// outermost: those around a sheet push it out, away from the spine.
pub fn push_out(sheets: &mut [Vec<Piece>], paper: Length, right_to_left: bool) {
    for (depth, sheet) in sheets.iter_mut().enumerate() {
        let by = paper * depth as i64;
        sheet.iter_mut().for_each(|leaf| leaf.x.1 += if right_to_left { -by } else { by });
    }
}

/// Lays folded sheets inside each other, the first outermost.
pub fn nest(sheets: impl IntoIterator<Item = Vec<Piece>>) -> Vec<Piece> {
    let mut section: Vec<Piece> = Vec::new();
    for sheet in sheets {
        let inside = section.len() / 2;
        section.splice(inside..inside, sheet);
    }
    section
}

/// Pieces of a sheet down its columns, the columns in reading direction.
pub fn down_columns(mut sheet: Vec<Piece>, right_to_left: bool) -> Vec<Piece> {
    // Columns are wider than any error of rounding.
    let column = |piece: &Piece| {
        let Point { x, y } = piece.centre();
        let x = (x.0 + NEAR.0) / (NEAR.0 * 50);
        (if right_to_left { -x } else { x }, y)
    };
    sheet.sort_by_key(column);
    sheet
}

/// Cuts sheets into spreads, and counts them down the columns: each is a left and a right piece.
pub fn cut_into_spreads(sheet: Vec<Piece>, right_to_left: bool) -> Vec<Vec<Piece>> {
    let mut rows: Vec<Length> = sheet.iter().map(|piece| piece.centre().y).collect();
    rows.sort();
    rows.dedup_by(|a, b| (*a - *b).abs() < NEAR);
    let ordered = down_columns(sheet, right_to_left);
    let columns: Vec<Vec<Piece>> = ordered.chunks(rows.len()).map(<[Piece]>::to_vec).collect();
    let spread = |pair: &[Vec<Piece>], row: usize| vec![pair[0][row].clone(), pair[1][row].clone()];
    columns
        .chunks(2)
        .flat_map(|pair| (0..rows.len()).map(|row| spread(pair, row)).collect::<Vec<_>>())
        .collect()
}

/// Folds a folio's, a quarto's or an octavo's sheet.
pub fn fold_sheet(sheet: Vec<Piece>, right_to_left: bool) -> Vec<Piece> {
    let side = if right_to_left { Part::Right } else { Part::Left };
    match sheet.len() {
        2 => fold_under(sheet, side),
        4 => fold_under(fold_under(sheet, Part::Upper), side),
        8 => fold_under(fold_under(fold_under(sheet, side), Part::Upper), side),
        cells => panic!("{cells} cells"),
    }
}

/// 1…n in order, blanks only before the last, in so many places.
pub fn expected(count: usize, places: usize) -> Vec<Option<usize>> {
    let mut order: Vec<Option<usize>> = (0..count).map(Some).collect();
    let last = if count > 1 { order.pop() } else { None };
    order.resize(places - usize::from(last.is_some()), None);
    order.extend(last);
    order
}
