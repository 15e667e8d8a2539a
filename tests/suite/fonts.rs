//! Font families by name: those that are compiled in, and those of a booklet's own folder.

use std::fs;
use std::path::Path;

use booklet::booklet::fonts::{Origin, families};

#[test]
fn compiled_in_families_are_always_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let names: Vec<_> = families(folder.path()).into_iter().map(|f| (f.name, f.styles.len())).collect();
    assert!(names.contains(&("Libertinus Serif".to_owned(), 4)), "{names:?}");
    assert!(names.contains(&("Atkinson Hyperlegible Next".to_owned(), 4)), "{names:?}");
    assert!(names.contains(&("DejaVu Sans Mono".to_owned(), 1)), "{names:?}");
}

#[test]
fn a_file_in_the_booklets_folder_is_found_and_rubbish_is_passed_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let deep = folder.path().join("fonts/deep");
    fs::create_dir_all(&deep).expect("a folder");
    fs::write(folder.path().join("fonts/broken.otf"), b"OTTO").expect("a file");
    let face =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts/libertinus-serif/LibertinusSerif-Regular.otf");
    fs::copy(face, deep.join("own.otf")).expect("a font");
    let found = families(folder.path());
    assert!(matches!(&found[0].origin, Origin::Folder(_)) && found[0].name == "Libertinus Serif");
}
