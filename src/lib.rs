//! booklet turns a manifest and Markdown chapters into an EPUB, a reading PDF and a pamphlet to print,
//! fold and staple.
//!
//! Data flows one way: manifest → booklet → document → pages → sheets → bytes. A module uses only
//! modules of lower layers (and files of its own folder); each outside crate is named in the modules
//! listed for it and nowhere else. `tests/suite/house/layers.rs` reads both tables and holds the code to them.
//!
//! | layer | module | purpose |
//! |---|---|---|
//! | 14 | `main` | the program: hands over to `cli` |
//! | 13 | `cli` | arguments → job → what is printed → exit code |
//! | 12 | `preview` | a page in the browser that shows a proof and follows every change |
//! | 11 | `proof` | a booklet to look at before any file of it is made: pages, sides, the EPUB opened |
//! | 11 | `watch` | waits until a file of a booklet changes, comes or goes |
//! | 11 | `reprint` | a finished file → the sources in it; how it parts from what a manifest gives |
//! | 10 | `press` | the whole pipeline in one straight line |
//! | 9 | `epub` | `Document` → EPUB |
//! | 8 | `guide` | what goes with the sheets for the hands that print, fold and bind: labels, drawings |
//! | 8 | `pdf` | `Sheets` → PDF |
//! | 8 | `raster` | `Pages` and `Sheets` → pictures of them |
//! | 7 | `impose` | `Pages` → `Sheets`: pure geometry |
//! | 6 | `cover` | the covers, around the pages: the booklet set whole |
//! | 5 | `typeset` | `Document` → the pages between its covers |
//! | 4 | `document` | the meaning of the text |
//! | 3 | `booklet` | the manifest with every path resolved and every file read |
//! | 2 | `manifest`, `sources` | the file as written; a booklet's own files as they travel with it |
//! | 1 | `address`, `face`, `folder`, `picture` | what a link outside may open; a face's metrics and glyphs; files of the disk or in memory; a decoded, bounded picture |
//! | 0 | `length`, `language`, `diagnostic`, `xml` | lengths, points, sizes; languages by their tags; codes, spans, rendering; XML that escapes by construction |
//!
//! | crate | named in |
//! |---|---|
//! | `anstream`, `clap`, `clap_complete`, `ctrlc`, `getrandom`, `tempfile` | `cli` |
//! | `thiserror` | `booklet`, `epub`, `face`, `folder`, `language`, `manifest`, `picture`, `sources` |
//! | `notify` | `watch` |
//! | `epub_builder`, `zip` | `epub` |
//! | `printpdf`, `lopdf`, `flate2`, `md5` | `pdf` |
//! | `subsetter` | `face` |
//! | `rayon` | `cli`, `press`, `typeset`, `pdf` |
//! | `harfrust` | `typeset/inline/shape` |
//! | `hypher` | `typeset/inline/hyphenate` |
//! | `unicode_bidi`, `unicode_linebreak` | `typeset/inline` |
//! | `qrcodegen` | `cover/codes/qr` |
//! | `pulldown_cmark` | `document/markup/markdown` |
//! | `unicode_normalization` | `address`, `booklet`, `document`, `manifest`, `sources` |
//! | `sha1_smol` | `manifest`, `pdf`, `sources` |
//! | `serde` | `manifest`, `preview` |
//! | `serde_json` | `preview` |
//! | `toml` | `manifest` |
//! | `skrifa` | `face` |
//! | `anstyle`, `strsim`, `unicode_width` | `diagnostic` |
//! | `image`, `png`, `tiny_skia`, `usvg` | `picture` |

pub mod address;
pub mod booklet;
pub mod cli;
pub mod cover;
pub mod diagnostic;
pub mod document;
pub mod epub;
pub mod face;
pub mod folder;
pub mod guide;
pub mod impose;
pub mod language;
pub mod length;
pub mod manifest;
pub mod pdf;
pub mod picture;
pub mod press;
pub mod preview;
pub mod proof;
pub mod raster;
pub mod reprint;
pub mod sources;
pub mod typeset;
pub mod watch;
pub mod xml;
