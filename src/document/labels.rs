//! The words that a booklet adds to its text, in the booklet's language.
//!
//! Comes in: a language. Goes out: [`Labels`]: “Contents”, “Notes”, what the imprint says. Both back
//! ends take them from here, so that the EPUB and the PDF use the same words. A language that is not
//! listed gets English.

use crate::language::Language;

/// Words added to the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Labels {
    /// Heading of the contents.
    pub contents: &'static str,
    /// Heading of the notes.
    pub notes: &'static str,
    /// One note, for a screen reader.
    pub note: &'static str,
    /// The front cover.
    pub cover: &'static str,
    /// The back cover.
    pub back_cover: &'static str,
    /// The title page.
    pub title_page: &'static str,
    /// The page that says who made the booklet.
    pub imprint: &'static str,
    /// Name of the text itself among the landmarks.
    pub text: &'static str,
    /// Name of the list of pages.
    pub pages: &'static str,
    /// What a link from a note to its mark does.
    pub back_to_text: &'static str,
    /// Before the name of a translator, and so on: each stands before a colon.
    pub translation: &'static str,
    /// Before an editor's name.
    pub editing: &'static str,
    /// Before an illustrator's or photographer's name.
    pub illustrations: &'static str,
    /// Before the name of who designed cover or pages.
    pub design: &'static str,
    /// Before the name of a contributor in any other role.
    pub with: &'static str,
    /// After some of many names, for the rest of them.
    pub others: &'static str,
    /// Before where the text comes from.
    pub source: &'static str,
    /// A table, for a screen reader.
    pub table: &'static str,
    /// Before the name of the face that the text is set in.
    pub typeface: &'static str,
    /// What a copy costs that is given away.
    pub free: &'static str,
    /// Between such a word and what follows it.
    pub colon: &'static str,
    /// Accessibility summary of a text without pictures.
    pub summary: &'static str,
    /// Sentence added to the summary when there are pictures.
    pub summary_pictures: &'static str,
    /// Sentence added to the summary when the printed pages are marked.
    pub summary_pages: &'static str,
}

impl Labels {
    /// The words for a language, by its primary subtag.
    pub fn of(language: &Language) -> &'static Self {
        match language.primary() {
            "fr" => &FRENCH,
            "de" => &GERMAN,
            "es" => &SPANISH,
            "it" => &ITALIAN,
            "pt" => &PORTUGUESE,
            "el" => &GREEK,
            "ru" => &RUSSIAN,
            "cs" => &CZECH,
            "pl" => &POLISH,
            _ => &ENGLISH,
        }
    }

    /// The word for a contributor's role, as MARC names it.
    pub fn role(&self, role: &str) -> &'static str {
        match role {
            "translator" | "trl" => self.translation,
            "editor" | "edt" | "compiler" | "com" => self.editing,
            "illustrator" | "ill" | "photographer" | "pht" | "artist" | "art" => self.illustrations,
            "designer" | "dsr" | "book designer" | "bkd" | "cover designer" | "cov" => self.design,
            _ => self.with,
        }
    }
}

const ENGLISH: Labels = Labels {
    contents: "Contents",
    notes: "Notes",
    note: "Note",
    cover: "Cover",
    back_cover: "Back cover",
    title_page: "Title page",
    imprint: "Imprint",
    text: "Text",
    pages: "Pages",
    back_to_text: "Back to the text",
    translation: "Translation",
    editing: "Editing",
    illustrations: "Illustrations",
    design: "Design",
    with: "With",
    others: "and others",
    source: "Source",
    table: "Table",
    typeface: "Typeface",
    free: "Free",
    colon: ": ",
    summary: "The text flows freely, has headings and contents that can be navigated, and links every note \
              both ways.",
    summary_pictures: "Pictures that carry meaning are described in words.",
    summary_pages: "Page numbers are those of the printed pages.",
};

const FRENCH: Labels = Labels {
    contents: "Sommaire",
    notes: "Notes",
    note: "Note",
    cover: "Couverture",
    back_cover: "Quatrième de couverture",
    title_page: "Page de titre",
    imprint: "Mentions légales",
    text: "Texte",
    pages: "Pages",
    back_to_text: "Retour au texte",
    translation: "Traduction",
    editing: "Édition",
    illustrations: "Illustrations",
    design: "Maquette",
    with: "Avec",
    others: "et d’autres",
    source: "Source",
    table: "Tableau",
    typeface: "Caractères",
    free: "Gratuit",
    colon: "\u{a0}: ",
    summary: "Le texte se redispose librement, ses titres et son sommaire permettent de s’y déplacer, et \
              chaque note est liée dans les deux sens.",
    summary_pictures: "Les images porteuses de sens sont décrites par des mots.",
    summary_pages: "Les numéros de page sont ceux des pages imprimées.",
};

const GERMAN: Labels = Labels {
    contents: "Inhalt",
    notes: "Anmerkungen",
    note: "Anmerkung",
    cover: "Umschlag",
    back_cover: "Rückseite",
    title_page: "Titelseite",
    imprint: "Impressum",
    text: "Text",
    pages: "Seiten",
    back_to_text: "Zurück zum Text",
    translation: "Übersetzung",
    editing: "Redaktion",
    illustrations: "Abbildungen",
    design: "Gestaltung",
    with: "Mit",
    others: "und andere",
    source: "Quelle",
    table: "Tabelle",
    typeface: "Schrift",
    free: "Kostenlos",
    colon: ": ",
    summary: "Der Text passt sich frei an, Überschriften und Inhalt sind ansteuerbar, und jede Anmerkung \
              ist in beide Richtungen verlinkt.",
    summary_pictures: "Bilder, die etwas bedeuten, sind in Worten beschrieben.",
    summary_pages: "Die Seitenzahlen sind die der gedruckten Seiten.",
};

const SPANISH: Labels = Labels {
    contents: "Índice",
    notes: "Notas",
    note: "Nota",
    cover: "Cubierta",
    back_cover: "Contracubierta",
    title_page: "Portada",
    imprint: "Créditos",
    text: "Texto",
    pages: "Páginas",
    back_to_text: "Volver al texto",
    translation: "Traducción",
    editing: "Edición",
    illustrations: "Ilustraciones",
    design: "Diseño",
    with: "Con",
    others: "y otros",
    source: "Fuente",
    table: "Tabla",
    typeface: "Tipografía",
    free: "Gratis",
    colon: ": ",
    summary: "El texto se adapta libremente, los títulos y el índice permiten navegar por él, y cada nota \
              está enlazada en ambos sentidos.",
    summary_pictures: "Las imágenes con significado se describen con palabras.",
    summary_pages: "Los números de página son los de las páginas impresas.",
};

const ITALIAN: Labels = Labels {
    contents: "Indice",
    notes: "Note",
    note: "Nota",
    cover: "Copertina",
    back_cover: "Quarta di copertina",
    title_page: "Frontespizio",
    imprint: "Colophon",
    text: "Testo",
    pages: "Pagine",
    back_to_text: "Torna al testo",
    translation: "Traduzione",
    editing: "Cura",
    illustrations: "Illustrazioni",
    design: "Grafica",
    with: "Con",
    others: "e altri",
    source: "Fonte",
    table: "Tabella",
    typeface: "Carattere",
    free: "Gratuito",
    colon: ": ",
    summary: "Il testo si adatta liberamente, titoli e indice sono navigabili e ogni nota è collegata nei \
              due sensi.",
    summary_pictures: "Le immagini significative sono descritte a parole.",
    summary_pages: "I numeri di pagina sono quelli delle pagine stampate.",
};

const PORTUGUESE: Labels = Labels {
    contents: "Índice",
    notes: "Notas",
    note: "Nota",
    cover: "Capa",
    back_cover: "Contracapa",
    title_page: "Página de rosto",
    imprint: "Ficha técnica",
    text: "Texto",
    pages: "Páginas",
    back_to_text: "Voltar ao texto",
    translation: "Tradução",
    editing: "Edição",
    illustrations: "Ilustrações",
    design: "Design",
    with: "Com",
    others: "e outros",
    source: "Fonte",
    table: "Tabela",
    typeface: "Tipo de letra",
    free: "Gratuito",
    colon: ": ",
    summary: "O texto adapta-se livremente, os títulos e o índice são navegáveis e cada nota está ligada \
              nos dois sentidos.",
    summary_pictures: "As imagens com significado são descritas por palavras.",
    summary_pages: "Os números de página são os das páginas impressas.",
};

const GREEK: Labels = Labels {
    contents: "Περιεχόμενα",
    notes: "Σημειώσεις",
    note: "Σημείωση",
    cover: "Εξώφυλλο",
    back_cover: "Οπισθόφυλλο",
    title_page: "Σελίδα τίτλου",
    imprint: "Στοιχεία έκδοσης",
    text: "Κείμενο",
    pages: "Σελίδες",
    back_to_text: "Επιστροφή στο κείμενο",
    translation: "Μετάφραση",
    editing: "Επιμέλεια",
    illustrations: "Εικονογράφηση",
    design: "Σχεδιασμός",
    with: "Με",
    others: "και άλλοι",
    source: "Πηγή",
    table: "Πίνακας",
    typeface: "Γραμματοσειρά",
    free: "Δωρεάν",
    colon: ": ",
    summary: "Το κείμενο αναδιατάσσεται ελεύθερα, έχει επικεφαλίδες και περιεχόμενα για πλοήγηση, και κάθε \
              σημείωση συνδέεται και προς τις δύο κατευθύνσεις.",
    summary_pictures: "Οι εικόνες που έχουν νόημα περιγράφονται με λόγια.",
    summary_pages: "Οι αριθμοί σελίδων είναι εκείνοι των τυπωμένων σελίδων.",
};

const RUSSIAN: Labels = Labels {
    contents: "Содержание",
    notes: "Примечания",
    note: "Примечание",
    cover: "Обложка",
    back_cover: "Задняя обложка",
    title_page: "Титульный лист",
    imprint: "Выходные данные",
    text: "Текст",
    pages: "Страницы",
    back_to_text: "Вернуться к тексту",
    translation: "Перевод",
    editing: "Редактура",
    illustrations: "Иллюстрации",
    design: "Оформление",
    with: "При участии",
    others: "и другие",
    source: "Источник",
    table: "Таблица",
    typeface: "Гарнитура",
    free: "Бесплатно",
    colon: ": ",
    summary: "Текст свободно перестраивается, по заголовкам и содержанию можно перемещаться, каждое \
              примечание связано ссылками в обе стороны.",
    summary_pictures: "Значимые изображения описаны словами.",
    summary_pages: "Номера страниц те же, что и в печатном издании.",
};

const CZECH: Labels = Labels {
    contents: "Obsah",
    notes: "Poznámky",
    note: "Poznámka",
    cover: "Obálka",
    back_cover: "Zadní strana obálky",
    title_page: "Titulní strana",
    imprint: "Tiráž",
    text: "Text",
    pages: "Strany",
    back_to_text: "Zpět k textu",
    translation: "Překlad",
    editing: "Redakce",
    illustrations: "Ilustrace",
    design: "Grafická úprava",
    with: "Spolupráce",
    others: "a další",
    source: "Zdroj",
    table: "Tabulka",
    typeface: "Písmo",
    free: "Zdarma",
    colon: ": ",
    summary: "Text se volně přizpůsobuje, nadpisy a obsah umožňují pohyb v textu a každá poznámka je \
              propojena oběma směry.",
    summary_pictures: "Obrázky nesoucí význam jsou popsány slovy.",
    summary_pages: "Čísla stran odpovídají tištěným stranám.",
};

const POLISH: Labels = Labels {
    contents: "Spis treści",
    notes: "Przypisy",
    note: "Przypis",
    cover: "Okładka",
    back_cover: "Tylna okładka",
    title_page: "Strona tytułowa",
    imprint: "Stopka redakcyjna",
    text: "Tekst",
    pages: "Strony",
    back_to_text: "Powrót do tekstu",
    translation: "Przekład",
    editing: "Redakcja",
    illustrations: "Ilustracje",
    design: "Projekt",
    with: "Współpraca",
    others: "i inni",
    source: "Źródło",
    table: "Tabela",
    typeface: "Krój pisma",
    free: "Bezpłatnie",
    colon: ": ",
    summary: "Tekst swobodnie się dopasowuje, nagłówki i spis treści pozwalają się po nim poruszać, a każdy \
              przypis jest połączony w obie strony.",
    summary_pictures: "Obrazy niosące treść są opisane słowami.",
    summary_pages: "Numery stron są takie jak na stronach drukowanych.",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_primary_subtag_decides() {
        assert_eq!(Labels::of(&"fr-CA".into()).contents, "Sommaire");
        assert_eq!(Labels::of(&"DE".into()).notes, "Anmerkungen");
        assert_eq!(Labels::of(&"tlh".into()).contents, "Contents");
    }
}
