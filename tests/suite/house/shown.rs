//! The pictures of covers that the README and the manual show are what booklet makes.

use std::fs;
use std::path::{Path, PathBuf};

use booklet::diagnostic::Report;
use booklet::folder::Manuscript;
use booklet::press::{Job, Pictures, Wanted, press};

/// Makes the picture of a cover and holds it against the one in a folder; `BLESS=1` writes it anew.
fn is_shown(manifest: PathBuf, folder: &Path) {
    let pictures = Pictures { cover: true, ..Pictures::default() };
    let job =
        Job { manuscript: Manuscript::on_disk(manifest), wanted: Wanted { pictures, ..Wanted::NOTHING } };
    let made = press(&job, &mut Report::new());
    assert_eq!(made.len(), 1, "{}", job.manuscript);
    let shown = folder.join(&made[0].name);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&shown, &made[0].bytes).expect("a picture");
    }
    let same = fs::read(&shown).is_ok_and(|bytes| bytes == made[0].bytes);
    assert!(same, "{} is not what booklet makes now; BLESS=1 makes it anew", shown.display());
}

#[test]
fn the_covers_that_are_shown_are_what_booklet_makes() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let examples = project.join("covers/designs");
    let entries =
        |folder: &Path| fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path());
    let manifests = entries(&examples).filter(|path| path.extension().is_some_and(|e| e == "toml"));
    let designs: Vec<PathBuf> = manifests.collect();
    assert_eq!(designs.len(), 6, "one for each design");
    designs.into_iter().for_each(|manifest| is_shown(manifest, &examples));
    entries(&project.join("booklets")).for_each(|booklet| is_shown(booklet, &project.join("covers")));
}
