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
/// Letters of a name that are compared.
const LONGEST: usize = 64;

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
    let wanted = lowered(wanted);
    let length = wanted.chars().count();
    let mut best: Option<(usize, &str)> = None;
    for name in names {
        // At least as many letters differ as one has more than the other; a capital has at most three.
        let count = name.chars().take(LONGEST).count();
        if count.abs_diff(length) > limit(length, count) && name.is_ascii() {
            continue;
        }
        let name_lowered = lowered(name);
        // Letters added, dropped, changed or swapped with the next.
        let distance = strsim::osa_distance(&wanted, &name_lowered);
        let near = distance <= limit(length, name_lowered.chars().count());
        if near && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// A name as it is compared: in lower case, and no more of it than the time for it allows.
fn lowered(name: &str) -> String {
    name.to_lowercase().chars().take(LONGEST).collect()
}

/// How many letters may differ in names of these lengths.
fn limit(one: usize, other: usize) -> usize {
    (one.max(other) / 3).max(1)
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
