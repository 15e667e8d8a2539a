//! Braces: `{lang=fr .smallcaps #name}` wherever the dialect knows them.
//!
//! Comes in: what stands between braces. It is set behind a heading, spans in spans, a paragraph, a quotation
//! and an item.

use super::memory;

/// Longer ones are texts, which `markdown` tries.
const LONGEST: usize = 1000;

/// Tries what may stand between braces.
pub fn run(bytes: &[u8]) {
    let given = String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST)]);
    let braces = format!("{{{given}}}");
    memory::check(&format!(
        "# Head {braces}\n\nWords [of *more* words]{braces} and [[x]{braces}]{braces}: [link](#a){braces} ![-](x){braces}\n\
         \n> Said {braces}\n\n- one\n  {braces}\n- [two]{braces}\n\n## Two {braces}\n\nLast words {braces}\n\n{braces}\n"
    ));
}
