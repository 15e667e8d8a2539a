//! Kobo's dialect of the EPUB: what it adds clashes with no name that an author gives, and links still lead where
//! they led.

use std::collections::BTreeMap;
use std::fs;

use booklet::diagnostic::Report;
use booklet::folder::Manuscript;
use booklet::press::{Job, Wanted, press};

use super::escaping::{all, parsed, xml_files};

/// Names of places: such as the program, or the dialect, gives by itself, and such as those become.
const NAMES: [&str; 17] = [
    "kobo.1.1",
    "kobo.1.2",
    "kobo.2.1",
    "kobo.3.1",
    "a-kobo.1.1",
    "kobo",
    "book-inner",
    "book-columns",
    "a-book-inner",
    "fn1",
    "fnref1",
    "a-fn1",
    "page-1",
    "title",
    "notes",
    "toc",
    "landmarks",
];
/// Files of chapters, likewise.
const FILES: [&str; 8] =
    ["nav.md", "notes.md", "cover.md", "title.md", "toc.md", "kobo.1.1.md", "back.md", "content.md"];

/// The EPUB and its dialect: each file with its text.
fn made() -> [Vec<(String, String)>; 2] {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    let mut chapter = "# Places\n\nA mark[^x].\n\n[^x]: The note. Of two sentences.\n\n".to_owned();
    for name in NAMES {
        chapter += &format!("See [to {name}](#{name}). And more.\n\n");
    }
    for file in FILES {
        chapter += &format!("See [file {file}]({file}).\n\n");
        write(file, &format!("# Head of {file}\n\nWords. More words.\n"));
    }
    for name in NAMES {
        chapter += &format!("## Head of {name} {{#{name}}}\n\nWords. More words.\n\n");
    }
    write("places.md", &chapter);
    let files = FILES.map(|file| format!("\"{file}\"")).join(", ");
    write(
        "manifest.toml",
        &format!("title = \"T\"\nlanguage = \"en\"\nslug = \"t\"\nchapters = [{files}, \"places.md\"]\n"),
    );
    let mut report = Report::new();
    let wanted = Wanted { epub: true, kepub: true, ..Wanted::NOTHING };
    let made = press(&Job { manuscript: Manuscript::on_disk(folder.path()), wanted }, &mut report);
    assert!(!report.has_errors(), "{:?}", report.diagnostics());
    ["t.epub", "t.kepub.epub"]
        .map(|name| xml_files(&made.iter().find(|a| a.name == name).expect("an EPUB").bytes))
}

#[test]
fn no_id_stands_twice_and_every_link_leads_to_its_heading() {
    for (files, dialect) in made().iter().zip(["plain", "kobo"]) {
        let mut ids = BTreeMap::new();
        for (name, text) in files {
            let document = parsed(name, text);
            let file = name.rsplit('/').next().expect("a name").to_owned();
            for node in document.descendants() {
                let Some(id) = node.attribute("id") else { continue };
                let twice = ids.insert((file.clone(), id.to_owned()), all(node));
                assert!(twice.is_none(), "{dialect}: {name} has {id} twice");
            }
            ids.insert((file, String::new()), all(document.root()));
        }
        let (mut places, mut chapters) = (0, 0);
        for (name, text) in files.iter().filter(|(name, _)| name.ends_with("places.xhtml")) {
            let document = parsed(name, text);
            for node in document.descendants().filter(|n| n.tag_name().name() == "a") {
                let href = node.attribute("href").expect("a place");
                let (file, id) = href.split_once('#').unwrap_or((href, ""));
                let file = if file.is_empty() { "places.xhtml" } else { file };
                let found = ids.get(&(file.to_owned(), id.to_owned()));
                let found = found.unwrap_or_else(|| panic!("{dialect}: {href} leads nowhere"));
                let words = all(node);
                if let Some(wanted) = words.strip_prefix("to ") {
                    assert_eq!(found.trim(), format!("Head of {wanted}"), "{dialect}: {href}");
                    places += 1;
                } else if let Some(wanted) = words.strip_prefix("file ") {
                    assert!(found.contains(&format!("Head of {wanted}")), "{dialect}: {href}");
                    chapters += 1;
                }
            }
        }
        assert_eq!((places, chapters), (NAMES.len(), FILES.len()), "{dialect}");
    }
}

#[test]
fn names_that_only_the_dialect_takes_stay_in_the_plain_epub() {
    let [plain, kobo] = made();
    let text = |files: &[(String, String)]| {
        files.iter().find(|(name, _)| name.ends_with("places.xhtml")).expect("the chapter").1.clone()
    };
    for name in ["kobo.2.1", "book-inner", "book-columns"] {
        assert!(text(&plain).contains(&format!(" id=\"{name}\"")), "{name} is renamed without need");
        assert!(text(&kobo).contains(&format!("href=\"#a-{name}")), "{name} is not renamed");
    }
}
