//! What a word is shaped with beside its face: OpenType features, and what its language decides.

use harfrust::{Feature, Tag};

use crate::language::Language;
use crate::typeset::inline::hyphenate::{self, Patterns};

/// OpenType features, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Features(u16);

impl Features {
    /// Small capitals for lower case (`smcp`).
    pub const SMALL_CAPS: Self = Self(1);
    /// Old-style figures (`onum`); lining (`lnum`) otherwise.
    pub const OLD_STYLE: Self = Self(2);
    /// Figures of one width (`tnum`).
    pub const TABULAR: Self = Self(4);
    /// Superior figures (`sups`).
    pub const SUPERIOR: Self = Self(8);
    /// No ligatures: letter-spaced text, code.
    pub const APART: Self = Self(16);

    /// Small capitals for capitals (`c2sc`).
    pub const CAPS_TOO: Self = Self(32);
    /// Forms that suit capitals (`case`).
    pub const CASE: Self = Self(64);

    /// Both.
    pub const fn with(self, other: Self, on: bool) -> Self {
        if on { Self(self.0 | other.0) } else { self }
    }

    /// What is left without the others.
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn list(self, ligatures: bool) -> Vec<Feature> {
        let feature = |tag: &[u8; 4], value| Feature::new(Tag::new(tag), value, ..);
        let mut list = vec![feature(if self.has(Self::OLD_STYLE) { b"onum" } else { b"lnum" }, 1)];
        for (bit, tag) in [
            (Self::SMALL_CAPS, b"smcp"),
            (Self::CAPS_TOO, b"c2sc"),
            (Self::TABULAR, b"tnum"),
            (Self::SUPERIOR, b"sups"),
            (Self::CASE, b"case"),
        ] {
            if self.has(bit) {
                list.push(feature(tag, 1));
            }
        }
        if self.has(Self::APART) || !ligatures {
            list.extend([feature(b"liga", 0), feature(b"clig", 0)]);
        }
        list
    }
}

/// Index of a language in its shaper; the default is the booklet's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Tongue(pub(crate) u16);

/// What a language decides: forms of letters, ligatures, hyphens.
pub(crate) struct Speech {
    pub language: Language,
    /// As the shaper knows it.
    pub known: Option<harfrust::Language>,
    pub patterns: Option<Patterns>,
    pub ligatures: bool,
}

impl Speech {
    pub fn new(language: &Language) -> Self {
        Self {
            language: language.clone(),
            known: harfrust::Language::new(language.tag()),
            patterns: hyphenate::patterns(language),
            ligatures: !language.tells_i_by_its_dot(),
        }
    }
}
