//! Whether the tables of a face can be worked through in reasonable time and room.
//!
//! Comes in: a font file. Goes out: the table that is beyond all bounds, if there is one. Everything in `GSUB`, `GPOS`
//! and `name` is reached by offsets, and thousands of them may lead to one place: a file of a few kilobytes can name
//! more subtables than a shaper gets through in a day, which tries each at every letter, and gigabytes of names, which
//! whoever cuts the face copies. So what is named is counted before a face is used (OpenType, “Lookup list table” and
//! “Naming table”).

use skrifa::raw::tables::layout::SelectedLookupList;
use skrifa::raw::{FontRead, FontRef, TableProvider};

/// Most subtables of a table. The fonts with the most, of Urdu in the manner of Lahore, have some ten thousand.
const MOST_SUBTABLES: usize = 100_000;

/// Most bytes of all names together. A licence of some pages in thirty languages is half a million.
const MOST_NAMES: usize = 8 << 20;

/// The first table that names more than any font needs; its tag.
pub(super) fn beyond(font: &FontRef<'_>) -> Option<&'static str> {
    if font.name().is_ok_and(|table| {
        let lengths = table.name_record().iter().map(|record| usize::from(record.length()));
        lengths.sum::<usize>() > MOST_NAMES
    }) {
        return Some("name");
    }
    let substitutions = font.gsub().ok().and_then(|table| table.lookup_list().ok());
    if substitutions.is_some_and(|list| subtables(&list) > MOST_SUBTABLES) {
        return Some("GSUB");
    }
    let positions = font.gpos().ok().and_then(|table| table.lookup_list().ok());
    positions.is_some_and(|list| subtables(&list) > MOST_SUBTABLES).then_some("GPOS")
}

/// How many subtables all lookups name together: in each its number stands after its kind and its flags.
fn subtables<'a, T: FontRead<'a, Args = ()> + 'a>(list: &SelectedLookupList<'a, T>) -> usize {
    let data = list.offset_data();
    let count = |offset: u32| usize::from(data.read_at::<u16>(offset as usize + 4).unwrap_or(0));
    match list {
        SelectedLookupList::Original(list) => {
            list.lookup_offsets().iter().map(|offset| count(offset.get().to_u32())).sum()
        }
        SelectedLookupList::Extended(list) => {
            list.lookup_offsets().iter().map(|offset| count(offset.get().to_u32())).sum()
        }
    }
}
