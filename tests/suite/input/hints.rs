//! What the hints of the manifest say can be done: an example is accepted, so is every word of a list.

use booklet::diagnostic::{Diagnostic, Report, Source};
use booklet::manifest::parse;

/// What is found in a manifest with these lines.
fn found(lines: &str) -> Vec<Diagnostic> {
    // Keys of the whole manifest come before the first table.
    let text = format!("title = \"T\"\nlanguage = \"en\"\nchapters = [\"one.md\"]\n{lines}\n");
    let mut report = Report::new();
    let source = report.add_source(Source { name: "manifest.toml".to_owned(), text: text.into() });
    parse(source, &mut report);
    report.diagnostics().to_vec()
}

/// The lines with a value in its place; or with another line there, if the example is one of a whole line.
fn with(lines: &str, value: &str) -> String {
    lines.replace('@', value)
}

/// What a hint says that one can write: lines with it in them. Ends of ranges are told apart from examples.
fn examples(lines: &str, hint: &str) -> (Vec<String>, Vec<String>) {
    let line = lines.lines().find(|line| line.contains('@')).expect("a place for the value");
    let before = line.split('@').next().unwrap_or_default();
    let word = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let key = before.trim_end_matches([' ', '=', '[']).rsplit(|c| !word(c)).next().unwrap_or_default();
    let outer = line.split(" = ").next().unwrap_or_default();
    let mut given = Vec::new();
    if let Some((_, value)) = hint.split_once(&format!("{key} = ")) {
        // An example of a list is one of the whole line.
        given.push(if before.contains('[') { line_with(lines, hint, key) } else { with(lines, value) });
    } else if hint.contains(&format!("{outer} = ")) {
        given.push(line_with(lines, hint, outer));
    }
    if let Some(words) = hint.strip_prefix("it may be “").or(hint.strip_prefix("did you mean “")) {
        let words = words.split(['“', '”']).step_by(2).filter(|word| !word.is_empty());
        given.extend(words.map(|word| with(lines, &format!("\"{word}\""))));
    }
    if let Some(names) = hint.strip_prefix("booklet knows ") {
        given.extend(names.split(", ").map(|name| with(lines, &format!("\"{name}\""))));
    }
    let range = hint.strip_prefix("it may be from ").and_then(|rest| rest.split(',').next());
    let ends = range.into_iter().flat_map(|range| range.split(" to "));
    (given, ends.map(|end| with(lines, &format!("\"{end}\""))).collect())
}

/// The lines with the one that has the place for a value replaced by an example of a whole line.
fn line_with(lines: &str, hint: &str, key: &str) -> String {
    let at = hint.find(&format!("{key} = ")).expect("an example");
    let put = |line: &str| if line.contains('@') { hint[at..].to_owned() } else { line.to_owned() };
    lines.lines().map(put).collect::<Vec<_>>().join("\n")
}

/// Tries wrong values, and then what is said of each. At least one example must be given for each value.
fn hold(lines: &[&str], wrong: &[&str]) {
    for (lines, wrong) in lines.iter().flat_map(|lines| wrong.iter().map(move |wrong| (lines, wrong))) {
        let text = with(lines, wrong);
        let findings = found(&text);
        assert!(!findings.is_empty(), "{text} is taken");
        let mut shown = 0;
        for hint in findings.iter().flat_map(|finding| &finding.hints) {
            let (given, ends) = examples(lines, hint);
            shown += given.len();
            for example in given {
                let left = found(&example);
                assert!(left.is_empty(), "{text}\nhint: {hint}\nleads to {example}\n{left:#?}");
            }
            for end in ends {
                let left = found(&end);
                let bound = left.iter().find(|finding| ["M005", "M006"].contains(&finding.code.0));
                assert!(bound.is_none(), "{text}\nhint: {hint}\nleads to {end}\n{bound:#?}");
            }
        }
        assert!(shown > 0, "{text}\nshows no example: {findings:#?}");
    }
}

#[test]
fn examples_of_numbers_are_accepted() {
    let keys = [
        "series = { name = \"S\", number = @ }",
        "[design]\ndrop-caps = @",
        "[print]\nbinding = \"sections\"\nsection-sheets = @",
        "[print]\nbinding = \"copies\"\nup = @",
        "[print]\nbinding = \"cut-stack\"\nup = @",
        "[print]\nbinding = \"leaflet\"\nfold = \"accordion\"\npanels = @",
        "[print]\npicture = \"photocopy\"\nresolution = @",
        "[print]\npicture = \"dither\"\nresolution = @",
        "[print]\nfit = { sheets = @ }",
    ];
    hold(&keys, &["0", "-1", "4294967295", "99999999999", "1.5", "\"four\"", "[1]"]);
    hold(&keys[2..3], &["101"]);
    hold(&keys[4..5], &["1", "3", "5", "17", "64"]);
    hold(&keys[5..6], &["1", "41"]);
    hold(&keys[6..8], &["3", "71", "2401", "4800"]);
    hold(&keys[1..2], &["1", "5", "9"]);
}

#[test]
fn examples_and_bounds_of_lengths_are_accepted() {
    let keys = [
        "[design]\nsize = @",
        "[design]\nleading = @",
        "[design]\npreset = \"large-print\"\nleading = @",
        "[design]\nsize = \"17.35pt\"\nleading = @",
        "[design]\nsmallest = @",
        "[design]\nsize = \"4pt\"\nletter-spacing = @",
        "[design]\nletter-spacing = @",
        "[design]\npage = { width = @, height = \"210mm\" }",
        "[design]\npage = { width = \"148mm\", height = @ }",
        "[design]\nmargins = { inner = @, outer = \"9mm\", top = \"9mm\", bottom = \"9mm\" }",
        "[design]\nmargins = { inner = \"9mm\", outer = @, top = \"9mm\", bottom = \"9mm\" }",
        "[design]\nmargins = { inner = \"9mm\", outer = \"9mm\", top = @, bottom = \"9mm\" }",
        "[design]\nmargins = { inner = \"9mm\", outer = \"9mm\", top = \"9mm\", bottom = @ }",
        "[print]\nsheet = { width = @, height = \"297mm\" }",
        "[print]\nsheet = { width = \"210mm\", height = @ }",
        "[print]\nunprintable = @",
        "[print]\ncreep = { paper = @ }",
    ];
    let wrong =
        ["\"-1mm\"", "\"99999pt\"", "\"9999in\"", "\"999cm\"", "\"9999mm\"", "\"5\"", "\"1em\"", "5", "true"];
    hold(&keys, &wrong);
    // Where nothing is too little.
    for key in [0, 1, 2, 3, 4, 7, 8, 13, 14] {
        hold(&keys[key..=key], &["\"0pt\"", "\"0.1mm\"", "\"0.001in\"", "\"0.01cm\""]);
    }
}

#[test]
fn words_that_are_offered_are_accepted() {
    let keys = [
        "design = @",
        "[cover]\ndesign = @",
        "[cover]\nfront = \"one.png\"\ndesign = @",
        "[design]\npreset = @",
        "[design]\nchapter-start = @",
        "[design]\nnotes = @",
        "[design]\nindent = @",
        "[design]\nstress = @",
        "[design]\nfigures = @",
        "[design]\nheadings = @",
        "[design]\nnote-numbers = @",
        "[design]\nnote-marks = @",
        "[design]\npage = @",
        "[print]\nsheet = @",
        "[print]\nbinding = @",
        "[print]\nbinding = \"folded\"\nfold = @",
        "[print]\nbinding = \"leaflet\"\nfold = @",
        "[print]\nflip = @",
        "[print]\nflip = \"manual\"\nstacker = @",
        "[print]\npicture = @",
        "[print]\nblanks = @",
        "[print]\nfit = @",
        "[print]\nmarks = [@]",
        "[print]\ncreep = { paper = \"0.1mm\", direction = @ }",
    ];
    hold(&keys, &["\"qqq\"", "\"\""]);
    // In place of a word there may be a table of this name.
    hold(&keys[1..], &["3"]);
}

#[test]
fn examples_of_other_values_are_accepted() {
    hold(
        &[
            "sources = @",
            "[cover]\nfront = \"one.png\"\ntext = @",
            "[cover]\nseparate = @",
            "[design]\ncontents = @",
            "[design]\ntitle-page = @",
            "[design]\nrunning-heads = @",
            "[design]\njustify = @",
            "[design]\nhyphenate = @",
            "[print]\nscale = @",
            "[print]\ncolour = @",
            "[print]\ninstructions = @",
            "[epub]\nembed-fonts = @",
            "[epub]\npage-list = @",
        ],
        &["3", "\"yes\"", "[true]"],
    );
    hold(
        &[
            "subtitle = @",
            "short-title = @",
            "authors = @",
            "publisher = @",
            "date = @",
            "rights = @",
            "description = @",
            "subjects = @",
            "source = @",
            "identifier = @",
            "series = @",
            "slug = @",
            "[cover]\nback = @",
            "[cover]\nprice = @",
            "[cover]\nisbn = @",
            "[cover]\nlink = @",
            "[cover]\ncolours = @",
            "[cover]\nfront = \"one.png\"\nfocus = @",
            "[design]\nfont = @",
            "[design]\nornament = @",
            "[design]\nhyphenation = @",
            "[design]\nmargins = @",
            "[print]\nname = @",
            "[print]\ncontrast = @",
            "[print]\ncreep = @",
            "[print]\nmarks = @",
            "[epub]\ncertified-by = @",
        ],
        &["3", "true"],
    );
    hold(&["[print]\ncontrast = @"], &["\"101%\"", "\"-1%\"", "\"20\""]);
    hold(&["[print]\ncreep = { grammage = @ }"], &["\"80\"", "\"5g\"", "\"900g\"", "80"]);
}
