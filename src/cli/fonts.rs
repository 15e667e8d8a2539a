//! `booklet fonts`: the faces that a manifest can name.

use crate::booklet::fonts::{Family, Origin, linked_folder, listing};
use crate::face::FaceStyle;
use crate::folder::Folder;

use super::Exit;
use super::args::Fonts;
use super::voice::Voice;

pub(super) fn run(args: &Fonts, voice: &mut Voice) -> Exit {
    if !args.folder.is_dir() {
        voice.trouble(&format!("{} is not a folder", args.folder.display()));
        return Exit::Trouble;
    }
    let found = listing(&Folder::Disk, &args.folder);
    for family in &found.families {
        voice.result(&line(family));
    }
    for (file, why) in &found.passed_over {
        voice.remark(&format!("{} is passed over: {why}", file.display()));
    }
    if let Some(link) = linked_folder(&Folder::Disk, &args.folder) {
        let link = link.display();
        voice.remark(&format!("{link} is a link that leads elsewhere, and is not followed"));
    }
    Exit::Done
}

/// `Libertinus Serif (regular, italic, bold, bold italic; comes with booklet)`
fn line(family: &Family) -> String {
    let styles: Vec<&str> = family.styles.iter().map(|s| style(*s)).collect();
    let origin = match &family.origin {
        Origin::Embedded => "comes with booklet".to_owned(),
        Origin::Folder(folder) => format!("in {}", folder.display()),
    };
    format!("{} ({}; {origin})", family.name, styles.join(", "))
}

fn style(style: FaceStyle) -> &'static str {
    match (style.bold, style.italic) {
        (false, false) => "regular",
        (false, true) => "italic",
        (true, false) => "bold",
        (true, true) => "bold italic",
    }
}
