//! Known words as a list in prose, for hints.

/// Words as a list in prose: `“a”, “b” or “c”`.
pub fn list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|w| format!("“{w}”")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_like_prose() {
        assert_eq!(list(&["a"]), "“a”");
        assert_eq!(list(&["a", "b", "c"]), "“a”, “b” or “c”");
    }
}
