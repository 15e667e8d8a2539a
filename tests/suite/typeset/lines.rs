//! Lines of paragraphs: every word once and in order, edges straight, breaks where they belong.

use booklet::address::Address;
use booklet::diagnostic::{SourceId, Span};
use booklet::document::{Inline, InlineKind, NodeId, NoteCall, NoteId, Target};
use booklet::face::{FaceStyle, Faces, embedded};
use booklet::length::Length;
use booklet::typeset::frame::{Colour, Destination, Item, Owner, Run};
use booklet::typeset::inline::paragraph::{Alignment, Letterforms, Line, ParagraphSpec, Setting};
use booklet::typeset::inline::setter::Setter;

const TEXT: &str = "All that is required is a little good will and the firm resolve to do without masters: to \
    associate freely, to decide together, to federate from below, and to defend what has been built. Nobody \
    who has seen a strike committee at work, or a neighbourhood assembly that feeds four hundred people a \
    day, will say that ordinary people cannot run their own affairs; those who say so have seldom watched.";

fn spec() -> ParagraphSpec {
    ParagraphSpec {
        measure: Length::from_mm(116.0),
        first_indent: Length::ZERO,
        hang: Length::ZERO,
        align: Alignment::Justify,
        style: FaceStyle::default(),
        size: Length::from_pt(10.5),
        forms: Letterforms::default(),
        letter_space: 0,
        hyphenate: true,
        colour: Colour::BLACK,
    }
}

fn span() -> Span {
    Span { source: SourceId(0), start: 7, end: 9 }
}

fn inline(id: u32, kind: InlineKind) -> Inline {
    Inline { id: NodeId(id), span: span(), kind }
}

fn text(words: &str) -> Vec<Inline> {
    vec![inline(1, InlineKind::Text(words.to_owned()))]
}

fn set(inlines: &[Inline], spec: &ParagraphSpec) -> Setting {
    let marks = vec!["1".to_owned(), "2".to_owned()];
    let faces = embedded();
    Setter::new(&faces, &"en".into(), &[], &marks).set(inlines, NodeId(0), spec).best
}

fn runs(line: &Line) -> impl Iterator<Item = (Length, Owner, &Run)> {
    line.items.iter().filter_map(|placed| match &placed.item {
        Item::Run(run) => Some((placed.at.x, placed.owner, run)),
        _ => None,
    })
}

fn line_text(line: &Line) -> String {
    runs(line).map(|(_, _, run)| &*run.text).collect()
}

/// What a reader copies: hyphens that the breaker added close up, as U+00AD says.
fn read(setting: &Setting) -> String {
    setting.lines.iter().map(line_text).collect::<String>().replace('\u{ad}', "")
}

fn right_edge(line: &Line) -> Length {
    runs(line).map(|(x, _, run)| x + run.width).max().unwrap_or_default()
}

#[test]
fn every_word_is_set_once_and_in_order() {
    for align in [Alignment::Justify, Alignment::Start, Alignment::Center, Alignment::End] {
        for mm in [30.0, 60.0, 116.0, 500.0] {
            let spec = ParagraphSpec { align, measure: Length::from_mm(mm), ..spec() };
            assert_eq!(read(&set(&text(TEXT), &spec)), TEXT.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
}

#[test]
fn full_lines_fill_the_measure_to_the_unit() {
    let spec = spec();
    let setting = set(&text(TEXT), &spec);
    assert!(setting.lines.len() >= 4);
    let (last, full) = setting.lines.split_last().unwrap();
    for line in full {
        assert_eq!(line.width, spec.measure, "{}", line_text(line));
    }
    assert!(last.width < spec.measure);
}

#[test]
fn a_line_in_one_face_is_one_run_whose_glyphs_end_where_it_says() {
    let setting = set(&text(TEXT), &spec());
    let faces = embedded();
    for line in &setting.lines {
        assert_eq!(runs(line).count(), 1);
        for (_, owner, run) in runs(line) {
            assert_eq!(owner, Owner::Node(NodeId(0)));
            let last = run.glyphs.last().unwrap();
            let advance = Length::from_units(
                i64::from(faces.get(run.face).advance(last.id)),
                i64::from(faces.get(run.face).metrics.upem),
                run.size,
            );
            assert!((run.width - Length(i64::from(last.x)) - advance).abs() < Length::pt(1));
            assert!(
                run.glyphs
                    .windows(2)
                    .all(|pair| pair[0].cluster <= pair[1].cluster && pair[0].x <= pair[1].x)
            );
            assert!(run.glyphs.iter().all(|glyph| run.text.is_char_boundary(glyph.cluster as usize)));
            assert!((9_800..=10_200).contains(&run.stretch));
        }
    }
}

#[test]
fn marks_of_notes_stay_with_their_words_and_carry_their_notes() {
    for mm in 30..60 {
        let mut content = text("What matters is federation.");
        content.push(inline(2, InlineKind::NoteMark(NoteCall { note: NoteId(0), repeat: 0 })));
        content.push(inline(3, InlineKind::Text(" And federation again!”".to_owned())));
        content.push(inline(4, InlineKind::NoteMark(NoteCall { note: NoteId(1), repeat: 1 })));
        let spec = ParagraphSpec { measure: Length::from_mm(f64::from(mm)), ..spec() };
        let setting = set(&content, &spec);
        assert_eq!(read(&setting), "What matters is federation.1 And federation again!”2");
        for line in &setting.lines {
            let text = line_text(line);
            assert!(!text.starts_with(['1', '2']), "{text}");
            assert_eq!(line.notes, if text.contains('1') { vec![NoteId(0)] } else { vec![] });
            assert_eq!(line.items.iter().any(|p| p.item_is_link_to(NoteId(1))), text.contains('2'), "{text}");
        }
    }
}

trait IsLink {
    fn item_is_link_to(&self, note: NoteId) -> bool;
}
impl IsLink for booklet::typeset::frame::Placed {
    fn item_is_link_to(&self, note: NoteId) -> bool {
        matches!(&self.item, Item::Link { to: Destination::Note(id), .. } if *id == note)
    }
}

#[test]
fn links_have_a_live_area_on_every_line_they_touch() {
    let target = Target::Url(Address::new("https://example.org/").expect("an address"));
    let words = text(TEXT);
    let content = vec![inline(9, InlineKind::Link { target: target.clone(), content: words })];
    let setting = set(&content, &spec());
    for line in &setting.lines {
        let areas: Vec<_> = line
            .items
            .iter()
            .filter_map(|p| match &p.item {
                Item::Link { size, to: Destination::Target(to) } if *to == target => Some(size.width),
                _ => None,
            })
            .collect();
        assert_eq!(areas.len(), 1);
        assert!(areas[0] >= line.width, "{:?} {:?}", areas, line.width);
        assert!(runs(line).all(|(_, owner, _)| owner == Owner::Node(NodeId(9))));
    }
}

#[test]
fn addresses_break_at_their_joints_without_a_hyphen() {
    let url = "https://example.org/archive/the-whole-collection/of-pamphlets/1936/index.html";
    let spec = ParagraphSpec { measure: Length::from_mm(50.0), align: Alignment::Start, ..spec() };
    let setting = set(&text(&format!("See {url} for more.")), &spec);
    assert_eq!(read(&setting), format!("See {url} for more."));
    assert!(setting.lines.len() >= 3);
    for line in &setting.lines {
        assert!(!line.hyphenated);
        assert!(line.width <= spec.measure);
    }
}

#[test]
fn hard_breaks_end_lines_and_small_measures_do_not_hang() {
    let content = vec![
        inline(1, InlineKind::Text("One ".to_owned())),
        inline(2, InlineKind::Break),
        inline(3, InlineKind::Text(" two".to_owned())),
    ];
    let lines: Vec<_> = set(&content, &spec()).lines.iter().map(line_text).collect();
    assert_eq!(lines, ["One", "two"]);
    for measure in [Length(-5), Length::ZERO, Length(1), Length::pt(3), Length::MAX] {
        for size in [Length::ZERO, Length(1), Length::pt(10), Length::MAX] {
            let spec = ParagraphSpec { measure, size, ..spec() };
            assert_eq!(read(&set(&text("Two words"), &spec)), "Two words");
        }
    }
}

#[test]
fn hostile_texts_are_set_in_bounded_time() {
    let long_word = "x".repeat(200_000);
    assert_eq!(read(&set(&text(&long_word), &spec())), long_word);
    let many = "word ".repeat(30_000);
    assert!(set(&text(&many), &spec()).lines.len() > 1500);
    let spaces = " ".repeat(100_000);
    assert!(read(&set(&text(&spaces), &spec())).is_empty());
}

#[test]
fn a_character_that_no_face_has_is_reported_once() {
    let faces: std::sync::Arc<Faces> = embedded();
    let setter = Setter::new(&faces, &"en".into(), &[], &[]);
    setter.set(&text("a \u{12000} b \u{12000}"), NodeId(0), &spec());
    setter.set(&text("\u{12000} again"), NodeId(0), &spec());
    let findings = setter.findings();
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].code.0, "T02");
    assert!(findings[0].message.contains("U+12000"), "{}", findings[0].message);
    assert_eq!(findings[0].span, Some(span()));
}

#[test]
fn words_from_right_to_left_stand_in_visual_order() {
    let setting = set(&text("abc אבג דהו xyz"), &spec());
    assert_eq!(read(&setting), "abc אבג דהו xyz");
    let spots: Vec<_> = runs(&setting.lines[0]).map(|(x, _, run)| (x, run.text.to_string())).collect();
    let hebrew = spots.iter().find(|(_, text)| text.contains('א')).unwrap();
    let latin = spots.iter().find(|(_, text)| text.contains('x')).unwrap();
    assert!(hebrew.0 < latin.0);
    assert!(hebrew.1.contains("אבג דהו"), "{spots:?}");
}

#[test]
fn lines_from_right_to_left_begin_at_the_right_edge() {
    let words = "אבג דהו זחט יכל מנס עפצ קרש תאב ".repeat(30);
    let faces = embedded();
    let setter = Setter::new(&faces, &"he".into(), &[], &[]);
    for align in [Alignment::Start, Alignment::Justify] {
        let spec = ParagraphSpec { align, ..spec() };
        let lines = setter.set(&text(words.trim_end()), NodeId(0), &spec).best.lines;
        assert!(lines.len() > 4);
        for line in &lines {
            assert_eq!(right_edge(line), spec.measure, "the space at a line's end stands left of the words");
        }
    }
}

#[test]
fn short_texts_are_shortened_with_an_ellipsis() {
    let faces = embedded();
    let setter = Setter::new(&faces, &"en".into(), &[], &[]);
    let spec = ParagraphSpec { align: Alignment::Start, measure: Length::from_mm(40.0), ..spec() };
    let setting = setter.set_shortened("A title that is far too long for a head", Owner::Artefact, &spec);
    assert_eq!(setting.lines.len(), 1);
    let shown = line_text(&setting.lines[0]);
    assert!(shown.ends_with('…') && shown.starts_with("A title that"), "{shown}");
    assert!(right_edge(&setting.lines[0]) <= spec.measure);
    assert_eq!(line_text(&setter.set_shortened("Short", Owner::Artefact, &spec).lines[0]), "Short");
}

#[test]
fn code_keeps_its_spaces() {
    let faces = embedded();
    let setter = Setter::new(&faces, &"en".into(), &[], &[]);
    let spec = ParagraphSpec { forms: Letterforms { code: true, ..Letterforms::default() }, ..spec() };
    let setting = setter.set_code("fn main() {\n    a  b\n\n}\n", Owner::Artefact, &spec);
    let lines: Vec<_> = setting.lines.iter().map(line_text).collect();
    assert_eq!(lines, ["fn main() {", "    a  b", "", "}"]);
}

#[test]
fn a_heading_leaves_no_word_alone_in_its_last_line() {
    let words = "What is to be done when those who own the mills have closed them for good";
    let spec = ParagraphSpec { align: Alignment::Start, hyphenate: false, ..spec() };
    let faces = embedded();
    let setter = Setter::new(&faces, &"en".into(), &[], &[]);
    let width = setter.width(words, &spec);
    for share in [60, 51, 40, 34, 21] {
        let spec = ParagraphSpec { measure: width.scale(share, 100), ..spec };
        let (plain, level) = (set(&text(words), &spec), setter.set_level(&text(words), NodeId(0), &spec));
        assert_eq!(read(&level), words);
        assert_eq!(level.lines.len(), plain.lines.len(), "no line more, at {share} %");
        let shortest = |s: &Setting| s.lines.iter().map(|line| line.width).min().unwrap();
        assert!(shortest(&level) >= shortest(&plain), "at {share} %");
        let longest = level.lines.iter().map(|line| line.width).max().unwrap();
        assert!(longest - shortest(&level) < spec.size * 6, "lines of like length, at {share} %");
    }
}
