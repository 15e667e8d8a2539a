//! The nearest of some names to a mistyped one, for hints.

/// The nearest name, if it is near: at most a third of its letters differ.
pub fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = wanted.to_lowercase().chars().take(64).collect();
    let mut best: Option<(usize, &str)> = None;
    for name in names {
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
}
