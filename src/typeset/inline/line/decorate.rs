//! What goes with the words of a line: rules under and through them, live areas, the places that links to
//! marks of notes go to, the notes themselves.
//!
//! Comes in: the groups of pieces of a line and where each of them begins and ends. Goes out: items on the
//! line. Neighbours that share a rule or an area get one between them, so that no seam shows.

use crate::length::{Length, Point, Size};
use crate::typeset::frame::{Destination, Item as Placeable, Owner, Placed};
use crate::typeset::inline::paragraph::Line;

use super::{LinePiece, Workshop};

#[derive(Debug, Clone, PartialEq, Eq)]
enum Decoration {
    Link(Destination),
    Under,
    Through,
}

impl Workshop<'_, '_, '_> {
    /// Rules under and through words, live areas, the places that links to marks go to, notes.
    pub(super) fn decorate(
        &self,
        pieces: &[LinePiece],
        groups: &[std::ops::Range<usize>],
        spans: &[(usize, Length, Length)],
        line: &mut Line,
    ) {
        let mut open: Vec<(Decoration, Owner, Length, Length, Length)> = Vec::new();
        for &(index, from, to) in spans {
            let attributes = *self.attributes(&pieces[groups[index].start]);
            let size = attributes.size;
            let mut wanted = Vec::new();
            if let Some(mark) = attributes.mark {
                if mark.first {
                    line.notes.push(mark.note);
                }
                wanted.push(Decoration::Link(Destination::Note(mark.note)));
                let at = Point::new(from, -attributes.rise - size);
                let item = Placeable::Anchor(Destination::Mark(mark.node));
                line.items.push(Placed { at, owner: attributes.owner, item });
            } else if let Some(target) = attributes.link.and_then(|link| self.flat.links.get(link as usize)) {
                wanted.push(Decoration::Link(Destination::Target((*target).clone())));
            }
            if attributes.underline {
                wanted.push(Decoration::Under);
            }
            if attributes.strike {
                wanted.push(Decoration::Through);
            }
            for decoration in wanted {
                let grown = open.iter_mut().find(|o| o.0 == decoration && (o.3 == from || o.2 == to));
                match grown {
                    Some(known) => {
                        known.2 = known.2.min(from);
                        known.3 = known.3.max(to);
                    }
                    None => open.push((decoration, attributes.owner, from, to, size)),
                }
            }
        }
        for (decoration, owner, from, to, size) in open {
            let thickness = Length((size.0 / 18).max(1));
            let width = to - from;
            let (y, item) = match decoration {
                Decoration::Link(to) => {
                    (-size.scale(780, 1000), Placeable::Link { size: Size::new(width, size), to })
                }
                Decoration::Under => {
                    let size_of = Size::new(width, thickness);
                    (size.scale(120, 1000), Placeable::Fill { size: size_of, colour: self.spec.colour })
                }
                Decoration::Through => {
                    let size_of = Size::new(width, thickness);
                    (-size.scale(250, 1000), Placeable::Fill { size: size_of, colour: self.spec.colour })
                }
            };
            line.items.push(Placed { at: Point::new(from, y), owner, item });
        }
    }
}
