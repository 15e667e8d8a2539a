//! Titles stacked in lines of one width: what posters are made of.
//!
//! Comes in: words in capitals, and their room. Goes out: lines, each as large as the measure lets it be,
//! close on each other, with room for accents and commas where there are any.

use std::ops::Range;

use crate::length::Length;

use super::division::Measured;
use super::look::{Look, MEASURED, Room, is_tall, spaced};
use crate::typeset::inline::setter::Setter;
use crate::typeset::style::Style;

/// Words set so that every line fills the measure.
pub(crate) struct Stack {
    /// Each with its size, and how far its baseline lies under the top of the stack.
    pub lines: Vec<(String, Length, Length)>,
    pub height: Length,
}

/// Stacks words in lines of one width, each as large as it then is. None where no such stack is handsome.
pub(crate) fn stack(
    setter: &Setter<'_>,
    style: &Style,
    text: &str,
    look: &Look,
    room: &Room,
) -> Option<Stack> {
    let text = spaced(text);
    let measured = Measured::new(setter, &text, look);
    let measure = room.measure - room.measure / 400;
    let gap = room.measure / 34;
    let mut best: Option<(i64, Stack)> = None;
    for lines in 1..=room.lines {
        // Too few lines for so many words make each of them too small.
        if MEASURED.scale(measure.0, measured.least_width(lines).0) < room.least {
            continue;
        }
        let Some((division, cost)) = measured.division(lines) else { break };
        let size =
            |line: &Range<usize>| MEASURED.scale(measure.0, measured.width(line.start, line.end).0.max(1));
        let sizes: Vec<Length> = division.iter().map(size).collect();
        let (Some(least), Some(most)) = (sizes.iter().min().copied(), sizes.iter().max().copied()) else {
            continue;
        };
        let mut stack = Stack { lines: Vec::new(), height: Length::ZERO };
        let mut under = None;
        for (line, size) in division.iter().zip(sizes) {
            let line = measured.line(line);
            let (rise, drop) = look.extent(style, &line, size);
            let over = over(&line, size);
            stack.height += under.map_or(over, |under| gap.max(under + over + gap / 4)) + rise;
            under = Some(hanging(&line, size, drop));
            stack.lines.push((line, size, stack.height));
        }
        stack.height += under.unwrap_or_default();
        if stack.height > room.height || least < room.least || most > room.most {
            continue;
        }
        // Large, well divided, and no line out of all proportion to the others.
        let worth = stack.height.scale(2000 - cost.clamp(0, 1000), 2000).scale(least.0 + most.0, most.0 * 2);
        if best.as_ref().is_none_or(|(known, _)| worth.0 > *known) {
            best = Some((worth.0, stack));
        }
    }
    best.map(|(_, stack)| stack)
}

/// How far an accent stands over a capital.
fn over(line: &str, size: Length) -> Length {
    const BARE: &str = "ÆØĐŁŒÇÐŞŢ";
    let accented = |c: char| {
        c.is_uppercase() && matches!(u32::from(c), 0xc0..=0x17f | 0x386..=0x38f | 0x401..=0x40f | 0x419)
    };
    if line.chars().any(|c| accented(c) && !BARE.contains(c)) { size / 5 } else { Length::ZERO }
}

/// How far a line hangs under its baseline: a comma less than a letter with a tail.
fn hanging(line: &str, size: Length, drop: Length) -> Length {
    let tailed = line.chars().any(|c| c.is_lowercase() || "QÇŞŢ()[]".contains(c) || is_tall(c));
    match (tailed, line.contains([',', ';'])) {
        (true, _) => drop,
        (false, true) => size.scale(15, 100),
        (false, false) => Length::ZERO,
    }
}
