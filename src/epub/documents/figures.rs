//! Pictures with their captions → XHTML.

use crate::document::{Block, BlockKind};

use super::xhtml::Writer;

impl Writer<'_> {
    /// Figures side by side: as wide as they must be to have one height.
    pub(in crate::epub) fn side_by_side(&mut self, block: &Block, figures: &[Block]) {
        self.block_open("div", block, "row");
        for figure in figures {
            let BlockKind::Figure { picture, .. } = &figure.kind else { continue };
            let shown = picture.and_then(|id| self.context.document.pictures.get(id.0 as usize));
            let flex = shown.map_or(1000, |named| {
                let (width, height) = named.picture.extent();
                let (width, height) = (u64::from(width), u64::from(height));
                (width * 1000 / height.max(1)).clamp(1, 100_000)
            });
            self.figure(figure, Some(&format!("flex: {}.{:03}", flex / 1000, flex % 1000)));
        }
        self.xml.close();
    }

    /// A figure. One that stands beside others has a share of their width; alone, its picture has its own.
    pub(in crate::epub) fn figure(&mut self, block: &Block, share: Option<&str>) {
        let BlockKind::Figure { picture, alt, caption, width } = &block.kind else { return };
        self.page_before(block.id, &[]);
        self.xml.indent();
        self.block_start("figure", block, "");
        if let Some(share) = share {
            self.xml.attribute("style", share);
        }
        self.xml.deeper();
        self.xml.indent();
        if self.context.picture(*picture).is_some() {
            let width = width.filter(|_| share.is_none()).map(|width| format!("width: {width}%"));
            self.image(*picture, alt, width.as_deref().map(|width| ("style", width)));
        } else {
            self.xml.start("p");
            self.words(alt);
            self.xml.end();
        }
        self.xml.newline();
        if !caption.is_empty() {
            self.xml.indent();
            self.xml.start("figcaption");
            self.own(block.id, caption);
            self.xml.end();
            self.xml.newline();
        }
        self.xml.close();
    }
}
