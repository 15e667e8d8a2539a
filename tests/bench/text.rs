//! The texts that are timed: made from the interview in `booklets`, its paragraphs and sentences drawn over
//! and over by a fixed sequence, with a note every three paragraphs or so. So every run on every machine
//! sets the same text.

use std::fs;
use std::path::{Path, PathBuf};

/// The interview itself.
pub fn sample() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("booklets/for-a-revolutionary-anarchism")
}

/// The interview's paragraphs, without marks, lists, quotations and notes.
pub fn paragraphs() -> Vec<String> {
    let mut found = Vec::new();
    for file in ["why.md", "out-of-reach.md", "force.md", "municipalism.md", "industry.md"] {
        let text = fs::read_to_string(sample().join(file)).expect("a chapter of the interview");
        for line in text.lines().filter(|l| !l.is_empty() && !l.starts_with(['#', '-', '>', '['])) {
            let mut plain = String::new();
            for (index, piece) in line.split("[^").enumerate() {
                plain.push_str(if index == 0 { piece } else { piece.split_once(']').map_or("", |p| p.1) });
            }
            found.push(plain);
        }
    }
    found
}

/// Words of some texts.
pub fn count(texts: &[String]) -> usize {
    texts.iter().map(|t| t.split_whitespace().count()).sum()
}

/// A fixed sequence of numbers (a linear congruential generator, Knuth's MMIX constants).
struct Sequence(u64);

impl Sequence {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound
    }
}

/// Writes a booklet of about so many words; gives its manifest and the number of its words.
pub fn generate(folder: &Path, size: usize) -> (PathBuf, usize) {
    let whole = paragraphs();
    let sentences: Vec<String> = whole
        .iter()
        .flat_map(|p| p.split_inclusive(". "))
        .map(|s| s.trim().to_owned())
        .filter(|s| (20..400).contains(&s.len()))
        .collect();
    let mut sequence = Sequence(7);
    let home = folder.join(format!("long-{size}"));
    fs::create_dir_all(&home).expect("a folder for the text");
    let (mut words, mut chapters, mut notes) = (0, Vec::new(), 0);
    while words < size {
        let (mut text, mut defined) = (format!("# Part {}\n\n", chapters.len() + 1), String::new());
        for _ in 0..22 + sequence.below(12) {
            let mut paragraph = if sequence.below(100) < 45 {
                whole[sequence.below(whole.len())].clone()
            } else {
                let some = 1 + sequence.below(8);
                (0..some)
                    .map(|_| sentences[sequence.below(sentences.len())].clone())
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            words += paragraph.split_whitespace().count();
            if sequence.below(3) == 0 {
                notes += 1;
                paragraph.push_str(&format!("[^{notes}]"));
                let note = &sentences[sequence.below(sentences.len())];
                words += note.split_whitespace().count();
                defined.push_str(&format!("[^{notes}]: {note}\n\n"));
            }
            text.push_str(&paragraph);
            text.push_str("\n\n");
            if words >= size {
                break;
            }
        }
        let name = format!("part-{:03}.md", chapters.len() + 1);
        fs::write(home.join(&name), text + &defined).expect("a chapter");
        chapters.push(format!("\"{name}\""));
    }
    let manifest = format!(
        "title = \"A long text\"\nlanguage = \"en\"\nslug = \"long-{size}\"\nchapters = [{}]\n",
        chapters.join(", ")
    );
    let path = home.join("manifest.toml");
    fs::write(&path, manifest).expect("a manifest");
    (path, words)
}
