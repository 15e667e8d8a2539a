//! What a page costs: every judgement of the page breaker, as numbers in one place.
//!
//! The scale: 1000 is a blemish that a reader may notice; a fault that a publisher would send back is a
//! million. Costs only have to be right in order, not in size, so they are round.

/// A place where nothing can end.
pub const NEVER: u64 = u64::MAX / 4;

/// A widow, an orphan or a stranded heading, when nothing else is possible.
pub const PARTED: u64 = 1_000_000;

/// A page of notes without text, when nothing else is possible.
pub const NOTES_ALONE: u64 = 200_000;

/// A strip that is taller than the page.
pub const OVERFULL: u64 = 100_000_000;

/// A gap made a line wider than the design's.
pub const STRETCH: u64 = 300;

/// A note continued on the next page.
pub const SPLIT: u64 = 6_000;

/// A figure at the head of the next page, away from where the text has it.
pub const FLOAT: u64 = 1_000;

/// A hyphen at the end of a page whose facing page follows.
pub const HYPHEN: u64 = 2_500;

/// A hyphen at the end of a page that the reader turns.
pub const HYPHEN_TURNED: u64 = 4_000;

/// A page whose text, or whose text and notes together, leave `lines` of the text area empty.
pub fn short(lines: u64) -> u64 {
    match lines {
        0 => 0,
        1 => 300,
        _ => 600 * lines * lines,
    }
}

/// Facing pages whose feet differ by `lines`.
pub fn uneven(lines: u64) -> u64 {
    if lines == 0 { 0 } else { 6_000 + 1_500 * lines }
}

/// A last page with only `lines` lines of text.
pub fn nearly_empty(lines: u64) -> u64 {
    3_000 * 5_u64.saturating_sub(lines)
}
