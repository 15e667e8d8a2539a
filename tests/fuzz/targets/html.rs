//! HTML in running text and in blocks.
//!
//! Comes in: the HTML. It is set between words, alone, in a heading, in a table and in a note.

use super::memory;

/// Longer ones are texts, which `markdown` tries.
const LONGEST: usize = 4000;

/// Tries a piece of HTML.
pub fn run(bytes: &[u8]) {
    let html = String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST)]);
    let line: String = html.chars().map(|c| if c == '\n' || c == '|' { ' ' } else { c }).collect();
    memory::check(&format!(
        "# Head {line}\n\nBefore {html} after[^n] *stress {line}* end.\n\n{html}\n\n| a |\n|---|\n| {line} |\n\n[^n]: Note {line}\n"
    ));
}
