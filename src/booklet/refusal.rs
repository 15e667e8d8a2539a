//! What is said about paths that lead to no file which a booklet may open.
//!
//! Comes in: the path as written. Goes out: a finding, which has no span yet.

use crate::diagnostic::{Diagnostic, codes};
use crate::sources::Foreign;

/// What to do about a pipe.
pub(super) const COPY_CONTENTS: &str = "put a copy of its contents into a file";

/// There is nothing at the path.
pub(super) fn missing(written: &str) -> Diagnostic {
    Diagnostic::error(codes::B002, format!("there is no file “{written}”"))
}

/// It leads out of the booklet's folder.
pub(super) fn outside(written: &str) -> Diagnostic {
    Diagnostic::error(codes::B003, format!("“{written}” lies outside the booklet's folder"))
        .hint("only a folder \"covers\" or \"fonts\" above the booklet may be used as well")
}

/// What to do about a link.
pub(super) fn not_followed(link: &str) -> String {
    format!(
        "{link} is a link that leads elsewhere, and is not followed; put a copy of what is meant in its place"
    )
}

/// The finding about a path that is another one on some systems.
pub(super) fn foreign(written: &str, why: Foreign) -> Diagnostic {
    let (what, hint) = match why {
        Foreign::Root => {
            let hint = "write the path from the booklet's own folder, as in \"pictures/one.png\"";
            return outside(written).hint(hint);
        }
        Foreign::Backslash => (
            "has a backslash, which does not part folders on every system",
            format!("write {}", written.replace('\\', "/")),
        ),
        Foreign::Colon => (
            "has a colon, which file names cannot have on every system",
            "give the file another name".to_owned(),
        ),
        Foreign::Ending => (
            "has a name that ends with a dot or a space, which some systems leave out",
            "give the file or its folder another name".to_owned(),
        ),
        Foreign::Device => {
            ("is the name of a device on some systems", "give the file or its folder another name".to_owned())
        }
    };
    Diagnostic::error(codes::B016, format!("“{written}” {what}")).hint(hint)
}
