//! Spot inks of covers → colour spaces.
//!
//! Comes in: the [`Colour`]s of pages. Goes out: a Separation for each ink (ISO 32000-1, 8.6.6.4), so that
//! a press or a duplicator gets a plate of its own, and a screen the colour that comes nearest, in sRGB. In
//! a file that is printed in black alone a spot is the gray that stands in its place, in DeviceGray, so that
//! no page counts as colour.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, dictionary};

use crate::manifest::ink_name;
use crate::typeset::frame::{Colour, Ink, Item, Page, Spot};

/// Paper that an ink leaves free is no ink.
const PAPER: [u8; 3] = [255; 3];

/// What a colour is in a file in this ink.
pub(in crate::pdf) fn shown(colour: Colour, ink: Ink) -> Colour {
    match colour {
        Colour::Spot(Spot { gray, .. }) if ink == Ink::Black => Colour::Gray(gray),
        Colour::Spot(Spot { rgb: PAPER, .. }) => Colour::Gray(255),
        Colour::Gray(_) | Colour::Spot(_) => colour,
    }
}

/// The inks of a page.
pub(in crate::pdf) fn of(page: &Page) -> BTreeSet<[u8; 3]> {
    let colours = page.items.iter().filter_map(|placed| match &placed.item {
        Item::Run(run) => Some(run.colour),
        Item::Fill { colour, .. } => Some(*colour),
        Item::Stroke(stroke) => stroke.fill,
        Item::Picture { .. } | Item::Link { .. } | Item::Anchor(_) => None,
    });
    let ink = |colour| match colour {
        Colour::Spot(spot) => Some(spot.rgb),
        Colour::Gray(_) => None,
    };
    colours.filter_map(ink).collect()
}

/// What content streams call the colour space of an ink.
pub(in crate::pdf) fn name([r, g, b]: [u8; 3]) -> String {
    format!("C{r:02X}{g:02X}{b:02X}")
}

/// The colour spaces of inks. One object an ink: all Separations of a name must have the same alternate and
/// the same function in all of the file (ISO 19005-2, 6.2.4.4).
pub(in crate::pdf) fn spaces(document: &mut Document, inks: &BTreeSet<[u8; 3]>) -> Dictionary {
    let mut spaces = Dictionary::new();
    for &ink in inks.iter().filter(|ink| **ink != PAPER) {
        let part = |value: u8| Object::Real((f32::from(value) / 255.0 * 1000.0).round() / 1000.0);
        let tint = document.add_object(dictionary! {
            "FunctionType" => 2,
            "Domain" => vec![0.into(), 1.into()],
            "C0" => vec![1.into(), 1.into(), 1.into()],
            "C1" => ink.map(part).to_vec(),
            "N" => 1,
        });
        let space: Vec<Object> =
            vec!["Separation".into(), plate(ink).as_str().into(), "DeviceRGB".into(), tint.into()];
        spaces.set(name(ink), document.add_object(space));
    }
    spaces
}

/// What a printer calls the plate. “Spot” stands before it because the bare names of some colours mean
/// parts of process colours.
fn plate(ink: [u8; 3]) -> String {
    let [r, g, b] = ink;
    ink_name(ink).map_or_else(|| format!("Spot {r:02X}{g:02X}{b:02X}"), |name| format!("Spot {name}"))
}
