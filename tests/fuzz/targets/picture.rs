//! Pictures from strangers: PNG, JPEG, WebP, TIFF, GIF.

use booklet::picture::screen::{Screen, Treatment, in_gray, printed};
use booklet::picture::{MOST_PIXELS, Picture, PixelFormat, Raster, png};

/// Pictures with more pixels are decoded and no more, so that a run stays short.
const MOST_TRIED: usize = 1 << 18;

/// Tries a picture.
pub fn run(bytes: &[u8]) {
    let (picture, file) = match Picture::decode_and_clean(bytes) {
        Ok(both) => both,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    let Picture::Raster(picture) = picture else { return };
    whole(&picture);
    if picture.pixels.len() > MOST_TRIED {
        return;
    }
    if let Some(file) = file {
        let (again, twice) = Picture::decode_and_clean(&file).expect("a file that was cleaned");
        let again = again.raster().expect("pixels again");
        same(&picture, again);
        assert_eq!((picture.dpi, picture.photographic), (again.dpi, again.photographic));
        assert!(twice.is_some_and(|twice| twice == file), "what is clean changes when it is cleaned");
    }
    let written = picture.to_png().expect("whole pixels");
    same(&picture, decoded(&written).raster().expect("pixels"));
    same(&picture, decoded(&png(&picture)).raster().expect("pixels"));
    assert_eq!(picture.to_jpeg(80).is_none(), picture.format == PixelFormat::Rgba);
    let small = picture.bounded(20);
    whole(&small);
    assert!(small.width.max(small.height) <= 20);
    assert_eq!(picture.on([255; 3]).len(), picture.width as usize * picture.height as usize * 3);
    for screen in [Screen::Gray, Screen::Clustered(300), Screen::Spread(72)] {
        let dots = printed(&small, 500, Treatment { screen, contrast: 40 });
        whole(&dots);
        assert_eq!(dots.pixels, in_gray(&dots, 0).pixels);
    }
}

/// What we wrote, read again.
fn decoded(file: &[u8]) -> Picture {
    Picture::decode(file).expect("a PNG that we wrote")
}

/// A picture has the samples that its size says.
fn whole(picture: &Raster) {
    let channels = match picture.format {
        PixelFormat::Gray => 1,
        PixelFormat::Rgb => 3,
        PixelFormat::Rgba => 4,
    };
    let pixels = u64::from(picture.width) * u64::from(picture.height);
    assert!(pixels > 0 && pixels <= MOST_PIXELS);
    assert_eq!(picture.pixels.len() as u64, pixels * channels);
    assert!(picture.dpi.is_none_or(|dpi| dpi.is_finite() && dpi > 0.0), "{:?}", picture.dpi);
}

fn same(one: &Raster, other: &Raster) {
    let size = |picture: &Raster| (picture.width, picture.height, picture.format);
    assert_eq!(size(one), size(other));
    assert!(one.pixels == other.pixels, "other pixels");
}
