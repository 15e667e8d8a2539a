//! Languages, by their BCP 47 tags.
//!
//! Comes in: a tag (RFC 5646): `fr`, `pt-BR`, `az-Arab`. Goes out: a [`Language`], read once, so that everybody
//! who asks for the language itself, for its script, for the place where it is spoken or for the direction of its
//! writing gets the same answer. No other file takes a tag apart; what people write in a file is checked by
//! [`Language::parse`].

use std::fmt;
use std::sync::Arc;

/// A language, as it is written somewhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(Arc<Subtags>);

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Subtags {
    tag: String,
    primary: String,
    script: Option<String>,
    region: Option<String>,
}

/// Where lines of writing begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// At the left.
    LeftToRight,
    /// At the right.
    RightToLeft,
}

/// Longest tag that is read.
const LONGEST: usize = 60;

/// Names of languages that people write where a tag is wanted.
const NAMES: [(&str, &str); 30] = [
    ("arabic", "ar"),
    ("catalan", "ca"),
    ("chinese", "zh"),
    ("czech", "cs"),
    ("deutsch", "de"),
    ("dutch", "nl"),
    ("english", "en"),
    ("esperanto", "eo"),
    ("español", "es"),
    ("farsi", "fa"),
    ("français", "fr"),
    ("francais", "fr"),
    ("french", "fr"),
    ("german", "de"),
    ("greek", "el"),
    ("hebrew", "he"),
    ("italian", "it"),
    ("italiano", "it"),
    ("japanese", "ja"),
    ("kurdish", "ku"),
    ("polish", "pl"),
    ("polski", "pl"),
    ("portuguese", "pt"),
    ("português", "pt"),
    ("russian", "ru"),
    ("spanish", "es"),
    ("swedish", "sv"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
    ("česky", "cs"),
];

/// Scripts that are written from right to left (ISO 15924).
const RIGHT_TO_LEFT_SCRIPTS: [&str; 6] = ["Adlm", "Arab", "Hebr", "Nkoo", "Syrc", "Thaa"];

/// Languages that are, unless a tag names another script.
const RIGHT_TO_LEFT: [&str; 14] =
    ["ar", "ckb", "dv", "fa", "he", "iw", "ji", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"];

/// Why a text is not a tag, in words that help to mend it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoTag {
    /// It is a language's name; that has this tag.
    #[error("the tag of this language is \"{0}\"")]
    Name(&'static str),
    /// Its parts are joined by underscores; this is how it should be.
    #[error("tags have hyphens: \"{0}\"")]
    Underscores(String),
    /// It is not made of parts as tags are.
    #[error("a tag is two or three letters, then perhaps a region: \"en\", \"fr\", \"pt-BR\"")]
    Shape,
    /// Something has to follow.
    #[error("the tag ends too early")]
    Early,
}

impl Language {
    /// The language of a tag as people write it, which takes its usual case: `en`, `pt-BR`, `zh-Hant`.
    ///
    /// # Errors
    /// How to mend it.
    pub fn parse(tag: &str) -> Result<Self, NoTag> {
        let lower = tag.to_lowercase();
        if let Some((_, tag)) = NAMES.iter().find(|(name, _)| *name == lower) {
            return Err(NoTag::Name(tag));
        }
        if tag.contains('_') {
            return Err(NoTag::Underscores(tag.replace('_', "-")));
        }
        let mut parts = Vec::new();
        for (place, part) in lower.split('-').enumerate() {
            let alphabetic = part.bytes().all(|b| b.is_ascii_alphabetic());
            let sound = match place {
                0 => alphabetic && (2..=3).contains(&part.len()),
                _ => part.bytes().all(|b| b.is_ascii_alphanumeric()) && (1..=8).contains(&part.len()),
            };
            if !sound || tag.len() > LONGEST {
                return Err(NoTag::Shape);
            }
            // RFC 5646, 2.1.1: scripts are capitalised, regions in capitals, before any singleton.
            let early = place > 0 && !parts.iter().any(|p: &String| p.len() == 1);
            parts.push(match part.len() {
                4 if early && alphabetic => capitalised(part),
                2 if early && alphabetic => part.to_uppercase(),
                _ => part.to_owned(),
            });
        }
        if parts.last().is_some_and(|last| last.len() == 1) {
            return Err(NoTag::Early);
        }
        Ok(Self::from(parts.join("-").as_str()))
    }

    /// The whole tag, as files for machines have it.
    pub fn tag(&self) -> &str {
        &self.0.tag
    }

    /// The language itself without script, region and the like, in lower case: `pt` of `pt-BR`.
    pub fn primary(&self) -> &str {
        &self.0.primary
    }

    /// The script, capitalised, if the tag names one: `Arab` of `az-Arab`.
    pub fn script(&self) -> Option<&str> {
        self.0.script.as_deref()
    }

    /// The region in capitals or figures, if the tag names one: `BR` of `pt-BR`, `419` of `es-419`.
    pub fn region(&self) -> Option<&str> {
        self.0.region.as_deref()
    }

    /// Where its lines begin. A script that is named overrides what the language alone would say: `fa-Latn`.
    pub fn direction(&self) -> Direction {
        let right_to_left = match self.script() {
            Some(script) => RIGHT_TO_LEFT_SCRIPTS.contains(&script),
            None => RIGHT_TO_LEFT.contains(&self.primary()),
        };
        if right_to_left { Direction::RightToLeft } else { Direction::LeftToRight }
    }

    /// Whether lines begin at the right.
    pub fn right_to_left(&self) -> bool {
        self.direction() == Direction::RightToLeft
    }

    /// Whether a dotted i is another letter than a dotless one: a ligature would hide the dot.
    pub fn tells_i_by_its_dot(&self) -> bool {
        matches!(self.primary(), "tr" | "az" | "crh" | "kk" | "tt")
    }

    /// Whether what holds for this language holds for another: what holds for `en` does for `en-GB` (RFC 4647,
    /// 3.3.1).
    pub fn covers(&self, other: &Self) -> bool {
        let rest = other.tag().strip_prefix(self.tag());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }
}

/// A tag as it stands. Of one that is not well formed, the parts that can be told are read.
impl From<&str> for Language {
    fn from(tag: &str) -> Self {
        let mut parts = tag.split(['-', '_']);
        let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
        let letters = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
        // RFC 5646, 2.1: up to three extensions of the language, a script, a region; then variants, and after
        // a single letter what has rules of its own.
        let (mut script, mut region) = (None, None);
        for part in parts {
            match part.len() {
                3 if letters(part) && script.is_none() => {}
                4 if letters(part) && script.is_none() => script = Some(capitalised(part)),
                2 if letters(part) => region = Some(part.to_ascii_uppercase()),
                3 if part.bytes().all(|b| b.is_ascii_digit()) => region = Some(part.to_owned()),
                _ => break,
            }
            if region.is_some() {
                break;
            }
        }
        Self(Arc::new(Subtags { tag: tag.to_owned(), primary, script, region }))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// `arab` as `Arab`.
fn capitalised(part: &str) -> String {
    let lower = part.to_ascii_lowercase();
    lower[..1].to_ascii_uppercase() + &lower[1..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_take_their_usual_case() {
        let read = |tag: &str| Language::parse(tag).map(|language| language.tag().to_owned());
        assert_eq!(read("EN").as_deref(), Ok("en"));
        assert_eq!(read("pt-br").as_deref(), Ok("pt-BR"));
        assert_eq!(read("zh-hant-tw").as_deref(), Ok("zh-Hant-TW"));
        assert_eq!(read("en-x-us").as_deref(), Ok("en-x-us"));
        for (bad, hint) in [
            ("French", "\"fr\""),
            ("pt_BR", "\"pt-BR\""),
            ("e", "two or three"),
            ("en-", "two or"),
            ("", "two"),
        ] {
            assert!(read(bad).unwrap_err().to_string().contains(hint), "{bad}");
        }
    }

    #[test]
    fn parts_of_a_tag_are_told_by_their_form() {
        for (tag, primary, script, region) in [
            ("fr-CA", "fr", None, Some("CA")),
            ("DE", "de", None, None),
            ("az-Arab-IR", "az", Some("Arab"), Some("IR")),
            ("zh-yue-hant-hk", "zh", Some("Hant"), Some("HK")),
            ("es-419", "es", None, Some("419")),
            ("de-CH-1996", "de", None, Some("CH")),
            ("de-1901-CH", "de", None, None),
            ("en-x-us", "en", None, None),
            ("sl-rozaj", "sl", None, None),
            ("pt_br", "pt", None, Some("BR")),
            ("", "", None, None),
            ("-é-", "", None, None),
        ] {
            let language = Language::from(tag);
            let parts = (language.primary(), language.script(), language.region());
            assert_eq!(parts, (primary, script, region), "{tag}");
            assert_eq!(language.tag(), tag);
        }
    }

    #[test]
    fn a_script_that_is_named_overrides_the_direction_of_the_language() {
        for tag in ["ar-EG", "ku-Arab", "he", "iw", "ff-Adlm", "nqo"] {
            assert_eq!(Language::from(tag).direction(), Direction::RightToLeft, "{tag}");
        }
        for tag in ["fa-Latn", "ar-Deva", "en", "ku", "en-x-arab"] {
            assert_eq!(Language::from(tag).direction(), Direction::LeftToRight, "{tag}");
        }
    }

    #[test]
    fn a_language_covers_its_varieties() {
        let covers = |one: &str, other: &str| Language::from(one).covers(&other.into());
        assert!(covers("en", "en-GB") && covers("en", "en"));
        assert!(!covers("en-GB", "en") && !covers("en", "enm"));
    }

    #[test]
    fn no_other_file_takes_a_tag_apart() {
        let mut folders = vec![std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")];
        let mut read = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|ending| ending == "rs")
                    && !path.ends_with("src/language.rs")
                {
                    let code = std::fs::read_to_string(&path).expect("a file");
                    read += 1;
                    for sign in [
                        "tag().split",
                        "tag().starts_with",
                        "tag().ends_with",
                        "tag().strip",
                        "split(['-', '_'])",
                    ] {
                        assert!(!code.contains(sign), "{}: {sign}", path.display());
                    }
                }
            }
        }
        assert!(read > 100, "the code was not found");
    }
}
