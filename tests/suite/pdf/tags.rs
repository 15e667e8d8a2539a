//! The tags of the reading PDF: what a screen reader is told, in which order, read back from the file.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use booklet::diagnostic::Report;
use booklet::folder::Manuscript;
use booklet::picture::{PixelFormat, Raster};
use booklet::press::{Job, Wanted, press};
use lopdf::{Dictionary, Object, ObjectId};

use super::pdfreader::{Characters, Pdf};

/// The PDFs of a booklet of one chapter: for reading and for print.
fn pdfs(more: &str, text: &str) -> [Pdf; 2] {
    let folder = tempfile::tempdir().expect("a folder");
    let manifest = format!("title = \"A title\"\nlanguage = \"en\"\nchapters = [\"one.md\"]\n{more}");
    fs::write(folder.path().join("manifest.toml"), manifest).expect("written");
    fs::write(folder.path().join("one.md"), text).expect("written");
    let pixels: Vec<u8> = (0..60).map(|sample| sample * 4).collect();
    let picture = Raster {
        width: 5,
        height: 4,
        dpi: None,
        format: PixelFormat::Rgb,
        pixels: pixels.into(),
        photographic: false,
    };
    fs::write(folder.path().join("p.png"), picture.to_png().expect("a PNG")).expect("written");
    let wanted = Wanted { epub: false, ..Wanted::ALL };
    let mut report = Report::new();
    let made = press(&Job { manuscript: Manuscript::on_disk(folder.path()), wanted }, &mut report);
    assert_eq!(made.len(), 2, "{:?}", report.diagnostics());
    [Pdf::of(&made[0].bytes), Pdf::of(&made[1].bytes)]
}

/// What each mark of a page gives by its codes alone, soft hyphens taken out.
fn marked(pdf: &Pdf, index: usize) -> BTreeMap<i64, String> {
    let fonts = pdf.dictionary(pdf.dictionary(pdf.page(index), "Resources"), "Font");
    let (mut map, mut open, mut texts) = (Characters::default(), Vec::new(), BTreeMap::new());
    for operation in pdf.content(index).operations {
        match operation.operator.as_str() {
            "Tf" => {
                let font = pdf.resolve(fonts.get(operation.operands[0].as_name().unwrap()).unwrap());
                let stream = font.as_dict().unwrap().get(b"ToUnicode").unwrap();
                map = Characters::of(&pdf.text_of_stream(stream));
            }
            "BDC" => {
                let number = operation.operands[1].as_dict().and_then(|d| d.get(b"MCID"));
                open.push(number.and_then(Object::as_i64).ok());
                assert!(
                    open.len() == 1,
                    "marks are not nested: some programs end the outer one with the inner"
                );
            }
            "EMC" => drop(open.pop().expect("an open mark")),
            "TJ" => {
                let number = open.last().expect("all text is marked");
                let strings = operation.operands[0].as_array().unwrap().iter();
                let text: String = strings
                    .filter_map(|part| part.as_str().ok())
                    .flat_map(|string| map.codes(string))
                    .map(|code| map.text(code))
                    .collect();
                if let Some(number) = number {
                    texts.entry(*number).or_insert_with(String::new).push_str(&text.replace('\u{AD}', ""));
                }
            }
            "f" | "Do" => assert!(!open.is_empty(), "all that is painted is marked"),
            _ => {}
        }
    }
    assert!(open.is_empty());
    texts
}

/// The tree of a PDF.
struct Tree<'p> {
    pdf: &'p Pdf,
    texts: Vec<BTreeMap<i64, String>>,
    dump: String,
    /// Which element each mark and each annotation stands in.
    owners: BTreeMap<(ObjectId, i64), ObjectId>,
    annotations: BTreeMap<ObjectId, ObjectId>,
}

impl<'p> Tree<'p> {
    fn of(pdf: &'p Pdf) -> Self {
        let texts = (0..pdf.pages.len()).map(|index| marked(pdf, index)).collect();
        let (owners, annotations) = (BTreeMap::new(), BTreeMap::new());
        let mut tree = Self { pdf, texts, dump: String::new(), owners, annotations };
        let root = pdf.dictionary(pdf.catalogue(), "StructTreeRoot");
        tree.element(root.get(b"K").unwrap().as_reference().unwrap(), 0);
        tree
    }

    fn dictionary(&self, id: ObjectId) -> &'p Dictionary {
        self.pdf.document.get_dictionary(id).unwrap()
    }

    fn element(&mut self, id: ObjectId, depth: usize) {
        let element = self.dictionary(id);
        let tag = String::from_utf8_lossy(element.get(b"S").unwrap().as_name().unwrap());
        let _ = write!(self.dump, "{}{tag}", "  ".repeat(depth));
        for key in ["Alt", "Lang", "ID"] {
            if let Ok(value) = element.get(key.as_bytes()).and_then(Object::as_str) {
                let _ = write!(self.dump, " {key}={}", String::from_utf8_lossy(value));
            }
        }
        if let Ok(attributes) = element.get(b"A").and_then(Object::as_dict) {
            for key in ["Scope", "ListNumbering"] {
                if let Ok(value) = attributes.get(key.as_bytes()).and_then(Object::as_name) {
                    let _ = write!(self.dump, " {key}={}", String::from_utf8_lossy(value));
                }
            }
            if attributes.has(b"BBox") {
                self.dump.push_str(" boxed");
            }
        }
        self.dump.push('\n');
        let page = element.get(b"Pg").and_then(Object::as_reference).ok();
        let kids = match element.get(b"K") {
            Ok(Object::Array(kids)) => kids.iter().collect(),
            Ok(kid) => vec![kid],
            Err(_) => Vec::new(),
        };
        for kid in kids {
            match kid {
                Object::Integer(number) => self.content(id, page.unwrap(), *number, depth),
                Object::Dictionary(kid) if kid.has(b"MCID") => {
                    let page = kid.get(b"Pg").unwrap().as_reference().unwrap();
                    assert!(element.get(b"Pg").unwrap().as_reference().unwrap() != page);
                    self.content(id, page, kid.get(b"MCID").unwrap().as_i64().unwrap(), depth);
                }
                Object::Dictionary(kid) => {
                    let annotation = kid.get(b"Obj").unwrap().as_reference().unwrap();
                    let there = self.annotations.insert(annotation, id);
                    assert!(there.is_none() && tag == "Link");
                    let _ = writeln!(self.dump, "{}→", "  ".repeat(depth + 1));
                }
                kid => {
                    let kid = kid.as_reference().unwrap();
                    let parent = self.dictionary(kid).get(b"P").unwrap().as_reference().unwrap();
                    assert_eq!(parent, id);
                    self.element(kid, depth + 1);
                }
            }
        }
    }

    fn content(&mut self, element: ObjectId, page: ObjectId, number: i64, depth: usize) {
        let index = self.pdf.pages.iter().position(|id| *id == page).expect("a page");
        assert!(self.owners.insert((page, number), element).is_none(), "a mark stands in one element");
        if let Some(text) = self.texts[index].get(&number) {
            let _ = writeln!(self.dump, "{}“{text}”", "  ".repeat(depth + 1));
        }
    }

    /// The entries of the map from marks and annotations to elements.
    fn parents(&self) -> BTreeMap<i64, &'p Object> {
        let root = self.pdf.dictionary(self.pdf.catalogue(), "StructTreeRoot");
        let numbers = self.pdf.dictionary(root, "ParentTree").get(b"Nums").unwrap().as_array().unwrap();
        numbers.chunks(2).map(|pair| (pair[0].as_i64().unwrap(), &pair[1])).collect()
    }
}

const TEXT: &str = "# The chapter

Words with *stress*, a [link](https://example.org), `code` and a note.[^n]

> Quoted.

#### Deeper

1. First
2. Second
   - inner

| Head | More |
|---|---|
| a | b[^m] |

![What it shows](p.png \"The caption\")

    one line
    another

A word in [a verse]{lang=fr}\\
and its next line

---

The end.

[^n]: Its text.
[^m]: Of the cell.
";

#[test]
fn a_screen_reader_is_told_what_everything_is() {
    let [pdf, _] = pdfs("[design]\ntitle-page = false\ncontents = false\n", TEXT);
    let tree = Tree::of(&pdf);
    let text = tree.dump.split_once("    “The chapter”\n").expect("the chapter").1;
    let expected = "    P
      “Words with stress, a ”
      Link
        “link”
        →
      “, ”
      Code
        “code”
      “ and a note.”
      Reference
        Link
          “1”
          →
    Note ID=n000000
      Lbl
        Link
          “1”
          →
      P
        “Its text.”
    BlockQuote
      P
        “Quoted.”
    H2
      “Deeper”
    L ListNumbering=Decimal
      LI
        Lbl
          “1.”
        LBody
          P
            “First”
      LI
        Lbl
          “2.”
        LBody
          P
            “Second”
          L ListNumbering=Disc
            LI
              Lbl
                “–”
              LBody
                P
                  “inner”
    Table
      TR
        TH Scope=Column
          “Head”
        TH Scope=Column
          “More”
      TR
        TD
          “a”
        TD
          “b”
          Reference
            Link
              “2”
              →
    Note ID=n000001
      Lbl
        Link
          “2”
          →
      P
        “Of the cell.”
    Div
      Figure Alt=What it shows boxed
      Caption
        “The caption”
    P
      Code
        “one line”
        “another”
    P
      “A word in ”
      Span Lang=fr
        “a verse ”
      “and its next line”
    P
      “The end.”
";
    assert_eq!(text, expected, "\n{text}");
}

#[test]
fn every_mark_and_every_link_knows_its_element() {
    let [pdf, print] = pdfs("", TEXT);
    let tree = Tree::of(&pdf);
    let parents = tree.parents();
    let mut links = 0;
    for (index, id) in pdf.pages.iter().enumerate() {
        let page = pdf.page(index);
        let key = page.get(b"StructParents").unwrap().as_i64().unwrap();
        let owners = parents[&key].as_array().unwrap();
        assert_eq!(owners.len(), tree.owners.range((*id, 0)..=(*id, i64::MAX)).count());
        for (number, owner) in owners.iter().enumerate() {
            assert_eq!(owner.as_reference().unwrap(), tree.owners[&(*id, number as i64)]);
        }
        let Ok(annotations) = page.get(b"Annots") else { continue };
        assert_eq!(page.get(b"Tabs").unwrap().as_name().unwrap(), b"S");
        for annotation in pdf.resolve(annotations).as_array().unwrap() {
            let id = annotation.as_reference().unwrap();
            let annotation = pdf.document.get_dictionary(id).unwrap();
            let key = annotation.get(b"StructParent").unwrap().as_i64().unwrap();
            assert_eq!(parents[&key].as_reference().unwrap(), tree.annotations[&id]);
            assert!(!annotation.get(b"Contents").unwrap().as_str().unwrap().is_empty());
            links += 1;
        }
    }
    assert_eq!(links, tree.annotations.len());
    assert!(links >= 5);
    assert!(!print.catalogue().has(b"StructTreeRoot") && !print.catalogue().has(b"MarkInfo"));
}

#[test]
fn a_paragraph_over_two_pages_is_one() {
    let long =
        "This paragraph goes on for so long that no page can hold the whole of it at once. ".repeat(60);
    let [pdf, _] = pdfs("[design]\ntitle-page = false\n", &format!("# One\n\n{long}\n"));
    let tree = Tree::of(&pdf);
    let paragraphs: Vec<&str> = tree.dump.split("    P\n").skip(1).collect();
    let whole: Vec<_> = paragraphs.iter().filter(|p| p.contains("This paragraph")).collect();
    assert_eq!(whole.len(), 1, "{}", tree.dump);
    let said: String = whole[0].split(['“', '”']).skip(1).step_by(2).collect();
    let spaces = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(spaces(&said.replace("  ", " ")), spaces(&long));
}

#[test]
fn a_broken_word_is_copied_whole() {
    let text = "An extraordinarily straightforward internationalist characterisation of \
                self-determination and counterrevolutionary institutionalisation follows. "
        .repeat(12);
    let [pdf, print] = pdfs("[design]\npage = \"A6\"\n", &text);
    let copied: String = (0..pdf.pages.len()).map(|index| pdf.copied(index)).collect();
    let words = |text: &str| {
        text.matches("counterrevolutionary").count() + text.matches("self-determination").count()
    };
    assert_eq!(words(&copied), words(&text));
    let by_codes: String = (0..pdf.pages.len()).flat_map(|index| marked(&pdf, index).into_values()).collect();
    assert_eq!(words(&by_codes), words(&text), "the line breaker's hyphens are told from the author's");
    assert!(print.pages.len() > 1);
}

#[test]
fn print_files_are_gray_unless_colour_is_asked_for() {
    for (more, space, components) in [("", "DeviceGray", 1), ("[print]\ncolour = true\n", "DeviceRGB", 3)] {
        let [reading, print] = pdfs(more, TEXT);
        for (pdf, space, components) in [(&reading, "DeviceRGB", 3), (&print, space, components)] {
            let spaces: Vec<&[u8]> = pdf
                .document
                .objects
                .values()
                .filter_map(|object| object.as_stream().ok()?.dict.get(b"ColorSpace").ok()?.as_name().ok())
                .collect();
            assert_eq!(spaces, [space.as_bytes()]);
            let intents = pdf.catalogue().get(b"OutputIntents").unwrap().as_array().unwrap();
            let profile = pdf.resolve(intents[0].as_dict().unwrap().get(b"DestOutputProfile").unwrap());
            let profile = &profile.as_stream().unwrap().dict;
            assert_eq!(profile.get(b"N").unwrap().as_i64().unwrap(), components);
        }
        for stream in print.document.objects.values().filter_map(|object| object.as_stream().ok()) {
            if stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Form") {
                let content =
                    lopdf::content::Content::decode(&stream.decompressed_content().unwrap()).unwrap();
                for operation in content.operations {
                    assert!(
                        !["rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN", "sh"]
                            .contains(&operation.operator.as_str())
                    );
                    if operation.operator == "re" {
                        let thin = operation.operands[2..4]
                            .iter()
                            .map(|o| o.as_float().unwrap())
                            .fold(9.0, f32::min);
                        assert!(thin >= 0.25, "a rule of {thin} pt");
                    }
                }
            }
        }
    }
}
