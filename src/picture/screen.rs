//! Photographs for machines that know only black and white.
//!
//! Comes in: a picture, how large it is printed, and the machine's dots an inch. Goes out: the picture in
//! gray with more contrast, or in one bit a dot. A photocopier makes dark tones darker and loses single
//! dots, so tones are lightened, and a screen of dots is made that are large enough to be copied again:
//! clustered at 45°, about 70 to the inch, each cell of it a tone. Where the machine is not to be trusted
//! with small dots but the copy is not copied again, errors are spread (Floyd and Steinberg, 1976). Shades are
//! ITU-R BT.709 luma in the steps of sRGB. All is computed in whole numbers: the same picture, the same
//! dots, everywhere.

use super::{PixelFormat, Raster};

/// How photographs are printed in black alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Treatment {
    /// What they are made of.
    pub screen: Screen,
    /// From 0 (as it is) to 100.
    pub contrast: u32,
}

impl Treatment {
    /// Shades of gray, as they are.
    pub const PLAIN: Self = Self { screen: Screen::Gray, contrast: 0 };
}

/// What a printed photograph is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Screen {
    /// Shades of gray; the printer does the rest.
    Gray,
    /// Dots that grow in a regular screen, at so many printer's dots an inch.
    Clustered(u32),
    /// Single dots, at so many an inch, their errors spread.
    Spread(u32),
}

/// Dots of one bit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bits {
    /// Across.
    pub width: u32,
    /// Down.
    pub height: u32,
    /// Rows of whole bytes, the first dot in the highest bit; 0 is black.
    pub rows: Vec<u8>,
}

/// Lines of the screen in an inch: as fine as copies of copies hold.
const RULING: u32 = 71;
/// Most dots of a picture.
const MOST_DOTS: u64 = 60_000_000;
/// Of how many pixels one may be neither nearly black nor nearly white in a picture made of lines.
const LINES: usize = 50;

/// The picture in shades of gray, with so much more contrast.
#[must_use]
pub fn in_gray(picture: &Raster, contrast: u32) -> Raster {
    let gray = picture.to_gray();
    if contrast == 0 {
        return gray;
    }
    let curve = curve(0, 255, contrast, 3 * i64::from(contrast.min(100)) / 10);
    let pixels = gray.pixels.iter().map(|shade| curve[usize::from(*shade)]).collect();
    Raster { pixels, ..gray }
}

/// The picture in dots, for so many inches across (in thousandths).
#[must_use]
pub fn in_dots(picture: &Raster, thousandths: u64, treatment: Treatment) -> Option<Bits> {
    let per_inch = match treatment.screen {
        Screen::Gray => return None,
        Screen::Clustered(per_inch) | Screen::Spread(per_inch) => per_inch,
    };
    let gray = picture.to_gray();
    let (mut width, mut height) = size(&gray, thousandths * u64::from(per_inch) / 1000);
    while width * height > MOST_DOTS {
        (width, height) = (width / 2, height / 2);
    }
    let (low, high) = ends(&gray.pixels);
    let lines = made_of_lines(&gray.pixels);
    let contrast = treatment.contrast.min(100);
    // A copier makes tones in the middle a third darker, and a drum does so already.
    let lift = 35 + 3 * i64::from(contrast) / 10;
    let curve = if lines { identity() } else { curve(low, high, contrast, lift) };
    let (width, height) = (u32::try_from(width).ok()?, u32::try_from(height).ok()?);
    let sized = gray.resized(width, height);
    let shades: Vec<u8> = sized.pixels.iter().map(|shade| curve[usize::from(*shade)]).collect();
    let across = width as usize;
    let black = match treatment.screen {
        _ if lines => shades.iter().map(|shade| *shade < 128).collect(),
        Screen::Spread(_) => spread(&shades, across),
        Screen::Clustered(_) | Screen::Gray => clustered(&shades, across, per_inch),
    };
    Some(packed(&black, width, height))
}

/// The picture as it is printed, for so many inches across (in thousandths): each dot a pixel.
#[must_use]
pub fn printed(picture: &Raster, thousandths: u64, treatment: Treatment) -> Raster {
    let Some(Bits { width, height, rows }) = in_dots(picture, thousandths, treatment) else {
        return in_gray(picture, treatment.contrast);
    };
    let row = (width as usize).div_ceil(8).max(1);
    let dot = |line: &[u8], at: usize| if line[at / 8] >> (7 - at % 8) & 1 == 0 { 0 } else { 255 };
    let line = |line: &[u8]| (0..width as usize).map(|at| dot(line, at)).collect::<Vec<u8>>();
    let pixels: Vec<u8> = rows.chunks_exact(row).flat_map(line).collect();
    Raster { width, height, format: PixelFormat::Gray, pixels: pixels.into(), ..picture.clone() }
}

/// Dots across and down, at least one.
fn size(picture: &Raster, across: u64) -> (u64, u64) {
    let (width, height) = (u64::from(picture.width.max(1)), u64::from(picture.height.max(1)));
    let across = across.clamp(1, 1 << 20);
    (across, (across * height / width).max(1))
}

/// The shades below and above which one pixel in a hundred lies.
fn ends(shades: &[u8]) -> (u8, u8) {
    let mut counts = [0_usize; 256];
    shades.iter().for_each(|shade| counts[usize::from(*shade)] += 1);
    let few = shades.len() / 100;
    let mut sum = 0;
    let mut enough = |shade: &usize| {
        sum += counts[*shade];
        sum > few
    };
    let low = (0..256).find(&mut enough).unwrap_or(0);
    sum = 0;
    let mut enough = |shade: &usize| {
        sum += counts[*shade];
        sum > few
    };
    let high = (0..256).rev().find(&mut enough).unwrap_or(255);
    // A picture of one shade stays that shade.
    if high < low + 64 { (0, 255) } else { (low as u8, high as u8) }
}

/// Whether nearly all is black or white: letters, woodcuts, plans.
fn made_of_lines(shades: &[u8]) -> bool {
    let between = shades.iter().filter(|shade| (24..232).contains(*shade)).count();
    between * LINES < shades.len()
}

fn identity() -> [u8; 256] {
    std::array::from_fn(|shade| shade as u8)
}

/// New shades for old ones: `low` becomes black and `high` white, the middle steeper by `contrast`
/// hundredths of the way to a smooth step, then lighter by `lift` hundredths of what is most.
fn curve(low: u8, high: u8, contrast: u32, lift: i64) -> [u8; 256] {
    const ONE: i64 = 1 << 16;
    let (low, high) = (i64::from(low), i64::from(high));
    std::array::from_fn(|shade| {
        let x = ((shade as i64 - low) * ONE / (high - low).max(1)).clamp(0, ONE);
        let step = x * x / ONE * (3 * ONE - 2 * x) / ONE;
        let y = x + (step - x) * i64::from(contrast.min(100)) / 100;
        let y = y + y * (ONE - y) / ONE * lift / 100;
        ((y * 255 + ONE / 2) / ONE).clamp(0, 255) as u8
    })
}

/// A screen at 45°: cells whose middles lie `2a` dots apart across and down, and again shifted by `a`. In each
/// the dots nearest to its middle become black first; in light between cells, those farthest last.
fn clustered(shades: &[u8], across: usize, per_inch: u32) -> Vec<bool> {
    // √2 · a dots from cell to cell.
    let a = (per_inch * 1000 / (RULING * 1414)).clamp(2, 40) as usize;
    let side = 2 * a;
    let from = |x: usize, y: usize, middle: [usize; 2]| {
        // In half dots, since the middle of a cell lies between dots; around the tile's edges.
        let part = |at: usize, middle: usize| {
            let apart = (2 * at + 1).abs_diff(2 * middle) % (2 * side);
            apart.min(2 * side - apart)
        };
        let (x, y) = (part(x, middle[0]), part(y, middle[1]));
        (x * x + y * y) as i64
    };
    let nearest =
        |x, y, middles: [[usize; 2]; 2]| middles.map(|m| from(x, y, m)).into_iter().min().unwrap_or(0);
    let mut order: Vec<(i64, usize)> = (0..side * side)
        .map(|index| {
            let (x, y) = (index % side, index / side);
            let (dark, light) = ([[0, 0], [a, a]], [[a, 0], [0, a]]);
            (nearest(x, y, dark) - nearest(x, y, light), index)
        })
        .collect();
    order.sort_unstable();
    let mut below = vec![0_u8; side * side];
    let count = order.len();
    for (rank, (_, index)) in order.into_iter().enumerate() {
        // A dot is black where the shade is under this: the first of the order almost always.
        below[index] = (((count - rank) * 255 - 127) / count).min(255) as u8;
    }
    let rows = shades.chunks(across.max(1)).enumerate();
    rows.flat_map(|(y, row)| {
        let line = &below[y % side * side..][..side];
        row.iter().zip(line.iter().cycle()).map(|(shade, below)| shade < below).collect::<Vec<_>>()
    })
    .collect()
}

/// Each dot is black or white, whichever is nearer, and what is wrong with it goes on to its neighbours, in
/// lines that run to and fro.
fn spread(shades: &[u8], across: usize) -> Vec<bool> {
    let across = across.max(1);
    let mut black = vec![false; shades.len()];
    // In sixteenths, with a place more at either end.
    let (mut this, mut next) = (vec![0_i32; across + 2], vec![0_i32; across + 2]);
    for (y, row) in shades.chunks(across).enumerate() {
        let back = y % 2 == 1;
        for step in 0..row.len() {
            let x = if back { row.len() - 1 - step } else { step };
            let wanted = i32::from(row[x]) * 16 + this[x + 1];
            let dark = wanted < 128 * 16;
            black[y * across + x] = dark;
            let error = wanted - if dark { 0 } else { 255 * 16 };
            let (ahead, behind) = if back { (x, x + 2) } else { (x + 2, x) };
            this[ahead] += error * 7 / 16;
            next[behind] += error * 3 / 16;
            next[x + 1] += error * 5 / 16;
            next[ahead] += error / 16;
        }
        this = std::mem::replace(&mut next, vec![0; across + 2]);
    }
    black
}

fn packed(black: &[bool], width: u32, height: u32) -> Bits {
    let across = (width as usize).max(1);
    let byte = |dots: &[bool]| {
        let bits = dots.iter().enumerate().filter(|(_, black)| !**black);
        bits.fold(0_u8, |byte, (place, _)| byte | 0x80 >> place)
    };
    let rows = black.chunks(across).flat_map(|row| row.chunks(8).map(byte)).collect();
    Bits { width, height, rows }
}

#[cfg(test)]
mod tests {
    use super::super::PixelFormat;
    use super::*;

    fn flat(shade: u8) -> Raster {
        let pixels = vec![shade; 100 * 100].into();
        let format = PixelFormat::Gray;
        Raster { width: 100, height: 100, dpi: None, format, pixels, photographic: true }
    }

    fn ink(bits: &Bits) -> f64 {
        let white: u32 = bits.rows.iter().map(|byte| byte.count_ones()).sum();
        1.0 - f64::from(white) / f64::from(bits.width * bits.height)
    }

    #[test]
    fn dots_cover_as_much_as_the_tone_asks_for_once_it_is_lightened() {
        for screen in [Screen::Clustered(600), Screen::Spread(200)] {
            for shade in [40, 100, 160, 220_u8] {
                let bits = in_dots(&flat(shade), 960, Treatment { screen, contrast: 0 }).expect("dots");
                let light = f64::from(shade) / 255.0;
                let want = 1.0 - (light + light * (1.0 - light) * 0.35);
                assert!((ink(&bits) - want).abs() < 0.02, "{screen:?} {shade}: {} {want}", ink(&bits));
            }
        }
        // Black stays black and white stays white.
        for (shade, covered) in [(0, 1.0), (255, 0.0)] {
            let treatment = Treatment { screen: Screen::Clustered(600), contrast: 20 };
            assert_eq!(ink(&in_dots(&flat(shade), 800, treatment).expect("dots")), covered);
        }
    }

    #[test]
    fn a_screen_has_clusters_and_no_single_dots() {
        let treatment = Treatment { screen: Screen::Clustered(600), contrast: 0 };
        let bits = in_dots(&flat(150), 960, treatment).expect("dots");
        let across = bits.width as usize;
        let row = across.div_ceil(8);
        let black = |x: usize, y: usize| bits.rows[y * row + x / 8] & 0x80 >> (x % 8) == 0;
        for y in 1..bits.height as usize - 1 {
            for x in 1..across - 1 {
                let near = [(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)];
                let same = near.into_iter().filter(|(nx, ny)| black(*nx, *ny) == black(x, y)).count();
                assert!(same >= 2, "a dot alone at {x}, {y}");
            }
        }
    }

    #[test]
    fn contrast_makes_dark_darker_and_light_lighter_and_keeps_the_ends() {
        let plain = curve(0, 255, 0, 0);
        assert_eq!(plain, identity());
        let steep = curve(0, 255, 60, 0);
        assert!(steep[60] < 60 && steep[200] > 200 && steep[0] == 0 && steep[255] == 255);
        assert!(steep.windows(2).all(|pair| pair[0] <= pair[1]));
        assert!(curve(0, 255, 100, 65).windows(2).all(|pair| pair[0] <= pair[1]));
    }
}
