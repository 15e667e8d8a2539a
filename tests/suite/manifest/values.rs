//! What the keys of the text, of `[design]` and of `[cover]` are read as, and what stands where a manifest says
//! nothing.

use booklet::length::{Length, Size};

use super::{good, read, said, words};

#[test]
fn words_of_design_are_read_as_what_they_say() {
    let design = "[design]\n@";
    words(
        design,
        |m| {
            let d = &m.design;
            format!("{:?} {:?} {:?} {:?}", d.chapter_start, d.notes, d.indent, d.stress)
        },
        &[
            ("", "Page Foot FirstLine Italic"),
            ("chapter-start = \"recto\"\nnotes = \"end\"", "Recto End FirstLine Italic"),
            ("chapter-start = \"run-on\"\nindent = \"space\"", "RunOn Foot Space Italic"),
            ("chapter-start = \"page\"\nnotes = \"foot\"\nstress = \"bold\"", "Page Foot FirstLine Bold"),
            (
                "preset = \"leaflet\"\nchapter-start = \"page\"\nnotes = \"foot\"",
                "Page Foot FirstLine Italic",
            ),
            (
                "preset = \"large-print\"\nindent = \"first-line\"\nstress = \"italic\"",
                "Page Foot FirstLine Italic",
            ),
        ],
    );
    words(
        design,
        |m| {
            let d = &m.design;
            format!("{} {} {} {} {}", d.contents, d.title_page, d.running_heads, d.justify, d.hyphenate)
        },
        &[
            ("", "true true true true true"),
            ("contents = false", "false true true true true"),
            ("title-page = false", "true false true true true"),
            ("running-heads = false", "true true false true true"),
            ("justify = false", "true true true false true"),
            ("hyphenate = false", "true true true true false"),
            ("preset = \"leaflet\"\ncontents = true\njustify = true", "true false false true true"),
        ],
    );
    words(
        design,
        |m| {
            let t = &m.design.typography;
            format!(
                "{:?} {:?} {:?} {:?} {:?} {:?}",
                t.figures, t.headings, t.drop_caps, t.ornament, t.note_numbers, t.note_marks
            )
        },
        &[
            ("", "OldStyle Bold None None Running Numbers"),
            ("figures = \"lining\"\nheadings = \"small-caps\"", "Lining SmallCaps None None Running Numbers"),
            ("drop-caps = true\nornament = \"⁂\"", "OldStyle Bold Some(3) Some(\"⁂\") Running Numbers"),
            ("drop-caps = false\nnote-numbers = \"chapter\"", "OldStyle Bold None None Chapter Numbers"),
            ("drop-caps = 2\nnote-marks = \"symbols\"", "OldStyle Bold Some(2) None Running Symbols"),
            ("preset = \"modern\"\nfigures = \"old-style\"", "OldStyle Bold None None Running Numbers"),
        ],
    );
    words(
        design,
        |m| {
            let word = |w: &booklet::manifest::Hyphenated| {
                format!("{}:{}", w.language.as_ref().map_or("", |language| language.tag()), w.word)
            };
            m.design.typography.hyphenation.iter().map(word).collect::<Vec<_>>().join(" ")
        },
        &[
            ("hyphenation = [\"anar-chism\", \"so-ci-e\u{301}-té\"]", ":anar-chism :so-ci-e\u{301}-té"),
            (
                "hyphenation = { de = [\"Frei-heit\"], fr-CH = [\"li-ber-té\"] }",
                "de:Frei-heit fr-CH:li-ber-té",
            ),
        ],
    );
    for bad in ["", "-a", "a-", "a--b", "a b", "a1", "a.b", "a\u{2f}b", "a\u{370}\u{37e}"] {
        assert!(!said(&format!("[design]\nhyphenation = [\"{bad}\"]")).is_empty(), "{bad}");
    }
    words(
        design,
        |m| m.design.fonts.iter().map(|font| font.value.clone()).collect::<Vec<_>>().join("+"),
        &[
            ("", "Libertinus Serif"),
            ("font = \"Junicode\"", "Junicode"),
            ("font = [\"Junicode\", \"DejaVu Sans\"]", "Junicode+DejaVu Sans"),
        ],
    );
    let sized = |lines: &str| good(&format!("[design]\n{lines}")).design.page.value;
    assert_eq!(sized("page = \"A6\""), Size::mm(105.0, 148.0));
    assert_eq!(sized("page = \" both \""), Size::mm(139.7, 210.0));
    assert_eq!(sized("page = { width = \"120mm\", height = \"200mm\" }"), Size::mm(120.0, 200.0));
    let margins =
        good("[design]\nmargins = { inner = \"1mm\", outer = \"2mm\", top = \"3mm\", bottom = \"4mm\" }");
    let m = margins.design.margins.expect("margins").value;
    assert_eq!([m.inner, m.outer, m.top, m.bottom], [1, 2, 3, 4].map(Length::mm));
    assert!(good("").design.margins.is_none());
    assert!(said("[print]\nsheet = \"both\"")[0].starts_with("M007"), "of pages alone");
}

#[test]
fn words_of_covers_are_read_as_what_they_say() {
    let cover = |lines: &str| good(&format!("[cover]\n{lines}")).cover;
    for (word, name) in [
        ("classic", "Classic"),
        ("poster", "Poster"),
        ("grid", "Grid"),
        ("pattern", "Pattern"),
        ("plain", "Plain"),
    ] {
        assert_eq!(format!("{:?}", cover(&format!("design = \"{word}\"")).design), format!("Some({name})"));
        // With a picture it is one thing too many.
        assert!(
            said(&format!("[cover]\nfront = \"a.png\"\ndesign = \"{word}\""))[0].starts_with("M010"),
            "{word}"
        );
    }
    let photograph = "Some(Photograph)";
    assert_eq!(format!("{:?}", cover("front = \"a.png\"\ndesign = \"photograph\"").design), photograph);
    assert_eq!(format!("{:?}", cover("front = \"a.png\"\ntext = true").design), photograph);
    assert_eq!(cover("front = \"a.png\"").design, None);
    assert_eq!(cover("").design, None);
    for alone in ["design = \"photograph\"", "text = true", "focus = { x = \"1%\", y = \"2%\" }"] {
        assert!(said(&format!("[cover]\n{alone}"))[0].starts_with("M003"), "{alone}");
    }
    // What is offered suits the cover.
    let hints = |lines: &str| said(&format!("[cover]\n{lines}")).remove(0);
    let all = hints("design = \"qqqq\"");
    assert!(all.ends_with("it may be “classic”, “poster”, “grid”, “pattern” or “plain”"), "{all}");
    let one = hints("front = \"a.png\"\ndesign = \"qqqq\"");
    assert!(one.ends_with("it may be “photograph”"), "{one}");

    let focus = |x: &str, y: &str| {
        let focus = cover(&format!("front = \"a.png\"\nfocus = {{ x = \"{x}\", y = \"{y}\" }}")).focus;
        (focus.x, focus.y)
    };
    assert_eq!(focus("0%", "100%"), (0, 1000));
    assert_eq!(focus("33.33 %", " 12.5%"), (333, 125));
    let middle = cover("front = \"a.png\"").focus;
    assert_eq!((middle.x, middle.y), (500, 500));
    for bad in ["-1%", "100.1%", "50", "x%", "%", "NaN%"] {
        let found = hints(&format!("front = \"a.png\"\nfocus = {{ x = \"{bad}\", y = \"0%\" }}"));
        assert!(found.starts_with("M006"), "{bad}: {found}");
    }
    assert_eq!(format!("{:?}", cover("price = \"free\"").price), "Some(Free)");
    assert_eq!(format!("{:?}", cover("price = \"3 €\"").price), "Some(Said(\"3 €\"))");
    assert_eq!(format!("{:?} {}", cover("").price, cover("").separate), "None false");
    assert!(cover("separate = true").separate);
    let paths = cover("front = \"a.png\"\nback = \"b.md\"");
    assert_eq!(paths.front.map(|path| path.value).as_deref(), Some("a.png"));
    assert_eq!(paths.back.map(|path| path.value).as_deref(), Some("b.md"));
}

#[test]
fn links_on_covers_are_addresses_of_the_web() {
    let link = |value: &str| said(&format!("[cover]\nlink = '{value}'")).join("\n");
    for good in ["https://example.org/a", "http://example.org/?a=b#c", "https://example.org/~x/(y)"] {
        assert_eq!(link(good), "");
    }
    for bad in
        ["example.org", "ftp://example.org", "mailto:a@example.org", "file:///a", "//example.org", "/a"]
    {
        assert!(link(bad).ends_with("an address begins with https://"), "{bad}: {}", link(bad));
    }
    for sign in ["ä", " ", "<", ">", "\"", "{", "|", "}", "\\", "^", "`"] {
        let found = link(&format!("https://example.org/a{sign}b"));
        assert!(found.contains("neither spaces nor accents"), "{sign}: {found}");
    }
    let read = good("[cover]\nlink = \"https://example.org/a\"").cover.link.expect("a link");
    assert_eq!(read.as_str(), "https://example.org/a");
}

#[test]
fn what_is_said_of_the_text_is_read_whole() {
    let lines = "subtitle = \" An interview \"\nshort-title = \"S\"\npublisher = \"P\"\nrights = \"\"\"\nNo\n  copyright\n\"\"\"\n\
        description = \"a  b\\nc\"\nsource = \"News: a daily\"\nidentifier = \"urn:x:1\"\nseries = { name = \"Se\", number = 3 }\n\
        sources = false\n\
        subjects = [\"one\", { name = \"Two\", scheme = \"thema\", code = \"JPFB\" }]\n\
        authors = [\"A\", { name = \"B\", file-as = \"B, b\" }, { name = \"C\", role = \"trl\" }]\n\
        contributors = [\"D\", { name = \"E\", role = \"Translator\" }]\n\
        [epub]\nembed-fonts = false\npage-list = false\ncertified-by = \"L\"\n";
    let manifest = good(lines);
    let i = &manifest.identity;
    assert_eq!(i.subtitle.as_deref(), Some("An interview"));
    assert_eq!(i.short_title.as_deref(), Some("S"));
    assert_eq!(i.publisher.as_deref(), Some("P"));
    assert_eq!(i.rights.as_deref(), Some("No copyright"), "lines of one paragraph");
    assert_eq!(i.description.as_deref(), Some("a b c"));
    assert_eq!(i.source.as_deref(), Some("News: a daily"));
    assert_eq!(i.identifier, "urn:x:1");
    let series = i.series.as_ref().expect("a series");
    assert_eq!((series.name.as_str(), series.number), ("Se", Some(3)));
    let subjects: Vec<String> = i.subjects.iter().map(|s| format!("{} {:?}", s.name, s.class)).collect();
    assert_eq!(subjects, ["one None", "Two Some((\"Thema\", \"JPFB\"))"]);
    let people = |people: &[booklet::manifest::Person]| {
        people.iter().map(|p| format!("{}/{:?}/{}", p.name, p.file_as, p.role)).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(people(&i.authors), "A/None/author B/Some(\"B, b\")/author C/None/translator");
    assert_eq!(people(&i.contributors), "D/None/contributor E/None/translator");
    assert!(!manifest.sources);
    let epub = &manifest.epub;
    assert_eq!((epub.embed_fonts, epub.page_list, epub.certified_by.as_deref()), (false, false, Some("L")));
    let plain = good("");
    assert!(
        plain.sources && plain.epub.embed_fonts && plain.epub.page_list && plain.epub.certified_by.is_none()
    );
    assert!(plain.authors_at.is_none() && manifest.authors_at.is_some());
    assert!(said("identifier = \"a b\"")[0].starts_with("M006"));
}

#[test]
fn chapters_have_their_own_words() {
    let (manifest, found) = super::read_whole(
        "title = \"T\"\nlanguage = \"en\"\nchapters = [\"a.md\", { file = \"b.md\", title = \"B\", short-title = \"b\", \
         numbered = true }, { file = \"c.md\" }]\n",
    );
    assert!(found.is_empty(), "{found:#?}");
    let chapters = manifest.expect("a manifest").chapters;
    let told: Vec<String> = chapters
        .iter()
        .map(|c| format!("{} {:?} {:?} {}", c.file.value, c.title, c.short_title, c.numbered))
        .collect();
    assert_eq!(told, ["a.md None None false", "b.md Some(\"B\") Some(\"b\") true", "c.md None None false"]);
}

#[test]
fn backslashes_and_controls_are_told_as_what_they_are() {
    let whole = |chapter: &str| {
        let text = format!("title = \"T\"\nlanguage = \"en\"\nchapters = [{chapter}]\n");
        super::read_whole(&text).1
    };
    for (written, hint) in [
        ("\"sub\\new.md\"", "write sub/new.md"),
        ("\"sub\\text.md\"", "write sub/text.md"),
        ("\"sub\\qnew.md\"", "write sub/qnew.md"),
        ("\"C:\\new.md\"", "from the booklet's own folder"),
        ("\"\\qnew.md\"", "from the booklet's own folder"),
        ("\"a\\qb\"", "for a backslash itself write two"),
    ] {
        let found = whole(written);
        let hints: Vec<&String> = found.iter().flat_map(|finding| &finding.hints).collect();
        assert!(hints.iter().any(|h| h.contains(hint)), "{written}: {found:#?}");
    }
    // Characters that no page can show.
    for (sign, code) in
        [("\\u0007", "U+0007"), ("\\u007f", "U+007F"), ("\\ufffe", "U+FFFE"), ("\\uffff", "U+FFFF")]
    {
        let found = said(&format!("publisher = \"a{sign}b\""));
        assert!(found[0].starts_with("M016") && found[0].contains(code), "{found:?}");
    }
    assert!(said("publisher = \"a\\nb\"")[0].starts_with("M016: `publisher` must be one line"));
    assert!(said("publisher = \"a\\rb\"")[0].starts_with("M016: `publisher` must be one line"));
    assert!(read("publisher = \"a\\tb\"").1.is_empty());
    assert!(said("publisher = \" \"")[0].starts_with("M009"));
}

#[test]
fn what_has_the_wrong_type_is_called_by_its_name() {
    for (value, kind) in [
        ("\"a\"", "a text"),
        ("1", "a whole number"),
        ("1.5", "a number"),
        ("true", "true or false"),
        ("2022-11-01", "a date or time"),
        ("[1]", "a list"),
        ("{ a = 1 }", "a table"),
    ] {
        let lines = if kind == "a list" || kind == "a table" || kind == "a text" {
            format!("[epub]\npage-list = {value}")
        } else {
            format!("subtitle = {value}")
        };
        let found = said(&lines).remove(0);
        assert!(found.starts_with("M004") && found.contains(&format!("but this is {kind} |")), "{found}");
    }
}
