//! What each language wants.
//!
//! Sources: *Lexique des règles typographiques en usage à l'Imprimerie nationale* (French: a no-break space
//! inside guillemets and before the colon, a narrow one before `; ! ?`); *Guide du typographe* (Swiss French:
//! narrow spaces everywhere); *Le Ramat* (Canadian French: none before `; ! ?`); Duden, *Rechtschreibregeln*
//! (German); RAE, *Ortografía de la lengua española*; Мильчин, *Справочник издателя* (Russian); Ústav pro jazyk
//! český, *Internetová jazyková příručka*; *Słownik ortograficzny PWN*; *The Chicago Manual of Style* and
//! *New Hart's Rules* (English).

use super::stream::{NBSP, NNBSP};
use crate::language::Language;

/// A pair of quotation marks, and the space inside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks {
    pub open: char,
    pub close: char,
    pub space: Option<char>,
}

/// The rules of one language.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Which.
    language: Language,
    /// For a quotation.
    pub(super) primary: Marks,
    /// For a quotation in a quotation.
    pub(super) secondary: Marks,
    /// What single straight marks on their own become.
    pub(super) single: Marks,
    /// Space before `;`, `!`, `?`: none takes away what stands there.
    pub(super) before_high: Option<char>,
    /// Space before `:`.
    pub(super) before_colon: Option<char>,
    /// Whether a percent sign is set off from its number even if it was not.
    pub(super) percent_apart: bool,
    /// Whether digits are grouped by narrow spaces.
    pub(super) groups: bool,
    /// The dash between words, for ` - `.
    pub(super) dash: char,
    /// What `--` means.
    pub(super) double_hyphen: char,
    /// Words that may not end a line.
    pub(super) clinging: &'static [&'static str],
    /// Abbreviations that may not part from the number after them.
    pub(super) abbreviations: &'static [&'static str],
    /// Words that end in an apostrophe and join the next word without a space.
    pub(super) elisions: &'static [&'static str],
    /// Words that begin with an apostrophe.
    pub(super) clipped: &'static [&'static str],
}

const fn marks(open: char, close: char) -> Marks {
    Marks { open, close, space: None }
}

const fn spaced(open: char, close: char, space: char) -> Marks {
    Marks { open, close, space: Some(space) }
}

const ENGLISH: (Marks, Marks) = (marks('“', '”'), marks('‘', '’'));
const GERMAN: (Marks, Marks) = (marks('„', '“'), marks('‚', '‘'));
const LATIN: (Marks, Marks) = (marks('«', '»'), marks('“', '”'));
const SLAVIC: (Marks, Marks) = (marks('«', '»'), marks('„', '“'));
const SWISS: (Marks, Marks) = (marks('«', '»'), marks('‹', '›'));
const POLISH: (Marks, Marks) = (marks('„', '”'), marks('«', '»'));

impl Rules {
    /// Whether they are the rules of a language, by its primary subtag.
    pub(super) fn is(&self, primary: &str) -> bool {
        self.language.primary() == primary
    }

    /// The rules for a language. One that is not known gets English marks and no other change.
    pub fn of(written: &Language) -> Self {
        let language = written.primary();
        let region = written.region().unwrap_or("");
        let (primary, secondary) = quotation(language, region);
        let french = language == "fr";
        let (before_high, before_colon) = match (french, region) {
            (true, "CH") => (Some(NNBSP), Some(NNBSP)),
            (true, "CA") => (None, Some(NBSP)),
            (true, _) => (Some(NNBSP), Some(NBSP)),
            (false, _) => (None, None),
        };
        let single = match language {
            "fr" | "es" | "it" | "pt" | "el" | "ca" | "gl" if secondary.open == '“' => secondary,
            "de" | "cs" | "sk" | "pl" | "ru" | "uk" | "be" => secondary,
            _ if secondary.open == '‘' => secondary,
            _ => ENGLISH.1,
        };
        Self {
            primary,
            secondary,
            single,
            before_high,
            before_colon,
            percent_apart: french,
            groups: matches!(language, "fr" | "de" | "es" | "ru" | "cs" | "pl" | "uk" | "be" | "sk" | "bg"),
            dash: if matches!(language, "ru" | "uk" | "be" | "bg") { '—' } else { '–' },
            double_hyphen: match language {
                "ru" | "uk" | "be" | "bg" | "es" | "pt" | "gl" | "ca" => '—',
                _ => '–',
            },
            clinging: clinging(language),
            abbreviations: abbreviations(language),
            elisions: elisions(language),
            clipped: if language == "en" {
                &[
                    "tis", "twas", "twere", "twill", "em", "n", "cause", "til", "till", "round", "bout",
                    "neath", "cos", "gainst", "fraid", "nuff", "tisn", "twasn", "cept",
                ]
            } else {
                &[]
            },
            language: written.clone(),
        }
    }

    /// Whether a typographic mark opens (true) or closes (false), where the language leaves no doubt.
    pub(super) fn direction(&self, c: char) -> Option<bool> {
        let pairs = [self.primary, self.secondary];
        if pairs.iter().any(|pair| pair.open == pair.close && pair.open == c) {
            return None;
        }
        if pairs.iter().any(|pair| pair.open == c) {
            return Some(true);
        }
        if pairs.iter().any(|pair| pair.close == c) {
            return Some(false);
        }
        match c {
            // Where „…“ is the rule, books also set »…«: only the neighbours can tell.
            '«' | '»' | '‹' | '›' if self.primary.open == '„' => None,
            '“' | '‘' | '«' | '‹' | '„' | '‚' => Some(true),
            '”' | '’' | '»' | '›' => Some(false),
            _ => None,
        }
    }

    /// The space that belongs inside a typographic mark, if the language has a rule for that mark.
    pub(super) fn space_inside(&self, c: char) -> Option<char> {
        if self.is("fr") && matches!(c, '«' | '»' | '‹' | '›') {
            return self.primary.space;
        }
        None
    }
}

fn quotation(language: &str, region: &str) -> (Marks, Marks) {
    match (language, region) {
        ("fr", "CH") => (spaced('«', '»', NNBSP), spaced('‹', '›', NNBSP)),
        ("fr", _) => (spaced('«', '»', NBSP), marks('“', '”')),
        ("de" | "it", "CH" | "LI") => SWISS,
        ("de" | "cs" | "sk" | "sl" | "bg" | "lt" | "et" | "is" | "mk", _) => GERMAN,
        ("es", "" | "ES") | ("it" | "ca" | "gl" | "el" | "eu", _) => LATIN,
        ("pt", "BR") => ENGLISH,
        ("pt", _) => LATIN,
        ("ru" | "uk" | "be", _) => SLAVIC,
        ("pl" | "ro", _) => POLISH,
        ("hu", _) => (marks('„', '”'), marks('»', '«')),
        ("hr" | "sr" | "bs", _) => (marks('„', '”'), marks('‚', '’')),
        ("da", _) => (marks('»', '«'), marks('›', '‹')),
        ("nb" | "nn" | "no", _) => (marks('«', '»'), marks('‘', '’')),
        ("sv" | "fi", _) => (marks('”', '”'), marks('’', '’')),
        _ => ENGLISH,
    }
}

fn clinging(language: &str) -> &'static [&'static str] {
    match language {
        "cs" | "sk" => &["k", "s", "v", "z", "o", "u", "a", "i"],
        "pl" => &["w", "z", "o", "a", "i", "u"],
        "ru" => &["в", "к", "с", "у", "о", "и", "а", "я"],
        "uk" | "be" => &["в", "у", "з", "о", "і", "й", "а", "я"],
        _ => &[],
    }
}

fn abbreviations(language: &str) -> &'static [&'static str] {
    match language {
        "fr" => {
            &["n°", "nº", "no.", "p.", "pp.", "art.", "chap.", "fig.", "t.", "vol.", "§", "éd.", "n°s", "ch."]
        }
        "de" => &["nr.", "s.", "art.", "kap.", "abb.", "bd.", "§", "§§", "abs.", "anm."],
        "es" | "pt" | "gl" | "ca" => &[
            "n.º", "nº", "n°", "núm.", "p.", "pp.", "pág.", "págs.", "art.", "cap.", "fig.", "vol.", "t.",
            "§", "n.o",
        ],
        "it" => &["n.", "nn.", "p.", "pp.", "pag.", "art.", "cap.", "fig.", "vol.", "n°", "§"],
        "el" => &["αρ.", "σ.", "σελ.", "κεφ.", "εικ.", "τ.", "άρθ.", "§"],
        "ru" => &["№", "с.", "стр.", "гл.", "рис.", "т.", "ст.", "п.", "§", "вып."],
        "uk" | "be" | "bg" => &["№", "с.", "стр.", "гл.", "рис.", "т.", "ст.", "п.", "§"],
        "cs" | "sk" => &["č.", "s.", "str.", "kap.", "obr.", "čl.", "sv.", "r.", "§"],
        "pl" => &["nr", "s.", "str.", "rozdz.", "rys.", "art.", "t.", "ust.", "r.", "§"],
        _ => &["no.", "nos.", "p.", "pp.", "art.", "ch.", "chap.", "fig.", "vol.", "vols.", "§"],
    }
}

fn elisions(language: &str) -> &'static [&'static str] {
    match language {
        "fr" => &[
            "l", "d", "j", "m", "t", "s", "n", "c", "qu", "lorsqu", "puisqu", "jusqu", "quoiqu", "quelqu",
            "presqu",
        ],
        "it" => &[
            "l", "un", "d", "c", "dell", "nell", "all", "dall", "sull", "coll", "quell", "quest", "bell",
            "sant", "com", "dov", "nient", "tutt", "senz", "mezz", "gl",
        ],
        "ca" => &["l", "d", "n", "s", "m", "t"],
        _ => &[],
    }
}
