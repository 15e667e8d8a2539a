//! Page counts that a binding cannot take, or would mostly leave blank; and what would do instead.

use crate::diagnostic::{Diagnostic, codes};
use crate::manifest::{BindingKind, LeafletFold};

use super::bindings::{leaflet, mini};

/// Why so many pages cannot be bound like this; none if they can.
pub(super) fn refuse(kind: BindingKind, count: usize) -> Option<Diagnostic> {
    let (name, most) = match kind {
        BindingKind::Mini => ("a mini booklet", mini::MOST),
        BindingKind::Leaflet(fold) => (called(fold), 2 * leaflet::panels(fold, count)),
        _ => return None,
    };
    // A fold of which more than half stays blank is another fold.
    let least = if let BindingKind::Leaflet(_) = kind { most / 2 + 1 } else { 1 };
    if count > most {
        let message = format!("{name} has room for {most} pages, and this booklet has {count}");
        let finding = Diagnostic::error(codes::I004, message);
        let finding = match kind {
            BindingKind::Leaflet(_) if count <= 8 => {
                finding.hint("a leaflet of 7 or 8 pages is `fold = \"gate\"`, or `fold = \"accordion\"`")
            }
            _ => finding,
        };
        Some(finding.hint("fold and staple it: `binding = \"saddle\"` takes any number of pages"))
    } else if count < least && count > 0 {
        let message = format!("{name} has {most} pages, and this booklet only {}", pages(count));
        let finding = Diagnostic::error(codes::I004, message);
        Some(if count <= 2 {
            finding.hint("a flyer of one or two pages is `binding = \"copies\"` or `binding = \"single\"`")
        } else if count <= 4 {
            finding.hint("three or four pages are one sheet folded once: `binding = \"saddle\"`")
        } else {
            finding.hint("take fewer panels, or leave out `panels`: there are then as many as are needed")
        })
    } else {
        None
    }
}

fn pages(count: usize) -> String {
    if count == 1 { "1 page".to_owned() } else { format!("{count} pages") }
}

fn called(fold: LeafletFold) -> &'static str {
    match fold {
        LeafletFold::Letter => "a letter fold",
        LeafletFold::Z => "a Z fold",
        LeafletFold::Gate => "a gate fold",
        LeafletFold::Accordion { .. } => "this accordion",
    }
}
