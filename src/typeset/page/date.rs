//! Dates as a language writes them.

use crate::language::Language;
use crate::manifest::Date;

/// A date in words: `1 November 2022`.
pub(crate) fn written(date: Date, language: &Language) -> String {
    let month = |names: [&'static str; 12]| names[usize::from(date.month.clamp(1, 12)) - 1];
    let (day, year) = (date.day, date.year);
    match language.primary() {
        "fr" => {
            let names = [
                "janvier",
                "février",
                "mars",
                "avril",
                "mai",
                "juin",
                "juillet",
                "août",
                "septembre",
                "octobre",
                "novembre",
                "décembre",
            ];
            let ordinal = if day == 1 { "er" } else { "" };
            format!("{day}{ordinal} {} {year}", month(names))
        }
        "de" => {
            let names = [
                "Januar",
                "Februar",
                "März",
                "April",
                "Mai",
                "Juni",
                "Juli",
                "August",
                "September",
                "Oktober",
                "November",
                "Dezember",
            ];
            format!("{day}. {} {year}", month(names))
        }
        "es" => {
            let names = [
                "enero",
                "febrero",
                "marzo",
                "abril",
                "mayo",
                "junio",
                "julio",
                "agosto",
                "septiembre",
                "octubre",
                "noviembre",
                "diciembre",
            ];
            format!("{day} de {} de {year}", month(names))
        }
        "it" => {
            let names = [
                "gennaio",
                "febbraio",
                "marzo",
                "aprile",
                "maggio",
                "giugno",
                "luglio",
                "agosto",
                "settembre",
                "ottobre",
                "novembre",
                "dicembre",
            ];
            let ordinal = if day == 1 { "º" } else { "" };
            format!("{day}{ordinal} {} {year}", month(names))
        }
        "pt" => {
            let names = [
                "janeiro",
                "fevereiro",
                "março",
                "abril",
                "maio",
                "junho",
                "julho",
                "agosto",
                "setembro",
                "outubro",
                "novembro",
                "dezembro",
            ];
            format!("{day} de {} de {year}", month(names))
        }
        "el" => {
            let names = [
                "Ιανουαρίου",
                "Φεβρουαρίου",
                "Μαρτίου",
                "Απριλίου",
                "Μαΐου",
                "Ιουνίου",
                "Ιουλίου",
                "Αυγούστου",
                "Σεπτεμβρίου",
                "Οκτωβρίου",
                "Νοεμβρίου",
                "Δεκεμβρίου",
            ];
            format!("{day} {} {year}", month(names))
        }
        "ru" => {
            let names = [
                "января",
                "февраля",
                "марта",
                "апреля",
                "мая",
                "июня",
                "июля",
                "августа",
                "сентября",
                "октября",
                "ноября",
                "декабря",
            ];
            format!("{day} {} {year} г.", month(names))
        }
        "cs" => {
            let names = [
                "ledna",
                "února",
                "března",
                "dubna",
                "května",
                "června",
                "července",
                "srpna",
                "září",
                "října",
                "listopadu",
                "prosince",
            ];
            format!("{day}. {} {year}", month(names))
        }
        "pl" => {
            let names = [
                "stycznia",
                "lutego",
                "marca",
                "kwietnia",
                "maja",
                "czerwca",
                "lipca",
                "sierpnia",
                "września",
                "października",
                "listopada",
                "grudnia",
            ];
            format!("{day} {} {year}", month(names))
        }
        "en" => {
            let names = [
                "January",
                "February",
                "March",
                "April",
                "May",
                "June",
                "July",
                "August",
                "September",
                "October",
                "November",
                "December",
            ];
            let american = language.region() == Some("US");
            if american {
                format!("{} {day}, {year}", month(names))
            } else {
                format!("{day} {} {year}", month(names))
            }
        }
        // Elsewhere the order that every language can read (ISO 8601).
        _ => format!("{year:04}-{:02}-{day:02}", date.month),
    }
}
