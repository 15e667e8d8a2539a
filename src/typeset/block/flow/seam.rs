//! What a block leaves to the next: the space between them, and whether they belong together.
//!
//! Comes in: what each block asks of its successor. Goes out: a [`Gap`] for the next piece, once.

use crate::length::Length;

/// Between the block before and the next.
#[derive(Debug)]
pub(super) struct Seam {
    /// Space that the block before asks for below itself.
    space: Length,
    /// The same without the figure just before, which may come to stand elsewhere.
    past: Option<Length>,
    /// Whether the next paragraph begins without indent.
    pub flush: bool,
    /// Whether the next piece stays with the one before.
    pub keep: bool,
    /// Whether what comes next follows a title, which has its own space below it.
    titled: bool,
}

/// How a piece joins the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gap {
    /// Space between them.
    pub gap: Length,
    /// The same if the figure between them is elsewhere.
    pub closed: Length,
    /// Whether they stay together.
    pub keep: bool,
}

impl Seam {
    /// Above the first block.
    pub fn new() -> Self {
        Self { space: Length::ZERO, past: None, flush: true, keep: false, titled: false }
    }

    /// Asks for at least so much space.
    pub fn ask(&mut self, space: Length) {
        self.space = self.space.max(space);
    }

    /// Asks for so much space, whatever was asked before.
    pub fn set(&mut self, space: Length) {
        self.space = space;
    }

    /// Below a block that is set off from the text by space: the paragraph after it begins flush.
    pub fn set_off(&mut self, space: Length) {
        self.ask(space);
        self.flush = true;
    }

    /// Below a title.
    pub fn title(&mut self) {
        *self = Self { keep: true, titled: true, past: self.past, ..Self::new() };
    }

    /// Below a figure, with `before` as it was above it: the text goes on after it, wherever it comes to stand.
    pub fn figure(&mut self, before: Length, space: Length) {
        self.past = Some(before);
        self.ask(space);
    }

    /// Space that is asked for so far.
    pub fn space(&self) -> Length {
        self.space
    }

    /// How a piece joins that asks for so much space above itself; nothing is left to the one after it.
    pub fn join(&mut self, above: Length) -> Gap {
        let titled = std::mem::take(&mut self.titled);
        let gap = if titled { Length::ZERO } else { above.max(self.space) };
        let closed = self.past.take().map_or(gap, |space| above.max(space));
        self.space = Length::ZERO;
        Gap { gap, closed, keep: std::mem::take(&mut self.keep) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_larger_space_counts_once_and_none_below_a_title() {
        let mut seam = Seam::new();
        seam.set_off(Length::pt(6));
        seam.ask(Length::pt(4));
        seam.keep = true;
        assert_eq!(seam.join(Length::pt(5)), Gap { gap: Length::pt(6), closed: Length::pt(6), keep: true });
        assert_eq!(seam.join(Length::pt(5)), Gap { gap: Length::pt(5), closed: Length::pt(5), keep: false });
        seam.title();
        let under = Gap { gap: Length::ZERO, closed: Length::ZERO, keep: true };
        assert_eq!((seam.flush, seam.join(Length::pt(5))), (true, under));
    }

    #[test]
    fn without_the_figure_between_them_two_blocks_stand_as_if_it_had_never_been() {
        let mut seam = Seam::new();
        seam.ask(Length::pt(3));
        let before = seam.space();
        seam.join(Length::pt(9));
        seam.figure(before, Length::pt(9));
        assert_eq!(seam.join(Length::pt(2)), Gap { gap: Length::pt(9), closed: Length::pt(3), keep: false });
    }
}
