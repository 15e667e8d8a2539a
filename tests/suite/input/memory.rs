//! A booklet in memory is the booklet on the disk.
//!
//! Comes in: booklets with pictures, shared covers and fonts of their own, as files and as a list of names and
//! bytes. Goes out: whether both give the same outputs and the same findings, and open the same files and no
//! others.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use booklet::booklet::fonts::{Origin, listing};
use booklet::diagnostic::{Report, render};
use booklet::folder::{Folder, Manuscript};
use booklet::press::{Job, Wanted, press};

use super::strangefonts::font;
use crate::text::words::SAMPLES;

/// What lies in folders, in memory under the same paths; none if there is something among it that is no file,
/// or a folder in which nothing lies, which memory cannot have.
pub fn in_memory(tops: &[&Path]) -> Option<Folder> {
    let mut files = Vec::new();
    let mut folders: Vec<PathBuf> = tops.iter().map(|top| top.to_path_buf()).collect();
    while let Some(folder) = folders.pop() {
        let mut empty = true;
        for entry in fs::read_dir(folder).ok()? {
            empty = false;
            let entry = entry.expect("an entry");
            let (path, kind) = (entry.path(), entry.file_type().expect("a kind"));
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() {
                let bytes: Arc<[u8]> = fs::read(&path).expect("a file").into();
                files.push((path.to_str()?.to_owned(), bytes));
            } else {
                return None;
            }
        }
        if empty {
            return None;
        }
    }
    Some(Folder::in_memory(files))
}

/// The outputs of a booklet, and what was found.
fn made(folder: Folder, path: &Path) -> (Vec<(String, Vec<u8>)>, String) {
    let mut report = Report::new();
    let manuscript = Manuscript { folder, path: path.to_owned() };
    let wanted = Wanted { kepub: true, ..Wanted::ALL };
    let made = press(&Job { manuscript, wanted }, &mut report);
    let files = made.into_iter().map(|artifact| (artifact.name, artifact.bytes)).collect();
    (files, render::render(&report, false))
}

#[test]
fn samples_are_the_same_bytes_from_memory_as_from_the_disk() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = in_memory(&[&root.join("booklets"), &root.join("covers")]).expect("files only");
    for sample in SAMPLES {
        let path = root.join("booklets").join(sample);
        let (disk, memory) = (made(Folder::Disk, &path), made(files.clone(), &path));
        assert_eq!(disk.1, memory.1, "{sample}");
        assert!(disk.0.len() >= 4, "{sample}: {}", disk.1);
        for ((name, there), (other, here)) in disk.0.iter().zip(&memory.0) {
            assert!(name == other && there == here, "{sample}: {name} is not {other}, or other bytes");
        }
        assert_eq!(disk.0.len(), memory.0.len());
    }
}

/// A booklet in `zine/b`, with fonts beside it and above it, a cover that several share, and a picture.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let picture = include_bytes!("../../fuzz/targets/one.png").to_vec();
    let manifest = "title = \"T\"\nlanguage = \"en\"\nchapters = [\"text/one.md\"]\n\
                    [cover]\nfront = \"../../covers/c.png\"\n[design]\nfont = [\"Strange\"]\n";
    vec![
        ("zine/b/manifest.toml", manifest.into()),
        ("zine/b/text/one.md", "# One\n\nText.\n\n![A point](../p/a%20b.png)\n".into()),
        ("zine/b/p/a b.png", picture.clone()),
        ("zine/diary.md", "# Mine\n".into()),
        ("covers/c.png", picture),
        ("fonts/deep/own.otf", font(0)),
        ("fonts/broken.ttf", b"OTTO".to_vec()),
    ]
}

fn placed(files: &[(&'static str, Vec<u8>)]) -> Folder {
    let file = |(name, bytes): &(&str, Vec<u8>)| ((*name).to_owned(), Arc::from(bytes.as_slice()));
    Folder::in_memory(files.iter().map(file))
}

#[test]
fn shared_covers_and_fonts_are_found_in_memory() {
    let files = files();
    let found = listing(&placed(&files), Path::new("zine/b"));
    let own =
        found.families.iter().find(|family| matches!(family.origin, Origin::Folder(_))).expect("a font");
    let named = |text: &str| String::from_utf8_lossy(&files[0].1).replace("Strange", text).into_bytes();
    let mut named_right = files.clone();
    named_right[0].1 = named(&own.name);
    assert_eq!(found.passed_over.len(), 1);
    let (in_memory, said) = made(placed(&named_right), Path::new("zine/b"));
    let place = tempfile::tempdir().expect("a folder");
    for (name, bytes) in &named_right {
        let file = place.path().join(name);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, bytes).expect("a file");
    }
    let (on_disk, _) = made(Folder::Disk, &place.path().join("zine/b"));
    assert!(in_memory.len() >= 4 && in_memory == on_disk, "{said}");
}

#[test]
fn no_path_leaves_the_folder_of_a_booklet_in_memory() {
    let build = |from: &str, to: &str| {
        let mut files = files();
        let manifest = String::from_utf8_lossy(&files[0].1).replace("font = [\"Strange\"]\n", "");
        files[0].1 = manifest.replace(from, to).into_bytes();
        made(placed(&files), Path::new("/zine/b/manifest.toml"))
    };
    assert!(build("", "").0.len() >= 4);
    for (path, code) in [
        ("../diary.md", "B003"),
        ("../../../../zine/diary.md", "B003"),
        ("/zine/diary.md", "B003"),
        ("text/two.md", "B002"),
        ("text", "B004"),
        ("Text/one.md", "B002"),
    ] {
        let (made, found) = build("text/one.md", path);
        assert!(made.is_empty() && found.contains(&format!("error[{code}]")), "{path}: {found}");
    }
    let (made, found) = build("../../covers/c.png", "../covers/c.png");
    assert!(made.is_empty() && found.contains("error[B003]"), "{found}");
}
