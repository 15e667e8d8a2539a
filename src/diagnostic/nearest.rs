//! The nearest of some names to a mistyped one, for hints.

/// Looks for nearest names as long as that is cheap. A text with thousands of broken links has thousands of
/// findings, of which people read the first: the hints of those are worth the work, and no others.
#[derive(Debug)]
pub struct Hints {
    /// How many names may still be compared.
    left: usize,
}

/// Names compared for the hints of one booklet.
const MOST: usize = 100_000;

impl Default for Hints {
    fn default() -> Self {
        Self { left: MOST }
    }
}

impl Hints {
    /// The nearest name, if it is near and there is time to look for it.
    pub fn nearest<'a>(&mut self, wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
        if self.left == 0 {
            return None;
        }
        let mut seen = 0;
        let found = nearest(wanted, names.take(self.left).inspect(|_| seen += 1));
        self.left = self.left.saturating_sub(seen);
        found
    }
}

/// The nearest name, if it is near: at most a third of its letters differ.
pub fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = wanted.to_lowercase().chars().take(64).collect();
    let mut best: Option<(usize, &str)> = None;
    for name in names {
        // At least as many letters differ as one has more than the other; a capital has at most three.
        let count = name.chars().take(64).count();
        if count.abs_diff(wanted.len()) > (wanted.len().max(count) / 3).max(1) && name.is_ascii() {
            continue;
        }
        let letters: Vec<char> = name.to_lowercase().chars().take(64).collect();
        let limit = (wanted.len().max(letters.len()) / 3).max(1);
        let distance = distance(&wanted, &letters);
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// How many letters must be added, dropped, changed or swapped with the next (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut older = vec![0; b.len() + 1];
    let mut old: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut new = vec![i + 1; b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            new[j + 1] = (old[j] + usize::from(x != y)).min(new[j] + 1).min(old[j + 1] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                new[j + 1] = new[j + 1].min(older[j - 1] + 1);
            }
        }
        older = std::mem::replace(&mut old, new);
    }
    old[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant_and_nothing_far_fetched() {
        let keys = ["title", "subtitle", "language", "authors"];
        let near = |word| nearest(word, keys.into_iter());
        assert_eq!(near("titel"), Some("title"));
        assert_eq!(near("Author"), Some("authors"));
        assert_eq!(near("langage"), Some("language"));
        assert_eq!(near("colour"), None);
        assert_eq!(near(""), None);
    }

    #[test]
    fn hints_compare_no_more_names_than_are_worth_it() {
        let names: Vec<String> = (0..1000).map(|number| format!("heading-{number}")).collect();
        let mut hints = Hints::default();
        let mut compared = 0;
        for number in 0..10_000 {
            let wanted = format!("hading-{number}");
            let all = names.iter().map(String::as_str).inspect(|_| compared += 1);
            let near = hints.nearest(&wanted, all);
            assert!(number > 0 || near == Some("heading-0"), "{near:?}");
        }
        assert_eq!(compared, MOST);
    }
}
