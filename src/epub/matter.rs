//! Pages that the text itself does not hold: cover, title page, imprint, contents.

use crate::manifest::{Date, Person};

use super::listed::Landmark;
use super::pages::PageLink;
use super::xhtml::{Heading, Writer};
use super::xml;

impl Writer<'_> {
    /// The front cover: one picture that fills the screen.
    pub fn cover(&mut self, href: &str) {
        let title = self.context.document.identity.title.as_str();
        let alt = format!("{}{}{title}", self.context.labels.cover, self.context.labels.colon);
        self.open("<section epub:type=\"cover\" class=\"cover\">");
        self.begin();
        self.out
            .push_str(&format!("<img src=\"{href}\" alt=\"{}\" role=\"doc-cover\"/>\n", xml::value(&alt)));
        self.close("</section>");
    }

    /// The title page.
    pub fn title_page(&mut self) {
        let identity = &self.context.document.identity;
        self.open("<section epub:type=\"titlepage\" class=\"titlepage\">");
        for author in &identity.authors {
            self.line("<p class=\"author\">", &author.name, "</p>");
        }
        self.line("<h1 epub:type=\"title\">", &identity.title, "</h1>");
        if let Some(subtitle) = &identity.subtitle {
            let outer = std::mem::replace(&mut self.style, super::style::subtitle(self.context.stress));
            self.line(
                "<p epub:type=\"subtitle\" role=\"doc-subtitle\" class=\"subtitle\">",
                subtitle,
                "</p>",
            );
            self.style = outer;
        }
        if let Some(publisher) = &identity.publisher {
            self.line("<p class=\"publisher\">", publisher, "</p>");
        }
        self.close("</section>");
    }

    /// The imprint: who made the booklet, when, from what, and what may be done with it.
    pub fn imprint(&mut self) {
        let identity = &self.context.document.identity;
        let labels = self.context.labels;
        self.open(&format!(
            "<section epub:type=\"imprint\" role=\"doc-colophon\" class=\"imprint\" aria-label=\"{}\">",
            xml::value(labels.imprint)
        ));
        let mut title = identity.title.clone();
        if let Some(subtitle) = &identity.subtitle {
            title.push_str(". ");
            title.push_str(subtitle);
        }
        self.line("<p>", &title, "</p>");
        if !identity.authors.is_empty() {
            self.line("<p>", &names(&identity.authors), "</p>");
        }
        for group in identity.contributors.chunk_by(|a, b| labels.role(&a.role) == labels.role(&b.role)) {
            let role = group.first().map_or(labels.with, |person| labels.role(&person.role));
            self.line("<p>", &format!("{role}{}{}", labels.colon, names(group)), "</p>");
        }
        if let Some(series) = &identity.series {
            let number = series.number.map(|number| format!(", {number}")).unwrap_or_default();
            self.line("<p>", &format!("{}{number}", series.name), "</p>");
        }
        let date = identity.date.map(|date| date.year.to_string());
        let made = identity.publisher.iter().chain(&date).map(String::as_str).collect::<Vec<_>>();
        if !made.is_empty() {
            self.line("<p>", &made.join(", "), "</p>");
        }
        if let Some(source) = &identity.source {
            self.begin();
            self.out.push_str("<p>");
            self.words(labels.source);
            self.words(labels.colon);
            let address = identity.source_address();
            if let Some(address) = &address {
                self.out.push_str(&format!("<a href=\"{}\">", xml::value(address.as_str())));
            }
            self.words(source);
            self.out.push_str(if address.is_some() { "</a></p>\n" } else { "</p>\n" });
        }
        if let Some(rights) = &identity.rights {
            self.line("<p>", rights, "</p>");
        }
        if let Some(family) = self.context.typeface {
            self.line("<p>", &format!("{}{}{family}", labels.typeface, labels.colon), "</p>");
        }
        self.close("</section>");
    }

    /// What stands at the foot of the back cover: number, price, address. The codes that say the same to
    /// machines are for paper.
    pub fn trade(&mut self) {
        let trade = &self.context.document.trade;
        for said in trade.isbn_line().iter().chain(&trade.price) {
            self.line("<p>", said, "</p>");
        }
        if let (Some(link), Some(shown)) = (&trade.link, trade.address()) {
            self.begin();
            self.out.push_str(&format!("<p><a href=\"{}\">", xml::value(link.as_str())));
            self.words(shown);
            self.out.push_str("</a></p>\n");
        }
    }

    /// The navigation: contents, landmarks and the list of pages. It stands in the text as the contents page as well.
    pub fn navigation(&mut self, headings: &[Heading], landmarks: &[Landmark<'_>], pages: &[PageLink]) {
        let contents = self.context.labels.contents;
        self.open("<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\" class=\"contents\" aria-labelledby=\"title\">");
        self.line("<h1 id=\"title\">", contents, "</h1>");
        let mut open = 0;
        for heading in headings {
            while open > heading.level {
                self.close("</li>");
                self.close("</ol>");
                open -= 1;
            }
            if open == heading.level {
                self.close("</li>");
            }
            // Levels never skip, but a list can only begin inside an item: one list at a time.
            if open < heading.level {
                self.open("<ol>");
                open += 1;
            }
            self.open("<li>");
            self.begin();
            self.out.push_str(&format!("<a href=\"{}\">", xml::value(&heading.href)));
            self.words(&heading.words);
            self.out.push_str("</a>\n");
        }
        for _ in 0..open {
            self.close("</li>");
            self.close("</ol>");
        }
        self.close("</nav>");
        self.open("<nav epub:type=\"landmarks\" id=\"landmarks\" hidden=\"hidden\">");
        self.open("<ol>");
        for Landmark { kind, href, words, .. } in landmarks {
            self.begin();
            self.out.push_str(&format!("<li><a epub:type=\"{kind}\" href=\"{href}\">"));
            xml::push_text(&mut self.out, words);
            self.out.push_str("</a></li>\n");
        }
        self.close("</ol>");
        self.close("</nav>");
        if pages.is_empty() {
            return;
        }
        let name = xml::value(self.context.labels.pages);
        self.open(&format!(
            "<nav epub:type=\"page-list\" role=\"doc-pagelist\" id=\"pages\" aria-label=\"{name}\" hidden=\"hidden\">"
        ));
        self.open("<ol>");
        for page in pages {
            self.begin();
            let (href, label) = (xml::value(&page.href), xml::text(&page.label));
            self.out.push_str(&format!("<li><a href=\"{href}\">{label}</a></li>\n"));
        }
        self.close("</ol>");
        self.close("</nav>");
    }
}

/// Names with commas between.
pub fn names(people: &[Person]) -> String {
    people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// A date as ISO 8601 writes it.
pub fn iso(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}
