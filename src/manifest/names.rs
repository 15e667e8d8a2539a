//! Names with rules: slugs, the roles of people.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest slug made from a title.
const LONGEST_SLUG: usize = 60;

/// The MARC relator words that a person's role may be, with their codes
/// (<https://www.loc.gov/marc/relators/>), sorted.
pub const ROLES: [(&str, &str); 32] = [
    ("annotator", "ann"),
    ("artist", "art"),
    ("author", "aut"),
    ("author of afterword", "aft"),
    ("author of introduction", "aui"),
    ("book designer", "bkd"),
    ("collaborator", "clb"),
    ("collector", "col"),
    ("commentator", "cmm"),
    ("compiler", "com"),
    ("contributor", "ctb"),
    ("copyright holder", "cph"),
    ("corrector", "crr"),
    ("cover designer", "cov"),
    ("designer", "dsr"),
    ("editor", "edt"),
    ("illustrator", "ill"),
    ("interviewee", "ive"),
    ("interviewer", "ivr"),
    ("narrator", "nrt"),
    ("photographer", "pht"),
    ("printer", "prt"),
    ("proofreader", "pfr"),
    ("publisher", "pbl"),
    ("redaktor", "red"),
    ("researcher", "res"),
    ("reviewer", "rev"),
    ("speaker", "spk"),
    ("transcriber", "trc"),
    ("translator", "trl"),
    ("typographer", "tyg"),
    ("writer of preface", "wpr"),
];

/// Classifications of subjects, by the names that EPUB registers for them (EPUB Subject Authorities).
pub const SCHEMES: [&str; 13] =
    ["AAT", "BIC", "BISAC", "CLC", "CLIL", "DDC", "EuroVoc", "LCSH", "MEDTOP", "NDC", "Thema", "UDC", "WGS"];

/// Whether a slug is safe as a file name everywhere.
pub fn is_slug(slug: &str) -> bool {
    let letters =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    slug.len() <= 80 && slug.split('-').all(letters) && !reserved(slug)
}

/// Names that Windows keeps for devices.
fn reserved(name: &str) -> bool {
    let device = |prefix| {
        name.strip_prefix(prefix).is_some_and(|n: &str| n.len() == 1 && n.as_bytes()[0].is_ascii_digit())
    };
    matches!(name, "con" | "prn" | "aux" | "nul") || device("com") || device("lpt")
}

/// A name or a path as systems see it that tell neither capitals nor composed letters apart.
pub fn folded(name: &str) -> String {
    // Up, then down: letters such as ſ and K (Kelvin) meet s and k.
    name.nfc().flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfc().collect()
}

/// A slug made from a title: letters without their accents, Greek and Cyrillic in Latin letters,
/// hyphens for all between. A title without any such letter gives `booklet`.
pub fn slug(title: &str) -> String {
    let mut slug = String::new();
    for c in title.chars().flat_map(char::to_lowercase).nfd().filter(|c| !is_combining_mark(*c)) {
        let latin = latin(c);
        match c {
            _ if c.is_ascii_alphanumeric() => slug.push(c),
            _ if !latin.is_empty() => slug.push_str(latin),
            'ъ' | 'ь' => {}
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
        if slug.len() > LONGEST_SLUG {
            break;
        }
    }
    if slug.len() > LONGEST_SLUG {
        // Cut between words, if that leaves enough to know it by.
        let whole = slug[..=LONGEST_SLUG].rfind('-').filter(|at| *at > LONGEST_SLUG / 3);
        slug.truncate(whole.unwrap_or(LONGEST_SLUG));
    }
    let slug = slug.trim_matches('-');
    if slug.is_empty() {
        "booklet".to_owned()
    } else if reserved(slug) {
        format!("{slug}-booklet")
    } else {
        slug.to_owned()
    }
}

/// Latin letters for a lower-case letter without marks; empty when there are none.
fn latin(c: char) -> &'static str {
    match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        'ħ' => "h",
        'α' | 'а' => "a",
        'β' | 'б' => "b",
        'γ' | 'г' | 'ґ' => "g",
        'δ' | 'д' => "d",
        'ε' | 'е' | 'э' => "e",
        'є' => "ie",
        'ζ' | 'з' => "z",
        'η' | 'ι' | 'и' | 'і' | 'ы' => "i",
        'θ' => "th",
        'κ' | 'к' => "k",
        'λ' | 'л' => "l",
        'μ' | 'м' => "m",
        'ν' | 'н' => "n",
        'ξ' => "x",
        'ο' | 'ω' | 'о' => "o",
        'π' | 'п' => "p",
        'ρ' | 'р' => "r",
        'σ' | 'ς' | 'с' => "s",
        'τ' | 'т' => "t",
        'υ' | 'у' => "u",
        'φ' | 'ф' => "f",
        'χ' | 'х' => "ch",
        'ψ' => "ps",
        'в' => "v",
        'ж' => "zh",
        'ц' => "ts",
        'ч' => "tch",
        'ш' => "sh",
        'щ' => "shch",
        'ю' => "yu",
        'я' => "ya",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_slugs() {
        for (title, expected) in [
            ("For a revolutionary anarchism", "for-a-revolutionary-anarchism"),
            (
                "Défendons tous les peuples, d’où qu’ils viennent !",
                "defendons-tous-les-peuples-d-ou-qu-ils-viennent",
            ),
            ("Straße & Œuvre — №5", "strasse-oeuvre-5"),
            ("Война и мир", "voina-i-mir"),
            ("Ἡ ἐλευθερία", "i-eleutheria"),
            ("自由", "booklet"),
            ("CON", "con-booklet"),
            ("  --  ", "booklet"),
        ] {
            assert_eq!(slug(title), expected);
            assert!(is_slug(&slug(title)), "{title}");
        }
        let long = slug(&"anarchy ".repeat(50));
        assert!(long.len() <= LONGEST_SLUG && long.ends_with("anarchy"));
        assert!(is_slug(&slug(&"щ".repeat(500))));
    }

    #[test]
    fn slugs_are_safe_file_names() {
        for bad in ["", "A", "a b", "a--b", "-a", "a-", "../a", "é", "nul", "com1", "a.b"] {
            assert!(!is_slug(bad), "{bad}");
        }
        assert!(is_slug("a-1"));
    }
}
