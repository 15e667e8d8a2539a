//! The form that all font files have: big-endian numbers, tables, a directory of them.
//!
//! Comes in: tables. Goes out: a font file of them (OpenType, “Font file”), with its checksums.

use std::collections::BTreeMap;

use skrifa::Tag;

/// The font file: directory, tables in order of their tags, checksums (OpenType, “Font file”).
pub(super) fn assemble(mut tables: BTreeMap<Tag, Vec<u8>>) -> Vec<u8> {
    if let Some(head) = tables.get_mut(&Tag::new(b"head")).filter(|head| head.len() >= 12) {
        head[8..12].fill(0);
    }
    let count = tables.len() as u16;
    let selector = count.max(1).ilog2() as u16;
    let range = 16 * (1 << selector);
    let mut out = Vec::new();
    let cff = tables.contains_key(&Tag::new(b"CFF "));
    out.extend(if cff { *b"OTTO" } else { [0, 1, 0, 0] });
    push(&mut out, &[count, range, selector, (count * 16).saturating_sub(range)]);
    let mut offset = 12 + 16 * u32::from(count);
    let mut head = None;
    for (tag, table) in &tables {
        if *tag == Tag::new(b"head") {
            head = Some(offset as usize + 8);
        }
        out.extend(tag.to_be_bytes());
        for number in [checksum(table), offset, table.len() as u32] {
            out.extend(number.to_be_bytes());
        }
        offset += (table.len() as u32).next_multiple_of(4);
    }
    for table in tables.values() {
        out.extend(table);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    let whole = 0xb1b0_afba_u32.wrapping_sub(checksum(&out));
    if let Some(place) = head.and_then(|head| out.get_mut(head..head + 4)) {
        place.copy_from_slice(&whole.to_be_bytes());
    }
    out
}

fn checksum(bytes: &[u8]) -> u32 {
    bytes.chunks(4).fold(0_u32, |sum, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}

/// Appends 16-bit numbers, most significant byte first.
pub(super) fn push(out: &mut Vec<u8>, numbers: &[u16]) {
    for number in numbers {
        out.extend(number.to_be_bytes());
    }
}
