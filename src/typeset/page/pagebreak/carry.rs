//! Notes that wait: what a page could not hold of the notes that it calls.
//!
//! A note begins on the page of its mark; when it does not fit, its last lines wait for the next page.
//! Here is how high they are, how far they fill a room, and when they take whole pages for themselves.

use crate::length::Length;

use super::states::{Carry, Search};

/// Least number of lines of a divided note on either side.
pub(crate) const NOTE_ENDS: usize = 2;
/// Grid lines that a continued note leaves to the text of its page; else the page is all notes.
const TEXT_LEAST: i64 = 3;

impl Search<'_> {
    /// Pages of notes only that must come before any text can: all but what leaves the text some lines.
    pub(crate) fn notes_alone(&self, place: usize, carry: Carry) -> (Vec<(Carry, Carry)>, Carry) {
        let called = self.places[place].notes;
        let at_end = self.places[place].part == self.column.parts.len();
        let mut pages = Vec::new();
        let mut carry = carry;
        loop {
            let waiting = self.waiting(carry, called);
            let room = self.area.height.0 - TEXT_LEAST * self.grid - self.area.clearance.0;
            if waiting == 0 || (waiting <= room && !at_end) {
                return (pages, carry);
            }
            let room = self.area.height.0 - self.area.clearance.0;
            let mut next = self.fill_notes(carry, called, room);
            if next == carry {
                // A line of a note higher than the page: it goes alone.
                next = self.after(carry);
            }
            pages.push((carry, next));
            carry = next;
        }
    }

    /// Height of the notes that wait.
    pub(crate) fn waiting(&self, carry: Carry, called: u32) -> i64 {
        if carry.note >= called {
            return 0;
        }
        let set: i64 = self.note_strips(carry.note).iter().take(carry.strip as usize).map(|h| h.0).sum();
        self.note_tops[called as usize] - self.note_tops[carry.note as usize] - set - self.area.note_gap.0
    }

    pub(crate) fn note_strips(&self, note: u32) -> &[Length] {
        self.column.notes.get(note as usize).map_or(&[], |n| n.strips.as_slice())
    }

    pub(crate) fn after(&self, carry: Carry) -> Carry {
        let strips = self.column.notes.get(carry.note as usize).map_or(0, |n| n.strips.len());
        if carry.strip as usize + 1 < strips {
            Carry { note: carry.note, strip: carry.strip + 1 }
        } else {
            Carry { note: carry.note + 1, strip: 0 }
        }
    }

    /// How far waiting notes fill a room.
    pub(crate) fn fill_notes(&self, from: Carry, called: u32, room: i64) -> Carry {
        let mut carry = from;
        let mut left = room;
        while carry.note < called {
            let strips = self.note_strips(carry.note);
            let mut at = carry.strip as usize;
            while at < strips.len() && strips[at].0 <= left {
                left -= strips[at].0;
                at += 1;
            }
            if at < strips.len() {
                // Not one line alone on either side, if it can be helped.
                if strips.len() - at < NOTE_ENDS && at > carry.strip as usize + NOTE_ENDS {
                    at = strips.len() - NOTE_ENDS;
                }
                if at < NOTE_ENDS && carry.note > from.note {
                    at = 0;
                }
                return Carry { note: carry.note, strip: at as u32 };
            }
            left -= self.area.note_gap.0;
            carry = Carry { note: carry.note + 1, strip: 0 };
        }
        carry
    }
}
