//! Pictures of pages and of sides of sheets: ink is where the frames say, and nowhere else.

use booklet::length::{Length, Point, Size};
use booklet::picture::{Picture, PixelFormat};
use booklet::raster;
use booklet::typeset::frame::{Colour, Ink, Item, Pages, Spot, Stroke};

use crate::handset::{faces, page, pages, placed, run};

/// How dark a part of a picture is: 0 white, 1 black.
fn ink(picture: &Picture, [left, top, right, foot]: [u32; 4]) -> f64 {
    let channels = if picture.format == PixelFormat::Gray { 1 } else { 3 };
    let sum: u64 = (top..foot)
        .flat_map(|y| (left..right).map(move |x| (y * picture.width + x) as usize * channels))
        .map(|at| 255 - u64::from(picture.pixels[at]))
        .sum();
    sum as f64 / 255.0 / f64::from((right - left) * (foot - top))
}

fn one(items: Vec<(i64, i64, Item)>) -> Pages {
    pages(vec![page(items.into_iter().map(|(x, y, item)| placed(x, y, item)).collect())])
}

fn rule(width: i64, height: i64, colour: Colour) -> Item {
    Item::Fill { size: Size::new(Length::pt(width), Length::pt(height)), colour }
}

#[test]
fn rectangles_cover_just_their_pixels() {
    let set = one(vec![(10, 20, rule(30, 5, Colour::BLACK)), (10, 40, rule(30, 5, Colour::Gray(127)))]);
    let picture = raster::page(&set, 0, 144.0, Ink::Colour);
    // A5 at two pixels a point.
    assert_eq!((picture.width, picture.height, picture.format), (839, 1191, PixelFormat::Gray));
    assert_eq!(ink(&picture, [20, 40, 80, 50]), 1.0);
    assert!((ink(&picture, [20, 80, 80, 90]) - 0.502).abs() < 0.001);
    let all = ink(&picture, [0, 0, 839, 1191]) * 839.0 * 1191.0;
    assert!((all - 600.0 - 600.0 * 128.0 / 255.0).abs() < 0.01, "{all}");
}

#[test]
fn type_stands_in_its_box_and_is_as_dark_however_large() {
    let size = Length::pt(40);
    let set = one(vec![(50, 100, Item::Run(run(&faces(), "HEN", size, 10_000)))]);
    let share = |resolution: f64| {
        let picture = raster::page(&set, 0, resolution, Ink::Colour);
        let at = |points: f64| (points * resolution / 72.0).round() as u32;
        let capitals = [at(50.0), at(100.0 - 40.0 * 0.66), at(130.0), at(100.0)];
        let all =
            ink(&picture, [0, 0, picture.width, picture.height]) * f64::from(picture.width * picture.height);
        let inside =
            ink(&picture, capitals) * f64::from((capitals[2] - capitals[0]) * (capitals[3] - capitals[1]));
        assert!(inside > all * 0.97, "{resolution}: {inside} of {all}");
        all / resolution / resolution
    };
    let shares = [72.0, 150.0, 600.0].map(share);
    assert!(shares.iter().all(|s| (s / shares[2] - 1.0).abs() < 0.01), "{shares:?}");
}

#[test]
fn spots_are_coloured_or_gray_as_the_ink_says() {
    let spot = Colour::Spot(Spot { ink: 0, rgb: [200, 30, 20], gray: 90 });
    let set = one(vec![(10, 10, rule(10, 10, spot))]);
    let colour = raster::page(&set, 0, 72.0, Ink::Colour);
    let at = 15 * colour.width as usize + 15;
    assert_eq!(colour.pixels[at * 3..at * 3 + 3], [200, 30, 20]);
    let black = raster::page(&set, 0, 72.0, Ink::Black);
    assert_eq!((black.format, black.pixels[at]), (PixelFormat::Gray, 90));
}

#[test]
fn hostile_places_and_sizes_give_a_bounded_picture() {
    let far = Length(i64::MAX);
    let stroke = |to| {
        let points = vec![Point::default(), Point::new(to, to), Point::new(-to, Length::ZERO)];
        Item::Stroke(Stroke { points, width: Length::pt(1), dashed: true, fill: Some(Colour::BLACK) })
    };
    let mut huge = run(&faces(), "Huge", Length::MAX, u16::MAX);
    huge.glyphs.iter_mut().for_each(|glyph| glyph.x = i32::MIN);
    let items = vec![
        (0, 0, Item::Fill { size: Size::new(far, far), colour: Colour::BLACK }),
        (i64::MAX / 65_536, 3, rule(5, 5, Colour::BLACK)),
        (0, 0, stroke(far)),
        (0, 0, stroke(Length::pt(1_000_000))),
        (9, 9, Item::Run(huge)),
    ];
    let mut set = one(items);
    for (size, resolution) in [
        (Size::mm(10.0, 10.0), f64::NAN),
        (Size::mm(10.0, 10.0), f64::INFINITY),
        (Size::mm(1e9, 0.001), 300.0),
        (Size::new(Length::MAX, Length::MAX), 150.0),
        (Size::new(Length::ZERO, Length::pt(-5)), 150.0),
    ] {
        set.pages[0].size = size;
        let picture = raster::page(&set, 0, resolution, Ink::Colour);
        let count = u64::from(picture.width) * u64::from(picture.height);
        assert!(count > 0 && count <= raster::MOST_PIXELS + 20_000, "{size:?} {count}");
        assert!(picture.pixels[0] < 255);
    }
    assert_eq!(raster::page(&set, 7, 150.0, Ink::Colour).pixels.len(), 1);
}
