//! Files from strangers: unpacking them gives what booklet put in, or a clear no; never a path that leads
//! out of the folder, never a panic, never more than there is room for.

use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use booklet::diagnostic::Report;
use booklet::folder::Manuscript;
use booklet::reprint::{Unpacked, unpack, verify};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::pdf::reprint::build;

/// A ZIP file of these files.
fn zipped(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        writer.start_file(path.as_str(), SimpleFileOptions::default()).expect("an entry");
        writer.write_all(bytes).expect("an entry");
    }
    writer.finish().expect("a ZIP file").into_inner()
}

/// An EPUB that says that booklet made it, with these files as its sources.
pub fn carrier(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let package = b"<meta name=\"generator\" content=\"booklet\"/>".to_vec();
    zipped(&[
        ("mimetype".to_owned(), b"application/epub+zip".to_vec()),
        ("OEBPS/content.opf".to_owned(), package),
        ("OEBPS/sources.zip".to_owned(), zipped(files)),
    ])
}

/// What unpacking gives, or the code of why not.
fn unpacked(file: &[u8]) -> Result<Unpacked, &'static str> {
    let mut report = Report::new();
    unpack(file, "given", &mut report).ok_or_else(|| report.diagnostics()[0].code.0)
}

fn code(files: &[(&str, &str)]) -> &'static str {
    let files: Vec<_> =
        files.iter().map(|(path, words)| ((*path).to_owned(), words.as_bytes().to_vec())).collect();
    unpacked(&carrier(&files)).expect_err("a trick that works")
}

/// The EPUB and the reading PDF of the French sample.
fn samples() -> &'static [Vec<u8>; 2] {
    static MADE: OnceLock<[Vec<u8>; 2]> = OnceLock::new();
    MADE.get_or_init(|| {
        let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("booklets/reseau-anarchiste-internationaliste");
        let (mut made, _) = build(&home);
        [std::mem::take(&mut made[0].bytes), std::mem::take(&mut made[1].bytes)]
    })
}

#[test]
fn paths_that_lead_out_or_collide_are_refused() {
    for path in [
        "../evil",
        "a/../../evil",
        "/etc/evil",
        "\\evil",
        "C:/evil",
        "c:evil",
        "//server/evil",
        ".git/hooks/post-checkout",
        "NUL",
        "a/com1.txt",
        "evil.",
        "evil ",
        "e\u{202e}vil",
        "a\nb",
        "",
    ] {
        assert_eq!(code(&[("manifest.toml", ""), (path, "x")]), "R006", "{path:?}");
    }
    assert_eq!(code(&[("a.md", "x"), ("A.md", "y")]), "R006");
    assert_eq!(code(&[("é.md", "x"), ("e\u{301}.md", "y")]), "R006", "one name on a Mac");
    assert_eq!(code(&[("a", "x"), ("a/b", "y")]), "R006");
    assert_eq!(code(&[("manifest.toml", "title")]), "R005", "without a list");
    let list =
        "booklet 0.1.0\nmanifest: manifest.toml\n\n0000000000000000000000000000000000000000  manifest.toml\n";
    assert_eq!(code(&[("SOURCES.txt", list), ("manifest.toml", "title")]), "R005", "with a wrong sum");
}

/// What is damaged is named by its name, whoever chose that.
#[test]
fn a_damaged_file_of_any_name_is_told_in_one_short_line() {
    let name = format!("\u{1b}[31m{}", "long".repeat(4000));
    let mut inner = zipped(&[(name.clone(), b"words of a file".to_vec())]);
    let data = inner.windows(name.len()).position(|at| at == name.as_bytes()).expect("its name") + name.len();
    inner[data] ^= 0xff;
    let package = b"<meta name=\"generator\" content=\"booklet\"/>".to_vec();
    let file = zipped(&[("OEBPS/content.opf".to_owned(), package), ("OEBPS/sources.zip".to_owned(), inner)]);
    let mut report = Report::new();
    assert!(unpack(&file, "given", &mut report).is_none());
    let finding = &report.diagnostics()[0];
    assert_eq!(finding.code.0, "R005");
    assert!(finding.message.contains("[31mlong"), "{}", finding.message);
    assert!(
        finding.message.len() < 400 && !finding.message.contains(char::is_control),
        "{}",
        finding.message
    );
}

#[test]
fn bombs_do_not_go_off() {
    let start = Instant::now();
    // More than one file may be; a thousandth of it on the disk.
    let large = carrier(&[("manifest.toml".to_owned(), vec![0; (128 << 20) + 1])]);
    assert!(large.len() < 1 << 20);
    assert_eq!(unpacked(&large), Err("R007"));
    let many: Vec<_> = (0..6000).map(|number| (format!("{number}.md"), Vec::new())).collect();
    assert_eq!(unpacked(&carrier(&many)), Err("R007"));
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

/// Whoever changes one letter of a chapter and packs it well again is still found out.
#[test]
fn a_changed_chapter_in_an_epub_is_noticed() {
    let [epub, _] = samples();
    let mut book = ZipArchive::new(Cursor::new(epub)).expect("a ZIP file");
    let mut sources = Vec::new();
    std::io::copy(&mut book.by_name("OEBPS/sources.zip").expect("sources"), &mut sources).expect("bytes");
    let mut inner = ZipArchive::new(Cursor::new(sources)).expect("a ZIP file");
    let names: Vec<String> = inner.file_names().map(str::to_owned).collect();
    let mut files = Vec::new();
    for name in names {
        let mut bytes = Vec::new();
        std::io::copy(&mut inner.by_name(&name).expect("a file"), &mut bytes).expect("bytes");
        if name.ends_with("creation.md") {
            bytes[40] ^= 1;
        }
        files.push((name, bytes));
    }
    assert_eq!(unpacked(&carrier(&files)), Err("R005"));
}

/// Nothing of a PDF can be changed unnoticed, page or attachment: its identity is its sum.
#[test]
fn a_byte_changed_anywhere_in_a_pdf_is_noticed() {
    let [_, pdf] = samples();
    let whole = unpacked(pdf).expect("sources");
    let tail = pdf.windows(9).rposition(|w| w == b"startxref").expect("an end");
    let cross: usize = String::from_utf8_lossy(&pdf[tail + 9..])
        .trim()
        .lines()
        .next()
        .expect("a number")
        .parse()
        .expect("a number");
    for at in (20..cross).step_by(pdf.len() / 150) {
        let mut changed = pdf.clone();
        changed[at] ^= 1;
        assert_eq!(unpacked(&changed), Err("R005"), "byte {at} of {}", pdf.len());
    }
    for at in cross..pdf.len() {
        let mut changed = pdf.clone();
        changed[at] ^= 1;
        if let Ok(found) = unpacked(&changed) {
            assert!(found == whole, "byte {at}");
        }
    }
    let longer = [pdf.as_slice(), b"\n1 0 obj\n<</Evil true>>\nendobj\n"].concat();
    assert!(
        unpacked(&longer).is_ok_and(|found| found == whole),
        "what stands behind the end is not looked at"
    );
}

#[test]
fn a_pdf_that_another_program_saved_is_not_taken_for_ours() {
    let [_, pdf] = samples();
    let mut document = lopdf::Document::load_mem(pdf).expect("a PDF");
    let mut plain = Vec::new();
    document.save_to(&mut plain).expect("a PDF");
    assert!(matches!(unpacked(&plain), Err("R003" | "R005")));
    let mut modern = Vec::new();
    document.save_modern(&mut modern).expect("a PDF");
    assert!(matches!(unpacked(&modern), Err("R003" | "R005")));
}

/// Pages that are their own parents, lists without end, numbers that all stand for one object.
#[test]
fn pdfs_that_bite_their_tail_end_soon() {
    let start = Instant::now();
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("booklets/reseau-anarchiste-internationaliste");
    for body in [
        "1 0 obj\n<</Producer(booklet)/Root 1 0 R/AF 1 0 R/Pages 1 0 R/Kids[1 0 R 1 0 R 1 0 R]>>\nendobj\n"
            .to_owned(),
        format!("1 0 obj\n{}\nendobj\n", "[".repeat(1 << 20)),
        "1 0 obj\n1 0 R\nendobj\n".to_owned(),
        format!("1 0 obj\n<</Producer(booklet)/AF[{}]>>\nendobj\n", "1 0 R ".repeat(4000)),
    ] {
        let file = pdf_of(&body);
        assert!(unpacked(&file).is_err());
        let found = verify(&file, "given.pdf", &Manuscript::on_disk(&manifest), &mut Report::new());
        assert!(matches!(found, Some(booklet::reprint::Verdict::Differs { .. })), "{found:?}");
    }
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

/// One picture under many names is counted as often as it stands there, and never held more than once.
#[test]
fn a_picture_under_six_hundred_names_is_more_than_any_booklet() {
    let picture = vec![b'p'; 1 << 20];
    let bomb = |names: usize| {
        let names: String = (0..names).map(|name| format!("/P{name} 1 0 R")).collect();
        let head = format!(
            "1 0 obj\n<</Producer(booklet)/Pages 1 0 R/MediaBox[0 0 1 1]/Resources 1 0 R/XObject<<{names}>>/Length {}>>\nstream\n",
            picture.len()
        );
        pdf_of_bytes(&[head.as_bytes(), &picture, b"\nendstream\nendobj\n"].concat())
    };
    let file = bomb(400);
    let parts = booklet::pdf::parts::take_apart(&file).expect("parts");
    assert_eq!(parts.pictures.len(), 400);
    let places: std::collections::BTreeSet<_> = parts.pictures.iter().map(|p| p.as_ptr()).collect();
    assert_eq!(places.len(), 1, "a copy for each name");
    let file = bomb(600);
    let found = booklet::pdf::parts::take_apart(&file).map(|parts| parts.pictures.len());
    assert_eq!(found, Err(booklet::sources::Unreadable::TooMuch));
}

/// A PDF of one object that is everything, in the shape that booklet writes.
fn pdf_of(body: &str) -> Vec<u8> {
    pdf_of_bytes(body.as_bytes())
}

fn pdf_of_bytes(body: &[u8]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let first = u16::try_from(file.len()).expect("short").to_be_bytes();
    file.extend_from_slice(body);
    let cross = file.len();
    let rows = [2, 0, 0, 0, 0, 2, 1, first[0], first[1], 0];
    let id: String =
        sha1_smol::Sha1::from(&file).digest().bytes()[..16].iter().map(|b| format!("{b:02x}")).collect();
    let head = format!(
        "2 0 obj\n<</Type/XRef/Size 3/W[1 2 1]/Root 1 0 R/Info 1 0 R/ID[<{id}><{id}>]/DecodeParms<<>>/Length {}>>\nstream\n",
        rows.len()
    );
    file.extend_from_slice(head.as_bytes());
    file.extend_from_slice(&rows);
    file.extend_from_slice(format!("\nendstream\nendobj\nstartxref\n{cross}\n%%EOF\n").as_bytes());
    file
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, rng_seed: RngSeed::Fixed(1936), ..ProptestConfig::default() })]

    /// However a file is damaged: what comes out is what went in, or nothing.
    #[test]
    fn damaged_files_give_all_or_nothing(
        kind in 0_usize..2,
        harm in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in proptest::option::of(any::<prop::sample::Index>()),
    ) {
        let whole = &samples()[kind];
        let mut file = whole.clone();
        for (at, byte) in harm {
            let at = at.index(file.len());
            file[at] = byte;
        }
        if let Some(cut) = cut {
            file.truncate(cut.index(file.len()) + 1);
        }
        if let Ok(found) = unpacked(&file) {
            prop_assert!(found == unpacked(whole).expect("sources"));
        }
    }
}
