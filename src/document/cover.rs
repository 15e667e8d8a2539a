//! The covers of a document.
//!
//! Comes in: nothing. Goes out: [`Cover`]: what stands on the front and on the back, and how it looks.

use super::block::Block;
use crate::address::Address;
use crate::diagnostic::Span;
use crate::manifest::{CoverDesign, Focus, Isbn};
use crate::picture::PictureId;

/// Both covers.
#[derive(Debug, Clone, Default)]
pub struct Cover {
    /// What stands on the front.
    pub front: Front,
    /// How the front is set.
    pub design: CoverDesign,
    /// Spot inks beside black, in sRGB: two at most.
    pub inks: Vec<[u8; 3]>,
    /// What of the front's picture is seen in any case.
    pub focus: Focus,
    /// What stands on the back.
    pub back: Back,
    /// What stands at the foot of the back.
    pub trade: Trade,
    /// Where the front's picture is named.
    pub front_at: Option<Span>,
    /// Where the back's picture is named.
    pub back_at: Option<Span>,
    /// Where the authors are named.
    pub authors_at: Option<Span>,
}

/// The front cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Front {
    /// Set in type.
    #[default]
    Type,
    /// A picture.
    Picture {
        /// Which.
        picture: PictureId,
        /// Whether the title is set over it.
        titled: bool,
    },
}

impl Front {
    /// Its picture, if it has one.
    pub fn picture(self) -> Option<PictureId> {
        match self {
            Self::Type => None,
            Self::Picture { picture, .. } => Some(picture),
        }
    }
}

/// The back cover.
#[derive(Debug, Clone, Default)]
pub enum Back {
    /// Nothing.
    #[default]
    Blank,
    /// A picture.
    Picture(PictureId),
    /// Set text.
    Blocks(Vec<Block>),
}

/// What people who pass a booklet on want to know of it; both back ends say it after the back cover's text,
/// in this order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trade {
    /// The number of the printed booklet.
    pub isbn: Option<Isbn>,
    /// What a copy costs, in words of the booklet's language.
    pub price: Option<String>,
    /// Where the files for e-readers are found.
    pub link: Option<Address>,
}

impl Trade {
    /// Whether there is anything to say.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The number as it is printed.
    pub fn isbn_line(&self) -> Option<String> {
        self.isbn.as_ref().map(|isbn| format!("ISBN {}", isbn.written))
    }

    /// The address as it is printed: what every browser adds by itself is left out.
    pub fn address(&self) -> Option<&str> {
        let link = self.link.as_ref()?.as_str();
        let bare = link.strip_prefix("https://").unwrap_or(link);
        Some(bare.strip_suffix('/').filter(|bare| !bare.contains('/')).unwrap_or(bare))
    }
}
