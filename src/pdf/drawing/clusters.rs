//! Which characters each glyph of a run stands for.
//!
//! Comes in: a [`Run`], whose glyphs stand in visual order and point into its text. Goes out: its
//! clusters: neighbouring glyphs with the characters that they set together. A ligature is one glyph
//! with several characters, a decomposed letter several glyphs with one.

use std::ops::Range;

use crate::typeset::frame::{Glyph, Run};

/// Glyphs that set some characters together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pdf) struct Cluster<'a> {
    /// Their place in the run's list.
    pub glyphs: Range<usize>,
    /// The characters; empty when the run's text does not reach so far.
    pub text: &'a str,
}

impl<'a> Cluster<'a> {
    /// The text of the glyph at `offset` in the cluster, if it can be told apart: all of it for a
    /// single glyph, one character each when there are as many characters as glyphs.
    pub fn share(&self, offset: usize, backward: bool) -> Option<&'a str> {
        let glyphs = self.glyphs.len();
        if self.text.is_empty() {
            return None;
        }
        if glyphs == 1 {
            return Some(self.text);
        }
        let place = if backward { glyphs - 1 - offset } else { offset };
        let mut starts = self.text.char_indices().map(|(at, _)| at);
        let start = starts.clone().nth(place)?;
        if starts.by_ref().count() != glyphs {
            return None;
        }
        let rest = &self.text[start..];
        let end = rest.chars().next().map_or(0, char::len_utf8);
        Some(&rest[..end])
    }
}

/// A run's clusters from left to right.
pub(in crate::pdf) struct Clusters<'a> {
    glyphs: &'a [Glyph],
    text: &'a str,
    /// Starts of all clusters, rising; only for runs that are not set from left to right.
    starts: Vec<u32>,
    /// Whether glyphs run against the text.
    pub backward: bool,
    next: usize,
}

impl<'a> Clusters<'a> {
    /// The clusters of a run.
    pub fn of(run: &'a Run) -> Self {
        let forward = run.glyphs.windows(2).all(|pair| pair[0].cluster <= pair[1].cluster);
        let mut starts = Vec::new();
        if !forward {
            starts.extend(run.glyphs.iter().map(|glyph| glyph.cluster));
            starts.sort_unstable();
            starts.dedup();
        }
        Self { glyphs: &run.glyphs, text: &run.text, starts, backward: !forward, next: 0 }
    }
}

impl<'a> Iterator for Clusters<'a> {
    type Item = Cluster<'a>;

    fn next(&mut self) -> Option<Cluster<'a>> {
        let first = self.next;
        let start = self.glyphs.get(first)?.cluster;
        let same = self.glyphs[first..].iter().take_while(|glyph| glyph.cluster == start).count();
        self.next = first + same;
        let end = if self.backward {
            let after = self.starts.partition_point(|&other| other <= start);
            self.starts.get(after).copied()
        } else {
            self.glyphs.get(self.next).map(|glyph| glyph.cluster)
        };
        let end = end.map_or(self.text.len(), |end| end as usize);
        let text = self.text.get(start as usize..end).unwrap_or_default();
        Some(Cluster { glyphs: first..self.next, text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::face::FaceId;
    use crate::length::Length;
    use crate::typeset::frame::Colour;

    fn run(text: &str, clusters: &[u32]) -> Run {
        let glyph = |&cluster| Glyph { id: 1, x: 0, y: 0, cluster };
        Run {
            face: FaceId(0),
            size: Length::pt(10),
            stretch: 10_000,
            colour: Colour::BLACK,
            glyphs: clusters.iter().map(glyph).collect(),
            text: text.into(),
            width: Length::ZERO,
            language: None,
        }
    }

    fn texts(run: &Run) -> Vec<&str> {
        Clusters::of(run).map(|cluster| cluster.text).collect()
    }

    #[test]
    fn ligatures_keep_all_their_characters() {
        assert_eq!(texts(&run("office", &[0, 1, 4, 5])), ["o", "ffi", "c", "e"]);
    }

    #[test]
    fn a_run_from_right_to_left_is_read_against_its_glyphs() {
        let run = run("אבג", &[4, 2, 0]);
        assert_eq!(texts(&run), ["ג", "ב", "א"]);
        assert!(Clusters::of(&run).backward);
    }

    #[test]
    fn a_letter_and_its_mark_share_their_cluster() {
        let run = run("e\u{301}x", &[0, 0, 3]);
        let cluster = Clusters::of(&run).next().unwrap();
        assert_eq!(cluster.share(0, false), Some("e"));
        assert_eq!(cluster.share(1, false), Some("\u{301}"));
    }

    #[test]
    fn glyphs_that_cannot_be_told_apart_have_no_share() {
        let run = run("é", &[0, 0]);
        let cluster = Clusters::of(&run).next().unwrap();
        assert_eq!(cluster.share(0, false), None);
    }

    #[test]
    fn clusters_outside_the_text_have_no_text() {
        assert_eq!(texts(&run("a", &[0, 7, 9])), ["", "", ""]);
        assert_eq!(texts(&run("é", &[0, 1])), ["", ""]);
    }
}
