//! Reads the project's own code for the tests that hold it to its rules: files, tokens, and the paths that
//! a file names.
//!
//! The code is cut into tokens first, so that comments, doc links and strings may name anything.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// The project's folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file under a folder, as path relative to it and text, in order of path.
pub fn rust_files(folder: &str) -> BTreeMap<String, String> {
    let top = root().join(folder);
    let mut files = BTreeMap::new();
    let mut folders = vec![top.clone()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder of the project") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                // What cargo builds beside the fuzz targets is not ours.
                if path.file_name().is_some_and(|name| name != "target") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(&top).expect("below the folder");
                let name = name.to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read_to_string(&path).expect("UTF-8"));
            }
        }
    }
    files
}

/// The module path of a file of `src`: `typeset/shape.rs` → `typeset/shape`, `pdf/mod.rs` → `pdf`.
pub fn module_of(file: &str) -> String {
    let module = file.trim_end_matches(".rs");
    module.strip_suffix("/mod").unwrap_or(module).to_owned()
}

/// A token: an identifier, `::`, or any other single character. Comments and literals leave none.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    pub text: String,
    pub line: usize,
}

pub fn tokens(code: &str) -> Vec<Token> {
    let chars: Vec<char> = code.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let (mut out, mut i, mut line) = (Vec::new(), 0, 1);
    while i < chars.len() {
        let start = i;
        match chars[i] {
            '/' if at(i + 1) == '/' => {
                while i < chars.len() && chars[i] != '\n' {
                    i += 1;
                }
            }
            '/' if at(i + 1) == '*' => {
                let mut depth = 0;
                loop {
                    match (at(i), at(i + 1)) {
                        ('/', '*') => (depth, i) = (depth + 1, i + 2),
                        ('*', '/') => (depth, i) = (depth - 1, i + 2),
                        _ => i += 1,
                    }
                    if depth == 0 || i >= chars.len() {
                        break;
                    }
                }
            }
            '"' => i = after_string(&chars, i),
            'r' if raw_hashes(&chars, i + 1).is_some() => {
                let hashes = raw_hashes(&chars, i + 1).unwrap_or(0);
                i += 2 + hashes;
                while i < chars.len()
                    && !(chars[i] == '"' && chars[i + 1..].iter().take(hashes).all(|&c| c == '#'))
                {
                    i += 1;
                }
                i += 1 + hashes;
            }
            // A lifetime has no closing quote two or more characters on; a character literal has.
            '\'' if at(i + 1) == '\\' => {
                i += 3;
                while i < chars.len() && chars[i] != '\'' {
                    i += 1;
                }
                i += 1;
            }
            '\'' if at(i + 2) == '\'' => i += 3,
            ':' if at(i + 1) == ':' => {
                out.push(Token { text: "::".into(), line });
                i += 2;
            }
            c if c.is_alphabetic() || c == '_' => {
                while at(i).is_alphanumeric() || at(i) == '_' {
                    i += 1;
                }
                let text: String = chars[start..i].iter().collect();
                // The prefix of a byte or C string goes with the string.
                if !(matches!(text.as_str(), "b" | "c" | "br" | "cr") && matches!(at(i), '"' | '#' | '\'')) {
                    out.push(Token { text, line });
                } else if text.ends_with('r') {
                    i = start + 1;
                }
            }
            c => {
                if !c.is_whitespace() {
                    out.push(Token { text: c.into(), line });
                }
                i += 1;
            }
        }
        line += chars[start..i.min(chars.len())].iter().filter(|&&c| c == '\n').count();
    }
    out
}

fn after_string(chars: &[char], mut i: usize) -> usize {
    i += 1;
    while i < chars.len() && chars[i] != '"' {
        i += if chars[i] == '\\' { 2 } else { 1 };
    }
    i + 1
}

/// How many `#` stand between the `r` of a raw string and its quote; none if it is no raw string.
fn raw_hashes(chars: &[char], from: usize) -> Option<usize> {
    let hashes = chars[from.min(chars.len())..].iter().take_while(|&&c| c == '#').count();
    (chars.get(from + hashes) == Some(&'"')).then_some(hashes)
}

/// The tokens without what stands under `#[cfg(test)]`: tests may read files and tell the time.
pub fn without_tests(tokens: &[Token]) -> Vec<Token> {
    let mut out = Vec::new();
    let mut i = 0;
    let is = |i: usize, text: &str| tokens.get(i).is_some_and(|t| t.text == text);
    while i < tokens.len() {
        if is(i, "#") && is(i + 2, "cfg") && is(i + 4, "test") && is(i + 5, ")") {
            while i < tokens.len() && !is(i, "{") && !is(i, ";") {
                i += 1;
            }
            let mut depth = 0;
            while i < tokens.len() {
                depth += i32::from(is(i, "{")) - i32::from(is(i, "}"));
                i += 1;
                if depth == 0 {
                    break;
                }
            }
        } else {
            out.push(tokens[i].clone());
            i += 1;
        }
    }
    out
}

/// A path that some code names, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// `["super", "frame", "Page"]`.
    pub segments: Vec<String>,
    pub line: usize,
    /// In how many `mod { }` of its own file it stands.
    pub depth: usize,
}

/// Every path that begins with `crate`, `super` or `self`, and every one that is imported, with groups
/// opened: `use a::{b, c::d}` gives `a::b` and `a::c::d`.
pub fn named(tokens: &[Token]) -> Vec<Named> {
    let text = |i: usize| tokens.get(i).map_or("", |t| t.text.as_str());
    let (mut found, mut open) = (Vec::new(), Vec::new());
    for (i, token) in tokens.iter().enumerate() {
        match token.text.as_str() {
            "{" => open.push(i > 1 && text(i - 2) == "mod"),
            "}" => drop(open.pop()),
            _ => {}
        }
        let imported = i > 0 && text(i - 1) == "use";
        let rooted = matches!(token.text.as_str(), "crate" | "super" | "self") && text(i + 1) == "::";
        let inside = i > 0 && matches!(text(i - 1), "::");
        if imported || (rooted && !inside && !in_use(tokens, i)) {
            let depth = open.iter().filter(|&&module| module).count();
            open_path(tokens, i, &[], &mut |segments, line| found.push(Named { segments, line, depth }));
        }
    }
    found
}

/// Whether a token stands inside of an import that began before it.
fn in_use(tokens: &[Token], i: usize) -> bool {
    let before = tokens[..i].iter().rev().take_while(|t| t.text != ";").take(400);
    let word = |t: &Token| {
        t.text == "use"
            || t.text == ","
            || t.text == "::"
            || t.text == "{"
            || t.text == "}"
            || t.text.chars().all(|c| c.is_alphanumeric() || c == '_')
    };
    for token in before {
        if token.text == "use" {
            return true;
        }
        if !word(token) {
            return false;
        }
    }
    false
}

/// Follows one path from a token; gives the place after it.
fn open_path(
    tokens: &[Token],
    mut i: usize,
    prefix: &[String],
    found: &mut impl FnMut(Vec<String>, usize),
) -> usize {
    let mut segments = prefix.to_vec();
    let line = tokens.get(i).map_or(0, |t| t.line);
    loop {
        match tokens.get(i).map(|t| t.text.as_str()) {
            Some("{") => {
                i += 1;
                while tokens.get(i).is_some_and(|t| t.text != "}") {
                    i = open_path(tokens, i, &segments, found);
                    if tokens.get(i).is_some_and(|t| t.text == ",") {
                        i += 1;
                    }
                }
                return i + 1;
            }
            Some(text) if text == "*" || text.starts_with(|c: char| c.is_alphabetic() || c == '_') => {
                segments.push(text.to_owned());
                i += 1;
            }
            _ => break,
        }
        if tokens.get(i).is_some_and(|t| t.text == "::") {
            i += 1;
        } else {
            break;
        }
    }
    if tokens.get(i).is_some_and(|t| t.text == "as") {
        i += 2;
    }
    if segments.last().is_some_and(|last| last == "self") && segments.len() > 1 {
        segments.pop();
    }
    found(segments, line);
    i
}

#[test]
fn the_reader_of_code_opens_groups() {
    let code = "use super::{a::{self, B as C}, d}; mod inner { use super::e::*; } fn f() { crate::g::h(); x(self.y) }";
    let found: Vec<(String, usize)> =
        named(&tokens(code)).into_iter().map(|n| (n.segments.join("::"), n.depth)).collect();
    let want = [("super::a", 0), ("super::a::B", 0), ("super::d", 0), ("super::e::*", 1), ("crate::g::h", 0)];
    assert_eq!(found, want.map(|(path, depth)| (path.to_owned(), depth)));
}
