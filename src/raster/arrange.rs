//! Where the things of a contact sheet lie.
//!
//! Comes in: their shapes. Goes out: their places, in pixels. Three arrangements are tried, and the one in
//! which most of the ground is covered is taken.

/// Pixels across.
pub(super) const WIDTH: f64 = 1600.0;
/// Pixels around everything.
pub(super) const MARGIN: f64 = 76.0;
/// Pixels between things.
const GAP: f64 = 64.0;
/// Pixels of the content's height, at most.
const HEIGHT: f64 = 860.0;
/// What is to be laid down, each as its width over its height.
pub(super) struct Shapes {
    /// The front cover.
    pub cover: f64,
    /// The open pages together; none if there are none.
    pub open: Option<f64>,
    /// Sides of sheets.
    pub sides: Vec<f64>,
}

/// A thing to lay down.
#[derive(Debug, Clone, Copy)]
pub(super) enum Thing {
    /// The front cover.
    Cover,
    /// The open pages.
    Spread,
    /// A side of a sheet.
    Side(usize),
}

/// Where a thing lies, in pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct PixelRect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// Places of all things, and how high they are together.
type Arrangement = (Vec<(Thing, PixelRect)>, f64);

/// Finds a place for everything: the cover on the left as high as the others together; above the open pages,
/// if pages are wide; or all beside each other, if they are narrow. Whichever shows more.
pub(super) fn arrange(things: &Shapes) -> Arrangement {
    let seen = |(places, _): &Arrangement| -> f64 {
        places.iter().map(|(_, place)| place.width * place.height).sum()
    };
    // Of shapes so odd that nothing fits, the cover alone is shown.
    let height = HEIGHT.min((WIDTH - 2.0 * MARGIN) / things.cover);
    let alone = PixelRect { x: 0.0, y: 0.0, width: height * things.cover, height };
    let mut best = None;
    for found in [beside(things), above(things), abreast(things)].into_iter().flatten() {
        if best.as_ref().is_none_or(|best| seen(&found) > seen(best)) {
            best = Some(found);
        }
    }
    let (places, height) = best.unwrap_or_else(|| (vec![(Thing::Cover, alone)], height));
    // In the middle.
    let right = places.iter().map(|(_, place)| place.x + place.width).fold(0.0, f64::max);
    let over = (WIDTH - right) / 2.0;
    let moved = |(thing, place): (Thing, PixelRect)| (thing, PixelRect { x: place.x + over, ..place });
    (places.into_iter().map(moved).collect(), height)
}

/// All sides in a row of some width, from a place on; and how high the row is.
fn row(things: &Shapes, [x, y]: [f64; 2], width: f64) -> Arrangement {
    let shapes = &things.sides;
    let gaps = GAP * shapes.len().saturating_sub(1) as f64;
    let all: f64 = shapes.iter().sum();
    let height = (width - gaps).max(1.0) / all.max(0.05);
    let mut x = x;
    let mut places = Vec::new();
    for (side, shape) in things.sides.iter().enumerate() {
        places.push((Thing::Side(side), PixelRect { x, y, width: shape * height, height }));
        x += shape * height + GAP;
    }
    (places, if shapes.is_empty() { 0.0 } else { height })
}

/// The cover, and to its right the open pages above the sheets; all made smaller until they fit.
fn beside(things: &Shapes) -> Option<Arrangement> {
    let cover = things.cover;
    let fit = |height: f64| {
        let mut places = vec![(Thing::Cover, PixelRect { x: 0.0, y: 0.0, width: cover * height, height })];
        let left = cover * height + GAP;
        // How wide the right side is so that it is as high as the cover.
        let tall = |width: f64| {
            let open = things.open.map_or(0.0, |open| width / open);
            let (_, row) = row(things, [0.0; 2], width);
            open + row + if open > 0.0 && row > 0.0 { GAP } else { 0.0 }
        };
        let (mut low, mut high) = (GAP * things.sides.len() as f64 + 1.0, WIDTH);
        for _ in 0..40 {
            let middle = (low + high) / 2.0;
            if tall(middle) > height { high = middle } else { low = middle }
        }
        let mut y = 0.0;
        if let Some(open) = things.open {
            places.push((Thing::Spread, PixelRect { x: left, y, width: low, height: low / open }));
            y += low / open + GAP;
        }
        places.extend(row(things, [left, y], low).0);
        places
    };
    shrunk(fit)
}

/// The cover and the sheets in a row, the open pages under them.
fn above(things: &Shapes) -> Option<Arrangement> {
    let cover = things.cover;
    let fit = |height: f64| {
        let shapes = &things.sides;
        let gaps = GAP * shapes.len() as f64;
        let all: f64 = cover + shapes.iter().sum::<f64>();
        // Of some width; the rows are as high as that makes them.
        let tall = |width: f64| {
            let upper = (width - gaps).max(1.0) / all;
            upper + things.open.map_or(0.0, |open| GAP + width / open)
        };
        let (mut low, mut high) = (gaps + 10.0, WIDTH);
        for _ in 0..40 {
            let middle = (low + high) / 2.0;
            if tall(middle) > height { high = middle } else { low = middle }
        }
        let upper = (low - gaps).max(1.0) / all;
        let mut places =
            vec![(Thing::Cover, PixelRect { x: 0.0, y: 0.0, width: cover * upper, height: upper })];
        let left = cover * upper + GAP;
        places.extend(row(things, [left, 0.0], low - left).0);
        if let Some(open) = things.open {
            let y = upper + GAP;
            places.push((Thing::Spread, PixelRect { x: 0.0, y, width: low, height: low / open }));
        }
        places
    };
    shrunk(fit)
}

/// The cover, the open pages, and the sheets in a column, all equally high.
fn abreast(things: &Shapes) -> Option<Arrangement> {
    let cover = things.cover;
    let fit = |height: f64| {
        let mut places = vec![(Thing::Cover, PixelRect { x: 0.0, y: 0.0, width: cover * height, height })];
        let mut x = cover * height + GAP;
        if let Some(open) = things.open {
            places.push((Thing::Spread, PixelRect { x, y: 0.0, width: open * height, height }));
            x += open * height + GAP;
        }
        let shapes = &things.sides;
        let gaps = GAP * shapes.len().saturating_sub(1) as f64;
        let parts: f64 = shapes.iter().map(|shape| 1.0 / shape).sum();
        let width = (height - gaps).max(1.0) / parts.max(0.05);
        let mut y = 0.0;
        for (side, shape) in things.sides.iter().enumerate() {
            places.push((Thing::Side(side), PixelRect { x, y, width, height: width / shape }));
            y += width / shape + GAP;
        }
        places
    };
    shrunk(fit)
}

/// As high as there is room for, or less, until all of it fits. None if it never does.
fn shrunk(fit: impl Fn(f64) -> Vec<(Thing, PixelRect)>) -> Option<Arrangement> {
    let mut height = HEIGHT;
    while height > 20.0 {
        let places = fit(height);
        let most =
            |end: &dyn Fn(&PixelRect) -> f64| places.iter().map(|(_, place)| end(place)).fold(0.0, f64::max);
        let (right, foot) = (most(&|place| place.x + place.width), most(&|place| place.y + place.height));
        if right <= WIDTH - 2.0 * MARGIN && foot <= HEIGHT + 1.0 {
            return Some((places, foot));
        }
        height *= 0.98;
    }
    None
}
