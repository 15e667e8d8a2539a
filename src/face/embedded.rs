//! The families that are compiled in: Libertinus Serif and Atkinson Hyperlegible Next for text, DejaVu
//! Sans Mono for code.

use std::sync::{Arc, OnceLock};

use super::{Face, FaceData, Faces};

/// The sans serif of the designs that have one.
pub const SANS_FAMILY: &str = "Atkinson Hyperlegible Next";
/// The default code family, and the last resort for characters that no text family has.
pub const CODE_FAMILY: &str = "DejaVu Sans Mono";

const TEXT: [&[u8]; 4] = [
    include_bytes!("../../fonts/libertinus-serif/LibertinusSerif-Regular.otf"),
    include_bytes!("../../fonts/libertinus-serif/LibertinusSerif-Italic.otf"),
    include_bytes!("../../fonts/libertinus-serif/LibertinusSerif-Bold.otf"),
    include_bytes!("../../fonts/libertinus-serif/LibertinusSerif-BoldItalic.otf"),
];
const SANS: [&[u8]; 4] = [
    include_bytes!("../../fonts/atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-Regular.ttf"),
    include_bytes!("../../fonts/atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-Italic.ttf"),
    include_bytes!("../../fonts/atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-Bold.ttf"),
    include_bytes!("../../fonts/atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-BoldItalic.ttf"),
];
const CODE: [&[u8]; 1] = [include_bytes!("../../fonts/dejavu-sans-mono/DejaVuSansMono.ttf")];

/// The default families alone, read once a process.
pub fn embedded() -> Arc<Faces> {
    static FACES: OnceLock<Arc<Faces>> = OnceLock::new();
    let faces = || Faces::new(vec![text_family()], vec![code_family()]).with_display(sans_family());
    FACES.get_or_init(|| Arc::new(faces())).clone()
}

/// The compiled-in text family, for the end of a list of families that a booklet names.
pub fn text_family() -> Vec<Face> {
    family(&TEXT)
}

/// The compiled-in sans serif.
pub fn sans_family() -> Vec<Face> {
    family(&SANS)
}

/// The compiled-in code family.
pub fn code_family() -> Vec<Face> {
    family(&CODE)
}

fn family(files: &[&'static [u8]]) -> Vec<Face> {
    files.iter().filter_map(|bytes| Face::parse(FaceData::Embedded(bytes), 0).ok()).collect()
}
