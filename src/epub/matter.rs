//! Pages that the text itself does not hold: cover, title page, imprint, contents.

use crate::manifest::{Date, Person};

use super::documents::xhtml::{Heading, Writer};
use super::pages::PageLink;
use super::plan::Landmark;

impl Writer<'_> {
    /// The front cover: one picture that fills the screen.
    pub fn cover(&mut self, href: &str) {
        let title = self.context.document.identity.title.as_str();
        let alt = format!("{}{}{title}", self.context.labels.cover, self.context.labels.colon);
        self.xml.open("section", &[("epub:type", "cover"), ("class", "cover")]);
        self.xml.void_line("img", &[("src", href), ("alt", &alt), ("role", "doc-cover")]);
        self.xml.close();
    }

    /// The title page.
    pub fn title_page(&mut self) {
        let identity = &self.context.document.identity;
        self.xml.open("section", &[("epub:type", "titlepage"), ("class", "titlepage")]);
        for author in &identity.authors {
            self.line("p", &[("class", "author")], &author.name);
        }
        self.line("h1", &[("epub:type", "title")], &identity.title);
        if let Some(subtitle) = &identity.subtitle {
            let outer = std::mem::replace(&mut self.style, super::style::subtitle(self.context.stress));
            let kind = [("epub:type", "subtitle"), ("role", "doc-subtitle"), ("class", "subtitle")];
            self.line("p", &kind, subtitle);
            self.style = outer;
        }
        if let Some(publisher) = &identity.publisher {
            self.line("p", &[("class", "publisher")], publisher);
        }
        self.xml.close();
    }

    /// The imprint: who made the booklet, when, from what, and what may be done with it.
    pub fn imprint(&mut self) {
        let identity = &self.context.document.identity;
        let labels = self.context.labels;
        self.xml.indent();
        self.xml.start("section").attribute("epub:type", "imprint").attribute("role", "doc-colophon");
        self.xml.attribute("class", "imprint").attribute("aria-label", labels.imprint);
        self.xml.deeper();
        let mut title = identity.title.clone();
        if let Some(subtitle) = &identity.subtitle {
            title.push_str(". ");
            title.push_str(subtitle);
        }
        self.line("p", &[], &title);
        if !identity.authors.is_empty() {
            self.line("p", &[], &names(&identity.authors));
        }
        for group in identity.contributors.chunk_by(|a, b| labels.role(&a.role) == labels.role(&b.role)) {
            let role = group.first().map_or(labels.with, |person| labels.role(&person.role));
            self.line("p", &[], &format!("{role}{}{}", labels.colon, names(group)));
        }
        if let Some(series) = &identity.series {
            let number = series.number.map(|number| format!(", {number}")).unwrap_or_default();
            self.line("p", &[], &format!("{}{number}", series.name));
        }
        let date = identity.date.map(|date| date.year.to_string());
        let made = identity.publisher.iter().chain(&date).map(String::as_str).collect::<Vec<_>>();
        if !made.is_empty() {
            self.line("p", &[], &made.join(", "));
        }
        if let Some(source) = &identity.source {
            self.xml.indent();
            self.xml.start("p");
            self.words(labels.source);
            self.words(labels.colon);
            match identity.source_address() {
                Some(address) => self.linked(address.as_str(), source),
                None => self.words(source),
            }
            self.xml.end();
            self.xml.newline();
        }
        if let Some(rights) = &identity.rights {
            self.line("p", &[], rights);
        }
        if let Some(family) = self.context.typeface {
            self.line("p", &[], &format!("{}{}{family}", labels.typeface, labels.colon));
        }
        self.xml.close();
    }

    /// What stands at the foot of the back cover: number, price, address. The codes that say the same to
    /// machines are for paper.
    pub fn trade(&mut self) {
        let trade = &self.context.document.cover.trade;
        for said in trade.isbn_line().iter().chain(&trade.price) {
            self.line("p", &[], said);
        }
        if let (Some(link), Some(shown)) = (&trade.link, trade.address()) {
            self.xml.indent();
            self.xml.start("p");
            self.linked(link.as_str(), shown);
            self.xml.end();
            self.xml.newline();
        }
    }

    /// Words that open an address.
    fn linked(&mut self, href: &str, words: &str) {
        self.xml.start("a").attribute("href", href);
        self.words(words);
        self.xml.end();
    }

    /// The navigation: contents, landmarks and the list of pages. It stands in the text as the contents page as well.
    pub fn navigation(&mut self, headings: &[Heading], landmarks: &[Landmark<'_>], pages: &[PageLink]) {
        let contents = self.context.labels.contents;
        let toc = [("epub:type", "toc"), ("role", "doc-toc"), ("id", "toc"), ("class", "contents")];
        self.xml.indent();
        self.xml.start("nav").attributes(&toc).attribute("aria-labelledby", "title");
        self.xml.deeper();
        self.line("h1", &[("id", "title")], contents);
        let mut open = 0;
        for heading in headings {
            while open > heading.level {
                self.xml.close();
                self.xml.close();
                open -= 1;
            }
            if open == heading.level {
                self.xml.close();
            }
            // Levels never skip, but a list can only begin inside an item: one list at a time.
            if open < heading.level {
                self.xml.open("ol", &[]);
                open += 1;
            }
            self.xml.open("li", &[]);
            self.xml.indent();
            self.linked(&heading.href, &heading.words);
            self.xml.newline();
        }
        for _ in 0..open {
            self.xml.close();
            self.xml.close();
        }
        self.xml.close();
        self.xml.open("nav", &[("epub:type", "landmarks"), ("id", "landmarks"), ("hidden", "hidden")]);
        self.xml.open("ol", &[]);
        for Landmark { kind, href, words, .. } in landmarks {
            self.xml.indent();
            self.xml.start("li").element("a", &[("epub:type", kind), ("href", href)], words).end();
            self.xml.newline();
        }
        self.xml.close();
        self.xml.close();
        if pages.is_empty() {
            return;
        }
        let name = self.context.labels.pages;
        let list =
            [("epub:type", "page-list"), ("role", "doc-pagelist"), ("id", "pages"), ("aria-label", name)];
        self.xml.indent();
        self.xml.start("nav").attributes(&list).attribute("hidden", "hidden");
        self.xml.deeper();
        self.xml.open("ol", &[]);
        for page in pages {
            self.xml.indent();
            self.xml.start("li").element("a", &[("href", &page.href)], &page.label).end();
            self.xml.newline();
        }
        self.xml.close();
        self.xml.close();
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
