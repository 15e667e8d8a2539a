//! SVG: what is drawn, what is refused, and that nothing of the file's words is left.

use booklet::picture::drawing::{Graphic, Segment, Tint};
use booklet::picture::{Picture, PictureError};

/// A drawing with most of what can be shown, and words that must not survive.
pub const RICH: &str = r##"<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<!-- SECRET-PLACE: made at home -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns:dc="http://purl.org/dc/elements/1.1/"
 width="80mm" height="60mm" viewBox="0 0 800 600" inkscape:export-filename="/home/SECRET-PLACE/x.png">
<title>SECRET-PLACE</title><desc>SECRET-PLACE</desc>
<metadata><dc:creator>SECRET-PLACE</dc:creator></metadata>
<style>.red{fill:#c0201a;stroke:black;stroke-width:12} /* SECRET-PLACE */
.dash{fill:none;stroke:#114;stroke-width:8;stroke-dasharray:30 18;stroke-linecap:round}</style>
<defs><linearGradient id="SECRET-PLACE" x1="0" x2="1" y1="0" y2="1"><stop offset="0" stop-color="#f6c"/>
<stop offset=".4" stop-color="#fff"/><stop offset="1" stop-color="#06c"/></linearGradient>
<radialGradient id="r" cx=".4" cy=".4" r=".6" fx=".3"><stop offset="0" stop-color="white"/>
<stop offset="1" stop-color="#222"/></radialGradient>
<clipPath id="c"><circle cx="600" cy="420" r="130"/></clipPath>
<marker id="m" orient="auto" markerWidth="4" markerHeight="4" refX="2" refY="2"><path d="M0 0L4 2L0 4z"/></marker>
<g id="star"><path d="M0-60L17-20 60-20 26 8 38 50 0 25-38 50-26 8-60-20-17-20Z"/></g></defs>
<rect width="800" height="600" fill="url(#SECRET-PLACE)"/>
<circle class="red" cx="200" cy="200" r="120" inkscape:label="SECRET-PLACE"/>
<ellipse cx="200" cy="430" rx="140" ry="90" fill="url(#r)" stroke="url(#SECRET-PLACE)" stroke-width="20"/>
<path class="dash" d="M350 100C450 0 550 200 760 90" marker-end="url(#m)"/>
<a xlink:href="https://SECRET-PLACE.example/"><path d="M10 10q20 30 40 0z"/></a>
<g clip-path="url(#c)"><rect x="470" y="290" width="260" height="260" fill="#fc0"/>
<use xlink:href="#star" transform="translate(560 400) rotate(17) scale(2)"/></g>
<g opacity=".5"><rect x="380" y="180" width="120" height="120" fill="green"/>
<rect x="440" y="240" width="120" height="120" fill="blue"/></g>
<path fill-rule="evenodd" fill="#fff" fill-opacity=".7" stroke="#000" stroke-opacity=".5" stroke-width="10"
 stroke-linejoin="bevel" d="M600 150h120v120h-120zM630 180h60v60h-60z"/>
<g transform="scale(3 1)"><circle cx="240" cy="330" r="20" fill="none" stroke="#800" stroke-width="6"/></g>
<rect x="-90000" y="590" width="180000" height="5" stroke-width="0.333"/>
</svg>"##;

fn svg(body: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         width=\"100\" height=\"50\">{body}</svg>"
    )
}

fn parts(body: &str) -> Vec<Graphic> {
    let picture = Picture::decode(svg(body).as_bytes()).expect("a drawing");
    picture.drawing().expect("a drawing").parts.clone()
}

fn refused(file: &str) -> String {
    match Picture::decode(file.as_bytes()) {
        Err(PictureError::Drawing(refused)) => refused.what,
        other => panic!("{:.200}: {other:?}", file),
    }
}

#[test]
fn a_drawing_written_anew_is_the_same_drawing_without_a_word() {
    let (picture, file) = Picture::decode_and_clean(RICH.as_bytes()).expect("a drawing");
    let file = String::from_utf8(file.expect("a clean file")).expect("text");
    for word in ["SECRET-PLACE", "inkscape", "metadata", "<!--", "href", "style", "title"] {
        assert!(!file.contains(word), "{word}");
    }
    let (again, twice) = Picture::decode_and_clean(file.as_bytes()).expect("a drawing still");
    assert_eq!(again.drawing(), picture.drawing());
    assert_eq!(twice.as_deref(), Some(file.as_bytes()));
    // 80 by 60 mm in tenths of 1/96 inch.
    assert_eq!((picture.extent(), picture.dpi()), ((3024, 2268), Some(960.0)));
}

#[test]
fn small_and_large_drawings_read_back_as_themselves() {
    for (width, view) in [("1", 1.0), ("7.77", 3.3), ("24", 24.0), ("999.9", 12_345.6), ("90000", 7.0)] {
        let file = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{width}\" \
             viewBox=\"0 0 {view} {view}\"><path stroke=\"red\" d=\"M.1.2C3.33 4.44 5.55 6.66 7.77 8.88\
             A3 4 15 0 1 1e3 1e5L-1e7 1e9\"/></svg>"
        );
        let (_, clean) = Picture::decode_and_clean(file.as_bytes()).expect("a drawing");
        assert!(clean.is_some(), "{width} {view}");
    }
}

#[test]
fn outlines_colours_and_pens_are_what_the_file_says() {
    let found = parts("<rect x=\"1\" y=\"2\" width=\"3\" height=\"4\" fill=\"#0a0b0c\" opacity=\".5\"/>");
    let [Graphic::Shape(shape)] = found.as_slice() else { panic!("{found:?}") };
    let unit = 10_000;
    assert_eq!(shape.area.outline[0], Segment::Move([unit, 2 * unit]));
    assert_eq!(shape.area.outline[2], Segment::Line([4 * unit, 6 * unit]));
    let fill = shape.fill.as_ref().expect("a filling");
    assert_eq!((&fill.ink, fill.opacity), (&Tint::Flat([10, 11, 12]), 500));
    let pen = "<g transform=\"rotate(30) scale(2)\"><path fill=\"none\" stroke=\"red\" stroke-width=\"3\" \
               stroke-dasharray=\"1 2\" d=\"M0 0H9\"/></g>";
    let found = parts(pen);
    let [Graphic::Shape(shape)] = found.as_slice() else { panic!("{found:?}") };
    let pen = shape.stroke.as_ref().expect("a pen");
    assert_eq!((pen.width, pen.dashes.as_slice()), (6 * unit, &[2 * unit, 4 * unit][..]));
    // What is stretched has no round pen: it is an outline.
    let found = parts("<circle transform=\"scale(3 1)\" r=\"9\" fill=\"none\" stroke=\"red\"/>");
    let [Graphic::Shape(shape)] = found.as_slice() else { panic!("{found:?}") };
    assert!(shape.stroke.is_none() && shape.fill.is_some());
}

#[test]
fn what_is_not_safe_or_would_be_lost_is_named() {
    for (body, word) in [
        ("<script>alert(1)</script>", "script"),
        ("<rect onclick=\"x()\"/>", "onclick"),
        ("<foreignObject/>", "foreignObject"),
        ("<text>words</text>", "text"),
        ("<image href=\"x.png\"/>", "picture"),
        ("<image href=\"data:image/png;base64,AAAA\"/>", "picture"),
        ("<use xlink:href=\"file:///etc/passwd#a\"/>", "file:///etc/passwd"),
        ("<use href=\"other.svg#a\"/>", "other.svg"),
        ("<rect fill=\"url(http://example.org/#a)\"/>", "http://example.org"),
        ("<rect style=\"fill:url(x.svg#a)\"/>", "x.svg"),
        ("<style>@import 'x.css';</style>", "@import"),
        ("<style>@font-face{src:url(x.ttf)}</style>", "x.ttf"),
        ("<filter id=\"f\"/><rect filter=\"url(#f)\"/>", "filter"),
        ("<rect filter=\"blur(3px)\"/>", "filter"),
        ("<mask id=\"m\"/><rect style=\"mask:url(#m)\"/>", "mask"),
        ("<pattern id=\"p\"/><style>rect{fill:url('#p')}</style><rect/>", "pattern"),
        ("<rect><animate attributeName=\"x\"/></rect>", "moves"),
        ("<g style=\"mix-blend-mode:multiply\"><rect width=\"9\" height=\"9\"/></g>", "blended"),
        ("<g id=\"a\"><use href=\"#a\"/></g>", "itself"),
    ] {
        let what = refused(&svg(body));
        assert!(what.contains(word), "{body}: {what}");
    }
    let entity =
        format!("<!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>{}", svg("<desc>&a;</desc>"));
    assert!(refused(&entity).contains("entities"));
    let sheet = format!("<?xml-stylesheet href=\"x.css\"?>{}", svg(""));
    assert!(refused(&sheet).contains("style sheet"));
}

#[test]
fn what_is_not_shown_does_no_harm() {
    let kept = "<defs><filter id=\"unused\"/><mask id=\"m\"/></defs><sodipodi xmlns=\"urn:x\"><script/></sodipodi>\
                <rect width=\"9\" height=\"9\"/>";
    assert_eq!(parts(kept).len(), 1);
}

/// Files made to take hours or gigabytes, each refused before anything is built of it.
#[test]
fn bombs_are_refused_at_once() {
    let start = std::time::Instant::now();
    let many = |text: &str, times: usize| text.repeat(times);
    let mut ladder = String::from("<g id=\"a0\"><rect/></g>");
    for step in 1..12 {
        let uses = many(&format!("<use href=\"#a{}\"/>", step - 1), 10);
        ladder.push_str(&format!("<g id=\"a{step}\">{uses}</g>"));
    }
    let marker = format!("<marker id=\"m\"><path d=\"M0 0{}\"/></marker>", many("h1", 2000));
    let markers = format!("{marker}<path marker-mid=\"url(#m)\" d=\"M0 0{}\"/>", many("h1", 2000));
    let stops = format!("<linearGradient id=\"g\">{}</linearGradient>", many("<stop/>", 2000));
    for body in [
        many("<g>", 1_000_000),
        many("<g/>", 200_000),
        ladder,
        markers,
        format!("{stops}<g fill=\"url(#g)\">{}</g>", many("<rect/>", 2000)),
        format!("<path d=\"M0 0{}\"/>", many("h1", 3_000_000)),
        format!("<g style=\"{}\"/>", many("fill:red;", 100_000)),
        format!("<g {}/>", (0..1000).map(|i| format!("a{i}=\"\" ")).collect::<String>()),
        format!("<style>{}</style>{}", many(".a .b{fill:red}", 1500), many("<g/>", 20_000)),
        "<path stroke=\"red\" stroke-dasharray=\".00001\" d=\"M0 0H9000\"/>".to_owned(),
    ] {
        refused(&svg(&body));
    }
    let laughs: String =
        (1..12).map(|i| format!("<!ENTITY a{i} \"{}\">", many(&format!("&a{};", i - 1), 10))).collect();
    refused(&format!("<!DOCTYPE svg [<!ENTITY a0 \"ha\">{laughs}]>{}", svg("<desc>&a11;</desc>")));
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

/// Half red, half of it seen through, and a blue corner; laid upright and turned.
#[test]
fn a_drawing_becomes_pixels_wherever_it_lies() {
    let body = "<rect width=\"50\" height=\"50\" fill=\"red\"/><g opacity=\".5\"><rect x=\"50\" width=\"50\" \
                height=\"50\" fill=\"red\"/><rect x=\"90\" width=\"20\" height=\"10\" fill=\"blue\"/></g>";
    let picture = Picture::decode(svg(body).as_bytes()).expect("a drawing");
    let drawing = picture.drawing().expect("a drawing");
    let upright = drawing.pixels(10, 5, [[0.0, 0.0], [10.0, 0.0], [0.0, 5.0]], false).expect("pixels");
    let row: Vec<[u8; 4]> = upright[..10].to_vec();
    assert_eq!((row[0], row[4], row[9]), ([255, 0, 0, 255], [255, 0, 0, 255], [0, 0, 255, 128]));
    assert_eq!(upright[49], [255, 0, 0, 128]);
    let turned = drawing.pixels(5, 10, [[5.0, 0.0], [5.0, 10.0], [0.0, 0.0]], true).expect("pixels");
    // Its upper right corner is at the lower right; blue has little light.
    assert_eq!((turned[4], turned[49]), ([54, 54, 54, 255], [18, 18, 18, 128]));
}
