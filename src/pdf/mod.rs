//! `Sheets` → PDF bytes.

use crate::booklet::Identity;
use crate::impose::Sheets;

/// Writes a PDF.
pub fn write(_sheets: &Sheets<'_>, _identity: &Identity) -> Vec<u8> {
    Vec::new()
}
