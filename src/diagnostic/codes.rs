//! Every diagnostic code with its meaning, one constant a code; `tests/invalid/` has a folder for each.

use super::Code;

/// The manifest is not valid TOML.
pub const M001: Code = Code("M001");
