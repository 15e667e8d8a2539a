//! Where a word changes its face: it is cut where the face or the script changes.

use std::ops::Range;

use crate::face::{FaceId, Faces};

/// Cuts a word where the face or the script changes.
pub(super) fn segments(faces: &Faces, text: &str, candidates: &[FaceId]) -> Vec<(FaceId, Range<usize>)> {
    let Some(&preferred) = candidates.first() else { return Vec::new() };
    let mut segments: Vec<(FaceId, Range<usize>)> = Vec::with_capacity(1);
    let mut script = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let own = writing(c);
        if let Some((face, bytes)) = segments.last_mut() {
            let joins = joins_the_one_before(c);
            let same_script = own == 0 || script == 0 || own == script;
            // Stay with a face that was fallen back to only as long as the better ones lack it too.
            let best = if joins { *face } else { best(faces, candidates, c).unwrap_or(preferred) };
            if joins || (same_script && best == *face) {
                bytes.end = end;
                script = if own == 0 { script } else { own };
                continue;
            }
        }
        script = own;
        segments.push((best(faces, candidates, c).unwrap_or(preferred), at..end));
    }
    segments
}

fn best(faces: &Faces, candidates: &[FaceId], c: char) -> Option<FaceId> {
    candidates.iter().copied().find(|face| faces.get(*face).has(c))
}

/// Marks, joiners and variation selectors take the face of the character that they change.
fn joins_the_one_before(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{200c}' | '\u{200d}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}')
}

/// Which writing system a character is of, as far as shaping must know; 0 for marks and figures that
/// every script shares.
fn writing(c: char) -> u8 {
    match u32::from(c) {
        0x41..=0x5a | 0x61..=0x7a | 0xc0..=0x24f | 0x1e00..=0x1eff => 1,
        0x370..=0x3ff | 0x1f00..=0x1fff => 2,
        0x400..=0x52f => 3,
        0x530..=0x58f => 4,
        0x590..=0x5ff => 5,
        0x600..=0x77f | 0x8a0..=0x8ff | 0xfb50..=0xfdff | 0xfe70..=0xfefe => 6,
        0x780..=0x8ff => 7,
        // The Indian scripts and their neighbours stand in blocks of 128.
        block @ 0x900..=0x1fff => 8 + ((block - 0x900) / 128) as u8,
        0x2e80..=0x9fff | 0xac00..=0xd7ff | 0xf900..=0xfaff | 0x20000..=0x3ffff => 64,
        _ => 0,
    }
}
