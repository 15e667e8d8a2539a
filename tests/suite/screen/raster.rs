//! Pictures of pages and of sides of sheets: ink is where the frames say, and nowhere else.

use booklet::booklet::NamedPicture;
use booklet::cover::wrapped;
use booklet::diagnostic::Report;
use booklet::folder::Manuscript;
use booklet::impose::{Binding, Job, PageRef, impose};
use booklet::length::{Length, Point, Rect, Size};
use booklet::manifest::{BindingKind, Flip, PrintersMark};
use booklet::picture::{Picture, PictureId, PixelFormat, Raster};
use booklet::press::{self, Artifact, Pictures, Wanted, press};
use booklet::raster::{self, Handling};
use booklet::typeset::frame::{Colour, Ink, Item, Page, PageKind, Pages, Spot, Stroke};
use booklet::typeset::style::Style;

use crate::typeset::handset::{faces, page, pages, placed, run};

/// How dark a part of a picture is: 0 white, 1 black.
fn ink(picture: &Raster, [left, top, right, foot]: [u32; 4]) -> f64 {
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

/// The pixels of a picture file.
fn decoded(file: &[u8]) -> Raster {
    let Ok(Picture::Raster(raster)) = Picture::decode(file) else { panic!("no picture of pixels") };
    raster
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

/// A picture of two rows: red and green above, blue and white below.
fn four() -> Raster {
    let pixels = vec![255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255].into();
    let format = PixelFormat::Rgb;
    Raster { width: 2, height: 2, dpi: None, format, pixels, photographic: false }
}

fn colour(picture: &Raster, x: u32, y: u32) -> [u8; 3] {
    let at = (y * picture.width + x) as usize;
    match picture.format {
        PixelFormat::Gray => [picture.pixels[at]; 3],
        _ => picture.pixels.as_chunks::<3>().0[at],
    }
}

#[test]
fn pictures_turn_with_their_pages_and_keep_to_their_part_of_the_sheet() {
    let size = Size::new(Length::pt(100), Length::pt(100));
    // It reaches over the page's edge to the left and above.
    let item = Item::Picture { picture: PictureId(0), size };
    let mut set = pages((0..4).map(|_| page(vec![placed(-10, -10, item.clone())])).collect());
    set.pictures.push(NamedPicture {
        name: "four.png".to_owned(),
        picture: std::sync::Arc::new(Picture::Raster(four())),
    });
    let upright = raster::page(&set, 0, 72.0, Ink::Colour);
    assert_eq!(colour(&upright, 10, 10), [255, 0, 0]);
    assert_eq!(colour(&upright, 85, 5), [0, 255, 0]);
    assert_eq!(colour(&upright, 5, 85), [0, 0, 255]);
    assert_eq!(colour(&upright, 89, 89), [255; 3]);
    assert_eq!(colour(&upright, 91, 40), [255; 3]);
    // Four pages of A5 on one side of A3, the upper ones on their heads.
    let job = Job::new(
        BindingKind::Folded(booklet::manifest::SheetFold::Quarto),
        Size::mm(297.0, 420.0),
        Flip::ShortEdge,
    );
    let sheets = impose(&set, &Binding::Print(job), None, &mut Report::new());
    let mut seen = 0;
    for (index, side) in sheets.sides.iter().enumerate() {
        let drawn = raster::side(&sheets, index, 72.0, Ink::Colour);
        for placed in side.pages.iter().filter(|placed| placed.page != PageRef::Blank) {
            // The page's own corner shows the upper left quarter: red; away from it along its first line, green.
            let sign: [(f64, f64); 2] = match placed.quarter_turns {
                0 => [(5.0, 5.0), (80.0, 5.0)],
                2 => [(-5.0, -5.0), (-80.0, -5.0)],
                turns => panic!("{turns} quarter turns"),
            };
            let at = |(x, y): (f64, f64)| {
                let [x, y] = [placed.at.x.to_pt() + x, placed.at.y.to_pt() + y];
                colour(&drawn, x as u32, y as u32)
            };
            assert_eq!([at(sign[0]), at(sign[1])], [[255, 0, 0], [0, 255, 0]], "{placed:?}");
            seen += 1;
        }
        assert_eq!(raster::side(&sheets, index, 72.0, Ink::Black).format, PixelFormat::Gray);
    }
    assert_eq!(seen, 4);
}

#[test]
fn marks_are_drawn_outside_the_pages() {
    let set = pages((0..4).map(|_| page(Vec::new())).collect());
    let sheet = Size::mm(320.0, 450.0);
    let job =
        Job { marks: vec![PrintersMark::Crop], ..Job::new(BindingKind::Saddle, sheet, Flip::ShortEdge) };
    let sheets = impose(&set, &Binding::Print(job), None, &mut Report::new());
    let drawn = raster::side(&sheets, 0, 144.0, Ink::Black);
    let dark = |mark: &booklet::impose::MarkLine| {
        let middle = |a: Length, b: Length| ((a + b) / 2).to_pt() * 2.0;
        let (x, y) = (middle(mark.from.x, mark.to.x) as u32, middle(mark.from.y, mark.to.y) as u32);
        ink(&drawn, [x - 1, y - 1, x + 2, y + 2]) > 0.05
    };
    let marks = &sheets.sides[0].marks;
    assert!(!marks.is_empty() && marks.iter().all(dark));
    let white = drawn.pixels.iter().filter(|gray| **gray == 255).count();
    assert!(white * 100 > drawn.pixels.len() * 99);
}

fn sample() -> (booklet::booklet::Booklet, Pages) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/booklets/for-a-revolutionary-anarchism");
    let mut report = Report::new();
    let booklet = booklet::booklet::open(&Manuscript::on_disk(folder), &mut report).expect("a booklet");
    let document = booklet::document::read(&booklet, &mut report);
    let set = wrapped(&document, &Style::new(&booklet), &mut report);
    (booklet, set)
}

/// What an item may touch of its page, by the frames and the measures of faces alone.
fn reach(item: &Item, at: Point, pages: &Pages) -> Option<Rect> {
    match item {
        Item::Run(run) => {
            let metrics = &pages.faces.get(run.face).metrics;
            let units = |units: i32| Length::from_units(units.into(), metrics.upem.into(), run.size);
            let [left, foot, right, top] = metrics.bbox.map(units);
            let x = run.glyphs.iter().map(|glyph| i64::from(glyph.x));
            let (first, last) = (x.clone().min()?, x.max()?);
            let y = run.glyphs.iter().map(|glyph| i64::from(glyph.y));
            let (high, low) = (y.clone().min()?, y.max()?);
            let corner = Point::new(at.x + Length(first) + left, at.y + Length(high) - top);
            let far = Point::new(at.x + Length(last) + right, at.y + Length(low) - foot);
            Some(Rect::new(corner.x, corner.y, far.x - corner.x, far.y - corner.y))
        }
        Item::Fill { size, .. } | Item::Picture { size, .. } => Some(Rect { origin: at, size: *size }),
        Item::Stroke(_) | Item::Link { .. } | Item::Anchor(_) => None,
    }
}

#[test]
fn a_booklets_ink_is_where_its_frames_say_and_nowhere_else() {
    let (_, set) = sample();
    let scale = 60.0 / 72.0;
    for (index, page) in set.pages.iter().enumerate() {
        // In black the ground of the cover is paper, and its words are ink.
        let drawn = raster::page(&set, index, 60.0, Ink::Black);
        let mut free = vec![true; drawn.pixels.len()];
        for placed in &page.items {
            let Some(rect) = reach(&placed.item, placed.at, &set) else { continue };
            let pixels = |length: Length, over: f64, most: u32| {
                ((length.to_pt() * scale + over).max(0.0) as u32).min(most)
            };
            let [left, right] =
                [(rect.origin.x, -1.0), (rect.right(), 2.0)].map(|(x, over)| pixels(x, over, drawn.width));
            let [top, foot] =
                [(rect.origin.y, -1.0), (rect.bottom(), 2.0)].map(|(y, over)| pixels(y, over, drawn.height));
            for y in top..foot {
                free[(y * drawn.width + left) as usize..(y * drawn.width + right) as usize].fill(false);
            }
            let words = matches!(&placed.item, Item::Run(run) if run.text.chars().any(char::is_alphanumeric));
            let dark = ink(&drawn, [left, top, right, foot]) * f64::from((right - left) * (foot - top));
            assert!(!words || dark > 1.0, "page {index}: {placed:?}");
        }
        let stray = free.iter().zip(&*drawn.pixels).filter(|(free, gray)| **free && **gray < 255).count();
        assert_eq!(stray, 0, "page {index}");
    }
}

#[test]
fn few_tones_are_few_colours_and_look_the_same() {
    let (_, set) = sample();
    let all = raster::page(&set, 0, 100.0, Ink::Black);
    let few = decoded(&raster::poster(&set, 0, 100.0, Ink::Black)).to_gray();
    let mut tones: Vec<u8> = few.pixels.to_vec();
    tones.sort_unstable();
    tones.dedup();
    assert!((2..=16).contains(&tones.len()), "{tones:?}");
    let apart = all.pixels.iter().zip(&*few.pixels).map(|(a, b)| a.abs_diff(*b)).max();
    // Half a step where one letter ends, and one more where two meet.
    assert!(apart.is_some_and(|apart| apart < 40), "{apart:?}");
}

#[test]
fn a_contact_sheet_has_room_for_every_shape_and_binding() {
    let text = || Item::Run(run(&faces(), "Something to read", Length::pt(8), 10_000));
    let shapes =
        [(148.0, 210.0), (74.0, 105.0), (210.0, 297.0), (99.0, 210.0), (210.0, 148.0), (20.0, 400.0)];
    for (width, height) in shapes {
        for (count, right_to_left) in [(1, false), (2, true), (3, false), (9, true)] {
            let one = |index| Page {
                size: Size::mm(width, height),
                kind: if index == 0 { PageKind::FrontCover } else { PageKind::Body },
                label: String::new(),
                items: vec![placed(10, 30, text()), placed(10, 50, rule(20, 20, Colour::BLACK))],
            };
            let set = Pages { right_to_left, ..pages((0..count).map(one).collect()) };
            let sheet = Size::mm(width * 2.2, height * 1.1);
            let job = Job::new(BindingKind::Saddle, sheet, Flip::ShortEdge);
            let sheets = impose(&set, &Binding::Print(job), None, &mut Report::new());
            let handling = Handling { folded: true, bound: count > 2, ink: Ink::Black };
            let drawn = raster::contact(&sheets, handling);
            assert_eq!(drawn.width, 1600);
            assert!((700..=1100).contains(&drawn.height), "{width} {height} {count}: {}", drawn.height);
            // The ground is seen all around, and something lies on it.
            let ground = colour(&drawn, 3, 3);
            for at in 0..drawn.width {
                assert_eq!([colour(&drawn, at, 20), colour(&drawn, at, drawn.height - 20)], [ground; 2]);
            }
            let black = drawn.pixels.as_chunks::<3>().0.iter().filter(|p| **p == [0; 3]).count();
            assert!(black > 100, "{width} {height} {count}: {black}");
        }
    }
}

fn pictures_of(threads: usize) -> Vec<Artifact> {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/booklets/reseau-anarchiste-internationaliste");
    let pictures = Pictures { contact: true, cover: true, pages: true, sheets: true };
    let job = press::Job {
        manuscript: Manuscript::on_disk(manifest),
        wanted: Wanted { pictures, ..Wanted::NOTHING },
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    pool.install(|| press(&job, &mut Report::new()))
}

#[test]
fn pictures_are_files_alike_whatever_the_threads_and_say_nothing_but_pixels() {
    let (one, four) = (pictures_of(1), pictures_of(4));
    let name = |artifact: &Artifact| artifact.name.replace("reseau-anarchiste-internationaliste", "R");
    let names: Vec<String> = one.iter().map(name).collect();
    let wanted: Vec<String> = ["R.png", "R-cover.png"]
        .into_iter()
        .map(str::to_owned)
        .chain((1..=8).map(|n| format!("R-{n:03}.png")))
        .chain((1..=4).map(|n| format!("R-print-{n:03}.png")))
        .collect();
    assert_eq!(names, wanted);
    for (a, b) in one.iter().zip(&four) {
        assert!(a.bytes == b.bytes, "{}", a.name);
        let mut rest = &a.bytes[8..];
        while rest.len() >= 12 {
            let length = u32::from_be_bytes(rest[..4].try_into().expect("four bytes")) as usize;
            let kind = &rest[4..8];
            assert!([b"IHDR", b"PLTE", b"pHYs", b"IDAT", b"IEND"].iter().any(|k| *k == kind), "{kind:?}");
            rest = &rest[12 + length..];
        }
    }
    let cover = decoded(&one[1].bytes);
    assert_eq!((cover.width, cover.height), (1600, 2560));
    let page = decoded(&one[2].bytes);
    assert_eq!((page.width, page.height), (874, 1240));
    assert!(page.dpi.is_some_and(|dpi| (dpi - 150.0).abs() < 0.1));
}

#[test]
fn an_epub_shows_the_cover_that_the_booklet_has() {
    let (booklet, _) = sample();
    let document = booklet::document::read(&booklet, &mut Report::new());
    let mut style = Style::new(&booklet);
    let cover = booklet::epub::Cover::picture(&document, &style);
    let drawn = decoded(&cover);
    assert_eq!((drawn.width, drawn.format), (1600, PixelFormat::Rgb));
    let pixels = drawn.pixels.as_chunks::<3>().0;
    let of = |wanted: [u8; 3], [left, top, right, foot]: [usize; 4]| {
        let row = |y: usize| &pixels[y * 1600 + left..y * 1600 + right];
        (top..foot).flat_map(row).filter(|pixel| **pixel == wanted).count()
    };
    // The ink fills the margins; the title is left free of it, in the upper half.
    assert_eq!(document.cover.inks, [[0xc8, 0x10, 0x2e]]);
    let ink = document.cover.inks[0];
    assert_eq!((of(ink, [0, 0, 1600, 60]), of(ink, [0, 0, 60, 2560])), (1600 * 60, 60 * 2560));
    assert!(of([255; 3], [100, 100, 1500, 1280]) > 1400 * 1180 / 50);
    // However small the page, the picture has its size.
    style.page = Size::mm(52.0, 74.0);
    let small = decoded(&booklet::epub::Cover::picture(&document, &style));
    assert_eq!((small.width, small.height), (1600, 2560));
}
