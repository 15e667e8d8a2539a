//! Findings as text for people: file, line, column, the line, a caret, the hint.
