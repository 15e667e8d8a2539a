//! The words of labels, instructions and test sheets, in the booklet's language.
//!
//! Comes in: a language tag. Goes out: [`Words`]; a language that is not listed gets English. One file a
//! language. `{n}` and `{m}` stand for numbers, which [`with`] puts in; wordings avoid plurals, since
//! languages make them in so many ways.

use crate::language::Language;

mod czech;
mod english;
mod french;
mod german;
mod greek;
mod italian;
mod polish;
mod portuguese;
mod russian;
mod spanish;

/// What labels, instructions and test sheets say.
#[derive(Debug)]
pub(super) struct Words {
    /// The language that they are in.
    pub tag: &'static str,
    /// A section of sheets, before its number.
    pub section: &'static str,
    /// A sheet, `{n}` of `{m}`.
    pub sheet: &'static str,
    /// Its first side.
    pub front: &'static str,
    /// Its second side.
    pub back: &'static str,
    /// Heading of a page to write on.
    pub notes: &'static str,
    /// Heading of the instructions.
    pub title: &'static str,
    /// The paper that is needed, before a colon or in its place.
    pub paper: &'static str,
    /// Printing on one side.
    pub print_one: &'static str,
    /// Printing on both sides, flipped on the short edge.
    pub print_short: &'static str,
    /// Printing on both sides, flipped on the long edge.
    pub print_long: &'static str,
    /// The first of two runs by hand: pages `{n}` of the file.
    pub hand_fronts: &'static str,
    /// Between them, when the last sheet lies on top.
    pub hand_last: &'static str,
    /// Between them, when the first sheet lies on top.
    pub hand_first: &'static str,
    /// The second of two runs by hand: pages `{n}` of the file.
    pub hand_backs: &'static str,
    /// A stack folded once.
    pub fold_stack: &'static str,
    /// Staples in the fold.
    pub staple: &'static str,
    /// A stack parted into sections of `{n}` sheets.
    pub sections: &'static str,
    /// Each section folded.
    pub fold_sections: &'static str,
    /// Folded parts laid on each other.
    pub gather: &'static str,
    /// Sections held together.
    pub sew: &'static str,
    /// Each sheet folded on its own.
    pub fold_each: &'static str,
    /// A glued back.
    pub glue: &'static str,
    /// A cover of its own.
    pub cover: &'static str,
    /// The upper half folded behind.
    pub upper_behind: &'static str,
    /// The left half folded behind.
    pub left_behind: &'static str,
    /// The right half folded behind.
    pub right_behind: &'static str,
    /// Two folded sheets inside each other.
    pub nest_two: &'static str,
    /// Closed edges cut open.
    pub cut_open: &'static str,
    /// A stack cut into `{n}` piles.
    pub cut_piles: &'static str,
    /// Piles put on each other.
    pub pile_up: &'static str,
    /// A bound edge.
    pub edge: &'static str,
    /// A sheet folded into eight.
    pub eighths: &'static str,
    /// The slit of a mini booklet.
    pub slit: &'static str,
    /// A mini booklet pushed open.
    pub push: &'static str,
    /// Leaves laid on each other.
    pub lay_flat: &'static str,
    /// A sheet cut into its pairs of pages.
    pub cut_spreads: &'static str,
    /// Pairs laid inside each other.
    pub nest: &'static str,
    /// The narrow panel folded in.
    pub panel_in: &'static str,
    /// The cover folded over it.
    pub cover_over: &'static str,
    /// Panels in zigzag.
    pub zigzag: &'static str,
    /// Both outer panels folded in.
    pub gate_in: &'static str,
    /// A gate folded shut.
    pub gate_shut: &'static str,
    /// A stack cut into `{n}` copies.
    pub cut_copies: &'static str,
    /// Cards cut apart.
    pub cut_cards: &'static str,
    /// A trimmed front edge.
    pub trim: &'static str,
    /// Heading of the test sheet.
    pub test_title: &'static str,
    /// What to do with it.
    pub test_begin: &'static str,
    /// Which edge is held up.
    pub test_up: &'static str,
    /// Read upright when the sheet was turned on its long edge.
    pub test_long: &'static str,
    /// Read upright when it was turned on its short edge.
    pub test_short: &'static str,
    /// How front and back are compared.
    pub test_light: &'static str,
    /// How the unprintable rim is read.
    pub test_rim: &'static str,
    /// How a change of size is noticed.
    pub test_scale: &'static str,
}

impl Words {
    /// The words for a language, by its primary subtag.
    pub fn of(language: &Language) -> &'static Self {
        match language.primary() {
            "fr" => &french::WORDS,
            "de" => &german::WORDS,
            "es" => &spanish::WORDS,
            "it" => &italian::WORDS,
            "pt" => &portuguese::WORDS,
            "el" => &greek::WORDS,
            "ru" => &russian::WORDS,
            "cs" => &czech::WORDS,
            "pl" => &polish::WORDS,
            _ => &english::WORDS,
        }
    }
}

/// Puts a number, or a list of them, for `{n}`.
pub(super) fn with(words: &str, n: impl std::fmt::Display) -> String {
    words.replace("{n}", &n.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_place_for_a_number() {
        for tag in ["fr", "de", "es", "it", "pt-BR", "el", "ru", "cs", "pl", "xx"] {
            let words = Words::of(&tag.into());
            assert!(tag.starts_with(words.tag) || (tag == "xx" && words.tag == "en"));
            assert!(words.sheet.contains("{n}") && words.sheet.contains("{m}"), "{tag}");
            for numbered in [
                words.paper,
                words.hand_fronts,
                words.hand_backs,
                words.sections,
                words.cut_piles,
                words.cut_copies,
            ] {
                assert!(numbered.contains("{n}"), "{tag}: {numbered}");
            }
        }
    }
}
