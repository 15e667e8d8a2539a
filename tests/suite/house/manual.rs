//! The manual (`booklets/manual`) names all that there is to name, and what it says is true of the program.
//!
//! What there is, is not listed here: keys are read out of `src/manifest/places.rs`, findings out of the
//! library's table, words that a key may have out of the hints of the manifest's own reader, commands and options
//! out of the program's help. Examples are given to the manifest's reader. What it says of languages is in
//! `manual_languages.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use booklet::diagnostic::{Diagnostic, Report, Severity, Source, codes};
use booklet::folder::Manuscript;
use booklet::manifest::parse;
use booklet::press::{Job, Wanted, press};
use toml::{Table, Value};

use crate::program::started::{out, run};

/// Where a line of a table may stand: what is written before it. A key may need another beside it.
const BEFORE: [&str; 19] = [
    "",
    "[cover]\n",
    "[cover]\nfront = \"a.png\"\n",
    "[design]\n",
    "[print]\n",
    "[print]\nbinding = \"sections\"\n",
    "[print]\nbinding = \"cut-stack\"\n",
    "[print]\nbinding = \"copies\"\n",
    "[print]\nbinding = \"folded\"\n",
    "[print]\nbinding = \"leaflet\"\n",
    "[print]\nbinding = \"leaflet\"\nfold = \"accordion\"\n",
    "[print]\nflip = \"manual\"\n",
    "[print]\npicture = \"photocopy\"\n",
    "[print.creep]\n",
    "[print.creep]\npaper = \"0.1mm\"\n",
    "[epub]\n",
    "[[chapters]]\nfile = \"a.md\"\n",
    "[[contributors]]\nname = \"A\"\n",
    "[[subjects]]\nname = \"A\"\nscheme = \"DDC\"\ncode = \"1\"\n",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("booklets/manual")
}

fn file(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The text of a chapter.
pub fn chapter(name: &str) -> String {
    file(&format!("booklets/manual/{name}"))
}

/// Name and text of every chapter, in order.
fn chapters() -> Vec<(String, String)> {
    let manifest: Table = chapter("manifest.toml").parse().expect("TOML");
    let list = manifest["chapters"].as_array().expect("a list");
    list.iter()
        .map(|name| name.as_str().expect("a file").to_owned())
        .map(|n| (n.clone(), chapter(&n)))
        .collect()
}

/// The lines of each block of code, with what is said of its language.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in text.lines() {
        let fence = line.strip_prefix("```").filter(|rest| !rest.contains('`'));
        match (fence, &mut open) {
            (Some(_), Some(_)) => all.extend(open.take()),
            (Some(language), None) => open = Some((language.to_owned(), String::new())),
            (None, Some((_, lines))) => *lines += &format!("{line}\n"),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block of code is not closed");
    all
}

/// The text without its blocks of code.
fn prose(text: &str) -> String {
    let mut inside = false;
    let outside = text.lines().filter(|line| {
        let fence = line.starts_with("```") && !line.starts_with("````");
        inside ^= fence;
        !inside && !fence
    });
    // What begins and ends a block is shown in the text as well.
    outside.collect::<Vec<_>>().join("\n").replace("```` ``` ````", "")
}

/// What stands between single grave accents in the text.
fn spans(text: &str) -> Vec<String> {
    let text = prose(text);
    let spans = text.split("\n\n").flat_map(|paragraph| {
        assert!(paragraph.matches('`').count() % 2 == 0 || paragraph.contains("`` "), "{paragraph}");
        paragraph.split('`').skip(1).step_by(2).map(|span| span.replace('\n', " ")).collect::<Vec<_>>()
    });
    spans.collect()
}

/// What is found in a manifest of these lines; keys that every manifest has are added where they lack.
fn found(lines: &str) -> Vec<Diagnostic> {
    let begins = |key: &str| {
        let top = lines.split("\n[").next().unwrap_or_default();
        top.lines().any(|line| line.trim_start().starts_with(key) && !lines.starts_with('['))
            || lines.contains(&format!("[[{key}]]"))
    };
    let lacking = [("title", "\"T\""), ("language", "\"en\""), ("chapters", "[\"one.md\"]")];
    let added =
        lacking.iter().filter(|(key, _)| !begins(key)).map(|(key, value)| format!("{key} = {value}\n"));
    let text = added.collect::<String>() + lines;
    let mut report = Report::new();
    let source = report.add_source(Source { name: "manifest.toml".to_owned(), text: text.into() });
    parse(source, &mut report);
    report.diagnostics().to_vec()
}

/// Every table of the manifest with the keys that it has, as `src/manifest/places.rs` lists them.
fn tables() -> BTreeSet<(String, String)> {
    let source = file("src/manifest/places.rs");
    let list = |name: &str| {
        let start = source.find(&format!("const {name}: ")).expect("a list of keys");
        let list = &source[start..][source[start..].find("= ").expect("its value") + 2..];
        list[..list.find(';').expect("its end")].to_owned()
    };
    let mut places = list("PLACES");
    for name in ["PERSON", "SIZE"] {
        places = places.replace(name, &list(name));
    }
    let mut all = BTreeSet::new();
    // Before each list of keys stand the table's name and where that is.
    let mut parts = places.split("&[");
    let mut before = parts.next().expect("the first name").to_owned();
    for part in parts {
        let (keys, after) = part.split_once("\"]").or(part.split_once("\",\n        ]")).expect("an end");
        let quoted = |text: &str| text.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
        let mut names = quoted(&before);
        let table = names.drain(..).next().expect("a table's name");
        all.extend(quoted(&format!("{keys}\"")).into_iter().map(|key| (table.clone(), key)));
        after.clone_into(&mut before);
    }
    assert!(all.len() > 90 && all.contains(&(String::new(), "title".to_owned())), "{all:?}");
    assert!(all.contains(&("focus".to_owned(), "x".to_owned())), "{all:?}");
    all
}

/// The keys of a manifest, each with its table.
fn keys(manifest: &Table) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut put = |table: &str, value: &Value| {
        let tables = match value {
            Value::Table(one) => vec![one],
            Value::Array(list) => list.iter().filter_map(Value::as_table).collect(),
            _ => Vec::new(),
        };
        let own = tables.into_iter().flat_map(|table| table.keys().cloned());
        all.extend(own.map(|key| (table.to_owned(), key)));
    };
    put("", &Value::Table(manifest.clone()));
    for (name, value) in manifest {
        put(name, value);
        let inner = value.as_table().into_iter().flatten();
        inner.for_each(|(name, value)| put(name, value));
    }
    all
}

/// Every example of TOML in the manual as a manifest's reader takes it: blocks as they are, lines in the running
/// text wherever they are understood.
fn examples() -> Vec<String> {
    let mut all = Vec::new();
    for (name, text) in chapters() {
        for (language, lines) in blocks(&text) {
            if language == "toml" {
                let found = found(&lines);
                assert!(found.is_empty(), "{name}:\n{lines}{found:?}");
                all.push(lines);
            }
        }
        for span in spans(&text) {
            let key = |key: &str| key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') && !key.is_empty();
            if span.contains('…') || !span.split_once(" = ").is_some_and(|(name, _)| key(name)) {
                continue;
            }
            let taken = BEFORE.iter().map(|before| before_key(before, &span));
            let taken: Vec<String> = taken.filter(|lines| found(lines).is_empty()).collect();
            assert!(!taken.is_empty(), "{name}: nothing takes {span}");
            all.extend(taken);
        }
    }
    all
}

/// What is written before a line, without the key that the line gives anew.
fn before_key(before: &str, line: &str) -> String {
    let key = line.split(" = ").next().unwrap_or_default();
    let kept = before.lines().filter(|own| own.split(" = ").next() != Some(key));
    kept.chain([line]).map(|line| format!("{line}\n")).collect()
}

#[test]
fn every_example_is_taken_and_every_key_has_one() {
    let mut shown = BTreeSet::new();
    for example in examples() {
        let table: Table = example.parse().expect("TOML");
        shown.extend(keys(&table));
    }
    let missing: Vec<_> = tables().difference(&shown).cloned().collect();
    assert!(missing.is_empty(), "no example in the manual has {missing:?}");
    // The chapter on the manifest alone names them all.
    let reference = chapter("manifest.md");
    for (table, key) in tables() {
        let is_table = ["cover", "design", "print", "epub"].contains(&key.as_str());
        let named = if is_table { format!("[{key}]") } else { format!("{key} = ") };
        let header = format!("{key}`");
        assert!(reference.contains(&named) || reference.contains(&header), "{table}.{key}");
    }
}

#[test]
fn every_word_that_a_key_may_have_is_named() {
    let text: String = chapters().into_iter().map(|(_, text)| text).collect();
    let mut words = BTreeSet::new();
    for (_, key) in tables() {
        for before in BEFORE {
            for value in ["\"qqqqqq\"", "[\"qqqqqq\"]"] {
                for hint in
                    found(&before_key(before, &format!("{key} = {value}"))).iter().flat_map(|f| &f.hints)
                {
                    let quoted = |list: &str| -> Vec<String> {
                        list.split(['“', '”']).skip(1).step_by(2).map(str::to_owned).collect()
                    };
                    let listed = |list: &str| list.split(", ").map(str::to_owned).collect();
                    let said: Vec<String> = match hint {
                        _ if hint.starts_with("it may be “") => quoted(hint),
                        _ if hint.starts_with("booklet knows ") => listed(&hint["booklet knows ".len()..]),
                        _ if hint.starts_with("the roles are ") => listed(&hint["the roles are ".len()..]),
                        _ => continue,
                    };
                    words.extend(said.into_iter().map(|word| (key.clone(), word)));
                }
            }
        }
    }
    // Bindings, marks, presets, designs, papers, inks, roles, schemes and more were asked for.
    assert!(words.len() > 140, "{words:?}");
    for (key, word) in words {
        let named = text.contains(&format!("`{word}`")) || text.contains(&format!("\"{word}\""));
        assert!(named, "`{key}` may be “{word}”, which the manual does not name");
    }
}

#[test]
fn every_finding_is_explained_with_its_gravity() {
    // How grave a finding is, is what users are shown of the mistakes of `tests/invalid`.
    let mut graveness: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/invalid")).expect("a folder")
    {
        let expected = fs::read_to_string(entry.expect("an entry").path().join("expected.txt"));
        for line in expected.expect("what is expected").lines() {
            if let Some((grave, rest)) = line.split_once('[')
                && ["error", "warning", "note"].contains(&grave)
            {
                let code = rest.split(']').next().unwrap_or_default();
                graveness.entry(code.to_owned()).or_default().insert(grave.to_owned());
            }
        }
    }
    // What is shown as an example is what users see.
    let seen = file("tests/invalid/M002-unknown-key/expected.txt");
    let shown = blocks(&chapter("findings.md"));
    assert!(!shown.is_empty() && shown.iter().all(|(_, lines)| seen.contains(lines.as_str())), "{shown:?}");
    let text = chapter("findings.md").replace("\n  ", " ");
    let entries: Vec<(&str, &str)> =
        text.lines().filter_map(|line| line.strip_prefix("- **")?.split_once("** ")).collect();
    let explained: Vec<&str> = entries.iter().map(|(code, _)| *code).filter(|c| c.len() < 5).collect();
    // In the order of the chapter's own parts: those of each letter rise.
    let mut sorted = explained.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(sorted.len(), explained.len(), "one is explained twice");
    let all: Vec<&str> = codes::ALL.iter().map(|(code, _)| code.0).collect();
    assert_eq!(sorted, all);
    for (code, words) in entries.iter().filter(|(code, _)| code.len() < 5) {
        assert!(words.len() > 40, "{code} is hardly explained: {words}");
        let grave = graveness.get(*code).cloned().unwrap_or_else(|| BTreeSet::from(["error".to_owned()]));
        for (word, mark) in [("warning", "*Warning.*"), ("note", "*Note.*")] {
            let only = grave.iter().all(|own| own == word);
            assert_eq!(words.starts_with(mark), only, "{code} is {grave:?}: {words}");
        }
    }
}

#[test]
fn every_command_and_option_is_named() {
    let text = chapter("commands.md");
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let help = |arguments: &[&str]| {
        let output = run(arguments, home);
        assert!(output.status.success());
        out(&output)
    };
    let overview = help(&["--help"]);
    let list =
        overview.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("a list");
    let commands: Vec<&str> = list
        .lines()
        .filter_map(|line| line.strip_prefix("  ").filter(|rest| !rest.starts_with(' ')))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(commands.len() > 10, "{commands:?}");
    let mut said = vec![overview.clone()];
    for command in &commands {
        let named = [format!("`booklet {command} "), format!("`booklet {command}`")];
        assert!(named.iter().any(|named| text.contains(named)), "{command}");
        if *command != "help" {
            said.push(help(&[command, "-h"]));
        }
    }
    let mut named = BTreeSet::new();
    for help in said {
        for line in help.lines().map(str::trim_start).filter(|line| line.starts_with('-')) {
            let options = line.split_whitespace().take_while(|word| word.starts_with('-'));
            named.extend(options.map(|option| option.trim_end_matches(',').to_owned()));
        }
        let folded = help.split_whitespace().collect::<Vec<_>>().join(" ");
        for values in folded.split("[possible values: ").skip(1) {
            let values = values.split(']').next().unwrap_or_default();
            named.extend(values.split(", ").map(str::to_owned));
        }
    }
    for option in ["--only", "-j", "--port", "--sheet", "kepub", "zsh", "--quiet"] {
        assert!(named.contains(option), "{option} is not found in the help: {named:?}");
    }
    for option in named {
        let forms = [format!("`{option}`"), format!("`{option} ")];
        assert!(forms.iter().any(|form| text.contains(form)), "{option} is not in the manual");
    }
}

#[test]
fn it_is_built_without_any_finding() {
    let mut report = Report::new();
    let made = press(&Job { manuscript: Manuscript::on_disk(folder()), wanted: Wanted::ALL }, &mut report);
    assert_eq!(report.diagnostics().iter().map(|d| &d.message).collect::<Vec<_>>(), [""; 0]);
    let names: Vec<&str> = made.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["manual.epub", "manual.pdf", "manual-print.pdf"]);
    assert!(!report.diagnostics().iter().any(|d| d.severity == Severity::Error));
}

#[test]
fn every_way_to_print_that_is_shown_can_be_printed() {
    for (_, lines) in blocks(&chapter("print.md")).iter().filter(|(language, _)| language == "toml") {
        let place = tempfile::tempdir().expect("a folder");
        let top = "title = \"T\"\nlanguage = \"en\"\nchapters = [\"text.md\"]\n";
        fs::write(place.path().join("manifest.toml"), format!("{top}{lines}")).expect("a manifest");
        let text = "Words enough for a page or two, and not for many more of them.\n\n".repeat(10);
        fs::write(place.path().join("text.md"), format!("# A chapter\n\n{text}")).expect("a chapter");
        let mut report = Report::new();
        let wanted = Wanted { print: true, ..Wanted::NOTHING };
        let made = press(&Job { manuscript: Manuscript::on_disk(place.path()), wanted }, &mut report);
        // So short a text cannot be made to fill as many sheets as the example of `fit` asks for.
        let found = report.diagnostics().iter().filter(|d| d.code != codes::T06 || !lines.contains("fit = "));
        assert_eq!(found.map(|d| &d.message).collect::<Vec<_>>(), [""; 0], "{lines}");
        assert!(!made.is_empty(), "{lines}");
    }
}

/// The name that forges give a heading: small letters, hyphens for spaces, no other signs.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    kept.chars()
        .filter(|c| c.is_alphanumeric() || " -_".contains(*c))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

/// Names of the headings of a file, which are all different.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for line in prose(text).lines().filter(|line| line.starts_with('#')) {
        let heading = line.trim_start_matches('#');
        assert!(all.insert(anchor(heading)), "two headings are called {heading}");
    }
    all
}

/// Where links and pictures of a text go, without what is code.
fn targets(text: &str) -> Vec<String> {
    let text = prose(text);
    let bare: String = text.split('`').step_by(2).collect();
    let links = bare.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next());
    let pictures = bare.split("src=\"").skip(1).filter_map(|rest| rest.split('"').next());
    links.chain(pictures).map(str::to_owned).collect()
}

/// Fails where a link of a file leads nowhere.
fn lead_somewhere(name: &str) {
    let text = file(name);
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(name).parent().expect("a folder");
    for target in targets(&text).iter().filter(|target| !target.contains("://")) {
        let (path, place) = target.split_once('#').unwrap_or((target, ""));
        let path = if path.is_empty() { PathBuf::from(name) } else { folder.join(path) };
        assert!(home.join(&path).is_file(), "{name}: {target} is not there");
        if !place.is_empty() {
            let there = file(&path.to_string_lossy());
            assert!(anchors(&there).contains(place), "{name}: {target} has no such heading");
        }
    }
}

#[test]
fn every_link_leads_somewhere_on_a_forge_too() {
    for (name, text) in chapters() {
        anchors(&text);
        lead_somewhere(&format!("booklets/manual/{name}"));
    }
    lead_somewhere("README.md");
}

#[test]
fn the_readme_leads_to_every_chapter() {
    let readme = file("README.md");
    for (name, _) in chapters() {
        assert!(readme.contains(&format!("](booklets/manual/{name}")), "{name}");
    }
}

#[test]
fn lines_of_code_are_as_long_as_a_page_is_wide() {
    for (name, text) in chapters() {
        for line in blocks(&text).iter().flat_map(|(_, lines)| lines.lines()) {
            assert!(line.chars().count() <= 64, "{name}: {line}");
        }
    }
}
