//! Holds the code to one direction inside of every module too: the files and folders side by side in a folder
//! never use each other in a circle, and where a folder's `mod.rs` lists its rooms in a table, each uses
//! only those below it.
//!
//! Comes in: the text of `src`. What a file names through its parent counts for the file that it comes from:
//! `use super::Thing`, where the parent has `use thing::Thing`, is a use of `thing`.

use std::collections::{BTreeMap, BTreeSet};

use super::code::{module_of, named, rust_files, tokens, without_tests};

/// Files side by side in one folder, at most: more do not tell a newcomer where to look.
const SIDE_BY_SIDE: usize = 15;

/// Who uses whom among what is side by side in a folder: name → used name → a place where it is.
type Uses = BTreeMap<String, BTreeMap<String, String>>;

struct Project {
    /// Module path → file, tokens.
    files: BTreeMap<String, (String, Vec<super::code::Token>)>,
}

impl Project {
    fn read() -> Self {
        Self::of(rust_files("src"))
    }

    fn of(files: BTreeMap<String, String>) -> Self {
        let parsed =
            |(file, code): (String, String)| (module_of(&file), (file, without_tests(&tokens(&code))));
        Self { files: files.into_iter().map(parsed).collect() }
    }

    /// All folders that hold modules, by their module paths.
    fn folders(&self) -> BTreeSet<String> {
        self.files.keys().filter_map(|module| Some(module.rsplit_once('/')?.0.to_owned())).collect()
    }

    /// The module that a path leads into, as far as there are modules; from the module where it stands.
    fn resolve(&self, from: &str, depth: usize, segments: &[String], hops: usize) -> Option<String> {
        let mut base: Vec<&str> = from.split('/').collect();
        let mut rest = segments;
        let mut inside = depth;
        match rest.first()?.as_str() {
            "crate" => {
                base.clear();
                rest = &rest[1..];
            }
            "self" => rest = &rest[1..],
            "super" => {
                while rest.first().is_some_and(|s| s == "super") {
                    if inside > 0 {
                        inside -= 1;
                    } else {
                        base.pop();
                    }
                    rest = &rest[1..];
                }
            }
            // An import of a child by its bare name.
            head if self.files.contains_key(&format!("{from}/{head}")) => {}
            _ => return None,
        }
        let mut at: String = base.join("/");
        for segment in rest {
            let next = if at.is_empty() { segment.clone() } else { format!("{at}/{segment}") };
            if self.files.contains_key(&next) {
                at = next;
                continue;
            }
            // What a parent has from one of its children.
            if hops < 4
                && let Some((_, code)) = self.files.get(&at)
            {
                let passed = named(code).into_iter().find(|import| {
                    import.depth == 0 && import.segments.len() > 1 && import.segments.last() == Some(segment)
                });
                if let Some(found) =
                    passed.and_then(|import| self.resolve(&at, 0, &import.segments, hops + 1))
                {
                    return Some(found);
                }
            }
            break;
        }
        Some(at)
    }

    fn uses(&self, folder: &str) -> Uses {
        let inside = format!("{folder}/");
        let child = |module: &str| Some(module.strip_prefix(&inside)?.split('/').next()?.to_owned());
        let mut uses = Uses::new();
        for (module, (file, code)) in &self.files {
            let Some(own) = child(module) else { continue };
            let entry = uses.entry(own.clone()).or_default();
            for path in named(code) {
                let Some(target) = self.resolve(module, path.depth, &path.segments, 0) else { continue };
                let Some(other) = child(&target).filter(|other| *other != own) else { continue };
                entry.entry(other).or_insert_with(|| format!("src/{file}:{}", path.line));
            }
        }
        uses
    }
}

/// A circle, as `a → b → a` with the places of the uses; none if there is none.
fn circle(uses: &Uses) -> Option<String> {
    // Whoever uses nobody that is left is in no circle.
    let mut left: BTreeSet<&str> = uses.keys().map(String::as_str).collect();
    loop {
        let free: Vec<&str> = left
            .iter()
            .copied()
            .filter(|name| !uses[*name].keys().any(|other| left.contains(other.as_str())))
            .collect();
        if free.is_empty() {
            break;
        }
        left.retain(|name| !free.contains(name));
    }
    let mut path: Vec<&str> = vec![*left.first()?];
    loop {
        let next = uses[*path.last()?].keys().map(String::as_str).find(|other| left.contains(other))?;
        if let Some(begin) = path.iter().position(|name| *name == next) {
            path.push(next);
            let steps = path[begin..].windows(2);
            let told: Vec<String> =
                steps.map(|pair| format!("{} → {} ({})", pair[0], pair[1], uses[pair[0]][pair[1]])).collect();
            return Some(told.join(", "));
        }
        path.push(next);
    }
}

#[test]
fn nothing_side_by_side_uses_each_other_in_a_circle() {
    let project = Project::read();
    let wrong: Vec<String> = project
        .folders()
        .iter()
        .filter_map(|folder| Some(format!("src/{folder}: {}", circle(&project.uses(folder))?)))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn rooms_use_lower_rooms_only() {
    let project = Project::read();
    let mut wrong = Vec::new();
    for folder in ["typeset", "document"] {
        let code = &rust_files("src")[&format!("{folder}/mod.rs")];
        let mut layers: BTreeMap<String, u32> = BTreeMap::new();
        for line in code.lines().filter_map(|l| l.strip_prefix("//! |")) {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let Ok(layer) = cells[0].parse() else { continue };
            layers.extend(cells[1].split('`').skip(1).step_by(2).map(|name| (name.to_owned(), layer)));
        }
        for (own, others) in project.uses(folder) {
            let Some(&layer) = layers.get(&own) else {
                wrong.push(format!("`{own}` is not in the table of src/{folder}/mod.rs"));
                continue;
            };
            for (other, place) in others {
                if layers.get(&other).is_none_or(|&below| below >= layer) {
                    wrong.push(format!("{place}: `{own}` (room {layer}) uses `{other}`"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn no_folder_holds_more_than_can_be_seen_at_once() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for top in ["src", "tests"] {
        for file in rust_files(top).keys() {
            let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
            *counts.entry(format!("{top}/{folder}")).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count > SIDE_BY_SIDE);
    assert!(counts.is_empty(), "more than {SIDE_BY_SIDE} files side by side: {counts:?}");
}

#[test]
fn a_circle_is_found_wherever_it_is_made() {
    let project = |files: &[(&str, &str)]| {
        Project::of(files.iter().map(|(file, code)| ((*file).to_owned(), (*code).to_owned())).collect())
    };
    let found = |files: &[(&str, &str)], folder: &str| circle(&project(files).uses(folder));
    let straight =
        [("a/mod.rs", "mod b; mod c;"), ("a/b.rs", "use super::c::X;"), ("a/c.rs", "pub struct X;")];
    assert_eq!(found(&straight, "a"), None);
    // By a path in the code; from a folder's inside; by a name that the parent passes on.
    let round =
        [("a/mod.rs", ""), ("a/b.rs", "use super::c::X;"), ("a/c.rs", "fn f() { crate::a::b::g(); }")];
    let said = "b → c (src/a/b.rs:1), c → b (src/a/c.rs:1)";
    assert_eq!(found(&round, "a").as_deref(), Some(said));
    let deep = [
        ("a/mod.rs", ""),
        ("a/b.rs", "use super::c::X;"),
        ("a/c.rs", ""),
        ("a/c/d.rs", "use super::super::b::Y;"),
    ];
    assert!(found(&deep, "a").is_some());
    let passed = [("a/mod.rs", "pub use b::Y;"), ("a/b.rs", "use super::c::X;"), ("a/c.rs", "use super::Y;")];
    assert!(found(&passed, "a").is_some());
}
