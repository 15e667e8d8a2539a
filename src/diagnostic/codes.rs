//! Every diagnostic code with its meaning, sorted; `tests/invalid/` has a folder for each.
//!
//! A code is never given a second meaning: scripts and search engines remember it. To add one, add a
//! line in its group and a folder `tests/invalid/CODE-short-name/`.

use super::Code;

/// Makes a documented constant of each line, and the list [`ALL`] of the same lines.
macro_rules! codes {
    ($($name:ident $meaning:literal)*) => {
        $(#[doc = $meaning] pub const $name: Code = Code(stringify!($name));)*
        /// Every code and what it means.
        pub const ALL: &[(Code, &str)] = &[$(($name, $meaning)),*];
    };
}

codes! {
    // B: the booklet's files.
    B001 "The manifest cannot be opened."
    B002 "A file that the booklet names is not there."
    B003 "A path leaves the booklet's folder."
    B004 "A path names something that is not a file."
    B005 "A file is not text."
    B006 "A file is too large."
    B007 "A file cannot be read."
    B008 "A picture cannot be decoded."
    B009 "A picture has too many pixels."
    B010 "A kind of picture that this version cannot use."
    B011 "No font family of this name."
    B013 "A font's licence forbids embedding."
    B014 "A picture has too few pixels for the size that it is printed in."
    B015 "An SVG drawing holds what is not safe, or what would be lost."
    B016 "A path that is another one on some systems."
    B017 "Several files have the name that the booklet gives."
    B018 "A font is damaged: it cannot be embedded."

    // D: the document.
    D001 "The text nests deeper than any booklet needs."
    D002 "A mark calls a note that is not defined."
    D003 "A note is defined and no mark calls it."
    D004 "Two notes of one file have the same label."
    D005 "A note cites itself, directly or through other notes."
    D006 "A note's mark stands where no note can be set (the back cover)."
    D007 "A quotation mark has no partner."
    D008 "HTML that is not understood is left out."
    D009 "An HTML tag is closed that was not opened, or opened and not closed."
    D010 "Metadata at the head of a chapter file is left out."
    D011 "Invisible characters that change the order or look of text are left out."
    D012 "A link goes to an anchor or a chapter that this booklet does not have."
    D013 "Two places of one file have the same anchor."
    D014 "A picture has no words for those who cannot see it."
    D015 "Braces after words or a paragraph ask for something that is not known."
    D016 "A link goes to an address outside that no link may have: it would run or open something, or it cannot be."

    // I: imposition.
    I001 "The pages do not fit the sheet that they are to be printed on."
    I002 "Text lies over a fold or a cut."
    I003 "Text comes nearer to the sheet's edge than most printers can print."
    I004 "The number of pages does not suit the binding."
    I005 "Creep moves pages over the edge of the sheet."
    I006 "Pictures run over edges at which pages are cut apart without room between them."
    I007 "A cover on a sheet of its own does not suit the binding."

    // M: the manifest.
    M001 "The manifest is not valid TOML."
    M002 "An unknown key."
    M003 "A key is missing."
    M004 "A value of the wrong type."
    M005 "A length that cannot be read."
    M006 "A value out of bounds."
    M007 "An unknown word where only some words have a meaning."
    M009 "An empty value."
    M010 "The same thing named twice."
    M011 "A language tag that cannot be read."
    M012 "A date that does not exist."
    M013 "A slug with characters that are not safe in file names."
    M014 "Margins that leave no room for text."
    M015 "Leading smaller than the type size."
    M016 "Text that cannot stand in one line, or with characters that cannot be printed."
    M017 "A word in a list for hyphenation that is not one word."
    M018 "An ISBN that cannot be right."
    M019 "A colour of the cover that cannot be printed as an ink."
    M020 "An address that cannot be read."
    M021 "Two keys of a table that contradict each other."

    // R: reprinting: sources that travel with a booklet, and files that are read back.
    R001 "A font does not travel with the booklet."
    R002 "The sources do not travel with the booklet."
    R003 "A file that booklet did not make."
    R004 "A file that carries no sources."
    R005 "A file that was changed or damaged since booklet made it."
    R006 "A file in the sources whose name is not safe."
    R007 "Sources that are larger than those of any booklet."

    // T: typesetting.
    T01 "No setting of a paragraph makes this line good."
    T02 "A character that no font has."
    T03 "Something is higher than a page."
    T04 "A page had to end where lines belong together."
    T05 "The text of the back cover is longer than a page."
    T06 "No setting within the bounds of the design fills whole sheets."
    T07 "A cover or a title page has no room for all the names."

    // X: what should never happen.
    X001 "A fault of booklet itself."
}
