//! Orthography by language: real sentences in, the marks of the language's printers out. In what is expected
//! `~` is a no-break space and `_` a narrow one.

use booklet::document::orthography::apply_plain;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const LANGUAGES: &[&str] =
    &["en", "fr", "fr-CH", "fr-CA", "de", "de-CH", "es", "it", "pt", "el", "ru", "cs", "pl", "nl"];

fn visible(text: &str) -> String {
    text.replace('\u{a0}', "~").replace('\u{202f}', "_")
}

/// Every pair must hold; all that do not are shown at once.
fn check(language: &str, pairs: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (written, expected) in pairs {
        let set = visible(&apply_plain(written, &language.into()));
        if set != *expected {
            wrong.push(format!("written  {written}\nset      {set}\nexpected {expected}\n"));
        }
    }
    assert!(wrong.is_empty(), "{language}:\n{}", wrong.join("\n"));
}

#[test]
fn english() {
    check(
        "en",
        &[
            (
                r#"Why do you speak about "anarchist revolution" and what does it mean to you?"#,
                "Why do you speak about “anarchist revolution” and what does it mean to you?",
            ),
            (
                r#"(there is a "before" and "after" Yellow Vests - Gilets Jaunes- movement)"#,
                "(there is a “before” and “after” Yellow Vests~– Gilets Jaunes~– movement)",
            ),
            (
                r#"from "anti-terrorist" to "health-related" (without canceling the "anti-terrorist"  dimension)"#,
                "from “anti-terrorist” to “health-related” (without canceling the “anti-terrorist” dimension)",
            ),
            (
                r#"the integrating of the proletarians' struggles, that's to say"#,
                "the integrating of the proletarians’ struggles, that’s to say",
            ),
            (
                r#"very good book "Soulèvement (Uprising)" by Mirasol, which deals"#,
                "very good book “Soulèvement (Uprising)” by Mirasol, which deals",
            ),
            (
                r#"It can only lead "at best" to a form of self-managed capitalism."#,
                "It can only lead “at best” to a form of self-managed capitalism.",
            ),
            (
                r#""The land belongs to those who work it and live on it", we hear"#,
                "“The land belongs to those who work it and live on it”, we hear",
            ),
            (
                r#"a world  without  work,  without states...  This  world"#,
                "a world without work, without states… This world",
            ),
            (r#"“Coming from this "us", going beyond"#, "“Coming from this ‘us’, going beyond"),
            (
                r#"He said: "They cried 'No gods, no masters!' and left.""#,
                "He said: “They cried ‘No gods, no masters!’ and left.”",
            ),
            (r#"'Property,' he wrote, 'is "theft".'"#, "‘Property,’ he wrote, ‘is “theft”.’"),
            (
                "rock 'n' roll in the '90s, 'tis the workers' and don't you forget it",
                "rock ’n’ roll in the ’90s, ’tis the workers’ and don’t you forget it",
            ),
            (
                "Spain 1936-1939, pp. 12-15, 1936-39, Covid-19, 2022-11-01, 01-42-33-44, 555-1234, ISBN 978-2-1234",
                "Spain 1936–1939, pp.~12–15, 1936–39, Covid-19, 2022-11-01, 01-42-33-44, 555-1234, ISBN 978-2-1234",
            ),
            ("work --- all work -- is theft--mostly", "work~— all work~– is theft–mostly"),
            (
                "pre- and post-war, M. Bakunin and P. J. Proudhon",
                "pre- and post-war, M.~Bakunin and P.~J.~Proudhon",
            ),
            (r#"a 19" screen"#, "a 19″ screen"),
            (r#"the book («La malédiction»)"#, "the book («La malédiction»)"),
        ],
    );
}

#[test]
fn ranges_rise() {
    check(
        "en",
        &[
            ("1936-39, 1936-36, 1936-35, 1936-9, 1936-937", "1936–39, 1936-36, 1936-35, 1936-9, 1936–937"),
            ("123-24, 123-23, 123-4, 15-6, 15-16, 15-15", "123–24, 123-23, 123-4, 15-6, 15–16, 15-15"),
            ("9-10, 9-120, 60-120, 99-100, 120-80, 1-2", "9–10, 9-120, 60-120, 99–100, 120–80, 1–2"),
            ("p.12-15, .12-15, x12-15, 12-15x, 12-15.5", "p.12–15, .12-15, x12-15, 12-15x, 12-15.5"),
        ],
    );
}

#[test]
fn what_binds_may_have_marks_before_it() {
    check("pl", &[("((rozdz. 5, (((rozdz. 5, ((((rozdz. 5", "((rozdz.~5, (((rozdz. 5, ((((rozdz. 5")]);
    check("en", &[("A.B.C.D. Eff, (A.B.C.D. Eff", "A.B.C.D.~Eff, (A.B.C.D. Eff")]);
}

#[test]
fn elisions_join_every_vowel() {
    for vowel in "aeiouyhàâäáéèêëìíîïòóôöùúûüœæAÉŒH".chars() {
        let (fr, it) = (format!("l' {vowel}x, qu’ {vowel}x"), format!("dell' {vowel}x"));
        check("fr", &[(&fr, &format!("l’{vowel}x, qu’{vowel}x"))]);
        check("it", &[(&it, &format!("dell’{vowel}x"))]);
        check("ca", &[(&format!("d' {vowel}x"), &format!("d’{vowel}x"))]);
        check("en", &[(&format!("l' {vowel}x"), &format!("l’ {vowel}x"))]);
    }
    check("fr", &[("l' xa, aujourd' hui", "l’ xa, aujourd’ hui")]);
}

#[test]
fn french() {
    check(
        "fr",
        &[
            (
                r#"les groupes qui se réclament de l' " anarchisme " mais qui ne défendent plus"#,
                "les groupes qui se réclament de l’«~anarchisme~» mais qui ne défendent plus",
            ),
            (
                r#"l'impératif : " Pas de guerre, mais une lutte des classes ". "#,
                "l’impératif~: «~Pas de guerre, mais une lutte des classes~».",
            ),
            (
                r#"des classes dirigeantes de l' " Ouest " et de l' " Est ", dont la " soif de pouvoir " et qui"#,
                "des classes dirigeantes de l’«~Ouest~» et de l’«~Est~», dont la «~soif de pouvoir~» et qui",
            ),
            (
                r#"à la désertion etc. ; est " fondamental ", le Réseau"#,
                "à la désertion etc._; est «~fondamental~», le Réseau",
            ),
            (
                r#"chez nous comme à l'étranger ? Une guerre! Le danger est déjà là !"#,
                "chez nous comme à l’étranger_? Une guerre_! Le danger est déjà là_!",
            ),
            (
                r#"Association ( CAS ), Publication " Dezerter ", République"#,
                "Association (CAS), Publication «~Dezerter~», République",
            ),
            (r#"dans « l'espace » dominé par la Russie..."#, "dans «~l’espace~» dominé par la Russie…"),
            (
                r#"plus de 30 000 GazaouiEs (dont 70% de femmes), 1,8 million"#,
                "plus de 30_000 GazaouiEs (dont 70~% de femmes), 1,8 million",
            ),
            (r#"réfugié·es et d'où qu'ils viennent !"#, "réfugié·es et d’où qu’ils viennent_!"),
            (r#"Il dit : "Elle a crié "Non !" hier.""#, "Il dit~: «~Elle a crié “Non_!” hier.~»"),
            (r#"à 15h42, à 15:42, n° 5, p. 12"#, "à 15h42, à 15:42, n°~5, p.~12"),
            (r#"la guerre - la leur - continue"#, "la guerre –~la leur~– continue"),
            (r#"Quoi ?! Vraiment !!! (oui!)"#, "Quoi_?! Vraiment_!!! (oui_!)"),
            ("«Déjà» et “tel quel”", "«~Déjà~» et “tel quel”"),
        ],
    );
    check("fr-CH", &[(r#"l' "Ouest" : quoi ?"#, "l’«_Ouest_»_: quoi_?")]);
    check("fr-CA", &[(r#"l'"Ouest" : quoi ?"#, "l’«~Ouest~»~: quoi?")]);
}

#[test]
fn french_unclosed_quotation_with_others_inside() {
    let written = r#"" Que pouvons-nous faire concrètement, chez nous comme à l'étranger ? Rejeter collectivement leurs " intérêts nationaux ". Lier notre lutte. Tout ce que nous faisons entrave leur " état de guerre ". S'unir dans la solidarité : une victoire. Le danger est déjà là ! Affirme le document."#;
    let expected = "«~Que pouvons-nous faire concrètement, chez nous comme à l’étranger_? Rejeter collectivement leurs “intérêts nationaux”. Lier notre lutte. Tout ce que nous faisons entrave leur “état de guerre”. S’unir dans la solidarité~: une victoire. Le danger est déjà là_! Affirme le document.";
    check("fr", &[(written, expected)]);
}

#[test]
fn german() {
    check(
        "de",
        &[
            (
                r#"Er sagte: "Das ist 'Freiheit', sonst nichts.""#,
                "Er sagte: „Das ist ‚Freiheit‘, sonst nichts.“",
            ),
            (
                r#"Die "Freie Arbeiterunion" (FAU) - gegründet 1977 - ruft auf."#,
                "Die „Freie Arbeiterunion“ (FAU)~– gegründet 1977~– ruft auf.",
            ),
            (
                "Vor- und Nachteile, Kropotkins' Werk, so geht's nicht...",
                "Vor- und Nachteile, Kropotkins’ Werk, so geht’s nicht…",
            ),
            ("Nr. 5, S. 12-15, 70 %, 30 000 Menschen", "Nr.~5, S.~12–15, 70~%, 30_000 Menschen"),
            (r#""Wer sagt "nein"?", fragte sie."#, "„Wer sagt ‚nein‘?“, fragte sie."),
            ("»Schon gesetzt« bleibt, „auch so“ bleibt", "»Schon gesetzt« bleibt, „auch so“ bleibt"),
        ],
    );
    check("de-CH", &[(r#"Er sagte: "Das ist "Freiheit"!""#, "Er sagte: «Das ist ‹Freiheit›!»")]);
}

#[test]
fn spanish() {
    check(
        "es",
        &[
            (r#"Dijo: "La "propiedad" es un robo"."#, "Dijo: «La “propiedad” es un robo»."),
            (r#"¿"Qué hacer"? ¡"Nada"!"#, "¿«Qué hacer»? ¡«Nada»!"),
            (r#""¿Quién manda?", preguntó."#, "«¿Quién manda?», preguntó."),
            ("--Hola --dijo ella--, compañero.", "—Hola —dijo ella—, compañero."),
            ("La guerra de 1936-1939... y después", "La guerra de 1936–1939… y después"),
            ("núm. 5, pág. 12, 30 000 personas, 70 %", "núm.~5, pág.~12, 30_000 personas, 70~%"),
        ],
    );
    check("es-MX", &[(r#"la "autogestión""#, "la “autogestión”")]);
}

#[test]
fn italian() {
    check(
        "it",
        &[
            (r#"L'idea dell'"autogestione" non c'è..."#, "L’idea dell’«autogestione» non c’è…"),
            (
                r#"nell' "Ordine nuovo" si legge un po' di tutto"#,
                "nell’«Ordine nuovo» si legge un po’ di tutto",
            ),
            (r#"Disse: "Ho letto "Volontà" ieri"."#, "Disse: «Ho letto “Volontà” ieri»."),
            ("E. Malatesta, pag. 12, anni 1919-1920", "E.~Malatesta, pag.~12, anni 1919–1920"),
            ("gli anni '20 e l'idea - la nostra - vive", "gli anni ’20 e l’idea~– la nostra~– vive"),
            (r#"Perché "no"? Perché "sì"!"#, "Perché «no»? Perché «sì»!"),
        ],
    );
}

#[test]
fn portuguese() {
    check(
        "pt",
        &[
            (r#"A "ação direta" é nossa."#, "A «ação direta» é nossa."),
            (r#"Disse: "A "ordem" mata"."#, "Disse: «A “ordem” mata»."),
            ("n.º 5, pág. 12, 1910-1926", "n.º~5, pág.~12, 1910–1926"),
            ("copo-d'água, à espera...", "copo-d’água, à espera…"),
            ("-- Olá -- disse ela.", "—~Olá~— disse ela."),
            (r#"("livre", diz-se)"#, "(«livre», diz-se)"),
        ],
    );
    check("pt-BR", &[(r#"A "ação direta" é nossa."#, "A “ação direta” é nossa.")]);
}

#[test]
fn greek() {
    check(
        "el",
        &[
            (r#"Η "ελευθερία" δεν χαρίζεται."#, "Η «ελευθερία» δεν χαρίζεται."),
            (r#"Είπε: "Η λέξη "τάξη" πονά"."#, "Είπε: «Η λέξη “τάξη” πονά»."),
            ("απ' όλους, σ' εμάς, τ' όνομα...", "απ’ όλους, σ’ εμάς, τ’ όνομα…"),
            ("σελ. 12-15, 1936-1939", "σελ.~12–15, 1936–1939"),
            ("Τι κάνουμε ; Πολλά !", "Τι κάνουμε; Πολλά!"),
            ("ο αγώνας - ο δικός μας - συνεχίζεται", "ο αγώνας~– ο δικός μας~– συνεχίζεται"),
        ],
    );
}

#[test]
fn russian() {
    check(
        "ru",
        &[
            (r#"Он сказал: "Это слово "воля" живо"."#, "Он сказал: «Это слово „воля“ живо»."),
            (r#"Газета "Дезертир" - наша"#, "Газета «Дезертир»~— наша"),
            ("в Москве и в Киеве", "в~Москве и~в~Киеве"),
            ("если бы не он", "если~бы не он"),
            ("стр. 12-15, 1917-1921 гг., 30 000 человек", "стр.~12–15, 1917–1921 гг., 30_000 человек"),
            ("П. А. Кропоткин... писал", "П.~А.~Кропоткин… писал"),
        ],
    );
}

#[test]
fn czech() {
    check(
        "cs",
        &[
            (r#"Řekl: "To je 'svoboda' a nic víc.""#, "Řekl: „To je ‚svoboda‘ a~nic víc.“"),
            (r#"časopis "Existence" a noviny"#, "časopis „Existence“ a~noviny"),
            (
                "v Praze, k lidem, s námi, z toho, o tom, u nás",
                "v~Praze, k~lidem, s~námi, z~toho, o~tom, u~nás",
            ),
            ("str. 12-15, č. 5, 30 000 lidí", "str.~12–15, č.~5, 30_000 lidí"),
            ("válka - ta jejich - trvá...", "válka~– ta jejich~– trvá…"),
            (r#""Kdo řekl "ne"?" ptá se."#, "„Kdo řekl ‚ne‘?“ ptá se."),
        ],
    );
}

#[test]
fn polish() {
    check(
        "pl",
        &[
            (r#"Powiedział: "To jest "wolność" i tyle"."#, "Powiedział: „To jest «wolność» i~tyle”."),
            (r#"gazeta "Robotnik" z Warszawy"#, "gazeta „Robotnik” z~Warszawy"),
            ("w domu, z nami, o tym, a nie, i my, u nas", "w~domu, z~nami, o~tym, a~nie, i~my, u~nas"),
            ("s. 12-15, nr 5, 30 000 ludzi", "s.~12–15, nr~5, 30_000 ludzi"),
            ("wojna - ich wojna - trwa...", "wojna~– ich wojna~– trwa…"),
            (r#"("tak", powiedział)"#, "(„tak”, powiedział)"),
        ],
    );
}

#[test]
fn other_languages_get_marks_and_nothing_else() {
    check("nl", &[(r#"De "vrije" pers - de onze"#, "De “vrije” pers~– de onze")]);
    check("sv", &[(r#"Den "fria" pressen"#, "Den ”fria” pressen")]);
    check("xx", &[(r#"The "free" press"#, "The “free” press")]);
}

/// Letters and digits, in order, without what is between them.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// Text like people's: words, digits, every mark the rules know, spaces of all kinds.
fn prose() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zéЖλ]{1,4}",
        1 => "[0-9]{1,4}",
        4 => Just(" ".to_owned()),
        4 => "[\"'.,;:!?()\\[\\]%-]",
        1 => "[«»“”‘’„‚–—…\u{a0}\u{202f}°§]",
        1 => Just("l'".to_owned()),
        1 => Just("...".to_owned()),
        1 => Just(" - ".to_owned()),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Text as people write it, well or badly: marks hold on to words, with or without spaces.
fn sentences() -> impl Strategy<Value = String> {
    let before = prop_oneof![
        6 => Just(""), 1 => Just("\""), 1 => Just("\" "), 1 => Just("'"), 1 => Just("("), 1 => Just("( "), 1 => Just("«"),
        1 => Just("« "), 1 => Just("“"), 1 => Just("l'"), 1 => Just("l' "), 1 => Just("l' \" "), 1 => Just("„"), 1 => Just("¿"),
    ];
    let word = prop_oneof![4 => "[a-zéЖλ]{1,5}", 1 => "[0-9]{1,4}", 1 => "[0-9]{1,4}-[0-9]{1,4}", 1 => "[A-Z]\\.", 1 => Just("don't".to_owned())];
    let after = prop_oneof![
        6 => Just(""), 1 => Just("\""), 1 => Just(" \""), 1 => Just("'"), 1 => Just(")"), 1 => Just(" )"), 1 => Just("»"),
        1 => Just(" »"), 1 => Just("”"), 1 => Just("."), 1 => Just(","), 1 => Just(" !"), 1 => Just("?"), 1 => Just(" ; "),
        1 => Just(" :"), 1 => Just("..."), 1 => Just(".\""), 1 => Just("\"."), 1 => Just(" \"."), 1 => Just(" %"), 1 => Just("%"),
    ];
    let between = prop_oneof![8 => Just(" "), 1 => Just("  "), 1 => Just(" - "), 1 => Just(" -- "), 1 => Just("---"), 1 => Just("- "), 1 => Just("\u{a0}")];
    prop::collection::vec((before, word, after, between), 0..14)
        .prop_map(|parts| parts.into_iter().map(|(a, b, c, d)| format!("{a}{b}{c}{d}")).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, rng_seed: RngSeed::Fixed(1936), ..ProptestConfig::default() })]

    #[test]
    fn words_never_change(text in prose()) {
        for language in LANGUAGES {
            let set = apply_plain(&text, &(*language).into());
            prop_assert_eq!(letters(&set), letters(&text));
            prop_assert_eq!(words(&set), words(&text), "{}", language);
        }
    }

    #[test]
    fn no_straight_marks_are_left(text in prose()) {
        for language in LANGUAGES {
            let set = apply_plain(&text, &(*language).into());
            prop_assert!(!set.contains(['"', '\'']), "{} {}", language, set);
        }
    }

    #[test]
    fn what_is_set_stays_set(text in sentences()) {
        for language in LANGUAGES {
            let once = apply_plain(&text, &(*language).into());
            let twice = apply_plain(&once, &(*language).into());
            prop_assert_eq!(visible(&twice), visible(&once), "{}: {}", language, text);
        }
    }
}
