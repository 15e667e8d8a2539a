//! Holds the code to the two tables of `src/lib.rs`: which module may use which, and where each outside
//! crate may be named. Also to what every file promises: that it opens by saying what it is for, and that
//! it stays short enough to read in one sitting.
//!
//! Comes in: the text of `src`, `tests` and `Cargo.toml`. What holds inside of the modules is in `rooms.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::code::{Token, module_of, root, rust_files, tokens, without_tests};

/// The longest file that is allowed, in lines.
const LONGEST: usize = 450;

/// The words in backticks of a table cell.
fn ticked(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

struct Tables {
    layers: BTreeMap<String, u32>,
    crates: BTreeMap<String, Vec<String>>,
}

fn tables() -> Tables {
    let lib = fs::read_to_string(root().join("src/lib.rs")).expect("src/lib.rs");
    let (mut layers, mut crates) = (BTreeMap::new(), BTreeMap::new());
    for line in lib.lines().filter_map(|l| l.strip_prefix("//! |")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        if let Ok(layer) = cells[0].parse::<u32>() {
            for module in ticked(cells[1]) {
                assert!(
                    layers.insert(module.clone(), layer).is_none(),
                    "`{module}` stands in the table twice"
                );
            }
        } else {
            for name in ticked(cells[0]) {
                assert!(crates.insert(name.clone(), ticked(cells[1])).is_none(), "`{name}` stands twice");
            }
        }
    }
    assert!(layers.len() > 8 && crates.len() > 8, "the tables of src/lib.rs were not found");
    Tables { layers, crates }
}

/// The first names after `crate::`, with groups opened: `crate::{a::b, c}` gives `a` and `c`.
fn crate_paths<'t>(tokens: &'t [Token], head: &str) -> Vec<&'t Token> {
    let mut found = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        let path = token.text == head && tokens.get(i + 1).is_some_and(|t| t.text == "::");
        if !path || (i > 0 && tokens[i - 1].text == "::") {
            continue;
        }
        match tokens.get(i + 2) {
            Some(t) if t.text == "{" => {
                let (mut depth, mut begins) = (1, true);
                for t in &tokens[i + 3..] {
                    match t.text.as_str() {
                        "{" => depth += 1,
                        "}" => depth -= 1,
                        "," => begins = depth == 1,
                        _ if begins => {
                            found.push(t);
                            begins = false;
                        }
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                }
            }
            Some(t) => found.push(t),
            None => {}
        }
    }
    found
}

#[test]
fn every_module_uses_lower_layers_only() {
    let tables = tables();
    let mut wrong = Vec::new();
    for (file, code) in rust_files("src") {
        let module = module_of(&file);
        let own = module.split('/').next().unwrap_or_default().to_owned();
        if own == "lib" {
            continue;
        }
        let Some(&layer) = tables.layers.get(&own) else {
            wrong.push(format!("src/{file}: `{own}` is not in the table of src/lib.rs"));
            continue;
        };
        let tokens = tokens(&code);
        // The program's own file reaches the library by its name.
        let head = if own == "main" { "booklet" } else { "crate" };
        for used in crate_paths(&tokens, head) {
            match tables.layers.get(&used.text) {
                _ if used.text == own => {}
                Some(&below) if below < layer => {}
                Some(&other) => wrong.push(format!(
                    "src/{file}:{}: `{own}` (layer {layer}) uses `{}` (layer {other})",
                    used.line, used.text
                )),
                None => wrong.push(format!("src/{file}:{}: `{head}::{}` is no module", used.line, used.text)),
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn no_path_climbs_out_of_its_module() {
    // `super` from a top module would reach the others behind the table's back.
    let mut wrong = Vec::new();
    for (file, code) in rust_files("src") {
        let depth = module_of(&file).split('/').count();
        let tokens = tokens(&code);
        let mut open: Vec<bool> = Vec::new();
        for (i, token) in tokens.iter().enumerate() {
            match token.text.as_str() {
                "{" => open.push(i > 1 && tokens[i - 2].text == "mod"),
                "}" => drop(open.pop()),
                "super" if i == 0 || tokens[i - 1].text != "::" => {
                    let climbs = (0..)
                        .take_while(|k| tokens.get(i + 2 * k).is_some_and(|t| t.text == "super"))
                        .count();
                    let inside = open.iter().filter(|&&module| module).count();
                    if climbs >= depth + inside {
                        wrong.push(format!("src/{file}:{}: `super` leaves the top module", token.line));
                    }
                }
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_outside_crate_is_named_in_its_place_only() {
    let tables = tables();
    let (mut wrong, mut seen) = (Vec::new(), BTreeSet::new());
    for (file, code) in rust_files("src") {
        let module = module_of(&file);
        let tokens = tokens(&code);
        for (i, token) in tokens.iter().enumerate() {
            let before = i.checked_sub(1).map_or("", |k| &tokens[k].text);
            let after = tokens.get(i + 1).map_or("", |t| t.text.as_str());
            let named = before != "::" && (after == "::" || (before == "use" && matches!(after, ";" | "as")));
            let Some(places) = tables.crates.get(&token.text).filter(|_| named) else { continue };
            seen.insert(token.text.clone());
            let inside = |place: &String| module == *place || module.starts_with(&format!("{place}/"));
            if !places.iter().any(inside) {
                wrong.push(format!(
                    "src/{file}:{}: `{}` is for {} only",
                    token.line,
                    token.text,
                    places.join(", ")
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    let idle: Vec<&String> = tables.crates.keys().filter(|name| !seen.contains(*name)).collect();
    assert!(idle.is_empty(), "no module names {idle:?}: take them out of Cargo.toml and the table");
}

#[test]
fn the_table_and_cargo_toml_list_the_same_crates() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml");
    let section = manifest.split("[dependencies]").nth(1).expect("dependencies");
    let mut declared = BTreeSet::new();
    for line in section.lines().skip(1).take_while(|l| !l.starts_with('[')) {
        let Some((name, _)) = line.split_once('=') else { continue };
        if name.starts_with('#') {
            continue;
        }
        assert!(line.contains('#'), "Cargo.toml does not say why `{}` is there", name.trim());
        declared.insert(name.trim().replace('-', "_"));
    }
    let listed: BTreeSet<String> = tables().crates.into_keys().collect();
    assert_eq!(declared, listed);
}

#[test]
fn the_disk_the_clock_and_the_environment_stay_where_they_belong() {
    // Same input, same bytes: what a stage does not read cannot reach an output.
    let rules: [(&str, &[&str]); 10] = [
        ("fs", &["cli", "folder"]),
        ("env", &["cli", "main"]),
        ("process", &["cli", "main"]),
        // The page that a booklet is looked at in, on this computer alone.
        ("TcpStream", &["preview"]),
        ("TcpListener", &["preview"]),
        ("UdpSocket", &[]),
        ("SystemTime", &[]),
        // Waiting takes a clock; nothing that waits reaches an output.
        ("Instant", &["cli", "watch", "preview"]),
        ("RandomState", &[]),
        ("thread_rng", &[]),
    ];
    let mut wrong = Vec::new();
    for (file, code) in rust_files("src") {
        let module = module_of(&file);
        let own = module.split('/').next().unwrap_or_default();
        let tokens = without_tests(&tokens(&code));
        for used in crate_paths(&tokens, "std") {
            for (name, places) in rules {
                if used.text == name && !places.contains(&own) {
                    wrong.push(format!("src/{file}:{}: `std::{name}` is not for `{own}`", used.line));
                }
            }
        }
        for token in &tokens {
            for (name, places) in rules {
                if name.starts_with(char::is_uppercase) && token.text == name && !places.contains(&own) {
                    wrong.push(format!("src/{file}:{}: `{name}` is not for `{own}`", token.line));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn below_the_command_line_only_a_folder_asks_the_disk() {
    // A booklet in memory is the same booklet: no path asks the system by itself what lies there.
    let asking = [
        "canonicalize",
        "exists",
        "is_dir",
        "is_file",
        "is_symlink",
        "metadata",
        "read_dir",
        "read_link",
        "symlink_metadata",
        "try_exists",
    ];
    let mut wrong = Vec::new();
    for (file, code) in rust_files("src").iter().filter(|(file, _)| !file.starts_with("cli/")) {
        for call in without_tests(&tokens(code)).windows(2).filter(|pair| pair[0].text == ".") {
            if asking.contains(&call[1].text.as_str()) && *file != "folder/disk.rs" {
                wrong.push(format!("src/{file}:{}: `.{}` asks the disk", call[1].line, call[1].text));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for_and_stays_short() {
    let mut wrong = Vec::new();
    for folder in ["src", "tests"] {
        for (file, code) in rust_files(folder) {
            if !code.starts_with("//! ") {
                wrong.push(format!("{folder}/{file} does not open with `//!`"));
            }
            let lines = code.lines().count();
            if lines > LONGEST {
                wrong.push(format!("{folder}/{file} has {lines} lines; {LONGEST} is the most"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_module_of_the_library_has_a_layer() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).expect("src/lib.rs");
    let mut modules: BTreeSet<String> = BTreeSet::from(["main".to_owned()]);
    let tokens = tokens(&lib);
    for pair in tokens.windows(2).filter(|pair| pair[0].text == "mod") {
        modules.insert(pair[1].text.clone());
    }
    assert_eq!(modules, tables().layers.into_keys().collect());
}

#[test]
fn the_reader_of_code_sees_through_comments_and_strings() {
    let code = "use crate::{a::x, b}; // crate::c\n/* crate::d /* */ crate::e */\n\
                let s = \"crate::f\"; let r = r#\"crate::g \" \"#; let c = '\"'; fn f<'a>() { crate::h() }";
    let tokens = tokens(code);
    let found: Vec<(&str, usize)> =
        crate_paths(&tokens, "crate").iter().map(|t| (t.text.as_str(), t.line)).collect();
    assert_eq!(found, [("a", 1), ("b", 1), ("h", 3)]);
    let tested = self::tokens("fn a() {} #[cfg(test)] mod tests { fn b() { {} } } fn c() {}");
    let kept: Vec<String> = without_tests(&tested).into_iter().map(|t| t.text).collect();
    assert_eq!(kept.concat(), "fna(){}fnc(){}");
}

#[test]
fn paths_are_files_of_this_project() {
    // A wrong root would make every rule above pass on nothing.
    assert!(rust_files("src").contains_key("lib.rs"));
    assert!(Path::new(&root()).join("Cargo.toml").is_file());
}
